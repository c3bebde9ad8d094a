//! No name leads out of a root, and nothing but a regular file of bounded size is read.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::indexing_slicing,
    dead_code,
    reason = "tests and their helpers"
)]

mod support;

use inspector_collect::Root;
use inspector_collect::root::ReadError;
use support::tree;

fn read(files: &[(&str, &str)], name: &str) -> Result<String, ReadError> {
    let folder = tree(files);
    Root::directory(folder.path()).unwrap().read(name, 64).map(|bytes| String::from_utf8(bytes).unwrap())
}

fn refused(files: &[(&str, &str)], name: &str) -> String {
    match read(files, name).unwrap_err() {
        ReadError::Unreadable(why) => why,
        ReadError::Absent => "absent".to_owned(),
    }
}

#[test]
fn links_are_followed_inside_the_root() {
    let table: [&[(&str, &str)]; 5] = [
        &[("usr/lib/os-release", "x"), ("etc/os-release", "-> ../usr/lib/os-release")],
        &[("usr/lib/os-release", "x"), ("etc/os-release", "-> /usr/lib/os-release")],
        &[("usr/lib/os-release", "x"), ("etc", "-> usr/lib")],
        &[("usr/lib/os-release", "x"), ("etc/os-release", "-> ../../../../usr/lib/./os-release")],
        &[("a/os-release", "x"), ("etc", "-> b"), ("b", "-> /a")],
    ];
    for files in table {
        assert_eq!(read(files, "/etc/os-release"), Ok("x".to_owned()), "{files:?}");
    }
}

#[test]
fn a_link_out_of_the_root_does_not_reach_the_machine_that_looks() {
    // Both files exist on the machine that runs the test.
    for target in ["/etc/passwd", "../../../../../../../../etc/passwd", "/proc/self/environ"] {
        let why = refused(&[("etc/os-release", &format!("-> {target}"))], "/etc/os-release");
        assert_eq!(why, "a symbolic link that leads nowhere in this root", "{target}");
    }
    assert_eq!(refused(&[("etc/", "")], "/../../../../../../../../etc/passwd"), "absent");
}

#[test]
fn links_that_turn_in_circles_are_unreadable() {
    assert_eq!(refused(&[("a", "-> b"), ("b", "-> a")], "/a"), "too many symbolic links");
    assert_eq!(refused(&[("a", "-> a/b")], "/a"), "too many symbolic links");
}

#[test]
fn what_is_missing_is_absent_also_behind_a_link_that_leads_somewhere() {
    assert_eq!(refused(&[("usr/sbin/", ""), ("sbin", "-> usr/sbin")], "/sbin/sshd"), "absent");
    assert_eq!(refused(&[], "/etc/passwd"), "absent");
    assert_eq!(refused(&[("etc", "a file")], "/etc/passwd"), "absent");
}

#[test]
fn a_file_may_be_as_long_as_the_limit_and_no_longer() {
    assert!(read(&[("f", &"x".repeat(64))], "/f").is_ok());
    assert_eq!(refused(&[("f", &"x".repeat(65))], "/f"), "larger than the limit of 64 bytes");
}

#[test]
fn only_regular_files_are_read() {
    assert_eq!(refused(&[("f/", "")], "/f"), "not a regular file");
    assert_eq!(refused(&[("f/", "")], "/"), "not a regular file");
    let folder = tree(&[]);
    let _socket = std::os::unix::net::UnixListener::bind(folder.path().join("socket")).unwrap();
    let root = Root::directory(folder.path()).unwrap();
    assert_eq!(root.read("/socket", 64), Err(ReadError::Unreadable("not a regular file".to_owned())));
}

#[test]
fn a_named_pipe_does_not_hold_the_collection_up() {
    let folder = tree(&[]);
    let made = std::process::Command::new("mkfifo").arg(folder.path().join("pipe")).status();
    if !made.is_ok_and(|status| status.success()) {
        eprintln!("skipped: `mkfifo` is not there");
        return;
    }
    let root = Root::directory(folder.path()).unwrap();
    assert_eq!(root.read("/pipe", 64), Err(ReadError::Unreadable("not a regular file".to_owned())));
}

#[test]
fn a_root_must_be_a_directory() {
    let folder = tree(&[("file", "")]);
    for name in ["file", "missing"] {
        let error = Root::directory(&folder.path().join(name)).unwrap_err();
        assert!(error.to_string().contains(name), "{error}");
    }
}

#[test]
fn names_are_listed_in_order() {
    let folder = tree(&[("d/b", ""), ("d/a", ""), ("d/.hidden", "")]);
    assert_eq!(Root::directory(folder.path()).unwrap().list("/d").unwrap(), [".hidden", "a", "b"]);
}

#[test]
fn a_name_that_is_not_utf_8_is_not_passed_over() {
    use std::os::unix::ffi::OsStrExt;
    let folder = tree(&[("d/a", "")]);
    std::fs::write(folder.path().join("d").join(std::ffi::OsStr::from_bytes(b"\xff.conf")), "").unwrap();
    let listed = Root::directory(folder.path()).unwrap().list("/d");
    assert_eq!(listed, Err(ReadError::Unreadable("holds a name that is not UTF-8".to_owned())));
}
