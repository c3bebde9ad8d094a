//! Re-checks a proof against a network: the witness is walked packet by packet and every hop is looked up again.
//!
//! Nothing here is shared with the prover. What decides is the walker of [`crate::reference`] and, for the hops, a plain
//! search in the records that a hop names.

mod balancer;
mod middlebox;
mod path;

use std::net::IpAddr;

use inspector_model::network::{Network, NetworkInterface};
use inspector_model::proof::{NetworkProof, Packet};

use crate::reference::direct_connect::walk_direct_connect;
use crate::reference::{Probe, Walk, admits, speaks_of_request, walk, walk_inside, walk_peering, walk_vpn};

/// What a proof is said to prove.
#[derive(Debug, Clone, Copy)]
pub struct Claim<'a> {
    /// By what packets come in.
    pub entrance: Entrance<'a>,
    /// The instance.
    pub instance: &'a str,
    /// Its interface.
    pub interface: &'a str,
    /// The security group that admits the packet.
    pub group: &'a str,
    /// The path and the packets.
    pub proof: &'a NetworkProof,
}

/// A way into a VPC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entrance<'a> {
    /// An internet gateway, by id.
    InternetGateway(&'a str),
    /// A VPC peering connection, by id.
    Peering(&'a str),
    /// A virtual private gateway, by id, from behind its VPN connections.
    VpnGateway(&'a str),
    /// A virtual private gateway, by id, from behind Direct Connect.
    DirectConnect(&'a str),
    /// A load balancer, by the name that its clients resolve.
    Balancer(&'a str),
    /// The VPC itself.
    Inside,
    /// Another one, by name, through which packets are not walked.
    Other(&'a str),
}

/// What the re-check found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Judgement {
    /// The proof holds.
    Holds,
    /// It does not: what is wrong with it.
    Wrong(String),
    /// It could not be told: why.
    Unchecked(String),
}

/// Judges one proof. It holds only if everything about it was looked at.
pub fn judge(network: &Network, claim: &Claim<'_>) -> Judgement {
    match examine(network, claim) {
        Ok(()) => Judgement::Holds,
        Err(otherwise) => otherwise,
    }
}

fn wrong<T>(why: impl Into<String>) -> Result<T, Judgement> {
    Err(Judgement::Wrong(why.into()))
}

fn examine(network: &Network, claim: &Claim<'_>) -> Result<(), Judgement> {
    let Claim { instance, interface: id, proof, .. } = claim;
    let own = |interface: &&NetworkInterface| interface.id == *id && interface.instance.as_deref() == Some(instance);
    let Some(interface) = network.interfaces.iter().find(own) else {
        return wrong(format!("`{id}` of `{instance}` is not in the snapshot"));
    };
    let request = &proof.request;
    if mirrored(request) != proof.reply {
        return wrong("the reply is not the reply to the request");
    }
    if interface.addresses.iter().all(|address| address.address != request.destination) {
        return wrong(format!("`{id}` does not have the address {}", request.destination));
    }
    if interface.security_groups.iter().all(|group| group != claim.group) {
        return wrong(format!("`{id}` is not in the group `{}`", claim.group));
    }
    let probe = probe(request)?;
    if let Entrance::Balancer(name) = claim.entrance {
        return balancer::examine(network, name, interface, claim, &probe);
    }
    let walked = match claim.entrance {
        Entrance::InternetGateway(_) => walk(network, interface, &probe),
        Entrance::Peering(id) => walk_peering(network, id, interface, &probe),
        Entrance::VpnGateway(id) => walk_vpn(network, id, interface, &probe),
        Entrance::DirectConnect(id) => walk_direct_connect(network, id, interface, &probe),
        Entrance::Inside => walk_inside(network, interface, &probe),
        Entrance::Balancer(name) | Entrance::Other(name) => {
            return Err(Judgement::Unchecked(format!("packets through `{name}` are not walked")));
        }
    };
    arrived(&walked, proof)?;
    let sender = sender(network, claim, interface, request.source);
    group_admits(network, claim.group, &probe, sender)?;
    path::compare(&path::expected(network, claim, interface, sender, &probe), &proof.path)
}

/// What a walk says of a proof. One that rests on something that AWS was never asked for cannot be refuted by that.
fn arrived(walked: &Walk, proof: &NetworkProof) -> Result<(), Judgement> {
    match (walked, proof.assumptions.first()) {
        (Walk::Answered, _) => Ok(()),
        (Walk::Dropped(_) | Walk::NoReply(_) | Walk::Unknown(_), Some(assumption)) => {
            Err(Judgement::Unchecked(format!("it rests on an assumption: {assumption}")))
        }
        (Walk::Unknown(what), None) => Err(Judgement::Unchecked(format!("the snapshot does not tell the {what}"))),
        (Walk::Dropped(at), None) => wrong(format!("the request does not arrive: it is dropped by the {at}")),
        (Walk::NoReply(at), None) => wrong(format!("the reply does not get back: it is dropped by the {at}")),
    }
}

fn mirrored(packet: &Packet) -> Packet {
    Packet {
        protocol: packet.protocol.clone(),
        source: packet.destination,
        source_port: packet.destination_port,
        destination: packet.source,
        destination_port: packet.source_port,
    }
}

fn probe(packet: &Packet) -> Result<Probe, Judgement> {
    let protocol = match (packet.protocol.as_str(), packet.destination) {
        ("tcp", _) => 6,
        ("udp", _) => 17,
        ("icmp-echo", IpAddr::V4(_)) => 1,
        ("icmp-echo", IpAddr::V6(_)) => 58,
        (other, _) => match other.parse() {
            Ok(number) => number,
            Err(_) => return wrong(format!("`{other}` is not a protocol")),
        },
    };
    if packet.source.is_ipv4() != packet.destination.is_ipv4() {
        return wrong("source and destination are of two families");
    }
    Ok(Probe {
        source: packet.source,
        client_port: packet.source_port,
        destination: packet.destination,
        port: packet.destination_port,
        protocol,
    })
}

/// The interface inside a VPC that sends the packet.
fn sender<'n>(
    network: &'n Network,
    claim: &Claim<'_>,
    interface: &NetworkInterface,
    source: IpAddr,
) -> Option<&'n NetworkInterface> {
    let vpc = match claim.entrance {
        Entrance::Inside => interface.vpc.as_str(),
        Entrance::Peering(id) => {
            let peering = network.peerings.iter().find(|peering| peering.id == id)?;
            &peering.sides.iter().find(|side| side.vpc != interface.vpc)?.vpc
        }
        Entrance::InternetGateway(_)
        | Entrance::VpnGateway(_)
        | Entrance::DirectConnect(_)
        | Entrance::Balancer(_)
        | Entrance::Other(_) => return None,
    };
    let has = |sender: &&NetworkInterface| sender.addresses.iter().any(|address| address.address == source);
    network.interfaces.iter().filter(|sender| sender.vpc == vpc).find(has)
}

/// The group that the claim names must admit the packet by itself.
fn group_admits(
    network: &Network,
    id: &str,
    probe: &Probe,
    sender: Option<&NetworkInterface>,
) -> Result<(), Judgement> {
    let Some(group) = network.security_groups.iter().find(|group| group.id == id) else {
        return Err(Judgement::Unchecked(format!("the snapshot does not hold the group `{id}`")));
    };
    let mut rules = group.ingress.iter().filter(|rule| speaks_of_request(rule.traffic, probe));
    if rules.any(|rule| admits(network, rule, probe.source, sender) == Some(true)) {
        return Ok(());
    }
    wrong(format!("no rule of the group `{id}` admits the request"))
}
