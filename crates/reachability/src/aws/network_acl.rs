//! Network ACLs (`DescribeNetworkAcls`).

use inspector_model::network::{AclEntry, NetworkAcl};
use serde::Deserialize;

use super::part::Part;
use super::raw::{Text, filled, list, range};
use super::traffic::traffic;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Raw<'a> {
    #[serde(borrow)]
    network_acl_id: Option<Text<'a>>,
    vpc_id: Option<Text<'a>>,
    #[serde(default)]
    is_default: Option<bool>,
    #[serde(default, deserialize_with = "list")]
    associations: Vec<Association<'a>>,
    #[serde(default, deserialize_with = "list")]
    entries: Vec<Entry<'a>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Association<'a> {
    #[serde(borrow)]
    subnet_id: Option<Text<'a>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Entry<'a> {
    rule_number: u32,
    egress: bool,
    #[serde(borrow)]
    rule_action: Text<'a>,
    protocol: Text<'a>,
    cidr_block: Option<Text<'a>>,
    ipv6_cidr_block: Option<Text<'a>>,
    port_range: Option<PortRange>,
    icmp_type_code: Option<IcmpTypeCode>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct PortRange {
    from: Option<i64>,
    to: Option<i64>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct IcmpTypeCode {
    r#type: Option<i64>,
    code: Option<i64>,
}

/// Entries of one network ACL that are read. AWS allows 40 for each direction; the work grows with their square.
const MOST_ENTRIES: usize = 2048;

pub(super) fn add(raw: Raw<'_>, part: &mut Part) {
    let Some(id) = filled(raw.network_acl_id.as_ref()) else { return part.nameless("NetworkAcls", "NetworkAclId") };
    if raw.entries.len() > MOST_ENTRIES {
        part.unreadable(id, format!("more than {MOST_ENTRIES} entries"));
    }
    let mut entries = Vec::with_capacity(raw.entries.len().min(MOST_ENTRIES));
    for written in raw.entries.iter().take(MOST_ENTRIES) {
        match entry(written) {
            Ok(entry) => entries.push(entry),
            Err(why) => part.unreadable(id, format!("entry {}: {why}", written.rule_number)),
        }
    }
    entries.sort_by_key(|entry| (entry.egress, entry.number));
    let mut subnets: Vec<String> = raw.associations.into_iter().filter_map(|a| a.subnet_id.map(Text::owned)).collect();
    subnets.sort();
    part.network.network_acls.push(NetworkAcl {
        id: id.to_owned(),
        vpc: raw.vpc_id.map(Text::owned).unwrap_or_default(),
        default: raw.is_default.unwrap_or(false),
        subnets,
        entries,
    });
}

fn entry(written: &Entry<'_>) -> Result<AclEntry, String> {
    let allow = match &*written.rule_action {
        "allow" => true,
        "deny" => false,
        other => return Err(format!("`{other}` is neither allow nor deny")),
    };
    let (from, to) = match (&written.port_range, &written.icmp_type_code) {
        (_, Some(icmp)) if matches!(&*written.protocol, "1" | "58" | "icmp" | "icmpv6") => (icmp.r#type, icmp.code),
        (Some(ports), _) if !matches!(&*written.protocol, "1" | "58" | "icmp" | "icmpv6") => (ports.from, ports.to),
        _ => (None, None),
    };
    let text = filled(written.cidr_block.as_ref()).or_else(|| filled(written.ipv6_cidr_block.as_ref()));
    Ok(AclEntry {
        number: written.rule_number,
        egress: written.egress,
        allow,
        traffic: traffic(&written.protocol, from, to)?,
        range: range(text.ok_or("no range")?)?,
    })
}
