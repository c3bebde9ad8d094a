//! `unix:file`: owner, times and mode of files, links themselves included.

use inspector_scap::oval::flag::Flag;
use inspector_scap::oval::gather::Task;
use inspector_scap::oval::item::{Item, Status};
use rustix::fs::FileType;

use super::files::{Found, find};
use super::{Host, Source};
use crate::root::{Look, ReadError};

pub(super) const SOURCE: Source = Source { kind: "file", collect };

fn collect(host: &mut Host<'_>, tasks: &mut [&mut Task<'_>]) {
    find(host, tasks, &mut |host, task, found| match found.look() {
        Ok(look) => {
            let mut item = item(found, &look);
            if task.query.judged(ACL) {
                match host.root.has_extended_acl(&found.whole()) {
                    Ok(Some(extended)) => item.push(ACL, extended),
                    Ok(None) => item.push_status(ACL, Status::DoesNotExist),
                    Err(_) => item.push_status(ACL, Status::Error),
                }
            }
            task.push(item);
        }
        Err(ReadError::Absent) => {}
        Err(ReadError::Unreadable(why)) => task.lower(Flag::Incomplete, format!("`{}`: {why}", found.whole())),
    });
}

fn item(found: &Found<'_>, look: &Look) -> Item {
    let mode = look.mode;
    let bit = |bit: u32| mode & bit != 0;
    let mut item = Item::new("file");
    if let Some(name) = found.name {
        item.push("filepath", found.whole());
        item.push("path", found.path);
        item.push("filename", name);
    } else {
        item.push("path", found.path);
        // The object asks for the directory itself: there is no name to compare.
        item.push_status("filename", Status::DoesNotExist);
    }
    match type_word(look.kind) {
        Some(word) => item.push("type", word),
        None => item.push_status("type", Status::NotCollected),
    }
    item.push("group_id", i64::from(look.gid));
    item.push("user_id", i64::from(look.uid));
    match look.accessed_changed {
        Some((accessed, changed)) => {
            item.push("a_time", accessed);
            item.push("c_time", changed);
        }
        None => {
            item.push_status("a_time", Status::NotCollected);
            item.push_status("c_time", Status::NotCollected);
        }
    }
    item.push("m_time", look.modified);
    item.push("size", i64::try_from(look.size).unwrap_or(i64::MAX));
    for (name, mask) in MODES {
        item.push(name, bit(mask));
    }
    item
}

/// Whether there are more rights than the mode says. It costs a look of its own, which is taken where it counts.
const ACL: &str = "has_extended_acl";

const MODES: [(&str, u32); 12] = [
    ("suid", 0o4000),
    ("sgid", 0o2000),
    ("sticky", 0o1000),
    ("uread", 0o400),
    ("uwrite", 0o200),
    ("uexec", 0o100),
    ("gread", 0o040),
    ("gwrite", 0o020),
    ("gexec", 0o010),
    ("oread", 0o004),
    ("owrite", 0o002),
    ("oexec", 0o001),
];

fn type_word(kind: FileType) -> Option<&'static str> {
    match kind {
        FileType::RegularFile => Some("regular"),
        FileType::Directory => Some("directory"),
        FileType::Symlink => Some("symbolic link"),
        FileType::Fifo => Some("fifo"),
        FileType::Socket => Some("socket"),
        FileType::CharacterDevice => Some("character special"),
        FileType::BlockDevice => Some("block special"),
        FileType::Unknown => None,
    }
}
