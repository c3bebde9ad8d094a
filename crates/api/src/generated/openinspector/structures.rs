//! What goes in, what comes out, and what they are made of.
// Written by `cargo xtask generate` from the service model. Do not edit.

use std::collections::BTreeMap;

use inspector_model::Timestamp;
use serde::{Deserialize, Serialize};

use super::*;
use crate::Sensitive;

/// One lasting access key, without its secret.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AccessKey {
    /// `AccessKeyId`: 16 to 128 characters.
    pub access_key_id: String,
    /// Whose it is; absent for keys of the root user. `PrincipalName`: 1 to 64 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_name: Option<String>,
    /// Whether it works. Yes or no.
    pub active: bool,
    /// Seconds since the epoch on the wire.
    #[serde(with = "crate::epoch")]
    pub created_at: Timestamp,
    /// When it signed a request last, to within five minutes; absent for never. Seconds since the epoch on the wire.
    #[serde(with = "crate::epoch::option", default, skip_serializing_if = "Option::is_none")]
    pub last_used_at: Option<Timestamp>,
    /// The Region that it signed for then. `RegionName`: 1 to 64 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_used_region: Option<String>,
}

/// One account.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Account {
    /// `AccountId`: 12 characters.
    pub account_id: String,
    /// Whether its callers may make other accounts. Yes or no.
    pub operator: bool,
    /// Seconds since the epoch on the wire.
    #[serde(with = "crate::epoch")]
    pub created_at: Timestamp,
}

/// Input of AttachPolicy.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AttachPolicyRequest {
    /// The user; or name a role. `PrincipalName`: 1 to 64 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_name: Option<String>,
    /// The role; or name a user. `PrincipalName`: 1 to 64 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role_name: Option<String>,
    /// `Arn`: 1 to 300 characters.
    pub policy_arn: String,
}

/// What one rules package looked at. The sum of the counts is the number of pairs of rule and instance that were asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CoverageCounts {
    /// `Arn`: 1 to 300 characters.
    pub rules_package_arn: String,
    /// The short name of the rules package, for example `cve`. `RulesPackageKey`: 1 to 64 characters.
    pub rules_package: String,
    /// Looked, and right. `Count`: whole number at least 0.
    pub pass: i64,
    /// Looked, and wrong. `Count`: whole number at least 0.
    pub fail: i64,
    /// Does not concern the instance. `Count`: whole number at least 0.
    pub not_applicable: i64,
    /// Could not tell. `Count`: whole number at least 0.
    pub not_assessed: i64,
}

/// Input of CreateAccessKey.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CreateAccessKeyRequest {
    /// `PrincipalName`: 1 to 64 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_name: Option<String>,
}

/// Output of CreateAccessKey.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CreateAccessKeyResponse {
    /// `AccessKeyId`: 16 to 128 characters.
    pub access_key_id: String,
    /// The secret; it is shown this once. `SecretAccessKey`: 1 to 128 characters.
    pub secret_access_key: Sensitive,
}

/// Input of CreateAccount.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CreateAccountRequest {
    /// `AccountId`: 12 characters.
    pub account_id: String,
}

/// Output of CreateAccount.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CreateAccountResponse {
    /// `AccessKeyId`: 16 to 128 characters.
    pub access_key_id: String,
    /// The secret; it is shown this once. `SecretAccessKey`: 1 to 128 characters.
    pub secret_access_key: Sensitive,
}

/// Input of CreateEnrollmentToken.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CreateEnrollmentTokenRequest {
    /// Tags of the host, by which a resource group selects it. They win over tags that the agent names itself. List of at most 50 `Tag`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<Tag>>,
    /// Seconds until the token expires; one hour unless given. `TokenLifetime`: whole number 60 to 2592000.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_seconds: Option<i32>,
    /// The only agent that may use the token. It may then replace an agent of the id that is alive. `AgentId`: 1 to 128 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agent_id: Option<String>,
    /// How many agents may use the token; one unless given. `TokenUses`: whole number 1 to 10000.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uses: Option<i32>,
}

/// Output of CreateEnrollmentToken.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CreateEnrollmentTokenResponse {
    /// The token; it is shown this once. `EnrollmentToken`: 1 to 512 characters.
    pub token: Sensitive,
    /// SHA-256 of the certificate authority that signs the agent listener's certificate, in hexadecimal. `CaFingerprint`: 64 characters.
    pub ca_fingerprint: String,
    /// When the token stops being valid. Seconds since the epoch on the wire.
    #[serde(with = "crate::epoch")]
    pub expires_at: Timestamp,
    /// Where agents connect. `Url`: 1 to 2048 characters.
    pub agent_listen: String,
    /// What a host runs, beside a file `token`, to install the agent and enrol: the script is checked by digest and pins the service's certificate authority. `InstallCommand`: 1 to 4096 characters.
    pub install_command: String,
}

/// Input of CreateRole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CreateRoleRequest {
    /// `PrincipalName`: 1 to 64 characters.
    pub role_name: String,
    /// `PolicyDocument`: 2 to 131072 characters.
    pub trust_policy: String,
    /// `SessionSeconds`: whole number 900 to 43200.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_session_seconds: Option<i32>,
    /// List of at most 50 `Tag`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<Tag>>,
}

/// Output of CreateRole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CreateRoleResponse {
    /// `Arn`: 1 to 300 characters.
    pub arn: String,
}

/// Output of CreateSession.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CreateSessionResponse {
    /// `AccessKeyId`: 16 to 128 characters.
    pub access_key_id: String,
    /// `SecretAccessKey`: 1 to 128 characters.
    pub secret_access_key: Sensitive,
    /// `SessionToken`: 1 to 2048 characters.
    pub session_token: Sensitive,
    /// Seconds since the epoch on the wire.
    #[serde(with = "crate::epoch")]
    pub expires_at: Timestamp,
}

/// Input of CreateUser.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CreateUserRequest {
    /// `PrincipalName`: 1 to 64 characters.
    pub user_name: String,
    /// List of at most 50 `Tag`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<Tag>>,
}

/// Output of CreateUser.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CreateUserResponse {
    /// `Arn`: 1 to 300 characters.
    pub arn: String,
}

/// Input of DeleteAccessKey.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DeleteAccessKeyRequest {
    /// `AccessKeyId`: 16 to 128 characters.
    pub access_key_id: String,
}

/// Input of DeletePolicy.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DeletePolicyRequest {
    /// `PolicyName`: 1 to 128 characters.
    pub policy_name: String,
}

/// Input of DeleteRole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DeleteRoleRequest {
    /// `PrincipalName`: 1 to 64 characters.
    pub role_name: String,
}

/// Input of DeleteUser.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DeleteUserRequest {
    /// `PrincipalName`: 1 to 64 characters.
    pub user_name: String,
}

/// Input of DescribeCoverage.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DescribeCoverageRequest {
    /// `Arn`: 1 to 300 characters.
    pub assessment_run_arn: String,
}

/// Output of DescribeCoverage.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DescribeCoverageResponse {
    /// List of `CoverageCounts`.
    pub coverage: Vec<CoverageCounts>,
}

/// Input of DescribeFindingProofs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DescribeFindingProofsRequest {
    /// List of 1 to 10 `Arn`.
    pub finding_arns: Vec<String>,
}

/// Output of DescribeFindingProofs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DescribeFindingProofsResponse {
    /// List of at most 10 `FindingProof`.
    pub proofs: Vec<FindingProof>,
    /// Why some findings have no proof here, by ARN. Map of entries by `Arn`.
    pub failed_items: BTreeMap<String, FailedItemDetails>,
}

/// Input of DetachPolicy.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DetachPolicyRequest {
    /// The user; or name a role. `PrincipalName`: 1 to 64 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_name: Option<String>,
    /// The role; or name a user. `PrincipalName`: 1 to 64 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role_name: Option<String>,
    /// `Arn`: 1 to 300 characters.
    pub policy_arn: String,
}

/// One document of an import.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Document {
    /// Its path inside what is imported; in a snapshot, folder names tell account and Region. `DocumentPath`: 1 to 1024 characters.
    pub path: String,
    /// An answer of AWS in the JSON of AWS CLI. Text.
    pub content: String,
}

/// One agent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EnrolledAgent {
    /// `AgentId`: 1 to 128 characters.
    pub agent_id: String,
    /// `Hostname`: 0 to 256 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hostname: Option<String>,
    /// [`AgentHealth`].
    pub agent_health: AgentHealth,
    /// `AgentVersion`: 1 to 128 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agent_version: Option<String>,
    /// `OperatingSystem`: 1 to 256 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub operating_system: Option<String>,
    /// `KernelVersion`: 1 to 128 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kernel_version: Option<String>,
    /// List of at most 50 `Tag`.
    pub tags: Vec<Tag>,
    /// Seconds since the epoch on the wire.
    #[serde(with = "crate::epoch")]
    pub enrolled_at: Timestamp,
    /// When it last checked in; absent until it has. Seconds since the epoch on the wire.
    #[serde(with = "crate::epoch::option", default, skip_serializing_if = "Option::is_none")]
    pub last_seen_at: Option<Timestamp>,
    /// When its client certificate stops being valid. Seconds since the epoch on the wire.
    #[serde(with = "crate::epoch")]
    pub certificate_expires_at: Timestamp,
    /// A stable word for what is wrong with it; absent when nothing is. `HealthText`: 1 to 600 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub health_code: Option<String>,
    /// What is wrong with it. `HealthText`: 1 to 600 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub health_reason: Option<String>,
    /// What to do about it. `HealthText`: 1 to 600 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_step: Option<String>,
}

/// Why one item of a request failed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FailedItemDetails {
    /// [`FailedItemErrorCode`].
    pub failure_code: FailedItemErrorCode,
    /// Yes or no.
    pub retryable: bool,
}

/// One body of advisories or other content.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Feed {
    /// For example `debian`. `FeedId`: 1 to 128 characters.
    pub id: String,
    /// The date that the content itself carries; absent where it carries none. Seconds since the epoch on the wire.
    #[serde(with = "crate::epoch::option", default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Timestamp>,
    /// `Count`: whole number at least 0.
    pub records: i64,
}

/// A document of a feed that could not be brought up to date when it was last tried; the one before stays in use.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FeedFailure {
    /// What was fetched, or `feeds` where none of them could be. `FeedAddress`: 1 to 2048 characters.
    pub address: String,
    /// When it was tried. Seconds since the epoch on the wire.
    #[serde(with = "crate::epoch")]
    pub failed_at: Timestamp,
    /// Why it failed. `FeedFailureReason`: 0 to 4096 characters.
    pub reason: String,
}

/// The proof of one finding.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FindingProof {
    /// `Arn`: 1 to 300 characters.
    pub finding_arn: String,
    /// The identity of the finding across runs. `Fingerprint`: 1 to 128 characters.
    pub fingerprint: String,
    /// A JSON object; its `kind` is `network`, `packages` or `settings`. `ProofDocument`: at least 2 characters.
    pub proof: String,
}

/// Output of GetServiceStatus.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GetServiceStatusResponse {
    /// `ServiceVersion`: 1 to 128 characters.
    pub version: String,
    /// List of `Feed`.
    pub feeds: Vec<Feed>,
    /// List of `FeedFailure`.
    pub feed_failures: Vec<FeedFailure>,
    /// List of `Snapshot`.
    pub snapshots: Vec<Snapshot>,
}

/// Input of ImportAssessments.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ImportAssessmentsRequest {
    /// List of 1 to 10000 `Document`.
    pub documents: Vec<Document>,
}

/// Output of ImportAssessments.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ImportAssessmentsResponse {
    /// How many resource groups are new. `Count`: whole number at least 0.
    pub resource_group_count: i64,
    /// How many targets are new. `Count`: whole number at least 0.
    pub assessment_target_count: i64,
    /// How many templates are new. `Count`: whole number at least 0.
    pub assessment_template_count: i64,
    /// How many runs are new. `Count`: whole number at least 0.
    pub assessment_run_count: i64,
    /// How many findings are new. `Count`: whole number at least 0.
    pub finding_count: i64,
    /// What could not be imported; everything else was. List of `Problem`.
    pub problems: Vec<Problem>,
}

/// Input of ImportSnapshot.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ImportSnapshotRequest {
    /// `SnapshotName`: 1 to 140 characters.
    pub name: String,
    /// List of 1 to 10000 `Document`.
    pub documents: Vec<Document>,
}

/// Output of ImportSnapshot.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ImportSnapshotResponse {
    /// How many instances the snapshot describes. `Count`: whole number at least 0.
    pub instance_count: i64,
    /// What could not be read; everything else was. List of `Problem`.
    pub problems: Vec<Problem>,
}

/// Input of ListAccessKeys.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ListAccessKeysRequest {
    /// `PrincipalName`: 1 to 64 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_name: Option<String>,
}

/// Output of ListAccessKeys.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ListAccessKeysResponse {
    /// List of at most 5000 `AccessKey`.
    pub access_keys: Vec<AccessKey>,
}

/// Output of ListAccounts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ListAccountsResponse {
    /// List of at most 5000 `Account`.
    pub accounts: Vec<Account>,
}

/// Input of ListAgents.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ListAgentsRequest {
    /// `PaginationToken`: 1 to 300 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
    /// At most so many agents in the answer; 100 unless given. `MaxResults`: whole number 1 to 100.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_results: Option<i32>,
}

/// Output of ListAgents.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ListAgentsResponse {
    /// List of at most 100 `EnrolledAgent`.
    pub agents: Vec<EnrolledAgent>,
    /// `PaginationToken`: 1 to 300 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

/// Output of ListPolicies.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ListPoliciesResponse {
    /// List of at most 5000 `Policy`.
    pub policies: Vec<Policy>,
}

/// Output of ListRoles.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ListRolesResponse {
    /// List of at most 5000 `Role`.
    pub roles: Vec<Role>,
}

/// Output of ListUsers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ListUsersResponse {
    /// List of at most 5000 `User`.
    pub users: Vec<User>,
}

/// One policy.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Policy {
    /// `Arn`: 1 to 300 characters.
    pub policy_arn: String,
    /// `PolicyDocument`: 2 to 131072 characters.
    pub policy_document: String,
    /// When it was written; absent for policies that are there from the start. Seconds since the epoch on the wire.
    #[serde(with = "crate::epoch::option", default, skip_serializing_if = "Option::is_none")]
    pub updated_at: Option<Timestamp>,
}

/// Something in a snapshot that could not be read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Problem {
    /// `DocumentPath`: 1 to 1024 characters.
    pub path: String,
    /// `ErrorMessage`: 0 to 1000 characters.
    pub message: String,
}

/// Input of PutPolicy.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PutPolicyRequest {
    /// `PolicyName`: 1 to 128 characters.
    pub policy_name: String,
    /// `PolicyDocument`: 2 to 131072 characters.
    pub policy_document: String,
}

/// Output of PutPolicy.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PutPolicyResponse {
    /// `Arn`: 1 to 300 characters.
    pub policy_arn: String,
}

/// Input of RevokeAgent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RevokeAgentRequest {
    /// `AgentId`: 1 to 128 characters.
    pub agent_id: String,
    /// Why, for those who read the agent's health later. `HealthText`: 1 to 600 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// One role.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Role {
    /// `PrincipalName`: 1 to 64 characters.
    pub role_name: String,
    /// `Arn`: 1 to 300 characters.
    pub arn: String,
    /// Seconds since the epoch on the wire.
    #[serde(with = "crate::epoch")]
    pub created_at: Timestamp,
    /// The policies attached to it. List of at most 20 `Arn`.
    pub policy_arns: Vec<String>,
    /// Says who may take the role on. `PolicyDocument`: 2 to 131072 characters.
    pub trust_policy: String,
    /// `SessionSeconds`: whole number 900 to 43200.
    pub max_session_seconds: i32,
    /// List of at most 50 `Tag`.
    pub tags: Vec<Tag>,
}

/// One imported network snapshot.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Snapshot {
    /// `SnapshotName`: 1 to 140 characters.
    pub name: String,
    /// `Count`: whole number at least 0.
    pub instance_count: i64,
    /// Seconds since the epoch on the wire.
    #[serde(with = "crate::epoch")]
    pub imported_at: Timestamp,
}

/// A tag of a host.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Tag {
    /// `TagKey`: 1 to 128 characters.
    pub key: String,
    /// `TagValue`: 0 to 256 characters.
    pub value: String,
}

/// Input of UpdateAccessKey.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UpdateAccessKeyRequest {
    /// `AccessKeyId`: 16 to 128 characters.
    pub access_key_id: String,
    /// Yes or no.
    pub active: bool,
}

/// One user.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct User {
    /// `PrincipalName`: 1 to 64 characters.
    pub user_name: String,
    /// `Arn`: 1 to 300 characters.
    pub arn: String,
    /// Seconds since the epoch on the wire.
    #[serde(with = "crate::epoch")]
    pub created_at: Timestamp,
    /// The policies attached to it. List of at most 20 `Arn`.
    pub policy_arns: Vec<String>,
    /// List of at most 50 `Tag`.
    pub tags: Vec<Tag>,
}

/// `CreateSession` takes no members.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct CreateSessionRequest {}

/// `GetServiceStatus` takes no members.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct GetServiceStatusRequest {}

/// `ListAccounts` takes no members.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ListAccountsRequest {}

/// `ListPolicies` takes no members.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ListPoliciesRequest {}

/// `ListRoles` takes no members.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ListRolesRequest {}

/// `ListUsers` takes no members.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ListUsersRequest {}
