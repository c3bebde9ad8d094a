//! Subnets (`DescribeSubnets`).

use inspector_model::network::Subnet;
use serde::Deserialize;

use super::part::Part;
use super::raw::{Text, filled, list, range};
use super::vpc::Ipv6Association;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Raw<'a> {
    #[serde(borrow)]
    subnet_id: Option<Text<'a>>,
    vpc_id: Option<Text<'a>>,
    availability_zone: Option<Text<'a>>,
    cidr_block: Option<Text<'a>>,
    #[serde(default, deserialize_with = "list")]
    ipv6_cidr_block_association_set: Vec<Ipv6Association<'a>>,
}

pub(super) fn add(raw: Raw<'_>, part: &mut Part) {
    let Some(id) = filled(raw.subnet_id.as_ref()) else { return part.nameless("Subnets", "SubnetId") };
    if filled(raw.vpc_id.as_ref()).is_none() {
        part.unreadable(id, "no `VpcId`");
    }
    let ipv6 = raw.ipv6_cidr_block_association_set.iter().filter_map(Ipv6Association::range);
    let mut ranges = Vec::new();
    for text in filled(raw.cidr_block.as_ref()).into_iter().chain(ipv6) {
        match range(text) {
            Ok(range) => ranges.push(range),
            Err(why) => part.unreadable(id, why),
        }
    }
    ranges.sort();
    let vpc = raw.vpc_id.as_deref().unwrap_or_default().to_owned();
    let zone = raw.availability_zone.as_deref().map(str::to_owned);
    part.network.subnets.push(Subnet { id: id.to_owned(), vpc, zone, ranges });
}
