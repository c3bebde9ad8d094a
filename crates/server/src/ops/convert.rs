//! Domain values to the shapes of the API: the only place where AWS's spelling meets ours.

use std::collections::BTreeMap;

use inspector_api::inspector as api;
use inspector_model::arn::{FindingArn, Region, RulesPackageArn, RunArn, TemplateArn};
use inspector_model::asset::{Asset, AssetInterface};
use inspector_model::event::Event;
use inspector_model::exclusion::Exclusion;
use inspector_model::run::{RunState, StopAction};
use inspector_model::{Attribute, PackageKey, Severity};
use inspector_store::exclusion::StoredExclusion;
use inspector_store::finding::{Body, StoredFinding};
use inspector_store::run::FindingCounts;
use inspector_store::{StoreError, run};

use crate::health::Health;

/// What agents delivered: one line for each type of message, of which there is one, and one for all of them.
pub(super) fn telemetry(count: i64, bytes: i64) -> Vec<api::TelemetryMetadata> {
    let line = |message_type: &str| api::TelemetryMetadata {
        message_type: message_type.to_owned(),
        count,
        data_size: Some(bytes),
    };
    vec![line("HostFacts"), line("Total")]
}

/// A fault of the store, told to nobody but the log.
pub(super) fn internal(error: StoreError) -> api::InternalException {
    fault(&error)
}

/// Any fault of ours, told to nobody but the log.
pub(super) fn fault(error: &dyn std::fmt::Display) -> api::InternalException {
    tracing::error!(%error, "an operation failed");
    api::InternalException::new("the service failed; its log holds the cause under this request's id")
}

/// A 64-bit number in a 32-bit member.
pub(super) fn int(number: impl TryInto<i32>) -> i32 {
    number.try_into().unwrap_or(i32::MAX)
}

/// An empty value is none: the API's values have at least one character.
pub(super) fn attributes(list: &[Attribute]) -> Vec<api::Attribute> {
    let value = |value: &str| (!value.is_empty()).then(|| value.chars().take(256).collect());
    list.iter().map(|a| api::Attribute { key: a.key.clone(), value: value(&a.value) }).collect()
}

/// The user's attributes as they are kept; a missing value is an empty one.
pub(super) fn from_attributes(list: Vec<api::Attribute>) -> Vec<Attribute> {
    list.into_iter().map(|a| Attribute { key: a.key, value: a.value.unwrap_or_default() }).collect()
}

/// Attributes to look for.
pub(super) fn wanted(list: Option<Vec<api::Attribute>>) -> Vec<(String, Option<String>)> {
    list.unwrap_or_default().into_iter().map(|a| (a.key, a.value)).collect()
}

pub(super) fn state(state: RunState) -> api::AssessmentRunState {
    use api::AssessmentRunState as To;
    match state {
        RunState::Created => To::Created,
        RunState::StartDataCollectionPending => To::StartDataCollectionPending,
        RunState::StartDataCollectionInProgress => To::StartDataCollectionInProgress,
        RunState::CollectingData => To::CollectingData,
        RunState::StopDataCollectionPending => To::StopDataCollectionPending,
        RunState::DataCollected => To::DataCollected,
        RunState::StartEvaluatingRulesPending => To::StartEvaluatingRulesPending,
        RunState::EvaluatingRules => To::EvaluatingRules,
        RunState::Completed => To::Completed,
        RunState::CompletedWithErrors => To::CompletedWithErrors,
        RunState::Failed => To::Failed,
        RunState::Error => To::Error,
        RunState::Canceled => To::Canceled,
    }
}

pub(super) fn stop_action(action: Option<api::StopAction>) -> StopAction {
    match action {
        None | Some(api::StopAction::StartEvaluation) => StopAction::StartEvaluation,
        Some(api::StopAction::SkipEvaluation) => StopAction::SkipEvaluation,
    }
}

pub(super) fn severity(severity: Severity) -> api::Severity {
    match severity {
        Severity::Undefined => api::Severity::Undefined,
        Severity::Informational => api::Severity::Informational,
        Severity::Low => api::Severity::Low,
        Severity::Medium => api::Severity::Medium,
        Severity::High => api::Severity::High,
    }
}

pub(super) fn from_severity(severity: api::Severity) -> Severity {
    match severity {
        api::Severity::Undefined => Severity::Undefined,
        api::Severity::Informational => Severity::Informational,
        api::Severity::Low => Severity::Low,
        api::Severity::Medium => Severity::Medium,
        api::Severity::High => Severity::High,
    }
}

pub(super) fn event(event: Event) -> api::InspectorEvent {
    match event {
        Event::RunStarted => api::InspectorEvent::AssessmentRunStarted,
        Event::RunCompleted => api::InspectorEvent::AssessmentRunCompleted,
        Event::RunStateChanged => api::InspectorEvent::AssessmentRunStateChanged,
        Event::FindingReported => api::InspectorEvent::FindingReported,
        Event::Other => api::InspectorEvent::Other,
    }
}

pub(super) fn from_event(event: api::InspectorEvent) -> Event {
    match event {
        api::InspectorEvent::AssessmentRunStarted => Event::RunStarted,
        api::InspectorEvent::AssessmentRunCompleted => Event::RunCompleted,
        api::InspectorEvent::AssessmentRunStateChanged => Event::RunStateChanged,
        api::InspectorEvent::FindingReported => Event::FindingReported,
        api::InspectorEvent::Other => Event::Other,
    }
}

pub(super) fn health(health: Health) -> api::AgentHealth {
    match health {
        Health::Healthy => api::AgentHealth::Healthy,
        Health::Unhealthy => api::AgentHealth::Unhealthy,
        Health::Unknown => api::AgentHealth::Unknown,
    }
}

/// All five keys, as the original shows them.
pub(super) fn counts(counts: FindingCounts) -> BTreeMap<api::Severity, i32> {
    BTreeMap::from([
        (api::Severity::High, int(counts.high)),
        (api::Severity::Medium, int(counts.medium)),
        (api::Severity::Low, int(counts.low)),
        (api::Severity::Informational, int(counts.informational)),
        (api::Severity::Undefined, int(counts.undefined)),
    ])
}

/// The ARN of a rules package in a Region.
pub(super) fn package_arn(key: PackageKey, region: &Region) -> String {
    key.arn(region).map(|arn| arn.to_string()).unwrap_or_default()
}

pub(super) fn package_arns(keys: &[PackageKey], region: &Region) -> Vec<String> {
    keys.iter().map(|key| package_arn(*key, region)).collect()
}

/// The rules packages that `texts` name in `region`.
pub(super) fn packages<E>(texts: &[String], region: &Region) -> Result<Vec<PackageKey>, E>
where
    E: From<api::InvalidInputException> + From<api::NoSuchEntityException>,
{
    let mut keys = Vec::new();
    for text in texts {
        let arn: RulesPackageArn = text.parse().map_err(|error: inspector_model::arn::Malformed| {
            api::InvalidInputException::new(api::InvalidInputErrorCode::InvalidRulesPackageArn, error.to_string())
        })?;
        let key = crate::engine::of_arn(&arn, region).ok_or_else(|| super::entity::missing(&arn))?;
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    Ok(keys)
}

/// The same for a filter: a package that nobody knows is in no record.
pub(super) fn packages_to_find(
    texts: Option<Vec<String>>,
    region: &Region,
) -> Result<Option<Vec<PackageKey>>, api::InvalidInputException> {
    let mut keys = Vec::new();
    for text in texts.unwrap_or_default() {
        let arn: RulesPackageArn = text.parse().map_err(|error: inspector_model::arn::Malformed| {
            api::InvalidInputException::new(api::InvalidInputErrorCode::InvalidRulesPackageArn, error.to_string())
        })?;
        match crate::engine::of_arn(&arn, region) {
            Some(key) => keys.push(key),
            None => return Ok(None),
        }
    }
    Ok(Some(keys))
}

pub(super) fn time_range(
    range: Option<api::TimestampRange>,
    code: api::InvalidInputErrorCode,
) -> Result<run::TimeRange, api::InvalidInputException> {
    let Some(api::TimestampRange { begin_date: from, end_date: to }) = range else {
        return Ok(run::TimeRange::default());
    };
    if let (Some(from), Some(to)) = (from, to)
        && from > to
    {
        return Err(api::InvalidInputException::new(code, "`beginDate` is later than `endDate`"));
    }
    Ok(run::TimeRange { from, to })
}

pub(super) fn duration_range(
    range: Option<api::DurationRange>,
    code: api::InvalidInputErrorCode,
) -> Result<(Option<i64>, Option<i64>), api::InvalidInputException> {
    let Some(api::DurationRange { min_seconds, max_seconds }) = range else { return Ok((None, None)) };
    if let (Some(min), Some(max)) = (min_seconds, max_seconds)
        && min > max
    {
        return Err(api::InvalidInputException::new(code, "`minSeconds` is greater than `maxSeconds`"));
    }
    Ok((min_seconds.map(i64::from), max_seconds.map(i64::from)))
}

pub(super) fn finding(stored: StoredFinding) -> api::Finding {
    let StoredFinding { arn, body: Body { finding, asset }, user_attributes, created_at, updated_at, .. } = stored;
    let FindingArn { scope, target, template, run, .. } = arn.clone();
    let rules_package_arn = Some(package_arn(finding.package, &scope.region));
    let run = RunArn { scope, target, template, run };
    let service = api::InspectorServiceAttributes {
        schema_version: 1,
        assessment_run_arn: Some(run.to_string()),
        rules_package_arn,
    };
    api::Finding {
        arn: arn.to_string(),
        schema_version: Some(1),
        service: Some("Inspector".to_owned()),
        service_attributes: Some(service),
        asset_type: Some(api::AssetType::Ec2Instance),
        asset_attributes: Some(asset_attributes(asset.as_ref())),
        id: Some(finding.rule),
        title: Some(finding.title),
        description: Some(finding.description),
        recommendation: Some(finding.recommendation),
        severity: Some(severity(finding.severity)),
        numeric_severity: Some(finding.severity.numeric()),
        confidence: Some(10),
        indicator_of_compromise: Some(false),
        attributes: attributes(&finding.attributes),
        user_attributes: attributes(&user_attributes),
        created_at,
        updated_at,
    }
}

/// Consumers index into `tags` and `networkInterfaces` without looking, so an instance always has both; a finding about
/// no instance carries addresses alone.
fn asset_attributes(asset: Option<&Asset>) -> api::AssetAttributes {
    let Some(asset) = asset else {
        return api::AssetAttributes {
            schema_version: 1,
            agent_id: None,
            auto_scaling_group: None,
            ami_id: None,
            hostname: None,
            ipv4_addresses: Some(Vec::new()),
            tags: None,
            network_interfaces: None,
        };
    };
    let hostname = asset.hostname.clone();
    let interface = |interface: &AssetInterface| network_interface(interface, hostname.clone());
    api::AssetAttributes {
        schema_version: 1,
        agent_id: Some(asset.id.clone()),
        auto_scaling_group: asset.auto_scaling_group.clone(),
        ami_id: asset.image.clone(),
        hostname: hostname.clone(),
        ipv4_addresses: Some(asset.ipv4_addresses().iter().take(50).map(ToString::to_string).collect()),
        tags: Some(attributes(&asset.tags).into_iter().map(|a| api::Tag { key: a.key, value: a.value }).collect()),
        network_interfaces: Some(asset.interfaces.iter().map(interface).collect()),
    }
}

fn network_interface(interface: &AssetInterface, hostname: Option<String>) -> api::NetworkInterface {
    let (v4, v6): (Vec<_>, Vec<_>) = interface.addresses.iter().partition(|address| address.is_ipv4());
    let private = |address: &&std::net::IpAddr| api::PrivateIp {
        private_dns_name: None,
        private_ip_address: Some(address.to_string()),
    };
    let group = |group: &inspector_model::asset::GroupName| api::SecurityGroup {
        group_name: Some(group.name.clone()),
        group_id: Some(group.id.clone()),
    };
    api::NetworkInterface {
        network_interface_id: Some(interface.id.clone()),
        subnet_id: interface.subnet.clone(),
        vpc_id: interface.vpc.clone(),
        private_dns_name: None,
        private_ip_address: v4.first().map(ToString::to_string),
        private_ip_addresses: Some(v4.iter().map(private).collect()),
        public_dns_name: hostname.filter(|_| interface.public.is_some()),
        public_ip: Some(interface.public.map(|address| address.to_string()).unwrap_or_default()),
        ipv6_addresses: Some(v6.iter().map(ToString::to_string).collect()),
        security_groups: Some(interface.security_groups.iter().map(group).collect()),
    }
}

pub(super) fn exclusion(stored: StoredExclusion) -> api::Exclusion {
    let StoredExclusion { arn, exclusion } = stored;
    let scopes = scopes(&exclusion, &arn.scope.region, &arn.to_string());
    api::Exclusion {
        arn: arn.to_string(),
        title: exclusion.title,
        description: exclusion.description,
        recommendation: exclusion.recommendation,
        scopes,
        attributes: Some(attributes(&exclusion.attributes)),
    }
}

pub(super) fn exclusion_preview(exclusion: Exclusion, template: &TemplateArn) -> api::ExclusionPreview {
    api::ExclusionPreview {
        scopes: scopes(&exclusion, &template.scope.region, &template.to_string()),
        title: exclusion.title,
        description: exclusion.description,
        recommendation: exclusion.recommendation,
        attributes: Some(attributes(&exclusion.attributes)),
    }
}

/// Instance and rules package; where the exclusion names neither, `whole`, because one scope is required.
fn scopes(exclusion: &Exclusion, region: &Region, whole: &str) -> Vec<api::Scope> {
    let scope = |key, value: String| api::Scope { key: Some(key), value: Some(value) };
    let mut scopes = Vec::new();
    scopes.extend(exclusion.subject.clone().map(|id| scope(api::ScopeType::InstanceId, id)));
    let package = exclusion.package.map(|key| package_arn(key, region));
    scopes.extend(package.map(|arn| scope(api::ScopeType::RulesPackageArn, arn)));
    if scopes.is_empty() {
        scopes.push(api::Scope { key: None, value: Some(whole.to_owned()) });
    }
    scopes
}
