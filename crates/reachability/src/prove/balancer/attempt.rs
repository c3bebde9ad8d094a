//! One registration tried from one node: what passes, or all that stands in the way.

use inspector_model::network::{
    BalancerKind, ConsumerConnection, EndpointService, LoadBalancer, NetworkInterface, TargetKind,
};

use super::crossing::{Crossing, End, Passed, Seen, cross};
use super::entrance::{self, Entrance};
use super::node::Node;
use super::registry::{Chain, Registration, Registry, Stage, failed};
use crate::address::Address;
use crate::fact::{Blocker, Doubt};
use crate::index::Index;
use crate::interval::IntervalSet;
use crate::protocol::Protocol;
use crate::prove::way::Notes;

/// What one attempt found.
#[derive(Debug)]
pub(super) struct Attempt<A> {
    pub(super) passed: Vec<Passed<A>>,
    pub(super) arrives: bool,
    pub(super) blockers: Vec<Blocker>,
    /// What makes all of it uncertain.
    pub(super) doubts: Vec<Doubt>,
    /// Why more may pass than is known to.
    pub(super) perhaps: Vec<Doubt>,
    pub(super) assumptions: Vec<String>,
}

impl<A> Default for Attempt<A> {
    fn default() -> Self {
        Self {
            passed: Vec::new(),
            arrives: false,
            blockers: Vec::new(),
            doubts: Vec::new(),
            perhaps: Vec::new(),
            assumptions: Vec::new(),
        }
    }
}

impl<A> Attempt<A> {
    /// Several kinds of packets cross beside each other: one that passes for certain makes doubts about another a
    /// perhaps, and its obstacles nobody's.
    fn of(crossings: impl IntoIterator<Item = Crossing<A>>) -> Self {
        let mut all = Self::default();
        for crossing in crossings {
            all.assumptions.extend(crossing.assumptions);
            if !crossing.blockers.is_empty() {
                all.blockers.extend(crossing.blockers);
                let unsure = crossing.arrives && !(crossing.doubts.is_empty() && crossing.perhaps.is_empty());
                all.arrives |= crossing.arrives && !unsure;
                all.doubts.extend(crossing.doubts.into_iter().chain(crossing.perhaps).filter(|_| unsure));
            } else if crossing.doubts.is_empty() {
                all.arrives |= crossing.arrives;
                all.passed.extend(crossing.open);
                all.perhaps.extend(crossing.perhaps);
            } else {
                all.doubts.extend(crossing.doubts.into_iter().chain(crossing.perhaps));
            }
        }
        if !all.passed.is_empty() {
            all.perhaps.append(&mut all.doubts);
        }
        if !all.passed.is_empty() || !all.doubts.is_empty() {
            all.blockers.clear();
        }
        all
    }
}

/// The parts of an attempt.
#[derive(Debug, Clone, Copy)]
pub(super) struct Setting<'s, 'n, A> {
    pub(super) index: &'s Index<'n>,
    pub(super) registry: &'s Registry<'n>,
    pub(super) registration: &'s Registration<'n>,
    pub(super) interface: &'n NetworkInterface,
    pub(super) protocol: Protocol,
    /// The first load balancer's node, and what gets to it.
    pub(super) node: &'s Node<'n, A>,
    pub(super) entrance: Option<&'s Entrance<A>>,
    /// The node of the second load balancer, where there is one.
    pub(super) inner: Option<&'s Node<'n, A>>,
    /// Whether clients are of the other family than targets, so that no target sees them.
    pub(super) translated: bool,
}

impl<A: Address> Setting<'_, '_, A> {
    pub(super) fn attempt(&self) -> Attempt<A> {
        let Chain { service, first, second } = &self.registration.chain;
        let mut attempt = Attempt { doubts: self.registration.doubts.clone(), ..Attempt::default() };
        for group in [first.group, second.as_ref().and_then(|second| second.group)].into_iter().flatten() {
            let why = self.index.unreadable(&group.id);
            attempt.doubts.extend(why.map(|why| Doubt::missing(format!("target group `{}`: {why}", group.id))));
        }
        standing(self.index, first.balancer, service.is_none(), &mut attempt);
        if let Some(service) = service {
            consumers(self.index, service, &mut attempt);
        }
        let clients = match (self.entrance, service) {
            (Some(entrance), None) => self.clients(entrance, &mut attempt),
            _ => self.privately(first, &mut attempt),
        };
        if !attempt.blockers.is_empty() {
            return attempt;
        }
        match (second, self.inner) {
            (Some(second), Some(inner)) => self.through(first, second, inner, &clients, &mut attempt),
            _ => self.at_target(first, self.node, &clients, &mut attempt),
        }
        attempt
    }

    /// The packets of clients as targets see them.
    fn clients(&self, entrance: &Entrance<A>, attempt: &mut Attempt<A>) -> Vec<Seen<A>> {
        attempt.blockers.extend(entrance.blockers.iter().cloned());
        attempt.doubts.extend(entrance.doubts.iter().cloned());
        attempt.perhaps.extend(entrance.perhaps.iter().cloned());
        attempt.assumptions.extend(entrance.assumptions.iter().cloned());
        let (preserved, assumption) = self.preserves();
        let lost = assumption.as_ref().and_then(|_| failed(self.index.network, &["TargetGroupAttributes"]));
        if let Some(doubt) = lost {
            attempt.doubts.push(doubt);
            return Vec::new();
        }
        attempt.assumptions.extend(assumption);
        if !preserved {
            return vec![self.of(self.node)];
        }
        let seen = |clients: &entrance::Clients<A>| Seen {
            sources: clients.sources.clone(),
            client_ports: clients.client_ports,
            of_node: false,
        };
        entrance.open.iter().map(seen).collect()
    }

    /// Whether the first load balancer shows clients to what is behind it, and what was assumed.
    pub(super) fn preserves(&self) -> (bool, Option<String>) {
        if self.translated {
            return (false, None);
        }
        preserves(&self.registration.chain.first, self.protocol)
    }

    fn of(&self, node: &Node<'_, A>) -> Seen<A> {
        Seen { sources: node.addresses.clone(), client_ports: self.protocol.client_ports(), of_node: true }
    }

    /// Over PrivateLink targets see the node. Its groups are asked too, unless the balancer was told not to
    /// (Network Load Balancers, "Update the security groups").
    fn privately(&self, first: &Stage<'_>, attempt: &mut Attempt<A>) -> Vec<Seen<A>> {
        attempt.assumptions.extend(self.node.assumptions.iter().cloned());
        if first.balancer.guards_private_link != Some(false) {
            self.guarded_privately(first, attempt);
        }
        vec![self.of(self.node)]
    }

    fn guarded_privately(&self, first: &Stage<'_>, attempt: &mut Attempt<A>) {
        let port = first.listener.port;
        let admitted = entrance::admitted::<A>(self.index, first.balancer, self.protocol, port);
        let doubts = admitted.iter().flat_map(|(_, admissions)| admissions.unknown.iter().cloned());
        if admitted.iter().all(|(_, admissions)| admissions.known.is_empty()) {
            let doubts: Vec<Doubt> = doubts.collect();
            if doubts.is_empty() {
                for id in &first.balancer.security_groups {
                    let detail = format!("no inbound rule admits {} {port} from consumers", self.protocol);
                    attempt.blockers.push(Blocker::new("ENI_SG_RULES_MISMATCH", id, detail));
                }
            }
            attempt.doubts.extend(doubts);
        } else if !first.balancer.security_groups.is_empty() {
            let what =
                "consumers of the endpoint service are taken to have an address that the load balancer's groups admit";
            attempt.assumptions.push(what.to_owned());
            if first.balancer.guards_private_link.is_none() {
                let what = format!(
                    "`EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic` of `{}` is taken to be on",
                    first.balancer.name
                );
                attempt.assumptions.push(what);
            }
        }
    }

    /// From the first load balancer through the second one.
    fn through(
        &self,
        first: &Stage<'_>,
        second: &Stage<'_>,
        inner: &Node<'_, A>,
        clients: &[Seen<A>],
        attempt: &mut Attempt<A>,
    ) {
        standing(self.index, second.balancer, false, attempt);
        attempt.assumptions.extend(inner.assumptions.iter().cloned());
        let end = End {
            id: &inner.interface.id,
            vpc: &second.balancer.vpc,
            subnet: &inner.interface.subnet,
            groups: &second.balancer.security_groups,
            unguarded: false,
            addresses: inner.addresses.clone(),
            port: second.listener.port,
        };
        let gets_there = Attempt::of(
            clients.iter().map(|seen| cross(self.index, first.balancer, self.node, &end, seen, self.protocol)),
        );
        attempt.assumptions.extend(gets_there.assumptions);
        attempt.doubts.extend(gets_there.doubts);
        attempt.perhaps.extend(gets_there.perhaps);
        if gets_there.passed.is_empty() {
            attempt.blockers.extend(gets_there.blockers);
            return;
        }
        self.at_target(second, inner, &[self.of(inner)], attempt);
    }

    fn at_target(&self, stage: &Stage<'_>, node: &Node<'_, A>, seen: &[Seen<A>], attempt: &mut Attempt<A>) {
        self.zone(stage, node, attempt);
        let Some(own) = A::of_ip(self.registration.address) else { return };
        let Some(port) = self.registration.port else {
            let what = format!("the port of `{}` in a target group of `{}`", self.interface.id, stage.balancer.name);
            attempt.doubts.push(Doubt::missing(what));
            return;
        };
        let end = End {
            id: &self.interface.id,
            vpc: &self.interface.vpc,
            subnet: &self.interface.subnet,
            groups: &self.interface.security_groups,
            unguarded: false,
            addresses: IntervalSet::between(own, own),
            port,
        };
        let reaches =
            Attempt::of(seen.iter().map(|seen| cross(self.index, stage.balancer, node, &end, seen, self.protocol)));
        attempt.arrives = reaches.arrives && attempt.blockers.is_empty();
        attempt.blockers.extend(reaches.blockers);
        attempt.passed = reaches.passed;
        attempt.doubts.extend(reaches.doubts);
        attempt.perhaps.extend(reaches.perhaps);
        attempt.assumptions.extend(reaches.assumptions);
    }

    /// A node sends to targets of its own zone, and to those of other enabled zones if it is cross-zone.
    fn zone(&self, stage: &Stage<'_>, node: &Node<'_, A>, attempt: &mut Attempt<A>) {
        let balancer = stage.balancer;
        let mut notes = Notes::default();
        let own = self.registry.zone(&self.interface.subnet);
        let enabled: Vec<&str> = balancer.subnets.iter().filter_map(|subnet| self.registry.zone(subnet)).collect();
        if own.is_none() {
            let what = format!("the zone of `{}`", self.interface.subnet);
            notes.missing(self.index, "Subnets", &what, &format!("{what} is taken to be one of the load balancer's"));
        } else if node.zone.is_none() || enabled.len() < balancer.subnets.len() {
            let what = format!("the zones of load balancer `{}`", balancer.name);
            notes.missing(self.index, "Subnets", &what, &format!("{what} are taken to be those of its targets"));
        }
        attempt.doubts.extend(notes.unknown);
        attempt.assumptions.extend(notes.assumptions);
        let Some(own) = own else { return };
        if !enabled.contains(&own) && enabled.len() == balancer.subnets.len() {
            let detail = format!("load balancer `{}` is not enabled in {own}", balancer.name);
            let code = if balancer.kind == BalancerKind::Classic {
                "ELB_INSTALLED_AZ_RESTRICTION"
            } else {
                "ELBV2_NO_TARGETS_IN_AZ"
            };
            attempt.blockers.push(Blocker::new(code, &balancer.name, detail));
        }
        if node.zone == Some(own) || node.zone.is_none() {
            return;
        }
        let of_group = stage.group.and_then(|group| group.cross_zone);
        let lost: &[&str] = match (of_group, balancer.kind, balancer.cross_zone) {
            (Some(_), ..) | (None, BalancerKind::Classic, Some(_)) => &[],
            (None, BalancerKind::Classic, None) => &["LoadBalancerAttributes"],
            (None, _, Some(_)) => &["TargetGroupAttributes"],
            (None, _, None) => &["TargetGroupAttributes", "LoadBalancerAttributes"],
        };
        if let Some(doubt) = failed(self.index.network, lost) {
            attempt.doubts.push(doubt);
            return;
        }
        let set = of_group.or(balancer.cross_zone);
        let crosses = set.unwrap_or(balancer.kind == BalancerKind::Application);
        if set.is_none() {
            let taken = if crosses { "on" } else { "off" };
            let what =
                format!("`LoadBalancerAttributes`: cross-zone balancing of `{}` is taken to be {taken}", balancer.name);
            attempt.assumptions.push(what);
        }
        if !crosses {
            let code =
                if balancer.kind == BalancerKind::Classic { "ELB_NOT_CROSSZONE" } else { "ELBV2_NO_TARGETS_IN_AZ" };
            let detail = format!("the node in {} does not send to {own}", node.zone.unwrap_or("its zone"));
            attempt.blockers.push(Blocker::new(code, &balancer.name, detail));
        }
    }
}

/// The load balancer itself: active, and with public nodes where clients come from the internet.
fn standing<A>(index: &Index<'_>, balancer: &LoadBalancer, public: bool, attempt: &mut Attempt<A>) {
    let doubt = index.unreadable(&balancer.id);
    attempt.doubts.extend(doubt.map(|why| Doubt::missing(format!("load balancer `{}`: {why}", balancer.name))));
    if let Some(state) = balancer.state.as_deref().filter(|state| !matches!(*state, "active" | "active_impaired")) {
        let detail = format!("the load balancer is {state}");
        attempt.blockers.push(Blocker::new("BAD_STATE", &balancer.name, detail));
    }
    if public && !balancer.internet_facing {
        attempt.blockers.push(Blocker::new("NO_PATH", &balancer.name, "the load balancer is internal"));
    }
}

fn consumers<A>(index: &Index<'_>, service: &EndpointService, attempt: &mut Attempt<A>) {
    if let Some(state) = service.state.as_deref().filter(|state| !state.eq_ignore_ascii_case("available")) {
        attempt.blockers.push(Blocker::new("BAD_STATE", &service.id, format!("the endpoint service is {state}")));
    }
    let connected = |consumer: &ConsumerConnection| consumer.state.eq_ignore_ascii_case("available");
    if service.connections.iter().flatten().any(connected) {
        return;
    }
    if let Some(doubt) = failed(index.network, &["VpcEndpointConnections"]) {
        attempt.doubts.push(doubt);
        return;
    }
    match &service.connections {
        None => {
            let what =
                format!("`VpcEndpointConnections` were not collected: `{}` is taken to have a consumer", service.id);
            attempt.assumptions.push(what);
        }
        Some(_) => {
            let detail = "no consumer's endpoint is connected to the service";
            attempt.blockers.push(Blocker::new("NO_SOURCE_OR_DESTINATION", &service.id, detail));
        }
    }
}

/// Whether targets see the client's address, and what was assumed (Elastic Load Balancing, Network Load Balancers,
/// "Client IP preservation").
fn preserves(stage: &Stage<'_>, protocol: Protocol) -> (bool, Option<String>) {
    let Some(group) = stage.group.filter(|_| stage.balancer.kind == BalancerKind::Network) else {
        return (false, None);
    };
    if group.kind == TargetKind::Alb || protocol == Protocol::Udp {
        return (true, None);
    }
    if let Some(preserves) = group.preserves_client {
        return (preserves, None);
    }
    let preserved = group.kind == TargetKind::Instance || !matches!(group.protocol.as_str(), "TCP" | "TLS");
    let what = if preserved { "the client's" } else { "the node's" };
    let assumption = format!("`TargetGroupAttributes` were not collected: targets are taken to see {what} address");
    (preserved, Some(assumption))
}
