//! What a security group admits, as port intervals with their sources.

use std::sync::OnceLock;

use inspector_model::network::{SecurityGroup, Traffic};

use super::entry::Members;
use crate::address::Address;
use crate::fact::Doubt;
use crate::index::Index;
use crate::interval::IntervalSet;
use crate::map::Map;
use crate::protocol::Protocol;

/// Packets that one rule admits.
#[derive(Debug, Clone)]
pub(super) struct Admission<A> {
    /// First and last destination port.
    pub(super) ports: (u16, u16),
    /// Source addresses, private ones included; never empty.
    pub(super) sources: IntervalSet<A>,
}

/// What a group admits of one protocol.
#[derive(Debug, Clone)]
pub(super) struct Admissions<A> {
    /// What is known to be admitted.
    pub(super) known: Vec<Admission<A>>,
    /// Why it might admit more.
    pub(super) unknown: Vec<Doubt>,
}

impl<A> Admissions<A> {
    /// Nothing is admitted for certain, and nothing perhaps.
    pub(super) fn is_empty(&self) -> bool {
        self.known.is_empty() && self.unknown.is_empty()
    }
}

/// What every group admits from the internet, compiled when first asked for and shared by all workers.
#[derive(Debug)]
pub(super) struct Table<A> {
    /// One for each protocol of [`Protocol::ALWAYS`] of each group, in the order of the network. Many networks never ask
    /// for those of IPv6.
    cells: OnceLock<Vec<OnceLock<Admissions<A>>>>,
}

impl<A: Address> Table<A> {
    pub(super) const fn new() -> Self {
        Self { cells: OnceLock::new() }
    }

    /// What a group of the network admits; `None` for protocols that are asked about by number.
    pub(super) fn of(
        &self,
        index: &Index<'_>,
        group: usize,
        protocol: Protocol,
        internet: &IntervalSet<A>,
    ) -> Option<&Admissions<A>> {
        let slot = Protocol::ALWAYS.iter().position(|always| *always == protocol)?;
        let known = index.network.security_groups.get(group)?;
        let cells = self.cells.get_or_init(|| {
            let cells = index.network.security_groups.len() * Protocol::ALWAYS.len();
            std::iter::repeat_with(OnceLock::new).take(cells).collect()
        });
        let cell = cells.get(group * Protocol::ALWAYS.len() + slot)?;
        Some(cell.get_or_init(|| of_group(index, known, protocol, None, Some(internet))))
    }
}

/// The protocols that groups name by number: few do.
#[derive(Debug)]
pub(super) struct Named(Map<usize, Vec<Protocol>>);

impl Named {
    pub(super) fn new(index: &Index<'_>) -> Self {
        let mut named: Map<usize, Vec<Protocol>> = Map::default();
        for (at, group) in index.network.security_groups.iter().enumerate() {
            for rule in &group.ingress {
                if let Traffic::Protocol { protocol } = rule.traffic {
                    named.entry(at).or_default().push(Protocol::Other(protocol));
                }
            }
        }
        Self(named)
    }

    /// The protocols that an interface with these groups is asked about: those of every interface, and what its groups
    /// name.
    pub(super) fn protocols(&self, index: &Index<'_>, groups: &[String]) -> Vec<Protocol> {
        let mut protocols = Protocol::ALWAYS.to_vec();
        if !self.0.is_empty() {
            let groups = groups.iter().filter_map(|id| self.0.get(&index.group_number(id)?));
            protocols.extend(groups.flatten());
            protocols.sort_unstable();
            protocols.dedup();
        }
        protocols
    }
}

/// Compiles the inbound rules that can admit something from `within`, where that is given. References to groups match the
/// private addresses of `members`, so never a source on the internet.
pub(super) fn admissions<A: Address>(
    index: &Index<'_>,
    id: &str,
    protocol: Protocol,
    members: Option<Members<'_>>,
    within: Option<&IntervalSet<A>>,
) -> Admissions<A> {
    match index.group(id) {
        Some(group) => of_group(index, group, protocol, members, within),
        None => Admissions { known: Vec::new(), unknown: vec![missing(index, id)] },
    }
}

fn missing(index: &Index<'_>, id: &str) -> Doubt {
    Doubt::missing(match index.network.failure("SecurityGroups") {
        Some(why) => format!("security group `{id}`: {why}"),
        None => format!("security group `{id}` is not in the snapshot"),
    })
}

fn of_group<A: Address>(
    index: &Index<'_>,
    group: &SecurityGroup,
    protocol: Protocol,
    members: Option<Members<'_>>,
    within: Option<&IntervalSet<A>>,
) -> Admissions<A> {
    let mut known = Vec::new();
    let mut unknown: Vec<Doubt> = index
        .unreadable(&group.id)
        .map(|why| Doubt::missing(format!("security group `{}`: {why}", group.id)))
        .into_iter()
        .collect();
    for rule in &group.ingress {
        let Some(ports) = protocol.requests::<A>(rule.traffic) else { continue };
        let mut ranges: Vec<(A, A)> = rule.ranges.iter().filter_map(A::of_range).collect();
        for list in &rule.prefix_lists {
            match index.prefix_list(list) {
                Some(known) => ranges.extend(known.ranges.iter().filter_map(A::of_range)),
                None => {
                    let what = format!("prefix list `{list}` of security group `{}` is not in the snapshot", group.id);
                    unknown.push(Doubt::missing(what));
                }
            }
            if let Some(why) = index.unreadable(list) {
                unknown.push(Doubt::missing(format!("prefix list `{list}`: {why}")));
            }
        }
        let refused = index
            .network
            .failure("NetworkInterfaces")
            .filter(|_| matches!(members, Some(Members::In(_))) && !rule.groups.is_empty());
        unknown.extend(refused.map(|why| {
            let what = format!("members of the groups that security group `{}` names: {why}", group.id);
            Doubt::missing(what)
        }));
        match members {
            Some(Members::In(vpc)) => {
                for id in rule.groups.iter().filter(|id| index.vpc(vpc).is_none() && index.group(id).is_none()) {
                    let what = format!("members of security group `{id}` in `{vpc}` are not in the snapshot");
                    unknown.push(Doubt::missing(what));
                }
                for id in &rule.groups {
                    ranges.extend(index.members(id, vpc).filter_map(|own| A::of_ip(own.address)).map(|own| (own, own)));
                }
            }
            Some(Members::Senders(carried)) if rule.groups.iter().any(|id| carried.contains(id)) => {
                ranges.extend(IntervalSet::<A>::full().intervals());
            }
            Some(Members::Senders(_)) | None => {}
        }
        if within.is_none_or(|within| ranges.iter().any(|range| within.meets_interval(*range))) {
            let sources = IntervalSet::of(ranges);
            if !sources.is_empty() {
                known.push(Admission { ports, sources });
            }
        }
    }
    Admissions { known, unknown }
}
