//! `OpenInspector.CreateSession`.

use inspector_api::caller::Caller;
use inspector_api::openinspector::{
    CreateSessionError, CreateSessionRequest, CreateSessionResponse, InternalException,
};

use crate::Service;
use crate::sts::credentials::{mint, session_of};

/// How long a session lasts, in seconds.
const LIFE_SECONDS: i64 = 3600;

/// A session of a session is limited as that one is.
pub(super) async fn run(
    service: &Service,
    caller: &Caller,
    _input: CreateSessionRequest,
) -> Result<CreateSessionResponse, CreateSessionError> {
    let internal = |failure: inspector_api::error::Failure| InternalException::new(failure.message());
    let session = session_of(service, &caller.access_key_id).await.map_err(internal)?;
    let made = mint(service, &caller.scope.account, &caller.principal, &session, LIFE_SECONDS).await;
    let made = made.map_err(internal)?;
    Ok(CreateSessionResponse {
        access_key_id: made.id,
        secret_access_key: made.secret,
        session_token: made.token,
        expires_at: made.expires_at,
    })
}
