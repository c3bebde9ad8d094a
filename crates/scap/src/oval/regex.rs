//! Patterns as OVAL means them: Perl's, searched anywhere, with a bound on the work.

use std::sync::OnceLock;

use pcre2::bytes::{Regex, RegexBuilder};

/// How often a match may be tried before the pattern is given up. The longest honest patterns of published content need
/// some ten thousand; one that backtracks without end reaches this in a fraction of a second.
const STEPS: u32 = 2_000_000;

/// How deep it may nest and how much memory, in KiB, backtracking may keep.
const DEPTH: u32 = 100_000;
const HEAP: u32 = 16_384;

/// `behaviors` of a text object.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Options {
    /// `ignore_case`: letters match in either case.
    pub ignore_case: bool,
    /// `multiline`: `^` and `$` match at lines.
    pub multiline: bool,
    /// `singleline`: a dot matches a line end.
    pub singleline: bool,
}

/// A pattern that can be searched for.
#[derive(Debug, Clone)]
pub struct Pattern {
    written: String,
    options: Options,
    bytes: Regex,
    unicode: OnceLock<Result<Regex, PatternError>>,
}

/// A pattern that cannot be used, or a search that was given up.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PatternError {
    /// It is no pattern.
    #[error("`{pattern}` is not a regular expression: {why}")]
    Malformed {
        /// The pattern as written.
        pattern: String,
        /// What is wrong, in the words of the library.
        why: String,
    },
    /// The search took more steps or memory than it may, or the text cannot be searched.
    #[error("the search for `{pattern}` was given up: {why}")]
    GivenUp {
        /// The pattern as written.
        pattern: String,
        /// What went wrong.
        why: String,
    },
}

/// One match: the whole, then every group that took part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match<'t> {
    /// Where it starts, in bytes.
    pub start: usize,
    /// What was matched.
    pub whole: &'t str,
    /// The groups in order; `None` for one that took no part.
    pub groups: Vec<Option<&'t str>>,
}

impl Pattern {
    /// Prepares `pattern`.
    ///
    /// # Errors
    ///
    /// When it is no regular expression.
    pub fn new(pattern: &str, options: Options) -> Result<Self, PatternError> {
        let bytes = build(pattern, options, false)?;
        Ok(Self { written: pattern.to_owned(), options, bytes, unicode: OnceLock::new() })
    }

    /// Plain ASCII reads the same either way, and bytes are quicker.
    fn of(&self, text: &str) -> Result<&Regex, PatternError> {
        if text.is_ascii() {
            return Ok(&self.bytes);
        }
        self.unicode.get_or_init(|| build(&self.written, self.options, true)).as_ref().map_err(Clone::clone)
    }

    /// Whether it occurs in `text`.
    ///
    /// # Errors
    ///
    /// When the search takes more steps than it may.
    pub fn is_match(&self, text: &str) -> Result<bool, PatternError> {
        self.of(text)?.is_match(text.as_bytes()).map_err(|error| self.given_up(&error))
    }

    /// The first match.
    ///
    /// # Errors
    ///
    /// As for [`Pattern::is_match`].
    pub fn first<'t>(&self, text: &'t str) -> Result<Option<Match<'t>>, PatternError> {
        self.matches(text).next().transpose()
    }

    /// All matches from left to right, none of which overlap.
    pub fn matches<'t>(&self, text: &'t str) -> impl Iterator<Item = Result<Match<'t>, PatternError>> {
        let (searched, refused) = match self.of(text) {
            Ok(regex) => (Some(regex.captures_iter(text.as_bytes())), None),
            Err(error) => (None, Some(Err(error))),
        };
        let found = searched.into_iter().flatten().map(move |captures| {
            let captures = captures.map_err(|error| self.given_up(&error))?;
            let part = |index: usize| captures.get(index).and_then(|part| text.get(part.start()..part.end()));
            let start = captures.get(0).map_or(0, |part| part.start());
            let groups = (1..captures.len()).map(part).collect();
            Ok(Match { start, whole: part(0).unwrap_or_default(), groups })
        });
        refused.into_iter().chain(found)
    }

    fn given_up(&self, error: &pcre2::Error) -> PatternError {
        PatternError::GivenUp { pattern: self.written.clone(), why: error.to_string() }
    }
}

fn build(pattern: &str, options: Options, unicode: bool) -> Result<Regex, PatternError> {
    RegexBuilder::new()
        .caseless(options.ignore_case)
        .multi_line(options.multiline)
        .dotall(options.singleline)
        .utf(unicode)
        .build(&format!("(*LIMIT_MATCH={STEPS})(*LIMIT_DEPTH={DEPTH})(*LIMIT_HEAP={HEAP}){pattern}"))
        .map_err(|error| PatternError::Malformed { pattern: pattern.to_owned(), why: error.to_string() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pattern(text: &str) -> Pattern {
        Pattern::new(text, Options::default()).unwrap()
    }

    #[test]
    fn patterns_are_perls() {
        for (wanted, text) in [
            (r"^(?!.*nullok)auth", "auth required pam_unix.so"),
            (r"(?<=a)b++", "abbb"),
            (r"\h+x$", "a \tx\n"),
            (r"^[[:space:]]*{literal}", " {literal}"),
            (r"(?i)YES", "yes"),
            (r"[]a]", "]"),
        ] {
            assert_eq!(pattern(wanted).is_match(text), Ok(true), "{wanted}");
        }
        assert!(matches!(Pattern::new("(", Options::default()), Err(PatternError::Malformed { .. })));
    }

    #[test]
    fn matches_do_not_overlap_and_an_empty_one_steps_on() {
        let starts =
            |wanted: &str, text| pattern(wanted).matches(text).map(|found| found.unwrap().start).collect::<Vec<_>>();
        assert_eq!(starts("aa", "aaaa"), [0, 2]);
        assert_eq!(starts("x*", "axa"), [0, 1, 3]);
    }

    #[test]
    fn a_search_without_end_is_given_up() {
        let text = "a".repeat(64);
        assert!(matches!(pattern("^(a+)+$").is_match(&format!("{text}b")), Err(PatternError::GivenUp { .. })));
    }

    #[test]
    fn groups_that_took_no_part_are_told_apart_from_empty_ones() {
        let text = "b";
        let found = pattern("(a)|(b)(c?)").first(text).unwrap().unwrap();
        assert_eq!(found.groups, [None, Some("b"), Some("")]);
    }
}
