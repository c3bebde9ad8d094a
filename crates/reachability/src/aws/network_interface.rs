//! Network interfaces (`DescribeNetworkInterfaces`, and as instances list their own).

use inspector_model::network::{InterfaceAddress, NetworkInterface};
use serde::Deserialize;

use super::part::Part;
use super::raw::{Text, address, filled, list, range};

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Raw<'a> {
    #[serde(borrow)]
    network_interface_id: Option<Text<'a>>,
    attachment: Option<Attachment<'a>>,
    status: Option<Text<'a>>,
    subnet_id: Option<Text<'a>>,
    vpc_id: Option<Text<'a>>,
    source_dest_check: Option<bool>,
    description: Option<Text<'a>>,
    private_ip_address: Option<Text<'a>>,
    association: Option<Association<'a>>,
    #[serde(default, deserialize_with = "list")]
    groups: Vec<Group<'a>>,
    #[serde(default, deserialize_with = "list")]
    private_ip_addresses: Vec<Private<'a>>,
    #[serde(default, deserialize_with = "list")]
    ipv6_addresses: Vec<Ipv6<'a>>,
    #[serde(default, deserialize_with = "list")]
    ipv4_prefixes: Vec<Prefix<'a>>,
    #[serde(default, deserialize_with = "list")]
    ipv6_prefixes: Vec<Prefix<'a>>,
}

/// A range that is delegated to the interface.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Prefix<'a> {
    #[serde(borrow)]
    ipv4_prefix: Option<Text<'a>>,
    ipv6_prefix: Option<Text<'a>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Attachment<'a> {
    #[serde(borrow)]
    instance_id: Option<Text<'a>>,
    status: Option<Text<'a>>,
    device_index: Option<u32>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Association<'a> {
    #[serde(borrow)]
    public_ip: Option<Text<'a>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Group<'a> {
    #[serde(borrow)]
    group_id: Text<'a>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Private<'a> {
    primary: Option<bool>,
    #[serde(borrow)]
    private_ip_address: Option<Text<'a>>,
    association: Option<Association<'a>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Ipv6<'a> {
    #[serde(borrow)]
    ipv6_address: Text<'a>,
}

pub(super) fn add(raw: Raw<'_>, part: &mut Part) {
    if let Some(interface) = interface(raw, None, part) {
        part.network.interfaces.push(interface);
    }
}

/// An interface as its instance lists it.
pub(super) fn add_nested(raw: Raw<'_>, instance: &str, part: &mut Part) {
    if let Some(interface) = interface(raw, Some(instance), part) {
        part.nested.push(interface);
    }
}

fn interface(raw: Raw<'_>, instance: Option<&str>, part: &mut Part) -> Option<NetworkInterface> {
    let Some(id) = filled(raw.network_interface_id.as_ref()) else {
        part.nameless("NetworkInterfaces", "NetworkInterfaceId");
        return None;
    };
    let addresses = addresses(id, &raw, part);
    for (field, value) in [("SubnetId", &raw.subnet_id), ("VpcId", &raw.vpc_id)] {
        if filled(value.as_ref()).is_none() {
            part.unreadable(id, format!("no `{field}`"));
        }
    }
    let mut security_groups: Vec<String> = raw.groups.into_iter().map(|group| group.group_id.owned()).collect();
    security_groups.sort();
    security_groups.dedup();
    let attachment = raw.attachment.as_ref();
    let attached = attachment.and_then(|attachment| filled(attachment.instance_id.as_ref())).or(instance);
    let detached = attachment.and_then(|a| a.status.as_deref()).filter(|status| *status != "attached");
    Some(NetworkInterface {
        id: id.to_owned(),
        instance: attached.map(str::to_owned),
        status: detached.or(filled(raw.status.as_ref())).map(str::to_owned),
        subnet: raw.subnet_id.map(Text::owned).unwrap_or_default(),
        vpc: raw.vpc_id.map(Text::owned).unwrap_or_default(),
        security_groups,
        addresses,
        source_dest_check: raw.source_dest_check.unwrap_or(true),
        device: attachment.and_then(|attachment| attachment.device_index),
        balancer: raw.description.as_ref().and_then(|text| text.strip_prefix("ELB ")).map(str::to_owned),
    })
}

/// The primary address first; the interface's own fields where the list is missing.
fn addresses(id: &str, raw: &Raw<'_>, part: &mut Part) -> Vec<InterfaceAddress> {
    let mut written: Vec<(bool, &str, Option<&str>)> = raw
        .private_ip_addresses
        .iter()
        .filter_map(|private| {
            let public = private.association.as_ref().and_then(|association| filled(association.public_ip.as_ref()));
            Some((private.primary != Some(true), filled(private.private_ip_address.as_ref())?, public))
        })
        .collect();
    if written.is_empty() {
        let public = raw.association.as_ref().and_then(|association| filled(association.public_ip.as_ref()));
        written.extend(filled(raw.private_ip_address.as_ref()).map(|private| (false, private, public)));
    }
    written.sort();
    let ipv6 = raw.ipv6_addresses.iter().map(|ipv6| (true, &*ipv6.ipv6_address, None));
    let mut addresses = Vec::with_capacity(written.len());
    for (_, private, public) in written.into_iter().chain(ipv6) {
        match (address(private), public.map(address).transpose()) {
            (Ok(address), Ok(public)) => addresses.push(InterfaceAddress { address, public }),
            (Err(why), _) | (_, Err(why)) => part.unreadable(id, why),
        }
    }
    // A delegated range is known by its first address: groups, network ACL and routes treat all of it alike.
    let ranges = raw.ipv4_prefixes.iter().chain(&raw.ipv6_prefixes);
    for text in ranges.filter_map(|prefix| prefix.ipv4_prefix.as_ref().or(prefix.ipv6_prefix.as_ref())) {
        match range(text) {
            Ok(range) => addresses.push(InterfaceAddress { address: range.network(), public: None }),
            Err(why) => part.unreadable(id, why),
        }
    }
    addresses
}
