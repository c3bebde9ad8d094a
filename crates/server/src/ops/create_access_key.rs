//! `OpenInspector.CreateAccessKey`.

use inspector_api::caller::Caller;
use inspector_api::openinspector::{
    CreateAccessKeyError, CreateAccessKeyRequest, CreateAccessKeyResponse, InvalidInputException,
};
use inspector_store::{access_key, principal, transact};

use super::identity::{self, KEYS};
use super::{own_fault, own_internal};
use crate::Service;

/// Of the user who is named, or of the caller: a user has two keys at most, so that one can be rotated.
pub(super) async fn run(
    service: &Service,
    caller: &Caller,
    input: CreateAccessKeyRequest,
) -> Result<CreateAccessKeyResponse, CreateAccessKeyError> {
    let owner = match input.user_name {
        Some(name) => identity::named("user", &name)?,
        None if caller.principal.starts_with("assumed-role/") => {
            let message = "a session of a role has no lasting keys; name a user";
            return Err(InvalidInputException::new("INVALID_PRINCIPAL".to_owned(), message).into());
        }
        None => caller.principal.clone(),
    };
    let (store, account) = (service.store(), &caller.scope.account);
    let made = identity::new_key(account, &owner).map_err(|error| own_fault(&error))?;
    transact!(store, |conn| {
        if owner != "root" && principal::find(conn, account, &owner).await?.is_none() {
            return Ok(Err(identity::missing(&owner).into()));
        }
        if access_key::lasting(conn, account, Some(&owner)).await?.len() >= KEYS {
            return Ok(Err(identity::full(KEYS, "keys of this user").into()));
        }
        identity::put_key(conn, store, &made).await?;
        let (key, secret) = made.clone();
        Ok(Ok(CreateAccessKeyResponse { access_key_id: key.id, secret_access_key: secret }))
    })
    .map_err(own_internal)?
}
