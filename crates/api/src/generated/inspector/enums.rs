//! The words that a member may be.
// Written by `cargo xtask generate` from the service model. Do not edit.

use crate::choice::choice;

choice! {
    /// One of 8 words.
    AccessDeniedErrorCode {
        AccessDeniedToAssessmentTarget = "ACCESS_DENIED_TO_ASSESSMENT_TARGET",
        AccessDeniedToAssessmentTemplate = "ACCESS_DENIED_TO_ASSESSMENT_TEMPLATE",
        AccessDeniedToAssessmentRun = "ACCESS_DENIED_TO_ASSESSMENT_RUN",
        AccessDeniedToFinding = "ACCESS_DENIED_TO_FINDING",
        AccessDeniedToResourceGroup = "ACCESS_DENIED_TO_RESOURCE_GROUP",
        AccessDeniedToRulesPackage = "ACCESS_DENIED_TO_RULES_PACKAGE",
        AccessDeniedToSnsTopic = "ACCESS_DENIED_TO_SNS_TOPIC",
        AccessDeniedToIamRole = "ACCESS_DENIED_TO_IAM_ROLE",
    }
}

choice! {
    /// One of 3 words.
    AgentHealth {
        Healthy = "HEALTHY",
        Unhealthy = "UNHEALTHY",
        Unknown = "UNKNOWN",
    }
}

choice! {
    /// One of 6 words.
    AgentHealthCode {
        Idle = "IDLE",
        Running = "RUNNING",
        Shutdown = "SHUTDOWN",
        Unhealthy = "UNHEALTHY",
        Throttled = "THROTTLED",
        Unknown = "UNKNOWN",
    }
}

choice! {
    /// One of 4 words.
    AssessmentRunNotificationSnsStatusCode {
        Success = "SUCCESS",
        TopicDoesNotExist = "TOPIC_DOES_NOT_EXIST",
        AccessDenied = "ACCESS_DENIED",
        InternalError = "INTERNAL_ERROR",
    }
}

choice! {
    /// One of 13 words.
    AssessmentRunState {
        Created = "CREATED",
        StartDataCollectionPending = "START_DATA_COLLECTION_PENDING",
        StartDataCollectionInProgress = "START_DATA_COLLECTION_IN_PROGRESS",
        CollectingData = "COLLECTING_DATA",
        StopDataCollectionPending = "STOP_DATA_COLLECTION_PENDING",
        DataCollected = "DATA_COLLECTED",
        StartEvaluatingRulesPending = "START_EVALUATING_RULES_PENDING",
        EvaluatingRules = "EVALUATING_RULES",
        Failed = "FAILED",
        Error = "ERROR",
        Completed = "COMPLETED",
        CompletedWithErrors = "COMPLETED_WITH_ERRORS",
        Canceled = "CANCELED",
    }
}

choice! {
    /// One of 1 words.
    AssetType {
        Ec2Instance = "ec2-instance",
    }
}

choice! {
    /// One of 6 words.
    FailedItemErrorCode {
        InvalidArn = "INVALID_ARN",
        DuplicateArn = "DUPLICATE_ARN",
        ItemDoesNotExist = "ITEM_DOES_NOT_EXIST",
        AccessDenied = "ACCESS_DENIED",
        LimitExceeded = "LIMIT_EXCEEDED",
        InternalError = "INTERNAL_ERROR",
    }
}

choice! {
    /// One of 5 words.
    InspectorEvent {
        AssessmentRunStarted = "ASSESSMENT_RUN_STARTED",
        AssessmentRunCompleted = "ASSESSMENT_RUN_COMPLETED",
        AssessmentRunStateChanged = "ASSESSMENT_RUN_STATE_CHANGED",
        FindingReported = "FINDING_REPORTED",
        Other = "OTHER",
    }
}

choice! {
    /// One of 2 words.
    InvalidCrossAccountRoleErrorCode {
        RoleDoesNotExistOrInvalidTrustRelationship = "ROLE_DOES_NOT_EXIST_OR_INVALID_TRUST_RELATIONSHIP",
        RoleDoesNotHaveCorrectPolicy = "ROLE_DOES_NOT_HAVE_CORRECT_POLICY",
    }
}

choice! {
    /// One of 54 words.
    InvalidInputErrorCode {
        InvalidAssessmentTargetArn = "INVALID_ASSESSMENT_TARGET_ARN",
        InvalidAssessmentTemplateArn = "INVALID_ASSESSMENT_TEMPLATE_ARN",
        InvalidAssessmentRunArn = "INVALID_ASSESSMENT_RUN_ARN",
        InvalidFindingArn = "INVALID_FINDING_ARN",
        InvalidResourceGroupArn = "INVALID_RESOURCE_GROUP_ARN",
        InvalidRulesPackageArn = "INVALID_RULES_PACKAGE_ARN",
        InvalidResourceArn = "INVALID_RESOURCE_ARN",
        InvalidSnsTopicArn = "INVALID_SNS_TOPIC_ARN",
        InvalidIamRoleArn = "INVALID_IAM_ROLE_ARN",
        InvalidAssessmentTargetName = "INVALID_ASSESSMENT_TARGET_NAME",
        InvalidAssessmentTargetNamePattern = "INVALID_ASSESSMENT_TARGET_NAME_PATTERN",
        InvalidAssessmentTemplateName = "INVALID_ASSESSMENT_TEMPLATE_NAME",
        InvalidAssessmentTemplateNamePattern = "INVALID_ASSESSMENT_TEMPLATE_NAME_PATTERN",
        InvalidAssessmentTemplateDuration = "INVALID_ASSESSMENT_TEMPLATE_DURATION",
        InvalidAssessmentTemplateDurationRange = "INVALID_ASSESSMENT_TEMPLATE_DURATION_RANGE",
        InvalidAssessmentRunDurationRange = "INVALID_ASSESSMENT_RUN_DURATION_RANGE",
        InvalidAssessmentRunStartTimeRange = "INVALID_ASSESSMENT_RUN_START_TIME_RANGE",
        InvalidAssessmentRunCompletionTimeRange = "INVALID_ASSESSMENT_RUN_COMPLETION_TIME_RANGE",
        InvalidAssessmentRunStateChangeTimeRange = "INVALID_ASSESSMENT_RUN_STATE_CHANGE_TIME_RANGE",
        InvalidAssessmentRunState = "INVALID_ASSESSMENT_RUN_STATE",
        InvalidTag = "INVALID_TAG",
        InvalidTagKey = "INVALID_TAG_KEY",
        InvalidTagValue = "INVALID_TAG_VALUE",
        InvalidResourceGroupTagKey = "INVALID_RESOURCE_GROUP_TAG_KEY",
        InvalidResourceGroupTagValue = "INVALID_RESOURCE_GROUP_TAG_VALUE",
        InvalidAttribute = "INVALID_ATTRIBUTE",
        InvalidUserAttribute = "INVALID_USER_ATTRIBUTE",
        InvalidUserAttributeKey = "INVALID_USER_ATTRIBUTE_KEY",
        InvalidUserAttributeValue = "INVALID_USER_ATTRIBUTE_VALUE",
        InvalidPaginationToken = "INVALID_PAGINATION_TOKEN",
        InvalidMaxResults = "INVALID_MAX_RESULTS",
        InvalidAgentId = "INVALID_AGENT_ID",
        InvalidAutoScalingGroup = "INVALID_AUTO_SCALING_GROUP",
        InvalidRuleName = "INVALID_RULE_NAME",
        InvalidSeverity = "INVALID_SEVERITY",
        InvalidLocale = "INVALID_LOCALE",
        InvalidEvent = "INVALID_EVENT",
        AssessmentTargetNameAlreadyTaken = "ASSESSMENT_TARGET_NAME_ALREADY_TAKEN",
        AssessmentTemplateNameAlreadyTaken = "ASSESSMENT_TEMPLATE_NAME_ALREADY_TAKEN",
        InvalidNumberOfAssessmentTargetArns = "INVALID_NUMBER_OF_ASSESSMENT_TARGET_ARNS",
        InvalidNumberOfAssessmentTemplateArns = "INVALID_NUMBER_OF_ASSESSMENT_TEMPLATE_ARNS",
        InvalidNumberOfAssessmentRunArns = "INVALID_NUMBER_OF_ASSESSMENT_RUN_ARNS",
        InvalidNumberOfFindingArns = "INVALID_NUMBER_OF_FINDING_ARNS",
        InvalidNumberOfResourceGroupArns = "INVALID_NUMBER_OF_RESOURCE_GROUP_ARNS",
        InvalidNumberOfRulesPackageArns = "INVALID_NUMBER_OF_RULES_PACKAGE_ARNS",
        InvalidNumberOfAssessmentRunStates = "INVALID_NUMBER_OF_ASSESSMENT_RUN_STATES",
        InvalidNumberOfTags = "INVALID_NUMBER_OF_TAGS",
        InvalidNumberOfResourceGroupTags = "INVALID_NUMBER_OF_RESOURCE_GROUP_TAGS",
        InvalidNumberOfAttributes = "INVALID_NUMBER_OF_ATTRIBUTES",
        InvalidNumberOfUserAttributes = "INVALID_NUMBER_OF_USER_ATTRIBUTES",
        InvalidNumberOfAgentIds = "INVALID_NUMBER_OF_AGENT_IDS",
        InvalidNumberOfAutoScalingGroups = "INVALID_NUMBER_OF_AUTO_SCALING_GROUPS",
        InvalidNumberOfRuleNames = "INVALID_NUMBER_OF_RULE_NAMES",
        InvalidNumberOfSeverities = "INVALID_NUMBER_OF_SEVERITIES",
    }
}

choice! {
    /// One of 5 words.
    LimitExceededErrorCode {
        AssessmentTargetLimitExceeded = "ASSESSMENT_TARGET_LIMIT_EXCEEDED",
        AssessmentTemplateLimitExceeded = "ASSESSMENT_TEMPLATE_LIMIT_EXCEEDED",
        AssessmentRunLimitExceeded = "ASSESSMENT_RUN_LIMIT_EXCEEDED",
        ResourceGroupLimitExceeded = "RESOURCE_GROUP_LIMIT_EXCEEDED",
        EventSubscriptionLimitExceeded = "EVENT_SUBSCRIPTION_LIMIT_EXCEEDED",
    }
}

choice! {
    /// One of 1 words.
    Locale {
        EnUs = "EN_US",
    }
}

choice! {
    /// One of 8 words.
    NoSuchEntityErrorCode {
        AssessmentTargetDoesNotExist = "ASSESSMENT_TARGET_DOES_NOT_EXIST",
        AssessmentTemplateDoesNotExist = "ASSESSMENT_TEMPLATE_DOES_NOT_EXIST",
        AssessmentRunDoesNotExist = "ASSESSMENT_RUN_DOES_NOT_EXIST",
        FindingDoesNotExist = "FINDING_DOES_NOT_EXIST",
        ResourceGroupDoesNotExist = "RESOURCE_GROUP_DOES_NOT_EXIST",
        RulesPackageDoesNotExist = "RULES_PACKAGE_DOES_NOT_EXIST",
        SnsTopicDoesNotExist = "SNS_TOPIC_DOES_NOT_EXIST",
        IamRoleDoesNotExist = "IAM_ROLE_DOES_NOT_EXIST",
    }
}

choice! {
    /// One of 2 words.
    PreviewStatus {
        WorkInProgress = "WORK_IN_PROGRESS",
        Completed = "COMPLETED",
    }
}

choice! {
    /// One of 2 words.
    ReportFileFormat {
        Html = "HTML",
        Pdf = "PDF",
    }
}

choice! {
    /// One of 3 words.
    ReportStatus {
        WorkInProgress = "WORK_IN_PROGRESS",
        Failed = "FAILED",
        Completed = "COMPLETED",
    }
}

choice! {
    /// One of 2 words.
    ReportType {
        Finding = "FINDING",
        Full = "FULL",
    }
}

choice! {
    /// One of 2 words.
    ScopeType {
        InstanceId = "INSTANCE_ID",
        RulesPackageArn = "RULES_PACKAGE_ARN",
    }
}

choice! {
    /// One of 5 words.
    Severity {
        Low = "Low",
        Medium = "Medium",
        High = "High",
        Informational = "Informational",
        Undefined = "Undefined",
    }
}

choice! {
    /// One of 2 words.
    StopAction {
        StartEvaluation = "START_EVALUATION",
        SkipEvaluation = "SKIP_EVALUATION",
    }
}
