//! `DescribeCrossAccountAccessRole`.

use inspector_api::caller::Caller;
use inspector_api::inspector::{
    DescribeCrossAccountAccessRoleError, DescribeCrossAccountAccessRoleRequest, DescribeCrossAccountAccessRoleResponse,
};
use inspector_model::Timestamp;
use inspector_model::arn::Scope;
use inspector_store::access_role;

use super::convert::internal;
use crate::Service;

/// The role that was registered last, or the service-linked one that the original used without asking, registered at
/// the epoch. Never `valid`: nobody has tried the role.
pub(super) async fn run(
    service: &Service,
    caller: &Caller,
    _input: DescribeCrossAccountAccessRoleRequest,
) -> Result<DescribeCrossAccountAccessRoleResponse, DescribeCrossAccountAccessRoleError> {
    let mut conn = service.store().reader().await.map_err(internal)?;
    let registered = access_role::find(&mut conn, &caller.scope).await.map_err(internal)?;
    let (role_arn, registered_at) =
        registered.unwrap_or_else(|| (service_linked(&caller.scope), Timestamp::from_millis(0)));
    Ok(DescribeCrossAccountAccessRoleResponse { role_arn, valid: false, registered_at })
}

/// The original's own role in an account (AWS user guide, "Using service-linked roles").
fn service_linked(scope: &Scope) -> String {
    let path = "aws-service-role/inspector.amazonaws.com/AWSServiceRoleForAmazonInspector";
    format!("arn:{}:iam::{}:role/{path}", scope.region.partition(), scope.account)
}
