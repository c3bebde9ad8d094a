//! A real Debian 12 root that `make test-slow` prepared, at `OPENINSPECTOR_DEBIAN_ROOT`.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::indexing_slicing,
    dead_code,
    reason = "tests and their helpers"
)]

mod support;

use std::path::PathBuf;
use std::process::Command;

use inspector_model::Fact;
use support::facts_of;

#[test]
fn a_fresh_debian_root_is_read_as_its_own_tools_read_it() {
    let Some(root) = std::env::var_os("OPENINSPECTOR_DEBIAN_ROOT").map(PathBuf::from).filter(|root| root.is_dir())
    else {
        eprintln!("skipped: no Debian root at OPENINSPECTOR_DEBIAN_ROOT; `make test-slow` makes one");
        return;
    };
    let host = facts_of(&root);
    let Fact::Seen { value: packages, .. } = &host.packages else { panic!("{:?}", host.packages) };
    let query = Command::new("dpkg-query").arg("--root").arg(&root).args(["-W", "-f", "${Package}\n"]).output();
    let names = String::from_utf8(query.unwrap().stdout).unwrap();
    assert_eq!(packages.packages.len(), names.lines().count());
    assert!(packages.problems.is_empty());
    assert_eq!(host.os.seen().and_then(|os| os.codename.as_deref()), Some("bookworm"));
    assert!(host.architecture.seen().is_some(), "read from the root's own shell");
    assert!(matches!(host.sshd, Fact::Absent { .. }), "minbase has no server");
    let modules = host.pam_password.seen().map(|entries| entries.iter().any(|it| it.module == "pam_unix.so"));
    assert_eq!(modules, Some(true));
    assert_eq!(host.accounts.seen().map(Vec::len), Some(0), "no account of a fresh root has a password");
    assert!(host.login_defs.seen().is_some_and(|settings| settings.contains_key("PASS_MAX_DAYS")));
    assert!(host.directories.values().all(|fact| !matches!(fact, Fact::Unreadable { .. })), "{:?}", host.directories);
    assert!(matches!(host.kernel, Fact::Absent { .. }), "no kernel runs in it");
}
