//! Security groups (`DescribeSecurityGroups`).

use inspector_model::network::{SecurityGroup, SecurityGroupRule};
use serde::Deserialize;

use super::part::Part;
use super::raw::{Text, filled, list, range};
use super::traffic::traffic;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Raw<'a> {
    #[serde(borrow)]
    group_id: Option<Text<'a>>,
    group_name: Option<Text<'a>>,
    vpc_id: Option<Text<'a>>,
    #[serde(default, deserialize_with = "list")]
    ip_permissions: Vec<Permission<'a>>,
    #[serde(default, deserialize_with = "list")]
    ip_permissions_egress: Vec<Permission<'a>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Permission<'a> {
    #[serde(borrow)]
    ip_protocol: Option<Text<'a>>,
    from_port: Option<i64>,
    to_port: Option<i64>,
    #[serde(default, deserialize_with = "list")]
    ip_ranges: Vec<Range<'a>>,
    #[serde(default, deserialize_with = "list")]
    ipv6_ranges: Vec<Range<'a>>,
    #[serde(default, deserialize_with = "list")]
    prefix_list_ids: Vec<PrefixList<'a>>,
    #[serde(default, deserialize_with = "list")]
    user_id_group_pairs: Vec<Group<'a>>,
}

#[derive(Debug, Deserialize)]
struct Range<'a> {
    #[serde(borrow, rename = "CidrIp", alias = "CidrIpv6")]
    range: Text<'a>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct PrefixList<'a> {
    #[serde(borrow)]
    prefix_list_id: Text<'a>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Group<'a> {
    #[serde(borrow)]
    group_id: Option<Text<'a>>,
}

pub(super) fn add(raw: Raw<'_>, part: &mut Part) {
    let Some(id) = filled(raw.group_id.as_ref()) else { return part.nameless("SecurityGroups", "GroupId") };
    let group = SecurityGroup {
        id: id.to_owned(),
        name: raw.group_name.map(Text::owned).unwrap_or_default(),
        vpc: raw.vpc_id.map(Text::owned),
        ingress: rules(id, raw.ip_permissions, part),
        egress: rules(id, raw.ip_permissions_egress, part),
    };
    part.network.security_groups.push(group);
}

fn rules(id: &str, permissions: Vec<Permission<'_>>, part: &mut Part) -> Vec<SecurityGroupRule> {
    let mut rules = Vec::with_capacity(permissions.len());
    for permission in permissions {
        let protocol = permission.ip_protocol.as_deref().unwrap_or("-1");
        let traffic = match traffic(protocol, permission.from_port, permission.to_port) {
            Ok(traffic) => traffic,
            Err(why) => {
                part.unreadable(id, why);
                continue;
            }
        };
        let mut ranges = Vec::with_capacity(permission.ip_ranges.len());
        for written in permission.ip_ranges.iter().chain(&permission.ipv6_ranges) {
            match range(&written.range) {
                Ok(range) => ranges.push(range),
                Err(why) => part.unreadable(id, why),
            }
        }
        rules.push(SecurityGroupRule {
            traffic,
            ranges,
            prefix_lists: permission.prefix_list_ids.into_iter().map(|list| list.prefix_list_id.owned()).collect(),
            groups: permission
                .user_id_group_pairs
                .into_iter()
                .filter_map(|pair| pair.group_id.map(Text::owned))
                .collect(),
        });
    }
    rules
}
