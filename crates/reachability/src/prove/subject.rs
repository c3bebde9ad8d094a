//! One interface and one way to it: its verdict, and the fact that tells it.

use std::collections::BTreeSet;
use std::net::IpAddr;

use inspector_model::network::{Edge, NetworkInterface};

use super::endpoint::{Standing, Target};
use super::engine::{Meeting, Open, Outline};
use super::groups::Admissions;
use super::way::{Filter, Way};
use super::{blockers, explain};
use crate::address::{self, Address};
use crate::fact::{Blocker, Doubt, Fact, Opening, Verdict};
use crate::index::Index;
use crate::interval::IntervalSet;
use crate::protocol::Protocol;

/// One interface and all that is known about it.
pub(super) struct Subject<'s, 'n, A> {
    pub(super) index: &'s Index<'n>,
    pub(super) interface: &'n NetworkInterface,
    pub(super) instance: &'s str,
    pub(super) way: &'s Way<'n, A>,
    pub(super) standing: Standing,
    /// The addresses asked about.
    pub(super) addresses: Vec<Target<'n, 'n, A>>,
}

/// Whether a fact tells which edits would change it.
#[derive(Debug, Clone, Copy)]
pub(super) enum Edits {
    /// It does not: that takes longer than the rest.
    Unwanted,
    /// It does, for the port asked about or any.
    Wanted {
        /// The port asked about.
        port: Option<u16>,
    },
}

impl<'n, A: Address> Subject<'_, 'n, A> {
    /// Whether nothing can get in, whatever the filters say.
    pub(super) fn closed(&self) -> bool {
        let whole = !self.in_doubt();
        let blocked = whole && !self.addresses.is_empty() && self.best().is_none();
        blocked || !self.standing.blockers.is_empty() || !self.way.notes.blockers.is_empty()
    }

    /// The interface itself is not known for certain, so that no filter says anything about it.
    pub(super) fn in_doubt(&self) -> bool {
        self.index.unreadable(&self.interface.id).is_some()
    }

    /// What could not be told of the interface and the way to it.
    pub(super) fn doubts(&self) -> Vec<Doubt> {
        let mut doubts: Vec<Doubt> = self.standing.unknown.iter().chain(&self.way.notes.unknown).cloned().collect();
        if self.addresses.is_empty() {
            let what = format!("interface `{}` has no address in the snapshot", self.interface.id);
            doubts.push(Doubt::missing(what));
        }
        doubts.extend(self.best().iter().flat_map(|target| target.standing.unknown.iter().cloned()));
        doubts
    }

    /// The addresses asked about that packets can go to.
    pub(super) fn open_targets(&self) -> Vec<&Target<'n, 'n, A>> {
        self.unblocked().collect()
    }

    /// Blocked holds whatever the unknown turns out to be; reachable needs every part of the path to be known.
    pub(super) fn verdict(&self, closed: bool, certain: bool, outline: &Outline, filters: &[Filter<'_, A>]) -> Verdict {
        if closed {
            return Verdict::Blocked;
        }
        if self.in_doubt() {
            return Verdict::NotAssessed;
        }
        if !outline.open.is_empty() {
            return if certain { Verdict::Reachable } else { Verdict::NotAssessed };
        }
        let requests = || filters.iter().flat_map(|filter| &filter.requests);
        let passes = || requests().any(|passage| !passage.arrive.is_empty());
        if outline.perhaps || (outline.unknown && passes()) {
            return Verdict::NotAssessed;
        }
        match (outline.arrives, certain) {
            (false, _) => Verdict::Blocked,
            (true, true) => Verdict::OneWay,
            (true, false) => Verdict::NotAssessed,
        }
    }

    /// The fact about one protocol.
    pub(super) fn fact(
        &self,
        protocol: Protocol,
        meeting: Meeting<A>,
        filters: &[Filter<'_, A>],
        admitted: &[(&str, &Admissions<A>)],
        edits: Edits,
    ) -> Fact {
        let doubts = self.doubts();
        let outline = Outline {
            open: meeting.open.iter().map(|open| open.ports).collect(),
            arrives: !meeting.arrive.is_empty(),
            perhaps: !meeting.perhaps.is_empty(),
            unknown: !meeting.unknown.is_empty(),
        };
        let outcome = self.verdict(self.closed(), doubts.is_empty(), &outline, filters);
        let best = self.best();
        let mut fact = self.empty(protocol, best.map(|target| target.address.address), outcome);
        match outcome {
            Verdict::Reachable => {
                let open: Vec<IpAddr> = self
                    .unblocked()
                    .filter(|target| target.standing.unknown.is_empty())
                    .map(|target| target.address.address)
                    .collect();
                self.fill(&mut fact, &meeting, &open);
                let others = self.unblocked().flat_map(|target| target.standing.unknown.iter().cloned());
                fact.unknown = others.chain(meeting.unknown.iter().chain(&meeting.perhaps).cloned()).collect();
            }
            Verdict::OneWay => {
                if protocol.has_ports() {
                    fact.one_way_ports = IntervalSet::of(meeting.arrive.clone());
                }
                fact.blocked_by = self.blockers(protocol, admitted);
            }
            Verdict::Blocked => {
                fact.blocked_by = self.blockers(protocol, admitted);
                self.if_started(&mut fact, &meeting);
            }
            Verdict::NotAssessed => {
                let unknown = doubts.iter().chain(&meeting.unknown).chain(&meeting.perhaps);
                fact.unknown = unknown.cloned().collect();
            }
        }
        if let Edits::Wanted { port } = edits {
            match outcome {
                Verdict::Reachable => fact.closes = self.closes(protocol, &meeting.open),
                Verdict::OneWay | Verdict::Blocked => fact.opens = self.opens(protocol, admitted, port),
                Verdict::NotAssessed => {}
            }
        }
        if outcome != Verdict::Blocked {
            fact.assumptions = self.standing.assumptions.iter().chain(&self.way.notes.assumptions).cloned().collect();
            let of_targets = self.unblocked().flat_map(|target| &target.standing.assumptions);
            let more: BTreeSet<&String> = of_targets.collect();
            fact.assumptions.extend(more.into_iter().cloned());
        }
        fact
    }

    fn unblocked(&self) -> impl Iterator<Item = &Target<'n, 'n, A>> {
        self.addresses.iter().filter(|target| target.standing.blockers.is_empty())
    }

    /// Among addresses that can be reached, one without doubts speaks first.
    fn best(&self) -> Option<&Target<'n, 'n, A>> {
        self.unblocked().min_by_key(|target| target.standing.unknown.len())
    }

    fn fill(&self, fact: &mut Fact, meeting: &Meeting<A>, addresses: &[IpAddr]) {
        let ports = IntervalSet::of(meeting.open.iter().map(|open| open.ports).collect());
        let sources = meeting.open.iter().fold(IntervalSet::empty(), |all, open| all.union(&open.sources));
        let everyone = sources == self.way.sources && !self.way.entry.narrowed;
        fact.source = Some(if everyone && self.way.entry.edge == Edge::Internet {
            "internet".to_owned()
        } else {
            address::describe(&sources)
        });
        if fact.protocol.has_ports() {
            fact.client_ports = IntervalSet::of(meeting.open.iter().map(|open| open.client_ports).collect());
            fact.one_way_ports = IntervalSet::of(meeting.arrive.clone()).difference(&ports);
            fact.ports = ports;
        }
        fact.allowed_by = meeting.open.iter().map(|open| open.group.clone()).collect();
        fact.allowed_by.sort();
        fact.allowed_by.dedup();
        for &address in addresses {
            let here = |open: &&Open<A>| open.to.is_none_or(|to| to.ip() == address);
            fact.openings.extend(meeting.open.iter().filter(here).map(|open| Opening {
                group: open.group.clone(),
                address,
                ports: open.ports,
                sources: open.sources.intervals().iter().map(|(low, high)| (low.ip(), high.ip())).collect(),
                client_ports: open.client_ports,
            }));
        }
        fact.openings.sort_by(|a, b| (&a.ports, &a.group, a.address).cmp(&(&b.ports, &b.group, b.address)));
        explain::witness(self.index, fact);
    }

    fn blockers(&self, protocol: Protocol, admitted: &[(&str, &Admissions<A>)]) -> Vec<Blocker> {
        let mut all = self.standing.blockers.clone();
        if self.addresses.iter().all(|target| !target.standing.blockers.is_empty()) {
            all.extend(self.addresses.iter().flat_map(|target| target.standing.blockers.iter().cloned()));
        }
        let targets = self.open_targets();
        all.extend(blockers::of_filters(self.index, self.interface, self.way, &targets, protocol, admitted));
        if all.is_empty() {
            all.push(blockers::together(self.interface));
        }
        all.sort();
        all.dedup();
        all
    }

    /// What would be reachable if only the instance ran, said beside its state: rule 1 asks for both.
    fn if_started(&self, fact: &mut Fact, meeting: &Meeting<A>) {
        let open = meeting.open.iter().filter(|open| open.to.is_none_or(|to| self.takes(to)));
        let ports = IntervalSet::of(open.map(|open| open.ports).collect());
        let alone = fact.blocked_by.len() == 1 && self.best().is_some() && self.doubts().is_empty();
        let Some(blocker) = fact.blocked_by.first_mut().filter(|_| alone && !ports.is_empty()) else { return };
        if blocker.code == "BAD_STATE" && blocker.component == self.instance {
            let at = if fact.protocol.has_ports() { format!(" at {ports}") } else { String::new() };
            blocker.detail.push_str(&format!("; if it were started, it could be reached{at}"));
        }
    }

    /// Whether nothing about one address is in the way or in doubt.
    fn takes(&self, to: A) -> bool {
        self.unblocked().any(|target| target.address.address == to.ip() && target.standing.unknown.is_empty())
    }

    fn empty(&self, protocol: Protocol, address: Option<IpAddr>, outcome: Verdict) -> Fact {
        let first = self.addresses.first().map(|target| target.address.address);
        let primary = || self.interface.addresses.first().map(|address| address.address);
        Fact {
            instance: self.instance.to_owned(),
            instance_name: self.index.instance(self.instance).and_then(|instance| instance.name()).map(str::to_owned),
            private_ip: address.or(first).or_else(primary),
            eni: self.interface.id.clone(),
            via: self.way.entry.via.map(str::to_owned),
            reachable: outcome == Verdict::Reachable,
            ..Fact::unanswered(self.way.entry.edge, A::FAMILY, protocol, outcome)
        }
    }
}
