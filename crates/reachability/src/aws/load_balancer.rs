//! Load balancers of both generations and the endpoint services before them: known, not yet followed.

use inspector_model::network::Edge;
use serde::Deserialize;

use super::part::{Part, Way};
use super::raw::{Text, filled, list};

/// `DescribeLoadBalancers` of the second generation.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Raw<'a> {
    #[serde(borrow)]
    load_balancer_arn: Option<Text<'a>>,
    load_balancer_name: Option<Text<'a>>,
    vpc_id: Option<Text<'a>>,
}

/// `DescribeLoadBalancers` of the first generation.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Classic<'a> {
    #[serde(borrow)]
    load_balancer_name: Option<Text<'a>>,
    #[serde(rename = "VPCId")]
    vpc_id: Option<Text<'a>>,
}

/// `DescribeVpcEndpointServiceConfigurations`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct EndpointService<'a> {
    #[serde(borrow)]
    service_id: Option<Text<'a>>,
    #[serde(default, deserialize_with = "list")]
    network_load_balancer_arns: Vec<Text<'a>>,
    #[serde(default, deserialize_with = "list")]
    gateway_load_balancer_arns: Vec<Text<'a>>,
}

pub(super) fn add(raw: Raw<'_>, part: &mut Part) {
    let id = filled(raw.load_balancer_arn.as_ref()).or_else(|| filled(raw.load_balancer_name.as_ref()));
    let Some(id) = id else { return part.nameless("LoadBalancers", "LoadBalancerArn") };
    way(id, raw.vpc_id.as_ref(), part);
}

pub(super) fn add_classic(raw: Classic<'_>, part: &mut Part) {
    let Some(id) = filled(raw.load_balancer_name.as_ref()) else {
        return part.nameless("LoadBalancerDescriptions", "LoadBalancerName");
    };
    way(id, raw.vpc_id.as_ref(), part);
}

fn way(via: &str, vpc: Option<&Text<'_>>, part: &mut Part) {
    let vpcs = filled(vpc).map(str::to_owned).into_iter().collect();
    part.ways.push(Way { edge: Edge::LoadBalancer, via: via.to_owned(), vpcs, through: Vec::new() });
}

pub(super) fn add_endpoint_service(raw: EndpointService<'_>, part: &mut Part) {
    let Some(id) = filled(raw.service_id.as_ref()) else { return part.nameless("ServiceConfigurations", "ServiceId") };
    let balancers = raw.network_load_balancer_arns.into_iter().chain(raw.gateway_load_balancer_arns);
    let through = balancers.map(Text::owned).collect();
    part.ways.push(Way { edge: Edge::EndpointService, via: id.to_owned(), vpcs: Vec::new(), through });
}
