//! Attachments of VPCs to transit gateways (`DescribeTransitGatewayVpcAttachments`, `DescribeTransitGatewayAttachments`):
//! known, not yet followed.

use inspector_model::network::Edge;
use serde::Deserialize;

use super::part::{Part, Way};
use super::raw::{Text, filled};

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Raw<'a> {
    #[serde(borrow)]
    transit_gateway_id: Option<Text<'a>>,
    vpc_id: Option<Text<'a>>,
    resource_type: Option<Text<'a>>,
    resource_id: Option<Text<'a>>,
    state: Option<Text<'a>>,
}

pub(super) fn add(raw: Raw<'_>, part: &mut Part) {
    let Some(id) = filled(raw.transit_gateway_id.as_ref()) else {
        return part.nameless("TransitGatewayVpcAttachments", "TransitGatewayId");
    };
    if raw.state.as_deref().is_some_and(|state| state != "available") {
        return;
    }
    let resource = filled(raw.resource_id.as_ref()).filter(|_| raw.resource_type.as_deref() == Some("vpc"));
    let vpcs = filled(raw.vpc_id.as_ref()).or(resource).map(str::to_owned).into_iter().collect();
    part.ways.push(Way { edge: Edge::TransitGateway, via: id.to_owned(), vpcs, through: Vec::new() });
}
