//! VPC peering connections (`DescribeVpcPeeringConnections`): known, not yet followed.

use inspector_model::network::Edge;
use serde::Deserialize;

use super::part::{Part, Way};
use super::raw::{Text, filled};

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Raw<'a> {
    #[serde(borrow)]
    vpc_peering_connection_id: Option<Text<'a>>,
    status: Option<Status<'a>>,
    requester_vpc_info: Option<Side<'a>>,
    accepter_vpc_info: Option<Side<'a>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Status<'a> {
    #[serde(borrow)]
    code: Option<Text<'a>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Side<'a> {
    #[serde(borrow)]
    vpc_id: Option<Text<'a>>,
}

pub(super) fn add(raw: Raw<'_>, part: &mut Part) {
    let Some(id) = filled(raw.vpc_peering_connection_id.as_ref()) else {
        return part.nameless("VpcPeeringConnections", "VpcPeeringConnectionId");
    };
    let status = raw.status.as_ref().and_then(|status| status.code.as_deref());
    if status.is_some_and(|status| status != "active") {
        return; // only an active connection carries packets
    }
    let sides = [&raw.requester_vpc_info, &raw.accepter_vpc_info].into_iter().flatten();
    let vpcs = sides.filter_map(|side| filled(side.vpc_id.as_ref()).map(str::to_owned)).collect();
    part.ways.push(Way { edge: Edge::PeeredVPC, via: id.to_owned(), vpcs, through: Vec::new() });
}
