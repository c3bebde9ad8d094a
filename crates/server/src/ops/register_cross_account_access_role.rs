//! `RegisterCrossAccountAccessRole`.

use inspector_api::caller::Caller;
use inspector_api::inspector::{RegisterCrossAccountAccessRoleError, RegisterCrossAccountAccessRoleRequest};
use inspector_store::{access_role, transact};

use super::convert::internal;
use super::foreign_arn;
use crate::Service;
use crate::world::now;

/// A record of what the account named: this service reads AWS with credentials of its own.
pub(super) async fn run(
    service: &Service,
    caller: &Caller,
    input: RegisterCrossAccountAccessRoleRequest,
) -> Result<(), RegisterCrossAccountAccessRoleError> {
    let role = foreign_arn::role::<RegisterCrossAccountAccessRoleError>(input.role_arn, caller)?;
    transact!(service.store(), |conn| access_role::put(conn, &caller.scope, &role, now()).await).map_err(internal)?;
    Ok(())
}
