use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;

use inspector_model::running::{Hardening, Permission};
use tempfile::TempDir;

use super::parse::{Mapping, container, executable, socket, status};
use super::*;

const ID: &str = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

#[test]
fn the_effective_user_is_read_and_what_executes_nothing_is_told() {
    // Linux 6.1.
    let text = "Name:\tsu\nUmask:\t0022\nState:\tS (sleeping)\nTgid:\t7\nPPid:\t3\nUid:\t1000\t0\t0\t0\n";
    let read = status(text.as_bytes()).unwrap();
    assert_eq!((read.name.as_str(), read.parent, read.uid, read.executes_nothing), ("su", 3, 0, false));
    let ended = text.replace("S (sleeping)", "Z (zombie)");
    assert!(status(ended.as_bytes()).unwrap().executes_nothing);
    assert!(status(format!("{text}Kthread:\t1\n").as_bytes()).unwrap().executes_nothing);
    assert_eq!(status(b"Name:\tsu\n"), None);
}

#[test]
fn only_files_that_are_mapped_to_be_executed_are_code() {
    let maps = b"00400000-0040b000 r-xp 00000000 fe:01 655 /usr/bin/a b\n\
        0060a000-0060b000 r--p 0000a000 fe:01 655 /usr/bin/a b\n\
        7f00-7f01 rw-p 00000000 fe:01 700 /usr/lib/data.so\n\
        7f01-7f02 r-xp 00001000 fe:01 701 /usr/lib/gone.so (deleted)\n\
        7f02-7f03 rwxp 00000000 00:00 0 \n\
        7f03-7f04 r-xp 00000000 00:01 9 /memfd:jit (deleted)\n\
        7ffd-7ffe r-xp 00000000 00:00 0 [vdso]\n";
    let found: Vec<_> = executable(maps).into_iter().map(|Mapping { path, inode }| (path, inode)).collect();
    assert_eq!(found, [("/usr/bin/a b".to_owned(), 655), ("/usr/lib/gone.so (deleted)".to_owned(), 701)]);
}

#[test]
fn containers_are_told_by_the_id_or_name_that_their_engine_gives() {
    for (group, expected) in [
        (format!("0::/system.slice/docker-{ID}.scope"), Some(ID)),
        (format!("12:pids:/docker/{ID}\n11:cpu:/docker/{ID}"), Some(ID)),
        (format!("0::/kubepods.slice/kubepods-pod1.slice/cri-containerd-{ID}.scope"), Some(ID)),
        (format!("0::/user.slice/libpod-{ID}.scope/container"), Some(ID)),
        ("0::/machine.slice/machine-web.scope".to_owned(), Some("web")),
        ("0::/lxc.payload.db/system.slice".to_owned(), Some("db")),
        ("0::/system.slice/ssh.service".to_owned(), None),
        ("0::/user.slice/user-1000.slice/session-1.scope".to_owned(), None),
        (String::new(), None),
    ] {
        assert_eq!(container(group.as_bytes()).as_deref(), expected, "{group}");
    }
    assert_eq!((socket("socket:[12]"), socket("pipe:[12]"), socket("socket:[x]")), (Some(12), None, None));
}

/// A tree with a `/proc` of our making: its links and texts are what the kernel would show.
struct Tree(TempDir);

impl Tree {
    fn new() -> Self {
        let tree = Self(TempDir::new().unwrap());
        tree.file("usr/bin/tool", "#!/bin/sh\n", 0o755);
        tree
    }

    fn path(&self, path: &str) -> std::path::PathBuf {
        self.0.path().join(path)
    }

    fn file(&self, path: &str, content: &str, mode: u32) {
        let path = self.path(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, content).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
    }

    fn inode(&self, path: &str) -> u64 {
        std::os::unix::fs::MetadataExt::ino(&std::fs::metadata(self.path(path)).unwrap())
    }

    fn process(&self, pid: u32, uid: u32, maps: &str, sockets: &[u64]) {
        let status = format!("Name:\ttool\nState:\tS\nPPid:\t1\nUid:\t{uid}\t{uid}\t{uid}\t{uid}\n");
        self.file(&format!("proc/{pid}/status"), &status, 0o444);
        self.file(&format!("proc/{pid}/maps"), maps, 0o444);
        self.file(&format!("proc/{pid}/cgroup"), "0::/system.slice/tool.service\n", 0o444);
        let link = |target: &str, name: String| symlink(target, self.path(&name)).unwrap();
        link("/usr/bin/tool", format!("proc/{pid}/exe"));
        symlink(self.0.path(), self.path(&format!("proc/{pid}/root"))).unwrap();
        std::fs::create_dir_all(self.path(&format!("proc/{pid}/fd"))).unwrap();
        for (number, inode) in sockets.iter().enumerate() {
            link(&format!("socket:[{inode}]"), format!("proc/{pid}/fd/{number}"));
        }
    }

    fn mapped(&self, path: &str) -> String {
        format!("00400000-0040b000 r-xp 00000000 fe:01 {} /{path}\n", self.inode(path))
    }

    fn look(&self, sockets: &[u64]) -> Running {
        look(&Root::directory(self.0.path()).unwrap(), &sockets.iter().copied().collect())
    }
}

fn seen<T>(fact: Fact<T>) -> T {
    match fact {
        Fact::Seen { value, .. } => value,
        Fact::Absent { at } => panic!("`{at}` is absent"),
        Fact::Unreadable { at, why } => panic!("`{at}`: {why}"),
    }
}

#[test]
fn processes_are_found_with_their_packages_and_the_sockets_that_were_asked_for() {
    let tree = Tree::new();
    tree.file("var/lib/dpkg/info/tools:amd64.list", "/.\n/bin/tool\n", 0o644);
    tree.process(7, 1000, &tree.mapped("usr/bin/tool"), &[70, 71]);
    tree.process(5, 0, &tree.mapped("usr/bin/tool"), &[70]);
    let running = tree.look(&[70]);
    let processes = seen(running.processes);
    let told: Vec<_> = processes.iter().map(|it| (it.pid, it.uid, it.path.as_str(), it.package.as_deref())).collect();
    let tools = Some("tools:amd64");
    assert_eq!(told, [(5, 0, "/usr/bin/tool", tools), (7, 1000, "/usr/bin/tool", tools)], "/bin is part of /usr");
    assert_eq!(running.holders, BTreeMap::from([(70, 5)]), "the lowest id, and no socket that nobody asked for");
}

#[test]
fn code_of_root_comes_with_the_permissions_of_everything_above_it() {
    let tree = Tree::new();
    tree.file("opt/x/lib/plugin.so", "not a library", 0o644);
    std::fs::set_permissions(tree.path("opt/x"), std::fs::Permissions::from_mode(0o777)).unwrap();
    tree.process(7, 1000, &tree.mapped("usr/bin/tool"), &[]);
    tree.process(9, 0, &format!("{}{}", tree.mapped("usr/bin/tool"), tree.mapped("opt/x/lib/plugin.so")), &[]);
    let code = seen(tree.look(&[]).code);
    let files: Vec<_> = code.files.iter().map(|it| (it.path.as_str(), it.program, it.pid)).collect();
    assert_eq!(files, [("/opt/x/lib/plugin.so", false, 9), ("/usr/bin/tool", true, 9)], "root's process is named");
    assert!(code.files.iter().all(|file| file.permission.is_some() && file.hardening == Hardening::NotElf));
    let directories: Vec<_> = code.directories.iter().map(|it| it.path.as_str()).collect();
    assert_eq!(directories, ["/", "/opt", "/opt/x", "/opt/x/lib", "/usr", "/usr/bin"]);
    let open = code.directories.iter().find(|it| it.path == "/opt/x").map(|it| &it.seen);
    assert!(matches!(open, Some(Permission::Seen { mode: 0o777, .. })), "{open:?}");
}

#[test]
fn code_that_nobody_but_users_executes_comes_without_permissions() {
    let tree = Tree::new();
    tree.process(7, 1000, &tree.mapped("usr/bin/tool"), &[]);
    let code = seen(tree.look(&[]).code);
    assert!(code.directories.is_empty() && code.files.iter().all(|file| file.permission.is_none()));
}

#[test]
fn a_file_that_is_gone_or_another_one_by_now_is_not_judged_by_its_name() {
    let tree = Tree::new();
    let replaced = tree.mapped("usr/bin/tool").replace(&tree.inode("usr/bin/tool").to_string(), "1");
    let gone = "7f-8f r-xp 00000000 fe:01 5 /usr/lib/gone.so (deleted)\n";
    tree.process(9, 0, &format!("{replaced}{gone}"), &[]);
    let code = seen(tree.look(&[]).code);
    assert_eq!(code.files.len(), 2);
    for file in code.files {
        assert!(matches!(file.permission, Some(Permission::Unreadable { .. })), "{file:?}");
        assert!(matches!(file.hardening, Hardening::Unreadable { .. }), "{file:?}");
    }
}

#[test]
fn a_process_whose_maps_cannot_be_read_is_named() {
    let tree = Tree::new();
    tree.process(9, 0, "", &[]);
    std::fs::remove_file(tree.path("proc/9/maps")).unwrap();
    // A directory in its place: nobody may read that as a file, not even root.
    std::fs::create_dir(tree.path("proc/9/maps")).unwrap();
    let running = tree.look(&[]);
    assert_eq!(seen(running.code).unread.first().map(|it| (it.pid, it.uid)), Some((9, 0)));
    assert_eq!(seen(running.processes).len(), 1);
}

#[test]
fn a_tree_without_processes_is_absent_and_not_empty() {
    let tree = Tree::new();
    let running = collect(&Root::directory(tree.0.path()).unwrap(), &BTreeSet::new());
    assert!(matches!(running.processes, Fact::Absent { .. }) && matches!(running.code, Fact::Absent { .. }));
    let running = tree.look(&[]);
    assert!(matches!(running.processes, Fact::Absent { .. }), "there is no /proc: {:?}", running.processes);
}

#[test]
fn this_test_is_a_running_program_of_rust_that_is_hardened_as_its_compiler_does() {
    use inspector_model::running::{Language, Stack};
    let running = collect(&Root::live().unwrap(), &BTreeSet::new());
    let own = std::env::current_exe().unwrap();
    let code = seen(running.code);
    let file = code.files.iter().find(|file| Path::new(&file.path) == own).unwrap();
    let Hardening::Elf(elf) = &file.hardening else { panic!("{:?}", file.hardening) };
    assert!(file.program && file.package.is_none());
    assert_eq!((elf.stack, elf.language, elf.pie), (Stack::NoExecute, Language::Rust, true));
    assert!(seen(running.processes).iter().any(|process| process.pid == std::process::id()));
}
