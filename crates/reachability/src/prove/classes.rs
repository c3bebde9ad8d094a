//! Which addresses no rule between origins and a subnet tells apart, and origins that pass the same filters joined: work is
//! done once for each class, not for each pair of sender and receiver.

use std::collections::BTreeMap;

use inspector_model::network::{NetworkAcl, RouteDestination, RouteTable};
use ipnet::IpNet;

use super::entry::{Far, Members, Origin};
use super::way::{Filter, Passage};
use crate::address::Address;
use crate::fact::Doubt;
use crate::index::Index;
use crate::interval::IntervalSet;
use crate::packet_set::Slice;

/// First addresses behind every border that a rule about the receiver's address draws, in order.
pub(super) fn cuts<A: Address>(index: &Index<'_>, origins: &[Origin<'_, A>]) -> Vec<A> {
    let mut cuts: Vec<A> = Vec::new();
    let mut seen: Vec<*const ()> = Vec::new();
    let mut once = |record: *const ()| {
        let place = seen.binary_search(&record);
        place.map_err(|at| seen.insert(at, record)).is_err()
    };
    for origin in origins {
        if let Some(Far { acl, route, groups, .. }) = &origin.far {
            let acls = acl.iter().filter(|acl| once(std::ptr::from_ref::<NetworkAcl>(acl).cast()));
            cut(acls.flat_map(|acl| acl.entries.iter().map(|entry| &entry.range)), &mut cuts);
            let tables = route.iter().filter(|(table, _)| once(std::ptr::from_ref::<RouteTable>(table).cast()));
            cut(tables.flat_map(|(table, _)| ranges(index, table)), &mut cuts);
            for group in groups.iter().copied().flatten().filter_map(|id| index.group(id)) {
                if once(std::ptr::from_ref(group).cast()) {
                    let lists = group.egress.iter().flat_map(|rule| &rule.prefix_lists);
                    let lists = lists.filter_map(|id| index.prefix_list(id)).flat_map(|list| &list.ranges);
                    cut(group.egress.iter().flat_map(|rule| &rule.ranges).chain(lists), &mut cuts);
                }
            }
        }
        if let Some(between) = &origin.between {
            let acls = between.enter.iter().filter_map(|crossed| crossed.acl).chain(between.leave);
            let acls = acls.filter(|acl| once(std::ptr::from_ref::<NetworkAcl>(acl).cast()));
            cut(acls.flat_map(|acl| acl.entries.iter().map(|entry| &entry.range)), &mut cuts);
            let there = std::iter::once(&between.there.sure).chain(between.there.perhaps.iter().map(|(_, set)| set));
            for (low, high) in there.flat_map(|set| set.intervals()) {
                cuts.push(*low);
                cuts.extend(high.next());
            }
        }
    }
    cuts.sort_unstable();
    cuts.dedup();
    cuts
}

fn ranges<'i>(index: &'i Index<'_>, table: &'i RouteTable) -> impl Iterator<Item = &'i IpNet> {
    table.routes.iter().flat_map(|route| match &route.destination {
        RouteDestination::Range(range) => std::slice::from_ref(range),
        RouteDestination::PrefixList(id) => index.prefix_list(id).map_or(&[][..], |list| &list.ranges),
    })
}

fn cut<'r, A: Address>(ranges: impl Iterator<Item = &'r IpNet>, cuts: &mut Vec<A>) {
    for (low, high) in ranges.filter_map(A::of_range) {
        cuts.push(low);
        cuts.extend(high.next());
    }
}

/// What has to be the same for two origins to be joined.
type Shape<'n> = (Option<Members<'n>>, Vec<Doubt>, Vec<(u16, u16)>, Vec<(u16, u16)>);

/// Joins filters that differ in their sources only, of origins that share none: what one lets in and another one back out
/// must not meet.
pub(super) fn joined<'f, 'n, A: Address + 'f>(
    parts: impl Iterator<Item = (&'f IntervalSet<A>, Filter<'n, A>)>,
) -> Vec<Filter<'n, A>> {
    let mut places: BTreeMap<Shape<'n>, Vec<usize>> = BTreeMap::new();
    let mut all: Vec<Joined<'n, A>> = Vec::new();
    for (sources, filter) in parts {
        if filter.requests.iter().all(|passage| passage.arrive.is_empty()) {
            continue;
        }
        let requests = filter.requests.iter().map(|passage| passage.ports).collect();
        let replies = filter.replies.iter().map(|slice| slice.ports).collect();
        let places = places.entry((filter.members, filter.unknown.clone(), requests, replies)).or_default();
        let apart = |at: &&usize| all.get(**at).is_some_and(|joined| !joined.sources.meets(sources));
        match places.iter().rev().take(TRIES).find(apart).copied() {
            Some(at) => {
                if let Some(joined) = all.get_mut(at) {
                    joined.add(sources, filter);
                }
            }
            None => {
                places.push(all.len());
                all.push(Joined { sources: sources.clone(), parts: vec![filter] });
            }
        }
    }
    all.into_iter().filter_map(Joined::whole).collect()
}

/// How many joined filters of one shape are looked at for a place: senders of one address range are few.
const TRIES: usize = 8;

struct Joined<'n, A> {
    sources: IntervalSet<A>,
    parts: Vec<Filter<'n, A>>,
}

impl<'n, A: Address> Joined<'n, A> {
    fn add(&mut self, sources: &IntervalSet<A>, filter: Filter<'n, A>) {
        self.sources = self.sources.union(sources);
        self.parts.push(filter);
    }

    /// All parts in one, passage by passage and slice by slice.
    fn whole(self) -> Option<Filter<'n, A>> {
        let first = self.parts.first()?;
        if self.parts.len() == 1 {
            return self.parts.into_iter().next();
        }
        let at = |at: usize, pick: fn(&Passage<A>) -> &IntervalSet<A>| {
            let sets = self.parts.iter().filter_map(|part| part.requests.get(at)).map(pick);
            IntervalSet::of(sets.flat_map(|set| set.intervals().iter().copied()).collect())
        };
        let requests = first.requests.iter().enumerate().map(|(place, passage)| Passage {
            ports: passage.ports,
            arrive: at(place, |passage| &passage.arrive),
            answered: at(place, |passage| &passage.answered),
            perhaps: at(place, |passage| &passage.perhaps),
        });
        let replies = first.replies.iter().enumerate().map(|(place, slice)| {
            let sets = self.parts.iter().filter_map(|part| part.replies.get(place)).map(|slice| &slice.addresses);
            let addresses = IntervalSet::of(sets.flat_map(|set| set.intervals().iter().copied()).collect());
            Slice { ports: slice.ports, addresses }
        });
        let (members, unknown) = (first.members, first.unknown.clone());
        Some(Filter { to: None, members, unknown, requests: requests.collect(), replies: replies.collect() })
    }
}
