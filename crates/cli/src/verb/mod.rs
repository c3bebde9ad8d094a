//! The verbs, one file each.

mod admin;
mod benchmarks;
mod cfn;
mod completions;
mod diff;
mod explain;
mod feeds;
mod gate;
mod man;
mod reach;
mod report;
mod scan;
mod serve;
mod snapshot;
mod support;
mod verify;
mod what_if;

use anyhow::Result;
use clap::Subcommand;

use crate::exit::Exit;

/// What the program can be told to do.
#[derive(Subcommand)]
pub(crate) enum Verb {
    /// Run errands of an operator on a running service
    #[command(subcommand)]
    Admin(admin::Admin),
    /// Bring benchmarks in, and say what is there
    #[command(subcommand)]
    Benchmarks(benchmarks::Benchmarks),
    /// Deploy CloudFormation templates of Inspector resources to a running service
    #[command(subcommand)]
    Cfn(cfn::Cfn),
    Completions(completions::Completions),
    Diff(diff::Diff),
    Explain(explain::Explain),
    /// Bring advisories in, and say what is there
    #[command(subcommand)]
    Feeds(feeds::Feeds),
    Gate(gate::Gate),
    Man(man::Manual),
    Reach(reach::Reach),
    Report(report::Report),
    /// Assess a host or a network on its own, without a service
    #[command(subcommand)]
    Scan(scan::Scan),
    Serve(serve::Serve),
    Snapshot(snapshot::Take),
    Support(support::Support),
    Verify(verify::Verify),
    WhatIf(what_if::WhatIf),
}

impl Verb {
    /// Does it.
    pub(crate) fn run(self) -> Result<Exit> {
        match self {
            Self::Admin(admin) => admin.run(),
            Self::Benchmarks(benchmarks) => benchmarks.run(),
            Self::Cfn(cfn) => cfn.run(),
            Self::Completions(completions) => completions.run(),
            Self::Diff(diff) => diff.run(),
            Self::Explain(explain) => explain.run(),
            Self::Feeds(feeds) => feeds.run(),
            Self::Gate(gate) => gate.run(),
            Self::Man(manual) => manual.run(),
            Self::Reach(reach) => reach.run(),
            Self::Report(report) => report.run(),
            Self::Scan(scan) => scan.run(),
            Self::Serve(serve) => serve.run(),
            Self::Snapshot(snapshot) => snapshot.run(),
            Self::Support(support) => support.run(),
            Self::Verify(verify) => verify.run(),
            Self::WhatIf(what_if) => what_if.run(),
        }
    }
}
