//! `POST /agent/v1/enroll`: a one-use token for a client certificate.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use inspector_model::agent::{EnrollRequest, EnrollResponse};
use inspector_model::sighting::Sightings;
use inspector_model::{Attribute, Timestamp};
use inspector_store::agent::{self, Agent, Certificate};
use inspector_store::enrollment::{self, Grant, Redeemed};
use inspector_store::transact;

use super::identity::signed;
use super::{Message, Refusal};
use crate::Service;
use crate::health::{Health, health};
use crate::world::now;

/// At most as many tags as an EC2 instance may have.
const MAX_TAGS: usize = 50;

pub(super) async fn enroll(
    State(service): State<Service>,
    Message(request): Message<EnrollRequest>,
) -> Result<Json<EnrollResponse>, Refusal> {
    check(&request)?;
    let (issued, certificate) = signed(&service, &request.certificate_request, &request.agent_id)?;
    let now = now();
    let outcome = transact!(service.store(), |conn| {
        let other = agent::find(conn, &request.agent_id).await?;
        let alive = health(other.as_ref(), now) == Health::Healthy;
        let grant = match enrollment::grant(conn, &request.token, &request.agent_id, now).await? {
            Redeemed::For(grant) => grant,
            Redeemed::Unknown => return Ok(Outcome::TokenUnknown),
            Redeemed::Used => return Ok(Outcome::TokenUsed),
            Redeemed::Expired => return Ok(Outcome::TokenExpired),
            Redeemed::Other => return Ok(Outcome::TokenOther),
        };
        if other.is_some_and(|other| other.scope != grant.scope) {
            return Ok(Outcome::Taken);
        }
        if alive && grant.agent.is_none() {
            return Ok(Outcome::Alive);
        }
        if !enrollment::redeem(conn, &request.token, &request.agent_id, now).await? {
            return Ok(Outcome::TokenUsed);
        }
        agent::put(conn, &enrolled(&request, &grant, &certificate, now)).await?;
        Ok(Outcome::Enrolled)
    })?;
    match outcome.refusal() {
        Some(refusal) => Err(refusal),
        None => {
            tracing::info!(agent = request.agent_id, "agent enrolled");
            Ok(Json(EnrollResponse { certificate: issued.pem, expires_at: issued.expires_at }))
        }
    }
}

/// What becomes of an enrolment.
#[derive(Debug, Clone, Copy)]
enum Outcome {
    Enrolled,
    TokenUnknown,
    TokenUsed,
    TokenExpired,
    TokenOther,
    Taken,
    Alive,
}

impl Outcome {
    /// Statuses that say: repeating the same message is of no use.
    fn refusal(self) -> Option<Refusal> {
        let (status, code, message) = match self {
            Self::Enrolled => return None,
            Self::TokenUnknown => (StatusCode::NOT_FOUND, "token-unknown", "there is no such enrolment token"),
            Self::TokenUsed => (StatusCode::CONFLICT, "token-used", "the enrolment token has been used before"),
            Self::TokenExpired => (StatusCode::GONE, "token-expired", "the enrolment token has expired"),
            Self::TokenOther => {
                (StatusCode::CONFLICT, "token-for-another", "the enrolment token is good for another agent id")
            }
            Self::Taken => {
                (StatusCode::CONFLICT, "agent-taken", "an agent of this id belongs to another account or Region")
            }
            Self::Alive => (
                StatusCode::CONFLICT,
                "agent-alive",
                "an agent of this id is alive; to replace it, use a token made for this id \
                 (`inspector admin enrollment-token --agent-id`)",
            ),
        };
        Some(Refusal::new(status, code, message))
    }
}

fn enrolled(request: &EnrollRequest, grant: &Grant, certificate: &Certificate, now: Timestamp) -> Agent {
    Agent {
        id: request.agent_id.clone(),
        scope: grant.scope.clone(),
        version: request.agent_version.clone(),
        hostname: String::new(),
        operating_system: String::new(),
        kernel_version: String::new(),
        tags: joined(&grant.tags, &request.tags),
        certificate: certificate.clone(),
        renewed: None,
        enrolled_at: now,
        last_seen_at: Some(now),
        barred: None,
        sightings: Sightings::default(),
        troubles: Vec::new(),
    }
}

fn check(request: &EnrollRequest) -> Result<(), Refusal> {
    let malformed = |message: &str| Err(Refusal::new(StatusCode::BAD_REQUEST, "malformed", message));
    if !is_instance_id(&request.agent_id) {
        return malformed("`agentId` is not `i-` and 8 to 32 digits of 0-9 and a-f");
    }
    if request.agent_version.is_empty() || request.agent_version.len() > 128 {
        return malformed("`agentVersion` has 1 to 128 characters");
    }
    let fits = |tag: &Attribute| (1..=128).contains(&tag.key.chars().count()) && tag.value.chars().count() <= 256;
    if request.tags.len() > MAX_TAGS || !request.tags.iter().all(fits) {
        return malformed("`tags` holds at most 50 pairs, keys of 1 to 128 and values of up to 256 characters");
    }
    Ok(())
}

/// `i-` and hexadecimal digits: EC2's form, with room for the longer ids of hosts elsewhere.
fn is_instance_id(text: &str) -> bool {
    let digits = text.strip_prefix("i-").unwrap_or_default();
    (8..=32).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
}

/// The operator's tags, then those of the agent's own whose keys the operator did not set.
fn joined(granted: &[Attribute], own: &[Attribute]) -> Vec<Attribute> {
    let mut tags = granted.to_vec();
    for tag in own {
        if !tags.iter().any(|other| other.key == tag.key) {
            tags.push(tag.clone());
        }
    }
    tags.truncate(MAX_TAGS);
    tags
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_instance_ids_may_enrol() {
        for good in ["i-0123456789abcdef0", "i-01234567", "i-0123456789abcdef0123456789abcdef"] {
            assert!(is_instance_id(good), "{good}");
        }
        for bad in ["i-", "i-xyz", "web-1", "i-0123456789ABCDEF0", "i-../../etc", ""] {
            assert!(!is_instance_id(bad), "{bad}");
        }
    }

    #[test]
    fn the_operators_tags_win() {
        let tags =
            joined(&[Attribute::new("Env", "prod")], &[Attribute::new("Env", "mine"), Attribute::new("Role", "web")]);
        assert_eq!(tags, [Attribute::new("Env", "prod"), Attribute::new("Role", "web")]);
    }
}
