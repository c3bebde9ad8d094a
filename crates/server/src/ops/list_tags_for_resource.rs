//! `ListTagsForResource`.

use inspector_api::caller::Caller;
use inspector_api::inspector::{
    ListTagsForResourceError, ListTagsForResourceRequest, ListTagsForResourceResponse, Tag,
};
use inspector_store::template;

use super::convert::{attributes, internal};
use super::entity::{missing, own_resource};
use crate::Service;

pub(super) async fn run(
    service: &Service,
    caller: &Caller,
    input: ListTagsForResourceRequest,
) -> Result<ListTagsForResourceResponse, ListTagsForResourceError> {
    let arn = own_resource::<ListTagsForResourceError>(&input.resource_arn, caller)?;
    let mut conn = service.store().reader().await.map_err(internal)?;
    let tags = template::tags(&mut conn, &arn).await.map_err(internal)?.ok_or_else(|| missing(&arn))?;
    let tags = attributes(&tags).into_iter().map(|tag| Tag { key: tag.key, value: tag.value });
    Ok(ListTagsForResourceResponse { tags: tags.collect() })
}
