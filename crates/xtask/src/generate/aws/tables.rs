//! The tables in Rust: static data that `crates/aws` walks to write requests and to read answers.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use anyhow::{Context, Result, ensure};

use super::calls::{Call, Calls};
use super::compact::{Model, Operation, Protocol, Shape};
use super::module;
use crate::generate::names::shout;
use crate::ordered::Ordered;

/// The tables of one service.
pub(super) fn service(name: &str, model: &Model) -> Result<String> {
    let service = &model.service;
    let protocol = match service.protocol {
        Protocol::Ec2 => "Protocol::Ec2".to_owned(),
        Protocol::Query => "Protocol::Query".to_owned(),
        Protocol::Json => {
            let (target, version) = (service.target_prefix.as_deref(), service.json_version.as_deref());
            let (target, version) = target.zip(version).context("a JSON service has a target and a version")?;
            format!("Protocol::Json {{ target: {target:?}, version: {version:?} }}")
        }
    };
    let mut imports = BTreeSet::from(["Operation", "Protocol", "Service"]);
    let mut text = format!(
        "pub(crate) static SERVICE: Service = Service {{ name: {name:?}, id: {:?}, api_version: {:?}, endpoint_prefix: \
         {:?}, signing_name: {:?}, protocol: {protocol} }};\n\n",
        service.id, service.api_version, service.endpoint_prefix, service.signing_name
    );
    for (name, operation) in &model.operations {
        let pages = pages(operation, &mut imports);
        let (input, output) = (members(&operation.input)?, members(&operation.output)?);
        writeln!(
            text,
            "pub(crate) static {}: Operation = Operation {{ service: &SERVICE, name: {name:?}, input: &[{input}], \
             output: &[{output}], wrapper: {:?}, pages: {pages} }};\n",
            shout(name),
            operation.wrapper
        )?;
    }
    let mut taken = BTreeSet::new();
    for (name, shape) in &model.shapes {
        ensure!(taken.insert(shout(name)), "two shapes are called `{}`", shout(name));
        let made = match shape {
            Shape::Structure(fields) => format!("Shape::Structure(&[{}])", members(fields)?),
            Shape::Map { value } => format!("Shape::Map {{ value: {} }}", reference(value)),
            Shape::List { item, wire } => format!("Shape::List {{ item: {}, wire: {wire:?} }}", reference(item)),
        };
        writeln!(text, "static {}: Shape = {made};\n", shout(name))?;
    }
    if text.contains("Member {") {
        imports.insert("Member");
    }
    if text.contains("Shape::") {
        imports.insert("Shape");
    }
    let imports: Vec<&str> = imports.into_iter().collect();
    Ok(format!("use crate::table::{{{}}};\n\n{text}", imports.join(", ")))
}

fn pages(operation: &Operation, imports: &mut BTreeSet<&'static str>) -> String {
    let Some(pages) = &operation.pages else { return "None".to_owned() };
    imports.insert("Pages");
    let (ask, answer, limit, most) = (&pages.ask, &pages.answer, &pages.limit, pages.most);
    format!("Some(Pages {{ ask: {ask:?}, answer: {answer:?}, limit: {limit:?}, most: {most:?} }})")
}

fn members(members: &Ordered<String>) -> Result<String> {
    let mut text = String::new();
    for (name, member) in members.iter() {
        let (wire, shape) = member.split_once(' ').with_context(|| format!("`{name}` has no type"))?;
        write!(text, "Member {{ name: {name:?}, wire: {wire:?}, shape: {} }}, ", reference(shape))?;
    }
    Ok(text)
}

fn reference(shape: &str) -> String {
    match shape {
        "boolean" => "&Shape::Boolean".to_owned(),
        "number" => "&Shape::Number".to_owned(),
        "string" => "&Shape::String".to_owned(),
        "list" | "any" => "&Shape::Any".to_owned(),
        name => format!("&{}", shout(name)),
    }
}

/// The list of calls.
pub(super) fn calls(calls: &Calls, models: &BTreeMap<String, Model>) -> Result<String> {
    let mut entries = String::new();
    for call in &calls.calls {
        let model = models.get(&call.service).context("every service has a model")?;
        let operation = model.operation(&call.operation)?;
        entries += &entry(call, operation).with_context(|| format!("`{}:{}`", call.service, call.operation))?;
    }
    Ok(format!(
        "use super::*;\nuse crate::table::{{Call, Each}};\n\npub(crate) static CALLS: &[Call] = &[{entries}];\n"
    ))
}

/// The name of the document's file, without its ending.
pub(super) fn file(call: &Call, operation: &Operation) -> Result<String> {
    call.file.clone().map_or_else(|| document(call, operation), Ok)
}

fn document(call: &Call, operation: &Operation) -> Result<String> {
    ensure!(call.document.is_some() || !call.wrap, "a wrapped answer needs the name of its document");
    call.document.clone().map_or_else(|| result(operation), Ok)
}

fn entry(call: &Call, operation: &Operation) -> Result<String> {
    let result = if call.wrap { String::new() } else { result(operation)? };
    let (document, file) = (document(call, operation)?, file(call, operation)?);
    let each = call.each.as_deref().zip(call.input.as_deref()).map(|(each, input)| {
        let (document, place) = each.split_once("[].").context("`each` names no document")?;
        let (only, wrap) = (&call.only, call.wrap);
        anyhow::Ok(format!(
            "Some(Each {{ document: {document:?}, place: {place:?}, input: {input:?}, only: {only:?}, wrap: {wrap} }})"
        ))
    });
    let each = each.transpose()?.unwrap_or_else(|| "None".to_owned());
    let set = serde_json::to_string(&call.set)?;
    Ok(format!(
        "Call {{ operation: &{}::{}, document: {document:?}, file: {file:?}, result: {result:?}, each: {each}, \
         set: {set:?}, page_size: {:?} }},\n",
        module(&call.service),
        shout(&call.operation),
        call.page_size
    ))
}

/// The member of an answer that holds its records: the only one that is neither a token nor a remark.
fn result(operation: &Operation) -> Result<String> {
    let token = operation.pages.as_ref().map(|pages| pages.answer.as_str());
    let holds = |member: &str| !matches!(member.rsplit(' ').next(), Some("boolean" | "number" | "string"));
    let mut found = operation.output.iter().filter(|(name, member)| Some(*name) != token && holds(member));
    let (name, _) = found.next().context("the answer holds no records")?;
    ensure!(found.next().is_none(), "the answer holds records in several members");
    Ok(name.to_owned())
}
