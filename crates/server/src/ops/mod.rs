//! The operations, one file each: check, act in one transaction, convert.
//!
//! The compiler asks for every operation that the generated traits list.

mod convert;
mod entity;
mod foreign_arn;
pub(crate) mod identity;
mod instances;
mod paging;
mod quota;
mod user_attributes;

mod add_attributes_to_findings;
mod attach_policy;
mod create_access_key;
mod create_account;
mod create_assessment_target;
mod create_assessment_template;
mod create_enrollment_token;
mod create_exclusions_preview;
mod create_resource_group;
mod create_role;
mod create_session;
mod create_user;
mod delete_access_key;
mod delete_assessment_run;
mod delete_assessment_target;
mod delete_assessment_template;
mod delete_policy;
mod delete_role;
mod delete_user;
mod describe_assessment_runs;
mod describe_assessment_targets;
mod describe_assessment_templates;
mod describe_coverage;
mod describe_cross_account_access_role;
mod describe_exclusions;
mod describe_finding_proofs;
mod describe_findings;
mod describe_resource_groups;
mod describe_rules_packages;
mod detach_policy;
mod get_assessment_report;
mod get_exclusions_preview;
mod get_service_status;
mod get_telemetry_metadata;
mod import_assessments;
mod import_snapshot;
mod list_access_keys;
mod list_accounts;
mod list_agents;
mod list_assessment_run_agents;
mod list_assessment_runs;
mod list_assessment_targets;
mod list_assessment_templates;
mod list_event_subscriptions;
mod list_exclusions;
mod list_findings;
mod list_policies;
mod list_roles;
mod list_rules_packages;
mod list_tags_for_resource;
mod list_users;
mod preview_agents;
mod put_policy;
mod register_cross_account_access_role;
mod remove_attributes_from_findings;
mod revoke_agent;
mod set_tags_for_resource;
mod start_assessment_run;
mod stop_assessment_run;
mod subscribe_to_event;
mod unsubscribe_from_event;
mod update_access_key;
mod update_assessment_target;

use inspector_api::caller::Caller;
use inspector_api::inspector::{self as classic, AssessmentRunInProgressException, Inspector};
use inspector_api::openinspector::{self as own, OpenInspector};
use inspector_model::arn::RunArn;
use inspector_store::StoreError;

use crate::Service;

/// Refused, because these runs are in progress.
fn in_progress(runs: &[RunArn]) -> AssessmentRunInProgressException {
    let names = runs.iter().map(ToString::to_string).collect();
    AssessmentRunInProgressException::new("assessment runs are in progress; stop them or wait for their end", names)
}

/// A fault of the store, told to nobody but the log.
fn own_internal(error: StoreError) -> own::InternalException {
    own_fault(&error)
}

/// Any fault of ours, told to nobody but the log.
fn own_fault(error: &dyn std::fmt::Display) -> own::InternalException {
    own::InternalException::new(convert::fault(error).message)
}

/// Implements a generated trait: each operation is the `run` of the module of its name.
macro_rules! operations {
    ($trait:ident, $api:ident: $($operation:ident($input:ident) -> $output:ty, $error:ident;)+) => {
        impl $trait for Service {
            $(async fn $operation(&self, caller: &Caller, input: $api::$input) -> Result<$output, $api::$error> {
                $operation::run(self, caller, input).await
            })+
        }
    };
}

#[rustfmt::skip]
operations! { Inspector, classic:
    add_attributes_to_findings(AddAttributesToFindingsRequest) -> classic::AddAttributesToFindingsResponse, AddAttributesToFindingsError;
    create_assessment_target(CreateAssessmentTargetRequest) -> classic::CreateAssessmentTargetResponse, CreateAssessmentTargetError;
    create_assessment_template(CreateAssessmentTemplateRequest) -> classic::CreateAssessmentTemplateResponse, CreateAssessmentTemplateError;
    create_exclusions_preview(CreateExclusionsPreviewRequest) -> classic::CreateExclusionsPreviewResponse, CreateExclusionsPreviewError;
    create_resource_group(CreateResourceGroupRequest) -> classic::CreateResourceGroupResponse, CreateResourceGroupError;
    delete_assessment_run(DeleteAssessmentRunRequest) -> (), DeleteAssessmentRunError;
    delete_assessment_target(DeleteAssessmentTargetRequest) -> (), DeleteAssessmentTargetError;
    delete_assessment_template(DeleteAssessmentTemplateRequest) -> (), DeleteAssessmentTemplateError;
    describe_assessment_runs(DescribeAssessmentRunsRequest) -> classic::DescribeAssessmentRunsResponse, DescribeAssessmentRunsError;
    describe_assessment_targets(DescribeAssessmentTargetsRequest) -> classic::DescribeAssessmentTargetsResponse, DescribeAssessmentTargetsError;
    describe_assessment_templates(DescribeAssessmentTemplatesRequest) -> classic::DescribeAssessmentTemplatesResponse, DescribeAssessmentTemplatesError;
    describe_cross_account_access_role(DescribeCrossAccountAccessRoleRequest) -> classic::DescribeCrossAccountAccessRoleResponse, DescribeCrossAccountAccessRoleError;
    describe_exclusions(DescribeExclusionsRequest) -> classic::DescribeExclusionsResponse, DescribeExclusionsError;
    describe_findings(DescribeFindingsRequest) -> classic::DescribeFindingsResponse, DescribeFindingsError;
    describe_resource_groups(DescribeResourceGroupsRequest) -> classic::DescribeResourceGroupsResponse, DescribeResourceGroupsError;
    describe_rules_packages(DescribeRulesPackagesRequest) -> classic::DescribeRulesPackagesResponse, DescribeRulesPackagesError;
    get_assessment_report(GetAssessmentReportRequest) -> classic::GetAssessmentReportResponse, GetAssessmentReportError;
    get_exclusions_preview(GetExclusionsPreviewRequest) -> classic::GetExclusionsPreviewResponse, GetExclusionsPreviewError;
    get_telemetry_metadata(GetTelemetryMetadataRequest) -> classic::GetTelemetryMetadataResponse, GetTelemetryMetadataError;
    list_assessment_run_agents(ListAssessmentRunAgentsRequest) -> classic::ListAssessmentRunAgentsResponse, ListAssessmentRunAgentsError;
    list_assessment_runs(ListAssessmentRunsRequest) -> classic::ListAssessmentRunsResponse, ListAssessmentRunsError;
    list_assessment_targets(ListAssessmentTargetsRequest) -> classic::ListAssessmentTargetsResponse, ListAssessmentTargetsError;
    list_assessment_templates(ListAssessmentTemplatesRequest) -> classic::ListAssessmentTemplatesResponse, ListAssessmentTemplatesError;
    list_event_subscriptions(ListEventSubscriptionsRequest) -> classic::ListEventSubscriptionsResponse, ListEventSubscriptionsError;
    list_exclusions(ListExclusionsRequest) -> classic::ListExclusionsResponse, ListExclusionsError;
    list_findings(ListFindingsRequest) -> classic::ListFindingsResponse, ListFindingsError;
    list_rules_packages(ListRulesPackagesRequest) -> classic::ListRulesPackagesResponse, ListRulesPackagesError;
    list_tags_for_resource(ListTagsForResourceRequest) -> classic::ListTagsForResourceResponse, ListTagsForResourceError;
    preview_agents(PreviewAgentsRequest) -> classic::PreviewAgentsResponse, PreviewAgentsError;
    register_cross_account_access_role(RegisterCrossAccountAccessRoleRequest) -> (), RegisterCrossAccountAccessRoleError;
    remove_attributes_from_findings(RemoveAttributesFromFindingsRequest) -> classic::RemoveAttributesFromFindingsResponse, RemoveAttributesFromFindingsError;
    set_tags_for_resource(SetTagsForResourceRequest) -> (), SetTagsForResourceError;
    start_assessment_run(StartAssessmentRunRequest) -> classic::StartAssessmentRunResponse, StartAssessmentRunError;
    stop_assessment_run(StopAssessmentRunRequest) -> (), StopAssessmentRunError;
    subscribe_to_event(SubscribeToEventRequest) -> (), SubscribeToEventError;
    unsubscribe_from_event(UnsubscribeFromEventRequest) -> (), UnsubscribeFromEventError;
    update_assessment_target(UpdateAssessmentTargetRequest) -> (), UpdateAssessmentTargetError;
}

#[rustfmt::skip]
operations! { OpenInspector, own:
    attach_policy(AttachPolicyRequest) -> (), AttachPolicyError;
    create_access_key(CreateAccessKeyRequest) -> own::CreateAccessKeyResponse, CreateAccessKeyError;
    create_account(CreateAccountRequest) -> own::CreateAccountResponse, CreateAccountError;
    create_enrollment_token(CreateEnrollmentTokenRequest) -> own::CreateEnrollmentTokenResponse, CreateEnrollmentTokenError;
    create_role(CreateRoleRequest) -> own::CreateRoleResponse, CreateRoleError;
    create_session(CreateSessionRequest) -> own::CreateSessionResponse, CreateSessionError;
    create_user(CreateUserRequest) -> own::CreateUserResponse, CreateUserError;
    delete_access_key(DeleteAccessKeyRequest) -> (), DeleteAccessKeyError;
    delete_policy(DeletePolicyRequest) -> (), DeletePolicyError;
    delete_role(DeleteRoleRequest) -> (), DeleteRoleError;
    delete_user(DeleteUserRequest) -> (), DeleteUserError;
    describe_coverage(DescribeCoverageRequest) -> own::DescribeCoverageResponse, DescribeCoverageError;
    describe_finding_proofs(DescribeFindingProofsRequest) -> own::DescribeFindingProofsResponse, DescribeFindingProofsError;
    detach_policy(DetachPolicyRequest) -> (), DetachPolicyError;
    get_service_status(GetServiceStatusRequest) -> own::GetServiceStatusResponse, GetServiceStatusError;
    import_assessments(ImportAssessmentsRequest) -> own::ImportAssessmentsResponse, ImportAssessmentsError;
    import_snapshot(ImportSnapshotRequest) -> own::ImportSnapshotResponse, ImportSnapshotError;
    list_access_keys(ListAccessKeysRequest) -> own::ListAccessKeysResponse, ListAccessKeysError;
    list_accounts(ListAccountsRequest) -> own::ListAccountsResponse, ListAccountsError;
    list_agents(ListAgentsRequest) -> own::ListAgentsResponse, ListAgentsError;
    list_policies(ListPoliciesRequest) -> own::ListPoliciesResponse, ListPoliciesError;
    list_roles(ListRolesRequest) -> own::ListRolesResponse, ListRolesError;
    list_users(ListUsersRequest) -> own::ListUsersResponse, ListUsersError;
    put_policy(PutPolicyRequest) -> own::PutPolicyResponse, PutPolicyError;
    revoke_agent(RevokeAgentRequest) -> (), RevokeAgentError;
    update_access_key(UpdateAccessKeyRequest) -> (), UpdateAccessKeyError;
}
