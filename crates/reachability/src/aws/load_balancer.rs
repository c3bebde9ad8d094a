//! Load balancers of the second generation (`DescribeLoadBalancers`, `DescribeLoadBalancerAttributes`).

use inspector_model::network::{BalancerKind, LoadBalancer};
use serde::Deserialize;

use super::part::Part;
use super::raw::{Text, filled, list};

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Raw<'a> {
    #[serde(borrow)]
    load_balancer_arn: Option<Text<'a>>,
    load_balancer_name: Option<Text<'a>>,
    #[serde(rename = "DNSName")]
    dns_name: Option<Text<'a>>,
    scheme: Option<Text<'a>>,
    #[serde(rename = "Type")]
    kind: Option<Text<'a>>,
    state: Option<State<'a>>,
    vpc_id: Option<Text<'a>>,
    ip_address_type: Option<Text<'a>>,
    #[serde(default, deserialize_with = "list")]
    availability_zones: Vec<Zone<'a>>,
    #[serde(default, deserialize_with = "list")]
    security_groups: Vec<Text<'a>>,
    enforce_security_group_inbound_rules_on_private_link_traffic: Option<Text<'a>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct State<'a> {
    #[serde(borrow)]
    code: Option<Text<'a>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Zone<'a> {
    #[serde(borrow)]
    subnet_id: Option<Text<'a>>,
}

pub(super) fn add(raw: Raw<'_>, part: &mut Part) {
    let Some(id) = filled(raw.load_balancer_arn.as_ref()) else {
        return part.nameless("LoadBalancers", "LoadBalancerArn");
    };
    let vpc = filled(raw.vpc_id.as_ref()).unwrap_or_default().to_owned();
    if vpc.is_empty() {
        part.unreadable(id, "no `VpcId`");
    }
    let kind = match raw.kind.as_deref() {
        Some("application") => BalancerKind::Application,
        Some("network") => BalancerKind::Network,
        Some("gateway") => BalancerKind::Gateway,
        Some(_) | None => {
            part.unreadable(id, "no `Type` that is known");
            BalancerKind::Application
        }
    };
    let name = filled(raw.load_balancer_name.as_ref()).unwrap_or(id).to_owned();
    if raw.scheme.is_none() && kind != BalancerKind::Gateway {
        part.unreadable(id, "no `Scheme`");
    }
    let subnets = raw.availability_zones.into_iter().filter_map(|zone| zone.subnet_id);
    part.network.load_balancers.push(LoadBalancer {
        id: id.to_owned(),
        name,
        kind,
        internet_facing: raw.scheme.as_deref() == Some("internet-facing"),
        state: raw.state.and_then(|state| state.code).map(Text::owned),
        vpc,
        subnets: sorted(subnets),
        security_groups: sorted(raw.security_groups),
        dual_stack: raw.ip_address_type.as_deref().is_some_and(|kind| kind.starts_with("dualstack")),
        dns_name: raw.dns_name.map(Text::owned),
        cross_zone: None,
        guards_private_link: raw
            .enforce_security_group_inbound_rules_on_private_link_traffic
            .map(|word| !word.eq_ignore_ascii_case("off")),
        listeners: None,
    });
}

pub(super) fn sorted<'a>(ids: impl IntoIterator<Item = Text<'a>>) -> Vec<String> {
    let mut ids: Vec<String> = ids.into_iter().map(Text::owned).collect();
    ids.sort();
    ids.dedup();
    ids
}

/// One entry of `DescribeLoadBalancerAttributes` of either generation, with whose it is.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct RawAttributes<'a> {
    #[serde(borrow, alias = "LoadBalancerName")]
    load_balancer_arn: Option<Text<'a>>,
    #[serde(default, deserialize_with = "list")]
    attributes: Vec<Attribute<'a>>,
    cross_zone_load_balancing: Option<Enabled>,
    #[serde(rename = "LoadBalancerAttributes")]
    classic: Option<Classic>,
}

/// Attributes of a Classic load balancer. The answer does not say whose they are.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Classic {
    cross_zone_load_balancing: Option<Enabled>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Enabled {
    enabled: bool,
}

/// One attribute of the second generation.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Attribute<'a> {
    #[serde(borrow)]
    pub(super) key: Option<Text<'a>>,
    pub(super) value: Option<Text<'a>>,
}

/// What an attribute says, where it is there and says yes or no.
pub(super) fn says(attributes: &[Attribute<'_>], key: &str) -> Option<bool> {
    let attribute = attributes.iter().find(|attribute| attribute.key.as_deref() == Some(key))?;
    attribute.value.as_deref()?.parse().ok()
}

pub(super) fn add_attributes(raw: RawAttributes<'_>, part: &mut Part) {
    let Some(id) = filled(raw.load_balancer_arn.as_ref()) else {
        return part.skip("attributes of a load balancer that is not named are not used");
    };
    let classic = raw.classic.and_then(|classic| classic.cross_zone_load_balancing);
    let classic = raw.cross_zone_load_balancing.or(classic).map(|is| is.enabled);
    if let Some(cross_zone) = says(&raw.attributes, "load_balancing.cross_zone.enabled").or(classic) {
        part.balancing.cross_zone.push((id.to_owned(), cross_zone));
    }
}
