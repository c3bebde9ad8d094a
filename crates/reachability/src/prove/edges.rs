//! Ways into a VPC that are not followed yet: each is answered as not assessed, by name, never left out.

use inspector_model::network::{Edge, NetworkInterface};

use crate::address::Family;
use crate::fact::{Doubt, Fact, Verdict};
use crate::index::Index;
use crate::protocol::Protocol;
use crate::question::{End, Question};

/// Adds a fact for each way into the interface's VPC that the question asks about.
pub(super) fn unmodelled(
    index: &Index<'_>,
    question: &Question,
    interface: &NetworkInterface,
    instance: &str,
    facts: &mut Vec<Fact>,
) {
    for (edge, via) in asked(index, question, &interface.vpc) {
        let doubt = match index.network.failure(via) {
            Some(why) => Doubt::missing(format!("`{via}` were not read: {why}")),
            None => Doubt::not_modelled(format!("paths through `{via}` are not modelled yet")),
        };
        for family in families(interface) {
            for protocol in Protocol::ALWAYS {
                facts.push(Fact {
                    instance: instance.to_owned(),
                    instance_name: index.instance(instance).and_then(|instance| instance.name()).map(str::to_owned),
                    private_ip: interface.addresses.iter().map(|a| a.address).find(|a| Family::of(*a) == family),
                    eni: interface.id.clone(),
                    via: Some(via.to_owned()),
                    unknown: vec![doubt.clone()],
                    ..Fact::unanswered(edge, family, protocol, Verdict::NotAssessed)
                });
            }
        }
    }
}

/// The ways into a VPC that a question asks about and that are not followed.
pub(super) fn asked<'i>(index: &'i Index<'_>, question: &Question, vpc: &str) -> Vec<(Edge, &'i str)> {
    let from = match &question.from {
        Some(End::Component(id)) => Some(id.as_str()),
        Some(End::Range(_)) | None => None,
    };
    if from.is_some_and(|id| id.starts_with("igw-")) {
        return Vec::new();
    }
    if from.is_some() && question.source_vpc(index.network) == Some(vpc) {
        return Vec::new();
    }
    let gateway = from.filter(|id| ["pcx-", "vgw-", "tgw-"].iter().any(|prefix| id.starts_with(prefix)));
    let edges = index.unmodelled_edges(vpc).iter();
    let edges = edges.filter(|edge| gateway.is_none_or(|gateway| gateway == edge.via));
    edges.map(|edge| (edge.edge, edge.via.as_str())).collect()
}

/// The families that such ways are told of.
pub(super) fn families(interface: &NetworkInterface) -> impl Iterator<Item = Family> + use<'_> {
    [Family::Ipv4, Family::Ipv6]
        .into_iter()
        .filter(|family| interface.addresses.iter().any(|address| Family::of(address.address) == *family))
}
