//! How a program or library was built, by its ELF headers and names.

use inspector_model::running::{Cookies, Elf, Hardening, Language, Relro, Stack};

use crate::elf::{Program, SECTION, is_elf};
use crate::root::{Contents, Root};

/// Tags of the dynamic section (System V ABI, "Dynamic Section").
const NEEDED: u64 = 1;
const STRING_TABLE: u64 = 5;
const STRING_SIZE: u64 = 10;
const BIND_NOW: u64 = 24;
const FLAGS: u64 = 30;
const FLAGS_1: u64 = 0x6fff_fffb;
/// Bits of [`FLAGS`] and [`FLAGS_1`] that mean the same as [`BIND_NOW`].
const FLAGS_BIND_NOW: u64 = 8;
const FLAGS_1_NOW: u64 = 1;

/// What is called when a cookie is broken (GCC's and Clang's `-fstack-protector`).
const GUARDS: [&[u8]; 2] = [b"__stack_chk_fail", b"__stack_chk_fail_local"];

/// Reads the file `path`.
pub(crate) fn read(root: &Root, path: &str) -> Hardening {
    let mut file = match root.open(path) {
        Ok(file) => file,
        Err(error) => return Hardening::Unreadable { why: error.to_string() },
    };
    if !is_elf(&mut file) {
        return Hardening::NotElf;
    }
    match parse(&mut file) {
        Ok(elf) => Hardening::Elf(elf),
        Err(why) => Hardening::Unreadable { why },
    }
}

fn parse(file: &mut Contents) -> Result<Elf, String> {
    let program = Program::read(file)?;
    let dynamic = program.dynamic(file)?;
    let value = |tag| dynamic.iter().find(|(own, _)| *own == tag).map(|(_, value)| *value);
    let imported = match (value(STRING_TABLE), value(STRING_SIZE)) {
        (Some(address), Some(size)) if size > SECTION => {
            return Err(format!("names at {address:#x} that are larger than the limit of {SECTION} bytes"));
        }
        (Some(address), Some(size)) => Some(program.memory(file, address, size)?),
        _ => None,
    };
    let own = program.section(file, ".strtab")?;
    let bound_at_start = value(BIND_NOW).is_some()
        || value(FLAGS).is_some_and(|bits| bits & FLAGS_BIND_NOW != 0)
        || value(FLAGS_1).is_some_and(|bits| bits & FLAGS_1_NOW != 0);
    Ok(Elf {
        stack: match program.executable_stack() {
            Some(false) => Stack::NoExecute,
            Some(true) => Stack::Execute,
            None => Stack::Unsaid,
        },
        cookies: cookies(imported.as_deref(), own.as_deref()),
        relro: match program.relocation_read_only() {
            true if bound_at_start => Relro::Full,
            true => Relro::Partial,
            false => Relro::None,
        },
        pie: program.position_independent(),
        language: language(&program, file, &dynamic, imported.as_deref().unwrap_or_default())?,
    })
}

/// A dynamic file imports the guard from the C library; a static one has it under its own names, if those are kept.
fn cookies(imported: Option<&[u8]>, own: Option<&[u8]>) -> Cookies {
    let guarded = [imported, own].into_iter().flatten().any(|names| {
        let mut names = names.split(|byte| *byte == 0);
        names.any(|name| GUARDS.contains(&name))
    });
    match (guarded, imported.is_some() || own.is_some()) {
        (true, _) => Cookies::Present,
        (false, true) => Cookies::Missing,
        (false, false) => Cookies::Unknown,
    }
}

fn language(program: &Program, file: &mut Contents, dynamic: &[(u64, u64)], names: &[u8]) -> Result<Language, String> {
    for section in [".go.buildinfo", ".note.go.buildid"] {
        if program.section(file, section)?.is_some() {
            return Ok(Language::Go);
        }
    }
    let compilers = program.section(file, ".comment")?.unwrap_or_default();
    let compilers = String::from_utf8_lossy(&compilers);
    if compilers.contains("rustc") {
        return Ok(Language::Rust);
    }
    let name = |start: u64| {
        let rest = usize::try_from(start).ok().and_then(|start| names.get(start..)).unwrap_or_default();
        rest.split(|byte| *byte == 0).next().unwrap_or_default()
    };
    let mut needed = dynamic.iter().filter(|(tag, _)| *tag == NEEDED).map(|(_, start)| name(*start));
    let c = compilers.contains("GCC") || compilers.contains("clang") || needed.any(|name| name.starts_with(b"libc."));
    Ok(if c { Language::C } else { Language::Unknown })
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::process::Command;

    use tempfile::TempDir;

    use super::*;

    /// The output of a program, or `None` where it is not installed or fails.
    fn output(program: &str, arguments: &[&str]) -> Option<String> {
        let output = Command::new(program).args(arguments).output().ok()?;
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
    }

    fn elf(folder: &Path, path: &str) -> Elf {
        match read(&Root::directory(folder).unwrap(), path) {
            Hardening::Elf(elf) => elf,
            other @ (Hardening::NotElf | Hardening::Unreadable { .. }) => panic!("`{path}`: {other:?}"),
        }
    }

    #[test]
    fn each_protection_is_seen_when_a_compiler_leaves_it_out() {
        let folder = TempDir::new().unwrap();
        let source = folder.path().join("a.c");
        std::fs::write(
            &source,
            "#include <string.h>\nint main(int c, char **v) { char b[64]; strcpy(b, v[0]); return b[c]; }",
        )
        .unwrap();
        let hardened = ["-fstack-protector-all", "-pie", "-fPIE", "-Wl,-z,relro,-z,now,-z,noexecstack"];
        let build = |name: &str, extra: &[&str]| {
            let target = folder.path().join(name);
            let fixed = [source.to_str().unwrap(), "-o", target.to_str().unwrap()];
            output("cc", &[&fixed, hardened.as_slice(), extra].concat()).map(|_| elf(folder.path(), name))
        };
        let Some(whole) = build("whole", &[]) else {
            return eprintln!("skipped: no C compiler here");
        };
        let wanted = Elf {
            stack: Stack::NoExecute,
            cookies: Cookies::Present,
            relro: Relro::Full,
            pie: true,
            language: Language::C,
        };
        assert_eq!(whole, wanted);
        let without = |name, extra: &[&str], change: fn(&mut Elf)| {
            let mut wanted = wanted.clone();
            change(&mut wanted);
            assert_eq!(build(name, extra), Some(wanted), "{extra:?}");
        };
        without("stack", &["-Wl,-z,execstack"], |elf| elf.stack = Stack::Execute);
        without("cookies", &["-fno-stack-protector"], |elf| elf.cookies = Cookies::Missing);
        without("lazy", &["-Wl,-z,lazy"], |elf| elf.relro = Relro::Partial);
        without("norelro", &["-Wl,-z,norelro"], |elf| elf.relro = Relro::None);
        without("nopie", &["-no-pie"], |elf| elf.pie = false);
        without("stripped", &["-s"], |_| {});
    }

    #[test]
    fn the_programs_of_this_machine_are_read_as_readelf_reads_them() {
        let mut names: Vec<_> = std::fs::read_dir("/usr/bin")
            .unwrap()
            .filter_map(|entry| entry.unwrap().file_name().into_string().ok())
            .collect();
        names.sort();
        let root = Root::directory(Path::new("/usr/bin")).unwrap();
        let mut compared = 0;
        for name in names.iter().step_by(12) {
            let Hardening::Elf(elf) = read(&root, name) else { continue };
            let path = format!("/usr/bin/{name}");
            let Some(headers) = output("readelf", &["-lWd", &path]) else {
                return eprintln!("skipped: no readelf here");
            };
            let names = output("readelf", &["-W", "--syms", "--dyn-syms", &path]).unwrap();
            let stack = headers.lines().find(|line| line.contains("GNU_STACK")).map(|line| line.contains("RWE"));
            let stack = stack.map_or(Stack::Unsaid, |run| if run { Stack::Execute } else { Stack::NoExecute });
            assert_eq!(elf.stack, stack, "{path}");
            assert_eq!(elf.pie, headers.contains("type is DYN"), "{path}");
            let now = headers.contains("BIND_NOW") || headers.contains("Flags: NOW");
            let relro = match headers.contains("GNU_RELRO") {
                true if now => Relro::Full,
                true => Relro::Partial,
                false => Relro::None,
            };
            assert_eq!(elf.relro, relro, "{path}");
            assert_eq!(elf.cookies == Cookies::Present, names.contains("__stack_chk_fail"), "{path}");
            compared += 1;
        }
        assert!(compared > 10, "{compared} programs compared");
    }

    #[test]
    fn what_is_no_program_or_cut_off_is_said_to_be() {
        let folder = TempDir::new().unwrap();
        std::fs::write(folder.path().join("script"), "#!/bin/sh\n").unwrap();
        std::fs::write(folder.path().join("cut"), b"\x7fELF\x02\x01\x01").unwrap();
        let root = Root::directory(folder.path()).unwrap();
        assert_eq!(read(&root, "script"), Hardening::NotElf);
        for name in ["cut", "none"] {
            assert!(matches!(read(&root, name), Hardening::Unreadable { .. }), "{name}");
        }
    }
}
