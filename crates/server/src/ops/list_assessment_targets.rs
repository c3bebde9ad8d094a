//! `ListAssessmentTargets`.

use inspector_api::caller::Caller;
use inspector_api::inspector::{
    ListAssessmentTargetsError, ListAssessmentTargetsRequest, ListAssessmentTargetsResponse,
};
use inspector_store::target;

use super::convert::internal;
use super::paging::Paging;
use crate::Service;

pub(super) async fn run(
    service: &Service,
    caller: &Caller,
    input: ListAssessmentTargetsRequest,
) -> Result<ListAssessmentTargetsResponse, ListAssessmentTargetsError> {
    let pattern = input.filter.and_then(|filter| filter.assessment_target_name_pattern);
    let paging = Paging::of(service, caller, "ListAssessmentTargets", &pattern);
    let page = paging.page(input.next_token.as_deref(), input.max_results)?;
    let mut conn = service.store().reader().await.map_err(internal)?;
    let found = target::list(&mut conn, &caller.scope, pattern.as_deref(), &page).await.map_err(internal)?;
    let (assessment_target_arns, next) = found;
    Ok(ListAssessmentTargetsResponse { assessment_target_arns, next_token: paging.next(next) })
}
