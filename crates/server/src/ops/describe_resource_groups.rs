//! `DescribeResourceGroups`.

use inspector_api::caller::Caller;
use inspector_api::inspector as api;
use inspector_api::inspector::{
    DescribeResourceGroupsError, DescribeResourceGroupsRequest, DescribeResourceGroupsResponse, FailedItemErrorCode,
};
use inspector_model::arn::ResourceGroupArn;
use inspector_store::resource_group;

use super::convert::internal;
use super::entity::{batch, failed};
use crate::Service;

pub(super) async fn run(
    service: &Service,
    caller: &Caller,
    input: DescribeResourceGroupsRequest,
) -> Result<DescribeResourceGroupsResponse, DescribeResourceGroupsError> {
    let (arns, mut failed_items) = batch::<ResourceGroupArn>(input.resource_group_arns, caller);
    let mut resource_groups = Vec::new();
    let mut conn = service.store().reader().await.map_err(internal)?;
    for arn in arns {
        match resource_group::find(&mut conn, &arn).await.map_err(internal)? {
            Some(group) => {
                let tag =
                    |tag: inspector_model::asset::GroupTag| api::ResourceGroupTag { key: tag.key, value: tag.value };
                resource_groups.push(api::ResourceGroup {
                    arn: group.arn.to_string(),
                    tags: group.tags.into_iter().map(tag).collect(),
                    created_at: group.created_at,
                });
            }
            None => {
                failed_items.insert(arn.to_string(), failed(FailedItemErrorCode::ItemDoesNotExist));
            }
        }
    }
    Ok(DescribeResourceGroupsResponse { resource_groups, failed_items })
}
