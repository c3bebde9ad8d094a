//! Facts into findings.

use std::collections::BTreeMap;

use inspector_model::host::{HostFacts, Transport};
use inspector_model::network::Edge;
use inspector_model::{Attribute, Finding, PackageKey, Proof, Severity};
use inspector_reachability::fact::{Fact, Opening};
use inspector_reachability::index::Index;
use inspector_reachability::interval::IntervalSet;
use inspector_reachability::protocol::Protocol;
use inspector_reachability::prove;

use super::listeners::Listeners;
use super::ports::{self, UNRECOGNIZED};
use super::route::{self, Route};
use super::text::{self, Exposure, Listening, Place, Port};

/// The longest attribute value of the API, in characters.
pub(super) const MAX_VALUE: usize = 256;
/// What stands where a component could not be told.
const UNKNOWN: &str = "unknown";

/// What one security group lets through to one interface.
#[derive(Default)]
struct Opened<'f> {
    tcp: Vec<(&'f Fact, &'f Opening)>,
    udp: Vec<(&'f Fact, &'f Opening)>,
}

/// What findings are told apart by: interface, security group, component, load balancer.
type Key<'f> = (&'f str, &'f str, Option<&'f str>, Option<&'f str>);

/// The findings of one instance and edge.
pub(super) fn of_edge(index: &Index<'_>, edge: Edge, facts: &[&Fact], host: Option<&HostFacts>) -> Vec<Finding> {
    let mut opened: BTreeMap<Key<'_>, Opened<'_>> = BTreeMap::new();
    for fact in facts {
        for opening in &fact.openings {
            let balancer = fact.balancer_dns.as_deref();
            let opened = opened.entry((&fact.eni, &opening.group, fact.via.as_deref(), balancer)).or_default();
            match fact.protocol {
                Protocol::Tcp => opened.tcp.push((fact, opening)),
                Protocol::Udp => opened.udp.push((fact, opening)),
                Protocol::IcmpEcho | Protocol::Other(_) => {}
            }
        }
    }
    let worded = opened.iter().filter_map(|((_, group, via, _), opened)| Some((route::of(edge, *via)?, group, opened)));
    worded.flat_map(|(route, group, opened)| of_group(index, route, group, opened, host)).collect()
}

fn of_group(
    index: &Index<'_>,
    route: Route,
    group: &str,
    opened: &Opened<'_>,
    host: Option<&HostFacts>,
) -> Vec<Finding> {
    let Some((fact, _)) = opened.tcp.first().or(opened.udp.first()) else { return Vec::new() };
    let Some(interface) = index.interface(&fact.eni, &fact.instance) else { return Vec::new() };
    let place = Place {
        instance: &fact.instance,
        vpc: &interface.vpc,
        eni: &fact.eni,
        acl: index.acl(&interface.subnet).map_or(UNKNOWN, |acl| &acl.id),
        group,
        via: component(fact).unwrap_or(UNKNOWN),
        peer: peer(index, fact, &interface.vpc),
        balancer: fact.balancer_dns.as_deref().map(|name| (balancer_attribute(fact), name)),
        route,
    };
    let listeners = Listeners::of(host, interface);
    let mut findings = Vec::new();
    for (transport, openings) in [(Transport::Tcp, &opened.tcp), (Transport::Udp, &opened.udp)] {
        let reachable = ports_of(openings);
        let mut worth: Vec<u16> = ports::all(transport).chain(listeners.ports(transport)).collect();
        worth.sort_unstable();
        worth.dedup();
        for port in worth.into_iter().filter(|port| reachable.contains(*port)) {
            let service = ports::recognized(transport, port);
            let port = Port {
                transport,
                port,
                service: service.map(|service| service.name),
                listening: listeners.at(transport, port),
            };
            let proof = proof(index, openings, port.port);
            findings.extend(proof.map(|proof| of_port(&place, &port, severity(&port, route), proof)));
        }
    }
    let first = opened.tcp.first().map(|_| &opened.tcp).unwrap_or(&opened.udp);
    let lowest = ports_of(first).first();
    let proof = lowest.and_then(|lowest| proof(index, first, lowest));
    findings.extend(proof.map(|proof| aggregate(&place, opened, proof)));
    findings
}

/// The component that findings name: of a load balancer's path, as the original did, the internet gateway before it.
fn component(fact: &Fact) -> Option<&str> {
    if fact.edge == Edge::LoadBalancer { fact.gateway.as_deref() } else { fact.via.as_deref() }
}

/// The original wrote `ELB2` for load balancers of the second generation, whose DNS names it gave. No real finding
/// through a Classic one is known; `ELB` follows its own exclusion's name.
const fn balancer_attribute(fact: &Fact) -> &'static str {
    if fact.classic_balancer { "ELB" } else { "ELB2" }
}

fn ports_of(openings: &[(&Fact, &Opening)]) -> IntervalSet<u16> {
    IntervalSet::of(openings.iter().map(|(_, opening)| opening.ports).collect())
}

fn proof(index: &Index<'_>, openings: &[(&Fact, &Opening)], port: u16) -> Option<Proof> {
    let (fact, opening) = openings.iter().find(|(_, opening)| opening.ports.0 <= port && port <= opening.ports.1)?;
    prove::proof(index, fact, opening, port).map(|proof| Proof::Network(Box::new(proof)))
}

pub(super) fn severity(port: &Port<'_>, route: Route) -> Severity {
    let (internet, elsewhere) = match (ports::recognized(port.transport, port.port), port.listening) {
        (Some(_), Listening::Nobody) => (Severity::Informational, Severity::Informational),
        (Some(service), Listening::Process(_) | Listening::NoAgent) => (service.from_internet, service.from_elsewhere),
        (None, _) => UNRECOGNIZED,
    };
    if route.internet { internet } else { elsewhere }
}

fn of_port(place: &Place<'_>, port: &Port<'_>, severity: Severity, proof: Proof) -> Finding {
    let mut attributes = attributes(place, text::transport(port.transport), port.kind());
    attributes.push(Attribute::new("PORT", port.port.to_string()));
    attributes.extend(port.service.map(|service| Attribute::new("PORT_GROUP_NAME", service)));
    if let Listening::Process(Some(process)) = port.listening {
        attributes.push(Attribute::new("PROCESS_NAME", shortened(&process.name)));
        attributes.push(Attribute::new("PROCESS_PATH", shortened(&process.path)));
        attributes.push(Attribute::new("PROCESS_PID", process.pid.to_string()));
    }
    attributes.sort();
    Finding {
        package: PackageKey::NetworkReachability,
        rule: port.rule(place.route),
        subject: place.instance.to_owned(),
        severity,
        title: port.title(place),
        description: port.description(place),
        recommendation: port.recommendation(place),
        attributes,
        proof,
    }
}

fn aggregate(place: &Place<'_>, opened: &Opened<'_>, proof: Proof) -> Finding {
    let (tcp, udp) = (ports_of(&opened.tcp), ports_of(&opened.udp));
    let transport = if tcp.is_empty() { Transport::Udp } else { Transport::Tcp };
    let mut attributes = attributes(place, text::transport(transport), "NetworkExposure");
    attributes.push(Attribute::new("TCP_PORTS", text::ranges(&tcp, MAX_VALUE)));
    attributes.push(Attribute::new("UDP_PORTS", text::ranges(&udp, MAX_VALUE)));
    attributes.sort();
    Finding {
        package: PackageKey::NetworkReachability,
        rule: Exposure::rule(place.route),
        subject: place.instance.to_owned(),
        severity: Severity::Informational,
        title: Exposure::title(place),
        description: Exposure { tcp: &tcp, udp: &udp }.description(place),
        recommendation: Exposure::recommendation(place),
        attributes,
        proof,
    }
}

/// What every finding of the package carries.
fn attributes(place: &Place<'_>, protocol: &str, kind: &str) -> Vec<Attribute> {
    let peer = place.peer.map(|vpc| Attribute::new("PCX_VPC", vpc));
    let common = [
        ("ACL", place.acl),
        ("ENI", place.eni),
        (place.route.attribute, place.via),
        ("INSTANCE_ID", place.instance),
        ("PROTOCOL", protocol),
        ("REACHABILITY_TYPE", place.route.kind),
        ("RULE_TYPE", kind),
        ("SECURITY_GROUP", place.group),
        ("VPC", place.vpc),
    ];
    let balancer = place.balancer.map(|(key, value)| Attribute::new(key, value));
    common.map(|(key, value)| Attribute::new(key, value)).into_iter().chain(peer).chain(balancer).collect()
}

/// The VPC on the other side of the peering connection that a fact is about.
fn peer<'n>(index: &Index<'n>, fact: &Fact, own: &str) -> Option<&'n str> {
    let peering = index.peering(fact.via.as_deref()?)?;
    peering.sides.iter().map(|side| side.vpc.as_str()).find(|vpc| *vpc != own)
}

fn shortened(value: &str) -> String {
    value.chars().take(MAX_VALUE).collect()
}
