//! PHP: `vendor/composer/installed.json`, a list up to Composer 1, an object with a list since Composer 2.

use inspector_model::language::Ecosystem;
use serde::Deserialize;

use super::{Found, Source};
use crate::root::{DATABASE, Root};

pub(super) const SOURCE: Source = Source { wants, read };

fn wants(path: &str) -> bool {
    path == "composer/installed.json" || path.ends_with("/composer/installed.json")
}

#[derive(Deserialize)]
struct Package {
    name: String,
    version: String,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Installed {
    List(Vec<Package>),
    Object { packages: Vec<Package> },
}

fn read(root: &Root, path: &str, found: &mut Found) {
    match root.read(path, DATABASE) {
        Ok(bytes) => match serde_json::from_slice(&bytes) {
            Ok(Installed::List(packages) | Installed::Object { packages }) => {
                for Package { name, version } in packages {
                    found.package(Ecosystem::Packagist, &name, &version, path);
                }
            }
            Err(error) => found.problem(path, format!("makes no sense: {error}")),
        },
        Err(error) => found.problem(path, error.to_string()),
    }
}
