//! What an evaluation reads of the run: fixed when collection ends. Advisories are not part of it: each attempt opens
//! those that are in force then ([`super::content`]), so a second attempt may conclude otherwise, and then all that stays
//! of the run is its.

use std::collections::BTreeMap;

use inspector_assess::preview::no_agent;
use inspector_assess::target::with_facts;
use inspector_model::agent::BenchmarkItems;
use inspector_model::asset::Asset;
use inspector_model::host::HostFacts;
use inspector_model::network::Network;
use inspector_model::{PackageKey, Reason, ReasonCode};
use inspector_store::run::{self, Run};
use inspector_store::{StoreError, agent};

use crate::Service;

/// The instances of a run with what is known of them.
#[derive(Debug)]
pub(super) struct Inputs {
    /// By id.
    pub(super) instances: Vec<Instance>,
    /// The network snapshots that describe them, by digest.
    pub(super) networks: BTreeMap<String, Network>,
}

/// One instance.
#[derive(Debug)]
pub(super) struct Instance {
    /// As it was when the run started.
    pub(super) asset: Asset,
    /// What its agent delivered, or why there is nothing.
    pub(super) facts: Result<HostFacts, Reason>,
    /// What it collected for a benchmark.
    pub(super) benchmark: Option<BenchmarkItems>,
    /// How long the host was to be observed, in seconds; `None` where the agent delivered nothing at the end.
    pub(super) observed_seconds: Option<u64>,
}

impl Inputs {
    /// Loads the inputs of `run`.
    pub(super) async fn load(service: &Service, run: &Run) -> Result<Self, StoreError> {
        let store = service.store();
        let mut conn = store.reader().await?;
        let mut inputs = Self { instances: Vec::new(), networks: BTreeMap::new() };
        for row in run::agents(&mut conn, &run.arn).await? {
            let facts = match &row.facts {
                Some(digest) => Ok(decoded("facts", &store.blobs().get(digest).await?)?),
                None => Err(missing(agent::find(&mut conn, &row.asset.id).await?.is_some(), &row.asset.id)),
            };
            let benchmark = match &row.benchmark {
                Some(digest) => Some(decoded("items of a benchmark", &store.blobs().get(digest).await?)?),
                None => None,
            };
            let asset = match &facts {
                Ok(facts) => with_facts(row.asset, facts),
                Err(_) => row.asset,
            };
            let observed = row.observed_at.zip(run.started_at).map(|(end, start)| end.millis() - start.millis());
            let observed_seconds = observed.map(|millis| u64::try_from(millis / 1000).unwrap_or_default());
            inputs.instances.push(Instance { asset, facts, benchmark, observed_seconds });
        }
        if run.packages.contains(&PackageKey::NetworkReachability) {
            let digests = inputs.instances.iter().filter_map(|instance| instance.asset.snapshot.clone());
            for digest in digests.collect::<std::collections::BTreeSet<_>>() {
                let network = decoded("network snapshot", &store.blobs().get(&digest).await?)?;
                inputs.networks.insert(digest, network);
            }
        }
        Ok(inputs)
    }

    /// The instance `id`.
    pub(super) fn asset(&self, id: &str) -> Option<&Asset> {
        let place = self.instances.binary_search_by(|instance| instance.asset.id.as_str().cmp(id)).ok()?;
        self.instances.get(place).map(|instance| &instance.asset)
    }
}

fn missing(enrolled: bool, id: &str) -> Reason {
    if enrolled {
        Reason::new(
            ReasonCode::AgentUnhealthy,
            format!("the agent on `{id}` delivered nothing while the run collected"),
        )
    } else {
        no_agent(id)
    }
}

pub(super) fn decoded<T: serde::de::DeserializeOwned>(what: &str, bytes: &[u8]) -> Result<T, StoreError> {
    serde_json::from_slice(bytes)
        .map_err(|error| StoreError::Malformed { what: what.to_owned(), why: error.to_string() })
}
