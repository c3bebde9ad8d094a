//! The constraint table's form, and the check of a JSON value against it.

use serde_json::Value;

use crate::epoch;

/// What a value may be. Lengths are characters, items or entries; `usize::MAX` stands for no limit.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    /// An object with these members; others are ignored.
    Structure(&'static [Member]),
    /// An array.
    List {
        /// Fewest items.
        min: usize,
        /// Most items.
        max: usize,
        /// What each is.
        item: &'static Self,
    },
    /// An object with free keys.
    Map {
        /// Fewest entries.
        min: usize,
        /// Most entries.
        max: usize,
        /// What each key is.
        key: &'static Self,
        /// What each value is.
        value: &'static Self,
    },
    /// Text.
    Text {
        /// Fewest characters.
        min: usize,
        /// Most characters.
        max: usize,
    },
    /// Text of a fixed form.
    Form(&'static [Piece]),
    /// One of these words.
    Choice(&'static [&'static str]),
    /// A whole number.
    Whole {
        /// The least.
        min: i64,
        /// The greatest.
        max: i64,
    },
    /// A number.
    Real {
        /// The least.
        min: f64,
        /// The greatest.
        max: f64,
    },
    /// `true` or `false`.
    Flag,
    /// Seconds since the epoch.
    Moment,
}

/// The input of an operation that takes no members.
pub static EMPTY: Shape = Shape::Structure(&[]);

/// A member of a structure.
#[derive(Debug, Clone, Copy)]
pub struct Member {
    /// Its name on the wire.
    pub name: &'static str,
    /// Whether it must be there. `null` counts as absent.
    pub required: bool,
    /// What it is.
    pub shape: &'static Shape,
    /// What answers a bad value; `None` where no input holds the member, or an outer member answers for it.
    pub codes: Option<Codes>,
}

/// The error codes of a member.
#[derive(Debug, Clone, Copy)]
pub struct Codes {
    /// The value is wrong or missing.
    pub value: &'static str,
    /// The list is too short or too long.
    pub count: &'static str,
    /// Whether `value` also answers for everything inside.
    pub nested: bool,
}

/// Characters out of `ranges` (first and last of each, both included), exactly `times` of them.
#[derive(Debug, Clone, Copy)]
pub struct Piece {
    /// First and last character of each range.
    pub ranges: &'static [(char, char)],
    /// How many characters.
    pub times: usize,
}

/// A word that is none of an enum's.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not one of {expected}")]
pub struct NotAChoice {
    /// The word.
    pub text: String,
    /// The enum's name.
    pub expected: &'static str,
}

/// Where a value breaks its shape, and how.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{path}` {complaint}")]
pub struct Violation {
    /// The member, for example `filter.states[2]`.
    pub path: String,
    /// What is wrong with it.
    pub complaint: String,
    /// The error code; `None` for a value that belongs to no member, such as the whole body.
    pub code: Option<&'static str>,
}

impl Shape {
    /// Checks `value`, members in the model's order, and stops at the first violation.
    pub fn check(&self, value: &Value) -> Result<(), Violation> {
        check(self, value, &Place { path: String::new(), codes: None })
    }
}

/// Where the check stands.
struct Place {
    path: String,
    codes: Option<Codes>,
}

impl Place {
    fn member(&self, member: &Member) -> Self {
        let dot = if self.path.is_empty() { "" } else { "." };
        let outer = self.codes.filter(|codes| codes.nested);
        Self { path: format!("{}{dot}{}", self.path, member.name), codes: outer.or(member.codes) }
    }

    fn within(&self, index: impl std::fmt::Display) -> Self {
        Self { path: format!("{}[{index}]", self.path), codes: self.codes }
    }

    fn wrong(&self, complaint: impl Into<String>) -> Violation {
        let path = if self.path.is_empty() { "body".to_owned() } else { self.path.clone() };
        Violation { path, complaint: complaint.into(), code: self.codes.map(|codes| codes.value) }
    }

    fn expect(&self, ok: bool, complaint: impl FnOnce() -> String) -> Result<(), Violation> {
        if ok { Ok(()) } else { Err(self.wrong(complaint())) }
    }

    fn count(&self, found: usize, min: usize, max: usize, of: &str) -> Result<(), Violation> {
        let wrong =
            || Violation { code: self.codes.map(|codes| codes.count), ..self.wrong(amount(found, min, max, of)) };
        if (min..=max).contains(&found) { Ok(()) } else { Err(wrong()) }
    }
}

fn check(shape: &Shape, value: &Value, place: &Place) -> Result<(), Violation> {
    match (shape, value) {
        (Shape::Structure(members), Value::Object(object)) => {
            members.iter().try_for_each(|member| check_member(member, object.get(member.name), place))
        }
        (Shape::List { min, max, item }, Value::Array(items)) => {
            place.count(items.len(), *min, *max, "items")?;
            items.iter().enumerate().try_for_each(|(index, value)| check(item, value, &place.within(index)))
        }
        (Shape::Map { min, max, key, value: shape }, Value::Object(entries)) => {
            place.count(entries.len(), *min, *max, "entries")?;
            entries.iter().try_for_each(|(name, value)| {
                let entry = place.within(format_args!("`{}`", shortened(name)));
                check(key, &Value::from(name.as_str()), &entry)?;
                check(shape, value, &entry)
            })
        }
        (Shape::Text { min, max }, Value::String(text)) => {
            let length = text.chars().count();
            place.expect((*min..=*max).contains(&length), || amount(length, *min, *max, "characters"))
        }
        (Shape::Form(pieces), Value::String(text)) => {
            place.expect(has_form(text, pieces), || "does not have the form of its kind".to_owned())
        }
        (Shape::Choice(words), Value::String(text)) => {
            place.expect(words.contains(&text.as_str()), || format!("must be one of {}", words.join(", ")))
        }
        (Shape::Whole { min, max }, Value::Number(number)) => {
            let ok = number.as_i64().is_some_and(|number| (*min..=*max).contains(&number));
            place.expect(ok, || format!("must be a whole number from {min} to {max}, not {number}"))
        }
        (Shape::Real { min, max }, Value::Number(number)) => {
            let ok = number.as_f64().is_some_and(|number| (*min..=*max).contains(&number));
            place.expect(ok, || format!("must be a number from {min} to {max}, not {number}"))
        }
        (Shape::Flag, Value::Bool(_)) => Ok(()),
        (Shape::Moment, Value::Number(number)) => {
            let ok = number.as_f64().and_then(epoch::from_seconds).is_some();
            place.expect(ok, || format!("must be seconds since 1970 within the years 0 to 9999, not {number}"))
        }
        (shape, value) => Err(place.wrong(format!("must be {}, not {}", kind(shape), json_kind(value)))),
    }
}

fn check_member(member: &Member, value: Option<&Value>, place: &Place) -> Result<(), Violation> {
    let place = place.member(member);
    match value {
        None | Some(Value::Null) => place.expect(!member.required, || "is required".to_owned()),
        Some(value) => check(member.shape, value, &place),
    }
}

fn has_form(text: &str, pieces: &[Piece]) -> bool {
    let mut characters = text.chars();
    let mut next_in = |piece: &Piece| {
        characters.next().is_some_and(|c| piece.ranges.iter().any(|(first, last)| (*first..=*last).contains(&c)))
    };
    let all = pieces.iter().all(|piece| (0..piece.times).all(|_| next_in(piece)));
    all && characters.next().is_none()
}

fn amount(found: usize, min: usize, max: usize, of: &str) -> String {
    match (min, max) {
        (min, usize::MAX) => format!("must have at least {min} {of}, not {found}"),
        (0, max) => format!("must have at most {max} {of}, not {found}"),
        (min, max) => format!("must have {min} to {max} {of}, not {found}"),
    }
}

fn shortened(text: &str) -> String {
    text.chars().take(40).collect()
}

fn kind(shape: &Shape) -> &'static str {
    match shape {
        Shape::Structure(_) | Shape::Map { .. } => "an object",
        Shape::List { .. } => "a list",
        Shape::Text { .. } | Shape::Form(_) | Shape::Choice(_) => "a string",
        Shape::Whole { .. } | Shape::Real { .. } | Shape::Moment => "a number",
        Shape::Flag => "true or false",
    }
}

fn json_kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}
