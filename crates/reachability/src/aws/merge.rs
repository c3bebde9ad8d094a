//! Joins what the documents said.

use std::collections::BTreeMap;

use inspector_model::network::{
    Edge, Firewall, Network, PeeringSide, SecurityGroup, SecurityGroupRule, UnmodelledEdge, UnreadableRecord,
    VpcPeering,
};

use super::Snapshot;
use super::balancing::Balancing;
use super::client_vpn::ClientVpn;
use super::part::{Elastic, Part, Way};
use super::public_access;
use super::transit::Transit;

pub(super) fn merge(parts: Vec<Part>) -> Snapshot {
    let mut all = Network::default();
    let (mut skipped, mut nested, mut elastic, mut ways) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut balancing = Balancing::default();
    let (mut blocks, mut places) = (Vec::new(), Vec::new());
    let (mut transit, mut client_vpn) = (Transit::default(), ClientVpn::default());
    for part in parts {
        let network = part.network;
        all.load_balancers.extend(network.load_balancers);
        all.target_groups.extend(network.target_groups);
        all.endpoint_services.extend(network.endpoint_services);
        balancing.extend(part.balancing);
        all.instances.extend(network.instances);
        all.interfaces.extend(network.interfaces);
        all.vpcs.extend(network.vpcs);
        all.subnets.extend(network.subnets);
        all.security_groups.extend(network.security_groups);
        all.network_acls.extend(network.network_acls);
        all.route_tables.extend(network.route_tables);
        all.internet_gateways.extend(network.internet_gateways);
        all.vpn_gateways.extend(network.vpn_gateways);
        all.vpn_connections.extend(network.vpn_connections);
        all.virtual_interfaces.extend(network.virtual_interfaces);
        all.direct_connect_associations.extend(network.direct_connect_associations);
        all.transit_gateways.extend(network.transit_gateways);
        all.client_vpn_endpoints.extend(network.client_vpn_endpoints);
        transit.extend(part.transit);
        client_vpn.extend(part.client_vpn);
        all.peerings.extend(network.peerings);
        all.prefix_lists.extend(network.prefix_lists);
        all.answered.extend(network.answered);
        all.failed.extend(network.failed);
        all.unreadable.extend(network.unreadable);
        all.vpc_endpoints.extend(network.vpc_endpoints);
        all.firewalls.extend(network.firewalls);
        all.firewall_policies.extend(network.firewall_policies);
        all.firewall_rule_groups.extend(network.firewall_rule_groups);
        all.public_access_exclusions.extend(network.public_access_exclusions);
        blocks.extend(part.blocks);
        places.extend(part.places);
        skipped.extend(part.skipped);
        nested.extend(part.nested);
        elastic.extend(part.elastic);
        ways.extend(part.ways);
    }
    complete(&mut all.peerings);
    let doubts = &mut all.unreadable;
    agreed(&mut all.security_groups, doubts);
    unique(&mut all.instances, |record| &record.id, doubts);
    unique(&mut all.interfaces, |record| &record.id, doubts);
    unique(&mut all.vpcs, |record| &record.id, doubts);
    unique(&mut all.subnets, |record| &record.id, doubts);
    unique(&mut all.security_groups, |record| &record.id, doubts);
    unique(&mut all.network_acls, |record| &record.id, doubts);
    unique(&mut all.route_tables, |record| &record.id, doubts);
    unique(&mut all.internet_gateways, |record| &record.id, doubts);
    unique(&mut all.vpn_gateways, |record| &record.id, doubts);
    unique(&mut all.vpn_connections, |record| &record.id, doubts);
    unique(&mut all.virtual_interfaces, |record| &record.id, doubts);
    unique(&mut all.direct_connect_associations, |record| &record.id, doubts);
    unique(&mut all.transit_gateways, |record| &record.id, doubts);
    unique(&mut all.client_vpn_endpoints, |record| &record.id, doubts);
    unique(&mut all.peerings, |record| &record.id, doubts);
    unique(&mut all.prefix_lists, |record| &record.id, doubts);
    unique(&mut all.load_balancers, |record| &record.id, doubts);
    unique(&mut all.target_groups, |record| &record.id, doubts);
    unique(&mut all.vpc_endpoints, |record| &record.id, doubts);
    // The answer about one firewall says more than the list of all.
    let named = |firewall: &Firewall, all: &[Firewall]| all.iter().any(|b| b.id == firewall.id && b.policy.is_some());
    let described = all.firewalls.clone();
    all.firewalls.retain(|firewall| firewall.policy.is_some() || !named(firewall, &described));
    unique(&mut all.firewalls, |record| &record.id, doubts);
    unique(&mut all.firewall_policies, |record| &record.id, doubts);
    unique(&mut all.firewall_rule_groups, |record| &record.id, doubts);
    unique(&mut all.public_access_exclusions, |record| &record.id, doubts);
    unique(&mut all.endpoint_services, |record| &record.id, doubts);
    contested(&all.network_acls, |acl| (&acl.id, &acl.subnets), doubts);
    contested(&all.route_tables, |table| (&table.id, &table.subnets), doubts);
    contested(&all.route_tables, |table| (&table.id, &table.gateways), doubts);
    contested(&all.internet_gateways, |gateway| (&gateway.id, &gateway.vpcs), doubts);
    contested(&all.vpn_gateways, |gateway| (&gateway.id, &gateway.vpcs), doubts);
    // An instance is the best witness of its own interfaces, also where two claim the same one.
    nested.sort_by(|a, b| (&a.id, &a.instance).cmp(&(&b.id, &b.instance)));
    nested.dedup();
    let known = std::mem::take(&mut all.interfaces);
    let unknown = |id: &str| known.binary_search_by(|interface| interface.id.as_str().cmp(id)).is_err();
    nested.retain(|interface| unknown(&interface.id));
    all.interfaces = known;
    all.interfaces.append(&mut nested);
    all.interfaces.sort_by(|a, b| a.id.cmp(&b.id));
    associate(&mut all, elastic);
    balancing.join(&mut all);
    public_access::join(blocks, &places, &mut all);
    transit.join(&mut all);
    client_vpn.join(&mut all);
    all.unmodelled_edges = edges(&all, ways);
    all.answered.sort();
    all.answered.dedup();
    all.failed.sort_by(|a, b| (&a.answer, &a.why).cmp(&(&b.answer, &b.why)));
    all.unreadable.sort();
    all.unreadable.dedup();
    skipped.sort();
    skipped.dedup();
    Snapshot { network: all, skipped }
}

/// Sorts by id and keeps the first of each. Two that disagree are in doubt: nobody knows which one holds.
fn unique<T: PartialEq>(records: &mut Vec<T>, id: fn(&T) -> &String, doubts: &mut Vec<UnreadableRecord>) {
    records.sort_by(|a, b| id(a).cmp(id(b)));
    records.dedup_by(|later, first| {
        let same = id(later) == id(first);
        if same && later != first {
            let why = format!("`{}` is described twice, and differently", id(first));
            doubts.push(UnreadableRecord { id: id(first).clone(), why });
        }
        same
    });
}

/// Of a group that is described twice, and differently, only rules that all descriptions have are certain.
fn agreed(groups: &mut [SecurityGroup], doubts: &mut Vec<UnreadableRecord>) {
    groups.sort_by(|a, b| a.id.cmp(&b.id));
    for same in groups.chunk_by_mut(|a, b| a.id == b.id) {
        let pairs = || same.iter().zip(same.iter().skip(1));
        let Some((first, _)) = pairs().find(|(a, b)| (&a.ingress, &a.egress) != (&b.ingress, &b.egress)) else {
            continue;
        };
        let why = format!("`{}` is described twice, and differently", first.id);
        doubts.push(UnreadableRecord { id: first.id.clone(), why });
        let told = same.to_vec();
        let few = |rules: &[SecurityGroupRule]| rules.len() <= MOST_COMPARED;
        for group in same {
            group.ingress.retain(|rule| told.iter().all(|told| few(&told.ingress) && told.ingress.contains(rule)));
            group.egress.retain(|rule| told.iter().all(|told| few(&told.egress) && told.egress.contains(rule)));
        }
    }
}

/// Rules of one group that are looked for among those of another: the work is their product.
const MOST_COMPARED: usize = 2048;

/// What only one record can have and two claim: nobody knows whose it is.
fn contested<T>(records: &[T], claims: impl Fn(&T) -> (&String, &Vec<String>), doubts: &mut Vec<UnreadableRecord>) {
    let mut owners: BTreeMap<&str, &str> = BTreeMap::new();
    for record in records {
        let (id, claimed) = claims(record);
        for claim in claimed {
            match owners.insert(claim, id) {
                Some(other) if other != id => {
                    for (one, rival) in [(id.as_str(), other), (other, id.as_str())] {
                        let why = format!("`{rival}` claims `{claim}` too");
                        doubts.push(UnreadableRecord { id: one.to_owned(), why });
                    }
                }
                Some(_) | None => {}
            }
        }
    }
}

/// Either side of a peering connection may know less of the other than that says of itself: what one account's answer leaves
/// out the other's fills in.
fn complete(peerings: &mut [VpcPeering]) {
    peerings.sort_by(|a, b| a.id.cmp(&b.id));
    for same in peerings.chunk_by_mut(|a, b| a.id == b.id) {
        let told: Vec<PeeringSide> = same.iter().flat_map(|peering| peering.sides.clone()).collect();
        for peering in same {
            for side in &mut peering.sides {
                let of_side = told.iter().filter(|other| other.vpc == side.vpc);
                if side.ranges.is_empty() {
                    side.ranges = of_side.clone().map(|other| other.ranges.clone()).max().unwrap_or_default();
                }
                side.region = side.region.take().or_else(|| of_side.filter_map(|other| other.region.clone()).max());
            }
        }
    }
}

/// An Elastic address stands for a private one also where the interface does not say so.
fn associate(network: &mut Network, elastic: Vec<Elastic>) {
    for Elastic { interface, private, public } in elastic {
        let Ok(at) = network.interfaces.binary_search_by(|known| known.id.cmp(&interface)) else { continue };
        let Some(interface) = network.interfaces.get_mut(at) else { continue };
        let address = interface.addresses.iter_mut().find(|address| address.address == private);
        if let Some(address) = address.filter(|address| address.public.is_none()) {
            address.public = Some(public);
        }
    }
}

/// Every way in once, with all its VPCs: from the components' own answers and from routes that lead to one.
fn edges(network: &Network, mut ways: Vec<Way>) -> Vec<UnmodelledEdge> {
    for table in &network.route_tables {
        for route in &table.routes {
            let known = network.peerings.iter().any(|peering| peering.id == route.target)
                || network.vpn_gateways.iter().any(|gateway| gateway.id == route.target);
            if let Some(edge) = edge_of_target(&route.target).filter(|_| !known) {
                let (via, vpcs) = (route.target.clone(), vec![table.vpc.clone()]);
                ways.push(Way { edge, via, vpcs, through: Vec::new() });
            }
        }
    }
    ways.extend(refused(network));
    let mut vpcs_of: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for gateway in &network.vpn_gateways {
        vpcs_of.entry(gateway.id.clone()).or_default().extend(gateway.vpcs.iter().cloned());
    }
    for way in &ways {
        vpcs_of.entry(way.via.clone()).or_default().extend(way.vpcs.iter().cloned());
    }
    let mut joined: BTreeMap<(Edge, String), Vec<String>> = BTreeMap::new();
    for way in ways {
        let behind = way.through.iter().filter_map(|gateway| vpcs_of.get(gateway)).flatten().cloned();
        let vpcs: Vec<String> = way.vpcs.iter().cloned().chain(behind).collect();
        joined.entry((way.edge, way.via)).or_default().extend(vpcs);
    }
    joined
        .into_iter()
        .map(|((edge, via), mut vpcs)| {
            vpcs.sort();
            vpcs.dedup();
            UnmodelledEdge { edge, via, vpcs }
        })
        .filter(|edge| !edge.vpcs.is_empty())
        .collect()
}

/// Answers that describe ways in. Where one was refused, there may be such a way into every VPC.
const EDGE_ANSWERS: [(&str, Edge); 10] = [
    ("ClientVpnEndpoints", Edge::ClientVPN),
    ("DirectConnectGatewayAssociations", Edge::DirectConnect),
    ("LoadBalancerDescriptions", Edge::LoadBalancer),
    ("LoadBalancers", Edge::LoadBalancer),
    ("ServiceConfigurations", Edge::EndpointService),
    ("TransitGatewayAttachments", Edge::TransitGateway),
    ("TransitGatewayVpcAttachments", Edge::TransitGateway),
    ("VirtualInterfaces", Edge::DirectConnect),
    ("VpcPeeringConnections", Edge::PeeredVPC),
    ("VpnGateways", Edge::VGW),
];

fn refused(network: &Network) -> impl Iterator<Item = Way> + use<'_> {
    let answers = EDGE_ANSWERS.iter().filter(|(answer, _)| network.failure(answer).is_some());
    answers.map(|(answer, edge)| {
        let vpcs = network.interfaces.iter().map(|interface| &interface.vpc);
        let vpcs = vpcs.chain(network.vpcs.iter().map(|vpc| &vpc.id)).cloned().collect();
        Way { edge: *edge, via: (*answer).to_owned(), vpcs, through: Vec::new() }
    })
}

/// What a route's target says about a way in: packets come from where packets go.
fn edge_of_target(target: &str) -> Option<Edge> {
    match target.split_once('-')?.0 {
        "pcx" => Some(Edge::PeeredVPC),
        "vgw" => Some(Edge::VGW),
        _ => None,
    }
}
