//! An XCCDF 1.2 `TestResult` (NIST IR 7275 revision 4, 6.6) in its benchmark.

use super::super::xccdf::NAMESPACE;
use super::super::xccdf::evaluate::{RuleResult, Verdict};
use super::super::xccdf::model::{Check, CheckNode, ComplexCheck, Item, Node, Rule, Value};
use super::write::Writer;
use super::{Record, TailoringFile};
use crate::oval::evidence::Evidence;

/// So many things that were found are told of one rule.
const TOLD: usize = 20;

pub(super) fn document(record: &Record<'_>) -> String {
    let benchmark = record.job.benchmark();
    let mut writer = Writer::new();
    writer.open("Benchmark", &[("xmlns", NAMESPACE), ("id", &benchmark.id), ("resolved", "1"), ("xml:lang", "en")]);
    let status = if benchmark.status.is_empty() { "incomplete" } else { &benchmark.status };
    writer.text("status", &[], status);
    writer.text("title", &[], &benchmark.title);
    writer.text("version", &[], &benchmark.version);
    for score in &record.report.scores {
        writer.empty("model", &[("system", score.system)]);
    }
    profile(record, &mut writer);
    for (id, one) in &benchmark.values {
        value(id, one, &mut writer);
    }
    benchmark.items.iter().for_each(|one| item(record, one, &mut writer));
    test_result(record, &[], &mut writer);
    writer.finish() + "\n"
}

/// The profile with what it selects, whatever it says and extends to come to that.
fn profile(record: &Record<'_>, writer: &mut Writer) {
    let selection = record.job.selection();
    let Some(id) = &selection.profile else { return };
    writer.open("Profile", &[("id", id)]);
    writer.text("title", &[], &selection.title);
    let mut waiting: Vec<&Item> = record.job.benchmark().items.iter().rev().collect();
    while let Some(item) = waiting.pop() {
        let node = item.node();
        let selected = selection.has(&node.id);
        if selected != node.selected {
            writer.empty("select", &[("idref", &node.id), ("selected", flag(selected))]);
        }
        if let Item::Group(group) = item {
            waiting.extend(group.items.iter().rev());
        }
    }
    writer.close();
}

fn value(id: &str, value: &Value, writer: &mut Writer) {
    let kind = if value.kind.is_empty() { "string" } else { &value.kind };
    let operator = if value.operator.is_empty() { "equals" } else { &value.operator };
    writer.open("Value", &[("id", id), ("type", kind), ("operator", operator)]);
    writer.text("title", &[], &value.title);
    for (selector, texts) in &value.choices {
        let selector: &[(&'static str, &str)] = if selector.is_empty() { &[] } else { &[("selector", selector)] };
        match texts.as_slice() {
            [text] => writer.text("value", selector, text),
            several => {
                writer.open("complex-value", selector);
                several.iter().for_each(|text| writer.text("item", &[], text));
                writer.close();
            }
        }
    }
    if value.choices.is_empty() {
        writer.text("value", &[], "");
    }
    writer.close();
}

fn item(record: &Record<'_>, item: &Item, writer: &mut Writer) {
    match item {
        Item::Group(group) => {
            writer.open("Group", &attributes(&group.node));
            writer.text("title", &[], &group.node.title);
            group.items.iter().for_each(|inner| self::item(record, inner, writer));
            writer.close();
        }
        Item::Rule(rule) => {
            let mut attributes = attributes(&rule.node);
            attributes.extend(rule.severity.as_deref().map(|severity| ("severity", severity)));
            attributes.extend(rule.role.as_deref().map(|role| ("role", role)));
            writer.open("Rule", &attributes);
            writer.text("title", &[], &rule.node.title);
            idents(rule, writer);
            checks(record, rule, writer);
            writer.close();
        }
    }
}

fn attributes(node: &Node) -> Vec<(&'static str, &str)> {
    let mut attributes = vec![("id", node.id.as_str()), ("selected", flag(node.selected))];
    attributes.extend(node.weight.as_deref().map(|weight| ("weight", weight)));
    attributes
}

fn idents(rule: &Rule, writer: &mut Writer) {
    rule.idents.iter().for_each(|(system, text)| writer.text("ident", &[("system", system)], text));
}

/// The check that counts: what its result is of.
fn checks(record: &Record<'_>, rule: &Rule, writer: &mut Writer) {
    if let Some(complex) = &rule.complex {
        complex_check(complex, writer);
    } else if let Some(one) = record.job.check_of(rule) {
        check(one, writer);
    }
}

fn complex_check(complex: &ComplexCheck, writer: &mut Writer) {
    let operator = if complex.all { "AND" } else { "OR" };
    writer.open("complex-check", &[("operator", operator), ("negate", flag(complex.negate))]);
    for node in &complex.inner {
        match node {
            CheckNode::Check(one) => check(one, writer),
            CheckNode::Complex(inner) => complex_check(inner, writer),
        }
    }
    writer.close();
}

fn check(check: &Check, writer: &mut Writer) {
    let mut attributes = vec![("system", check.system.as_str()), ("negate", flag(check.negate))];
    if !check.selector.is_empty() {
        attributes.push(("selector", &check.selector));
    }
    if check.multi {
        attributes.push(("multi-check", "true"));
    }
    writer.open("check", &attributes);
    for (value, name) in &check.exports {
        writer.empty("check-export", &[("value-id", value), ("export-name", name)]);
    }
    for (href, name) in &check.contents {
        let mut attributes = vec![("href", href.as_str())];
        attributes.extend(name.as_deref().map(|name| ("name", name)));
        writer.empty("check-content-ref", &attributes);
    }
    writer.close();
}

/// The `TestResult` alone, with further attributes for where it is the root of a document.
pub(super) fn test_result(record: &Record<'_>, further: &[(&'static str, &str)], writer: &mut Writer) {
    let (job, product) = (record.job, record.product());
    let benchmark = job.benchmark();
    let id = format!("xccdf_org.openinspector_testresult_{}", name_of(&benchmark.id));
    let mut attributes = further.to_vec();
    attributes.extend([("id", id.as_str()), ("start-time", record.started), ("end-time", record.completed)]);
    attributes.extend([("test-system", product.as_str()), ("version", benchmark.version.as_str())]);
    writer.open("TestResult", &attributes);
    writer.empty("benchmark", &[("href", record.content), ("id", &benchmark.id)]);
    if let Some(TailoringFile { href, id, version, time }) = record.tailoring {
        writer.empty("tailoring-file", &[("href", href), ("id", id), ("version", version), ("time", time)]);
    }
    writer.text("title", &[], "OpenInspector");
    if let Some(profile) = &job.selection().profile {
        writer.empty("profile", &[("idref", profile)]);
    }
    writer.text("target", &[], record.host.name);
    writer.open("target-facts", &[]);
    for (name, fact) in [("os-name", record.host.os_name), ("os-version", record.host.os_version)] {
        let name = format!("urn:openinspector:fact:{name}");
        writer.text("fact", &[("name", &name), ("type", "string")], fact);
    }
    writer.close();
    for (id, texts) in &job.selection().values {
        match texts.as_slice() {
            [text] => writer.text("set-value", &[("idref", id)], text),
            several => {
                writer.open("set-complex-value", &[("idref", id)]);
                several.iter().for_each(|text| writer.text("item", &[], text));
                writer.close();
            }
        }
    }
    let rules: std::collections::BTreeMap<&str, &Rule> =
        benchmark.rules().into_iter().map(|(rule, _)| (rule.node.id.as_str(), rule)).collect();
    for result in &record.report.results {
        rule_result(record, result, rules.get(result.rule.as_str()).copied(), writer);
    }
    for score in &record.report.scores {
        let (reached, maximum) = (score.score.to_string(), score.maximum.to_string());
        writer.text("score", &[("system", score.system), ("maximum", &maximum)], &reached);
    }
    writer.close();
}

fn rule_result(record: &Record<'_>, result: &RuleResult, rule: Option<&Rule>, writer: &mut Writer) {
    let weight = result.weight.to_string();
    let attributes = [
        ("idref", result.rule.as_str()),
        ("role", &result.role),
        ("severity", &result.severity),
        ("time", record.completed),
        ("weight", &weight),
    ];
    writer.open("rule-result", &attributes);
    writer.text("result", &[], result.verdict.as_str());
    if let Some(rule) = rule.filter(|_| result.verdict != Verdict::NotSelected) {
        idents(rule, writer);
    }
    for reason in &result.reasons {
        writer.text("message", &[("severity", "info")], reason);
    }
    for evidence in result.evidence.iter().take(TOLD) {
        writer.text("message", &[("severity", "info")], &told(evidence));
    }
    if let Some(rule) = rule {
        checks(record, rule, writer);
    }
    writer.close();
}

/// One thing that was found, in a sentence.
fn told(Evidence { claim, at, line, found, wanted }: &Evidence) -> String {
    let line = line.map(|line| format!(":{line}")).unwrap_or_default();
    let found = found.as_deref().map_or("nothing was found".to_owned(), |found| format!("found `{found}`"));
    format!("{claim}: `{at}{line}`: {found}, wanted: {wanted}")
}

fn flag(value: bool) -> &'static str {
    if value { "true" } else { "false" }
}

/// The last part of an id of the form `xccdf_<namespace>_<kind>_<name>`.
fn name_of(id: &str) -> &str {
    id.splitn(4, '_').nth(3).unwrap_or(id)
}
