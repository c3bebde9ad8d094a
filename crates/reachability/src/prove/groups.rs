//! What a security group admits, as port intervals with their sources.

use inspector_model::network::SecurityGroup;

use crate::address::Address;
use crate::fact::Doubt;
use crate::index::Index;
use crate::interval::IntervalSet;
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

/// Compiles the inbound rules that can admit something from `internet`. References to groups match private addresses of their members only, so never a source on
/// the internet, and are left out.
pub(super) fn admissions<A: Address>(
    index: &Index<'_>,
    id: &str,
    protocol: Protocol,
    internet: &IntervalSet<A>,
) -> Admissions<A> {
    match index.group(id) {
        Some(group) => of_group(index, group, protocol, internet),
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
    internet: &IntervalSet<A>,
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
        let sources = IntervalSet::of(ranges);
        if sources.meets(internet) {
            known.push(Admission { ports, sources });
        }
    }
    Admissions { known, unknown }
}
