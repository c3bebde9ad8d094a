//! `ListRulesPackages`.

use inspector_api::caller::Caller;
use inspector_api::inspector::{ListRulesPackagesError, ListRulesPackagesRequest, ListRulesPackagesResponse};

use super::convert::package_arn;
use super::paging::{Paging, limit};
use crate::Service;
use crate::engine::known;

/// Those that this service can evaluate.
pub(super) async fn run(
    service: &Service,
    caller: &Caller,
    input: ListRulesPackagesRequest,
) -> Result<ListRulesPackagesResponse, ListRulesPackagesError> {
    let paging = Paging::of(service, caller, "ListRulesPackages", &());
    let after = paging.after(input.next_token.as_deref())?;
    let limit = usize::try_from(limit(input.max_results, 10, 100)?).unwrap_or_default();
    let arns: Vec<String> = known().map(|key| package_arn(key, &caller.scope.region)).collect();
    let from = after.and_then(|last| arns.iter().position(|arn| *arn == last)).map_or(0, |place| place + 1);
    let page: Vec<String> = arns.iter().skip(from).take(limit).cloned().collect();
    let more = from + page.len() < arns.len();
    let next_token = page.last().filter(|_| more).map(|last| paging.token(last));
    Ok(ListRulesPackagesResponse { rules_package_arns: page, next_token })
}
