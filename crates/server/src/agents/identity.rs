//! Who is at the other end of an agent's connection.

use std::net::IpAddr;

use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::request::Parts;
use inspector_model::Timestamp;
use inspector_model::agent::CERTIFICATE_EXPIRED;
use inspector_store::agent::{self, Agent, Barred, Certificate};
use sha2::{Digest, Sha256};

use super::Refusal;
use super::ca::Issued;
use crate::Service;
use crate::world::now;

/// An expired certificate is good for a renewal for as long, in seconds: thirty days.
pub(super) const RENEWAL_GRACE: i64 = 30 * 86_400;

/// What TLS verified: the digest of the client's certificate, the name in it, and where it came from.
#[derive(Debug, Clone)]
pub(super) struct Peer {
    pub(super) agent_id: String,
    pub(super) certificate: String,
    pub(super) address: IpAddr,
}

impl Peer {
    /// Reads a certificate that TLS has verified. `None` when it is not one of ours after all.
    pub(super) fn of(certificate: &[u8], address: IpAddr) -> Option<Self> {
        let (_, parsed) = x509_parser::parse_x509_certificate(certificate).ok()?;
        let name = parsed.subject().iter_common_name().next()?.as_str().ok()?.to_owned();
        Some(Self { agent_id: name, certificate: fingerprint(certificate), address })
    }
}

/// SHA-256 of a certificate, hexadecimal.
pub(super) fn fingerprint(certificate: &[u8]) -> String {
    hex::encode(Sha256::digest(certificate))
}

/// A certificate of the agent `id` for the key in `request`, a PKCS#10 signing request in PEM: as it is answered, and as it
/// is kept.
pub(super) fn signed(service: &Service, request: &str, id: &str) -> Result<(Issued, Certificate), Refusal> {
    let signed = service.authority().sign_agent(request, id, service.agent_settings().certificate_seconds);
    let issued = signed.map_err(|error| Refusal::new(StatusCode::BAD_REQUEST, "bad-request", error.to_string()))?;
    let certificate = Certificate { digest: fingerprint(&issued.der), expires_at: issued.expires_at };
    Ok((issued, certificate))
}

/// An enrolled agent: its certificate was verified, is valid, and is the one in use or the renewed one; nothing bars it.
pub(super) struct Enrolled {
    pub(super) agent: Agent,
    pub(super) peer: Peer,
}

impl FromRequestParts<Service> for Enrolled {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, service: &Service) -> Result<Self, Refusal> {
        holder(parts, service, 0).await
    }
}

/// The same, with a certificate whose time may be over.
pub(super) struct Renewing(pub(super) Enrolled);

impl FromRequestParts<Service> for Renewing {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, service: &Service) -> Result<Self, Refusal> {
        holder(parts, service, RENEWAL_GRACE).await.map(Self)
    }
}

async fn holder(parts: &Parts, service: &Service, grace: i64) -> Result<Enrolled, Refusal> {
    let peer = parts.extensions.get::<Peer>().cloned();
    let peer = peer.ok_or_else(|| refused("no-certificate", "a client certificate is needed; enrol first"))?;
    let agent = agent::find(&mut *service.store().reader().await?, &peer.agent_id).await?;
    let agent = agent.ok_or_else(|| refused("not-enrolled", "this agent is not enrolled here; enrol again"))?;
    admit(&agent, &peer, now(), grace)?;
    Ok(Enrolled { agent, peer })
}

/// Whether `agent` is listened to when it shows the certificate of `peer`.
pub(super) fn admit(agent: &Agent, peer: &Peer, now: Timestamp, grace: i64) -> Result<(), Refusal> {
    let shown = std::iter::once(&agent.certificate).chain(&agent.renewed);
    let shown = shown.into_iter().find(|certificate| certificate.digest == peer.certificate);
    let Some(shown) = shown else {
        return Err(refused("certificate-replaced", "a newer certificate was issued for this agent; enrol again"));
    };
    match &agent.barred {
        Some(Barred::Revoked(_)) => return Err(refused("revoked", "this agent was revoked; enrol again")),
        Some(Barred::Cloned(why)) => return Err(refused("identity-cloned", format!("{why}; enrol each anew"))),
        None => {}
    }
    if shown.expires_at.plus_seconds(grace) <= now {
        let told = format!("the certificate was valid until {}", shown.expires_at);
        return Err(refused(CERTIFICATE_EXPIRED, told));
    }
    Ok(())
}

fn refused(code: &'static str, message: impl Into<String>) -> Refusal {
    Refusal::new(StatusCode::UNAUTHORIZED, code, message)
}

#[cfg(test)]
mod tests {
    use inspector_model::arn::Scope;
    use inspector_model::sighting::Sightings;
    use inspector_store::agent::Certificate;

    use super::*;

    fn certificate(digest: &str, expires_at: i64) -> Certificate {
        Certificate { digest: digest.to_owned(), expires_at: Timestamp::from_millis(expires_at * 1000) }
    }

    fn agent() -> Agent {
        Agent {
            id: "i-01234567".to_owned(),
            scope: Scope { account: "000000000000".parse().unwrap(), region: "us-east-1".parse().unwrap() },
            version: String::new(),
            hostname: String::new(),
            operating_system: String::new(),
            kernel_version: String::new(),
            tags: Vec::new(),
            certificate: certificate("old", 100),
            renewed: Some(certificate("new", 200)),
            enrolled_at: Timestamp::from_millis(0),
            last_seen_at: None,
            barred: None,
            sightings: Sightings::default(),
            troubles: Vec::new(),
        }
    }

    /// The code of the refusal, or that there is none.
    fn told(agent: &Agent, certificate: &str, now: i64, grace: i64) -> &'static str {
        let peer = Peer {
            agent_id: agent.id.clone(),
            certificate: certificate.to_owned(),
            address: IpAddr::from([127, 0, 0, 1]),
        };
        admit(agent, &peer, Timestamp::from_millis(now * 1000), grace).map_or_else(|refusal| refusal.code, |()| "")
    }

    #[test]
    fn the_certificate_in_use_and_the_renewed_one_are_good_each_in_its_time() {
        let agent = agent();
        assert_eq!(told(&agent, "old", 99, 0), "");
        assert_eq!(told(&agent, "old", 100, 0), CERTIFICATE_EXPIRED);
        assert_eq!(told(&agent, "new", 100, 0), "");
        assert_eq!(told(&agent, "other", 0, 0), "certificate-replaced");
    }

    #[test]
    fn an_expired_certificate_is_good_for_a_renewal_until_the_grace_is_over() {
        let agent = agent();
        assert_eq!(told(&agent, "old", 100 + RENEWAL_GRACE - 1, RENEWAL_GRACE), "");
        assert_eq!(told(&agent, "old", 100 + RENEWAL_GRACE, RENEWAL_GRACE), CERTIFICATE_EXPIRED);
    }

    #[test]
    fn who_is_barred_is_refused_even_a_renewal() {
        let revoked = Agent { barred: Some(Barred::Revoked(String::new())), ..agent() };
        let cloned = Agent { barred: Some(Barred::Cloned("two machines".to_owned())), ..agent() };
        for grace in [0, RENEWAL_GRACE] {
            assert_eq!(told(&revoked, "old", 0, grace), "revoked");
            assert_eq!(told(&cloned, "new", 0, grace), "identity-cloned");
        }
    }
}
