//! `POST /agent/v1/checkin`: a heartbeat that is held until there is work or patience ends.

use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use inspector_model::Timestamp;
use inspector_model::agent::{CheckinRequest, CheckinResponse, Trouble};
use inspector_model::sighting::Sighting;
use inspector_store::agent::{self, Agent, Barred};
use inspector_store::run::{self, Wanted};

use super::identity::{Enrolled, Peer, admit};
use super::{Message, Refusal};
use crate::Service;
use crate::world::now;

/// How long an agent waits before it checks in again, in milliseconds.
const PAUSE_MILLIS: u64 = 500;

/// So many troubles of one agent are kept.
const MAX_TROUBLES: usize = 16;

/// A clock that is further away than this is named, in seconds.
const SKEW_SECONDS: i64 = 300;

pub(super) async fn checkin(
    State(service): State<Service>,
    Enrolled { agent, peer }: Enrolled,
    Message(request): Message<CheckinRequest>,
) -> Result<Json<CheckinResponse>, Refusal> {
    if request.process.is_empty() || request.process.len() > 64 {
        return Err(Refusal::new(StatusCode::BAD_REQUEST, "malformed", "`process` has 1 to 64 characters"));
    }
    // Subscribed before the first look: a run that starts in between wakes this check-in.
    let mut wanted = service.wanted();
    let from = peer.clone();
    let observing = request.observing;
    let noted = service.messages().write(move |conn| {
        Box::pin(async move {
            let mut agent = agent::find(conn, &agent.id).await?.unwrap_or(agent);
            note(&mut agent, &from, &request, now());
            agent::seen(conn, &agent).await?;
            Ok(agent)
        })
    });
    let agent = noted.await?;
    if let Some(Barred::Cloned(why)) = &agent.barred {
        tracing::warn!(agent = agent.id, why, "agent quarantined");
    }
    admit(&agent, &peer, now(), 0)?;
    let until = tokio::time::Instant::now() + Duration::from_secs(service.agent_settings().poll_seconds.into());
    loop {
        let now = now();
        let asked = Asked::of(&run::wanted_from(&mut *service.store().reader().await?, &agent.id).await?, now);
        let news = !asked.collect_for.is_empty() || asked.observe != observing;
        let due = asked.due_in.map(|wait| tokio::time::Instant::now() + wait).map_or(until, |due| due.min(until));
        let woken = tokio::select! {
            _ = std::future::ready(()), if news => false,
            () = service.stopped() => false,
            changed = wanted.changed(), if !news => changed.is_ok(),
            () = tokio::time::sleep_until(due), if !news => due < until,
        };
        if !woken {
            let Asked { collect_for, benchmark, observe, .. } = asked;
            return Ok(Json(CheckinResponse {
                server_time: now,
                collect_for,
                benchmark,
                observe,
                next_checkin_millis: PAUSE_MILLIS,
                renew: renew_at(&agent, service.agent_settings().certificate_seconds) <= now,
            }));
        }
    }
}

/// What an agent is asked for at one moment.
struct Asked {
    /// Runs that wait for facts now.
    collect_for: Vec<String>,
    /// Whether one of them that has no facts of the host yet holds its hosts against a benchmark.
    benchmark: bool,
    /// Whether any run wants the host observed.
    observe: bool,
    /// When the next run that observes will wait for what was seen.
    due_in: Option<Duration>,
}

impl Asked {
    fn of(wanted: &[Wanted], now: Timestamp) -> Self {
        let observed = wanted.iter().filter_map(|it| it.observe_until);
        let due = observed.clone().filter(|until| *until > now).min();
        let millis = due.map(|due| u64::try_from(due.millis() - now.millis()).unwrap_or_default());
        let now = wanted.iter().filter(|it| it.facts || it.observe_until.is_some_and(|until| until <= now));
        Self {
            observe: observed.count() > 0,
            due_in: millis.map(Duration::from_millis),
            benchmark: wanted.iter().any(|it| it.facts && it.benchmark),
            collect_for: now.map(|it| it.run.to_string()).collect(),
        }
    }
}

/// When two thirds of the newest certificate's life are over.
fn renew_at(agent: &Agent, life: u32) -> Timestamp {
    let newest = agent.renewed.as_ref().unwrap_or(&agent.certificate);
    newest.expires_at.plus_seconds(-i64::from(life / 3))
}

/// What a check-in tells of the agent. A renewed certificate that is used replaces the old one; two machines with one
/// identity bar each other.
fn note(agent: &mut Agent, peer: &Peer, request: &CheckinRequest, now: Timestamp) {
    let short = |text: &str, length: usize| text.chars().take(length).collect::<String>();
    agent.version = short(&request.agent_version, 128);
    agent.hostname = short(&request.hostname, 256);
    agent.operating_system = short(&request.operating_system, 256);
    agent.kernel_version = short(&request.kernel_version, 128);
    agent.last_seen_at = Some(now);
    agent.uses(&peer.certificate);
    let sighting = Sighting {
        process: request.process.clone(),
        hostname: agent.hostname.clone(),
        address: peer.address.to_string(),
    };
    if let (Err(two), None) = (agent.sightings.note(sighting), &agent.barred) {
        agent.barred = Some(Barred::Cloned(two.to_string()));
    }
    let told = request.troubles.iter().take(MAX_TROUBLES);
    agent.troubles = told.map(|one| Trouble { code: short(&one.code, 64), detail: short(&one.detail, 512) }).collect();
    agent.troubles.extend(skew(request.clock, now));
}

/// Named when the host's clock is wrong; nothing depends on it.
fn skew(clock: Timestamp, now: Timestamp) -> Option<Trouble> {
    let seconds = clock.millis().saturating_sub(now.millis()) / 1000;
    let side = if seconds < 0 { "behind" } else { "ahead" };
    (seconds.abs() > SKEW_SECONDS).then(|| Trouble {
        code: "clock-skew".to_owned(),
        detail: format!("the host's clock is {} s {side}; set it, or let a time service do it", seconds.abs()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_is_far_away_is_named_with_its_side() {
        let at = |seconds: i64| Timestamp::from_millis(seconds * 1000);
        let detail = |clock, now| skew(at(clock), at(now)).map(|trouble| trouble.detail);
        assert_eq!(detail(1000, 1300), None);
        assert!(detail(1000, 1301).unwrap().contains("301 s behind"));
        assert!(detail(5000, 1000).unwrap().contains("4000 s ahead"));
        assert!(skew(Timestamp::from_millis(i64::MIN), at(0)).is_some(), "no overflow");
    }
}
