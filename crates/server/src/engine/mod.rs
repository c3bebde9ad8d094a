//! Moves runs: workers claim due tasks, ask the run machine what to do, and write its effects in one transaction.

pub(crate) mod content;
mod evaluate;
mod foresight;
mod inputs;
mod packages;
mod results;
mod step;

use std::time::Duration;

use inspector_model::Timestamp;
use inspector_store::task::{self, Claim};
use inspector_store::{StoreError, transact};

pub(crate) use foresight::unmatched_hosts;
pub(crate) use packages::{known, of_arn};
pub(crate) use results::{NOTHING_FOUND, shard};
pub(crate) use step::advance;

use crate::Service;
use crate::world::now;

/// The kind of the one task that every unfinished run has; its subject is the run's ARN.
pub(crate) const RUN_TASK: &str = "run";

/// A claimed task is lost by its worker after so long without renewal, in seconds.
const LEASE_SECONDS: i64 = 30;

/// How often a worker renews the lease of a long task.
const RENEW: Duration = Duration::from_secs(10);

/// The longest sleep of a worker: it looks again even if no timer and no wake told it to.
const LONGEST_SLEEP: Duration = Duration::from_secs(5);

/// A task that failed is tried again after so many seconds.
const RETRY_SECONDS: i64 = 5;

/// Runs the workers until the service stops. The directory lock is held by this process, so whoever held a lease before
/// is dead and its leases can be taken at once.
pub(crate) async fn run(service: Service) -> Result<(), StoreError> {
    let released = transact!(service.store(), |conn| task::release_all(conn).await)?;
    if released > 0 {
        tracing::info!(tasks = released, "taking over the tasks of a server that ended without finishing them");
    }
    // Evaluation itself runs on the blocking pool, so both may share the thread of the caller.
    tokio::join!(worker(&service, "worker-0"), worker(&service, "worker-1"));
    Ok(())
}

async fn worker(service: &Service, name: &str) {
    let mut woken = service.due();
    loop {
        // Marked before the look: a wake in between is not missed.
        woken.mark_unchanged();
        let found = tokio::select! {
            biased;
            () = service.stopped() => return,
            found = claim_one(service, name) => found,
        };
        let pause = match found {
            Ok(Found::Task(claim)) => {
                work(service, claim).await;
                continue;
            }
            Ok(Found::NothingBefore(due)) => until(due),
            Err(error) => {
                tracing::error!(%error, "cannot claim a task");
                LONGEST_SLEEP
            }
        };
        tokio::select! {
            () = service.stopped() => return,
            _ = woken.changed() => {}
            () = tokio::time::sleep(pause) => {}
        }
    }
}

enum Found {
    Task(Claim),
    NothingBefore(Option<Timestamp>),
}

/// Looks before it claims: an idle service writes nothing.
async fn claim_one(service: &Service, name: &str) -> Result<Found, StoreError> {
    let due = task::next_due(&mut *service.store().reader().await?).await?;
    let now = now();
    if due.is_none_or(|due| due > now) {
        return Ok(Found::NothingBefore(due));
    }
    let lease = now.plus_seconds(LEASE_SECONDS);
    let claims = transact!(service.store(), |conn| task::claim(conn, name, now, lease, 1).await)?;
    Ok(claims.into_iter().next().map_or(Found::NothingBefore(None), Found::Task))
}

fn until(due: Option<Timestamp>) -> Duration {
    let millis = due.map(|due| due.millis().saturating_sub(now().millis()).max(0));
    millis.and_then(|millis| u64::try_from(millis).ok()).map_or(LONGEST_SLEEP, Duration::from_millis).min(LONGEST_SLEEP)
}

/// Does one task while its lease is renewed; without the lease the work is dropped.
async fn work(service: &Service, claim: Claim) {
    let done = tokio::select! {
        done = step::step(service, &claim) => done,
        lost = renew(service, &claim) => Err(lost),
        () = service.stopped() => Ok(()),
    };
    let Err(error) = done else { return };
    if let StoreError::LeaseLost { .. } = error {
        tracing::warn!(task = claim.id, "another worker has the task");
        return;
    }
    tracing::error!(task = claim.id, %error, "a task failed");
    let again = now().plus_seconds(RETRY_SECONDS);
    let released = transact!(service.store(), |conn| task::finish(conn, &claim, Some(again)).await);
    if let Err(error) = released {
        tracing::error!(task = claim.id, %error, "the task waits for its lease to end");
    }
}

/// Ends only with an error.
async fn renew(service: &Service, claim: &Claim) -> StoreError {
    loop {
        tokio::time::sleep(RENEW).await;
        let lease = now().plus_seconds(LEASE_SECONDS);
        if let Err(error) = transact!(service.store(), |conn| task::renew(conn, claim, lease).await) {
            return error;
        }
    }
}
