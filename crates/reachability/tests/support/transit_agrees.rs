//! Paths through transit gateways against `reference::transit`.

use std::collections::BTreeMap;

use inspector_model::network::*;
use inspector_reachability::prove::{facts, totals};
use inspector_reachability::question::Question;
use inspector_reachability::reference::Walk;
use inspector_reachability::reference::transit::walk_transit;
use ipnet::IpNet;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::ValueTree;
use proptest::test_runner::{RngSeed, TestRunner};

use crate::random_network::{PEER, PEERING, VPC, acl, peered};
use crate::{agree, number, probe_of};

const HUB: &str = "tgw-1";
/// The gateway of the sender's VPC in some networks, behind a peering.
const BEHIND: &str = "tgw-2";
const EDGES: [Edge; 3] = [Edge::TransitGateway, Edge::VPN, Edge::DirectConnect];

fn route() -> impl Strategy<Value = TransitRoute> {
    let ranges = [
        "0.0.0.0/0",
        "::/0",
        "10.0.0.0/8",
        "10.0.0.0/16",
        "10.0.0.5/32",
        "192.168.0.0/16",
        "192.168.1.1/32",
        "8.0.0.0/7",
        "9.9.9.9/32",
        "2600::/32",
        "2600:ffff::/64",
    ];
    let range = select(ranges.to_vec()).prop_map(|range| RouteDestination::Range(range.parse().unwrap()));
    let list = select(vec!["pl-1", "pl-2", "pl-2", "pl-unknown"]);
    let list = list.prop_map(|list| RouteDestination::PrefixList(list.to_owned()));
    let attachment = select(vec!["a-1", "a-1", "a-2", "a-2", "a-peer", "a-vpn", "a-dx", "a-unknown", "a-third"]);
    (prop_oneof![9 => range, 1 => list], attachment, prop::bool::weighted(0.15), prop::bool::weighted(0.2)).prop_map(
        |(destination, attachment, blackhole, propagated)| TransitRoute {
            destination,
            attachments: vec![attachment.to_owned()],
            blackhole,
            propagated,
        },
    )
}

#[derive(Debug, Clone)]
struct Table {
    routes: Vec<TransitRoute>,
    listed: TransitListing,
    propagations: Option<Vec<String>>,
}

fn table() -> impl Strategy<Value = Table> {
    let routes = prop_oneof![2 => Just(Vec::new()), 3 => prop::collection::vec(route(), 0..4)];
    let listed = select(vec![
        TransitListing::Static,
        TransitListing::Static,
        TransitListing::Static,
        TransitListing::Static,
        TransitListing::All,
        TransitListing::Nothing,
    ]);
    let usual = || Just(["a-1", "a-2"].map(str::to_owned).to_vec());
    let some = prop::sample::subsequence(vec!["a-1", "a-2", "a-dx", "a-peer", "a-third", "a-unknown", "a-vpn"], 0..4);
    let some = some.prop_map(|ids| ids.into_iter().map(str::to_owned).collect());
    let outside = Just(["a-1", "a-2", "a-dx", "a-vpn"].map(str::to_owned).to_vec());
    let propagations = prop_oneof![4 => usual().prop_map(Some), 3 => outside.prop_map(Some), 2 => some.prop_map(Some), 1 => Just(None)];
    (routes, listed, propagations).prop_map(|(routes, listed, propagations)| Table { routes, listed, propagations })
}

#[derive(Debug, Clone)]
struct Shape {
    tables: Vec<Table>,
    /// The sender's VPC is attached to the gateway behind.
    behind: bool,
    /// Ours is attached to both.
    both: bool,
    associations: Vec<TransitAssociation>,
    states: Vec<Option<&'static str>>,
    zones: Vec<Option<&'static str>>,
    /// Attachment subnets: the instances' own, the one beside, both or unknown.
    subnets: Vec<u8>,
    appliance: bool,
    references: [Option<bool>; 3],
    ipv6: Option<bool>,
    owners: [Option<&'static str>; 2],
    connection: (Option<&'static str>, Option<Vec<IpNet>>),
    direct: (&'static str, &'static str, Option<Vec<IpNet>>),
}

fn shape() -> impl Strategy<Value = Shape> {
    let association = || {
        prop_oneof![
            8 => Just(TransitAssociation::Table("rtb-a".into())),
            3 => Just(TransitAssociation::Table("rtb-b".into())),
            1 => Just(TransitAssociation::Nothing),
            1 => Just(TransitAssociation::Unknown),
        ]
    };
    let state = || {
        select(vec![
            Some("available"),
            Some("available"),
            Some("available"),
            Some("available"),
            Some("available"),
            Some("available"),
            Some("modifying"),
            None,
            Some("deleting"),
        ])
    };
    let zone = || select(vec![Some("z-a"), Some("z-a"), Some("z-a"), Some("z-a"), Some("z-b"), None]);
    let flag = || select(vec![Some(true), Some(true), Some(false), None]);
    let ranges =
        || select(vec![None, Some("10.0.0.0/8"), Some("10.0.0.5/32"), Some("9.9.9.9/32"), Some("192.168.0.0/16")]);
    let ranges = || ranges().prop_map(|range| range.map(|range| vec![range.parse().unwrap()]));
    let world = (
        prop::collection::vec(table(), 3),
        prop::bool::weighted(0.3),
        prop::bool::weighted(0.3),
        prop::collection::vec(association(), 6),
    );
    let places = (
        prop::collection::vec(state(), 7),
        prop::collection::vec(zone(), 4),
        prop::collection::vec(0_u8..8, 3),
        prop::bool::weighted(0.3),
    );
    let rest =
        (flag(), flag(), flag(), flag(), select(vec![None, Some("1")]), select(vec![None, Some("1"), Some("2")]));
    let connection = (select(vec![Some("available"), Some("available"), Some("available"), Some("deleted")]), ranges());
    let direct = (
        select(vec!["available", "available", "available", "down"]),
        select(vec!["associated", "associated", "associated", "disassociated"]),
        ranges(),
    );
    (world, places, rest, connection, direct).prop_map(
        |((tables, behind, both, associations), (states, zones, subnets, appliance), rest, connection, direct)| Shape {
            tables,
            behind,
            both,
            associations,
            states,
            zones,
            subnets,
            appliance,
            references: [rest.0, rest.1, rest.2],
            ipv6: rest.3,
            owners: [rest.4, rest.5],
            connection,
            direct,
        },
    )
}

/// The peered networks with transit gateways between them.
fn network() -> impl Strategy<Value = Network> {
    let acls = prop::collection::vec(prop::option::weighted(0.4, acl()), 2);
    // Half of all networks have nothing but transit gateways in the way of packets, and half of the gateways stand open.
    let shape = (shape(), prop::bool::weighted(0.5)).prop_map(|(shape, calm)| if calm { calmed(shape) } else { shape });
    let peered =
        (peered(), prop::bool::weighted(0.5)).prop_map(|(network, calm)| if calm { opened(network) } else { network });
    (peered, shape, acls).prop_map(|(mut network, shape, acls)| {
        network.peerings.clear();
        let hub_of_sender = if shape.behind { BEHIND } else { HUB };
        for table in &mut network.route_tables {
            let to = if table.vpc == PEER { hub_of_sender } else { HUB };
            for route in table.routes.iter_mut().filter(|route| route.target == PEERING) {
                route.target = to.into();
            }
            for route in table.routes.iter_mut().filter(|route| shape.both && route.target == "igw-2") {
                route.target = BEHIND.into();
            }
        }
        let subnet = |id: &str, vpc: &str, zone: Option<&str>| Subnet {
            id: id.into(),
            vpc: vpc.into(),
            zone: zone.map(str::to_owned),
            ranges: Vec::new(),
        };
        let third = vec!["172.16.0.0/16".parse().unwrap()];
        network.vpcs.push(Vpc { id: "vpc-9".into(), ranges: third });
        network.subnets = vec![
            subnet("subnet-9", "vpc-9", None),
            subnet("subnet-1", VPC, shape.zones[0]),
            subnet("subnet-2", PEER, shape.zones[1]),
            subnet("subnet-3", VPC, shape.zones[2]),
            subnet("subnet-4", PEER, shape.zones[3]),
        ];
        let open = |egress| {
            ["0.0.0.0/0", "::/0"].map(|range| AclEntry {
                number: 1,
                egress,
                allow: true,
                traffic: Traffic::All,
                range: range.parse().unwrap(),
            })
        };
        for (at, acl) in acls.into_iter().enumerate() {
            let (id, subnet) = [("acl-3", "subnet-3"), ("acl-4", "subnet-4")][at];
            let entries = acl.map_or_else(|| [open(false), open(true)].concat(), |acl| acl.entries);
            let subnets = vec![subnet.to_owned()];
            network.network_acls.push(NetworkAcl {
                id: id.into(),
                vpc: String::new(),
                default: false,
                subnets,
                entries,
            });
        }
        attach(&mut network, &shape, hub_of_sender);
        network
    })
}

fn calmed(mut shape: Shape) -> Shape {
    shape.states.fill(Some("available"));
    shape.associations.fill(TransitAssociation::Table("rtb-a".into()));
    shape.zones.fill(Some("z-a"));
    for table in &mut shape.tables {
        table.listed = TransitListing::Static;
        table.routes.truncate(1);
        table.propagations = Some(["a-1", "a-2", "a-dx", "a-vpn"].map(str::to_owned).to_vec());
    }
    shape
}

fn opened(mut network: Network) -> Network {
    let everything = || ["0.0.0.0/0", "::/0"].map(|range| range.parse::<IpNet>().unwrap());
    let (traffic, groups) = (Traffic::All, Vec::new());
    let rule = SecurityGroupRule { traffic, ranges: everything().to_vec(), prefix_lists: Vec::new(), groups };
    for group in &mut network.security_groups {
        (group.ingress, group.egress) = (vec![rule.clone()], vec![rule.clone()]);
    }
    for acl in &mut network.network_acls {
        let allow = |egress| everything().map(|range| AclEntry { number: 1, egress, allow: true, traffic, range });
        acl.entries = [allow(false), allow(true)].concat();
    }
    for table in network.route_tables.iter_mut().filter(|table| table.gateways.is_empty()) {
        let to = |range| Route {
            destination: RouteDestination::Range(range),
            target: PEERING.into(),
            blackhole: false,
            propagated: false,
        };
        table.routes = everything().map(to).to_vec();
    }
    for interface in &mut network.interfaces {
        (interface.status, interface.security_groups) = (Some("in-use".into()), vec!["sg-1".into()]);
    }
    for instance in &mut network.instances {
        instance.state = Some("running".into());
    }
    network
}

fn attach(network: &mut Network, shape: &Shape, hub_of_sender: &str) {
    let state = |at: usize| shape.states[at].map(str::to_owned);
    network.transit_gateways = [HUB, BEHIND]
        .iter()
        .enumerate()
        .map(|(at, id)| TransitGateway {
            id: (*id).into(),
            state: state(at),
            group_references: shape.references[0],
            default_association: None,
            default_propagation: None,
        })
        .collect();
    let subnets = |at: usize, own: &str, beside: &str| match shape.subnets[at] {
        0 => None,
        1..=3 => Some(vec![own.to_owned()]),
        4..=5 => Some(vec![own.to_owned(), beside.to_owned()]),
        _ => Some(vec![beside.to_owned()]),
    };
    let of_hub = |gateway: &str, at: usize| match (&shape.associations[at], gateway) {
        (TransitAssociation::Table(_), BEHIND) => TransitAssociation::Table("rtb-c".into()),
        (association, _) => association.clone(),
    };
    let attachment = |id: &str, gateway: &str, resource, at: usize| TransitAttachment {
        id: id.into(),
        gateway: gateway.into(),
        resource,
        state: state(at),
        association: of_hub(gateway, at - 2),
        subnets: None,
        appliance_mode: shape.appliance,
        group_references: shape.references[at % 2 + 1],
        ipv6: shape.ipv6,
        owner: None,
    };
    let vpc = |id: &str| TransitResource::Vpc(id.into());
    let owner = |at: usize| shape.owners[at].map(str::to_owned);
    let mut attachments = vec![
        TransitAttachment {
            subnets: subnets(0, "subnet-1", "subnet-3"),
            owner: owner(0),
            ..attachment("a-1", HUB, vpc(VPC), 2)
        },
        TransitAttachment {
            subnets: subnets(1, "subnet-2", "subnet-4"),
            owner: owner(1),
            ..attachment("a-2", hub_of_sender, vpc(PEER), 3)
        },
        attachment("a-third", HUB, vpc("vpc-9"), 6),
        attachment("a-vpn", HUB, TransitResource::Vpn("vpn-1".into()), 4),
        attachment("a-dx", hub_of_sender, TransitResource::DirectConnect("dx-1".into()), 5),
        attachment("a-peer", HUB, TransitResource::Peering(BEHIND.into()), 6),
        attachment("a-peer", BEHIND, TransitResource::Peering(HUB.into()), 6),
    ];
    if shape.both {
        let again = attachment("a-1b", BEHIND, vpc(VPC), 5);
        attachments.push(TransitAttachment { subnets: subnets(2, "subnet-1", "subnet-3"), owner: owner(0), ..again });
    }
    attachments.sort_by(|a, b| (&a.id, &a.gateway).cmp(&(&b.id, &b.gateway)));
    network.transit_attachments = attachments;
    tables(network, shape);
    network.vpn_connections = vec![VpnConnection {
        id: "vpn-1".into(),
        state: shape.connection.0.map(str::to_owned),
        vpn_gateway: None,
        static_routes: shape.connection.1.clone(),
    }];
    network.virtual_interfaces = vec![VirtualInterface {
        id: "dxvif-1".into(),
        kind: Some("transit".into()),
        state: Some(shape.direct.0.into()),
        vpn_gateway: None,
        direct_connect_gateway: Some("dx-1".into()),
    }];
    network.direct_connect_associations = vec![DirectConnectAssociation {
        id: "dx-1-tgw".into(),
        direct_connect_gateway: "dx-1".into(),
        gateway: hub_of_sender.into(),
        state: Some(shape.direct.1.into()),
        allowed: shape.direct.2.clone(),
    }];
    let answers = [
        "DirectConnectGatewayAssociations",
        "TransitGatewayAttachments",
        "TransitGatewayPropagations",
        "TransitGatewayRouteTables",
        "TransitGatewayStaticRoutes",
        "TransitGatewayVpcAttachments",
        "TransitGateways",
        "VirtualInterfaces",
        "VpnConnections",
    ];
    network.answered.extend(answers.map(str::to_owned));
}

/// With routes over the peering where the sender is behind it: otherwise hardly a packet gets there.
fn tables(network: &mut Network, shape: &Shape) {
    let over_peering = |range: &str| TransitRoute {
        destination: RouteDestination::Range(range.parse().unwrap()),
        attachments: vec!["a-peer".into()],
        blackhole: false,
        propagated: false,
    };
    let ids = ["rtb-a", "rtb-b", "rtb-c"].iter().zip(&shape.tables);
    network.transit_route_tables = ids
        .map(|(id, table)| {
            let mut routes = table.routes.clone();
            if shape.behind || shape.both {
                routes.push(over_peering(if *id == "rtb-c" { "10.0.0.0/16" } else { "192.168.0.0/16" }));
            }
            // A gateway learns only from what is attached to it.
            let known = |attachment: &String| {
                let hub = if *id == "rtb-c" { BEHIND } else { HUB };
                attachment == "a-unknown"
                    || network.transit_attachments.iter().any(|one| one.gateway == hub && one.id == *attachment)
            };
            let propagations =
                table.propagations.as_ref().map(|all| all.iter().filter(|one| known(one)).cloned().collect());
            routes.sort();
            TransitRouteTable {
                id: (*id).into(),
                state: Some("available".into()),
                listed: table.listed,
                routes,
                propagations,
            }
        })
        .collect();
}

#[test]
fn every_verdict_occurs_behind_random_transit_gateways() {
    let mut runner = TestRunner::deterministic();
    let mut seen = BTreeMap::new();
    for _ in 0..600 {
        let network = network().new_tree(&mut runner).unwrap().current();
        for fact in facts(&network, &Question::default())
            .iter()
            .filter(|fact| fact.eni == "eni-1" && EDGES.contains(&fact.edge))
        {
            *seen.entry((fact.edge, fact.outcome)).or_insert(0) += 1;
        }
    }
    assert_eq!(seen.len(), 12, "{seen:?}");
    assert!(seen.values().all(|count| *count >= 10), "{seen:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, rng_seed: RngSeed::Fixed(7), ..ProptestConfig::default() })]

    #[test]
    fn prover_agrees_with_walker_behind_transit_gateways(network in network()) {
        for edge in EDGES {
            let walk = |probe: &crate::Probe| walk_transit(&network, edge, HUB, &network.interfaces[0], probe);
            agree(&network, &Question::default(), edge, walk)?;
        }
    }

    #[test]
    fn every_witness_walks_behind_transit_gateways(network in network()) {
        let facts = facts(&network, &Question::default());
        let ours = facts.iter().filter(|fact| fact.eni == "eni-1" && EDGES.contains(&fact.edge));
        for fact in ours {
            let Some(witness) = &fact.witness else { continue };
            let probe = probe_of(&witness.request, number(fact.protocol, witness.request.source.is_ipv4()));
            let via = fact.via.as_deref().unwrap();
            prop_assert_eq!(walk_transit(&network, fact.edge, via, &network.interfaces[0], &probe), Walk::Answered);
        }
        let counted: u64 = totals(&network, &Question::default()).edges.values().map(|c| c.reachable + c.one_way + c.blocked + c.not_assessed).sum();
        prop_assert_eq!(counted, u64::try_from(facts.len()).unwrap());
    }
}
