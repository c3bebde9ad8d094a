//! `report`: the findings report of 1,000 instances with 20 findings each, as HTML and as PDF. Run with `cargo bench -p
//! inspector-report`; the goals are 5 and 30 seconds, and memory that does not grow with the pages.
#![expect(clippy::unwrap_used, reason = "a benchmark may stop where it fails")]
#![expect(clippy::print_stdout, reason = "it prints its figures")]
#![expect(clippy::disallowed_methods, reason = "it measures time and memory")]

use std::time::Instant;

use inspector_model::Outcome;
use inspector_report::ReportKind;
use inspector_report::format::{html, pdf};

#[allow(dead_code, reason = "the tests use the rest of the sample")]
#[path = "../tests/sample/mod.rs"]
mod sample;

const INSTANCES: usize = 1_000;
const FINDINGS: usize = 20;

fn main() {
    let (meta, mut assessment) = (sample::meta(ReportKind::Full), sample::assessment());
    let pattern = std::mem::take(&mut assessment.findings);
    for (at, one) in pattern.iter().cycle().enumerate().take(INSTANCES * FINDINGS) {
        let mut finding = one.clone();
        finding.subject = format!("i-{:017x}", at / FINDINGS);
        // As many rules as a fleet of a few systems has CVEs.
        finding.rule = format!("{} ({})", finding.rule, at % (FINDINGS * 20));
        assessment.coverage.record(
            finding.package,
            &finding.rule,
            &finding.subject,
            &Outcome::Fail(finding.proof.clone()),
        );
        assessment.findings.push(finding);
    }
    println!("{INSTANCES} instances, {} findings; {} MB held by the assessment", assessment.findings.len(), peak());
    let started = Instant::now();
    let mut page = Vec::new();
    html::write(&assessment, &meta, &mut page).unwrap();
    println!("html  {:6.2} s  {:6} kB  peak {} MB", started.elapsed().as_secs_f64(), page.len() / 1024, peak());
    drop(page);
    let started = Instant::now();
    let file = pdf::write(&assessment, &meta).unwrap();
    println!("pdf   {:6.2} s  {:6} kB  peak {} MB", started.elapsed().as_secs_f64(), file.len() / 1024, peak());
    if let Some(path) = std::env::var_os("REPORT_PDF") {
        std::fs::write(path, file).unwrap();
    }
}

/// The most memory that this process ever held, in MB.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    line.trim().trim_end_matches(" kB").parse().unwrap_or(0) / 1024
}
