//! `ListExclusions`.

use inspector_api::caller::Caller;
use inspector_api::inspector::{ListExclusionsError, ListExclusionsRequest, ListExclusionsResponse};
use inspector_model::arn::RunArn;
use inspector_store::{exclusion, run};

use super::convert::internal;
use super::entity::{missing, own};
use super::paging::{Paging, limit};
use crate::Service;

pub(super) async fn run(
    service: &Service,
    caller: &Caller,
    input: ListExclusionsRequest,
) -> Result<ListExclusionsResponse, ListExclusionsError> {
    let arn: RunArn = own::<_, ListExclusionsError>(&input.assessment_run_arn, caller)?;
    let paging = Paging::of(service, caller, "ListExclusions", &arn);
    let after = paging.after(input.next_token.as_deref())?.and_then(|place| place.parse().ok()).unwrap_or(-1);
    let limit = limit(input.max_results, 100, 100)?;
    let mut conn = service.store().reader().await.map_err(internal)?;
    run::find(&mut conn, &arn).await.map_err(internal)?.ok_or_else(|| missing(&arn))?;
    let mut rows = exclusion::page(&mut conn, &arn, after, limit + 1).await.map_err(internal)?;
    let more = rows.len() > usize::try_from(limit).unwrap_or(usize::MAX);
    rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let next_token = rows.last().filter(|_| more).map(|(position, _)| paging.token(&position.to_string()));
    let exclusion_arns = rows.into_iter().map(|(_, stored)| stored.arn.to_string()).collect();
    Ok(ListExclusionsResponse { exclusion_arns, next_token })
}
