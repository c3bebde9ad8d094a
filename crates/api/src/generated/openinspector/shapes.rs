//! The bounds of every shape.
// Written by `cargo xtask generate` from the service model. Do not edit.

use crate::shape::{Codes, Member, Shape};

pub(super) static ACCESS_DENIED_EXCEPTION: Shape = Shape::Structure(&[
    Member { name: "message", required: true, shape: &ERROR_MESSAGE, codes: None },
    Member { name: "errorCode", required: true, shape: &ERROR_CODE, codes: None },
    Member { name: "canRetry", required: true, shape: &BOOL, codes: None },
]);

pub(super) static ACCESS_KEY: Shape = Shape::Structure(&[
    Member { name: "accessKeyId", required: true, shape: &ACCESS_KEY_ID, codes: None },
    Member { name: "userName", required: false, shape: &PRINCIPAL_NAME, codes: None },
    Member { name: "active", required: true, shape: &BOOL, codes: None },
    Member { name: "createdAt", required: true, shape: &TIMESTAMP, codes: None },
    Member { name: "lastUsedAt", required: false, shape: &TIMESTAMP, codes: None },
    Member { name: "lastUsedRegion", required: false, shape: &REGION_NAME, codes: None },
]);

pub(super) static ACCESS_KEY_ID: Shape = Shape::Text { min: 16, max: 128 };

pub(super) static ACCESS_KEY_LIST: Shape = Shape::List { min: 0, max: 5000, item: &ACCESS_KEY };

pub(super) static ACCOUNT: Shape = Shape::Structure(&[
    Member { name: "accountId", required: true, shape: &ACCOUNT_ID, codes: None },
    Member { name: "operator", required: true, shape: &BOOL, codes: None },
    Member { name: "createdAt", required: true, shape: &TIMESTAMP, codes: None },
]);

pub(super) static ACCOUNT_ID: Shape = Shape::Text { min: 12, max: 12 };

pub(super) static ACCOUNT_LIST: Shape = Shape::List { min: 0, max: 5000, item: &ACCOUNT };

pub(super) static AGENT_HEALTH: Shape = Shape::Choice(&["HEALTHY", "UNHEALTHY", "UNKNOWN"]);

pub(super) static AGENT_ID: Shape = Shape::Text { min: 1, max: 128 };

pub(super) static AGENT_LIST: Shape = Shape::List { min: 0, max: 100, item: &ENROLLED_AGENT };

pub(super) static AGENT_VERSION: Shape = Shape::Text { min: 1, max: 128 };

pub(super) static ARN: Shape = Shape::Text { min: 1, max: 300 };

pub(super) static ATTACH_POLICY_REQUEST: Shape = Shape::Structure(&[
    Member {
        name: "userName",
        required: false,
        shape: &PRINCIPAL_NAME,
        codes: Some(Codes { value: "INVALID_USER_NAME", count: "INVALID_USER_NAME", nested: false }),
    },
    Member {
        name: "roleName",
        required: false,
        shape: &PRINCIPAL_NAME,
        codes: Some(Codes { value: "INVALID_ROLE_NAME", count: "INVALID_ROLE_NAME", nested: false }),
    },
    Member {
        name: "policyArn",
        required: true,
        shape: &ARN,
        codes: Some(Codes { value: "INVALID_POLICY_ARN", count: "INVALID_POLICY_ARN", nested: false }),
    },
]);

pub(super) static BOOL: Shape = Shape::Flag;

pub(super) static CA_FINGERPRINT: Shape = Shape::Text { min: 64, max: 64 };

pub(super) static COUNT: Shape = Shape::Whole { min: 0, max: i64::MAX };

pub(super) static COVERAGE_COUNTS: Shape = Shape::Structure(&[
    Member { name: "rulesPackageArn", required: true, shape: &ARN, codes: None },
    Member { name: "rulesPackage", required: true, shape: &RULES_PACKAGE_KEY, codes: None },
    Member { name: "pass", required: true, shape: &COUNT, codes: None },
    Member { name: "fail", required: true, shape: &COUNT, codes: None },
    Member { name: "notApplicable", required: true, shape: &COUNT, codes: None },
    Member { name: "notAssessed", required: true, shape: &COUNT, codes: None },
]);

pub(super) static COVERAGE_LIST: Shape = Shape::List { min: 0, max: usize::MAX, item: &COVERAGE_COUNTS };

pub(super) static CREATE_ACCESS_KEY_REQUEST: Shape = Shape::Structure(&[Member {
    name: "userName",
    required: false,
    shape: &PRINCIPAL_NAME,
    codes: Some(Codes { value: "INVALID_USER_NAME", count: "INVALID_USER_NAME", nested: false }),
}]);

pub(super) static CREATE_ACCESS_KEY_RESPONSE: Shape = Shape::Structure(&[
    Member { name: "accessKeyId", required: true, shape: &ACCESS_KEY_ID, codes: None },
    Member { name: "secretAccessKey", required: true, shape: &SECRET_ACCESS_KEY, codes: None },
]);

pub(super) static CREATE_ACCOUNT_REQUEST: Shape = Shape::Structure(&[Member {
    name: "accountId",
    required: true,
    shape: &ACCOUNT_ID,
    codes: Some(Codes { value: "INVALID_ACCOUNT_ID", count: "INVALID_ACCOUNT_ID", nested: false }),
}]);

pub(super) static CREATE_ACCOUNT_RESPONSE: Shape = Shape::Structure(&[
    Member { name: "accessKeyId", required: true, shape: &ACCESS_KEY_ID, codes: None },
    Member { name: "secretAccessKey", required: true, shape: &SECRET_ACCESS_KEY, codes: None },
]);

pub(super) static CREATE_ENROLLMENT_TOKEN_REQUEST: Shape = Shape::Structure(&[
    Member {
        name: "tags",
        required: false,
        shape: &TAG_LIST,
        codes: Some(Codes { value: "INVALID_TAGS", count: "INVALID_TAGS", nested: false }),
    },
    Member {
        name: "validSeconds",
        required: false,
        shape: &TOKEN_LIFETIME,
        codes: Some(Codes { value: "INVALID_VALID_SECONDS", count: "INVALID_VALID_SECONDS", nested: false }),
    },
    Member {
        name: "agentId",
        required: false,
        shape: &AGENT_ID,
        codes: Some(Codes { value: "INVALID_AGENT_ID", count: "INVALID_AGENT_ID", nested: false }),
    },
    Member {
        name: "uses",
        required: false,
        shape: &TOKEN_USES,
        codes: Some(Codes { value: "INVALID_USES", count: "INVALID_USES", nested: false }),
    },
]);

pub(super) static CREATE_ENROLLMENT_TOKEN_RESPONSE: Shape = Shape::Structure(&[
    Member { name: "token", required: true, shape: &ENROLLMENT_TOKEN, codes: None },
    Member { name: "caFingerprint", required: true, shape: &CA_FINGERPRINT, codes: None },
    Member { name: "expiresAt", required: true, shape: &TIMESTAMP, codes: None },
    Member { name: "agentListen", required: true, shape: &URL, codes: None },
    Member { name: "installCommand", required: true, shape: &INSTALL_COMMAND, codes: None },
]);

pub(super) static CREATE_ROLE_REQUEST: Shape = Shape::Structure(&[
    Member {
        name: "roleName",
        required: true,
        shape: &PRINCIPAL_NAME,
        codes: Some(Codes { value: "INVALID_ROLE_NAME", count: "INVALID_ROLE_NAME", nested: false }),
    },
    Member {
        name: "trustPolicy",
        required: true,
        shape: &POLICY_DOCUMENT,
        codes: Some(Codes { value: "INVALID_TRUST_POLICY", count: "INVALID_TRUST_POLICY", nested: false }),
    },
    Member {
        name: "maxSessionSeconds",
        required: false,
        shape: &SESSION_SECONDS,
        codes: Some(Codes {
            value: "INVALID_MAX_SESSION_SECONDS",
            count: "INVALID_MAX_SESSION_SECONDS",
            nested: false,
        }),
    },
    Member {
        name: "tags",
        required: false,
        shape: &TAG_LIST,
        codes: Some(Codes { value: "INVALID_TAGS", count: "INVALID_TAGS", nested: false }),
    },
]);

pub(super) static CREATE_ROLE_RESPONSE: Shape =
    Shape::Structure(&[Member { name: "arn", required: true, shape: &ARN, codes: None }]);

pub(super) static CREATE_SESSION_RESPONSE: Shape = Shape::Structure(&[
    Member { name: "accessKeyId", required: true, shape: &ACCESS_KEY_ID, codes: None },
    Member { name: "secretAccessKey", required: true, shape: &SECRET_ACCESS_KEY, codes: None },
    Member { name: "sessionToken", required: true, shape: &SESSION_TOKEN, codes: None },
    Member { name: "expiresAt", required: true, shape: &TIMESTAMP, codes: None },
]);

pub(super) static CREATE_USER_REQUEST: Shape = Shape::Structure(&[
    Member {
        name: "userName",
        required: true,
        shape: &PRINCIPAL_NAME,
        codes: Some(Codes { value: "INVALID_USER_NAME", count: "INVALID_USER_NAME", nested: false }),
    },
    Member {
        name: "tags",
        required: false,
        shape: &TAG_LIST,
        codes: Some(Codes { value: "INVALID_TAGS", count: "INVALID_TAGS", nested: false }),
    },
]);

pub(super) static CREATE_USER_RESPONSE: Shape =
    Shape::Structure(&[Member { name: "arn", required: true, shape: &ARN, codes: None }]);

pub(super) static DELETE_ACCESS_KEY_REQUEST: Shape = Shape::Structure(&[Member {
    name: "accessKeyId",
    required: true,
    shape: &ACCESS_KEY_ID,
    codes: Some(Codes { value: "INVALID_ACCESS_KEY_ID", count: "INVALID_ACCESS_KEY_ID", nested: false }),
}]);

pub(super) static DELETE_POLICY_REQUEST: Shape = Shape::Structure(&[Member {
    name: "policyName",
    required: true,
    shape: &POLICY_NAME,
    codes: Some(Codes { value: "INVALID_POLICY_NAME", count: "INVALID_POLICY_NAME", nested: false }),
}]);

pub(super) static DELETE_ROLE_REQUEST: Shape = Shape::Structure(&[Member {
    name: "roleName",
    required: true,
    shape: &PRINCIPAL_NAME,
    codes: Some(Codes { value: "INVALID_ROLE_NAME", count: "INVALID_ROLE_NAME", nested: false }),
}]);

pub(super) static DELETE_USER_REQUEST: Shape = Shape::Structure(&[Member {
    name: "userName",
    required: true,
    shape: &PRINCIPAL_NAME,
    codes: Some(Codes { value: "INVALID_USER_NAME", count: "INVALID_USER_NAME", nested: false }),
}]);

pub(super) static DESCRIBE_COVERAGE_REQUEST: Shape = Shape::Structure(&[Member {
    name: "assessmentRunArn",
    required: true,
    shape: &ARN,
    codes: Some(Codes { value: "INVALID_ASSESSMENT_RUN_ARN", count: "INVALID_ASSESSMENT_RUN_ARN", nested: false }),
}]);

pub(super) static DESCRIBE_COVERAGE_RESPONSE: Shape =
    Shape::Structure(&[Member { name: "coverage", required: true, shape: &COVERAGE_LIST, codes: None }]);

pub(super) static DESCRIBE_FINDING_PROOFS_REQUEST: Shape = Shape::Structure(&[Member {
    name: "findingArns",
    required: true,
    shape: &FINDING_ARN_LIST,
    codes: Some(Codes { value: "INVALID_FINDING_ARNS", count: "INVALID_FINDING_ARNS", nested: false }),
}]);

pub(super) static DESCRIBE_FINDING_PROOFS_RESPONSE: Shape = Shape::Structure(&[
    Member { name: "proofs", required: true, shape: &FINDING_PROOF_LIST, codes: None },
    Member { name: "failedItems", required: true, shape: &FAILED_ITEMS, codes: None },
]);

pub(super) static DETACH_POLICY_REQUEST: Shape = Shape::Structure(&[
    Member {
        name: "userName",
        required: false,
        shape: &PRINCIPAL_NAME,
        codes: Some(Codes { value: "INVALID_USER_NAME", count: "INVALID_USER_NAME", nested: false }),
    },
    Member {
        name: "roleName",
        required: false,
        shape: &PRINCIPAL_NAME,
        codes: Some(Codes { value: "INVALID_ROLE_NAME", count: "INVALID_ROLE_NAME", nested: false }),
    },
    Member {
        name: "policyArn",
        required: true,
        shape: &ARN,
        codes: Some(Codes { value: "INVALID_POLICY_ARN", count: "INVALID_POLICY_ARN", nested: false }),
    },
]);

pub(super) static DOCUMENT: Shape = Shape::Structure(&[
    Member {
        name: "path",
        required: true,
        shape: &DOCUMENT_PATH,
        codes: Some(Codes { value: "INVALID_PATH", count: "INVALID_PATH", nested: false }),
    },
    Member {
        name: "content",
        required: true,
        shape: &DOCUMENT_CONTENT,
        codes: Some(Codes { value: "INVALID_CONTENT", count: "INVALID_CONTENT", nested: false }),
    },
]);

pub(super) static DOCUMENT_CONTENT: Shape = Shape::Text { min: 0, max: usize::MAX };

pub(super) static DOCUMENT_LIST: Shape = Shape::List { min: 1, max: 10000, item: &DOCUMENT };

pub(super) static DOCUMENT_PATH: Shape = Shape::Text { min: 1, max: 1024 };

pub(super) static ENROLLED_AGENT: Shape = Shape::Structure(&[
    Member { name: "agentId", required: true, shape: &AGENT_ID, codes: None },
    Member { name: "hostname", required: false, shape: &HOSTNAME, codes: None },
    Member { name: "agentHealth", required: true, shape: &AGENT_HEALTH, codes: None },
    Member { name: "agentVersion", required: false, shape: &AGENT_VERSION, codes: None },
    Member { name: "operatingSystem", required: false, shape: &OPERATING_SYSTEM, codes: None },
    Member { name: "kernelVersion", required: false, shape: &KERNEL_VERSION, codes: None },
    Member { name: "tags", required: true, shape: &TAG_LIST, codes: None },
    Member { name: "enrolledAt", required: true, shape: &TIMESTAMP, codes: None },
    Member { name: "lastSeenAt", required: false, shape: &TIMESTAMP, codes: None },
    Member { name: "certificateExpiresAt", required: true, shape: &TIMESTAMP, codes: None },
    Member { name: "healthCode", required: false, shape: &HEALTH_TEXT, codes: None },
    Member { name: "healthReason", required: false, shape: &HEALTH_TEXT, codes: None },
    Member { name: "nextStep", required: false, shape: &HEALTH_TEXT, codes: None },
]);

pub(super) static ENROLLMENT_TOKEN: Shape = Shape::Text { min: 1, max: 512 };

pub(super) static ERROR_CODE: Shape = Shape::Text { min: 1, max: 128 };

pub(super) static ERROR_MESSAGE: Shape = Shape::Text { min: 0, max: 1000 };

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

pub(super) static FEED: Shape = Shape::Structure(&[
    Member { name: "id", required: true, shape: &FEED_ID, codes: None },
    Member { name: "date", required: false, shape: &TIMESTAMP, codes: None },
    Member { name: "records", required: true, shape: &COUNT, codes: None },
]);

pub(super) static FEED_ADDRESS: Shape = Shape::Text { min: 1, max: 2048 };

pub(super) static FEED_FAILURE: Shape = Shape::Structure(&[
    Member { name: "address", required: true, shape: &FEED_ADDRESS, codes: None },
    Member { name: "failedAt", required: true, shape: &TIMESTAMP, codes: None },
    Member { name: "reason", required: true, shape: &FEED_FAILURE_REASON, codes: None },
]);

pub(super) static FEED_FAILURE_LIST: Shape = Shape::List { min: 0, max: usize::MAX, item: &FEED_FAILURE };

pub(super) static FEED_FAILURE_REASON: Shape = Shape::Text { min: 0, max: 4096 };

pub(super) static FEED_ID: Shape = Shape::Text { min: 1, max: 128 };

pub(super) static FEED_LIST: Shape = Shape::List { min: 0, max: usize::MAX, item: &FEED };

pub(super) static FINDING_ARN_LIST: Shape = Shape::List { min: 1, max: 10, item: &ARN };

pub(super) static FINDING_PROOF: Shape = Shape::Structure(&[
    Member { name: "findingArn", required: true, shape: &ARN, codes: None },
    Member { name: "fingerprint", required: true, shape: &FINGERPRINT, codes: None },
    Member { name: "proof", required: true, shape: &PROOF_DOCUMENT, codes: None },
]);

pub(super) static FINDING_PROOF_LIST: Shape = Shape::List { min: 0, max: 10, item: &FINDING_PROOF };

pub(super) static FINGERPRINT: Shape = Shape::Text { min: 1, max: 128 };

pub(super) static GET_SERVICE_STATUS_RESPONSE: Shape = Shape::Structure(&[
    Member { name: "version", required: true, shape: &SERVICE_VERSION, codes: None },
    Member { name: "feeds", required: true, shape: &FEED_LIST, codes: None },
    Member { name: "feedFailures", required: true, shape: &FEED_FAILURE_LIST, codes: None },
    Member { name: "snapshots", required: true, shape: &SNAPSHOT_LIST, codes: None },
]);

pub(super) static HEALTH_TEXT: Shape = Shape::Text { min: 1, max: 600 };

pub(super) static HOSTNAME: Shape = Shape::Text { min: 0, max: 256 };

pub(super) static IMPORT_ASSESSMENTS_REQUEST: Shape = Shape::Structure(&[Member {
    name: "documents",
    required: true,
    shape: &DOCUMENT_LIST,
    codes: Some(Codes { value: "INVALID_DOCUMENTS", count: "INVALID_DOCUMENTS", nested: false }),
}]);

pub(super) static IMPORT_ASSESSMENTS_RESPONSE: Shape = Shape::Structure(&[
    Member { name: "resourceGroupCount", required: true, shape: &COUNT, codes: None },
    Member { name: "assessmentTargetCount", required: true, shape: &COUNT, codes: None },
    Member { name: "assessmentTemplateCount", required: true, shape: &COUNT, codes: None },
    Member { name: "assessmentRunCount", required: true, shape: &COUNT, codes: None },
    Member { name: "findingCount", required: true, shape: &COUNT, codes: None },
    Member { name: "problems", required: true, shape: &PROBLEM_LIST, codes: None },
]);

pub(super) static IMPORT_SNAPSHOT_REQUEST: Shape = Shape::Structure(&[
    Member {
        name: "name",
        required: true,
        shape: &SNAPSHOT_NAME,
        codes: Some(Codes { value: "INVALID_NAME", count: "INVALID_NAME", nested: false }),
    },
    Member {
        name: "documents",
        required: true,
        shape: &DOCUMENT_LIST,
        codes: Some(Codes { value: "INVALID_DOCUMENTS", count: "INVALID_DOCUMENTS", nested: false }),
    },
]);

pub(super) static IMPORT_SNAPSHOT_RESPONSE: Shape = Shape::Structure(&[
    Member { name: "instanceCount", required: true, shape: &COUNT, codes: None },
    Member { name: "problems", required: true, shape: &PROBLEM_LIST, codes: None },
]);

pub(super) static INSTALL_COMMAND: Shape = Shape::Text { min: 1, max: 4096 };

pub(super) static INTERNAL_EXCEPTION: Shape = Shape::Structure(&[
    Member { name: "message", required: true, shape: &ERROR_MESSAGE, codes: None },
    Member { name: "canRetry", required: true, shape: &BOOL, codes: None },
]);

pub(super) static INVALID_INPUT_EXCEPTION: Shape = Shape::Structure(&[
    Member { name: "message", required: true, shape: &ERROR_MESSAGE, codes: None },
    Member { name: "errorCode", required: true, shape: &ERROR_CODE, codes: None },
    Member { name: "canRetry", required: true, shape: &BOOL, codes: None },
]);

pub(super) static KERNEL_VERSION: Shape = Shape::Text { min: 1, max: 128 };

pub(super) static LIMIT_EXCEEDED_EXCEPTION: Shape = Shape::Structure(&[
    Member { name: "message", required: true, shape: &ERROR_MESSAGE, codes: None },
    Member { name: "errorCode", required: true, shape: &ERROR_CODE, codes: None },
    Member { name: "canRetry", required: true, shape: &BOOL, codes: None },
]);

pub(super) static LIST_ACCESS_KEYS_REQUEST: Shape = Shape::Structure(&[Member {
    name: "userName",
    required: false,
    shape: &PRINCIPAL_NAME,
    codes: Some(Codes { value: "INVALID_USER_NAME", count: "INVALID_USER_NAME", nested: false }),
}]);

pub(super) static LIST_ACCESS_KEYS_RESPONSE: Shape =
    Shape::Structure(&[Member { name: "accessKeys", required: true, shape: &ACCESS_KEY_LIST, codes: None }]);

pub(super) static LIST_ACCOUNTS_RESPONSE: Shape =
    Shape::Structure(&[Member { name: "accounts", required: true, shape: &ACCOUNT_LIST, codes: None }]);

pub(super) static LIST_AGENTS_REQUEST: Shape = Shape::Structure(&[
    Member {
        name: "nextToken",
        required: false,
        shape: &PAGINATION_TOKEN,
        codes: Some(Codes { value: "INVALID_NEXT_TOKEN", count: "INVALID_NEXT_TOKEN", nested: false }),
    },
    Member {
        name: "maxResults",
        required: false,
        shape: &MAX_RESULTS,
        codes: Some(Codes { value: "INVALID_MAX_RESULTS", count: "INVALID_MAX_RESULTS", nested: false }),
    },
]);

pub(super) static LIST_AGENTS_RESPONSE: Shape = Shape::Structure(&[
    Member { name: "agents", required: true, shape: &AGENT_LIST, codes: None },
    Member { name: "nextToken", required: false, shape: &PAGINATION_TOKEN, codes: None },
]);

pub(super) static LIST_POLICIES_RESPONSE: Shape =
    Shape::Structure(&[Member { name: "policies", required: true, shape: &POLICY_LIST, codes: None }]);

pub(super) static LIST_ROLES_RESPONSE: Shape =
    Shape::Structure(&[Member { name: "roles", required: true, shape: &ROLE_LIST, codes: None }]);

pub(super) static LIST_USERS_RESPONSE: Shape =
    Shape::Structure(&[Member { name: "users", required: true, shape: &USER_LIST, codes: None }]);

pub(super) static MAX_RESULTS: Shape = Shape::Whole { min: 1, max: 100 };

pub(super) static NO_SUCH_ENTITY_EXCEPTION: Shape = Shape::Structure(&[
    Member { name: "message", required: true, shape: &ERROR_MESSAGE, codes: None },
    Member { name: "errorCode", required: true, shape: &ERROR_CODE, codes: None },
    Member { name: "canRetry", required: true, shape: &BOOL, codes: None },
]);

pub(super) static OPERATING_SYSTEM: Shape = Shape::Text { min: 1, max: 256 };

pub(super) static PAGINATION_TOKEN: Shape = Shape::Text { min: 1, max: 300 };

pub(super) static POLICY: Shape = Shape::Structure(&[
    Member { name: "policyArn", required: true, shape: &ARN, codes: None },
    Member { name: "policyDocument", required: true, shape: &POLICY_DOCUMENT, codes: None },
    Member { name: "updatedAt", required: false, shape: &TIMESTAMP, codes: None },
]);

pub(super) static POLICY_ARN_LIST: Shape = Shape::List { min: 0, max: 20, item: &ARN };

pub(super) static POLICY_DOCUMENT: Shape = Shape::Text { min: 2, max: 131072 };

pub(super) static POLICY_LIST: Shape = Shape::List { min: 0, max: 5000, item: &POLICY };

pub(super) static POLICY_NAME: Shape = Shape::Text { min: 1, max: 128 };

pub(super) static PRINCIPAL_NAME: Shape = Shape::Text { min: 1, max: 64 };

pub(super) static PROBLEM: Shape = Shape::Structure(&[
    Member { name: "path", required: true, shape: &DOCUMENT_PATH, codes: None },
    Member { name: "message", required: true, shape: &ERROR_MESSAGE, codes: None },
]);

pub(super) static PROBLEM_LIST: Shape = Shape::List { min: 0, max: usize::MAX, item: &PROBLEM };

pub(super) static PROOF_DOCUMENT: Shape = Shape::Text { min: 2, max: usize::MAX };

pub(super) static PUT_POLICY_REQUEST: Shape = Shape::Structure(&[
    Member {
        name: "policyName",
        required: true,
        shape: &POLICY_NAME,
        codes: Some(Codes { value: "INVALID_POLICY_NAME", count: "INVALID_POLICY_NAME", nested: false }),
    },
    Member {
        name: "policyDocument",
        required: true,
        shape: &POLICY_DOCUMENT,
        codes: Some(Codes { value: "INVALID_POLICY_DOCUMENT", count: "INVALID_POLICY_DOCUMENT", nested: false }),
    },
]);

pub(super) static PUT_POLICY_RESPONSE: Shape =
    Shape::Structure(&[Member { name: "policyArn", required: true, shape: &ARN, codes: None }]);

pub(super) static REGION_NAME: Shape = Shape::Text { min: 1, max: 64 };

pub(super) static REVOKE_AGENT_REQUEST: Shape = Shape::Structure(&[
    Member {
        name: "agentId",
        required: true,
        shape: &AGENT_ID,
        codes: Some(Codes { value: "INVALID_AGENT_ID", count: "INVALID_AGENT_ID", nested: false }),
    },
    Member {
        name: "reason",
        required: false,
        shape: &HEALTH_TEXT,
        codes: Some(Codes { value: "INVALID_REASON", count: "INVALID_REASON", nested: false }),
    },
]);

pub(super) static ROLE: Shape = Shape::Structure(&[
    Member { name: "roleName", required: true, shape: &PRINCIPAL_NAME, codes: None },
    Member { name: "arn", required: true, shape: &ARN, codes: None },
    Member { name: "createdAt", required: true, shape: &TIMESTAMP, codes: None },
    Member { name: "policyArns", required: true, shape: &POLICY_ARN_LIST, codes: None },
    Member { name: "trustPolicy", required: true, shape: &POLICY_DOCUMENT, codes: None },
    Member { name: "maxSessionSeconds", required: true, shape: &SESSION_SECONDS, codes: None },
    Member { name: "tags", required: true, shape: &TAG_LIST, codes: None },
]);

pub(super) static ROLE_LIST: Shape = Shape::List { min: 0, max: 5000, item: &ROLE };

pub(super) static RULES_PACKAGE_KEY: Shape = Shape::Text { min: 1, max: 64 };

pub(super) static SECRET_ACCESS_KEY: Shape = Shape::Text { min: 1, max: 128 };

pub(super) static SERVICE_TEMPORARILY_UNAVAILABLE_EXCEPTION: Shape = Shape::Structure(&[
    Member { name: "message", required: true, shape: &ERROR_MESSAGE, codes: None },
    Member { name: "canRetry", required: true, shape: &BOOL, codes: None },
]);

pub(super) static SERVICE_VERSION: Shape = Shape::Text { min: 1, max: 128 };

pub(super) static SESSION_SECONDS: Shape = Shape::Whole { min: 900, max: 43200 };

pub(super) static SESSION_TOKEN: Shape = Shape::Text { min: 1, max: 2048 };

pub(super) static SNAPSHOT: Shape = Shape::Structure(&[
    Member { name: "name", required: true, shape: &SNAPSHOT_NAME, codes: None },
    Member { name: "instanceCount", required: true, shape: &COUNT, codes: None },
    Member { name: "importedAt", required: true, shape: &TIMESTAMP, codes: None },
]);

pub(super) static SNAPSHOT_LIST: Shape = Shape::List { min: 0, max: usize::MAX, item: &SNAPSHOT };

pub(super) static SNAPSHOT_NAME: Shape = Shape::Text { min: 1, max: 140 };

pub(super) static TAG: Shape = Shape::Structure(&[
    Member {
        name: "key",
        required: true,
        shape: &TAG_KEY,
        codes: Some(Codes { value: "INVALID_KEY", count: "INVALID_KEY", nested: false }),
    },
    Member {
        name: "value",
        required: true,
        shape: &TAG_VALUE,
        codes: Some(Codes { value: "INVALID_VALUE", count: "INVALID_VALUE", nested: false }),
    },
]);

pub(super) static TAG_KEY: Shape = Shape::Text { min: 1, max: 128 };

pub(super) static TAG_LIST: Shape = Shape::List { min: 0, max: 50, item: &TAG };

pub(super) static TAG_VALUE: Shape = Shape::Text { min: 0, max: 256 };

pub(super) static TIMESTAMP: Shape = Shape::Moment;

pub(super) static TOKEN_LIFETIME: Shape = Shape::Whole { min: 60, max: 2592000 };

pub(super) static TOKEN_USES: Shape = Shape::Whole { min: 1, max: 10000 };

pub(super) static UPDATE_ACCESS_KEY_REQUEST: Shape = Shape::Structure(&[
    Member {
        name: "accessKeyId",
        required: true,
        shape: &ACCESS_KEY_ID,
        codes: Some(Codes { value: "INVALID_ACCESS_KEY_ID", count: "INVALID_ACCESS_KEY_ID", nested: false }),
    },
    Member {
        name: "active",
        required: true,
        shape: &BOOL,
        codes: Some(Codes { value: "INVALID_ACTIVE", count: "INVALID_ACTIVE", nested: false }),
    },
]);

pub(super) static URL: Shape = Shape::Text { min: 1, max: 2048 };

pub(super) static USER: Shape = Shape::Structure(&[
    Member { name: "userName", required: true, shape: &PRINCIPAL_NAME, codes: None },
    Member { name: "arn", required: true, shape: &ARN, codes: None },
    Member { name: "createdAt", required: true, shape: &TIMESTAMP, codes: None },
    Member { name: "policyArns", required: true, shape: &POLICY_ARN_LIST, codes: None },
    Member { name: "tags", required: true, shape: &TAG_LIST, codes: None },
]);

pub(super) static USER_LIST: Shape = Shape::List { min: 0, max: 5000, item: &USER };
