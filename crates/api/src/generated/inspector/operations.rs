//! The operations by name.
// Written by `cargo xtask generate` from the service model. Do not edit.

use super::*;
use crate::codec::{Request, Visitor};
use crate::operation::operations;
use crate::shape::Shape;

operations! {
    "InspectorService", "inspector";
    AddAttributesToFindings,
    CreateAssessmentTarget,
    CreateAssessmentTemplate,
    CreateExclusionsPreview,
    CreateResourceGroup,
    DeleteAssessmentRun,
    DeleteAssessmentTarget,
    DeleteAssessmentTemplate,
    DescribeAssessmentRuns,
    DescribeAssessmentTargets,
    DescribeAssessmentTemplates,
    DescribeCrossAccountAccessRole,
    DescribeExclusions,
    DescribeFindings,
    DescribeResourceGroups,
    DescribeRulesPackages,
    GetAssessmentReport,
    GetExclusionsPreview,
    GetTelemetryMetadata,
    ListAssessmentRunAgents,
    ListAssessmentRuns,
    ListAssessmentTargets,
    ListAssessmentTemplates,
    ListEventSubscriptions,
    ListExclusions,
    ListFindings,
    ListRulesPackages,
    ListTagsForResource,
    PreviewAgents,
    RegisterCrossAccountAccessRole,
    RemoveAttributesFromFindings,
    SetTagsForResource,
    StartAssessmentRun,
    StopAssessmentRun,
    SubscribeToEvent,
    UnsubscribeFromEvent,
    UpdateAssessmentTarget,
}

impl Request for AddAttributesToFindingsRequest {
    type Response = AddAttributesToFindingsResponse;
    type Error = AddAttributesToFindingsError;
    const TARGET: &'static str = "InspectorService.AddAttributesToFindings";
    const SHAPE: &'static Shape = &shapes::ADD_ATTRIBUTES_TO_FINDINGS_REQUEST;
    const RESPONSE_SHAPE: Option<&'static Shape> = Some(&shapes::ADD_ATTRIBUTES_TO_FINDINGS_RESPONSE);
}

impl Request for CreateAssessmentTargetRequest {
    type Response = CreateAssessmentTargetResponse;
    type Error = CreateAssessmentTargetError;
    const TARGET: &'static str = "InspectorService.CreateAssessmentTarget";
    const SHAPE: &'static Shape = &shapes::CREATE_ASSESSMENT_TARGET_REQUEST;
    const RESPONSE_SHAPE: Option<&'static Shape> = Some(&shapes::CREATE_ASSESSMENT_TARGET_RESPONSE);
}

impl Request for CreateAssessmentTemplateRequest {
    type Response = CreateAssessmentTemplateResponse;
    type Error = CreateAssessmentTemplateError;
    const TARGET: &'static str = "InspectorService.CreateAssessmentTemplate";
    const SHAPE: &'static Shape = &shapes::CREATE_ASSESSMENT_TEMPLATE_REQUEST;
    const RESPONSE_SHAPE: Option<&'static Shape> = Some(&shapes::CREATE_ASSESSMENT_TEMPLATE_RESPONSE);
}

impl Request for CreateExclusionsPreviewRequest {
    type Response = CreateExclusionsPreviewResponse;
    type Error = CreateExclusionsPreviewError;
    const TARGET: &'static str = "InspectorService.CreateExclusionsPreview";
    const SHAPE: &'static Shape = &shapes::CREATE_EXCLUSIONS_PREVIEW_REQUEST;
    const RESPONSE_SHAPE: Option<&'static Shape> = Some(&shapes::CREATE_EXCLUSIONS_PREVIEW_RESPONSE);
}

impl Request for CreateResourceGroupRequest {
    type Response = CreateResourceGroupResponse;
    type Error = CreateResourceGroupError;
    const TARGET: &'static str = "InspectorService.CreateResourceGroup";
    const SHAPE: &'static Shape = &shapes::CREATE_RESOURCE_GROUP_REQUEST;
    const RESPONSE_SHAPE: Option<&'static Shape> = Some(&shapes::CREATE_RESOURCE_GROUP_RESPONSE);
}

impl Request for DeleteAssessmentRunRequest {
    type Response = ();
    type Error = DeleteAssessmentRunError;
    const TARGET: &'static str = "InspectorService.DeleteAssessmentRun";
    const SHAPE: &'static Shape = &shapes::DELETE_ASSESSMENT_RUN_REQUEST;
    const RESPONSE_SHAPE: Option<&'static Shape> = None;
}

impl Request for DeleteAssessmentTargetRequest {
    type Response = ();
    type Error = DeleteAssessmentTargetError;
    const TARGET: &'static str = "InspectorService.DeleteAssessmentTarget";
    const SHAPE: &'static Shape = &shapes::DELETE_ASSESSMENT_TARGET_REQUEST;
    const RESPONSE_SHAPE: Option<&'static Shape> = None;
}

impl Request for DeleteAssessmentTemplateRequest {
    type Response = ();
    type Error = DeleteAssessmentTemplateError;
    const TARGET: &'static str = "InspectorService.DeleteAssessmentTemplate";
    const SHAPE: &'static Shape = &shapes::DELETE_ASSESSMENT_TEMPLATE_REQUEST;
    const RESPONSE_SHAPE: Option<&'static Shape> = None;
}

impl Request for DescribeAssessmentRunsRequest {
    type Response = DescribeAssessmentRunsResponse;
    type Error = DescribeAssessmentRunsError;
    const TARGET: &'static str = "InspectorService.DescribeAssessmentRuns";
    const SHAPE: &'static Shape = &shapes::DESCRIBE_ASSESSMENT_RUNS_REQUEST;
    const RESPONSE_SHAPE: Option<&'static Shape> = Some(&shapes::DESCRIBE_ASSESSMENT_RUNS_RESPONSE);
}

impl Request for DescribeAssessmentTargetsRequest {
    type Response = DescribeAssessmentTargetsResponse;
    type Error = DescribeAssessmentTargetsError;
    const TARGET: &'static str = "InspectorService.DescribeAssessmentTargets";
    const SHAPE: &'static Shape = &shapes::DESCRIBE_ASSESSMENT_TARGETS_REQUEST;
    const RESPONSE_SHAPE: Option<&'static Shape> = Some(&shapes::DESCRIBE_ASSESSMENT_TARGETS_RESPONSE);
}

impl Request for DescribeAssessmentTemplatesRequest {
    type Response = DescribeAssessmentTemplatesResponse;
    type Error = DescribeAssessmentTemplatesError;
    const TARGET: &'static str = "InspectorService.DescribeAssessmentTemplates";
    const SHAPE: &'static Shape = &shapes::DESCRIBE_ASSESSMENT_TEMPLATES_REQUEST;
    const RESPONSE_SHAPE: Option<&'static Shape> = Some(&shapes::DESCRIBE_ASSESSMENT_TEMPLATES_RESPONSE);
}

impl Request for DescribeCrossAccountAccessRoleRequest {
    type Response = DescribeCrossAccountAccessRoleResponse;
    type Error = DescribeCrossAccountAccessRoleError;
    const TARGET: &'static str = "InspectorService.DescribeCrossAccountAccessRole";
    const SHAPE: &'static Shape = &crate::shape::EMPTY;
    const RESPONSE_SHAPE: Option<&'static Shape> = Some(&shapes::DESCRIBE_CROSS_ACCOUNT_ACCESS_ROLE_RESPONSE);
}

impl Request for DescribeExclusionsRequest {
    type Response = DescribeExclusionsResponse;
    type Error = DescribeExclusionsError;
    const TARGET: &'static str = "InspectorService.DescribeExclusions";
    const SHAPE: &'static Shape = &shapes::DESCRIBE_EXCLUSIONS_REQUEST;
    const RESPONSE_SHAPE: Option<&'static Shape> = Some(&shapes::DESCRIBE_EXCLUSIONS_RESPONSE);
}

impl Request for DescribeFindingsRequest {
    type Response = DescribeFindingsResponse;
    type Error = DescribeFindingsError;
    const TARGET: &'static str = "InspectorService.DescribeFindings";
    const SHAPE: &'static Shape = &shapes::DESCRIBE_FINDINGS_REQUEST;
    const RESPONSE_SHAPE: Option<&'static Shape> = Some(&shapes::DESCRIBE_FINDINGS_RESPONSE);
}

impl Request for DescribeResourceGroupsRequest {
    type Response = DescribeResourceGroupsResponse;
    type Error = DescribeResourceGroupsError;
    const TARGET: &'static str = "InspectorService.DescribeResourceGroups";
    const SHAPE: &'static Shape = &shapes::DESCRIBE_RESOURCE_GROUPS_REQUEST;
    const RESPONSE_SHAPE: Option<&'static Shape> = Some(&shapes::DESCRIBE_RESOURCE_GROUPS_RESPONSE);
}

impl Request for DescribeRulesPackagesRequest {
    type Response = DescribeRulesPackagesResponse;
    type Error = DescribeRulesPackagesError;
    const TARGET: &'static str = "InspectorService.DescribeRulesPackages";
    const SHAPE: &'static Shape = &shapes::DESCRIBE_RULES_PACKAGES_REQUEST;
    const RESPONSE_SHAPE: Option<&'static Shape> = Some(&shapes::DESCRIBE_RULES_PACKAGES_RESPONSE);
}

impl Request for GetAssessmentReportRequest {
    type Response = GetAssessmentReportResponse;
    type Error = GetAssessmentReportError;
    const TARGET: &'static str = "InspectorService.GetAssessmentReport";
    const SHAPE: &'static Shape = &shapes::GET_ASSESSMENT_REPORT_REQUEST;
    const RESPONSE_SHAPE: Option<&'static Shape> = Some(&shapes::GET_ASSESSMENT_REPORT_RESPONSE);
}

impl Request for GetExclusionsPreviewRequest {
    type Response = GetExclusionsPreviewResponse;
    type Error = GetExclusionsPreviewError;
    const TARGET: &'static str = "InspectorService.GetExclusionsPreview";
    const SHAPE: &'static Shape = &shapes::GET_EXCLUSIONS_PREVIEW_REQUEST;
    const RESPONSE_SHAPE: Option<&'static Shape> = Some(&shapes::GET_EXCLUSIONS_PREVIEW_RESPONSE);
}

impl Request for GetTelemetryMetadataRequest {
    type Response = GetTelemetryMetadataResponse;
    type Error = GetTelemetryMetadataError;
    const TARGET: &'static str = "InspectorService.GetTelemetryMetadata";
    const SHAPE: &'static Shape = &shapes::GET_TELEMETRY_METADATA_REQUEST;
    const RESPONSE_SHAPE: Option<&'static Shape> = Some(&shapes::GET_TELEMETRY_METADATA_RESPONSE);
}

impl Request for ListAssessmentRunAgentsRequest {
    type Response = ListAssessmentRunAgentsResponse;
    type Error = ListAssessmentRunAgentsError;
    const TARGET: &'static str = "InspectorService.ListAssessmentRunAgents";
    const SHAPE: &'static Shape = &shapes::LIST_ASSESSMENT_RUN_AGENTS_REQUEST;
    const RESPONSE_SHAPE: Option<&'static Shape> = Some(&shapes::LIST_ASSESSMENT_RUN_AGENTS_RESPONSE);
}

impl Request for ListAssessmentRunsRequest {
    type Response = ListAssessmentRunsResponse;
    type Error = ListAssessmentRunsError;
    const TARGET: &'static str = "InspectorService.ListAssessmentRuns";
    const SHAPE: &'static Shape = &shapes::LIST_ASSESSMENT_RUNS_REQUEST;
    const RESPONSE_SHAPE: Option<&'static Shape> = Some(&shapes::LIST_ASSESSMENT_RUNS_RESPONSE);
}

impl Request for ListAssessmentTargetsRequest {
    type Response = ListAssessmentTargetsResponse;
    type Error = ListAssessmentTargetsError;
    const TARGET: &'static str = "InspectorService.ListAssessmentTargets";
    const SHAPE: &'static Shape = &shapes::LIST_ASSESSMENT_TARGETS_REQUEST;
    const RESPONSE_SHAPE: Option<&'static Shape> = Some(&shapes::LIST_ASSESSMENT_TARGETS_RESPONSE);
}

impl Request for ListAssessmentTemplatesRequest {
    type Response = ListAssessmentTemplatesResponse;
    type Error = ListAssessmentTemplatesError;
    const TARGET: &'static str = "InspectorService.ListAssessmentTemplates";
    const SHAPE: &'static Shape = &shapes::LIST_ASSESSMENT_TEMPLATES_REQUEST;
    const RESPONSE_SHAPE: Option<&'static Shape> = Some(&shapes::LIST_ASSESSMENT_TEMPLATES_RESPONSE);
}

impl Request for ListEventSubscriptionsRequest {
    type Response = ListEventSubscriptionsResponse;
    type Error = ListEventSubscriptionsError;
    const TARGET: &'static str = "InspectorService.ListEventSubscriptions";
    const SHAPE: &'static Shape = &shapes::LIST_EVENT_SUBSCRIPTIONS_REQUEST;
    const RESPONSE_SHAPE: Option<&'static Shape> = Some(&shapes::LIST_EVENT_SUBSCRIPTIONS_RESPONSE);
}

impl Request for ListExclusionsRequest {
    type Response = ListExclusionsResponse;
    type Error = ListExclusionsError;
    const TARGET: &'static str = "InspectorService.ListExclusions";
    const SHAPE: &'static Shape = &shapes::LIST_EXCLUSIONS_REQUEST;
    const RESPONSE_SHAPE: Option<&'static Shape> = Some(&shapes::LIST_EXCLUSIONS_RESPONSE);
}

impl Request for ListFindingsRequest {
    type Response = ListFindingsResponse;
    type Error = ListFindingsError;
    const TARGET: &'static str = "InspectorService.ListFindings";
    const SHAPE: &'static Shape = &shapes::LIST_FINDINGS_REQUEST;
    const RESPONSE_SHAPE: Option<&'static Shape> = Some(&shapes::LIST_FINDINGS_RESPONSE);
}

impl Request for ListRulesPackagesRequest {
    type Response = ListRulesPackagesResponse;
    type Error = ListRulesPackagesError;
    const TARGET: &'static str = "InspectorService.ListRulesPackages";
    const SHAPE: &'static Shape = &shapes::LIST_RULES_PACKAGES_REQUEST;
    const RESPONSE_SHAPE: Option<&'static Shape> = Some(&shapes::LIST_RULES_PACKAGES_RESPONSE);
}

impl Request for ListTagsForResourceRequest {
    type Response = ListTagsForResourceResponse;
    type Error = ListTagsForResourceError;
    const TARGET: &'static str = "InspectorService.ListTagsForResource";
    const SHAPE: &'static Shape = &shapes::LIST_TAGS_FOR_RESOURCE_REQUEST;
    const RESPONSE_SHAPE: Option<&'static Shape> = Some(&shapes::LIST_TAGS_FOR_RESOURCE_RESPONSE);
}

impl Request for PreviewAgentsRequest {
    type Response = PreviewAgentsResponse;
    type Error = PreviewAgentsError;
    const TARGET: &'static str = "InspectorService.PreviewAgents";
    const SHAPE: &'static Shape = &shapes::PREVIEW_AGENTS_REQUEST;
    const RESPONSE_SHAPE: Option<&'static Shape> = Some(&shapes::PREVIEW_AGENTS_RESPONSE);
}

impl Request for RegisterCrossAccountAccessRoleRequest {
    type Response = ();
    type Error = RegisterCrossAccountAccessRoleError;
    const TARGET: &'static str = "InspectorService.RegisterCrossAccountAccessRole";
    const SHAPE: &'static Shape = &shapes::REGISTER_CROSS_ACCOUNT_ACCESS_ROLE_REQUEST;
    const RESPONSE_SHAPE: Option<&'static Shape> = None;
}

impl Request for RemoveAttributesFromFindingsRequest {
    type Response = RemoveAttributesFromFindingsResponse;
    type Error = RemoveAttributesFromFindingsError;
    const TARGET: &'static str = "InspectorService.RemoveAttributesFromFindings";
    const SHAPE: &'static Shape = &shapes::REMOVE_ATTRIBUTES_FROM_FINDINGS_REQUEST;
    const RESPONSE_SHAPE: Option<&'static Shape> = Some(&shapes::REMOVE_ATTRIBUTES_FROM_FINDINGS_RESPONSE);
}

impl Request for SetTagsForResourceRequest {
    type Response = ();
    type Error = SetTagsForResourceError;
    const TARGET: &'static str = "InspectorService.SetTagsForResource";
    const SHAPE: &'static Shape = &shapes::SET_TAGS_FOR_RESOURCE_REQUEST;
    const RESPONSE_SHAPE: Option<&'static Shape> = None;
}

impl Request for StartAssessmentRunRequest {
    type Response = StartAssessmentRunResponse;
    type Error = StartAssessmentRunError;
    const TARGET: &'static str = "InspectorService.StartAssessmentRun";
    const SHAPE: &'static Shape = &shapes::START_ASSESSMENT_RUN_REQUEST;
    const RESPONSE_SHAPE: Option<&'static Shape> = Some(&shapes::START_ASSESSMENT_RUN_RESPONSE);
}

impl Request for StopAssessmentRunRequest {
    type Response = ();
    type Error = StopAssessmentRunError;
    const TARGET: &'static str = "InspectorService.StopAssessmentRun";
    const SHAPE: &'static Shape = &shapes::STOP_ASSESSMENT_RUN_REQUEST;
    const RESPONSE_SHAPE: Option<&'static Shape> = None;
}

impl Request for SubscribeToEventRequest {
    type Response = ();
    type Error = SubscribeToEventError;
    const TARGET: &'static str = "InspectorService.SubscribeToEvent";
    const SHAPE: &'static Shape = &shapes::SUBSCRIBE_TO_EVENT_REQUEST;
    const RESPONSE_SHAPE: Option<&'static Shape> = None;
}

impl Request for UnsubscribeFromEventRequest {
    type Response = ();
    type Error = UnsubscribeFromEventError;
    const TARGET: &'static str = "InspectorService.UnsubscribeFromEvent";
    const SHAPE: &'static Shape = &shapes::UNSUBSCRIBE_FROM_EVENT_REQUEST;
    const RESPONSE_SHAPE: Option<&'static Shape> = None;
}

impl Request for UpdateAssessmentTargetRequest {
    type Response = ();
    type Error = UpdateAssessmentTargetError;
    const TARGET: &'static str = "InspectorService.UpdateAssessmentTarget";
    const SHAPE: &'static Shape = &shapes::UPDATE_ASSESSMENT_TARGET_REQUEST;
    const RESPONSE_SHAPE: Option<&'static Shape> = None;
}

impl Operation {
    /// The largest body of a request, in bytes.
    pub const fn max_body(self) -> usize {
        match self {
            Self::AddAttributesToFindings => AddAttributesToFindingsRequest::MAX_BODY,
            Self::CreateAssessmentTarget => CreateAssessmentTargetRequest::MAX_BODY,
            Self::CreateAssessmentTemplate => CreateAssessmentTemplateRequest::MAX_BODY,
            Self::CreateExclusionsPreview => CreateExclusionsPreviewRequest::MAX_BODY,
            Self::CreateResourceGroup => CreateResourceGroupRequest::MAX_BODY,
            Self::DeleteAssessmentRun => DeleteAssessmentRunRequest::MAX_BODY,
            Self::DeleteAssessmentTarget => DeleteAssessmentTargetRequest::MAX_BODY,
            Self::DeleteAssessmentTemplate => DeleteAssessmentTemplateRequest::MAX_BODY,
            Self::DescribeAssessmentRuns => DescribeAssessmentRunsRequest::MAX_BODY,
            Self::DescribeAssessmentTargets => DescribeAssessmentTargetsRequest::MAX_BODY,
            Self::DescribeAssessmentTemplates => DescribeAssessmentTemplatesRequest::MAX_BODY,
            Self::DescribeCrossAccountAccessRole => DescribeCrossAccountAccessRoleRequest::MAX_BODY,
            Self::DescribeExclusions => DescribeExclusionsRequest::MAX_BODY,
            Self::DescribeFindings => DescribeFindingsRequest::MAX_BODY,
            Self::DescribeResourceGroups => DescribeResourceGroupsRequest::MAX_BODY,
            Self::DescribeRulesPackages => DescribeRulesPackagesRequest::MAX_BODY,
            Self::GetAssessmentReport => GetAssessmentReportRequest::MAX_BODY,
            Self::GetExclusionsPreview => GetExclusionsPreviewRequest::MAX_BODY,
            Self::GetTelemetryMetadata => GetTelemetryMetadataRequest::MAX_BODY,
            Self::ListAssessmentRunAgents => ListAssessmentRunAgentsRequest::MAX_BODY,
            Self::ListAssessmentRuns => ListAssessmentRunsRequest::MAX_BODY,
            Self::ListAssessmentTargets => ListAssessmentTargetsRequest::MAX_BODY,
            Self::ListAssessmentTemplates => ListAssessmentTemplatesRequest::MAX_BODY,
            Self::ListEventSubscriptions => ListEventSubscriptionsRequest::MAX_BODY,
            Self::ListExclusions => ListExclusionsRequest::MAX_BODY,
            Self::ListFindings => ListFindingsRequest::MAX_BODY,
            Self::ListRulesPackages => ListRulesPackagesRequest::MAX_BODY,
            Self::ListTagsForResource => ListTagsForResourceRequest::MAX_BODY,
            Self::PreviewAgents => PreviewAgentsRequest::MAX_BODY,
            Self::RegisterCrossAccountAccessRole => RegisterCrossAccountAccessRoleRequest::MAX_BODY,
            Self::RemoveAttributesFromFindings => RemoveAttributesFromFindingsRequest::MAX_BODY,
            Self::SetTagsForResource => SetTagsForResourceRequest::MAX_BODY,
            Self::StartAssessmentRun => StartAssessmentRunRequest::MAX_BODY,
            Self::StopAssessmentRun => StopAssessmentRunRequest::MAX_BODY,
            Self::SubscribeToEvent => SubscribeToEventRequest::MAX_BODY,
            Self::UnsubscribeFromEvent => UnsubscribeFromEventRequest::MAX_BODY,
            Self::UpdateAssessmentTarget => UpdateAssessmentTargetRequest::MAX_BODY,
        }
    }
}

/// Shows every operation's types to `visitor`, in the order of the model.
pub fn visit_requests(visitor: &mut impl Visitor) {
    visitor.visit::<AddAttributesToFindingsRequest>();
    visitor.visit::<CreateAssessmentTargetRequest>();
    visitor.visit::<CreateAssessmentTemplateRequest>();
    visitor.visit::<CreateExclusionsPreviewRequest>();
    visitor.visit::<CreateResourceGroupRequest>();
    visitor.visit::<DeleteAssessmentRunRequest>();
    visitor.visit::<DeleteAssessmentTargetRequest>();
    visitor.visit::<DeleteAssessmentTemplateRequest>();
    visitor.visit::<DescribeAssessmentRunsRequest>();
    visitor.visit::<DescribeAssessmentTargetsRequest>();
    visitor.visit::<DescribeAssessmentTemplatesRequest>();
    visitor.visit::<DescribeCrossAccountAccessRoleRequest>();
    visitor.visit::<DescribeExclusionsRequest>();
    visitor.visit::<DescribeFindingsRequest>();
    visitor.visit::<DescribeResourceGroupsRequest>();
    visitor.visit::<DescribeRulesPackagesRequest>();
    visitor.visit::<GetAssessmentReportRequest>();
    visitor.visit::<GetExclusionsPreviewRequest>();
    visitor.visit::<GetTelemetryMetadataRequest>();
    visitor.visit::<ListAssessmentRunAgentsRequest>();
    visitor.visit::<ListAssessmentRunsRequest>();
    visitor.visit::<ListAssessmentTargetsRequest>();
    visitor.visit::<ListAssessmentTemplatesRequest>();
    visitor.visit::<ListEventSubscriptionsRequest>();
    visitor.visit::<ListExclusionsRequest>();
    visitor.visit::<ListFindingsRequest>();
    visitor.visit::<ListRulesPackagesRequest>();
    visitor.visit::<ListTagsForResourceRequest>();
    visitor.visit::<PreviewAgentsRequest>();
    visitor.visit::<RegisterCrossAccountAccessRoleRequest>();
    visitor.visit::<RemoveAttributesFromFindingsRequest>();
    visitor.visit::<SetTagsForResourceRequest>();
    visitor.visit::<StartAssessmentRunRequest>();
    visitor.visit::<StopAssessmentRunRequest>();
    visitor.visit::<SubscribeToEventRequest>();
    visitor.visit::<UnsubscribeFromEventRequest>();
    visitor.visit::<UpdateAssessmentTargetRequest>();
}
