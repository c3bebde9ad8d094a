//! Where transit gateways send packets, as sets of destinations.

use std::collections::BTreeSet;

use inspector_model::network::{
    RouteDestination, RouteTable, TransitAssociation, TransitAttachment, TransitListing, TransitResource, TransitRoute,
    TransitRouteTable,
};
use ipnet::IpNet;

use super::super::routes;
use crate::address::Address;
use crate::fact::{Blocker, Doubt};
use crate::hubs::in_use;
use crate::index::Index;
use crate::interval::IntervalSet;

/// Tables that packets of one question are looked up in, at most: more is a maze that nobody built on purpose.
const MOST_LOOKUPS: usize = 4096;

/// Peerings that packets pass in a row, at most.
const MOST_IN_A_ROW: usize = 64;

/// Where packets to some addresses end.
#[derive(Debug)]
pub(super) enum Fate<'n> {
    /// They leave by this attachment, which is no peering.
    Out(&'n TransitAttachment),
    /// They are dropped.
    Dropped(Blocker),
    /// Nobody can tell.
    Unknown(Doubt),
}

/// Packets that end in the same way.
#[derive(Debug)]
pub(super) struct Leg<'n, A> {
    pub(super) fate: Fate<'n>,
    pub(super) addresses: IntervalSet<A>,
    /// The route tables on the way and the routes taken.
    pub(super) hops: Vec<(&'n str, String)>,
}

/// An attachment that announces ranges which no AWS answer tells.
#[derive(Debug)]
pub(super) struct Learned<'n, A> {
    pub(super) attachment: &'n TransitAttachment,
    /// Addresses that no route takes, or only a default route: taken to lead to the attachment.
    pub(super) sure: IntervalSet<A>,
    /// Addresses that a route takes, unless the attachment announces a longer prefix.
    pub(super) unsure: IntervalSet<A>,
    pub(super) hops: Vec<(&'n str, String)>,
}

/// Where packets that come in by one attachment end.
#[derive(Debug)]
pub(super) struct Fates<'n, A> {
    pub(super) legs: Vec<Leg<'n, A>>,
    pub(super) learned: Vec<Learned<'n, A>>,
    /// What was taken for granted.
    pub(super) assumptions: BTreeSet<String>,
}

struct Walker<'i, 'n, A> {
    index: &'i Index<'n>,
    fates: Fates<'n, A>,
    /// Peerings that the packets at hand have come in by: one of them again is a circle.
    trail: Vec<(&'n str, &'n str)>,
    hops: Vec<(&'n str, String)>,
    lookups: usize,
}

/// Follows packets to `addresses` that come in by `attachment`.
pub(super) fn follow<'n, A: Address>(
    index: &Index<'n>,
    attachment: &'n TransitAttachment,
    addresses: &IntervalSet<A>,
) -> Fates<'n, A> {
    let fates = Fates { legs: Vec::new(), learned: Vec::new(), assumptions: BTreeSet::new() };
    let mut walker = Walker { index, fates, trail: Vec::new(), hops: Vec::new(), lookups: 0 };
    walker.comes_in(attachment, addresses);
    walker.fates
}

impl<'n, A: Address> Fates<'n, A> {
    /// Addresses whose packets leave by an attachment that `wanted` picks.
    pub(super) fn out(&self, wanted: impl Fn(&TransitAttachment) -> bool) -> IntervalSet<A> {
        let legs = self.legs.iter().filter(|leg| matches!(leg.fate, Fate::Out(attachment) if wanted(attachment)));
        legs.fold(IntervalSet::empty(), |all, leg| all.union(&leg.addresses))
    }

    /// What could not be told, with the addresses that it is about: also packets that leave for a VPC which `wanted` does not
    /// pick and which has appliances that may send them on.
    pub(super) fn doubts(
        &self,
        index: &Index<'n>,
        wanted: impl Fn(&TransitAttachment) -> bool,
    ) -> Vec<(Doubt, IntervalSet<A>)> {
        let doubt = |leg: &Leg<'n, A>| match &leg.fate {
            Fate::Unknown(doubt) => Some((doubt.clone(), leg.addresses.clone())),
            Fate::Out(attachment) if !wanted(attachment) => passed_on(index, attachment, &leg.addresses),
            Fate::Out(_) | Fate::Dropped(_) => None,
        };
        self.legs.iter().filter_map(doubt).collect()
    }

    /// What drops packets to any of `addresses`, or sends them elsewhere than `wanted` picks.
    pub(super) fn blockers(
        &self,
        addresses: &IntervalSet<A>,
        wanted: impl Fn(&TransitAttachment) -> bool,
    ) -> Vec<Blocker> {
        let legs = self.legs.iter().filter(|leg| leg.addresses.meets(addresses));
        let mut blockers: Vec<Blocker> = legs
            .filter_map(|leg| match &leg.fate {
                Fate::Dropped(blocker) => Some(blocker.clone()),
                Fate::Out(attachment) if !wanted(attachment) => {
                    let table = leg.hops.last().map_or("", |(table, _)| table);
                    let detail = format!("packets leave by `{}`, which leads elsewhere", attachment.id);
                    Some(Blocker::new("TGW_RTB_CANNOT_ROUTE", table, detail))
                }
                Fate::Out(_) | Fate::Unknown(_) => None,
            })
            .collect();
        blockers.sort();
        blockers.dedup();
        blockers
    }
}

/// A route, or what propagation makes of an attachment.
struct Candidate<'n, A> {
    length: u8,
    rank: u8,
    range: (A, A),
    text: String,
    attachments: Vec<&'n str>,
    blackhole: bool,
}

/// What is known of a table.
struct Lookup<'n, A> {
    candidates: Vec<Candidate<'n, A>>,
    /// Attachments whose ranges are not known.
    learners: Vec<&'n TransitAttachment>,
    /// Why an address without a route may have one after all.
    gap: Option<Doubt>,
}

impl<'n, A: Address> Walker<'_, 'n, A> {
    fn end(&mut self, fate: Fate<'n>, addresses: IntervalSet<A>) {
        if !addresses.is_empty() {
            self.fates.legs.push(Leg { fate, addresses, hops: self.hops.clone() });
        }
    }

    fn dropped(&mut self, code: &'static str, component: &str, detail: String, addresses: &IntervalSet<A>) {
        self.end(Fate::Dropped(Blocker::new(code, component, detail)), addresses.clone());
    }

    fn comes_in(&mut self, attachment: &'n TransitAttachment, addresses: &IntervalSet<A>) {
        let id = attachment.id.as_str();
        for named in [id, &attachment.gateway] {
            if let Some(why) = self.index.unreadable(named) {
                return self.end(Fate::Unknown(Doubt::missing(format!("`{named}`: {why}"))), addresses.clone());
            }
        }
        if !in_use(attachment.state.as_deref()) {
            let state = attachment.state.as_deref().unwrap_or_default();
            return self.dropped("BAD_STATE_ATTACHMENT", id, format!("the attachment is {state}"), addresses);
        }
        let gateway = self.index.hubs().gateway(&attachment.gateway);
        if let Some(state) = gateway.and_then(|gateway| gateway.state.as_deref()).filter(|state| !in_use(Some(state))) {
            let detail = format!("the transit gateway is {state}");
            return self.dropped("BAD_STATE", &attachment.gateway, detail, addresses);
        }
        match &attachment.association {
            TransitAssociation::Table(table) => self.looked_up(attachment, table, addresses),
            TransitAssociation::Nothing => {
                let detail = "the attachment is associated with no route table".to_owned();
                self.dropped("TGW_ATTACH_MISSING_TGW_RTB_ASSOCIATION", id, detail, addresses);
            }
            TransitAssociation::Unknown => {
                let default = gateway.and_then(|gateway| gateway.default_association.as_deref());
                let asked = "TransitGatewayAttachments";
                match default.filter(|_| !known_or_failed(self.index, asked)) {
                    Some(table) => {
                        let what =
                            format!("`{asked}` were not collected: `{id}` is taken to use the default `{table}`");
                        self.fates.assumptions.insert(what);
                        self.looked_up(attachment, table, addresses);
                    }
                    None => {
                        let what = format!("the route table that `{id}` is associated with is not in the snapshot");
                        self.end(Fate::Unknown(Doubt::missing(what)), addresses.clone());
                    }
                }
            }
        }
    }

    fn looked_up(&mut self, attachment: &'n TransitAttachment, id: &'n str, addresses: &IntervalSet<A>) {
        self.lookups += 1;
        if self.lookups > MOST_LOOKUPS {
            let what = format!("packets pass more than {MOST_LOOKUPS} transit gateway route tables");
            return self.end(Fate::Unknown(Doubt::not_modelled(what)), addresses.clone());
        }
        let Some(table) = self.index.hubs().table(id) else {
            let what = format!("route table `{id}` of `{}` is not in the snapshot", attachment.gateway);
            return self.end(Fate::Unknown(Doubt::missing(what)), addresses.clone());
        };
        if let Some(state) = table.state.as_deref().filter(|state| !in_use(Some(state))) {
            return self.dropped("BAD_STATE", id, format!("the route table is {state}"), addresses);
        }
        let lookup = match self.read(&attachment.gateway, table) {
            Ok(lookup) => lookup,
            Err(doubt) => return self.end(Fate::Unknown(doubt), addresses.clone()),
        };
        let mut left = addresses.clone();
        let (mut default, mut taken_by_others) = (IntervalSet::empty(), IntervalSet::empty());
        for candidate in &lookup.candidates {
            let range = IntervalSet::between(candidate.range.0, candidate.range.1);
            let taken = left.intersection(&range);
            if taken.is_empty() {
                continue;
            }
            left = left.difference(&range);
            let to_vpc = candidate.attachments.iter().any(|id| {
                let found = self.index.hubs().attachment(&attachment.gateway, id);
                found.is_some_and(|found| found.resource.vpc().is_some())
            });
            if candidate.length == 0 {
                default = taken.clone();
            } else if !to_vpc {
                taken_by_others = taken_by_others.union(&taken);
            }
            self.hops.push((table.id.as_str(), candidate.text.clone()));
            self.leaves(&attachment.gateway, table, candidate, &taken);
            self.hops.pop();
        }
        self.learn(table, &lookup, &left.union(&default), &taken_by_others);
        if lookup.learners.is_empty() && !left.is_empty() {
            match lookup.gap {
                Some(doubt) => self.end(Fate::Unknown(doubt), left),
                None => {
                    let detail = "no route leads to these addresses".to_owned();
                    self.dropped("TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT", id, detail, &left);
                }
            }
        }
    }

    fn learn(
        &mut self,
        table: &'n TransitRouteTable,
        lookup: &Lookup<'n, A>,
        sure: &IntervalSet<A>,
        unsure: &IntervalSet<A>,
    ) {
        for attachment in &lookup.learners {
            let what = match attachment.resource.vpc() {
                Some(vpc) => format!("the ranges of `{vpc}` are not in the snapshot"),
                None => format!("`{}` announces its ranges by BGP", attachment.id),
            };
            let what = format!("{what}: taken to lead to any address that no route of `{}` takes", table.id);
            self.fates.assumptions.insert(what);
            let mut hops = self.hops.clone();
            hops.push((&table.id, format!("propagated routes to {}", attachment.id)));
            let (sure, unsure) = (sure.clone(), unsure.clone());
            self.fates.learned.push(Learned { attachment, sure, unsure, hops });
        }
    }

    /// Packets that a route takes.
    fn leaves(
        &mut self,
        gateway: &'n str,
        table: &'n TransitRouteTable,
        candidate: &Candidate<'n, A>,
        taken: &IntervalSet<A>,
    ) {
        if candidate.blackhole {
            let detail = format!("{} drops packets", candidate.text);
            return self.dropped("TGW_RTB_BAD_STATE_ROUTE", &table.id, detail, taken);
        }
        for id in &candidate.attachments {
            let Some(attachment) = self.index.hubs().attachment(gateway, id) else {
                let what = format!("`{id}`, which a route of `{}` names, is not in the snapshot", table.id);
                self.end(Fate::Unknown(Doubt::missing(what)), taken.clone());
                continue;
            };
            if let Some(why) = self.index.unreadable(id) {
                self.end(Fate::Unknown(Doubt::missing(format!("`{id}`: {why}"))), taken.clone());
                continue;
            }
            if !in_use(attachment.state.as_deref()) {
                let state = attachment.state.as_deref().unwrap_or_default();
                self.dropped("BAD_STATE_ATTACHMENT", id, format!("the attachment is {state}"), taken);
                continue;
            }
            if !matches!(attachment.resource, TransitResource::Peering(_)) {
                self.end(Fate::Out(attachment), taken.clone());
                continue;
            }
            let Some(other) = self.index.hubs().other_side(attachment) else {
                let what = format!("the other side of transit gateway peering `{id}` is not in the snapshot");
                self.end(Fate::Unknown(Doubt::missing(what)), taken.clone());
                continue;
            };
            let step = (other.gateway.as_str(), other.id.as_str());
            if self.trail.contains(&step) {
                let detail = "packets go round in a circle between transit gateways".to_owned();
                self.dropped("TGW_RTB_CANNOT_ROUTE", &table.id, detail, taken);
                continue;
            }
            if self.trail.len() >= MOST_IN_A_ROW {
                let what = format!("packets pass more than {MOST_IN_A_ROW} transit gateways in a row");
                self.end(Fate::Unknown(Doubt::not_modelled(what)), taken.clone());
                continue;
            }
            self.trail.push(step);
            self.comes_in(other, taken);
            self.trail.pop();
        }
    }

    fn read(&mut self, gateway: &'n str, table: &'n TransitRouteTable) -> Result<Lookup<'n, A>, Doubt> {
        let index = self.index;
        if let Some(why) = index.unreadable(&table.id) {
            return Err(Doubt::missing(format!("route table `{}`: {why}", table.id)));
        }
        let mut lookup = Lookup { candidates: Vec::new(), learners: Vec::new(), gap: None };
        for route in &table.routes {
            lookup.candidates.extend(of_route(index, gateway, table, route)?);
        }
        if table.listed == TransitListing::Nothing {
            for answer in ["TransitGatewayStaticRoutes", "TransitGatewayRoutes"] {
                if let Some(why) = index.network.failure(answer) {
                    return Err(Doubt::missing(format!("the routes of `{}`: {why}", table.id)));
                }
            }
            self.gap("static routes", table, &mut lookup);
        }
        if table.listed != TransitListing::All {
            self.propagate(gateway, table, &mut lookup)?;
        }
        lookup.candidates.sort_by_key(|candidate| (std::cmp::Reverse(candidate.length), candidate.rank));
        Ok(lookup)
    }

    /// Routes that were not collected close nothing: what is there stays, and what is not there may be.
    fn gap(&mut self, what: &str, table: &TransitRouteTable, lookup: &mut Lookup<'n, A>) {
        let id = &table.id;
        self.fates.assumptions.insert(format!("the {what} of `{id}` were not collected: taken to have none"));
        lookup.gap = Some(Doubt::missing(format!("the {what} of `{id}` are not in the snapshot")));
    }

    fn propagate(
        &mut self,
        gateway: &'n str,
        table: &'n TransitRouteTable,
        lookup: &mut Lookup<'n, A>,
    ) -> Result<(), Doubt> {
        let answer = "TransitGatewayPropagations";
        let index = self.index;
        let hubs = index.hubs();
        let attachments: Vec<&TransitAttachment> = match &table.propagations {
            Some(ids) => {
                let mut found = Vec::with_capacity(ids.len());
                for id in ids {
                    found.push(hubs.attachment(gateway, id).ok_or_else(|| {
                        Doubt::missing(format!(
                            "`{id}`, which `{}` learns routes from, is not in the snapshot",
                            table.id
                        ))
                    })?);
                }
                found
            }
            None => {
                if let Some(why) = index.network.failure(answer) {
                    return Err(Doubt::missing(format!("the propagations to `{}`: {why}", table.id)));
                }
                let default = hubs.gateway(gateway).and_then(|gateway| gateway.default_propagation.as_ref());
                if index.network.has_answer(answer) || default != Some(&table.id) {
                    self.gap("propagations", table, lookup);
                    return Ok(());
                }
                let what = format!("`{answer}` were not collected: everything is taken to propagate to `{}`", table.id);
                self.fates.assumptions.insert(what);
                hubs.of_gateway(gateway).to_vec()
            }
        };
        for attachment in attachments {
            let vpc = attachment.resource.vpc().unwrap_or_default();
            for named in [attachment.id.as_str(), vpc] {
                if let Some(why) = index.unreadable(named) {
                    return Err(Doubt::missing(format!("what `{}` learns of `{named}`: {why}", table.id)));
                }
            }
            if !in_use(attachment.state.as_deref()) {
                continue;
            }
            match announced(index, attachment) {
                Some(ranges) => {
                    let routes = ranges.iter().filter_map(|range| {
                        let text = format!("propagated route {range} to {}", attachment.id);
                        let (length, range) = (range.prefix_len(), A::of_range(range)?);
                        let attachments = vec![attachment.id.as_str()];
                        let rank = 2 + preference(&attachment.resource);
                        Some(Candidate { length, rank, range, text, attachments, blackhole: false })
                    });
                    lookup.candidates.extend(routes);
                }
                None => lookup.learners.push(attachment),
            }
        }
        Ok(())
    }
}

/// The ranges that an attachment announces; `None` where no AWS answer tells them.
fn announced<'n>(index: &Index<'n>, attachment: &'n TransitAttachment) -> Option<&'n [IpNet]> {
    match &attachment.resource {
        TransitResource::Vpc(vpc) => index.vpc(vpc).map(|vpc| vpc.ranges.as_slice()),
        TransitResource::Vpn(id) => index.hubs().connection(id)?.static_routes.as_deref(),
        // Peerings announce nothing: their routes are written by hand.
        TransitResource::Peering(_) => Some(&[]),
        TransitResource::DirectConnect(_) | TransitResource::Connect(_) | TransitResource::Other(_) => None,
    }
}

/// Among propagated routes of one prefix the lowest wins (Amazon VPC Transit Gateways guide, "Route evaluation order").
const fn preference(resource: &TransitResource) -> u8 {
    match resource {
        TransitResource::Vpc(_) => 0,
        TransitResource::DirectConnect(_) => 1,
        TransitResource::Connect(_) => 2,
        TransitResource::Vpn(_) => 3,
        TransitResource::Peering(_) | TransitResource::Other(_) => 4,
    }
}

fn of_route<'n, A: Address>(
    index: &Index<'n>,
    gateway: &str,
    table: &TransitRouteTable,
    route: &'n TransitRoute,
) -> Result<Vec<Candidate<'n, A>>, Doubt> {
    let (ranges, by_list) = match &route.destination {
        RouteDestination::Range(range) => (std::slice::from_ref(range), None),
        RouteDestination::PrefixList(id) => {
            let list = index.prefix_list(id).filter(|_| index.unreadable(id).is_none());
            let missing = || format!("prefix list `{id}` in route table `{}` is not in the snapshot", table.id);
            (list.ok_or_else(|| Doubt::missing(missing()))?.ranges.as_slice(), Some(id))
        }
    };
    let to = if route.blackhole { "blackhole".to_owned() } else { route.attachments.join(",") };
    let learnt = route.attachments.first().and_then(|id| index.hubs().attachment(gateway, id));
    let rank = match (route.propagated, by_list) {
        (false, None) => 0,
        (false, Some(_)) => 1,
        (true, _) => 2 + learnt.map_or(0, |attachment| preference(&attachment.resource)),
    };
    let candidate = |range: &IpNet| {
        let text = match by_list {
            Some(list) => format!("route {range} of {list} to {to}"),
            None => format!("route {range} to {to}"),
        };
        let attachments = route.attachments.iter().map(String::as_str).collect();
        let (length, range) = (range.prefix_len(), A::of_range(range)?);
        Some(Candidate { length, rank, range, text, attachments, blackhole: route.blackhole })
    };
    Ok(ranges.iter().filter_map(candidate).collect())
}

/// Packets to `addresses` that leave by a VPC's attachment although they are not the VPC's own, where the VPC may have an
/// appliance that looks at them and sends them on.
fn passed_on<A: Address>(
    index: &Index<'_>,
    attachment: &TransitAttachment,
    addresses: &IntervalSet<A>,
) -> Option<(Doubt, IntervalSet<A>)> {
    let id = attachment.resource.vpc()?;
    let own = index.vpc(id).map(|vpc| A::set(&vpc.ranges));
    let others = addresses.difference(&own.clone().unwrap_or_default());
    let tables = attachment.subnets.iter().flatten().map(|subnet| {
        index
            .explicit_table(subnet)
            .or_else(|| index.main_table(id))
            .filter(|table| index.unreadable(&table.id).is_none())
    });
    let tables: Option<Vec<&RouteTable>> = tables.collect();
    let sent_on = match tables.filter(|tables| own.is_some() && !tables.is_empty()) {
        Some(tables) => tables.into_iter().fold(IntervalSet::empty(), |all, table| {
            let routes = routes::split(index, table, None, &others);
            if !routes.unknown.is_empty() {
                return others.clone();
            }
            routes.perhaps.iter().fold(all, |all, (_, addresses)| all.union(addresses))
        }),
        None => others.clone(),
    };
    let what = format!("packets pass `{id}`, and what it sends on is not modelled");
    (!sent_on.is_empty()).then(|| (Doubt::not_modelled(what), sent_on))
}

fn known_or_failed(index: &Index<'_>, answer: &str) -> bool {
    index.network.has_answer(answer) || index.network.failure(answer).is_some()
}
