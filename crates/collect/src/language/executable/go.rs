//! Go: the build information that the linker puts into every program since Go 1.13 (Go's `debug/buildinfo`).

use inspector_model::language::Ecosystem;

use crate::elf::{Program, SECTION};
use crate::language::Found;
use crate::root::Contents;

const MAGIC: &[u8] = b"\xff Go buildinf:";
const ALIGNMENT: usize = 16;
/// Where there is no section, the information starts within so many bytes of the data.
const SEARCHED: u64 = 64 << 10;

/// Names the toolchain as the package `stdlib`, and every module that was linked in.
pub(super) fn read(program: &Program, file: &mut Contents, path: &str, found: &mut Found) -> Result<(), String> {
    let bytes = match program.section(file, ".go.buildinfo")? {
        Some(bytes) => bytes,
        None => program.data(file, SEARCHED)?,
    };
    let at = bytes.windows(MAGIC.len()).step_by(ALIGNMENT).position(|window| window == MAGIC);
    let Some(information) = at.and_then(|at| bytes.get(at * ALIGNMENT..)) else { return Ok(()) };
    let (version, modules) = strings(program, file, information)
        .map_err(|why| format!("build information of Go that makes no sense: {why}"))?;
    // `go1.21.3 X:boringcrypto` and `devel go1.22-…`.
    let word = version.split_whitespace().find_map(|word| word.strip_prefix("go"));
    match word {
        Some(number) if number.starts_with(|first: char| first.is_ascii_digit()) => {
            found.package(Ecosystem::Go, "stdlib", number, path);
        }
        Some(_) | None => found.problem(path, format!("built by the unknown Go `{}`", version.escape_debug())),
    }
    for (module, version) in parse(&modules) {
        // A program built from its own working directory has no version that anybody published.
        if version != "(devel)" && !version.is_empty() {
            found.package(Ecosystem::Go, module, version, path);
        }
    }
    Ok(())
}

/// The version of the toolchain and the lines about modules.
fn strings(program: &Program, file: &mut Contents, information: &[u8]) -> Result<(String, String), String> {
    const INLINE: u8 = 2;
    let flags = *information.get(15).ok_or("cut off")?;
    if flags & INLINE != 0 {
        let (version, rest) = counted(information.get(32..).ok_or("cut off")?).ok_or("cut off")?;
        let (modules, _) = counted(rest).ok_or("cut off")?;
        return Ok((text(version), text(unframed(modules))));
    }
    // Up to Go 1.17: addresses of two strings, which are an address and a length each.
    let width = usize::from(*information.get(14).ok_or("cut off")?);
    let mut string = |at: usize| -> Result<Vec<u8>, String> {
        let header = program.memory(file, program.address(information, at)?, 16)?;
        let (start, length) = (program.address(&header, 0)?, program.address(&header, width)?);
        if length == 0 { Ok(Vec::new()) } else { program.memory(file, start, length.min(SECTION)) }
    };
    let version = string(16)?;
    let modules = string(16 + width)?;
    Ok((text(&version), text(unframed(&modules))))
}

/// A length of seven bits a byte, lowest first, and as many bytes.
fn counted(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut length = 0_usize;
    for (at, byte) in bytes.iter().enumerate().take(5) {
        length |= usize::from(byte & 0x7f) << (7 * at);
        if byte & 0x80 == 0 {
            return bytes.get(at + 1..)?.split_at_checked(length);
        }
    }
    None
}

/// Without the 16 bytes around it by which it is found.
fn unframed(modules: &[u8]) -> &[u8] {
    let frame = modules.len().checked_sub(16).filter(|end| *end >= 16);
    frame.and_then(|end| modules.get(16..end)).unwrap_or_default()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Modules and their versions: `mod` is the program's own, `dep` is linked in, `=>` is what was taken instead of the line
/// before.
pub(super) fn parse(lines: &str) -> Vec<(&str, &str)> {
    let mut modules = Vec::new();
    for line in lines.lines() {
        let mut words = line.split('\t');
        let (kind, module, version) = (words.next(), words.next(), words.next().unwrap_or_default());
        match (kind, module) {
            (Some("mod" | "dep"), Some(module)) => modules.push((module, version)),
            (Some("=>"), Some(module)) => {
                modules.pop();
                modules.push((module, version));
            }
            _ => {}
        }
    }
    modules
}
