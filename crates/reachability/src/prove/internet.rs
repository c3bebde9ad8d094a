//! The internet gateway of a VPC.

use inspector_model::network::{Edge, RouteTable};

use super::entry::{Entry, Origin};
use super::public_access;
use super::way::Notes;
use crate::address::Address;
use crate::fact::{Blocker, Doubt};
use crate::index::Index;
use crate::interval::IntervalSet;
use crate::question::{End, Question};

/// The sources on the internet that a question is about.
#[derive(Debug)]
pub(super) struct Sources<A> {
    internet: IntervalSet<A>,
    narrowed: bool,
}

impl<A: Address> Sources<A> {
    pub(super) fn internet(&self) -> &IntervalSet<A> {
        &self.internet
    }

    pub(super) fn of(question: &Question) -> Self {
        match &question.from {
            Some(End::Range(range)) => Self { internet: A::internet().intersection(&A::set([range])), narrowed: true },
            Some(End::Component(_)) | None => Self { internet: A::internet(), narrowed: false },
        }
    }
}

/// The way from the internet into `subnet` of `vpc`; `table` is the route table of the subnet.
pub(super) fn entry<'n, A: Address>(
    index: &Index<'n>,
    (vpc, subnet): (&str, &str),
    table: Option<&'n RouteTable>,
    sources: &Sources<A>,
) -> Entry<'n, A> {
    let mut notes = Notes::default();
    let own = own(index, vpc, &mut notes);
    public_access::judge(index, vpc, subnet, &mut notes);
    let gateway = gateway(index, vpc, table, &mut notes);
    let origin = Origin::anywhere(sources.internet.difference(&own));
    Entry {
        edge: Edge::Internet,
        via: gateway,
        back: gateway,
        also_back: Vec::new(),
        origins: vec![origin],
        narrowed: sources.narrowed,
        notes,
    }
}

/// The VPC's own ranges, from which nothing comes by the internet.
fn own<A: Address>(index: &Index<'_>, vpc: &str, notes: &mut Notes) -> IntervalSet<A> {
    notes.doubt(index, "VPC", vpc);
    match (index.vpc(vpc), index.network.failure("Vpcs")) {
        (Some(vpc), _) => return A::set(&vpc.ranges),
        (None, Some(why)) => notes.unknown.push(Doubt::missing(format!("the ranges of `{vpc}`: {why}"))),
        (None, None) => {
            let what =
                format!("`{vpc}` is not in the snapshot: taken to have no address of the internet among its own");
            notes.assumptions.push(what);
        }
    }
    IntervalSet::empty()
}

/// What nothing names and nobody asked for is assumed; what is named and not described is unknown.
fn gateway<'n>(index: &Index<'n>, vpc: &str, table: Option<&'n RouteTable>, notes: &mut Notes) -> Option<&'n str> {
    if let Some(gateway) = index.internet_gateway(vpc) {
        notes.doubt(index, "internet gateway", &gateway.id);
        return Some(&gateway.id);
    }
    let routed = || table?.routes.iter().map(|route| route.target.as_str()).find(|target| target.starts_with("igw-"));
    if let Some(why) = index.network.failure("InternetGateways") {
        notes.unknown.push(Doubt::missing(format!("the internet gateway of `{vpc}`: {why}")));
        return routed();
    }
    let mut gateways = index.network.internet_gateways.iter();
    if let Some(doubtful) = gateways.find(|gateway| index.unreadable(&gateway.id).is_some()) {
        notes.doubt(index, "internet gateway", &doubtful.id);
        return routed();
    }
    if index.network.has_answer("InternetGateways") {
        let detail = format!("no internet gateway is attached to `{vpc}`");
        notes.blockers.push(Blocker::new("NO_PATH", vpc, detail));
        if let Some(gateway) = routed() {
            let detail = format!("`{gateway}` is the target of a route and not attached to `{vpc}`");
            notes.blockers.push(Blocker::new("BAD_STATE_ATTACHMENT", gateway, detail));
        }
        return None;
    }
    match routed() {
        Some(gateway) => {
            let what = format!("`{gateway}` is the target of a route and was not collected");
            notes.unknown.push(Doubt::missing(what));
        }
        None => notes.assumptions.push(format!("`InternetGateways` were not collected: `{vpc}` is taken to have one")),
    }
    routed()
}
