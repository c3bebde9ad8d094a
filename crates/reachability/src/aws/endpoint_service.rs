//! PrivateLink services and their consumers (`DescribeVpcEndpointServiceConfigurations`,
//! `DescribeVpcEndpointConnections`).

use inspector_model::network::{ConsumerConnection, EndpointService};
use serde::Deserialize;

use super::load_balancer::sorted;
use super::part::Part;
use super::raw::{Text, filled, list};

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Raw<'a> {
    #[serde(borrow)]
    service_id: Option<Text<'a>>,
    service_state: Option<Text<'a>>,
    #[serde(default, deserialize_with = "list")]
    network_load_balancer_arns: Vec<Text<'a>>,
    #[serde(default, deserialize_with = "list")]
    gateway_load_balancer_arns: Vec<Text<'a>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct RawConnection<'a> {
    #[serde(borrow)]
    service_id: Option<Text<'a>>,
    vpc_endpoint_id: Option<Text<'a>>,
    vpc_endpoint_state: Option<Text<'a>>,
}

pub(super) fn add(raw: Raw<'_>, part: &mut Part) {
    let Some(id) = filled(raw.service_id.as_ref()) else { return part.nameless("ServiceConfigurations", "ServiceId") };
    part.network.endpoint_services.push(EndpointService {
        id: id.to_owned(),
        state: raw.service_state.as_ref().map(|state| state.to_string()),
        load_balancers: sorted(raw.network_load_balancer_arns.into_iter().chain(raw.gateway_load_balancer_arns)),
        connections: None,
    });
}

pub(super) fn add_connection(raw: RawConnection<'_>, part: &mut Part) {
    let Some(id) = filled(raw.service_id.as_ref()) else {
        return part.nameless("VpcEndpointConnections", "ServiceId");
    };
    let endpoint = filled(raw.vpc_endpoint_id.as_ref()).unwrap_or_default().to_owned();
    let state = filled(raw.vpc_endpoint_state.as_ref()).unwrap_or_default().to_owned();
    part.balancing.connections.push((id.to_owned(), ConsumerConnection { endpoint, state }));
}
