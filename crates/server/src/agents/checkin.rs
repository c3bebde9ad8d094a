//! `POST /agent/v1/checkin`: a heartbeat that is held until there is work or patience ends.

use std::time::Duration;

use axum::Json;
use axum::extract::State;
use inspector_model::agent::{CheckinRequest, CheckinResponse};
use inspector_model::arn::RunArn;
use inspector_model::{PackageKey, Timestamp};
use inspector_store::agent::{self, Agent};
use inspector_store::run::Wanted;
use inspector_store::{run, transact};

use super::identity::Enrolled;
use super::{Message, Refusal};
use crate::Service;
use crate::world::now;

/// How long a check-in is held.
const PATIENCE: Duration = Duration::from_secs(20);

/// How long an agent waits before it checks in again, in milliseconds.
const PAUSE_MILLIS: u64 = 500;

pub(super) async fn checkin(
    State(service): State<Service>,
    Enrolled(agent): Enrolled,
    Message(request): Message<CheckinRequest>,
) -> Result<Json<CheckinResponse>, Refusal> {
    let short = |text: String, length: usize| text.chars().take(length).collect::<String>();
    let observing = request.observing;
    let agent = Agent {
        version: short(request.agent_version, 128),
        hostname: short(request.hostname, 256),
        operating_system: short(request.operating_system, 256),
        kernel_version: short(request.kernel_version, 128),
        last_seen_at: Some(now()),
        ..agent
    };
    // Subscribed before the first look: a run that starts in between wakes this check-in.
    let mut wanted = service.wanted();
    transact!(service.store(), |conn| agent::seen(conn, &agent).await)?;
    let until = tokio::time::Instant::now() + PATIENCE;
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
            let Asked { collect_for, observe, first, .. } = asked;
            let benchmark = holds_benchmark(&service, &first).await?;
            let next_checkin_millis = PAUSE_MILLIS;
            return Ok(Json(CheckinResponse {
                server_time: now,
                collect_for,
                benchmark,
                observe,
                next_checkin_millis,
            }));
        }
    }
}

/// What an agent is asked for at one moment.
struct Asked {
    /// Runs that wait for facts now.
    collect_for: Vec<String>,
    /// Those of them that have no facts of the host yet.
    first: Vec<RunArn>,
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
            first: wanted.iter().filter(|it| it.facts).map(|it| it.run.clone()).collect(),
            collect_for: now.map(|it| it.run.to_string()).collect(),
        }
    }
}

/// Whether one of `runs` holds its hosts against a benchmark.
async fn holds_benchmark(service: &Service, runs: &[RunArn]) -> Result<bool, Refusal> {
    for arn in runs {
        let run = run::find(&mut *service.store().reader().await?, arn).await?;
        if run.is_some_and(|run| run.packages.contains(&PackageKey::Cis)) {
            return Ok(true);
        }
    }
    Ok(false)
}
