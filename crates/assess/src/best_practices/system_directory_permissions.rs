//! Directories that hold binaries and system configuration: root alone may write to them.
//!
//! The original never published its list; see `HostFacts::directories`. Group write fails whatever the group, because its
//! members are not root. Where an access control list is set, the group bits are its mask, so they show it too.

use inspector_model::host::{Directory, HostFacts};
use inspector_model::proof::SettingProof;
use inspector_model::{Fact, Outcome, Severity};

use super::{Rule, fail, pass_unless, unreadable};

pub(super) const RULE: Rule = Rule {
    key: "system-directory-permissions",
    id: "Configure permissions for system directories",
    title: "Instance {i} is configured to let users other than root write to system directories.",
    severity: Severity::High,
    description: "Whoever can write to a directory of programs, libraries or system configuration can replace what root \
                  will run.",
    recommendation: "Give the named directories to root and take the write permission from group and others: \
                     `chown root DIRECTORY` and `chmod go-w DIRECTORY`.",
    check,
};

const GROUP_OR_OTHERS_WRITE: u32 = 0o022;

fn check(host: &HostFacts) -> Outcome {
    let mut wrong = Vec::new();
    let mut unread = None;
    let mut looked_at = 0;
    for (path, fact) in &host.directories {
        match fact {
            Fact::Seen { value, .. } if value.uid == 0 && value.mode & GROUP_OR_OTHERS_WRITE == 0 => looked_at += 1,
            Fact::Seen { value, at } => wrong.push(proof(path, value, at)),
            // Not every system has each of them.
            Fact::Absent { .. } => {}
            Fact::Unreadable { at, why } => unread = unread.or(Some((at, why))),
        }
    }
    match unread {
        _ if !wrong.is_empty() => fail(wrong),
        Some((at, why)) => unreadable(at, why),
        None if looked_at == 0 => {
            unreadable(&inspector_model::Place::whole("/"), "holds none of the system directories")
        }
        None => pass_unless(wrong),
    }
}

fn proof(path: &str, directory: &Directory, at: &inspector_model::Place) -> SettingProof {
    SettingProof {
        setting: format!("permissions of `{path}`"),
        at: at.clone(),
        found: Some(format!("mode {:04o}, owner {}, group {}", directory.mode, directory.uid, directory.gid)),
        wanted: "owner 0, no write permission for group and others".to_owned(),
    }
}
