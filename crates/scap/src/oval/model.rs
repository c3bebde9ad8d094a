//! An OVAL document as typed values: definitions, tests, objects, states, variables (OVAL 5.11 definitions schema).
//!
//! Ids stay strings; nothing here is resolved, so a document with a dangling reference can still be read and the
//! definitions that need it end as an error with its name.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::flag::SetOperator;
use super::truth::{Check, Operator};
use super::value::{Datatype, Operation};

/// An id of the form `oval:namespace:kind:number`.
pub type Id = String;

/// A whole OVAL document.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// Definitions by id.
    pub definitions: BTreeMap<Id, Definition>,
    /// Tests by id.
    pub tests: BTreeMap<Id, Test>,
    /// What is collected with it.
    pub parts: Parts,
}

/// What a host needs of a document: everything that decides which items are collected.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parts {
    /// Objects by id.
    pub objects: BTreeMap<Id, Object>,
    /// States by id.
    pub states: BTreeMap<Id, State>,
    /// Variables by id.
    pub variables: BTreeMap<Id, Variable>,
}

/// One definition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Definition {
    /// Its version.
    pub version: String,
    /// What kind of statement it makes.
    pub class: Class,
    /// Its title; empty where the document has none.
    pub title: String,
    /// What it claims; `None` for a deprecated definition without criteria.
    pub criteria: Option<Criteria>,
}

/// `ClassEnumeration`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Class {
    /// The system is set up as it should be.
    Compliance,
    /// Something is installed.
    Inventory,
    /// None of the others.
    Miscellaneous,
    /// A patch is missing.
    Patch,
    /// The system is vulnerable.
    Vulnerability,
}

impl Class {
    /// The word in documents.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Compliance => "compliance",
            Self::Inventory => "inventory",
            Self::Miscellaneous => "miscellaneous",
            Self::Patch => "patch",
            Self::Vulnerability => "vulnerability",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Compliance, Self::Inventory, Self::Miscellaneous, Self::Patch, Self::Vulnerability]
            .into_iter()
            .find(|class| class.as_str() == word)
    }
}

/// A node of a definition's claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Criteria {
    /// Whether true and false change places.
    pub negate: bool,
    /// Whether the definition does not apply where this is false.
    pub applicability_check: bool,
    /// What it says, for a person.
    pub comment: String,
    /// What is claimed.
    pub claim: Claim,
}

/// What a node claims.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Claim {
    /// `criteria`: several nodes together.
    Several {
        /// How they combine.
        operator: Operator,
        /// The nodes.
        criteria: Vec<Criteria>,
    },
    /// `criterion`: a test.
    Test(Id),
    /// `extend_definition`: another definition.
    Definition(Id),
}

/// One test: items of an object, compared with states.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Test {
    /// Its version.
    pub version: String,
    /// Its type, for example `textfilecontent54`.
    pub kind: String,
    /// What it says, for a person.
    pub comment: String,
    /// How the results of items combine.
    pub check: Check,
    /// How many items there must be.
    pub check_existence: Existence,
    /// How the results of states combine.
    pub state_operator: Operator,
    /// Where the items come from; `unknown_test` has none.
    pub object: Option<Id>,
    /// The states.
    pub states: Vec<Id>,
}

/// `ExistenceEnumeration`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Existence {
    /// Every item that the object names.
    AllExist,
    /// Any number, none included.
    AnyExist,
    /// One or more.
    #[default]
    AtLeastOneExists,
    /// None.
    NoneExist,
    /// One, no more.
    OnlyOneExists,
}

impl Existence {
    /// The word in documents.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AllExist => "all_exist",
            Self::AnyExist => "any_exist",
            Self::AtLeastOneExists => "at_least_one_exists",
            Self::NoneExist => "none_exist",
            Self::OnlyOneExists => "only_one_exists",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::AllExist, Self::AnyExist, Self::AtLeastOneExists, Self::NoneExist, Self::OnlyOneExists]
            .into_iter()
            .find(|existence| existence.as_str() == word)
    }
}

/// One object: which items are asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Object {
    /// Its version.
    pub version: String,
    /// Its type, for example `file`.
    pub kind: String,
    /// How the items are found.
    pub source: Source,
}

/// Where the items of an object come from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Source {
    /// From the host.
    Host {
        /// The conditions.
        entities: Vec<Entity>,
        /// The `behaviors` by name.
        behaviors: BTreeMap<String, String>,
        /// What is left out or kept, in order.
        filters: Vec<Filter>,
    },
    /// From other objects.
    Set(Set),
}

/// Items of one or two operands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Set {
    /// How they combine.
    pub operator: SetOperator,
    /// The operands, one or two.
    pub operands: Vec<Operand>,
    /// Filters over the items of every operand.
    pub filters: Vec<Filter>,
}

/// An operand of a set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Operand {
    /// The items of an object.
    Object(Id),
    /// The items of a set within.
    Set(Box<Set>),
}

/// A filter: items that satisfy the state go, or stay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filter {
    /// Whether items that satisfy the state stay (`include`) or go (`exclude`).
    pub include: bool,
    /// The state.
    pub state: Id,
}

/// One condition of an object or a state on one entity of an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entity {
    /// The entity's name.
    pub name: String,
    /// How values are read.
    pub datatype: Datatype,
    /// What is asked.
    pub operation: Operation,
    /// Whether the value may not be shown.
    pub mask: bool,
    /// `xsi:nil`: the entity is asked for without a value.
    pub nil: bool,
    /// The value or values wanted.
    pub wanted: Value,
    /// How results combine where the variable has several values; `None` where the document does not say.
    pub var_check: Option<Check>,
    /// How results combine where the item has several values. Objects do not use it.
    pub entity_check: Check,
}

/// Where a wanted value stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Value {
    /// In the document.
    Literal(String),
    /// In a variable.
    Variable(Id),
    /// In the fields of a record, each with conditions of its own.
    Fields(Vec<Entity>),
}

/// One state: what is wanted of an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// Its version.
    pub version: String,
    /// Its type, for example `file`.
    pub kind: String,
    /// What it says, for a person.
    pub comment: String,
    /// How the results of its entities combine.
    pub operator: Operator,
    /// The conditions.
    pub entities: Vec<Entity>,
}

/// One variable.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Variable {
    /// Its version.
    pub version: String,
    /// How its values are read.
    pub datatype: Datatype,
    /// Where they come from.
    pub source: VariableSource,
}

/// Where the values of a variable come from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum VariableSource {
    /// `constant_variable`: the document.
    Constant(Vec<String>),
    /// `external_variable`: whoever evaluates, within restrictions.
    External {
        /// The values that are allowed; any where empty.
        possible: Vec<String>,
        /// Sets of conditions, one of which must hold.
        restrictions: Vec<Restriction>,
    },
    /// `local_variable`: a computation.
    Local(Component),
}

/// `possible_restriction`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Restriction {
    /// How the conditions combine.
    pub operator: Operator,
    /// Operation and value of each.
    pub conditions: Vec<(Operation, String)>,
}

/// A part of a computation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Component {
    /// `literal_component`.
    Literal {
        /// How it is read.
        datatype: Datatype,
        /// The value.
        value: String,
    },
    /// `object_component`: the values of one field over all items of an object.
    Object {
        /// The object.
        object: Id,
        /// The entity of the items.
        field: String,
        /// The field of a record, where the entity is one.
        record_field: Option<String>,
    },
    /// `variable_component`: the values of another variable.
    Variable(Id),
    /// A function of components.
    Function {
        /// The element's name.
        name: String,
        /// Its attributes.
        attributes: BTreeMap<String, String>,
        /// Its arguments.
        arguments: Vec<Component>,
    },
}
