//! The way between an entry and a subnet: network ACL both ways, and the route that replies take.
//!
//! What is not known is taken to let everything through and noted, so that the sets here are never too small: a blocked
//! verdict holds whatever the unknown turns out to be, and any other verdict is withheld.

use std::borrow::Cow;
use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
use std::sync::Arc;

use inspector_model::network::{NetworkAcl, NetworkInterface, RouteTable};

use super::classes;
use super::endpoint::{Course, Target};
use super::entry::{Entry, Members, Origin, Scope};
use super::firewall::Cell;
use super::routes::{self, Routes};
use crate::address::Address;
use crate::fact::{Blocker, Doubt};
use crate::index::Index;
use crate::interval::IntervalSet;
use crate::packet_set::{Rule, Slice, first_match};
use crate::protocol::Protocol;

/// How packets get to and from a subnet.
#[derive(Debug)]
pub(super) struct Way<'n, A> {
    /// Where they come in.
    pub(super) entry: Entry<'n, A>,
    /// The network ACL, where it is known.
    pub(super) acl: Option<&'n NetworkAcl>,
    /// The route table, where it is known.
    pub(super) table: Option<&'n RouteTable>,
    /// Sources that were asked about and that can send packets by this way.
    pub(super) sources: IntervalSet<A>,
    /// Where replies go.
    pub(super) routes: Routes<A>,
    /// What closes the way, what could not be told and what was taken for granted.
    pub(super) notes: Notes,
    /// How security groups are judged.
    pub(super) scopes: Vec<Scope<'n>>,
    filters: [OnceCell<Filter<'n, A>>; 3],
    /// Where the rules between origins and addresses of the subnet begin and end.
    cuts: OnceCell<Vec<A>>,
    /// What passes from all origins, by protocol, groups of the receiver and place between two cuts.
    classes: RefCell<BTreeMap<Class, Arc<[Filter<'n, A>]>>>,
}

/// What tells two receivers apart.
type Class = (Protocol, Vec<String>, usize);

/// Which packets of one protocol get through.
#[derive(Debug, Clone)]
pub(super) struct Filter<'n, A> {
    /// The only address that these packets go to; `None` is any of the subnet.
    pub(super) to: Option<A>,
    /// Whom a reference to a security group means.
    pub(super) members: Option<Members<'n>>,
    /// Why these packets may not get here at all.
    pub(super) unknown: Vec<Doubt>,
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
    /// The way to `subnet` of `vpc` by the entry that `enter` makes for the subnet's route table.
    pub(super) fn new(
        index: &Index<'n>,
        vpc: &str,
        subnet: &str,
        enter: impl FnOnce(Option<&'n RouteTable>) -> Entry<'n, A>,
    ) -> Self {
        let mut notes = Notes::default();
        let acl = acl(index, subnet, &mut notes);
        let table = table(index, vpc, subnet, &mut notes);
        let entry = enter(table);
        let sources = entry.sources();
        let routes = match table {
            Some(table) => routes::split(index, table, entry.back, &sources).also(&entry.also_back),
            None => everything_back(&sources),
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
                .map(|list| format!("prefix list `{list}` was not collected: taken to hold none of the sources")),
        );
        notes.add(&entry.notes);
        for (kind, id) in [("VPC", vpc), ("subnet", subnet)] {
            notes.doubt(index, kind, id);
        }
        let filters = [const { OnceCell::new() }; 3];
        let (cuts, classes) = (OnceCell::new(), RefCell::new(BTreeMap::new()));
        let scopes = entry.scopes();
        Self { entry, acl, table, sources, routes, notes, scopes, filters, cuts, classes }
    }

    /// The filters for one protocol and these addresses of `interface`: each for packets of one origin.
    pub(super) fn filters(
        &self,
        index: &Index<'n>,
        interface: &NetworkInterface,
        targets: &[&Target<'_, 'n, A>],
        protocol: Protocol,
    ) -> Cow<'_, [Filter<'n, A>]> {
        let near = self.near(protocol);
        if !targets.iter().all(|target| target.is_direct()) {
            let each = targets.iter().flat_map(|target| self.of_target(index, interface, target, protocol, &near));
            return Cow::Owned(each.collect());
        }
        if let [Origin { far: None, between: None, same_subnet: false, .. }] = self.entry.origins.as_slice() {
            return match near {
                Cow::Borrowed(near) => Cow::Borrowed(std::slice::from_ref(near)),
                Cow::Owned(near) => Cow::Owned(vec![near]),
            };
        }
        let mut all = Vec::new();
        for to in targets.iter().filter_map(|target| A::of_ip(target.address.address)) {
            let filters = self.of_class(index, interface, to, protocol, &near);
            all.extend(filters.iter().map(|filter| Filter { to: Some(to), ..filter.clone() }));
        }
        Cow::Owned(all)
    }

    /// What passes to one address from every origin, compiled once for all addresses and interfaces that no rule tells apart.
    fn of_class(
        &self,
        index: &Index<'n>,
        interface: &NetworkInterface,
        to: A,
        protocol: Protocol,
        near: &Filter<'n, A>,
    ) -> Arc<[Filter<'n, A>]> {
        let referred = self.entry.origins.iter().any(|origin| origin.far.as_ref().is_some_and(|far| far.references));
        let groups = if referred { interface.security_groups.clone() } else { Vec::new() };
        let cuts = self.cuts.get_or_init(|| classes::cuts(index, &self.entry.origins));
        let class = (protocol, groups, cuts.partition_point(|cut| *cut <= to));
        if let Some(known) = self.classes.borrow().get(&class) {
            return Arc::clone(known);
        }
        let origins = self.entry.origins.iter();
        let parts = origins.flat_map(|origin| {
            let filters = self.of_origin(index, interface, origin, to, protocol, near);
            filters.into_iter().map(move |filter| (&origin.sources, filter))
        });
        let made: Arc<[Filter<'n, A>]> = classes::joined(parts).into();
        self.classes.borrow_mut().insert(class, Arc::clone(&made));
        made
    }

    /// What passes between the gateway and one address, directly or through a middlebox.
    fn of_target(
        &self,
        index: &Index<'n>,
        interface: &NetworkInterface,
        target: &Target<'_, 'n, A>,
        protocol: Protocol,
        near: &Filter<'n, A>,
    ) -> Vec<Filter<'n, A>> {
        let Some(to) = A::of_ip(target.address.address) else { return Vec::new() };
        let filters = match &target.course {
            Course::Through(detour) => detour.filters(index, self, interface, to, protocol),
            Course::Direct => vec![Filter { to: Some(to), ..near.clone() }],
            Course::Lost => vec![Filter { to: Some(to), ..everything(protocol, &self.sources) }],
        };
        let mut filters = self.of_origins(filters, to, protocol);
        for filter in &mut filters {
            filter.unknown.extend(target.standing.unknown.iter().cloned());
        }
        filters
    }

    /// What is left of `filters` after what stands between each origin and the gateway, such as the prefixes that a Direct
    /// Connect gateway announces.
    fn of_origins(&self, filters: Vec<Filter<'n, A>>, to: A, protocol: Protocol) -> Vec<Filter<'n, A>> {
        if self.entry.origins.iter().all(|origin| origin.between.is_none()) {
            return filters;
        }
        let mut all = Vec::new();
        for origin in &self.entry.origins {
            for filter in &filters {
                let filter = filter.within(&origin.sources);
                match &origin.between {
                    Some(between) => all.extend(between.pass(filter, &origin.sources, to, protocol)),
                    None => all.push(filter),
                }
            }
        }
        all
    }

    /// The filter of the subnet's own side where replies have to go back to `middlebox`; no ACL applies `inside` its subnet.
    pub(super) fn detoured(
        &self,
        index: &Index<'_>,
        middlebox: &str,
        inside: bool,
        protocol: Protocol,
    ) -> Filter<'n, A> {
        let routes = match self.table {
            Some(table) => routes::split(index, table, Some(middlebox), &self.sources),
            None => everything_back(&self.sources),
        };
        if inside {
            let whole = |ports| vec![Slice { ports, addresses: self.sources.clone() }];
            return self.assemble(whole(protocol.service_ports()), whole(protocol.client_ports()), &routes);
        }
        self.assemble(self.acl_slices(protocol, Side::In), self.acl_slices(protocol, Side::BackOut), &routes)
    }

    /// What passes between one origin and one address.
    fn of_origin(
        &self,
        index: &Index<'n>,
        interface: &NetworkInterface,
        origin: &Origin<'n, A>,
        to: A,
        protocol: Protocol,
        near: &Filter<'n, A>,
    ) -> Vec<Filter<'n, A>> {
        let mut filter =
            if origin.same_subnet { everything(protocol, &origin.sources) } else { near.within(&origin.sources) };
        filter.to = Some(to);
        filter.members = origin.members;
        if let Some(between) = &origin.between {
            filter.requests = between.requests(&filter, &self.unguarded(protocol, &origin.sources), to, protocol);
        }
        if let Some(far) = &origin.far {
            let passed = far.passed(index, interface, to, protocol);
            filter.unknown = passed.unknown;
            filter.narrow(&passed.sent, &passed.returned);
        }
        match &origin.between {
            Some(between) => between.pass(filter, &origin.sources, to, protocol),
            None => vec![filter],
        }
    }

    /// Requests that no network ACL of the subnet looks at.
    fn unguarded(&self, protocol: Protocol, sources: &IntervalSet<A>) -> Passage<A> {
        let (routed, unsure) = self.returned(&self.acl_slices(protocol, Side::BackOut), &self.routes);
        Passage {
            ports: protocol.service_ports(),
            arrive: sources.clone(),
            answered: routed.intersection(sources),
            perhaps: unsure.intersection(sources),
        }
    }

    /// The filter of the subnet's own side.
    pub(super) fn near(&self, protocol: Protocol) -> Cow<'_, Filter<'n, A>> {
        let [tcp, udp, echo] = &self.filters;
        let kept = match protocol {
            Protocol::Tcp => tcp,
            Protocol::Udp => udp,
            Protocol::IcmpEcho => echo,
            Protocol::Other(_) => return Cow::Owned(self.compile(protocol)),
        };
        Cow::Borrowed(kept.get_or_init(|| self.compile(protocol)))
    }

    fn compile(&self, protocol: Protocol) -> Filter<'n, A> {
        self.assemble(self.acl_slices(protocol, Side::In), self.acl_slices(protocol, Side::BackOut), &self.routes)
    }

    fn assemble(&self, requests: Vec<Slice<A>>, replies: Vec<Slice<A>>, routes: &Routes<A>) -> Filter<'n, A> {
        let (routed, unsure) = self.returned(&replies, routes);
        let all_back = routed == self.sources;
        let requests = requests
            .into_iter()
            .map(|slice| Passage {
                ports: slice.ports,
                answered: if all_back { slice.addresses.clone() } else { slice.addresses.intersection(&routed) },
                perhaps: slice.addresses.intersection(&unsure),
                arrive: slice.addresses,
            })
            .collect();
        let members = self.entry.origins.first().and_then(|origin| origin.members);
        Filter { to: None, members, unknown: Vec::new(), requests, replies }
    }

    /// Sources that replies get back to, and those that they may get back to.
    fn returned(&self, replies: &[Slice<A>], routes: &Routes<A>) -> (IntervalSet<A>, IntervalSet<A>) {
        let mut out = IntervalSet::empty();
        for slice in replies {
            out = out.union(&slice.addresses);
            if out == self.sources {
                break;
            }
        }
        let mut unsure = IntervalSet::empty();
        for (_, sources) in &routes.perhaps {
            unsure = unsure.union(&sources.intersection(&out));
        }
        (routes.wanted.intersection(&out), unsure)
    }

    /// What the network ACL lets through on one side, whatever the routes say.
    fn acl_slices(&self, protocol: Protocol, side: Side) -> Vec<Slice<A>> {
        match self.acl {
            Some(acl) => slices(acl, protocol, side, &self.sources),
            None if self.sources.is_empty() => Vec::new(),
            None => vec![Slice { ports: side.ports(protocol), addresses: self.sources.clone() }],
        }
    }
}

impl<A: Address> Filter<'_, A> {
    fn within(&self, sources: &IntervalSet<A>) -> Self {
        let mut filter = self.clone();
        for passage in &mut filter.requests {
            passage.arrive = passage.arrive.intersection(sources);
            passage.answered = passage.answered.intersection(sources);
            passage.perhaps = passage.perhaps.intersection(sources);
        }
        for slice in &mut filter.replies {
            slice.addresses = slice.addresses.intersection(sources);
        }
        filter
    }

    /// Keeps only requests that some slice lets through.
    pub(super) fn cut_requests(&mut self, slices: &[Slice<A>]) {
        let mut kept = Vec::new();
        for passage in &self.requests {
            for slice in slices.iter().filter(|slice| meets(slice.ports, passage.ports)) {
                let arrive = passage.arrive.intersection(&slice.addresses);
                if !arrive.is_empty() {
                    kept.push(Passage {
                        ports: (passage.ports.0.max(slice.ports.0), passage.ports.1.min(slice.ports.1)),
                        answered: passage.answered.intersection(&slice.addresses),
                        perhaps: passage.perhaps.intersection(&slice.addresses),
                        arrive,
                    });
                }
            }
        }
        self.requests = kept;
    }

    /// Keeps only replies that some slice lets through.
    pub(super) fn cut_replies(&mut self, slices: &[Slice<A>]) {
        let mut kept = Vec::new();
        for reply in &self.replies {
            for slice in slices.iter().filter(|slice| meets(slice.ports, reply.ports)) {
                let addresses = reply.addresses.intersection(&slice.addresses);
                if !addresses.is_empty() {
                    let ports = (reply.ports.0.max(slice.ports.0), reply.ports.1.min(slice.ports.1));
                    kept.push(Slice { ports, addresses });
                }
            }
        }
        self.replies = kept;
    }

    /// Replies get back to these sources at most.
    pub(super) fn answer_only(&mut self, sources: &IntervalSet<A>) {
        for passage in &mut self.requests {
            passage.answered = passage.answered.intersection(sources);
        }
    }

    /// What a firewall leaves of it between some ports.
    pub(super) fn of_cell(&self, cell: &Cell<A>) -> Self {
        let mut filter = self.clone();
        filter.cut_requests(&[Slice { ports: cell.ports, addresses: cell.sent.clone() }]);
        filter.cut_replies(&[Slice { ports: cell.client_ports, addresses: cell.answered.clone() }]);
        filter.answer_only(&cell.answered);
        filter
    }

    /// Keeps only requests to ports in `sent` and replies to client ports in `returned`.
    pub(super) fn narrow(&mut self, sent: &IntervalSet<u16>, returned: &IntervalSet<u16>) {
        let cut = |ports: (u16, u16), by: &IntervalSet<u16>| by.intersection(&IntervalSet::between(ports.0, ports.1));
        let requests = std::mem::take(&mut self.requests);
        for passage in requests {
            let parts = cut(passage.ports, sent);
            let parts = parts.intervals().iter();
            self.requests.extend(parts.map(|ports| Passage { ports: *ports, ..passage.clone() }));
        }
        let replies = std::mem::take(&mut self.replies);
        for slice in replies {
            let parts = cut(slice.ports, returned);
            let parts = parts.intervals().iter();
            self.replies.extend(parts.map(|ports| Slice { ports: *ports, ..slice.clone() }));
        }
    }
}

fn everything<'n, A: Address>(protocol: Protocol, sources: &IntervalSet<A>) -> Filter<'n, A> {
    let passage = Passage {
        ports: protocol.service_ports(),
        arrive: sources.clone(),
        answered: sources.clone(),
        perhaps: IntervalSet::empty(),
    };
    let reply = Slice { ports: protocol.client_ports(), addresses: sources.clone() };
    Filter { to: None, members: None, unknown: Vec::new(), requests: vec![passage], replies: vec![reply] }
}

/// Which way packets cross a subnet's border, and whether they are requests or replies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// Requests into the receiver's subnet.
    In,
    /// Replies out of the receiver's subnet.
    BackOut,
    /// Requests out of the sender's subnet.
    Out,
    /// Replies into the sender's subnet.
    BackIn,
}

impl Side {
    pub(super) const fn egress(self) -> bool {
        matches!(self, Self::BackOut | Self::Out)
    }

    pub(super) const fn requests(self) -> bool {
        matches!(self, Self::In | Self::Out)
    }

    const fn ports(self, protocol: Protocol) -> (u16, u16) {
        if self.requests() { protocol.service_ports() } else { protocol.client_ports() }
    }
}

/// What a network ACL lets through on one side where the other end is one of `others`.
pub(super) fn slices<A: Address>(
    acl: &NetworkAcl,
    protocol: Protocol,
    side: Side,
    others: &IntervalSet<A>,
) -> Vec<Slice<A>> {
    let rules: Vec<Rule<A>> = acl
        .entries
        .iter()
        .filter(|entry| entry.egress == side.egress())
        .filter_map(|entry| {
            let ports = match side.requests() {
                true => protocol.requests::<A>(entry.traffic)?,
                false => protocol.replies::<A>(entry.traffic)?,
            };
            Some(Rule { ports, range: A::of_range(&entry.range)?, allow: entry.allow })
        })
        .collect();
    first_match(&rules, side.ports(protocol), others)
}

/// Ports that a network ACL lets through on one side where the other end is one address.
pub(super) fn acl_ports<A: Address>(acl: &NetworkAcl, protocol: Protocol, side: Side, other: A) -> IntervalSet<u16> {
    let slices = slices(acl, protocol, side, &IntervalSet::between(other, other));
    IntervalSet::of(slices.into_iter().map(|slice| slice.ports).collect())
}

/// What closes a way, what could not be told of it and what was taken for granted.
#[derive(Debug, Default, Clone)]
pub(super) struct Notes {
    /// What closes it for every packet.
    pub(super) blockers: Vec<Blocker>,
    /// What could not be told.
    pub(super) unknown: Vec<Doubt>,
    /// What was taken for granted.
    pub(super) assumptions: Vec<String>,
}

impl Notes {
    /// An answer that lacks something: refused or incomplete is unknown, never asked for is an assumption.
    pub(super) fn missing(&mut self, index: &Index<'_>, answer: &str, what: &str, taken: &str) {
        if let Some(why) = index.network.failure(answer) {
            self.unknown.push(Doubt::missing(format!("{what}: {why}")));
        } else if index.network.has_answer(answer) {
            self.unknown.push(Doubt::missing(format!("{what} is not in the snapshot")));
        } else {
            self.assumptions.push(format!("`{answer}` were not collected: {taken}"));
        }
    }

    pub(super) fn add(&mut self, other: &Self) {
        self.blockers.extend(other.blockers.iter().cloned());
        self.unknown.extend(other.unknown.iter().cloned());
        self.assumptions.extend(other.assumptions.iter().cloned());
    }

    /// Adds assumptions that are not there yet.
    pub(super) fn assume(&mut self, assumptions: impl IntoIterator<Item = String>) {
        for assumption in assumptions {
            if !self.assumptions.contains(&assumption) {
                self.assumptions.push(assumption);
            }
        }
    }

    pub(super) fn doubt(&mut self, index: &Index<'_>, kind: &str, id: &str) {
        self.unknown.extend(index.unreadable(id).map(|why| Doubt::missing(format!("{kind} `{id}`: {why}"))));
    }
}

pub(super) fn acl<'n>(index: &Index<'n>, subnet: &str, notes: &mut Notes) -> Option<&'n NetworkAcl> {
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

pub(super) fn table<'n>(index: &Index<'n>, vpc: &str, subnet: &str, notes: &mut Notes) -> Option<&'n RouteTable> {
    if let Some(table) = index.explicit_table(subnet) {
        notes.doubt(index, "route table", &table.id);
        return Some(table).filter(|table| index.unreadable(&table.id).is_none());
    }
    let what = format!("the route table of `{subnet}`");
    // The subnet's own table may be the very one that could not be had: the main table proves nothing then.
    let main = index.main_table(vpc).filter(|_| index.network.failure("RouteTables").is_none());
    match main {
        Some(table) => notes.doubt(index, "route table", &table.id),
        None => notes.missing(index, "RouteTables", &what, "the subnet is taken to send replies back"),
    }
    main.filter(|table| index.unreadable(&table.id).is_none())
}

pub(super) fn everything_back<A: Address>(sources: &IntervalSet<A>) -> Routes<A> {
    Routes {
        wanted: sources.clone(),
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
