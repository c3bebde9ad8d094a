//! `CreateResourceGroup`.

use inspector_api::caller::Caller;
use inspector_api::inspector::{
    CreateResourceGroupError, CreateResourceGroupRequest, CreateResourceGroupResponse, LimitExceededErrorCode,
};
use inspector_model::arn::ResourceGroupArn;
use inspector_model::asset::GroupTag;
use inspector_store::resource_group::{self, ResourceGroup};
use inspector_store::transact;

use super::convert::internal;
use super::quota;
use crate::Service;
use crate::world::now;

pub(super) async fn run(
    service: &Service,
    caller: &Caller,
    input: CreateResourceGroupRequest,
) -> Result<CreateResourceGroupResponse, CreateResourceGroupError> {
    let group = caller.new_id();
    let tags = input.resource_group_tags.into_iter().map(|tag| GroupTag { key: tag.key, value: tag.value });
    let group = ResourceGroup {
        arn: ResourceGroupArn { scope: caller.scope.clone(), group },
        tags: tags.collect(),
        created_at: now(),
    };
    transact!(service.store(), |conn| {
        let (have, most) = (resource_group::count(conn, &caller.scope).await?, service.quotas().resource_groups);
        let code = LimitExceededErrorCode::ResourceGroupLimitExceeded;
        if let Err(refused) = quota::refuse_at(("resource-groups", most), have, "resource groups", code) {
            return Ok(Err(refused.into()));
        }
        resource_group::insert(conn, &group).await?;
        Ok(Ok(CreateResourceGroupResponse { resource_group_arn: group.arn.to_string() }))
    })
    .map_err(internal)?
}
