//! Makes edits in a network.

use std::net::IpAddr;

use inspector_model::network::{
    self, InterfaceAddress, Network, NetworkAcl, RouteDestination, RouteTable, SecurityGroup, SecurityGroupRule,
    Traffic,
};

use super::{AclEntry, Association, Attachment, Change, GroupRule, Route, RouteName, Side};
use crate::aws;

/// Any address of the documentation range (RFC 5737): only that there is one matters to a verdict.
const SOME_PUBLIC_ADDRESS: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(203, 0, 113, 1));

pub(super) fn apply(change: &Change, network: &mut Network) -> Result<(), String> {
    match change {
        Change::Authorize(rule) => authorize(network, rule),
        Change::Revoke(rule) => revoke(network, rule),
        Change::PutAclEntry(entry) => put_entry(network, entry),
        Change::DeleteAclEntry(name) => {
            let acl = acl(network, &name.acl)?;
            let egress = name.direction == Side::Egress;
            removed(&mut acl.entries, |entry| entry.egress == egress && entry.number == name.number, "no such entry")
        }
        Change::CreateRoute(route) => create_route(network, route),
        Change::DeleteRoute(name) => delete_route(network, name),
        Change::AssociateAddress(Association { interface, private, public }) => {
            each_address(network, interface, *private, |address| {
                address.public = Some(public.unwrap_or(SOME_PUBLIC_ADDRESS));
            })
        }
        Change::DisassociateAddress(of) => {
            each_address(network, &of.interface, of.private, |address| address.public = None)
        }
        Change::SetGroups(membership) => {
            let mut groups = membership.groups.clone();
            groups.sort();
            groups.dedup();
            each_interface(network, &membership.interface, |interface| interface.security_groups.clone_from(&groups))
        }
        Change::StartInstance(name) => set_state(network, &name.instance, "running"),
        Change::StopInstance(name) => set_state(network, &name.instance, "stopped"),
        Change::AttachInternetGateway(Attachment { gateway, vpc }) => {
            let gateway = find(&mut network.internet_gateways, |known| known.id == *gateway, gateway)?;
            if !gateway.vpcs.contains(vpc) {
                gateway.vpcs.push(vpc.clone());
            }
            Ok(())
        }
        Change::DetachInternetGateway(Attachment { gateway, vpc }) => {
            let gateway = find(&mut network.internet_gateways, |known| known.id == *gateway, gateway)?;
            removed(&mut gateway.vpcs, |attached| attached == vpc, "it is not attached there")
        }
    }
}

fn find<'n, T>(records: &'n mut [T], is: impl Fn(&T) -> bool, id: &str) -> Result<&'n mut T, String> {
    records.iter_mut().find(|record| is(record)).ok_or_else(|| format!("`{id}` is not in the snapshot"))
}

fn removed<T>(records: &mut Vec<T>, is: impl Fn(&T) -> bool, otherwise: &str) -> Result<(), String> {
    let before = records.len();
    records.retain(|record| !is(record));
    if records.len() < before { Ok(()) } else { Err(otherwise.to_owned()) }
}

fn acl<'n>(network: &'n mut Network, id: &str) -> Result<&'n mut NetworkAcl, String> {
    find(&mut network.network_acls, |acl| acl.id == id, id)
}

fn table<'n>(network: &'n mut Network, id: &str) -> Result<&'n mut RouteTable, String> {
    find(&mut network.route_tables, |table| table.id == id, id)
}

fn group<'n>(network: &'n mut Network, id: &str) -> Result<&'n mut SecurityGroup, String> {
    find(&mut network.security_groups, |group| group.id == id, id)
}

fn rules(group: &mut SecurityGroup, side: Side) -> &mut Vec<SecurityGroupRule> {
    match side {
        Side::Ingress => &mut group.ingress,
        Side::Egress => &mut group.egress,
    }
}

fn authorize(network: &mut Network, rule: &GroupRule) -> Result<(), String> {
    let traffic = rule.traffic()?;
    let added = SecurityGroupRule {
        traffic,
        ranges: rule.cidr.map(|cidr| cidr.trunc()).into_iter().collect(),
        prefix_lists: rule.prefix_list.clone().into_iter().collect(),
        groups: rule.other_group.clone().into_iter().collect(),
    };
    if added.ranges.len() + added.prefix_lists.len() + added.groups.len() != 1 {
        return Err("a rule names one of `cidr`, `otherGroup` and `prefixList`".to_owned());
    }
    rules(group(network, &rule.group)?, rule.direction).push(added);
    Ok(())
}

/// A permission of the snapshot may join several sources: only the one that is named goes.
fn revoke(network: &mut Network, rule: &GroupRule) -> Result<(), String> {
    let traffic = rule.traffic()?;
    let cidr = rule.cidr.map(|cidr| cidr.trunc());
    let rules = rules(group(network, &rule.group)?, rule.direction);
    let mut found = false;
    for known in rules.iter_mut().filter(|known| known.traffic == traffic) {
        let before = (known.ranges.len(), known.groups.len(), known.prefix_lists.len());
        known.ranges.retain(|range| Some(*range) != cidr);
        known.groups.retain(|id| Some(id) != rule.other_group.as_ref());
        known.prefix_lists.retain(|id| Some(id) != rule.prefix_list.as_ref());
        found |= before != (known.ranges.len(), known.groups.len(), known.prefix_lists.len());
    }
    rules.retain(|known| !(known.ranges.is_empty() && known.groups.is_empty() && known.prefix_lists.is_empty()));
    if found { Ok(()) } else { Err("the group has no such rule".to_owned()) }
}

fn put_entry(network: &mut Network, entry: &AclEntry) -> Result<(), String> {
    let traffic: Traffic = aws::traffic(&entry.protocol, entry.from, entry.to)?;
    let acl = acl(network, &entry.acl)?;
    let egress = entry.direction == Side::Egress;
    acl.entries.retain(|known| !(known.egress == egress && known.number == entry.number));
    acl.entries.push(network::AclEntry {
        number: entry.number,
        egress,
        allow: entry.allow,
        traffic,
        range: entry.cidr.trunc(),
    });
    acl.entries.sort_by_key(|entry| (entry.number, entry.egress));
    Ok(())
}

fn destination(text: &str) -> Result<RouteDestination, String> {
    if text.starts_with("pl-") {
        return Ok(RouteDestination::PrefixList(text.to_owned()));
    }
    let range: ipnet::IpNet = text.parse().map_err(|_| format!("`{text}` is neither a range nor a prefix list"))?;
    Ok(RouteDestination::Range(range.trunc()))
}

fn create_route(network: &mut Network, route: &Route) -> Result<(), String> {
    let destination = destination(&route.destination)?;
    let table = table(network, &route.table)?;
    if table.routes.iter().any(|known| known.destination == destination && known.target == "local") {
        return Err("the VPC's own route is there".to_owned());
    }
    // A route that was learnt stays, and loses against one that was written.
    table.routes.retain(|known| known.destination != destination || known.propagated);
    let target = route.target.clone();
    table.routes.push(network::Route { destination, target, blackhole: false, propagated: false });
    Ok(())
}

fn delete_route(network: &mut Network, name: &RouteName) -> Result<(), String> {
    let destination = destination(&name.destination)?;
    let table = table(network, &name.table)?;
    let written =
        |route: &network::Route| route.destination == destination && !route.propagated && route.target != "local";
    removed(&mut table.routes, written, "the table has no such route")
}

fn each_interface(
    network: &mut Network,
    id: &str,
    mut change: impl FnMut(&mut network::NetworkInterface),
) -> Result<(), String> {
    let mut found = false;
    for interface in network.interfaces.iter_mut().filter(|interface| interface.id == id) {
        change(interface);
        found = true;
    }
    if found { Ok(()) } else { Err(format!("`{id}` is not in the snapshot")) }
}

fn each_address(
    network: &mut Network,
    interface: &str,
    private: IpAddr,
    change: impl Fn(&mut InterfaceAddress),
) -> Result<(), String> {
    let mut found = false;
    each_interface(network, interface, |interface| {
        for address in interface.addresses.iter_mut().filter(|address| address.address == private) {
            change(address);
            found = true;
        }
    })?;
    if found { Ok(()) } else { Err(format!("`{interface}` has no address `{private}`")) }
}

fn set_state(network: &mut Network, id: &str, state: &str) -> Result<(), String> {
    let instance = find(&mut network.instances, |instance| instance.id == id, id)?;
    instance.state = Some(state.to_owned());
    Ok(())
}
