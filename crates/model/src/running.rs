//! What runs on a host: processes, and the code that they execute.

use serde::{Deserialize, Serialize};

/// One running process. Threads of the kernel are left out: they execute no file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RunningProcess {
    /// Process id in the namespace of the collector.
    pub pid: u32,
    /// The process that started it, or adopted it.
    pub parent: u32,
    /// Effective user id.
    pub uid: u32,
    /// Short name.
    pub name: String,
    /// The program file as the process itself names it; empty where the kernel did not tell.
    pub path: String,
    /// The package that brought the program; `None` where none did, and in a container.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub package: Option<String>,
    /// The container that it runs in, by the id in its control group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub container: Option<String>,
}

/// The code that running processes execute, as far as it could be looked at.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Code {
    /// Programs and libraries, sorted by path.
    pub files: Vec<CodeFile>,
    /// The directories above the code that root executes, sorted by path.
    pub directories: Vec<PathPermission>,
    /// Processes whose maps could not be read, and why: what they execute is not known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unread: Vec<Unread>,
}

/// A process that could not be looked into.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Unread {
    /// The process.
    pub pid: u32,
    /// Its short name.
    pub name: String,
    /// Its effective user id.
    pub uid: u32,
    /// Why not.
    pub why: String,
}

/// One file that a running process has mapped to execute.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CodeFile {
    /// Its path in the root of the process, without links.
    pub path: String,
    /// The container of the process, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub container: Option<String>,
    /// Whether a process was started from it; else it is a library.
    pub program: bool,
    /// The package that brought it. `None` where no package of the host did; never set in a container, whose packages are
    /// not read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub package: Option<String>,
    /// A process that executes it: the one with the lowest id, of root's where root executes it.
    pub pid: u32,
    /// The short name of that process.
    pub process: String,
    /// How it was built.
    pub hardening: Hardening,
    /// For code that root executes: who may change it. The directories above it stand in [`Code::directories`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub permission: Option<Permission>,
}

/// Who may change what a directory holds (`inode(7)`).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PathPermission {
    /// Absolute path in the root of the process.
    pub path: String,
    /// The container whose root it is in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub container: Option<String>,
    /// What was seen there, or why nothing was.
    pub seen: Permission,
}

/// What was seen of a path.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "camelCase")]
pub enum Permission {
    /// It is there.
    Seen {
        /// Permission bits with those for set-user-id, set-group-id and sticky.
        mode: u32,
        /// Owner.
        uid: u32,
        /// Group.
        gid: u32,
    },
    /// It could not be looked at, or is another file by now than the one that is executed.
    Unreadable {
        /// Why.
        why: String,
    },
}

/// What an ELF file says about how it was built.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "camelCase")]
pub enum Hardening {
    /// Its headers were read.
    Elf(Elf),
    /// It is no ELF file: code of an interpreter or a compiler at run time.
    NotElf,
    /// It could not be read.
    Unreadable {
        /// Why.
        why: String,
    },
}

/// The protections of an ELF file (the System V ABI, "Program Header"; the Linux extensions to it).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Elf {
    /// What its `PT_GNU_STACK` header asks for.
    pub stack: Stack,
    /// Whether its functions guard their return addresses.
    pub cookies: Cookies,
    /// How much of what the loader relocates is read-only afterwards.
    pub relro: Relro,
    /// Position-independent: the kernel may load it anywhere.
    pub pie: bool,
    /// What it was compiled from, as far as it tells.
    pub language: Language,
}

/// What a file asks for its stack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Stack {
    /// Data only.
    NoExecute,
    /// To be executed.
    Execute,
    /// There is no such header: what the kernel does then depends on the machine.
    Unsaid,
}

/// Whether a file has stack cookies, by the names it imports or defines (`__stack_chk_fail`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Cookies {
    /// It names the function that a broken cookie calls.
    Present,
    /// It has names, and that function is not among them.
    Missing,
    /// It is linked statically and its names are stripped: nothing tells.
    Unknown,
}

/// Relocation read-only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Relro {
    /// All of it, since everything is bound at start.
    Full,
    /// All but what is bound at the first call.
    Partial,
    /// Nothing.
    None,
}

/// What a file was compiled from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Language {
    /// C or C++, by the compiler that it names or the C library that it needs.
    C,
    /// Go, which checks bounds itself and has no cookies.
    Go,
    /// Rust, which checks bounds itself and has no cookies by default.
    Rust,
    /// Nothing tells.
    Unknown,
}

/// The directories above a path, the root last.
pub fn ancestors(path: &str) -> impl Iterator<Item = &str> {
    let mut rest = path;
    std::iter::from_fn(move || {
        let (above, _) = rest.rsplit_once('/')?;
        rest = above;
        Some(if above.is_empty() { "/" } else { above })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_above_a_path_ends_with_the_root() {
        assert_eq!(ancestors("/usr/bin/su").collect::<Vec<_>>(), ["/usr/bin", "/usr", "/"]);
        assert_eq!(ancestors("/").count() + ancestors("su").count(), 1);
    }
}
