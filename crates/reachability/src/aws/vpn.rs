//! Virtual private gateways and Client VPN endpoints (`DescribeVpnGateways`, `DescribeClientVpnEndpoints`): known, not
//! yet followed.

use inspector_model::network::Edge;
use serde::Deserialize;

use super::part::{Part, Way};
use super::raw::{Text, filled, list};

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Gateway<'a> {
    #[serde(borrow)]
    vpn_gateway_id: Option<Text<'a>>,
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
pub(super) struct ClientEndpoint<'a> {
    #[serde(borrow)]
    client_vpn_endpoint_id: Option<Text<'a>>,
    vpc_id: Option<Text<'a>>,
}

pub(super) fn add_gateway(raw: Gateway<'_>, part: &mut Part) {
    let Some(id) = filled(raw.vpn_gateway_id.as_ref()) else { return part.nameless("VpnGateways", "VpnGatewayId") };
    let attached = raw.vpc_attachments.iter().filter(|a| a.state.as_deref().is_none_or(|state| state == "attached"));
    let vpcs = attached.filter_map(|attachment| filled(attachment.vpc_id.as_ref()).map(str::to_owned)).collect();
    part.ways.push(Way { edge: Edge::VGW, via: id.to_owned(), vpcs, through: Vec::new() });
}

pub(super) fn add_client_endpoint(raw: ClientEndpoint<'_>, part: &mut Part) {
    let Some(id) = filled(raw.client_vpn_endpoint_id.as_ref()) else {
        return part.nameless("ClientVpnEndpoints", "ClientVpnEndpointId");
    };
    let vpcs = filled(raw.vpc_id.as_ref()).map(str::to_owned).into_iter().collect();
    part.ways.push(Way { edge: Edge::ClientVPN, via: id.to_owned(), vpcs, through: Vec::new() });
}
