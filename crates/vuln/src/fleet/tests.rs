use std::collections::BTreeMap;

use inspector_model::host::{Inventory, OsRelease};
use proptest::prelude::*;

use super::*;
use crate::advisory::{Advisory, State, Version};
use crate::database::{Input, build};
use crate::feed::Parsed;
use crate::matcher::{Verdict, match_host};

/// Few names and versions, so that hosts share packages and advisories hit.
const NAMES: [&str; 4] = ["a", "b", "c", "kernel"];
const VERSIONS: [&str; 5] = ["1.0", "1.5-1", "2.0", "2.0-1.module+el8", "not a version"];
/// A distribution by source, one by binary with modules, and one with extras.
const SYSTEMS: [(&str, &str, &str); 3] =
    [("debian", "12", "debian:12"), ("rocky", "8", "rocky:8"), ("amzn", "2", "amazon:2")];

fn os(system: usize) -> OsRelease {
    let (id, version, _) = SYSTEMS[system];
    OsRelease {
        id: id.to_owned(),
        version_id: Some(version.to_owned()),
        codename: None,
        pretty_name: String::new(),
        id_like: Vec::new(),
    }
}

fn any_package() -> impl Strategy<Value = Package> {
    let module = prop_oneof![3 => Just(None), 1 => Just(Some("m:1:x".to_owned()))];
    (0..NAMES.len(), 0..VERSIONS.len(), module).prop_map(|(name, version, module)| Package {
        name: NAMES[name].to_owned(),
        version: VERSIONS[version].to_owned(),
        architecture: "amd64".to_owned(),
        source: NAMES[name].to_owned(),
        source_version: VERSIONS[version].to_owned(),
        maintainer: None,
        module,
        at: None,
    })
}

fn any_host() -> impl Strategy<Value = (usize, Inventory)> {
    let packages = prop::collection::vec(any_package(), 0..6);
    (0..SYSTEMS.len(), packages).prop_map(|(system, packages)| (system, Inventory { packages, problems: Vec::new() }))
}

fn any_advisory() -> impl Strategy<Value = Advisory> {
    let state = prop_oneof![Just(None), (0..VERSIONS.len() - 1).prop_map(|version| Some(VERSIONS[version])),];
    let stream = prop_oneof![4 => Just(""), 1 => Just("@m:1"), 1 => Just("@?"), 1 => Just("@2"), 1 => Just("@*")];
    (0..SYSTEMS.len(), 0..NAMES.len(), stream, state, 0..4_u32).prop_map(|(system, name, stream, state, cve)| {
        let release = Release::by_key(SYSTEMS[system].2).unwrap();
        let fixed = |version| State::Fixed(Version::parse(release, version).unwrap());
        Advisory {
            release,
            package: format!("{}{stream}", NAMES[name]),
            cve: format!("CVE-2020-000{cve}"),
            introduced: None,
            state: state.map_or(State::Open, fixed),
            word: "so".to_owned(),
            advisory: String::new(),
        }
    })
}

fn database(feed: &'static str, advisories: Vec<Advisory>) -> Database {
    let parsed = Parsed { records: advisories.len(), advisories, ..Parsed::default() };
    let input = Input { feed, document: "d".to_owned(), sha256: String::new(), dated: None, parsed };
    Database::open(build(vec![input]).unwrap()).unwrap()
}

fn fleet(hosts: &[(usize, Inventory)]) -> Fleet {
    let mut fleet = Fleet::default();
    for (system, inventory) in hosts {
        fleet.add(Host { os: &os(*system), inventory, running_kernel: None }).unwrap();
    }
    fleet
}

/// What matching one host alone says: the worst verdict per package and CVE, and which packages it cannot judge.
type Verdicts = BTreeMap<(String, String), Option<Verdict>>;

fn name(package: &Package) -> String {
    format!("{} {} {:?}", package.name, package.version, package.module)
}

fn alone(database: &Database, (system, inventory): &(usize, Inventory)) -> Option<Verdicts> {
    let matched = match_host(database, Host { os: &os(*system), inventory, running_kernel: None }).ok()?;
    let mut verdicts = Verdicts::new();
    for statement in matched.statements(database) {
        let statement = statement.unwrap();
        let cve = database.cve_id(statement.entry.cve).unwrap().to_owned();
        let worst = verdicts.entry((name(&inventory.packages[statement.package]), cve)).or_default();
        *worst = (*worst).max(Some(statement.verdict));
    }
    for it in &matched.unassessed {
        verdicts.insert((name(&inventory.packages[it.package]), String::new()), None);
    }
    Some(verdicts)
}

fn together(database: &Database, fleet: &Fleet, judged: &Judged, host: usize) -> Option<Verdicts> {
    let mut verdicts = Verdicts::new();
    for reference in fleet.host(host) {
        let package = name(fleet.package(*reference).unwrap());
        let said = judged.package(*reference)?;
        for statement in said.statements(database) {
            let statement = statement.unwrap();
            let cve = database.cve_id(statement.entry.cve).unwrap().to_owned();
            let worst = verdicts.entry((package.clone(), cve)).or_default();
            *worst = (*worst).max(Some(statement.verdict));
        }
        for _ in &said.unassessed {
            verdicts.insert((package.clone(), String::new()), None);
        }
    }
    Some(verdicts)
}

proptest! {
    #[test]
    fn a_fleet_is_judged_as_its_hosts_are_one_by_one(
        hosts in prop::collection::vec(any_host(), 0..6),
        advisories in prop::collection::vec(any_advisory(), 1..12),
    ) {
        let (fleet, database) = (fleet(&hosts), database("one", advisories));
        let judged = fleet.judge(&database).unwrap();
        prop_assert_eq!(fleet.hosts(), hosts.len());
        for (nth, host) in hosts.iter().enumerate().filter(|(_, (_, inventory))| !inventory.packages.is_empty()) {
            prop_assert_eq!(together(&database, &fleet, &judged, nth), alone(&database, host));
        }
    }

    #[test]
    fn only_hosts_of_which_something_new_is_said_are_matched_again(
        hosts in prop::collection::vec(any_host(), 0..6),
        mut advisories in prop::collection::vec(any_advisory(), 1..12),
        more in prop::collection::vec(any_advisory(), 0..3),
        dropped in any::<prop::sample::Index>(),
    ) {
        let (fleet, before) = (fleet(&hosts), database("one", advisories.clone()));
        advisories.remove(dropped.index(advisories.len()));
        advisories.extend(more);
        // Another document that says the same changes nothing.
        let after = database("two", advisories);
        let changed = fleet.changed(&before, &after).unwrap();
        for (nth, host) in hosts.iter().enumerate() {
            if alone(&before, host) != alone(&after, host) && !host.1.packages.is_empty() {
                prop_assert!(changed.contains(&nth), "{nth}: {changed:?}");
            }
        }
        prop_assert_eq!(fleet.changed(&after, &after).unwrap(), [0_usize; 0]);
    }
}

#[test]
fn a_host_that_has_nothing_new_is_left_alone() {
    let advisory = |name: &str, state| Advisory {
        release: Release::by_key("debian:12").unwrap(),
        package: name.to_owned(),
        cve: "CVE-2020-0001".to_owned(),
        introduced: None,
        state,
        word: "so".to_owned(),
        advisory: String::new(),
    };
    let host = |name: &str| {
        let package = Package { name: name.to_owned(), source: name.to_owned(), ..example() };
        (0, Inventory { packages: vec![package], problems: Vec::new() })
    };
    let fleet = fleet(&[host("a"), host("b"), host("a")]);
    assert_eq!(fleet.packages(), (3, 2));
    let before = database("one", vec![advisory("a", State::Open), advisory("b", State::Open)]);
    let after = database("one", vec![advisory("a", State::NotAffected), advisory("b", State::Open)]);
    assert_eq!(fleet.changed(&before, &after).unwrap(), [0, 2]);
    let judged = fleet.judge(&before).unwrap();
    assert_eq!(judged.affecting(fleet.host(1)), 1);
    assert_eq!(fleet.host(9), [0_u32; 0]);
}

fn example() -> Package {
    Package {
        name: String::new(),
        version: "1.0".to_owned(),
        architecture: "amd64".to_owned(),
        source: String::new(),
        source_version: "1.0".to_owned(),
        maintainer: None,
        module: None,
        at: None,
    }
}

#[test]
fn a_host_of_an_unknown_release_is_refused_and_leaves_the_fleet_as_it_was() {
    let mut fleet = Fleet::default();
    let inventory = Inventory { packages: vec![example()], problems: Vec::new() };
    let unknown = OsRelease { id: "plan9".to_owned(), ..os(0) };
    let host = Host { os: &unknown, inventory: &inventory, running_kernel: None };
    let refused = Err(AddError::Unmatched(MatchError::UnknownRelease("plan9 12".to_owned())));
    assert_eq!(fleet.add(host), refused);
    assert_eq!((fleet.hosts(), fleet.packages()), (0, (0, 0)));
}
