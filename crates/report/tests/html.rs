//! The HTML report: what it says, and that nothing in an assessment can change what it is.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use inspector_model::assessment::{Assessment, Subject};
use inspector_model::proof::Proof;
use inspector_model::{Attribute, Outcome, PackageKey, Place, Severity};
use inspector_report::format::{CoverageDetail, html};
use inspector_report::{Format, Instance, Options, ReportKind, ReportMeta};

mod sample;

const CLEAN: &str = "No potential security issues found";

fn render(assessment: &Assessment, meta: &ReportMeta) -> String {
    let mut page = Vec::new();
    html::write(assessment, meta, &mut page).unwrap();
    String::from_utf8(page).unwrap()
}

fn bare(assessment: &Assessment) -> String {
    render(assessment, &ReportMeta::bare(ReportKind::Findings, sample::at("09:30:00")))
}

#[test]
fn the_sample_renders_as_the_golden_file() {
    let page = render(&sample::assessment(), &sample::meta(ReportKind::Full));
    let golden = include_str!("golden/full.html");
    for (number, (mine, theirs)) in page.lines().zip(golden.lines()).enumerate() {
        assert_eq!(mine, theirs, "line {} differs; see examples/sample_report.rs", number + 1);
    }
    assert_eq!(page.len(), golden.len(), "one is longer; see examples/sample_report.rs");
}

#[test]
fn a_findings_report_leaves_the_passed_rules_out() {
    let passed = "Configure password complexity";
    assert!(!render(&sample::assessment(), &sample::meta(ReportKind::Findings)).contains(passed));
    assert!(render(&sample::assessment(), &sample::meta(ReportKind::Full)).contains(passed));
}

#[test]
fn a_package_without_findings_has_a_row_of_zeros() {
    let mut assessment = sample::assessment();
    assessment.findings.retain(|finding| finding.package != PackageKey::Cve);
    let row = "<th scope=\"row\">Common Vulnerabilities and Exposures-1.1</th><td>0</td><td>0</td><td>0</td>";
    assert!(bare(&assessment).contains(row));
}

#[test]
fn clean_is_said_where_everything_was_assessed() {
    assert!(bare(&sample::clean()).contains(CLEAN));
}

type Spoil = fn(&mut Assessment);

#[test]
fn clean_is_never_said_of_a_gap() {
    let gaps: [(&str, Spoil); 7] = [
        ("a row not assessed", |assessment| {
            let reason = sample::no_agent(None).reason;
            assessment.coverage.record_unassessed(PackageKey::Cve, "web-1", reason);
        }),
        ("an exclusion of the package", |assessment| {
            assessment.exclusions.push(sample::no_agent(Some(PackageKey::Cve)));
        }),
        ("an exclusion of everything", |assessment| assessment.exclusions.push(sample::no_agent(None))),
        ("a ledger without rows", |assessment| assessment.coverage = Default::default()),
        ("no package at all", |assessment| {
            assessment.packages.clear();
            assessment.coverage = Default::default();
        }),
        ("a failure without its finding", |assessment| {
            let proof = sample::vulnerability("web-1").proof;
            assessment.coverage.record(PackageKey::Cve, "CVE-1", "web-1", &Outcome::Fail(proof));
        }),
        ("rules that concern nothing", |assessment| {
            assessment.coverage = Default::default();
            let outcome = Outcome::NotApplicable("not installed".into());
            assessment.coverage.record(PackageKey::Cve, "CVE-1", "web-1", &outcome);
        }),
    ];
    for (name, open) in gaps {
        let mut assessment = sample::clean();
        open(&mut assessment);
        assert!(!bare(&assessment).contains(CLEAN), "{name}");
    }
}

#[test]
fn an_instance_that_nothing_looked_at_is_a_gap() {
    let mut meta = ReportMeta::bare(ReportKind::Findings, sample::at("09:30:00"));
    meta.instances.push(Instance { id: "i-forgotten".into(), name: None, operating_system: None });
    let page = render(&sample::clean(), &meta);
    assert!(page.contains("1 instance had no check at all"));
    assert!(page.contains("No check of this instance is on record"));
}

#[test]
fn a_package_that_looked_at_nothing_is_named() {
    let mut assessment = sample::clean();
    assessment.packages.push(PackageKey::Cis);
    let page = bare(&assessment);
    assert!(page.contains("1 rules package left no check on record"));
    assert!(page.contains("no check is on record, so nothing of this rules package was assessed"));
}

#[test]
fn the_same_text_about_several_instances_stands_once() {
    let mut assessment = sample::assessment();
    let mut second = sample::vulnerability("i-0bbbbbbbbbbbbbbb2");
    second.severity = Severity::High;
    assessment.findings.push(second);
    let page = bare(&assessment);
    assert_eq!(page.matches("A race in the signal handler").count(), 1);
    assert!(page.contains("is vulnerable to CVE-2024-6387"));
}

#[test]
fn hostile_text_stays_text_wherever_it_stands() {
    let evil = "</style></title><script>alert(1)</script><img src=x onerror='alert(2)'>\"{{evil}}\u{202e}\u{0}";
    let (mut assessment, mut meta) = (sample::assessment(), sample::meta(ReportKind::Full));
    for finding in &mut assessment.findings {
        for text in [&mut finding.rule, &mut finding.subject, &mut finding.title] {
            *text = evil.into();
        }
        finding.description = evil.into();
        finding.recommendation = evil.into();
        finding.attributes = vec![Attribute::new(evil, evil)];
        poison(&mut finding.proof, evil);
        let outcome = Outcome::NotApplicable(evil.into());
        assessment.coverage.record(finding.package, evil, evil, &outcome);
    }
    for exclusion in &mut assessment.exclusions {
        exclusion.title = evil.into();
        exclusion.description = evil.into();
        exclusion.recommendation = evil.into();
        exclusion.subject = Some(evil.into());
        assessment.coverage.record_unassessed(PackageKey::Cve, evil, exclusion.reason.clone());
    }
    assessment.subject = Subject::Host { id: evil.into(), operating_system: Some(evil.into()) };
    meta.template = Some(evil.into());
    meta.target = Some(evil.into());
    meta.run = Some(evil.into());
    meta.target_tags = vec![Attribute::new(evil, evil)];
    meta.instances = vec![Instance { id: evil.into(), name: Some(evil.into()), operating_system: Some(evil.into()) }];
    let page = render(&assessment, &meta);
    assert!(page.matches("&lt;script&gt;").count() > 30, "the text is there");
    for bad in ["<script", "<img", "\u{202e}", "\u{0}"] {
        assert!(!page.contains(bad), "{bad:?}");
    }
    assert_eq!(page.matches("</style>").count(), 1);
    assert_eq!(page.matches("</title>").count(), 1);
}

fn poison(proof: &mut Proof, evil: &str) {
    match proof {
        Proof::Network(network) => {
            network.request.protocol = evil.into();
            network.assumptions = vec![evil.into()];
            for hop in &mut network.path {
                hop.component = evil.into();
                hop.rule = evil.into();
            }
        }
        Proof::Packages { comparisons } => {
            for one in comparisons {
                for text in [&mut one.name, &mut one.version, &mut one.source, &mut one.source_version] {
                    *text = evil.into();
                }
                one.fixed_version = Some(evil.into());
                for text in [&mut one.status, &mut one.advisory, &mut one.feed] {
                    *text = evil.into();
                }
            }
        }
        Proof::Settings { settings } => {
            for one in settings {
                one.setting = evil.into();
                one.at = Place::whole(evil);
                one.found = Some(evil.into());
                one.wanted = evil.into();
            }
        }
        Proof::Imported { record } => *record = evil.into(),
    }
}

#[test]
fn a_text_of_any_length_arrives_whole() {
    let mut assessment = sample::assessment();
    let long = "x".repeat(100_000);
    assessment.findings.iter_mut().for_each(|finding| finding.description.clone_from(&long));
    assert!(bare(&assessment).contains(&long));
}

#[test]
fn the_page_asks_for_nothing_from_elsewhere() {
    let page = render(&sample::assessment(), &sample::meta(ReportKind::Full));
    for bad in ["<script", "<link", "<img", "url(", "@import", " src=", "href=\"http"] {
        assert!(!page.contains(bad), "{bad}");
    }
}

#[test]
fn the_same_assessment_gives_the_same_bytes() {
    let (assessment, meta) = (sample::assessment(), sample::meta(ReportKind::Full));
    assert_eq!(render(&assessment, &meta), render(&assessment, &meta));
}

#[test]
fn the_format_makes_the_full_report_where_the_full_ledger_is_asked_for() {
    let format = Format::find("html").unwrap();
    for (coverage, there) in [(CoverageDetail::Summary, false), (CoverageDetail::Full, true)] {
        let page = format.write(&sample::assessment(), &Options { coverage, ..Options::default() }).unwrap();
        let page = String::from_utf8(page).unwrap();
        assert_eq!(page.contains("Rules Checked"), there);
    }
}
