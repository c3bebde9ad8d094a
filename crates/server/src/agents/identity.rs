//! Who is at the other end of an agent's connection.

use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::request::Parts;
use inspector_store::agent::{self, Agent};
use sha2::{Digest, Sha256};

use super::Refusal;
use crate::Service;

/// What TLS verified: the digest of the client's certificate and the name in it.
#[derive(Debug, Clone)]
pub(super) struct Peer {
    pub(super) agent_id: String,
    pub(super) certificate: String,
}

impl Peer {
    /// Reads a certificate that TLS has verified. `None` when it is not one of ours after all.
    pub(super) fn of(certificate: &[u8]) -> Option<Self> {
        let (_, parsed) = x509_parser::parse_x509_certificate(certificate).ok()?;
        let name = parsed.subject().iter_common_name().next()?.as_str().ok()?.to_owned();
        Some(Self { agent_id: name, certificate: fingerprint(certificate) })
    }
}

/// SHA-256 of a certificate, hexadecimal.
pub(super) fn fingerprint(certificate: &[u8]) -> String {
    hex::encode(Sha256::digest(certificate))
}

/// An enrolled agent: its certificate was verified and is its newest one.
pub(super) struct Enrolled(pub(super) Agent);

impl FromRequestParts<Service> for Enrolled {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, service: &Service) -> Result<Self, Refusal> {
        let refused = |code, message: &str| Refusal::new(StatusCode::UNAUTHORIZED, code, message);
        let peer = parts.extensions.get::<Peer>().cloned();
        let peer = peer.ok_or_else(|| refused("no-certificate", "a client certificate is needed; enrol first"))?;
        let mut conn = service.store().reader().await?;
        match agent::find(&mut conn, &peer.agent_id).await? {
            Some(agent) if agent.certificate == peer.certificate => Ok(Self(agent)),
            Some(_) => {
                Err(refused("certificate-replaced", "a newer certificate was issued for this agent; enrol again"))
            }
            None => Err(refused("not-enrolled", "this agent is not enrolled here; enrol again")),
        }
    }
}
