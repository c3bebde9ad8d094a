//! Code that root executes and others can change: the file itself, or a directory above it.
//!
//! Who can write to a directory can put another file in the place of one that it holds, except where the sticky bit is set
//! and root owns what is held (`inode(7)`). Where an access control list is set, the group bits are its mask, so they show
//! it too.

use std::collections::BTreeMap;

use inspector_model::host::HostFacts;
use inspector_model::proof::SettingProof;
use inspector_model::running::{Code, CodeFile, Permission, ancestors};
use inspector_model::{Fact, Outcome, Place, Severity};

use super::{Observed, Rule, fail, unreadable};

pub(super) const RULE: Rule = Rule {
    key: "root-process-permissions",
    id: "Root process with insecure permissions",
    title: "Instance {i} runs a root process whose code other users can change.",
    severity: Severity::High,
    description: "A process of root executes a program or library that users other than root can write to or replace, so \
                  they can run code of their own as root.",
    recommendation: "Give the named files and directories to root and take the write permission from group and others: \
                     `chown root PATH` and `chmod go-w PATH`.",
    check,
};

const STICKY: u32 = 0o1000;
const GROUP_WRITE: u32 = 0o020;
const OTHERS_WRITE: u32 = 0o002;

fn check(host: &Observed<'_>) -> Outcome {
    let (code, at) = match &host.facts.code {
        Fact::Seen { value, at } => (value, at),
        Fact::Absent { at } => return unreadable(at, "not there: only a running host tells what it runs"),
        Fact::Unreadable { at, why } => return unreadable(at, why),
    };
    let judge = Judge::of(host.facts, code);
    let (mut wrong, mut unclear) = (BTreeMap::new(), None);
    for file in &code.files {
        let Some(permission) = &file.permission else { continue };
        let mut below = owner(permission);
        let mut paths = vec![(file.path.as_str(), Some(permission), judge.file(file, permission))];
        for path in ancestors(&file.path) {
            let seen = judge.directory(file, path);
            paths.push((path, seen, judge.holds(file, seen, below)));
            below = seen.and_then(owner);
        }
        for (path, seen, safety) in paths {
            match safety {
                Safety::Safe => {}
                Safety::Unsafe => {
                    // One proof for each path, however much lies below it: the first file in order stands for all.
                    let key = (path.to_owned(), file.container.clone());
                    wrong.entry(key).or_insert_with(|| proof(path, seen, file));
                }
                Safety::Unclear(why) => unclear = unclear.or_else(|| Some((Place::whole(path), why))),
            }
        }
    }
    let unread = code.unread.iter().find(|process| process.uid == 0);
    let unread = unread.map(|it| (at.clone(), format!("what process {} ({}) executes: {}", it.pid, it.name, it.why)));
    match unclear.or(unread) {
        _ if !wrong.is_empty() => fail(wrong.into_values().collect()),
        Some((at, why)) => unreadable(&at, &why),
        None => Outcome::Pass,
    }
}

enum Safety {
    Safe,
    Unsafe,
    Unclear(String),
}

struct Judge<'a> {
    directories: BTreeMap<(&'a str, Option<&'a str>), &'a Permission>,
    /// Whether the group 0 of the host has no member but root; `None` where accounts or groups could not be read.
    root_alone: Option<bool>,
}

impl<'a> Judge<'a> {
    fn of(host: &HostFacts, code: &'a Code) -> Self {
        let directories = code.directories.iter();
        let key = |it: &'a inspector_model::running::PathPermission| (it.path.as_str(), it.container.as_deref());
        Self { directories: directories.map(|it| (key(it), &it.seen)).collect(), root_alone: root_alone(host) }
    }

    fn directory(&self, file: &CodeFile, path: &str) -> Option<&'a Permission> {
        self.directories.get(&(path, file.container.as_deref())).copied()
    }

    /// Who can write to the file.
    fn file(&self, file: &CodeFile, permission: &Permission) -> Safety {
        self.writable(file, permission, false)
    }

    /// Who can replace what the directory holds, whose owner is `below`.
    fn holds(&self, file: &CodeFile, seen: Option<&Permission>, below: Option<u32>) -> Safety {
        match seen {
            Some(permission) => self.writable(file, permission, below == Some(0)),
            None => Safety::Unclear("its permissions were not collected".to_owned()),
        }
    }

    fn writable(&self, file: &CodeFile, permission: &Permission, roots_below: bool) -> Safety {
        let (mode, uid, gid) = match permission {
            Permission::Seen { mode, uid, gid } => (*mode, *uid, *gid),
            Permission::Unreadable { why } => return Safety::Unclear(why.clone()),
        };
        if uid != 0 {
            return Safety::Unsafe;
        }
        if mode & STICKY != 0 && roots_below {
            return Safety::Safe;
        }
        match (mode & OTHERS_WRITE != 0, mode & GROUP_WRITE != 0) {
            (true, _) => Safety::Unsafe,
            (false, false) => Safety::Safe,
            (false, true) if gid != 0 => Safety::Unsafe,
            (false, true) => match self.root_alone.filter(|_| file.container.is_none()) {
                Some(true) => Safety::Safe,
                Some(false) => Safety::Unsafe,
                None => Safety::Unclear("group 0 may write to it, and who is in that group is not known".to_owned()),
            },
        }
    }
}

/// Whether nobody but root is in group 0.
fn root_alone(host: &HostFacts) -> Option<bool> {
    let (users, groups) = (host.users.seen()?, host.groups.seen()?);
    let root = |name: &str| users.iter().any(|user| user.name == name && user.uid == 0);
    let primary = users.iter().any(|user| user.gid == 0 && user.uid != 0);
    let members = groups.iter().filter(|group| group.gid == 0).flat_map(|group| &group.members);
    Some(!primary && members.into_iter().all(|name| root(name)))
}

fn owner(permission: &Permission) -> Option<u32> {
    match permission {
        Permission::Seen { uid, .. } => Some(*uid),
        Permission::Unreadable { .. } => None,
    }
}

fn proof(path: &str, seen: Option<&Permission>, file: &CodeFile) -> SettingProof {
    let found = match seen {
        Some(Permission::Seen { mode, uid, gid }) => format!("mode {mode:04o}, owner {uid}, group {gid}"),
        Some(Permission::Unreadable { .. }) | None => "unknown".to_owned(),
    };
    let container = file.container.as_ref().map(|id| format!(" in container {id}")).unwrap_or_default();
    SettingProof {
        setting: format!("permissions of `{path}`"),
        at: Place::whole(path),
        found: Some(format!(
            "{found}; on the way to `{}`, which {} (process {}) executes as root{container}",
            file.path, file.process, file.pid
        )),
        wanted: "owner 0, no write permission for group and others".to_owned(),
    }
}
