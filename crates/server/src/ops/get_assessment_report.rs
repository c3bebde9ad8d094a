//! `GetAssessmentReport`.

use inspector_api::caller::Caller;
use inspector_api::inspector::{
    GetAssessmentReportError, GetAssessmentReportRequest, GetAssessmentReportResponse, ReportFileFormat, ReportStatus,
    ReportType,
};
use inspector_model::arn::RunArn;
use inspector_model::run::RunState;
use inspector_report::ReportKind;
use inspector_store::run;

use super::convert::internal;
use super::entity::{missing, own};
use super::in_progress;
use crate::Service;
use crate::reports::{Writer, link};

/// The report is written when the link is followed, so it is complete at once.
pub(super) async fn run(
    service: &Service,
    caller: &Caller,
    input: GetAssessmentReportRequest,
) -> Result<GetAssessmentReportResponse, GetAssessmentReportError> {
    let arn: RunArn = own::<_, GetAssessmentReportError>(&input.assessment_run_arn, caller)?;
    let mut conn = service.store().reader().await.map_err(internal)?;
    let run = run::find(&mut conn, &arn).await.map_err(internal)?.ok_or_else(|| missing(&arn))?;
    if !run.state.terminal() {
        return Err(in_progress(&[arn]).into());
    }
    if !matches!(run.state, RunState::Completed | RunState::CompletedWithErrors) {
        return Ok(GetAssessmentReportResponse { status: ReportStatus::Failed, url: None });
    }
    let kind = match input.report_type {
        ReportType::Finding => ReportKind::Findings,
        ReportType::Full => ReportKind::Full,
    };
    let writer = match input.report_file_format {
        ReportFileFormat::Html => Writer::Html,
        ReportFileFormat::Pdf => Writer::Pdf,
    };
    Ok(GetAssessmentReportResponse { status: ReportStatus::Completed, url: Some(link(service, &arn, (kind, writer))) })
}
