//! `OpenInspector.RevokeAgent`.

use inspector_api::caller::Caller;
use inspector_api::openinspector::{NoSuchEntityException, RevokeAgentError, RevokeAgentRequest};
use inspector_store::agent::{self, Barred};
use inspector_store::transact;

use super::own_internal;
use crate::Service;

/// From its next message on the agent is not listened to; it has no message under way for longer than a check-in is held.
pub(super) async fn run(service: &Service, caller: &Caller, input: RevokeAgentRequest) -> Result<(), RevokeAgentError> {
    let why = input.reason.unwrap_or_else(|| "by an operator".to_owned());
    let revoked = transact!(service.store(), |conn| {
        let found = agent::find(conn, &input.agent_id).await?;
        let Some(mut agent) = found.filter(|agent| agent.scope == caller.scope) else { return Ok(false) };
        agent.barred = Some(Barred::Revoked(why.clone()));
        agent::seen(conn, &agent).await?;
        Ok(true)
    });
    if revoked.map_err(own_internal)? {
        return Ok(());
    }
    let message = format!("no agent `{}` is enrolled", input.agent_id);
    Err(NoSuchEntityException::new("NO_SUCH_ENTITY".to_owned(), message).into())
}
