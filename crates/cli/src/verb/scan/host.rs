//! `inspector scan host`: this machine, or a directory tree of one.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use clap::Args;
use inspector_collect::{Observer, Root};
use inspector_model::Timestamp;
use inspector_model::behavior::Observation;
use inspector_model::host::HostFacts;

use super::judge::{Found, HostArguments};
use super::{facts, windows};
use crate::exit::Exit;
use crate::failure::Helpful;
use crate::output;

/// Assess this machine, or a directory tree of one
#[derive(Args)]
pub(crate) struct Host {
    /// Look at this directory tree instead of the running machine
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
    /// Look at what `inspector-agent show` printed on a machine instead of the machine itself
    #[arg(long, value_name = "FILE", conflicts_with = "root")]
    agent_facts: Option<PathBuf>,
    /// Look at what `systeminfo` printed on a Windows machine
    #[arg(long, value_name = "FILE", conflicts_with_all = ["root", "agent_facts"])]
    systeminfo: Option<PathBuf>,
    /// Look at an export of a Windows machine's registry (reg export HKLM FILE), alone or with --systeminfo
    #[arg(long, value_name = "FILE", conflicts_with_all = ["root", "agent_facts"])]
    registry: Option<PathBuf>,
    /// Observe what this machine does for so long before looking at it, for `--package runtime-behavior`
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..=86_400),
          conflicts_with_all = ["root", "agent_facts", "systeminfo", "registry"])]
    observe: Option<u64>,
    #[command(flatten)]
    arguments: HostArguments,
}

impl Host {
    /// Collects, evaluates, prints.
    pub(crate) fn run(self) -> Result<Exit> {
        self.arguments.run(|started_at| {
            let (facts, root) = self.facts(started_at)?;
            let subject = self.subject(&facts);
            Ok(Found { facts, subject, root })
        })
    }

    /// The facts, and the host itself where it is at hand.
    fn facts(&self, now: Timestamp) -> Result<(HostFacts, Option<Root>)> {
        if self.systeminfo.is_some() || self.registry.is_some() {
            return Ok((windows::read(self.systeminfo.as_deref(), self.registry.as_deref(), now)?, None));
        }
        let root = match (&self.agent_facts, &self.root) {
            (Some(file), _) => return Ok((facts::read(file)?, None)),
            (None, Some(directory)) => Root::directory(directory),
            (None, None) => Root::live(),
        };
        let root = root.context(Helpful::new("cannot look at the host", "inspector scan host --root DIR"))?;
        let behavior = self.observe.map(|seconds| observe(&root, Duration::from_secs(seconds), now));
        Ok((HostFacts { behavior, ..self.arguments.facts(&root, now) }, Some(root)))
    }

    /// The host's name; of a directory tree without one, the name of the directory.
    fn subject(&self, facts: &HostFacts) -> String {
        let directory = || self.root.as_ref().map(|root| root.display().to_string());
        facts.hostname.seen().cloned().or_else(directory).unwrap_or_else(|| "localhost".to_owned())
    }
}

/// Observes for as long as was asked.
fn observe(root: &Root, how_long: Duration, now: Timestamp) -> Observation {
    output::complain(&format!("observing this machine for {} s", how_long.as_secs()));
    let begun = Instant::now();
    let mut observer = Observer::begin(root, now);
    let mut wait = Duration::from_secs(1);
    loop {
        let left = how_long.saturating_sub(begun.elapsed());
        if left.is_zero() {
            return observer.observation();
        }
        std::thread::sleep(wait.min(left));
        wait = observer.look(root);
    }
}
