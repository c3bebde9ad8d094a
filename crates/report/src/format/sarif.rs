//! SARIF 2.1.0 (OASIS), which code scanning pages and editors read: a rule for each title, a result for each finding. What
//! could not be assessed stands among the notifications of a run that says that it was not wholly successful.

use std::collections::BTreeMap;

use inspector_model::assessment::Assessment;
use inspector_model::fingerprint::fingerprint;
use inspector_model::{Finding, Proof, Severity, percent};
use serde_json::{Value, json};

use super::{Format, Options, Render, RenderError};

pub(super) const FORMAT: Format = Format { id: "sarif", render: Render::Text(render) };

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

fn render(assessment: &Assessment, _: &Options) -> Result<String, RenderError> {
    FORMAT.json(&json!({ "$schema": SCHEMA, "version": "2.1.0", "runs": [run(assessment)] }))
}

fn run(assessment: &Assessment) -> Value {
    let mut worst: BTreeMap<String, &Finding> = BTreeMap::new();
    for finding in &assessment.findings {
        let known = worst.entry(rule_id(finding)).or_insert(finding);
        if finding.severity > known.severity {
            *known = finding;
        }
    }
    let index: BTreeMap<&str, usize> = worst.keys().enumerate().map(|(index, id)| (id.as_str(), index)).collect();
    let results: Vec<Value> = assessment.findings.iter().map(|finding| result(finding, &index)).collect();
    let notifications: Vec<Value> = assessment
        .exclusions
        .iter()
        .map(|exclusion| {
            let subject = exclusion.subject.as_deref().map(|subject| format!("{subject}: ")).unwrap_or_default();
            let text = format!("{subject}{} {}", exclusion.description, exclusion.recommendation);
            json!({ "level": "warning", "descriptor": { "id": exclusion.reason.code.as_str() }, "message": { "text": text } })
        })
        .collect();
    json!({
        "tool": { "driver": {
            "name": "OpenInspector",
            "version": env!("CARGO_PKG_VERSION"),
            "informationUri": env!("CARGO_PKG_REPOSITORY"),
            "rules": worst.iter().map(|(id, finding)| rule(id, finding)).collect::<Vec<_>>(),
        }},
        "columnKind": "unicodeCodePoints",
        "invocations": [{
            "executionSuccessful": assessment.coverage.complete() && assessment.exclusions.is_empty(),
            "startTimeUtc": assessment.started_at.to_string(),
            "endTimeUtc": assessment.completed_at.to_string(),
            "toolExecutionNotifications": notifications,
        }],
        "results": results,
    })
}

fn rule_id(finding: &Finding) -> String {
    format!("{}/{}", finding.package, finding.rule)
}

fn rule(id: &str, finding: &Finding) -> Value {
    json!({
        "id": id,
        "shortDescription": { "text": finding.rule },
        "help": { "text": finding.recommendation },
        "defaultConfiguration": { "level": level(finding.severity) },
        "properties": { "tags": ["security", finding.package.as_str()], "security-severity": score(finding) },
    })
}

fn result(finding: &Finding, index: &BTreeMap<&str, usize>) -> Value {
    let id = rule_id(finding);
    json!({
        "ruleIndex": index.get(id.as_str()),
        "ruleId": id,
        "level": level(finding.severity),
        "message": { "text": format!("{}. {}", finding.title, finding.description) },
        "locations": locations(finding),
        "partialFingerprints": { "openinspector/v1": fingerprint(finding) },
        "properties": { "severity": finding.severity.to_string(), "subject": finding.subject },
    })
}

/// Where a file says it, the file; in any case what the finding is about.
fn locations(finding: &Finding) -> Vec<Value> {
    let logical = json!([{ "name": finding.subject, "kind": "resource" }]);
    let Proof::Settings { settings } = &finding.proof else { return vec![json!({ "logicalLocations": logical })] };
    let place = |text: String| {
        let (path, line) = match text.rsplit_once(':').map(|(path, line)| (path, line.parse::<u32>())) {
            Some((path, Ok(line))) if line > 0 => (path.to_owned(), Some(line)),
            Some(_) | None => (text, None),
        };
        // Files of other machines: the path is told as one that nobody is to resolve.
        let mut physical = json!({ "artifactLocation": { "uri": uri(&path) } });
        if let (Some(line), Some(members)) = (line, physical.as_object_mut()) {
            members.insert("region".to_owned(), json!({ "startLine": line }));
        }
        json!({ "physicalLocation": physical, "logicalLocations": logical })
    };
    settings.iter().map(|setting| place(setting.at.to_string())).collect()
}

/// A path as a relative reference (RFC 3986, section 4.2).
fn uri(path: &str) -> String {
    percent::encoded(path.trim_start_matches('/'), b"/")
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::High => "error",
        Severity::Medium => "warning",
        Severity::Low | Severity::Informational => "note",
        Severity::Undefined => "none",
    }
}

/// The number by which code scanning pages sort: the CVSS score where there is one, else the middle of the severity's range.
fn score(finding: &Finding) -> String {
    let named = finding.attribute("CVSS3_SCORE").or_else(|| finding.attribute("CVSS2_SCORE"));
    let scored = named.and_then(|score| score.parse::<f64>().ok());
    let score = scored.filter(|score| (0.0..=10.0).contains(score)).unwrap_or(match finding.severity {
        Severity::High => 8.0,
        Severity::Medium => 5.5,
        Severity::Low => 2.0,
        Severity::Informational | Severity::Undefined => 0.0,
    });
    format!("{score:.1}")
}

#[cfg(test)]
mod tests {
    use super::super::example::assessment;
    use super::*;

    fn rendered(assessment: &Assessment) -> Value {
        serde_json::from_str(&render(assessment, &Options::default()).unwrap()).unwrap()
    }

    #[test]
    fn every_finding_is_a_result_of_a_rule_that_is_there() {
        let run = rendered(&assessment())["runs"][0].clone();
        let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
        let results = run["results"].as_array().unwrap();
        assert_eq!(results.len(), 2);
        for result in results {
            let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
            assert_eq!(rules[index]["id"], result["ruleId"]);
            assert!(result["message"]["text"].as_str().is_some_and(|text| !text.is_empty()));
        }
        assert_eq!(results[0]["level"], "error");
    }

    #[test]
    fn what_could_not_be_assessed_is_told_and_makes_the_run_unsuccessful() {
        let invocation = rendered(&assessment())["runs"][0]["invocations"][0].clone();
        assert_eq!(invocation["executionSuccessful"], false);
        let told = invocation["toolExecutionNotifications"][0]["message"]["text"].as_str().unwrap();
        assert!(told.starts_with("web-1: The instance is in no imported network snapshot."), "{told}");
        let mut whole = assessment();
        whole.exclusions.clear();
        assert_eq!(rendered(&whole)["runs"][0]["invocations"][0]["executionSuccessful"], false, "the ledger has a gap");
    }

    #[test]
    fn a_setting_is_located_by_file_and_line() {
        let run = rendered(&assessment())["runs"][0].clone();
        let setting = &run["results"][1]["locations"][0];
        let place = &setting["physicalLocation"];
        assert!(!place["artifactLocation"]["uri"].as_str().unwrap().starts_with('/'), "{place}");
        assert!(place["region"]["startLine"].as_u64().is_some(), "{place}");
        assert_eq!(setting["logicalLocations"][0]["name"], "web-1");
        assert_eq!(uri("/etc/a b#c"), "etc/a%20b%23c");
    }
}
