//! Ruby: specifications of installed gems. They are Ruby programs; read is the comment that RubyGems writes at their start,
//! else the two assignments.

use inspector_model::language::Ecosystem;

use super::{DESCRIPTION, Found, Source};
use crate::root::Root;

pub(super) const SOURCE: Source = Source { wants, read };

fn wants(path: &str) -> bool {
    let Some((parent, name)) = path.rsplit_once('/') else { return false };
    name.ends_with(".gemspec") && (parent.ends_with("specifications") || parent.ends_with("specifications/default"))
}

fn read(root: &Root, path: &str, found: &mut Found) {
    match root.read(path, DESCRIPTION) {
        Ok(bytes) => match parse(&bytes) {
            Some((name, version)) => found.package(Ecosystem::RubyGems, &name, &version, path),
            None => found.problem(path, "names no package and version"),
        },
        Err(error) => found.problem(path, error.to_string()),
    }
}

/// Name and version.
fn parse(bytes: &[u8]) -> Option<(String, String)> {
    let text = String::from_utf8_lossy(bytes);
    if let Some(stub) = text.lines().take(10).find_map(|line| line.strip_prefix("# stub: ")) {
        let mut words = stub.split(' ');
        return Some((words.next()?.to_owned(), words.next()?.to_owned()));
    }
    let assigned = |what: &str| {
        text.lines().find_map(|line| {
            let (left, right) = line.split_once('=')?;
            let (_, attribute) = left.trim().split_once('.')?;
            (attribute == what).then(|| quoted(right)).flatten()
        })
    };
    Some((assigned("name")?, assigned("version")?))
}

/// What stands between the first two quotation marks.
fn quoted(text: &str) -> Option<String> {
    let (_, rest) = text.split_once(['"', '\''])?;
    rest.split_once(['"', '\'']).map(|(word, _)| word.to_owned())
}
