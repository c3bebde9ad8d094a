//! Small random networks in which everything happens: the same few addresses and ports are named by every rule.

use std::net::IpAddr;

use inspector_model::network::*;
use ipnet::IpNet;
use proptest::prelude::*;
use proptest::sample::select;

pub(crate) const VPC: &str = "vpc-1";
pub(crate) const GATEWAY: &str = "igw-1";

/// Sources on both sides of every border that the ranges below draw.
pub(crate) const SOURCES: [&str; 12] = [
    "8.8.8.8",
    "8.8.9.9",
    "8.9.0.1",
    "9.9.9.9",
    "200.1.2.3",
    "10.0.0.9",
    "100.64.0.1",
    "192.168.1.1",
    "2600::8",
    "2600:0:0:1::1",
    "2a00::1",
    "fd00::1",
];
pub(crate) const PORTS: [u16; 6] = [0, 22, 23, 443, 1024, 65535];
pub(crate) const CLIENT_PORTS: [u16; 5] = [1024, 1025, 32767, 49152, 65535];
/// TCP, UDP, ICMP, ICMPv6, ESP.
pub(crate) const PROTOCOLS: [u8; 5] = [6, 17, 1, 58, 50];

const RANGES: [&str; 12] = [
    "0.0.0.0/0",
    "0.0.0.0/1",
    "8.0.0.0/7",
    "8.8.0.0/16",
    "8.8.8.0/24",
    "8.8.8.8/32",
    "10.0.0.0/16",
    "100.64.0.0/10",
    "::/0",
    "2600::/32",
    "2600::/64",
    "2600::8/128",
];

pub(crate) fn range() -> impl Strategy<Value = IpNet> {
    // Half of all ranges are everything: otherwise hardly a packet gets through all filters.
    let everything = select(vec!["0.0.0.0/0", "::/0"]);
    prop_oneof![everything, select(&RANGES[..])].prop_map(|text| text.parse().unwrap())
}

pub(crate) fn traffic() -> impl Strategy<Value = Traffic> {
    let border = || select(vec![0_u16, 22, 443, 1023, 1024, 32768, 65535]);
    let ports = (select(vec![6_u8, 17]), border(), border()).prop_map(|(protocol, a, b)| Traffic::Ports {
        protocol,
        from: a.min(b),
        to: a.max(b),
    });
    let icmp = (
        select(vec![1_u8, 58]),
        select(vec![None, Some(0), Some(8), Some(128), Some(129)]),
        select(vec![None, Some(0), Some(1)]),
    )
        .prop_map(|(protocol, icmp_type, icmp_code)| Traffic::Icmp { protocol, icmp_type, icmp_code });
    prop_oneof![3 => Just(Traffic::All), 5 => ports, 2 => icmp, 1 => Just(Traffic::Protocol { protocol: 50 })]
}

fn prefix_list_id() -> impl Strategy<Value = String> {
    prop_oneof![4 => Just("pl-1"), 3 => Just("pl-2"), 1 => Just("pl-unknown")].prop_map(str::to_owned)
}

pub(crate) fn group_rule() -> impl Strategy<Value = SecurityGroupRule> {
    let ranges = prop::collection::vec(range(), 0..3);
    let lists = prop::collection::vec(prefix_list_id(), 0..2);
    let groups = prop::collection::vec(Just("sg-1".to_owned()), 0..2);
    (traffic(), ranges, lists, groups).prop_map(|(traffic, ranges, prefix_lists, groups)| SecurityGroupRule {
        traffic,
        ranges,
        prefix_lists,
        groups,
    })
}

pub(crate) fn groups() -> impl Strategy<Value = Vec<SecurityGroup>> {
    prop::collection::vec(prop::collection::vec(group_rule(), 0..6), 2).prop_map(|all| {
        let group = |(at, ingress): (usize, Vec<SecurityGroupRule>)| SecurityGroup {
            id: format!("sg-{}", at + 1),
            name: String::new(),
            vpc: Some(VPC.to_owned()),
            ingress,
            egress: Vec::new(),
        };
        all.into_iter().enumerate().map(group).collect()
    })
}

pub(crate) fn acl() -> impl Strategy<Value = NetworkAcl> {
    let entry = (any::<bool>(), prop::bool::weighted(0.6), traffic(), range());
    let allow_rest = || prop::bool::weighted(0.7);
    (prop::collection::vec(entry, 0..8), allow_rest(), allow_rest()).prop_map(|(mut entries, rest_in, rest_out)| {
        for (egress, rest) in [(false, rest_in), (true, rest_out)] {
            for range in ["0.0.0.0/0", "::/0"] {
                entries.push((egress, rest, Traffic::All, range.parse().unwrap()));
            }
        }
        let mut entries: Vec<AclEntry> = (0..)
            .zip(entries)
            .map(|(number, (egress, allow, traffic, range))| AclEntry { number, egress, allow, traffic, range })
            .collect();
        entries.sort_by_key(|entry| (entry.egress, entry.number));
        NetworkAcl { id: "acl-1".into(), vpc: VPC.into(), default: false, subnets: vec!["subnet-1".into()], entries }
    })
}

fn route() -> impl Strategy<Value = Route> {
    let list = prefix_list_id().prop_map(RouteDestination::PrefixList);
    let destination = prop_oneof![8 => range().prop_map(RouteDestination::Range), 1 => list];
    let target =
        select(vec![GATEWAY, GATEWAY, GATEWAY, GATEWAY, "igw-2", "nat-1", "local", "eni-9", "vpce-1", "pcx-1"]);
    (destination, target, prop::bool::weighted(0.1), prop::bool::weighted(0.2)).prop_map(
        |(destination, target, blackhole, propagated)| Route {
            destination,
            target: target.to_owned(),
            blackhole,
            propagated,
        },
    )
}

pub(crate) fn tables() -> impl Strategy<Value = Vec<RouteTable>> {
    let table = || {
        (prop::collection::vec(route(), 0..4), prop::bool::weighted(0.7)).prop_map(|(mut routes, default)| {
            for range in ["0.0.0.0/0", "::/0"].iter().filter(|_| default) {
                let destination = RouteDestination::Range(range.parse().unwrap());
                routes.push(Route { destination, target: GATEWAY.into(), blackhole: false, propagated: false });
            }
            routes
        })
    };
    let edge = prop::option::weighted(0.2, prop::collection::vec(route(), 0..3));
    (table(), table(), any::<bool>(), edge).prop_map(|(main, own, explicit, edge)| {
        let table = |id: &str, routes| RouteTable {
            id: id.into(),
            vpc: VPC.into(),
            main: false,
            subnets: Vec::new(),
            gateways: Vec::new(),
            routes,
        };
        let mut tables = vec![RouteTable { main: true, ..table("rtb-1", main) }];
        if explicit {
            tables.push(RouteTable { subnets: vec!["subnet-1".into()], ..table("rtb-2", own) });
        }
        tables.extend(edge.map(|routes| RouteTable { gateways: vec![GATEWAY.into()], ..table("rtb-3", routes) }));
        tables
    })
}

fn interface() -> impl Strategy<Value = NetworkInterface> {
    let public = || prop::option::weighted(0.8, Just("3.4.5.6".parse::<IpAddr>().unwrap()));
    let groups = select(vec![vec![], vec!["sg-1"], vec!["sg-2"], vec!["sg-1", "sg-2"], vec!["sg-1", "sg-unknown"]]);
    let status = select(vec!["in-use", "in-use", "in-use", "in-use", "detaching"]);
    (public(), public(), select(vec!["2600:ffff::5", "fd00::5"]), groups, status).prop_map(
        |(first, second, ipv6, groups, status)| {
            let address = |text: &str, public| InterfaceAddress { address: text.parse().unwrap(), public };
            NetworkInterface {
                id: "eni-1".into(),
                instance: Some("i-1".into()),
                status: Some(status.into()),
                subnet: "subnet-1".into(),
                vpc: VPC.into(),
                security_groups: groups.into_iter().map(str::to_owned).collect(),
                addresses: vec![address("10.0.0.5", first), address("10.0.0.6", second), address(ipv6, None)],
                source_dest_check: true,
                device: None,
                balancer: None,
            }
        },
    )
}

fn instance() -> impl Strategy<Value = Instance> {
    select(vec!["running", "running", "running", "running", "running", "stopped"]).prop_map(|state| Instance {
        id: "i-1".into(),
        account: None,
        region: None,
        state: Some(state.into()),
        image: None,
        tags: Vec::new(),
        public_dns_name: None,
    })
}

fn public_access() -> impl Strategy<Value = (Option<PublicAccessBlock>, Option<PublicAccessExclusion>)> {
    let vpcs = select(vec![vec![VPC], vec![VPC], vec!["vpc-other"]]);
    let block = vpcs.prop_map(|vpcs| PublicAccessBlock {
        mode: "block-ingress".into(),
        vpcs: vpcs.into_iter().map(str::to_owned).collect(),
    });
    let exclusion = (
        select(vec![VPC, "subnet-1", "subnet-1", "subnet-other"]),
        select(vec!["allow-bidirectional", "allow-bidirectional", "allow-egress"]),
        select(vec!["create-complete", "create-complete", "delete-complete"]),
    );
    let exclusion = exclusion.prop_map(|(resource, mode, state)| PublicAccessExclusion {
        id: "vpcbpa-exclude-1".into(),
        resource: resource.into(),
        mode: mode.into(),
        state: Some(state.into()),
    });
    (prop::option::weighted(0.2, block), prop::option::of(exclusion))
}

/// One instance with one interface behind every component that is modelled.
pub(crate) fn network() -> impl Strategy<Value = Network> {
    let lists = (prop::collection::vec(range(), 0..3), prop::collection::vec(range(), 0..2));
    let attached = prop::bool::weighted(0.9);
    (instance(), interface(), groups(), acl(), tables(), lists, attached, public_access()).prop_map(
        |(instance, interface, security_groups, acl, route_tables, (first, second), attached, (block, exclusion))| {
            Network {
                public_access_blocks: block.into_iter().collect(),
                public_access_exclusions: exclusion.into_iter().collect(),
                instances: vec![instance],
                interfaces: vec![interface],
                vpcs: vec![Vpc {
                    id: VPC.into(),
                    ranges: vec!["10.0.0.0/16".parse().unwrap(), "8.9.0.0/16".parse().unwrap()],
                }],
                subnets: Vec::new(),
                security_groups,
                network_acls: vec![acl],
                route_tables,
                internet_gateways: vec![InternetGateway {
                    id: GATEWAY.into(),
                    vpcs: if attached { vec![VPC.into()] } else { Vec::new() },
                }],
                prefix_lists: vec![
                    PrefixList { id: "pl-1".into(), ranges: first },
                    PrefixList { id: "pl-2".into(), ranges: second },
                ],
                answered: [
                    "InternetGateways",
                    "NetworkAcls",
                    "PrefixLists",
                    "Reservations",
                    "RouteTables",
                    "SecurityGroups",
                    "VpcBlockPublicAccessExclusions",
                    "VpcBlockPublicAccessOptions",
                    "Vpcs",
                ]
                .map(str::to_owned)
                .to_vec(),
                ..Network::default()
            }
        },
    )
}

pub(crate) const PEER: &str = "vpc-2";
pub(crate) const PEERING: &str = "pcx-1";

/// The same beside a second VPC with one sender, behind a peering connection that most routes lead to.
pub(crate) fn peered() -> impl Strategy<Value = Network> {
    let egress = prop::collection::vec(prop_oneof![2 => Just(None), 1 => group_rule().prop_map(Some)], 0..4);
    let state = select(vec!["active", "active", "active", "active", "deleted"]);
    let sender = (instance(), interface());
    // Their side is random in one of three networks: two random sides let hardly a packet through.
    let far = prop::option::weighted(0.3, (acl(), tables()));
    (network(), far, prop::collection::vec(egress, 2), state, sender).prop_map(
        |(mut network, far, egress, state, (instance, interface))| {
            let (acl, tables) = far.unwrap_or_else(open_side);
            for (group, rules) in network.security_groups.iter_mut().zip(egress) {
                group.egress = rules.into_iter().map(|rule| rule.unwrap_or_else(everything)).collect();
            }
            network.instances.push(Instance { id: "i-2".into(), ..instance });
            let address = |text: &str| InterfaceAddress { address: text.parse().unwrap(), public: None };
            network.interfaces.push(NetworkInterface {
                id: "eni-2".into(),
                instance: Some("i-2".into()),
                subnet: "subnet-2".into(),
                vpc: PEER.into(),
                addresses: vec![address("192.168.1.1"), address("2600:0:0:1::1")],
                status: Some("in-use".into()),
                ..interface
            });
            let ranges = vec!["192.168.0.0/16".parse().unwrap(), "2600:0:0:1::/64".parse().unwrap()];
            let subnet = |id: &str, vpc: &str, ranges: &[IpNet]| Subnet {
                id: id.into(),
                vpc: vpc.into(),
                zone: None,
                ranges: ranges.to_vec(),
            };
            network.subnets = vec![subnet("subnet-1", VPC, &[]), subnet("subnet-2", PEER, &ranges)];
            network.network_acls.push(NetworkAcl {
                id: "acl-2".into(),
                vpc: PEER.into(),
                subnets: vec!["subnet-2".into()],
                ..acl
            });
            let theirs = tables.into_iter().take(1);
            let theirs = theirs.map(|table| RouteTable { id: "rtb-9".into(), vpc: PEER.into(), ..table });
            network.route_tables.extend(theirs);
            for route in network.route_tables.iter_mut().flat_map(|table| &mut table.routes) {
                if route.target == GATEWAY {
                    route.target = PEERING.into();
                }
            }
            let side =
                |vpc: &str, ranges: &[IpNet]| PeeringSide { vpc: vpc.into(), region: None, ranges: ranges.to_vec() };
            network.peerings = vec![VpcPeering {
                id: PEERING.into(),
                status: Some(state.into()),
                sides: vec![side(VPC, &network.vpcs[0].ranges), side(PEER, &ranges)],
            }];
            network.vpcs.push(Vpc { id: PEER.into(), ranges });
            network
        },
    )
}

pub(crate) const VPN: &str = "vgw-1";

/// The first network behind a virtual private gateway that most routes lead to.
pub(crate) fn behind_a_vpn() -> impl Strategy<Value = Network> {
    let state = || select(vec!["available", "available", "available", "available", "deleted"]);
    let ranges = prop::option::of(prop::collection::vec(range(), 0..3));
    (network(), state(), state(), ranges).prop_map(|(mut network, gateway, connection, static_routes)| {
        network.vpn_gateways = vec![VpnGateway { id: VPN.into(), state: Some(gateway.into()), vpcs: vec![VPC.into()] }];
        network.vpn_connections = vec![VpnConnection {
            id: "vpn-1".into(),
            state: Some(connection.into()),
            vpn_gateway: Some(VPN.into()),
            static_routes,
        }];
        let answers = ["VpnConnections", "VirtualInterfaces", "DirectConnectGatewayAssociations"];
        network.answered.extend(answers.map(str::to_owned));
        let tables = network.route_tables.iter_mut().filter(|table| table.gateways.is_empty());
        for route in tables.flat_map(|table| &mut table.routes).filter(|route| route.target == GATEWAY) {
            route.target = VPN.into();
        }
        network
    })
}

/// A virtual private gateway with Direct Connect behind it, and perhaps a middlebox in front of the instance.
pub(crate) fn behind_direct_connect() -> impl Strategy<Value = Network> {
    let state = || select(vec!["available", "available", "available", "available", "down"]);
    let direct = prop::option::weighted(0.3, state());
    let front = prop::option::weighted(0.9, (state(), select(vec!["private", "private", "transit", "public"])));
    let allowed = select(vec![vec![], vec!["10.0.0.0/8"], vec!["10.0.0.0/24"], vec!["192.168.0.0/16", "10.0.0.0/16"]]);
    let associated = select(vec!["associated", "associated", "associated", "updating", "disassociated"]);
    let association = prop::option::weighted(0.8, (associated, prop::option::weighted(0.9, allowed)));
    let network = prop_oneof![3 => network().boxed(), 2 => behind_a_middlebox().boxed()];
    (network, state(), direct, front, association).prop_map(|(mut network, gateway, direct, front, association)| {
        network.vpn_gateways = vec![VpnGateway { id: VPN.into(), state: Some(gateway.into()), vpcs: vec![VPC.into()] }];
        let interface = |id: &str, kind: &str, state: &str| VirtualInterface {
            id: id.into(),
            kind: Some(kind.into()),
            state: Some(state.into()),
            vpn_gateway: None,
            direct_connect_gateway: None,
        };
        network.virtual_interfaces.extend(
            direct.map(|state| VirtualInterface {
                vpn_gateway: Some(VPN.into()),
                ..interface("dxvif-1", "private", state)
            }),
        );
        network.virtual_interfaces.extend(front.map(|(state, kind)| VirtualInterface {
            direct_connect_gateway: Some("dx-1".into()),
            ..interface("dxvif-2", kind, state)
        }));
        network.direct_connect_associations.extend(association.map(|(state, allowed)| DirectConnectAssociation {
            id: "as-1".into(),
            direct_connect_gateway: "dx-1".into(),
            gateway: VPN.into(),
            state: Some(state.into()),
            allowed: allowed.map(|ranges| ranges.into_iter().map(|range| range.parse().unwrap()).collect()),
        }));
        let answers = ["VpnConnections", "VirtualInterfaces", "DirectConnectGatewayAssociations"];
        network.answered.extend(answers.map(str::to_owned));
        for table in &mut network.route_tables {
            let named = table.gateways.iter_mut().chain(table.routes.iter_mut().map(|route| &mut route.target));
            named.filter(|id| *id == GATEWAY).for_each(|id| *id = VPN.into());
        }
        network
    })
}

fn firewall_rule() -> impl Strategy<Value = FirewallRule> {
    use FirewallAction::{Alert, Drop, Forward, Pass};
    let some = || prop::collection::vec(range(), 0..2);
    let border = || select(vec![0_u16, 22, 443, 1024, 32768, 65535]);
    let span = move || (border(), border()).prop_map(|(a, b)| (a.min(b), a.max(b)));
    let ports = move || prop_oneof![2 => Just(Vec::new()), 1 => prop::collection::vec(span(), 1..3)];
    let protocols = select(vec![vec![], vec![], vec![6], vec![17], vec![1, 58], vec![6, 50]]);
    let action = select(vec![Pass, Pass, Drop, Forward, Alert]);
    (action, protocols, some(), ports(), some(), ports(), any::<bool>()).prop_map(
        |(action, protocols, sources, source_ports, destinations, destination_ports, both_ways)| FirewallRule {
            action,
            protocols,
            sources,
            source_ports,
            destinations,
            destination_ports,
            both_ways,
        },
    )
}

/// A policy with a stateless and two stateful groups.
fn firewall() -> impl Strategy<Value = (FirewallPolicy, Vec<FirewallRuleGroup>)> {
    use FirewallAction::{Drop, Forward, Pass};
    let group = || (prop::collection::vec(firewall_rule(), 0..4), prop::bool::weighted(0.03));
    let default = select(vec![Forward, Forward, Forward, Pass, Drop]);
    let rest = (any::<bool>(), prop::bool::weighted(0.3), prop::bool::weighted(0.2), prop::bool::weighted(0.9));
    ([group(), group(), group()], default, rest).prop_map(|(groups, stateless_default, rest)| {
        let (strict, drops, drop_to_alert, all) = rest;
        let groups = groups.into_iter().enumerate().map(|(at, (mut rules, other))| {
            for rule in &mut rules {
                // Stateful rules do not forward, and stateless ones know one direction and no alerts.
                match (at, rule.action) {
                    (0, FirewallAction::Alert) => rule.action = Forward,
                    (1.., FirewallAction::Forward) => rule.action = Pass,
                    _ => {}
                }
                rule.both_ways &= at > 0;
            }
            FirewallRuleGroup { id: format!("rg-{at}"), rules, not_modelled: other.then(|| "Suricata rules".into()) }
        });
        let stateful = |id: &str, drop_to_alert| StatefulGroup { id: id.into(), drop_to_alert };
        let policy = FirewallPolicy {
            id: "policy-1".into(),
            stateless_groups: vec!["rg-0".into()],
            stateless_default,
            stateful_groups: vec![stateful("rg-1", false), stateful("rg-2", drop_to_alert)],
            strict,
            drops: drops && strict,
            not_modelled: None,
        };
        (policy, groups.take(if all { 3 } else { 2 }).collect())
    })
}

/// The first network with a middlebox on its gateway's way to the instance: an appliance, an endpoint of a Gateway Load
/// Balancer, or one of a firewall.
pub(crate) fn behind_a_middlebox() -> impl Strategy<Value = Network> {
    let target = select(vec!["eni-9", "eni-9", "vpce-1", "vpce-2", "vpce-2", "vpce-2"]);
    let mostly = || prop::bool::weighted(0.85);
    let far = prop::option::weighted(0.3, (acl(), tables()));
    let shape = (prop::bool::weighted(0.2), mostly(), mostly(), mostly());
    (network(), target, far, shape, (instance(), interface()), firewall()).prop_map(
        |(mut network, target, far, (same, back, forwards, sound), (instance, appliance), (policy, groups))| {
            let subnet = if same { "subnet-1" } else { "subnet-9" };
            for route in network.route_tables.iter_mut().flat_map(|table| &mut table.routes) {
                if back && route.target == GATEWAY {
                    route.target = target.into();
                }
            }
            if !network.route_tables.iter().any(|table| !table.gateways.is_empty()) || sound {
                network.route_tables.retain(|table| table.gateways.is_empty());
                let route = |text: &str| Route {
                    destination: RouteDestination::Range(text.parse().unwrap()),
                    target: target.into(),
                    blackhole: false,
                    propagated: false,
                };
                network.route_tables.push(RouteTable {
                    id: "rtb-3".into(),
                    vpc: VPC.into(),
                    main: false,
                    subnets: Vec::new(),
                    gateways: vec![GATEWAY.into()],
                    routes: vec![route("10.0.0.0/16"), route("::/0")],
                });
            }
            let (acl, tables) = far.unwrap_or_else(open_side);
            if !same {
                network.network_acls.push(NetworkAcl { id: "acl-9".into(), subnets: vec!["subnet-9".into()], ..acl });
                let own = tables.into_iter().take(1).map(|mut table| {
                    let local = RouteDestination::Range("10.0.0.0/16".parse().unwrap());
                    let target = "local".to_owned();
                    table.routes.push(Route { destination: local, target, blackhole: false, propagated: false });
                    let local = RouteDestination::Range("2600:ffff::/64".parse().unwrap());
                    let target = "local".to_owned();
                    table.routes.push(Route { destination: local, target, blackhole: false, propagated: false });
                    RouteTable { id: "rtb-9".into(), main: false, subnets: vec!["subnet-9".into()], ..table }
                });
                network.route_tables.extend(own);
            }
            network.instances.push(Instance { id: "i-9".into(), ..instance });
            let mut appliance = appliance;
            appliance.id = "eni-9".into();
            appliance.instance = Some("i-9".into());
            appliance.subnet = subnet.into();
            appliance.source_dest_check = !forwards;
            for (at, address) in appliance.addresses.iter_mut().enumerate() {
                let other = ["10.0.0.99", "10.0.0.98", "2600:ffff::99"];
                address.address = other[at].parse().unwrap();
            }
            if sound {
                appliance.security_groups = vec!["sg-9".into()];
                network.security_groups.push(SecurityGroup {
                    id: "sg-9".into(),
                    name: String::new(),
                    vpc: Some(VPC.into()),
                    ingress: vec![everything()],
                    egress: vec![everything()],
                });
            }
            network.interfaces.push(appliance);
            network.vpc_endpoints = vec![VpcEndpoint {
                id: "vpce-1".into(),
                kind: Some("GatewayLoadBalancer".into()),
                vpc: VPC.into(),
                subnets: vec![subnet.into()],
                service: None,
                state: Some(if forwards { "available" } else { "pending" }.into()),
            }];
            let status = Some(if forwards { "READY" } else { "CREATING" }.to_owned());
            network.firewalls = vec![Firewall {
                id: "firewall-1".into(),
                policy: Some("policy-1".into()),
                endpoints: vec![FirewallEndpoint { endpoint: "vpce-2".into(), subnet: subnet.into(), status }],
            }];
            network.firewall_policies = vec![policy];
            network.firewall_rule_groups = groups;
            let answers = ["Firewalls", "NetworkInterfaces", "VpcEndpoints"];
            network.answered.extend(answers.map(str::to_owned));
            network
        },
    )
}

/// The same two interfaces in one VPC, in one subnet or in two.
pub(crate) fn together() -> impl Strategy<Value = Network> {
    (peered(), any::<bool>()).prop_map(|(mut network, same)| {
        network.peerings.clear();
        let address = |text: &str| InterfaceAddress { address: text.parse().unwrap(), public: None };
        for sender in network.interfaces.iter_mut().filter(|interface| interface.id == "eni-2") {
            sender.vpc = VPC.into();
            sender.subnet = if same { "subnet-1" } else { "subnet-2" }.into();
            sender.addresses = vec![address("10.0.0.9"), address("2600:0:0:1::1")];
        }
        for table in network.route_tables.iter_mut().filter(|table| table.vpc == PEER) {
            (table.main, table.vpc, table.subnets) = (false, VPC.into(), vec!["subnet-2".into()]);
        }
        for route in network.route_tables.iter_mut().flat_map(|table| &mut table.routes) {
            if route.target == PEERING {
                route.target = "local".into();
            }
        }
        network
    })
}

/// A network ACL and a table that let everything through.
fn open_side() -> (NetworkAcl, Vec<RouteTable>) {
    let all = ["0.0.0.0/0", "::/0"].map(|range| range.parse::<IpNet>().unwrap());
    let entries = [false, true].into_iter().flat_map(|egress| {
        all.map(|range| AclEntry { number: 100, egress, allow: true, traffic: Traffic::All, range })
    });
    let routes = all.map(|range| Route {
        destination: RouteDestination::Range(range),
        target: GATEWAY.into(),
        blackhole: false,
        propagated: false,
    });
    let (id, vpc) = (String::new(), String::new());
    let acl = NetworkAcl {
        id: id.clone(),
        vpc: vpc.clone(),
        default: false,
        subnets: Vec::new(),
        entries: entries.collect(),
    };
    let (subnets, gateways) = (Vec::new(), Vec::new());
    (acl, vec![RouteTable { id, vpc, main: true, subnets, gateways, routes: routes.to_vec() }])
}

fn everything() -> SecurityGroupRule {
    SecurityGroupRule {
        traffic: Traffic::All,
        ranges: vec!["0.0.0.0/0".parse().unwrap(), "::/0".parse().unwrap()],
        prefix_lists: Vec::new(),
        groups: Vec::new(),
    }
}
