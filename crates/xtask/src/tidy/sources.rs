//! Length of files, and documentation where the compiler does not ask for it.

use super::Tree;

/// The longest a file written by hand may be.
const MAX_LINES: usize = 1000;

/// Complaints about single source files.
pub(super) fn check(tree: &Tree) -> Vec<String> {
    let by_hand = tree.iter().filter(|(path, _)| !path.contains("/generated/") && *path != "Cargo.lock");
    by_hand.flat_map(|(path, text)| file(path, text)).collect()
}

fn file(path: &str, text: &str) -> Vec<String> {
    let mut complaints = Vec::new();
    let lines = text.lines().count();
    if lines > MAX_LINES {
        complaints.push(format!("{path}: has {lines} lines; {MAX_LINES} is the most"));
    }
    if path.ends_with(".rs") {
        // Tests beside a module speak for that module.
        if !text.starts_with("//!") && !path.ends_with("/tests.rs") {
            complaints.push(format!("{path}: does not start by saying what it is for (`//!`)"));
        }
        let silenced = ["allow(", "expect("].map(|word| format!("{word}missing_docs"));
        if silenced.iter().any(|words| text.contains(words)) {
            complaints.push(format!("{path}: silences missing_docs"));
        }
    }
    complaints
}

#[cfg(test)]
mod tests {
    use super::super::tree;
    use super::*;

    #[test]
    fn long_files_are_named_unless_generated() {
        let long = format!("//! A file.\n{}", "\n".repeat(MAX_LINES));
        let files = [("a.rs", long.as_str()), ("b/generated/c.rs", &long), ("d.rs", "//! A file.\n")];
        assert_eq!(check(&tree(&files)), ["a.rs: has 1001 lines; 1000 is the most"]);
    }

    #[test]
    fn a_file_without_a_word_about_itself_is_named() {
        assert_eq!(file("a.rs", "fn main() {}"), ["a.rs: does not start by saying what it is for (`//!`)"]);
        assert_eq!(file("a.py", "x = 1"), Vec::<String>::new());
        let silenced = format!("//! A file.\n#![{}(missing_docs)]", "allow");
        assert_eq!(file("a.rs", &silenced), ["a.rs: silences missing_docs"]);
    }
}
