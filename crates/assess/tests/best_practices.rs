//! Every best-practice rule on its fixtures: `content/best-practices/<rule>/{pass,fail,absent,unreadable}/*.json`.
//!
//! A fixture lays its facts over a host of which nothing could be read, so a rule that looks at a fact which its fixture
//! does not give cannot pass.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that reads fixtures from files"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use inspector_assess::best_practices::RULES;
use inspector_assess::rules_package::best_practices::evaluate;
use inspector_model::coverage::OutcomeWord;
use inspector_model::host::{HostFacts, HostScope, OsRelease, SCHEMA};
use inspector_model::{Fact, Outcome, Place, Proof, Timestamp};
use serde::Deserialize;
use serde_json::Value;

const CASES: [&str; 4] = ["pass", "fail", "absent", "unreadable"];

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Fixture {
    origin: String,
    expect: OutcomeWord,
    #[serde(default)]
    proof_at: Vec<String>,
    facts: BTreeMap<String, Value>,
}

#[test]
fn every_rule_answers_its_fixtures_as_they_say() {
    for rule in RULES {
        for case in CASES {
            for file in fixtures(rule.key, case) {
                let name = file.display();
                let fixture: Fixture = serde_json::from_slice(&std::fs::read(&file).unwrap())
                    .unwrap_or_else(|error| panic!("{name}: {error}"));
                assert!(!fixture.origin.is_empty(), "{name} says where it comes from");
                let (word, proof_at) = told((rule.check)(&host(&fixture.facts)));
                assert_eq!((word, proof_at), (fixture.expect, fixture.proof_at), "{name}");
            }
        }
    }
}

#[test]
fn every_rule_has_all_four_cases_with_the_outcomes_that_their_names_promise() {
    for rule in RULES {
        for case in CASES {
            let found = fixtures(rule.key, case);
            assert!(!found.is_empty(), "{}/{case} holds no fixture", rule.key);
            for file in found {
                let fixture: Fixture = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
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

#[test]
fn every_fixture_folder_belongs_to_a_rule_and_keys_are_in_order() {
    let mut folders: Vec<String> =
        std::fs::read_dir(content()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    folders.sort();
    let keys: Vec<&str> = RULES.iter().map(|rule| rule.key).collect();
    assert_eq!(folders, keys);
}

#[test]
fn nothing_is_concluded_where_nothing_could_be_read() {
    let host = host(&BTreeMap::new());
    for rule in RULES {
        let (word, _) = told((rule.check)(&host));
        assert_eq!(word, OutcomeWord::NotAssessed, "{}", rule.key);
    }
}

#[test]
fn a_release_file_that_cannot_be_read_is_not_taken_for_another_system() {
    let at = Place::whole("/etc/os-release");
    let os = Fact::Unreadable { at, why: "cut off".to_owned() };
    let assessment = finish(evaluate(&HostFacts { os, ..host(&BTreeMap::new()) }, "i-1"));
    let [exclusion] = assessment.exclusions.as_slice() else { panic!("one exclusion") };
    assert_eq!(exclusion.reason.code, inspector_model::ReasonCode::Unreadable);
}

#[test]
fn a_failure_is_told_with_the_instance_and_its_attribute() {
    let facts = BTreeMap::from([(
        "randomizeVaSpace".to_owned(),
        serde_json::json!({ "state": "seen", "value": 0, "at": { "path": "/proc/sys/kernel/randomize_va_space" } }),
    )]);
    let assessment = finish(evaluate(&host(&facts), "i-0123456789abcdef0"));
    let [finding] = assessment.findings.as_slice() else { panic!("one finding") };
    assert_eq!(finding.rule, "Enable ASLR");
    assert!(finding.title.starts_with("Instance i-0123456789abcdef0 is configured to "), "{}", finding.title);
    assert_eq!(finding.attribute("INSTANCE_ID"), Some("i-0123456789abcdef0"));
    assert_eq!(assessment.exclusions.len(), 1, "what could not be read is excluded: {:?}", assessment.exclusions);
}

#[test]
fn every_text_is_within_the_bounds_of_the_api_and_begins_as_the_original_did() {
    for rule in RULES {
        assert!(rule.id.len() <= 128, "{}", rule.key);
        assert!(rule.title.starts_with("Instance {i} is configured to "), "{}", rule.key);
        assert!(rule.title.ends_with('.') && rule.description.ends_with('.') && rule.recommendation.ends_with('.'));
    }
}

#[test]
fn a_system_that_the_package_is_not_for_is_not_passed() {
    let words = |os| {
        let host = HostFacts { os, ..host(&BTreeMap::new()) };
        let assessment = finish(evaluate(&host, "i-1"));
        let rows: Vec<_> = assessment.coverage.parts().flat_map(|(_, part)| part.rules.clone()).collect();
        assert_eq!(rows.len(), RULES.len(), "every rule has its row");
        rows.into_iter().map(|row| row.outcome).collect::<std::collections::BTreeSet<_>>()
    };
    let at = Place::whole("/etc/os-release");
    let windows = OsRelease { id: "windows".to_owned(), ..release() };
    assert_eq!(words(Fact::Seen { value: windows, at: at.clone() }), [OutcomeWord::NotApplicable].into());
    assert_eq!(words(Fact::Absent { at: at.clone() }), [OutcomeWord::NotAssessed].into());
    assert_eq!(words(Fact::Unreadable { at, why: "cut off".to_owned() }), [OutcomeWord::NotAssessed].into());
}

fn finish(evaluation: inspector_assess::Evaluation) -> inspector_model::assessment::Assessment {
    let moment = Timestamp::from_millis(0);
    let span = inspector_assess::evaluation::Span { started_at: moment, completed_at: moment };
    let subject = inspector_model::assessment::Subject::Host { id: "i-1".to_owned(), operating_system: None };
    evaluation.finish(subject, Vec::new(), span)
}

fn told(outcome: Outcome) -> (OutcomeWord, Vec<String>) {
    match outcome {
        Outcome::Pass => (OutcomeWord::Pass, Vec::new()),
        Outcome::Fail(Proof::Settings { settings }) => {
            (OutcomeWord::Fail, settings.iter().map(|setting| setting.at.to_string()).collect())
        }
        Outcome::Fail(other) => panic!("a best-practice rule proves with settings, not {other:?}"),
        Outcome::NotApplicable(_) => (OutcomeWord::NotApplicable, Vec::new()),
        Outcome::NotAssessed(_) => (OutcomeWord::NotAssessed, Vec::new()),
    }
}

fn content() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content/best-practices")
}

fn fixtures(rule: &str, case: &str) -> Vec<PathBuf> {
    let folder = content().join(rule).join(case);
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(&folder).into_iter().flatten().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

/// A Debian host of which only `facts` could be read.
fn host(facts: &BTreeMap<String, Value>) -> HostFacts {
    let mut value = serde_json::to_value(unreadable_host()).unwrap();
    let all = value.as_object_mut().unwrap();
    for (name, fact) in facts {
        assert!(all.insert(name.clone(), fact.clone()).is_some(), "`{name}` is no fact");
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

fn release() -> OsRelease {
    OsRelease {
        id: "debian".to_owned(),
        version_id: Some("12".to_owned()),
        codename: Some("bookworm".to_owned()),
        pretty_name: "Debian GNU/Linux 12 (bookworm)".to_owned(),
        id_like: Vec::new(),
    }
}
