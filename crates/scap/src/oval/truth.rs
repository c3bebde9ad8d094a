//! The six results of OVAL and the tables by which they combine (OVAL 5.11 definitions schema, OperatorEnumeration and
//! CheckEnumeration in the common schema).

use serde::{Deserialize, Serialize};

/// What a definition, criterion, test, state or entity came to (`ResultEnumeration`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Truth {
    /// It is so.
    True,
    /// It is not so.
    False,
    /// The question could be asked and went wrong.
    Error,
    /// The answer cannot be known.
    Unknown,
    /// Nobody asked.
    NotEvaluated,
    /// The question makes no sense on this host.
    NotApplicable,
}

use Truth::{Error, False, NotApplicable, NotEvaluated, True, Unknown};

impl Truth {
    /// The word in result documents.
    pub const fn as_str(self) -> &'static str {
        match self {
            True => "true",
            False => "false",
            Error => "error",
            Unknown => "unknown",
            NotEvaluated => "not evaluated",
            NotApplicable => "not applicable",
        }
    }

    /// `negate="true"`: true and false change places, everything else stays.
    #[must_use]
    pub const fn negated(self, negate: bool) -> Self {
        match (self, negate) {
            (True, true) => False,
            (False, true) => True,
            _ => self,
        }
    }
}

impl From<bool> for Truth {
    fn from(value: bool) -> Self {
        if value { True } else { False }
    }
}

/// How results combine: `operator` of criteria and states, `state_operator`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Operator {
    /// All.
    #[default]
    And,
    /// At least one.
    Or,
    /// Exactly one.
    One,
    /// An odd number.
    Xor,
}

/// How results of several items, values or entities combine: `check`, `entity_check`, `var_check`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Check {
    /// Every one.
    #[default]
    All,
    /// One or more.
    AtLeastOne,
    /// One, no more.
    OnlyOne,
    /// Not one. `none exist` is its deprecated spelling.
    NoneSatisfy,
}

/// A condition on the counts of results; the first line of a table whose condition holds gives the result.
#[derive(Clone, Copy)]
enum When {
    Any(Truth),
    Several(Truth),
    OddlyMany(Truth),
}

type Table = &'static [(When, Truth)];

use When::{Any, OddlyMany, Several};

const AND: Table = &[
    (Any(False), False),
    (Any(Error), Error),
    (Any(Unknown), Unknown),
    (Any(NotEvaluated), NotEvaluated),
    (Any(True), True),
];
const OR: Table = &[
    (Any(True), True),
    (Any(Error), Error),
    (Any(Unknown), Unknown),
    (Any(NotEvaluated), NotEvaluated),
    (Any(False), False),
];
const ONE: Table = &[
    (Several(True), False),
    (Any(Error), Error),
    (Any(Unknown), Unknown),
    (Any(NotEvaluated), NotEvaluated),
    (Any(True), True),
    (Any(False), False),
];
const XOR: Table = &[
    (Any(Error), Error),
    (Any(Unknown), Unknown),
    (Any(NotEvaluated), NotEvaluated),
    (OddlyMany(True), True),
    (Any(True), False),
    (Any(False), False),
];
const NONE: Table = &[
    (Any(True), False),
    (Any(Error), Error),
    (Any(Unknown), Unknown),
    (Any(NotEvaluated), NotEvaluated),
    (Any(False), True),
];

impl Operator {
    /// The result of several results; not applicable when all of them are, or there is none.
    pub fn combine(self, results: impl IntoIterator<Item = Truth>) -> Truth {
        let table = match self {
            Self::And => AND,
            Self::Or => OR,
            Self::One => ONE,
            Self::Xor => XOR,
        };
        look_up(table, results)
    }

    /// The word in documents.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::And => "AND",
            Self::Or => "OR",
            Self::One => "ONE",
            Self::Xor => "XOR",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::And, Self::Or, Self::One, Self::Xor].into_iter().find(|operator| operator.as_str() == word)
    }
}

impl Check {
    /// The result of several results; not applicable when all of them are, or there is none.
    pub fn combine(self, results: impl IntoIterator<Item = Truth>) -> Truth {
        let table = match self {
            Self::All => AND,
            Self::AtLeastOne => OR,
            Self::OnlyOne => ONE,
            Self::NoneSatisfy => NONE,
        };
        look_up(table, results)
    }

    /// The word in documents.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::AtLeastOne => "at least one",
            Self::OnlyOne => "only one",
            Self::NoneSatisfy => "none satisfy",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "none exist" => Some(Self::NoneSatisfy),
            _ => [Self::All, Self::AtLeastOne, Self::OnlyOne, Self::NoneSatisfy]
                .into_iter()
                .find(|check| check.as_str() == word),
        }
    }
}

fn look_up(table: Table, results: impl IntoIterator<Item = Truth>) -> Truth {
    let results: Vec<Truth> = results.into_iter().collect();
    let count = |truth: Truth| results.iter().filter(|result| **result == truth).count();
    let holds = |when: &When| match *when {
        Any(truth) => count(truth) > 0,
        Several(truth) => count(truth) > 1,
        OddlyMany(truth) => count(truth) % 2 == 1,
    };
    table.iter().find(|(when, _)| holds(when)).map_or(NotApplicable, |(_, result)| *result)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ALL: [Truth; 6] = [True, False, Error, Unknown, NotEvaluated, NotApplicable];

    fn truths() -> impl Strategy<Value = Vec<Truth>> {
        proptest::collection::vec(proptest::sample::select(ALL.to_vec()), 0..8)
    }

    /// Combines one result after the other, as two truth values at a time would be.
    fn fold(operator: Operator, results: &[Truth]) -> Truth {
        let rank: &[Truth] = match operator {
            Operator::And => &[False, Error, Unknown, NotEvaluated, True],
            Operator::Or => &[True, Error, Unknown, NotEvaluated, False],
            Operator::One | Operator::Xor => unreachable!(),
        };
        rank.iter().copied().find(|truth| results.contains(truth)).unwrap_or(NotApplicable)
    }

    proptest! {
        #[test]
        fn and_and_or_are_the_strongest_result_present(results in truths()) {
            for operator in [Operator::And, Operator::Or] {
                prop_assert_eq!(operator.combine(results.clone()), fold(operator, &results));
            }
        }

        #[test]
        fn not_applicable_counts_for_nothing(results in truths()) {
            let without: Vec<Truth> = results.iter().copied().filter(|truth| *truth != NotApplicable).collect();
            for operator in [Operator::And, Operator::Or, Operator::One, Operator::Xor] {
                prop_assert_eq!(operator.combine(results.clone()), operator.combine(without.clone()));
            }
            for check in [Check::All, Check::AtLeastOne, Check::OnlyOne, Check::NoneSatisfy] {
                prop_assert_eq!(check.combine(results.clone()), check.combine(without.clone()));
            }
        }

        #[test]
        fn none_satisfies_is_the_opposite_of_at_least_one(results in truths()) {
            prop_assert_eq!(
                Check::NoneSatisfy.combine(results.clone()),
                Check::AtLeastOne.combine(results).negated(true)
            );
        }
    }

    #[test]
    fn exactly_one_and_an_odd_number_differ_at_three() {
        assert_eq!(Operator::One.combine([True, True, True]), False);
        assert_eq!(Operator::Xor.combine([True, True, True]), True);
        assert_eq!(Operator::One.combine([True, True, Error]), False, "more than one, whatever the third is");
        assert_eq!(Operator::Xor.combine([True, Error]), Error);
        assert_eq!(Operator::One.combine([]), NotApplicable);
    }
}
