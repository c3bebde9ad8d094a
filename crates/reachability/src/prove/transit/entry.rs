//! The way from a transit gateway into a VPC.

use std::collections::BTreeMap;

use inspector_model::network::{Edge, NetworkAcl, RouteTable, TransitAssociation, TransitAttachment};

use super::super::between::{Between, Carried};
use super::super::entry::{Entry, Far, Members, Origin};
use super::super::way::Notes;
use super::super::{inside, routes};
use super::follow::{Fate, Fates, follow};
use super::zones::{self, Exit};
use crate::address::{Address, Family};
use crate::fact::{Blocker, Doubt};
use crate::hubs::in_use;
use crate::index::Index;
use crate::interval::IntervalSet;
use crate::question::Question;

/// The kinds of ways through transit gateway `id`: other VPCs always, the others where something of the kind is attached to
/// it or to a gateway that it is peered with.
pub(in super::super) fn edges(index: &Index<'_>, id: &str) -> impl Iterator<Item = Edge> {
    std::iter::once(Edge::TransitGateway).chain(index.hubs().outside(id).iter().copied())
}

/// Where the way leads.
pub(super) struct Here<'i, 'n, A> {
    pub(super) index: &'i Index<'n>,
    pub(super) question: &'i Question,
    pub(super) gateway: &'n str,
    pub(super) vpc: &'n str,
    pub(super) subnet: &'n str,
    /// The VPC's attachment to the gateway.
    pub(super) attachment: &'n TransitAttachment,
    /// The addresses of the VPC, for what stops packets to them; all where they are not known.
    pub(super) ranges: IntervalSet<A>,
    /// Where replies go, by the attachment that they leave the VPC by.
    pub(super) returns: Vec<Return<'n, A>>,
}

/// Where replies go that leave the VPC by one attachment.
pub(super) struct Return<'n, A> {
    pub(super) fates: Fates<'n, A>,
    /// The subnet that they leave by, where it is known.
    pub(super) leave: Option<&'n str>,
    /// What keeps all of them in.
    pub(super) closed: Option<Blocker>,
}

/// The way of kind `edge` through transit gateway `id` into `subnet` of `vpc`, whose route table is `table`.
pub(in super::super) fn entry<'n, A: Address>(
    index: &Index<'n>,
    (edge, id): (Edge, &'n str),
    (vpc, subnet): (&'n str, &'n str),
    table: Option<&'n RouteTable>,
    question: &Question,
) -> Entry<'n, A> {
    let mut notes = Notes::default();
    let mut entry = Entry {
        edge,
        via: Some(id),
        back: Some(id),
        also_back: Vec::new(),
        origins: Vec::new(),
        narrowed: true,
        notes: Notes::default(),
    };
    notes.doubt(index, "transit gateway", id);
    let attached = index.hubs().of_vpc(vpc).iter().copied();
    let Some(attachment) = attached.clone().find(|attachment| attachment.gateway == id) else {
        let what = format!("how `{vpc}` is attached to `{id}` is not in the snapshot");
        notes.unknown.push(Doubt::missing(what));
        entry.origins = vec![Origin::anywhere(inside::narrowed(IntervalSet::full(), question))];
        entry.notes = notes;
        return entry;
    };
    usable::<A>(index, attachment, &mut notes);
    let others = attached.filter(|other| other.gateway != id && in_use(other.state.as_deref()));
    let by: Vec<&TransitAttachment> = std::iter::once(attachment).chain(others.clone()).collect();
    let returns = returns(index, &by, (vpc, subnet), table, &mut notes);
    entry.also_back = others.map(|other| other.gateway.as_str()).collect();
    let known = index.vpc(vpc).map(|vpc| A::set(&vpc.ranges)).filter(|ranges| !ranges.is_empty());
    let ranges = known.unwrap_or_else(IntervalSet::full);
    let here = Here { index, question, gateway: id, vpc, subnet, attachment, ranges, returns };
    if edge == Edge::TransitGateway {
        entry.origins = here.vpcs(&mut notes);
        not_asked(index, &mut notes);
    } else {
        entry.origins = here.outside(edge, &mut notes);
    }
    entry.notes = notes;
    entry
}

/// Answers that could tell of more attachments and were never asked for.
fn not_asked(index: &Index<'_>, notes: &mut Notes) {
    let answers = ["TransitGatewayAttachments", "TransitGatewayVpcAttachments"];
    if let [Some(one), _] | [_, Some(one)] = answers.map(|answer| (!index.network.has_answer(answer)).then_some(answer))
    {
        notes.assume(vec![format!(
            "`{one}` were not collected: what they alone would tell of is taken not to be there"
        )]);
    }
}

fn usable<A: Address>(index: &Index<'_>, attachment: &TransitAttachment, notes: &mut Notes) {
    notes.doubt(index, "transit gateway attachment", &attachment.id);
    if [&attachment.id, &attachment.gateway].iter().any(|id| index.unreadable(id).is_some()) {
        return; // What nobody knows for certain closes nothing.
    }
    if let Some(state) = attachment.state.as_deref().filter(|state| !in_use(Some(state))) {
        let detail = format!("the attachment is {state}");
        notes.blockers.push(Blocker::new("BAD_STATE_ATTACHMENT", &attachment.id, detail));
    }
    let gateway = index.hubs().gateway(&attachment.gateway).and_then(|gateway| gateway.state.as_deref());
    if let Some(state) = gateway.filter(|state| !in_use(Some(state))) {
        let detail = format!("the transit gateway is {state}");
        notes.blockers.push(Blocker::new("BAD_STATE", &attachment.gateway, detail));
    }
    if A::FAMILY == Family::Ipv6 && attachment.ipv6 == Some(false) {
        let detail = "the attachment does not carry IPv6";
        notes.blockers.push(Blocker::new("PROTOCOL_RESTRICTION", &attachment.id, detail));
    }
}

/// Where replies go, by the attachments that the subnet's route table sends some to. Where it sends none to any, those that
/// it would have to send to the first are followed all the same, for what stops them further on.
fn returns<'n, A: Address>(
    index: &Index<'n>,
    by: &[&'n TransitAttachment],
    place: (&str, &str),
    table: Option<&RouteTable>,
    notes: &mut Notes,
) -> Vec<Return<'n, A>> {
    let routed = |by: &TransitAttachment| {
        table.map(|table| routes::split(index, table, Some(&by.gateway), &IntervalSet::full()).wanted)
    };
    let all = by.iter().filter_map(|by| Some((*by, routed(by)?)));
    let mut taken: Vec<(&TransitAttachment, IntervalSet<A>)> = all.filter(|(_, routed)| !routed.is_empty()).collect();
    if taken.is_empty() {
        taken.extend(by.first().map(|first| (*first, IntervalSet::full())));
    }
    taken.into_iter().map(|(by, routed)| returning(index, by, place, &routed, notes)).collect()
}

fn returning<'n, A: Address>(
    index: &Index<'n>,
    by: &'n TransitAttachment,
    (vpc, subnet): (&str, &str),
    routed: &IntervalSet<A>,
    notes: &mut Notes,
) -> Return<'n, A> {
    let (mut leave, mut closed) = (None, None);
    match zones::exit(index, by, vpc, subnet, notes) {
        Exit::By(by) => leave = Some(by),
        Exit::Somehow => {}
        Exit::Closed(blocker) => closed = Some(blocker),
        Exit::Unknown(doubt) => notes.unknown.push(doubt),
    }
    let fates = follow(index, by, routed);
    notes.assume(fates.assumptions.iter().cloned());
    Return { fates, leave, closed }
}

impl<'n, A: Address> Here<'_, 'n, A> {
    fn is_here(&self, attachment: &TransitAttachment) -> bool {
        attachment.gateway == self.gateway && attachment.id == self.attachment.id
    }

    /// Which addresses of the VPC packets get to that come in by `attachment`.
    pub(super) fn there(&self, fates: &Fates<'n, A>) -> Carried<A> {
        Carried {
            sure: fates.out(|attachment| self.is_here(attachment)),
            perhaps: fates.doubts(self.index, |attachment| self.is_here(attachment)),
            closed: fates.blockers(&self.ranges, |attachment| self.is_here(attachment)),
        }
    }

    /// Origins in every other VPC that is attached to this gateway or to one behind it.
    fn vpcs(&self, notes: &mut Notes) -> Vec<Origin<'n, A>> {
        let mut by_table: BTreeMap<(&str, &TransitAssociation), Carried<A>> = BTreeMap::new();
        let mut origins = Vec::new();
        let mut closed = Vec::new();
        for from in &self.index.network.transit_attachments {
            let Some(vpc) = from.resource.vpc() else { continue };
            if vpc == self.vpc || !in_use(from.state.as_deref()) {
                continue;
            }
            if A::FAMILY == Family::Ipv6 && from.ipv6 == Some(false) {
                continue;
            }
            let there = by_table.entry((&from.gateway, &from.association)).or_insert_with(|| {
                let fates = follow(self.index, from, &IntervalSet::full());
                if !fates.out(|attachment| self.is_here(attachment)).is_empty() {
                    notes.assume(fates.assumptions.iter().cloned());
                }
                self.there(&fates)
            });
            if there.sure.is_empty() && there.perhaps.is_empty() {
                if from.gateway == self.gateway && inside::whole(self.question, vpc) {
                    closed.extend(there.closed.iter().cloned());
                }
                continue;
            }
            let there = there.clone();
            origins.extend(self.of_vpc(from, vpc, &there, notes));
        }
        if origins.is_empty() {
            closed.sort();
            closed.dedup();
            notes.blockers.extend(closed);
        }
        origins
    }

    /// Senders in one VPC whose packets come in by `from`.
    fn of_vpc(
        &self,
        from: &'n TransitAttachment,
        vpc: &'n str,
        there: &Carried<A>,
        notes: &mut Notes,
    ) -> Vec<Origin<'n, A>> {
        let members = Some(vpc).filter(|_| self.references(from));
        let known = self.index.vpc(vpc).filter(|_| !self.index.subnets(vpc).is_empty());
        let senders: Vec<(Origin<'n, A>, Option<&'n str>)> = match known {
            Some(_) => {
                let senders = inside::origins(self.index, vpc, &from.gateway, members, self.question, notes);
                senders.into_iter().map(|(origin, subnet)| (origin, Some(subnet))).collect()
            }
            None if inside::whole(self.question, vpc) => {
                let what =
                    format!("`{vpc}` is not in the snapshot: every address that leads to it is taken to send packets");
                notes.assume([what]);
                let sources = self
                    .returns
                    .iter()
                    .fold(IntervalSet::empty(), |all, back| all.union(&sources_in(&back.fates, vpc)));
                let sources = inside::narrowed(sources, self.question);
                vec![(Origin { members: members.map(Members::In), ..Origin::anywhere(sources) }, None)]
            }
            None => Vec::new(),
        };
        let senders = senders.into_iter().filter(|(origin, _)| !origin.sources.is_empty());
        senders.flat_map(|(origin, subnet)| self.crossing(from, vpc, origin, subnet, there, notes)).collect()
    }

    /// The same origin once for each way that replies can leave by.
    fn crossing(
        &self,
        from: &'n TransitAttachment,
        vpc: &'n str,
        mut origin: Origin<'n, A>,
        subnet: Option<&'n str>,
        there: &Carried<A>,
        notes: &mut Notes,
    ) -> Vec<Origin<'n, A>> {
        let mut far_leave = None;
        if let (Some(far), Some(subnet)) = (&mut origin.far, subnet) {
            match zones::exit(self.index, from, vpc, subnet, notes) {
                Exit::By(by) => far_leave = zones::acl(self.index, by, notes),
                Exit::Somehow => {}
                Exit::Closed(blocker) => far.closed.push(blocker),
                Exit::Unknown(doubt) => far.unknown.push(doubt),
            }
        }
        let same_names = from.owner.is_none() || self.attachment.owner.is_none() || from.owner == self.attachment.owner;
        let zone = subnet.filter(|_| same_names).and_then(|subnet| zones::zone(self.index, vpc, subnet));
        let returns = self.returns.iter();
        returns
            .map(|back| {
                let theirs = |attachment: &TransitAttachment| attachment.resource.vpc() == Some(vpc);
                let mut carried = Carried {
                    sure: sources_in(&back.fates, vpc),
                    perhaps: back.fates.doubts(self.index, theirs),
                    closed: back.fates.blockers(&origin.sources, theirs),
                };
                shut(&mut carried, back.closed.as_ref());
                let (far_enter, unguarded) = self.far_entrances(&back.fates, vpc, subnet, notes);
                // Only inbound rules may refer to groups over a transit gateway.
                let far = origin.far.as_ref();
                let far = far.map(|far| Far { unguarded_return: unguarded, references: false, ..far.clone() });
                let between = self.between(there.clone(), carried, back.leave, zone, notes);
                let between = Between { far_leave, far_enter, ..between };
                let sources = origin.sources.clone();
                Origin { sources, members: origin.members, far, between: Some(between), same_subnet: false }
            })
            .collect()
    }

    /// Network ACLs that replies pass on their way in on the other side, and whether they may come in by the senders' own
    /// subnet, where none looks at them.
    fn far_entrances(
        &self,
        fates: &Fates<'n, A>,
        vpc: &str,
        subnet: Option<&str>,
        notes: &mut Notes,
    ) -> (Vec<&'n NetworkAcl>, bool) {
        let Some(subnet) = subnet else { return (Vec::new(), false) };
        let mut acls: Vec<&NetworkAcl> = Vec::new();
        let here = zones::zone(self.index, self.vpc, self.subnet);
        for leg in &fates.legs {
            let Fate::Out(attachment) = leg.fate else { continue };
            if attachment.resource.vpc() != Some(vpc) {
                continue;
            }
            let same_names = attachment.owner.is_none()
                || self.attachment.owner.is_none()
                || attachment.owner == self.attachment.owner;
            let from = here.filter(|_| same_names);
            for crossed in zones::entrances(self.index, attachment, vpc, subnet, from, notes) {
                match crossed.acl {
                    _ if crossed.own => return (Vec::new(), true),
                    None => return (Vec::new(), false),
                    Some(acl) if acls.iter().any(|known| known.id == acl.id) => {}
                    Some(acl) => acls.push(acl),
                }
            }
        }
        (acls, false)
    }

    /// What packets pass on our side.
    pub(super) fn between(
        &self,
        there: Carried<A>,
        back: Carried<A>,
        leave: Option<&str>,
        zone: Option<&str>,
        notes: &mut Notes,
    ) -> Between<'n, A> {
        let enter = zones::entrances(self.index, self.attachment, self.vpc, self.subnet, zone, notes);
        let leave = leave.and_then(|subnet| zones::acl(self.index, subnet, notes));
        Between { there, back, enter, leave, far_leave: None, far_enter: Vec::new() }
    }

    /// Whether rules here may refer to groups behind `from`: both attachments and their one gateway must say so (Amazon VPC
    /// Transit Gateways guide, "Security group referencing").
    fn references(&self, from: &TransitAttachment) -> bool {
        let gateway = self.index.hubs().gateway(self.gateway);
        from.gateway == self.gateway
            && from.group_references == Some(true)
            && self.attachment.group_references == Some(true)
            && gateway.is_none_or(|gateway| gateway.group_references != Some(false))
    }
}

/// Closes everything where `blocker` says so.
pub(super) fn shut<A: Address>(carried: &mut Carried<A>, blocker: Option<&Blocker>) {
    if let Some(blocker) = blocker {
        (carried.sure, carried.perhaps) = (IntervalSet::empty(), Vec::new());
        carried.closed.push(blocker.clone());
    }
}

/// Addresses whose packets get to `vpc`.
fn sources_in<A: Address>(fates: &Fates<'_, A>, vpc: &str) -> IntervalSet<A> {
    let theirs = |attachment: &TransitAttachment| attachment.resource.vpc() == Some(vpc);
    let learned = fates.learned.iter().filter(|learned| theirs(learned.attachment));
    learned.fold(fates.out(theirs), |all, learned| all.union(&learned.sure))
}
