//! Programs that say which packages they were built from: Go's build information and the list of `cargo auditable`.

mod go;
mod rust;

use super::{Found, Source};
use crate::elf::{self, is_elf};
use crate::root::{Kind, Root};

pub(super) const SOURCE: Source = Source { wants, read };

/// A program has no suffix, or that of a version; the others are libraries and what comes from other systems.
fn wants(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').is_none_or(|(_, suffix)| {
        matches!(suffix, "so" | "bin" | "exe" | "node") || suffix.starts_with(|first: char| first.is_ascii_digit())
    })
}

fn read(root: &Root, path: &str, found: &mut Found) {
    // Smaller than any program with a runtime of Go or Rust in it, and most of what has no suffix.
    let Ok(metadata) = root.stat(path) else { return };
    if metadata.kind != Kind::File || metadata.size < 4096 {
        return;
    }
    let Ok(mut file) = root.open(path) else { return };
    if !is_elf(&mut file) {
        return;
    }
    let program = match elf::Program::read(&mut file) {
        Ok(program) => program,
        // Other tools judge whether it runs; what a program holds that cannot be taken apart is not known.
        Err(why) => return found.problem(path, format!("a program that cannot be taken apart: {why}")),
    };
    for read in [go::read, rust::read] {
        if let Err(why) = read(&program, &mut file, path, found) {
            found.problem(path, why);
        }
    }
}
