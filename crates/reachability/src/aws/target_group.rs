//! Target groups and who is registered with them (`DescribeTargetGroups`, `DescribeTargetHealth`,
//! `DescribeTargetGroupAttributes`).

use inspector_model::network::{Target, TargetGroup, TargetKind};
use serde::Deserialize;

use super::load_balancer::{Attribute, says};
use super::part::Part;
use super::raw::{Text, filled, list};

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Raw<'a> {
    #[serde(borrow)]
    target_group_arn: Option<Text<'a>>,
    target_type: Option<Text<'a>>,
    port: Option<u16>,
    protocol: Option<Text<'a>>,
    #[serde(default, deserialize_with = "list")]
    load_balancer_arns: Vec<Text<'a>>,
}

/// The registrations of one target group.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct RawHealth<'a> {
    #[serde(borrow)]
    target_group_arn: Option<Text<'a>>,
    #[serde(default, deserialize_with = "list")]
    target_health_descriptions: Vec<Description<'a>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Description<'a> {
    #[serde(borrow)]
    target: Option<RawTarget<'a>>,
    target_health: Option<Health<'a>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct RawTarget<'a> {
    #[serde(borrow)]
    id: Option<Text<'a>>,
    port: Option<u16>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Health<'a> {
    #[serde(borrow)]
    state: Option<Text<'a>>,
}

/// The attributes of one target group.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct RawAttributes<'a> {
    #[serde(borrow)]
    target_group_arn: Option<Text<'a>>,
    #[serde(default, deserialize_with = "list")]
    attributes: Vec<Attribute<'a>>,
}

pub(super) fn add(raw: Raw<'_>, part: &mut Part) {
    let Some(id) = filled(raw.target_group_arn.as_ref()) else {
        return part.nameless("TargetGroups", "TargetGroupArn");
    };
    let kind = match raw.target_type.as_deref() {
        Some("instance") | None => TargetKind::Instance,
        Some("ip") => TargetKind::Ip,
        Some("alb") => TargetKind::Alb,
        Some("lambda") => TargetKind::Lambda,
        Some(other) => {
            part.unreadable(id, format!("`{other}` is no type of targets"));
            TargetKind::Instance
        }
    };
    let group = TargetGroup {
        id: id.to_owned(),
        kind,
        port: raw.port,
        protocol: raw.protocol.map(Text::owned).unwrap_or_default(),
        load_balancers: super::load_balancer::sorted(raw.load_balancer_arns),
        cross_zone: None,
        preserves_client: None,
        targets: None,
    };
    part.network.target_groups.push(group);
}

pub(super) fn add_health(raw: RawHealth<'_>, part: &mut Part) {
    let Some(id) = filled(raw.target_group_arn.as_ref()) else {
        return part.skip("targets of a group that is not named are not used");
    };
    let mut targets = Vec::with_capacity(raw.target_health_descriptions.len());
    for description in raw.target_health_descriptions {
        let health = description.target_health.and_then(|health| health.state).map(Text::owned);
        match description.target.map(|target| (target.id, target.port)) {
            Some((Some(target), port)) => targets.push(Target { id: target.owned(), port, health }),
            Some((None, _)) | None => part.unreadable(id, "a target has no `Id`"),
        }
    }
    part.balancing.targets.push((id.to_owned(), targets));
}

pub(super) fn add_attributes(raw: RawAttributes<'_>, part: &mut Part) {
    let Some(id) = filled(raw.target_group_arn.as_ref()) else {
        return part.skip("attributes of a target group that is not named are not used");
    };
    let cross_zone = says(&raw.attributes, "load_balancing.cross_zone.enabled");
    let preserves = says(&raw.attributes, "preserve_client_ip.enabled");
    part.balancing.group_attributes.push((id.to_owned(), cross_zone, preserves));
}
