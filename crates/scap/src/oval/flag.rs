//! What is known about the items of an object as a whole, and how it combines over sets
//! (`FlagEnumeration` of the system characteristics schema; `SetOperatorEnumeration` of the definitions schema).

use serde::{Deserialize, Serialize};

/// How much of an object's items was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Flag {
    /// Collection went wrong.
    Error,
    /// All items are there.
    Complete,
    /// Some items are there; more may exist.
    Incomplete,
    /// There is no item.
    DoesNotExist,
    /// Nobody looked.
    NotCollected,
    /// The question makes no sense on this host.
    NotApplicable,
}

use Flag::{Complete, DoesNotExist, Error, Incomplete, NotApplicable, NotCollected};

impl Flag {
    /// All flags, in the order of rows and columns of the set tables.
    pub const ALL: [Self; 6] = [Error, Complete, Incomplete, DoesNotExist, NotCollected, NotApplicable];

    /// The word in documents.
    pub const fn as_str(self) -> &'static str {
        match self {
            Error => "error",
            Complete => "complete",
            Incomplete => "incomplete",
            DoesNotExist => "does not exist",
            NotCollected => "not collected",
            NotApplicable => "not applicable",
        }
    }

    /// The flag of something that is computed from several others: a variable of its components.
    pub fn composite(flags: impl IntoIterator<Item = Self>) -> Self {
        let flags: Vec<Self> = flags.into_iter().collect();
        let order = [Error, NotApplicable, NotCollected, DoesNotExist, Incomplete];
        order.into_iter().find(|flag| flags.contains(flag)).unwrap_or(Complete)
    }
}

/// How two sets of items combine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum SetOperator {
    /// Items of either.
    #[default]
    Union,
    /// Items of both.
    Intersection,
    /// Items of the first that are not in the second.
    Complement,
}

/// Rows: the second operand, columns: the first, both in the order of [`Flag::ALL`].
type Table = [[Flag; 6]; 6];

const E: Flag = Error;
const C: Flag = Complete;
const I: Flag = Incomplete;
const D: Flag = DoesNotExist;
const NC: Flag = NotCollected;
const NA: Flag = NotApplicable;

#[rustfmt::skip]
const UNION: Table = [
    [E, E, E, E, E,  E],
    [E, C, I, C, I,  C],
    [E, I, I, I, I,  I],
    [E, C, I, D, I,  D],
    [E, I, I, I, NC, NC],
    [E, C, I, D, NC, NA],
];
#[rustfmt::skip]
const INTERSECTION: Table = [
    [E, E,  E,  D, E,  E],
    [E, C,  I,  D, NC, C],
    [E, I,  I,  D, NC, I],
    [D, D,  D,  D, D,  D],
    [E, NC, NC, D, NC, NC],
    [E, C,  I,  D, NC, NA],
];
#[rustfmt::skip]
const COMPLEMENT: Table = [
    [E, E,  E,  D, E,  E],
    [E, C,  I,  D, NC, E],
    [E, E,  E,  D, NC, E],
    [E, C,  I,  D, NC, E],
    [E, NC, NC, D, NC, E],
    [E, E,  E,  E, E,  E],
];

impl SetOperator {
    /// The flag of the combined set.
    pub fn combine(self, first: Flag, second: Flag) -> Flag {
        let table = match self {
            Self::Union => &UNION,
            Self::Intersection => &INTERSECTION,
            Self::Complement => &COMPLEMENT,
        };
        let place = |flag: Flag| Flag::ALL.iter().position(|other| *other == flag);
        let cell = || table.get(place(second)?)?.get(place(first)?).copied();
        cell().unwrap_or(Error)
    }

    /// The word in documents.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Union => "UNION",
            Self::Intersection => "INTERSECTION",
            Self::Complement => "COMPLEMENT",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Union, Self::Intersection, Self::Complement].into_iter().find(|operator| operator.as_str() == word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn union_does_not_care_for_order() {
        for first in Flag::ALL {
            for second in Flag::ALL {
                assert_eq!(SetOperator::Union.combine(first, second), SetOperator::Union.combine(second, first));
            }
        }
    }

    #[test]
    fn what_was_not_looked_at_never_completes_a_set() {
        for operator in [SetOperator::Union, SetOperator::Intersection, SetOperator::Complement] {
            assert_ne!(operator.combine(NotCollected, Complete), Complete, "{operator:?}");
            assert_ne!(operator.combine(Complete, NotCollected), Complete, "{operator:?}");
            assert_ne!(operator.combine(Error, Complete), Complete, "{operator:?}");
        }
    }

    #[test]
    fn an_error_outweighs_every_other_component() {
        assert_eq!(Flag::composite([Complete, DoesNotExist, Error]), Error);
        assert_eq!(Flag::composite([]), Complete);
    }
}
