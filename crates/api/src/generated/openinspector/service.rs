//! The operations as the server implements them.
// Written by `cargo xtask generate` from the service model. Do not edit.

use super::*;
use crate::caller::Caller;
use crate::codec;
use crate::error::Failure;

/// The operations of `OpenInspector`, without those that `conformance/known-gaps.toml` lists.
pub trait OpenInspector: Send + Sync {
    /// Attaches a policy to a user or a role.
    fn attach_policy(
        &self,
        caller: &Caller,
        input: AttachPolicyRequest,
    ) -> impl Future<Output = Result<(), AttachPolicyError>> + Send;

    /// Makes an access key of a user, of the caller unless one is named. A user has two at most.
    fn create_access_key(
        &self,
        caller: &Caller,
        input: CreateAccessKeyRequest,
    ) -> impl Future<Output = Result<CreateAccessKeyResponse, CreateAccessKeyError>> + Send;

    /// Makes an account, with a key of its root user. Only callers of the operator's account may.
    fn create_account(
        &self,
        caller: &Caller,
        input: CreateAccountRequest,
    ) -> impl Future<Output = Result<CreateAccountResponse, CreateAccountError>> + Send;

    /// Makes a one-use token with which one agent may enrol.
    fn create_enrollment_token(
        &self,
        caller: &Caller,
        input: CreateEnrollmentTokenRequest,
    ) -> impl Future<Output = Result<CreateEnrollmentTokenResponse, CreateEnrollmentTokenError>> + Send;

    /// Makes a role, which `sts:AssumeRole` gives to those whom its trust policy names.
    fn create_role(
        &self,
        caller: &Caller,
        input: CreateRoleRequest,
    ) -> impl Future<Output = Result<CreateRoleResponse, CreateRoleError>> + Send;

    /// Mints temporary keys of the caller, valid for one hour, so that a browser signs its requests like any other client.
    fn create_session(
        &self,
        caller: &Caller,
        input: CreateSessionRequest,
    ) -> impl Future<Output = Result<CreateSessionResponse, CreateSessionError>> + Send;

    /// Makes a user, who may nothing until a policy is attached.
    fn create_user(
        &self,
        caller: &Caller,
        input: CreateUserRequest,
    ) -> impl Future<Output = Result<CreateUserResponse, CreateUserError>> + Send;

    /// Takes an access key away.
    fn delete_access_key(
        &self,
        caller: &Caller,
        input: DeleteAccessKeyRequest,
    ) -> impl Future<Output = Result<(), DeleteAccessKeyError>> + Send;

    /// Takes a policy away, also from those whom it is attached to.
    fn delete_policy(
        &self,
        caller: &Caller,
        input: DeletePolicyRequest,
    ) -> impl Future<Output = Result<(), DeletePolicyError>> + Send;

    /// Takes a role away; its sessions may nothing from then on.
    fn delete_role(
        &self,
        caller: &Caller,
        input: DeleteRoleRequest,
    ) -> impl Future<Output = Result<(), DeleteRoleError>> + Send;

    /// Takes a user away with its keys and attachments.
    fn delete_user(
        &self,
        caller: &Caller,
        input: DeleteUserRequest,
    ) -> impl Future<Output = Result<(), DeleteUserError>> + Send;

    /// Counts what an assessment run looked at, rules package by rules package.
    fn describe_coverage(
        &self,
        caller: &Caller,
        input: DescribeCoverageRequest,
    ) -> impl Future<Output = Result<DescribeCoverageResponse, DescribeCoverageError>> + Send;

    /// Shows what made each finding true, in a form that can be checked again from stored evidence.
    fn describe_finding_proofs(
        &self,
        caller: &Caller,
        input: DescribeFindingProofsRequest,
    ) -> impl Future<Output = Result<DescribeFindingProofsResponse, DescribeFindingProofsError>> + Send;

    /// Detaches a policy from a user or a role.
    fn detach_policy(
        &self,
        caller: &Caller,
        input: DetachPolicyRequest,
    ) -> impl Future<Output = Result<(), DetachPolicyError>> + Send;

    /// Tells which version runs, which content and snapshots it holds, and which feeds could not be brought up to date.
    fn get_service_status(
        &self,
        caller: &Caller,
        input: GetServiceStatusRequest,
    ) -> impl Future<Output = Result<GetServiceStatusResponse, GetServiceStatusError>> + Send;

    /// Loads what the original service told: the documents hold answers of its Describe operations for resource groups, targets, templates, runs and findings. ARNs and times stay; what is there already stays as it is. Everything must be of the caller's account and of the signature's Region.
    fn import_assessments(
        &self,
        caller: &Caller,
        input: ImportAssessmentsRequest,
    ) -> impl Future<Output = Result<ImportAssessmentsResponse, ImportAssessmentsError>> + Send;

    /// Loads the documents of a network snapshot. The owner ids in them decide the account, the signature's Region the Region. A snapshot of the same name is replaced as a whole.
    fn import_snapshot(
        &self,
        caller: &Caller,
        input: ImportSnapshotRequest,
    ) -> impl Future<Output = Result<ImportSnapshotResponse, ImportSnapshotError>> + Send;

    /// Lists the access keys of the account, or of one user, with their last use.
    fn list_access_keys(
        &self,
        caller: &Caller,
        input: ListAccessKeysRequest,
    ) -> impl Future<Output = Result<ListAccessKeysResponse, ListAccessKeysError>> + Send;

    /// Lists the accounts. Callers of an account that is not the operator's see their own.
    fn list_accounts(
        &self,
        caller: &Caller,
        input: ListAccountsRequest,
    ) -> impl Future<Output = Result<ListAccountsResponse, ListAccountsError>> + Send;

    /// Lists the agents that have enrolled.
    fn list_agents(
        &self,
        caller: &Caller,
        input: ListAgentsRequest,
    ) -> impl Future<Output = Result<ListAgentsResponse, ListAgentsError>> + Send;

    /// Lists the policies of the account and those that are there from the start.
    fn list_policies(
        &self,
        caller: &Caller,
        input: ListPoliciesRequest,
    ) -> impl Future<Output = Result<ListPoliciesResponse, ListPoliciesError>> + Send;

    /// Lists the roles of the account.
    fn list_roles(
        &self,
        caller: &Caller,
        input: ListRolesRequest,
    ) -> impl Future<Output = Result<ListRolesResponse, ListRolesError>> + Send;

    /// Lists the users of the account.
    fn list_users(
        &self,
        caller: &Caller,
        input: ListUsersRequest,
    ) -> impl Future<Output = Result<ListUsersResponse, ListUsersError>> + Send;

    /// Writes a policy of the account, over one of the same name if there is one.
    fn put_policy(
        &self,
        caller: &Caller,
        input: PutPolicyRequest,
    ) -> impl Future<Output = Result<PutPolicyResponse, PutPolicyError>> + Send;

    /// Listens to an agent no more, until it enrols again.
    fn revoke_agent(
        &self,
        caller: &Caller,
        input: RevokeAgentRequest,
    ) -> impl Future<Output = Result<(), RevokeAgentError>> + Send;

    /// Lets an access key work, or no longer.
    fn update_access_key(
        &self,
        caller: &Caller,
        input: UpdateAccessKeyRequest,
    ) -> impl Future<Output = Result<(), UpdateAccessKeyError>> + Send;
}

/// Decodes the input of `operation`, runs it, encodes what it answers.
pub async fn dispatch<S: OpenInspector>(
    service: &S,
    caller: &Caller,
    operation: Operation,
    body: &[u8],
) -> Result<Vec<u8>, Failure> {
    match operation {
        Operation::AttachPolicy => codec::reply(service.attach_policy(caller, codec::decode(body)?).await),
        Operation::CreateAccessKey => codec::reply(service.create_access_key(caller, codec::decode(body)?).await),
        Operation::CreateAccount => codec::reply(service.create_account(caller, codec::decode(body)?).await),
        Operation::CreateEnrollmentToken => {
            codec::reply(service.create_enrollment_token(caller, codec::decode(body)?).await)
        }
        Operation::CreateRole => codec::reply(service.create_role(caller, codec::decode(body)?).await),
        Operation::CreateSession => codec::reply(service.create_session(caller, codec::decode(body)?).await),
        Operation::CreateUser => codec::reply(service.create_user(caller, codec::decode(body)?).await),
        Operation::DeleteAccessKey => codec::reply(service.delete_access_key(caller, codec::decode(body)?).await),
        Operation::DeletePolicy => codec::reply(service.delete_policy(caller, codec::decode(body)?).await),
        Operation::DeleteRole => codec::reply(service.delete_role(caller, codec::decode(body)?).await),
        Operation::DeleteUser => codec::reply(service.delete_user(caller, codec::decode(body)?).await),
        Operation::DescribeCoverage => codec::reply(service.describe_coverage(caller, codec::decode(body)?).await),
        Operation::DescribeFindingProofs => {
            codec::reply(service.describe_finding_proofs(caller, codec::decode(body)?).await)
        }
        Operation::DetachPolicy => codec::reply(service.detach_policy(caller, codec::decode(body)?).await),
        Operation::GetServiceStatus => codec::reply(service.get_service_status(caller, codec::decode(body)?).await),
        Operation::ImportAssessments => codec::reply(service.import_assessments(caller, codec::decode(body)?).await),
        Operation::ImportSnapshot => codec::reply(service.import_snapshot(caller, codec::decode(body)?).await),
        Operation::ListAccessKeys => codec::reply(service.list_access_keys(caller, codec::decode(body)?).await),
        Operation::ListAccounts => codec::reply(service.list_accounts(caller, codec::decode(body)?).await),
        Operation::ListAgents => codec::reply(service.list_agents(caller, codec::decode(body)?).await),
        Operation::ListPolicies => codec::reply(service.list_policies(caller, codec::decode(body)?).await),
        Operation::ListRoles => codec::reply(service.list_roles(caller, codec::decode(body)?).await),
        Operation::ListUsers => codec::reply(service.list_users(caller, codec::decode(body)?).await),
        Operation::PutPolicy => codec::reply(service.put_policy(caller, codec::decode(body)?).await),
        Operation::RevokeAgent => codec::reply(service.revoke_agent(caller, codec::decode(body)?).await),
        Operation::UpdateAccessKey => codec::reply(service.update_access_key(caller, codec::decode(body)?).await),
    }
}
