//! AWS answers in AWS CLI JSON, read into a neutral [`Network`].
//!
//! A snapshot is any number of documents. Each is one JSON object whose top-level keys are those of the AWS answers
//! (`Vpcs`, `SecurityGroups`, …); answers of the same key are joined and duplicates by id are dropped. Also understood:
//! keys in other cases (`network_acls`), instances outside reservations, and nulls for absent fields.
//!
//! What is read is bounded: documents by [`MAX_DOCUMENT_BYTES`]; nesting costs no stack, because records have a fixed
//! shape and everything else is skipped without recursion.

mod balancing;
mod document;
mod merge;
mod origin;
mod part;
mod pieces;
mod raw;
mod stream;
mod traffic;
mod transit;

mod address;
mod classic_balancer;
mod client_vpn;
mod direct_connect;
mod endpoint_service;
mod errors;
mod firewall_rules;
mod instance;
mod internet_gateway;
mod listener;
mod load_balancer;
mod network_acl;
mod network_firewall;
mod network_interface;
mod peering;
mod prefix_list;
mod public_access;
mod route_table;
mod security_group;
mod subnet;
mod target_group;
mod transit_gateway;
mod transit_route_table;
mod vpc;
mod vpc_endpoint;
mod vpn;

#[cfg(test)]
mod tests;

use std::sync::atomic::{AtomicUsize, Ordering};

use inspector_model::network::Network;
use serde::de::MapAccess;

use document::{records, records_of_many};
use part::Part;
pub(crate) use traffic::traffic;

/// The largest document that is read, in bytes.
pub const MAX_DOCUMENT_BYTES: usize = 2 << 30;

/// AWS answers that belong to a snapshot and that no verdict rests on: what they describe is either known from a route's
/// target or answered as not assessed under its load balancer or gateway.
const KNOWN_AND_UNUSED: &[&str] = &[
    "AvailabilityZones",
    "CustomerGateways",
    "DirectConnectConnections",
    "DirectConnectGatewayAttachments",
    "DirectConnectGateways",
    "EgressOnlyInternetGateways",
    "FirewallNames",
    "LoadBalancerInstanceHealth",
    "NatGateways",
    "NextToken",
    "SecurityGroupRules",
    "SecurityGroupVpcAssociations",
    "UpdateToken",
    "VirtualGateways",
    "VpcEndpointServicePermissions",
];

/// Bytes below which a second worker is not worth its start.
const SHARE: usize = 1 << 20;

/// Bytes of the pieces that streamed documents are cut into.
const PIECE: usize = 4 << 20;

/// One document of a snapshot.
#[derive(Debug, Clone, Copy)]
pub struct Document<'a> {
    /// Its path inside the snapshot, with `/` between folders: names of accounts and Regions are taken from it.
    pub path: &'a str,
    /// Its content.
    pub bytes: &'a [u8],
}

/// A document that is read as it is needed, so that memory never holds all of it.
pub struct Source<'a> {
    /// As [`Document::path`].
    pub path: String,
    /// Gives the content. Asked from one thread at a time.
    pub content: Box<dyn std::io::Read + Send + 'a>,
}

/// What the documents said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Snapshot {
    /// The network.
    pub network: Network,
    /// What was skipped because it is no AWS answer, one line each.
    pub skipped: Vec<String>,
}

/// A document that cannot be used. Nothing of the snapshot is read then.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// The place that it comes from failed.
    #[error("cannot read `{path}`: {why}")]
    Unreadable {
        /// The document.
        path: String,
        /// What the place says.
        why: String,
    },
    /// Too large.
    #[error("cannot read `{path}`: larger than {MAX_DOCUMENT_BYTES} bytes")]
    TooLarge {
        /// The document.
        path: String,
    },
    /// No JSON.
    #[error("cannot read `{path}`: not JSON: {why}")]
    NotJson {
        /// The document.
        path: String,
        /// What the JSON reader says, with line and column.
        why: String,
    },
    /// JSON of another shape than AWS answers have.
    #[error("cannot read `{object}` in `{path}`: {why}")]
    Shape {
        /// The document.
        path: String,
        /// The record, by answer and position from zero.
        object: String,
        /// What the JSON reader says, with line and column.
        why: String,
    },
}

/// Reads a snapshot. The order of the documents does not matter.
///
/// # Errors
///
/// The first document, by path, that is broken.
pub fn read<'a>(documents: impl IntoIterator<Item = Document<'a>>) -> Result<Snapshot, ReadError> {
    let mut documents: Vec<Document<'_>> = documents.into_iter().collect();
    documents.sort_by_key(|document| document.path);
    Ok(merge::merge(parts(&documents)?))
}

/// Reads a snapshot of documents of any size, piece by piece on all cores. It is the one that [`read`] makes of the same
/// documents; where the record of a large document is broken, its number is told, not its line.
///
/// # Errors
///
/// The first document, by path, that is broken.
pub fn read_streamed<'a>(sources: impl IntoIterator<Item = Source<'a>>) -> Result<Snapshot, ReadError> {
    let mut sources: Vec<Source<'_>> = sources.into_iter().collect();
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(merge::merge(pieces::read(sources, PIECE)?))
}

/// Reads the documents on all cores, the largest first; the result is in their order.
fn parts(documents: &[Document<'_>]) -> Result<Vec<Part>, ReadError> {
    let mut order: Vec<(usize, &Document<'_>)> = documents.iter().enumerate().collect();
    order.sort_by_key(|(_, document)| std::cmp::Reverse(document.bytes.len()));
    let whole: usize = documents.iter().map(|document| document.bytes.len()).sum();
    let workers = std::thread::available_parallelism().map_or(1, usize::from).min(whole.div_ceil(SHARE)).max(1);
    let next = AtomicUsize::new(0);
    let work = || {
        let turns = std::iter::from_fn(|| order.get(next.fetch_add(1, Ordering::Relaxed)));
        turns.map(|(at, document)| (*at, document::read(document))).collect::<Vec<_>>()
    };
    let mut parts = if workers == 1 {
        work()
    } else {
        std::thread::scope(|scope| {
            let workers: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
            let join = |worker: std::thread::ScopedJoinHandle<'_, Vec<_>>| {
                worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
            };
            workers.into_iter().flat_map(join).collect()
        })
    };
    parts.sort_by_key(|(at, _)| *at);
    parts.into_iter().map(|(_, part)| part).collect()
}

/// The AWS answers that are read, by top-level key. Adding one costs its file and a line here and above.
fn read_answer<'de, M: MapAccess<'de>>(key: &str, map: &mut M, part: &mut Part) -> Result<(), M::Error> {
    match key {
        "Addresses" => records("Addresses", map, part, address::add),
        "AuthorizationRules" => records("AuthorizationRules", map, part, client_vpn::add_authorization),
        "ClientVpnEndpoints" => records("ClientVpnEndpoints", map, part, client_vpn::add),
        "ClientVpnRoutes" => records("ClientVpnRoutes", map, part, client_vpn::add_route),
        "ClientVpnTargetNetworks" => records("ClientVpnTargetNetworks", map, part, client_vpn::add_target),
        "DirectConnectGatewayAssociations" => {
            records("DirectConnectGatewayAssociations", map, part, direct_connect::add_association)
        }
        "Errors" => records("Errors", map, part, errors::add),
        "Firewall"
        | "FirewallStatus"
        | "FirewallPolicy"
        | "FirewallPolicyResponse"
        | "RuleGroup"
        | "RuleGroupResponse" => network_firewall::read(key, map, part),
        "FirewallPolicies" => records("FirewallPolicies", map, part, network_firewall::add_policy),
        "Firewalls" => records("Firewalls", map, part, network_firewall::add),
        "Instances" => records("Reservations", map, part, instance::add),
        "InternetGateways" => records("InternetGateways", map, part, internet_gateway::add),
        "Listeners" | "LoadBalancerListeners" => records("Listeners", map, part, listener::add),
        "LoadBalancerAttributes" => records_of_many("LoadBalancerAttributes", map, part, load_balancer::add_attributes),
        "LoadBalancerDescriptions" => records("LoadBalancerDescriptions", map, part, classic_balancer::add),
        "LoadBalancerTargetHealth" => records("TargetHealthDescriptions", map, part, target_group::add_health),
        "LoadBalancers" => records("LoadBalancers", map, part, load_balancer::add),
        "ManagedPrefixListEntries" => records("PrefixLists", map, part, prefix_list::add),
        "NetworkAcls" => records("NetworkAcls", map, part, network_acl::add),
        "NetworkInterfaces" => records("NetworkInterfaces", map, part, network_interface::add),
        "PrefixLists" => records("PrefixLists", map, part, prefix_list::add),
        "Reservations" => records("Reservations", map, part, instance::add_reservation),
        "Routes" => records("Routes", map, part, client_vpn::add_route),
        "RouteTables" => records("RouteTables", map, part, route_table::add),
        "RuleGroups" => records("RuleGroups", map, part, firewall_rules::add),
        "Rules" | "ListenerRules" => records("Rules", map, part, listener::add_rule),
        "SecurityGroups" => records("SecurityGroups", map, part, security_group::add),
        "ServiceConfigurations" => records("ServiceConfigurations", map, part, endpoint_service::add),
        "Subnets" => records("Subnets", map, part, subnet::add),
        "TargetGroupAttributes" => records("TargetGroupAttributes", map, part, target_group::add_attributes),
        "TargetGroups" => records("TargetGroups", map, part, target_group::add),
        "TransitGatewayAttachments" => records("TransitGatewayAttachments", map, part, transit_gateway::add),
        "TransitGatewayConnects" => records("TransitGatewayConnects", map, part, transit_gateway::add_connect),
        "TransitGatewayPeeringAttachments" => {
            records("TransitGatewayPeeringAttachments", map, part, transit_gateway::add_peering)
        }
        "TransitGatewayPrefixListReferences" => {
            records("TransitGatewayPrefixListReferences", map, part, transit_route_table::add_reference)
        }
        "TransitGatewayPropagations" => {
            records_of_many("TransitGatewayPropagations", map, part, transit_route_table::add_propagations)
        }
        "TransitGatewayRoutes" => {
            records_of_many("TransitGatewayRoutes", map, part, transit_route_table::add_all_routes)
        }
        "TransitGatewayRouteTables" => records("TransitGatewayRouteTables", map, part, transit_route_table::add),
        "TransitGatewayStaticRoutes" => {
            records_of_many("TransitGatewayStaticRoutes", map, part, transit_route_table::add_static_routes)
        }
        "TransitGateways" => records("TransitGateways", map, part, transit_gateway::add_gateway),
        "TransitGatewayVpcAttachments" => records("TransitGatewayVpcAttachments", map, part, transit_gateway::add_vpc),
        "VirtualInterfaces" => records("VirtualInterfaces", map, part, direct_connect::add_virtual_interface),
        "VpcBlockPublicAccessExclusions" => {
            records("VpcBlockPublicAccessExclusions", map, part, public_access::add_exclusion)
        }
        "VpcBlockPublicAccessOptions" => public_access::read_options(map, part),
        "VpcEndpointConnections" => records("VpcEndpointConnections", map, part, endpoint_service::add_connection),
        "VpcEndpoints" => records("VpcEndpoints", map, part, vpc_endpoint::add),
        "VpcPeeringConnections" => records("VpcPeeringConnections", map, part, peering::add),
        "Vpcs" => records("Vpcs", map, part, vpc::add),
        "VpnConnections" => records("VpnConnections", map, part, vpn::add_connection),
        "VpnGateways" => records("VpnGateways", map, part, vpn::add_gateway),
        other => map.next_value::<serde::de::IgnoredAny>().map(|_| {
            if !KNOWN_AND_UNUSED.contains(&other) {
                part.ignored(other);
            }
        }),
    }
}
