//! What a host is asked for: the objects, states and variables that a set of definitions needs, and nothing else.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::model::{Claim, Criteria, Document, Entity, Filter, Id, Object, Operand, Parts, Set, Source, State, Value};
use super::variable;

/// One document's part of what is asked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// The objects to collect, and the states and variables that decide about their items.
    pub parts: Parts,
    /// The values of external variables.
    pub external: BTreeMap<Id, Vec<String>>,
}

impl Plan {
    /// What the `definitions` of `document` need. Ids that are not in the document are left out here; evaluation names
    /// them.
    pub fn new<'a>(
        document: &'a Document,
        definitions: impl IntoIterator<Item = &'a str>,
        external: BTreeMap<Id, Vec<String>>,
    ) -> Self {
        let mut need = Need::of(&document.parts);
        for test in tests(document, definitions) {
            let Some(test) = document.tests.get(test) else { continue };
            need.objects.extend(test.object.as_deref());
            need.states.extend(test.states.iter().map(String::as_str));
        }
        Self { parts: need.close(), external }
    }
}

/// The tests that definitions come down to, through the definitions that they extend.
pub fn tests<'a>(document: &'a Document, definitions: impl IntoIterator<Item = &'a str>) -> BTreeSet<&'a str> {
    closure(document, definitions).1
}

/// The definitions that are needed for `wanted`, and their tests. Ids that are not in the document are left out.
pub(crate) fn closure<'a>(
    document: &'a Document,
    wanted: impl IntoIterator<Item = &'a str>,
) -> (BTreeSet<&'a str>, BTreeSet<&'a str>) {
    let mut waiting: Vec<&str> = wanted.into_iter().collect();
    let (mut seen, mut tests) = (BTreeSet::new(), BTreeSet::new());
    while let Some(id) = waiting.pop() {
        let Some((id, definition)) = document.definitions.get_key_value(id) else { continue };
        if !seen.insert(id.as_str()) {
            continue;
        }
        let mut nodes: Vec<&Criteria> = definition.criteria.iter().collect();
        while let Some(node) = nodes.pop() {
            match &node.claim {
                Claim::Several { criteria, .. } => nodes.extend(criteria),
                Claim::Test(id) => {
                    tests.insert(id.as_str());
                }
                Claim::Definition(id) => waiting.push(id),
            }
        }
    }
    (seen, tests)
}

/// Ids whose needs are still to be followed, and what has been followed.
struct Need<'a> {
    parts: &'a Parts,
    objects: Vec<&'a str>,
    states: Vec<&'a str>,
    variables: Vec<&'a str>,
}

impl<'a> Need<'a> {
    fn of(parts: &'a Parts) -> Self {
        Self { parts, objects: Vec::new(), states: Vec::new(), variables: Vec::new() }
    }

    fn close(mut self) -> Parts {
        let mut parts = Parts::default();
        loop {
            if let Some(id) = self.objects.pop() {
                if let (Some(object), false) = (self.parts.objects.get(id), parts.objects.contains_key(id)) {
                    parts.objects.insert(id.to_owned(), object.clone());
                    let needs = needs_of_object(object);
                    self.objects.extend(needs.objects);
                    self.states.extend(needs.states);
                    self.variables.extend(needs.variables);
                }
            } else if let Some(id) = self.states.pop() {
                if let (Some(state), false) = (self.parts.states.get(id), parts.states.contains_key(id)) {
                    parts.states.insert(id.to_owned(), state.clone());
                    self.variables.extend(needs_of_state(state));
                }
            } else if let Some(id) = self.variables.pop() {
                if let (Some(variable), false) = (self.parts.variables.get(id), parts.variables.contains_key(id)) {
                    parts.variables.insert(id.to_owned(), variable.clone());
                    let (objects, variables) = variable::references(variable);
                    self.objects.extend(objects);
                    self.variables.extend(variables);
                }
            } else {
                return parts;
            }
        }
    }
}

/// What an object names.
#[derive(Debug, Default)]
pub(super) struct ObjectNeeds<'a> {
    /// Objects, as operands of sets.
    pub(super) objects: Vec<&'a str>,
    /// States, as filters.
    pub(super) states: Vec<&'a str>,
    /// Variables, as values of entities.
    pub(super) variables: Vec<&'a str>,
}

pub(super) fn needs_of_object(object: &Object) -> ObjectNeeds<'_> {
    let mut needs = ObjectNeeds::default();
    match &object.source {
        Source::Host { entities, filters, .. } => {
            needs.variables.extend(entities.iter().flat_map(variables_of));
            // `variable_object` names its variable as a value.
            let named = entities.iter().filter(|entity| entity.name == "var_ref");
            needs.variables.extend(named.filter_map(|entity| match &entity.wanted {
                Value::Literal(id) => Some(id.as_str()),
                Value::Variable(_) | Value::Fields(_) => None,
            }));
            needs.states.extend(states_of(filters));
        }
        Source::Set(set) => {
            let mut waiting: Vec<&Set> = vec![set];
            while let Some(set) = waiting.pop() {
                needs.states.extend(states_of(&set.filters));
                for operand in &set.operands {
                    match operand {
                        Operand::Object(id) => needs.objects.push(id),
                        Operand::Set(inner) => waiting.push(inner),
                    }
                }
            }
        }
    }
    needs
}

pub(super) fn needs_of_state(state: &State) -> Vec<&str> {
    state.entities.iter().flat_map(variables_of).collect()
}

fn states_of(filters: &[Filter]) -> impl Iterator<Item = &str> {
    filters.iter().map(|filter| filter.state.as_str())
}

fn variables_of(entity: &Entity) -> Vec<&str> {
    match &entity.wanted {
        Value::Literal(_) => Vec::new(),
        Value::Variable(id) => vec![id],
        Value::Fields(fields) => fields.iter().flat_map(variables_of).collect(),
    }
}
