//! What has to change so that a stack is as its template says.

use std::collections::{BTreeMap, BTreeSet};

use inspector_model::arn::Scope;
use serde_json::{Map, Value};

use super::Problem;
use super::intrinsic::Environment;
use super::resource::{Kind, Property};
use super::stack::{Stack, Status};
use super::template::{Resource, Template};

/// What becomes of one resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// It is made.
    Add,
    /// It is changed and stays the same resource.
    Modify,
    /// Another one takes its place.
    Replace,
    /// It leaves the stack.
    Remove,
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Which resource.
    pub logical_id: String,
    /// Its type.
    pub kind: Kind,
    /// Its ARN today.
    pub arn: Option<String>,
    /// What becomes of it.
    pub action: Action,
    /// The properties that differ.
    pub properties: Vec<String>,
}

/// All of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// In the order in which they are to be done: what is needed first comes first, what leaves comes last.
    pub changes: Vec<Change>,
    /// Logical ids and types of resources of other services, which are left alone.
    pub foreign: Vec<(String, String)>,
}

/// What an ARN that is not known yet stands as in a plan.
fn pending(logical_id: &str) -> String {
    format!("${{{logical_id}}}")
}

/// Compares.
///
/// # Errors
/// When the template cannot be resolved, or one of its resources is out of bounds.
pub fn plan(
    template: &Template,
    parameters: &BTreeMap<String, Value>,
    scope: &Scope,
    stack: &Stack,
) -> Result<Plan, Problem> {
    let mut arns: BTreeMap<String, String> = BTreeMap::new();
    let mut plan = Plan { changes: Vec::new(), foreign: Vec::new() };
    for logical_id in order(template)? {
        let Some(resource) = template.resources.get(&logical_id) else { continue };
        let environment = Environment::new(template, parameters, scope, (&stack.name, &stack.id), &arns);
        if !environment.exists(resource.condition.as_deref())? {
            continue;
        }
        let Some(kind) = Kind::of(&resource.kind) else {
            plan.foreign.push((logical_id, resource.kind.clone()));
            continue;
        };
        let properties = properties(&environment, &logical_id, resource, kind)?;
        let change = change(&logical_id, kind, &properties, stack);
        let kept = change.as_ref().is_none_or(|change| change.action == Action::Modify);
        let known = stack.resources.get(&logical_id).filter(|_| kept).map(|deployed| deployed.arn.clone());
        arns.insert(logical_id.clone(), known.unwrap_or_else(|| pending(&logical_id)));
        plan.changes.extend(change);
    }
    let leaving = stack.resources.keys().filter(|logical_id| !arns.contains_key(*logical_id)).cloned().collect();
    plan.changes.extend(removals(stack, &leaving));
    Ok(plan)
}

/// The resolved properties of one resource, within their bounds.
///
/// # Errors
/// Names the resource and the property.
pub fn properties(
    environment: &Environment<'_>,
    logical_id: &str,
    resource: &Resource,
    kind: Kind,
) -> Result<Map<String, Value>, Problem> {
    let resolved = environment.resolve_members(&resource.properties);
    resolved.and_then(|members| kind.check(&members)).map_err(|problem| problem.at(&format!("Resources/{logical_id}")))
}

fn change(logical_id: &str, kind: Kind, properties: &Map<String, Value>, stack: &Stack) -> Option<Change> {
    let Some(deployed) = stack.resources.get(logical_id) else {
        let (logical_id, properties) = (logical_id.to_owned(), properties.keys().cloned().collect());
        return Some(Change { logical_id, kind, arn: None, action: Action::Add, properties });
    };
    let differs = |property: &Property| {
        let unsure = deployed.status == Status::UpdateFailed && property.in_place;
        unsure || deployed.properties.get(property.name) != properties.get(property.name)
    };
    let changed = || kind.properties().iter().filter(|property| differs(property));
    let action = match deployed.kind == kind {
        true if changed().next().is_none() => return None,
        true if changed().all(|property| property.in_place) => Action::Modify,
        true | false => Action::Replace,
    };
    let properties = changed().map(|property| property.name.to_owned()).collect();
    Some(Change { logical_id: logical_id.to_owned(), kind, arn: Some(deployed.arn.clone()), action, properties })
}

/// What needs others goes before them.
pub(super) fn removals(stack: &Stack, leaving: &BTreeSet<String>) -> Vec<Change> {
    let mut left: BTreeSet<&String> = leaving.iter().collect();
    let mut changes = Vec::new();
    while !left.is_empty() {
        let needed: BTreeSet<&String> =
            left.iter().filter_map(|logical_id| stack.resources.get(*logical_id)).flat_map(|one| &one.needs).collect();
        let free: Vec<&String> = left.iter().copied().filter(|logical_id| !needed.contains(logical_id)).collect();
        // Without a free one they need each other, which no template could have said; then any order is as good.
        let next = if free.is_empty() { left.iter().copied().collect() } else { free };
        for logical_id in next {
            left.remove(logical_id);
            changes.extend(stack.resources.get(logical_id).map(|deployed| Change {
                logical_id: logical_id.clone(),
                kind: deployed.kind,
                arn: Some(deployed.arn.clone()),
                action: Action::Remove,
                properties: Vec::new(),
            }));
        }
    }
    changes
}

/// The logical ids, each after what it needs.
fn order(template: &Template) -> Result<Vec<String>, Problem> {
    let mut needs: BTreeMap<&String, BTreeSet<String>> = BTreeMap::new();
    for (logical_id, resource) in &template.resources {
        needs.insert(logical_id, needs_of(template, logical_id, resource)?);
    }
    let mut ordered: Vec<String> = Vec::new();
    while !needs.is_empty() {
        let ready = |needed: &BTreeSet<String>| needed.iter().all(|name| ordered.contains(name));
        let next: Vec<&String> = needs.iter().filter(|(_, needed)| ready(needed)).map(|(name, _)| *name).collect();
        if next.is_empty() {
            let names: Vec<&str> = needs.keys().map(|name| name.as_str()).collect();
            return Err(Problem::new(format!("Circular dependency between resources: [{}]", names.join(", "))));
        }
        next.iter().for_each(|name| drop(needs.remove(name)));
        ordered.extend(next.into_iter().cloned());
    }
    Ok(ordered)
}

/// The resources that `resource` refers to or depends on.
pub(super) fn needs_of(
    template: &Template,
    logical_id: &str,
    resource: &Resource,
) -> Result<BTreeSet<String>, Problem> {
    if let Some(name) = resource.depends_on.iter().find(|name| !template.resources.contains_key(*name)) {
        return Err(Problem::new(format!("Resources/{logical_id}: `DependsOn` names `{name}`, which is no resource")));
    }
    let mut names: BTreeSet<String> = resource.depends_on.iter().cloned().collect();
    resource.properties.values().for_each(|value| references(value, &mut names));
    names.retain(|name| template.resources.contains_key(name));
    Ok(names)
}

fn references(value: &Value, names: &mut BTreeSet<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| references(item, names)),
        Value::Object(members) => {
            for (key, member) in members {
                match (key.as_str(), member) {
                    ("Ref", Value::String(name)) => drop(names.insert(name.clone())),
                    ("Fn::GetAtt", Value::String(text)) => names.extend(text.split('.').next().map(str::to_owned)),
                    ("Fn::GetAtt", Value::Array(parts)) => {
                        names.extend(parts.first().and_then(Value::as_str).map(str::to_owned));
                    }
                    ("Fn::Sub", _) => variables(member, names),
                    _ => {}
                }
                references(member, names);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn variables(argument: &Value, names: &mut BTreeSet<String>) {
    let pattern = argument.as_str().or_else(|| argument.get(0)?.as_str()).unwrap_or_default();
    let inner = pattern.split("${").skip(1).filter_map(|part| part.split_once('}'));
    names.extend(inner.filter_map(|(name, _)| name.trim().split('.').next().map(str::to_owned)));
}
