//! Who belongs to whom in a network, looked up by id.

use std::sync::OnceLock;

use inspector_model::network::{
    Instance, InterfaceAddress, InternetGateway, Network, NetworkAcl, NetworkInterface, PrefixList, RouteTable,
    SecurityGroup, Subnet, UnmodelledEdge, Vpc, VpcPeering, VpnGateway,
};

use crate::hubs::Hubs;
use crate::map::Map;

/// The network with its references resolved.
#[derive(Debug)]
pub struct Index<'n> {
    /// The network itself.
    pub network: &'n Network,
    instances: Map<&'n str, &'n Instance>,
    /// Only proofs need it, and it is large.
    interfaces: OnceLock<Map<(&'n str, &'n str), &'n NetworkInterface>>,
    by_id: OnceLock<Map<&'n str, &'n NetworkInterface>>,
    vpcs: Map<&'n str, &'n Vpc>,
    /// Groups by their place in the network.
    groups: Map<&'n str, usize>,
    prefix_lists: Map<&'n str, &'n PrefixList>,
    acl_of_subnet: Map<&'n str, &'n NetworkAcl>,
    table_of_subnet: Map<&'n str, &'n RouteTable>,
    main_table_of_vpc: Map<&'n str, &'n RouteTable>,
    table_of_gateway: Map<&'n str, &'n RouteTable>,
    gateway_of_vpc: Map<&'n str, &'n InternetGateway>,
    /// Only references to groups from inside need it, and it is large.
    members_of_group: OnceLock<Map<&'n str, Vec<&'n NetworkInterface>>>,
    peerings_of_vpc: Map<&'n str, Vec<&'n VpcPeering>>,
    vpn_gateway_of_vpc: Map<&'n str, &'n VpnGateway>,
    peerings: Map<&'n str, &'n VpcPeering>,
    /// Only senders inside a VPC need it, and it is large.
    interfaces_of_vpc: OnceLock<Map<&'n str, Vec<&'n NetworkInterface>>>,
    subnets_of_vpc: Map<&'n str, Vec<&'n Subnet>>,
    unreadable: Map<&'n str, &'n str>,
    edges_of_vpc: Map<&'n str, Vec<&'n UnmodelledEdge>>,
    hubs: Hubs<'n>,
}

impl<'n> Index<'n> {
    /// Resolves the references of `network`.
    pub fn new(network: &'n Network) -> Self {
        let mut edges_of_vpc: Map<&str, Vec<&UnmodelledEdge>> = Map::default();
        for edge in &network.unmodelled_edges {
            for vpc in &edge.vpcs {
                edges_of_vpc.entry(vpc).or_default().push(edge);
            }
        }
        let mut peerings_of_vpc: Map<&str, Vec<&VpcPeering>> = Map::default();
        for peering in &network.peerings {
            for side in &peering.sides {
                peerings_of_vpc.entry(&side.vpc).or_default().push(peering);
            }
        }
        let tables = || network.route_tables.iter();
        Self {
            network,
            instances: network.instances.iter().map(|instance| (instance.id.as_str(), instance)).collect(),
            interfaces: OnceLock::new(),
            by_id: OnceLock::new(),
            vpcs: network.vpcs.iter().map(|vpc| (vpc.id.as_str(), vpc)).collect(),
            groups: network.security_groups.iter().enumerate().map(|(at, group)| (group.id.as_str(), at)).collect(),
            prefix_lists: network.prefix_lists.iter().map(|list| (list.id.as_str(), list)).collect(),
            acl_of_subnet: by_member(&network.network_acls, |acl| &acl.subnets),
            table_of_subnet: by_member(&network.route_tables, |table| &table.subnets),
            main_table_of_vpc: tables().filter(|table| table.main).map(|table| (table.vpc.as_str(), table)).collect(),
            table_of_gateway: by_member(&network.route_tables, |table| &table.gateways),
            gateway_of_vpc: by_member(&network.internet_gateways, |gateway| &gateway.vpcs),
            members_of_group: OnceLock::new(),
            peerings_of_vpc,
            vpn_gateway_of_vpc: by_member(&network.vpn_gateways, |gateway| &gateway.vpcs),
            peerings: network.peerings.iter().map(|peering| (peering.id.as_str(), peering)).collect(),
            interfaces_of_vpc: OnceLock::new(),
            subnets_of_vpc: grouped(&network.subnets, |subnet| &subnet.vpc),
            unreadable: network.unreadable.iter().map(|record| (record.id.as_str(), record.why.as_str())).collect(),
            edges_of_vpc,
            hubs: Hubs::new(network),
        }
    }

    /// What could not be read of a record.
    pub fn unreadable(&self, id: &str) -> Option<&'n str> {
        self.unreadable.get(id).copied()
    }

    /// Everything could be read.
    pub(crate) fn has_nothing_unreadable(&self) -> bool {
        self.unreadable.is_empty()
    }

    /// Transit gateways.
    pub(crate) fn hubs(&self) -> &Hubs<'n> {
        &self.hubs
    }

    /// The ways into a VPC that are not followed, in the order of the network.
    pub fn unmodelled_edges(&self, vpc: &str) -> &[&'n UnmodelledEdge] {
        self.edges_of_vpc.get(vpc).map_or(&[], Vec::as_slice)
    }

    /// An interface, by id alone.
    pub fn interface_by_id(&self, id: &str) -> Option<&'n NetworkInterface> {
        let known = self.by_id.get_or_init(|| self.network.interfaces.iter().map(|i| (i.id.as_str(), i)).collect());
        known.get(id).copied()
    }

    /// An interface of an instance.
    pub fn interface(&self, id: &str, instance: &str) -> Option<&'n NetworkInterface> {
        let known = self.interfaces.get_or_init(|| {
            let attached = self.network.interfaces.iter();
            attached.filter_map(|i| Some(((i.id.as_str(), i.instance.as_deref()?), i))).collect()
        });
        known.get(&(id, instance)).copied()
    }

    /// An instance.
    pub fn instance(&self, id: &str) -> Option<&'n Instance> {
        self.instances.get(id).copied()
    }

    /// Addresses of the interfaces in `vpc` that carry the security group.
    pub fn members<'s>(
        &'s self,
        group: &str,
        vpc: &'s str,
    ) -> impl Iterator<Item = &'n InterfaceAddress> + use<'s, 'n> {
        let members = self.members_of_group.get_or_init(|| members_of_group(self.network));
        let members = members.get(group).map_or(&[][..], Vec::as_slice);
        members.iter().filter(move |interface| interface.vpc == vpc).flat_map(|interface| &interface.addresses)
    }

    /// The peering connections of a VPC, in the order of the network.
    pub fn peerings(&self, vpc: &str) -> &[&'n VpcPeering] {
        self.peerings_of_vpc.get(vpc).map_or(&[], Vec::as_slice)
    }

    /// The virtual private gateway attached to a VPC; AWS allows one.
    pub fn vpn_gateway(&self, vpc: &str) -> Option<&'n VpnGateway> {
        self.vpn_gateway_of_vpc.get(vpc).copied()
    }

    /// A peering connection.
    pub fn peering(&self, id: &str) -> Option<&'n VpcPeering> {
        self.peerings.get(id).copied()
    }

    /// The interfaces in a VPC, in the order of the network.
    pub fn interfaces(&self, vpc: &str) -> &[&'n NetworkInterface] {
        let known =
            self.interfaces_of_vpc.get_or_init(|| grouped(&self.network.interfaces, |interface| &interface.vpc));
        known.get(vpc).map_or(&[], Vec::as_slice)
    }

    /// The subnets of a VPC, in the order of the network.
    pub fn subnets(&self, vpc: &str) -> &[&'n Subnet] {
        self.subnets_of_vpc.get(vpc).map_or(&[], Vec::as_slice)
    }

    /// A VPC.
    pub fn vpc(&self, id: &str) -> Option<&'n Vpc> {
        self.vpcs.get(id).copied()
    }

    /// A security group.
    pub fn group(&self, id: &str) -> Option<&'n SecurityGroup> {
        self.network.security_groups.get(self.group_number(id)?)
    }

    /// The place of a security group in the network.
    pub(crate) fn group_number(&self, id: &str) -> Option<usize> {
        self.groups.get(id).copied()
    }

    /// A prefix list whose entries are known.
    pub fn prefix_list(&self, id: &str) -> Option<&'n PrefixList> {
        self.prefix_lists.get(id).copied()
    }

    /// The network ACL that guards a subnet.
    pub fn acl(&self, subnet: &str) -> Option<&'n NetworkAcl> {
        self.acl_of_subnet.get(subnet).copied()
    }

    /// The route table that a subnet is explicitly associated with.
    pub fn explicit_table(&self, subnet: &str) -> Option<&'n RouteTable> {
        self.table_of_subnet.get(subnet).copied()
    }

    /// The table of the subnets of a VPC that have none of their own.
    pub fn main_table(&self, vpc: &str) -> Option<&'n RouteTable> {
        self.main_table_of_vpc.get(vpc).copied()
    }

    /// The table for packets that come in through a gateway, where it has one.
    pub fn gateway_table(&self, gateway: &str) -> Option<&'n RouteTable> {
        self.table_of_gateway.get(gateway).copied()
    }

    /// The internet gateway attached to a VPC; AWS allows one.
    pub fn internet_gateway(&self, vpc: &str) -> Option<&'n InternetGateway> {
        self.gateway_of_vpc.get(vpc).copied()
    }
}

/// Members of the groups that some inbound rule refers to.
fn members_of_group(network: &Network) -> Map<&str, Vec<&NetworkInterface>> {
    let mut members_of_group: Map<&str, Vec<&NetworkInterface>> = Map::default();
    for group in network.security_groups.iter().flat_map(|group| group.ingress.iter().flat_map(|rule| &rule.groups)) {
        members_of_group.entry(group).or_default();
    }
    for interface in &network.interfaces {
        for group in &interface.security_groups {
            if let Some(members) = members_of_group.get_mut(group.as_str()) {
                members.push(interface);
            }
        }
    }
    members_of_group
}

fn by_member<T>(records: &[T], members: fn(&T) -> &Vec<String>) -> Map<&str, &T> {
    records.iter().flat_map(|record| members(record).iter().map(move |member| (member.as_str(), record))).collect()
}

fn grouped<T>(records: &[T], key: fn(&T) -> &String) -> Map<&str, Vec<&T>> {
    let mut groups: Map<&str, Vec<&T>> = Map::default();
    for record in records {
        groups.entry(key(record)).or_default().push(record);
    }
    groups
}
