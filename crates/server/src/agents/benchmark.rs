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
            if wire::digest(&plans).map_err(|error| failed(&error.to_string()))? != digest {
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

#[cfg(test)]
mod tests {
    use inspector_assess::benchmark::{Benchmark, baseline};
    use inspector_scap::oval::gather::{Collector, Task, gather};

    use super::*;

    /// A host of which nothing is known.
    struct Dark;

    impl Collector for Dark {
        fn collect(&mut self, _: &mut [Task<'_>]) {}
    }

    /// The baseline as one that was imported, for a platform that nobody can be.
    fn imported() -> Benchmarks {
        let mut bundle = baseline().unwrap();
        let entry = &mut bundle.benchmarks[0];
        "xccdf_org.example_benchmark_other".clone_into(&mut entry.benchmark.id);
        entry.benchmark.platforms = vec!["cpe:/o:example:other".to_owned()];
        let benchmark = Benchmark::new(bundle, None).unwrap();
        Benchmarks::new(vec![benchmark]).unwrap()
    }

    fn items(of: &BenchmarkPlan) -> BenchmarkItems {
        let plans = wire::unpack_plans(&of.packed).unwrap();
        let packed = wire::pack_items(&plans, gather(&plans, &mut Dark, 0)).unwrap();
        BenchmarkItems { benchmark: of.benchmark.clone(), digest: of.digest.clone(), packed }
    }

    #[test]
    fn where_only_the_baseline_is_there_its_plan_comes_at_once() {
        let benchmarks = Benchmarks::new(vec![]).unwrap();
        let plan = plan(&benchmarks, None).unwrap();
        assert!(plan.benchmark.is_some_and(|id| id.ends_with("linux-baseline")));
    }

    #[test]
    fn items_for_another_plan_are_asked_for_again_and_broken_ones_are_refused() {
        let benchmarks = imported();
        let wrong = |digest: &str| {
            let items = BenchmarkItems { benchmark: None, digest: digest.to_owned(), packed: "%".to_owned() };
            plan(&benchmarks, Some(items)).unwrap_err().status
        };
        assert_eq!(wrong("other"), StatusCode::SERVICE_UNAVAILABLE);
        let (_, digest) = wire::pack_plans(&benchmarks.platform_plans()).unwrap();
        assert_eq!(wrong(&digest), StatusCode::BAD_REQUEST);
    }

    #[test]
    fn a_host_that_tells_nothing_of_its_platform_is_held_against_the_baseline() {
        let benchmarks = imported();
        let (packed, digest) = wire::pack_plans(&benchmarks.platform_plans()).unwrap();
        let platform = items(&BenchmarkPlan { benchmark: None, digest, packed });
        let second = plan(&benchmarks, Some(platform)).unwrap();
        assert!(second.benchmark.is_some_and(|id| id.ends_with("linux-baseline")));
    }
}
