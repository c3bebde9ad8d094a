//! A benchmark as typed values.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::super::cpe::Expression;

/// A benchmark.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Benchmark {
    /// Its id.
    pub id: String,
    /// Its version; empty where it has none.
    pub version: String,
    /// How finished it is, in the content's word; empty where it does not say.
    pub status: String,
    /// Its title.
    pub title: String,
    /// What it is about.
    pub description: String,
    /// Platforms, one of which the host must be.
    pub platforms: Vec<String>,
    /// Named expressions that platforms refer to with `#id`.
    pub expressions: BTreeMap<String, Expression>,
    /// The scoring models asked for.
    pub models: Vec<String>,
    /// Texts that others put in by `sub`.
    pub plain_texts: BTreeMap<String, String>,
    /// Profiles in order.
    pub profiles: Vec<Profile>,
    /// Values by id.
    pub values: BTreeMap<String, Value>,
    /// Groups and rules in order.
    pub items: Vec<Item>,
}

/// A group or a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Item {
    /// A group.
    Group(Box<Group>),
    /// A rule.
    Rule(Box<Rule>),
}

impl Item {
    /// What groups and rules have in common.
    pub fn node(&self) -> &Node {
        match self {
            Self::Group(group) => &group.node,
            Self::Rule(rule) => &rule.node,
        }
    }
}

/// What groups and rules have in common.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Node {
    /// Its id.
    pub id: String,
    /// A second id that several items share.
    pub cluster: Option<String>,
    /// Its title.
    pub title: String,
    /// What it is about.
    pub description: String,
    /// Why it matters.
    pub rationale: String,
    /// Whether it counts before any profile speaks.
    pub selected: bool,
    /// Its weight as written; one where nothing is.
    pub weight: Option<String>,
    /// Platforms, one of which the host must be.
    pub platforms: Vec<String>,
    /// Ids of which one must be selected, per entry.
    pub requires: Vec<Vec<String>>,
    /// Ids of which none may be selected.
    pub conflicts: Vec<String>,
}

/// A group.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// Id, title and the rest.
    pub node: Node,
    /// Its members in order.
    pub items: Vec<Item>,
}

/// A rule.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// Id, title and the rest.
    pub node: Node,
    /// Its severity as written; `unknown` where nothing is.
    pub severity: Option<String>,
    /// `full`, `unscored` or `unchecked`.
    pub role: Option<String>,
    /// Source (a URL) and text of each reference.
    pub references: Vec<(String, String)>,
    /// System and text of each identifier.
    pub idents: Vec<(String, String)>,
    /// What to do, in words.
    pub fixtext: String,
    /// Its checks in order.
    pub checks: Vec<Check>,
    /// Its combination of checks, which goes before the others.
    pub complex: Option<ComplexCheck>,
}

/// One check.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// The language.
    pub system: String,
    /// The selector by which a profile chooses it.
    pub selector: String,
    /// Whether pass and fail change places.
    pub negate: bool,
    /// Whether every definition of the document gives a result of its own.
    pub multi: bool,
    /// Value and external variable of each export.
    pub exports: Vec<(String, String)>,
    /// Alternatives: document, and definition in it.
    pub contents: Vec<(String, Option<String>)>,
}

/// Checks combined.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComplexCheck {
    /// Whether all must pass, or one.
    pub all: bool,
    /// Whether pass and fail change places.
    pub negate: bool,
    /// What is combined.
    pub inner: Vec<CheckNode>,
}

/// A part of a complex check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum CheckNode {
    /// A check.
    Check(Check),
    /// A combination.
    Complex(ComplexCheck),
}

/// A value that content can be parametrised with.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Value {
    /// Its title.
    pub title: String,
    /// `number`, `string` or `boolean`.
    pub kind: String,
    /// How it is compared, for people.
    pub operator: String,
    /// Selector and values, in order. The one without a selector is the default.
    pub choices: Vec<(String, Vec<String>)>,
}

/// A profile.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What it is for.
    pub description: String,
    /// The profile that it builds on.
    pub extends: Option<String>,
    /// Platforms, one of which the host must be.
    pub platforms: Vec<String>,
    /// What it says, in order.
    pub statements: Vec<Statement>,
}

/// One statement of a profile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Statement {
    /// `select`: an item, or a cluster, counts or does not.
    Select {
        /// The item or cluster.
        id: String,
        /// Whether it counts.
        selected: bool,
    },
    /// `refine-rule`: changes of an item.
    RefineRule {
        /// The item or cluster.
        id: String,
        /// The role.
        role: Option<String>,
        /// The severity.
        severity: Option<String>,
        /// The weight.
        weight: Option<String>,
        /// Which check counts.
        selector: Option<String>,
    },
    /// `refine-value`: which choice of a value counts.
    RefineValue {
        /// The value.
        id: String,
        /// The choice.
        selector: Option<String>,
    },
    /// `set-value`: the value itself.
    SetValue {
        /// The value.
        id: String,
        /// What it is set to.
        values: Vec<String>,
    },
}

/// A tailoring document: profiles of somebody else's for a benchmark.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tailoring {
    /// Its id.
    pub id: String,
    /// The benchmark it is for, as it names it.
    pub benchmark: Option<String>,
    /// Its version.
    pub version: String,
    /// When that version was made; empty where it does not say.
    pub time: String,
    /// Its profiles.
    pub profiles: Vec<Profile>,
}

impl Benchmark {
    /// Every rule, in order, with the groups that hold it from the outside in.
    pub fn rules(&self) -> Vec<(&Rule, Vec<&Group>)> {
        fn walk<'a>(items: &'a [Item], above: &mut Vec<&'a Group>, rules: &mut Vec<(&'a Rule, Vec<&'a Group>)>) {
            for item in items {
                match item {
                    Item::Rule(rule) => rules.push((rule, above.clone())),
                    Item::Group(group) => {
                        above.push(group);
                        walk(&group.items, above, rules);
                        above.pop();
                    }
                }
            }
        }
        let mut rules = Vec::new();
        walk(&self.items, &mut Vec::new(), &mut rules);
        rules
    }
}
