//! One line per finding, then one per exclusion, for spreadsheets.

use inspector_model::assessment::Assessment;
use inspector_model::fingerprint::fingerprint;

use super::{Format, Options, Render, RenderError, inert};

pub(super) const FORMAT: Format = Format { id: "csv", render: Render::Text(render) };

const HEADER: [&str; 10] = [
    "kind",
    "severity",
    "rules_package",
    "id",
    "subject",
    "title",
    "description",
    "recommendation",
    "attributes",
    "fingerprint",
];

fn render(assessment: &Assessment, _: &Options) -> Result<String, RenderError> {
    let failed = |source| RenderError { format: FORMAT.id, source };
    let mut writer = csv::Writer::from_writer(Vec::new());
    let mut rows = vec![HEADER.map(str::to_owned)];
    for finding in &assessment.findings {
        let attributes: Vec<_> = finding.attributes.iter().map(|a| format!("{}={}", a.key, a.value)).collect();
        rows.push([
            "finding".into(),
            finding.severity.to_string(),
            finding.package.to_string(),
            finding.rule.clone(),
            finding.subject.clone(),
            finding.title.clone(),
            finding.description.clone(),
            finding.recommendation.clone(),
            attributes.join(";"),
            fingerprint(finding),
        ]);
    }
    for exclusion in &assessment.exclusions {
        rows.push([
            "exclusion".into(),
            String::new(),
            exclusion.package.map(|package| package.to_string()).unwrap_or_default(),
            exclusion.reason.code.as_str().into(),
            exclusion.subject.clone().unwrap_or_default(),
            exclusion.title.clone(),
            exclusion.description.clone(),
            exclusion.recommendation.clone(),
            String::new(),
            String::new(),
        ]);
    }
    for row in &rows {
        writer.write_record(row.iter().map(|cell| formula_proof(cell))).map_err(|error| failed(error.into()))?;
    }
    let bytes = writer.into_inner().map_err(|error| failed(error.to_string().into()))?;
    String::from_utf8(bytes).map_err(|error| failed(error.into()))
}

/// A cell that a spreadsheet does not take for a formula (OWASP, "CSV Injection").
fn formula_proof(cell: &str) -> String {
    let cell = inert(cell);
    if cell.starts_with(['=', '+', '-', '@']) { format!("'{cell}") } else { cell }
}

#[cfg(test)]
mod tests {
    use super::super::example::assessment;
    use super::*;

    #[test]
    fn findings_and_exclusions_are_rows_of_one_table() {
        let text = render(&assessment(), &Options::default()).unwrap();
        let kinds: Vec<_> = text.lines().filter_map(|line| line.split(',').next()).collect();
        assert_eq!(kinds, ["kind", "finding", "finding", "exclusion"]);
    }

    #[test]
    fn a_formula_is_text() {
        assert_eq!(formula_proof("=HYPERLINK(1)"), "'=HYPERLINK(1)");
    }
}
