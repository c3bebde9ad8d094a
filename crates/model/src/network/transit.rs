//! Transit gateways: what is attached to them and where their route tables send packets.

use serde::{Deserialize, Serialize};

use super::RouteDestination;

/// A transit gateway.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TransitGateway {
    /// `tgw-…`.
    pub id: String,
    /// `available`, `deleted`, …; `None` where AWS did not say.
    pub state: Option<String>,
    /// Whether rules may refer to security groups behind other attachments; `None` where AWS did not say.
    pub group_references: Option<bool>,
    /// The table that attachments are associated with by default, where there is one.
    pub default_association: Option<String>,
    /// The table that attachments announce their ranges to by default, where there is one.
    pub default_propagation: Option<String>,
}

/// Something attached to a transit gateway. A peering of two gateways is attached to both, under one id.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TransitAttachment {
    /// `tgw-attach-…`.
    pub id: String,
    /// The transit gateway.
    pub gateway: String,
    /// What is attached.
    pub resource: TransitResource,
    /// `available`, `pending`, …; `None` where AWS did not say.
    pub state: Option<String>,
    /// The route table for packets that come in by this attachment.
    pub association: TransitAssociation,
    /// Of a VPC: the subnets that packets pass, one for each Availability Zone; `None` where AWS did not say.
    pub subnets: Option<Vec<String>>,
    /// Of a VPC: packets of a connection stay in one zone, whatever zone they came from.
    pub appliance_mode: bool,
    /// Of a VPC: whether rules may refer to security groups behind other attachments; `None` where AWS did not say.
    pub group_references: Option<bool>,
    /// Of a VPC: whether IPv6 passes; `None` where AWS did not say.
    pub ipv6: Option<bool>,
    /// The account that owns what is attached.
    pub owner: Option<String>,
}

/// What is attached, by its id.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum TransitResource {
    /// A VPC.
    Vpc(String),
    /// A site-to-site VPN connection.
    Vpn(String),
    /// A Direct Connect gateway.
    DirectConnect(String),
    /// Another transit gateway.
    Peering(String),
    /// A GRE tunnel to an appliance, over another attachment.
    Connect(String),
    /// Something else, by AWS's word for it.
    Other(String),
}

impl TransitResource {
    /// The VPC, where it is one.
    pub fn vpc(&self) -> Option<&str> {
        match self {
            Self::Vpc(vpc) => Some(vpc),
            Self::Vpn(_) | Self::DirectConnect(_) | Self::Peering(_) | Self::Connect(_) | Self::Other(_) => None,
        }
    }
}

/// Which route table an attachment is associated with.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum TransitAssociation {
    /// With this one.
    Table(String),
    /// With none.
    Nothing,
    /// AWS's answer is missing.
    Unknown,
}

/// A route table of a transit gateway.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TransitRouteTable {
    /// `tgw-rtb-…`.
    pub id: String,
    /// `available`, `deleted`, …; `None` where AWS did not say.
    pub state: Option<String>,
    /// Which of its routes `routes` holds.
    pub listed: TransitListing,
    /// Its routes.
    pub routes: Vec<TransitRoute>,
    /// Attachments that announce their ranges to it, by id, sorted; `None` where AWS's answer is missing.
    pub propagations: Option<Vec<String>>,
}

/// How much of a route table is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum TransitListing {
    /// AWS was not asked.
    Nothing,
    /// Routes written by hand.
    Static,
    /// Every route in force.
    All,
}

/// One route of a transit gateway.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TransitRoute {
    /// Where to.
    pub destination: RouteDestination,
    /// Attachments that packets leave by, any of them.
    pub attachments: Vec<String>,
    /// The route wins and drops.
    pub blackhole: bool,
    /// Learnt from an attachment, not written by hand.
    pub propagated: bool,
}
