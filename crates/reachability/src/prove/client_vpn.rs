//! Client VPN endpoints: people outside, whose packets leave an associated subnet with an address of the endpoint's own
//! interface there (AWS Client VPN Administrator Guide, "How AWS Client VPN works").

use inspector_model::network::{ClientVpnEndpoint, ClientVpnRoute, ClientVpnTarget, Edge};
use ipnet::IpNet;

use super::between::{Between, Carried};
use super::entry::{Entry, Far, Members, Origin};
use super::inside;
use super::way::{self, Notes};
use crate::address::{Address, Family};
use crate::fact::{Blocker, Doubt};
use crate::index::Index;
use crate::interval::IntervalSet;
use crate::question::Question;

/// Endpoints that send packets from `vpc`, by id. One whose VPC AWS does not tell belongs to that of its subnets.
pub(super) fn into<'n>(index: &Index<'n>, vpc: &str) -> impl Iterator<Item = &'n str> + use<'n> {
    let subnets: Vec<&'n str> = index.subnets(vpc).iter().map(|subnet| subnet.id.as_str()).collect();
    let vpc = vpc.to_owned();
    index.network.client_vpn_endpoints.iter().filter_map(move |endpoint| {
        let mut targets = endpoint.targets.iter().flatten();
        let here = match &endpoint.vpc {
            Some(own) => *own == vpc,
            None => targets.any(|target| subnets.contains(&target.subnet.as_str())),
        };
        here.then_some(endpoint.id.as_str())
    })
}

/// The way from the clients of endpoint `id` to `subnet` of the VPC that it sends packets from.
pub(super) fn entry<'n, A: Address>(
    index: &Index<'n>,
    id: &'n str,
    (vpc, subnet): (&'n str, &'n str),
    question: &Question,
) -> Entry<'n, A> {
    let mut notes = Notes::default();
    notes.doubt(index, "Client VPN endpoint", id);
    let endpoint = index.network.client_vpn_endpoints.iter().find(|endpoint| endpoint.id == id);
    let origins = match endpoint {
        Some(endpoint) if inside::whole(question, id) => origins(index, endpoint, (vpc, subnet), question, &mut notes),
        Some(_) | None => Vec::new(),
    };
    let (via, back) = (Some(id), Some("local"));
    Entry { edge: Edge::ClientVPN, via, back, also_back: Vec::new(), origins, narrowed: true, notes }
}

fn origins<'n, A: Address>(
    index: &Index<'n>,
    endpoint: &'n ClientVpnEndpoint,
    (vpc, subnet): (&'n str, &'n str),
    question: &Question,
    notes: &mut Notes,
) -> Vec<Origin<'n, A>> {
    if let Some(state) = endpoint.state.as_deref().filter(|state| *state != "available") {
        notes.blockers.push(Blocker::new("BAD_STATE", &endpoint.id, format!("the endpoint is {state}")));
    }
    if A::FAMILY == Family::Ipv6 {
        if endpoint.ipv6 {
            notes.unknown.push(Doubt::not_modelled(format!("IPv6 through `{}` is not modelled", endpoint.id)));
        } else {
            notes.blockers.push(Blocker::new("PROTOCOL_RESTRICTION", &endpoint.id, "the endpoint carries IPv4 only"));
        }
        return Vec::new();
    }
    let id = &endpoint.id;
    let Some(targets) = &endpoint.targets else {
        let what = match index.network.failure("ClientVpnTargetNetworks") {
            Some(why) => format!("the subnets of `{id}`: {why}"),
            None => format!("the subnets that `{id}` is associated with are not in the snapshot"),
        };
        notes.unknown.push(Doubt::missing(what));
        return vec![Origin::anywhere(inside::narrowed(IntervalSet::full(), question))];
    };
    let up = targets.iter().filter(|target| target.state.as_deref().is_none_or(|state| state == "associated"));
    let authorised = authorised(index, endpoint, notes);
    let mut origins = Vec::new();
    for target in up {
        origins.extend(through(index, endpoint, target, (vpc, subnet), &authorised, notes).map(|origin| {
            let sources = inside::narrowed(origin.sources, question);
            Origin { sources, ..origin }
        }));
    }
    if origins.is_empty() {
        notes.blockers.push(Blocker::new("NO_PATH", id, "the endpoint is associated with no subnet of the VPC"));
    }
    origins.retain(|origin| !origin.sources.is_empty());
    origins
}

/// Clients whose packets leave by one associated subnet.
fn through<'n, A: Address>(
    index: &Index<'n>,
    endpoint: &'n ClientVpnEndpoint,
    target: &'n ClientVpnTarget,
    (vpc, subnet): (&'n str, &'n str),
    authorised: &Carried<A>,
    notes: &mut Notes,
) -> Option<Origin<'n, A>> {
    let known = index.subnets(vpc).iter().find(|known| known.id == target.subnet);
    if known.is_none() && !index.subnets(vpc).is_empty() {
        return None;
    }
    let groups = if target.security_groups.is_empty() { &endpoint.security_groups } else { &target.security_groups };
    let mut own = Notes::default();
    let same = target.subnet == subnet;
    let acl = if same { None } else { way::acl(index, &target.subnet, &mut own) };
    let table = if same { None } else { way::table(index, vpc, &target.subnet, &mut own) };
    notes.assume(own.assumptions);
    let sources = match known {
        Some(known) => {
            let what = format!("packets of `{}` are taken to have any address of `{}`", endpoint.id, known.id);
            notes.assume([what]);
            A::set(&known.ranges)
        }
        None => {
            notes.unknown.push(Doubt::missing(format!("subnet `{}` is not in the snapshot", target.subnet)));
            IntervalSet::full()
        }
    };
    let far = Far {
        acl,
        route: table.map(|table| (table, "local")),
        groups: (!groups.is_empty()).then_some(groups.as_slice()),
        references: true,
        unguarded_return: false,
        closed: Vec::new(),
        unknown: own.unknown,
    };
    let mut there = authorised.clone();
    let routed = routed(index, endpoint, target, notes);
    there.sure = there.sure.intersection(&routed.sure);
    there.perhaps.extend(routed.perhaps);
    there.closed.extend(routed.closed);
    let (back, enter, far_enter) = (Carried::everything(), Vec::new(), Vec::new());
    let between = Between { there, back, enter, leave: None, far_leave: None, far_enter };
    Some(Origin {
        members: Some(Members::Senders(groups)),
        far: Some(far),
        between: Some(between),
        same_subnet: same,
        ..Origin::anywhere(sources)
    })
}

/// Destinations that some client may send to.
fn authorised<A: Address>(index: &Index<'_>, endpoint: &ClientVpnEndpoint, notes: &mut Notes) -> Carried<A> {
    let Some(rules) = &endpoint.authorizations else {
        let what = format!("the authorisation rules of `{}`", endpoint.id);
        notes.missing(index, "AuthorizationRules", &what, "taken to let clients go everywhere");
        return Carried::everything();
    };
    let active = rules.iter().filter(|rule| rule.state.as_deref().is_none_or(|state| state == "active"));
    for group in active.clone().filter_map(|rule| rule.group.as_deref()) {
        notes.assume([format!("group `{group}`, whom a rule of `{}` lets in, is taken to have members", endpoint.id)]);
    }
    let detail = "no authorisation rule lets clients go there";
    let closed = vec![Blocker::new("CLIENT_VPN_AUTHORIZATION_RESTRICTION", &endpoint.id, detail)];
    Carried { sure: A::set(active.map(|rule| &rule.destination)), perhaps: Vec::new(), closed }
}

/// Destinations that the endpoint's routes send out by one associated subnet. Of several routes the longest prefix wins.
fn routed<A: Address>(
    index: &Index<'_>,
    endpoint: &ClientVpnEndpoint,
    target: &ClientVpnTarget,
    notes: &mut Notes,
) -> Carried<A> {
    let Some(routes) = &endpoint.routes else {
        let what = format!("the routes of `{}`", endpoint.id);
        notes.missing(index, "ClientVpnRoutes", &what, "taken to lead everywhere");
        return Carried::everything();
    };
    let mut routes: Vec<&ClientVpnRoute> =
        routes.iter().filter(|route| route.state.as_deref().is_none_or(|state| state == "active")).collect();
    let length = |route: &&ClientVpnRoute| std::cmp::Reverse(IpNet::prefix_len(&route.destination));
    routes.sort_by_key(length);
    let mut sure = IntervalSet::empty();
    let mut left = IntervalSet::full();
    for same in routes.chunk_by(|a, b| a.destination.prefix_len() == b.destination.prefix_len()) {
        let all = A::set(same.iter().map(|route| &route.destination));
        let ours = A::set(same.iter().filter(|route| route.subnet == target.subnet).map(|route| &route.destination));
        sure = sure.union(&left.intersection(&ours));
        left = left.difference(&all);
    }
    let detail = format!("no route of the endpoint leads there by `{}`", target.subnet);
    let closed = vec![Blocker::new("NO_ROUTE_TO_DESTINATION", &endpoint.id, detail)];
    Carried { sure, perhaps: Vec::new(), closed }
}
