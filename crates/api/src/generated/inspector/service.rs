//! The operations as the server implements them.
// Written by `cargo xtask generate` from the service model. Do not edit.

use super::*;
use crate::caller::Caller;
use crate::codec;
use crate::error::Failure;

/// The operations of `Inspector`, without those that `conformance/known-gaps.toml` lists.
pub trait Inspector: Send + Sync {
    /// `AddAttributesToFindings`.
    fn add_attributes_to_findings(
        &self,
        caller: &Caller,
        input: AddAttributesToFindingsRequest,
    ) -> impl Future<Output = Result<AddAttributesToFindingsResponse, AddAttributesToFindingsError>> + Send;

    /// `CreateAssessmentTarget`.
    fn create_assessment_target(
        &self,
        caller: &Caller,
        input: CreateAssessmentTargetRequest,
    ) -> impl Future<Output = Result<CreateAssessmentTargetResponse, CreateAssessmentTargetError>> + Send;

    /// `CreateAssessmentTemplate`.
    fn create_assessment_template(
        &self,
        caller: &Caller,
        input: CreateAssessmentTemplateRequest,
    ) -> impl Future<Output = Result<CreateAssessmentTemplateResponse, CreateAssessmentTemplateError>> + Send;

    /// `CreateExclusionsPreview`.
    fn create_exclusions_preview(
        &self,
        caller: &Caller,
        input: CreateExclusionsPreviewRequest,
    ) -> impl Future<Output = Result<CreateExclusionsPreviewResponse, CreateExclusionsPreviewError>> + Send;

    /// `CreateResourceGroup`.
    fn create_resource_group(
        &self,
        caller: &Caller,
        input: CreateResourceGroupRequest,
    ) -> impl Future<Output = Result<CreateResourceGroupResponse, CreateResourceGroupError>> + Send;

    /// `DeleteAssessmentRun`.
    fn delete_assessment_run(
        &self,
        caller: &Caller,
        input: DeleteAssessmentRunRequest,
    ) -> impl Future<Output = Result<(), DeleteAssessmentRunError>> + Send;

    /// `DeleteAssessmentTarget`.
    fn delete_assessment_target(
        &self,
        caller: &Caller,
        input: DeleteAssessmentTargetRequest,
    ) -> impl Future<Output = Result<(), DeleteAssessmentTargetError>> + Send;

    /// `DeleteAssessmentTemplate`.
    fn delete_assessment_template(
        &self,
        caller: &Caller,
        input: DeleteAssessmentTemplateRequest,
    ) -> impl Future<Output = Result<(), DeleteAssessmentTemplateError>> + Send;

    /// `DescribeAssessmentRuns`.
    fn describe_assessment_runs(
        &self,
        caller: &Caller,
        input: DescribeAssessmentRunsRequest,
    ) -> impl Future<Output = Result<DescribeAssessmentRunsResponse, DescribeAssessmentRunsError>> + Send;

    /// `DescribeAssessmentTargets`.
    fn describe_assessment_targets(
        &self,
        caller: &Caller,
        input: DescribeAssessmentTargetsRequest,
    ) -> impl Future<Output = Result<DescribeAssessmentTargetsResponse, DescribeAssessmentTargetsError>> + Send;

    /// `DescribeAssessmentTemplates`.
    fn describe_assessment_templates(
        &self,
        caller: &Caller,
        input: DescribeAssessmentTemplatesRequest,
    ) -> impl Future<Output = Result<DescribeAssessmentTemplatesResponse, DescribeAssessmentTemplatesError>> + Send;

    /// `DescribeCrossAccountAccessRole`.
    fn describe_cross_account_access_role(
        &self,
        caller: &Caller,
        input: DescribeCrossAccountAccessRoleRequest,
    ) -> impl Future<Output = Result<DescribeCrossAccountAccessRoleResponse, DescribeCrossAccountAccessRoleError>> + Send;

    /// `DescribeExclusions`.
    fn describe_exclusions(
        &self,
        caller: &Caller,
        input: DescribeExclusionsRequest,
    ) -> impl Future<Output = Result<DescribeExclusionsResponse, DescribeExclusionsError>> + Send;

    /// `DescribeFindings`.
    fn describe_findings(
        &self,
        caller: &Caller,
        input: DescribeFindingsRequest,
    ) -> impl Future<Output = Result<DescribeFindingsResponse, DescribeFindingsError>> + Send;

    /// `DescribeResourceGroups`.
    fn describe_resource_groups(
        &self,
        caller: &Caller,
        input: DescribeResourceGroupsRequest,
    ) -> impl Future<Output = Result<DescribeResourceGroupsResponse, DescribeResourceGroupsError>> + Send;

    /// `DescribeRulesPackages`.
    fn describe_rules_packages(
        &self,
        caller: &Caller,
        input: DescribeRulesPackagesRequest,
    ) -> impl Future<Output = Result<DescribeRulesPackagesResponse, DescribeRulesPackagesError>> + Send;

    /// `GetAssessmentReport`.
    fn get_assessment_report(
        &self,
        caller: &Caller,
        input: GetAssessmentReportRequest,
    ) -> impl Future<Output = Result<GetAssessmentReportResponse, GetAssessmentReportError>> + Send;

    /// `GetExclusionsPreview`.
    fn get_exclusions_preview(
        &self,
        caller: &Caller,
        input: GetExclusionsPreviewRequest,
    ) -> impl Future<Output = Result<GetExclusionsPreviewResponse, GetExclusionsPreviewError>> + Send;

    /// `GetTelemetryMetadata`.
    fn get_telemetry_metadata(
        &self,
        caller: &Caller,
        input: GetTelemetryMetadataRequest,
    ) -> impl Future<Output = Result<GetTelemetryMetadataResponse, GetTelemetryMetadataError>> + Send;

    /// `ListAssessmentRunAgents`.
    fn list_assessment_run_agents(
        &self,
        caller: &Caller,
        input: ListAssessmentRunAgentsRequest,
    ) -> impl Future<Output = Result<ListAssessmentRunAgentsResponse, ListAssessmentRunAgentsError>> + Send;

    /// `ListAssessmentRuns`.
    fn list_assessment_runs(
        &self,
        caller: &Caller,
        input: ListAssessmentRunsRequest,
    ) -> impl Future<Output = Result<ListAssessmentRunsResponse, ListAssessmentRunsError>> + Send;

    /// `ListAssessmentTargets`.
    fn list_assessment_targets(
        &self,
        caller: &Caller,
        input: ListAssessmentTargetsRequest,
    ) -> impl Future<Output = Result<ListAssessmentTargetsResponse, ListAssessmentTargetsError>> + Send;

    /// `ListAssessmentTemplates`.
    fn list_assessment_templates(
        &self,
        caller: &Caller,
        input: ListAssessmentTemplatesRequest,
    ) -> impl Future<Output = Result<ListAssessmentTemplatesResponse, ListAssessmentTemplatesError>> + Send;

    /// `ListEventSubscriptions`.
    fn list_event_subscriptions(
        &self,
        caller: &Caller,
        input: ListEventSubscriptionsRequest,
    ) -> impl Future<Output = Result<ListEventSubscriptionsResponse, ListEventSubscriptionsError>> + Send;

    /// `ListExclusions`.
    fn list_exclusions(
        &self,
        caller: &Caller,
        input: ListExclusionsRequest,
    ) -> impl Future<Output = Result<ListExclusionsResponse, ListExclusionsError>> + Send;

    /// `ListFindings`.
    fn list_findings(
        &self,
        caller: &Caller,
        input: ListFindingsRequest,
    ) -> impl Future<Output = Result<ListFindingsResponse, ListFindingsError>> + Send;

    /// `ListRulesPackages`.
    fn list_rules_packages(
        &self,
        caller: &Caller,
        input: ListRulesPackagesRequest,
    ) -> impl Future<Output = Result<ListRulesPackagesResponse, ListRulesPackagesError>> + Send;

    /// `ListTagsForResource`.
    fn list_tags_for_resource(
        &self,
        caller: &Caller,
        input: ListTagsForResourceRequest,
    ) -> impl Future<Output = Result<ListTagsForResourceResponse, ListTagsForResourceError>> + Send;

    /// `PreviewAgents`.
    fn preview_agents(
        &self,
        caller: &Caller,
        input: PreviewAgentsRequest,
    ) -> impl Future<Output = Result<PreviewAgentsResponse, PreviewAgentsError>> + Send;

    /// `RegisterCrossAccountAccessRole`.
    fn register_cross_account_access_role(
        &self,
        caller: &Caller,
        input: RegisterCrossAccountAccessRoleRequest,
    ) -> impl Future<Output = Result<(), RegisterCrossAccountAccessRoleError>> + Send;

    /// `RemoveAttributesFromFindings`.
    fn remove_attributes_from_findings(
        &self,
        caller: &Caller,
        input: RemoveAttributesFromFindingsRequest,
    ) -> impl Future<Output = Result<RemoveAttributesFromFindingsResponse, RemoveAttributesFromFindingsError>> + Send;

    /// `SetTagsForResource`.
    fn set_tags_for_resource(
        &self,
        caller: &Caller,
        input: SetTagsForResourceRequest,
    ) -> impl Future<Output = Result<(), SetTagsForResourceError>> + Send;

    /// `StartAssessmentRun`.
    fn start_assessment_run(
        &self,
        caller: &Caller,
        input: StartAssessmentRunRequest,
    ) -> impl Future<Output = Result<StartAssessmentRunResponse, StartAssessmentRunError>> + Send;

    /// `StopAssessmentRun`.
    fn stop_assessment_run(
        &self,
        caller: &Caller,
        input: StopAssessmentRunRequest,
    ) -> impl Future<Output = Result<(), StopAssessmentRunError>> + Send;

    /// `SubscribeToEvent`.
    fn subscribe_to_event(
        &self,
        caller: &Caller,
        input: SubscribeToEventRequest,
    ) -> impl Future<Output = Result<(), SubscribeToEventError>> + Send;

    /// `UnsubscribeFromEvent`.
    fn unsubscribe_from_event(
        &self,
        caller: &Caller,
        input: UnsubscribeFromEventRequest,
    ) -> impl Future<Output = Result<(), UnsubscribeFromEventError>> + Send;

    /// `UpdateAssessmentTarget`.
    fn update_assessment_target(
        &self,
        caller: &Caller,
        input: UpdateAssessmentTargetRequest,
    ) -> impl Future<Output = Result<(), UpdateAssessmentTargetError>> + Send;
}

/// Decodes the input of `operation`, runs it, encodes what it answers.
pub async fn dispatch<S: Inspector>(
    service: &S,
    caller: &Caller,
    operation: Operation,
    body: &[u8],
) -> Result<Vec<u8>, Failure> {
    match operation {
        Operation::AddAttributesToFindings => {
            codec::reply(service.add_attributes_to_findings(caller, codec::decode(body)?).await)
        }
        Operation::CreateAssessmentTarget => {
            codec::reply(service.create_assessment_target(caller, codec::decode(body)?).await)
        }
        Operation::CreateAssessmentTemplate => {
            codec::reply(service.create_assessment_template(caller, codec::decode(body)?).await)
        }
        Operation::CreateExclusionsPreview => {
            codec::reply(service.create_exclusions_preview(caller, codec::decode(body)?).await)
        }
        Operation::CreateResourceGroup => {
            codec::reply(service.create_resource_group(caller, codec::decode(body)?).await)
        }
        Operation::DeleteAssessmentRun => {
            codec::reply(service.delete_assessment_run(caller, codec::decode(body)?).await)
        }
        Operation::DeleteAssessmentTarget => {
            codec::reply(service.delete_assessment_target(caller, codec::decode(body)?).await)
        }
        Operation::DeleteAssessmentTemplate => {
            codec::reply(service.delete_assessment_template(caller, codec::decode(body)?).await)
        }
        Operation::DescribeAssessmentRuns => {
            codec::reply(service.describe_assessment_runs(caller, codec::decode(body)?).await)
        }
        Operation::DescribeAssessmentTargets => {
            codec::reply(service.describe_assessment_targets(caller, codec::decode(body)?).await)
        }
        Operation::DescribeAssessmentTemplates => {
            codec::reply(service.describe_assessment_templates(caller, codec::decode(body)?).await)
        }
        Operation::DescribeCrossAccountAccessRole => {
            codec::reply(service.describe_cross_account_access_role(caller, codec::decode(body)?).await)
        }
        Operation::DescribeExclusions => codec::reply(service.describe_exclusions(caller, codec::decode(body)?).await),
        Operation::DescribeFindings => codec::reply(service.describe_findings(caller, codec::decode(body)?).await),
        Operation::DescribeResourceGroups => {
            codec::reply(service.describe_resource_groups(caller, codec::decode(body)?).await)
        }
        Operation::DescribeRulesPackages => {
            codec::reply(service.describe_rules_packages(caller, codec::decode(body)?).await)
        }
        Operation::GetAssessmentReport => {
            codec::reply(service.get_assessment_report(caller, codec::decode(body)?).await)
        }
        Operation::GetExclusionsPreview => {
            codec::reply(service.get_exclusions_preview(caller, codec::decode(body)?).await)
        }
        Operation::GetTelemetryMetadata => {
            codec::reply(service.get_telemetry_metadata(caller, codec::decode(body)?).await)
        }
        Operation::ListAssessmentRunAgents => {
            codec::reply(service.list_assessment_run_agents(caller, codec::decode(body)?).await)
        }
        Operation::ListAssessmentRuns => codec::reply(service.list_assessment_runs(caller, codec::decode(body)?).await),
        Operation::ListAssessmentTargets => {
            codec::reply(service.list_assessment_targets(caller, codec::decode(body)?).await)
        }
        Operation::ListAssessmentTemplates => {
            codec::reply(service.list_assessment_templates(caller, codec::decode(body)?).await)
        }
        Operation::ListEventSubscriptions => {
            codec::reply(service.list_event_subscriptions(caller, codec::decode(body)?).await)
        }
        Operation::ListExclusions => codec::reply(service.list_exclusions(caller, codec::decode(body)?).await),
        Operation::ListFindings => codec::reply(service.list_findings(caller, codec::decode(body)?).await),
        Operation::ListRulesPackages => codec::reply(service.list_rules_packages(caller, codec::decode(body)?).await),
        Operation::ListTagsForResource => {
            codec::reply(service.list_tags_for_resource(caller, codec::decode(body)?).await)
        }
        Operation::PreviewAgents => codec::reply(service.preview_agents(caller, codec::decode(body)?).await),
        Operation::RegisterCrossAccountAccessRole => {
            codec::reply(service.register_cross_account_access_role(caller, codec::decode(body)?).await)
        }
        Operation::RemoveAttributesFromFindings => {
            codec::reply(service.remove_attributes_from_findings(caller, codec::decode(body)?).await)
        }
        Operation::SetTagsForResource => {
            codec::reply(service.set_tags_for_resource(caller, codec::decode(body)?).await)
        }
        Operation::StartAssessmentRun => codec::reply(service.start_assessment_run(caller, codec::decode(body)?).await),
        Operation::StopAssessmentRun => codec::reply(service.stop_assessment_run(caller, codec::decode(body)?).await),
        Operation::SubscribeToEvent => codec::reply(service.subscribe_to_event(caller, codec::decode(body)?).await),
        Operation::UnsubscribeFromEvent => {
            codec::reply(service.unsubscribe_from_event(caller, codec::decode(body)?).await)
        }
        Operation::UpdateAssessmentTarget => {
            codec::reply(service.update_assessment_target(caller, codec::decode(body)?).await)
        }
    }
}
