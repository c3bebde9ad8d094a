//! What a benchmark needs of this host: the service says which objects, this collects their items.

use std::time::{Duration, Instant};

use inspector_collect::{Root, ScapCollector};
use inspector_model::agent::{BenchmarkItems, BenchmarkPlan, BenchmarkRequest};
use inspector_scap::oval::gather::gather;
use inspector_scap::wire;

use crate::client::{Client, Refusal};
use crate::{log, now};

/// How long one plan may take. What is not found by then is not collected, and says so.
const TIME: Duration = Duration::from_secs(120);

/// The items of the benchmark that the service holds this host against; `None` where none is asked for, or where the
/// service has no plan for this host, which then reads as not assessed there.
///
/// # Errors
///
/// When the service does not answer now.
pub(crate) fn items(client: &Client, root: &Root, wanted: bool) -> Result<Option<BenchmarkItems>, Refusal> {
    if !wanted {
        return Ok(None);
    }
    match ask(client, root) {
        Ok(items) => Ok(Some(items)),
        Err(Refusal::Final(why)) => {
            log(&format!("no benchmark: {why}"));
            Ok(None)
        }
        Err(other) => Err(other),
    }
}

/// Asks for the plan, and once more where the first one finds out which benchmark is for this host.
fn ask(client: &Client, root: &Root) -> Result<BenchmarkItems, Refusal> {
    let plan = client.plan(&BenchmarkRequest { platform: None })?;
    let items = collected(root, plan)?;
    if items.benchmark.is_some() {
        return Ok(items);
    }
    let plan = client.plan(&BenchmarkRequest { platform: Some(items) })?;
    if plan.benchmark.is_none() {
        return Err(Refusal::Final("the service cannot tell which benchmark is for this host".to_owned()));
    }
    collected(root, plan)
}

fn collected(root: &Root, plan: BenchmarkPlan) -> Result<BenchmarkItems, Refusal> {
    let unusable = |error: wire::WireError| Refusal::Final(format!("the plan of the benchmark {error}"));
    let BenchmarkPlan { benchmark, digest, packed } = plan;
    let plans = wire::unpack_plans(&packed).map_err(unusable)?;
    let started = Instant::now();
    let spent = || started.elapsed() > TIME;
    let mut collector = ScapCollector::within(root, &spent);
    let collections = gather(&plans, &mut collector, now().millis().div_euclid(1000));
    let packed = wire::pack_items(&plans, collections).map_err(unusable)?;
    Ok(BenchmarkItems { benchmark, digest, packed })
}
