//! `docs/aws-permissions.md`: every permission with the reason for it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use anyhow::{Context, Result};

use super::calls::Calls;
use super::compact::Model;
use super::tables;

const HEAD: &str = "\
# What OpenInspector may read in AWS, and why

<!-- Written by `cargo xtask generate` from crates/aws/model/calls.toml. Do not edit. -->

Network assessments read the configuration of a network; they send no packet and change nothing. This is the whole of
what the role needs that `inspector admin aws-role` prints, the part that the service-linked role of Amazon Inspector
Classic played. Every action is a read of configuration, none reads data; AWS offers resource-level permissions for none
of them that a list could use, so the resource is `*`.

A permission that is missing breaks nothing: the snapshot's `errors.json` names it, and what depends on the answer is
not assessed instead of clean.

Whoever runs `inspector snapshot` or `inspector scan network` with `--account-role` needs `sts:AssumeRole` on those roles
besides. `sts:GetCallerIdentity`, by which the account of a snapshot is known, needs no permission. A service that is
started with `--publish-events` needs `sns:Publish` on the topics that subscribe; it is not part of the role.

| Action | Document of the snapshot | Why |
|---|---|---|
";

pub(super) fn page(calls: &Calls, models: &BTreeMap<String, Model>) -> Result<String> {
    let mut actions: BTreeMap<String, BTreeMap<&str, BTreeSet<String>>> = BTreeMap::new();
    for call in &calls.calls {
        let model = models.get(&call.service).context("every service has a model")?;
        let operation = model.operation(&call.operation)?;
        let document = tables::file(call, operation)?;
        let action = format!("{}:{}", model.service.signing_name, call.operation);
        actions.entry(action).or_default().entry(&call.why).or_default().insert(document);
    }
    let mut text = HEAD.to_owned();
    for (action, whys) in &actions {
        let documents: BTreeSet<String> = whys.values().flatten().map(|document| format!("`{document}`")).collect();
        let documents: Vec<String> = documents.into_iter().collect();
        let whys: Vec<&str> = whys.keys().copied().collect();
        writeln!(text, "| `{action}` | {} | {} |", documents.join(", "), whys.join("; "))?;
    }
    Ok(text)
}
