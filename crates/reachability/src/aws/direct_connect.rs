//! Direct Connect (`DescribeDirectConnectGatewayAssociations`, `DescribeVirtualInterfaces`): known, not yet followed.

use inspector_model::network::Edge;
use serde::Deserialize;

use super::part::{Part, Way};
use super::raw::{Text, filled};

/// Direct Connect answers in camel case; some collectors write it as EC2 would.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Association<'a> {
    #[serde(borrow, alias = "DirectConnectGatewayId")]
    direct_connect_gateway_id: Option<Text<'a>>,
    #[serde(alias = "AssociatedGateway")]
    associated_gateway: Option<Gateway<'a>>,
    #[serde(alias = "VirtualGatewayId")]
    virtual_gateway_id: Option<Text<'a>>,
}

#[derive(Debug, Deserialize)]
struct Gateway<'a> {
    #[serde(borrow, alias = "Id")]
    id: Option<Text<'a>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct VirtualInterface<'a> {
    #[serde(borrow, alias = "VirtualInterfaceId")]
    virtual_interface_id: Option<Text<'a>>,
    #[serde(alias = "VirtualGatewayId")]
    virtual_gateway_id: Option<Text<'a>>,
}

pub(super) fn add_association(raw: Association<'_>, part: &mut Part) {
    let Some(id) = filled(raw.direct_connect_gateway_id.as_ref()) else {
        return part.nameless("DirectConnectGatewayAssociations", "directConnectGatewayId");
    };
    let gateway = raw.associated_gateway.as_ref().and_then(|gateway| filled(gateway.id.as_ref()));
    add(id, gateway.or_else(|| filled(raw.virtual_gateway_id.as_ref())), part);
}

pub(super) fn add_virtual_interface(raw: VirtualInterface<'_>, part: &mut Part) {
    let Some(id) = filled(raw.virtual_interface_id.as_ref()) else {
        return part.nameless("VirtualInterfaces", "virtualInterfaceId");
    };
    add(id, filled(raw.virtual_gateway_id.as_ref()), part);
}

fn add(via: &str, gateway: Option<&str>, part: &mut Part) {
    if let Some(gateway) = gateway {
        let through = vec![gateway.to_owned()];
        part.ways.push(Way { edge: Edge::DirectConnect, via: via.to_owned(), vpcs: Vec::new(), through });
    }
}
