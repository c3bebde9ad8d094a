//! `OpenInspector.CreateSession`.

use inspector_api::Sensitive;
use inspector_api::caller::Caller;
use inspector_api::openinspector::{
    CreateSessionError, CreateSessionRequest, CreateSessionResponse, InternalException,
};
use inspector_store::access_key::{self, AccessKey, token_hash};
use inspector_store::transact;

use super::own_internal;
use crate::Service;
use crate::first_key::{SECRET_ALPHABET, key_id};
use crate::world::{NoRandomness, now, random, random_text};

/// How long a session lasts, in seconds.
const LIFE_SECONDS: i64 = 3600;

pub(super) async fn run(
    service: &Service,
    caller: &Caller,
    _input: CreateSessionRequest,
) -> Result<CreateSessionResponse, CreateSessionError> {
    let make = || -> Result<_, NoRandomness> {
        Ok((key_id("ASIA")?, random_text(SECRET_ALPHABET, 40)?, hex::encode(random::<32>()?)))
    };
    let (id, secret, token) = make().map_err(|error| InternalException::new(error.to_string()))?;
    let now = now();
    let expires_at = now.plus_seconds(LIFE_SECONDS);
    let key = AccessKey {
        id,
        account: caller.scope.account.clone(),
        principal: caller.principal.clone(),
        session_token_hash: Some(token_hash(&token)),
        expires_at: Some(expires_at),
        enabled: true,
        created_at: now,
    };
    let store = service.store();
    transact!(store, |conn| {
        access_key::forget_expired(conn, now).await?;
        access_key::insert(conn, store, &key, &secret).await
    })
    .map_err(own_internal)?;
    Ok(CreateSessionResponse {
        access_key_id: key.id,
        secret_access_key: Sensitive::new(secret),
        session_token: Sensitive::new(token),
        expires_at,
    })
}
