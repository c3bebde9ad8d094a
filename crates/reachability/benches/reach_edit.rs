//! Scenario `reach-edit`: the answers that one edit changes, in the network of `reach-100k` once prepared: facts with their
//! paths before and after. Prints percentiles by kind of edit. `cargo bench -p inspector-reachability --bench reach_edit`

#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a benchmark reads the clock and prints, and its generator's numbers are small"
)]

#[path = "support/cost.rs"]
mod cost;
#[path = "support/in_memory.rs"]
mod in_memory;
#[path = "support/large_network.rs"]
mod large_network;

use std::time::{Duration, Instant};

use cost::{Since, peak_megabytes};
use inspector_model::network::Network;
use inspector_reachability::aws::{self, Source};
use inspector_reachability::change::Change;
use inspector_reachability::prove::Prepared;
use inspector_reachability::question::Question;
use large_network::Shape;

/// Edits of each kind.
const EDITS: usize = 1000;
/// Interfaces in the subnet of the worst case.
const CROWD: usize = 1000;

fn main() {
    let documents = in_memory::documents(Shape { interfaces: 100_000 });
    let sources = documents.iter().map(|(path, text)| Source { path: path.clone(), content: Box::new(&text[..]) });
    let mut network = aws::read_streamed(sources).unwrap().network;
    let since = Since::now();
    let prepared = Prepared::new(&network);
    println!("reach-edit: prepared in {:.3} s, peak {} MB", since.told().0.as_secs_f64(), peak_megabytes());
    let mut all = Vec::new();
    for (kind, changes) in [
        ("security group rule", each(&network.security_groups, |group| &group.id, rule)),
        ("network ACL entry", each(&network.network_acls, |acl| &acl.id, entry)),
        ("route", each(&network.route_tables, |table| &table.id, route)),
        ("instance", each(&network.instances, |instance| &instance.id, stop)),
    ] {
        let mut times: Vec<Duration> = changes.iter().map(|change| timed(&prepared, change)).collect();
        all.extend_from_slice(&times);
        told(kind, &mut times);
    }
    told("all", &mut all);
    crowd(&mut network);
    let prepared = Prepared::new(&network);
    let acl = &network.network_acls[0].id;
    let mut times: Vec<Duration> = (0..20).map(|at| timed(&prepared, &change(&entry(acl, at)))).collect();
    told("network ACL of 1,000 interfaces", &mut times);
}

/// Moves interfaces into the subnet of the first network ACL.
fn crowd(network: &mut Network) {
    let acl = &network.network_acls[0];
    let (subnet, vpc) = (acl.subnets[0].clone(), acl.vpc.clone());
    for interface in network.interfaces.iter_mut().take(CROWD) {
        interface.subnet.clone_from(&subnet);
        interface.vpc.clone_from(&vpc);
    }
}

fn timed(prepared: &Prepared<'_>, change: &Change) -> Duration {
    let start = Instant::now();
    let differences = prepared.differences(&Question::default(), std::slice::from_ref(change)).unwrap();
    let time = start.elapsed();
    std::hint::black_box(differences);
    time
}

fn told(kind: &str, times: &mut [Duration]) {
    times.sort_unstable();
    let at = |hundredths: usize| times[(times.len() - 1) * hundredths / 100].as_secs_f64() * 1000.0;
    println!("reach-edit: {kind}: half within {:.3} ms, 99 % within {:.3} ms, worst {:.3} ms", at(50), at(99), at(100));
}

/// Edits of records all over a list.
fn each<T>(records: &[T], id: fn(&T) -> &String, edit: fn(&str, usize) -> String) -> Vec<Change> {
    let step = (records.len() / EDITS).max(1);
    let some = records.iter().step_by(step).cycle().take(EDITS);
    some.enumerate().map(|(at, record)| change(&edit(id(record), at))).collect()
}

fn change(text: &str) -> Change {
    serde_json::from_str(text).unwrap()
}

fn rule(group: &str, at: usize) -> String {
    let port = 1 + at % 60_000;
    format!(
        r#"{{"authorize": {{"group": "{group}", "direction": "ingress", "protocol": "tcp", "from": {port}, "to": {port}, "cidr": "0.0.0.0/0"}}}}"#
    )
}

fn entry(acl: &str, at: usize) -> String {
    format!(
        r#"{{"putAclEntry": {{"acl": "{acl}", "direction": "ingress", "number": 1, "allow": false, "protocol": "tcp", "from": 22, "to": 443, "cidr": "{}.0.0.0/8"}}}}"#,
        11 + at % 100
    )
}

fn route(table: &str, _: usize) -> String {
    format!(r#"{{"createRoute": {{"table": "{table}", "destination": "0.0.0.0/0", "target": "nat-1"}}}}"#)
}

fn stop(instance: &str, _: usize) -> String {
    format!(r#"{{"stopInstance": {{"instance": "{instance}"}}}}"#)
}
