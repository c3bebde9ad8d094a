//! For a terminal: findings worst first, then what could not be assessed, then the ledger.

use std::collections::BTreeMap;

use comfy_table::{ContentArrangement, LineStyle, Table, TableStyle};
use inspector_model::assessment::Assessment;
use inspector_model::{Finding, Severity};

use super::{Format, Options, Render, RenderError, inert};

pub(super) const FORMAT: Format = Format { id: "table", render: Render::Text(render) };

/// A line under the header and nothing else, so that a long table stays readable and greppable.
const STYLE: TableStyle = TableStyle::new().header_separator(LineStyle::none().fill('─').junction('─'));

fn render(assessment: &Assessment, options: &Options) -> Result<String, RenderError> {
    let parts = [findings(assessment, options), exclusions(assessment, options), coverage(assessment, options)];
    Ok(parts.concat())
}

fn table(header: &[&str], options: &Options) -> Table {
    let mut table = Table::new();
    table.load_style(STYLE).set_content_arrangement(ContentArrangement::Dynamic).set_header(header);
    table.set_width(options.width.unwrap_or(160));
    table
}

fn findings(assessment: &Assessment, options: &Options) -> String {
    if assessment.findings.is_empty() {
        let clean = assessment.coverage.complete();
        let verdict =
            if clean { "No potential security issues found" } else { "No findings, but not everything was assessed" };
        return format!("{verdict}\n");
    }
    let mut table = table(&["Severity", "Rules package", "Instance", "Rule", "Finding"], options);
    for finding in &assessment.findings {
        table.add_row([
            finding.severity.to_string(),
            finding.package.to_string(),
            inert(&finding.subject),
            inert(&finding.rule),
            inert(&short_title(finding)),
        ]);
    }
    format!("{table}\n{}\n", totals(assessment))
}

/// The title, or for a CVE, where the title repeats the row, the packages.
fn short_title(finding: &Finding) -> String {
    let packages: Vec<_> = finding
        .packages()
        .iter()
        .map(|p| match &p.fixed_version {
            Some(fixed) => format!("{} {} (fixed in {fixed})", p.name, p.version),
            None => format!("{} {} (no fix yet)", p.name, p.version),
        })
        .collect();
    if packages.is_empty() { finding.title.clone() } else { packages.join(", ") }
}

fn totals(assessment: &Assessment) -> String {
    let count = |severity: Severity| assessment.findings.iter().filter(|finding| finding.severity == severity).count();
    let words: Vec<_> =
        Severity::WORST_FIRST.iter().map(|severity| format!("{severity} {}", count(*severity))).collect();
    format!("{} findings: {}", assessment.findings.len(), words.join(", "))
}

fn exclusions(assessment: &Assessment, options: &Options) -> String {
    if assessment.exclusions.is_empty() {
        return String::new();
    }
    // The same cause on many hosts is one line.
    let mut causes: BTreeMap<_, Vec<&str>> = BTreeMap::new();
    for exclusion in &assessment.exclusions {
        let cause = (exclusion.package, &exclusion.title, &exclusion.description, &exclusion.recommendation);
        causes.entry(cause).or_default().extend(exclusion.subject.as_deref());
    }
    let mut table = table(&["Not assessed", "Rules package", "Instances", "What and why", "What to do"], options);
    for ((package, title, description, recommendation), subjects) in causes {
        table.add_row([
            title.clone(),
            package.map(|package| package.to_string()).unwrap_or_default(),
            inert(&enumeration(&subjects)),
            inert(description),
            recommendation.clone(),
        ]);
    }
    format!("\n{table}\n")
}

/// The first few of many.
fn enumeration(subjects: &[&str]) -> String {
    match subjects {
        [] => "all".to_owned(),
        [first, second, third, rest @ ..] if !rest.is_empty() => {
            format!("{first}, {second}, {third} and {} more", rest.len())
        }
        few => few.join(", "),
    }
}

fn coverage(assessment: &Assessment, options: &Options) -> String {
    let mut table = table(&["Coverage", "Pass", "Fail", "Not applicable", "Not assessed"], options);
    for (package, part) in assessment.coverage.parts() {
        let counts = part.counts;
        let numbers = [counts.pass, counts.fail, counts.not_applicable, counts.not_assessed].map(|n| n.to_string());
        table.add_row(std::iter::once(package.to_string()).chain(numbers));
    }
    format!("\n{table}\n")
}

#[cfg(test)]
mod tests {
    use inspector_model::{Outcome, PackageKey};

    use inspector_model::exclusion::Exclusion;

    use super::super::example::assessment;
    use super::*;

    fn rendered(assessment: &Assessment) -> String {
        render(assessment, &Options::default()).unwrap()
    }

    #[test]
    fn findings_come_with_totals_exclusions_and_coverage() {
        let text = rendered(&assessment());
        for part in
            ["sudo 1.9.5p1-1 (fixed in 1.9.5p2-1)", "2 findings: High 1, Medium 1, Low 0", "in no imported", "Coverage"]
        {
            assert!(text.contains(part), "{part} is missing in\n{text}");
        }
    }

    #[test]
    fn one_cause_on_many_hosts_is_one_line() {
        let mut assessment = assessment();
        let first = assessment.exclusions[0].clone();
        let more = (2..=5).map(|n| Exclusion { subject: Some(format!("web-{n}")), ..first.clone() });
        assessment.exclusions.extend(more);
        let text = rendered(&assessment);
        assert!(text.contains("and 2 more"), "{text}");
        assert_eq!(text.matches("Import a snapshot.").count(), 1, "{text}");
    }

    #[test]
    fn nothing_found_is_clean_only_when_everything_was_assessed() {
        let mut assessment = assessment();
        assessment.findings.clear();
        assert!(rendered(&assessment).starts_with("No findings, but not everything was assessed"));
        assessment.coverage = Default::default();
        assert!(rendered(&assessment).starts_with("No findings, but not everything was assessed"), "nobody has looked");
        assessment.coverage.record(PackageKey::Cve, "CVE-2021-3156", "web-1", &Outcome::Pass);
        assert!(rendered(&assessment).starts_with("No potential security issues found"));
    }
}
