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

/// Transit gateways, from other VPCs. The original did not look at them: the words are ours, in its form.
pub const TRANSIT_GATEWAY: Route = Route {
    port_rule: "a Transit Gateway",
    source: "a Transit Gateway",
    kind: "TransitGateway",
    component: "Transit Gateway",
    aggregate_component: "Transit Gateway",
    attribute: "TGW",
    internet: false,
};

/// VPN connections and GRE tunnels that end at a transit gateway. The words are ours.
pub const VPN: Route =
    Route { port_rule: "a VPN connection", source: "a VPN connection", kind: "VPN", ..TRANSIT_GATEWAY };

/// Direct Connect, which ends at a virtual private gateway. The original looked at it, and no finding of it is known: the
/// words are ours.
pub const DIRECT_CONNECT: Route =
    Route { port_rule: "Direct Connect", source: "Direct Connect", kind: "DirectConnect", ..VPN_GATEWAY };

/// Direct Connect, which ends at a transit gateway.
pub const DIRECT_CONNECT_AT_TRANSIT_GATEWAY: Route = Route {
    component: TRANSIT_GATEWAY.component,
    aggregate_component: TRANSIT_GATEWAY.aggregate_component,
    attribute: TRANSIT_GATEWAY.attribute,
    ..DIRECT_CONNECT
};

/// Client VPN endpoints. The original did not look at them: the words are ours, in its form.
pub const CLIENT_VPN: Route = Route {
    port_rule: "a Client VPN endpoint",
    source: "a Client VPN endpoint",
    kind: "ClientVPN",
    component: "Client VPN Endpoint",
    aggregate_component: "Client VPN Endpoint",
    attribute: "CLIENT_VPN_ENDPOINT",
    internet: false,
};

/// The words for an edge through the component `via`; none for packets from inside the VPC, which are no finding.
pub fn of(edge: Edge, via: Option<&str>) -> Option<Route> {
    match edge {
        Edge::Internet | Edge::LoadBalancer => Some(INTERNET),
        Edge::PeeredVPC => Some(PEERED_VPC),
        Edge::VGW => Some(VPN_GATEWAY),
        Edge::EndpointService => Some(ENDPOINT_SERVICE),
        Edge::TransitGateway => Some(TRANSIT_GATEWAY),
        Edge::VPN => Some(VPN),
        Edge::DirectConnect if via.is_some_and(|via| via.starts_with("tgw-")) => {
            Some(DIRECT_CONNECT_AT_TRANSIT_GATEWAY)
        }
        Edge::DirectConnect => Some(DIRECT_CONNECT),
        Edge::ClientVPN => Some(CLIENT_VPN),
        Edge::IntraVPC => None,
    }
}
