//! `OpenInspector.DeleteAccessKey`.

use inspector_api::caller::Caller;
use inspector_api::openinspector::{DeleteAccessKeyError, DeleteAccessKeyRequest};
use inspector_store::{access_key, transact};

use super::{identity, own_internal};
use crate::Service;

pub(super) async fn run(
    service: &Service,
    caller: &Caller,
    input: DeleteAccessKeyRequest,
) -> Result<(), DeleteAccessKeyError> {
    let (account, id) = (&caller.scope.account, &input.access_key_id);
    let gone = transact!(service.store(), |conn| access_key::delete(conn, account, id).await);
    if gone.map_err(own_internal)? { Ok(()) } else { Err(identity::missing(id).into()) }
}
