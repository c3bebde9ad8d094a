//! VPC endpoints (`DescribeVpcEndpoints`).

use inspector_model::network::VpcEndpoint;
use serde::Deserialize;

use super::load_balancer::sorted;
use super::part::Part;
use super::raw::{Text, filled, list};

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Raw<'a> {
    #[serde(borrow)]
    vpc_endpoint_id: Option<Text<'a>>,
    vpc_endpoint_type: Option<Text<'a>>,
    vpc_id: Option<Text<'a>>,
    service_name: Option<Text<'a>>,
    state: Option<Text<'a>>,
    #[serde(default, deserialize_with = "list")]
    subnet_ids: Vec<Text<'a>>,
}

pub(super) fn add(raw: Raw<'_>, part: &mut Part) {
    let Some(id) = filled(raw.vpc_endpoint_id.as_ref()) else { return part.nameless("VpcEndpoints", "VpcEndpointId") };
    part.network.vpc_endpoints.push(VpcEndpoint {
        id: id.to_owned(),
        kind: raw.vpc_endpoint_type.map(Text::owned),
        vpc: raw.vpc_id.map(Text::owned).unwrap_or_default(),
        subnets: sorted(raw.subnet_ids),
        service: raw.service_name.map(Text::owned),
        state: raw.state.map(Text::owned),
    });
}
