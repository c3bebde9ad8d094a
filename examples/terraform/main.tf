# Nightly network assessment of one environment, on OpenInspector.
#
#   export AWS_SHARED_CREDENTIALS_FILE=$PWD/../../inspector-data/credentials
#   terraform init && terraform apply

terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}

provider "aws" {
  region = "us-east-1"

  # The keys are OpenInspector's own: nothing is asked of AWS.
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true

  endpoints {
    inspector = var.endpoint
  }
}

variable "endpoint" {
  type        = string
  default     = "http://127.0.0.1:8008"
  description = "Where OpenInspector listens"
}

variable "environment" {
  type        = string
  default     = "demo"
  description = "The value of the tag Environment of the instances to assess"
}

data "aws_inspector_rules_packages" "all" {}

resource "aws_inspector_resource_group" "this" {
  tags = {
    Environment = var.environment
  }
}

resource "aws_inspector_assessment_target" "this" {
  name               = "nightly-${var.environment}"
  resource_group_arn = aws_inspector_resource_group.this.arn
}

resource "aws_inspector_assessment_template" "this" {
  name               = "nightly"
  target_arn         = aws_inspector_assessment_target.this.arn
  duration           = 3600
  rules_package_arns = data.aws_inspector_rules_packages.all.arns

  tags = {
    team = "platform"
  }

  event_subscription {
    event     = "ASSESSMENT_RUN_COMPLETED"
    topic_arn = "arn:aws:sns:us-east-1:000000000000:assessments"
  }
}

output "template_arn" {
  description = "Give it to StartAssessmentRun"
  value       = aws_inspector_assessment_template.this.arn
}
