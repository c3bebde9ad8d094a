//! `OpenInspector.CreateEnrollmentToken`.

use inspector_api::Sensitive;
use inspector_api::caller::Caller;
use inspector_api::openinspector::{
    CreateEnrollmentTokenError, CreateEnrollmentTokenRequest, CreateEnrollmentTokenResponse, InternalException,
};
use inspector_model::Attribute;
use inspector_store::enrollment::{self, Grant};
use inspector_store::transact;

use super::own_internal;
use crate::Service;
use crate::agents::install_command;
use crate::world::{now, random};

/// How long a token is good unless the request says otherwise, in seconds.
const LIFE_SECONDS: i32 = 3600;

pub(super) async fn run(
    service: &Service,
    caller: &Caller,
    input: CreateEnrollmentTokenRequest,
) -> Result<CreateEnrollmentTokenResponse, CreateEnrollmentTokenError> {
    let token = hex::encode(random::<32>().map_err(|error| InternalException::new(error.to_string()))?);
    let tags = input.tags.unwrap_or_default().into_iter().map(|tag| Attribute { key: tag.key, value: tag.value });
    let uses = input.uses.and_then(|uses| u32::try_from(uses).ok()).unwrap_or(1);
    let grant = Grant { scope: caller.scope.clone(), tags: tags.collect(), agent: input.agent_id, uses };
    let now = now();
    let expires_at = now.plus_seconds(i64::from(input.valid_seconds.unwrap_or(LIFE_SECONDS)));
    transact!(service.store(), |conn| enrollment::insert(conn, &token, &grant, now, expires_at).await)
        .map_err(own_internal)?;
    let describing = service.clone();
    let command = tokio::task::spawn_blocking(move || install_command(&describing)).await;
    Ok(CreateEnrollmentTokenResponse {
        install_command: command.map_err(|error| InternalException::new(error.to_string()))?,
        token: Sensitive::new(token),
        ca_fingerprint: service.authority().fingerprint(),
        expires_at,
        agent_listen: service.addresses().agents_url.clone(),
    })
}
