//! The exceptions, and which operation may raise which.
// Written by `cargo xtask generate` from the service model. Do not edit.

use serde::{Deserialize, Serialize};

use super::*;
use crate::error::{exception, operation_error};

/// The caller may not do this.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AccessDeniedException {
    /// `ErrorMessage`: 0 to 1000 characters.
    pub message: String,
    /// `ErrorCode`: 1 to 128 characters.
    pub error_code: String,
    /// Yes or no.
    pub can_retry: bool,
}

exception!(AccessDeniedException, 400, &shapes::ACCESS_DENIED_EXCEPTION);

/// The service failed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct InternalException {
    /// `ErrorMessage`: 0 to 1000 characters.
    pub message: String,
    /// Yes or no.
    pub can_retry: bool,
}

exception!(InternalException, 500, &shapes::INTERNAL_EXCEPTION);

/// A member has a value that it may not have.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct InvalidInputException {
    /// `ErrorMessage`: 0 to 1000 characters.
    pub message: String,
    /// `ErrorCode`: 1 to 128 characters.
    pub error_code: String,
    /// Yes or no.
    pub can_retry: bool,
}

exception!(InvalidInputException, 400, &shapes::INVALID_INPUT_EXCEPTION);

/// The request would exceed a limit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LimitExceededException {
    /// `ErrorMessage`: 0 to 1000 characters.
    pub message: String,
    /// `ErrorCode`: 1 to 128 characters.
    pub error_code: String,
    /// Yes or no.
    pub can_retry: bool,
}

exception!(LimitExceededException, 400, &shapes::LIMIT_EXCEEDED_EXCEPTION);

/// Something that the request names does not exist.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NoSuchEntityException {
    /// `ErrorMessage`: 0 to 1000 characters.
    pub message: String,
    /// `ErrorCode`: 1 to 128 characters.
    pub error_code: String,
    /// Yes or no.
    pub can_retry: bool,
}

exception!(NoSuchEntityException, 400, &shapes::NO_SUCH_ENTITY_EXCEPTION);

/// The service cannot answer now; try again later.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ServiceTemporarilyUnavailableException {
    /// `ErrorMessage`: 0 to 1000 characters.
    pub message: String,
    /// Yes or no.
    pub can_retry: bool,
}

exception!(ServiceTemporarilyUnavailableException, 400, &shapes::SERVICE_TEMPORARILY_UNAVAILABLE_EXCEPTION);

operation_error! {
    /// What `AttachPolicy` may raise.
    AttachPolicyError {
        Internal(InternalException),
        InvalidInput(InvalidInputException),
        AccessDenied(AccessDeniedException),
        NoSuchEntity(NoSuchEntityException),
        LimitExceeded(LimitExceededException),
        ServiceTemporarilyUnavailable(ServiceTemporarilyUnavailableException),
    }
}

operation_error! {
    /// What `CreateAccessKey` may raise.
    CreateAccessKeyError {
        Internal(InternalException),
        InvalidInput(InvalidInputException),
        AccessDenied(AccessDeniedException),
        NoSuchEntity(NoSuchEntityException),
        LimitExceeded(LimitExceededException),
        ServiceTemporarilyUnavailable(ServiceTemporarilyUnavailableException),
    }
}

operation_error! {
    /// What `CreateAccount` may raise.
    CreateAccountError {
        Internal(InternalException),
        InvalidInput(InvalidInputException),
        AccessDenied(AccessDeniedException),
        ServiceTemporarilyUnavailable(ServiceTemporarilyUnavailableException),
    }
}

operation_error! {
    /// What `CreateEnrollmentToken` may raise.
    CreateEnrollmentTokenError {
        Internal(InternalException),
        InvalidInput(InvalidInputException),
        AccessDenied(AccessDeniedException),
        ServiceTemporarilyUnavailable(ServiceTemporarilyUnavailableException),
    }
}

operation_error! {
    /// What `CreateRole` may raise.
    CreateRoleError {
        Internal(InternalException),
        InvalidInput(InvalidInputException),
        AccessDenied(AccessDeniedException),
        LimitExceeded(LimitExceededException),
        ServiceTemporarilyUnavailable(ServiceTemporarilyUnavailableException),
    }
}

operation_error! {
    /// What `CreateSession` may raise.
    CreateSessionError {
        Internal(InternalException),
        AccessDenied(AccessDeniedException),
        ServiceTemporarilyUnavailable(ServiceTemporarilyUnavailableException),
    }
}

operation_error! {
    /// What `CreateUser` may raise.
    CreateUserError {
        Internal(InternalException),
        InvalidInput(InvalidInputException),
        AccessDenied(AccessDeniedException),
        LimitExceeded(LimitExceededException),
        ServiceTemporarilyUnavailable(ServiceTemporarilyUnavailableException),
    }
}

operation_error! {
    /// What `DeleteAccessKey` may raise.
    DeleteAccessKeyError {
        Internal(InternalException),
        InvalidInput(InvalidInputException),
        AccessDenied(AccessDeniedException),
        NoSuchEntity(NoSuchEntityException),
        ServiceTemporarilyUnavailable(ServiceTemporarilyUnavailableException),
    }
}

operation_error! {
    /// What `DeletePolicy` may raise.
    DeletePolicyError {
        Internal(InternalException),
        InvalidInput(InvalidInputException),
        AccessDenied(AccessDeniedException),
        NoSuchEntity(NoSuchEntityException),
        ServiceTemporarilyUnavailable(ServiceTemporarilyUnavailableException),
    }
}

operation_error! {
    /// What `DeleteRole` may raise.
    DeleteRoleError {
        Internal(InternalException),
        InvalidInput(InvalidInputException),
        AccessDenied(AccessDeniedException),
        NoSuchEntity(NoSuchEntityException),
        ServiceTemporarilyUnavailable(ServiceTemporarilyUnavailableException),
    }
}

operation_error! {
    /// What `DeleteUser` may raise.
    DeleteUserError {
        Internal(InternalException),
        InvalidInput(InvalidInputException),
        AccessDenied(AccessDeniedException),
        NoSuchEntity(NoSuchEntityException),
        ServiceTemporarilyUnavailable(ServiceTemporarilyUnavailableException),
    }
}

operation_error! {
    /// What `DescribeCoverage` may raise.
    DescribeCoverageError {
        Internal(InternalException),
        InvalidInput(InvalidInputException),
        AccessDenied(AccessDeniedException),
        NoSuchEntity(NoSuchEntityException),
    }
}

operation_error! {
    /// What `DescribeFindingProofs` may raise.
    DescribeFindingProofsError {
        Internal(InternalException),
        InvalidInput(InvalidInputException),
        AccessDenied(AccessDeniedException),
    }
}

operation_error! {
    /// What `DetachPolicy` may raise.
    DetachPolicyError {
        Internal(InternalException),
        InvalidInput(InvalidInputException),
        AccessDenied(AccessDeniedException),
        NoSuchEntity(NoSuchEntityException),
        ServiceTemporarilyUnavailable(ServiceTemporarilyUnavailableException),
    }
}

operation_error! {
    /// What `GetServiceStatus` may raise.
    GetServiceStatusError {
        Internal(InternalException),
        AccessDenied(AccessDeniedException),
    }
}

operation_error! {
    /// What `ImportAssessments` may raise.
    ImportAssessmentsError {
        Internal(InternalException),
        InvalidInput(InvalidInputException),
        AccessDenied(AccessDeniedException),
        LimitExceeded(LimitExceededException),
        ServiceTemporarilyUnavailable(ServiceTemporarilyUnavailableException),
    }
}

operation_error! {
    /// What `ImportSnapshot` may raise.
    ImportSnapshotError {
        Internal(InternalException),
        InvalidInput(InvalidInputException),
        AccessDenied(AccessDeniedException),
        LimitExceeded(LimitExceededException),
        ServiceTemporarilyUnavailable(ServiceTemporarilyUnavailableException),
    }
}

operation_error! {
    /// What `ListAccessKeys` may raise.
    ListAccessKeysError {
        Internal(InternalException),
        InvalidInput(InvalidInputException),
        AccessDenied(AccessDeniedException),
    }
}

operation_error! {
    /// What `ListAccounts` may raise.
    ListAccountsError {
        Internal(InternalException),
        AccessDenied(AccessDeniedException),
    }
}

operation_error! {
    /// What `ListAgents` may raise.
    ListAgentsError {
        Internal(InternalException),
        InvalidInput(InvalidInputException),
        AccessDenied(AccessDeniedException),
    }
}

operation_error! {
    /// What `ListPolicies` may raise.
    ListPoliciesError {
        Internal(InternalException),
        AccessDenied(AccessDeniedException),
    }
}

operation_error! {
    /// What `ListRoles` may raise.
    ListRolesError {
        Internal(InternalException),
        AccessDenied(AccessDeniedException),
    }
}

operation_error! {
    /// What `ListUsers` may raise.
    ListUsersError {
        Internal(InternalException),
        AccessDenied(AccessDeniedException),
    }
}

operation_error! {
    /// What `PutPolicy` may raise.
    PutPolicyError {
        Internal(InternalException),
        InvalidInput(InvalidInputException),
        AccessDenied(AccessDeniedException),
        LimitExceeded(LimitExceededException),
        ServiceTemporarilyUnavailable(ServiceTemporarilyUnavailableException),
    }
}

operation_error! {
    /// What `RevokeAgent` may raise.
    RevokeAgentError {
        Internal(InternalException),
        InvalidInput(InvalidInputException),
        AccessDenied(AccessDeniedException),
        NoSuchEntity(NoSuchEntityException),
        ServiceTemporarilyUnavailable(ServiceTemporarilyUnavailableException),
    }
}

operation_error! {
    /// What `UpdateAccessKey` may raise.
    UpdateAccessKeyError {
        Internal(InternalException),
        InvalidInput(InvalidInputException),
        AccessDenied(AccessDeniedException),
        NoSuchEntity(NoSuchEntityException),
        ServiceTemporarilyUnavailable(ServiceTemporarilyUnavailableException),
    }
}
