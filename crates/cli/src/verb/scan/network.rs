//! `inspector scan network`: which ports of the instances of a snapshot, or of AWS accounts, can be reached from outside.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use clap::Args;
use inspector_assess::Evaluation;
use inspector_assess::evaluation::Span;
use inspector_assess::rules_package::network_reachability;
use inspector_model::PackageKey;
use inspector_model::assessment::Subject;
use inspector_model::host::HostFacts;
use inspector_model::network::Network as NetworkFacts;

use super::{ScanArguments, facts, now};
use crate::exit::Exit;
use crate::failure::Helpful;
use crate::live::Live;
use crate::snapshot;

/// The packages that say something about a network.
const APPLYING: [PackageKey; 1] = [PackageKey::NetworkReachability];

/// Assess a network, from a snapshot or read from AWS: which ports of its instances can be reached from outside
#[derive(Args)]
pub(crate) struct Network {
    /// A folder, .zip or .tar.zst of AWS answers in AWS CLI JSON, or one JSON file
    snapshot: Option<PathBuf>,
    #[command(flatten)]
    live: Live,
    /// Facts of one of the instances as `inspector-agent show` prints them, for the processes behind ports (repeatable)
    #[arg(long, value_name = "FILE")]
    agent_facts: Vec<PathBuf>,
    #[command(flatten)]
    scan: ScanArguments,
}

impl Network {
    /// Reads, evaluates, prints.
    pub(crate) fn run(self) -> Result<Exit> {
        let packages = self.scan.packages(&APPLYING)?;
        let started_at = now();
        let (network, id) = self.network()?;
        let mut hosts = BTreeMap::new();
        for file in &self.agent_facts {
            let facts = facts::read(file)?;
            let instance = instance_of(&facts, &network).with_context(|| format!("cannot use `{}`", file.display()))?;
            if hosts.insert(instance.clone(), facts).is_some() {
                bail!("cannot use `{}`: `{instance}` has facts already", file.display());
            }
        }
        let hosts: BTreeMap<String, &HostFacts> = hosts.iter().map(|(id, facts)| (id.clone(), facts)).collect();
        let mut evaluation = Evaluation::of(&packages);
        evaluation.merge(network_reachability::evaluate(&network, None, &hosts));
        let subject = Subject::Network { id, instances: network.instances.len() };
        self.scan.finish(evaluation.finish(subject, packages, Span { started_at, completed_at: now() }))
    }
}

impl Network {
    /// The network, and what a person knows it by.
    fn network(&self) -> Result<(NetworkFacts, String)> {
        match (&self.snapshot, self.live.is_asked_for()) {
            (Some(path), false) => Ok((snapshot::read(path)?.network, path.display().to_string())),
            (None, true) => {
                let reading = self.live.read()?;
                Ok((snapshot::understand(&reading.documents, &reading.name)?.network, reading.name))
            }
            (Some(_), true) => bail!("a snapshot is read, or AWS; not both"),
            (None, false) => {
                let what = "no network to assess: name a snapshot, or what to read by `--profile` or `--region`";
                Err(Helpful::new(what, "inspector scan network --profile default --region us-east-1").into())
            }
        }
    }
}

/// The instance that has one of the host's addresses.
fn instance_of(facts: &HostFacts, network: &NetworkFacts) -> Result<String> {
    let own: BTreeSet<_> = facts.interfaces.seen().into_iter().flatten().flat_map(|i| &i.addresses).collect();
    let has = |interface: &&inspector_model::network::NetworkInterface| {
        interface.addresses.iter().any(|address| own.contains(&address.address))
    };
    let instances: BTreeSet<&String> =
        network.interfaces.iter().filter(has).filter_map(|interface| interface.instance.as_ref()).collect();
    let mut instances = instances.into_iter();
    match (instances.next(), instances.next()) {
        (Some(instance), None) => Ok(instance.clone()),
        (None, _) => bail!("no instance of the snapshot has an address of this host"),
        (Some(_), Some(_)) => bail!("several instances of the snapshot have addresses of this host"),
    }
}
