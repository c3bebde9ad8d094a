//! What AWS said about a network, normalised: ids are strings as AWS writes them, addresses and prefixes are parsed.

use std::net::IpAddr;

use ipnet::IpNet;
use serde::{Deserialize, Serialize};

use crate::arn::{AccountId, Region};
use crate::finding::Attribute;

mod balancer;
mod middlebox;
mod outside;
mod transit;

pub use balancer::{
    BalancerKind, ConsumerConnection, EndpointService, Listener, LoadBalancer, Target, TargetGroup, TargetKind,
};
pub use middlebox::{
    Firewall, FirewallAction, FirewallEndpoint, FirewallPolicy, FirewallRule, FirewallRuleGroup, StatefulGroup,
    VpcEndpoint,
};
pub use outside::{
    ClientVpnAuthorization, ClientVpnEndpoint, ClientVpnRoute, ClientVpnTarget, DirectConnectAssociation,
    VirtualInterface,
};
pub use transit::{
    TransitAssociation, TransitAttachment, TransitGateway, TransitListing, TransitResource, TransitRoute,
    TransitRouteTable,
};

/// One or several accounts and Regions as a snapshot describes them. Lists are sorted by id.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Network {
    /// Instances, whatever their state.
    pub instances: Vec<Instance>,
    /// Network interfaces, attached or not.
    pub interfaces: Vec<NetworkInterface>,
    /// VPCs.
    pub vpcs: Vec<Vpc>,
    /// Subnets.
    pub subnets: Vec<Subnet>,
    /// Security groups.
    pub security_groups: Vec<SecurityGroup>,
    /// Network ACLs.
    pub network_acls: Vec<NetworkAcl>,
    /// Route tables.
    pub route_tables: Vec<RouteTable>,
    /// Internet gateways.
    pub internet_gateways: Vec<InternetGateway>,
    /// VPC peering connections, whatever their status.
    pub peerings: Vec<VpcPeering>,
    /// Virtual private gateways.
    pub vpn_gateways: Vec<VpnGateway>,
    /// Site-to-site VPN connections, whatever their state.
    pub vpn_connections: Vec<VpnConnection>,
    /// Virtual interfaces of Direct Connect, whatever their state.
    pub virtual_interfaces: Vec<VirtualInterface>,
    /// Associations of Direct Connect gateways, whatever their state.
    pub direct_connect_associations: Vec<DirectConnectAssociation>,
    /// Transit gateways.
    pub transit_gateways: Vec<TransitGateway>,
    /// What is attached to them, by id and gateway.
    pub transit_attachments: Vec<TransitAttachment>,
    /// Their route tables.
    pub transit_route_tables: Vec<TransitRouteTable>,
    /// Client VPN endpoints.
    pub client_vpn_endpoints: Vec<ClientVpnEndpoint>,
    /// Managed and AWS prefix lists whose entries are known.
    pub prefix_lists: Vec<PrefixList>,
    /// Load balancers of both generations.
    pub load_balancers: Vec<LoadBalancer>,
    /// What they forward to.
    pub target_groups: Vec<TargetGroup>,
    /// PrivateLink services that are offered from here.
    pub endpoint_services: Vec<EndpointService>,
    /// VPC endpoints of every kind.
    pub vpc_endpoints: Vec<VpcEndpoint>,
    /// Firewalls of AWS Network Firewall.
    pub firewalls: Vec<Firewall>,
    /// Their policies.
    pub firewall_policies: Vec<FirewallPolicy>,
    /// The rule groups of the policies.
    pub firewall_rule_groups: Vec<FirewallRuleGroup>,
    /// Which AWS answers the snapshot holds, by top-level key: an answer that is not here was never asked for.
    pub answered: Vec<String>,
    /// Answers that were denied or failed, by top-level key, with the reason.
    pub failed: Vec<FailedAnswer>,
    /// Records of which a part could not be read: the rest of each is in its list, and nothing may rest on what is missing.
    pub unreadable: Vec<UnreadableRecord>,
    /// Ways into a VPC whose packets are not followed yet.
    pub unmodelled_edges: Vec<UnmodelledEdge>,
    /// VPC Block Public Access where it is not `off`.
    pub public_access_blocks: Vec<PublicAccessBlock>,
    /// VPCs and subnets that are let off it.
    pub public_access_exclusions: Vec<PublicAccessExclusion>,
}

impl Network {
    /// Why `answer` is missing, if it was asked for and refused.
    pub fn failure(&self, answer: &str) -> Option<&str> {
        self.failed.iter().find(|failed| failed.answer == answer).map(|failed| failed.why.as_str())
    }

    /// Whether the snapshot holds `answer`.
    pub fn has_answer(&self, answer: &str) -> bool {
        self.answered.iter().any(|answered| answered == answer)
    }

    /// What could not be read of the record `id`.
    pub fn unreadable(&self, id: &str) -> Option<&str> {
        self.unreadable.iter().find(|record| record.id == id).map(|record| record.why.as_str())
    }
}

/// VPC Block Public Access of one account and Region.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PublicAccessBlock {
    /// `block-ingress` or `block-bidirectional`; both stop packets that come in through internet gateways.
    pub mode: String,
    /// The VPCs of that account and Region.
    pub vpcs: Vec<String>,
}

/// A VPC or subnet that is let off VPC Block Public Access.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PublicAccessExclusion {
    /// `vpcbpa-exclude-…`.
    pub id: String,
    /// `vpc-…` or `subnet-…`.
    pub resource: String,
    /// `allow-bidirectional` or `allow-egress`.
    pub mode: String,
    /// `create-complete`, `delete-in-progress`, …; `None` where AWS did not say.
    pub state: Option<String>,
}

/// A record of an AWS answer of which a part could not be read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct UnreadableRecord {
    /// The record's id.
    pub id: String,
    /// What is wrong with it, and in which document.
    pub why: String,
}

/// Where packets come from, by the component that lets them into the VPC. The words are those of `inspector reach`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Edge {
    /// An internet gateway.
    Internet,
    /// A load balancer.
    LoadBalancer,
    /// A VPC peering connection.
    PeeredVPC,
    /// A virtual private gateway.
    VGW,
    /// Direct Connect.
    DirectConnect,
    /// A VPN attachment of a transit gateway.
    VPN,
    /// A transit gateway.
    TransitGateway,
    /// A Client VPN endpoint.
    ClientVPN,
    /// A PrivateLink endpoint service.
    EndpointService,
    /// The VPC itself.
    IntraVPC,
}

impl Edge {
    /// The word itself.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Internet => "Internet",
            Self::LoadBalancer => "LoadBalancer",
            Self::PeeredVPC => "PeeredVPC",
            Self::VGW => "VGW",
            Self::DirectConnect => "DirectConnect",
            Self::VPN => "VPN",
            Self::TransitGateway => "TransitGateway",
            Self::ClientVPN => "ClientVPN",
            Self::EndpointService => "EndpointService",
            Self::IntraVPC => "IntraVPC",
        }
    }
}

impl std::fmt::Display for Edge {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.as_str())
    }
}

/// A way into some VPCs that is known to exist and whose packets are not followed yet.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct UnmodelledEdge {
    /// What kind of way.
    pub edge: Edge,
    /// The component's id or name.
    pub via: String,
    /// The VPCs that it leads into.
    pub vpcs: Vec<String>,
}

/// An AWS answer that was refused or broke off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FailedAnswer {
    /// The top-level key, for example `NetworkAcls`.
    pub answer: String,
    /// What AWS or the network said.
    pub why: String,
}

/// An EC2 instance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Instance {
    /// `i-…`.
    pub id: String,
    /// Account, where it could be told.
    pub account: Option<AccountId>,
    /// Region, where it could be told.
    pub region: Option<Region>,
    /// `running`, `stopped`, …; `None` where AWS did not say.
    pub state: Option<String>,
    /// `ami-…`.
    pub image: Option<String>,
    /// EC2 tags.
    pub tags: Vec<Attribute>,
    /// Public DNS name, where it has one.
    pub public_dns_name: Option<String>,
}

impl Instance {
    /// The `Name` tag.
    pub fn name(&self) -> Option<&str> {
        self.tags.iter().find(|tag| tag.key == "Name").map(|tag| tag.value.as_str())
    }
}

/// An elastic network interface.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NetworkInterface {
    /// `eni-…`.
    pub id: String,
    /// The instance that it is attached to.
    pub instance: Option<String>,
    /// `in-use`, `available`, …; `None` where AWS did not say.
    pub status: Option<String>,
    /// Its subnet.
    pub subnet: String,
    /// Its VPC.
    pub vpc: String,
    /// Ids of its security groups, sorted.
    pub security_groups: Vec<String>,
    /// Its addresses, the primary one first.
    pub addresses: Vec<InterfaceAddress>,
    /// Whether it drops packets that are not its own.
    pub source_dest_check: bool,
    /// Its place among the interfaces of its instance: zero is the primary one. `None` where AWS did not say.
    pub device: Option<u32>,
    /// The load balancer whose node it is: `app/name/id`, `net/name/id`, or the name of a Classic one.
    pub balancer: Option<String>,
}

/// A private address of an interface and the public one that stands for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct InterfaceAddress {
    /// The private IPv4 address, or an IPv6 address.
    pub address: IpAddr,
    /// The auto-assigned or Elastic address associated with it.
    pub public: Option<IpAddr>,
}

/// A virtual private cloud.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Vpc {
    /// `vpc-…`.
    pub id: String,
    /// All its ranges, both families.
    pub ranges: Vec<IpNet>,
}

/// A subnet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Subnet {
    /// `subnet-…`.
    pub id: String,
    /// Its VPC.
    pub vpc: String,
    /// Its Availability Zone.
    pub zone: Option<String>,
    /// Its ranges, both families.
    pub ranges: Vec<IpNet>,
}

/// A security group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SecurityGroup {
    /// `sg-…`.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its VPC.
    pub vpc: Option<String>,
    /// Rules for packets to the group's members.
    pub ingress: Vec<SecurityGroupRule>,
    /// Rules for packets from the group's members.
    pub egress: Vec<SecurityGroupRule>,
}

/// One permission of a security group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SecurityGroupRule {
    /// Protocol and ports.
    pub traffic: Traffic,
    /// Address ranges on the other side.
    pub ranges: Vec<IpNet>,
    /// Prefix lists on the other side.
    pub prefix_lists: Vec<String>,
    /// Groups on the other side.
    pub groups: Vec<String>,
}

/// Which packets a rule speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Traffic {
    /// Protocol -1.
    All,
    /// TCP (6) or UDP (17) with destination ports.
    Ports {
        /// IANA protocol number.
        protocol: u8,
        /// First port.
        from: u16,
        /// Last port.
        to: u16,
    },
    /// ICMP (1) or ICMPv6 (58); `None` is any.
    Icmp {
        /// IANA protocol number.
        protocol: u8,
        /// ICMP type.
        icmp_type: Option<u8>,
        /// ICMP code.
        icmp_code: Option<u8>,
    },
    /// Any other protocol.
    Protocol {
        /// IANA protocol number.
        protocol: u8,
    },
}

/// A network ACL.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NetworkAcl {
    /// `acl-…`.
    pub id: String,
    /// Its VPC.
    pub vpc: String,
    /// The VPC's default.
    pub default: bool,
    /// Subnets that it guards.
    pub subnets: Vec<String>,
    /// Entries by rising number, both directions.
    pub entries: Vec<AclEntry>,
}

/// One entry of a network ACL.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AclEntry {
    /// Rule number; 32767 is the implicit last one.
    pub number: u32,
    /// For packets that leave the subnet.
    pub egress: bool,
    /// Lets through or drops.
    pub allow: bool,
    /// Protocol and ports.
    pub traffic: Traffic,
    /// The range on the other side.
    pub range: IpNet,
}

/// A route table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RouteTable {
    /// `rtb-…`.
    pub id: String,
    /// Its VPC.
    pub vpc: String,
    /// The VPC's main table.
    pub main: bool,
    /// Subnets with an explicit association.
    pub subnets: Vec<String>,
    /// Gateways with an edge association.
    pub gateways: Vec<String>,
    /// Its routes.
    pub routes: Vec<Route>,
}

/// One route.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Route {
    /// Where to.
    pub destination: RouteDestination,
    /// The target's id: `local`, `igw-…`, `nat-…`, `eni-…`, `pcx-…`, `vgw-…`, `tgw-…`, `vpce-…`, ….
    pub target: String,
    /// The target is gone or unusable: the route still wins and drops.
    pub blackhole: bool,
    /// Learnt from a gateway, not written by hand.
    pub propagated: bool,
}

/// What a route matches.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum RouteDestination {
    /// An address range.
    Range(IpNet),
    /// Every range of a prefix list.
    PrefixList(String),
}

/// An internet gateway.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct InternetGateway {
    /// `igw-…`.
    pub id: String,
    /// VPCs that it is attached to and available for.
    pub vpcs: Vec<String>,
}

/// A virtual private gateway.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct VpnGateway {
    /// `vgw-…`.
    pub id: String,
    /// `available`, `deleted`, …; `None` where AWS did not say.
    pub state: Option<String>,
    /// VPCs that it is attached to.
    pub vpcs: Vec<String>,
}

/// A site-to-site VPN connection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct VpnConnection {
    /// `vpn-…`.
    pub id: String,
    /// `available`, `deleted`, …; `None` where AWS did not say.
    pub state: Option<String>,
    /// The virtual private gateway, where it ends at one.
    pub vpn_gateway: Option<String>,
    /// Ranges behind it that were written by hand; `None` where it learns them by BGP.
    pub static_routes: Option<Vec<IpNet>>,
}

/// A VPC peering connection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct VpcPeering {
    /// `pcx-…`.
    pub id: String,
    /// `active`, `pending-acceptance`, `deleted`, …; `None` where AWS did not say.
    pub status: Option<String>,
    /// Requester and accepter.
    pub sides: Vec<PeeringSide>,
}

/// One of the two VPCs of a peering connection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PeeringSide {
    /// `vpc-…`.
    pub vpc: String,
    /// Its Region, where AWS said it.
    pub region: Option<String>,
    /// Its ranges, both families.
    pub ranges: Vec<IpNet>,
}

/// A prefix list with its entries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PrefixList {
    /// `pl-…`.
    pub id: String,
    /// Its ranges.
    pub ranges: Vec<IpNet>,
}
