//! Reading benchmarks, profiles and tailorings.

use std::collections::BTreeMap;

use super::super::{ContentError, Problem, cpe, shape};
use super::model::{
    Benchmark, Check, CheckNode, ComplexCheck, Group, Item, Node, Profile, Rule, Statement, Tailoring, Value,
};
use crate::xml::{Element, Reader, Tag};

/// How deep groups and complex checks may nest.
const DEPTH: usize = 32;

/// Elements that hold most of a benchmark's bytes and that no result depends on.
const PASSED_OVER: [&str; 6] = ["fix", "front-matter", "rear-matter", "notice", "Signature", "metadata"];

/// Reads the benchmark that `root` began.
///
/// # Errors
///
/// When the XML is broken or the benchmark has no id. A rule, value or profile that cannot be understood is left out with
/// a problem.
pub fn benchmark(reader: &mut Reader<'_>, root: &Tag) -> Result<(Benchmark, Vec<Problem>), ContentError> {
    let mut benchmark = Benchmark { id: root.need("id")?.to_owned(), ..Benchmark::default() };
    let mut problems = Vec::new();
    let mut loose = Loose::default();
    while let Some(tag) = reader.child()? {
        match tag.name.as_str() {
            name if PASSED_OVER.contains(&name) => reader.skip()?,
            "Group" | "Rule" | "Value" => {
                if let Some(item) = item(reader, tag, &mut benchmark.values, &mut problems, 0)? {
                    benchmark.items.push(item);
                }
            }
            "Profile" => {
                let element = reader.element(tag)?;
                match profile(&element) {
                    Ok(profile) => benchmark.profiles.push(profile),
                    Err(error) => problems.push(problem(&element, &error)),
                }
            }
            "platform-specification" => {
                for element in reader.element(tag)?.all("platform") {
                    match element.tag.need("id").and_then(|id| Ok((id.to_owned(), cpe::platform(element)?))) {
                        Ok((id, expression)) => {
                            benchmark.expressions.insert(id, expression);
                        }
                        Err(error) => problems.push(problem(element, &error)),
                    }
                }
            }
            _ => loose.take(reader.element(tag)?),
        }
    }
    let Loose { status, title, description, version, platforms, models, plain_texts } = loose;
    Ok((Benchmark { status, title, description, version, platforms, models, plain_texts, ..benchmark }, problems))
}

/// The small elements of a benchmark.
#[derive(Default)]
struct Loose {
    status: String,
    title: String,
    description: String,
    version: String,
    platforms: Vec<String>,
    models: Vec<String>,
    plain_texts: BTreeMap<String, String>,
}

impl Loose {
    fn take(&mut self, element: Element) {
        let attribute = |name: &str| element.get(name).map(str::to_owned);
        match element.name() {
            "title" if self.title.is_empty() => self.title = element.prose(),
            "description" if self.description.is_empty() => self.description = element.prose(),
            "status" if self.status.is_empty() => element.text.trim().clone_into(&mut self.status),
            "version" => self.version = element.text.trim().to_owned(),
            "platform" => self.platforms.extend(attribute("idref")),
            "model" => self.models.extend(attribute("system")),
            "plain-text" => {
                self.plain_texts.extend(attribute("id").map(|id| (id, element.text.clone())));
            }
            _ => {}
        }
    }
}

fn problem(element: &Element, error: &ContentError) -> Problem {
    Problem { subject: element.get("id").unwrap_or(element.name()).to_owned(), why: error.to_string() }
}

fn item(
    reader: &mut Reader<'_>,
    tag: Tag,
    values: &mut BTreeMap<String, Value>,
    problems: &mut Vec<Problem>,
    depth: usize,
) -> Result<Option<Item>, ContentError> {
    if depth > DEPTH {
        return Err(shape("Group", format!("nests deeper than {DEPTH}")));
    }
    if tag.get("extends").is_some() {
        let subject = tag.get("id").unwrap_or(&tag.name).to_owned();
        problems.push(Problem { subject, why: "inheritance between items is not supported".to_owned() });
    }
    match tag.name.as_str() {
        "Value" => {
            let element = reader.element(tag)?;
            match element.tag.need("id") {
                Ok(id) => {
                    values.insert(id.to_owned(), value(&element));
                }
                Err(error) => problems.push(problem(&element, &error)),
            }
            Ok(None)
        }
        "Rule" => {
            let mut element = Element { tag, ..Element::default() };
            while let Some(tag) = reader.child()? {
                if PASSED_OVER.contains(&tag.name.as_str()) {
                    reader.skip()?;
                } else {
                    element.children.push(reader.element(tag)?);
                }
            }
            match rule(&element) {
                Ok(rule) => Ok(Some(Item::Rule(Box::new(rule)))),
                Err(error) => {
                    problems.push(problem(&element, &error));
                    Ok(None)
                }
            }
        }
        _ => {
            let mut items = Vec::new();
            let mut element = Element { tag, ..Element::default() };
            while let Some(tag) = reader.child()? {
                match tag.name.as_str() {
                    "Group" | "Rule" | "Value" => items.extend(item(reader, tag, values, problems, depth + 1)?),
                    name if PASSED_OVER.contains(&name) => reader.skip()?,
                    _ => element.children.push(reader.element(tag)?),
                }
            }
            Ok(Some(Item::Group(Box::new(Group { node: node(&element)?, items }))))
        }
    }
}

fn node(element: &Element) -> Result<Node, ContentError> {
    let prose = |name: &str| element.child(name).map(Element::prose).unwrap_or_default();
    let ids = |name: &'static str| element.all(name).filter_map(|child| child.get("idref"));
    Ok(Node {
        id: element.tag.need("id")?.to_owned(),
        cluster: element.get("cluster-id").map(str::to_owned),
        title: prose("title"),
        description: prose("description"),
        rationale: prose("rationale"),
        selected: element.get("selected").is_none() || element.tag.flag("selected"),
        weight: element.get("weight").map(str::to_owned),
        platforms: ids("platform").map(str::to_owned).collect(),
        requires: ids("requires").map(|ids| ids.split_whitespace().map(str::to_owned).collect()).collect(),
        conflicts: ids("conflicts").map(str::to_owned).collect(),
    })
}

fn rule(element: &Element) -> Result<Rule, ContentError> {
    let pairs = |name: &'static str, attribute: &str| {
        let pair = |child: &Element| (child.get(attribute).unwrap_or_default().to_owned(), child.prose());
        element.all(name).map(pair).collect()
    };
    Ok(Rule {
        node: node(element)?,
        severity: element.get("severity").map(str::to_owned),
        role: element.get("role").map(str::to_owned),
        references: pairs("reference", "href"),
        idents: pairs("ident", "system"),
        fixtext: element.child("fixtext").map(Element::prose).unwrap_or_default(),
        checks: element.all("check").map(check).collect::<Result<_, _>>()?,
        complex: element.child("complex-check").map(|complex| complex_check(complex, 0)).transpose()?,
    })
}

fn check(element: &Element) -> Result<Check, ContentError> {
    let export =
        |child: &Element| Ok((child.tag.need("value-id")?.to_owned(), child.tag.need("export-name")?.to_owned()));
    let content = |child: &Element| Ok((child.tag.need("href")?.to_owned(), child.get("name").map(str::to_owned)));
    Ok(Check {
        system: element.tag.need("system")?.to_owned(),
        selector: element.get("selector").unwrap_or_default().to_owned(),
        negate: element.tag.flag("negate"),
        multi: element.tag.flag("multi-check"),
        exports: element.all("check-export").map(export).collect::<Result<_, ContentError>>()?,
        contents: element.all("check-content-ref").map(content).collect::<Result<_, ContentError>>()?,
    })
}

fn complex_check(element: &Element, depth: usize) -> Result<ComplexCheck, ContentError> {
    if depth > DEPTH {
        return Err(shape("complex-check", format!("nests deeper than {DEPTH}")));
    }
    let mut inner = Vec::new();
    for child in &element.children {
        match child.name() {
            "check" => inner.push(CheckNode::Check(check(child)?)),
            "complex-check" => inner.push(CheckNode::Complex(complex_check(child, depth + 1)?)),
            _ => {}
        }
    }
    let all = match element.tag.need("operator")? {
        "AND" => true,
        "OR" => false,
        other => return Err(shape("complex-check", format!("`{other}` is no operator"))),
    };
    Ok(ComplexCheck { all, negate: element.tag.flag("negate"), inner })
}

fn value(element: &Element) -> Value {
    let mut choices = Vec::new();
    for child in &element.children {
        let selector = child.get("selector").unwrap_or_default().to_owned();
        match child.name() {
            "value" => choices.push((selector, vec![child.text.clone()])),
            "complex-value" => choices.push((selector, child.all("item").map(|item| item.text.clone()).collect())),
            _ => {}
        }
    }
    Value {
        title: element.child("title").map(Element::prose).unwrap_or_default(),
        kind: element.get("type").unwrap_or("string").to_owned(),
        operator: element.get("operator").unwrap_or("equals").to_owned(),
        choices,
    }
}

fn profile(element: &Element) -> Result<Profile, ContentError> {
    let prose = |name: &str| element.child(name).map(Element::prose).unwrap_or_default();
    let mut profile = Profile {
        id: element.tag.need("id")?.to_owned(),
        title: prose("title"),
        description: prose("description"),
        extends: element.get("extends").map(str::to_owned),
        ..Profile::default()
    };
    for child in &element.children {
        let id = || child.tag.need("idref").map(str::to_owned);
        let attribute = |name: &str| child.get(name).map(str::to_owned);
        profile.statements.push(match child.name() {
            "select" => Statement::Select { id: id()?, selected: child.tag.flag("selected") },
            "refine-rule" => Statement::RefineRule {
                id: id()?,
                role: attribute("role"),
                severity: attribute("severity"),
                weight: attribute("weight"),
                selector: attribute("selector"),
            },
            "refine-value" => Statement::RefineValue { id: id()?, selector: attribute("selector") },
            "set-value" => Statement::SetValue { id: id()?, values: vec![child.text.clone()] },
            "set-complex-value" => {
                Statement::SetValue { id: id()?, values: child.all("item").map(|item| item.text.clone()).collect() }
            }
            "platform" => {
                profile.platforms.push(id()?);
                continue;
            }
            _ => continue,
        });
    }
    Ok(profile)
}

/// Reads the tailoring that `root` began.
///
/// # Errors
///
/// When the XML is broken, or a profile of it cannot be understood.
pub fn tailoring(reader: &mut Reader<'_>, root: Tag) -> Result<Tailoring, ContentError> {
    let element = reader.element(root)?;
    let benchmark = element.child("benchmark");
    Ok(Tailoring {
        id: element.get("id").unwrap_or_default().to_owned(),
        benchmark: benchmark.and_then(|one| one.get("href").or(one.get("id"))).map(str::to_owned),
        version: element.child("version").map(|version| version.text.trim().to_owned()).unwrap_or_default(),
        time: element.child("version").and_then(|version| version.get("time")).unwrap_or_default().to_owned(),
        profiles: element.all("Profile").map(profile).collect::<Result<_, _>>()?,
    })
}
