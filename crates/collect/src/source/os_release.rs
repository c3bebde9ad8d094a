//! `/etc/os-release`, else `/usr/lib/os-release` (`os-release(5)`).

use std::collections::BTreeMap;

use inspector_model::Fact;
use inspector_model::host::OsRelease;

use super::{Malformed, file, lines, text};
use crate::root::Root;

const ETC: &str = "/etc/os-release";
const USR: &str = "/usr/lib/os-release";

/// The release file of the host.
pub fn collect(root: &Root) -> Fact<OsRelease> {
    let etc = file(root, ETC, parse);
    if !matches!(etc, Fact::Absent { .. }) {
        return etc;
    }
    let vendor = file(root, USR, parse);
    if matches!(vendor, Fact::Absent { .. }) { etc } else { vendor }
}

/// Reads shell-like assignments.
///
/// # Errors
///
/// When no line is an assignment, or a value's quotes do not end.
pub fn parse(bytes: &[u8]) -> Result<OsRelease, Malformed> {
    let text = text(bytes);
    let mut fields = BTreeMap::new();
    for (number, line) in lines(&text) {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let (key, value) = line.split_once('=').ok_or_else(|| Malformed::at(number, "expected `NAME=value`"))?;
        let value = unquote(value).ok_or_else(|| Malformed::at(number, "a quotation mark that does not end"))?;
        fields.insert(key, value);
    }
    if fields.is_empty() {
        return Err(Malformed::whole("names no operating system"));
    }
    // A missing `ID` means `linux`, says the manual.
    let id = fields.remove("ID").unwrap_or_else(|| "linux".to_owned()).to_ascii_lowercase();
    Ok(OsRelease {
        version_id: fields.remove("VERSION_ID").filter(|value| !value.is_empty()),
        codename: fields.remove("VERSION_CODENAME").filter(|value| !value.is_empty()),
        pretty_name: fields.remove("PRETTY_NAME").or_else(|| fields.remove("NAME")).unwrap_or_else(|| id.clone()),
        id_like: fields.remove("ID_LIKE").unwrap_or_default().split_whitespace().map(str::to_owned).collect(),
        id,
    })
}

/// A shell word without its quotes and escapes; `None` when a quote stays open.
fn unquote(word: &str) -> Option<String> {
    let mut out = String::new();
    let mut quote = None;
    let mut characters = word.trim().chars();
    while let Some(character) = characters.next() {
        match (character, quote) {
            ('\\', None | Some('"')) => out.push(characters.next()?),
            ('"' | '\'', None) => quote = Some(character),
            (_, Some(open)) if open == character => quote = None,
            _ => out.push(character),
        }
    }
    quote.is_none().then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_and_bare_values_are_read() {
        let os = parse(
            b"ID=ubuntu\nID_LIKE='debian'\nVERSION_ID=\"22.04\"\nVERSION_CODENAME=jammy\nPRETTY_NAME=\"U \\\"x\\\"\"\n",
        );
        let os = os.unwrap();
        assert_eq!((os.id.as_str(), os.version_id.as_deref()), ("ubuntu", Some("22.04")));
        assert_eq!((os.codename.as_deref(), os.pretty_name.as_str()), (Some("jammy"), "U \"x\""));
        assert_eq!(os.id_like, ["debian"]);
    }

    #[test]
    fn an_open_quote_is_malformed_and_names_its_line() {
        assert_eq!(parse(b"ID=debian\nNAME=\"Deb").unwrap_err().line, Some(2));
    }

    #[test]
    fn an_empty_file_names_no_system() {
        assert!(parse(b"\n# nothing\n").is_err());
    }

    #[test]
    fn a_distribution_nobody_knows_is_still_named() {
        assert_eq!(parse(b"ID=Frobnix\n").unwrap().id, "frobnix");
    }
}
