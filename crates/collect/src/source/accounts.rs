//! Accounts with a usable password, from `/etc/passwd` and `/etc/shadow` (`passwd(5)`, `shadow(5)`).
//!
//! The password field is looked at and thrown away: no hash leaves this module.

use inspector_model::host::Account;
use inspector_model::{Fact, Place};

use super::{Malformed, lines, missing, text};
use crate::root::{CONFIGURATION, ReadError, Root};

const PASSWD: &str = "/etc/passwd";
const SHADOW: &str = "/etc/shadow";

/// Accounts that can log in with a password.
pub fn collect(root: &Root) -> Fact<Vec<Account>> {
    let passwd = match root.read(PASSWD, CONFIGURATION) {
        Ok(bytes) => bytes,
        Err(error) => return missing(PASSWD, error),
    };
    let shadow = match root.read(SHADOW, CONFIGURATION) {
        Ok(bytes) => bytes,
        // Without shadow passwords every hash stands in passwd.
        Err(ReadError::Absent) => Vec::new(),
        Err(error) => return missing(SHADOW, error),
    };
    let accounts = parse_passwd(&passwd).map_err(|error| error.fact(PASSWD)).and_then(|plain| {
        let aged = parse_shadow(&shadow).map_err(|error| error.fact(SHADOW))?;
        Ok(plain.into_iter().chain(aged).collect::<Vec<_>>())
    });
    match accounts {
        Ok(mut accounts) => {
            accounts.sort();
            Fact::Seen { value: accounts, at: Place::whole(SHADOW) }
        }
        Err(unreadable) => unreadable,
    }
}

/// Accounts whose hash stands in `passwd` itself; they know no ageing.
///
/// # Errors
///
/// When a line is not `name:password:…`, or accounts come from a directory service (`+` lines).
pub fn parse_passwd(bytes: &[u8]) -> Result<Vec<Account>, Malformed> {
    let text = text(bytes);
    let mut accounts = Vec::new();
    for (number, line) in records(&text) {
        let mut fields = line.split(':');
        let (name, password) = named(number, fields.next(), fields.next())?;
        if password != "x" && usable(password) {
            accounts.push(Account { name: name.to_owned(), max_days: None, at: Place::line(PASSWD, number) });
        }
    }
    Ok(accounts)
}

/// Accounts of `shadow` whose password is usable, with their maximum age.
///
/// # Errors
///
/// When a line has too few fields or its maximum age is no number.
pub fn parse_shadow(bytes: &[u8]) -> Result<Vec<Account>, Malformed> {
    let text = text(bytes);
    let mut accounts = Vec::new();
    for (number, line) in records(&text) {
        let mut fields = line.split(':');
        let (name, password) = named(number, fields.next(), fields.next())?;
        let maximum =
            fields.nth(2).ok_or_else(|| Malformed::at(number, "has fewer fields than `shadow(5)` asks for"))?;
        // Empty and -1 both mean that no maximum is set.
        let max_days = match maximum {
            "" | "-1" => None,
            days => Some(days.parse().map_err(|_| Malformed::at(number, "has a maximum age that is no number"))?),
        };
        if usable(password) {
            accounts.push(Account { name: name.to_owned(), max_days, at: Place::line(SHADOW, number) });
        }
    }
    Ok(accounts)
}

fn records(text: &str) -> impl Iterator<Item = (u32, &str)> {
    lines(text).filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'))
}

fn named<'a>(number: u32, name: Option<&'a str>, password: Option<&'a str>) -> Result<(&'a str, &'a str), Malformed> {
    match (name, password) {
        (Some(name), Some(_)) if name.starts_with(['+', '-']) => {
            Err(Malformed::at(number, "takes accounts from a directory service, which is not read"))
        }
        (Some(name), Some(password)) if !name.is_empty() => Ok((name, password)),
        _ => Err(Malformed::at(number, "is not of the form `name:password:…`")),
    }
}

/// Whether a password field lets anybody in: `!` and `*` start a field that no password matches; an empty one asks for
/// none.
fn usable(password: &str) -> bool {
    !password.starts_with(['!', '*'])
}
