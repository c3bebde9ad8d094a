//! JavaScript: `package.json` of what is installed below a `node_modules`
//! (<https://docs.npmjs.com/cli/configuring-npm/package-json>).

use inspector_model::language::Ecosystem;
use serde::Deserialize;

use super::{DESCRIPTION, Found, Source};
use crate::root::Root;

pub(super) const SOURCE: Source = Source { wants, read };

/// `node_modules/name/package.json` or `node_modules/@scope/name/package.json`; deeper ones belong to a package's own files.
fn wants(path: &str) -> bool {
    let mut parts = path.rsplit('/');
    if parts.next() != Some("package.json") || parts.next().is_none() {
        return false;
    }
    match parts.next() {
        Some("node_modules") => true,
        Some(scope) => scope.starts_with('@') && parts.next() == Some("node_modules"),
        None => false,
    }
}

/// What matters here; both may be missing, as in the file of a private package.
#[derive(Deserialize)]
struct Description {
    name: Option<String>,
    version: Option<String>,
}

fn read(root: &Root, path: &str, found: &mut Found) {
    match root.read(path, DESCRIPTION) {
        Ok(bytes) => match serde_json::from_slice(&bytes) {
            Ok(Description { name: Some(name), version: Some(version) }) => {
                found.package(Ecosystem::Npm, &name, &version, path);
            }
            Ok(Description { name: _, version: _ }) => found.problem(path, "names no package and version"),
            Err(error) => found.problem(path, format!("makes no sense: {error}")),
        },
        Err(error) => found.problem(path, error.to_string()),
    }
}
