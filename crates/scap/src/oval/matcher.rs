//! Conditions of objects, filters and states, with their variables filled in, ready to be put to many items.

use super::compare::Wanted;
use super::item::{Item, ItemEntity, Status};
use super::model::{Entity, State, Value as Source};
use super::truth::{Check, Operator, Truth};
use super::value::{Datatype, Operation, Value};
use super::variable::Values;

/// One condition on one entity.
#[derive(Debug, Clone)]
pub struct Matcher {
    /// The entity's name.
    pub name: String,
    /// What is asked.
    pub operation: Operation,
    /// `xsi:nil`: asked for without a value.
    pub nil: bool,
    /// Whether its value may not be shown.
    pub mask: bool,
    /// What came of the variable, or of reading the document; the values are usable where it is `Ok`.
    wanted: Result<Vec<Wanted>, String>,
    var_check: Check,
    entity_check: Check,
    fields: Vec<Matcher>,
}

impl Matcher {
    /// Fills in `entity`; `look_up` gives the values of a variable. `default` is how several values combine where the
    /// document does not say.
    pub fn new(entity: &Entity, default: Check, look_up: &mut dyn FnMut(&str) -> Values) -> Self {
        let mut fields = Vec::new();
        let wanted = match &entity.wanted {
            Source::Literal(_) if entity.nil => Ok(Vec::new()),
            Source::Literal(text) => read(&[text], entity),
            Source::Variable(id) => {
                let values = look_up(id);
                match values.usable() {
                    Ok([]) => Err(format!("variable `{id}` has no value")),
                    Ok(values) => read(&values.iter().collect::<Vec<_>>(), entity),
                    Err(why) => Err(format!("variable `{id}`: {why}")),
                }
            }
            Source::Fields(inner) => {
                fields = inner.iter().map(|field| Self::new(field, default, look_up)).collect();
                Ok(Vec::new())
            }
        };
        Self {
            name: entity.name.clone(),
            operation: entity.operation,
            nil: entity.nil,
            mask: entity.mask,
            wanted,
            var_check: entity.var_check.unwrap_or(default),
            entity_check: entity.entity_check,
            fields,
        }
    }

    /// Whether the condition can be put to anything.
    ///
    /// # Errors
    ///
    /// Why it cannot: a pattern that is none, a variable without a value.
    pub fn usable(&self) -> Result<(), &str> {
        self.wanted.as_ref().map(|_| ()).map_err(String::as_str)
    }

    /// The values wanted, as written.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.wanted.iter().flatten().map(|wanted| wanted.text.as_str())
    }

    /// The only values that can satisfy it, where it names them.
    pub fn literals(&self) -> Option<Vec<&str>> {
        let several = self.wanted.as_ref().is_ok_and(|wanted| wanted.len() > 1);
        let union = !several || self.var_check == Check::AtLeastOne || self.var_check == Check::OnlyOne;
        (self.operation == Operation::Equals && union && self.fields.is_empty()).then(|| self.texts().collect())
    }

    /// Whether one value satisfies it.
    pub fn value(&self, found: &Value) -> Truth {
        let Ok(wanted) = &self.wanted else { return Truth::Error };
        let one = |wanted: &Wanted| wanted.compare(found, self.operation).map_or(Truth::Error, Truth::from);
        match wanted.as_slice() {
            [single] => one(single),
            several => self.var_check.combine(several.iter().map(one)),
        }
    }

    /// Whether a text satisfies it.
    pub fn text(&self, found: &str) -> Truth {
        match self.wanted.as_deref() {
            Ok([single]) if self.operation == Operation::Equals => Truth::from(single.text == found),
            _ => self.value(&Value::from(found)),
        }
    }

    /// Whether the entities of an item satisfy it.
    fn item(&self, item: &Item) -> Truth {
        let mut found = item.entities.iter().filter(|entity| entity.name == self.name).peekable();
        // What the item does not tell cannot be known (OVAL: "the entity does not exist in the item").
        if found.peek().is_none() {
            return Truth::Unknown;
        }
        if matches!(self.operation, Operation::SubsetOf | Operation::SupersetOf) && self.several() {
            return self.sets(&found.collect::<Vec<_>>());
        }
        self.entity_check.combine(found.map(|entity| self.entity(entity)))
    }

    /// Whether the operation is asked of all values at once: on anything but addresses.
    fn several(&self) -> bool {
        !matches!(self.wanted.as_deref(), Ok([wanted]) if matches!(wanted.datatype(), Datatype::Ipv4 | Datatype::Ipv6))
    }

    fn sets(&self, found: &[&ItemEntity]) -> Truth {
        let Ok(wanted) = &self.wanted else { return Truth::Error };
        let same = |entity: &&ItemEntity, wanted: &Wanted| {
            entity.status == Status::Exists && wanted.compare(&entity.value, Operation::Equals) == Ok(true)
        };
        let superset = wanted.iter().all(|wanted| found.iter().any(|entity| same(entity, wanted)));
        let subset = found.iter().all(|entity| wanted.iter().any(|wanted| same(entity, wanted)));
        Truth::from(if self.operation == Operation::SubsetOf { subset } else { superset })
    }

    fn entity(&self, entity: &ItemEntity) -> Truth {
        match entity.status {
            Status::Exists if self.fields.is_empty() => self.value(&entity.value),
            Status::Exists => self.record(&entity.value),
            Status::DoesNotExist => Truth::False,
            Status::Error => Truth::Error,
            Status::NotCollected => Truth::Unknown,
        }
    }

    fn record(&self, found: &Value) -> Truth {
        let Value::Record(found) = found else { return Truth::Error };
        let field = |matcher: &Self| {
            let values = found.iter().filter(|(name, _)| *name == matcher.name);
            let results: Vec<Truth> = values.map(|(_, value)| matcher.text(value)).collect();
            if results.is_empty() { Truth::Unknown } else { matcher.entity_check.combine(results) }
        };
        Operator::And.combine(self.fields.iter().map(field))
    }

    /// What is wanted, for a person.
    pub fn describe(&self) -> String {
        let values: Vec<&str> = self.texts().collect();
        let plain = self.operation == Operation::Equals;
        let operation = if plain { String::new() } else { format!("{} ", self.operation.as_str()) };
        match (&self.wanted, self.mask) {
            (Err(why), _) => why.clone(),
            (Ok(_), true) => format!("{} {operation}(masked)", self.name),
            (Ok(_), false) => format!("{} {operation}`{}`", self.name, values.join("`, `")),
        }
    }
}

fn read(texts: &[&String], entity: &Entity) -> Result<Vec<Wanted>, String> {
    let read = |text: &&String| Wanted::new(text, entity.datatype, entity.operation).map_err(|error| error.to_string());
    texts.iter().map(read).collect()
}

/// A state, ready to be put to items.
#[derive(Debug, Clone)]
pub struct Matchers {
    operator: Operator,
    /// Its conditions.
    pub matchers: Vec<Matcher>,
}

impl Matchers {
    /// Fills in `state`.
    pub fn new(state: &State, look_up: &mut dyn FnMut(&str) -> Values) -> Self {
        let matchers = state.entities.iter().map(|entity| Matcher::new(entity, Check::All, look_up)).collect();
        Self { operator: state.operator, matchers }
    }

    /// Whether an item satisfies it. A state without conditions is satisfied by everything.
    pub fn item(&self, item: &Item) -> Truth {
        if self.matchers.is_empty() {
            return Truth::True;
        }
        self.operator.combine(self.matchers.iter().map(|matcher| matcher.item(item)))
    }
}
