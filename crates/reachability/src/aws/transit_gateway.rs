//! Transit gateways and what is attached to them (`DescribeTransitGateways`, `DescribeTransitGatewayAttachments`,
//! `…VpcAttachments`, `…PeeringAttachments`, `…Connects`).

use inspector_model::network::{TransitGateway, TransitResource};
use serde::Deserialize;

use super::part::Part;
use super::raw::{Text, filled};
use super::transit::Attached;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Gateway<'a> {
    #[serde(borrow)]
    transit_gateway_id: Option<Text<'a>>,
    state: Option<Text<'a>>,
    options: Option<GatewayOptions<'a>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct GatewayOptions<'a> {
    #[serde(borrow)]
    default_route_table_association: Option<Text<'a>>,
    association_default_route_table_id: Option<Text<'a>>,
    default_route_table_propagation: Option<Text<'a>>,
    propagation_default_route_table_id: Option<Text<'a>>,
    security_group_referencing_support: Option<Text<'a>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Raw<'a> {
    #[serde(borrow)]
    transit_gateway_attachment_id: Option<Text<'a>>,
    transit_gateway_id: Option<Text<'a>>,
    resource_type: Option<Text<'a>>,
    resource_id: Option<Text<'a>>,
    resource_owner_id: Option<Text<'a>>,
    state: Option<Text<'a>>,
    association: Option<Association<'a>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Association<'a> {
    #[serde(borrow)]
    transit_gateway_route_table_id: Option<Text<'a>>,
    state: Option<Text<'a>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Vpc<'a> {
    #[serde(borrow)]
    transit_gateway_attachment_id: Option<Text<'a>>,
    transit_gateway_id: Option<Text<'a>>,
    vpc_id: Option<Text<'a>>,
    vpc_owner_id: Option<Text<'a>>,
    state: Option<Text<'a>>,
    subnet_ids: Option<Vec<Text<'a>>>,
    options: Option<VpcOptions<'a>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct VpcOptions<'a> {
    #[serde(borrow)]
    ipv6_support: Option<Text<'a>>,
    appliance_mode_support: Option<Text<'a>>,
    security_group_referencing_support: Option<Text<'a>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Peering<'a> {
    #[serde(borrow)]
    transit_gateway_attachment_id: Option<Text<'a>>,
    requester_tgw_info: Option<Side<'a>>,
    accepter_tgw_info: Option<Side<'a>>,
    state: Option<Text<'a>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Side<'a> {
    #[serde(borrow)]
    transit_gateway_id: Option<Text<'a>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Connect<'a> {
    #[serde(borrow)]
    transit_gateway_attachment_id: Option<Text<'a>>,
    transport_transit_gateway_attachment_id: Option<Text<'a>>,
    transit_gateway_id: Option<Text<'a>>,
    state: Option<Text<'a>>,
}

pub(super) fn add_gateway(raw: Gateway<'_>, part: &mut Part) {
    let Some(id) = filled(raw.transit_gateway_id.as_ref()) else {
        return part.nameless("TransitGateways", "TransitGatewayId");
    };
    let options = raw.options.as_ref();
    let default = |on: Option<&Text<'_>>, table: Option<&Text<'_>>| {
        filled(table).filter(|_| enabled(on) != Some(false)).map(str::to_owned)
    };
    part.network.transit_gateways.push(TransitGateway {
        id: id.to_owned(),
        state: owned(raw.state.as_ref()),
        group_references: options.and_then(|o| enabled(o.security_group_referencing_support.as_ref())),
        default_association: options.and_then(|o| {
            default(o.default_route_table_association.as_ref(), o.association_default_route_table_id.as_ref())
        }),
        default_propagation: options.and_then(|o| {
            default(o.default_route_table_propagation.as_ref(), o.propagation_default_route_table_id.as_ref())
        }),
    });
}

pub(super) fn add(raw: Raw<'_>, part: &mut Part) {
    let answer = "TransitGatewayAttachments";
    let Some((id, gateway)) =
        named(answer, raw.transit_gateway_attachment_id.as_ref(), raw.transit_gateway_id.as_ref(), part)
    else {
        return;
    };
    let associated = raw.association.as_ref().filter(|a| a.state.as_deref().is_none_or(|state| state == "associated"));
    let attached = Attached {
        resource: resource(raw.resource_type.as_deref(), filled(raw.resource_id.as_ref())),
        state: owned(raw.state.as_ref()),
        tells_association: true,
        table: associated.and_then(|a| owned(a.transit_gateway_route_table_id.as_ref())),
        owner: owned(raw.resource_owner_id.as_ref()),
        id,
        gateway,
        ..Attached::default()
    };
    part.transit.attachments.push(attached);
}

pub(super) fn add_vpc(raw: Vpc<'_>, part: &mut Part) {
    let answer = "TransitGatewayVpcAttachments";
    let Some((id, gateway)) =
        named(answer, raw.transit_gateway_attachment_id.as_ref(), raw.transit_gateway_id.as_ref(), part)
    else {
        return;
    };
    let options = raw.options.as_ref();
    let subnets = raw.subnet_ids.map(|ids| {
        let mut ids: Vec<String> = ids.into_iter().map(Text::owned).collect();
        ids.sort();
        ids
    });
    let attached = Attached {
        resource: owned(raw.vpc_id.as_ref()).map(TransitResource::Vpc),
        state: owned(raw.state.as_ref()),
        subnets,
        appliance_mode: options.and_then(|o| enabled(o.appliance_mode_support.as_ref())),
        group_references: options.and_then(|o| enabled(o.security_group_referencing_support.as_ref())),
        ipv6: options.and_then(|o| enabled(o.ipv6_support.as_ref())),
        owner: owned(raw.vpc_owner_id.as_ref()),
        id,
        gateway,
        ..Attached::default()
    };
    part.transit.attachments.push(attached);
}

/// Either side sees the attachment under its own gateway.
pub(super) fn add_peering(raw: Peering<'_>, part: &mut Part) {
    let Some(id) = filled(raw.transit_gateway_attachment_id.as_ref()) else {
        return part.nameless("TransitGatewayPeeringAttachments", "TransitGatewayAttachmentId");
    };
    let side = |side: &Option<Side<'_>>| owned(side.as_ref()?.transit_gateway_id.as_ref());
    let (Some(one), Some(other)) = (side(&raw.requester_tgw_info), side(&raw.accepter_tgw_info)) else {
        return part.unreadable(id, "the gateway of one side is missing");
    };
    for (gateway, peer) in [(&one, &other), (&other, &one)] {
        part.transit.attachments.push(Attached {
            id: id.to_owned(),
            gateway: gateway.clone(),
            resource: Some(TransitResource::Peering(peer.clone())),
            state: owned(raw.state.as_ref()),
            ..Attached::default()
        });
    }
}

pub(super) fn add_connect(raw: Connect<'_>, part: &mut Part) {
    let answer = "TransitGatewayConnects";
    let Some((id, gateway)) =
        named(answer, raw.transit_gateway_attachment_id.as_ref(), raw.transit_gateway_id.as_ref(), part)
    else {
        return;
    };
    let transport = owned(raw.transport_transit_gateway_attachment_id.as_ref());
    let resource = transport.map(TransitResource::Connect);
    let state = owned(raw.state.as_ref());
    part.transit.attachments.push(Attached { id, gateway, resource, state, ..Attached::default() });
}

/// The ids of an attachment and its gateway; both are needed to know whose it is.
fn named(answer: &str, id: Option<&Text<'_>>, gateway: Option<&Text<'_>>, part: &mut Part) -> Option<(String, String)> {
    let missing = match (filled(id), filled(gateway)) {
        (Some(id), Some(gateway)) => return Some((id.to_owned(), gateway.to_owned())),
        (None, _) => "TransitGatewayAttachmentId",
        (_, None) => "TransitGatewayId",
    };
    part.nameless(answer, missing);
    None
}

fn resource(kind: Option<&str>, id: Option<&str>) -> Option<TransitResource> {
    let id = || id.map(str::to_owned);
    match kind? {
        "vpc" => id().map(TransitResource::Vpc),
        "vpn" => id().map(TransitResource::Vpn),
        "direct-connect-gateway" => id().map(TransitResource::DirectConnect),
        "peering" | "tgw-peering" => id().map(TransitResource::Peering),
        "connect" => id().map(TransitResource::Connect),
        other => Some(TransitResource::Other(other.to_owned())),
    }
}

fn owned(text: Option<&Text<'_>>) -> Option<String> {
    filled(text).map(str::to_owned)
}

fn enabled(text: Option<&Text<'_>>) -> Option<bool> {
    match filled(text)? {
        "enable" => Some(true),
        _ => Some(false),
    }
}
