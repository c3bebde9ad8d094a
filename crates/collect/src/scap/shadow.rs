//! `unix:shadow`: the accounts of `/etc/shadow`. Hashes never leave this module: what does is veiled.

use inspector_scap::oval::gather::Task;
use inspector_scap::oval::item::{Item, Status};

use super::{Host, Source, offer, refuse};

pub(super) const SOURCE: Source = Source { kind: "shadow", collect };

const SHADOW: &str = "/etc/shadow";

fn collect(host: &mut Host<'_>, tasks: &mut [&mut Task<'_>]) {
    match host.text(SHADOW) {
        Ok(text) => offer(tasks, &["username"], &text.lines().filter_map(item).collect::<Vec<_>>()),
        Err(error) => refuse(tasks, SHADOW, &error),
    }
}

/// One line (`shadow(5)`). A number that is not set is -1, as the C library has it.
fn item(line: &str) -> Option<Item> {
    let fields: Vec<&str> = line.split(':').collect();
    let [name, password, numbers @ .., flag] = fields.as_slice() else { return None };
    if name.is_empty() || numbers.len() != 6 {
        return None;
    }
    let mut item = Item::new("shadow").with("username", *name).with("password", veiled(password));
    for (name, text) in NUMBERS.into_iter().zip(numbers) {
        let number = if text.is_empty() { Some(-1) } else { text.parse::<i64>().ok() };
        match number {
            Some(number) => item.push(name, number),
            None => item.push_status(name, Status::Error),
        }
    }
    item.push("flag", if flag.is_empty() { "-1" } else { flag });
    match method(password) {
        Some(method) => item.push("encrypt_method", method),
        None => item.push_status("encrypt_method", Status::DoesNotExist),
    }
    Some(item)
}

const NUMBERS: [&str; 6] = ["chg_lst", "chg_allow", "chg_req", "exp_warn", "exp_inact", "exp_date"];

/// A password field with its salt and hash blotted out: the method, its length and marks such as `!` and `*` stay, by which
/// locked accounts and weak methods are told.
pub(super) fn veiled(field: &str) -> String {
    let marks = field.trim_start_matches('!');
    if field.len() < 13 && !marks.starts_with('$') {
        return field.to_owned();
    }
    let mut dollars = if marks.starts_with('$') { 0 } else { 2 };
    let mut veiled = String::with_capacity(field.len());
    for c in field.chars() {
        dollars += u32::from(c == '$');
        let secret = dollars >= 2 && (c.is_ascii_alphanumeric() || matches!(c, '.' | '/'));
        veiled.push(if secret { 'x' } else { c });
    }
    veiled
}

/// `EntityStateEncryptMethodType` of a hash (`crypt(5)`).
fn method(field: &str) -> Option<&'static str> {
    let hash = field.trim_start_matches('!');
    let methods =
        [("$1$", "MD5"), ("$2a$", "Blowfish"), ("$2b$", "Blowfish"), ("$2y$", "Blowfish"), ("$md5$", "Sun MD5")];
    let more = [("$5$", "SHA-256"), ("$6$", "SHA-512"), ("$y$", "yescrypt"), ("_", "BSDi")];
    let named = methods.iter().chain(&more).find(|(mark, _)| hash.starts_with(mark)).map(|(_, method)| *method);
    named.or_else(|| (hash.len() == 13 && !hash.contains(['*', '!'])).then_some("DES"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_hash_leaves_and_what_kind_it_is_stays() {
        for (field, expected) in [
            ("*", "*"),
            ("!", "!"),
            ("!!", "!!"),
            ("", ""),
            ("$6$salt$hAsh/1", "$6$xxxx$xxxxxx"),
            ("!$y$j9T$ab.$cd", "!$y$xxx$xxx$xx"),
            ("ab01FAX.bQRSU", "xxxxxxxxxxxxx"),
        ] {
            assert_eq!(veiled(field), expected, "{field}");
        }
        assert_eq!(method("!$y$j9T$ab.$cd"), Some("yescrypt"));
        assert_eq!(method("*"), None);
    }

    #[test]
    fn a_number_that_is_not_set_is_minus_one() {
        let item = item("root:*:19000:0:99999:7:::").unwrap();
        let value = |name: &str| item.get(name).map(ToString::to_string);
        assert_eq!(value("chg_req").as_deref(), Some("99999"));
        assert_eq!(value("exp_date").as_deref(), Some("-1"));
        assert_eq!(super::item("root:*"), None);
    }
}
