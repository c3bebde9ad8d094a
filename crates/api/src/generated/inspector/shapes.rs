//! The bounds of every shape.
// Written by `cargo xtask generate` from the service model. Do not edit.

use crate::shape::{Codes, Member, Piece, Shape};

pub(super) static ACCESS_DENIED_ERROR_CODE: Shape = Shape::Choice(&[
    "ACCESS_DENIED_TO_ASSESSMENT_TARGET",
    "ACCESS_DENIED_TO_ASSESSMENT_TEMPLATE",
    "ACCESS_DENIED_TO_ASSESSMENT_RUN",
    "ACCESS_DENIED_TO_FINDING",
    "ACCESS_DENIED_TO_RESOURCE_GROUP",
    "ACCESS_DENIED_TO_RULES_PACKAGE",
    "ACCESS_DENIED_TO_SNS_TOPIC",
    "ACCESS_DENIED_TO_IAM_ROLE",
]);

pub(super) static ACCESS_DENIED_EXCEPTION: Shape = Shape::Structure(&[
    Member { name: "message", required: true, shape: &ERROR_MESSAGE, codes: None },
    Member { name: "errorCode", required: true, shape: &ACCESS_DENIED_ERROR_CODE, codes: None },
    Member { name: "canRetry", required: true, shape: &BOOL, codes: None },
]);

pub(super) static ADD_ATTRIBUTES_TO_FINDINGS_REQUEST: Shape = Shape::Structure(&[
    Member {
        name: "findingArns",
        required: true,
        shape: &ADD_REMOVE_ATTRIBUTES_FINDING_ARN_LIST,
        codes: Some(Codes { value: "INVALID_FINDING_ARN", count: "INVALID_NUMBER_OF_FINDING_ARNS", nested: false }),
    },
    Member {
        name: "attributes",
        required: true,
        shape: &USER_ATTRIBUTE_LIST,
        codes: Some(Codes {
            value: "INVALID_USER_ATTRIBUTE",
            count: "INVALID_NUMBER_OF_USER_ATTRIBUTES",
            nested: false,
        }),
    },
]);

pub(super) static ADD_ATTRIBUTES_TO_FINDINGS_RESPONSE: Shape =
    Shape::Structure(&[Member { name: "failedItems", required: true, shape: &FAILED_ITEMS, codes: None }]);

pub(super) static ADD_REMOVE_ATTRIBUTES_FINDING_ARN_LIST: Shape = Shape::List { min: 1, max: 10, item: &ARN };

pub(super) static AGENT_ALREADY_RUNNING_ASSESSMENT: Shape = Shape::Structure(&[
    Member { name: "agentId", required: true, shape: &AGENT_ID, codes: None },
    Member { name: "assessmentRunArn", required: true, shape: &ARN, codes: None },
]);

pub(super) static AGENT_ALREADY_RUNNING_ASSESSMENT_LIST: Shape =
    Shape::List { min: 1, max: 10, item: &AGENT_ALREADY_RUNNING_ASSESSMENT };

pub(super) static AGENT_FILTER: Shape = Shape::Structure(&[
    Member { name: "agentHealths", required: true, shape: &AGENT_HEALTH_LIST, codes: None },
    Member { name: "agentHealthCodes", required: true, shape: &AGENT_HEALTH_CODE_LIST, codes: None },
]);

pub(super) static AGENT_HEALTH: Shape = Shape::Choice(&["HEALTHY", "UNHEALTHY", "UNKNOWN"]);

pub(super) static AGENT_HEALTH_CODE: Shape =
    Shape::Choice(&["IDLE", "RUNNING", "SHUTDOWN", "UNHEALTHY", "THROTTLED", "UNKNOWN"]);

pub(super) static AGENT_HEALTH_CODE_LIST: Shape = Shape::List { min: 0, max: 10, item: &AGENT_HEALTH_CODE };

pub(super) static AGENT_HEALTH_LIST: Shape = Shape::List { min: 0, max: 10, item: &AGENT_HEALTH };

pub(super) static AGENT_ID: Shape = Shape::Text { min: 1, max: 128 };

pub(super) static AGENT_ID_LIST: Shape = Shape::List { min: 0, max: 99, item: &AGENT_ID };

pub(super) static AGENT_PREVIEW: Shape = Shape::Structure(&[
    Member { name: "hostname", required: false, shape: &HOSTNAME, codes: None },
    Member { name: "agentId", required: true, shape: &AGENT_ID, codes: None },
    Member { name: "autoScalingGroup", required: false, shape: &AUTO_SCALING_GROUP, codes: None },
    Member { name: "agentHealth", required: false, shape: &AGENT_HEALTH, codes: None },
    Member { name: "agentVersion", required: false, shape: &AGENT_VERSION, codes: None },
    Member { name: "operatingSystem", required: false, shape: &OPERATING_SYSTEM, codes: None },
    Member { name: "kernelVersion", required: false, shape: &KERNEL_VERSION, codes: None },
    Member { name: "ipv4Address", required: false, shape: &IPV4_ADDRESS, codes: None },
]);

pub(super) static AGENT_PREVIEW_LIST: Shape = Shape::List { min: 0, max: 100, item: &AGENT_PREVIEW };

pub(super) static AGENT_VERSION: Shape = Shape::Text { min: 1, max: 128 };

pub(super) static AGENTS_ALREADY_RUNNING_ASSESSMENT_EXCEPTION: Shape = Shape::Structure(&[
    Member { name: "message", required: true, shape: &ERROR_MESSAGE, codes: None },
    Member { name: "agents", required: true, shape: &AGENT_ALREADY_RUNNING_ASSESSMENT_LIST, codes: None },
    Member { name: "agentsTruncated", required: true, shape: &BOOL, codes: None },
    Member { name: "canRetry", required: true, shape: &BOOL, codes: None },
]);

pub(super) static AMI_ID: Shape = Shape::Text { min: 0, max: 256 };

pub(super) static ARN: Shape = Shape::Text { min: 1, max: 300 };

pub(super) static ARN_COUNT: Shape = Shape::Whole { min: i32::MIN as i64, max: i32::MAX as i64 };

pub(super) static ASSESSMENT_RULES_PACKAGE_ARN_LIST: Shape = Shape::List { min: 1, max: 50, item: &ARN };

pub(super) static ASSESSMENT_RUN: Shape = Shape::Structure(&[
    Member { name: "arn", required: true, shape: &ARN, codes: None },
    Member { name: "name", required: true, shape: &ASSESSMENT_RUN_NAME, codes: None },
    Member { name: "assessmentTemplateArn", required: true, shape: &ARN, codes: None },
    Member { name: "state", required: true, shape: &ASSESSMENT_RUN_STATE, codes: None },
    Member { name: "durationInSeconds", required: true, shape: &ASSESSMENT_RUN_DURATION, codes: None },
    Member { name: "rulesPackageArns", required: true, shape: &ASSESSMENT_RULES_PACKAGE_ARN_LIST, codes: None },
    Member { name: "userAttributesForFindings", required: true, shape: &USER_ATTRIBUTE_LIST, codes: None },
    Member { name: "createdAt", required: true, shape: &TIMESTAMP, codes: None },
    Member { name: "startedAt", required: false, shape: &TIMESTAMP, codes: None },
    Member { name: "completedAt", required: false, shape: &TIMESTAMP, codes: None },
    Member { name: "stateChangedAt", required: true, shape: &TIMESTAMP, codes: None },
    Member { name: "dataCollected", required: true, shape: &BOOL, codes: None },
    Member { name: "stateChanges", required: true, shape: &ASSESSMENT_RUN_STATE_CHANGE_LIST, codes: None },
    Member { name: "notifications", required: true, shape: &ASSESSMENT_RUN_NOTIFICATION_LIST, codes: None },
    Member { name: "findingCounts", required: true, shape: &ASSESSMENT_RUN_FINDING_COUNTS, codes: None },
]);

pub(super) static ASSESSMENT_RUN_AGENT: Shape = Shape::Structure(&[
    Member { name: "agentId", required: true, shape: &AGENT_ID, codes: None },
    Member { name: "assessmentRunArn", required: true, shape: &ARN, codes: None },
    Member { name: "agentHealth", required: true, shape: &AGENT_HEALTH, codes: None },
    Member { name: "agentHealthCode", required: true, shape: &AGENT_HEALTH_CODE, codes: None },
    Member { name: "agentHealthDetails", required: false, shape: &MESSAGE, codes: None },
    Member { name: "autoScalingGroup", required: false, shape: &AUTO_SCALING_GROUP, codes: None },
    Member { name: "telemetryMetadata", required: true, shape: &TELEMETRY_METADATA_LIST, codes: None },
]);

pub(super) static ASSESSMENT_RUN_AGENT_LIST: Shape = Shape::List { min: 0, max: 500, item: &ASSESSMENT_RUN_AGENT };

pub(super) static ASSESSMENT_RUN_DURATION: Shape = Shape::Whole { min: 180, max: 86400 };

pub(super) static ASSESSMENT_RUN_FILTER: Shape = Shape::Structure(&[
    Member {
        name: "namePattern",
        required: false,
        shape: &NAME_PATTERN,
        codes: Some(Codes {
            value: "INVALID_ASSESSMENT_TEMPLATE_NAME_PATTERN",
            count: "INVALID_ASSESSMENT_TEMPLATE_NAME_PATTERN",
            nested: false,
        }),
    },
    Member {
        name: "states",
        required: false,
        shape: &ASSESSMENT_RUN_STATE_LIST,
        codes: Some(Codes {
            value: "INVALID_ASSESSMENT_RUN_STATE",
            count: "INVALID_NUMBER_OF_ASSESSMENT_RUN_STATES",
            nested: false,
        }),
    },
    Member {
        name: "durationRange",
        required: false,
        shape: &DURATION_RANGE,
        codes: Some(Codes {
            value: "INVALID_ASSESSMENT_RUN_DURATION_RANGE",
            count: "INVALID_ASSESSMENT_RUN_DURATION_RANGE",
            nested: true,
        }),
    },
    Member {
        name: "rulesPackageArns",
        required: false,
        shape: &FILTER_RULES_PACKAGE_ARN_LIST,
        codes: Some(Codes {
            value: "INVALID_RULES_PACKAGE_ARN",
            count: "INVALID_NUMBER_OF_RULES_PACKAGE_ARNS",
            nested: false,
        }),
    },
    Member {
        name: "startTimeRange",
        required: false,
        shape: &TIMESTAMP_RANGE,
        codes: Some(Codes {
            value: "INVALID_ASSESSMENT_RUN_START_TIME_RANGE",
            count: "INVALID_ASSESSMENT_RUN_START_TIME_RANGE",
            nested: true,
        }),
    },
    Member {
        name: "completionTimeRange",
        required: false,
        shape: &TIMESTAMP_RANGE,
        codes: Some(Codes {
            value: "INVALID_ASSESSMENT_RUN_COMPLETION_TIME_RANGE",
            count: "INVALID_ASSESSMENT_RUN_COMPLETION_TIME_RANGE",
            nested: true,
        }),
    },
    Member {
        name: "stateChangeTimeRange",
        required: false,
        shape: &TIMESTAMP_RANGE,
        codes: Some(Codes {
            value: "INVALID_ASSESSMENT_RUN_STATE_CHANGE_TIME_RANGE",
            count: "INVALID_ASSESSMENT_RUN_STATE_CHANGE_TIME_RANGE",
            nested: true,
        }),
    },
]);

pub(super) static ASSESSMENT_RUN_FINDING_COUNTS: Shape =
    Shape::Map { min: 0, max: usize::MAX, key: &SEVERITY, value: &FINDING_COUNT };

pub(super) static ASSESSMENT_RUN_IN_PROGRESS_ARN_LIST: Shape = Shape::List { min: 1, max: 10, item: &ARN };

pub(super) static ASSESSMENT_RUN_IN_PROGRESS_EXCEPTION: Shape = Shape::Structure(&[
    Member { name: "message", required: true, shape: &ERROR_MESSAGE, codes: None },
    Member { name: "assessmentRunArns", required: true, shape: &ASSESSMENT_RUN_IN_PROGRESS_ARN_LIST, codes: None },
    Member { name: "assessmentRunArnsTruncated", required: true, shape: &BOOL, codes: None },
    Member { name: "canRetry", required: true, shape: &BOOL, codes: None },
]);

pub(super) static ASSESSMENT_RUN_LIST: Shape = Shape::List { min: 0, max: 10, item: &ASSESSMENT_RUN };

pub(super) static ASSESSMENT_RUN_NAME: Shape = Shape::Text { min: 1, max: 140 };

pub(super) static ASSESSMENT_RUN_NOTIFICATION: Shape = Shape::Structure(&[
    Member { name: "date", required: true, shape: &TIMESTAMP, codes: None },
    Member { name: "event", required: true, shape: &INSPECTOR_EVENT, codes: None },
    Member { name: "message", required: false, shape: &MESSAGE, codes: None },
    Member { name: "error", required: true, shape: &BOOL, codes: None },
    Member { name: "snsTopicArn", required: false, shape: &ARN, codes: None },
    Member {
        name: "snsPublishStatusCode",
        required: false,
        shape: &ASSESSMENT_RUN_NOTIFICATION_SNS_STATUS_CODE,
        codes: None,
    },
]);

pub(super) static ASSESSMENT_RUN_NOTIFICATION_LIST: Shape =
    Shape::List { min: 0, max: 50, item: &ASSESSMENT_RUN_NOTIFICATION };

pub(super) static ASSESSMENT_RUN_NOTIFICATION_SNS_STATUS_CODE: Shape =
    Shape::Choice(&["SUCCESS", "TOPIC_DOES_NOT_EXIST", "ACCESS_DENIED", "INTERNAL_ERROR"]);

pub(super) static ASSESSMENT_RUN_STATE: Shape = Shape::Choice(&[
    "CREATED",
    "START_DATA_COLLECTION_PENDING",
    "START_DATA_COLLECTION_IN_PROGRESS",
    "COLLECTING_DATA",
    "STOP_DATA_COLLECTION_PENDING",
    "DATA_COLLECTED",
    "START_EVALUATING_RULES_PENDING",
    "EVALUATING_RULES",
    "FAILED",
    "ERROR",
    "COMPLETED",
    "COMPLETED_WITH_ERRORS",
    "CANCELED",
]);

pub(super) static ASSESSMENT_RUN_STATE_CHANGE: Shape = Shape::Structure(&[
    Member { name: "stateChangedAt", required: true, shape: &TIMESTAMP, codes: None },
    Member { name: "state", required: true, shape: &ASSESSMENT_RUN_STATE, codes: None },
]);

pub(super) static ASSESSMENT_RUN_STATE_CHANGE_LIST: Shape =
    Shape::List { min: 0, max: 50, item: &ASSESSMENT_RUN_STATE_CHANGE };

pub(super) static ASSESSMENT_RUN_STATE_LIST: Shape = Shape::List { min: 0, max: 50, item: &ASSESSMENT_RUN_STATE };

pub(super) static ASSESSMENT_TARGET: Shape = Shape::Structure(&[
    Member { name: "arn", required: true, shape: &ARN, codes: None },
    Member { name: "name", required: true, shape: &ASSESSMENT_TARGET_NAME, codes: None },
    Member { name: "resourceGroupArn", required: false, shape: &ARN, codes: None },
    Member { name: "createdAt", required: true, shape: &TIMESTAMP, codes: None },
    Member { name: "updatedAt", required: true, shape: &TIMESTAMP, codes: None },
]);

pub(super) static ASSESSMENT_TARGET_FILTER: Shape = Shape::Structure(&[Member {
    name: "assessmentTargetNamePattern",
    required: false,
    shape: &NAME_PATTERN,
    codes: Some(Codes {
        value: "INVALID_ASSESSMENT_TARGET_NAME_PATTERN",
        count: "INVALID_ASSESSMENT_TARGET_NAME_PATTERN",
        nested: false,
    }),
}]);

pub(super) static ASSESSMENT_TARGET_LIST: Shape = Shape::List { min: 0, max: 10, item: &ASSESSMENT_TARGET };

pub(super) static ASSESSMENT_TARGET_NAME: Shape = Shape::Text { min: 1, max: 140 };

pub(super) static ASSESSMENT_TEMPLATE: Shape = Shape::Structure(&[
    Member { name: "arn", required: true, shape: &ARN, codes: None },
    Member { name: "name", required: true, shape: &ASSESSMENT_TEMPLATE_NAME, codes: None },
    Member { name: "assessmentTargetArn", required: true, shape: &ARN, codes: None },
    Member { name: "durationInSeconds", required: true, shape: &ASSESSMENT_RUN_DURATION, codes: None },
    Member {
        name: "rulesPackageArns",
        required: true,
        shape: &ASSESSMENT_TEMPLATE_RULES_PACKAGE_ARN_LIST,
        codes: None,
    },
    Member { name: "userAttributesForFindings", required: true, shape: &USER_ATTRIBUTE_LIST, codes: None },
    Member { name: "lastAssessmentRunArn", required: false, shape: &ARN, codes: None },
    Member { name: "assessmentRunCount", required: true, shape: &ARN_COUNT, codes: None },
    Member { name: "createdAt", required: true, shape: &TIMESTAMP, codes: None },
]);

pub(super) static ASSESSMENT_TEMPLATE_FILTER: Shape = Shape::Structure(&[
    Member {
        name: "namePattern",
        required: false,
        shape: &NAME_PATTERN,
        codes: Some(Codes {
            value: "INVALID_ASSESSMENT_TEMPLATE_NAME_PATTERN",
            count: "INVALID_ASSESSMENT_TEMPLATE_NAME_PATTERN",
            nested: false,
        }),
    },
    Member {
        name: "durationRange",
        required: false,
        shape: &DURATION_RANGE,
        codes: Some(Codes {
            value: "INVALID_ASSESSMENT_TEMPLATE_DURATION_RANGE",
            count: "INVALID_ASSESSMENT_TEMPLATE_DURATION_RANGE",
            nested: true,
        }),
    },
    Member {
        name: "rulesPackageArns",
        required: false,
        shape: &FILTER_RULES_PACKAGE_ARN_LIST,
        codes: Some(Codes {
            value: "INVALID_RULES_PACKAGE_ARN",
            count: "INVALID_NUMBER_OF_RULES_PACKAGE_ARNS",
            nested: false,
        }),
    },
]);

pub(super) static ASSESSMENT_TEMPLATE_LIST: Shape = Shape::List { min: 0, max: 10, item: &ASSESSMENT_TEMPLATE };

pub(super) static ASSESSMENT_TEMPLATE_NAME: Shape = Shape::Text { min: 1, max: 140 };

pub(super) static ASSESSMENT_TEMPLATE_RULES_PACKAGE_ARN_LIST: Shape = Shape::List { min: 0, max: 50, item: &ARN };

pub(super) static ASSET_ATTRIBUTES: Shape = Shape::Structure(&[
    Member { name: "schemaVersion", required: true, shape: &NUMERIC_VERSION, codes: None },
    Member { name: "agentId", required: false, shape: &AGENT_ID, codes: None },
    Member { name: "autoScalingGroup", required: false, shape: &AUTO_SCALING_GROUP, codes: None },
    Member { name: "amiId", required: false, shape: &AMI_ID, codes: None },
    Member { name: "hostname", required: false, shape: &HOSTNAME, codes: None },
    Member { name: "ipv4Addresses", required: false, shape: &IPV4_ADDRESS_LIST, codes: None },
    Member { name: "tags", required: false, shape: &TAGS, codes: None },
    Member { name: "networkInterfaces", required: false, shape: &NETWORK_INTERFACES, codes: None },
]);

pub(super) static ASSET_TYPE: Shape = Shape::Choice(&["ec2-instance"]);

pub(super) static ATTRIBUTE: Shape = Shape::Structure(&[
    Member {
        name: "key",
        required: true,
        shape: &ATTRIBUTE_KEY,
        codes: Some(Codes { value: "INVALID_USER_ATTRIBUTE_KEY", count: "INVALID_USER_ATTRIBUTE_KEY", nested: false }),
    },
    Member {
        name: "value",
        required: false,
        shape: &ATTRIBUTE_VALUE,
        codes: Some(Codes {
            value: "INVALID_USER_ATTRIBUTE_VALUE",
            count: "INVALID_USER_ATTRIBUTE_VALUE",
            nested: false,
        }),
    },
]);

pub(super) static ATTRIBUTE_KEY: Shape = Shape::Text { min: 1, max: 128 };

pub(super) static ATTRIBUTE_LIST: Shape = Shape::List { min: 0, max: 50, item: &ATTRIBUTE };

pub(super) static ATTRIBUTE_VALUE: Shape = Shape::Text { min: 1, max: 256 };

pub(super) static AUTO_SCALING_GROUP: Shape = Shape::Text { min: 1, max: 256 };

pub(super) static AUTO_SCALING_GROUP_LIST: Shape = Shape::List { min: 0, max: 20, item: &AUTO_SCALING_GROUP };

pub(super) static BATCH_DESCRIBE_ARN_LIST: Shape = Shape::List { min: 1, max: 10, item: &ARN };

pub(super) static BATCH_DESCRIBE_EXCLUSIONS_ARN_LIST: Shape = Shape::List { min: 1, max: 100, item: &ARN };

pub(super) static BOOL: Shape = Shape::Flag;

pub(super) static CREATE_ASSESSMENT_TARGET_REQUEST: Shape = Shape::Structure(&[
    Member {
        name: "assessmentTargetName",
        required: true,
        shape: &ASSESSMENT_TARGET_NAME,
        codes: Some(Codes {
            value: "INVALID_ASSESSMENT_TARGET_NAME",
            count: "INVALID_ASSESSMENT_TARGET_NAME",
            nested: false,
        }),
    },
    Member {
        name: "resourceGroupArn",
        required: false,
        shape: &ARN,
        codes: Some(Codes { value: "INVALID_RESOURCE_GROUP_ARN", count: "INVALID_RESOURCE_GROUP_ARN", nested: false }),
    },
]);

pub(super) static CREATE_ASSESSMENT_TARGET_RESPONSE: Shape =
    Shape::Structure(&[Member { name: "assessmentTargetArn", required: true, shape: &ARN, codes: None }]);

pub(super) static CREATE_ASSESSMENT_TEMPLATE_REQUEST: Shape = Shape::Structure(&[
    Member {
        name: "assessmentTargetArn",
        required: true,
        shape: &ARN,
        codes: Some(Codes {
            value: "INVALID_ASSESSMENT_TARGET_ARN",
            count: "INVALID_ASSESSMENT_TARGET_ARN",
            nested: false,
        }),
    },
    Member {
        name: "assessmentTemplateName",
        required: true,
        shape: &ASSESSMENT_TEMPLATE_NAME,
        codes: Some(Codes {
            value: "INVALID_ASSESSMENT_TEMPLATE_NAME",
            count: "INVALID_ASSESSMENT_TEMPLATE_NAME",
            nested: false,
        }),
    },
    Member {
        name: "durationInSeconds",
        required: true,
        shape: &ASSESSMENT_RUN_DURATION,
        codes: Some(Codes {
            value: "INVALID_ASSESSMENT_TEMPLATE_DURATION",
            count: "INVALID_ASSESSMENT_TEMPLATE_DURATION",
            nested: false,
        }),
    },
    Member {
        name: "rulesPackageArns",
        required: true,
        shape: &ASSESSMENT_TEMPLATE_RULES_PACKAGE_ARN_LIST,
        codes: Some(Codes {
            value: "INVALID_RULES_PACKAGE_ARN",
            count: "INVALID_NUMBER_OF_RULES_PACKAGE_ARNS",
            nested: false,
        }),
    },
    Member {
        name: "userAttributesForFindings",
        required: false,
        shape: &USER_ATTRIBUTE_LIST,
        codes: Some(Codes {
            value: "INVALID_USER_ATTRIBUTE",
            count: "INVALID_NUMBER_OF_USER_ATTRIBUTES",
            nested: false,
        }),
    },
]);

pub(super) static CREATE_ASSESSMENT_TEMPLATE_RESPONSE: Shape =
    Shape::Structure(&[Member { name: "assessmentTemplateArn", required: true, shape: &ARN, codes: None }]);

pub(super) static CREATE_EXCLUSIONS_PREVIEW_REQUEST: Shape = Shape::Structure(&[Member {
    name: "assessmentTemplateArn",
    required: true,
    shape: &ARN,
    codes: Some(Codes {
        value: "INVALID_ASSESSMENT_TEMPLATE_ARN",
        count: "INVALID_ASSESSMENT_TEMPLATE_ARN",
        nested: false,
    }),
}]);

pub(super) static CREATE_EXCLUSIONS_PREVIEW_RESPONSE: Shape =
    Shape::Structure(&[Member { name: "previewToken", required: true, shape: &UUID, codes: None }]);

pub(super) static CREATE_RESOURCE_GROUP_REQUEST: Shape = Shape::Structure(&[Member {
    name: "resourceGroupTags",
    required: true,
    shape: &RESOURCE_GROUP_TAGS,
    codes: Some(Codes {
        value: "INVALID_RESOURCE_GROUP_TAG_KEY",
        count: "INVALID_NUMBER_OF_RESOURCE_GROUP_TAGS",
        nested: false,
    }),
}]);

pub(super) static CREATE_RESOURCE_GROUP_RESPONSE: Shape =
    Shape::Structure(&[Member { name: "resourceGroupArn", required: true, shape: &ARN, codes: None }]);

pub(super) static DELETE_ASSESSMENT_RUN_REQUEST: Shape = Shape::Structure(&[Member {
    name: "assessmentRunArn",
    required: true,
    shape: &ARN,
    codes: Some(Codes { value: "INVALID_ASSESSMENT_RUN_ARN", count: "INVALID_ASSESSMENT_RUN_ARN", nested: false }),
}]);

pub(super) static DELETE_ASSESSMENT_TARGET_REQUEST: Shape = Shape::Structure(&[Member {
    name: "assessmentTargetArn",
    required: true,
    shape: &ARN,
    codes: Some(Codes {
        value: "INVALID_ASSESSMENT_TARGET_ARN",
        count: "INVALID_ASSESSMENT_TARGET_ARN",
        nested: false,
    }),
}]);

pub(super) static DELETE_ASSESSMENT_TEMPLATE_REQUEST: Shape = Shape::Structure(&[Member {
    name: "assessmentTemplateArn",
    required: true,
    shape: &ARN,
    codes: Some(Codes {
        value: "INVALID_ASSESSMENT_TEMPLATE_ARN",
        count: "INVALID_ASSESSMENT_TEMPLATE_ARN",
        nested: false,
    }),
}]);

pub(super) static DESCRIBE_ASSESSMENT_RUNS_REQUEST: Shape = Shape::Structure(&[Member {
    name: "assessmentRunArns",
    required: true,
    shape: &BATCH_DESCRIBE_ARN_LIST,
    codes: Some(Codes {
        value: "INVALID_ASSESSMENT_RUN_ARN",
        count: "INVALID_NUMBER_OF_ASSESSMENT_RUN_ARNS",
        nested: false,
    }),
}]);

pub(super) static DESCRIBE_ASSESSMENT_RUNS_RESPONSE: Shape = Shape::Structure(&[
    Member { name: "assessmentRuns", required: true, shape: &ASSESSMENT_RUN_LIST, codes: None },
    Member { name: "failedItems", required: true, shape: &FAILED_ITEMS, codes: None },
]);

pub(super) static DESCRIBE_ASSESSMENT_TARGETS_REQUEST: Shape = Shape::Structure(&[Member {
    name: "assessmentTargetArns",
    required: true,
    shape: &BATCH_DESCRIBE_ARN_LIST,
    codes: Some(Codes {
        value: "INVALID_ASSESSMENT_TARGET_ARN",
        count: "INVALID_NUMBER_OF_ASSESSMENT_TARGET_ARNS",
        nested: false,
    }),
}]);

pub(super) static DESCRIBE_ASSESSMENT_TARGETS_RESPONSE: Shape = Shape::Structure(&[
    Member { name: "assessmentTargets", required: true, shape: &ASSESSMENT_TARGET_LIST, codes: None },
    Member { name: "failedItems", required: true, shape: &FAILED_ITEMS, codes: None },
]);

pub(super) static DESCRIBE_ASSESSMENT_TEMPLATES_REQUEST: Shape = Shape::Structure(&[Member {
    name: "assessmentTemplateArns",
    required: true,
    shape: &BATCH_DESCRIBE_ARN_LIST,
    codes: Some(Codes {
        value: "INVALID_ASSESSMENT_TEMPLATE_ARN",
        count: "INVALID_NUMBER_OF_ASSESSMENT_TEMPLATE_ARNS",
        nested: false,
    }),
}]);

pub(super) static DESCRIBE_ASSESSMENT_TEMPLATES_RESPONSE: Shape = Shape::Structure(&[
    Member { name: "assessmentTemplates", required: true, shape: &ASSESSMENT_TEMPLATE_LIST, codes: None },
    Member { name: "failedItems", required: true, shape: &FAILED_ITEMS, codes: None },
]);

pub(super) static DESCRIBE_CROSS_ACCOUNT_ACCESS_ROLE_RESPONSE: Shape = Shape::Structure(&[
    Member { name: "roleArn", required: true, shape: &ARN, codes: None },
    Member { name: "valid", required: true, shape: &BOOL, codes: None },
    Member { name: "registeredAt", required: true, shape: &TIMESTAMP, codes: None },
]);

pub(super) static DESCRIBE_EXCLUSIONS_REQUEST: Shape = Shape::Structure(&[
    Member {
        name: "exclusionArns",
        required: true,
        shape: &BATCH_DESCRIBE_EXCLUSIONS_ARN_LIST,
        codes: Some(Codes { value: "INVALID_RESOURCE_ARN", count: "INVALID_RESOURCE_ARN", nested: false }),
    },
    Member {
        name: "locale",
        required: false,
        shape: &LOCALE,
        codes: Some(Codes { value: "INVALID_LOCALE", count: "INVALID_LOCALE", nested: false }),
    },
]);

pub(super) static DESCRIBE_EXCLUSIONS_RESPONSE: Shape = Shape::Structure(&[
    Member { name: "exclusions", required: true, shape: &EXCLUSION_MAP, codes: None },
    Member { name: "failedItems", required: true, shape: &FAILED_ITEMS, codes: None },
]);

pub(super) static DESCRIBE_FINDINGS_REQUEST: Shape = Shape::Structure(&[
    Member {
        name: "findingArns",
        required: true,
        shape: &BATCH_DESCRIBE_ARN_LIST,
        codes: Some(Codes { value: "INVALID_FINDING_ARN", count: "INVALID_NUMBER_OF_FINDING_ARNS", nested: false }),
    },
    Member {
        name: "locale",
        required: false,
        shape: &LOCALE,
        codes: Some(Codes { value: "INVALID_LOCALE", count: "INVALID_LOCALE", nested: false }),
    },
]);

pub(super) static DESCRIBE_FINDINGS_RESPONSE: Shape = Shape::Structure(&[
    Member { name: "findings", required: true, shape: &FINDING_LIST, codes: None },
    Member { name: "failedItems", required: true, shape: &FAILED_ITEMS, codes: None },
]);

pub(super) static DESCRIBE_RESOURCE_GROUPS_REQUEST: Shape = Shape::Structure(&[Member {
    name: "resourceGroupArns",
    required: true,
    shape: &BATCH_DESCRIBE_ARN_LIST,
    codes: Some(Codes {
        value: "INVALID_RESOURCE_GROUP_ARN",
        count: "INVALID_NUMBER_OF_RESOURCE_GROUP_ARNS",
        nested: false,
    }),
}]);

pub(super) static DESCRIBE_RESOURCE_GROUPS_RESPONSE: Shape = Shape::Structure(&[
    Member { name: "resourceGroups", required: true, shape: &RESOURCE_GROUP_LIST, codes: None },
    Member { name: "failedItems", required: true, shape: &FAILED_ITEMS, codes: None },
]);

pub(super) static DESCRIBE_RULES_PACKAGES_REQUEST: Shape = Shape::Structure(&[
    Member {
        name: "rulesPackageArns",
        required: true,
        shape: &BATCH_DESCRIBE_ARN_LIST,
        codes: Some(Codes {
            value: "INVALID_RULES_PACKAGE_ARN",
            count: "INVALID_NUMBER_OF_RULES_PACKAGE_ARNS",
            nested: false,
        }),
    },
    Member {
        name: "locale",
        required: false,
        shape: &LOCALE,
        codes: Some(Codes { value: "INVALID_LOCALE", count: "INVALID_LOCALE", nested: false }),
    },
]);

pub(super) static DESCRIBE_RULES_PACKAGES_RESPONSE: Shape = Shape::Structure(&[
    Member { name: "rulesPackages", required: true, shape: &RULES_PACKAGE_LIST, codes: None },
    Member { name: "failedItems", required: true, shape: &FAILED_ITEMS, codes: None },
]);

pub(super) static DURATION_RANGE: Shape = Shape::Structure(&[
    Member { name: "minSeconds", required: false, shape: &ASSESSMENT_RUN_DURATION, codes: None },
    Member { name: "maxSeconds", required: false, shape: &ASSESSMENT_RUN_DURATION, codes: None },
]);

pub(super) static ERROR_MESSAGE: Shape = Shape::Text { min: 0, max: 1000 };

pub(super) static EVENT_SUBSCRIPTION: Shape = Shape::Structure(&[
    Member { name: "event", required: true, shape: &INSPECTOR_EVENT, codes: None },
    Member { name: "subscribedAt", required: true, shape: &TIMESTAMP, codes: None },
]);

pub(super) static EVENT_SUBSCRIPTION_LIST: Shape = Shape::List { min: 1, max: 50, item: &EVENT_SUBSCRIPTION };

pub(super) static EXCLUSION: Shape = Shape::Structure(&[
    Member { name: "arn", required: true, shape: &ARN, codes: None },
    Member { name: "title", required: true, shape: &TEXT, codes: None },
    Member { name: "description", required: true, shape: &TEXT, codes: None },
    Member { name: "recommendation", required: true, shape: &TEXT, codes: None },
    Member { name: "scopes", required: true, shape: &SCOPE_LIST, codes: None },
    Member { name: "attributes", required: false, shape: &ATTRIBUTE_LIST, codes: None },
]);

pub(super) static EXCLUSION_MAP: Shape = Shape::Map { min: 1, max: 100, key: &ARN, value: &EXCLUSION };

pub(super) static EXCLUSION_PREVIEW: Shape = Shape::Structure(&[
    Member { name: "title", required: true, shape: &TEXT, codes: None },
    Member { name: "description", required: true, shape: &TEXT, codes: None },
    Member { name: "recommendation", required: true, shape: &TEXT, codes: None },
    Member { name: "scopes", required: true, shape: &SCOPE_LIST, codes: None },
    Member { name: "attributes", required: false, shape: &ATTRIBUTE_LIST, codes: None },
]);

pub(super) static EXCLUSION_PREVIEW_LIST: Shape = Shape::List { min: 0, max: 100, item: &EXCLUSION_PREVIEW };

pub(super) static FAILED_ITEM_DETAILS: Shape = Shape::Structure(&[
    Member { name: "failureCode", required: true, shape: &FAILED_ITEM_ERROR_CODE, codes: None },
    Member { name: "retryable", required: true, shape: &BOOL, codes: None },
]);

pub(super) static FAILED_ITEM_ERROR_CODE: Shape = Shape::Choice(&[
    "INVALID_ARN",
    "DUPLICATE_ARN",
    "ITEM_DOES_NOT_EXIST",
    "ACCESS_DENIED",
    "LIMIT_EXCEEDED",
    "INTERNAL_ERROR",
]);

pub(super) static FAILED_ITEMS: Shape = Shape::Map { min: 0, max: usize::MAX, key: &ARN, value: &FAILED_ITEM_DETAILS };

pub(super) static FILTER_RULES_PACKAGE_ARN_LIST: Shape = Shape::List { min: 0, max: 50, item: &ARN };

pub(super) static FINDING: Shape = Shape::Structure(&[
    Member { name: "arn", required: true, shape: &ARN, codes: None },
    Member { name: "schemaVersion", required: false, shape: &NUMERIC_VERSION, codes: None },
    Member { name: "service", required: false, shape: &SERVICE_NAME, codes: None },
    Member { name: "serviceAttributes", required: false, shape: &INSPECTOR_SERVICE_ATTRIBUTES, codes: None },
    Member { name: "assetType", required: false, shape: &ASSET_TYPE, codes: None },
    Member { name: "assetAttributes", required: false, shape: &ASSET_ATTRIBUTES, codes: None },
    Member { name: "id", required: false, shape: &FINDING_ID, codes: None },
    Member { name: "title", required: false, shape: &TEXT, codes: None },
    Member { name: "description", required: false, shape: &TEXT, codes: None },
    Member { name: "recommendation", required: false, shape: &TEXT, codes: None },
    Member { name: "severity", required: false, shape: &SEVERITY, codes: None },
    Member { name: "numericSeverity", required: false, shape: &NUMERIC_SEVERITY, codes: None },
    Member { name: "confidence", required: false, shape: &IOC_CONFIDENCE, codes: None },
    Member { name: "indicatorOfCompromise", required: false, shape: &BOOL, codes: None },
    Member { name: "attributes", required: true, shape: &ATTRIBUTE_LIST, codes: None },
    Member { name: "userAttributes", required: true, shape: &USER_ATTRIBUTE_LIST, codes: None },
    Member { name: "createdAt", required: true, shape: &TIMESTAMP, codes: None },
    Member { name: "updatedAt", required: true, shape: &TIMESTAMP, codes: None },
]);

pub(super) static FINDING_COUNT: Shape = Shape::Whole { min: i32::MIN as i64, max: i32::MAX as i64 };

pub(super) static FINDING_FILTER: Shape = Shape::Structure(&[
    Member {
        name: "agentIds",
        required: false,
        shape: &AGENT_ID_LIST,
        codes: Some(Codes { value: "INVALID_AGENT_ID", count: "INVALID_NUMBER_OF_AGENT_IDS", nested: false }),
    },
    Member {
        name: "autoScalingGroups",
        required: false,
        shape: &AUTO_SCALING_GROUP_LIST,
        codes: Some(Codes {
            value: "INVALID_AUTO_SCALING_GROUP",
            count: "INVALID_NUMBER_OF_AUTO_SCALING_GROUPS",
            nested: false,
        }),
    },
    Member {
        name: "ruleNames",
        required: false,
        shape: &RULE_NAME_LIST,
        codes: Some(Codes { value: "INVALID_RULE_NAME", count: "INVALID_NUMBER_OF_RULE_NAMES", nested: false }),
    },
    Member {
        name: "severities",
        required: false,
        shape: &SEVERITY_LIST,
        codes: Some(Codes { value: "INVALID_SEVERITY", count: "INVALID_NUMBER_OF_SEVERITIES", nested: false }),
    },
    Member {
        name: "rulesPackageArns",
        required: false,
        shape: &FILTER_RULES_PACKAGE_ARN_LIST,
        codes: Some(Codes {
            value: "INVALID_RULES_PACKAGE_ARN",
            count: "INVALID_NUMBER_OF_RULES_PACKAGE_ARNS",
            nested: false,
        }),
    },
    Member {
        name: "attributes",
        required: false,
        shape: &ATTRIBUTE_LIST,
        codes: Some(Codes { value: "INVALID_ATTRIBUTE", count: "INVALID_NUMBER_OF_ATTRIBUTES", nested: true }),
    },
    Member {
        name: "userAttributes",
        required: false,
        shape: &ATTRIBUTE_LIST,
        codes: Some(Codes {
            value: "INVALID_USER_ATTRIBUTE",
            count: "INVALID_NUMBER_OF_USER_ATTRIBUTES",
            nested: false,
        }),
    },
    Member {
        name: "creationTimeRange",
        required: false,
        shape: &TIMESTAMP_RANGE,
        codes: Some(Codes { value: "INVALID_ATTRIBUTE", count: "INVALID_ATTRIBUTE", nested: true }),
    },
]);

pub(super) static FINDING_ID: Shape = Shape::Text { min: 0, max: 128 };

pub(super) static FINDING_LIST: Shape = Shape::List { min: 0, max: 100, item: &FINDING };

pub(super) static GET_ASSESSMENT_REPORT_REQUEST: Shape = Shape::Structure(&[
    Member {
        name: "assessmentRunArn",
        required: true,
        shape: &ARN,
        codes: Some(Codes { value: "INVALID_ASSESSMENT_RUN_ARN", count: "INVALID_ASSESSMENT_RUN_ARN", nested: false }),
    },
    Member {
        name: "reportFileFormat",
        required: true,
        shape: &REPORT_FILE_FORMAT,
        codes: Some(Codes { value: "INVALID_ASSESSMENT_RUN_ARN", count: "INVALID_ASSESSMENT_RUN_ARN", nested: false }),
    },
    Member {
        name: "reportType",
        required: true,
        shape: &REPORT_TYPE,
        codes: Some(Codes { value: "INVALID_ASSESSMENT_RUN_ARN", count: "INVALID_ASSESSMENT_RUN_ARN", nested: false }),
    },
]);

pub(super) static GET_ASSESSMENT_REPORT_RESPONSE: Shape = Shape::Structure(&[
    Member { name: "status", required: true, shape: &REPORT_STATUS, codes: None },
    Member { name: "url", required: false, shape: &URL, codes: None },
]);

pub(super) static GET_EXCLUSIONS_PREVIEW_REQUEST: Shape = Shape::Structure(&[
    Member {
        name: "assessmentTemplateArn",
        required: true,
        shape: &ARN,
        codes: Some(Codes {
            value: "INVALID_ASSESSMENT_TEMPLATE_ARN",
            count: "INVALID_ASSESSMENT_TEMPLATE_ARN",
            nested: false,
        }),
    },
    Member {
        name: "previewToken",
        required: true,
        shape: &UUID,
        codes: Some(Codes { value: "INVALID_PAGINATION_TOKEN", count: "INVALID_PAGINATION_TOKEN", nested: false }),
    },
    Member {
        name: "nextToken",
        required: false,
        shape: &PAGINATION_TOKEN,
        codes: Some(Codes { value: "INVALID_PAGINATION_TOKEN", count: "INVALID_PAGINATION_TOKEN", nested: false }),
    },
    Member {
        name: "maxResults",
        required: false,
        shape: &LIST_MAX_RESULTS,
        codes: Some(Codes { value: "INVALID_MAX_RESULTS", count: "INVALID_MAX_RESULTS", nested: false }),
    },
    Member {
        name: "locale",
        required: false,
        shape: &LOCALE,
        codes: Some(Codes { value: "INVALID_LOCALE", count: "INVALID_LOCALE", nested: false }),
    },
]);

pub(super) static GET_EXCLUSIONS_PREVIEW_RESPONSE: Shape = Shape::Structure(&[
    Member { name: "previewStatus", required: true, shape: &PREVIEW_STATUS, codes: None },
    Member { name: "exclusionPreviews", required: false, shape: &EXCLUSION_PREVIEW_LIST, codes: None },
    Member { name: "nextToken", required: false, shape: &PAGINATION_TOKEN, codes: None },
]);

pub(super) static GET_TELEMETRY_METADATA_REQUEST: Shape = Shape::Structure(&[Member {
    name: "assessmentRunArn",
    required: true,
    shape: &ARN,
    codes: Some(Codes { value: "INVALID_ASSESSMENT_RUN_ARN", count: "INVALID_ASSESSMENT_RUN_ARN", nested: false }),
}]);

pub(super) static GET_TELEMETRY_METADATA_RESPONSE: Shape = Shape::Structure(&[Member {
    name: "telemetryMetadata",
    required: true,
    shape: &TELEMETRY_METADATA_LIST,
    codes: None,
}]);

pub(super) static HOSTNAME: Shape = Shape::Text { min: 0, max: 256 };

pub(super) static INSPECTOR_EVENT: Shape = Shape::Choice(&[
    "ASSESSMENT_RUN_STARTED",
    "ASSESSMENT_RUN_COMPLETED",
    "ASSESSMENT_RUN_STATE_CHANGED",
    "FINDING_REPORTED",
    "OTHER",
]);

pub(super) static INSPECTOR_SERVICE_ATTRIBUTES: Shape = Shape::Structure(&[
    Member { name: "schemaVersion", required: true, shape: &NUMERIC_VERSION, codes: None },
    Member { name: "assessmentRunArn", required: false, shape: &ARN, codes: None },
    Member { name: "rulesPackageArn", required: false, shape: &ARN, codes: None },
]);

pub(super) static INTERNAL_EXCEPTION: Shape = Shape::Structure(&[
    Member { name: "message", required: true, shape: &ERROR_MESSAGE, codes: None },
    Member { name: "canRetry", required: true, shape: &BOOL, codes: None },
]);

pub(super) static INVALID_CROSS_ACCOUNT_ROLE_ERROR_CODE: Shape =
    Shape::Choice(&["ROLE_DOES_NOT_EXIST_OR_INVALID_TRUST_RELATIONSHIP", "ROLE_DOES_NOT_HAVE_CORRECT_POLICY"]);

pub(super) static INVALID_CROSS_ACCOUNT_ROLE_EXCEPTION: Shape = Shape::Structure(&[
    Member { name: "message", required: true, shape: &ERROR_MESSAGE, codes: None },
    Member { name: "errorCode", required: true, shape: &INVALID_CROSS_ACCOUNT_ROLE_ERROR_CODE, codes: None },
    Member { name: "canRetry", required: true, shape: &BOOL, codes: None },
]);

pub(super) static INVALID_INPUT_ERROR_CODE: Shape = Shape::Choice(&[
    "INVALID_ASSESSMENT_TARGET_ARN",
    "INVALID_ASSESSMENT_TEMPLATE_ARN",
    "INVALID_ASSESSMENT_RUN_ARN",
    "INVALID_FINDING_ARN",
    "INVALID_RESOURCE_GROUP_ARN",
    "INVALID_RULES_PACKAGE_ARN",
    "INVALID_RESOURCE_ARN",
    "INVALID_SNS_TOPIC_ARN",
    "INVALID_IAM_ROLE_ARN",
    "INVALID_ASSESSMENT_TARGET_NAME",
    "INVALID_ASSESSMENT_TARGET_NAME_PATTERN",
    "INVALID_ASSESSMENT_TEMPLATE_NAME",
    "INVALID_ASSESSMENT_TEMPLATE_NAME_PATTERN",
    "INVALID_ASSESSMENT_TEMPLATE_DURATION",
    "INVALID_ASSESSMENT_TEMPLATE_DURATION_RANGE",
    "INVALID_ASSESSMENT_RUN_DURATION_RANGE",
    "INVALID_ASSESSMENT_RUN_START_TIME_RANGE",
    "INVALID_ASSESSMENT_RUN_COMPLETION_TIME_RANGE",
    "INVALID_ASSESSMENT_RUN_STATE_CHANGE_TIME_RANGE",
    "INVALID_ASSESSMENT_RUN_STATE",
    "INVALID_TAG",
    "INVALID_TAG_KEY",
    "INVALID_TAG_VALUE",
    "INVALID_RESOURCE_GROUP_TAG_KEY",
    "INVALID_RESOURCE_GROUP_TAG_VALUE",
    "INVALID_ATTRIBUTE",
    "INVALID_USER_ATTRIBUTE",
    "INVALID_USER_ATTRIBUTE_KEY",
    "INVALID_USER_ATTRIBUTE_VALUE",
    "INVALID_PAGINATION_TOKEN",
    "INVALID_MAX_RESULTS",
    "INVALID_AGENT_ID",
    "INVALID_AUTO_SCALING_GROUP",
    "INVALID_RULE_NAME",
    "INVALID_SEVERITY",
    "INVALID_LOCALE",
    "INVALID_EVENT",
    "ASSESSMENT_TARGET_NAME_ALREADY_TAKEN",
    "ASSESSMENT_TEMPLATE_NAME_ALREADY_TAKEN",
    "INVALID_NUMBER_OF_ASSESSMENT_TARGET_ARNS",
    "INVALID_NUMBER_OF_ASSESSMENT_TEMPLATE_ARNS",
    "INVALID_NUMBER_OF_ASSESSMENT_RUN_ARNS",
    "INVALID_NUMBER_OF_FINDING_ARNS",
    "INVALID_NUMBER_OF_RESOURCE_GROUP_ARNS",
    "INVALID_NUMBER_OF_RULES_PACKAGE_ARNS",
    "INVALID_NUMBER_OF_ASSESSMENT_RUN_STATES",
    "INVALID_NUMBER_OF_TAGS",
    "INVALID_NUMBER_OF_RESOURCE_GROUP_TAGS",
    "INVALID_NUMBER_OF_ATTRIBUTES",
    "INVALID_NUMBER_OF_USER_ATTRIBUTES",
    "INVALID_NUMBER_OF_AGENT_IDS",
    "INVALID_NUMBER_OF_AUTO_SCALING_GROUPS",
    "INVALID_NUMBER_OF_RULE_NAMES",
    "INVALID_NUMBER_OF_SEVERITIES",
]);

pub(super) static INVALID_INPUT_EXCEPTION: Shape = Shape::Structure(&[
    Member { name: "message", required: true, shape: &ERROR_MESSAGE, codes: None },
    Member { name: "errorCode", required: true, shape: &INVALID_INPUT_ERROR_CODE, codes: None },
    Member { name: "canRetry", required: true, shape: &BOOL, codes: None },
]);

pub(super) static IOC_CONFIDENCE: Shape = Shape::Whole { min: 0, max: 10 };

pub(super) static IPV4_ADDRESS: Shape = Shape::Text { min: 7, max: 15 };

pub(super) static IPV4_ADDRESS_LIST: Shape = Shape::List { min: 0, max: 50, item: &IPV4_ADDRESS };

pub(super) static IPV6_ADDRESSES: Shape = Shape::List { min: 0, max: usize::MAX, item: &TEXT };

pub(super) static KERNEL_VERSION: Shape = Shape::Text { min: 1, max: 128 };

pub(super) static LIMIT_EXCEEDED_ERROR_CODE: Shape = Shape::Choice(&[
    "ASSESSMENT_TARGET_LIMIT_EXCEEDED",
    "ASSESSMENT_TEMPLATE_LIMIT_EXCEEDED",
    "ASSESSMENT_RUN_LIMIT_EXCEEDED",
    "RESOURCE_GROUP_LIMIT_EXCEEDED",
    "EVENT_SUBSCRIPTION_LIMIT_EXCEEDED",
]);

pub(super) static LIMIT_EXCEEDED_EXCEPTION: Shape = Shape::Structure(&[
    Member { name: "message", required: true, shape: &ERROR_MESSAGE, codes: None },
    Member { name: "errorCode", required: true, shape: &LIMIT_EXCEEDED_ERROR_CODE, codes: None },
    Member { name: "canRetry", required: true, shape: &BOOL, codes: None },
]);

pub(super) static LIST_ASSESSMENT_RUN_AGENTS_REQUEST: Shape = Shape::Structure(&[
    Member {
        name: "assessmentRunArn",
        required: true,
        shape: &ARN,
        codes: Some(Codes { value: "INVALID_ASSESSMENT_RUN_ARN", count: "INVALID_ASSESSMENT_RUN_ARN", nested: false }),
    },
    Member {
        name: "filter",
        required: false,
        shape: &AGENT_FILTER,
        codes: Some(Codes { value: "INVALID_AGENT_ID", count: "INVALID_AGENT_ID", nested: true }),
    },
    Member {
        name: "nextToken",
        required: false,
        shape: &PAGINATION_TOKEN,
        codes: Some(Codes { value: "INVALID_PAGINATION_TOKEN", count: "INVALID_PAGINATION_TOKEN", nested: false }),
    },
    Member {
        name: "maxResults",
        required: false,
        shape: &LIST_MAX_RESULTS,
        codes: Some(Codes { value: "INVALID_MAX_RESULTS", count: "INVALID_MAX_RESULTS", nested: false }),
    },
]);

pub(super) static LIST_ASSESSMENT_RUN_AGENTS_RESPONSE: Shape = Shape::Structure(&[
    Member { name: "assessmentRunAgents", required: true, shape: &ASSESSMENT_RUN_AGENT_LIST, codes: None },
    Member { name: "nextToken", required: false, shape: &PAGINATION_TOKEN, codes: None },
]);

pub(super) static LIST_ASSESSMENT_RUNS_REQUEST: Shape = Shape::Structure(&[
    Member {
        name: "assessmentTemplateArns",
        required: false,
        shape: &LIST_PARENT_ARN_LIST,
        codes: Some(Codes {
            value: "INVALID_ASSESSMENT_TEMPLATE_ARN",
            count: "INVALID_NUMBER_OF_ASSESSMENT_TEMPLATE_ARNS",
            nested: false,
        }),
    },
    Member {
        name: "filter",
        required: false,
        shape: &ASSESSMENT_RUN_FILTER,
        codes: Some(Codes {
            value: "INVALID_ASSESSMENT_RUN_STATE",
            count: "INVALID_ASSESSMENT_RUN_STATE",
            nested: false,
        }),
    },
    Member {
        name: "nextToken",
        required: false,
        shape: &PAGINATION_TOKEN,
        codes: Some(Codes { value: "INVALID_PAGINATION_TOKEN", count: "INVALID_PAGINATION_TOKEN", nested: false }),
    },
    Member {
        name: "maxResults",
        required: false,
        shape: &LIST_MAX_RESULTS,
        codes: Some(Codes { value: "INVALID_MAX_RESULTS", count: "INVALID_MAX_RESULTS", nested: false }),
    },
]);

pub(super) static LIST_ASSESSMENT_RUNS_RESPONSE: Shape = Shape::Structure(&[
    Member { name: "assessmentRunArns", required: true, shape: &LIST_RETURNED_ARN_LIST, codes: None },
    Member { name: "nextToken", required: false, shape: &PAGINATION_TOKEN, codes: None },
]);

pub(super) static LIST_ASSESSMENT_TARGETS_REQUEST: Shape = Shape::Structure(&[
    Member {
        name: "filter",
        required: false,
        shape: &ASSESSMENT_TARGET_FILTER,
        codes: Some(Codes {
            value: "INVALID_ASSESSMENT_TARGET_NAME_PATTERN",
            count: "INVALID_ASSESSMENT_TARGET_NAME_PATTERN",
            nested: false,
        }),
    },
    Member {
        name: "nextToken",
        required: false,
        shape: &PAGINATION_TOKEN,
        codes: Some(Codes { value: "INVALID_PAGINATION_TOKEN", count: "INVALID_PAGINATION_TOKEN", nested: false }),
    },
    Member {
        name: "maxResults",
        required: false,
        shape: &LIST_MAX_RESULTS,
        codes: Some(Codes { value: "INVALID_MAX_RESULTS", count: "INVALID_MAX_RESULTS", nested: false }),
    },
]);

pub(super) static LIST_ASSESSMENT_TARGETS_RESPONSE: Shape = Shape::Structure(&[
    Member { name: "assessmentTargetArns", required: true, shape: &LIST_RETURNED_ARN_LIST, codes: None },
    Member { name: "nextToken", required: false, shape: &PAGINATION_TOKEN, codes: None },
]);

pub(super) static LIST_ASSESSMENT_TEMPLATES_REQUEST: Shape = Shape::Structure(&[
    Member {
        name: "assessmentTargetArns",
        required: false,
        shape: &LIST_PARENT_ARN_LIST,
        codes: Some(Codes {
            value: "INVALID_ASSESSMENT_TARGET_ARN",
            count: "INVALID_NUMBER_OF_ASSESSMENT_TARGET_ARNS",
            nested: false,
        }),
    },
    Member {
        name: "filter",
        required: false,
        shape: &ASSESSMENT_TEMPLATE_FILTER,
        codes: Some(Codes {
            value: "INVALID_ASSESSMENT_TEMPLATE_NAME_PATTERN",
            count: "INVALID_ASSESSMENT_TEMPLATE_NAME_PATTERN",
            nested: false,
        }),
    },
    Member {
        name: "nextToken",
        required: false,
        shape: &PAGINATION_TOKEN,
        codes: Some(Codes { value: "INVALID_PAGINATION_TOKEN", count: "INVALID_PAGINATION_TOKEN", nested: false }),
    },
    Member {
        name: "maxResults",
        required: false,
        shape: &LIST_MAX_RESULTS,
        codes: Some(Codes { value: "INVALID_MAX_RESULTS", count: "INVALID_MAX_RESULTS", nested: false }),
    },
]);

pub(super) static LIST_ASSESSMENT_TEMPLATES_RESPONSE: Shape = Shape::Structure(&[
    Member { name: "assessmentTemplateArns", required: true, shape: &LIST_RETURNED_ARN_LIST, codes: None },
    Member { name: "nextToken", required: false, shape: &PAGINATION_TOKEN, codes: None },
]);

pub(super) static LIST_EVENT_SUBSCRIPTIONS_MAX_RESULTS: Shape =
    Shape::Whole { min: i32::MIN as i64, max: i32::MAX as i64 };

pub(super) static LIST_EVENT_SUBSCRIPTIONS_REQUEST: Shape = Shape::Structure(&[
    Member {
        name: "resourceArn",
        required: false,
        shape: &ARN,
        codes: Some(Codes { value: "INVALID_RESOURCE_ARN", count: "INVALID_RESOURCE_ARN", nested: false }),
    },
    Member {
        name: "nextToken",
        required: false,
        shape: &PAGINATION_TOKEN,
        codes: Some(Codes { value: "INVALID_PAGINATION_TOKEN", count: "INVALID_PAGINATION_TOKEN", nested: false }),
    },
    Member {
        name: "maxResults",
        required: false,
        shape: &LIST_EVENT_SUBSCRIPTIONS_MAX_RESULTS,
        codes: Some(Codes { value: "INVALID_MAX_RESULTS", count: "INVALID_MAX_RESULTS", nested: false }),
    },
]);

pub(super) static LIST_EVENT_SUBSCRIPTIONS_RESPONSE: Shape = Shape::Structure(&[
    Member { name: "subscriptions", required: true, shape: &SUBSCRIPTION_LIST, codes: None },
    Member { name: "nextToken", required: false, shape: &PAGINATION_TOKEN, codes: None },
]);

pub(super) static LIST_EXCLUSIONS_REQUEST: Shape = Shape::Structure(&[
    Member {
        name: "assessmentRunArn",
        required: true,
        shape: &ARN,
        codes: Some(Codes { value: "INVALID_ASSESSMENT_RUN_ARN", count: "INVALID_ASSESSMENT_RUN_ARN", nested: false }),
    },
    Member {
        name: "nextToken",
        required: false,
        shape: &PAGINATION_TOKEN,
        codes: Some(Codes { value: "INVALID_PAGINATION_TOKEN", count: "INVALID_PAGINATION_TOKEN", nested: false }),
    },
    Member {
        name: "maxResults",
        required: false,
        shape: &LIST_MAX_RESULTS,
        codes: Some(Codes { value: "INVALID_MAX_RESULTS", count: "INVALID_MAX_RESULTS", nested: false }),
    },
]);

pub(super) static LIST_EXCLUSIONS_RESPONSE: Shape = Shape::Structure(&[
    Member { name: "exclusionArns", required: true, shape: &LIST_RETURNED_ARN_LIST, codes: None },
    Member { name: "nextToken", required: false, shape: &PAGINATION_TOKEN, codes: None },
]);

pub(super) static LIST_FINDINGS_REQUEST: Shape = Shape::Structure(&[
    Member {
        name: "assessmentRunArns",
        required: false,
        shape: &LIST_PARENT_ARN_LIST,
        codes: Some(Codes {
            value: "INVALID_ASSESSMENT_RUN_ARN",
            count: "INVALID_NUMBER_OF_ASSESSMENT_RUN_ARNS",
            nested: false,
        }),
    },
    Member {
        name: "filter",
        required: false,
        shape: &FINDING_FILTER,
        codes: Some(Codes { value: "INVALID_ATTRIBUTE", count: "INVALID_ATTRIBUTE", nested: false }),
    },
    Member {
        name: "nextToken",
        required: false,
        shape: &PAGINATION_TOKEN,
        codes: Some(Codes { value: "INVALID_PAGINATION_TOKEN", count: "INVALID_PAGINATION_TOKEN", nested: false }),
    },
    Member {
        name: "maxResults",
        required: false,
        shape: &LIST_MAX_RESULTS,
        codes: Some(Codes { value: "INVALID_MAX_RESULTS", count: "INVALID_MAX_RESULTS", nested: false }),
    },
]);

pub(super) static LIST_FINDINGS_RESPONSE: Shape = Shape::Structure(&[
    Member { name: "findingArns", required: true, shape: &LIST_RETURNED_ARN_LIST, codes: None },
    Member { name: "nextToken", required: false, shape: &PAGINATION_TOKEN, codes: None },
]);

pub(super) static LIST_MAX_RESULTS: Shape = Shape::Whole { min: i32::MIN as i64, max: i32::MAX as i64 };

pub(super) static LIST_PARENT_ARN_LIST: Shape = Shape::List { min: 0, max: 50, item: &ARN };

pub(super) static LIST_RETURNED_ARN_LIST: Shape = Shape::List { min: 0, max: 100, item: &ARN };

pub(super) static LIST_RULES_PACKAGES_REQUEST: Shape = Shape::Structure(&[
    Member {
        name: "nextToken",
        required: false,
        shape: &PAGINATION_TOKEN,
        codes: Some(Codes { value: "INVALID_PAGINATION_TOKEN", count: "INVALID_PAGINATION_TOKEN", nested: false }),
    },
    Member {
        name: "maxResults",
        required: false,
        shape: &LIST_MAX_RESULTS,
        codes: Some(Codes { value: "INVALID_MAX_RESULTS", count: "INVALID_MAX_RESULTS", nested: false }),
    },
]);

pub(super) static LIST_RULES_PACKAGES_RESPONSE: Shape = Shape::Structure(&[
    Member { name: "rulesPackageArns", required: true, shape: &LIST_RETURNED_ARN_LIST, codes: None },
    Member { name: "nextToken", required: false, shape: &PAGINATION_TOKEN, codes: None },
]);

pub(super) static LIST_TAGS_FOR_RESOURCE_REQUEST: Shape = Shape::Structure(&[Member {
    name: "resourceArn",
    required: true,
    shape: &ARN,
    codes: Some(Codes { value: "INVALID_RESOURCE_ARN", count: "INVALID_RESOURCE_ARN", nested: false }),
}]);

pub(super) static LIST_TAGS_FOR_RESOURCE_RESPONSE: Shape =
    Shape::Structure(&[Member { name: "tags", required: true, shape: &TAG_LIST, codes: None }]);

pub(super) static LOCALE: Shape = Shape::Choice(&["EN_US"]);

pub(super) static LONG: Shape = Shape::Whole { min: i64::MIN, max: i64::MAX };

pub(super) static MESSAGE: Shape = Shape::Text { min: 0, max: 1000 };

pub(super) static MESSAGE_TYPE: Shape = Shape::Text { min: 1, max: 300 };

pub(super) static NAME_PATTERN: Shape = Shape::Text { min: 1, max: 140 };

pub(super) static NETWORK_INTERFACE: Shape = Shape::Structure(&[
    Member { name: "networkInterfaceId", required: false, shape: &TEXT, codes: None },
    Member { name: "subnetId", required: false, shape: &TEXT, codes: None },
    Member { name: "vpcId", required: false, shape: &TEXT, codes: None },
    Member { name: "privateDnsName", required: false, shape: &TEXT, codes: None },
    Member { name: "privateIpAddress", required: false, shape: &TEXT, codes: None },
    Member { name: "privateIpAddresses", required: false, shape: &PRIVATE_IP_ADDRESSES, codes: None },
    Member { name: "publicDnsName", required: false, shape: &TEXT, codes: None },
    Member { name: "publicIp", required: false, shape: &TEXT, codes: None },
    Member { name: "ipv6Addresses", required: false, shape: &IPV6_ADDRESSES, codes: None },
    Member { name: "securityGroups", required: false, shape: &SECURITY_GROUPS, codes: None },
]);

pub(super) static NETWORK_INTERFACES: Shape = Shape::List { min: 0, max: usize::MAX, item: &NETWORK_INTERFACE };

pub(super) static NO_SUCH_ENTITY_ERROR_CODE: Shape = Shape::Choice(&[
    "ASSESSMENT_TARGET_DOES_NOT_EXIST",
    "ASSESSMENT_TEMPLATE_DOES_NOT_EXIST",
    "ASSESSMENT_RUN_DOES_NOT_EXIST",
    "FINDING_DOES_NOT_EXIST",
    "RESOURCE_GROUP_DOES_NOT_EXIST",
    "RULES_PACKAGE_DOES_NOT_EXIST",
    "SNS_TOPIC_DOES_NOT_EXIST",
    "IAM_ROLE_DOES_NOT_EXIST",
]);

pub(super) static NO_SUCH_ENTITY_EXCEPTION: Shape = Shape::Structure(&[
    Member { name: "message", required: true, shape: &ERROR_MESSAGE, codes: None },
    Member { name: "errorCode", required: true, shape: &NO_SUCH_ENTITY_ERROR_CODE, codes: None },
    Member { name: "canRetry", required: true, shape: &BOOL, codes: None },
]);

pub(super) static NUMERIC_SEVERITY: Shape = Shape::Real { min: 0.0, max: 10.0 };

pub(super) static NUMERIC_VERSION: Shape = Shape::Whole { min: 0, max: i32::MAX as i64 };

pub(super) static OPERATING_SYSTEM: Shape = Shape::Text { min: 1, max: 256 };

pub(super) static PAGINATION_TOKEN: Shape = Shape::Text { min: 1, max: 300 };

pub(super) static PREVIEW_AGENTS_MAX_RESULTS: Shape = Shape::Whole { min: i32::MIN as i64, max: i32::MAX as i64 };

pub(super) static PREVIEW_AGENTS_REQUEST: Shape = Shape::Structure(&[
    Member {
        name: "previewAgentsArn",
        required: true,
        shape: &ARN,
        codes: Some(Codes {
            value: "INVALID_ASSESSMENT_TARGET_ARN",
            count: "INVALID_ASSESSMENT_TARGET_ARN",
            nested: false,
        }),
    },
    Member {
        name: "nextToken",
        required: false,
        shape: &PAGINATION_TOKEN,
        codes: Some(Codes { value: "INVALID_PAGINATION_TOKEN", count: "INVALID_PAGINATION_TOKEN", nested: false }),
    },
    Member {
        name: "maxResults",
        required: false,
        shape: &PREVIEW_AGENTS_MAX_RESULTS,
        codes: Some(Codes { value: "INVALID_MAX_RESULTS", count: "INVALID_MAX_RESULTS", nested: false }),
    },
]);

pub(super) static PREVIEW_AGENTS_RESPONSE: Shape = Shape::Structure(&[
    Member { name: "agentPreviews", required: true, shape: &AGENT_PREVIEW_LIST, codes: None },
    Member { name: "nextToken", required: false, shape: &PAGINATION_TOKEN, codes: None },
]);

pub(super) static PREVIEW_GENERATION_IN_PROGRESS_EXCEPTION: Shape =
    Shape::Structure(&[Member { name: "message", required: true, shape: &ERROR_MESSAGE, codes: None }]);

pub(super) static PREVIEW_STATUS: Shape = Shape::Choice(&["WORK_IN_PROGRESS", "COMPLETED"]);

pub(super) static PRIVATE_IP: Shape = Shape::Structure(&[
    Member { name: "privateDnsName", required: false, shape: &TEXT, codes: None },
    Member { name: "privateIpAddress", required: false, shape: &TEXT, codes: None },
]);

pub(super) static PRIVATE_IP_ADDRESSES: Shape = Shape::List { min: 0, max: usize::MAX, item: &PRIVATE_IP };

pub(super) static PROVIDER_NAME: Shape = Shape::Text { min: 0, max: 1000 };

pub(super) static REGISTER_CROSS_ACCOUNT_ACCESS_ROLE_REQUEST: Shape = Shape::Structure(&[Member {
    name: "roleArn",
    required: true,
    shape: &ARN,
    codes: Some(Codes { value: "INVALID_IAM_ROLE_ARN", count: "INVALID_IAM_ROLE_ARN", nested: false }),
}]);

pub(super) static REMOVE_ATTRIBUTES_FROM_FINDINGS_REQUEST: Shape = Shape::Structure(&[
    Member {
        name: "findingArns",
        required: true,
        shape: &ADD_REMOVE_ATTRIBUTES_FINDING_ARN_LIST,
        codes: Some(Codes { value: "INVALID_FINDING_ARN", count: "INVALID_NUMBER_OF_FINDING_ARNS", nested: false }),
    },
    Member {
        name: "attributeKeys",
        required: true,
        shape: &USER_ATTRIBUTE_KEY_LIST,
        codes: Some(Codes {
            value: "INVALID_USER_ATTRIBUTE_KEY",
            count: "INVALID_NUMBER_OF_USER_ATTRIBUTES",
            nested: false,
        }),
    },
]);

pub(super) static REMOVE_ATTRIBUTES_FROM_FINDINGS_RESPONSE: Shape =
    Shape::Structure(&[Member { name: "failedItems", required: true, shape: &FAILED_ITEMS, codes: None }]);

pub(super) static REPORT_FILE_FORMAT: Shape = Shape::Choice(&["HTML", "PDF"]);

pub(super) static REPORT_STATUS: Shape = Shape::Choice(&["WORK_IN_PROGRESS", "FAILED", "COMPLETED"]);

pub(super) static REPORT_TYPE: Shape = Shape::Choice(&["FINDING", "FULL"]);

pub(super) static RESOURCE_GROUP: Shape = Shape::Structure(&[
    Member { name: "arn", required: true, shape: &ARN, codes: None },
    Member { name: "tags", required: true, shape: &RESOURCE_GROUP_TAGS, codes: None },
    Member { name: "createdAt", required: true, shape: &TIMESTAMP, codes: None },
]);

pub(super) static RESOURCE_GROUP_LIST: Shape = Shape::List { min: 0, max: 10, item: &RESOURCE_GROUP };

pub(super) static RESOURCE_GROUP_TAG: Shape = Shape::Structure(&[
    Member {
        name: "key",
        required: true,
        shape: &TAG_KEY,
        codes: Some(Codes {
            value: "INVALID_RESOURCE_GROUP_TAG_KEY",
            count: "INVALID_RESOURCE_GROUP_TAG_KEY",
            nested: false,
        }),
    },
    Member {
        name: "value",
        required: false,
        shape: &TAG_VALUE,
        codes: Some(Codes {
            value: "INVALID_RESOURCE_GROUP_TAG_VALUE",
            count: "INVALID_RESOURCE_GROUP_TAG_VALUE",
            nested: false,
        }),
    },
]);

pub(super) static RESOURCE_GROUP_TAGS: Shape = Shape::List { min: 1, max: 10, item: &RESOURCE_GROUP_TAG };

pub(super) static RULE_NAME: Shape = Shape::Text { min: 0, max: 1000 };

pub(super) static RULE_NAME_LIST: Shape = Shape::List { min: 0, max: 50, item: &RULE_NAME };

pub(super) static RULES_PACKAGE: Shape = Shape::Structure(&[
    Member { name: "arn", required: true, shape: &ARN, codes: None },
    Member { name: "name", required: true, shape: &RULES_PACKAGE_NAME, codes: None },
    Member { name: "version", required: true, shape: &VERSION, codes: None },
    Member { name: "provider", required: true, shape: &PROVIDER_NAME, codes: None },
    Member { name: "description", required: false, shape: &TEXT, codes: None },
]);

pub(super) static RULES_PACKAGE_LIST: Shape = Shape::List { min: 0, max: 10, item: &RULES_PACKAGE };

pub(super) static RULES_PACKAGE_NAME: Shape = Shape::Text { min: 0, max: 1000 };

pub(super) static SCOPE: Shape = Shape::Structure(&[
    Member { name: "key", required: false, shape: &SCOPE_TYPE, codes: None },
    Member { name: "value", required: false, shape: &SCOPE_VALUE, codes: None },
]);

pub(super) static SCOPE_LIST: Shape = Shape::List { min: 1, max: usize::MAX, item: &SCOPE };

pub(super) static SCOPE_TYPE: Shape = Shape::Choice(&["INSTANCE_ID", "RULES_PACKAGE_ARN"]);

pub(super) static SCOPE_VALUE: Shape = Shape::Text { min: 0, max: usize::MAX };

pub(super) static SECURITY_GROUP: Shape = Shape::Structure(&[
    Member { name: "groupName", required: false, shape: &TEXT, codes: None },
    Member { name: "groupId", required: false, shape: &TEXT, codes: None },
]);

pub(super) static SECURITY_GROUPS: Shape = Shape::List { min: 0, max: usize::MAX, item: &SECURITY_GROUP };

pub(super) static SERVICE_NAME: Shape = Shape::Text { min: 0, max: 128 };

pub(super) static SERVICE_TEMPORARILY_UNAVAILABLE_EXCEPTION: Shape = Shape::Structure(&[
    Member { name: "message", required: true, shape: &ERROR_MESSAGE, codes: None },
    Member { name: "canRetry", required: true, shape: &BOOL, codes: None },
]);

pub(super) static SET_TAGS_FOR_RESOURCE_REQUEST: Shape = Shape::Structure(&[
    Member {
        name: "resourceArn",
        required: true,
        shape: &ARN,
        codes: Some(Codes { value: "INVALID_RESOURCE_ARN", count: "INVALID_RESOURCE_ARN", nested: false }),
    },
    Member {
        name: "tags",
        required: false,
        shape: &TAG_LIST,
        codes: Some(Codes { value: "INVALID_TAG", count: "INVALID_NUMBER_OF_TAGS", nested: false }),
    },
]);

pub(super) static SEVERITY: Shape = Shape::Choice(&["Low", "Medium", "High", "Informational", "Undefined"]);

pub(super) static SEVERITY_LIST: Shape = Shape::List { min: 0, max: 50, item: &SEVERITY };

pub(super) static START_ASSESSMENT_RUN_REQUEST: Shape = Shape::Structure(&[
    Member {
        name: "assessmentTemplateArn",
        required: true,
        shape: &ARN,
        codes: Some(Codes {
            value: "INVALID_ASSESSMENT_TEMPLATE_ARN",
            count: "INVALID_ASSESSMENT_TEMPLATE_ARN",
            nested: false,
        }),
    },
    Member {
        name: "assessmentRunName",
        required: false,
        shape: &ASSESSMENT_RUN_NAME,
        codes: Some(Codes {
            value: "INVALID_ASSESSMENT_TEMPLATE_NAME",
            count: "INVALID_ASSESSMENT_TEMPLATE_NAME",
            nested: false,
        }),
    },
]);

pub(super) static START_ASSESSMENT_RUN_RESPONSE: Shape =
    Shape::Structure(&[Member { name: "assessmentRunArn", required: true, shape: &ARN, codes: None }]);

pub(super) static STOP_ACTION: Shape = Shape::Choice(&["START_EVALUATION", "SKIP_EVALUATION"]);

pub(super) static STOP_ASSESSMENT_RUN_REQUEST: Shape = Shape::Structure(&[
    Member {
        name: "assessmentRunArn",
        required: true,
        shape: &ARN,
        codes: Some(Codes { value: "INVALID_ASSESSMENT_RUN_ARN", count: "INVALID_ASSESSMENT_RUN_ARN", nested: false }),
    },
    Member {
        name: "stopAction",
        required: false,
        shape: &STOP_ACTION,
        codes: Some(Codes {
            value: "INVALID_ASSESSMENT_RUN_STATE",
            count: "INVALID_ASSESSMENT_RUN_STATE",
            nested: false,
        }),
    },
]);

pub(super) static SUBSCRIBE_TO_EVENT_REQUEST: Shape = Shape::Structure(&[
    Member {
        name: "resourceArn",
        required: true,
        shape: &ARN,
        codes: Some(Codes { value: "INVALID_RESOURCE_ARN", count: "INVALID_RESOURCE_ARN", nested: false }),
    },
    Member {
        name: "event",
        required: true,
        shape: &INSPECTOR_EVENT,
        codes: Some(Codes { value: "INVALID_EVENT", count: "INVALID_EVENT", nested: false }),
    },
    Member {
        name: "topicArn",
        required: true,
        shape: &ARN,
        codes: Some(Codes { value: "INVALID_SNS_TOPIC_ARN", count: "INVALID_SNS_TOPIC_ARN", nested: false }),
    },
]);

pub(super) static SUBSCRIPTION: Shape = Shape::Structure(&[
    Member { name: "resourceArn", required: true, shape: &ARN, codes: None },
    Member { name: "topicArn", required: true, shape: &ARN, codes: None },
    Member { name: "eventSubscriptions", required: true, shape: &EVENT_SUBSCRIPTION_LIST, codes: None },
]);

pub(super) static SUBSCRIPTION_LIST: Shape = Shape::List { min: 0, max: 50, item: &SUBSCRIPTION };

pub(super) static TAG: Shape = Shape::Structure(&[
    Member {
        name: "key",
        required: true,
        shape: &TAG_KEY,
        codes: Some(Codes { value: "INVALID_TAG_KEY", count: "INVALID_TAG_KEY", nested: false }),
    },
    Member {
        name: "value",
        required: false,
        shape: &TAG_VALUE,
        codes: Some(Codes { value: "INVALID_TAG_VALUE", count: "INVALID_TAG_VALUE", nested: false }),
    },
]);

pub(super) static TAG_KEY: Shape = Shape::Text { min: 1, max: 128 };

pub(super) static TAG_LIST: Shape = Shape::List { min: 0, max: 10, item: &TAG };

pub(super) static TAG_VALUE: Shape = Shape::Text { min: 1, max: 256 };

pub(super) static TAGS: Shape = Shape::List { min: 0, max: usize::MAX, item: &TAG };

pub(super) static TELEMETRY_METADATA: Shape = Shape::Structure(&[
    Member { name: "messageType", required: true, shape: &MESSAGE_TYPE, codes: None },
    Member { name: "count", required: true, shape: &LONG, codes: None },
    Member { name: "dataSize", required: false, shape: &LONG, codes: None },
]);

pub(super) static TELEMETRY_METADATA_LIST: Shape = Shape::List { min: 0, max: 5000, item: &TELEMETRY_METADATA };

pub(super) static TEXT: Shape = Shape::Text { min: 0, max: 20000 };

pub(super) static TIMESTAMP: Shape = Shape::Moment;

pub(super) static TIMESTAMP_RANGE: Shape = Shape::Structure(&[
    Member { name: "beginDate", required: false, shape: &TIMESTAMP, codes: None },
    Member { name: "endDate", required: false, shape: &TIMESTAMP, codes: None },
]);

pub(super) static UUID: Shape = Shape::Form(&[
    Piece { ranges: &[('0', '9'), ('a', 'f')], times: 8 },
    Piece { ranges: &[('-', '-')], times: 1 },
    Piece { ranges: &[('0', '9'), ('a', 'f')], times: 4 },
    Piece { ranges: &[('-', '-')], times: 1 },
    Piece { ranges: &[('0', '9'), ('a', 'f')], times: 4 },
    Piece { ranges: &[('-', '-')], times: 1 },
    Piece { ranges: &[('0', '9'), ('a', 'f')], times: 4 },
    Piece { ranges: &[('-', '-')], times: 1 },
    Piece { ranges: &[('0', '9'), ('a', 'f')], times: 12 },
]);

pub(super) static UNSUBSCRIBE_FROM_EVENT_REQUEST: Shape = Shape::Structure(&[
    Member {
        name: "resourceArn",
        required: true,
        shape: &ARN,
        codes: Some(Codes { value: "INVALID_RESOURCE_ARN", count: "INVALID_RESOURCE_ARN", nested: false }),
    },
    Member {
        name: "event",
        required: true,
        shape: &INSPECTOR_EVENT,
        codes: Some(Codes { value: "INVALID_EVENT", count: "INVALID_EVENT", nested: false }),
    },
    Member {
        name: "topicArn",
        required: true,
        shape: &ARN,
        codes: Some(Codes { value: "INVALID_SNS_TOPIC_ARN", count: "INVALID_SNS_TOPIC_ARN", nested: false }),
    },
]);

pub(super) static UNSUPPORTED_FEATURE_EXCEPTION: Shape = Shape::Structure(&[
    Member { name: "message", required: true, shape: &ERROR_MESSAGE, codes: None },
    Member { name: "canRetry", required: true, shape: &BOOL, codes: None },
]);

pub(super) static UPDATE_ASSESSMENT_TARGET_REQUEST: Shape = Shape::Structure(&[
    Member {
        name: "assessmentTargetArn",
        required: true,
        shape: &ARN,
        codes: Some(Codes {
            value: "INVALID_ASSESSMENT_TARGET_ARN",
            count: "INVALID_ASSESSMENT_TARGET_ARN",
            nested: false,
        }),
    },
    Member {
        name: "assessmentTargetName",
        required: true,
        shape: &ASSESSMENT_TARGET_NAME,
        codes: Some(Codes {
            value: "INVALID_ASSESSMENT_TARGET_NAME",
            count: "INVALID_ASSESSMENT_TARGET_NAME",
            nested: false,
        }),
    },
    Member {
        name: "resourceGroupArn",
        required: false,
        shape: &ARN,
        codes: Some(Codes { value: "INVALID_RESOURCE_GROUP_ARN", count: "INVALID_RESOURCE_GROUP_ARN", nested: false }),
    },
]);

pub(super) static URL: Shape = Shape::Text { min: 0, max: 2048 };

pub(super) static USER_ATTRIBUTE_KEY_LIST: Shape = Shape::List { min: 0, max: 10, item: &ATTRIBUTE_KEY };

pub(super) static USER_ATTRIBUTE_LIST: Shape = Shape::List { min: 0, max: 10, item: &ATTRIBUTE };

pub(super) static VERSION: Shape = Shape::Text { min: 0, max: 1000 };
