//! What stands between the senders' side and the VPC where more than one component does: which destinations and sources it
//! carries, and the subnets that packets pass on their way.

use inspector_model::network::NetworkAcl;

use super::way::{Filter, Passage, Side, acl_ports, slices};
use crate::address::Address;
use crate::fact::{Blocker, Doubt};
use crate::interval::IntervalSet;
use crate::packet_set::Slice;
use crate::protocol::Protocol;

/// The components between both sides.
#[derive(Debug)]
pub(super) struct Between<'n, A> {
    /// Destinations of requests.
    pub(super) there: Carried<A>,
    /// Destinations of replies.
    pub(super) back: Carried<A>,
    /// Subnets of ours that requests may come in by, any of them; empty where they come straight to the receiver's.
    pub(super) enter: Vec<Crossed<'n>>,
    /// Network ACL of the subnet of ours that replies leave by.
    pub(super) leave: Option<&'n NetworkAcl>,
    /// Network ACL of the senders' subnet that requests leave by.
    pub(super) far_leave: Option<&'n NetworkAcl>,
    /// Network ACLs of the senders' subnets that replies may come in by, any of them; empty where none looks at them.
    pub(super) far_enter: Vec<&'n NetworkAcl>,
}

/// Destinations that get through.
#[derive(Debug, Clone)]
pub(super) struct Carried<A> {
    /// These do.
    pub(super) sure: IntervalSet<A>,
    /// These may, and why nobody can tell.
    pub(super) perhaps: Vec<(Doubt, IntervalSet<A>)>,
    /// What stops the others.
    pub(super) closed: Vec<Blocker>,
}

/// A subnet that packets come in by on their way to another one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Crossed<'n> {
    /// It is the receiver's own: no network ACL looks at packets to it.
    pub(super) own: bool,
    /// Its network ACL, where it is known.
    pub(super) acl: Option<&'n NetworkAcl>,
}

impl<A: Address> Carried<A> {
    /// Everything gets through.
    pub(super) fn everything() -> Self {
        Self { sure: IntervalSet::full(), perhaps: Vec::new(), closed: Vec::new() }
    }

    fn doubts(&self, address: A) -> Vec<Doubt> {
        let about = self.perhaps.iter().filter(|(_, addresses)| addresses.contains(address));
        about.map(|(doubt, _)| doubt.clone()).collect()
    }

    fn unsure(&self) -> IntervalSet<A> {
        self.perhaps.iter().fold(IntervalSet::empty(), |all, (_, addresses)| all.union(addresses))
    }
}

impl<'n, A: Address> Between<'n, A> {
    /// Requests that come in by any of the subnets. `guarded` holds those that the receiver's network ACL lets through,
    /// `unguarded` all.
    pub(super) fn requests(
        &self,
        guarded: &Filter<'n, A>,
        unguarded: &Passage<A>,
        to: A,
        protocol: Protocol,
    ) -> Vec<Passage<A>> {
        if self.enter.is_empty() {
            return guarded.requests.clone();
        }
        let mut ways: Vec<(bool, Option<&str>)> = Vec::new();
        let mut requests = Vec::new();
        for crossed in &self.enter {
            let way = (crossed.own, crossed.acl.filter(|_| !crossed.own).map(|acl| acl.id.as_str()));
            if ways.contains(&way) {
                continue;
            }
            ways.push(way);
            if crossed.own {
                requests.push(unguarded.clone());
                continue;
            }
            let mut one = guarded.clone();
            if let Some(acl) = crossed.acl {
                one.narrow(&acl_ports(acl, protocol, Side::Out, to), &whole(protocol));
            }
            requests.extend(one.requests);
        }
        requests
    }

    /// What gets through both ways: packets that do, and packets of which nobody can tell.
    pub(super) fn pass(
        &self,
        mut filter: Filter<'n, A>,
        sources: &IntervalSet<A>,
        to: A,
        protocol: Protocol,
    ) -> Vec<Filter<'n, A>> {
        if !self.there.sure.contains(to) {
            let doubts = self.there.doubts(to);
            if doubts.is_empty() {
                filter.requests.clear();
            }
            filter.unknown.extend(doubts);
        }
        if let Some(acl) = self.leave {
            let sent = IntervalSet::between(protocol.service_ports().0, protocol.service_ports().1);
            filter.narrow(&sent, &acl_ports(acl, protocol, Side::BackIn, to));
        }
        if let Some(acl) = self.far_leave {
            filter.requests = requests_within(&filter.requests, &slices(acl, protocol, Side::In, sources));
        }
        if !self.far_enter.is_empty() {
            let lets = |acl: &&NetworkAcl| slices(acl, protocol, Side::BackOut, sources);
            let allowed: Vec<Slice<A>> = self.far_enter.iter().flat_map(lets).collect();
            filter.replies = replies_within(&filter.replies, &allowed);
        }
        let unsure = self.back.unsure();
        let mut doubtful = filter.clone();
        for passage in &mut filter.requests {
            passage.answered = passage.answered.intersection(&self.back.sure);
        }
        if unsure.is_empty() {
            return vec![filter];
        }
        for passage in &mut doubtful.requests {
            passage.arrive = passage.answered.intersection(&unsure);
            passage.answered = IntervalSet::empty();
            passage.perhaps = IntervalSet::empty();
        }
        doubtful.unknown.extend(self.back.perhaps.iter().map(|(doubt, _)| doubt.clone()));
        vec![filter, doubtful]
    }

    /// What stops every packet between `sources` and `to`.
    pub(super) fn blockers(&self, sources: &IntervalSet<A>, to: A, protocol: Protocol) -> Vec<Blocker> {
        let mut blockers = Vec::new();
        if !self.there.sure.contains(to) && self.there.doubts(to).is_empty() {
            blockers.extend(self.there.closed.iter().cloned());
        }
        if !self.back.sure.meets(sources) && !self.back.unsure().meets(sources) {
            blockers.extend(self.back.closed.iter().cloned());
        }
        let mut closed = |acl: &NetworkAcl, what: &str| {
            let detail = format!("no entry lets the {protocol} {what} of the transit gateway's subnet");
            blockers.push(Blocker::new("SUBNET_ACL_RESTRICTION", &acl.id, detail));
        };
        let entering: Vec<&NetworkAcl> = self
            .enter
            .iter()
            .filter_map(|crossed| crossed.acl.filter(|_| !crossed.own))
            .filter(|acl| acl_ports(acl, protocol, Side::Out, to).is_empty())
            .collect();
        if entering.len() == self.enter.len() {
            entering.iter().for_each(|acl| closed(acl, "requests out"));
        }
        if let Some(acl) = self.leave.filter(|acl| acl_ports(acl, protocol, Side::BackIn, to).is_empty()) {
            closed(acl, "replies in");
        }
        if let Some(acl) = self.far_leave.filter(|acl| slices(acl, protocol, Side::In, sources).is_empty()) {
            closed(acl, "requests in");
        }
        let shut = |acl: &&&NetworkAcl| slices(acl, protocol, Side::BackOut, sources).is_empty();
        if self.far_enter.iter().filter(shut).count() == self.far_enter.len() {
            self.far_enter.iter().for_each(|acl| closed(acl, "replies out"));
        }
        blockers
    }
}

fn whole(protocol: Protocol) -> IntervalSet<u16> {
    let (low, high) = protocol.client_ports();
    IntervalSet::between(low, high)
}

fn requests_within<A: Address>(requests: &[Passage<A>], allowed: &[Slice<A>]) -> Vec<Passage<A>> {
    let pairs = requests.iter().flat_map(|passage| allowed.iter().map(move |slice| (passage, slice)));
    pairs
        .filter_map(|(passage, slice)| {
            Some(Passage {
                ports: common(passage.ports, slice.ports)?,
                arrive: passage.arrive.intersection(&slice.addresses),
                answered: passage.answered.intersection(&slice.addresses),
                perhaps: passage.perhaps.intersection(&slice.addresses),
            })
        })
        .collect()
}

fn replies_within<A: Address>(replies: &[Slice<A>], allowed: &[Slice<A>]) -> Vec<Slice<A>> {
    let pairs = replies.iter().flat_map(|reply| allowed.iter().map(move |slice| (reply, slice)));
    pairs
        .filter_map(|(reply, slice)| {
            let addresses = reply.addresses.intersection(&slice.addresses);
            Some(Slice { ports: common(reply.ports, slice.ports)?, addresses })
        })
        .collect()
}

fn common(a: (u16, u16), b: (u16, u16)) -> Option<(u16, u16)> {
    let ports = (a.0.max(b.0), a.1.min(b.1));
    (ports.0 <= ports.1).then_some(ports)
}
