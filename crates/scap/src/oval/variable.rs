//! Values of variables (OVAL definitions schema, `VariableType` and what derives from it).

use std::collections::{BTreeMap, BTreeSet};

use super::compare::Wanted;
use super::flag::Flag;
use super::function::{Call, Function, VALUES};
use super::gather::Collection;
use super::item::Status;
use super::model::{Component, Id, Parts, Restriction, Variable, VariableSource};
use super::truth::Truth;
use super::value::{Datatype, Operation, Value};

/// How deep variables may lead to variables.
const DEPTH: usize = 64;

/// What a variable came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Values {
    /// Whether the values are all there are.
    pub flag: Flag,
    /// The values in order.
    pub values: Vec<String>,
    /// What went wrong, where the flag says that something did.
    pub why: Option<String>,
}

impl Values {
    fn complete(values: Vec<String>) -> Self {
        Self { flag: Flag::Complete, values, why: None }
    }

    fn failed(flag: Flag, why: impl Into<String>) -> Self {
        Self { flag, values: Vec::new(), why: Some(why.into()) }
    }

    /// The values, where something can be concluded from them.
    ///
    /// # Errors
    ///
    /// Why nothing can.
    pub fn usable(&self) -> Result<&[String], String> {
        match self.flag {
            Flag::Complete | Flag::Incomplete => Ok(&self.values),
            Flag::DoesNotExist => Ok(&[]),
            Flag::Error | Flag::NotCollected | Flag::NotApplicable => {
                Err(self.why.clone().unwrap_or_else(|| self.flag.as_str().to_owned()))
            }
        }
    }
}

/// The variables of a document over one collection. Each is computed once.
#[derive(Debug)]
pub struct Variables<'a> {
    parts: &'a Parts,
    external: &'a BTreeMap<Id, Vec<String>>,
    now: i64,
    known: BTreeMap<Id, Values>,
    busy: BTreeSet<Id>,
}

impl<'a> Variables<'a> {
    /// The variables of `parts`; `external` holds what the caller sets, `now` is the time of collection in seconds since
    /// 1970.
    pub fn new(parts: &'a Parts, external: &'a BTreeMap<Id, Vec<String>>, now: i64) -> Self {
        Self { parts, external, now, known: BTreeMap::new(), busy: BTreeSet::new() }
    }

    /// The values of `id`. The objects that it depends on must be collected.
    pub fn values(&mut self, id: &str, collection: &Collection) -> Values {
        if let Some(values) = self.known.get(id) {
            return values.clone();
        }
        let Some(variable) = self.parts.variables.get(id) else {
            return Values::failed(Flag::Error, "is not in the document");
        };
        if self.busy.len() >= DEPTH {
            return Values::failed(Flag::Error, format!("leads through more than {DEPTH} variables"));
        }
        if !self.busy.insert(id.to_owned()) {
            return Values::failed(Flag::Error, "depends on itself");
        }
        let values = self.compute(id, variable, collection);
        self.busy.remove(id);
        self.known.insert(id.to_owned(), values.clone());
        values
    }

    fn compute(&mut self, id: &str, variable: &Variable, collection: &Collection) -> Values {
        let values = match &variable.source {
            VariableSource::Constant(values) => Values::complete(values.clone()),
            VariableSource::External { possible, restrictions } => match self.external.get(id) {
                Some(values) => match allowed(values, variable.datatype, possible, restrictions) {
                    Ok(()) => Values::complete(values.clone()),
                    Err(why) => Values::failed(Flag::Error, why),
                },
                None => Values::failed(Flag::NotCollected, "nobody set it"),
            },
            VariableSource::Local(component) => self.component(component, collection),
        };
        typed(values, variable.datatype)
    }

    fn component(&mut self, component: &Component, collection: &Collection) -> Values {
        match component {
            Component::Literal { value, .. } => Values::complete(vec![value.clone()]),
            Component::Variable(id) => self.values(id, collection),
            Component::Object { object, field, record_field } => {
                object_values(collection, object, field, record_field.as_deref())
            }
            Component::Function { name, attributes, arguments } => {
                let Some(function) = Function::find(name) else {
                    return Values::failed(Flag::Error, format!("`{name}` is no function that is known"));
                };
                let arguments: Vec<Values> =
                    arguments.iter().map(|argument| self.component(argument, collection)).collect();
                let nothing = function.takes_nothing;
                let flag = Flag::composite(arguments.iter().map(|argument| {
                    if nothing && argument.flag == Flag::DoesNotExist { Flag::Complete } else { argument.flag }
                }));
                if !matches!(flag, Flag::Complete | Flag::Incomplete) {
                    let why = arguments.into_iter().find_map(|argument| argument.why);
                    return Values { flag, values: Vec::new(), why };
                }
                let arguments = arguments.into_iter().map(|argument| argument.values).collect();
                match function.call(&Call { attributes, arguments, now: self.now }) {
                    Ok(values) => Values { flag, values, why: None },
                    Err(why) => Values::failed(Flag::Error, why),
                }
            }
        }
    }
}

/// All values of one field over the items of an object.
fn object_values(collection: &Collection, object: &str, field: &str, record_field: Option<&str>) -> Values {
    let Some(collected) = collection.objects.get(object) else {
        return Values::failed(Flag::Error, format!("object `{object}` was not collected"));
    };
    if !matches!(collected.flag, Flag::Complete | Flag::Incomplete) {
        let why = collected.messages.first().cloned();
        return Values { flag: collected.flag, values: Vec::new(), why };
    }
    let mut values = Vec::new();
    for item in collection.items_of(collected) {
        for entity in item.all(field).filter(|entity| entity.status == Status::Exists) {
            match (&entity.value, record_field) {
                (Value::Record(fields), Some(wanted)) => {
                    values.extend(fields.iter().filter(|(name, _)| name == wanted).map(|(_, value)| value.clone()));
                }
                (value, _) => values.push(value.text().into_owned()),
            }
        }
        if values.len() > VALUES {
            return Values::failed(Flag::Error, format!("object `{object}` gives more than {VALUES} values"));
        }
    }
    let flag = if values.is_empty() { Flag::DoesNotExist } else { collected.flag };
    Values { flag, values, why: None }
}

/// Whether every value is one that an external variable may have.
fn allowed(
    values: &[String],
    datatype: Datatype,
    possible: &[String],
    restrictions: &[Restriction],
) -> Result<(), String> {
    if possible.is_empty() && restrictions.is_empty() {
        return Ok(());
    }
    for value in values {
        let holds = |(operation, wanted): &(Operation, String)| {
            let compared = Wanted::new(wanted, datatype, *operation)
                .and_then(|wanted| wanted.compare(&Value::from(value.as_str()), *operation));
            compared.map_or(Truth::Error, Truth::from)
        };
        let restricted =
            restrictions.iter().any(|one| one.operator.combine(one.conditions.iter().map(holds)) == Truth::True);
        if !possible.contains(value) && !restricted {
            return Err(format!("`{value}` is not a value that it may have"));
        }
    }
    Ok(())
}

/// Values that are not of the variable's type are an error.
fn typed(values: Values, datatype: Datatype) -> Values {
    let operation = Operation::Equals;
    let wrong = |value: &&String| {
        matches!(datatype, Datatype::Int | Datatype::Boolean) && Wanted::new(value, datatype, operation).is_err()
            || datatype == Datatype::Float && value.trim().parse::<f64>().is_err()
    };
    match values.values.iter().find(wrong) {
        Some(value) => Values::failed(Flag::Error, format!("`{value}` is not of type {}", datatype.as_str())),
        None => values,
    }
}

/// The objects and variables that a variable's computation names.
pub(super) fn references(variable: &Variable) -> (Vec<&str>, Vec<&str>) {
    let (mut objects, mut variables) = (Vec::new(), Vec::new());
    let VariableSource::Local(component) = &variable.source else { return (objects, variables) };
    let mut waiting = vec![component];
    while let Some(component) = waiting.pop() {
        match component {
            Component::Literal { .. } => {}
            Component::Object { object, .. } => objects.push(object.as_str()),
            Component::Variable(id) => variables.push(id.as_str()),
            Component::Function { arguments, .. } => waiting.extend(arguments),
        }
    }
    (objects, variables)
}

#[cfg(test)]
mod tests {
    use super::super::truth::Operator;
    use super::*;

    fn parts(variables: &[(&str, VariableSource)]) -> Parts {
        let variable = |source: &VariableSource| Variable {
            version: "1".into(),
            datatype: Datatype::String,
            source: source.clone(),
        };
        let variables = variables.iter().map(|(id, source)| ((*id).to_owned(), variable(source))).collect();
        Parts { variables, ..Parts::default() }
    }

    fn values(parts: &Parts, external: &[(&str, &[&str])], id: &str) -> Values {
        let external = external
            .iter()
            .map(|(id, values)| ((*id).to_owned(), values.iter().map(|value| (*value).to_owned()).collect()))
            .collect();
        Variables::new(parts, &external, 0).values(id, &Collection::default())
    }

    #[test]
    fn a_variable_that_depends_on_itself_is_an_error_and_no_hang() {
        let parts = parts(&[
            ("a", VariableSource::Local(Component::Variable("b".into()))),
            ("b", VariableSource::Local(Component::Variable("a".into()))),
        ]);
        let values = values(&parts, &[], "a");
        assert_eq!((values.flag, values.why.as_deref()), (Flag::Error, Some("depends on itself")));
    }

    #[test]
    fn a_chain_of_variables_has_an_end() {
        let mut chain: Vec<(String, VariableSource)> = (0..200)
            .map(|n| (format!("v{n}"), VariableSource::Local(Component::Variable(format!("v{}", n + 1)))))
            .collect();
        chain.push(("v200".into(), VariableSource::Constant(vec!["x".into()])));
        let chain: Vec<_> = chain.iter().map(|(id, source)| (id.as_str(), source.clone())).collect();
        assert_eq!(values(&parts(&chain), &[], "v0").flag, Flag::Error);
    }

    #[test]
    fn an_external_variable_that_nobody_sets_has_no_values() {
        let restriction = Restriction {
            operator: Operator::And,
            conditions: vec![(Operation::GreaterThan, "5".into()), (Operation::LessThan, "9".into())],
        };
        let parts =
            parts(&[("e", VariableSource::External { possible: vec!["1".into()], restrictions: vec![restriction] })]);
        assert_eq!(values(&parts, &[], "e").flag, Flag::NotCollected);
        assert_eq!(values(&parts, &[("e", &["1"])], "e").flag, Flag::Complete);
        assert_eq!(values(&parts, &[("e", &["6", "1"])], "e").flag, Flag::Complete);
        assert_eq!(values(&parts, &[("e", &["2"])], "e").flag, Flag::Error);
    }
}
