//! The exceptions, and which operation may raise which.
// Written by `cargo xtask generate` from the service model. Do not edit.

use serde::{Deserialize, Serialize};

use super::*;
use crate::error::{exception, operation_error};

/// The model's `AccessDeniedException`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AccessDeniedException {
    /// `ErrorMessage`: 0 to 1000 characters.
    pub message: String,
    /// [`AccessDeniedErrorCode`].
    pub error_code: AccessDeniedErrorCode,
    /// Yes or no.
    pub can_retry: bool,
}

exception!(AccessDeniedException, 400, &shapes::ACCESS_DENIED_EXCEPTION);

/// The model's `AgentsAlreadyRunningAssessmentException`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AgentsAlreadyRunningAssessmentException {
    /// `ErrorMessage`: 0 to 1000 characters.
    pub message: String,
    /// List of 1 to 10 `AgentAlreadyRunningAssessment`.
    pub agents: Vec<AgentAlreadyRunningAssessment>,
    /// Yes or no.
    pub agents_truncated: bool,
    /// Yes or no.
    pub can_retry: bool,
}

exception!(AgentsAlreadyRunningAssessmentException, 400, &shapes::AGENTS_ALREADY_RUNNING_ASSESSMENT_EXCEPTION);

/// The model's `AssessmentRunInProgressException`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AssessmentRunInProgressException {
    /// `ErrorMessage`: 0 to 1000 characters.
    pub message: String,
    /// List of 1 to 10 `Arn`.
    pub assessment_run_arns: Vec<String>,
    /// Yes or no.
    pub assessment_run_arns_truncated: bool,
    /// Yes or no.
    pub can_retry: bool,
}

exception!(AssessmentRunInProgressException, 400, &shapes::ASSESSMENT_RUN_IN_PROGRESS_EXCEPTION);

/// The model's `InternalException`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct InternalException {
    /// `ErrorMessage`: 0 to 1000 characters.
    pub message: String,
    /// Yes or no.
    pub can_retry: bool,
}

exception!(InternalException, 500, &shapes::INTERNAL_EXCEPTION);

/// The model's `InvalidCrossAccountRoleException`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct InvalidCrossAccountRoleException {
    /// `ErrorMessage`: 0 to 1000 characters.
    pub message: String,
    /// [`InvalidCrossAccountRoleErrorCode`].
    pub error_code: InvalidCrossAccountRoleErrorCode,
    /// Yes or no.
    pub can_retry: bool,
}

exception!(InvalidCrossAccountRoleException, 400, &shapes::INVALID_CROSS_ACCOUNT_ROLE_EXCEPTION);

/// The model's `InvalidInputException`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct InvalidInputException {
    /// `ErrorMessage`: 0 to 1000 characters.
    pub message: String,
    /// [`InvalidInputErrorCode`].
    pub error_code: InvalidInputErrorCode,
    /// Yes or no.
    pub can_retry: bool,
}

exception!(InvalidInputException, 400, &shapes::INVALID_INPUT_EXCEPTION);

/// The model's `LimitExceededException`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LimitExceededException {
    /// `ErrorMessage`: 0 to 1000 characters.
    pub message: String,
    /// [`LimitExceededErrorCode`].
    pub error_code: LimitExceededErrorCode,
    /// Yes or no.
    pub can_retry: bool,
}

exception!(LimitExceededException, 400, &shapes::LIMIT_EXCEEDED_EXCEPTION);

/// The model's `NoSuchEntityException`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NoSuchEntityException {
    /// `ErrorMessage`: 0 to 1000 characters.
    pub message: String,
    /// [`NoSuchEntityErrorCode`].
    pub error_code: NoSuchEntityErrorCode,
    /// Yes or no.
    pub can_retry: bool,
}

exception!(NoSuchEntityException, 400, &shapes::NO_SUCH_ENTITY_EXCEPTION);

/// The model's `PreviewGenerationInProgressException`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PreviewGenerationInProgressException {
    /// `ErrorMessage`: 0 to 1000 characters.
    pub message: String,
}

exception!(PreviewGenerationInProgressException, 400, &shapes::PREVIEW_GENERATION_IN_PROGRESS_EXCEPTION);

/// The model's `ServiceTemporarilyUnavailableException`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ServiceTemporarilyUnavailableException {
    /// `ErrorMessage`: 0 to 1000 characters.
    pub message: String,
    /// Yes or no.
    pub can_retry: bool,
}

exception!(ServiceTemporarilyUnavailableException, 400, &shapes::SERVICE_TEMPORARILY_UNAVAILABLE_EXCEPTION);

/// The model's `UnsupportedFeatureException`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UnsupportedFeatureException {
    /// `ErrorMessage`: 0 to 1000 characters.
    pub message: String,
    /// Yes or no.
    pub can_retry: bool,
}

exception!(UnsupportedFeatureException, 400, &shapes::UNSUPPORTED_FEATURE_EXCEPTION);

operation_error! {
    /// What `AddAttributesToFindings` may raise.
    AddAttributesToFindingsError {
        Internal(InternalException),
        InvalidInput(InvalidInputException),
        AccessDenied(AccessDeniedException),
        NoSuchEntity(NoSuchEntityException),
        ServiceTemporarilyUnavailable(ServiceTemporarilyUnavailableException),
    }
}

operation_error! {
    /// What `CreateAssessmentTarget` may raise.
    CreateAssessmentTargetError {
        Internal(InternalException),
        InvalidInput(InvalidInputException),
        LimitExceeded(LimitExceededException),
        AccessDenied(AccessDeniedException),
        NoSuchEntity(NoSuchEntityException),
        InvalidCrossAccountRole(InvalidCrossAccountRoleException),
        ServiceTemporarilyUnavailable(ServiceTemporarilyUnavailableException),
    }
}

operation_error! {
    /// What `CreateAssessmentTemplate` may raise.
    CreateAssessmentTemplateError {
        Internal(InternalException),
        InvalidInput(InvalidInputException),
        LimitExceeded(LimitExceededException),
        AccessDenied(AccessDeniedException),
        NoSuchEntity(NoSuchEntityException),
        ServiceTemporarilyUnavailable(ServiceTemporarilyUnavailableException),
    }
}

operation_error! {
    /// What `CreateExclusionsPreview` may raise.
    CreateExclusionsPreviewError {
        InvalidInput(InvalidInputException),
        PreviewGenerationInProgress(PreviewGenerationInProgressException),
        Internal(InternalException),
        AccessDenied(AccessDeniedException),
        NoSuchEntity(NoSuchEntityException),
        ServiceTemporarilyUnavailable(ServiceTemporarilyUnavailableException),
    }
}

operation_error! {
    /// What `CreateResourceGroup` may raise.
    CreateResourceGroupError {
        Internal(InternalException),
        InvalidInput(InvalidInputException),
        LimitExceeded(LimitExceededException),
        AccessDenied(AccessDeniedException),
        ServiceTemporarilyUnavailable(ServiceTemporarilyUnavailableException),
    }
}

operation_error! {
    /// What `DeleteAssessmentRun` may raise.
    DeleteAssessmentRunError {
        Internal(InternalException),
        InvalidInput(InvalidInputException),
        AssessmentRunInProgress(AssessmentRunInProgressException),
        AccessDenied(AccessDeniedException),
        NoSuchEntity(NoSuchEntityException),
        ServiceTemporarilyUnavailable(ServiceTemporarilyUnavailableException),
    }
}

operation_error! {
    /// What `DeleteAssessmentTarget` may raise.
    DeleteAssessmentTargetError {
        Internal(InternalException),
        InvalidInput(InvalidInputException),
        AssessmentRunInProgress(AssessmentRunInProgressException),
        AccessDenied(AccessDeniedException),
        NoSuchEntity(NoSuchEntityException),
        ServiceTemporarilyUnavailable(ServiceTemporarilyUnavailableException),
    }
}

operation_error! {
    /// What `DeleteAssessmentTemplate` may raise.
    DeleteAssessmentTemplateError {
        Internal(InternalException),
        InvalidInput(InvalidInputException),
        AssessmentRunInProgress(AssessmentRunInProgressException),
        AccessDenied(AccessDeniedException),
        NoSuchEntity(NoSuchEntityException),
        ServiceTemporarilyUnavailable(ServiceTemporarilyUnavailableException),
    }
}

operation_error! {
    /// What `DescribeAssessmentRuns` may raise.
    DescribeAssessmentRunsError {
        Internal(InternalException),
        InvalidInput(InvalidInputException),
    }
}

operation_error! {
    /// What `DescribeAssessmentTargets` may raise.
    DescribeAssessmentTargetsError {
        Internal(InternalException),
        InvalidInput(InvalidInputException),
    }
}

operation_error! {
    /// What `DescribeAssessmentTemplates` may raise.
    DescribeAssessmentTemplatesError {
        Internal(InternalException),
        InvalidInput(InvalidInputException),
    }
}

operation_error! {
    /// What `DescribeCrossAccountAccessRole` may raise.
    DescribeCrossAccountAccessRoleError {
        Internal(InternalException),
    }
}

operation_error! {
    /// What `DescribeExclusions` may raise.
    DescribeExclusionsError {
        Internal(InternalException),
        InvalidInput(InvalidInputException),
    }
}

operation_error! {
    /// What `DescribeFindings` may raise.
    DescribeFindingsError {
        Internal(InternalException),
        InvalidInput(InvalidInputException),
    }
}

operation_error! {
    /// What `DescribeResourceGroups` may raise.
    DescribeResourceGroupsError {
        Internal(InternalException),
        InvalidInput(InvalidInputException),
    }
}

operation_error! {
    /// What `DescribeRulesPackages` may raise.
    DescribeRulesPackagesError {
        Internal(InternalException),
        InvalidInput(InvalidInputException),
    }
}

operation_error! {
    /// What `GetAssessmentReport` may raise.
    GetAssessmentReportError {
        Internal(InternalException),
        InvalidInput(InvalidInputException),
        AccessDenied(AccessDeniedException),
        NoSuchEntity(NoSuchEntityException),
        AssessmentRunInProgress(AssessmentRunInProgressException),
        UnsupportedFeature(UnsupportedFeatureException),
        ServiceTemporarilyUnavailable(ServiceTemporarilyUnavailableException),
    }
}

operation_error! {
    /// What `GetExclusionsPreview` may raise.
    GetExclusionsPreviewError {
        InvalidInput(InvalidInputException),
        Internal(InternalException),
        AccessDenied(AccessDeniedException),
        NoSuchEntity(NoSuchEntityException),
    }
}

operation_error! {
    /// What `GetTelemetryMetadata` may raise.
    GetTelemetryMetadataError {
        Internal(InternalException),
        InvalidInput(InvalidInputException),
        AccessDenied(AccessDeniedException),
        NoSuchEntity(NoSuchEntityException),
    }
}

operation_error! {
    /// What `ListAssessmentRunAgents` may raise.
    ListAssessmentRunAgentsError {
        Internal(InternalException),
        InvalidInput(InvalidInputException),
        AccessDenied(AccessDeniedException),
        NoSuchEntity(NoSuchEntityException),
    }
}

operation_error! {
    /// What `ListAssessmentRuns` may raise.
    ListAssessmentRunsError {
        Internal(InternalException),
        InvalidInput(InvalidInputException),
        AccessDenied(AccessDeniedException),
        NoSuchEntity(NoSuchEntityException),
    }
}

operation_error! {
    /// What `ListAssessmentTargets` may raise.
    ListAssessmentTargetsError {
        Internal(InternalException),
        InvalidInput(InvalidInputException),
        AccessDenied(AccessDeniedException),
    }
}

operation_error! {
    /// What `ListAssessmentTemplates` may raise.
    ListAssessmentTemplatesError {
        Internal(InternalException),
        InvalidInput(InvalidInputException),
        AccessDenied(AccessDeniedException),
        NoSuchEntity(NoSuchEntityException),
    }
}

operation_error! {
    /// What `ListEventSubscriptions` may raise.
    ListEventSubscriptionsError {
        Internal(InternalException),
        InvalidInput(InvalidInputException),
        AccessDenied(AccessDeniedException),
        NoSuchEntity(NoSuchEntityException),
    }
}

operation_error! {
    /// What `ListExclusions` may raise.
    ListExclusionsError {
        Internal(InternalException),
        InvalidInput(InvalidInputException),
        AccessDenied(AccessDeniedException),
        NoSuchEntity(NoSuchEntityException),
    }
}

operation_error! {
    /// What `ListFindings` may raise.
    ListFindingsError {
        Internal(InternalException),
        InvalidInput(InvalidInputException),
        AccessDenied(AccessDeniedException),
        NoSuchEntity(NoSuchEntityException),
    }
}

operation_error! {
    /// What `ListRulesPackages` may raise.
    ListRulesPackagesError {
        Internal(InternalException),
        InvalidInput(InvalidInputException),
        AccessDenied(AccessDeniedException),
    }
}

operation_error! {
    /// What `ListTagsForResource` may raise.
    ListTagsForResourceError {
        Internal(InternalException),
        InvalidInput(InvalidInputException),
        AccessDenied(AccessDeniedException),
        NoSuchEntity(NoSuchEntityException),
    }
}

operation_error! {
    /// What `PreviewAgents` may raise.
    PreviewAgentsError {
        Internal(InternalException),
        InvalidInput(InvalidInputException),
        AccessDenied(AccessDeniedException),
        NoSuchEntity(NoSuchEntityException),
        InvalidCrossAccountRole(InvalidCrossAccountRoleException),
    }
}

operation_error! {
    /// What `RegisterCrossAccountAccessRole` may raise.
    RegisterCrossAccountAccessRoleError {
        Internal(InternalException),
        InvalidInput(InvalidInputException),
        AccessDenied(AccessDeniedException),
        InvalidCrossAccountRole(InvalidCrossAccountRoleException),
        ServiceTemporarilyUnavailable(ServiceTemporarilyUnavailableException),
    }
}

operation_error! {
    /// What `RemoveAttributesFromFindings` may raise.
    RemoveAttributesFromFindingsError {
        Internal(InternalException),
        InvalidInput(InvalidInputException),
        AccessDenied(AccessDeniedException),
        NoSuchEntity(NoSuchEntityException),
        ServiceTemporarilyUnavailable(ServiceTemporarilyUnavailableException),
    }
}

operation_error! {
    /// What `SetTagsForResource` may raise.
    SetTagsForResourceError {
        Internal(InternalException),
        InvalidInput(InvalidInputException),
        AccessDenied(AccessDeniedException),
        NoSuchEntity(NoSuchEntityException),
        ServiceTemporarilyUnavailable(ServiceTemporarilyUnavailableException),
    }
}

operation_error! {
    /// What `StartAssessmentRun` may raise.
    StartAssessmentRunError {
        Internal(InternalException),
        InvalidInput(InvalidInputException),
        LimitExceeded(LimitExceededException),
        AccessDenied(AccessDeniedException),
        NoSuchEntity(NoSuchEntityException),
        InvalidCrossAccountRole(InvalidCrossAccountRoleException),
        AgentsAlreadyRunningAssessment(AgentsAlreadyRunningAssessmentException),
        ServiceTemporarilyUnavailable(ServiceTemporarilyUnavailableException),
    }
}

operation_error! {
    /// What `StopAssessmentRun` may raise.
    StopAssessmentRunError {
        Internal(InternalException),
        InvalidInput(InvalidInputException),
        AccessDenied(AccessDeniedException),
        NoSuchEntity(NoSuchEntityException),
        ServiceTemporarilyUnavailable(ServiceTemporarilyUnavailableException),
    }
}

operation_error! {
    /// What `SubscribeToEvent` may raise.
    SubscribeToEventError {
        Internal(InternalException),
        InvalidInput(InvalidInputException),
        LimitExceeded(LimitExceededException),
        AccessDenied(AccessDeniedException),
        NoSuchEntity(NoSuchEntityException),
        ServiceTemporarilyUnavailable(ServiceTemporarilyUnavailableException),
    }
}

operation_error! {
    /// What `UnsubscribeFromEvent` may raise.
    UnsubscribeFromEventError {
        Internal(InternalException),
        InvalidInput(InvalidInputException),
        AccessDenied(AccessDeniedException),
        NoSuchEntity(NoSuchEntityException),
        ServiceTemporarilyUnavailable(ServiceTemporarilyUnavailableException),
    }
}

operation_error! {
    /// What `UpdateAssessmentTarget` may raise.
    UpdateAssessmentTargetError {
        Internal(InternalException),
        InvalidInput(InvalidInputException),
        AccessDenied(AccessDeniedException),
        NoSuchEntity(NoSuchEntityException),
        ServiceTemporarilyUnavailable(ServiceTemporarilyUnavailableException),
    }
}
