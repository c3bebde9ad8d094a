//! Temporary keys.

use inspector_api::Sensitive;
use inspector_api::caller::Caller;
use inspector_api::error::Failure;
use inspector_model::Timestamp;
use inspector_model::arn::AccountId;
use inspector_store::access_key::{self, AccessKey, token_hash};
use inspector_store::transact;
use serde_json::{Value, json};

use super::{Form, duration};
use crate::Service;
use crate::first_key::{SECRET_ALPHABET, key_id};
use crate::identity::Session;
use crate::world::{NoRandomness, now, random, random_text};

/// What a client is given.
pub(crate) struct Credentials {
    /// `ASIA…`
    pub(crate) id: String,
    /// The secret.
    pub(crate) secret: Sensitive,
    /// What must come with each request.
    pub(crate) token: Sensitive,
    /// Until when.
    pub(crate) expires_at: Timestamp,
}

impl Credentials {
    /// As STS writes them.
    pub(super) fn told(&self) -> Value {
        json!({
            "AccessKeyId": self.id,
            "SecretAccessKey": self.secret.reveal(),
            "SessionToken": self.token.reveal(),
            "Expiration": self.expires_at.to_string(),
        })
    }
}

/// Makes keys of `principal` that last for `seconds`.
pub(crate) async fn mint(
    service: &Service,
    account: &AccountId,
    principal: &str,
    session: &Session,
    seconds: i64,
) -> Result<Credentials, Failure> {
    let make = || -> Result<_, NoRandomness> {
        Ok((key_id("ASIA")?, random_text(SECRET_ALPHABET, 40)?, hex::encode(random::<32>()?)))
    };
    let (id, secret, token) = make().map_err(|error| fault(&error))?;
    let (store, now) = (service.store(), now());
    let expires_at = now.plus_seconds(seconds);
    let session = serde_json::to_string(session).map_err(|error| fault(&error))?;
    let key = AccessKey {
        session_token_hash: Some(token_hash(&token)),
        expires_at: Some(expires_at),
        session: Some(session),
        ..AccessKey::lasting(id.clone(), account.clone(), principal.to_owned(), now)
    };
    transact!(store, |conn| {
        access_key::forget_expired(conn, now).await?;
        access_key::insert(conn, store, &key, &secret).await
    })
    .map_err(|error| fault(&error))?;
    Ok(Credentials { id, secret: Sensitive::new(secret), token: Sensitive::new(token), expires_at })
}

/// What the key of a caller was made with, so that a session of a session is limited alike.
pub(crate) async fn session_of(service: &Service, access_key_id: &str) -> Result<Session, Failure> {
    let read = async {
        let store = service.store();
        let found = access_key::find(&mut *store.reader().await?, store, access_key_id).await?;
        found.map(|(key, _)| Session::of(&key)).transpose()
    };
    Ok(read.await.map_err(|error| fault(&error))?.unwrap_or_default())
}

/// `GetSessionToken`: temporary keys of a user. Sessions cannot ask.
pub(super) async fn session_token(service: &Service, caller: &Caller, form: &Form) -> Result<Value, Failure> {
    if caller.access_key_id.starts_with("ASIA") {
        let message = "Cannot call GetSessionToken with session credentials";
        return Err(Failure::protocol("AccessDeniedException", 400, message));
    }
    let most = if caller.principal == "root" { 3600 } else { 129_600 };
    let seconds = duration(form, 43_200, 900, most)?;
    let made = mint(service, &caller.scope.account, &caller.principal, &Session::default(), seconds).await?;
    Ok(json!({ "Credentials": made.told() }))
}

/// Told to nobody but the log.
pub(super) fn fault(error: &dyn std::fmt::Display) -> Failure {
    tracing::error!(%error, "cannot make temporary keys");
    Failure::internal()
}
