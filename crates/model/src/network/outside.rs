//! Ways into a VPC from networks that are not AWS's: Direct Connect and Client VPN.

use ipnet::IpNet;
use serde::{Deserialize, Serialize};

/// A virtual interface of a Direct Connect connection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct VirtualInterface {
    /// `dxvif-…`.
    pub id: String,
    /// `private`, `public` or `transit`; `None` where AWS did not say.
    pub kind: Option<String>,
    /// `available`, `down`, …; `None` where AWS did not say.
    pub state: Option<String>,
    /// The virtual private gateway that it ends at.
    pub vpn_gateway: Option<String>,
    /// The Direct Connect gateway that it ends at.
    pub direct_connect_gateway: Option<String>,
}

/// A Direct Connect gateway's link to a virtual private gateway or a transit gateway.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DirectConnectAssociation {
    /// AWS's id, or both gateways.
    pub id: String,
    /// The Direct Connect gateway.
    pub direct_connect_gateway: String,
    /// `vgw-…` or `tgw-…`.
    pub gateway: String,
    /// `associated`, `disassociated`, …; `None` where AWS did not say.
    pub state: Option<String>,
    /// Ranges that are announced to the other side; `None` where AWS did not say.
    pub allowed: Option<Vec<IpNet>>,
}

/// A Client VPN endpoint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ClientVpnEndpoint {
    /// `cvpn-endpoint-…`.
    pub id: String,
    /// `available`, `pending-associate`, …; `None` where AWS did not say.
    pub state: Option<String>,
    /// Its VPC.
    pub vpc: Option<String>,
    /// The addresses of clients, which instances never see: packets leave with an address of the associated subnet.
    pub client_range: Option<IpNet>,
    /// Ids of its security groups, sorted.
    pub security_groups: Vec<String>,
    /// Whether it carries IPv6.
    pub ipv6: bool,
    /// Subnets that it is associated with, sorted; `None` where AWS's answer is missing.
    pub targets: Option<Vec<ClientVpnTarget>>,
    /// Its routes; `None` where AWS's answer is missing.
    pub routes: Option<Vec<ClientVpnRoute>>,
    /// Who may go where; `None` where AWS's answer is missing.
    pub authorizations: Option<Vec<ClientVpnAuthorization>>,
}

/// A subnet that a Client VPN endpoint sends packets from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ClientVpnTarget {
    /// The subnet.
    pub subnet: String,
    /// `associated`, `associating`, …; `None` where AWS did not say.
    pub state: Option<String>,
    /// Ids of the security groups of the endpoint's interface there, sorted.
    pub security_groups: Vec<String>,
}

/// One route of a Client VPN endpoint.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ClientVpnRoute {
    /// Where to.
    pub destination: IpNet,
    /// The associated subnet that packets leave by.
    pub subnet: String,
    /// `active`, `failed`, …; `None` where AWS did not say.
    pub state: Option<String>,
}

/// A rule of a Client VPN endpoint that lets clients send somewhere.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ClientVpnAuthorization {
    /// Where to.
    pub destination: IpNet,
    /// The group of people; `None` is everybody.
    pub group: Option<String>,
    /// `active`, `revoking`, …; `None` where AWS did not say.
    pub state: Option<String>,
}
