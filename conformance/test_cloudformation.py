"""CloudFormation templates through the stock AWS CLI, boto3 and `inspector cfn`, all on the same endpoint."""

import json
import pathlib
import subprocess
import sys

import boto3
import botocore.exceptions
import pytest

from conftest import ROOT

EXAMPLES = sorted((ROOT / "examples" / "cloudformation").iterdir())
TEMPLATE = ROOT / "examples" / "cloudformation" / "assessment.yaml"


def aws(service, *arguments, check=True):
    """The stock CLI, as its own user would call it."""
    command = [sys.executable, "-m", "awscli", "cloudformation", *arguments, "--endpoint-url", service.url]
    done = subprocess.run(command, env=service.environment, capture_output=True, text=True, timeout=120)
    assert not check or done.returncode == 0, done.stdout + done.stderr
    return done


@pytest.fixture
def stacks(service):
    return service.client("cloudformation")


@pytest.mark.parametrize("template", EXAMPLES, ids=lambda path: path.name)
def test_cfn_lint_accepts_the_examples(template):
    # W3696 warns of what this project exists for: the end of the original service.
    linter = pathlib.Path(sys.executable).parent / "cfn-lint"
    command = [str(linter), "--regions", "us-east-1", "--ignore-checks", "W3696", "--", str(template)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_stock_cli_deploys_changes_and_deletes(service, stacks):
    inspector = service.client()
    aws(service, "deploy", "--stack-name", "web", "--template-file", str(TEMPLATE))
    stack = stacks.describe_stacks(StackName="web")["Stacks"][0]
    assert stack["StackStatus"] == "CREATE_COMPLETE"
    outputs = {output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]}

    described = inspector.describe_assessment_templates(assessmentTemplateArns=[outputs["TemplateArn"]])
    template = described["assessmentTemplates"][0]
    assert template["durationInSeconds"] == 3600 and len(template["rulesPackageArns"]) == 1
    assert template["userAttributesForFindings"] == [{"key": "stack", "value": "web/demo"}]
    assert template["name"].startswith("web-Template-")

    again = aws(service, "deploy", "--stack-name", "web", "--template-file", str(TEMPLATE), "--no-fail-on-empty-changeset")
    assert "No changes to deploy" in again.stdout + again.stderr

    override = ["--parameter-overrides", "Environment=production"]
    aws(service, "deploy", "--stack-name", "web", "--template-file", str(TEMPLATE), *override)
    arns = inspector.list_assessment_templates()["assessmentTemplateArns"]
    templates = inspector.describe_assessment_templates(assessmentTemplateArns=arns)["assessmentTemplates"]
    assert [len(template["rulesPackageArns"]) for template in templates] == [2], "replaced, the old one is gone"

    aws(service, "delete-stack", "--stack-name", "web")
    aws(service, "wait", "stack-delete-complete", "--stack-name", "web")
    assert inspector.list_assessment_targets()["assessmentTargetArns"] == []
    with pytest.raises(botocore.exceptions.ClientError, match="Stack with id web does not exist"):
        stacks.describe_stacks(StackName="web")
    assert stacks.describe_stacks(StackName=stack["StackId"])["Stacks"][0]["StackStatus"] == "DELETE_COMPLETE"


def test_boto3_sees_events_resources_and_templates(stacks):
    body = TEMPLATE.read_text()
    stacks.create_stack(StackName="seen", TemplateBody=body, Tags=[{"Key": "team", "Value": "blue"}])
    resources = stacks.describe_stack_resources(StackName="seen")["StackResources"]
    kinds = {resource["LogicalResourceId"]: resource["ResourceType"] for resource in resources}
    assert kinds["Target"] == "AWS::Inspector::AssessmentTarget" and len(kinds) == 3
    assert len(stacks.list_stack_resources(StackName="seen")["StackResourceSummaries"]) == 3
    events = stacks.describe_stack_events(StackName="seen")["StackEvents"]
    assert [events[0]["ResourceStatus"], events[-1]["ResourceStatus"]] == ["CREATE_COMPLETE", "CREATE_IN_PROGRESS"]
    assert stacks.get_template(StackName="seen")["TemplateBody"] == body
    summary = stacks.get_template_summary(TemplateBody=body)
    assert {parameter["ParameterKey"] for parameter in summary["Parameters"]} == {"Environment", "Duration"}
    assert stacks.describe_stacks()["Stacks"][0]["Tags"] == [{"Key": "team", "Value": "blue"}]
    assert [stack["StackName"] for stack in stacks.list_stacks()["StackSummaries"]] == ["seen"]
    with pytest.raises(botocore.exceptions.ClientError, match="No updates are to be performed"):
        stacks.update_stack(StackName="seen", TemplateBody=body)
    with pytest.raises(stacks.exceptions.AlreadyExistsException):
        stacks.create_stack(StackName="seen", TemplateBody=body)


def test_a_failed_change_is_rolled_back(service, stacks):
    inspector = service.client()
    inspector.create_assessment_target(assessmentTargetName="taken-demo")
    before = inspector.list_assessment_targets()["assessmentTargetArns"]
    failed = aws(service, "deploy", "--stack-name", "taken", "--template-file", str(TEMPLATE), check=False)
    assert failed.returncode != 0
    stack = stacks.describe_stacks(StackName="taken")["Stacks"][0]
    assert stack["StackStatus"] == "ROLLBACK_COMPLETE" and "Name already exists" in stack["StackStatusReason"]
    assert inspector.list_assessment_targets()["assessmentTargetArns"] == before


def test_resources_of_other_services_are_named_and_left_alone(stacks):
    template = {
        "Resources": {
            "Group": {
                "Type": "AWS::Inspector::ResourceGroup",
                "Properties": {"ResourceGroupTags": [{"Key": "k", "Value": "v"}]},
            },
            "Bucket": {"Type": "AWS::S3::Bucket"},
        }
    }
    body = json.dumps(template)
    stacks.create_change_set(StackName="mixed", ChangeSetName="one", ChangeSetType="CREATE", TemplateBody=body)
    described = stacks.describe_change_set(StackName="mixed", ChangeSetName="one")
    assert [change["ResourceChange"]["LogicalResourceId"] for change in described["Changes"]] == ["Group"]
    assert "Bucket (AWS::S3::Bucket)" in described["StatusReason"]
    stacks.delete_change_set(StackName="mixed", ChangeSetName="one")
    with pytest.raises(stacks.exceptions.ChangeSetNotFoundException):
        stacks.describe_change_set(StackName="mixed", ChangeSetName="one")


def test_what_is_wrong_is_a_validation_error(service, stacks):
    for body, words in [("a: [", "not valid YAML"), ("Transform: x\nResources: {}", "`Transform` is not supported")]:
        with pytest.raises(botocore.exceptions.ClientError, match=words) as caught:
            stacks.validate_template(TemplateBody=body)
        assert caught.value.response["Error"]["Code"] == "ValidationError"
    with pytest.raises(botocore.exceptions.ClientError, match="`RoleARN` is not supported"):
        role = "arn:aws:iam::000000000000:role/deploy"
        stacks.create_stack(StackName="role", TemplateBody=TEMPLATE.read_text(), RoleARN=role)
    stranger = boto3.Session("AKIDSTRANGER", "secret", region_name="us-east-1")
    with pytest.raises(botocore.exceptions.ClientError, match="security token"):
        stranger.client("cloudformation", endpoint_url=service.url).describe_stacks()


def test_the_own_verb_plans_deploys_and_deletes(service):
    endpoint = ["--endpoint-url", service.url]
    plan = service.inspector("cfn", "diff", "own", str(TEMPLATE), *endpoint)
    assert "+   AWS::Inspector::AssessmentTemplate  Template" in plan.stdout
    assert service.client("cloudformation").describe_stacks()["Stacks"] == []
    made = service.inspector("cfn", "deploy", "own", str(TEMPLATE), *endpoint)
    assert "own is CREATE_COMPLETE" in made.stdout and "TemplateArn = arn:aws:inspector:" in made.stdout
    plan = service.inspector("cfn", "diff", "own", str(TEMPLATE), "--parameter", "Duration=180", *endpoint)
    assert plan.stdout == "-/+ AWS::Inspector::AssessmentTemplate  Template  (DurationInSeconds)\n"
    assert "nothing to change" in service.inspector("cfn", "deploy", "own", str(TEMPLATE), *endpoint).stdout
    broken = service.inspector("cfn", "deploy", "own", str(TEMPLATE), "--parameter", "Duration=1", *endpoint, check=False)
    assert broken.returncode == 2 and "out of its range" in broken.stderr
    assert "own is DELETE_COMPLETE" in service.inspector("cfn", "delete", "own", *endpoint).stdout
    assert service.client().list_assessment_targets()["assessmentTargetArns"] == []
