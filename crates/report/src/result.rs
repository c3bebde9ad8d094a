//! A result as `inspector scan --format json` prints it, read back.

use std::collections::BTreeMap;

use inspector_model::assessment::Subject;
use inspector_model::coverage::{Counts, Row};
use inspector_model::exclusion::Exclusion;
use inspector_model::{Attribute, Finding, PackageKey, Proof, Severity};
use serde::Deserialize;

/// The result of one scan.
#[derive(Debug, Clone, PartialEq)]
pub struct ScanResult {
    /// What was assessed.
    pub subject: Subject,
    /// Each with the fingerprint that it came with.
    pub findings: Vec<(String, Finding)>,
    /// What could not be checked.
    pub exclusions: Vec<Exclusion>,
    /// What was looked at, by rules package.
    pub coverage: BTreeMap<PackageKey, PackageCoverage>,
}

/// What was looked at of one rules package.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct PackageCoverage {
    /// How much.
    #[serde(flatten)]
    pub counts: Counts,
    /// Each rule and subject, where the scan was asked for them.
    #[serde(default)]
    pub rules: Option<Vec<Row>>,
}

/// A text that is no result.
#[derive(Debug, thiserror::Error)]
pub enum NotAResult {
    /// No JSON, or JSON of another shape.
    #[error("not what `inspector scan --format json` prints: {0}")]
    Shape(#[from] serde_json::Error),
    /// Another schema.
    #[error("it has the schema `{0}`, not `openinspector.scan/1`")]
    Schema(String),
}

#[derive(Deserialize)]
struct Document {
    schema: String,
    subject: Subject,
    findings: Vec<FindingDocument>,
    #[serde(default)]
    exclusions: Vec<Exclusion>,
    coverage: BTreeMap<PackageKey, PackageCoverage>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct FindingDocument {
    fingerprint: String,
    rules_package: PackageKey,
    asset_attributes: AssetAttributes,
    id: String,
    title: String,
    description: String,
    recommendation: String,
    severity: Severity,
    attributes: Vec<Attribute>,
    proof: Proof,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct AssetAttributes {
    agent_id: String,
}

/// Reads a result.
///
/// # Errors
///
/// The text is none.
pub fn read(text: &str) -> Result<ScanResult, NotAResult> {
    let document: Document = serde_json::from_str(text)?;
    if document.schema != super::format::SCAN_SCHEMA {
        return Err(NotAResult::Schema(document.schema));
    }
    let finding = |finding: FindingDocument| {
        let rebuilt = Finding {
            package: finding.rules_package,
            rule: finding.id,
            subject: finding.asset_attributes.agent_id,
            severity: finding.severity,
            title: finding.title,
            description: finding.description,
            recommendation: finding.recommendation,
            attributes: finding.attributes,
            proof: finding.proof,
        };
        (finding.fingerprint, rebuilt)
    };
    Ok(ScanResult {
        subject: document.subject,
        findings: document.findings.into_iter().map(finding).collect(),
        exclusions: document.exclusions,
        coverage: document.coverage,
    })
}

#[cfg(test)]
mod tests {
    use inspector_model::fingerprint::fingerprint;

    use super::*;
    use crate::format::example::assessment;
    use crate::{Format, Options};

    #[test]
    fn what_was_written_is_read_back() {
        let assessment = assessment();
        let json = Format::find("json").unwrap();
        let written = String::from_utf8(json.write(&assessment, &Options::default()).unwrap()).unwrap();
        let read = read(&written).unwrap();
        assert_eq!(read.subject, assessment.subject);
        let findings: Vec<_> = assessment.findings.iter().map(|f| (fingerprint(f), f.clone())).collect();
        assert_eq!(read.findings, findings);
        assert_eq!(read.exclusions, assessment.exclusions);
        assert!(assessment.coverage.parts().all(|(key, part)| read.coverage[&key].counts == part.counts));
    }

    #[test]
    fn another_document_is_refused_by_what_is_wrong_with_it() {
        assert!(read("{}").unwrap_err().to_string().contains("missing field"));
        let other = r#"{"schema": "x/1", "subject": {"kind": "network", "id": "s", "instances": 0}, "findings": [],
            "coverage": {}}"#;
        let error = read(other).unwrap_err().to_string();
        assert!(error.contains("`x/1`"), "{error}");
    }
}
