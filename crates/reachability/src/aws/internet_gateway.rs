//! Internet gateways (`DescribeInternetGateways`).

use inspector_model::network::InternetGateway;
use serde::Deserialize;

use super::part::Part;
use super::raw::{Text, filled, list};

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Raw<'a> {
    #[serde(borrow)]
    internet_gateway_id: Option<Text<'a>>,
    #[serde(default, deserialize_with = "list")]
    attachments: Vec<Attachment<'a>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Attachment<'a> {
    #[serde(borrow)]
    vpc_id: Option<Text<'a>>,
    state: Option<Text<'a>>,
}

pub(super) fn add(raw: Raw<'_>, part: &mut Part) {
    let Some(id) = filled(raw.internet_gateway_id.as_ref()) else {
        return part.nameless("InternetGateways", "InternetGatewayId");
    };
    let mut vpcs: Vec<String> = raw
        .attachments
        .iter()
        .filter(|attachment| attachment.state.as_deref().is_none_or(|state| matches!(state, "available" | "attached")))
        .filter_map(|attachment| filled(attachment.vpc_id.as_ref()).map(str::to_owned))
        .collect();
    vpcs.sort();
    part.network.internet_gateways.push(InternetGateway { id: id.to_owned(), vpcs });
}
