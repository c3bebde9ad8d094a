//! VPCs (`DescribeVpcs`, `DescribeVpcBlockPublicAccessOptions`).

use inspector_model::network::Vpc;
use serde::Deserialize;

use super::part::Part;
use super::raw::{Text, filled, list, range};

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Raw<'a> {
    #[serde(borrow)]
    vpc_id: Option<Text<'a>>,
    owner_id: Option<Text<'a>>,
    cidr_block: Option<Text<'a>>,
    #[serde(default, deserialize_with = "list")]
    cidr_block_association_set: Vec<Association<'a>>,
    #[serde(default, deserialize_with = "list")]
    ipv6_cidr_block_association_set: Vec<Ipv6Association<'a>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Association<'a> {
    #[serde(borrow)]
    cidr_block: Option<Text<'a>>,
    cidr_block_state: Option<State<'a>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Ipv6Association<'a> {
    #[serde(borrow)]
    ipv6_cidr_block: Option<Text<'a>>,
    ipv6_cidr_block_state: Option<State<'a>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct State<'a> {
    #[serde(borrow)]
    state: Option<Text<'a>>,
}

impl Ipv6Association<'_> {
    pub(super) fn range(&self) -> Option<&str> {
        filled(self.ipv6_cidr_block.as_ref()).filter(|_| in_force(self.ipv6_cidr_block_state.as_ref()))
    }
}

fn in_force(state: Option<&State<'_>>) -> bool {
    state.and_then(|state| state.state.as_deref()).is_none_or(|state| state == "associated")
}

pub(super) fn add(raw: Raw<'_>, part: &mut Part) {
    let Some(id) = filled(raw.vpc_id.as_ref()) else { return part.nameless("Vpcs", "VpcId") };
    let associated = raw.cidr_block_association_set.iter();
    let associated =
        associated.filter(|a| in_force(a.cidr_block_state.as_ref())).filter_map(|a| a.cidr_block.as_deref());
    let ipv6 = raw.ipv6_cidr_block_association_set.iter().filter_map(Ipv6Association::range);
    let mut ranges = Vec::new();
    for text in raw.cidr_block.as_deref().into_iter().chain(associated).chain(ipv6) {
        match range(text) {
            Ok(range) => ranges.push(range),
            Err(why) => part.unreadable(id, why),
        }
    }
    ranges.sort();
    ranges.dedup();
    part.places.push((id.to_owned(), part.origin.account(raw.owner_id.as_deref()), part.origin.region.clone()));
    part.network.vpcs.push(Vpc { id: id.to_owned(), ranges });
}
