//! Ways into a VPC that are not followed yet: each is answered as not assessed, by name, never left out.

use inspector_model::network::{Edge, NetworkInterface};

use crate::address::Family;
use crate::fact::{Doubt, Fact, Verdict};
use crate::index::Index;
use crate::protocol::Protocol;
use crate::question::{End, Question};

pub(super) fn unmodelled(
    index: &Index<'_>,
    question: &Question,
    interface: &NetworkInterface,
    instance: &str,
    facts: &mut Vec<Fact>,
) {
    let mut add = |edge: Edge, via: &str, doubt: Doubt| {
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
    };
    let from = match &question.from {
        Some(End::Component(id)) => Some(id.as_str()),
        Some(End::Range(_)) | None => None,
    };
    if from.is_some_and(|id| id.starts_with("igw-")) {
        return;
    }
    let gateway = from.filter(|id| ["pcx-", "vgw-", "tgw-"].iter().any(|prefix| id.starts_with(prefix)));
    let inside = from.is_some() && question.source_vpc(index.network) == Some(interface.vpc.as_str());
    if inside {
        let what = format!("paths inside `{}` are not modelled yet", interface.vpc);
        add(Edge::IntraVPC, &interface.vpc, Doubt::not_modelled(what));
        return;
    }
    for edge in index.unmodelled_edges(&interface.vpc) {
        if gateway.is_none_or(|gateway| gateway == edge.via) {
            let doubt = match index.network.failure(&edge.via) {
                Some(why) => Doubt::missing(format!("`{}` were not read: {why}", edge.via)),
                None => Doubt::not_modelled(format!("paths through `{}` are not modelled yet", edge.via)),
            };
            add(edge.edge, &edge.via, doubt);
        }
    }
}

fn families(interface: &NetworkInterface) -> impl Iterator<Item = Family> + use<'_> {
    [Family::Ipv4, Family::Ipv6]
        .into_iter()
        .filter(|family| interface.addresses.iter().any(|address| Family::of(address.address) == *family))
}
