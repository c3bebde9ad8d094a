//! Answering definitions from collected items alone.

use std::collections::{BTreeMap, BTreeSet};

use super::flag::Flag;
use super::gather::Collection;
use super::item::Status;
use super::matcher::Matchers;
use super::model::{Claim, Criteria, Document, Existence, Id, Test};
use super::truth::{Check, Truth};
use super::variable::Variables;

/// How deep definitions may extend definitions.
const DEPTH: usize = 64;

/// What a test came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestResult {
    /// Its result.
    pub truth: Truth,
    /// The items that were compared, as places in the collection, each with its result.
    pub tested: Vec<(usize, Truth)>,
    /// Why it is neither true nor false.
    pub why: Option<String>,
}

/// The definitions of a document over one collection. Every definition and test is evaluated once.
#[derive(Debug)]
pub struct Evaluator<'a> {
    pub(super) document: &'a Document,
    pub(super) collection: &'a Collection,
    variables: Variables<'a>,
    definitions: BTreeMap<&'a str, Truth>,
    tests: BTreeMap<&'a str, TestResult>,
    states: BTreeMap<&'a str, Matchers>,
    busy: BTreeSet<&'a str>,
}

impl<'a> Evaluator<'a> {
    /// An evaluator; `external` holds the values of external variables.
    pub fn new(document: &'a Document, external: &'a BTreeMap<Id, Vec<String>>, collection: &'a Collection) -> Self {
        Self {
            document,
            collection,
            variables: Variables::new(&document.parts, external, collection.at),
            definitions: BTreeMap::new(),
            tests: BTreeMap::new(),
            states: BTreeMap::new(),
            busy: BTreeSet::new(),
        }
    }

    /// The result of the definition `id`; an error where the document has none, or where it extends itself.
    pub fn definition(&mut self, id: &str) -> Truth {
        let Some((id, definition)) = self.document.definitions.get_key_value(id) else { return Truth::Error };
        if let Some(truth) = self.definitions.get(id.as_str()) {
            return *truth;
        }
        if self.busy.len() >= DEPTH || !self.busy.insert(id) {
            return Truth::Error;
        }
        let truth = definition.criteria.as_ref().map_or(Truth::NotEvaluated, |criteria| self.criteria(criteria));
        self.busy.remove(id.as_str());
        self.definitions.insert(id, truth);
        truth
    }

    /// What kind of statement the definition `id` makes.
    pub fn class(&self, id: &str) -> Option<super::model::Class> {
        self.document.definitions.get(id).map(|definition| definition.class)
    }

    /// The result of one node.
    pub fn criteria(&mut self, node: &'a Criteria) -> Truth {
        // A branch that says whether the definition applies at all and is false makes its parent not applicable.
        let truth = match &node.claim {
            Claim::Several { operator, criteria } => {
                let results: Vec<(bool, Truth)> =
                    criteria.iter().map(|child| (child.applicability_check, self.criteria(child))).collect();
                if results.contains(&(true, Truth::False)) {
                    return Truth::NotApplicable;
                }
                operator.combine(results.into_iter().map(|(_, truth)| truth))
            }
            Claim::Test(id) => self.test(id).truth,
            Claim::Definition(id) => self.definition(id),
        };
        truth.negated(node.negate)
    }

    /// The result of the test `id`.
    pub fn test(&mut self, id: &str) -> TestResult {
        let failed = |truth, why: String| TestResult { truth, tested: Vec::new(), why: Some(why) };
        let Some((id, test)) = self.document.tests.get_key_value(id) else {
            return failed(Truth::Error, format!("test `{id}` is not in the document"));
        };
        if let Some(result) = self.tests.get(id.as_str()) {
            return result.clone();
        }
        let result = match &test.object {
            None if test.kind == "unknown" => failed(Truth::Unknown, "the content says that it is unknown".to_owned()),
            None => failed(Truth::Error, format!("test `{id}` names no object")),
            Some(object) => match self.collection.objects.get(object) {
                None => failed(Truth::Unknown, format!("object `{object}` was not collected")),
                Some(collected) => {
                    let why = collected.messages.first().cloned();
                    let (truth, tested) = self.compared(test, collected.flag, &collected.items);
                    let told = matches!(truth, Truth::True | Truth::False);
                    let why = (!told).then(|| why.unwrap_or_else(|| reason(test, collected.flag)));
                    TestResult { truth, tested, why }
                }
            },
        };
        self.tests.insert(id, result.clone());
        result
    }

    fn compared(&mut self, test: &'a Test, flag: Flag, items: &[usize]) -> (Truth, Vec<(usize, Truth)>) {
        match flag {
            Flag::Error => return (Truth::Error, Vec::new()),
            Flag::NotCollected => return (Truth::Unknown, Vec::new()),
            Flag::NotApplicable => return (Truth::NotApplicable, Vec::new()),
            Flag::DoesNotExist => return (existence(test.check_existence, [].into_iter()), Vec::new()),
            Flag::Complete | Flag::Incomplete => {}
        }
        let status = |index: &usize| self.collection.items.get(*index).map(|item| item.status);
        let statuses: Vec<Status> = items.iter().filter_map(status).collect();
        let there: Vec<usize> = items.iter().copied().filter(|index| status(index) == Some(Status::Exists)).collect();
        let tested: Vec<(usize, Truth)> = there.into_iter().map(|index| (index, self.states(test, index))).collect();
        let results = || tested.iter().map(|(_, truth)| *truth);
        let truth = if flag == Flag::Incomplete {
            incomplete(test, &statuses, results())
        } else {
            let exist = existence(test.check_existence, statuses.iter().copied());
            if exist != Truth::True || test.states.is_empty() || tested.is_empty() {
                // Any number of items will do where there is none to compare.
                exist
            } else {
                test.check.combine(results())
            }
        };
        (truth, tested)
    }

    /// One item against the states of a test.
    fn states(&mut self, test: &'a Test, index: usize) -> Truth {
        if test.states.is_empty() {
            return Truth::NotEvaluated;
        }
        let results: Vec<Truth> = test.states.iter().map(|state| self.state(state, index)).collect();
        test.state_operator.combine(results)
    }

    fn state(&mut self, id: &'a str, index: usize) -> Truth {
        let Some(item) = self.collection.items.get(index) else { return Truth::Error };
        self.matchers(id).map_or(Truth::Error, |matchers| matchers.item(item))
    }

    /// The state `id` with its variables filled in.
    pub fn matchers(&mut self, id: &'a str) -> Option<&Matchers> {
        let state = self.document.parts.states.get(id)?;
        let (variables, collection) = (&mut self.variables, self.collection);
        let fill = || Matchers::new(state, &mut |id| variables.values(id, collection));
        Some(self.states.entry(id).or_insert_with(fill))
    }
}

fn reason(test: &Test, flag: Flag) -> String {
    match flag {
        Flag::Complete | Flag::DoesNotExist | Flag::Incomplete => {
            format!("items of type `{}` could not be compared", test.kind)
        }
        Flag::Error | Flag::NotCollected | Flag::NotApplicable => {
            format!("items of type `{}`: {}", test.kind, flag.as_str())
        }
    }
}

/// The existence table of the definitions schema over the statuses of items.
fn existence(wanted: Existence, statuses: impl Iterator<Item = Status>) -> Truth {
    let (mut exist, mut missing, mut failed, mut unseen) = (0, 0, 0, 0);
    for status in statuses {
        match status {
            Status::Exists => exist += 1,
            Status::DoesNotExist => missing += 1,
            Status::Error => failed += 1,
            Status::NotCollected => unseen += 1,
        }
    }
    let uncertain = if failed > 0 { Some(Truth::Error) } else { (unseen > 0).then_some(Truth::Unknown) };
    match wanted {
        Existence::AllExist if missing > 0 => Truth::False,
        Existence::AllExist => uncertain.unwrap_or(Truth::from(exist > 0)),
        Existence::AnyExist if failed > 0 && exist == 0 => Truth::Error,
        Existence::AnyExist => Truth::True,
        Existence::AtLeastOneExists if exist > 0 => Truth::True,
        Existence::AtLeastOneExists => uncertain.unwrap_or(Truth::False),
        Existence::NoneExist if exist > 0 => Truth::False,
        Existence::NoneExist => uncertain.unwrap_or(Truth::True),
        Existence::OnlyOneExists if exist > 1 => Truth::False,
        Existence::OnlyOneExists => uncertain.unwrap_or(Truth::from(exist == 1)),
    }
}

/// What can be concluded although more items may exist.
fn incomplete(test: &Test, statuses: &[Status], results: impl Iterator<Item = Truth>) -> Truth {
    let exist = statuses.iter().filter(|status| **status == Status::Exists).count();
    let existence = match test.check_existence {
        Existence::NoneExist if exist > 0 => return Truth::False,
        Existence::OnlyOneExists if exist > 1 => return Truth::False,
        Existence::AtLeastOneExists if exist > 0 => Truth::True,
        Existence::AnyExist => Truth::True,
        Existence::AllExist | Existence::NoneExist | Existence::OnlyOneExists | Existence::AtLeastOneExists => {
            Truth::Unknown
        }
    };
    let results: Vec<Truth> = results.collect();
    let count = |truth: Truth| results.iter().filter(|result| **result == truth).count();
    if test.states.is_empty() {
        return existence;
    }
    match test.check {
        Check::All if count(Truth::False) > 0 => Truth::False,
        Check::AtLeastOne if count(Truth::True) > 0 => existence,
        Check::OnlyOne if count(Truth::True) > 1 => Truth::False,
        Check::NoneSatisfy if count(Truth::True) > 0 => Truth::False,
        Check::All | Check::AtLeastOne | Check::OnlyOne | Check::NoneSatisfy => Truth::Unknown,
    }
}
