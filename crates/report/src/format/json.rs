//! `openinspector.scan/1`: the members of the API's Finding, plus fingerprint, proof and packages.

use std::collections::BTreeMap;

use inspector_model::assessment::{Assessment, Subject};
use inspector_model::coverage::{Counts, Row};
use inspector_model::exclusion::Exclusion;
use inspector_model::fingerprint::fingerprint;
use inspector_model::{Attribute, Finding, PackageKey, Proof, Severity, Timestamp};
use serde::Serialize;

use super::{CoverageDetail, Format, Options, Render, RenderError};

pub(super) const FORMAT: Format = Format { id: "json", render: Render::Text(render) };

/// The schema of the document.
pub(crate) const SCAN_SCHEMA: &str = "openinspector.scan/1";

fn render(assessment: &Assessment, options: &Options) -> Result<String, RenderError> {
    FORMAT.json(&document(assessment, options.coverage))
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Document<'a> {
    schema: &'static str,
    started_at: Timestamp,
    completed_at: Timestamp,
    subject: &'a Subject,
    rules_packages: Vec<RulesPackage>,
    findings: Vec<FindingDocument<'a>>,
    exclusions: &'a [Exclusion],
    coverage: BTreeMap<PackageKey, CoverageDocument<'a>>,
}

#[derive(Serialize)]
struct RulesPackage {
    key: PackageKey,
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct CoverageDocument<'a> {
    #[serde(flatten)]
    counts: Counts,
    #[serde(skip_serializing_if = "Option::is_none")]
    rules: Option<&'a [Row]>,
}

/// The API's Finding (AWS API Reference, Inspector 2016-02-16) with what makes it checkable.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct FindingDocument<'a> {
    fingerprint: String,
    schema_version: u32,
    service: &'static str,
    rules_package: PackageKey,
    asset_type: &'static str,
    asset_attributes: AssetAttributes<'a>,
    id: &'a str,
    title: &'a str,
    description: &'a str,
    recommendation: &'a str,
    severity: Severity,
    numeric_severity: f64,
    confidence: u32,
    indicator_of_compromise: bool,
    attributes: &'a [Attribute],
    user_attributes: [Attribute; 0],
    created_at: Timestamp,
    updated_at: Timestamp,
    proof: &'a Proof,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    packages: Vec<AffectedPackage<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct AssetAttributes<'a> {
    schema_version: u32,
    agent_id: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct AffectedPackage<'a> {
    name: &'a str,
    version: &'a str,
    source: &'a str,
    fixed_version: Option<&'a str>,
    status: &'a str,
    advisory: &'a str,
}

fn document(assessment: &Assessment, detail: CoverageDetail) -> Document<'_> {
    let package = |key: &PackageKey| RulesPackage { key: *key, name: key.name(), version: key.version() };
    Document {
        schema: SCAN_SCHEMA,
        started_at: assessment.started_at,
        completed_at: assessment.completed_at,
        subject: &assessment.subject,
        rules_packages: assessment.packages.iter().map(package).collect(),
        findings: assessment.findings.iter().map(|finding| finding_document(finding, assessment)).collect(),
        exclusions: &assessment.exclusions,
        coverage: assessment
            .coverage
            .parts()
            .map(|(key, part)| {
                let rules = (detail == CoverageDetail::Full).then_some(part.rules.as_slice());
                (key, CoverageDocument { counts: part.counts, rules })
            })
            .collect(),
    }
}

fn finding_document<'a>(finding: &'a Finding, assessment: &Assessment) -> FindingDocument<'a> {
    FindingDocument {
        fingerprint: fingerprint(finding),
        schema_version: 1,
        service: "Inspector",
        rules_package: finding.package,
        asset_type: "ec2-instance",
        asset_attributes: AssetAttributes { schema_version: 1, agent_id: &finding.subject },
        id: &finding.rule,
        title: &finding.title,
        description: &finding.description,
        recommendation: &finding.recommendation,
        severity: finding.severity,
        numeric_severity: finding.severity.numeric(),
        confidence: 10,
        indicator_of_compromise: false,
        attributes: &finding.attributes,
        user_attributes: [],
        created_at: assessment.completed_at,
        updated_at: assessment.completed_at,
        proof: &finding.proof,
        packages: finding
            .packages()
            .iter()
            .map(|package| AffectedPackage {
                name: &package.name,
                version: &package.version,
                source: &package.source,
                fixed_version: package.fixed_version.as_deref(),
                status: &package.status,
                advisory: &package.advisory,
            })
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::example::assessment;
    use super::*;

    fn rendered(coverage: CoverageDetail) -> Value {
        serde_json::from_str(&render(&assessment(), &Options { coverage, width: None }).unwrap()).unwrap()
    }

    #[test]
    fn members_are_those_of_the_contract() {
        let document = rendered(CoverageDetail::Summary);
        let members: Vec<_> = document.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(
            members,
            ["completedAt", "coverage", "exclusions", "findings", "rulesPackages", "schema", "startedAt", "subject"]
        );
        assert_eq!(document["startedAt"], "2026-05-20T08:00:00Z");
    }

    #[test]
    fn a_cve_finding_names_its_packages() {
        let finding = &rendered(CoverageDetail::Summary)["findings"][0];
        assert_eq!(finding["numericSeverity"], 9.0);
        assert_eq!(
            finding["packages"],
            json!([{"name": "sudo", "version": "1.9.5p1-1", "source": "sudo", "fixedVersion": "1.9.5p2-1",
                    "status": "resolved", "advisory": "CVE-2021-3156"}])
        );
    }

    #[test]
    fn coverage_has_its_denominator_and_rows_on_request() {
        let coverage = &rendered(CoverageDetail::Summary)["coverage"];
        assert_eq!(coverage["best-practices"], json!({"pass": 1, "fail": 1, "notApplicable": 0, "notAssessed": 0}));
        let rows = &rendered(CoverageDetail::Full)["coverage"]["network-reachability"]["rules"];
        assert_eq!(rows[0]["outcome"], "not_assessed");
    }
}
