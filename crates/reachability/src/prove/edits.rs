//! The fewest edits that would open what is closed, and edits each of which would close what is open.
//!
//! A packet and its reply pass a few filters, each of which one edit can open for them: security groups, the network ACL
//! both ways, the route of replies. The fewest edits are those of the packet that the fewest filters stop.

use inspector_model::network::{Edge, Traffic};
use ipnet::IpNet;

use super::endpoint::Target;
use super::engine::Open;
use super::entry::{Members, Origin};
use super::groups::Admissions;
use super::routes;
use super::subject::Subject;
use super::way::meets;
use crate::address::{Address, Family};
use crate::change::{
    AclEntry, Association, Attachment, Change, GroupRule, InstanceName, PrivateAddress, Route, RouteName, Side,
};
use crate::fact::{Blocker, Opens};
use crate::interval::IntervalSet;
use crate::protocol::Protocol;

/// A port that most services of the internet have, proposed where any would do.
const USUAL_PORT: u16 = 443;

/// What one edit can open for one packet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Layer {
    Groups,
    AclIn,
    AclOut,
    Route,
    SenderOut,
    SenderBack,
}

const LAYERS: [Layer; 6] =
    [Layer::Groups, Layer::AclIn, Layer::AclOut, Layer::Route, Layer::SenderOut, Layer::SenderBack];

/// Packets by ports and sources.
type Part<A> = ((u16, u16), IntervalSet<A>);

/// What each layer lets through between one origin and one address.
struct Layers<A> {
    groups: Vec<Part<A>>,
    acl_in: Vec<Part<A>>,
    acl_out: Vec<Part<A>>,
    routed: IntervalSet<A>,
    sent: IntervalSet<u16>,
    returned: IntervalSet<u16>,
    /// Everyone who sends.
    everyone: IntervalSet<A>,
}

/// A packet that passes every layer but some.
struct Passing<A> {
    ports: (u16, u16),
    source: A,
    opened: Vec<Layer>,
}

impl<A: Address> Subject<'_, '_, A> {
    /// The fewest edits after which something gets in and is answered; `None` where the question itself leaves nobody to
    /// send anything.
    pub(super) fn opens(
        &self,
        protocol: Protocol,
        admitted: &[(&str, &Admissions<A>)],
        port: Option<u16>,
    ) -> Option<Opens> {
        let mut needed = Opens::default();
        // Through a middlebox, or several components, more than one filter of a kind may stand in the way.
        if !self.is_plain() {
            return None;
        }
        let (gateway, blocked) = self.gateway_edits(&mut needed);
        self.standing.blockers.iter().for_each(|blocker| needed.add(self.state_edit(blocker)));
        self.address_edits(&mut needed);
        let back = gateway.as_deref().or(self.way.entry.back);
        let mut best: Option<(Opens, Passing<A>)> = None;
        for origin in self.way.entry.origins.iter().filter(|origin| !origin.sources.is_empty()) {
            let mut own = Opens::default();
            let layers = self.layers(origin, protocol, admitted, back, blocked, &mut own);
            let Some(passing) = layers.fewest(protocol, port) else { continue };
            let edits = own.edits + passing.opened.len();
            if best.as_ref().is_none_or(|(known, known_packet)| edits < known.edits + known_packet.opened.len()) {
                best = Some((own, passing));
            }
        }
        let (own, passing) = best?;
        needed.edits += own.edits;
        needed.also.extend(own.also);
        for layer in &passing.opened {
            needed.add(self.layer_edit(*layer, &passing, protocol, port, back));
        }
        Some(needed)
    }

    /// Whether packets pass the subnet's own border, the senders' own side, and nothing else.
    fn is_plain(&self) -> bool {
        self.addresses.iter().all(Target::is_direct)
            && self.way.entry.also_back.is_empty()
            && self.way.entry.origins.iter().all(|origin| origin.between.is_none())
    }

    /// What the way itself lacks. Returns the internet gateway that would be attached, and whether routes to any gateway
    /// are of no use.
    fn gateway_edits(&self, needed: &mut Opens) -> (Option<String>, bool) {
        let internet = self.way.entry.edge == Edge::Internet;
        let attaches = |blocker: &&Blocker| internet && ["NO_PATH", "BAD_STATE_ATTACHMENT"].contains(&blocker.code);
        let (blockers, others): (Vec<&Blocker>, Vec<&Blocker>) = self.way.notes.blockers.iter().partition(attaches);
        others.into_iter().for_each(|blocker| needed.add(Err(words(blocker))));
        if blockers.is_empty() {
            return (None, false);
        }
        let vpc = self.interface.vpc.clone();
        let routed = blockers.iter().find(|blocker| blocker.code == "BAD_STATE_ATTACHMENT");
        let free = || self.index.network.internet_gateways.iter().find(|gateway| gateway.vpcs.is_empty());
        let known = |id: &String| self.index.network.internet_gateways.iter().any(|gateway| gateway.id == *id);
        let gateway = match routed {
            Some(blocker) => Some(blocker.component.clone()),
            None => free().map(|gateway| gateway.id.clone()),
        };
        needed.add(match gateway.clone().filter(known) {
            Some(gateway) => Ok(Change::AttachInternetGateway(Attachment { gateway, vpc })),
            None => Err(format!("attach an internet gateway to `{vpc}`")),
        });
        if let Some(table) = gateway.as_deref().and_then(|gateway| self.index.gateway_table(gateway)) {
            let own = self.addresses.iter().find_map(|target| A::of_ip(target.address.address));
            let here = own.map(|own| IntervalSet::between(own, own)).unwrap_or_default();
            if routes::split(self.index, table, Some("local"), &here).wanted != here {
                needed.add(Err(format!("let `{}` deliver packets from the gateway to the subnet", table.id)));
            }
        }
        let blocked = gateway.is_none();
        (gateway, blocked)
    }

    fn state_edit(&self, blocker: &Blocker) -> Result<Change, String> {
        let instance = self.index.instance(self.instance);
        match (blocker.code, instance.and_then(|instance| instance.state.as_deref())) {
            ("BAD_STATE", Some(state)) if state != "terminated" => {
                Ok(Change::StartInstance(InstanceName { instance: self.instance.to_owned() }))
            }
            _ => Err(words(blocker)),
        }
    }

    /// Where every address is closed, the one that lacks least.
    fn address_edits(&self, needed: &mut Opens) {
        let closest = self.addresses.iter().min_by_key(|target| target.standing.blockers.len());
        for blocker in closest.iter().flat_map(|target| &target.standing.blockers) {
            let lacks_public = blocker.code == "IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS" && A::FAMILY == Family::Ipv4;
            needed.add(match closest.filter(|_| lacks_public) {
                Some(target) => Ok(Change::AssociateAddress(Association {
                    interface: self.interface.id.clone(),
                    private: target.address.address,
                    public: None,
                })),
                None => Err(words(blocker)),
            });
        }
    }

    fn layers(
        &self,
        origin: &Origin<'_, A>,
        protocol: Protocol,
        admitted: &[(&str, &Admissions<A>)],
        back: Option<&str>,
        unroutable: bool,
        own: &mut Opens,
    ) -> Layers<A> {
        let within = |sources: &IntervalSet<A>| sources.intersection(&origin.sources);
        let part = |ports, sources: &IntervalSet<A>| (ports, within(sources));
        let all = |ports| vec![(ports, origin.sources.clone())];
        let known = admitted.iter().flat_map(|(_, admissions)| &admissions.known);
        let mut layers = Layers {
            groups: known.map(|admission| part(admission.ports, &admission.sources)).collect(),
            acl_in: all(protocol.service_ports()),
            acl_out: all(protocol.client_ports()),
            routed: origin.sources.clone(),
            sent: IntervalSet::between(protocol.service_ports().0, protocol.service_ports().1),
            returned: IntervalSet::between(protocol.client_ports().0, protocol.client_ports().1),
            everyone: origin.sources.clone(),
        };
        if !origin.same_subnet {
            let near = self.way.near(protocol);
            layers.acl_in = near.requests.iter().map(|passage| part(passage.ports, &passage.arrive)).collect();
            layers.acl_out = near.replies.iter().map(|slice| part(slice.ports, &slice.addresses)).collect();
            layers.routed = match self.way.table {
                _ if unroutable => IntervalSet::empty(),
                Some(table) => within(&routes::split(self.index, table, back, &self.way.sources).wanted),
                None => origin.sources.clone(),
            };
        }
        let address = self.interface.addresses.iter().find_map(|address| A::of_ip(address.address));
        if let (Some(far), Some(to)) = (&origin.far, address) {
            let passed = far.passed(self.index, self.interface, to, protocol);
            if passed.blockers.is_empty() {
                (layers.sent, layers.returned) = (passed.sent, passed.returned);
            }
            passed.blockers.iter().for_each(|blocker| own.add(Err(words(blocker))));
        }
        layers
    }

    fn layer_edit(
        &self,
        layer: Layer,
        passing: &Passing<A>,
        protocol: Protocol,
        port: Option<u16>,
        back: Option<&str>,
    ) -> Result<Change, String> {
        let cidr = IpNet::from(passing.source.ip());
        let service = match protocol.has_ports() {
            true => port.or((passing.ports.0 <= USUAL_PORT && USUAL_PORT <= passing.ports.1).then_some(USUAL_PORT)),
            false => None,
        };
        let service = service.unwrap_or(passing.ports.0);
        match layer {
            Layer::Groups => {
                let Some(group) = self.interface.security_groups.first() else {
                    return Err(format!("give `{}` a security group", self.interface.id));
                };
                let (name, from, to) = request::<A>(protocol, service);
                Ok(Change::Authorize(GroupRule {
                    group: group.clone(),
                    direction: Side::Ingress,
                    protocol: name,
                    from,
                    to,
                    cidr: Some(cidr),
                    other_group: None,
                    prefix_list: None,
                }))
            }
            Layer::AclIn => {
                self.acl_edit(Side::Ingress, true, cidr, request::<A>(protocol, service)).ok_or_else(nothing_known)
            }
            Layer::AclOut => self.acl_edit(Side::Egress, true, cidr, reply::<A>(protocol)).ok_or_else(nothing_known),
            Layer::Route => match (self.way.table, back) {
                // No route can be written over the VPC's own.
                (Some(table), _) if routes::owns(table, cidr) => {
                    Err(format!("replies to {cidr} stay in the VPC, whose own range it is"))
                }
                (Some(table), Some(back)) => Ok(Change::CreateRoute(Route {
                    table: table.id.clone(),
                    destination: cidr.to_string(),
                    target: back.to_owned(),
                })),
                (Some(table), None) => Err(format!("route {cidr} to the internet gateway in `{}`", table.id)),
                (None, _) => Err(nothing_known()),
            },
            Layer::SenderOut => Err(format!("let {protocol} requests out on the sender's side")),
            Layer::SenderBack => Err(format!("let {protocol} replies in on the sender's side")),
        }
    }

    /// An entry before all others of its direction.
    fn acl_edit(
        &self,
        direction: Side,
        allow: bool,
        cidr: IpNet,
        (protocol, from, to): (String, Option<i64>, Option<i64>),
    ) -> Option<Change> {
        let acl = self.way.acl?;
        let egress = direction == Side::Egress;
        let first = acl.entries.iter().filter(|entry| entry.egress == egress).map(|entry| entry.number).min();
        let number = first.map_or(100, |first| first.saturating_sub(1)).max(1);
        Some(Change::PutAclEntry(AclEntry { acl: acl.id.clone(), direction, number, allow, protocol, from, to, cidr }))
    }

    /// Edits each of which leaves nothing of `open` reachable, and the rules that all have to go for it.
    pub(super) fn closes(&self, protocol: Protocol, open: &[Open<A>]) -> Vec<Vec<Change>> {
        let sources = open.iter().fold(IntervalSet::empty(), |all, open| all.union(&open.sources));
        let mut closes = vec![self.revocations(protocol, open)];
        closes.extend(self.disassociation().map(|change| vec![change]));
        let crosses = self.is_plain() && self.way.entry.origins.iter().all(|origin| !origin.same_subnet);
        if crosses {
            closes.extend(self.route_removal(&sources).map(|change| vec![change]));
            let anyone = if A::FAMILY == Family::Ipv4 { "0.0.0.0/0" } else { "::/0" };
            let (name, from, to) = request::<A>(protocol, 0);
            let all = if protocol.has_ports() { (name, Some(0), Some(65535)) } else { (name, from, to) };
            let deny = anyone.parse().ok().and_then(|anyone| self.acl_edit(Side::Ingress, false, anyone, all));
            // An entry that takes the place of another one changes more than it says.
            let free = self.way.acl.is_some_and(|acl| acl.entries.iter().all(|entry| entry.egress || entry.number > 1));
            closes.extend(deny.filter(|_| free).map(|change| vec![change]));
        }
        closes.retain(|changes| !changes.is_empty());
        closes.sort_by_key(Vec::len);
        closes
    }

    /// The rules that admit something of `open`.
    fn revocations(&self, protocol: Protocol, open: &[Open<A>]) -> Vec<Change> {
        let mut revoked: Vec<Change> = Vec::new();
        for id in &self.interface.security_groups {
            let Some(group) = self.index.group(id) else { continue };
            for rule in &group.ingress {
                let Some(ports) = protocol.requests::<A>(rule.traffic) else { continue };
                let here = || open.iter().filter(|open| open.group == *id && meets(open.ports, ports));
                let admits = |set: &IntervalSet<A>| here().any(|open| open.sources.meets(set));
                let (name, from, to) = pair(rule.traffic);
                let plain = GroupRule {
                    group: id.clone(),
                    direction: Side::Ingress,
                    protocol: name,
                    from,
                    to,
                    cidr: None,
                    other_group: None,
                    prefix_list: None,
                };
                let ranges = rule.ranges.iter().filter(|range| admits(&A::set([*range])));
                revoked.extend(ranges.map(|range| Change::Revoke(GroupRule { cidr: Some(*range), ..plain.clone() })));
                let of_list =
                    |list: &&String| self.index.prefix_list(list).is_some_and(|list| admits(&A::set(&list.ranges)));
                let lists = rule.prefix_lists.iter().filter(of_list).cloned();
                revoked
                    .extend(lists.map(|list| Change::Revoke(GroupRule { prefix_list: Some(list), ..plain.clone() })));
                let members = |id: &String| {
                    let of = |members| match members {
                        Members::In(vpc) => {
                            self.index.members(id, vpc).filter_map(|own| A::of_ip(own.address)).collect()
                        }
                        Members::Senders(_) => Vec::new(),
                    };
                    let named = self.way.scopes.iter().filter_map(|scope| scope.members);
                    let own = named.flat_map(of).map(|own| (own, own)).collect();
                    let sent =
                        self.way.scopes.iter().any(
                            |scope| matches!(scope.members, Some(Members::Senders(groups)) if groups.contains(id)),
                        );
                    if sent { self.way.sources.clone() } else { IntervalSet::of(own) }
                };
                let groups = rule.groups.iter().filter(|id| admits(&members(id))).cloned();
                revoked.extend(
                    groups.map(|other| Change::Revoke(GroupRule { other_group: Some(other), ..plain.clone() })),
                );
            }
        }
        let mut distinct: Vec<Change> = Vec::new();
        for change in revoked {
            if !distinct.contains(&change) {
                distinct.push(change);
            }
        }
        distinct
    }

    /// Where one public address alone is open.
    fn disassociation(&self) -> Option<Change> {
        let internet = self.way.entry.edge == Edge::Internet && A::FAMILY == Family::Ipv4;
        let mut open = self.addresses.iter().filter(|target| target.standing.blockers.is_empty());
        let (Some(target), None, true) = (open.next(), open.next(), internet) else { return None };
        Some(Change::DisassociateAddress(PrivateAddress {
            interface: self.interface.id.clone(),
            private: target.address.address,
        }))
    }

    /// The one route without which no reply gets back to any of `sources`.
    fn route_removal(&self, sources: &IntervalSet<A>) -> Option<Change> {
        let table = self.way.table?;
        let back = self.way.entry.back.filter(|back| *back != "local")?;
        let written = table.routes.iter().enumerate().filter(|(_, route)| route.target == back && !route.propagated);
        let mut closing = written.filter(|(at, _)| {
            let mut without = table.clone();
            without.routes.remove(*at);
            !routes::split(self.index, &without, Some(back), sources).wanted.meets(sources)
        });
        let (_, route) = closing.next()?;
        let destination = match &route.destination {
            inspector_model::network::RouteDestination::Range(range) => range.to_string(),
            inspector_model::network::RouteDestination::PrefixList(id) => id.clone(),
        };
        Some(Change::DeleteRoute(RouteName { table: table.id.clone(), destination }))
    }
}

impl<A: Address> Layers<A> {
    /// The packet that the fewest layers stop.
    fn fewest(&self, protocol: Protocol, port: Option<u16>) -> Option<Passing<A>> {
        let mut choices: Vec<u8> = (0..1 << LAYERS.len()).collect();
        choices.sort_by_key(|choice: &u8| (choice.count_ones(), *choice));
        choices.into_iter().find_map(|choice| {
            let opened: Vec<Layer> = LAYERS
                .into_iter()
                .enumerate()
                .filter(|(at, _)| choice & (1 << at) != 0)
                .map(|(_, layer)| layer)
                .collect();
            self.passing(protocol, port, opened)
        })
    }

    fn passing(&self, protocol: Protocol, port: Option<u16>, opened: Vec<Layer>) -> Option<Passing<A>> {
        let closed = |layer: Layer| !opened.contains(&layer);
        let everything = |ports| [(ports, IntervalSet::full())];
        let (service, client) = (everything(protocol.service_ports()), everything(protocol.client_ports()));
        let groups = if closed(Layer::Groups) { self.groups.as_slice() } else { &service };
        let requests = if closed(Layer::AclIn) { self.acl_in.as_slice() } else { &service };
        let replies = if closed(Layer::AclOut) { self.acl_out.as_slice() } else { &client };
        let asked = port.filter(|_| protocol.has_ports()).map_or(service[0].0, |port| (port, port));
        for (ports, sources) in groups.iter().filter(|(ports, _)| meets(*ports, asked)) {
            for (more_ports, more) in requests.iter().filter(|(more, _)| meets(*more, *ports)) {
                let low = ports.0.max(more_ports.0).max(asked.0);
                let both = IntervalSet::between(low, ports.1.min(more_ports.1).min(asked.1));
                let both = if closed(Layer::SenderOut) { both.intersection(&self.sent) } else { both };
                let Some(ports) = both.intervals().first() else { continue };
                let sources = sources.intersection(more).intersection(&self.everyone);
                let sources = if closed(Layer::Route) { sources.intersection(&self.routed) } else { sources };
                for (client, back) in replies {
                    let returned = IntervalSet::between(client.0, client.1);
                    let returned = !closed(Layer::SenderBack) || returned.meets(&self.returned);
                    let answered = sources.intersection(back);
                    if let Some(source) = answered.first().filter(|_| returned) {
                        return Some(Passing { ports: *ports, source, opened });
                    }
                }
            }
        }
        None
    }
}

impl Opens {
    fn add(&mut self, edit: Result<Change, String>) {
        self.edits += 1;
        match edit {
            Ok(change) => self.changes.push(change),
            Err(words) => self.also.push(words),
        }
    }
}

fn words(blocker: &Blocker) -> String {
    format!("change `{}`: {}", blocker.component, blocker.detail)
}

fn nothing_known() -> String {
    "what stands in the way is not in the snapshot".to_owned()
}

/// Protocol, ports or type of a request.
fn request<A: Address>(protocol: Protocol, port: u16) -> (String, Option<i64>, Option<i64>) {
    match protocol {
        Protocol::Tcp | Protocol::Udp => (protocol.to_string(), Some(port.into()), Some(port.into())),
        Protocol::IcmpEcho => (A::ECHO.protocol.to_string(), Some(A::ECHO.request.into()), Some(-1)),
        Protocol::Other(number) => (number.to_string(), None, None),
    }
}

/// The same of its reply, to any client port.
fn reply<A: Address>(protocol: Protocol) -> (String, Option<i64>, Option<i64>) {
    let (low, high) = protocol.client_ports();
    match protocol {
        Protocol::Tcp | Protocol::Udp => (protocol.to_string(), Some(low.into()), Some(high.into())),
        Protocol::IcmpEcho => (A::ECHO.protocol.to_string(), Some(A::ECHO.reply.into()), Some(-1)),
        Protocol::Other(number) => (number.to_string(), None, None),
    }
}

/// A rule's traffic as AWS writes it.
fn pair(traffic: Traffic) -> (String, Option<i64>, Option<i64>) {
    match traffic {
        Traffic::All => ("-1".to_owned(), None, None),
        Traffic::Ports { protocol, from, to } => {
            let name = if protocol == 6 { "tcp" } else { "udp" };
            (name.to_owned(), Some(from.into()), Some(to.into()))
        }
        Traffic::Icmp { protocol, icmp_type, icmp_code } => {
            (protocol.to_string(), icmp_type.map(i64::from), icmp_code.map(i64::from))
        }
        Traffic::Protocol { protocol } => (protocol.to_string(), None, None),
    }
}
