//! Virtual private gateways and VPN connections (`DescribeVpnGateways`, `DescribeVpnConnections`).

use inspector_model::network::{VpnConnection, VpnGateway};
use serde::Deserialize;

use super::part::Part;
use super::raw::{Text, filled, list, range};

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Gateway<'a> {
    #[serde(borrow)]
    vpn_gateway_id: Option<Text<'a>>,
    state: Option<Text<'a>>,
    #[serde(default, deserialize_with = "list")]
    vpc_attachments: Vec<Attachment<'a>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Attachment<'a> {
    #[serde(borrow)]
    vpc_id: Option<Text<'a>>,
    state: Option<Text<'a>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Connection<'a> {
    #[serde(borrow)]
    vpn_connection_id: Option<Text<'a>>,
    state: Option<Text<'a>>,
    vpn_gateway_id: Option<Text<'a>>,
    options: Option<Options>,
    #[serde(default, deserialize_with = "list")]
    routes: Vec<StaticRoute<'a>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Options {
    static_routes_only: Option<bool>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct StaticRoute<'a> {
    #[serde(borrow)]
    destination_cidr_block: Option<Text<'a>>,
    state: Option<Text<'a>>,
}

pub(super) fn add_gateway(raw: Gateway<'_>, part: &mut Part) {
    let Some(id) = filled(raw.vpn_gateway_id.as_ref()) else { return part.nameless("VpnGateways", "VpnGatewayId") };
    let attached = raw.vpc_attachments.iter().filter(|a| a.state.as_deref().is_none_or(|state| state == "attached"));
    let vpcs = attached.filter_map(|attachment| filled(attachment.vpc_id.as_ref()).map(str::to_owned));
    let mut vpcs: Vec<String> = vpcs.collect();
    vpcs.sort();
    let state = raw.state.as_deref().map(str::to_owned);
    part.network.vpn_gateways.push(VpnGateway { id: id.to_owned(), state, vpcs });
}

pub(super) fn add_connection(raw: Connection<'_>, part: &mut Part) {
    let Some(id) = filled(raw.vpn_connection_id.as_ref()) else {
        return part.nameless("VpnConnections", "VpnConnectionId");
    };
    let mut routes = Vec::new();
    for route in &raw.routes {
        let in_force = route.state.as_deref().is_none_or(|state| state == "available");
        if let Some(text) = filled(route.destination_cidr_block.as_ref()).filter(|_| in_force) {
            match range(text) {
                Ok(range) => routes.push(range),
                Err(why) => part.unreadable(id, why),
            }
        }
    }
    let by_hand = raw.options.as_ref().and_then(|options| options.static_routes_only) == Some(true);
    let connection = VpnConnection {
        id: id.to_owned(),
        state: raw.state.as_deref().map(str::to_owned),
        vpn_gateway: filled(raw.vpn_gateway_id.as_ref()).map(str::to_owned),
        static_routes: by_hand.then_some(routes),
    };
    part.network.vpn_connections.push(connection);
}
