//! Senders inside a VPC: their addresses, and what they pass on their own side.

use std::collections::BTreeMap;

use inspector_model::network::NetworkInterface;
use ipnet::IpNet;

use super::entry::{Far, Members, Origin};
use super::way::{self, Notes};
use crate::address::Address;
use crate::fact::Doubt;
use crate::index::Index;
use crate::interval::IntervalSet;
use crate::question::{End, Question};

/// Subnet and security groups; `None` stands for any groups.
type Class<'n> = (&'n str, Option<&'n [String]>);

/// The senders in `vpc` that `question` asks about, by subnet, which is told, and security groups. `target` is where the routes of their
/// subnets have to send packets; `members` the VPC whose members their references to groups mean.
pub(super) fn origins<'n, A: Address>(
    index: &Index<'n>,
    vpc: &'n str,
    target: &'n str,
    members: Option<&'n str>,
    question: &Question,
    notes: &mut Notes,
) -> Vec<(Origin<'n, A>, &'n str)> {
    let mut classes: BTreeMap<Class<'n>, Vec<(A, A)>> = BTreeMap::new();
    // An interface without any group is AWS's own, of a gateway, and sends nothing of itself.
    let senders = index.interfaces(vpc).iter().filter(|interface| !interface.security_groups.is_empty());
    for interface in senders.filter(|interface| asked(question, interface) && up(index, interface)) {
        let class = (interface.subnet.as_str(), Some(interface.security_groups.as_slice()));
        let own = interface.addresses.iter().filter_map(|own| A::of_ip(own.address)).map(|own| (own, own));
        classes.entry(class).or_default().extend(own);
    }
    if index.interfaces(vpc).is_empty() && whole(question, vpc) {
        notes
            .assumptions
            .push(format!("no interface of `{vpc}` is in the snapshot: any address of its subnets may send"));
        for subnet in index.subnets(vpc) {
            classes.entry((subnet.id.as_str(), None)).or_default().extend(subnet.ranges.iter().filter_map(A::of_range));
        }
    }
    let classes = classes.into_iter().map(|((subnet, groups), sources)| {
        let sources = narrowed(IntervalSet::of(sources), question);
        let far = far(index, vpc, subnet, target, groups, notes);
        (
            Origin {
                members: members.map(Members::In),
                far: Some(Far { references: members.is_some(), ..far }),
                ..Origin::anywhere(sources)
            },
            subnet,
        )
    });
    let mut origins: Vec<_> = classes.filter(|(origin, _)| !origin.sources.is_empty()).collect();
    states(index, vpc, question, notes);
    if let Some(why) = index.network.failure("NetworkInterfaces") {
        notes.unknown.push(Doubt::missing(format!("the interfaces of `{vpc}`: {why}")));
        let ranges = index.vpc(vpc).map_or_else(IntervalSet::full, |vpc| A::set(&vpc.ranges));
        let anyone = narrowed(ranges, question);
        origins.push((Origin { members: members.map(Members::In), ..Origin::anywhere(anyone) }, ""));
    }
    origins
}

/// Senders whose instance may not be running.
fn states(index: &Index<'_>, vpc: &str, question: &Question, notes: &mut Notes) {
    let unsure = |interface: &&&NetworkInterface| {
        let instance = interface.instance.as_deref().map(|id| index.instance(id).and_then(|i| i.state.as_deref()));
        instance == Some(None) && asked(question, interface)
    };
    if index.interfaces(vpc).iter().any(|interface| unsure(&interface)) {
        match index.network.failure("Reservations") {
            Some(why) => notes.unknown.push(Doubt::missing(format!("the state of the senders in `{vpc}`: {why}"))),
            None => {
                let what = format!("senders in `{vpc}` whose state was not collected are taken to be running");
                notes.assumptions.push(what);
            }
        }
    }
}

fn far<'n>(
    index: &Index<'n>,
    vpc: &str,
    subnet: &str,
    target: &'n str,
    groups: Option<&'n [String]>,
    notes: &mut Notes,
) -> Far<'n> {
    let mut own = Notes::default();
    let acl = way::acl(index, subnet, &mut own);
    let table = way::table(index, vpc, subnet, &mut own);
    notes.assume(own.assumptions);
    Far {
        acl,
        route: table.map(|table| (table, target)),
        groups,
        references: true,
        unguarded_return: false,
        closed: Vec::new(),
        unknown: own.unknown,
    }
}

/// Sources that the question asks about.
pub(super) fn narrowed<A: Address>(sources: IntervalSet<A>, question: &Question) -> IntervalSet<A> {
    match &question.from {
        Some(End::Range(range)) => sources.intersection(&A::set([range] as [&IpNet; 1])),
        Some(End::Component(_)) | None => sources,
    }
}

/// Whether the question asks about packets from this interface, as far as it names a component inside a VPC.
fn asked(question: &Question, interface: &NetworkInterface) -> bool {
    match &question.from {
        Some(End::Component(id)) if !End::is_gateway(id) => {
            [Some(&interface.id), Some(&interface.subnet), Some(&interface.vpc), interface.instance.as_ref()]
                .contains(&Some(id))
        }
        Some(_) | None => true,
    }
}

/// Whether the question asks about packets from all of `vpc`.
pub(super) fn whole(question: &Question, vpc: &str) -> bool {
    match &question.from {
        Some(End::Component(id)) => End::is_gateway(id) || id == vpc,
        Some(End::Range(_)) | None => true,
    }
}

/// An interface that is not in use sends nothing, and neither does a stopped instance.
fn up(index: &Index<'_>, interface: &NetworkInterface) -> bool {
    let state = interface.instance.as_deref().and_then(|id| index.instance(id)).and_then(|i| i.state.as_deref());
    state.is_none_or(|state| state == "running") && interface.status.as_deref().is_none_or(|status| status == "in-use")
}
