//! `glob_to_regex`: a shell pattern as a regular expression (OVAL definitions schema, `GlobToRegexFunctionType`).
//!
//! Neither `*` nor `?` crosses a slash, and at the start of a path segment neither matches a dot.

use super::{Call, Function};

pub(super) const FUNCTION: Function = Function { name: "glob_to_regex", call, takes_nothing: false };

fn call(call: &Call<'_>) -> Result<Vec<String>, String> {
    let verbatim = call.attributes.get("glob_noescape").is_some_and(|value| matches!(value.as_str(), "true" | "1"));
    Ok(call.each(|glob| translate(glob, verbatim)))
}

fn translate(glob: &str, verbatim: bool) -> String {
    let mut regex = String::from("^");
    let mut at_start = true;
    let mut rest = glob.chars();
    while let Some(c) = rest.next() {
        match c {
            '*' | '?' => {
                if at_start {
                    regex.push_str("(?=[^.])");
                }
                regex.push_str(if c == '*' { "[^/]*" } else { "[^/]" });
            }
            '[' => match class(rest.as_str()) {
                Some((class, after)) => {
                    regex.push_str(&class);
                    rest = after.chars();
                }
                None => regex.push_str(r"\["),
            },
            '\\' if !verbatim => literal(&mut regex, rest.next().unwrap_or('\\')),
            other => literal(&mut regex, other),
        }
        at_start = c == '/';
    }
    regex.push('$');
    regex
}

fn literal(regex: &mut String, c: char) {
    if r"^$\.[](){}*+?|".contains(c) {
        regex.push('\\');
    }
    regex.push(c);
}

/// The class that `text`, which follows `[`, begins with, and what comes after it.
fn class(text: &str) -> Option<(String, &str)> {
    let (negated, body) = text.strip_prefix(['!', '^']).map_or((false, text), |body| (true, body));
    // A bracket that comes first stands for itself.
    let first = body.chars().next()?;
    let end = body.char_indices().skip(1).find(|(_, c)| *c == ']').map(|(index, _)| index)?;
    let (inside, after) = body.split_at_checked(end)?;
    let inside = if first == ']' { inside.replacen(']', r"\]", 1) } else { inside.to_owned() };
    let sign = if negated { "^" } else { "" };
    Some((format!("[{sign}{}]", inside.replace('\\', r"\\")), after.strip_prefix(']')?))
}
