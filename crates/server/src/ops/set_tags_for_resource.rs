//! `SetTagsForResource`.

use std::collections::BTreeSet;

use inspector_api::caller::Caller;
use inspector_api::inspector::{
    InvalidInputErrorCode, InvalidInputException, SetTagsForResourceError, SetTagsForResourceRequest,
};
use inspector_model::Attribute;
use inspector_store::{template, transact};

use super::convert::internal;
use super::entity::{missing, own_resource};
use crate::Service;

/// Replaces all tags; without any it takes them away.
pub(super) async fn run(
    service: &Service,
    caller: &Caller,
    input: SetTagsForResourceRequest,
) -> Result<(), SetTagsForResourceError> {
    let arn = own_resource::<SetTagsForResourceError>(&input.resource_arn, caller)?;
    let tags = input.tags.unwrap_or_default().into_iter();
    let tags: Vec<_> = tags.map(|tag| Attribute { key: tag.key, value: tag.value.unwrap_or_default() }).collect();
    let keys: BTreeSet<_> = tags.iter().map(|tag| &tag.key).collect();
    if keys.len() != tags.len() {
        let message = "two of `tags` have the same key";
        return Err(InvalidInputException::new(InvalidInputErrorCode::InvalidTagKey, message).into());
    }
    let set = transact!(service.store(), |conn| template::set_tags(conn, &arn, &tags).await).map_err(internal)?;
    if set { Ok(()) } else { Err(missing(&arn).into()) }
}
