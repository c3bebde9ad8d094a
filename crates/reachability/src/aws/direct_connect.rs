//! Direct Connect (`DescribeDirectConnectGatewayAssociations`, `DescribeVirtualInterfaces`). It answers in camel case; some
//! collectors write it as EC2 would.

use inspector_model::network::{DirectConnectAssociation, VirtualInterface};
use serde::Deserialize;

use super::part::Part;
use super::raw::{Text, filled, range};

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Association<'a> {
    #[serde(borrow, alias = "AssociationId")]
    association_id: Option<Text<'a>>,
    #[serde(alias = "DirectConnectGatewayId")]
    direct_connect_gateway_id: Option<Text<'a>>,
    #[serde(alias = "AssociatedGateway")]
    associated_gateway: Option<Gateway<'a>>,
    #[serde(alias = "VirtualGatewayId")]
    virtual_gateway_id: Option<Text<'a>>,
    #[serde(alias = "AssociationState")]
    association_state: Option<Text<'a>>,
    #[serde(alias = "AllowedPrefixesToDirectConnectGateway")]
    allowed_prefixes_to_direct_connect_gateway: Option<Vec<Prefix<'a>>>,
}

#[derive(Debug, Deserialize)]
struct Gateway<'a> {
    #[serde(borrow, alias = "Id")]
    id: Option<Text<'a>>,
}

#[derive(Debug, Deserialize)]
struct Prefix<'a> {
    #[serde(borrow, alias = "Cidr")]
    cidr: Option<Text<'a>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Virtual<'a> {
    #[serde(borrow, alias = "VirtualInterfaceId")]
    virtual_interface_id: Option<Text<'a>>,
    #[serde(alias = "VirtualInterfaceType")]
    virtual_interface_type: Option<Text<'a>>,
    #[serde(alias = "VirtualInterfaceState")]
    virtual_interface_state: Option<Text<'a>>,
    #[serde(alias = "VirtualGatewayId")]
    virtual_gateway_id: Option<Text<'a>>,
    #[serde(alias = "DirectConnectGatewayId")]
    direct_connect_gateway_id: Option<Text<'a>>,
}

pub(super) fn add_association(raw: Association<'_>, part: &mut Part) {
    let Some(own) = filled(raw.direct_connect_gateway_id.as_ref()) else {
        return part.nameless("DirectConnectGatewayAssociations", "directConnectGatewayId");
    };
    let gateway = raw.associated_gateway.as_ref().and_then(|gateway| filled(gateway.id.as_ref()));
    let Some(gateway) = gateway.or_else(|| filled(raw.virtual_gateway_id.as_ref())) else {
        return part.nameless("DirectConnectGatewayAssociations", "associatedGateway");
    };
    let id = filled(raw.association_id.as_ref()).map_or_else(|| format!("{own} {gateway}"), str::to_owned);
    let allowed = raw.allowed_prefixes_to_direct_connect_gateway.map(|prefixes| {
        let mut ranges = Vec::with_capacity(prefixes.len());
        for text in prefixes.iter().filter_map(|prefix| filled(prefix.cidr.as_ref())) {
            match range(text) {
                Ok(range) => ranges.push(range),
                Err(why) => part.unreadable(&id, why),
            }
        }
        ranges.sort();
        ranges
    });
    part.network.direct_connect_associations.push(DirectConnectAssociation {
        id,
        direct_connect_gateway: own.to_owned(),
        gateway: gateway.to_owned(),
        state: filled(raw.association_state.as_ref()).map(str::to_owned),
        allowed,
    });
}

pub(super) fn add_virtual_interface(raw: Virtual<'_>, part: &mut Part) {
    let Some(id) = filled(raw.virtual_interface_id.as_ref()) else {
        return part.nameless("VirtualInterfaces", "virtualInterfaceId");
    };
    let owned = |text: Option<&Text<'_>>| filled(text).map(str::to_owned);
    part.network.virtual_interfaces.push(VirtualInterface {
        id: id.to_owned(),
        kind: owned(raw.virtual_interface_type.as_ref()),
        state: owned(raw.virtual_interface_state.as_ref()),
        vpn_gateway: owned(raw.virtual_gateway_id.as_ref()),
        direct_connect_gateway: owned(raw.direct_connect_gateway_id.as_ref()),
    });
}
