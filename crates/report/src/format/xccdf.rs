//! An XCCDF 1.2 `TestResult` (NIST IR 7275 revision 4, 6.6.4): the rules of a benchmark and their results, for programs
//! that read those.

use inspector_model::assessment::{Assessment, Subject};
use inspector_model::coverage::{OutcomeWord, Row};
use inspector_model::{PackageKey, Timestamp};

use super::{Format, Options, RenderError};

pub(super) const FORMAT: Format = Format { id: "xccdf", render };

const NAMESPACE: &str = "http://checklists.nist.gov/xccdf/1.2";

/// An assessment that asked no benchmark has no such result.
#[derive(Debug, thiserror::Error)]
#[error("the assessment held no host against a benchmark: use --package cis --benchmark FILE")]
struct NoBenchmark;

fn render(assessment: &Assessment, _: &Options) -> Result<String, RenderError> {
    let rows = assessment.coverage.parts().find(|(key, _)| *key == PackageKey::Cis).map(|(_, part)| &part.rules);
    match rows.filter(|rows| rows.iter().any(|row| row.result.is_some())) {
        Some(rows) => Ok(document(assessment, rows)),
        None => Err(RenderError { format: FORMAT.id, source: Box::new(NoBenchmark) }),
    }
}

fn document(assessment: &Assessment, rows: &[Row]) -> String {
    let (start, end) = (time(assessment.started_at), time(assessment.completed_at));
    let benchmark = benchmark(assessment);
    let id = format!("xccdf_org.openinspector_testresult_{}", word(benchmark.unwrap_or("benchmark")));
    let mut text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<TestResult xmlns=\"{NAMESPACE}\" id=\"{id}\" \
         start-time=\"{start}\" end-time=\"{end}\" test-system=\"cpe:/a:openinspector:inspector\">\n"
    );
    let mut line = |content: String| text.extend(["  ", &content, "\n"]);
    if let Some(benchmark) = benchmark {
        let benchmark = escape(benchmark);
        line(format!("<benchmark href=\"{benchmark}\" id=\"{benchmark}\"/>"));
    }
    line("<title>OpenInspector</title>".to_owned());
    let target = match &assessment.subject {
        Subject::Host { id, .. } | Subject::Network { id, .. } | Subject::Run { id, .. } => escape(id),
    };
    line(format!("<target>{target}</target>"));
    for row in rows {
        line(rule_result(row));
    }
    let counting: Vec<&str> = rows.iter().map(result).filter(|word| COUNTING.contains(word)).collect();
    let passed = counting.iter().filter(|word| **word == "pass").count();
    let (maximum, system) = (counting.len(), "urn:xccdf:scoring:flat-unweighted");
    line(format!("<score system=\"{system}\" maximum=\"{maximum}\">{passed}</score>"));
    text + "</TestResult>\n"
}

/// The results that a score counts.
const COUNTING: [&str; 4] = ["pass", "fail", "error", "unknown"];

/// The benchmark's id, as its findings name it.
fn benchmark(assessment: &Assessment) -> Option<&str> {
    let of_package = assessment.findings.iter().filter(|finding| finding.package == PackageKey::Cis);
    of_package.into_iter().find_map(|finding| finding.attribute("BENCHMARK_ID"))
}

fn result(row: &Row) -> &str {
    let of_outcome = match row.outcome {
        OutcomeWord::Pass => "pass",
        OutcomeWord::Fail => "fail",
        OutcomeWord::NotApplicable => "notapplicable",
        OutcomeWord::NotAssessed => "unknown",
    };
    row.result.as_deref().unwrap_or(of_outcome)
}

fn rule_result(row: &Row) -> String {
    let message = row.reason.as_deref().map(|why| format!("<message severity=\"info\">{}</message>", escape(why)));
    let (rule, result, message) = (escape(&row.rule), escape(result(row)), message.unwrap_or_default());
    format!("<rule-result idref=\"{rule}\"><result>{result}</result>{message}</rule-result>")
}

/// `xsd:dateTime`.
fn time(moment: Timestamp) -> String {
    moment.to_string()
}

/// Text as XML may hold it: markup escaped, characters that it does not know replaced.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\t' | '\n' => escaped.push(c),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => escaped.push('\u{fffd}'),
            c => escaped.push(c),
        }
    }
    escaped
}

/// Text as a part of an id.
fn word(text: &str) -> String {
    text.chars().map(|c| if c.is_ascii_alphanumeric() || "-.".contains(c) { c } else { '_' }).collect()
}

#[cfg(test)]
mod tests {
    use inspector_model::{Outcome, Reason, ReasonCode};

    use super::super::example::assessment;
    use super::*;

    #[test]
    fn rules_and_results_stand_in_the_order_of_the_schema() {
        let mut assessment = assessment();
        let cis = PackageKey::Cis;
        let unknown = Outcome::NotAssessed(Reason::new(ReasonCode::Unreadable, "`<a>` & \u{1b}"));
        assessment.coverage.record_result(cis, "xccdf_a_rule_b", "i-1", &unknown, Some("unknown"));
        assessment.coverage.record_result(cis, "xccdf_a_rule_c", "i-1", &Outcome::Pass, Some("pass"));
        let text = render(&assessment, &Options::default()).unwrap();
        for part in [
            "<rule-result idref=\"xccdf_a_rule_b\"><result>unknown</result><message severity=\"info\">unreadable: \
             `&lt;a&gt;` &amp; \u{fffd}</message></rule-result>",
            "<result>pass</result>",
            "<score system=\"urn:xccdf:scoring:flat-unweighted\" maximum=\"2\">1</score>",
        ] {
            assert!(text.contains(part), "{text}");
        }
    }

    #[test]
    fn an_assessment_without_a_benchmark_has_no_such_result() {
        assert!(render(&assessment(), &Options::default()).is_err());
    }
}
