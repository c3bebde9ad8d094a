//! The bans of `deny.toml`, held against the lock file, so that a test run without cargo-deny holds them too.

use toml::{Table, Value};

use super::Tree;

/// Complaints about banned packages in the lock file.
pub(super) fn check(tree: &Tree) -> Vec<String> {
    let table = |path: &str| tree.get(path).and_then(|text| text.parse::<Table>().ok());
    let (Some(deny), Some(lock)) = (table("deny.toml"), table("Cargo.lock")) else {
        return vec!["deny.toml, Cargo.lock: one of them is missing or no TOML".to_owned()];
    };
    let bans = deny.get("bans").and_then(|bans| bans.get("deny")).and_then(Value::as_array);
    let packages = lock.get("package").and_then(Value::as_array);
    let (Some(bans), Some(packages)) = (bans, packages) else {
        return vec!["deny.toml: bans nothing, or Cargo.lock locks nothing".to_owned()];
    };
    let locked = |name: &str| packages.iter().any(|package| text(package, "name") == name);
    let banned = bans.iter().filter(|ban| locked(text(ban, "crate")));
    banned
        .map(|ban| format!("Cargo.lock: `{}` is banned; use {}", text(ban, "crate"), text(ban, "use-instead")))
        .collect()
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::tree;
    use super::*;

    const DENY: &str = "[bans]\ndeny = [{ crate = \"openssl\", use-instead = \"ring\" }]";

    #[test]
    fn a_banned_package_is_named_with_what_to_use() {
        let check = |lock: &str| check(&tree(&[("deny.toml", DENY), ("Cargo.lock", lock)]));
        assert_eq!(check("[[package]]\nname = \"openssl\""), ["Cargo.lock: `openssl` is banned; use ring"]);
        assert_eq!(check("[[package]]\nname = \"ring\""), Vec::<String>::new());
    }

    #[test]
    fn missing_or_empty_lists_are_a_complaint_and_not_a_pass() {
        assert_eq!(check(&tree(&[])).len(), 1);
        assert_eq!(check(&tree(&[("deny.toml", ""), ("Cargo.lock", "")])).len(), 1);
    }
}
