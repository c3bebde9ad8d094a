//! The words of a finding, told again from its attributes alone.

use inspector_model::host::{Process, Transport};
use inspector_model::network::Edge;
use inspector_model::{Finding, Severity};
use inspector_reachability::interval::IntervalSet;

use super::findings::{MAX_VALUE, severity};
use super::ports;
use super::route::{self, Route};
use super::text::{Exposure, Listening, Place, Port};

/// What a finding has to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Retold {
    /// Its id.
    pub rule: String,
    /// Its severity.
    pub severity: Severity,
    /// Its title.
    pub title: String,
    /// Its description; `None` where an attribute was too long to hold all of it.
    pub description: Option<String>,
    /// Its recommendation.
    pub recommendation: String,
}

/// Tells a finding again; `None` where its attributes are not those of a finding of this package.
pub fn of(finding: &Finding) -> Option<Retold> {
    let get = |key: &str| finding.attribute(key);
    let route = route(finding)?;
    let balancer = ["ELB2", "ELB"].iter().find_map(|key| Some((*key, get(key)?)));
    let place = Place {
        instance: get("INSTANCE_ID")?,
        vpc: get("VPC")?,
        eni: get("ENI")?,
        acl: get("ACL")?,
        group: get("SECURITY_GROUP")?,
        via: get(route.attribute)?,
        peer: get("PCX_VPC"),
        balancer,
        route,
    };
    match get("RULE_TYPE")? {
        "NetworkExposure" => aggregate(finding, &place),
        kind => of_port(finding, &place, kind),
    }
}

/// The way in that a finding is about, as the original worded it.
pub fn route(finding: &Finding) -> Option<Route> {
    let kind = finding.attribute("REACHABILITY_TYPE")?;
    let hub = finding.attribute(route::TRANSIT_GATEWAY.attribute);
    EDGES.into_iter().filter_map(|edge| route::of(edge, hub)).find(|route| route.kind == kind)
}

const EDGES: [Edge; 10] = [
    Edge::Internet,
    Edge::LoadBalancer,
    Edge::PeeredVPC,
    Edge::VGW,
    Edge::DirectConnect,
    Edge::VPN,
    Edge::TransitGateway,
    Edge::ClientVPN,
    Edge::EndpointService,
    Edge::IntraVPC,
];

fn of_port(finding: &Finding, place: &Place<'_>, kind: &str) -> Option<Retold> {
    let get = |key: &str| finding.attribute(key);
    let transport = if get("PROTOCOL")? == "UDP" { Transport::Udp } else { Transport::Tcp };
    let number = get("PORT")?.parse().ok()?;
    let process = get("PROCESS_NAME").map(|name| Process {
        pid: get("PROCESS_PID").and_then(|pid| pid.parse().ok()).unwrap_or_default(),
        name: name.to_owned(),
        path: get("PROCESS_PATH").unwrap_or_default().to_owned(),
    });
    let listening = match kind {
        "RecognizedPortNoListener" => Listening::Nobody,
        "RecognizedPortNoAgent" => Listening::NoAgent,
        _ => Listening::Process(process.as_ref()),
    };
    let service = ports::recognized(transport, number).map(|service| service.name);
    let port = Port { transport, port: number, service, listening };
    if port.kind() != kind || service != get("PORT_GROUP_NAME") {
        return None;
    }
    let cut = process.as_ref().is_some_and(|process| process.path.chars().count() >= MAX_VALUE);
    Some(Retold {
        rule: port.rule(place.route),
        severity: severity(&port, place.route),
        title: port.title(place),
        description: (!cut).then(|| port.description(place)),
        recommendation: port.recommendation(place),
    })
}

fn aggregate(finding: &Finding, place: &Place<'_>) -> Option<Retold> {
    let (tcp, udp) = (finding.attribute("TCP_PORTS")?, finding.attribute("UDP_PORTS")?);
    let whole = ports(tcp).zip(ports(udp)).filter(|_| !tcp.contains("...") && !udp.contains("..."));
    Some(Retold {
        rule: Exposure::rule(place.route),
        severity: Severity::Informational,
        title: Exposure::title(place),
        description: whole.map(|(tcp, udp)| Exposure { tcp: &tcp, udp: &udp }.description(place)),
        recommendation: Exposure::recommendation(place),
    })
}

/// Ports as an attribute lists them: `[[22 - 22], [80 - 90]]`, cut short with `...` where it is too long.
pub fn ports(listed: &str) -> Option<IntervalSet<u16>> {
    let inner = listed.strip_prefix('[')?.strip_suffix(']')?;
    let mut ranges = Vec::new();
    for range in inner.split(", ").filter(|range| !range.is_empty() && *range != "...") {
        let (low, high) = range.strip_prefix('[')?.strip_suffix(']')?.split_once(" - ")?;
        ranges.push((low.parse().ok()?, high.parse().ok()?));
    }
    Some(IntervalSet::of(ranges))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn listed_ports_are_read_back() {
        assert_eq!(ports("[[22 - 22], [80 - 90]]").unwrap().to_string(), "22,80-90");
        assert_eq!(ports("[[22 - 22], ...]").unwrap().to_string(), "22");
        assert_eq!(ports("[]").unwrap().to_string(), "-");
        assert_eq!(ports("22"), None);
    }
}
