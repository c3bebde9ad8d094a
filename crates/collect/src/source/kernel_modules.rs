//! Loaded modules of the kernel, from `/proc/modules`.

use inspector_model::host::HostScope;
use inspector_model::{Fact, Place};

use super::{Malformed, file, lines, text};
use crate::root::Root;

const PATH: &str = "/proc/modules";

/// The modules by name. Of a directory tree, and of a kernel that loads none, the fact is absent.
pub fn collect(root: &Root) -> Fact<Vec<String>> {
    if root.scope() == HostScope::Root {
        return Fact::Absent { at: Place::whole(PATH) };
    }
    file(root, PATH, parse)
}

/// The first word of every line.
///
/// # Errors
///
/// When a line has not as many columns as the kernel writes.
pub fn parse(bytes: &[u8]) -> Result<Vec<String>, Malformed> {
    let text = text(bytes);
    let mut modules = Vec::new();
    for (number, line) in lines(&text) {
        let mut words = line.split_whitespace();
        match (words.next(), words.nth(3)) {
            (Some(name), Some(_)) => modules.push(name.to_owned()),
            _ => return Err(Malformed::at(number, "has fewer columns than the kernel writes")),
        }
    }
    modules.sort();
    Ok(modules)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modules_are_named_in_order_and_a_line_that_is_cut_is_malformed() {
        // Debian 12 (6.1, x86_64).
        let text = b"nf_tables 303104 65 nft_ct,nft_compat, Live 0x0000000000000000\next4 987136 1 - Live 0x0000000000000000\n";
        assert_eq!(parse(text).unwrap(), ["ext4", "nf_tables"]);
        assert_eq!(parse(b"ext4 987136 1 - Live 0x0\next4 9").unwrap_err().line, Some(2));
    }
}
