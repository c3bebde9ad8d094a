//! CIS benchmarks: the rules of a benchmark's profile on one host.
//!
//! A rule that fails is a finding of severity High. One Informational finding per host lists every rule with its result
//! (the original's manual, "CIS benchmarks").

use std::fmt::Write;

use inspector_model::agent::BenchmarkItems;
use inspector_model::proof::SettingProof;
use inspector_model::{Attribute, Finding, Outcome, PackageKey, Place, Proof, Reason, ReasonCode, Severity};
use inspector_scap::content::xccdf::evaluate::{Job, Report, RuleResult, Verdict};
use inspector_scap::content::xccdf::model::Rule;
use inspector_scap::oval::evidence::Evidence;
use inspector_scap::wire;

use crate::Evaluation;
use crate::benchmark::Benchmarks;

const PACKAGE: PackageKey = PackageKey::Cis;

/// `id` of the finding that lists every rule.
const SUMMARY: &str = "CIS benchmark summary";

/// The most characters that the list of rules may have: the API bounds texts to 20,000.
const LISTING: usize = 18_000;

/// The most characters of an attribute's value.
const ATTRIBUTE: usize = 256;

/// What `items`, collected on `subject`, say by the benchmark that they were collected for.
///
/// # Errors
///
/// With the reason why nothing was assessed: the benchmark is gone or has changed since, or the items do not read.
pub fn evaluate_items(benchmarks: &Benchmarks, items: &BenchmarkItems, subject: &str) -> Result<Evaluation, Reason> {
    let unassessed = |why: String| Reason::new(ReasonCode::EvaluationError, format!("`{subject}`: {why}"));
    let id = items.benchmark.as_deref().unwrap_or_default();
    let benchmark = benchmarks.find(id).ok_or_else(|| unassessed(format!("benchmark `{id}` is not here any more")))?;
    let job = benchmark.job().map_err(|error| unassessed(error.to_string()))?;
    let plans = job.plans();
    let digest = wire::digest(&plans).map_err(|error| unassessed(error.to_string()))?;
    if digest != items.digest {
        return Err(unassessed(format!("benchmark `{id}` has changed since its items were collected")));
    }
    let unreadable = |error: wire::WireError| unassessed(format!("what was collected for `{id}` {error}"));
    let collections = wire::unpack_items(&plans, &items.packed).map_err(unreadable)?;
    Ok(evaluate(&job, &job.evaluate(&collections), subject))
}

/// Why nothing is known of a host whose agent delivered facts and no items.
pub fn nothing_collected(subject: &str) -> Reason {
    let why = format!("the agent on `{subject}` collected nothing for a benchmark; its log says why");
    Reason::new(ReasonCode::AgentUnhealthy, why)
}

/// What `report` says about `subject`, an instance id or a host's name.
pub fn evaluate(job: &Job<'_>, report: &Report, subject: &str) -> Evaluation {
    let mut evaluation = Evaluation::of(&[PACKAGE]);
    let rules = job.benchmark().rules();
    let asked: Vec<(&RuleResult, &Rule)> = report
        .results
        .iter()
        .filter(|result| result.verdict != Verdict::NotSelected)
        .filter_map(|result| Some((result, rules.iter().find(|(rule, _)| rule.node.id == result.rule)?.0)))
        .collect();
    for (result, rule) in &asked {
        let outcome = outcome(result);
        let word = Some(result.verdict.as_str());
        evaluation.record_result(PACKAGE, &result.rule, subject, &outcome, word);
        if let Outcome::Fail(proof) = outcome {
            evaluation.add_finding(failure(job, rule, subject, proof));
        }
    }
    if !asked.is_empty() {
        evaluation.add_finding(summary(job, &asked, subject));
    }
    evaluation
}

fn outcome(result: &RuleResult) -> Outcome {
    let detail = |otherwise: &str| match result.reasons.as_slice() {
        [] => format!("`{}`: {otherwise}", result.rule),
        reasons => format!("`{}`: {}", result.rule, reasons.join("; ")),
    };
    let unassessed = |code, otherwise: &str| Outcome::NotAssessed(Reason::new(code, detail(otherwise)));
    match result.verdict {
        Verdict::Pass => Outcome::Pass,
        Verdict::Fail => Outcome::Fail(proof(result)),
        Verdict::NotApplicable => Outcome::NotApplicable(detail("the rule is not for this host")),
        Verdict::Informational => Outcome::NotApplicable(detail("the profile asks for it without counting it")),
        Verdict::NotChecked => unassessed(ReasonCode::NoCheck, "there is no check"),
        Verdict::Error => unassessed(ReasonCode::Unreadable, "the check went wrong"),
        Verdict::Unknown | Verdict::NotSelected => unassessed(ReasonCode::Unreadable, "the check came to no answer"),
    }
}

/// What was found, place by place.
fn proof(result: &RuleResult) -> Proof {
    let setting = |evidence: &Evidence| SettingProof {
        setting: evidence.claim.clone(),
        at: Place { path: evidence.at.clone(), line: evidence.line },
        found: evidence.found.clone(),
        wanted: evidence.wanted.clone(),
    };
    let mut settings: Vec<SettingProof> = result.evidence.iter().map(setting).collect();
    if settings.is_empty() {
        let ids: Vec<&str> = result.asked.iter().map(|(_, id)| id.as_str()).collect();
        let wanted = format!("the opposite result of `{}`", ids.join("`, `"));
        settings.push(SettingProof {
            setting: result.rule.clone(),
            at: Place::whole("benchmark"),
            found: None,
            wanted,
        });
    }
    Proof::Settings { settings }
}

/// The rule's number in the CIS benchmark, where the content names it, and its title.
fn numbered(rule: &Rule) -> String {
    let number = rule.references.iter().find(|(href, text)| {
        href.contains("cisecurity.org/benchmark") && text.starts_with(|c: char| c.is_ascii_digit())
    });
    match number {
        Some((_, number)) => format!("{number} {}", rule.node.title),
        None => rule.node.title.clone(),
    }
}

/// The profile's title, or the benchmark's where no profile was chosen.
fn profile<'a>(job: &'a Job<'_>) -> &'a str {
    let title = job.selection().title.as_str();
    if title.is_empty() { &job.benchmark().title } else { title }
}

fn attributes(job: &Job<'_>, subject: &str, rule: Option<&str>) -> Vec<Attribute> {
    let attribute = |key: &str, value: &str| Attribute::new(key, value.chars().take(ATTRIBUTE).collect::<String>());
    let mut attributes = vec![attribute("INSTANCE_ID", subject), attribute("BENCHMARK_ID", &job.benchmark().id)];
    attributes.extend(rule.map(|rule| attribute("BENCHMARK_RULE_ID", rule)));
    attributes.push(attribute("CIS_BENCHMARK_PROFILE", profile(job)));
    attributes
}

fn failure(job: &Job<'_>, rule: &Rule, subject: &str, proof: Proof) -> Finding {
    let title = numbered(rule);
    let texts = [&rule.node.description, &rule.node.rationale];
    let description: Vec<&str> = texts.into_iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
    let recommendation = match rule.fixtext.as_str() {
        "" => format!("Change the settings that the proof names, as the benchmark asks: {}.", rule.node.title),
        text => text.to_owned(),
    };
    Finding {
        package: PACKAGE,
        rule: rule.node.id.clone(),
        subject: subject.to_owned(),
        severity: Severity::High,
        title: format!("Instance {subject} is not compliant with rule {title}, {}", profile(job)),
        description: if description.is_empty() { format!("{title}.") } else { description.join(" ") },
        recommendation,
        attributes: attributes(job, subject, Some(&title)),
        proof,
    }
}

fn summary(job: &Job<'_>, asked: &[(&RuleResult, &Rule)], subject: &str) -> Finding {
    let mut listing = String::new();
    for (number, (result, rule)) in asked.iter().enumerate() {
        if listing.len() > LISTING {
            // Writing into a String cannot fail.
            let _infallible = write!(listing, "and {} more", asked.len() - number);
            break;
        }
        let _infallible = writeln!(listing, "{}: {}", numbered(rule), result.verdict.as_str());
    }
    let count = |verdict: Verdict| asked.iter().filter(|(result, _)| result.verdict == verdict).count();
    let (pass, fail) = (count(Verdict::Pass), count(Verdict::Fail));
    let rest = asked.len() - pass - fail;
    let counts = format!("{} rules: {pass} pass, {fail} fail, {rest} neither", asked.len());
    let setting = SettingProof {
        setting: "rules".to_owned(),
        at: Place::whole(&job.benchmark().id),
        found: Some(counts.clone()),
        wanted: "every rule passes".to_owned(),
    };
    Finding {
        package: PACKAGE,
        rule: SUMMARY.to_owned(),
        subject: subject.to_owned(),
        severity: Severity::Informational,
        title: format!("Instance {subject} was checked against {}: {counts}", profile(job)),
        description: listing,
        recommendation: "Look at the findings of the rules that fail.".to_owned(),
        attributes: attributes(job, subject, None),
        proof: Proof::Settings { settings: vec![setting] },
    }
}
