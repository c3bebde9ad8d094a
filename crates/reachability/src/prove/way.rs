//! The way between the internet and a subnet: gateway, network ACL both ways, and the route that replies take.
//!
//! What is not known is taken to let everything through and noted, so that the sets here are never too small: a blocked
//! verdict holds whatever the unknown turns out to be, and any other verdict is withheld.

use std::borrow::Cow;
use std::cell::OnceCell;

use inspector_model::network::{NetworkAcl, RouteTable};

use super::routes::{self, Routes};
use crate::address::Address;
use crate::fact::{Blocker, Doubt};
use crate::index::Index;
use crate::interval::IntervalSet;
use crate::packet_set::{Rule, Slice, first_match};
use crate::protocol::Protocol;
use crate::question::{End, Question};

/// The sources on the internet that a question is about.
#[derive(Debug)]
pub(super) struct Sources<A> {
    internet: IntervalSet<A>,
    narrowed: bool,
}

impl<A: Address> Sources<A> {
    pub(super) fn internet(&self) -> &IntervalSet<A> {
        &self.internet
    }

    pub(super) fn of(question: &Question) -> Self {
        match &question.from {
            Some(End::Range(range)) => Self { internet: A::internet().intersection(&A::set([range])), narrowed: true },
            Some(End::Component(_)) | None => Self { internet: A::internet(), narrowed: false },
        }
    }
}

/// How packets get to and from a subnet.
#[derive(Debug)]
pub(super) struct Way<'n, A> {
    /// The internet gateway.
    pub(super) gateway: Option<&'n str>,
    /// The network ACL, where it is known.
    pub(super) acl: Option<&'n NetworkAcl>,
    /// The route table, where it is known.
    pub(super) table: Option<&'n RouteTable>,
    /// Sources that were asked about and that are on the internet.
    pub(super) internet: IntervalSet<A>,
    /// The question leaves some sources out.
    pub(super) narrowed: bool,
    /// Where replies go.
    pub(super) routes: Routes<A>,
    /// What closes the way for every packet.
    pub(super) blockers: Vec<Blocker>,
    /// What could not be told.
    pub(super) unknown: Vec<Doubt>,
    /// What was taken for granted.
    pub(super) assumptions: Vec<String>,
    filters: [OnceCell<Filter<A>>; 3],
}

/// Which packets of one protocol get through.
#[derive(Debug, Clone)]
pub(super) struct Filter<A> {
    /// Requests, by destination port.
    pub(super) requests: Vec<Passage<A>>,
    /// Replies, by client port: the sources that they get back to.
    pub(super) replies: Vec<Slice<A>>,
}

/// Requests to a port interval.
#[derive(Debug, Clone)]
pub(super) struct Passage<A> {
    /// First and last destination port.
    pub(super) ports: (u16, u16),
    /// Sources whose requests arrive.
    pub(super) arrive: IntervalSet<A>,
    /// Sources whose requests arrive and are answered.
    pub(super) answered: IntervalSet<A>,
    /// Sources whose requests arrive and whose replies go through a component that is not modelled.
    pub(super) perhaps: IntervalSet<A>,
}

impl<'n, A: Address> Way<'n, A> {
    /// The way to `subnet` of `vpc` for packets from `sources`.
    pub(super) fn new(index: &Index<'n>, vpc: &str, subnet: &str, sources: &Sources<A>) -> Self {
        let own = index.vpc(vpc).map(|vpc| A::set(&vpc.ranges)).unwrap_or_default();
        let internet = sources.internet.difference(&own);
        let mut notes = Notes::default();
        let acl = acl(index, subnet, &mut notes);
        let table = table(index, vpc, subnet, &mut notes);
        let gateway = gateway(index, vpc, table, &mut notes);
        let routes = match table {
            Some(table) => routes::split(index, table, gateway, &internet),
            None => everything_to_the_gateway(&internet),
        };
        notes.unknown.extend(
            routes
                .unknown
                .iter()
                .map(|list| Doubt::missing(format!("prefix list `{list}` in a route is not in the snapshot"))),
        );
        notes.assumptions.extend(
            routes
                .assumed_empty
                .iter()
                .map(|list| format!("prefix list `{list}` was not collected: taken to hold no source on the internet")),
        );
        Self {
            gateway,
            acl,
            table,
            narrowed: sources.narrowed,
            internet,
            routes,
            blockers: notes.blockers,
            unknown: notes.unknown,
            assumptions: notes.assumptions,
            filters: [const { OnceCell::new() }; 3],
        }
    }

    /// The filter for one protocol.
    pub(super) fn filter(&self, protocol: Protocol) -> Cow<'_, Filter<A>> {
        let [tcp, udp, echo] = &self.filters;
        let kept = match protocol {
            Protocol::Tcp => tcp,
            Protocol::Udp => udp,
            Protocol::IcmpEcho => echo,
            Protocol::Other(_) => return Cow::Owned(self.compile(protocol)),
        };
        Cow::Borrowed(kept.get_or_init(|| self.compile(protocol)))
    }

    fn compile(&self, protocol: Protocol) -> Filter<A> {
        let requests = self.acl_slices(protocol, Side::Requests);
        let replies = self.acl_slices(protocol, Side::Replies);
        let mut out = IntervalSet::empty();
        for slice in &replies {
            out = out.union(&slice.addresses);
            if out == self.internet {
                break;
            }
        }
        let routed = self.routes.wanted.intersection(&out);
        let mut unsure = IntervalSet::empty();
        for (_, sources) in &self.routes.perhaps {
            unsure = unsure.union(&sources.intersection(&out));
        }
        let requests = requests
            .into_iter()
            .map(|slice| Passage {
                ports: slice.ports,
                answered: slice.addresses.intersection(&routed),
                perhaps: slice.addresses.intersection(&unsure),
                arrive: slice.addresses,
            })
            .collect();
        Filter { requests, replies }
    }

    /// What the network ACL lets through on one side, whatever the routes say.
    fn acl_slices(&self, protocol: Protocol, side: Side) -> Vec<Slice<A>> {
        let ports = match side {
            Side::Requests => protocol.service_ports(),
            Side::Replies => protocol.client_ports(),
        };
        let Some(acl) = self.acl else {
            let all = Slice { ports, addresses: self.internet.clone() };
            return if self.internet.is_empty() { Vec::new() } else { vec![all] };
        };
        let rules: Vec<Rule<A>> = acl
            .entries
            .iter()
            .filter(|entry| entry.egress == (side == Side::Replies))
            .filter_map(|entry| {
                let ports = match side {
                    Side::Requests => protocol.requests::<A>(entry.traffic)?,
                    Side::Replies => protocol.replies::<A>(entry.traffic)?,
                };
                Some(Rule { ports, range: A::of_range(&entry.range)?, allow: entry.allow })
            })
            .collect();
        first_match(&rules, ports, &self.internet)
    }
}

/// Which way packets cross the subnet's border.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    /// Into the subnet.
    Requests,
    /// Out of the subnet.
    Replies,
}

#[derive(Debug, Default)]
struct Notes {
    blockers: Vec<Blocker>,
    unknown: Vec<Doubt>,
    assumptions: Vec<String>,
}

impl Notes {
    /// An answer that lacks something: refused or incomplete is unknown, never asked for is an assumption.
    fn missing(&mut self, index: &Index<'_>, answer: &str, what: &str, taken: &str) {
        if let Some(why) = index.network.failure(answer) {
            self.unknown.push(Doubt::missing(format!("{what}: {why}")));
        } else if index.network.has_answer(answer) {
            self.unknown.push(Doubt::missing(format!("{what} is not in the snapshot")));
        } else {
            self.assumptions.push(format!("`{answer}` were not collected: {taken}"));
        }
    }

    fn doubt(&mut self, index: &Index<'_>, kind: &str, id: &str) {
        self.unknown.extend(index.unreadable(id).map(|why| Doubt::missing(format!("{kind} `{id}`: {why}"))));
    }
}

fn acl<'n>(index: &Index<'n>, subnet: &str, notes: &mut Notes) -> Option<&'n NetworkAcl> {
    let acl = index.acl(subnet);
    match acl {
        Some(acl) => notes.doubt(index, "network ACL", &acl.id),
        None => {
            let what = format!("the network ACL of `{subnet}`");
            notes.missing(index, "NetworkAcls", &what, "taken to let everything through");
        }
    }
    acl.filter(|acl| index.unreadable(&acl.id).is_none())
}

fn table<'n>(index: &Index<'n>, vpc: &str, subnet: &str, notes: &mut Notes) -> Option<&'n RouteTable> {
    if let Some(table) = index.explicit_table(subnet) {
        notes.doubt(index, "route table", &table.id);
        return Some(table).filter(|table| index.unreadable(&table.id).is_none());
    }
    let what = format!("the route table of `{subnet}`");
    // The subnet's own table may be the very one that could not be had: the main table proves nothing then.
    let main = index.main_table(vpc).filter(|_| index.network.failure("RouteTables").is_none());
    match main {
        Some(table) => notes.doubt(index, "route table", &table.id),
        None => {
            notes.missing(index, "RouteTables", &what, "the subnet is taken to send replies to the internet gateway")
        }
    }
    main.filter(|table| index.unreadable(&table.id).is_none())
}

/// What nothing names and nobody asked for is assumed; what is named and not described is unknown.
fn gateway<'n>(index: &Index<'n>, vpc: &str, table: Option<&'n RouteTable>, notes: &mut Notes) -> Option<&'n str> {
    if let Some(mode) = &index.network.block_public_access {
        let what = format!("VPC Block Public Access is `{mode}`, and its exclusions are not modelled");
        notes.unknown.push(Doubt::not_modelled(what));
    }
    if let Some(gateway) = index.internet_gateway(vpc) {
        notes.doubt(index, "internet gateway", &gateway.id);
        return Some(&gateway.id);
    }
    let routed = || table?.routes.iter().map(|route| route.target.as_str()).find(|target| target.starts_with("igw-"));
    if let Some(why) = index.network.failure("InternetGateways") {
        notes.unknown.push(Doubt::missing(format!("the internet gateway of `{vpc}`: {why}")));
        return routed();
    }
    if index.network.has_answer("InternetGateways") {
        let detail = format!("no internet gateway is attached to `{vpc}`");
        notes.blockers.push(Blocker::new("NO_PATH", vpc, detail));
        if let Some(gateway) = routed() {
            let detail = format!("`{gateway}` is the target of a route and not attached to `{vpc}`");
            notes.blockers.push(Blocker::new("BAD_STATE_ATTACHMENT", gateway, detail));
        }
        return None;
    }
    match routed() {
        Some(gateway) => {
            let what = format!("`{gateway}` is the target of a route and was not collected");
            notes.unknown.push(Doubt::missing(what));
        }
        None => notes.assumptions.push(format!("`InternetGateways` were not collected: `{vpc}` is taken to have one")),
    }
    routed()
}

fn everything_to_the_gateway<A: Address>(internet: &IntervalSet<A>) -> Routes<A> {
    Routes {
        wanted: internet.clone(),
        dropped: IntervalSet::empty(),
        perhaps: Vec::new(),
        elsewhere: Vec::new(),
        assumed_empty: Vec::new(),
        unknown: Vec::new(),
    }
}

/// Whether two port intervals share a port.
pub(super) fn meets(a: (u16, u16), b: (u16, u16)) -> bool {
    a.0 <= b.1 && b.0 <= a.1
}
