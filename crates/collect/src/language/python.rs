//! Python: `METADATA` of an installed wheel, `PKG-INFO` of an egg
//! (<https://packaging.python.org/en/latest/specifications/core-metadata/>).

use inspector_model::language::Ecosystem;

use super::{DESCRIPTION, Found, Source};
use crate::root::Root;

pub(super) const SOURCE: Source = Source { wants, read };

fn wants(path: &str) -> bool {
    let (parent, name) = path.rsplit_once('/').unwrap_or(("", path));
    match name {
        "METADATA" => parent.ends_with(".dist-info"),
        "PKG-INFO" => parent.ends_with(".egg-info") || parent.ends_with("/EGG-INFO"),
        name => name.ends_with(".egg-info"),
    }
}

fn read(root: &Root, path: &str, found: &mut Found) {
    match root.read(path, DESCRIPTION) {
        Ok(bytes) => match parse(&bytes) {
            Some((name, version)) => found.package(Ecosystem::PyPI, &name, &version, path),
            None => found.problem(path, "names no package and version"),
        },
        Err(error) => found.problem(path, error.to_string()),
    }
}

/// Name and version: header lines as of an e-mail, up to the first empty line.
fn parse(bytes: &[u8]) -> Option<(String, String)> {
    let text = String::from_utf8_lossy(bytes);
    let headers = || text.lines().take_while(|line| !line.is_empty());
    let field = |wanted: &str| {
        let mut fields = headers().filter_map(|line| line.split_once(':'));
        let value = fields.find(|(key, _)| key.eq_ignore_ascii_case(wanted))?.1.trim();
        (!value.is_empty()).then(|| value.to_owned())
    };
    Some((field("Name")?, field("Version")?))
}
