//! The XCCDF part.

use std::fmt::Write as _;

use super::rule::{Benchmark, Rule, Section};
use super::{OURS, escape};

/// The name under which the checks refer to the OVAL part.
pub(super) const OVAL_FILE: &str = "linux-baseline-oval.xml";

pub(super) fn benchmark(benchmark: &Benchmark, sections: &[Section]) -> String {
    let mut xml = String::new();
    let date = benchmark.timestamp.split('T').next().unwrap_or_default();
    let _infallible = write!(
        xml,
        "<Benchmark xmlns=\"http://checklists.nist.gov/xccdf/1.2\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
         id=\"xccdf_{OURS}_benchmark_linux-baseline\" resolved=\"1\" xml:lang=\"en\" style=\"SCAP_1.3\">\n\
         <status date=\"{date}\">accepted</status>\n<title>{}</title>\n<description>{}</description>\n\
         <notice id=\"license\">Apache-2.0</notice>\n\
         <front-matter>{}</front-matter>\n<rear-matter>{}</rear-matter>\n\
         <reference href=\"https://github.com/openinspector/openinspector\">{}</reference>\n\
         <version time=\"{}\" update=\"https://github.com/openinspector/openinspector\">{}</version>\n\
         <metadata><dc:creator>OpenInspector</dc:creator><dc:publisher>OpenInspector</dc:publisher>\
         <dc:contributor>OpenInspector</dc:contributor>\
         <dc:source>https://github.com/openinspector/openinspector</dc:source></metadata>\n",
        escape(&benchmark.title),
        escape(&benchmark.description),
        escape(&benchmark.description),
        escape(&benchmark.description),
        escape(&benchmark.title),
        benchmark.timestamp,
        benchmark.version,
    );
    for profile in &benchmark.profiles {
        let _infallible = write!(
            xml,
            "<Profile id=\"xccdf_{OURS}_profile_{}\">\n<title>{}</title>\n<description>{}</description>\n",
            profile.id,
            escape(&profile.title),
            escape(&profile.description),
        );
        for rule in sections.iter().flat_map(|section| &section.rules) {
            let selected = rule.level <= profile.level;
            let _infallible = writeln!(xml, "<select idref=\"{}\" selected=\"{selected}\"/>", rule_id(rule));
        }
        xml.push_str("</Profile>\n");
    }
    for section in sections {
        let _infallible = write!(
            xml,
            "<Group id=\"xccdf_{OURS}_group_{}\">\n<title>{}</title>\n<description>{}</description>\n",
            section.name,
            escape(&section.title),
            escape(&section.title)
        );
        section.rules.iter().for_each(|rule| xml.push_str(&one(rule)));
        xml.push_str("</Group>\n");
    }
    xml.push_str("</Benchmark>\n");
    xml
}

fn rule_id(rule: &Rule) -> String {
    format!("xccdf_{OURS}_rule_{}", rule.id)
}

fn one(rule: &Rule) -> String {
    let (title, why, fix) = (escape(&rule.title), escape(&rule.why), escape(&rule.fix));
    format!(
        "<Rule id=\"{}\" severity=\"{}\" selected=\"true\">\n<title>{title}</title>\n\
         <description>{title}.</description>\n<rationale>{why}</rationale>\n<fixtext>{fix}</fixtext>\n\
         <check system=\"http://oval.mitre.org/XMLSchema/oval-definitions-5\">\
         <check-content-ref href=\"{OVAL_FILE}\" name=\"oval:{OURS}:def:{}\"/></check>\n</Rule>\n",
        rule_id(rule),
        rule.severity,
        rule.number
    )
}
