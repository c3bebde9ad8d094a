use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::advisory::{Advisory, State, Version};
use crate::database::{Input, build};
use crate::feed::Parsed;
use crate::reference;

const RELEASE: &str = "debian:12";

fn os() -> OsRelease {
    OsRelease {
        id: "debian".to_owned(),
        version_id: Some("12".to_owned()),
        codename: None,
        pretty_name: String::new(),
        id_like: Vec::new(),
    }
}

fn package(name: &str, version: &str) -> Package {
    Package {
        name: format!("lib{name}"),
        version: format!("{version}+b1"),
        architecture: "amd64".to_owned(),
        source: name.to_owned(),
        source_version: version.to_owned(),
        maintainer: None,
        module: None,
        at: None,
    }
}

fn advisory(release: &str, package: &str, cve: &str, state: State) -> Advisory {
    let release = Release::by_key(release).unwrap();
    let (package, cve) = (package.to_owned(), cve.to_owned());
    Advisory { release, package, cve, introduced: None, state, word: "word".to_owned(), advisory: String::new() }
}

fn debian_version(version: &str) -> Version {
    Version::parse(Release::by_key(RELEASE).unwrap(), version).unwrap()
}

fn fixed(version: &str) -> State {
    State::Fixed(debian_version(version))
}

fn database(advisories: Vec<Advisory>) -> Database {
    let parsed = Parsed { records: advisories.len(), advisories, ..Parsed::default() };
    let input = Input { feed: "test", document: "d".to_owned(), sha256: String::new(), dated: None, parsed };
    Database::open(build(vec![input]).unwrap()).unwrap()
}

fn matched(database: &Database, packages: Vec<Package>) -> Matched {
    let inventory = Inventory { packages, problems: Vec::new() };
    match_host(database, Host { os: &os(), inventory: &inventory, running_kernel: None }).unwrap()
}

/// The worst verdict per (position, CVE), as the reference gives it.
fn verdicts(database: &Database, matched: &Matched) -> BTreeMap<(usize, String), Verdict> {
    let mut verdicts = BTreeMap::new();
    for statement in matched.statements(database) {
        let Statement { package, entry, verdict, .. } = statement.unwrap();
        let id = database.cve_id(entry.cve).unwrap().to_owned();
        let worst = verdicts.entry((package, id)).or_insert(verdict);
        *worst = verdict.max(*worst);
    }
    verdicts
}

#[test]
fn every_state_gives_its_verdict() {
    let database = database(vec![
        advisory(RELEASE, "a", "CVE-2020-0001", fixed("1.5")),
        advisory(RELEASE, "a", "CVE-2020-0002", fixed("2.0")),
        advisory(RELEASE, "a", "CVE-2020-0003", State::NotAffected),
        advisory(RELEASE, "a", "CVE-2020-0004", State::Undetermined),
        advisory(RELEASE, "a", "CVE-2020-0005", State::Open),
        advisory("debian:11", "a", "CVE-2020-0006", State::Open),
        advisory(RELEASE, "b", "CVE-2020-0007", State::Open),
    ]);
    let matched = matched(&database, vec![package("a", "1.5")]);
    let found: Vec<_> = verdicts(&database, &matched).into_iter().map(|((_, cve), verdict)| (cve, verdict)).collect();
    let expected = [
        ("CVE-2020-0001", Verdict::NotAffected),
        ("CVE-2020-0002", Verdict::Affected),
        ("CVE-2020-0003", Verdict::NotAffected),
        ("CVE-2020-0004", Verdict::Undetermined),
        ("CVE-2020-0005", Verdict::Affected),
    ];
    assert_eq!(found, expected.map(|(cve, verdict)| (cve.to_owned(), verdict)));
}

#[test]
fn a_version_that_makes_no_sense_is_named_and_not_judged() {
    let database = database(vec![advisory(RELEASE, "a", "CVE-2020-0001", State::Open)]);
    let matched = matched(&database, vec![package("a", "one"), package("a", "1")]);
    assert_eq!(matched.packages.iter().map(|it| it.package).collect::<Vec<_>>(), [1]);
    let [problem] = matched.unassessed.as_slice() else { panic!("{:?}", matched.unassessed) };
    assert_eq!((problem.package, problem.why.contains("`one`")), (0, true));
}

#[test]
fn an_rpm_is_compared_by_its_own_name_and_epoch_and_one_of_an_unknown_stream_not_at_all() {
    let rhel = Release::by_key("rhel:9").unwrap();
    let fixed = State::Fixed(Version::parse(rhel, "1:3.0.1-43.el9_0").unwrap());
    let database = database(vec![advisory("rhel:9", "openssl-libs", "CVE-2020-0001", fixed)]);
    let os = OsRelease { id: "rhel".to_owned(), version_id: Some("9.3".to_owned()), ..os() };
    let rpm = |name: &str, source: &str, version: &str, module: Option<&str>| Package {
        name: name.to_owned(),
        source: source.to_owned(),
        version: version.to_owned(),
        module: module.map(str::to_owned),
        ..package(name, version)
    };
    let inventory = Inventory {
        packages: vec![
            rpm("openssl-libs", "openssl", "1:3.0.1-41.el9_0", None),
            rpm("openssl-libs", "openssl", "1:3.0.1-43.el9_0", None),
            // Without an epoch it is older than any version with one.
            rpm("openssl-libs", "openssl", "3.0.1-43.el9_0", None),
            rpm("openssl-libs", "openssl", "1:3.0.1-41.el9_0", Some("crypto")),
            rpm("openssl", "openssl-libs", "1:3.0.1-41.el9_0", None),
        ],
        problems: Vec::new(),
    };
    let matched = match_host(&database, Host { os: &os, inventory: &inventory, running_kernel: None }).unwrap();
    let found: Vec<_> = verdicts(&database, &matched).into_iter().map(|((at, _), verdict)| (at, verdict)).collect();
    assert_eq!(found, [(0, Verdict::Affected), (1, Verdict::NotAffected), (2, Verdict::Affected)]);
    let [problem] = matched.unassessed.as_slice() else { panic!("{:?}", matched.unassessed) };
    assert_eq!((problem.package, problem.why.contains("`crypto`")), (3, true));
}

#[test]
fn a_release_that_nobody_knows_or_speaks_of_is_an_error_with_its_name() {
    let database = database(vec![advisory("debian:11", "a", "CVE-2020-0001", State::Open)]);
    let inventory = Inventory { packages: Vec::new(), problems: Vec::new() };
    let ask =
        |os: &OsRelease| match_host(&database, Host { os, inventory: &inventory, running_kernel: None }).unwrap_err();
    assert_eq!(ask(&os()), MatchError::NoAdvisories("debian:12"));
    let unknown = OsRelease { id: "beos".to_owned(), version_id: Some("5".to_owned()), ..os() };
    assert_eq!(ask(&unknown), MatchError::UnknownRelease("beos 5".to_owned()));
}

#[test]
fn the_source_package_and_its_version_are_compared() {
    let database = database(vec![advisory(RELEASE, "a", "CVE-2020-0001", fixed("1.0+b0"))]);
    let matched = matched(&database, vec![package("a", "1.0")]);
    assert_eq!(verdicts(&database, &matched).into_values().collect::<Vec<_>>(), [Verdict::Affected]);
}

fn any_version() -> impl Strategy<Value = String> {
    prop_oneof![9 => "[0-2](\\.[0-9])?(~[ab])?(-[01])?", 1 => Just("no version".to_owned())]
}

fn any_state() -> impl Strategy<Value = State> {
    prop_oneof![
        1 => Just(State::NotAffected),
        1 => Just(State::Undetermined),
        1 => Just(State::Open),
        5 => "[0-2](\\.[0-9])?(~[ab])?(-[01])?".prop_map(|version| fixed(&version)),
        2 => "[0-2](\\.[0-9])?(~[ab])?(-[01])?".prop_map(|version| State::LastAffected(debian_version(&version))),
    ]
}

fn any_advisory() -> impl Strategy<Value = Advisory> {
    let release = prop_oneof![5 => Just(RELEASE), 1 => Just("debian:11")];
    let introduced = prop::option::weighted(0.3, "[0-1](\\.[0-9])?(~[ab])?");
    (release, "[a-e](@[mn]:1|@\\?)?", 1..9_u8, any_state(), introduced).prop_map(
        |(release, package, cve, state, introduced)| Advisory {
            introduced: introduced.map(|version| debian_version(&version)),
            ..advisory(release, &package, &format!("CVE-2020-000{cve}"), state)
        },
    )
}

proptest! {
    #[test]
    fn the_matcher_agrees_with_the_plain_loop(
        advisories in prop::collection::vec(any_advisory(), 1..40),
        packages in prop::collection::vec(("[a-f]", any_version(), prop::option::weighted(0.3, "[mn](:1(:8:c)?)?")), 0..12),
    ) {
        let release = Release::by_key(RELEASE).unwrap();
        let modular = |(name, version, module): &(String, String, Option<String>)| {
            Package { module: module.clone(), ..package(name, version) }
        };
        let packages: Vec<_> = packages.iter().map(modular).collect();
        let database = database(advisories.clone());
        prop_assume!(database.release(RELEASE).unwrap().is_some());
        let found = verdicts(&database, &matched(&database, packages.clone()));
        let inventory = Inventory { packages, problems: Vec::new() };
        prop_assert_eq!(found, reference::verdicts(&advisories, release, &inventory));
    }

    #[test]
    fn a_newer_version_never_has_a_finding_that_an_older_one_has_not_where_everything_begins_early(
        mut advisories in prop::collection::vec(any_advisory(), 1..40),
        one in "[0-2](\\.[0-9])?(~[ab])?(-[01])?",
        other in "[0-2](\\.[0-9])?(~[ab])?(-[01])?",
    ) {
        advisories.iter_mut().for_each(|it| it.introduced = None);
        let database = database(advisories);
        prop_assume!(database.release(RELEASE).unwrap().is_some());
        let key = |version: &str| Release::by_key(RELEASE).unwrap().order.key(version).unwrap();
        let (older, newer) = if key(&one) <= key(&other) { (one, other) } else { (other, one) };
        let affected = |version: &str| {
            let verdicts = verdicts(&database, &matched(&database, vec![package("a", version)]));
            verdicts.into_iter().filter(|(_, verdict)| *verdict == Verdict::Affected).map(|(cve, _)| cve).collect::<Vec<_>>()
        };
        let before = affected(&older);
        prop_assert!(affected(&newer).iter().all(|cve| before.contains(cve)), "{} to {}", older, newer);
    }
}

/// A host of an rpm release with these packages.
fn rpm_verdicts(id: &str, version: &str, advisories: &[Advisory], packages: &[(&str, &str)]) -> (Vec<String>, usize) {
    let os = OsRelease { id: id.to_owned(), version_id: Some(version.to_owned()), ..os() };
    let packages = packages.iter().map(|(name, version)| Package {
        name: (*name).to_owned(),
        version: (*version).to_owned(),
        architecture: "x86_64".to_owned(),
        source: "source".to_owned(),
        source_version: (*version).to_owned(),
        maintainer: None,
        module: None,
        at: None,
    });
    let inventory = Inventory { packages: packages.collect(), problems: Vec::new() };
    let database = database(advisories.to_vec());
    let matched = match_host(&database, Host { os: &os, inventory: &inventory, running_kernel: None }).unwrap();
    let found = verdicts(&database, &matched);
    assert_eq!(found, reference::verdicts(advisories, Release::of(&os).unwrap(), &inventory));
    (found.into_iter().map(|((_, cve), verdict)| format!("{cve} {verdict:?}")).collect(), matched.unassessed.len())
}

fn rpm(release: &str, package: &str, cve: &str, version: &str) -> Advisory {
    advisory(release, package, cve, State::Fixed(Version::parse(Release::by_key(release).unwrap(), version).unwrap()))
}

#[test]
fn a_kernel_of_amazon_linux_2_is_judged_by_the_advisories_of_its_own_stream() {
    let advisories = [
        rpm("amazon:2", "kernel", "CVE-2020-0001", "4.14.300-1.amzn2"),
        rpm("amazon:2", "kernel@5.10", "CVE-2020-0002", "5.10.200-1.amzn2"),
        rpm("amazon:2", "kernel@5.15", "CVE-2020-0003", "5.15.100-1.amzn2"),
    ];
    for (installed, wanted) in [
        ("4.14.200-1.amzn2", ["CVE-2020-0001 Affected"].as_slice()),
        ("5.10.100-1.amzn2", ["CVE-2020-0001 NotAffected", "CVE-2020-0002 Affected"].as_slice()),
        ("5.15.100-1.amzn2", ["CVE-2020-0001 NotAffected", "CVE-2020-0003 NotAffected"].as_slice()),
    ] {
        assert_eq!(rpm_verdicts("amzn", "2", &advisories, &[("kernel", installed)]).0, wanted, "{installed}");
    }
}

#[test]
fn a_package_of_a_module_is_not_judged_while_its_stream_is_unknown() {
    let advisories = [
        rpm("rhel:8", "nodejs", "CVE-2020-0001", "1:99-1.el8"),
        rpm("rhel:8", "nodejs@nodejs:10", "CVE-2020-0002", "1:10.24.0-1.module_el8"),
        rpm("rhel:8", "zlib", "CVE-2020-0003", "1.3-1.el8"),
    ];
    let packages = [("nodejs", "1:10.1-1.module_el8"), ("zlib", "1.2-1.el8")];
    assert_eq!(rpm_verdicts("rhel", "8.4", &advisories, &packages), (vec!["CVE-2020-0003 Affected".to_owned()], 1));
}

#[test]
fn a_package_of_a_module_is_judged_by_the_advisories_of_exactly_its_stream() {
    let hidden = advisory("rhel:8", "nodejs@?", "CVE-2020-0004", State::Undetermined);
    let advisories = [
        rpm("rhel:8", "nodejs", "CVE-2020-0001", "1:99-1.el8"),
        rpm("rhel:8", "nodejs@nodejs:10", "CVE-2020-0002", "1:10.24.0-1.module_el8"),
        rpm("rhel:8", "nodejs@nodejs:18", "CVE-2020-0003", "1:18.20.0-1.module_el8"),
        hidden,
    ];
    let database = database(advisories.to_vec());
    let os = OsRelease { id: "rhel".to_owned(), version_id: Some("8.4".to_owned()), ..os() };
    let cases = [
        (
            "nodejs:10:80:abc",
            "1:10.1-1.module_el8",
            ["CVE-2020-0002 Affected", "CVE-2020-0004 Undetermined"].as_slice(),
        ),
        ("nodejs:18:80:abc", "1:18.20.0-1.module_el8", &["CVE-2020-0003 NotAffected", "CVE-2020-0004 Undetermined"]),
        ("nodejs:20:80:abc", "1:20.1-1.module_el8", &["CVE-2020-0004 Undetermined"]),
    ];
    for (module, version, wanted) in cases {
        let installed = Package { name: "nodejs".to_owned(), module: Some(module.to_owned()), ..package("", version) };
        let installed = Package { version: version.to_owned(), ..installed };
        let inventory = Inventory { packages: vec![installed], problems: Vec::new() };
        let matched = match_host(&database, Host { os: &os, inventory: &inventory, running_kernel: None }).unwrap();
        assert!(matched.unassessed.is_empty(), "{module}");
        let found = verdicts(&database, &matched);
        assert_eq!(found, reference::verdicts(&advisories, Release::of(&os).unwrap(), &inventory));
        let found: Vec<_> = found.into_iter().map(|((_, cve), verdict)| format!("{cve} {verdict:?}")).collect();
        assert_eq!(found, wanted, "{module}");
    }
}

#[test]
fn errata_of_one_rebuild_judge_no_host_of_another_and_none_of_red_hat() {
    let database = database(vec![rpm("almalinux:9", "zlib", "CVE-2020-0001", "1.3-1.el9")]);
    let inventory = Inventory { packages: vec![package("zlib", "1.2-1.el9")], problems: Vec::new() };
    for (id, wanted) in
        [("almalinux", None), ("rocky", Some("rocky:9")), ("rhel", Some("rhel:9")), ("centos", Some("rhel:9"))]
    {
        let os = OsRelease { id: id.to_owned(), version_id: Some("9".to_owned()), ..os() };
        let matched = match_host(&database, Host { os: &os, inventory: &inventory, running_kernel: None });
        assert_eq!(matched.err(), wanted.map(MatchError::NoAdvisories), "{id}");
    }
}

#[test]
fn beside_full_errata_of_rebuilds_the_built_in_set_still_judges_red_hat_and_is_incomplete() {
    let parsed = Parsed { advisories: vec![rpm("almalinux:9", "a", "CVE-2020-0001", "1-1")], ..Parsed::default() };
    let errata = Input { feed: "almalinux", document: "d".to_owned(), sha256: String::new(), dated: None, parsed };
    let mut inputs = crate::feed::bundled::inputs().unwrap();
    inputs.push(errata);
    let database = Database::open(build(inputs).unwrap()).unwrap();
    for (key, complete) in [("almalinux:9", true), ("rhel:9", false), ("rocky:9", false)] {
        assert_eq!(database.release(key).unwrap().map(|it| it.complete()), Some(complete), "{key}");
    }
}

#[test]
fn a_fix_in_another_line_of_an_extra_leaves_the_installed_line_undetermined() {
    let twice = |line: &str, cve: &str, version: &str| {
        [rpm("amazon:2", &format!("php@{line}"), cve, version), rpm("amazon:2", "php@*", cve, version)]
    };
    let mut advisories = vec![rpm("amazon:2", "php", "CVE-2020-0001", "5.4.16-46.amzn2")];
    advisories.extend(twice("8", "CVE-2020-0001", "8.2.9-1.amzn2"));
    advisories.extend(twice("8", "CVE-2020-0002", "8.2.9-1.amzn2"));
    advisories.extend(twice("7", "CVE-2020-0003", "7.4.33-1.amzn2"));
    for (installed, wanted) in [
        ("5.4.16-46.amzn2", ["NotAffected", "Undetermined", "Undetermined"]),
        ("5.4.16-45.amzn2", ["Affected", "Undetermined", "Undetermined"]),
        ("7.4.33-1.amzn2", ["Undetermined", "Undetermined", "NotAffected"]),
        ("8.2.9-1.amzn2", ["NotAffected", "NotAffected", "Undetermined"]),
        ("9.0.0-1.amzn2", ["Undetermined", "Undetermined", "Undetermined"]),
    ] {
        let (found, _) = rpm_verdicts("amzn", "2", &advisories, &[("php", installed)]);
        let wanted: Vec<_> = (1..).zip(wanted).map(|(cve, verdict)| format!("CVE-2020-000{cve} {verdict}")).collect();
        assert_eq!(found, wanted, "{installed}");
    }
}
