//! `ListAssessmentRuns`.

use inspector_api::caller::Caller;
use inspector_api::inspector::{
    AssessmentRunFilter, InvalidInputErrorCode, InvalidInputException, ListAssessmentRunsError,
    ListAssessmentRunsRequest, ListAssessmentRunsResponse,
};
use inspector_model::arn::{Region, TemplateArn};
use inspector_model::run::RunState;
use inspector_store::run::{self, RunFilter};
use inspector_store::template;

use super::convert::{duration_range, internal, packages_to_find, time_range};
use super::entity::{all_own, missing};
use super::paging::Paging;
use crate::Service;

pub(super) async fn run(
    service: &Service,
    caller: &Caller,
    input: ListAssessmentRunsRequest,
) -> Result<ListAssessmentRunsResponse, ListAssessmentRunsError> {
    let templates: Vec<TemplateArn> = all_own::<_, ListAssessmentRunsError>(input.assessment_template_arns, caller)?;
    let paging = Paging::of(service, caller, "ListAssessmentRuns", &(&templates, &input.filter));
    let page = paging.page(input.next_token.as_deref(), input.max_results)?;
    let mut conn = service.store().reader().await.map_err(internal)?;
    for arn in &templates {
        template::find(&mut conn, arn).await.map_err(internal)?.ok_or_else(|| missing(arn))?;
    }
    let Some(filter) = wanted(input.filter, &caller.scope.region)? else {
        return Ok(ListAssessmentRunsResponse { assessment_run_arns: Vec::new(), next_token: None });
    };
    let filter = RunFilter { templates, ..filter };
    let (assessment_run_arns, next) = run::list(&mut conn, &caller.scope, &filter, &page).await.map_err(internal)?;
    Ok(ListAssessmentRunsResponse { assessment_run_arns, next_token: paging.next(next) })
}

/// `None` where nothing can match.
fn wanted(filter: Option<AssessmentRunFilter>, region: &Region) -> Result<Option<RunFilter>, InvalidInputException> {
    let Some(filter) = filter else { return Ok(Some(RunFilter::default())) };
    let states = filter.states.unwrap_or_default();
    let states = RunState::ALL.into_iter().filter(|state| states.iter().any(|word| word.as_str() == state.as_str()));
    let (min_duration, max_duration) =
        duration_range(filter.duration_range, InvalidInputErrorCode::InvalidAssessmentRunDurationRange)?;
    let Some(packages) = packages_to_find(filter.rules_package_arns, region)? else { return Ok(None) };
    Ok(Some(RunFilter {
        templates: Vec::new(),
        name_pattern: filter.name_pattern,
        states: states.collect(),
        min_duration,
        max_duration,
        packages,
        started: time_range(filter.start_time_range, InvalidInputErrorCode::InvalidAssessmentRunStartTimeRange)?,
        completed: time_range(
            filter.completion_time_range,
            InvalidInputErrorCode::InvalidAssessmentRunCompletionTimeRange,
        )?,
        changed: time_range(
            filter.state_change_time_range,
            InvalidInputErrorCode::InvalidAssessmentRunStateChangeTimeRange,
        )?,
    }))
}
