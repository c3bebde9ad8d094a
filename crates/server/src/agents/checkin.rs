//! `POST /agent/v1/checkin`: a heartbeat that is held until there is work or patience ends.

use std::time::Duration;

use axum::Json;
use axum::extract::State;
use inspector_model::PackageKey;
use inspector_model::agent::{CheckinRequest, CheckinResponse};
use inspector_model::arn::RunArn;
use inspector_store::agent::{self, Agent};
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
        let runs = run::wanted_from(&mut *service.store().reader().await?, &agent.id).await?;
        let woken = tokio::select! {
            _ = std::future::ready(()), if !runs.is_empty() => false,
            () = service.stopped() => false,
            changed = wanted.changed(), if runs.is_empty() => changed.is_ok(),
            () = tokio::time::sleep_until(until), if runs.is_empty() => false,
        };
        if !woken {
            let collect_for = runs.iter().map(ToString::to_string).collect();
            let benchmark = holds_benchmark(&service, &runs).await?;
            let next_checkin_millis = PAUSE_MILLIS;
            return Ok(Json(CheckinResponse { server_time: now(), collect_for, benchmark, next_checkin_millis }));
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
