//! `ListAssessmentTemplates`.

use inspector_api::caller::Caller;
use inspector_api::inspector::{
    InvalidInputErrorCode, ListAssessmentTemplatesError, ListAssessmentTemplatesRequest,
    ListAssessmentTemplatesResponse,
};
use inspector_model::arn::TargetArn;
use inspector_store::target;
use inspector_store::template::{self, TemplateFilter};

use super::convert::{duration_range, internal, packages_to_find};
use super::entity::{all_own, missing};
use super::paging::Paging;
use crate::Service;

pub(super) async fn run(
    service: &Service,
    caller: &Caller,
    input: ListAssessmentTemplatesRequest,
) -> Result<ListAssessmentTemplatesResponse, ListAssessmentTemplatesError> {
    let targets: Vec<TargetArn> = all_own::<_, ListAssessmentTemplatesError>(input.assessment_target_arns, caller)?;
    let paging = Paging::of(service, caller, "ListAssessmentTemplates", &(&targets, &input.filter));
    let page = paging.page(input.next_token.as_deref(), input.max_results)?;
    let mut conn = service.store().reader().await.map_err(internal)?;
    for arn in &targets {
        target::find(&mut conn, arn).await.map_err(internal)?.ok_or_else(|| missing(arn))?;
    }
    let (name_pattern, durations, packages) = match input.filter {
        Some(filter) => (filter.name_pattern, filter.duration_range, filter.rules_package_arns),
        None => (None, None, None),
    };
    let (min_duration, max_duration) =
        duration_range(durations, InvalidInputErrorCode::InvalidAssessmentTemplateDurationRange)?;
    let Some(packages) = packages_to_find(packages, &caller.scope.region)? else {
        return Ok(ListAssessmentTemplatesResponse { assessment_template_arns: Vec::new(), next_token: None });
    };
    let filter = TemplateFilter { targets, name_pattern, min_duration, max_duration, packages };
    let (assessment_template_arns, next) =
        template::list(&mut conn, &caller.scope, &filter, &page).await.map_err(internal)?;
    Ok(ListAssessmentTemplatesResponse { assessment_template_arns, next_token: paging.next(next) })
}
