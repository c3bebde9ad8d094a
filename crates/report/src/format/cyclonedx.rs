//! CycloneDX 1.6, JSON (<https://cyclonedx.org/docs/1.6/json/>): the vulnerabilities that were found and the packages that
//! they affect. Packages that nothing is said about are not listed, and the composition says so; what could not be told is
//! `in_triage`.

use std::collections::BTreeMap;

use inspector_model::assessment::{Assessment, Subject};
use inspector_model::coverage::OutcomeWord;
use inspector_model::fingerprint::fingerprint;
use inspector_model::proof::VersionComparison;
use inspector_model::{Finding, Severity};
use serde_json::{Value, json};

use super::{Format, Options, Render, RenderError};
use crate::vulnerability::{findings, purl, rows};

pub(super) const FORMAT: Format = Format { id: "cyclonedx", render: Render::Text(render) };

/// The reference of what was looked at.
const ROOT: &str = "subject";

fn render(assessment: &Assessment, _options: &Options) -> Result<String, RenderError> {
    FORMAT.json(&document(assessment))
}

fn document(assessment: &Assessment) -> Value {
    let findings: Vec<&Finding> = findings(assessment).collect();
    let installed = findings.iter().flat_map(|finding| finding.packages());
    let components: BTreeMap<String, &VersionComparison> = installed.map(|it| (purl(it), it)).collect();
    let component = |(purl, it): (&String, &&VersionComparison)| json!({ "type": "library", "bom-ref": purl, "name": it.name, "version": it.version, "purl": purl });
    let found = findings.iter().map(|finding| vulnerability(finding));
    let unknown = rows(assessment, OutcomeWord::NotAssessed).map(|(id, row)| {
        let detail = row.reason.as_deref().unwrap_or("not assessed");
        json!({ "id": id, "analysis": { "state": "in_triage", "detail": detail }, "affects": [{ "ref": ROOT }] })
    });
    let set_aside = rows(assessment, OutcomeWord::NotApplicable).map(|(id, row)| {
        let detail = row.reason.as_deref().unwrap_or("not applicable");
        json!({ "id": id, "analysis": { "state": "not_affected", "detail": detail }, "affects": [{ "ref": ROOT }] })
    });
    json!({
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "timestamp": assessment.completed_at,
            "tools": { "components": [
                { "type": "application", "name": "openinspector", "version": env!("CARGO_PKG_VERSION") },
            ] },
            "component": subject(&assessment.subject),
            "properties": [property("openinspector:complete", if assessment.coverage.complete() { "true" } else { "false" })],
        },
        "components": components.iter().map(component).collect::<Vec<_>>(),
        "compositions": [{ "aggregate": "incomplete", "assemblies": [ROOT] }],
        "vulnerabilities": found.chain(unknown).chain(set_aside).collect::<Vec<_>>(),
    })
}

fn subject(subject: &Subject) -> Value {
    match subject {
        Subject::Host { id, operating_system } => json!({
            "type": "operating-system",
            "bom-ref": ROOT,
            "name": id,
            "description": operating_system.as_deref().unwrap_or_default(),
        }),
        Subject::Network { id, .. } | Subject::Run { id, .. } => {
            json!({ "type": "platform", "bom-ref": ROOT, "name": id })
        }
    }
}

fn property(name: &str, value: &str) -> Value {
    json!({ "name": name, "value": value })
}

fn vulnerability(finding: &Finding) -> Value {
    let mut ratings = vec![json!({ "severity": severity(finding.severity), "method": "other" })];
    for (score, vector) in [("CVSS3_SCORE", "CVSS3_VECTOR"), ("CVSS2_SCORE", "CVSS2_VECTOR")] {
        ratings.extend(finding.attribute(score).and_then(|score| rating(score, finding.attribute(vector))));
    }
    let affects = finding.packages().iter().map(|package| {
        let versions = [json!({ "version": package.version, "status": "affected" })];
        json!({ "ref": purl(package), "versions": versions })
    });
    let mut sources: Vec<_> = finding.packages().iter().map(|it| (&it.advisory, &it.feed)).collect();
    sources.sort();
    sources.dedup();
    let advisories =
        sources.iter().map(|(advisory, feed)| property("openinspector:advisory", &format!("{advisory}, {feed}")));
    json!({
        "bom-ref": fingerprint(finding),
        "id": finding.rule,
        "ratings": ratings,
        "description": finding.description,
        "recommendation": finding.recommendation,
        "affects": affects.collect::<Vec<_>>(),
        "properties": advisories.collect::<Vec<_>>(),
    })
}

fn rating(score: &str, vector: Option<&str>) -> Option<Value> {
    let score: f64 = score.parse().ok()?;
    let method = match vector {
        Some(vector) if vector.starts_with("CVSS:3.1/") => "CVSSv31",
        Some(vector) if vector.starts_with("CVSS:3.0/") => "CVSSv3",
        Some(vector) if vector.starts_with("AV:") => "CVSSv2",
        Some(_) | None => "other",
    };
    let mut rating = json!({ "score": score, "method": method });
    if let (Some(vector), Some(members)) = (vector, rating.as_object_mut()) {
        members.insert("vector".to_owned(), Value::from(vector));
    }
    Some(rating)
}

const fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::High => "high",
        Severity::Medium => "medium",
        Severity::Low => "low",
        Severity::Informational => "info",
        Severity::Undefined => "unknown",
    }
}

#[cfg(test)]
mod tests {
    use inspector_model::{Attribute, Outcome, PackageKey, Reason, ReasonCode};

    use super::super::example::assessment;
    use super::*;

    fn rendered(assessment: &Assessment) -> Value {
        serde_json::from_str(&render(assessment, &Options::default()).unwrap()).unwrap()
    }

    #[test]
    fn a_vulnerability_refers_to_the_package_that_it_affects() {
        let mut assessment = assessment();
        let of_cve = assessment.findings.iter_mut().find(|it| it.package == PackageKey::Cve).unwrap();
        of_cve.attributes.push(Attribute::new("CVSS3_SCORE", "7.8"));
        of_cve.attributes.push(Attribute::new("CVSS3_VECTOR", "CVSS:3.1/AV:L"));
        let document = rendered(&assessment);
        let [vulnerability] = document["vulnerabilities"].as_array().unwrap().as_slice() else { panic!("{document}") };
        assert_eq!(vulnerability["id"], "CVE-2021-3156");
        assert_eq!(vulnerability["affects"][0]["ref"], document["components"][0]["bom-ref"]);
        assert_eq!(document["components"][0]["purl"], "pkg:generic/sudo@1.9.5p1-1");
        assert_eq!(vulnerability["ratings"][0]["severity"], "high");
        let wanted = json!({ "score": 7.8, "method": "CVSSv31", "vector": "CVSS:3.1/AV:L" });
        assert_eq!(vulnerability["ratings"][1], wanted);
    }

    #[test]
    fn what_was_not_looked_at_is_told() {
        let mut assessment = assessment();
        let reason = Reason::new(ReasonCode::Undetermined, "nobody knows");
        assessment.coverage.record(PackageKey::Cve, "CVE-2020-0001", "web-1", &Outcome::NotAssessed(reason));
        let document = rendered(&assessment);
        assert_eq!(document["metadata"]["properties"][0], property("openinspector:complete", "false"));
        assert_eq!(document["compositions"][0]["aggregate"], "incomplete");
        let last = document["vulnerabilities"].as_array().unwrap().last().unwrap();
        assert_eq!((&last["id"], &last["analysis"]["state"]), (&json!("CVE-2020-0001"), &json!("in_triage")));
    }
}
