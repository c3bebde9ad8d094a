//! Who belongs to whom in a network, looked up by id.

#![expect(clippy::disallowed_types, reason = "looked up by id only, never iterated, so no order can leak")]

use std::collections::HashMap;
use std::sync::OnceLock;

use inspector_model::network::{
    Instance, InternetGateway, Network, NetworkAcl, NetworkInterface, PrefixList, RouteTable, SecurityGroup,
    UnmodelledEdge, Vpc,
};

/// The network with its references resolved.
#[derive(Debug)]
pub struct Index<'n> {
    /// The network itself.
    pub network: &'n Network,
    instances: HashMap<&'n str, &'n Instance>,
    /// Only proofs need it, and it is large.
    interfaces: OnceLock<HashMap<(&'n str, &'n str), &'n NetworkInterface>>,
    vpcs: HashMap<&'n str, &'n Vpc>,
    groups: HashMap<&'n str, &'n SecurityGroup>,
    prefix_lists: HashMap<&'n str, &'n PrefixList>,
    acl_of_subnet: HashMap<&'n str, &'n NetworkAcl>,
    table_of_subnet: HashMap<&'n str, &'n RouteTable>,
    main_table_of_vpc: HashMap<&'n str, &'n RouteTable>,
    table_of_gateway: HashMap<&'n str, &'n RouteTable>,
    gateway_of_vpc: HashMap<&'n str, &'n InternetGateway>,
    unreadable: HashMap<&'n str, &'n str>,
    edges_of_vpc: HashMap<&'n str, Vec<&'n UnmodelledEdge>>,
}

impl<'n> Index<'n> {
    /// Resolves the references of `network`.
    pub fn new(network: &'n Network) -> Self {
        let mut edges_of_vpc: HashMap<&str, Vec<&UnmodelledEdge>> = HashMap::new();
        for edge in &network.unmodelled_edges {
            for vpc in &edge.vpcs {
                edges_of_vpc.entry(vpc).or_default().push(edge);
            }
        }
        let tables = || network.route_tables.iter();
        Self {
            network,
            instances: network.instances.iter().map(|instance| (instance.id.as_str(), instance)).collect(),
            interfaces: OnceLock::new(),
            vpcs: network.vpcs.iter().map(|vpc| (vpc.id.as_str(), vpc)).collect(),
            groups: network.security_groups.iter().map(|group| (group.id.as_str(), group)).collect(),
            prefix_lists: network.prefix_lists.iter().map(|list| (list.id.as_str(), list)).collect(),
            acl_of_subnet: by_member(&network.network_acls, |acl| &acl.subnets),
            table_of_subnet: by_member(&network.route_tables, |table| &table.subnets),
            main_table_of_vpc: tables().filter(|table| table.main).map(|table| (table.vpc.as_str(), table)).collect(),
            table_of_gateway: by_member(&network.route_tables, |table| &table.gateways),
            gateway_of_vpc: by_member(&network.internet_gateways, |gateway| &gateway.vpcs),
            unreadable: network.unreadable.iter().map(|record| (record.id.as_str(), record.why.as_str())).collect(),
            edges_of_vpc,
        }
    }

    /// What could not be read of a record.
    pub fn unreadable(&self, id: &str) -> Option<&'n str> {
        self.unreadable.get(id).copied()
    }

    /// The ways into a VPC that are not followed, in the order of the network.
    pub fn unmodelled_edges(&self, vpc: &str) -> &[&'n UnmodelledEdge] {
        self.edges_of_vpc.get(vpc).map_or(&[], Vec::as_slice)
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

    /// A VPC.
    pub fn vpc(&self, id: &str) -> Option<&'n Vpc> {
        self.vpcs.get(id).copied()
    }

    /// A security group.
    pub fn group(&self, id: &str) -> Option<&'n SecurityGroup> {
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

fn by_member<T>(records: &[T], members: fn(&T) -> &Vec<String>) -> HashMap<&str, &T> {
    records.iter().flat_map(|record| members(record).iter().map(move |member| (member.as_str(), record))).collect()
}
