//! Direct Connect: private virtual interfaces at a virtual private gateway, and Direct Connect gateways in front of one or of
//! a transit gateway. Which ranges the other side announces by BGP no AWS answer tells. A public virtual interface leads to
//! public addresses only, which the way from the internet covers.

use inspector_model::network::{Edge, VirtualInterface};
use ipnet::IpNet;

use super::between::{Between, Carried};
use super::entry::{Entry, Origin};
use super::inside;
use super::way::Notes;
use crate::address::{Address, Family};
use crate::fact::{Blocker, Doubt};
use crate::index::Index;
use crate::interval::IntervalSet;
use crate::question::Question;

const INTERFACES: &str = "VirtualInterfaces";
const ASSOCIATIONS: &str = "DirectConnectGatewayAssociations";

/// Whether something of Direct Connect ends at virtual private gateway `id`, whatever its state.
pub(super) fn leads_to(index: &Index<'_>, id: &str) -> bool {
    let network = index.network;
    network.virtual_interfaces.iter().any(|interface| interface.vpn_gateway.as_deref() == Some(id))
        || network.direct_connect_associations.iter().any(|association| association.gateway == id)
}

/// The way through virtual private gateway `id` into `vpc`.
pub(super) fn entry<'n, A: Address>(index: &Index<'n>, id: &'n str, vpc: &str, question: &Question) -> Entry<'n, A> {
    let mut notes = Notes::default();
    notes.doubt(index, "virtual private gateway", id);
    let gateway = index.vpn_gateway(vpc).and_then(|gateway| gateway.state.as_deref());
    if let Some(state) = gateway.filter(|state| *state != "available" && index.unreadable(id).is_none()) {
        notes.blockers.push(Blocker::new("BAD_STATE", id, format!("the gateway is {state}")));
    }
    let ranges: &[IpNet] = index.vpc(vpc).map_or(&[], |vpc| &vpc.ranges);
    let mut closed = Vec::new();
    let mut there = Vec::new();
    match private_interface(index, id, &mut notes) {
        Some(Ok(())) => there.push(Carried::everything()),
        Some(Err(blocker)) => closed.push(blocker),
        None => {}
    }
    for association in index.network.direct_connect_associations.iter().filter(|one| one.gateway == id) {
        match to_vpn_gateway(index, &association.direct_connect_gateway, id, ranges, &mut notes) {
            Ok(carried) => there.push(carried),
            Err(blocker) => closed.push(blocker),
        }
    }
    if there.is_empty() {
        notes.blockers.extend(closed);
    } else {
        notes.assume([format!(
            "what Direct Connect announces to `{id}` by BGP is not known: taken to lead to any address"
        )]);
    }
    let asked = inside::whole(question, id) && A::FAMILY == Family::Ipv4;
    let full = if asked { IntervalSet::full() } else { IntervalSet::empty() };
    let sources = inside::narrowed(full, question).difference(&A::set(ranges));
    let origins = there.into_iter().map(|there| {
        let between = Between {
            there,
            back: Carried::everything(),
            enter: Vec::new(),
            leave: None,
            far_leave: None,
            far_enter: Vec::new(),
        };
        Origin { between: Some(between), ..Origin::anywhere(sources.clone()) }
    });
    let (via, origins) = (Some(id), origins.collect());
    Entry { edge: Edge::DirectConnect, via, back: via, also_back: Vec::new(), origins, narrowed: true, notes }
}

/// Whether a private virtual interface ends at the gateway itself, and is up.
fn private_interface(index: &Index<'_>, gateway: &str, notes: &mut Notes) -> Option<Result<(), Blocker>> {
    let ours = |interface: &&VirtualInterface| interface.vpn_gateway.as_deref() == Some(gateway);
    let ours: Vec<&VirtualInterface> = index.network.virtual_interfaces.iter().filter(ours).collect();
    any_up(index, &ours, notes)
}

fn any_up(index: &Index<'_>, interfaces: &[&VirtualInterface], notes: &mut Notes) -> Option<Result<(), Blocker>> {
    let first = interfaces.first()?;
    if let Some(doubtful) = interfaces.iter().find(|interface| index.unreadable(&interface.id).is_some()) {
        notes.doubt(index, "virtual interface", &doubtful.id);
        return Some(Ok(()));
    }
    if interfaces.iter().any(|interface| matches!(interface.state.as_deref(), None | Some("available"))) {
        return Some(Ok(()));
    }
    let detail = format!("the virtual interface is {}", first.state.as_deref().unwrap_or_default());
    Some(Err(Blocker::new("BAD_STATE", &first.id, detail)))
}

/// Which destinations behind a transit gateway a Direct Connect gateway carries packets to: those that are announced to the
/// other side, as they stand (Direct Connect User Guide, "Allowed prefixes interactions").
pub(super) fn to_transit_gateway<A: Address>(
    index: &Index<'_>,
    own: &str,
    gateway: &str,
    notes: &mut Notes,
) -> Result<Carried<A>, Blocker> {
    interface_of(index, own, notes)?;
    let Some(allowed) = allowed(index, own, gateway, notes)? else { return Ok(Carried::everything()) };
    Ok(announced(own, A::set(allowed)))
}

/// The same for a virtual private gateway: ranges of the VPC that lie inside an allowed one. With none allowed, all are.
fn to_vpn_gateway<A: Address>(
    index: &Index<'_>,
    own: &str,
    gateway: &str,
    ranges: &[IpNet],
    notes: &mut Notes,
) -> Result<Carried<A>, Blocker> {
    interface_of(index, own, notes)?;
    let Some(allowed) = allowed(index, own, gateway, notes)?.filter(|allowed| !allowed.is_empty()) else {
        return Ok(Carried::everything());
    };
    let within = ranges.iter().filter(|range| allowed.iter().any(|allowed| allowed.contains(*range)));
    Ok(announced(own, A::set(within)))
}

fn announced<A: Address>(own: &str, sure: IntervalSet<A>) -> Carried<A> {
    let detail = "the address is not among those that the Direct Connect gateway announces to the other side";
    Carried { sure, perhaps: Vec::new(), closed: vec![Blocker::new("NO_ROUTE_TO_DESTINATION", own, detail)] }
}

/// Whether a virtual interface ends at the Direct Connect gateway, and is up.
fn interface_of(index: &Index<'_>, own: &str, notes: &mut Notes) -> Result<(), Blocker> {
    let network = index.network;
    let ours = |interface: &&VirtualInterface| {
        interface.direct_connect_gateway.as_deref() == Some(own) && interface.kind.as_deref() != Some("public")
    };
    let ours: Vec<&VirtualInterface> = network.virtual_interfaces.iter().filter(ours).collect();
    if let Some(told) = any_up(index, &ours, notes) {
        return told;
    }
    if network.failure(INTERFACES).is_none() && network.has_answer(INTERFACES) {
        let what =
            format!("no virtual interface of `{own}` is in the snapshot: another account or Region may have one");
        notes.unknown.push(Doubt::missing(what));
    } else {
        notes.missing(index, INTERFACES, &format!("the virtual interfaces of `{own}`"), "taken to be up");
    }
    Ok(())
}

/// The prefixes that the association of both gateways allows; `None` where they are not known.
fn allowed<'n>(index: &Index<'n>, own: &str, gateway: &str, notes: &mut Notes) -> Result<Option<&'n [IpNet]>, Blocker> {
    let mut associations = index.network.direct_connect_associations.iter();
    let found = associations.find(|one| one.direct_connect_gateway == own && one.gateway == gateway);
    let Some(association) = found else {
        let what = format!("how `{own}` is associated with `{gateway}`");
        notes.missing(index, ASSOCIATIONS, &what, "taken to be associated and to announce every range");
        return Ok(None);
    };
    notes.doubt(index, "Direct Connect gateway association", &association.id);
    let sure = index.unreadable(&association.id).is_none();
    let state = association.state.as_deref().filter(|_| sure);
    if let Some(state) = state.filter(|state| !matches!(*state, "associated" | "updating")) {
        return Err(Blocker::new("BAD_STATE", &association.id, format!("the association is {state}")));
    }
    if association.allowed.is_none() {
        notes
            .assume([format!("the allowed prefixes of `{}` are not known: taken to hold every range", association.id)]);
    }
    Ok(association.allowed.as_deref())
}
