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

#[path = "support/host_fixtures.rs"]
mod host_fixtures;

use std::collections::BTreeMap;

use inspector_assess::best_practices::RULES;
use inspector_assess::rules_package::best_practices::evaluate;
use inspector_model::coverage::OutcomeWord;
use inspector_model::host::{HostFacts, OsRelease};
use inspector_model::{Fact, Place};

use self::host_fixtures::{finish, host, release, told};

const FOLDER: &str = "best-practices";

#[test]
fn every_rule_answers_its_fixtures_as_they_say() {
    for rule in RULES {
        host_fixtures::check(FOLDER, rule.key, |host, _| (rule.check)(host));
    }
}

#[test]
fn every_rule_has_all_four_cases_with_the_outcomes_that_their_names_promise() {
    host_fixtures::check_cases(FOLDER, &keys());
}

fn keys() -> Vec<&'static str> {
    RULES.iter().map(|rule| rule.key).collect()
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
