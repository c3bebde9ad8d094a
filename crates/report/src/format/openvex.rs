//! OpenVEX 0.2.0 (<https://github.com/openvex/spec/blob/main/OPENVEX-SPEC.md>): what was found out about each
//! vulnerability. A finding is `affected`, what could not be told is `under_investigation`, and nothing leads from there to
//! `not_affected`, which is said only of what was looked at.

use inspector_model::assessment::Assessment;
use inspector_model::coverage::OutcomeWord;
use inspector_model::{Finding, Timestamp};
use serde::Serialize;

use super::{Format, Options, Render, RenderError};
use crate::vulnerability::{encoded, findings, purl, rows};

pub(super) const FORMAT: Format = Format { id: "openvex", render: Render::Text(render) };

fn render(assessment: &Assessment, _options: &Options) -> Result<String, RenderError> {
    FORMAT.json(&document(assessment))
}

#[derive(Serialize)]
struct Document<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@id")]
    id: String,
    author: &'static str,
    role: &'static str,
    timestamp: Timestamp,
    version: u32,
    tooling: &'static str,
    statements: Vec<Statement<'a>>,
}

#[derive(Serialize)]
struct Statement<'a> {
    vulnerability: Vulnerability<'a>,
    products: Vec<Product>,
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    status_notes: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    impact_statement: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    action_statement: Option<&'a str>,
}

#[derive(Serialize)]
struct Vulnerability<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
}

#[derive(Serialize)]
struct Product {
    #[serde(rename = "@id")]
    id: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    subcomponents: Vec<Subcomponent>,
}

#[derive(Serialize)]
struct Subcomponent {
    #[serde(rename = "@id")]
    id: String,
}

fn document(assessment: &Assessment) -> Document<'_> {
    let affected = findings(assessment).map(affected);
    let plain = |name, subject: &str, status| Statement {
        vulnerability: Vulnerability { name, description: None },
        products: vec![Product { id: host(subject), subcomponents: Vec::new() }],
        status,
        status_notes: None,
        impact_statement: None,
        action_statement: None,
    };
    let unknown = rows(assessment, OutcomeWord::NotAssessed).map(|(id, row)| Statement {
        status_notes: row.reason.as_deref(),
        ..plain(id, &row.subject, "under_investigation")
    });
    let set_aside = rows(assessment, OutcomeWord::NotApplicable).map(|(id, row)| Statement {
        impact_statement: Some(row.reason.as_deref().unwrap_or("it does not apply")),
        ..plain(id, &row.subject, "not_affected")
    });
    let clean = rows(assessment, OutcomeWord::Pass).map(|(id, row)| Statement {
        impact_statement: Some(
            "every installed package is in a version that the advisories call not affected or fixed",
        ),
        ..plain(id, &row.subject, "not_affected")
    });
    Document {
        context: "https://openvex.dev/ns/v0.2.0",
        id: format!("urn:openinspector:vex:{}", assessment.started_at.millis()),
        author: "OpenInspector",
        role: "scanner",
        timestamp: assessment.completed_at,
        version: 1,
        tooling: concat!("openinspector ", env!("CARGO_PKG_VERSION")),
        statements: affected.chain(unknown).chain(set_aside).chain(clean).collect(),
    }
}

fn affected(finding: &Finding) -> Statement<'_> {
    let subcomponents = finding.packages().iter().map(|package| Subcomponent { id: purl(package) }).collect();
    Statement {
        vulnerability: Vulnerability { name: &finding.rule, description: Some(&finding.description) },
        products: vec![Product { id: host(&finding.subject), subcomponents }],
        status: "affected",
        status_notes: None,
        impact_statement: None,
        action_statement: Some(&finding.recommendation),
    }
}

/// A product's id must be an IRI.
fn host(subject: &str) -> String {
    format!("urn:openinspector:host:{}", encoded(subject))
}

#[cfg(test)]
mod tests {
    use inspector_model::{Outcome, PackageKey, Reason, ReasonCode};
    use serde_json::{Value, json};

    use super::super::example::assessment;
    use super::*;

    fn statements(assessment: &Assessment) -> Vec<Value> {
        let text = render(assessment, &Options::default()).unwrap();
        let document: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(document["@context"], "https://openvex.dev/ns/v0.2.0");
        document["statements"].as_array().unwrap().clone()
    }

    #[test]
    fn a_finding_is_affected_and_says_what_to_do() {
        let statements = statements(&assessment());
        let [statement] = statements.as_slice() else { panic!("{statements:?}") };
        assert_eq!(statement["vulnerability"]["name"], "CVE-2021-3156");
        assert_eq!((&statement["status"], statement["action_statement"].is_string()), (&json!("affected"), true));
        let product = &statement["products"][0];
        assert_eq!(product["@id"], "urn:openinspector:host:web-1");
        assert_eq!(product["subcomponents"][0]["@id"], "pkg:generic/sudo@1.9.5p1-1");
    }

    #[test]
    fn what_could_not_be_told_is_never_not_affected() {
        let mut assessment = assessment();
        let mut note = |rule: &str, outcome: &Outcome| {
            assessment.coverage.record(PackageKey::Cve, rule, "web-1", outcome);
        };
        let reason = Reason::new(ReasonCode::Undetermined, "nobody knows");
        note("CVE-2020-0001", &Outcome::NotAssessed(reason.clone()));
        note("CVE-2020-0002 (npm)", &Outcome::NotApplicable("`own.json` says so".to_owned()));
        note("CVE-2020-0003", &Outcome::Pass);
        note("package:odd", &Outcome::NotAssessed(reason));
        let found = statements(&assessment);
        let found: Vec<_> = found.iter().skip(1).map(|it| (&it["vulnerability"]["name"], &it["status"])).collect();
        assert_eq!(
            found,
            [
                (&json!("CVE-2020-0001"), &json!("under_investigation")),
                (&json!("CVE-2020-0002"), &json!("not_affected")),
                (&json!("CVE-2020-0003"), &json!("not_affected")),
            ]
        );
    }
}
