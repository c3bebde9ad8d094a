//! `POST /agent/v1/facts`: what a host looked like. Acknowledged when it is on the disk.

use axum::extract::State;
use axum::http::StatusCode;
use inspector_model::agent::FactsRequest;
use inspector_model::arn::RunArn;
use inspector_model::host::SCHEMA;
use inspector_store::run::{self, Delivered};
use inspector_store::{task, transact};

use super::identity::Enrolled;
use super::{Message, Refusal};
use crate::Service;
use crate::engine::RUN_TASK;
use crate::world::now;

/// No agent is in more runs at a time.
const MAX_RUNS: usize = 1000;

/// An agent delivers for itself only: who it is comes from its certificate, not from the message.
pub(super) async fn facts(
    State(service): State<Service>,
    Enrolled(agent): Enrolled,
    Message(FactsRequest { runs, facts, benchmark }): Message<FactsRequest>,
) -> Result<StatusCode, Refusal> {
    let refused = |message: String| Refusal::new(StatusCode::BAD_REQUEST, "malformed", message);
    if facts.schema != SCHEMA {
        return Err(refused(format!("`{}` is not the schema `{SCHEMA}`", facts.schema)));
    }
    if runs.len() > MAX_RUNS {
        return Err(refused(format!("`runs` holds at most {MAX_RUNS} ARNs")));
    }
    let parsed: Result<Vec<RunArn>, _> = runs.iter().map(|run| run.parse()).collect();
    let runs = parsed.map_err(|error| refused(error.to_string()))?;
    let bytes = serde_json::to_vec(&facts).map_err(|error| refused(error.to_string()))?;
    let items = benchmark.map(|items| serde_json::to_vec(&items)).transpose();
    let items = items.map_err(|error| refused(error.to_string()))?;
    let size = bytes.len() + items.as_ref().map_or(0, Vec::len);
    let size = i64::try_from(size).unwrap_or(i64::MAX);
    let digest = service.store().blobs().put(bytes).await?;
    let items = match items {
        Some(items) => Some(service.store().blobs().put(items).await?),
        None => None,
    };
    let now = now();
    transact!(service.store(), |conn| {
        let wanted = run::wanted_from(conn, &agent.id).await?;
        for arn in &runs {
            let Some(wanted) = wanted.iter().find(|wanted| wanted.run == *arn) else { continue };
            // Who delivers when the observation is over has observed to its end, however well.
            let observed = wanted.observe_until.is_some_and(|until| until <= now);
            let delivered = Delivered { facts: &digest, benchmark: items.as_deref(), size, observed };
            if run::deliver(conn, arn, &agent.id, delivered, now).await? {
                task::schedule(conn, RUN_TASK, &arn.to_string(), now).await?;
            }
        }
        Ok(())
    })?;
    service.wake_workers();
    Ok(StatusCode::NO_CONTENT)
}
