//! How `sshd` cuts a line of its configuration into words.

/// The keyword, lower case, and what follows it: after white space and at most one `=`. `None` for an empty line or a
/// comment.
pub(super) fn keyword(line: &str) -> Option<(String, &str)> {
    let line = line.trim_matches(WHITE);
    if line.is_empty() || line.starts_with('#') {
        return None;
    }
    let (keyword, rest) = match line.strip_prefix('"') {
        Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
        None => line.find([' ', '\t', '=']).and_then(|at| line.split_at_checked(at)).unwrap_or((line, "")),
    };
    let rest = rest.trim_start_matches(WHITE);
    let rest = rest.strip_prefix('=').unwrap_or(rest).trim_start_matches(WHITE);
    Some((keyword.to_ascii_lowercase(), rest))
}

const WHITE: [char; 5] = [' ', '\t', '\r', '\n', '\u{c}'];

/// The words of an argument text: quotes of both kinds, backslash before a quote, a backslash or (outside quotes) a space;
/// `#` at the start of a word ends the line. `None` when a quote stays open.
pub(super) fn arguments(text: &str) -> Option<Vec<String>> {
    let mut words = Vec::new();
    let mut characters = text.chars().peekable();
    loop {
        while characters.next_if(|c| matches!(c, ' ' | '\t')).is_some() {}
        match characters.peek() {
            None | Some('#') => return Some(words),
            Some(_) => words.push(word(&mut characters)?),
        }
    }
}

fn word(characters: &mut std::iter::Peekable<std::str::Chars<'_>>) -> Option<String> {
    let mut word = String::new();
    let mut quote = None;
    while let Some(character) = characters.next_if(|c| quote.is_some() || !matches!(c, ' ' | '\t')) {
        match (character, quote) {
            ('\\', _) => {
                let escaped =
                    characters.next_if(|next| matches!(next, '\'' | '"' | '\\') || (quote.is_none() && *next == ' '));
                word.push(escaped.unwrap_or('\\'));
            }
            ('"' | '\'', None) => quote = Some(character),
            (_, Some(open)) if open == character => quote = None,
            _ => word.push(character),
        }
    }
    quote.is_none().then_some(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_cut_as_sshd_cuts_them() {
        let table = [
            ("PermitRootLogin no", "permitrootlogin", "no"),
            ("  PERMITROOTLOGIN=no", "permitrootlogin", "no"),
            ("Port = 22", "port", "22"),
            ("\"Port\" 22", "port", "22"),
            ("Banner \"/etc/my banner\" # comment", "banner", "/etc/my banner"),
            ("ForceCommand a\\ b 'c d'", "forcecommand", "a b|c d"),
        ];
        for (line, expected, words) in table {
            let (keyword, rest) = keyword(line).unwrap();
            assert_eq!((keyword.as_str(), arguments(rest).unwrap().join("|").as_str()), (expected, words), "{line}");
        }
    }

    #[test]
    fn comments_and_empty_lines_are_no_keywords() {
        assert!(["", "   ", "# Port 22", "\t#x"].iter().all(|line| keyword(line).is_none()));
    }

    #[test]
    fn an_open_quote_is_refused() {
        assert_eq!(arguments("\"yes"), None);
    }
}
