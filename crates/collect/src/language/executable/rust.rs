//! Rust: the list of packages that `cargo auditable` puts into a program (its section `.dep-v0`, JSON compressed with zlib;
//! <https://github.com/rust-secure-code/cargo-auditable>).

use std::io::Read;

use inspector_model::language::Ecosystem;
use serde::Deserialize;

use crate::elf::Program;
use crate::language::Found;
use crate::root::Contents;

/// Limit for the unpacked list.
const LIST: u64 = 64 << 20;

#[derive(Deserialize)]
struct List {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    version: String,
    /// `crates.io`, `git`, `local`, or the name of another registry.
    #[serde(default)]
    source: String,
    /// `build` for what only ran while the program was built.
    #[serde(default)]
    kind: String,
}

/// Names every package of crates.io that was linked in.
pub(super) fn read(program: &Program, file: &mut Contents, path: &str, found: &mut Found) -> Result<(), String> {
    let Some(packed) = program.section(file, ".dep-v0")? else { return Ok(()) };
    for Package { name, version, source, kind } in parse(&packed)? {
        if source == "crates.io" && kind != "build" {
            found.package(Ecosystem::CratesIo, &name, &version, path);
        }
    }
    Ok(())
}

fn parse(packed: &[u8]) -> Result<Vec<Package>, String> {
    let wrong = |why: String| format!("a list of Cargo packages that makes no sense: {why}");
    let mut bytes = Vec::new();
    let mut unpacked = flate2::read::ZlibDecoder::new(packed).take(LIST + 1);
    let length = unpacked.read_to_end(&mut bytes).map_err(|error| wrong(error.to_string()))?;
    if u64::try_from(length).is_ok_and(|length| length > LIST) {
        return Err(wrong(format!("it unpacks to more than {LIST} bytes")));
    }
    serde_json::from_slice::<List>(&bytes).map(|list| list.packages).map_err(|error| wrong(error.to_string()))
}
