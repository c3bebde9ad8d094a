//! Text with wildcards and policy variables (IAM User Guide, "IAM policy elements: Variables and tags").

use super::Context;

/// A text that may hold `*`, `?` and, in documents of version 2012-10-17, `${key}` and `${key, 'default'}`.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Pattern(Vec<Piece>);

#[derive(Debug, Clone, PartialEq)]
enum Piece {
    One(char),
    Any,
    Many,
    Variable { key: String, default: Option<String> },
}

/// A character that must be there, one that may be any, or any number of them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Token {
    /// This one.
    One(char),
    /// Any one.
    Any,
    /// Any number of any.
    Many,
}

/// How a text is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// Variables are replaced.
    Variables,
    /// A dollar sign is a dollar sign, as in documents of version 2008-10-17.
    Plain,
}

impl Pattern {
    /// Reads a text; `None` where a variable does not end or has no name.
    pub(super) fn parse(text: &str, reading: Reading) -> Option<Self> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            if reading == Reading::Variables
                && let Some(inside) = rest.strip_prefix("${")
            {
                let (name, after) = inside.split_once('}')?;
                pieces.push(variable(name)?);
                rest = after;
                continue;
            }
            pieces.push(match c {
                '*' => Piece::Many,
                '?' => Piece::Any,
                other => Piece::One(other),
            });
            rest = rest.get(c.len_utf8()..).unwrap_or_default();
        }
        Some(Self(pieces))
    }

    /// With its variables replaced; what they stand for is taken as it is, stars and all. `None` where one is not known.
    pub(super) fn tokens(&self, context: &Context) -> Option<Vec<Token>> {
        let mut tokens = Vec::with_capacity(self.0.len());
        for piece in &self.0 {
            match piece {
                Piece::One(c) => tokens.push(Token::One(*c)),
                Piece::Any => tokens.push(Token::Any),
                Piece::Many => tokens.push(Token::Many),
                Piece::Variable { key, default } => {
                    let known = context.get(key).filter(|values| values.len() == 1).and_then(|values| values.first());
                    tokens.extend(known.or(default.as_ref())?.chars().map(Token::One));
                }
            }
        }
        Some(tokens)
    }

    /// Its text where nothing in it is special but variables: for operators that compare whole texts.
    pub(super) fn text(&self, context: &Context) -> Option<String> {
        let plain = |token| match token {
            Token::One(c) => c,
            Token::Any => '?',
            Token::Many => '*',
        };
        Some(self.tokens(context)?.into_iter().map(plain).collect())
    }
}

fn variable(inside: &str) -> Option<Piece> {
    match inside.trim() {
        "*" => return Some(Piece::One('*')),
        "?" => return Some(Piece::One('?')),
        "$" => return Some(Piece::One('$')),
        _ => {}
    }
    let (name, default) = match inside.split_once(',') {
        None => (inside, None),
        Some((name, default)) => {
            let default = default.trim().strip_prefix('\'')?.strip_suffix('\'')?;
            (name, Some(default.to_owned()))
        }
    };
    let key = name.trim().to_ascii_lowercase();
    (!key.is_empty()).then_some(Piece::Variable { key, default })
}

/// Whether a character in a pattern stands for one in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Case {
    /// Capitals are other letters.
    Matters,
    /// They are the same.
    Ignored,
}

/// Whether `text` is what `pattern` says, from its first character to its last. Its time is the product of the lengths
/// at worst: one star is remembered at a time.
pub(super) fn matches(pattern: &[Token], text: &str, case: Case) -> bool {
    let same = |a: char, b: char| a == b || case == Case::Ignored && a.eq_ignore_ascii_case(&b);
    let text: Vec<char> = text.chars().collect();
    let (mut p, mut t) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while let Some(c) = text.get(t) {
        match pattern.get(p) {
            Some(Token::Many) => {
                star = Some((p, t));
                p += 1;
            }
            Some(Token::Any) => (p, t) = (p + 1, t + 1),
            Some(Token::One(wanted)) if same(*wanted, *c) => (p, t) = (p + 1, t + 1),
            Some(Token::One(_)) | None => {
                let Some((place, reached)) = star else { return false };
                star = Some((place, reached + 1));
                (p, t) = (place + 1, reached + 1);
            }
        }
    }
    pattern.get(p..).unwrap_or_default().iter().all(|token| *token == Token::Many)
}
