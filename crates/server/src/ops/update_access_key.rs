//! `OpenInspector.UpdateAccessKey`.

use inspector_api::caller::Caller;
use inspector_api::openinspector::{UpdateAccessKeyError, UpdateAccessKeyRequest};
use inspector_store::{access_key, transact};

use super::{identity, own_internal};
use crate::Service;

pub(super) async fn run(
    service: &Service,
    caller: &Caller,
    input: UpdateAccessKeyRequest,
) -> Result<(), UpdateAccessKeyError> {
    let (account, id) = (&caller.scope.account, &input.access_key_id);
    let found = transact!(service.store(), |conn| access_key::enable(conn, account, id, input.active).await);
    if found.map_err(own_internal)? { Ok(()) } else { Err(identity::missing(id).into()) }
}
