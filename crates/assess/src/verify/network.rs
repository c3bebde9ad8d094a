//! Findings of Network Reachability: the words follow from the attributes, the attributes from the proof, and the proof
//! from the snapshot.

use inspector_model::Finding;
use inspector_model::network::Network;
use inspector_model::proof::NetworkProof;
use inspector_reachability::check::{self, Claim, Entrance, Judgement};

use crate::rules_package::network_reachability::retold::{self, Retold};

pub(super) fn judge(network: &Network, finding: &Finding, proof: &NetworkProof) -> Judgement {
    match attributes(network, finding, proof) {
        Ok(claim) => check::judge(network, &claim),
        Err(why) => Judgement::Wrong(why),
    }
}

fn attribute<'f>(finding: &'f Finding, key: &str) -> Result<&'f str, String> {
    finding.attribute(key).ok_or_else(|| format!("it has no attribute `{key}`"))
}

fn attributes<'f>(network: &Network, finding: &'f Finding, proof: &'f NetworkProof) -> Result<Claim<'f>, String> {
    let (instance, interface) = (attribute(finding, "INSTANCE_ID")?, attribute(finding, "ENI")?);
    if instance != finding.subject {
        return Err(format!("`INSTANCE_ID` is not its subject `{}`", finding.subject));
    }
    words(finding)?;
    ports(finding, proof)?;
    if let Some(known) = network.interfaces.iter().find(|known| known.id == interface) {
        if known.vpc != attribute(finding, "VPC")? {
            return Err(format!("`VPC` is not the VPC of `{interface}`"));
        }
        let acl = network.network_acls.iter().find(|acl| acl.subnets.contains(&known.subnet));
        if let Some(acl) = acl.filter(|acl| finding.attribute("ACL") != Some(&acl.id)) {
            return Err(format!("`ACL` is not `{}`, which guards the subnet of `{interface}`", acl.id));
        }
    }
    let entrance = entrance(finding).ok_or("it names no component that lets packets in")?;
    Ok(Claim { entrance, instance, interface, group: attribute(finding, "SECURITY_GROUP")?, proof })
}

fn entrance(finding: &Finding) -> Option<Entrance<'_>> {
    let of = |key| finding.attribute(key);
    if let Some(name) = of("ELB2").or_else(|| of("ELB")) {
        return Some(Entrance::Balancer(name));
    }
    let route = retold::route(finding)?;
    let id = of(route.attribute)?;
    Some(match route.kind {
        "Internet" => Entrance::InternetGateway(id),
        "PeeredVpc" => Entrance::Peering(id),
        "VGW" => Entrance::VpnGateway(id),
        "DirectConnect" if id.starts_with("vgw-") => Entrance::DirectConnect(id),
        _ => Entrance::Other(id),
    })
}

/// The port of the proof is the finding's, or one of those that an aggregate lists.
fn ports(finding: &Finding, proof: &NetworkProof) -> Result<(), String> {
    let (protocol, port) = (proof.request.protocol.to_uppercase(), proof.request.destination_port);
    if let Some(claimed) = finding.attribute("PORT") {
        if attribute(finding, "PROTOCOL")? != protocol || claimed != port.to_string() {
            return Err(format!("its proof is about {protocol} port {port}, and it claims another"));
        }
        return Ok(());
    }
    let listed = attribute(finding, if protocol == "UDP" { "UDP_PORTS" } else { "TCP_PORTS" })?;
    match retold::ports(listed) {
        Some(ports) if ports.contains(port) => Ok(()),
        Some(_) | None => Err(format!("its proof is about {protocol} port {port}, which it does not list")),
    }
}

/// Title, description, recommendation, id and severity are those that its attributes give.
fn words(finding: &Finding) -> Result<(), String> {
    let Some(Retold { rule, severity, title, description, recommendation }) = retold::of(finding) else {
        return Err("its attributes contradict each other".to_owned());
    };
    let differs = |name: &str| Err(format!("its {name} is not what its attributes say"));
    match () {
        () if finding.rule != rule => differs("id"),
        () if finding.severity != severity => differs("severity"),
        () if finding.title != title => differs("title"),
        () if description.is_some_and(|description| finding.description != description) => differs("description"),
        () if finding.recommendation != recommendation => differs("recommendation"),
        () => Ok(()),
    }
}
