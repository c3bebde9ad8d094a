//! `POST /agent/v1/renew`: a new certificate for a new key, for who shows the old one.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use inspector_model::agent::{EnrollResponse, RenewRequest};
use inspector_store::agent;
use inspector_store::transact;

use super::identity::{RENEWAL_GRACE, Renewing, admit, signed};
use super::{Message, Refusal};
use crate::Service;
use crate::world::now;

/// The old certificate stays good until the new one is used: the answer may get lost.
pub(super) async fn renew(
    State(service): State<Service>,
    Renewing(enrolled): Renewing,
    Message(request): Message<RenewRequest>,
) -> Result<Json<EnrollResponse>, Refusal> {
    let (issued, certificate) = signed(&service, &request.certificate_request, &enrolled.agent.id)?;
    let renewed = transact!(service.store(), |conn| {
        // Read again: it may have been revoked or renewed since.
        let Some(mut agent) = agent::find(conn, &enrolled.agent.id).await? else { return Ok(false) };
        if admit(&agent, &enrolled.peer, now(), RENEWAL_GRACE).is_err() {
            return Ok(false);
        }
        agent.uses(&enrolled.peer.certificate);
        agent.renewed = Some(certificate.clone());
        agent.last_seen_at = Some(now());
        agent::seen(conn, &agent).await?;
        Ok(true)
    })?;
    if !renewed {
        return Err(Refusal::new(StatusCode::UNAUTHORIZED, "not-enrolled", "this agent is not enrolled here any more"));
    }
    Ok(Json(EnrollResponse { certificate: issued.pem, expires_at: issued.expires_at }))
}
