//! Listeners and their rules (`DescribeListeners`, `DescribeRules`).

use inspector_model::network::Listener;
use serde::Deserialize;

use super::part::Part;
use super::raw::{Text, filled, list};

/// A listener, or the listeners of one load balancer wrapped with its ARN.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Raw<'a> {
    #[serde(borrow)]
    load_balancer_arn: Option<Text<'a>>,
    listener_arn: Option<Text<'a>>,
    port: Option<u16>,
    protocol: Option<Text<'a>>,
    #[serde(default, deserialize_with = "list")]
    default_actions: Vec<Action<'a>>,
    listeners: Option<Vec<Raw<'a>>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Action<'a> {
    #[serde(borrow, rename = "Type")]
    kind: Option<Text<'a>>,
    target_group_arn: Option<Text<'a>>,
    forward_config: Option<Forward<'a>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Forward<'a> {
    #[serde(borrow, default, deserialize_with = "list")]
    target_groups: Vec<Weighted<'a>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Weighted<'a> {
    #[serde(borrow)]
    target_group_arn: Option<Text<'a>>,
    weight: Option<u32>,
}

/// A rule, or the rules of one listener wrapped with its ARN.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct RawRule<'a> {
    #[serde(borrow)]
    rule_arn: Option<Text<'a>>,
    listener_arn: Option<Text<'a>>,
    #[serde(default, deserialize_with = "list")]
    actions: Vec<Action<'a>>,
    rules: Option<Vec<RawRule<'a>>>,
}

/// The port that GENEVE goes to.
const GENEVE: u16 = 6081;

pub(super) fn add(raw: Raw<'_>, part: &mut Part) {
    add_of(raw, None, part);
}

fn add_of(raw: Raw<'_>, balancer: Option<&str>, part: &mut Part) {
    let balancer = filled(raw.load_balancer_arn.as_ref()).or(balancer);
    if let Some(listeners) = raw.listeners {
        let Some(balancer) = balancer else { return part.nameless("Listeners", "LoadBalancerArn") };
        part.balancing.asked_for_listeners.push(balancer.to_owned());
        listeners.into_iter().for_each(|listener| add_of(listener, Some(balancer), part));
        return;
    }
    let Some(balancer) = balancer else { return part.nameless("Listeners", "LoadBalancerArn") };
    // Those of Gateway Load Balancers say neither; whatever comes is sent on in GENEVE (RFC 8926).
    let gateway = balancer.contains("/gwy/").then_some(GENEVE);
    let Some(port) = raw.port.or(gateway) else {
        part.unreadable(balancer, "a listener has no `Port`");
        return part.balancing.asked_for_listeners.push(balancer.to_owned());
    };
    let protocol = raw.protocol.map(Text::owned);
    let listener = Listener {
        port,
        protocol: protocol.or_else(|| gateway.map(|_| "GENEVE".to_owned())).unwrap_or_default(),
        id: raw.listener_arn.map(Text::owned).unwrap_or_default(),
        forwards: forwards(&raw.default_actions),
    };
    part.balancing.listeners.push((balancer.to_owned(), listener));
}

pub(super) fn add_rule(raw: RawRule<'_>, part: &mut Part) {
    add_rule_of(raw, None, part);
}

fn add_rule_of(raw: RawRule<'_>, listener: Option<&str>, part: &mut Part) {
    let listener = filled(raw.listener_arn.as_ref()).or(listener).map(str::to_owned);
    if let Some(rules) = raw.rules {
        return rules.into_iter().for_each(|rule| add_rule_of(rule, listener.as_deref(), part));
    }
    match listener.or_else(|| listener_of(raw.rule_arn.as_deref()?)) {
        Some(listener) => part.balancing.rules.push((listener, forwards(&raw.actions))),
        None => part.nameless("Rules", "RuleArn"),
    }
}

/// `…:listener-rule/app/name/id/listener/rule` belongs to `…:listener/app/name/id/listener`.
fn listener_of(rule: &str) -> Option<String> {
    let (listener, _) = rule.rsplit_once('/')?;
    let (before, after) = listener.split_once(":listener-rule/")?;
    Some(format!("{before}:listener/{after}"))
}

/// Target groups that the actions send packets to. Redirects and fixed responses send none.
fn forwards(actions: &[Action<'_>]) -> Vec<String> {
    let mut groups = Vec::new();
    for action in actions.iter().filter(|action| action.kind.as_deref().is_none_or(|kind| kind == "forward")) {
        let weighted = action.forward_config.as_ref().map_or(&[][..], |forward| &forward.target_groups);
        if weighted.is_empty() {
            groups.extend(filled(action.target_group_arn.as_ref()).map(str::to_owned));
        }
        let chosen = weighted.iter().filter(|group| group.weight != Some(0));
        groups.extend(chosen.filter_map(|group| filled(group.target_group_arn.as_ref())).map(str::to_owned));
    }
    groups
}
