//! Paths through load balancers against `reference::balancer`.

use std::collections::BTreeMap;
use std::net::IpAddr;

use inspector_model::network::*;
use inspector_reachability::address::Family;
use inspector_reachability::fact::{Fact, Verdict};
use inspector_reachability::prove::facts;
use inspector_reachability::question::Question;
use inspector_reachability::reference::Walk;
use inspector_reachability::reference::balancer::{Visit, visit};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use crate::random_network::{self, VPC};

const LISTENER: u16 = 443;
const PORT: u16 = 22;
/// A client in every range that the rules name and in none of the narrower ones, and ports likewise.
const CLIENTS: [&str; 8] =
    ["8.8.8.8", "8.8.8.9", "8.8.9.9", "8.9.0.1", "9.9.9.9", "1.1.1.1", "200.1.2.3", "100.64.0.1"];
const CLIENTS6: [&str; 4] = ["2600::8", "2600::9", "2600:0:0:1::1", "2a00::1"];
const CLIENT_PORTS: [u16; 5] = [1024, 1025, 32767, 32768, 65535];

fn interface(id: &str, subnet: &str, address: &str, public: bool) -> NetworkInterface {
    let public = public.then(|| "3.3.3.3".parse().unwrap());
    NetworkInterface {
        id: id.into(),
        instance: None,
        status: Some("in-use".into()),
        subnet: subnet.into(),
        vpc: VPC.into(),
        security_groups: vec!["sg-1".into()],
        addresses: vec![InterfaceAddress { address: address.parse().unwrap(), public }],
        source_dest_check: true,
        device: Some(0),
        balancer: None,
    }
}

#[derive(Debug, Clone)]
struct Shape {
    kind: BalancerKind,
    grouped: bool,
    facing: bool,
    public: bool,
    running: bool,
    inside: bool,
    other_zone: bool,
    crosses: Option<bool>,
    group_crosses: Option<bool>,
    preserves: bool,
    second_node: bool,
    dual_stack: bool,
    /// Whether each of the filters lets everything through in the end: otherwise hardly a packet passes all of them.
    open: [bool; 3],
}

fn shape() -> impl Strategy<Value = Shape> {
    let mostly = || prop::bool::weighted(0.95);
    let kind = select(vec![BalancerKind::Application, BalancerKind::Network, BalancerKind::Network]);
    let open = || prop::bool::weighted(0.8);
    let rest = (any::<bool>(), open(), [open(), open(), open()], prop::bool::weighted(0.3));
    let zones = (prop::bool::weighted(0.3), any::<bool>(), any::<Option<bool>>());
    (kind, any::<bool>(), mostly(), mostly(), mostly(), prop::bool::weighted(0.2), zones, rest).prop_map(
        |(kind, grouped, facing, public, running, inside, (other_zone, crosses, group_crosses), rest)| Shape {
            kind,
            grouped: grouped || kind == BalancerKind::Application,
            facing,
            public,
            running,
            inside,
            other_zone,
            crosses: Some(crosses),
            group_crosses,
            preserves: rest.0,
            second_node: rest.1,
            open: rest.2,
            dual_stack: rest.3,
        },
    )
}

fn network() -> impl Strategy<Value = Network> {
    let egress = prop::collection::vec(random_network::group_rule(), 0..4);
    let acls = (random_network::acl(), random_network::acl());
    (random_network::network(), shape(), acls, egress).prop_map(|(mut network, shape, (first, mut second), egress)| {
        let place = if shape.inside { "subnet-1" } else { "subnet-2" };
        let mut node = interface("eni-node", "subnet-1", "10.0.0.9", shape.public);
        node.balancer = Some("lb/1".into());
        let mut target = interface("eni-1", place, "10.0.2.5", false);
        target.instance = Some("i-1".into());
        target.security_groups = vec!["sg-2".into()];
        let groups = if shape.grouped { vec!["sg-1".to_owned()] } else { Vec::new() };
        node.security_groups.clone_from(&groups);
        network.interfaces = vec![target, node];
        if shape.second_node {
            let mut second = interface("eni-node-2", "subnet-3", "10.0.3.9", shape.public);
            second.balancer = Some("lb/1".into());
            second.security_groups.clone_from(&groups);
            network.interfaces.push(second);
        }
        for (node, own) in network.interfaces.iter_mut().skip(1).zip(["2600:ffff::9", "2600:ffff::a"]) {
            if shape.dual_stack {
                node.addresses.push(InterfaceAddress { address: own.parse().unwrap(), public: None });
            }
        }
        let mut enabled = vec!["subnet-1".to_owned()];
        enabled.extend(shape.second_node.then(|| "subnet-3".to_owned()));
        network.instances[0].state = Some(if shape.running { "running" } else { "stopped" }.into());
        let zone = if shape.other_zone && !shape.inside { "b" } else { "a" };
        let subnet = |id: &str, zone: &str, range: &str| Subnet {
            id: id.into(),
            vpc: VPC.into(),
            zone: Some(zone.into()),
            ranges: vec![range.parse().unwrap()],
        };
        network.subnets = vec![
            subnet("subnet-1", "a", "10.0.0.0/24"),
            subnet("subnet-2", zone, "10.0.2.0/24"),
            subnet("subnet-3", "b", "10.0.3.0/24"),
        ];
        second.id = "acl-2".into();
        second.subnets = vec!["subnet-2".into(), "subnet-3".into()];
        network.network_acls = vec![first, second];
        network.security_groups[0].egress = egress;
        let all = || SecurityGroupRule {
            traffic: Traffic::All,
            ranges: vec!["0.0.0.0/0".parse().unwrap()],
            prefix_lists: Vec::new(),
            groups: Vec::new(),
        };
        network.security_groups[0].ingress.extend(shape.open[0].then(all));
        network.security_groups[0].egress.extend(shape.open[1].then(all));
        network.security_groups[1].ingress.extend(shape.open[2].then(all));
        let listener = Listener { port: LISTENER, protocol: "TCP".into(), id: "l".into(), forwards: vec!["tg".into()] };
        network.load_balancers = vec![LoadBalancer {
            id: "arn:x:loadbalancer/lb/1".into(),
            name: "lb".into(),
            kind: shape.kind,
            dns_name: None,
            internet_facing: shape.facing,
            state: Some("active".into()),
            vpc: VPC.into(),
            subnets: enabled,
            security_groups: groups,
            dual_stack: shape.dual_stack,
            cross_zone: shape.crosses,
            guards_private_link: None,
            listeners: Some(vec![listener]),
        }];
        network.target_groups = vec![TargetGroup {
            id: "tg".into(),
            kind: TargetKind::Instance,
            port: Some(PORT),
            protocol: "TCP".into(),
            load_balancers: Vec::new(),
            cross_zone: shape.group_crosses,
            preserves_client: Some(shape.preserves),
            targets: Some(vec![Target { id: "i-1".into(), port: None, health: None }]),
        }];
        network.answered.push("Rules".into());
        network
    })
}

/// The fact about clients of one family.
fn of_listener(network: &Network, ipv4: bool) -> Option<Fact> {
    let mut all = facts(network, &Question::default());
    let family = if ipv4 { Family::Ipv4 } else { Family::Ipv6 };
    all.retain(|fact| fact.listener_port == Some(LISTENER) && fact.family == family);
    assert!(all.len() <= 1, "{all:#?}");
    all.pop()
}

/// Where a visit is seen by the target, and how it ends.
fn visits(network: &Network, ipv4: bool) -> Vec<((IpAddr, u16), Walk)> {
    let (balancer, group) = (&network.load_balancers[0], &network.target_groups[0]);
    let listener = &balancer.listeners.as_ref().unwrap()[0];
    let (target, nodes) = network.interfaces.split_first().unwrap();
    let preserved = ipv4 && balancer.kind == BalancerKind::Network && group.preserves_client == Some(true);
    let clients = if ipv4 { &CLIENTS[..] } else { &CLIENTS6[..] };
    let mut ends = Vec::new();
    for node in nodes {
        for client in clients.iter().map(|text| text.parse::<IpAddr>().unwrap()) {
            for client_port in CLIENT_PORTS {
                for node_port in CLIENT_PORTS {
                    let one = Visit { client, client_port, node_port };
                    let seen = if preserved { (client, client_port) } else { (node.addresses[0].address, node_port) };
                    ends.push((seen, visit(network, (balancer, listener), node, group, (target, PORT), &one)));
                    if preserved {
                        break;
                    }
                }
            }
        }
    }
    ends
}

fn in_openings(fact: &Fact, (source, client_port): (IpAddr, u16)) -> bool {
    fact.openings.iter().any(|opening| {
        (opening.client_ports.0..=opening.client_ports.1).contains(&client_port)
            && opening.sources.iter().any(|(low, high)| *low <= source && source <= *high)
    })
}

#[test]
fn every_verdict_occurs_behind_random_balancers() {
    let mut runner = TestRunner::deterministic();
    let mut seen = BTreeMap::new();
    for _ in 0..1000 {
        let network = network().new_tree(&mut runner).unwrap().current();
        *seen.entry(of_listener(&network, true).unwrap().outcome).or_insert(0) += 1;
    }
    assert_eq!(seen.len(), 4, "{seen:?}");
    assert!(seen[&Verdict::Reachable] > 50, "{seen:?}");
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: ProptestConfig::default().cases.max(5000), failure_persistence: None, ..ProptestConfig::default()
    })]

    #[test]
    fn paths_through_balancers_agree_with_the_walker(network in network()) {
        for ipv4 in [true, false] {
            let Some(fact) = of_listener(&network, ipv4) else {
                prop_assert!(!ipv4 && !network.load_balancers[0].dual_stack);
                continue;
            };
            agree(&network, &fact, &visits(&network, ipv4))?;
        }
    }
}

fn agree(network: &Network, fact: &Fact, ends: &[((IpAddr, u16), Walk)]) -> Result<(), TestCaseError> {
    for (seen, walked) in ends {
        let told = || format!("{seen:?} walked {walked:?}\n{fact:#?}\n{network:#?}");
        match walked {
            Walk::Answered => {
                prop_assert!(in_openings(fact, *seen) || fact.outcome == Verdict::NotAssessed, "missed: {}", told());
            }
            Walk::Unknown(_) => prop_assert!(
                fact.outcome != Verdict::Reachable
                    || !in_openings(fact, *seen)
                    || ends.iter().any(|(other, walked)| other == seen && *walked == Walk::Answered),
                "guessed: {}",
                told()
            ),
            Walk::Dropped(_) | Walk::NoReply(_) => {
                let answered = ends.iter().any(|(other, walked)| other == seen && *walked == Walk::Answered);
                prop_assert!(answered || !in_openings(fact, *seen), "invented: {}", told());
            }
        }
    }
    Ok(())
}
