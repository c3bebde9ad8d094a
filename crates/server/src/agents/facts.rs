//! `POST /agent/v1/facts`: what a host looked like. Acknowledged when it is on the disk.

use axum::extract::State;
use axum::http::StatusCode;
use inspector_model::agent::{FactsRequest, OTHER_BASE};
use inspector_model::arn::RunArn;
use inspector_model::delivery::{Broken, Delivery, Parts};
use inspector_model::host::SCHEMA;
use inspector_store::run::{self, Delivered};
use inspector_store::{agent, task};

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
    Enrolled { agent, .. }: Enrolled,
    Message(delivery): Message<Delivery>,
) -> Result<StatusCode, Refusal> {
    let base = match &delivery.base {
        Some(_) => agent::accepted(&mut *service.store().reader().await?, &agent.id).await?,
        None => Parts::default(),
    };
    if delivery.base.as_deref().is_some_and(|told| told != base.digests().whole()) {
        return Err(broken(Broken::OtherBase));
    }
    let parts = base.changed_by(&delivery).map_err(broken)?;
    let FactsRequest { runs, facts, benchmark } = parts.message(&delivery.runs).map_err(broken)?;
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
    let noted = service.messages().write(move |conn| {
        Box::pin(async move {
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
            agent::accept(conn, &agent.id, &parts).await
        })
    });
    noted.await?;
    service.wake_workers();
    Ok(StatusCode::NO_CONTENT)
}

fn broken(why: Broken) -> Refusal {
    match why {
        Broken::OtherBase => Refusal::new(StatusCode::CONFLICT, OTHER_BASE, why.to_string()),
        Broken::Malformed(_) => Refusal::new(StatusCode::BAD_REQUEST, "malformed", why.to_string()),
    }
}
