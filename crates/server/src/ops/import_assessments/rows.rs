//! What the original told, as we keep it. A finding's evidence was never exported: its proof says so.

use std::collections::BTreeMap;

use inspector_api::inspector as api;
use inspector_model::arn::{FindingArn, Region, ResourceGroupArn, RunArn, TargetArn, TemplateArn};
use inspector_model::asset::{Asset, AssetInterface, GroupName, GroupTag};
use inspector_model::coverage::Coverage;
use inspector_model::fingerprint::fingerprint;
use inspector_model::outcome::Outcome;
use inspector_model::proof::Proof;
use inspector_model::run::RunState;
use inspector_model::{Attribute, Finding, PackageKey, Reason, ReasonCode, Severity};
use inspector_store::finding::{Body, StoredFinding};
use inspector_store::resource_group::ResourceGroup;
use inspector_store::run::{FindingCounts, Run, StateChange};
use inspector_store::target::Target;
use inspector_store::template::Template;

use crate::engine::{of_arn, shard};
use crate::ops::convert::{from_attributes, from_severity};

/// Why something could not be taken over.
type Why = String;

pub(super) fn group(group: api::ResourceGroup) -> Result<ResourceGroup, Why> {
    let tag = |tag: api::ResourceGroupTag| GroupTag { key: tag.key, value: tag.value };
    Ok(ResourceGroup {
        arn: arn(&group.arn)?,
        tags: group.tags.into_iter().map(tag).collect(),
        created_at: group.created_at,
    })
}

pub(super) fn target(target: api::AssessmentTarget) -> Result<Target, Why> {
    let group = target.resource_group_arn.as_deref().map(arn::<ResourceGroupArn>).transpose()?;
    Ok(Target {
        arn: arn::<TargetArn>(&target.arn)?,
        name: target.name,
        resource_group: group,
        created_at: target.created_at,
        updated_at: target.updated_at,
    })
}

pub(super) fn template(template: api::AssessmentTemplate) -> Result<Template, Why> {
    let arn: TemplateArn = arn(&template.arn)?;
    Ok(Template {
        name: template.name,
        duration: i64::from(template.duration_in_seconds),
        packages: packages(&template.rules_package_arns, &arn.scope.region)?,
        user_attributes: from_attributes(template.user_attributes_for_findings),
        created_at: template.created_at,
        arn,
    })
}

/// A run and the states that it went through.
pub(super) fn run(run: api::AssessmentRun) -> Result<(Run, Vec<StateChange>), Why> {
    let arn: RunArn = arn(&run.arn)?;
    let state = state(&run.state)?;
    if !state.terminal() {
        return Err(format!("the run is {}, and only finished runs can be imported", state.as_str()));
    }
    let mut changes = Vec::new();
    for change in run.state_changes {
        changes.push(StateChange { state: self::state(&change.state)?, at: change.state_changed_at });
    }
    let count = |severity| {
        let count = run.finding_counts.get(&severity).copied().unwrap_or_default();
        u64::try_from(count).unwrap_or_default()
    };
    let counts = FindingCounts {
        high: count(api::Severity::High),
        medium: count(api::Severity::Medium),
        low: count(api::Severity::Low),
        informational: count(api::Severity::Informational),
        undefined: count(api::Severity::Undefined),
        unscored: 0,
    };
    let packages = packages(&run.rules_package_arns, &arn.scope.region)?;
    let run = Run {
        arn,
        name: run.name,
        state,
        duration: i64::from(run.duration_in_seconds),
        packages,
        user_attributes: from_attributes(run.user_attributes_for_findings),
        created_at: run.created_at,
        started_at: run.started_at,
        collect_until: None,
        completed_at: run.completed_at,
        state_changed_at: run.state_changed_at,
        data_collected: run.data_collected,
        counts,
    };
    Ok((run, changes))
}

/// A finding whose record is stored as `record`.
pub(super) fn finding(finding: api::Finding, record: String) -> Result<StoredFinding, Why> {
    let arn: FindingArn = arn(&finding.arn)?;
    let package = finding.service_attributes.and_then(|attributes| attributes.rules_package_arn);
    let package = package.ok_or("the finding names no rules package")?;
    let asset = finding.asset_attributes.map(asset).transpose()?.flatten();
    let severity = finding.severity.map_or(Severity::Undefined, from_severity);
    let body = Finding {
        package: self::package(&package, &arn.scope.region)?,
        rule: finding.id.ok_or("the finding has no `id`")?,
        subject: asset.as_ref().map(|asset| asset.id.clone()).unwrap_or_default(),
        severity,
        title: finding.title.unwrap_or_default(),
        description: finding.description.unwrap_or_default(),
        recommendation: finding.recommendation.unwrap_or_default(),
        attributes: from_attributes(finding.attributes),
        proof: Proof::Imported { record },
    };
    Ok(StoredFinding {
        shard: shard(&body.subject),
        fingerprint: fingerprint(&body),
        hidden: false,
        user_attributes: from_attributes(finding.user_attributes),
        created_at: finding.created_at,
        updated_at: finding.updated_at,
        body: Body { finding: body, asset },
        arn,
    })
}

/// The ledger of an imported run: its failures, and for each package that the rest is not known.
pub(super) fn coverage(run: &Run, findings: &[StoredFinding]) -> Coverage {
    let mut coverage = Coverage::default();
    for package in &run.packages {
        let why = "the original service exports findings, not what it checked and found right";
        coverage.record_unassessed(*package, run.arn.to_string().as_str(), Reason::new(ReasonCode::NotExported, why));
    }
    for stored in findings {
        let finding = &stored.body.finding;
        let failed = Outcome::Fail(finding.proof.clone());
        coverage.record(finding.package, finding.rule.as_str(), &finding.subject, &failed);
    }
    coverage.sorted()
}

fn asset(asset: api::AssetAttributes) -> Result<Option<Asset>, Why> {
    let Some(id) = asset.agent_id else { return Ok(None) };
    let mut interfaces = Vec::new();
    for interface in asset.network_interfaces.unwrap_or_default() {
        interfaces.push(self::interface(interface)?);
    }
    let tag = |tag: api::Tag| Attribute { key: tag.key, value: tag.value.unwrap_or_default() };
    Ok(Some(Asset {
        id,
        snapshot: None,
        auto_scaling_group: asset.auto_scaling_group,
        image: asset.ami_id,
        hostname: asset.hostname,
        tags: asset.tags.unwrap_or_default().into_iter().map(tag).collect(),
        interfaces,
    }))
}

fn interface(interface: api::NetworkInterface) -> Result<AssetInterface, Why> {
    let listed = interface.private_ip_addresses.unwrap_or_default().into_iter().filter_map(|ip| ip.private_ip_address);
    let mut texts: Vec<String> = interface.private_ip_address.into_iter().collect();
    texts.extend(listed.chain(interface.ipv6_addresses.unwrap_or_default()));
    let address = |text: &String| text.parse().map_err(|_| format!("`{text}` is no IP address"));
    let mut addresses = Vec::new();
    for text in &texts {
        let address = address(text)?;
        if !addresses.contains(&address) {
            addresses.push(address);
        }
    }
    let group = |group: api::SecurityGroup| GroupName {
        id: group.group_id.unwrap_or_default(),
        name: group.group_name.unwrap_or_default(),
    };
    Ok(AssetInterface {
        id: interface.network_interface_id.unwrap_or_default(),
        subnet: interface.subnet_id,
        vpc: interface.vpc_id,
        addresses,
        public: interface.public_ip.filter(|text| !text.is_empty()).as_ref().map(address).transpose()?,
        security_groups: interface.security_groups.unwrap_or_default().into_iter().map(group).collect(),
    })
}

fn arn<T: std::str::FromStr<Err = inspector_model::arn::Malformed>>(text: &str) -> Result<T, Why> {
    text.parse().map_err(|error: inspector_model::arn::Malformed| error.to_string())
}

fn packages(texts: &[String], region: &Region) -> Result<Vec<PackageKey>, Why> {
    // What the original retired under two ARNs may be one package here.
    let mut keys = BTreeMap::new();
    for (position, text) in texts.iter().enumerate() {
        keys.entry(package(text, region)?).or_insert(position);
    }
    let mut keys: Vec<_> = keys.into_iter().collect();
    keys.sort_by_key(|(_, position)| *position);
    Ok(keys.into_iter().map(|(key, _)| key).collect())
}

fn package(text: &str, region: &Region) -> Result<PackageKey, Why> {
    of_arn(&arn(text)?, region).ok_or_else(|| format!("`{text}` is no rules package of Region {}", region.as_str()))
}

fn state(state: &api::AssessmentRunState) -> Result<RunState, Why> {
    let text = serde_json::to_value(state).map_err(|error| error.to_string())?;
    let known = RunState::ALL.into_iter().find(|known| text == known.as_str());
    known.ok_or_else(|| format!("`{text}` is no state of a run"))
}
