//! Reading OVAL definition documents into [`crate::oval::model`].

use std::collections::BTreeMap;

use super::{ContentError, Problem, shape};
use crate::oval::flag::SetOperator;
use crate::oval::model::{
    Claim, Class, Component, Criteria, Definition, Document, Entity, Existence, Filter, Object, Operand, Restriction,
    Set, Source, State, Test, Value, Variable, VariableSource,
};
use crate::oval::truth::{Check, Operator};
use crate::oval::value::{Datatype, Operation};
use crate::xml::{Element, Reader, Tag};

/// The namespace of definition documents.
pub const NAMESPACE: &str = "http://oval.mitre.org/XMLSchema/oval-definitions-5";

/// How deep criteria, sets and functions may nest; XML itself is bounded too.
const DEPTH: usize = 64;

/// Reads the document whose root element the reader has just passed.
///
/// # Errors
///
/// When the XML is broken. An element that cannot be understood is left out with a problem; what refers to it ends as an
/// error that names it.
pub fn read(reader: &mut Reader<'_>) -> Result<(Document, Vec<Problem>), ContentError> {
    let (mut document, mut problems) = (Document::default(), Vec::new());
    while let Some(section) = reader.child()? {
        match section.name.as_str() {
            "definitions" => each(reader, &mut problems, |id, element| {
                document.definitions.insert(id, definition(element)?);
                Ok(())
            })?,
            "tests" => each(reader, &mut problems, |id, element| {
                document.tests.insert(id, test(element)?);
                Ok(())
            })?,
            "objects" => each(reader, &mut problems, |id, element| {
                document.parts.objects.insert(id, object(element)?);
                Ok(())
            })?,
            "states" => each(reader, &mut problems, |id, element| {
                document.parts.states.insert(id, state(element)?);
                Ok(())
            })?,
            "variables" => each(reader, &mut problems, |id, element| {
                document.parts.variables.insert(id, variable(element)?);
                Ok(())
            })?,
            _ => reader.skip()?,
        }
    }
    Ok((document, problems))
}

fn each(
    reader: &mut Reader<'_>,
    problems: &mut Vec<Problem>,
    mut take: impl FnMut(String, &Element) -> Result<(), ContentError>,
) -> Result<(), ContentError> {
    while let Some(tag) = reader.child()? {
        let element = reader.element(tag)?;
        let subject = element.get("id").unwrap_or(element.name()).to_owned();
        let taken = element.tag.need("id").map(str::to_owned).and_then(|id| take(id, &element));
        if let Err(error) = taken {
            problems.push(Problem { subject, why: error.to_string() });
        }
    }
    Ok(())
}

fn version(element: &Element) -> String {
    element.get("version").unwrap_or("1").to_owned()
}

fn definition(element: &Element) -> Result<Definition, ContentError> {
    let title = element.child("metadata").and_then(|metadata| metadata.child("title"));
    Ok(Definition {
        version: version(element),
        class: word(&element.tag, "class", Class::parse)?.unwrap_or(Class::Miscellaneous),
        title: title.map(Element::prose).unwrap_or_default(),
        criteria: element.child("criteria").map(|root| criteria(root, 0)).transpose()?,
    })
}

fn criteria(element: &Element, depth: usize) -> Result<Criteria, ContentError> {
    if depth > DEPTH {
        return Err(shape(element.name(), format!("nests deeper than {DEPTH}")));
    }
    let claim = match element.name() {
        "criteria" => Claim::Several {
            operator: word(&element.tag, "operator", Operator::parse)?.unwrap_or_default(),
            criteria: element
                .children
                .iter()
                .filter(|child| matches!(child.name(), "criteria" | "criterion" | "extend_definition"))
                .map(|child| criteria(child, depth + 1))
                .collect::<Result<_, _>>()?,
        },
        "criterion" => Claim::Test(element.tag.need("test_ref")?.to_owned()),
        _ => Claim::Definition(element.tag.need("definition_ref")?.to_owned()),
    };
    Ok(Criteria {
        negate: element.tag.flag("negate"),
        applicability_check: element.tag.flag("applicability_check"),
        comment: element.get("comment").unwrap_or_default().to_owned(),
        claim,
    })
}

fn test(element: &Element) -> Result<Test, ContentError> {
    let reference = |child: &Element, name: &str| child.tag.need(name).map(str::to_owned);
    Ok(Test {
        version: version(element),
        kind: kind(element, "_test")?,
        comment: element.get("comment").unwrap_or_default().to_owned(),
        check: word(&element.tag, "check", Check::parse)?.unwrap_or_default(),
        check_existence: word(&element.tag, "check_existence", Existence::parse)?.unwrap_or_default(),
        state_operator: word(&element.tag, "state_operator", Operator::parse)?.unwrap_or_default(),
        object: element.child("object").map(|child| reference(child, "object_ref")).transpose()?,
        states: element.all("state").map(|child| reference(child, "state_ref")).collect::<Result<_, _>>()?,
    })
}

fn kind(element: &Element, ending: &str) -> Result<String, ContentError> {
    let name = element.name().strip_suffix(ending);
    name.map(str::to_owned).ok_or_else(|| shape(element.name(), format!("does not end in `{ending}`")))
}

fn object(element: &Element) -> Result<Object, ContentError> {
    let source = match element.child("set") {
        Some(inner) => Source::Set(set(inner, 0)?),
        None => Source::Host {
            entities: entities(element)?,
            behaviors: element
                .child("behaviors")
                .map(|behaviors| behaviors.tag.attributes.iter().cloned().collect())
                .unwrap_or_default(),
            filters: filters(element)?,
        },
    };
    Ok(Object { version: version(element), kind: kind(element, "_object")?, source })
}

fn set(element: &Element, depth: usize) -> Result<Set, ContentError> {
    if depth > DEPTH {
        return Err(shape("set", format!("nests deeper than {DEPTH}")));
    }
    let mut operands = Vec::new();
    for child in &element.children {
        match child.name() {
            "set" => operands.push(Operand::Set(Box::new(set(child, depth + 1)?))),
            "object_reference" => operands.push(Operand::Object(child.text.trim().to_owned())),
            _ => {}
        }
    }
    if operands.is_empty() || operands.len() > 2 {
        return Err(shape("set", format!("has {} operands", operands.len())));
    }
    Ok(Set {
        operator: word(&element.tag, "set_operator", SetOperator::parse)?.unwrap_or_default(),
        operands,
        filters: filters(element)?,
    })
}

fn filters(element: &Element) -> Result<Vec<Filter>, ContentError> {
    let filter = |child: &Element| match child.get("action").unwrap_or("exclude") {
        "exclude" => Ok(Filter { include: false, state: child.text.trim().to_owned() }),
        "include" => Ok(Filter { include: true, state: child.text.trim().to_owned() }),
        other => Err(shape("filter", format!("`{other}` is no action"))),
    };
    element.all("filter").map(filter).collect()
}

fn state(element: &Element) -> Result<State, ContentError> {
    Ok(State {
        version: version(element),
        kind: kind(element, "_state")?,
        comment: element.get("comment").unwrap_or_default().to_owned(),
        operator: word(&element.tag, "operator", Operator::parse)?.unwrap_or_default(),
        entities: entities(element)?,
    })
}

/// Every child that is a condition.
fn entities(element: &Element) -> Result<Vec<Entity>, ContentError> {
    let conditions = element
        .children
        .iter()
        .filter(|child| !matches!(child.name(), "behaviors" | "filter" | "set" | "notes" | "Signature"));
    conditions.map(entity).collect()
}

fn entity(element: &Element) -> Result<Entity, ContentError> {
    let tag = &element.tag;
    let wanted = match tag.get("var_ref") {
        Some(id) => Value::Variable(id.to_owned()),
        None if element.all("field").next().is_some() => {
            Value::Fields(element.all("field").map(field).collect::<Result<_, _>>()?)
        }
        None => Value::Literal(element.text.clone()),
    };
    Ok(Entity {
        name: element.name().to_owned(),
        datatype: word(tag, "datatype", Datatype::parse)?.unwrap_or_default(),
        operation: word(tag, "operation", Operation::parse)?.unwrap_or_default(),
        mask: tag.flag("mask"),
        nil: tag.flag("nil"),
        wanted,
        var_check: word(tag, "var_check", Check::parse)?,
        entity_check: word(tag, "entity_check", Check::parse)?.unwrap_or_default(),
    })
}

/// A field of a record carries its name in an attribute.
fn field(element: &Element) -> Result<Entity, ContentError> {
    Ok(Entity { name: element.tag.need("name")?.to_owned(), ..entity(element)? })
}

fn variable(element: &Element) -> Result<Variable, ContentError> {
    let texts = |name: &'static str| element.all(name).map(|child| child.text.clone()).collect::<Vec<_>>();
    let source = match element.name() {
        "constant_variable" => VariableSource::Constant(texts("value")),
        "external_variable" => VariableSource::External {
            possible: texts("possible_value"),
            restrictions: element.all("possible_restriction").map(restriction).collect::<Result<_, _>>()?,
        },
        "local_variable" => {
            let component_of = element.children.iter().find(|child| child.name() != "notes");
            let found = component_of.ok_or_else(|| shape("local_variable", "computes nothing"))?;
            VariableSource::Local(component(found, 0)?)
        }
        other => return Err(shape(other, "is no kind of variable")),
    };
    Ok(Variable {
        version: version(element),
        datatype: word(&element.tag, "datatype", Datatype::parse)?.unwrap_or_default(),
        source,
    })
}

fn restriction(element: &Element) -> Result<Restriction, ContentError> {
    let condition = |child: &Element| {
        Ok((word(&child.tag, "operation", Operation::parse)?.unwrap_or_default(), child.text.clone()))
    };
    Ok(Restriction {
        operator: word(&element.tag, "operator", Operator::parse)?.unwrap_or_default(),
        conditions: element.all("restriction").map(condition).collect::<Result<_, ContentError>>()?,
    })
}

fn component(element: &Element, depth: usize) -> Result<Component, ContentError> {
    if depth > DEPTH {
        return Err(shape(element.name(), format!("nests deeper than {DEPTH}")));
    }
    Ok(match element.name() {
        "literal_component" => Component::Literal {
            datatype: word(&element.tag, "datatype", Datatype::parse)?.unwrap_or_default(),
            value: element.text.clone(),
        },
        "object_component" => Component::Object {
            object: element.tag.need("object_ref")?.to_owned(),
            field: element.tag.need("item_field")?.to_owned(),
            record_field: element.get("record_field").map(str::to_owned),
        },
        "variable_component" => Component::Variable(element.tag.need("var_ref")?.to_owned()),
        name => Component::Function {
            name: name.to_owned(),
            attributes: element.tag.attributes.iter().cloned().collect::<BTreeMap<_, _>>(),
            arguments: element.children.iter().map(|child| component(child, depth + 1)).collect::<Result<_, _>>()?,
        },
    })
}

/// An attribute that holds one of a list of words.
fn word<T>(tag: &Tag, name: &str, parse: impl Fn(&str) -> Option<T>) -> Result<Option<T>, ContentError> {
    match tag.get(name) {
        None => Ok(None),
        Some(word) => parse(word)
            .map(Some)
            .ok_or_else(|| shape(&tag.name, format!("`{word}` is not a value of the attribute `{name}`"))),
    }
}
