//! What a run will not be able to check, as far as that is known beforehand; and the reasons in the words that the run
//! itself uses.

use inspector_model::asset::Asset;
use inspector_model::exclusion::Exclusion;
use inspector_model::{PackageKey, Reason, ReasonCode};

use crate::exclusion::exclude;

/// The agent of an instance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AgentState {
    /// Heard of lately.
    Well,
    /// Enrolled, and not heard of lately.
    Silent,
    /// Never enrolled.
    Absent,
}

/// One instance of a target, with what is known of it before a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The instance.
    pub asset: Asset,
    /// Its agent.
    pub agent: AgentState,
    /// Why its vulnerabilities could not be looked for, as the content in force and its last facts tell.
    pub unmatched: Option<Reason>,
}

/// No instance is in the target.
pub fn no_instances() -> Reason {
    Reason::new(ReasonCode::NoInstances, "no instance is in the target")
}

/// No snapshot describes the instance.
pub fn not_in_snapshot(id: &str) -> Reason {
    Reason::new(ReasonCode::NotInSnapshot, format!("no imported network snapshot describes `{id}`"))
}

/// No agent has enrolled for the instance.
pub fn no_agent(id: &str) -> Reason {
    Reason::new(ReasonCode::AgentNotFound, format!("`{id}` has no enrolled agent"))
}

/// This program has no evaluator for the package.
pub fn not_built(package: PackageKey) -> Reason {
    let why = format!("this version of the service does not evaluate {}", package.name());
    Reason::new(ReasonCode::EvaluationError, why)
}

/// The exclusions to expect for `packages`, of which the service can evaluate those in `known`.
pub fn expected(packages: &[PackageKey], known: &[PackageKey], instances: &[Candidate]) -> Vec<Exclusion> {
    let mut exclusions = Vec::new();
    for package in packages.iter().copied() {
        if instances.is_empty() {
            exclusions.push(exclude(Some(package), None, no_instances()));
        }
        for Candidate { asset, agent, unmatched } in instances {
            let reason = match package {
                _ if !known.contains(&package) => Some(not_built(package)),
                PackageKey::NetworkReachability => asset.snapshot.is_none().then(|| not_in_snapshot(&asset.id)),
                PackageKey::Cve => unreachable_host(&asset.id, *agent).or_else(|| unmatched.clone()),
                PackageKey::Cis | PackageKey::BestPractices | PackageKey::RuntimeBehavior | PackageKey::Custom => {
                    unreachable_host(&asset.id, *agent)
                }
            };
            exclusions.extend(reason.map(|reason| exclude(Some(package), Some(&asset.id), reason)));
        }
    }
    exclusions.sort();
    exclusions
}

fn unreachable_host(id: &str, agent: AgentState) -> Option<Reason> {
    match agent {
        AgentState::Well => None,
        AgentState::Silent => {
            Some(Reason::new(ReasonCode::AgentUnhealthy, format!("the agent on `{id}` has been silent for too long")))
        }
        AgentState::Absent => Some(no_agent(id)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_package_names_what_it_will_miss() {
        let asset = |id: &str, snapshot: Option<&str>| Asset {
            id: id.into(),
            snapshot: snapshot.map(str::to_owned),
            ..Asset::default()
        };
        let candidate = |asset: Asset, agent| Candidate { asset, agent, unmatched: None };
        let strange = Reason::new(ReasonCode::UnsupportedOs, "`plan9`");
        let instances = [
            candidate(asset("i-well", Some("ab")), AgentState::Well),
            candidate(asset("i-silent", None), AgentState::Silent),
            candidate(asset("i-absent", Some("ab")), AgentState::Absent),
            Candidate { unmatched: Some(strange), ..candidate(asset("i-strange", Some("ab")), AgentState::Well) },
        ];
        let known = [PackageKey::NetworkReachability, PackageKey::Cve];
        let expected = |package| -> Vec<(Option<String>, ReasonCode)> {
            let list = expected(&[package], &known, &instances);
            list.into_iter().map(|exclusion| (exclusion.subject, exclusion.reason.code)).collect()
        };
        let about = |id: &str, code| (Some(id.to_owned()), code);
        assert_eq!(expected(PackageKey::NetworkReachability), [about("i-silent", ReasonCode::NotInSnapshot)]);
        assert_eq!(
            expected(PackageKey::Cve),
            [
                about("i-absent", ReasonCode::AgentNotFound),
                about("i-silent", ReasonCode::AgentUnhealthy),
                about("i-strange", ReasonCode::UnsupportedOs)
            ]
        );
        assert_eq!(expected(PackageKey::Cis).len(), 4);
    }

    #[test]
    fn an_empty_target_is_named_once_for_each_package() {
        let list = expected(&PackageKey::ALL, &PackageKey::ALL, &[]);
        assert_eq!(list.len(), PackageKey::ALL.len());
        assert!(list.iter().all(|exclusion| exclusion.reason.code == ReasonCode::NoInstances));
    }
}
