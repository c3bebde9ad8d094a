//! Rule groups of AWS Network Firewall (`DescribeRuleGroup`). Rules by addresses, ports and protocol are read; a group with
//! rules of another kind is known by name and marked.

use inspector_model::network::{FirewallAction, FirewallRule, FirewallRuleGroup};
use ipnet::IpNet;
use serde::Deserialize;
use serde::de::{IgnoredAny, MapAccess};

use super::part::Part;
use super::raw::{Text, filled, list, range};

/// The answer about one group, or its name alone as `ListRuleGroups` gives it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Answer<'a> {
    #[serde(borrow)]
    rule_group: Option<RawGroup<'a>>,
    rule_group_response: Option<Name<'a>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Name<'a> {
    #[serde(borrow)]
    rule_group_arn: Option<Text<'a>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct RawGroup<'a> {
    #[serde(borrow)]
    rules_source: Option<Source<'a>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Source<'a> {
    rules_string: Option<IgnoredAny>,
    rules_source_list: Option<IgnoredAny>,
    #[serde(borrow)]
    stateful_rules: Option<Vec<Stateful<'a>>>,
    stateless_rules_and_custom_actions: Option<StatelessRules<'a>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct StatelessRules<'a> {
    #[serde(borrow, default, deserialize_with = "list")]
    stateless_rules: Vec<Stateless<'a>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Stateless<'a> {
    priority: Option<u32>,
    #[serde(borrow)]
    rule_definition: Option<Definition<'a>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Definition<'a> {
    #[serde(borrow)]
    match_attributes: Option<Attributes<'a>>,
    #[serde(default, deserialize_with = "list")]
    actions: Vec<Text<'a>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Attributes<'a> {
    #[serde(borrow, default, deserialize_with = "list")]
    sources: Vec<Address<'a>>,
    #[serde(default, deserialize_with = "list")]
    destinations: Vec<Address<'a>>,
    #[serde(default, deserialize_with = "list")]
    source_ports: Vec<Ports>,
    #[serde(default, deserialize_with = "list")]
    destination_ports: Vec<Ports>,
    #[serde(default, deserialize_with = "list")]
    protocols: Vec<u8>,
    #[serde(rename = "TCPFlags", default, deserialize_with = "list")]
    flags: Vec<IgnoredAny>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Address<'a> {
    #[serde(borrow)]
    address_definition: Option<Text<'a>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Ports {
    from_port: u16,
    to_port: u16,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Stateful<'a> {
    #[serde(borrow)]
    action: Option<Text<'a>>,
    header: Option<Header<'a>>,
    #[serde(default, deserialize_with = "list")]
    rule_options: Vec<RuleOption<'a>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Header<'a> {
    #[serde(borrow)]
    protocol: Option<Text<'a>>,
    source: Option<Text<'a>>,
    source_port: Option<Text<'a>>,
    direction: Option<Text<'a>>,
    destination: Option<Text<'a>>,
    destination_port: Option<Text<'a>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct RuleOption<'a> {
    #[serde(borrow)]
    keyword: Option<Text<'a>>,
}

/// Parts of one answer that stand beside each other at the top of a document.
#[derive(Debug, Default)]
pub(super) struct Loose {
    name: Option<String>,
    rules: Option<Result<Vec<FirewallRule>, String>>,
}

/// Reads `RuleGroup` or `RuleGroupResponse`.
pub(super) fn read<'de, M: MapAccess<'de>>(
    key: &str,
    map: &mut M,
    part: &mut Part,
    loose: fn(&mut Part) -> &mut Loose,
) -> Result<(), M::Error> {
    if key == "RuleGroup" {
        let group = map.next_value::<Option<RawGroup<'de>>>()?;
        part.answered("RuleGroups");
        loose(part).rules = group.map(rules);
    } else {
        let name = map.next_value::<Option<Name<'de>>>()?;
        loose(part).name = name.and_then(|name| name.rule_group_arn).map(Text::owned);
    }
    Ok(())
}

pub(super) fn join(loose: Loose) -> Option<FirewallRuleGroup> {
    let (id, rules) = loose.name.zip(loose.rules)?;
    Some(group(id, rules))
}

pub(super) fn add(raw: Answer<'_>, part: &mut Part) {
    let Some(written) = raw.rule_group else { return };
    match raw.rule_group_response.and_then(|name| name.rule_group_arn) {
        Some(id) => part.network.firewall_rule_groups.push(group(id.owned(), rules(written))),
        None => part.nameless("RuleGroups", "RuleGroupArn"),
    }
}

fn group(id: String, rules: Result<Vec<FirewallRule>, String>) -> FirewallRuleGroup {
    match rules {
        Ok(rules) => FirewallRuleGroup { id, rules, not_modelled: None },
        Err(why) => FirewallRuleGroup { id, rules: Vec::new(), not_modelled: Some(why) },
    }
}

fn rules(raw: RawGroup<'_>) -> Result<Vec<FirewallRule>, String> {
    let source = raw.rules_source.ok_or("no rules")?;
    if source.rules_string.is_some() {
        return Err("Suricata rules".to_owned());
    }
    if source.rules_source_list.is_some() {
        return Err("a domain list".to_owned());
    }
    let stateful = source.stateful_rules.into_iter().flatten().map(|rule| stateful(&rule));
    let mut stateless_rules = source.stateless_rules_and_custom_actions.map_or(Vec::new(), |all| all.stateless_rules);
    stateless_rules.sort_by_key(|rule| rule.priority);
    stateful.chain(stateless_rules.iter().map(stateless)).collect()
}

fn stateless(rule: &Stateless<'_>) -> Result<FirewallRule, String> {
    let definition = rule.rule_definition.as_ref().ok_or("a rule without definition")?;
    let attributes = definition.match_attributes.as_ref().ok_or("a rule without attributes")?;
    if !attributes.flags.is_empty() {
        return Err("a rule by TCP flags".to_owned());
    }
    let ranges = |addresses: &[Address<'_>]| -> Result<Vec<IpNet>, String> {
        addresses
            .iter()
            .map(|address| range_or_host(address.address_definition.as_deref().unwrap_or_default()))
            .collect()
    };
    let ports = |ports: &[Ports]| ports.iter().map(|ports| (ports.from_port, ports.to_port)).collect();
    Ok(FirewallRule {
        action: stateless_action(&definition.actions),
        protocols: attributes.protocols.clone(),
        sources: ranges(&attributes.sources)?,
        source_ports: ports(&attributes.source_ports),
        destinations: ranges(&attributes.destinations)?,
        destination_ports: ports(&attributes.destination_ports),
        both_ways: false,
    })
}

/// Custom actions stand beside a standard one and only count packets.
pub(super) fn stateless_action(actions: &[Text<'_>]) -> FirewallAction {
    let is = |name: &str| actions.iter().any(|action| &**action == name);
    match (is("aws:drop"), is("aws:forward_to_sfe")) {
        (true, _) => FirewallAction::Drop,
        (false, true) => FirewallAction::Forward,
        (false, false) => FirewallAction::Pass,
    }
}

/// Options that only describe a rule.
const DESCRIPTIONS: [&str; 8] = ["sid", "rev", "msg", "gid", "classtype", "reference", "metadata", "priority"];

fn stateful(rule: &Stateful<'_>) -> Result<FirewallRule, String> {
    let header = rule.header.as_ref().ok_or("a rule without header")?;
    let described = |option: &RuleOption<'_>| {
        let keyword = option.keyword.as_deref().unwrap_or_default();
        if DESCRIPTIONS.contains(&keyword) { Ok(()) } else { Err(format!("a rule with option `{keyword}`")) }
    };
    rule.rule_options.iter().try_for_each(described)?;
    let action = match rule.action.as_deref() {
        Some("PASS") => FirewallAction::Pass,
        Some("DROP" | "REJECT") => FirewallAction::Drop,
        Some("ALERT") => FirewallAction::Alert,
        Some(other) => return Err(format!("a rule with action `{other}`")),
        None => return Err("a rule without action".to_owned()),
    };
    let protocols = match header.protocol.as_deref() {
        Some("IP") => Vec::new(),
        Some("TCP") => vec![6],
        Some("UDP") => vec![17],
        Some("ICMP") => vec![1, 58],
        Some(other) => return Err(format!("a rule for protocol `{other}`")),
        None => return Err("a rule without protocol".to_owned()),
    };
    let text = |text: &'_ Option<Text<'_>>| filled(text.as_ref()).unwrap_or("ANY").to_owned();
    let both_ways = match header.direction.as_deref() {
        Some("ANY") => true,
        Some("FORWARD") | None => false,
        Some(other) => return Err(format!("a rule with direction `{other}`")),
    };
    Ok(FirewallRule {
        action,
        protocols,
        sources: each(&text(&header.source), range_or_host)?,
        source_ports: each(&text(&header.source_port), port_range)?,
        destinations: each(&text(&header.destination), range_or_host)?,
        destination_ports: each(&text(&header.destination_port), port_range)?,
        both_ways,
    })
}

/// `ANY`, one, or several in brackets. Negations and variables are refused by `read`.
fn each<T>(text: &str, read: fn(&str) -> Result<T, String>) -> Result<Vec<T>, String> {
    if text.eq_ignore_ascii_case("any") {
        return Ok(Vec::new());
    }
    text.trim_start_matches('[').trim_end_matches(']').split(',').map(|one| read(one.trim())).collect()
}

fn range_or_host(text: &str) -> Result<IpNet, String> {
    range(text).or_else(|why| text.parse::<std::net::IpAddr>().map(IpNet::from).map_err(|_| why))
}

/// `80`, `1024:2048` or `1024:`.
fn port_range(text: &str) -> Result<(u16, u16), String> {
    let port = |text: &str, open: u16| if text.is_empty() { Ok(open) } else { text.parse() };
    let (low, high) = text.split_once(':').unwrap_or((text, text));
    let wrong = |_| format!("`{text}` is no port");
    match (port(low, 0).map_err(wrong)?, port(high, 65535).map_err(wrong)?) {
        (low, high) if low <= high && !text.is_empty() => Ok((low, high)),
        _ => Err(format!("`{text}` is no port")),
    }
}
