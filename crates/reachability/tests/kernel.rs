//! The prover against a real kernel: three network namespaces stand for a client on the internet, the border of a subnet
//! with its stateless network ACL, and an instance with its stateful security groups and its route table. Real UDP
//! sockets send every probe. Left out: the translation of the public address.
//!
//! Needs root, `ip` and `nft`; without them the test says aloud that it was skipped.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "a test's helpers may panic like the test itself, and this one is about the outside world"
)]

#[path = "support/random_network.rs"]
#[expect(dead_code, reason = "only the first of several kinds of networks is used here")]
mod random_network;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Write};
use std::net::{IpAddr, UdpSocket};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use inspector_model::network::*;
use inspector_reachability::fact::{Fact, Verdict};
use inspector_reachability::protocol::Protocol;
use inspector_reachability::prove::facts;
use inspector_reachability::question::Question;
use inspector_reachability::reference::{Probe, Walk, walk};
use ipnet::IpNet;
use proptest::prelude::ProptestConfig;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;

const CLIENTS: [&str; 4] = ["8.8.8.8", "8.8.9.9", "9.9.9.9", "200.1.2.3"];
const CLIENT_PORTS: [u16; 4] = [1024, 32767, 49152, 65535];
const PORTS: [u16; 4] = [22, 443, 1024, 65535];
const INSTANCE: &str = "10.0.0.5";
const ROLE: &str = "INSPECTOR_KERNEL_TEST_ROLE";
/// How long a packet and its answer may take between namespaces of one machine that is busy with other things.
const PATIENCE: Duration = Duration::from_secs(2);

type Seen = BTreeSet<(IpAddr, u16, u16)>;

#[test]
fn the_kernel_answers_what_the_prover_says() {
    if !able() {
        eprintln!("skipped: comparison with the kernel: it needs root, `ip` and `nft`");
        return;
    }
    let wanted = usize::try_from(ProptestConfig::default().cases / 400).unwrap().max(9);
    let mut runner = TestRunner::deterministic();
    let mut ends: BTreeMap<&str, usize> = BTreeMap::new();
    let mut verdicts: BTreeMap<Verdict, usize> = BTreeMap::new();
    let mut compared = 0;
    while compared < wanted {
        let network = plain(random_network::network().new_tree(&mut runner).unwrap().current());
        let Some(fact) = assessed(&network) else { continue };
        // As many of each verdict: left to chance, few networks answer at all.
        let alike = verdicts.entry(fact.outcome).or_default();
        if *alike >= wanted.div_ceil(3) {
            continue;
        }
        *alike += 1;
        compared += 1;
        // New namespaces for each network: the kernel remembers connections.
        let lab = Lab::new(compared);
        lab.configure(&network);
        let (arrived, answered) = lab.probe();
        for probe in probes() {
            let seen = (probe.source, probe.client_port, probe.port);
            let kernel = match (answered.contains(&seen), arrived.contains(&seen)) {
                (true, _) => "answered",
                (false, true) => "not answered",
                (false, false) => "dropped",
            };
            *ends.entry(kernel).or_default() += 1;
            let told = || format!("{probe:?} was {kernel}\n{fact:#?}\n{network:#?}");
            assert_eq!(in_openings(&fact, &probe), kernel == "answered", "{}", told());
            let known = fact.ports.contains(probe.port) || fact.one_way_ports.contains(probe.port);
            assert!(kernel == "dropped" || known, "{}", told());
            let walked = match walk(&network, &network.interfaces[0], &probe) {
                Walk::Answered => "answered",
                Walk::NoReply(_) => "not answered",
                Walk::Dropped(_) => "dropped",
                Walk::Unknown(what) => what,
            };
            assert_eq!(walked, kernel, "{}", told());
        }
    }
    eprintln!("compared {compared} networks with the kernel: {ends:?}");
    assert_eq!(ends.len(), 3, "every end has to occur: {ends:?}");
}

/// Run by the test above inside a namespace.
#[test]
#[ignore = "a part of `the_kernel_answers_what_the_prover_says`"]
fn part() {
    match std::env::var(ROLE).as_deref() {
        Ok("instance") => instance(),
        Ok("client") => client(),
        other => panic!("no such part: {other:?}"),
    }
}

/// The network without what the three namespaces do not have.
fn plain(mut network: Network) -> Network {
    network.interfaces[0].addresses.truncate(1);
    network.interfaces[0].addresses[0].public = Some("3.4.5.6".parse().unwrap());
    network.interfaces[0].status = Some("in-use".into());
    network.instances[0].state = Some("running".into());
    network.internet_gateways[0].vpcs = vec![random_network::VPC.into()];
    network.route_tables.retain(|table| table.gateways.is_empty());
    network.public_access_blocks.clear();
    network
}

/// The fact about UDP, where nothing about it is in doubt.
fn assessed(network: &Network) -> Option<Fact> {
    let mut facts = facts(network, &Question::default());
    facts.retain(|fact| fact.protocol == Protocol::Udp && fact.edge == Edge::Internet);
    facts.pop().filter(|fact| fact.outcome != Verdict::NotAssessed && fact.unknown.is_empty())
}

fn probes() -> impl Iterator<Item = Probe> {
    let clients = CLIENTS.iter().flat_map(|client| CLIENT_PORTS.map(move |port| (client, port)));
    clients.flat_map(|(client, client_port)| {
        PORTS.map(move |port| Probe {
            source: client.parse().unwrap(),
            client_port,
            destination: INSTANCE.parse().unwrap(),
            port,
            protocol: 17,
        })
    })
}

fn in_openings(fact: &Fact, probe: &Probe) -> bool {
    fact.openings.iter().any(|opening| {
        (opening.ports.0..=opening.ports.1).contains(&probe.port)
            && (opening.client_ports.0..=opening.client_ports.1).contains(&probe.client_port)
            && opening.sources.iter().any(|(low, high)| *low <= probe.source && probe.source <= *high)
    })
}

/// Answers whatever arrives, and tells it.
fn instance() {
    let sockets: Vec<UdpSocket> = PORTS.iter().map(|port| UdpSocket::bind((INSTANCE, *port)).unwrap()).collect();
    std::thread::scope(|scope| {
        for (socket, port) in sockets.iter().zip(PORTS) {
            scope.spawn(move || {
                let mut bytes = [0; 16];
                while let Ok((length, from)) = socket.recv_from(&mut bytes) {
                    tell(&format!("{} {} {port}", from.ip(), from.port()));
                    // Where no route leads back, sending fails: that is an answer that never comes.
                    drop(socket.send_to(&bytes[..length], from));
                }
            });
        }
        tell("ready");
    });
}

/// Sends every probe and tells what is answered.
fn client() {
    std::thread::scope(|scope| {
        for client in CLIENTS {
            for client_port in CLIENT_PORTS {
                scope.spawn(move || {
                    let socket = UdpSocket::bind((client, client_port)).unwrap();
                    for port in PORTS {
                        socket.send_to(&port.to_be_bytes(), (INSTANCE, port)).unwrap();
                    }
                    socket.set_read_timeout(Some(PATIENCE)).unwrap();
                    let mut bytes = [0; 16];
                    while let Ok((2, from)) = socket.recv_from(&mut bytes) {
                        tell(&format!("{client} {client_port} {}", from.port()));
                    }
                });
            }
        }
    });
}

/// A line that the parent reads among those of the test harness.
fn tell(text: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "@{text}").unwrap();
    out.flush().unwrap();
}

fn told(lines: impl Iterator<Item = String>) -> Seen {
    let parse = |line: String| {
        let mut words = line.strip_prefix('@')?.split(' ');
        let source = words.next()?.parse().ok()?;
        Some((source, words.next()?.parse().ok()?, words.next()?.parse().ok()?))
    };
    lines.filter_map(parse).collect()
}

/// Three namespaces: client, border, instance. They go when it does.
struct Lab {
    client: String,
    border: String,
    instance: String,
}

impl Lab {
    fn new(number: usize) -> Self {
        let name = |role: &str| format!("oi{}{role}{number}", std::process::id());
        let lab = Self { client: name("c"), border: name("b"), instance: name("i") };
        for namespace in [&lab.client, &lab.border, &lab.instance] {
            assert!(run("ip", &["netns", "add", namespace]));
        }
        lab.wire();
        lab
    }

    fn wire(&self) {
        for (near, far, near_end, far_end) in
            [(&self.client, &self.border, "out", "outer"), (&self.instance, &self.border, "eth0", "inner")]
        {
            let peer = ["peer", "name", far_end, "netns", far];
            let words = [&["-n", near, "link", "add", near_end, "type", "veth"][..], &peer].concat();
            assert!(run("ip", &words), "{words:?}");
            self.ip(near, &["link", "set", near_end, "up"]);
            self.ip(far, &["link", "set", far_end, "up"]);
        }
        for namespace in [&self.client, &self.border, &self.instance] {
            self.ip(namespace, &["link", "set", "lo", "up"]);
            let settings = "echo 0 >/proc/sys/net/ipv4/conf/all/rp_filter; echo 1 >/proc/sys/net/ipv4/ip_forward
                for each in /proc/sys/net/ipv4/conf/*/rp_filter; do echo 0 >$each; done";
            assert!(run("ip", &["netns", "exec", namespace, "sh", "-c", settings]));
        }
        self.ip(&self.client, &["addr", "add", "192.0.2.1/30", "dev", "out"]);
        self.ip(&self.border, &["addr", "add", "192.0.2.2/30", "dev", "outer"]);
        self.ip(&self.border, &["addr", "add", "10.0.0.1/24", "dev", "inner"]);
        self.ip(&self.instance, &["addr", "add", "10.0.0.5/24", "dev", "eth0"]);
        for client in CLIENTS {
            self.ip(&self.client, &["addr", "add", &format!("{client}/32"), "dev", "out"]);
            self.ip(&self.border, &["route", "add", client, "via", "192.0.2.1"]);
        }
        self.ip(&self.client, &["route", "add", "default", "via", "192.0.2.2"]);
    }

    fn ip(&self, namespace: &str, words: &[&str]) {
        let all = [&["-n", namespace], words].concat();
        assert!(run("ip", &all), "ip {all:?}");
    }

    /// Network ACL, groups and routes of the network's one interface.
    fn configure(&self, network: &Network) {
        self.rules(&self.border, &border_rules(&network.network_acls[0]));
        self.rules(&self.instance, &group_rules(network));
        self.ip(&self.instance, &["route", "flush", "table", "main", "proto", "static"]);
        for (range, home) in routes(network) {
            let range = range.to_string();
            let words: &[&str] = if home {
                &["route", "add", &range, "via", "10.0.0.1", "proto", "static"]
            } else {
                &["route", "add", "blackhole", &range, "proto", "static"]
            };
            self.ip(&self.instance, words);
        }
    }

    fn rules(&self, namespace: &str, text: &str) {
        let words = ["netns", "exec", namespace, "nft", "-f", "-"];
        let mut nft = Command::new("ip").args(words).stdin(Stdio::piped()).spawn().unwrap();
        nft.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
        assert!(nft.wait().unwrap().success(), "{text}");
    }

    /// The probes that arrive, and those that are answered.
    fn probe(&self) -> (Seen, Seen) {
        let mut instance = self.start(&self.instance, "instance");
        let mut lines = BufReader::new(instance.stdout.take().unwrap()).lines().map_while(Result::ok);
        assert!(lines.any(|line| line == "@ready"));
        let client = self.start(&self.client, "client").wait_with_output().unwrap();
        assert!(client.status.success());
        let answered = told(String::from_utf8(client.stdout).unwrap().lines().map(str::to_owned));
        instance.kill().unwrap();
        let arrived = told(lines);
        instance.wait().unwrap();
        (arrived, answered)
    }

    fn start(&self, namespace: &str, role: &str) -> Child {
        let own = std::env::current_exe().unwrap();
        let words = ["netns", "exec", namespace, own.to_str().unwrap(), "--ignored", "--exact", "part", "--nocapture"];
        Command::new("ip").args(words).env(ROLE, role).stdout(Stdio::piped()).spawn().unwrap()
    }
}

impl Drop for Lab {
    fn drop(&mut self) {
        for namespace in [&self.client, &self.border, &self.instance] {
            run("ip", &["netns", "del", namespace]);
        }
    }
}

/// Whether namespaces can be made here.
fn able() -> bool {
    let there = |tool: &str| Command::new(tool).arg("-V").output().is_ok_and(|out| out.status.success());
    let name = format!("oi{}", std::process::id());
    let made = ["ip", "nft"].iter().all(|tool| there(tool)) && run("ip", &["netns", "add", &name]);
    made && run("ip", &["netns", "del", &name])
}

fn run(program: &str, words: &[&str]) -> bool {
    Command::new(program).args(words).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}

/// Stateless, first match decides.
fn border_rules(acl: &NetworkAcl) -> String {
    let chain = |egress: bool| {
        let mut entries: Vec<&AclEntry> = acl.entries.iter().filter(|entry| entry.egress == egress).collect();
        entries.sort_by_key(|entry| entry.number);
        let side = if egress { "daddr" } else { "saddr" };
        let rule = |entry: &&AclEntry| {
            let verdict = if entry.allow { "accept" } else { "drop" };
            entry
                .range
                .addr()
                .is_ipv4()
                .then(|| format!("ip {side} {} {} {verdict}\n", entry.range, matches(entry.traffic)))
        };
        entries.iter().filter_map(rule).collect::<String>()
    };
    format!(
        "flush ruleset\ntable ip border {{\nchain arriving {{\n{}drop\n}}\nchain leaving {{\n{}drop\n}}\n\
         chain forward {{ type filter hook forward priority 0; policy accept;\niifname outer jump arriving\n\
         iifname inner jump leaving\n}}\n}}\n",
        chain(false),
        chain(true)
    )
}

/// Stateful, anything that is admitted passes.
fn group_rules(network: &Network) -> String {
    let groups =
        network.security_groups.iter().filter(|group| network.interfaces[0].security_groups.contains(&group.id));
    let mut rules = String::new();
    for rule in groups.flat_map(|group| &group.ingress) {
        let lists = network.prefix_lists.iter().filter(|list| rule.prefix_lists.contains(&list.id));
        for range in
            rule.ranges.iter().chain(lists.flat_map(|list| &list.ranges)).filter(|range| range.addr().is_ipv4())
        {
            rules.push_str(&format!("ip saddr {range} {} accept\n", matches(rule.traffic)));
        }
    }
    format!(
        "flush ruleset\ntable ip groups {{\nchain input {{ type filter hook input priority 0; policy drop;\n\
         ct state established accept\n{rules}}}\nchain output {{ type filter hook output priority 0; policy accept;\n\
         ct state new drop\n}}\n}}\n"
    )
}

fn matches(traffic: Traffic) -> String {
    match traffic {
        Traffic::All => String::new(),
        Traffic::Ports { protocol: 6, from, to } => format!("tcp dport {from}-{to}"),
        Traffic::Ports { from, to, .. } => format!("udp dport {from}-{to}"),
        Traffic::Icmp { protocol, .. } | Traffic::Protocol { protocol } => format!("meta l4proto {protocol}"),
    }
}

/// Ranges of the table, each with whether packets go back to the gateway: the kernel chooses the longest.
fn routes(network: &Network) -> Vec<(IpNet, bool)> {
    let own = network.route_tables.iter().find(|table| table.subnets.contains(&network.interfaces[0].subnet));
    let table = own.or_else(|| network.route_tables.iter().find(|table| table.main)).unwrap();
    let mut best: BTreeMap<IpNet, (u8, bool)> = BTreeMap::new();
    for route in &table.routes {
        let home = route.target == random_network::GATEWAY && !route.blackhole;
        let (ranges, by_list) = match &route.destination {
            RouteDestination::Range(range) => (vec![*range], false),
            RouteDestination::PrefixList(id) => {
                let list = network.prefix_lists.iter().find(|list| list.id == *id);
                (list.map_or_else(Vec::new, |list| list.ranges.clone()), true)
            }
        };
        let rank = match (route.target == "local", by_list, route.propagated) {
            (true, ..) => 0,
            (false, false, false) => 1,
            (false, true, false) => 2,
            (false, _, true) => 3,
        };
        for range in ranges.into_iter().filter(|range| range.addr().is_ipv4()) {
            let entry = best.entry(range).or_insert((rank, home));
            if rank < entry.0 {
                *entry = (rank, home);
            }
        }
    }
    best.into_iter().map(|(range, (_, home))| (range, home)).collect()
}
