//! Where a route table sends packets, as sets of destinations.

use inspector_model::network::{RouteDestination, RouteTable};
use ipnet::IpNet;

use crate::address::Address;
use crate::index::Index;
use crate::interval::IntervalSet;

/// Destinations by what happens to them.
#[derive(Debug)]
pub(super) struct Routes<A> {
    /// Go to the wanted gateway.
    pub(super) wanted: IntervalSet<A>,
    /// Match a blackhole route.
    pub(super) dropped: IntervalSet<A>,
    /// Go through a component that can pass packets on in ways that are not modelled.
    pub(super) perhaps: Vec<(String, IntervalSet<A>)>,
    /// Go elsewhere, by target.
    pub(super) elsewhere: Vec<(String, IntervalSet<A>)>,
    /// Prefix lists of service endpoints whose entries are not known.
    pub(super) assumed_empty: Vec<String>,
    /// Prefix lists whose entries are not known and could hold any address.
    pub(super) unknown: Vec<String>,
}

impl<A: Address> Routes<A> {
    /// Counts what goes to any of `targets` as going to the wanted gateway too.
    pub(super) fn also(mut self, targets: &[&str]) -> Self {
        if !targets.is_empty() {
            let (found, elsewhere) =
                self.elsewhere.into_iter().partition(|(target, _)| targets.contains(&target.as_str()));
            self.elsewhere = elsewhere;
            let found: Vec<(String, IntervalSet<A>)> = found;
            self.wanted = found.iter().fold(self.wanted, |all, (_, taken)| all.union(taken));
        }
        self
    }
}

/// Whether the VPC's own route is for exactly `range`.
pub(super) fn owns(table: &RouteTable, range: IpNet) -> bool {
    table.routes.iter().any(|route| route.target == "local" && route.destination == RouteDestination::Range(range))
}

struct Candidate<'n, A> {
    length: u8,
    rank: u8,
    range: (A, A),
    target: &'n str,
    blackhole: bool,
    endpoint: bool,
}

/// Splits `universe`, for `local` a part of the VPC's own ranges, by the routes of `table`: the longest prefix wins, a
/// blackhole too; among equals local, static, static by prefix list, propagated (Amazon VPC User Guide, "Route
/// priority").
pub(super) fn split<A: Address>(
    index: &Index<'_>,
    table: &RouteTable,
    wanted: Option<&str>,
    universe: &IntervalSet<A>,
) -> Routes<A> {
    let mut routes = nowhere();
    let mut candidates = candidates(index, table, &mut routes);
    candidates.sort_by_key(|candidate| (std::cmp::Reverse(candidate.length), candidate.rank));
    let mut left = universe.clone();
    for candidate in candidates {
        let range = IntervalSet::between(candidate.range.0, candidate.range.1);
        let taken = left.intersection(&range);
        if taken.is_empty() {
            continue;
        }
        left = left.difference(&range);
        if candidate.blackhole {
            routes.dropped = routes.dropped.union(&taken);
        } else if wanted == Some(candidate.target) {
            routes.wanted = routes.wanted.union(&taken);
        } else if !candidate.endpoint && is_middlebox(candidate.target) {
            routes.perhaps.push((candidate.target.to_owned(), taken));
        } else {
            routes.elsewhere.push((candidate.target.to_owned(), taken));
        }
    }
    if wanted == Some("local") {
        // The VPC's own route always exists, also where an answer leaves it out.
        routes.wanted = routes.wanted.union(&left);
    }
    routes
}

/// The target of the route that wins for one address.
pub(super) fn target<'t, A: Address>(index: &Index<'_>, table: &'t RouteTable, to: A) -> Option<&'t str> {
    let mut routes = nowhere();
    let candidates = candidates(index, table, &mut routes);
    let holds = |candidate: &&Candidate<'_, A>| candidate.range.0 <= to && to <= candidate.range.1;
    candidates
        .iter()
        .filter(holds)
        .min_by_key(|candidate| (std::cmp::Reverse(candidate.length), candidate.rank))
        .map(|candidate| candidate.target)
}

const fn nowhere<A: Address>() -> Routes<A> {
    Routes {
        wanted: IntervalSet::empty(),
        dropped: IntervalSet::empty(),
        perhaps: Vec::new(),
        elsewhere: Vec::new(),
        assumed_empty: Vec::new(),
        unknown: Vec::new(),
    }
}

/// An interface, an instance or a Gateway Load Balancer endpoint can look at packets and send them on.
fn is_middlebox(target: &str) -> bool {
    ["eni-", "i-", "vpce-"].iter().any(|prefix| target.starts_with(prefix))
}

fn candidates<'t, A: Address>(
    index: &Index<'_>,
    table: &'t RouteTable,
    routes: &mut Routes<A>,
) -> Vec<Candidate<'t, A>> {
    let refused = index.network.failure("PrefixLists").is_some();
    let mut candidates = Vec::with_capacity(table.routes.len());
    for route in &table.routes {
        let (ranges, by_list) = match &route.destination {
            RouteDestination::Range(range) => (std::slice::from_ref(range), false),
            RouteDestination::PrefixList(id) => match index.prefix_list(id) {
                Some(list) if index.unreadable(id).is_none() => (list.ranges.as_slice(), true),
                Some(_) | None if route.target.starts_with("vpce-") && !refused => {
                    routes.assumed_empty.push(id.clone());
                    continue;
                }
                Some(_) | None => {
                    routes.unknown.push(id.clone());
                    continue;
                }
            },
        };
        for range in ranges {
            let Some(bounds) = A::of_range(range) else { continue };
            let rank = match (route.target.as_str(), by_list, route.propagated) {
                ("local", _, _) => 0,
                (_, false, false) => 1,
                (_, true, false) => 2,
                (_, _, true) => 3,
            };
            candidates.push(Candidate {
                length: range.prefix_len(),
                rank,
                range: bounds,
                target: &route.target,
                blackhole: route.blackhole,
                endpoint: by_list && route.target.starts_with("vpce-"),
            });
        }
    }
    candidates
}
