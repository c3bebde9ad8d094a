//! The operations, one file each: check, act in one transaction, convert.
//!
//! The compiler asks for every operation that the generated traits list.

mod convert;
mod entity;
mod instances;
mod paging;
mod quota;

mod create_assessment_target;
mod create_assessment_template;
mod create_enrollment_token;
mod create_resource_group;
mod create_session;
mod delete_assessment_run;
mod delete_assessment_target;
mod delete_assessment_template;
mod describe_assessment_runs;
mod describe_assessment_targets;
mod describe_assessment_templates;
mod describe_coverage;
mod describe_exclusions;
mod describe_findings;
mod describe_resource_groups;
mod describe_rules_packages;
mod get_assessment_report;
mod get_service_status;
mod import_snapshot;
mod list_agents;
mod list_assessment_run_agents;
mod list_assessment_runs;
mod list_assessment_targets;
mod list_assessment_templates;
mod list_exclusions;
mod list_findings;
mod list_rules_packages;
mod preview_agents;
mod start_assessment_run;
mod stop_assessment_run;
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
    own::InternalException::new(convert::internal(error).message)
}

impl Inspector for Service {
    async fn create_assessment_target(
        &self,
        caller: &Caller,
        input: classic::CreateAssessmentTargetRequest,
    ) -> Result<classic::CreateAssessmentTargetResponse, classic::CreateAssessmentTargetError> {
        create_assessment_target::run(self, caller, input).await
    }

    async fn create_assessment_template(
        &self,
        caller: &Caller,
        input: classic::CreateAssessmentTemplateRequest,
    ) -> Result<classic::CreateAssessmentTemplateResponse, classic::CreateAssessmentTemplateError> {
        create_assessment_template::run(self, caller, input).await
    }

    async fn create_resource_group(
        &self,
        caller: &Caller,
        input: classic::CreateResourceGroupRequest,
    ) -> Result<classic::CreateResourceGroupResponse, classic::CreateResourceGroupError> {
        create_resource_group::run(self, caller, input).await
    }

    async fn delete_assessment_run(
        &self,
        caller: &Caller,
        input: classic::DeleteAssessmentRunRequest,
    ) -> Result<(), classic::DeleteAssessmentRunError> {
        delete_assessment_run::run(self, caller, input).await
    }

    async fn delete_assessment_target(
        &self,
        caller: &Caller,
        input: classic::DeleteAssessmentTargetRequest,
    ) -> Result<(), classic::DeleteAssessmentTargetError> {
        delete_assessment_target::run(self, caller, input).await
    }

    async fn delete_assessment_template(
        &self,
        caller: &Caller,
        input: classic::DeleteAssessmentTemplateRequest,
    ) -> Result<(), classic::DeleteAssessmentTemplateError> {
        delete_assessment_template::run(self, caller, input).await
    }

    async fn describe_assessment_runs(
        &self,
        caller: &Caller,
        input: classic::DescribeAssessmentRunsRequest,
    ) -> Result<classic::DescribeAssessmentRunsResponse, classic::DescribeAssessmentRunsError> {
        describe_assessment_runs::run(self, caller, input).await
    }

    async fn describe_assessment_targets(
        &self,
        caller: &Caller,
        input: classic::DescribeAssessmentTargetsRequest,
    ) -> Result<classic::DescribeAssessmentTargetsResponse, classic::DescribeAssessmentTargetsError> {
        describe_assessment_targets::run(self, caller, input).await
    }

    async fn describe_assessment_templates(
        &self,
        caller: &Caller,
        input: classic::DescribeAssessmentTemplatesRequest,
    ) -> Result<classic::DescribeAssessmentTemplatesResponse, classic::DescribeAssessmentTemplatesError> {
        describe_assessment_templates::run(self, caller, input).await
    }

    async fn describe_exclusions(
        &self,
        caller: &Caller,
        input: classic::DescribeExclusionsRequest,
    ) -> Result<classic::DescribeExclusionsResponse, classic::DescribeExclusionsError> {
        describe_exclusions::run(self, caller, input).await
    }

    async fn describe_findings(
        &self,
        caller: &Caller,
        input: classic::DescribeFindingsRequest,
    ) -> Result<classic::DescribeFindingsResponse, classic::DescribeFindingsError> {
        describe_findings::run(self, caller, input).await
    }

    async fn describe_resource_groups(
        &self,
        caller: &Caller,
        input: classic::DescribeResourceGroupsRequest,
    ) -> Result<classic::DescribeResourceGroupsResponse, classic::DescribeResourceGroupsError> {
        describe_resource_groups::run(self, caller, input).await
    }

    async fn describe_rules_packages(
        &self,
        caller: &Caller,
        input: classic::DescribeRulesPackagesRequest,
    ) -> Result<classic::DescribeRulesPackagesResponse, classic::DescribeRulesPackagesError> {
        describe_rules_packages::run(caller, input)
    }

    async fn get_assessment_report(
        &self,
        caller: &Caller,
        input: classic::GetAssessmentReportRequest,
    ) -> Result<classic::GetAssessmentReportResponse, classic::GetAssessmentReportError> {
        get_assessment_report::run(self, caller, input).await
    }

    async fn list_assessment_run_agents(
        &self,
        caller: &Caller,
        input: classic::ListAssessmentRunAgentsRequest,
    ) -> Result<classic::ListAssessmentRunAgentsResponse, classic::ListAssessmentRunAgentsError> {
        list_assessment_run_agents::run(self, caller, input).await
    }

    async fn list_assessment_runs(
        &self,
        caller: &Caller,
        input: classic::ListAssessmentRunsRequest,
    ) -> Result<classic::ListAssessmentRunsResponse, classic::ListAssessmentRunsError> {
        list_assessment_runs::run(self, caller, input).await
    }

    async fn list_assessment_targets(
        &self,
        caller: &Caller,
        input: classic::ListAssessmentTargetsRequest,
    ) -> Result<classic::ListAssessmentTargetsResponse, classic::ListAssessmentTargetsError> {
        list_assessment_targets::run(self, caller, input).await
    }

    async fn list_assessment_templates(
        &self,
        caller: &Caller,
        input: classic::ListAssessmentTemplatesRequest,
    ) -> Result<classic::ListAssessmentTemplatesResponse, classic::ListAssessmentTemplatesError> {
        list_assessment_templates::run(self, caller, input).await
    }

    async fn list_exclusions(
        &self,
        caller: &Caller,
        input: classic::ListExclusionsRequest,
    ) -> Result<classic::ListExclusionsResponse, classic::ListExclusionsError> {
        list_exclusions::run(self, caller, input).await
    }

    async fn list_findings(
        &self,
        caller: &Caller,
        input: classic::ListFindingsRequest,
    ) -> Result<classic::ListFindingsResponse, classic::ListFindingsError> {
        list_findings::run(self, caller, input).await
    }

    async fn list_rules_packages(
        &self,
        caller: &Caller,
        input: classic::ListRulesPackagesRequest,
    ) -> Result<classic::ListRulesPackagesResponse, classic::ListRulesPackagesError> {
        list_rules_packages::run(self, caller, &input)
    }

    async fn preview_agents(
        &self,
        caller: &Caller,
        input: classic::PreviewAgentsRequest,
    ) -> Result<classic::PreviewAgentsResponse, classic::PreviewAgentsError> {
        preview_agents::run(self, caller, input).await
    }

    async fn start_assessment_run(
        &self,
        caller: &Caller,
        input: classic::StartAssessmentRunRequest,
    ) -> Result<classic::StartAssessmentRunResponse, classic::StartAssessmentRunError> {
        start_assessment_run::run(self, caller, input).await
    }

    async fn stop_assessment_run(
        &self,
        caller: &Caller,
        input: classic::StopAssessmentRunRequest,
    ) -> Result<(), classic::StopAssessmentRunError> {
        stop_assessment_run::run(self, caller, input).await
    }

    async fn update_assessment_target(
        &self,
        caller: &Caller,
        input: classic::UpdateAssessmentTargetRequest,
    ) -> Result<(), classic::UpdateAssessmentTargetError> {
        update_assessment_target::run(self, caller, input).await
    }
}

impl OpenInspector for Service {
    async fn create_enrollment_token(
        &self,
        caller: &Caller,
        input: own::CreateEnrollmentTokenRequest,
    ) -> Result<own::CreateEnrollmentTokenResponse, own::CreateEnrollmentTokenError> {
        create_enrollment_token::run(self, caller, input).await
    }

    async fn create_session(
        &self,
        caller: &Caller,
        input: own::CreateSessionRequest,
    ) -> Result<own::CreateSessionResponse, own::CreateSessionError> {
        create_session::run(self, caller, input).await
    }

    async fn describe_coverage(
        &self,
        caller: &Caller,
        input: own::DescribeCoverageRequest,
    ) -> Result<own::DescribeCoverageResponse, own::DescribeCoverageError> {
        describe_coverage::run(self, caller, input).await
    }

    async fn get_service_status(
        &self,
        caller: &Caller,
        input: own::GetServiceStatusRequest,
    ) -> Result<own::GetServiceStatusResponse, own::GetServiceStatusError> {
        get_service_status::run(self, caller, input).await
    }

    async fn import_snapshot(
        &self,
        caller: &Caller,
        input: own::ImportSnapshotRequest,
    ) -> Result<own::ImportSnapshotResponse, own::ImportSnapshotError> {
        import_snapshot::run(self, caller, input).await
    }

    async fn list_agents(
        &self,
        caller: &Caller,
        input: own::ListAgentsRequest,
    ) -> Result<own::ListAgentsResponse, own::ListAgentsError> {
        list_agents::run(self, caller, input).await
    }
}
