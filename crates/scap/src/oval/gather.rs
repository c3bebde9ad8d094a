//! Running a plan: objects in the order of their dependencies, in as few rounds as there are levels, and those that walk
//! a tree last of all, together, so that a host is walked once however many objects ask.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::flag::Flag;
use super::item::Item;
use super::kind::Kind;
use super::matcher::{Matcher, Matchers};
use super::model::{Filter, Id, Object, Operand, Set, Source, State};
use super::plan::{Plan, needs_of_object, needs_of_state};
use super::truth::{Check, Truth};
use super::variable::{self, Variables};

/// How many items one object may have. What is over is not kept, and the object is incomplete.
pub const ITEMS: usize = 5_000;

/// How deep sets may nest.
const SET_DEPTH: usize = 32;

/// What was collected for one plan.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Collection {
    /// By object.
    pub objects: BTreeMap<Id, Collected>,
    /// The items of all objects.
    pub items: Vec<Item>,
    /// When, in seconds since 1970.
    pub at: i64,
}

/// What was collected for one object.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Collected {
    /// Whether that is all there is.
    pub flag: Flag,
    /// Places in [`Collection::items`].
    pub items: Vec<usize>,
    /// What went wrong, for a person.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub messages: Vec<String>,
}

impl Collection {
    /// The items of an object.
    pub fn items_of<'a>(&'a self, collected: &'a Collected) -> impl Iterator<Item = &'a Item> {
        collected.items.iter().filter_map(|index| self.items.get(*index))
    }
}

/// Whoever looks at the host.
pub trait Collector {
    /// Finds the items of every task. The tasks of one call are independent of each other.
    fn collect(&mut self, tasks: &mut [Task<'_>]);
}

/// An object with its variables filled in.
#[derive(Debug)]
pub struct Query<'a> {
    /// Its type, for example `file`.
    pub kind: &'a str,
    entities: Vec<Matcher>,
    behaviors: &'a BTreeMap<String, String>,
    filters: Vec<(bool, Matchers)>,
    judged: Rc<BTreeSet<&'a str>>,
}

impl Query<'_> {
    /// The condition on the entity `name`, where the object has one.
    pub fn entity(&self, name: &str) -> Option<&Matcher> {
        self.entities.iter().find(|matcher| matcher.name == name)
    }

    /// A behaviour, as written.
    pub fn behavior(&self, name: &str) -> Option<&str> {
        self.behaviors.get(name).map(String::as_str)
    }

    /// Whether any state of the plan judges the entity `name`: what costs effort to find out and nobody judges can stay
    /// out.
    pub fn judged(&self, name: &str) -> bool {
        self.judged.contains(name)
    }

    /// Whether the text `found` satisfies the condition on `name`; an object without one takes all.
    pub fn takes(&self, name: &str, found: &str) -> Truth {
        self.entity(name).map_or(Truth::True, |matcher| matcher.text(found))
    }

    /// Whether the filters keep an item, and whether that is certain; `None` where one of them drops it.
    fn keeps(&self, item: &Item) -> Option<bool> {
        keeps(&self.filters, item)
    }

    /// Whether finding its items means walking a tree.
    pub fn walks(&self) -> bool {
        let downwards = self.behavior("recurse_direction") == Some("down") && self.behavior("max_depth") != Some("0");
        downwards && self.entity("path").is_some()
    }
}

/// A query and what was found for it so far.
#[derive(Debug)]
pub struct Task<'a> {
    /// What is asked.
    pub query: Query<'a>,
    flag: Option<Flag>,
    items: Vec<Item>,
    messages: Vec<String>,
}

impl<'a> Task<'a> {
    fn new(query: Query<'a>) -> Self {
        Self { query, flag: None, items: Vec::new(), messages: Vec::new() }
    }

    /// Adds an item that satisfies the object's conditions; the filters decide whether it stays.
    pub fn push(&mut self, item: Item) {
        let Some(certain) = self.query.keeps(&item) else { return };
        if !certain {
            // Whether it stays is not known: it is shown, and nobody may conclude from its being alone.
            self.lower(Flag::Incomplete, "a filter could not be applied".to_owned());
        }
        if self.items.len() >= ITEMS {
            self.lower(Flag::Incomplete, format!("more than {ITEMS} items"));
            return;
        }
        self.items.push(item);
    }

    /// Whether more items change nothing.
    pub fn is_full(&self) -> bool {
        self.items.len() >= ITEMS && self.flag == Some(Flag::Incomplete)
    }

    /// Says that something may be missing, or that nothing was found out, and why.
    pub fn lower(&mut self, flag: Flag, why: String) {
        let rank = |flag: Flag| match flag {
            Flag::Complete | Flag::DoesNotExist => 0,
            Flag::Incomplete => 1,
            Flag::NotApplicable => 2,
            Flag::NotCollected => 3,
            Flag::Error => 4,
        };
        if self.flag.is_none_or(|old| rank(old) < rank(flag)) {
            self.flag = Some(flag);
        }
        if self.messages.len() < 8 && !self.messages.contains(&why) {
            self.messages.push(why);
        }
    }
}

/// See [`Query::keeps`].
fn keeps(filters: &[(bool, Matchers)], item: &Item) -> Option<bool> {
    let mut certain = true;
    for (include, state) in filters {
        match state.item(item) {
            Truth::True if !include => return None,
            Truth::False if *include => return None,
            Truth::True | Truth::False => {}
            Truth::Error | Truth::Unknown | Truth::NotEvaluated | Truth::NotApplicable => certain = false,
        }
    }
    Some(certain)
}

/// What decides the fate of an object before anybody looks at the host.
enum Ready<'a> {
    Ask(Query<'a>),
    Done(Flag, String),
}

/// Runs `plans` together. `now` is the time in seconds since 1970.
pub fn gather(plans: &[Plan], collector: &mut dyn Collector, now: i64) -> Vec<Collection> {
    let mut runs: Vec<Run<'_>> = plans.iter().map(|plan| Run::new(plan, now)).collect();
    loop {
        let mut batch: Vec<(usize, &str, Task<'_>)> = Vec::new();
        for (number, run) in runs.iter_mut().enumerate() {
            batch.extend(run.ready().into_iter().map(|(id, query)| (number, id, Task::new(query))));
        }
        if batch.is_empty() {
            // Every object is done, or waits for one that waits for it.
            return runs.into_iter().map(Run::finish).collect();
        }
        // A round asks for walks only when nothing else is left to ask.
        let only_walks = batch.iter().all(|(_, _, task)| task.query.walks());
        if !only_walks {
            batch.retain(|(_, _, task)| !task.query.walks());
        }
        let (places, mut tasks): (Vec<_>, Vec<_>) =
            batch.into_iter().map(|(number, id, task)| ((number, id.to_owned()), task)).unzip();
        collector.collect(&mut tasks);
        let done: Vec<_> = tasks.into_iter().map(|task| (task.flag, task.items, task.messages)).collect();
        for ((number, id), (flag, items, messages)) in places.into_iter().zip(done) {
            if let Some(run) = runs.get_mut(number) {
                run.store(&id, flag, items, messages);
            }
        }
    }
}

/// One plan under way.
struct Run<'a> {
    plan: &'a Plan,
    variables: Variables<'a>,
    needs: BTreeMap<&'a str, BTreeSet<&'a str>>,
    judged: Rc<BTreeSet<&'a str>>,
    waiting: BTreeSet<&'a str>,
    collection: Collection,
    places: BTreeMap<Item, usize>,
}

impl<'a> Run<'a> {
    fn new(plan: &'a Plan, now: i64) -> Self {
        let waiting: BTreeSet<&str> = plan.parts.objects.keys().map(String::as_str).collect();
        Self {
            plan,
            variables: Variables::new(&plan.parts, &plan.external, now),
            needs: waiting.iter().map(|id| (*id, objects_before(plan, id))).collect(),
            judged: Rc::new(plan.parts.states.values().flat_map(names).collect()),
            waiting,
            collection: Collection { at: now, ..Collection::default() },
            places: BTreeMap::new(),
        }
    }

    /// The queries whose objects need nothing that is still waiting. Objects that need no host are done on the way.
    fn ready(&mut self) -> Vec<(&'a str, Query<'a>)> {
        let mut queries = Vec::new();
        loop {
            let done = |id: &&str| self.needs.get(*id).is_none_or(|needs| needs.is_disjoint(&self.waiting));
            let ready: Vec<&str> = self.waiting.iter().copied().filter(done).collect();
            let before = self.waiting.len();
            for id in ready {
                let Some(object) = self.plan.parts.objects.get(id) else { continue };
                match &object.source {
                    Source::Set(set) => self.set(id, set),
                    Source::Host { .. } if object.kind == "variable" => self.variable_items(id, object),
                    Source::Host { entities, behaviors, filters } => {
                        if queries.iter().any(|(other, _)| *other == id) {
                            continue;
                        }
                        let entities: Vec<Matcher> = {
                            let (variables, collection) = (&mut self.variables, &self.collection);
                            let mut look_up = |id: &str| variables.values(id, collection);
                            entities
                                .iter()
                                .map(|entity| Matcher::new(entity, Check::AtLeastOne, &mut look_up))
                                .collect()
                        };
                        match self.query(object, entities, behaviors, filters) {
                            Ready::Ask(query) => queries.push((id, query)),
                            Ready::Done(flag, why) => self.store(id, Some(flag), Vec::new(), vec![why]),
                        }
                    }
                }
            }
            if self.waiting.len() == before {
                return queries;
            }
        }
    }

    fn query(
        &mut self,
        object: &'a Object,
        entities: Vec<Matcher>,
        behaviors: &'a BTreeMap<String, String>,
        filters: &'a [Filter],
    ) -> Ready<'a> {
        let Source::Host { entities: written, .. } = &object.source else {
            return Ready::Done(Flag::Error, "is a set".to_owned());
        };
        for variable in written.iter().filter_map(|entity| match &entity.wanted {
            super::model::Value::Variable(id) => Some(id),
            super::model::Value::Literal(_) | super::model::Value::Fields(_) => None,
        }) {
            let values = self.variables.values(variable, &self.collection);
            let nothing = values.values.is_empty();
            match values.flag {
                Flag::Complete | Flag::Incomplete | Flag::DoesNotExist if nothing => {
                    return Ready::Done(Flag::DoesNotExist, format!("variable `{variable}` has no value"));
                }
                Flag::Complete | Flag::Incomplete => {}
                other @ (Flag::Error | Flag::NotCollected | Flag::NotApplicable | Flag::DoesNotExist) => {
                    let why = values.why.unwrap_or_else(|| other.as_str().to_owned());
                    return Ready::Done(other, format!("variable `{variable}`: {why}"));
                }
            }
        }
        if let Some(why) = entities.iter().find_map(|matcher| matcher.usable().err()) {
            return Ready::Done(Flag::Error, why.to_owned());
        }
        if Kind::find(&object.kind).is_none() {
            return Ready::Done(Flag::NotCollected, format!("objects of type `{}` are not known", object.kind));
        }
        match self.filters(filters) {
            Ok(filters) => {
                Ready::Ask(Query { kind: &object.kind, entities, behaviors, filters, judged: Rc::clone(&self.judged) })
            }
            Err(why) => Ready::Done(Flag::Error, why),
        }
    }

    fn filters(&mut self, filters: &[Filter]) -> Result<Vec<(bool, Matchers)>, String> {
        let (variables, collection) = (&mut self.variables, &self.collection);
        let mut look_up = |id: &str| variables.values(id, collection);
        let fill = |filter: &Filter| {
            let state = self.plan.parts.states.get(&filter.state);
            let state = state.ok_or_else(|| format!("state `{}` is not in the document", filter.state))?;
            Ok((filter.include, Matchers::new(state, &mut look_up)))
        };
        filters.iter().map(fill).collect()
    }

    /// `variable_object`: one item that holds every value.
    fn variable_items(&mut self, id: &'a str, object: &Object) {
        let Source::Host { entities, filters, .. } = &object.source else { return };
        let named = entities.iter().find(|entity| entity.name == "var_ref").map(|entity| &entity.wanted);
        let Some(super::model::Value::Literal(variable)) = named else {
            return self.store(id, Some(Flag::Error), Vec::new(), vec!["names no variable".to_owned()]);
        };
        let values = self.variables.values(variable, &self.collection);
        let query = match self.filters(filters) {
            Ok(filters) => Query {
                kind: "variable",
                entities: Vec::new(),
                behaviors: &NO_BEHAVIORS,
                filters,
                judged: Rc::default(),
            },
            Err(why) => return self.store(id, Some(Flag::Error), Vec::new(), vec![why]),
        };
        let mut task = Task::new(query);
        let mut item = Item::new("variable").with("var_ref", variable.as_str());
        let nothing = values.values.is_empty();
        values.values.into_iter().for_each(|value| item.push("value", value));
        if !nothing {
            task.push(item);
        }
        if values.flag != Flag::Complete {
            task.lower(values.flag, values.why.unwrap_or_else(|| format!("variable `{variable}` has no value")));
        }
        let Task { flag, items, messages, .. } = task;
        self.store(id, flag, items, messages);
    }

    fn set(&mut self, id: &'a str, set: &Set) {
        let (flag, items, messages) = match self.set_items(set, 0) {
            Ok((flag, items)) => (flag, items, Vec::new()),
            Err(why) => (Flag::Error, Vec::new(), vec![why]),
        };
        let flag = if flag == Flag::Complete && items.is_empty() { Flag::DoesNotExist } else { flag };
        self.waiting.remove(id);
        self.collection.objects.insert(id.to_owned(), Collected { flag, items, messages });
    }

    fn set_items(&mut self, set: &Set, depth: usize) -> Result<(Flag, Vec<usize>), String> {
        if depth > SET_DEPTH {
            return Err(format!("sets nest deeper than {SET_DEPTH}"));
        }
        let filters = self.filters(&set.filters)?;
        let mut operands = Vec::new();
        for operand in &set.operands {
            let (mut flag, items) = match operand {
                Operand::Set(inner) => self.set_items(inner, depth + 1)?,
                Operand::Object(id) => match self.collection.objects.get(id) {
                    Some(collected) => (collected.flag, collected.items.clone()),
                    None => return Err(format!("object `{id}` was not collected")),
                },
            };
            let mut kept = Vec::new();
            for index in items {
                let Some(item) = self.collection.items.get(index) else { continue };
                let Some(certain) = keeps(&filters, item) else { continue };
                if !certain {
                    flag = Flag::Incomplete;
                }
                kept.push(index);
            }
            if flag == Flag::Complete && kept.is_empty() {
                flag = Flag::DoesNotExist;
            }
            operands.push((flag, kept));
        }
        let mut operands = operands.into_iter();
        let first = operands.next().ok_or_else(|| "a set without an operand".to_owned())?;
        Ok(operands.fold(first, |(flag, items), (other_flag, other_items)| {
            use super::flag::SetOperator::{Complement, Intersection, Union};
            let combined = match set.operator {
                Union => items.iter().chain(other_items.iter().filter(|one| !items.contains(one))).copied().collect(),
                Intersection => items.iter().copied().filter(|one| other_items.contains(one)).collect(),
                Complement => items.iter().copied().filter(|one| !other_items.contains(one)).collect(),
            };
            (set.operator.combine(flag, other_flag), combined)
        }))
    }

    fn store(&mut self, id: &str, flag: Option<Flag>, items: Vec<Item>, messages: Vec<String>) {
        let found = if items.is_empty() { Flag::DoesNotExist } else { Flag::Complete };
        let flag = match flag {
            // Nothing but items that are there, or none: what was found decides.
            None | Some(Flag::Complete | Flag::DoesNotExist) => found,
            Some(other) => other,
        };
        let items = items.into_iter().map(|item| self.place(item)).collect();
        self.waiting.remove(id);
        self.collection.objects.insert(id.to_owned(), Collected { flag, items, messages });
    }

    /// Equal items are one: sets compare them by place.
    fn place(&mut self, item: Item) -> usize {
        if let Some(place) = self.places.get(&item) {
            return *place;
        }
        let place = self.collection.items.len();
        self.collection.items.push(item.clone());
        self.places.insert(item, place);
        place
    }

    /// What still waits now waits for itself.
    fn finish(mut self) -> Collection {
        for id in std::mem::take(&mut self.waiting) {
            let messages = vec!["depends on itself".to_owned()];
            let collected = Collected { flag: Flag::Error, items: Vec::new(), messages };
            self.collection.objects.insert(id.to_owned(), collected);
        }
        self.collection
    }
}

fn names(state: &State) -> impl Iterator<Item = &str> {
    state.entities.iter().map(|entity| entity.name.as_str())
}

static NO_BEHAVIORS: BTreeMap<String, String> = BTreeMap::new();

/// The objects that must be done before `id` can be asked for, directly or through variables.
fn objects_before<'a>(plan: &'a Plan, id: &str) -> BTreeSet<&'a str> {
    let mut objects = BTreeSet::new();
    let Some(object) = plan.parts.objects.get(id) else { return objects };
    let needs = needs_of_object(object);
    objects.extend(needs.objects);
    let mut variables = needs.variables;
    let states = needs.states.iter().filter_map(|id| plan.parts.states.get(*id));
    variables.extend(states.flat_map(needs_of_state));
    let mut seen = BTreeSet::new();
    while let Some(id) = variables.pop() {
        let Some(variable) = plan.parts.variables.get(id) else { continue };
        if seen.insert(id) {
            let (named, more) = variable::references(variable);
            objects.extend(named);
            variables.extend(more);
        }
    }
    objects
}
