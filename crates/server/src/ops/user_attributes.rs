//! What adding and removing the user's own attributes of findings share.

use inspector_api::caller::Caller;
use inspector_api::inspector::{FailedItemErrorCode, NoSuchEntityException};
use inspector_model::Attribute;
use inspector_model::arn::FindingArn;
use inspector_store::finding::{self, StoredFinding};
use inspector_store::{StoreError, transact};

use super::entity::{FailedItems, batch, failed, missing};
use crate::Service;
use crate::world::now;

/// So many may a finding carry.
const MOST: usize = 10;

/// Gives each finding of `texts` the attributes that `change` makes of its present ones. A finding that would carry too
/// many stays as it is. Where no finding exists at all, that is an error and not a list of failures.
pub(super) async fn change(
    service: &Service,
    caller: &Caller,
    texts: Vec<String>,
    change: impl Fn(&[Attribute]) -> Vec<Attribute> + Send + Sync,
) -> Result<Result<FailedItems, NoSuchEntityException>, StoreError> {
    let (arns, failures) = batch::<FindingArn>(texts, caller);
    let updated_at = now();
    transact!(service.store(), |conn| {
        let (mut failures, mut unknown) = (failures.clone(), 0);
        for arn in &arns {
            let Some(before) = finding::find(conn, arn).await? else {
                unknown += 1;
                failures.insert(arn.to_string(), failed(FailedItemErrorCode::ItemDoesNotExist));
                continue;
            };
            let user_attributes = change(&before.user_attributes);
            if user_attributes.len() > MOST {
                failures.insert(arn.to_string(), failed(FailedItemErrorCode::LimitExceeded));
                continue;
            }
            finding::set_user_attributes(conn, &StoredFinding { user_attributes, updated_at, ..before }).await?;
        }
        match arns.first() {
            Some(first) if unknown == arns.len() && failures.len() == arns.len() => Ok(Err(missing(first))),
            Some(_) | None => Ok(Ok(failures)),
        }
    })
}
