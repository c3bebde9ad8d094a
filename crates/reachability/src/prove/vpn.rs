//! The virtual private gateway of a VPC, with the VPN connections that end at it.

use inspector_model::network::{Edge, VpnConnection, VpnGateway};

use super::entry::{Entry, Origin};
use super::inside;
use super::way::Notes;
use crate::address::{Address, Family};
use crate::fact::{Blocker, Doubt};
use crate::index::Index;
use crate::interval::IntervalSet;
use crate::question::Question;

/// The way from behind the VPN connections of the gateway of `vpc`. Only IPv4 passes a connection to a virtual private
/// gateway (AWS Site-to-Site VPN User Guide, "IPv4 and IPv6 traffic").
pub(super) fn entry<'n, A: Address>(index: &Index<'n>, id: &'n str, vpc: &str, question: &Question) -> Entry<'n, A> {
    let mut notes = Notes::default();
    notes.doubt(index, "virtual private gateway", id);
    if let Some(gateway) = index.vpn_gateway(vpc).filter(|_| index.unreadable(id).is_none()) {
        state(gateway, &mut notes);
    }
    let mut sources = behind(index, id, &mut notes);
    if A::FAMILY == Family::Ipv6 || !inside::whole(question, id) {
        sources = IntervalSet::empty();
    }
    let sources = inside::narrowed(sources, question);
    let (via, origins) = (Some(id), vec![Origin::anywhere(sources)]);
    Entry { edge: Edge::VGW, via, back: via, also_back: Vec::new(), origins, narrowed: true, notes }
}

fn state(gateway: &VpnGateway, notes: &mut Notes) {
    if let Some(state) = gateway.state.as_deref().filter(|state| *state != "available") {
        notes.blockers.push(Blocker::new("BAD_STATE", &gateway.id, format!("the gateway is {state}")));
    }
}

/// Addresses behind the connections that are available.
fn behind<A: Address>(index: &Index<'_>, id: &str, notes: &mut Notes) -> IntervalSet<A> {
    let network = index.network;
    if let Some(why) = network.failure("VpnConnections") {
        notes.unknown.push(Doubt::missing(format!("the VPN connections of `{id}`: {why}")));
        return IntervalSet::full();
    }
    if !network.has_answer("VpnConnections") {
        let what = format!("`VpnConnections` were not collected: `{id}` is taken to have one, to any address");
        notes.assumptions.push(what);
        return IntervalSet::full();
    }
    let ours: Vec<&VpnConnection> =
        network.vpn_connections.iter().filter(|connection| connection.vpn_gateway.as_deref() == Some(id)).collect();
    let up = ours.iter().filter(|connection| {
        connection.state.as_deref().is_none_or(|state| state == "available")
            || index.unreadable(&connection.id).is_some()
    });
    let mut sources = IntervalSet::empty();
    for connection in up.clone() {
        notes.doubt(index, "VPN connection", &connection.id);
        match &connection.static_routes {
            Some(ranges) => sources = sources.union(&A::set(ranges)),
            None => {
                let what = format!("`{}` learns its ranges by BGP: taken to lead to any address", connection.id);
                notes.assumptions.push(what);
                sources = IntervalSet::full();
            }
        }
    }
    let direct = ["VirtualInterfaces", "DirectConnectGatewayAssociations"];
    if up.clone().count() == 0 && direct.iter().any(|answer| !network.has_answer(answer)) {
        let what = format!("whether Direct Connect leads to `{id}` was not collected, and no VPN connection does");
        notes.unknown.push(Doubt::missing(what));
        return IntervalSet::full();
    }
    if up.count() == 0 {
        notes.blockers.push(match ours.first() {
            Some(connection) => Blocker::new("BAD_STATE_VPN", &connection.id, "the VPN connection is not available"),
            None => Blocker::new("NO_PATH", id, "no VPN connection ends at the gateway"),
        });
    }
    sources
}
