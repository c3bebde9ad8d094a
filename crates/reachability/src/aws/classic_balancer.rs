//! Load balancers of the first generation (`DescribeLoadBalancers` of Elastic Load Balancing 2012-06-01).

use std::collections::BTreeMap;

use inspector_model::network::{BalancerKind, Listener, LoadBalancer, Target, TargetGroup, TargetKind};
use serde::Deserialize;

use super::load_balancer::sorted;
use super::part::Part;
use super::raw::{Text, filled, list};

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Raw<'a> {
    #[serde(borrow)]
    load_balancer_name: Option<Text<'a>>,
    #[serde(rename = "DNSName")]
    dns_name: Option<Text<'a>>,
    #[serde(rename = "VPCId")]
    vpc_id: Option<Text<'a>>,
    scheme: Option<Text<'a>>,
    #[serde(default, deserialize_with = "list")]
    subnets: Vec<Text<'a>>,
    #[serde(default, deserialize_with = "list")]
    security_groups: Vec<Text<'a>>,
    #[serde(default, deserialize_with = "list")]
    listener_descriptions: Vec<Description<'a>>,
    #[serde(default, deserialize_with = "list")]
    instances: Vec<Instance<'a>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Description<'a> {
    #[serde(borrow)]
    listener: Option<RawListener<'a>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct RawListener<'a> {
    load_balancer_port: Option<u16>,
    instance_port: Option<u16>,
    #[serde(borrow)]
    protocol: Option<Text<'a>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Instance<'a> {
    #[serde(borrow)]
    instance_id: Option<Text<'a>>,
}

pub(super) fn add(raw: Raw<'_>, part: &mut Part) {
    let Some(name) = filled(raw.load_balancer_name.as_ref()) else {
        return part.nameless("LoadBalancerDescriptions", "LoadBalancerName");
    };
    let Some(vpc) = filled(raw.vpc_id.as_ref()) else {
        return part.skip(&format!("Classic load balancer `{name}` is in no VPC"));
    };
    let mut targets: Vec<Target> = raw
        .instances
        .into_iter()
        .filter_map(|instance| Some(Target { id: instance.instance_id?.owned(), port: None, health: None }))
        .collect();
    targets.sort();
    targets.dedup();
    let (mut listeners, mut groups) = (Vec::new(), BTreeMap::new());
    for description in raw.listener_descriptions {
        let Some(RawListener { load_balancer_port: Some(port), instance_port: Some(instance_port), protocol }) =
            description.listener
        else {
            part.unreadable(name, "a listener without ports");
            continue;
        };
        let id = format!("{name}:{instance_port}");
        listeners.push(Listener {
            port,
            protocol: protocol.map(Text::owned).unwrap_or_default(),
            id: String::new(),
            forwards: vec![id.clone()],
        });
        groups.entry(id).or_insert(instance_port);
    }
    listeners.sort();
    if raw.scheme.is_none() {
        part.unreadable(name, "no `Scheme`");
    }
    part.network.target_groups.extend(groups.into_iter().map(|(id, port)| TargetGroup {
        id,
        kind: TargetKind::Instance,
        port: Some(port),
        protocol: "TCP".to_owned(),
        load_balancers: vec![name.to_owned()],
        cross_zone: None,
        preserves_client: None,
        targets: Some(targets.clone()),
    }));
    part.network.load_balancers.push(LoadBalancer {
        id: name.to_owned(),
        name: name.to_owned(),
        kind: BalancerKind::Classic,
        dns_name: raw.dns_name.map(Text::owned),
        internet_facing: raw.scheme.as_deref() == Some("internet-facing"),
        state: None,
        vpc: vpc.to_owned(),
        subnets: sorted(raw.subnets),
        security_groups: sorted(raw.security_groups),
        dual_stack: false,
        cross_zone: None,
        guards_private_link: None,
        listeners: Some(listeners),
    });
}
