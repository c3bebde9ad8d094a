//! `ListFindings`.

use inspector_api::caller::Caller;
use inspector_api::inspector::{
    FindingFilter as Filter, InvalidInputErrorCode, InvalidInputException, ListFindingsError, ListFindingsRequest,
    ListFindingsResponse, TimestampRange,
};
use inspector_model::arn::{Region, RunArn};
use inspector_store::finding::{self, FindingFilter};
use inspector_store::run;

use super::convert::{from_severity, internal, packages_to_find, time_range, wanted};
use super::entity::{all_own, missing};
use super::paging::Paging;
use crate::Service;

pub(super) async fn run(
    service: &Service,
    caller: &Caller,
    input: ListFindingsRequest,
) -> Result<ListFindingsResponse, ListFindingsError> {
    let runs: Vec<RunArn> = all_own::<_, ListFindingsError>(input.assessment_run_arns, caller)?;
    let paging = Paging::of(service, caller, "ListFindings", &(&runs, &input.filter));
    let page = paging.page(input.next_token.as_deref(), input.max_results)?;
    let mut conn = service.store().reader().await.map_err(internal)?;
    for arn in &runs {
        run::find(&mut conn, arn).await.map_err(internal)?.ok_or_else(|| missing(arn))?;
    }
    let Some(filter) = filter(input.filter, &caller.scope.region)? else {
        return Ok(ListFindingsResponse { finding_arns: Vec::new(), next_token: None });
    };
    let filter = FindingFilter { runs, ..filter };
    let (finding_arns, next) = finding::list(&mut conn, &caller.scope, &filter, &page).await.map_err(internal)?;
    Ok(ListFindingsResponse { finding_arns, next_token: paging.next(next) })
}

/// `None` where nothing can match.
fn filter(filter: Option<Filter>, region: &Region) -> Result<Option<FindingFilter>, InvalidInputException> {
    let Some(filter) = filter else { return Ok(Some(FindingFilter::default())) };
    let Some(packages) = packages_to_find(filter.rules_package_arns, region)? else { return Ok(None) };
    Ok(Some(FindingFilter {
        runs: Vec::new(),
        agents: filter.agent_ids.unwrap_or_default(),
        auto_scaling_groups: filter.auto_scaling_groups.unwrap_or_default(),
        rules: filter.rule_names.unwrap_or_default(),
        severities: filter.severities.unwrap_or_default().into_iter().map(from_severity).collect(),
        packages,
        attributes: wanted(filter.attributes),
        user_attributes: wanted(filter.user_attributes),
        created: created(filter.creation_time_range)?,
    }))
}

/// The model has no code for this range; a filter's attribute is the nearest.
fn created(range: Option<TimestampRange>) -> Result<run::TimeRange, InvalidInputException> {
    time_range(range, InvalidInputErrorCode::InvalidAttribute)
}
