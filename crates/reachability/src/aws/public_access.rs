//! VPC Block Public Access (`DescribeVpcBlockPublicAccessOptions`, `DescribeVpcBlockPublicAccessExclusions`).

use inspector_model::arn::{AccountId, Region};
use inspector_model::network::{Network, PublicAccessBlock, PublicAccessExclusion};
use serde::Deserialize;
use serde::de::MapAccess;

use super::part::Part;
use super::raw::{Text, filled};

/// A block, with the account and Region that it holds for.
#[derive(Debug)]
pub(super) struct Block {
    mode: String,
    account: Option<AccountId>,
    region: Option<Region>,
}

/// A VPC with its account and Region.
pub(super) type Place = (String, Option<AccountId>, Option<Region>);

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Options<'a> {
    #[serde(borrow)]
    aws_account_id: Option<Text<'a>>,
    aws_region: Option<Text<'a>>,
    internet_gateway_block_mode: Option<Text<'a>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct RawExclusion<'a> {
    #[serde(borrow)]
    exclusion_id: Option<Text<'a>>,
    internet_gateway_exclusion_mode: Option<Text<'a>>,
    resource_arn: Option<Text<'a>>,
    state: Option<Text<'a>>,
}

/// One object, not a list.
pub(super) fn read_options<'de, M: MapAccess<'de>>(map: &mut M, part: &mut Part) -> Result<(), M::Error> {
    let Some(options) = map.next_value::<Option<Options<'de>>>()? else { return Ok(()) };
    part.answered("VpcBlockPublicAccessOptions");
    let Some(mode) = filled(options.internet_gateway_block_mode.as_ref()) else {
        part.nameless("VpcBlockPublicAccessOptions", "InternetGatewayBlockMode");
        return Ok(());
    };
    if mode != "off" {
        let region = options.aws_region.as_deref().and_then(|region| region.parse().ok());
        part.blocks.push(Block {
            mode: mode.to_owned(),
            account: part.origin.account(options.aws_account_id.as_deref()),
            region: part.origin.region.clone().or(region),
        });
    }
    Ok(())
}

pub(super) fn add_exclusion(raw: RawExclusion<'_>, part: &mut Part) {
    let answer = "VpcBlockPublicAccessExclusions";
    let Some(id) = filled(raw.exclusion_id.as_ref()) else { return part.nameless(answer, "ExclusionId") };
    let resource = raw.resource_arn.as_deref().and_then(|arn| arn.rsplit_once('/')).map(|(_, id)| id.to_owned());
    let mode = filled(raw.internet_gateway_exclusion_mode.as_ref());
    let (Some(resource), Some(mode)) = (resource, mode) else { return part.nameless(answer, "ResourceArn") };
    let state = raw.state.as_deref().map(str::to_owned);
    let (id, mode) = (id.to_owned(), mode.to_owned());
    part.network.public_access_exclusions.push(PublicAccessExclusion { id, resource, mode, state });
}

/// Which VPCs each block holds for. One that does not say its account or Region holds for all of them.
pub(super) fn join(blocks: Vec<Block>, places: &[Place], network: &mut Network) {
    for block in blocks {
        let same = |place: &&Place| {
            let account = block.account.as_ref().zip(place.1.as_ref()).is_none_or(|(ours, theirs)| ours == theirs);
            account && block.region.as_ref().zip(place.2.as_ref()).is_none_or(|(ours, theirs)| ours == theirs)
        };
        let mut vpcs: Vec<String> = places.iter().filter(same).map(|(vpc, ..)| vpc.clone()).collect();
        vpcs.sort();
        vpcs.dedup();
        network.public_access_blocks.push(PublicAccessBlock { mode: block.mode, vpcs });
    }
    network.public_access_blocks.sort();
    network.public_access_blocks.dedup();
}
