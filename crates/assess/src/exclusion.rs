//! The texts of exclusions: one for each class of reason.

use inspector_model::exclusion::Exclusion;
use inspector_model::{Attribute, PackageKey, Reason, ReasonCode};

/// Tells a reason to a person. Titles are those of the original's list where it had one (AWS user guide, "Assessment
/// exclusions"); cause and fix are ours.
pub fn exclude(package: Option<PackageKey>, subject: Option<&str>, reason: Reason) -> Exclusion {
    let (title, meaning, recommendation) = text(reason.code);
    let mut attributes = Vec::new();
    attributes.extend(subject.map(|id| Attribute::new("INSTANCE_ID", id)));
    attributes.extend(package.map(|key| Attribute::new("RULES_PACKAGE", key.name())));
    attributes.push(Attribute::new("REASON", reason.code.as_str()));
    Exclusion {
        package,
        subject: subject.map(str::to_owned),
        title: title.to_owned(),
        description: format!("{meaning}: {}.", reason.detail),
        recommendation: recommendation.to_owned(),
        reason,
        attributes,
    }
}

/// Title, meaning and advice.
fn text(code: ReasonCode) -> (&'static str, &'static str, &'static str) {
    match code {
        ReasonCode::NoInstances => (
            "No instances in target",
            "The assessment target matches no instance",
            "Give the instances one of the target's tags, or change the target's resource group.",
        ),
        ReasonCode::AgentNotFound => (
            "Agent not found",
            "No agent has reported from the instance, so nothing on the host was checked",
            "Install the agent on the instance and enroll it, then run the assessment again.",
        ),
        ReasonCode::AgentUnhealthy => (
            "Agent is unhealthy",
            "The agent did not deliver what the run asked for",
            "Look at the agent's log on the instance, restart it, then run the assessment again.",
        ),
        ReasonCode::UnsupportedOs => (
            "Rules package not supported by OS",
            "The rules package does not know this operating system or release",
            "Remove the instance from the target, or use a template without this rules package.",
        ),
        ReasonCode::Unreadable => (
            "Rules evaluation error for single instance",
            "Something that a rule needs could not be read or understood",
            "Make the named file or interface readable for the agent, then run the assessment again.",
        ),
        ReasonCode::AdvisoriesMissing => (
            "Advisories not synced",
            "Only part of the known vulnerabilities could be looked for",
            "Sync the feeds of the distribution and of NVD with `inspector feeds sync`, or import their files with `inspector feeds import`, then run the assessment again.",
        ),
        ReasonCode::AdvisoriesStale => (
            "Advisories out of date",
            "Vulnerabilities that became known since the advisories were made could not be looked for",
            "Sync the distribution's feed with `inspector feeds sync`, or import its file of today with `inspector feeds import`, then run the assessment again.",
        ),
        ReasonCode::ThirdParty => (
            "Third-party package",
            "A package does not come from the distribution, whose advisories speak of its own packages only",
            "Look at the advisories of the package's maker.",
        ),
        ReasonCode::Undetermined => (
            "Advisory undetermined",
            "Nobody has found out yet whether the instance is vulnerable",
            "Look at the distribution's tracker for the named CVEs, and run the assessment again after the next feed.",
        ),
        ReasonCode::NotModelled => (
            "Network Reachability error",
            "A component on the path is not modelled, so reachability over it was not judged",
            "Check the named component by hand.",
        ),
        ReasonCode::NetworkDataMissing => (
            "Network Reachability error",
            "An AWS answer that the verdict depends on is missing",
            "Ask AWS for the named answer as well, then import the snapshot again.",
        ),
        ReasonCode::NotInSnapshot => (
            "Network Reachability error",
            "The instance is in no imported network snapshot",
            "Import a snapshot of the account and Region that holds the instance, then run the assessment again.",
        ),
        ReasonCode::NotExported => (
            "Imported run",
            "The run was imported from the original service, which exports its findings and not what it found right",
            "Run the assessment again here.",
        ),
        ReasonCode::NotObserved => (
            "Behavior not observed",
            "What the instance did during the assessment is not known, or only in part",
            "Keep the agent running and connected for the whole run, then run the assessment again; `inspector scan host` \
             observes with `--observe SECONDS`.",
        ),
        ReasonCode::NoCheck => (
            "Rule without a check",
            "The benchmark asks for something that its content does not check on the host",
            "Check the named rule by hand.",
        ),
        ReasonCode::EvaluationError => (
            "Rules evaluation error",
            "The evaluation of the rules package failed",
            "Run the assessment again; if it fails again, report it with the log of the service.",
        ),
    }
}
