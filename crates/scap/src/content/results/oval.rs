//! OVAL 5.11.1 results with the system characteristics that they rest on.

use std::collections::BTreeMap;

use super::Record;
use super::write::Writer;
use crate::oval::evaluate::Evaluator;
use crate::oval::gather::Collection;
use crate::oval::item::{Item, Status};
use crate::oval::kind::Kind;
use crate::oval::model::{Claim, Criteria, Document};
use crate::oval::plan::{self, Plan};
use crate::oval::truth::Truth;
use crate::oval::value::{Datatype, Value};

const RESULTS: &str = "http://oval.mitre.org/XMLSchema/oval-results-5";
const COMMON: &str = "http://oval.mitre.org/XMLSchema/oval-common-5";
const CHARACTERISTICS: &str = "http://oval.mitre.org/XMLSchema/oval-system-characteristics-5";

/// No value of an item is told at more length.
const VALUE: usize = 4096;

pub(super) fn document(record: &Record<'_>) -> String {
    let mut writer = Writer::new();
    results(record, &mut writer);
    writer.finish() + "\n"
}

/// The `oval_results` element.
pub(super) fn results(record: &Record<'_>, writer: &mut Writer) {
    let attributes = [
        ("xmlns", RESULTS),
        ("xmlns:oval", COMMON),
        ("xmlns:sc", CHARACTERISTICS),
        ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
    ];
    writer.open("oval_results", &attributes);
    generator(record, writer);
    writer.open("directives", &[("include_source_definitions", "false")]);
    for truth in ["true", "false", "unknown", "error", "not_evaluated", "not_applicable"] {
        let content = if truth == "not_evaluated" { "thin" } else { "full" };
        writer.empty(&format!("definition_{truth}"), &[("reported", "true"), ("content", content)]);
    }
    writer.close();
    writer.open("results", &[]);
    let plans = record.job.plans();
    let nothing = Collection::default();
    for (number, plan) in plans.iter().enumerate() {
        let collection = record.collections.get(number).unwrap_or(&nothing);
        if let Some((document, definitions)) = record.job.asked(number) {
            let evaluator = Evaluator::new(document, &plan.external, collection);
            System { record, document, plan, collection, evaluator }.write(definitions, writer);
        }
    }
    writer.close();
    writer.close();
}

fn generator(record: &Record<'_>, writer: &mut Writer) {
    writer.open("generator", &[]);
    writer.text("oval:product_name", &[], &record.product());
    writer.text("oval:product_version", &[], record.version);
    writer.text("oval:schema_version", &[], "5.11.1");
    writer.text("oval:timestamp", &[], record.completed);
    writer.close();
}

/// One document with one set of values on one host.
struct System<'r> {
    record: &'r Record<'r>,
    document: &'r Document,
    plan: &'r Plan,
    collection: &'r Collection,
    evaluator: Evaluator<'r>,
}

impl<'r> System<'r> {
    fn write(mut self, asked: Vec<&'r str>, writer: &mut Writer) {
        writer.open("system", &[]);
        let (definitions, tests) = plan::closure(self.document, asked);
        if !definitions.is_empty() {
            writer.open("definitions", &[]);
            definitions.iter().for_each(|id| self.definition(id, writer));
            writer.close();
        }
        let tests: Vec<&str> = tests.into_iter().filter(|id| self.document.tests.contains_key(*id)).collect();
        if !tests.is_empty() {
            writer.open("tests", &[]);
            tests.into_iter().for_each(|id| self.test(id, writer));
            writer.close();
        }
        self.characteristics(writer);
        writer.close();
    }

    fn definition(&mut self, id: &str, writer: &mut Writer) {
        let Some(definition) = self.document.definitions.get(id) else { return };
        let truth = self.evaluator.definition(id);
        let attributes = [
            ("definition_id", id),
            ("version", &definition.version),
            ("class", definition.class.as_str()),
            ("result", truth.as_str()),
        ];
        match definition.criteria.as_ref().filter(|_| truth != Truth::NotEvaluated) {
            Some(criteria) => {
                writer.open("definition", &attributes);
                self.root(criteria, writer);
                writer.close();
            }
            None => writer.empty("definition", &attributes),
        }
    }

    /// The schema has `criteria` at the top, and so has the content that it takes.
    fn root(&mut self, node: &'r Criteria, writer: &mut Writer) {
        if let Claim::Several { .. } = node.claim {
            self.criteria(node, writer);
        }
    }

    fn criteria(&mut self, node: &'r Criteria, writer: &mut Writer) {
        let result = self.evaluator.criteria(node).as_str();
        let mut attributes: Vec<(&'static str, &str)> = Vec::new();
        if node.applicability_check {
            attributes.push(("applicability_check", "true"));
        }
        let last = [("negate", if node.negate { "true" } else { "false" }), ("result", result)];
        match &node.claim {
            Claim::Several { operator, criteria } => {
                attributes.push(("operator", operator.as_str()));
                attributes.extend(last);
                writer.open("criteria", &attributes);
                criteria.iter().for_each(|inner| self.criteria(inner, writer));
                writer.close();
            }
            // What refers to nothing has no result that could be shown; the error is the parent's.
            Claim::Test(id) => {
                let Some(test) = self.document.tests.get(id) else { return };
                attributes.extend([("test_ref", id.as_str()), ("version", &test.version)]);
                attributes.extend(last);
                writer.empty("criterion", &attributes);
            }
            Claim::Definition(id) => {
                let Some(definition) = self.document.definitions.get(id) else { return };
                attributes.extend([("definition_ref", id.as_str()), ("version", &definition.version)]);
                attributes.extend(last);
                writer.empty("extend_definition", &attributes);
            }
        }
    }

    fn test(&mut self, id: &str, writer: &mut Writer) {
        let Some(test) = self.document.tests.get(id) else { return };
        let result = self.evaluator.test(id);
        let attributes = [
            ("test_id", id),
            ("version", &test.version),
            ("check_existence", test.check_existence.as_str()),
            ("check", test.check.as_str()),
            ("state_operator", test.state_operator.as_str()),
            ("result", result.truth.as_str()),
        ];
        if result.why.is_none() && result.tested.is_empty() {
            return writer.empty("test", &attributes);
        }
        writer.open("test", &attributes);
        if let Some(why) = &result.why {
            writer.text("message", &[("level", "info")], why);
        }
        for (place, truth) in &result.tested {
            writer.empty("tested_item", &[("item_id", &item_id(*place)), ("result", truth.as_str())]);
        }
        writer.close();
    }

    fn characteristics(&self, writer: &mut Writer) {
        writer.open("oval_system_characteristics", &[("xmlns", CHARACTERISTICS)]);
        generator(self.record, writer);
        writer.open("system_info", &[]);
        let host = self.record.host;
        writer.text("os_name", &[], host.os_name);
        writer.text("os_version", &[], host.os_version);
        writer.text("architecture", &[], host.architecture);
        writer.text("primary_host_name", &[], host.name);
        writer.empty("interfaces", &[]);
        writer.close();
        self.collected(writer);
        let items: BTreeMap<usize, &Item> = self.collection.items.iter().enumerate().collect();
        let known = items.into_iter().filter_map(|(place, item)| Some((place, item, Kind::find(&item.kind)?)));
        let mut known = known.peekable();
        if known.peek().is_some() {
            writer.open("system_data", &[]);
            known.for_each(|(place, item, kind)| write_item(place, item, kind, writer));
            writer.close();
        }
        writer.close();
    }

    fn collected(&self, writer: &mut Writer) {
        if self.collection.objects.is_empty() {
            return;
        }
        writer.open("collected_objects", &[]);
        for (id, collected) in &self.collection.objects {
            let version = self.plan.parts.objects.get(id).map_or("1", |object| object.version.as_str());
            let attributes = [("id", id.as_str()), ("version", version), ("flag", collected.flag.as_str())];
            if collected.items.is_empty() && collected.messages.is_empty() {
                writer.empty("object", &attributes);
                continue;
            }
            writer.open("object", &attributes);
            collected.messages.iter().for_each(|why| writer.text("message", &[("level", "info")], why));
            let places = collected.items.iter().filter(|place| **place < self.collection.items.len());
            places.for_each(|place| writer.empty("reference", &[("item_ref", &item_id(*place))]));
            writer.close();
        }
        writer.close();
    }
}

/// Ids of items are numbers; they begin with one.
fn item_id(place: usize) -> String {
    (place + 1).to_string()
}

/// An item with its entities in the order of the schema.
fn write_item(place: usize, item: &Item, kind: &Kind, writer: &mut Writer) {
    let (name, namespace) = (kind.item_name(), format!("{CHARACTERISTICS}#{}", kind.family.as_str()));
    let (id, status) = (item_id(place), item.status.as_str());
    writer.open(&name, &[("xmlns", &namespace), ("id", &id), ("status", status)]);
    for (name, datatype) in kind.item {
        for entity in item.all(name) {
            let mut attributes = Vec::new();
            if *datatype != Datatype::String {
                attributes.push(("datatype", datatype.as_str()));
            }
            if entity.status != Status::Exists {
                attributes.push(("status", entity.status.as_str()));
                writer.empty(name, &attributes);
                continue;
            }
            match &entity.value {
                Value::Record(fields) => {
                    writer.open(name, &[("datatype", "record")]);
                    for (name, text) in fields {
                        writer.text("field", &[("name", name)], text);
                    }
                    writer.close();
                }
                value @ (Value::Bool(_) | Value::Int(_) | Value::Text(_)) => {
                    let text: String = value.text().chars().take(VALUE).collect();
                    writer.text(name, &attributes, &text);
                }
            }
        }
    }
    writer.close();
}
