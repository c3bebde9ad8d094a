//! VPC peering connections (`DescribeVpcPeeringConnections`). Both sides list the same connection.

use inspector_model::network::{PeeringSide, VpcPeering};
use ipnet::IpNet;
use serde::Deserialize;

use super::part::Part;
use super::raw::{Text, filled, list, range};

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
    region: Option<Text<'a>>,
    cidr_block: Option<Text<'a>>,
    #[serde(default, deserialize_with = "list")]
    cidr_block_set: Vec<Ipv4<'a>>,
    #[serde(default, deserialize_with = "list")]
    ipv6_cidr_block_set: Vec<Ipv6<'a>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Ipv4<'a> {
    #[serde(borrow)]
    cidr_block: Option<Text<'a>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Ipv6<'a> {
    #[serde(borrow)]
    ipv6_cidr_block: Option<Text<'a>>,
}

pub(super) fn add(raw: Raw<'_>, part: &mut Part) {
    let Some(id) = filled(raw.vpc_peering_connection_id.as_ref()) else {
        return part.nameless("VpcPeeringConnections", "VpcPeeringConnectionId");
    };
    let mut sides = Vec::new();
    for side in [&raw.requester_vpc_info, &raw.accepter_vpc_info].into_iter().flatten() {
        let Some(vpc) = filled(side.vpc_id.as_ref()) else { continue };
        let ranges = ranges(side, id, part);
        let region = filled(side.region.as_ref()).map(str::to_owned);
        sides.push(PeeringSide { vpc: vpc.to_owned(), region, ranges });
    }
    let status = raw.status.and_then(|status| status.code).map(Text::owned);
    part.network.peerings.push(VpcPeering { id: id.to_owned(), status, sides });
}

fn ranges(side: &Side<'_>, id: &str, part: &mut Part) -> Vec<IpNet> {
    let ipv4 = side.cidr_block_set.iter().filter_map(|block| filled(block.cidr_block.as_ref()));
    let ipv6 = side.ipv6_cidr_block_set.iter().filter_map(|block| filled(block.ipv6_cidr_block.as_ref()));
    let mut ranges = Vec::new();
    for text in filled(side.cidr_block.as_ref()).into_iter().chain(ipv4).chain(ipv6) {
        match range(text) {
            Ok(range) => ranges.push(range),
            Err(why) => part.unreadable(id, why),
        }
    }
    ranges.sort();
    ranges.dedup();
    ranges
}
