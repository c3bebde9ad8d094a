//! AWS Network Firewall (`DescribeFirewall`, `DescribeFirewallPolicy`, `DescribeRuleGroup`): each answer as it is, a file
//! each, or many in a list under `Firewalls`, `FirewallPolicies` and `RuleGroups`.

use std::collections::BTreeMap;

use inspector_model::network::{Firewall, FirewallEndpoint, FirewallPolicy, StatefulGroup};
use serde::Deserialize;
use serde::de::MapAccess;

use super::firewall_rules;
use super::part::Part;
use super::raw::{Text, filled, list};

/// The answer about one firewall, or its name alone as `ListFirewalls` gives it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Answer<'a> {
    #[serde(borrow)]
    firewall: Option<RawFirewall<'a>>,
    firewall_status: Option<RawStatus<'a>>,
    firewall_arn: Option<Text<'a>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct RawFirewall<'a> {
    #[serde(borrow)]
    firewall_arn: Option<Text<'a>>,
    firewall_policy_arn: Option<Text<'a>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct RawStatus<'a> {
    #[serde(borrow)]
    sync_states: Option<BTreeMap<String, SyncState<'a>>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct SyncState<'a> {
    #[serde(borrow)]
    attachment: Option<Attachment<'a>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Attachment<'a> {
    #[serde(borrow)]
    endpoint_id: Option<Text<'a>>,
    subnet_id: Option<Text<'a>>,
    status: Option<Text<'a>>,
}

/// The answer about one policy, or its name alone as `ListFirewallPolicies` gives it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct PolicyAnswer<'a> {
    #[serde(borrow)]
    firewall_policy: Option<RawPolicy<'a>>,
    firewall_policy_response: Option<PolicyName<'a>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct PolicyName<'a> {
    #[serde(borrow)]
    firewall_policy_arn: Option<Text<'a>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct RawPolicy<'a> {
    #[serde(borrow, default, deserialize_with = "list")]
    stateless_rule_group_references: Vec<Reference<'a>>,
    #[serde(default, deserialize_with = "list")]
    stateless_default_actions: Vec<Text<'a>>,
    #[serde(default, deserialize_with = "list")]
    stateful_rule_group_references: Vec<Reference<'a>>,
    #[serde(default, deserialize_with = "list")]
    stateful_default_actions: Vec<Text<'a>>,
    stateful_engine_options: Option<Engine<'a>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Reference<'a> {
    #[serde(borrow)]
    resource_arn: Option<Text<'a>>,
    priority: Option<u32>,
    #[serde(rename = "Override")]
    changed: Option<Override<'a>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Override<'a> {
    #[serde(borrow)]
    action: Option<Text<'a>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Engine<'a> {
    #[serde(borrow)]
    rule_order: Option<Text<'a>>,
}

/// Parts of one answer that stand beside each other at the top of a document.
#[derive(Debug, Default)]
pub(super) struct Loose {
    firewall: Option<(String, Option<String>)>,
    endpoints: Vec<FirewallEndpoint>,
    policy_name: Option<String>,
    policy: Option<FirewallPolicy>,
    group: firewall_rules::Loose,
}

/// Reads one of the objects that make up an answer of its own.
pub(super) fn read<'de, M: MapAccess<'de>>(key: &str, map: &mut M, part: &mut Part) -> Result<(), M::Error> {
    match key {
        "Firewall" => {
            let named = map.next_value::<Option<RawFirewall<'de>>>()?.and_then(|raw| named(&raw));
            part.answered("Firewalls");
            part.firewalls.firewall = named;
        }
        "FirewallStatus" => {
            let status = map.next_value::<Option<RawStatus<'de>>>()?;
            part.firewalls.endpoints = status.map(endpoints).unwrap_or_default();
        }
        "FirewallPolicyResponse" => {
            let name = map.next_value::<Option<PolicyName<'de>>>()?;
            part.firewalls.policy_name = name.and_then(|name| name.firewall_policy_arn).map(Text::owned);
        }
        "FirewallPolicy" => {
            part.answered("FirewallPolicies");
            part.firewalls.policy = map.next_value::<Option<RawPolicy<'de>>>()?.map(|raw| policy(String::new(), raw));
        }
        _ => firewall_rules::read(key, map, part, |part| &mut part.firewalls.group)?,
    }
    Ok(())
}

/// Puts together what stood beside each other in one document.
pub(super) fn join(part: &mut Part) {
    let loose = std::mem::take(&mut part.firewalls);
    if let Some((id, policy)) = loose.firewall {
        part.network.firewalls.push(Firewall { id, policy, endpoints: loose.endpoints });
    }
    if let Some((id, policy)) = loose.policy_name.zip(loose.policy) {
        part.network.firewall_policies.push(FirewallPolicy { id, ..policy });
    }
    part.network.firewall_rule_groups.extend(firewall_rules::join(loose.group));
}

pub(super) fn add(raw: Answer<'_>, part: &mut Part) {
    let endpoints = raw.firewall_status.map(endpoints).unwrap_or_default();
    let only_name = || Some((filled(raw.firewall_arn.as_ref())?.to_owned(), None));
    match raw.firewall.as_ref().and_then(named).or_else(only_name) {
        Some((id, policy)) => part.network.firewalls.push(Firewall { id, policy, endpoints }),
        None => part.nameless("Firewalls", "FirewallArn"),
    }
}

pub(super) fn add_policy(raw: PolicyAnswer<'_>, part: &mut Part) {
    let Some(written) = raw.firewall_policy else { return };
    let name = raw.firewall_policy_response.and_then(|name| name.firewall_policy_arn);
    match name {
        Some(id) => part.network.firewall_policies.push(policy(id.owned(), written)),
        None => part.nameless("FirewallPolicies", "FirewallPolicyArn"),
    }
}

fn named(raw: &RawFirewall<'_>) -> Option<(String, Option<String>)> {
    let policy = filled(raw.firewall_policy_arn.as_ref()).map(str::to_owned);
    Some((filled(raw.firewall_arn.as_ref())?.to_owned(), policy))
}

fn endpoints(status: RawStatus<'_>) -> Vec<FirewallEndpoint> {
    let attachments = status.sync_states.into_iter().flatten().filter_map(|(_, state)| state.attachment);
    let mut endpoints: Vec<FirewallEndpoint> = attachments
        .filter_map(|attachment| {
            Some(FirewallEndpoint {
                endpoint: attachment.endpoint_id?.owned(),
                subnet: attachment.subnet_id?.owned(),
                status: attachment.status.map(Text::owned),
            })
        })
        .collect();
    endpoints.sort();
    endpoints
}

fn policy(id: String, raw: RawPolicy<'_>) -> FirewallPolicy {
    let mut not_modelled = None;
    let strict = match raw.stateful_engine_options.and_then(|options| options.rule_order).as_deref() {
        Some("STRICT_ORDER") => true,
        Some("DEFAULT_ACTION_ORDER") | None => false,
        Some(other) => {
            not_modelled = Some(format!("rule order `{other}`"));
            false
        }
    };
    let mut drops = false;
    for action in raw.stateful_default_actions.iter().map(|action| &**action) {
        match action {
            "aws:drop_strict" => drops = true,
            alert if alert.starts_with("aws:alert") => {}
            // It lets handshakes through and drops what follows: neither reachable nor blocked.
            other => not_modelled = Some(format!("default action `{other}`")),
        }
    }
    let stateless_default = firewall_rules::stateless_action(&raw.stateless_default_actions);
    FirewallPolicy {
        id,
        stateless_groups: by_priority(raw.stateless_rule_group_references).into_iter().map(|group| group.id).collect(),
        stateless_default,
        stateful_groups: by_priority(raw.stateful_rule_group_references),
        strict,
        drops: drops && strict,
        not_modelled,
    }
}

fn by_priority(mut references: Vec<Reference<'_>>) -> Vec<StatefulGroup> {
    references.sort_by_key(|reference| reference.priority);
    let group = |reference: Reference<'_>| {
        let changed = reference.changed.and_then(|changed| changed.action);
        Some(StatefulGroup {
            id: reference.resource_arn?.owned(),
            drop_to_alert: changed.as_deref() == Some("DROP_TO_ALERT"),
        })
    };
    references.into_iter().filter_map(group).collect()
}
