//! The hops of a packet and its reply through the middlebox that a gateway's route table names.

use inspector_model::network::{NetworkInterface, SecurityGroupRule};
use inspector_model::proof::{Direction, Packet};

use super::{admitting, best_route, first_entry, named, tell_entry, tell_route};
use crate::fact::Fact;
use crate::index::Index;
use crate::prove::detour::{Place, place};
use crate::prove::way::Side;

/// A middlebox and the packet that passes it.
pub(super) struct Passed<'s, 'n> {
    index: &'s Index<'n>,
    fact: &'s Fact,
    interface: &'s NetworkInterface,
    request: &'s Packet,
    id: &'s str,
    place: Place<'n>,
}

impl<'s, 'n> Passed<'s, 'n> {
    /// The middlebox behind the route of a gateway's table, if that is where the route leads.
    pub(super) fn of(
        index: &'s Index<'n>,
        fact: &'s Fact,
        interface: &'s NetworkInterface,
        request: &'s Packet,
        target: &'n str,
    ) -> Option<Self> {
        Some(Self { index, fact, interface, request, id: target, place: place(index, target)? })
    }

    /// Whether packets between it and the interface cross a subnet's border.
    pub(super) fn border(&self) -> bool {
        self.place.subnet != self.interface.subnet
    }

    pub(super) fn request(&self, hop: &mut impl FnMut(Direction, &str, String)) {
        let Self { index, fact, request, .. } = self;
        self.acl(Direction::Request, Side::In, hop);
        let groups = self.place.appliance.iter().flat_map(|appliance| &appliance.security_groups);
        let groups: Vec<_> = groups.filter_map(|id| index.group(id)).collect();
        let admits =
            groups.iter().find_map(|group| Some((&group.id, admitting(index, &group.ingress, fact, request, None)?)));
        if let Some((group, rule)) = admits {
            hop(Direction::Request, group, rule);
        }
        let what = match (self.place.appliance, self.place.firewall) {
            (Some(appliance), _) => format!("{} passes it on", appliance.instance.as_deref().unwrap_or("an appliance")),
            (None, Some(firewall)) => format!("the rules of firewall {} pass it", firewall.id),
            (None, None) => "appliances behind the endpoint pass it on".to_owned(),
        };
        hop(Direction::Request, self.id, what);
        let out = groups.iter().find_map(|group| {
            let covers = |rule: &&SecurityGroupRule| super::covers(fact, rule.traffic, request.destination_port, false);
            let mut rules = group.egress.iter().filter(covers);
            let what = rules.find_map(|rule| named(index, rule, request.destination, Some(self.interface)))?;
            Some((&group.id, format!("outbound {}", what.replacen(" from ", " to ", 1))))
        });
        if let Some((group, rule)) = out {
            hop(Direction::Request, group, rule);
        }
        if self.border() {
            self.acl(Direction::Request, Side::Out, hop);
        }
    }

    pub(super) fn reply(&self, hop: &mut impl FnMut(Direction, &str, String)) {
        if self.border() {
            self.acl(Direction::Reply, Side::BackIn, hop);
        }
        hop(Direction::Reply, self.id, "passes it back".to_owned());
        self.acl(Direction::Reply, Side::BackOut, hop);
        let table = self.index.explicit_table(self.place.subnet).or_else(|| self.index.main_table(&self.interface.vpc));
        let route = table.and_then(|table| Some((table, best_route(self.index, &table.routes, self.request.source)?)));
        if let Some((table, route)) = route {
            hop(Direction::Reply, &table.id, tell_route(route));
        }
    }

    fn acl(&self, direction: Direction, side: Side, hop: &mut impl FnMut(Direction, &str, String)) {
        let Some(acl) = self.index.acl(self.place.subnet) else { return };
        let (other, port) = match side {
            Side::In => (self.request.source, self.request.destination_port),
            Side::Out => (self.request.destination, self.request.destination_port),
            Side::BackIn => (self.request.destination, self.request.source_port),
            Side::BackOut => (self.request.source, self.request.source_port),
        };
        if let Some(entry) = first_entry(&acl.entries, self.fact, other, port, side) {
            hop(direction, &acl.id, tell_entry(entry));
        }
    }
}
