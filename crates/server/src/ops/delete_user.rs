//! `OpenInspector.DeleteUser`.

use inspector_api::caller::Caller;
use inspector_api::openinspector::{DeleteUserError, DeleteUserRequest};
use inspector_store::{principal, transact};

use super::{identity, own_internal};
use crate::Service;

pub(super) async fn run(service: &Service, caller: &Caller, input: DeleteUserRequest) -> Result<(), DeleteUserError> {
    let name = identity::named("user", &input.user_name)?;
    let gone = transact!(service.store(), |conn| principal::delete(conn, &caller.scope.account, &name).await);
    if gone.map_err(own_internal)? { Ok(()) } else { Err(identity::missing(&name).into()) }
}
