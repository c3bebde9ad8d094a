//! Which ways lead into a VPC, as far as a question asks about them.

use super::engine::Gate;
use super::{client_vpn, direct_connect, transit};
use crate::index::Index;
use crate::question::{End, Question};

/// The ways that are followed.
pub(super) fn of<'n>(index: &Index<'n>, question: &Question, vpc: &str) -> Vec<Gate<'n>> {
    let mut gates = Vec::new();
    if question.means_internet() {
        gates.push(Gate::Internet);
    }
    let from = match &question.from {
        Some(End::Component(id)) => Some(id.as_str()),
        Some(End::Range(_)) | None => None,
    };
    if from.is_some() && question.source_vpc(index.network) == Some(vpc) {
        return vec![Gate::Intra];
    }
    let gateway = from.filter(|id| End::is_gateway(id));
    let peerings = index.peerings(vpc).iter();
    gates.extend(
        peerings
            .filter(|peering| gateway.is_none_or(|gateway| gateway == peering.id))
            .map(|peering| Gate::Peering(&peering.id)),
    );
    let vpn = index.vpn_gateway(vpc).filter(|vpn| gateway.is_none_or(|gateway| gateway == vpn.id));
    gates.extend(vpn.map(|vpn| Gate::Vpn(&vpn.id)));
    gates.extend(vpn.filter(|vpn| direct_connect::leads_to(index, &vpn.id)).map(|vpn| Gate::DirectConnect(&vpn.id)));
    let asked = |id: &str| gateway.is_none_or(|gateway| gateway == id);
    for id in index.hubs().gateways_of_vpc(vpc).iter().filter(|id| asked(id)) {
        gates.extend(transit::edges(index, id).map(|edge| Gate::Transit(edge, id)));
    }
    let endpoints = client_vpn::into(index, vpc).filter(|id| asked(id));
    gates.extend(endpoints.map(Gate::ClientVpn));
    gates
}
