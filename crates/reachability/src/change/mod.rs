//! Single edits of a network: what `inspector what-if` tries, and what answers propose.
//!
//! An edit is what one call of the EC2 API does. It is written as JSON with one key, for example
//! `{"revoke": {"group": "sg-1", "direction": "ingress", "protocol": "tcp", "from": 22, "to": 22, "cidr": "0.0.0.0/0"}}`.

mod apply;
pub mod terraform;

use std::fmt;
use std::net::IpAddr;

use inspector_model::network::{Network, Traffic};
use ipnet::IpNet;
use serde::{Deserialize, Serialize};

/// One edit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Change {
    /// Adds a rule to a security group.
    Authorize(GroupRule),
    /// Takes a rule, or one source of it, out of a security group.
    Revoke(GroupRule),
    /// Adds an entry to a network ACL, or puts another in its place.
    PutAclEntry(AclEntry),
    /// Takes an entry out of a network ACL.
    DeleteAclEntry(AclEntryName),
    /// Adds a route, or puts another in its place.
    CreateRoute(Route),
    /// Takes a route out of a table.
    DeleteRoute(RouteName),
    /// Lets a public address stand for a private one.
    AssociateAddress(Association),
    /// Takes the public address of a private one away.
    DisassociateAddress(PrivateAddress),
    /// Gives an interface other security groups.
    SetGroups(Membership),
    /// Starts an instance.
    StartInstance(InstanceName),
    /// Stops an instance.
    StopInstance(InstanceName),
    /// Attaches an internet gateway to a VPC.
    AttachInternetGateway(Attachment),
    /// Detaches an internet gateway from a VPC.
    DetachInternetGateway(Attachment),
}

/// Whether a rule speaks of packets to or from the members of its group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// To them, or into the subnet.
    Ingress,
    /// From them, or out of the subnet.
    Egress,
}

/// One rule of a security group, with one source or destination.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GroupRule {
    /// `sg-…`.
    pub group: String,
    /// Inbound or outbound.
    pub direction: Side,
    /// `tcp`, `udp`, `icmp`, `icmpv6`, a number, or `-1` for all.
    pub protocol: String,
    /// First port, or ICMP type; absent for any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<i64>,
    /// Last port, or ICMP code; absent for any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<i64>,
    /// The range on the other side.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cidr: Option<IpNet>,
    /// The security group on the other side.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other_group: Option<String>,
    /// The prefix list on the other side.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prefix_list: Option<String>,
}

/// An entry of a network ACL.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AclEntry {
    /// `acl-…`.
    pub acl: String,
    /// Into or out of the subnet.
    pub direction: Side,
    /// Rule number.
    pub number: u32,
    /// Lets through or drops.
    pub allow: bool,
    /// As in [`GroupRule::protocol`].
    pub protocol: String,
    /// First port, or ICMP type; absent for any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<i64>,
    /// Last port, or ICMP code; absent for any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<i64>,
    /// The range on the other side.
    pub cidr: IpNet,
}

/// What an entry of a network ACL is found by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AclEntryName {
    /// `acl-…`.
    pub acl: String,
    /// Into or out of the subnet.
    pub direction: Side,
    /// Rule number.
    pub number: u32,
}

/// A route.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Route {
    /// `rtb-…`.
    pub table: String,
    /// A range or the id of a prefix list.
    pub destination: String,
    /// The target's id.
    pub target: String,
}

/// What a route is found by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RouteName {
    /// `rtb-…`.
    pub table: String,
    /// A range or the id of a prefix list.
    pub destination: String,
}

/// A private address and the public one that stands for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Association {
    /// `eni-…`.
    pub interface: String,
    /// The interface's own address.
    pub private: IpAddr,
    /// The Elastic address; absent where any will do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub public: Option<IpAddr>,
}

/// One address of an interface.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PrivateAddress {
    /// `eni-…`.
    pub interface: String,
    /// The interface's own address.
    pub private: IpAddr,
}

/// The security groups of an interface.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Membership {
    /// `eni-…`.
    pub interface: String,
    /// All its groups.
    pub groups: Vec<String>,
}

/// An instance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct InstanceName {
    /// `i-…`.
    pub instance: String,
}

/// An internet gateway and a VPC.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Attachment {
    /// `igw-…`.
    pub gateway: String,
    /// `vpc-…`.
    pub vpc: String,
}

/// A change list as a file holds it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangeList {
    /// The edits, in the order in which they are made.
    pub changes: Vec<Change>,
}

/// An edit that cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("cannot {change}: {why}")]
pub struct NotApplicable {
    /// The edit, in words.
    pub change: String,
    /// What is wrong with it.
    pub why: String,
}

impl Change {
    /// Makes the edit.
    ///
    /// # Errors
    ///
    /// It speaks of something that is not in the network, or makes no sense; the network is then unchanged.
    pub fn apply(&self, network: &mut Network) -> Result<(), NotApplicable> {
        apply::apply(self, network).map_err(|why| NotApplicable { change: self.to_string(), why })
    }
}

impl GroupRule {
    fn traffic(&self) -> Result<Traffic, String> {
        crate::aws::traffic(&self.protocol, self.from, self.to)
    }

    /// The other side, for a person.
    fn other(&self) -> String {
        let cidr = self.cidr.map(|cidr| cidr.to_string());
        let list = self.prefix_list.as_ref().map(|list| format!("prefix list {list}"));
        cidr.or_else(|| self.other_group.clone()).or(list).unwrap_or_else(|| "nobody".to_owned())
    }
}

/// Protocol and ports, for a person.
fn what(protocol: &str, from: Option<i64>, to: Option<i64>) -> String {
    match (protocol, from, to) {
        ("-1" | "all", _, _) => "all traffic".to_owned(),
        (_, None, None) => protocol.to_owned(),
        (_, Some(from), Some(to)) if from == to => format!("{protocol} {from}"),
        (_, from, to) => {
            let end = |end: Option<i64>| end.map_or_else(|| "any".to_owned(), |end| end.to_string());
            format!("{protocol} {}-{}", end(from), end(to))
        }
    }
}

fn rule(f: &mut fmt::Formatter<'_>, verb: &str, at: &str, rule: &GroupRule) -> fmt::Result {
    let (side, arrow) = match rule.direction {
        Side::Ingress => ("inbound", "from"),
        Side::Egress => ("outbound", "to"),
    };
    let traffic = what(&rule.protocol, rule.from, rule.to);
    write!(f, "{verb} the {side} rule {traffic} {arrow} {} {at} {}", rule.other(), rule.group)
}

const fn side(side: Side) -> &'static str {
    match side {
        Side::Ingress => "inbound",
        Side::Egress => "outbound",
    }
}

/// In the imperative, for a person.
impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Authorize(authorized) => rule(f, "add", "to", authorized),
            Self::Revoke(revoked) => rule(f, "revoke", "of", revoked),
            Self::PutAclEntry(entry) => {
                let verb = if entry.allow { "allow" } else { "deny" };
                let traffic = what(&entry.protocol, entry.from, entry.to);
                let arrow = if entry.direction == Side::Ingress { "from" } else { "to" };
                let (side, AclEntry { acl, number, cidr, .. }) = (side(entry.direction), entry);
                write!(f, "{verb} {traffic} {arrow} {cidr} by {side} entry {number} of {acl}")
            }
            Self::DeleteAclEntry(name) => {
                write!(f, "delete {} entry {} of {}", side(name.direction), name.number, name.acl)
            }
            Self::CreateRoute(route) => {
                write!(f, "route {} to {} in {}", route.destination, route.target, route.table)
            }
            Self::DeleteRoute(route) => write!(f, "delete the route {} of {}", route.destination, route.table),
            Self::AssociateAddress(Association { interface, private, public: Some(public) }) => {
                write!(f, "associate {public} with {private} of {interface}")
            }
            Self::AssociateAddress(Association { interface, private, public: None }) => {
                write!(f, "associate a public address with {private} of {interface}")
            }
            Self::DisassociateAddress(PrivateAddress { interface, private }) => {
                write!(f, "disassociate the public address of {private} of {interface}")
            }
            Self::SetGroups(membership) => {
                write!(f, "give {} the groups {}", membership.interface, membership.groups.join(", "))
            }
            Self::StartInstance(name) => write!(f, "start {}", name.instance),
            Self::StopInstance(name) => write!(f, "stop {}", name.instance),
            Self::AttachInternetGateway(Attachment { gateway, vpc }) => write!(f, "attach {gateway} to {vpc}"),
            Self::DetachInternetGateway(Attachment { gateway, vpc }) => write!(f, "detach {gateway} from {vpc}"),
        }
    }
}
