//! `POST /agent/v1/benchmark`: which objects of the host a benchmark needs.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use inspector_assess::benchmark::Benchmarks;
use inspector_model::agent::{BenchmarkItems, BenchmarkPlan, BenchmarkRequest};
use inspector_scap::oval::plan::Plan;
use inspector_scap::wire;

use super::identity::Enrolled;
use super::{Message, Refusal};
use crate::Service;

/// Nothing is kept between the two questions of an agent: what it found out about its platform comes back with the second.
pub(super) async fn benchmark(
    State(service): State<Service>,
    _agent: Enrolled,
    Message(BenchmarkRequest { platform }): Message<BenchmarkRequest>,
) -> Result<Json<BenchmarkPlan>, Refusal> {
    let planned = tokio::task::spawn_blocking(move || {
        let benchmarks = service.benchmarks().map_err(|why| {
            tracing::error!(%why, "the benchmarks cannot be read");
            failed("the benchmarks of the service cannot be read; its log holds the cause")
        })?;
        plan(&benchmarks, platform)
    });
    planned.await.map_err(|_| failed("the plan could not be made"))?.map(Json)
}

fn plan(benchmarks: &Benchmarks, platform: Option<BenchmarkItems>) -> Result<BenchmarkPlan, Refusal> {
    let plans = benchmarks.platform_plans();
    let collections = match platform {
        None if !plans.is_empty() => return packed(None, &plans),
        None => Vec::new(),
        Some(BenchmarkItems { packed: items, digest, .. }) => {
            if packed(None, &plans)?.digest != digest {
                let why = "the benchmarks have changed since the plan was made; ask again";
                return Err(Refusal::new(StatusCode::SERVICE_UNAVAILABLE, "changed", why));
            }
            let malformed = |error| Refusal::new(StatusCode::BAD_REQUEST, "malformed", format!("`platform` {error}"));
            wire::unpack_items(&plans, &items).map_err(malformed)?
        }
    };
    let benchmark = benchmarks.choose(&collections);
    let job = benchmark.job().map_err(|error| failed(&error.to_string()))?;
    packed(Some(benchmark.id().to_owned()), &job.plans())
}

fn packed(benchmark: Option<String>, plans: &[Plan]) -> Result<BenchmarkPlan, Refusal> {
    let (packed, digest) = wire::pack_plans(plans).map_err(|error| failed(&error.to_string()))?;
    Ok(BenchmarkPlan { benchmark, digest, packed })
}

/// Final for this delivery: the facts that other rules packages wait for do not wait for a benchmark that cannot be read.
fn failed(why: &str) -> Refusal {
    Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, "benchmark", why)
}
