//! How the original words each way in.

use inspector_model::network::Edge;

/// One way in, worded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Route {
    /// Behind "reachable from" in the ids of port findings.
    pub port_rule: &'static str,
    /// Behind "from" everywhere else.
    pub source: &'static str,
    /// `REACHABILITY_TYPE`.
    pub kind: &'static str,
    /// What a port finding writes before the component's id.
    pub component: &'static str,
    /// What an aggregate finding writes before it.
    pub aggregate_component: &'static str,
    /// The attribute that holds the component's id.
    pub attribute: &'static str,
    /// Whether severities are those of the internet.
    pub internet: bool,
}

/// Internet gateways.
pub const INTERNET: Route = Route {
    port_rule: "internet",
    source: "the internet",
    kind: "Internet",
    component: "IGW",
    aggregate_component: "Internet Gateway",
    attribute: "IGW",
    internet: true,
};

/// VPC peering connections.
pub const PEERED_VPC: Route = Route {
    port_rule: "a Peered VPC",
    source: "a Peered VPC",
    kind: "PeeredVpc",
    component: "VPC Peering Connection",
    aggregate_component: "VPC Peering Connection",
    attribute: "PCX",
    internet: false,
};

/// Virtual private gateways. No finding of the original over one is known word for word: these words are ours.
pub const VPN_GATEWAY: Route = Route {
    port_rule: "a VGW",
    source: "a VGW",
    kind: "VGW",
    component: "VGW",
    aggregate_component: "Virtual Private Gateway",
    attribute: "VGW",
    internet: false,
};

/// PrivateLink services. The original did not look at them: the words are ours, in its form.
pub const ENDPOINT_SERVICE: Route = Route {
    port_rule: "an Endpoint Service",
    source: "an Endpoint Service",
    kind: "EndpointService",
    component: "VPC Endpoint Service",
    aggregate_component: "VPC Endpoint Service",
    attribute: "VPCE_SERVICE",
    internet: false,
};

/// The words for an edge, where there are any yet.
pub const fn of(edge: Edge) -> Option<Route> {
    match edge {
        Edge::Internet | Edge::LoadBalancer => Some(INTERNET),
        Edge::PeeredVPC => Some(PEERED_VPC),
        Edge::VGW => Some(VPN_GATEWAY),
        Edge::EndpointService => Some(ENDPOINT_SERVICE),
        Edge::DirectConnect | Edge::VPN | Edge::TransitGateway | Edge::ClientVPN | Edge::IntraVPC => None,
    }
}
