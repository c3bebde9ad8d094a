//! The operations by name.
// Written by `cargo xtask generate` from the service model. Do not edit.

use super::*;
use crate::codec::{Request, Visitor};
use crate::operation::operations;
use crate::shape::Shape;

operations! {
    "OpenInspector", "inspector";
    AttachPolicy,
    CreateAccessKey,
    CreateAccount,
    CreateEnrollmentToken,
    CreateRole,
    CreateSession,
    CreateUser,
    DeleteAccessKey,
    DeletePolicy,
    DeleteRole,
    DeleteUser,
    DescribeCoverage,
    DescribeFindingProofs,
    DetachPolicy,
    GetServiceStatus,
    ImportAssessments,
    ImportSnapshot,
    ListAccessKeys,
    ListAccounts,
    ListAgents,
    ListPolicies,
    ListRoles,
    ListUsers,
    PutPolicy,
    RevokeAgent,
    UpdateAccessKey,
}

impl Request for AttachPolicyRequest {
    type Response = ();
    type Error = AttachPolicyError;
    const TARGET: &'static str = "OpenInspector.AttachPolicy";
    const SHAPE: &'static Shape = &shapes::ATTACH_POLICY_REQUEST;
    const RESPONSE_SHAPE: Option<&'static Shape> = None;
}

impl Request for CreateAccessKeyRequest {
    type Response = CreateAccessKeyResponse;
    type Error = CreateAccessKeyError;
    const TARGET: &'static str = "OpenInspector.CreateAccessKey";
    const SHAPE: &'static Shape = &shapes::CREATE_ACCESS_KEY_REQUEST;
    const RESPONSE_SHAPE: Option<&'static Shape> = Some(&shapes::CREATE_ACCESS_KEY_RESPONSE);
}

impl Request for CreateAccountRequest {
    type Response = CreateAccountResponse;
    type Error = CreateAccountError;
    const TARGET: &'static str = "OpenInspector.CreateAccount";
    const SHAPE: &'static Shape = &shapes::CREATE_ACCOUNT_REQUEST;
    const RESPONSE_SHAPE: Option<&'static Shape> = Some(&shapes::CREATE_ACCOUNT_RESPONSE);
}

impl Request for CreateEnrollmentTokenRequest {
    type Response = CreateEnrollmentTokenResponse;
    type Error = CreateEnrollmentTokenError;
    const TARGET: &'static str = "OpenInspector.CreateEnrollmentToken";
    const SHAPE: &'static Shape = &shapes::CREATE_ENROLLMENT_TOKEN_REQUEST;
    const RESPONSE_SHAPE: Option<&'static Shape> = Some(&shapes::CREATE_ENROLLMENT_TOKEN_RESPONSE);
}

impl Request for CreateRoleRequest {
    type Response = CreateRoleResponse;
    type Error = CreateRoleError;
    const TARGET: &'static str = "OpenInspector.CreateRole";
    const SHAPE: &'static Shape = &shapes::CREATE_ROLE_REQUEST;
    const RESPONSE_SHAPE: Option<&'static Shape> = Some(&shapes::CREATE_ROLE_RESPONSE);
}

impl Request for CreateSessionRequest {
    type Response = CreateSessionResponse;
    type Error = CreateSessionError;
    const TARGET: &'static str = "OpenInspector.CreateSession";
    const SHAPE: &'static Shape = &crate::shape::EMPTY;
    const RESPONSE_SHAPE: Option<&'static Shape> = Some(&shapes::CREATE_SESSION_RESPONSE);
}

impl Request for CreateUserRequest {
    type Response = CreateUserResponse;
    type Error = CreateUserError;
    const TARGET: &'static str = "OpenInspector.CreateUser";
    const SHAPE: &'static Shape = &shapes::CREATE_USER_REQUEST;
    const RESPONSE_SHAPE: Option<&'static Shape> = Some(&shapes::CREATE_USER_RESPONSE);
}

impl Request for DeleteAccessKeyRequest {
    type Response = ();
    type Error = DeleteAccessKeyError;
    const TARGET: &'static str = "OpenInspector.DeleteAccessKey";
    const SHAPE: &'static Shape = &shapes::DELETE_ACCESS_KEY_REQUEST;
    const RESPONSE_SHAPE: Option<&'static Shape> = None;
}

impl Request for DeletePolicyRequest {
    type Response = ();
    type Error = DeletePolicyError;
    const TARGET: &'static str = "OpenInspector.DeletePolicy";
    const SHAPE: &'static Shape = &shapes::DELETE_POLICY_REQUEST;
    const RESPONSE_SHAPE: Option<&'static Shape> = None;
}

impl Request for DeleteRoleRequest {
    type Response = ();
    type Error = DeleteRoleError;
    const TARGET: &'static str = "OpenInspector.DeleteRole";
    const SHAPE: &'static Shape = &shapes::DELETE_ROLE_REQUEST;
    const RESPONSE_SHAPE: Option<&'static Shape> = None;
}

impl Request for DeleteUserRequest {
    type Response = ();
    type Error = DeleteUserError;
    const TARGET: &'static str = "OpenInspector.DeleteUser";
    const SHAPE: &'static Shape = &shapes::DELETE_USER_REQUEST;
    const RESPONSE_SHAPE: Option<&'static Shape> = None;
}

impl Request for DescribeCoverageRequest {
    type Response = DescribeCoverageResponse;
    type Error = DescribeCoverageError;
    const TARGET: &'static str = "OpenInspector.DescribeCoverage";
    const SHAPE: &'static Shape = &shapes::DESCRIBE_COVERAGE_REQUEST;
    const RESPONSE_SHAPE: Option<&'static Shape> = Some(&shapes::DESCRIBE_COVERAGE_RESPONSE);
}

impl Request for DescribeFindingProofsRequest {
    type Response = DescribeFindingProofsResponse;
    type Error = DescribeFindingProofsError;
    const TARGET: &'static str = "OpenInspector.DescribeFindingProofs";
    const SHAPE: &'static Shape = &shapes::DESCRIBE_FINDING_PROOFS_REQUEST;
    const RESPONSE_SHAPE: Option<&'static Shape> = Some(&shapes::DESCRIBE_FINDING_PROOFS_RESPONSE);
}

impl Request for DetachPolicyRequest {
    type Response = ();
    type Error = DetachPolicyError;
    const TARGET: &'static str = "OpenInspector.DetachPolicy";
    const SHAPE: &'static Shape = &shapes::DETACH_POLICY_REQUEST;
    const RESPONSE_SHAPE: Option<&'static Shape> = None;
}

impl Request for GetServiceStatusRequest {
    type Response = GetServiceStatusResponse;
    type Error = GetServiceStatusError;
    const TARGET: &'static str = "OpenInspector.GetServiceStatus";
    const SHAPE: &'static Shape = &crate::shape::EMPTY;
    const RESPONSE_SHAPE: Option<&'static Shape> = Some(&shapes::GET_SERVICE_STATUS_RESPONSE);
}

impl Request for ImportAssessmentsRequest {
    type Response = ImportAssessmentsResponse;
    type Error = ImportAssessmentsError;
    const TARGET: &'static str = "OpenInspector.ImportAssessments";
    const MAX_BODY: usize = 64 << 20;
    const SHAPE: &'static Shape = &shapes::IMPORT_ASSESSMENTS_REQUEST;
    const RESPONSE_SHAPE: Option<&'static Shape> = Some(&shapes::IMPORT_ASSESSMENTS_RESPONSE);
}

impl Request for ImportSnapshotRequest {
    type Response = ImportSnapshotResponse;
    type Error = ImportSnapshotError;
    const TARGET: &'static str = "OpenInspector.ImportSnapshot";
    const MAX_BODY: usize = 64 << 20;
    const SHAPE: &'static Shape = &shapes::IMPORT_SNAPSHOT_REQUEST;
    const RESPONSE_SHAPE: Option<&'static Shape> = Some(&shapes::IMPORT_SNAPSHOT_RESPONSE);
}

impl Request for ListAccessKeysRequest {
    type Response = ListAccessKeysResponse;
    type Error = ListAccessKeysError;
    const TARGET: &'static str = "OpenInspector.ListAccessKeys";
    const SHAPE: &'static Shape = &shapes::LIST_ACCESS_KEYS_REQUEST;
    const RESPONSE_SHAPE: Option<&'static Shape> = Some(&shapes::LIST_ACCESS_KEYS_RESPONSE);
}

impl Request for ListAccountsRequest {
    type Response = ListAccountsResponse;
    type Error = ListAccountsError;
    const TARGET: &'static str = "OpenInspector.ListAccounts";
    const SHAPE: &'static Shape = &crate::shape::EMPTY;
    const RESPONSE_SHAPE: Option<&'static Shape> = Some(&shapes::LIST_ACCOUNTS_RESPONSE);
}

impl Request for ListAgentsRequest {
    type Response = ListAgentsResponse;
    type Error = ListAgentsError;
    const TARGET: &'static str = "OpenInspector.ListAgents";
    const SHAPE: &'static Shape = &shapes::LIST_AGENTS_REQUEST;
    const RESPONSE_SHAPE: Option<&'static Shape> = Some(&shapes::LIST_AGENTS_RESPONSE);
}

impl Request for ListPoliciesRequest {
    type Response = ListPoliciesResponse;
    type Error = ListPoliciesError;
    const TARGET: &'static str = "OpenInspector.ListPolicies";
    const SHAPE: &'static Shape = &crate::shape::EMPTY;
    const RESPONSE_SHAPE: Option<&'static Shape> = Some(&shapes::LIST_POLICIES_RESPONSE);
}

impl Request for ListRolesRequest {
    type Response = ListRolesResponse;
    type Error = ListRolesError;
    const TARGET: &'static str = "OpenInspector.ListRoles";
    const SHAPE: &'static Shape = &crate::shape::EMPTY;
    const RESPONSE_SHAPE: Option<&'static Shape> = Some(&shapes::LIST_ROLES_RESPONSE);
}

impl Request for ListUsersRequest {
    type Response = ListUsersResponse;
    type Error = ListUsersError;
    const TARGET: &'static str = "OpenInspector.ListUsers";
    const SHAPE: &'static Shape = &crate::shape::EMPTY;
    const RESPONSE_SHAPE: Option<&'static Shape> = Some(&shapes::LIST_USERS_RESPONSE);
}

impl Request for PutPolicyRequest {
    type Response = PutPolicyResponse;
    type Error = PutPolicyError;
    const TARGET: &'static str = "OpenInspector.PutPolicy";
    const SHAPE: &'static Shape = &shapes::PUT_POLICY_REQUEST;
    const RESPONSE_SHAPE: Option<&'static Shape> = Some(&shapes::PUT_POLICY_RESPONSE);
}

impl Request for RevokeAgentRequest {
    type Response = ();
    type Error = RevokeAgentError;
    const TARGET: &'static str = "OpenInspector.RevokeAgent";
    const SHAPE: &'static Shape = &shapes::REVOKE_AGENT_REQUEST;
    const RESPONSE_SHAPE: Option<&'static Shape> = None;
}

impl Request for UpdateAccessKeyRequest {
    type Response = ();
    type Error = UpdateAccessKeyError;
    const TARGET: &'static str = "OpenInspector.UpdateAccessKey";
    const SHAPE: &'static Shape = &shapes::UPDATE_ACCESS_KEY_REQUEST;
    const RESPONSE_SHAPE: Option<&'static Shape> = None;
}

impl Operation {
    /// The largest body of a request, in bytes.
    pub const fn max_body(self) -> usize {
        match self {
            Self::AttachPolicy => AttachPolicyRequest::MAX_BODY,
            Self::CreateAccessKey => CreateAccessKeyRequest::MAX_BODY,
            Self::CreateAccount => CreateAccountRequest::MAX_BODY,
            Self::CreateEnrollmentToken => CreateEnrollmentTokenRequest::MAX_BODY,
            Self::CreateRole => CreateRoleRequest::MAX_BODY,
            Self::CreateSession => CreateSessionRequest::MAX_BODY,
            Self::CreateUser => CreateUserRequest::MAX_BODY,
            Self::DeleteAccessKey => DeleteAccessKeyRequest::MAX_BODY,
            Self::DeletePolicy => DeletePolicyRequest::MAX_BODY,
            Self::DeleteRole => DeleteRoleRequest::MAX_BODY,
            Self::DeleteUser => DeleteUserRequest::MAX_BODY,
            Self::DescribeCoverage => DescribeCoverageRequest::MAX_BODY,
            Self::DescribeFindingProofs => DescribeFindingProofsRequest::MAX_BODY,
            Self::DetachPolicy => DetachPolicyRequest::MAX_BODY,
            Self::GetServiceStatus => GetServiceStatusRequest::MAX_BODY,
            Self::ImportAssessments => ImportAssessmentsRequest::MAX_BODY,
            Self::ImportSnapshot => ImportSnapshotRequest::MAX_BODY,
            Self::ListAccessKeys => ListAccessKeysRequest::MAX_BODY,
            Self::ListAccounts => ListAccountsRequest::MAX_BODY,
            Self::ListAgents => ListAgentsRequest::MAX_BODY,
            Self::ListPolicies => ListPoliciesRequest::MAX_BODY,
            Self::ListRoles => ListRolesRequest::MAX_BODY,
            Self::ListUsers => ListUsersRequest::MAX_BODY,
            Self::PutPolicy => PutPolicyRequest::MAX_BODY,
            Self::RevokeAgent => RevokeAgentRequest::MAX_BODY,
            Self::UpdateAccessKey => UpdateAccessKeyRequest::MAX_BODY,
        }
    }
}

/// Shows every operation's types to `visitor`, in the order of the model.
pub fn visit_requests(visitor: &mut impl Visitor) {
    visitor.visit::<AttachPolicyRequest>();
    visitor.visit::<CreateAccessKeyRequest>();
    visitor.visit::<CreateAccountRequest>();
    visitor.visit::<CreateEnrollmentTokenRequest>();
    visitor.visit::<CreateRoleRequest>();
    visitor.visit::<CreateSessionRequest>();
    visitor.visit::<CreateUserRequest>();
    visitor.visit::<DeleteAccessKeyRequest>();
    visitor.visit::<DeletePolicyRequest>();
    visitor.visit::<DeleteRoleRequest>();
    visitor.visit::<DeleteUserRequest>();
    visitor.visit::<DescribeCoverageRequest>();
    visitor.visit::<DescribeFindingProofsRequest>();
    visitor.visit::<DetachPolicyRequest>();
    visitor.visit::<GetServiceStatusRequest>();
    visitor.visit::<ImportAssessmentsRequest>();
    visitor.visit::<ImportSnapshotRequest>();
    visitor.visit::<ListAccessKeysRequest>();
    visitor.visit::<ListAccountsRequest>();
    visitor.visit::<ListAgentsRequest>();
    visitor.visit::<ListPoliciesRequest>();
    visitor.visit::<ListRolesRequest>();
    visitor.visit::<ListUsersRequest>();
    visitor.visit::<PutPolicyRequest>();
    visitor.visit::<RevokeAgentRequest>();
    visitor.visit::<UpdateAccessKeyRequest>();
}
