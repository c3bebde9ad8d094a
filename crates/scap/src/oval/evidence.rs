//! Why a definition came out as it did: the tests that decided, what they found and what they wanted.

use std::collections::BTreeSet;

use super::evaluate::Evaluator;
use super::item::Item;
use super::model::{Claim, Criteria, Existence, Test};
use super::truth::Truth;

/// How much is told about one definition.
const LINES: usize = 20;

/// One thing that a test looked at.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Evidence {
    /// What the test asks, in the content's words.
    pub claim: String,
    /// Where the item is: a path, a package, a setting.
    pub at: String,
    /// The line in the file, counted from one.
    pub line: Option<u32>,
    /// What was found; `None` where nothing was.
    pub found: Option<String>,
    /// What was wanted.
    pub wanted: String,
}

impl<'a> Evaluator<'a> {
    /// What made the definition `id` come to `truth`: the tests below it that came out the same way.
    pub fn evidence(&mut self, id: &str) -> Vec<Evidence> {
        let mut tests = BTreeSet::new();
        let truth = self.definition(id);
        self.deciding(id, truth, &mut tests, &mut BTreeSet::new());
        let mut evidence: Vec<Evidence> = tests.into_iter().flat_map(|test| self.of_test(test)).collect();
        evidence.sort();
        evidence.dedup();
        evidence.truncate(LINES);
        evidence
    }

    /// Why the definition `id` is neither true nor false.
    pub fn reasons(&mut self, id: &str) -> Vec<String> {
        let mut tests = BTreeSet::new();
        let truth = self.definition(id);
        self.deciding(id, truth, &mut tests, &mut BTreeSet::new());
        let mut reasons: Vec<String> = tests.into_iter().filter_map(|test| self.test(test).why).collect();
        reasons.sort();
        reasons.dedup();
        reasons
    }

    fn deciding(&mut self, id: &str, truth: Truth, tests: &mut BTreeSet<&'a str>, seen: &mut BTreeSet<&'a str>) {
        let document = self.document;
        let Some((id, definition)) = document.definitions.get_key_value(id) else { return };
        if !seen.insert(id) {
            return;
        }
        if let Some(criteria) = &definition.criteria {
            self.deciding_nodes(criteria, truth, tests, seen);
        }
    }

    fn deciding_nodes(
        &mut self,
        node: &'a Criteria,
        truth: Truth,
        tests: &mut BTreeSet<&'a str>,
        seen: &mut BTreeSet<&'a str>,
    ) {
        let inner = truth.negated(node.negate);
        match &node.claim {
            Claim::Several { criteria, .. } => {
                let same: Vec<&Criteria> = criteria.iter().filter(|child| self.criteria(child) == inner).collect();
                // XOR and ONE can be false with every branch true: then all of them decided.
                let decided = if same.is_empty() { criteria.iter().collect() } else { same };
                for child in decided {
                    let truth = self.criteria(child);
                    self.deciding_nodes(child, truth, tests, seen);
                }
            }
            Claim::Test(id) => {
                tests.insert(id);
            }
            Claim::Definition(id) => self.deciding(id, inner, tests, seen),
        }
    }

    fn of_test(&mut self, id: &str) -> Vec<Evidence> {
        let Some(test) = self.document.tests.get(id) else { return Vec::new() };
        let result = self.test(id);
        let wanted = self.wanted(test);
        let told: Vec<(usize, Truth)> =
            result.tested.iter().copied().filter(|(_, truth)| *truth != Truth::True).take(LINES).collect();
        let told = if told.is_empty() { result.tested.iter().copied().take(LINES).collect() } else { told };
        if told.is_empty() {
            let (claim, at) = (test.comment.clone(), self.asked(test));
            return vec![Evidence { claim, at, line: None, found: None, wanted }];
        }
        let items = told.iter().filter_map(|(index, _)| self.collection.items.get(*index));
        items
            .map(|item| Evidence {
                claim: test.comment.clone(),
                at: place(item),
                line: item.line,
                found: Some(summary(item)),
                wanted: wanted.clone(),
            })
            .collect()
    }

    /// What the object of a test asks for, for a person: the first of its conditions.
    fn asked(&self, test: &Test) -> String {
        use super::model::{Source, Value};
        let object = test.object.as_ref().and_then(|id| self.document.parts.objects.get(id));
        let Some(Source::Host { entities, .. }) = object.map(|object| &object.source) else { return test.kind.clone() };
        let written = |entity: &super::model::Entity| match &entity.wanted {
            Value::Literal(text) => Some(text.clone()).filter(|text| !text.is_empty()),
            Value::Variable(id) => Some(format!("variable {id}")),
            Value::Fields(_) => None,
        };
        let mut parts = entities.iter().filter(|entity| !entity.mask).filter_map(written);
        parts.next().unwrap_or_else(|| test.kind.clone())
    }

    fn wanted(&mut self, test: &'a Test) -> String {
        let states: Vec<String> = test
            .states
            .iter()
            .filter_map(|state| {
                let matchers = self.matchers(state)?;
                Some(matchers.matchers.iter().map(super::matcher::Matcher::describe).collect::<Vec<_>>().join(", "))
            })
            .collect();
        let existence = match test.check_existence {
            Existence::AllExist | Existence::AtLeastOneExists => "exists",
            Existence::AnyExist => "if it exists",
            Existence::NoneExist => "does not exist",
            Existence::OnlyOneExists => "exists once",
        };
        if states.is_empty() {
            existence.to_owned()
        } else {
            format!("{existence}: {} satisfy {}", test.check.as_str(), states.join("; "))
        }
    }
}

/// Where an item is.
fn place(item: &Item) -> String {
    let first = |names: &[&str]| names.iter().find_map(|name| item.get(name).map(ToString::to_string));
    first(&["filepath", "path", "name", "unit", "mount_point", "username", "var_ref"])
        .unwrap_or_else(|| item.kind.to_string())
}

/// What an item says, without what says where it is.
fn summary(item: &Item) -> String {
    if let Some(text) = item.get("text") {
        return text.to_string();
    }
    let quiet = ["filepath", "path", "filename", "pattern", "instance", "var_ref"];
    let told = item.entities.iter().filter(|entity| !quiet.contains(&entity.name.as_ref()));
    let told = told.filter(|entity| entity.status == super::item::Status::Exists);
    told.map(|entity| format!("{} {}", entity.name, entity.value)).collect::<Vec<_>>().join(", ")
}
