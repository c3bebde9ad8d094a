//! Fixtures of rules about one host: `content/<package>/<rule>/{pass,fail,absent,unreadable}/*.json`.
//!
//! A fixture lays its facts over a host of which nothing could be read, so a rule that looks at a fact which its fixture
//! does not give cannot pass.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use inspector_model::coverage::OutcomeWord;
use inspector_model::host::{HostFacts, HostScope, OsRelease, SCHEMA};
use inspector_model::{Fact, Outcome, Place, Proof, Timestamp};
use serde::Deserialize;
use serde_json::Value;

const CASES: [&str; 4] = ["pass", "fail", "absent", "unreadable"];

/// Facts, and what a rule should make of them.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Fixture {
    origin: String,
    expect: OutcomeWord,
    #[serde(default)]
    proof_at: Vec<String>,
    /// How long the host was to be observed; some rules need it.
    #[serde(default)]
    wanted_seconds: Option<u64>,
    facts: BTreeMap<String, Value>,
}

/// Judges every fixture of `rule` with `judge`, which is given the facts and how long the host was to be observed.
pub(crate) fn check(package: &str, rule: &str, judge: impl Fn(&HostFacts, Option<u64>) -> Outcome) {
    for case in CASES {
        for file in fixtures(package, rule, case) {
            let (name, fixture) = (file.display(), read(&file));
            assert!(!fixture.origin.is_empty(), "{name} says where it comes from");
            let told = told(judge(&host(&fixture.facts), fixture.wanted_seconds));
            assert_eq!(told, (fixture.expect, fixture.proof_at), "{name}");
        }
    }
}

/// Checks that the folder of `package` holds the folders `rules`, and each of them all four cases.
pub(crate) fn check_cases(package: &str, rules: &[&str]) {
    let folders = std::fs::read_dir(content(package)).unwrap();
    let mut folders: Vec<String> = folders.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    folders.sort();
    assert_eq!(folders, rules, "every folder belongs to a rule, and keys are in order");
    for rule in rules {
        for case in CASES {
            let found = fixtures(package, rule, case);
            assert!(!found.is_empty(), "{rule}/{case} holds no fixture");
            for file in found {
                let fixture = read(&file);
                let promised = match case {
                    "pass" => fixture.expect == OutcomeWord::Pass,
                    "fail" => fixture.expect == OutcomeWord::Fail,
                    "unreadable" => fixture.expect == OutcomeWord::NotAssessed,
                    _ => true,
                };
                assert!(promised, "{} expects another outcome than its folder says", file.display());
            }
        }
    }
}

fn read(file: &Path) -> Fixture {
    serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

/// The assessment of an evaluation.
pub(crate) fn finish(evaluation: inspector_assess::Evaluation) -> inspector_model::assessment::Assessment {
    let moment = Timestamp::from_millis(0);
    let span = inspector_assess::evaluation::Span { started_at: moment, completed_at: moment };
    let subject = inspector_model::assessment::Subject::Host { id: "i-1".to_owned(), operating_system: None };
    evaluation.finish(subject, Vec::new(), span)
}

/// The outcome, and where its proof stands.
pub(crate) fn told(outcome: Outcome) -> (OutcomeWord, Vec<String>) {
    match outcome {
        Outcome::Pass => (OutcomeWord::Pass, Vec::new()),
        Outcome::Fail(Proof::Settings { settings }) => {
            (OutcomeWord::Fail, settings.iter().map(|setting| setting.at.to_string()).collect())
        }
        Outcome::Fail(other) => panic!("a rule about a host proves with settings, not {other:?}"),
        Outcome::NotApplicable(_) => (OutcomeWord::NotApplicable, Vec::new()),
        Outcome::NotAssessed(_) => (OutcomeWord::NotAssessed, Vec::new()),
    }
}

fn content(package: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content").join(package)
}

fn fixtures(package: &str, rule: &str, case: &str) -> Vec<PathBuf> {
    let folder = content(package).join(rule).join(case);
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(&folder).into_iter().flatten().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

/// A Debian host of which only `facts` could be read.
pub(crate) fn host(facts: &BTreeMap<String, Value>) -> HostFacts {
    let mut value = serde_json::to_value(unreadable_host()).unwrap();
    let all = value.as_object_mut().unwrap();
    for (name, fact) in facts {
        let known = all.insert(name.clone(), fact.clone()).is_some();
        assert!(known || name == "behavior", "`{name}` is no fact");
    }
    serde_json::from_value(value).unwrap()
}

fn unreadable_host() -> HostFacts {
    HostFacts {
        schema: SCHEMA.to_owned(),
        collected_at: Timestamp::from_millis(0),
        scope: HostScope::Live,
        hostname: unread(),
        architecture: unread(),
        os: Fact::Seen { value: release(), at: Place::whole("/etc/os-release") },
        kernel: unread(),
        packages: unread(),
        languages: None,
        windows: None,
        interfaces: unread(),
        listeners: unread(),
        sshd: unread(),
        login_defs: unread(),
        accounts: unread(),
        pam_password: unread(),
        pwquality: unread(),
        pwhistory: unread(),
        randomize_va_space: unread(),
        no_execute: unread(),
        directories: BTreeMap::from([("/etc".to_owned(), unread())]),
        processes: unread(),
        code: unread(),
        users: unread(),
        groups: unread(),
        kernel_modules: unread(),
        behavior: None,
    }
}

fn unread<T>() -> Fact<T> {
    Fact::Unreadable { at: Place::whole("fixture"), why: "not part of this case".to_owned() }
}

/// The release file of a Debian host.
pub(crate) fn release() -> OsRelease {
    OsRelease {
        id: "debian".to_owned(),
        version_id: Some("12".to_owned()),
        codename: Some("bookworm".to_owned()),
        pretty_name: "Debian GNU/Linux 12 (bookworm)".to_owned(),
        id_like: Vec::new(),
    }
}
