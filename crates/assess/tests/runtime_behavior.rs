//! Every rule of Runtime Behavior Analysis on its fixtures:
//! `content/runtime-behavior/<rule>/{pass,fail,absent,unreadable}/*.json`.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that reads fixtures from files"
)]

#[path = "support/host_fixtures.rs"]
mod host_fixtures;

use std::collections::BTreeMap;

use inspector_assess::rules_package::runtime_behavior::evaluate;
use inspector_assess::runtime_behavior::{Observed, RULES};
use inspector_model::coverage::OutcomeWord;
use inspector_model::host::{HostFacts, OsRelease};
use inspector_model::{Fact, Place, Severity};
use serde_json::{Value, json};

use self::host_fixtures::{finish, host, release, told};

const FOLDER: &str = "runtime-behavior";

#[test]
fn every_rule_answers_its_fixtures_as_they_say() {
    for rule in RULES {
        let judge = |facts: &HostFacts, wanted_seconds| (rule.check)(&Observed { facts, wanted_seconds });
        host_fixtures::check(FOLDER, rule.key, judge);
    }
}

#[test]
fn every_rule_has_all_four_cases_with_the_outcomes_that_their_names_promise() {
    let keys: Vec<_> = RULES.iter().map(|rule| rule.key).collect();
    host_fixtures::check_cases(FOLDER, &keys);
}

#[test]
fn nothing_is_concluded_where_nothing_could_be_read() {
    let facts = host(&BTreeMap::new());
    for rule in RULES {
        let (word, _) = told((rule.check)(&Observed { facts: &facts, wanted_seconds: Some(180) }));
        assert_eq!(word, OutcomeWord::NotAssessed, "{}", rule.key);
    }
}

#[test]
fn names_and_severities_are_the_originals() {
    let told: Vec<_> = RULES.iter().map(|rule| (rule.id, rule.severity)).collect();
    let original = [
        ("Insecure client protocols (general)", Severity::Low),
        ("Insecure client protocols (login)", Severity::Medium),
        ("Insecure server protocols", Severity::Informational),
        ("Root process with insecure permissions", Severity::High),
        ("Software without DEP", Severity::Medium),
        ("Software without stack cookies", Severity::Medium),
        ("Unused listening TCP ports", Severity::Informational),
    ];
    assert_eq!(told, original);
    for rule in RULES {
        assert!(rule.title.starts_with("Instance {i} ") && rule.title.ends_with('.'), "{}", rule.key);
        assert!(rule.description.ends_with('.') && rule.recommendation.ends_with('.'), "{}", rule.key);
    }
}

/// An observation of 180 seconds without gaps.
fn observation(change: impl FnOnce(&mut Value)) -> BTreeMap<String, Value> {
    let mut observation = json!({
        "from": "2026-01-01T00:00:00.000Z", "seconds": 180,
        "sensor": { "kind": "polling", "intervalSeconds": 2 },
        "listening": [], "outgoing": [], "incoming": [], "lost": 0, "gaps": []
    });
    change(&mut observation);
    BTreeMap::from([("behavior".to_owned(), observation)])
}

fn words(facts: &BTreeMap<String, Value>, wanted_seconds: Option<u64>) -> BTreeMap<String, OutcomeWord> {
    let assessment = finish(evaluate(&Observed { facts: &host(facts), wanted_seconds }, "i-1"));
    let rows = assessment.coverage.parts().flat_map(|(_, part)| part.rules.clone()).collect::<Vec<_>>();
    rows.into_iter().map(|row| (row.rule, row.outcome)).collect()
}

#[test]
fn an_observation_that_lacks_anything_never_reads_as_clean() {
    let rules = ["Insecure client protocols (general)", "Insecure client protocols (login)"];
    let outcome = |facts: &BTreeMap<String, Value>, wanted| {
        let words = words(facts, wanted);
        rules.map(|rule| words.get(rule).copied().unwrap())
    };
    let whole = observation(|_| {});
    assert_eq!(outcome(&whole, Some(180)), [OutcomeWord::Pass; 2]);
    assert_eq!(outcome(&whole, Some(195)), [OutcomeWord::Pass; 2], "agents have to be told first");
    for (facts, wanted, why) in [
        (BTreeMap::new(), Some(180), "nobody observed"),
        (whole.clone(), None, "the end was not reached"),
        (whole, Some(300), "too short"),
        (observation(|it| it["lost"] = json!(1)), Some(180), "connections were lost"),
        (observation(|it| it["gaps"] = json!(["a look failed"])), Some(180), "a look failed"),
    ] {
        assert_eq!(outcome(&facts, wanted), [OutcomeWord::NotAssessed; 2], "{why}");
    }
}

#[test]
fn the_finding_says_which_sensor_was_used_and_what_it_may_have_missed() {
    let facts = observation(|it| {
        it["outgoing"] = json!([{ "transport": "tcp", "port": 23, "program": "/usr/bin/telnet", "pid": 7,
            "example": "192.0.2.1", "count": 2 }]);
    });
    let assessment = finish(evaluate(&Observed { facts: &host(&facts), wanted_seconds: Some(180) }, "i-1"));
    let told: Vec<_> = assessment.findings.iter().map(|it| (it.rule.as_str(), it.severity)).collect();
    let general = ("Insecure client protocols (general)", Severity::Low);
    assert_eq!(told, [("Insecure client protocols (login)", Severity::Medium), general]);
    let proof = serde_json::to_string(&assessment.findings[0].proof).unwrap();
    for part in ["polling of the socket tables every 2 s over 180 s", "missed", "/usr/bin/telnet", "192.0.2.1"] {
        assert!(proof.contains(part), "`{part}` in {proof}");
    }
    assert_eq!(assessment.findings[0].attribute("INSTANCE_ID"), Some("i-1"));
}

#[test]
fn a_system_that_the_package_is_not_for_is_not_passed() {
    let os = Fact::Seen { value: OsRelease { id: "windows".to_owned(), ..release() }, at: Place::whole("registry") };
    let facts = HostFacts { os, ..host(&observation(|_| {})) };
    let assessment = finish(evaluate(&Observed { facts: &facts, wanted_seconds: Some(180) }, "i-1"));
    let rows: Vec<_> = assessment.coverage.parts().flat_map(|(_, part)| part.rules.clone()).collect();
    assert_eq!(rows.len(), RULES.len());
    assert!(rows.iter().all(|row| row.outcome == OutcomeWord::NotApplicable));
}
