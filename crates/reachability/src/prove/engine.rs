//! Where ways and security groups meet: the edges of one family.

use inspector_model::network::{Edge, InterfaceAddress, NetworkInterface};
use ipnet::IpNet;

use super::endpoint;
use super::entry::Scope;
use super::groups::{self, Admissions, Named, Table};
use super::internet::{self, Sources};
use super::places::Member;
use super::subject::{Edits, Subject};
use super::way::{Filter, Way, meets};
use super::{client_vpn, direct_connect, intra, peering, transit, vpn};
use crate::address::{Address, Family};
use crate::fact::{Doubt, Fact, Verdict};
use crate::index::Index;
use crate::interval::IntervalSet;
use crate::map::Map;
use crate::protocol::Protocol;
use crate::question::{End, Question};

/// What one worker compiles once and uses for many interfaces.
pub(super) struct Engine<'e, 'n, A> {
    index: &'e Index<'n>,
    question: &'e Question,
    named: &'e Named,
    table: &'e Table<A>,
    sources: Sources<A>,
    to: Option<IpNet>,
    port: Option<u16>,
    edits: Edits,
    /// Groups as judged for senders that are not on the internet, or for protocols by number.
    admissions: Map<(&'n str, Protocol, Scope<'n>), Admissions<A>>,
}

/// A way in, by what it is found by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Gate<'n> {
    /// The internet gateway of the interface's VPC.
    Internet,
    /// A VPC peering connection.
    Peering(&'n str),
    /// A virtual private gateway, from behind its VPN connections.
    Vpn(&'n str),
    /// A virtual private gateway, from behind Direct Connect.
    DirectConnect(&'n str),
    /// A transit gateway, from what the edge says.
    Transit(Edge, &'n str),
    /// A Client VPN endpoint.
    ClientVpn(&'n str),
    /// Inside the interface's VPC, from where the question says.
    Intra,
}

/// What the groups of an interface and the way to it let through together.
#[derive(Debug)]
pub(super) struct Meeting<A> {
    /// Reachable packets by group: ports, sources, client ports.
    pub(super) open: Vec<Open<A>>,
    /// Ports at which some request arrives.
    pub(super) arrive: Vec<(u16, u16)>,
    /// Components that replies may or may not come back through.
    pub(super) perhaps: Vec<Doubt>,
    /// Groups and lists that may admit more.
    pub(super) unknown: Vec<Doubt>,
}

/// Reachable packets that one group admits.
#[derive(Debug)]
pub(super) struct Open<A> {
    pub(super) group: String,
    /// The only address that they go to; `None` is any of the interface.
    pub(super) to: Option<A>,
    pub(super) ports: (u16, u16),
    pub(super) sources: IntervalSet<A>,
    pub(super) client_ports: (u16, u16),
}

/// Whether the sets of a [`Meeting`] are empty, and the reachable ports.
#[derive(Debug, Default)]
pub(super) struct Outline {
    pub(super) open: Vec<(u16, u16)>,
    pub(super) arrives: bool,
    pub(super) perhaps: bool,
    pub(super) unknown: bool,
}

impl Gate<'_> {
    /// What kind of way.
    pub(super) const fn edge(self) -> Edge {
        match self {
            Self::Internet => Edge::Internet,
            Self::Peering(_) => Edge::PeeredVPC,
            Self::Vpn(_) => Edge::VGW,
            Self::DirectConnect(_) => Edge::DirectConnect,
            Self::Transit(edge, _) => edge,
            Self::ClientVpn(_) => Edge::ClientVPN,
            Self::Intra => Edge::IntraVPC,
        }
    }
}

impl<'e, 'n, A: Address> Engine<'e, 'n, A> {
    pub(super) fn new(index: &'e Index<'n>, question: &'e Question, named: &'e Named, table: &'e Table<A>) -> Self {
        let to = match &question.to {
            Some(End::Range(range)) => Some(*range),
            Some(End::Component(_)) | None => None,
        };
        let sources = Sources::of(question);
        let (port, edits) = (question.port, Edits::Unwanted);
        Self { index, question, named, table, sources, to, port, edits, admissions: Map::default() }
    }

    /// The same, with facts that tell which edits would change them.
    pub(super) fn with_edits(self) -> Self {
        let edits = Edits::Wanted { port: self.port };
        Self { edits, ..self }
    }

    /// The way by `gate` to a subnet.
    pub(super) fn way(&self, gate: Gate<'n>, vpc: &'n str, subnet: &'n str) -> Way<'n, A> {
        let (index, question) = (self.index, self.question);
        Way::new(index, vpc, subnet, |table| match gate {
            Gate::Internet => internet::entry(index, (vpc, subnet), table, &self.sources),
            Gate::Peering(id) => peering::entry(index, id, vpc, question),
            Gate::Vpn(id) => vpn::entry(index, id, vpc, question),
            Gate::DirectConnect(id) => direct_connect::entry(index, id, vpc, question),
            Gate::Transit(edge, id) => transit::entry(index, (edge, id), (vpc, subnet), table, question),
            Gate::ClientVpn(id) => client_vpn::entry(index, id, (vpc, subnet), question),
            Gate::Intra => intra::entry(index, vpc, subnet, question),
        })
    }

    /// Adds the facts about one way to `interface`.
    pub(super) fn answer(
        &mut self,
        way: &Way<'n, A>,
        interface: &'n NetworkInterface,
        instance: &str,
        facts: &mut Vec<Fact>,
    ) {
        let protocols = self.named.protocols(self.index, &interface.security_groups);
        let groups = self.numbered(interface);
        self.compile_groups(way, &groups, &protocols);
        let subject = self.subject(way, interface, instance);
        let targets = subject.open_targets();
        for protocol in protocols {
            let filters = way.filters(self.index, interface, &targets, protocol);
            let mut meeting = Meeting::default();
            let port = self.port.filter(|_| protocol.has_ports());
            for filter in filters.iter() {
                let admitted = self.admitted(&groups, protocol, way.entry.scope(filter.members));
                meet(&admitted, filter, way, port, &mut meeting);
            }
            meeting.tidy();
            let admitted = self.admitted_from_anywhere(&groups, protocol, way);
            facts.push(subject.fact(protocol, meeting, &filters, &admitted, self.edits));
        }
    }

    /// Tells verdicts and reachable ports as [`Engine::answer`] would find them, without their proofs.
    pub(super) fn outline(
        &mut self,
        way: &Way<'n, A>,
        &Member { instance, interface, private, .. }: &Member<'n>,
        mut tell: impl FnMut(Verdict, IntervalSet<u16>),
    ) {
        let protocols = self.named.protocols(self.index, &interface.security_groups);
        let nowhere = || {
            if private && A::FAMILY == Family::Ipv4 && self.to.is_none() {
                return way.entry.edge == Edge::Internet;
            }
            let mut asked = self.asked(interface).peekable();
            asked.peek().is_some() && asked.all(|address| !endpoint::is_known_outside(address, &way.entry))
        };
        let whole = self.index.has_nothing_unreadable() || self.index.unreadable(&interface.id).is_none();
        if (whole && nowhere()) || !way.notes.blockers.is_empty() {
            protocols.iter().for_each(|_| tell(Verdict::Blocked, IntervalSet::empty()));
            return;
        }
        let groups = self.numbered(interface);
        self.compile_groups(way, &groups, &protocols);
        let subject = self.subject(way, interface, instance);
        if subject.closed() {
            protocols.iter().for_each(|_| tell(Verdict::Blocked, IntervalSet::empty()));
            return;
        }
        let certain = subject.doubts().is_empty();
        let targets = subject.open_targets();
        for protocol in protocols {
            let admitted = self.admitted_from_anywhere(&groups, protocol, way);
            let silent = admitted.iter().all(|(_, admissions)| admissions.is_empty());
            if silent && !subject.in_doubt() {
                tell(Verdict::Blocked, IntervalSet::empty());
                continue;
            }
            let filters = way.filters(self.index, interface, &targets, protocol);
            let mut outlined = Outline::default();
            let port = self.port.filter(|_| protocol.has_ports());
            for filter in filters.iter() {
                match way.scopes.len() {
                    1 => outline(&admitted, filter, port, &mut outlined),
                    _ => {
                        let admitted = self.admitted(&groups, protocol, way.entry.scope(filter.members));
                        outline(&admitted, filter, port, &mut outlined);
                    }
                }
            }
            let verdict = subject.verdict(false, certain, &outlined, &filters);
            let ports = match verdict {
                Verdict::Reachable if protocol.has_ports() => IntervalSet::of(outlined.open),
                Verdict::Reachable | Verdict::OneWay | Verdict::Blocked | Verdict::NotAssessed => IntervalSet::empty(),
            };
            tell(verdict, ports);
        }
    }

    /// Compiles what the shared table does not hold.
    fn compile_groups(&mut self, way: &Way<'n, A>, groups: &[Numbered<'n>], protocols: &[Protocol]) {
        let index = self.index;
        let within = Some(self.sources.internet()).filter(|_| way.entry.edge == Edge::Internet);
        for &scope in &way.scopes {
            for (id, number) in groups {
                let shared = scope.internet && number.is_some();
                for &protocol in protocols.iter().filter(|p| !shared || matches!(p, Protocol::Other(_))) {
                    let compile = || groups::admissions(index, id, protocol, scope.members, within);
                    self.admissions.entry((id, protocol, scope)).or_insert_with(compile);
                }
            }
        }
    }

    fn asked(&self, interface: &'n NetworkInterface) -> impl Iterator<Item = &'n InterfaceAddress> + use<'n, A> {
        let to = self.to;
        interface.addresses.iter().filter(move |address| {
            A::of_ip(address.address).is_some()
                && to.is_none_or(|to| {
                    to.contains(&address.address) || address.public.is_some_and(|public| to.contains(&public))
                })
        })
    }

    fn subject<'s>(
        &'s self,
        way: &'s Way<'n, A>,
        interface: &'n NetworkInterface,
        instance: &'s str,
    ) -> Subject<'s, 'n, A> {
        let index = self.index;
        let stand = |address| endpoint::address::<A>(index, interface, address, &way.entry);
        let addresses = self.asked(interface).map(stand).collect();
        Subject {
            index,
            interface,
            instance,
            way,
            standing: endpoint::interface(index, interface, instance),
            addresses,
        }
    }

    fn numbered(&self, interface: &'n NetworkInterface) -> Vec<Numbered<'n>> {
        interface.security_groups.iter().map(|id| (id.as_str(), self.index.group_number(id))).collect()
    }

    fn admitted(&self, groups: &[Numbered<'n>], protocol: Protocol, scope: Scope<'n>) -> Admitted<'_, 'n, A> {
        let of = |&(id, number): &Numbered<'n>| {
            let number = number.filter(|_| scope.internet);
            let shared = number.and_then(|number| self.table.of(self.index, number, protocol, self.sources.internet()));
            shared.or_else(|| self.admissions.get(&(id, protocol, scope)))
        };
        groups.iter().filter_map(|group| Some((group.0, of(group)?))).collect()
    }

    /// What the groups admit, whatever VPC a reference to a group means.
    fn admitted_from_anywhere(
        &self,
        groups: &[Numbered<'n>],
        protocol: Protocol,
        way: &Way<'n, A>,
    ) -> Admitted<'_, 'n, A> {
        match way.scopes.as_slice() {
            [scope] => self.admitted(groups, protocol, *scope),
            scopes => scopes.iter().flat_map(|scope| self.admitted(groups, protocol, *scope)).collect(),
        }
    }
}

/// A security group of an interface, and its place in the network.
type Numbered<'n> = (&'n str, Option<usize>);

/// What the groups of an interface admit, by group.
pub(super) type Admitted<'s, 'n, A> = Vec<(&'n str, &'s Admissions<A>)>;

impl<A> Default for Meeting<A> {
    fn default() -> Self {
        Self { open: Vec::new(), arrive: Vec::new(), perhaps: Vec::new(), unknown: Vec::new() }
    }
}

impl<A> Meeting<A> {
    fn tidy(&mut self) {
        for doubts in [&mut self.perhaps, &mut self.unknown] {
            doubts.sort();
            doubts.dedup();
        }
    }
}

pub(super) fn meet<A: Address>(
    admitted: &[(&str, &Admissions<A>)],
    filter: &Filter<'_, A>,
    way: &Way<'_, A>,
    port: Option<u16>,
    meeting: &mut Meeting<A>,
) {
    for (group, admissions) in admitted {
        meeting.unknown.extend(admissions.unknown.iter().cloned());
        for admission in &admissions.known {
            for passage in filter.requests.iter().filter(|passage| meets(passage.ports, admission.ports)) {
                let Some(ports) = common(passage.ports, admission.ports, port) else { continue };
                let arrives = admission.sources.meets(&passage.arrive);
                if arrives && !filter.unknown.is_empty() {
                    meeting.perhaps.extend(filter.unknown.iter().cloned());
                    continue;
                }
                if arrives {
                    meeting.arrive.push(ports);
                }
                for (component, through) in &way.routes.perhaps {
                    if passage.perhaps.intersection(through).meets(&admission.sources) {
                        let what = format!("replies go through `{component}`, which is not modelled");
                        meeting.perhaps.push(Doubt::not_modelled(what));
                    }
                }
                let sources = admission.sources.intersection(&passage.answered);
                for reply in filter.replies.iter().filter(|reply| reply.addresses.meets(&sources)) {
                    meeting.open.push(Open {
                        group: (*group).to_owned(),
                        to: filter.to,
                        ports,
                        sources: sources.intersection(&reply.addresses),
                        client_ports: reply.ports,
                    });
                }
            }
        }
    }
}

fn outline<A: Address>(
    admitted: &[(&str, &Admissions<A>)],
    filter: &Filter<'_, A>,
    port: Option<u16>,
    outline: &mut Outline,
) {
    // On the subnet's own side `answered` holds nothing that no reply gets back to.
    let narrowed = filter.to.is_some();
    let replies = if narrowed { filter.replies.as_slice() } else { &[] };
    let replied = replies.iter().fold(IntervalSet::empty(), |all, reply| all.union(&reply.addresses));
    for (_, admissions) in admitted {
        outline.unknown |= !admissions.unknown.is_empty();
        for admission in &admissions.known {
            for passage in filter.requests.iter().filter(|passage| meets(passage.ports, admission.ports)) {
                let Some(ports) = common(passage.ports, admission.ports, port) else { continue };
                let arrives = admission.sources.meets(&passage.arrive);
                if arrives && !filter.unknown.is_empty() {
                    outline.perhaps = true;
                    continue;
                }
                let answered = match narrowed {
                    true => admission.sources.intersection(&passage.answered).meets(&replied),
                    false => admission.sources.meets(&passage.answered),
                };
                if answered {
                    outline.open.push(ports);
                }
                outline.arrives |= arrives;
                outline.perhaps = outline.perhaps || admission.sources.meets(&passage.perhaps);
            }
        }
    }
}

/// The ports of both intervals that are asked about; `asked` is `None` for a protocol without ports.
fn common(a: (u16, u16), b: (u16, u16), asked: Option<u16>) -> Option<(u16, u16)> {
    let ports = (a.0.max(b.0), a.1.min(b.1));
    match asked {
        Some(port) => (ports.0 <= port && port <= ports.1).then_some((port, port)),
        None => Some(ports),
    }
}
