//! One step of one run.

use inspector_assess::run::{Effect, Event, Outstanding, Run as Machine};
use inspector_model::arn::RunArn;
use inspector_model::run::RunState;
use inspector_model::{PackageKey, Timestamp};
use inspector_store::run::{self, Run, StateChange};
use inspector_store::task::{self, Claim};
use inspector_store::{Connection, StoreError, transact};

use super::evaluate::evaluate;
use crate::Service;
use crate::health::Listening;
use crate::notify;
use crate::world::now;

/// Wakes the run that the task is about and does what its machine asks for.
pub(super) async fn step(service: &Service, claim: &Claim) -> Result<(), StoreError> {
    let now = now();
    let arn: Option<RunArn> = claim.subject.parse().ok();
    let effects = transact!(service.store(), |conn| {
        let found = match &arn {
            Some(arn) => run::find(conn, arn).await?,
            None => None,
        };
        let Some(mut run) = found else {
            task::finish(conn, claim, None).await?;
            return Ok(Vec::new());
        };
        let outstanding = outstanding(conn, &run.arn, service.listening(), now).await?;
        let effects = advance(conn, &mut run, Event::Woke(outstanding), now).await?;
        if !effects.contains(&Effect::Evaluate) {
            task::finish(conn, claim, wake_at(&effects)).await?;
        }
        Ok(effects)
    })?;
    if effects.contains(&Effect::AskAgents) {
        service.ask_agents();
    }
    match arn {
        Some(arn) if effects.contains(&Effect::Evaluate) => evaluate(service, claim, &arn).await,
        _ => Ok(()),
    }
}

/// Feeds `event` to the run's machine and writes where the run is now.
pub(crate) async fn advance(
    conn: &mut Connection,
    run: &mut Run,
    event: Event,
    now: Timestamp,
) -> Result<Vec<Effect>, StoreError> {
    let mut machine = Machine {
        state: run.state,
        duration_seconds: run.duration,
        collect_until: run.collect_until,
        observes: run.packages.contains(&PackageKey::RuntimeBehavior),
    };
    let effects = machine.handle(event, now);
    let changes = changes(run, &effects, now);
    run.state = machine.state;
    run.collect_until = machine.collect_until;
    if !changes.is_empty() {
        run::advance(conn, run, &changes).await?;
        notify::entered(conn, run, &changes).await?;
    }
    Ok(effects)
}

/// The states entered, with the times that they set on the run.
fn changes(run: &mut Run, effects: &[Effect], now: Timestamp) -> Vec<StateChange> {
    let mut changes = Vec::new();
    for effect in effects {
        let Effect::Entered(state) = *effect else { continue };
        changes.push(StateChange { state, at: now });
        run.state_changed_at = now;
        if state == RunState::CollectingData {
            run.started_at = Some(now);
        }
        if state == RunState::DataCollected {
            run.data_collected = true;
        }
        if state.terminal() {
            run.completed_at = Some(now);
        }
    }
    changes
}

fn wake_at(effects: &[Effect]) -> Option<Timestamp> {
    effects.iter().find_map(|effect| if let Effect::WakeAt(moment) = effect { Some(*moment) } else { None })
}

async fn outstanding(
    conn: &mut Connection,
    run: &RunArn,
    listening: Listening,
    now: Timestamp,
) -> Result<Outstanding, StoreError> {
    let (agents, seen) = run::outstanding(conn, run, listening.silent_before(now)).await?;
    Ok(Outstanding { agents, first_silent_at: seen.map(|seen| listening.silent_at(seen)) })
}
