//! VPC peering connections.

use inspector_model::network::{Edge, PeeringSide};

use super::entry::{Entry, Members, Origin};
use super::inside;
use super::way::Notes;
use crate::address::Address;
use crate::fact::{Blocker, Doubt};
use crate::index::Index;
use crate::interval::IntervalSet;
use crate::question::Question;

/// The way from the other side of peering `id` into `vpc`. Nothing beyond the other side's own ranges gets through: peering
/// is not transitive (Amazon VPC Peering Guide, "Unsupported VPC peering configurations").
pub(super) fn entry<'n, A: Address>(index: &Index<'n>, id: &'n str, vpc: &str, question: &Question) -> Entry<'n, A> {
    let mut notes = Notes::default();
    let (mut status, mut sides) = (None, &[][..]);
    if let Some(peering) = index.peering(id) {
        (status, sides) = (peering.status.as_deref(), &peering.sides);
    }
    notes.doubt(index, "VPC peering connection", id);
    if let Some(status) = status.filter(|status| *status != "active" && index.unreadable(id).is_none()) {
        notes.blockers.push(Blocker::new("BAD_STATE", id, format!("the peering connection is {status}")));
    }
    let ours = sides.iter().find(|side| side.vpc == vpc);
    let theirs = sides.iter().find(|side| side.vpc != vpc);
    let origins = match theirs {
        Some(side) => origins(index, id, ours, side, question, &mut notes),
        None => {
            notes.unknown.push(Doubt::missing(format!("the other side of `{}` is not in the snapshot", id)));
            vec![Origin::anywhere(IntervalSet::full())]
        }
    };
    Entry {
        edge: Edge::PeeredVPC,
        via: Some(id),
        back: Some(id),
        also_back: Vec::new(),
        origins,
        narrowed: question.from.is_some(),
        notes,
    }
}

fn origins<'n, A: Address>(
    index: &Index<'n>,
    id: &'n str,
    ours: Option<&PeeringSide>,
    theirs: &'n PeeringSide,
    question: &Question,
    notes: &mut Notes,
) -> Vec<Origin<'n, A>> {
    // A group of another Region cannot be referred to.
    let other_region = ours.is_some_and(|ours| {
        ours.region.as_ref().zip(theirs.region.as_ref()).is_some_and(|(ours, theirs)| ours != theirs)
    });
    let members = Some(theirs.vpc.as_str()).filter(|_| !other_region);
    let known = index.vpc(&theirs.vpc);
    if let Some(known) = known.filter(|_| !index.subnets(&theirs.vpc).is_empty()) {
        // A VPC whose ranges are not known for certain may send from any address.
        notes.doubt(index, "VPC", &theirs.vpc);
        let sure = index.unreadable(&theirs.vpc).is_none();
        let ranges = if sure { A::set(&known.ranges) } else { IntervalSet::full() };
        let origins = inside::origins(index, &theirs.vpc, id, members, question, notes).into_iter();
        let within = |(origin, _): (Origin<'n, A>, &str)| {
            let sources = origin.sources.intersection(&ranges);
            Origin { sources, ..origin }
        };
        return origins.map(within).collect();
    }
    let mut ranges = A::set(&theirs.ranges);
    if ranges.is_empty() && theirs.ranges.is_empty() {
        notes.unknown.push(Doubt::missing(format!("the ranges of `{}` are not in the snapshot", theirs.vpc)));
        ranges = IntervalSet::full();
    }
    notes.assumptions.push(format!(
        "`{}` is not in the snapshot: every address of its ranges is taken to send packets and get replies",
        theirs.vpc
    ));
    if !inside::whole(question, &theirs.vpc) {
        return Vec::new();
    }
    vec![Origin { members: members.map(Members::In), ..Origin::anywhere(inside::narrowed(ranges, question)) }]
}
