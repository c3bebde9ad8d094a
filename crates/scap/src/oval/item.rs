//! Items: what was found on a host, in OVAL's terms (system characteristics schema).

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::value::Value;

/// Whether an item, or one entity of it, is there (`StatusEnumeration`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// It is.
    #[default]
    Exists,
    /// It is not.
    DoesNotExist,
    /// Looking went wrong.
    Error,
    /// Nobody looked.
    NotCollected,
}

impl Status {
    /// The word in documents.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Exists => "exists",
            Self::DoesNotExist => "does not exist",
            Self::Error => "error",
            Self::NotCollected => "not collected",
        }
    }
}

/// One named value of an item. A name may occur several times: the groups of a match, the options of a mount.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ItemEntity {
    /// Its name in the schema.
    pub name: Cow<'static, str>,
    /// Whether it is there; the value counts only where it is.
    #[serde(default, skip_serializing_if = "is_there")]
    pub status: Status,
    /// The value.
    pub value: Value,
}

fn is_there(status: &Status) -> bool {
    *status == Status::Exists
}

/// One thing that was found.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Item {
    /// Its type's name in the schema, for example `textfilecontent54`.
    pub kind: Cow<'static, str>,
    /// Whether it is there.
    #[serde(default, skip_serializing_if = "is_there")]
    pub status: Status,
    /// Its values in the order of the schema.
    pub entities: Vec<ItemEntity>,
    /// The line of a file on which it was found, counted from one: evidence, no part of the schema.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
}

impl Item {
    /// An item of type `kind` without values yet.
    pub fn new(kind: &'static str) -> Self {
        Self { kind: Cow::Borrowed(kind), status: Status::Exists, entities: Vec::new(), line: None }
    }

    /// Adds a value.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.push(name, value);
        self
    }

    /// Adds a value.
    pub fn push(&mut self, name: &'static str, value: impl Into<Value>) {
        let entity = ItemEntity { name: Cow::Borrowed(name), status: Status::Exists, value: value.into() };
        self.entities.push(entity);
    }

    /// Adds an entity without a value: what is not there, or could not be read.
    pub fn push_status(&mut self, name: &'static str, status: Status) {
        self.entities.push(ItemEntity { name: Cow::Borrowed(name), status, value: Value::Text(String::new()) });
    }

    /// The entities called `name`.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a ItemEntity> {
        self.entities.iter().filter(move |entity| entity.name == name)
    }

    /// The first entity called `name` that is there.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.entities
            .iter()
            .find(|entity| entity.name == name && entity.status == Status::Exists)
            .map(|entity| &entity.value)
    }
}
