//! `linux:selinuxsecuritycontext`: the label of a file, or of a process where it is asked for by number.
//!
//! A copy of a tree keeps its labels only by chance, so only a running system tells.

use inspector_scap::oval::flag::Flag;
use inspector_scap::oval::gather::Task;
use inspector_scap::oval::item::{Item, Status};

use super::files::find;
use super::{Host, Source, lower, only_live};
use crate::root::{CONFIGURATION, ReadError};

pub(super) const SOURCE: Source = Source { kind: "selinuxsecuritycontext", collect };

/// Where a kernel with SELinux shows it.
const SELINUX: &str = "/sys/fs/selinux";

fn collect(host: &mut Host<'_>, tasks: &mut [&mut Task<'_>]) {
    if !host.live() {
        return only_live(tasks);
    }
    if host.root.stat(SELINUX).is_err() {
        return lower(tasks, Flag::NotApplicable, "SELinux is not in use");
    }
    let mut of_files = Vec::new();
    for task in tasks.iter_mut() {
        if task.query.entity("pid").is_some() { of_process(host, task) } else { of_files.push(&mut **task) }
    }
    find(host, &mut of_files, &mut |host, task, found| {
        let path = found.whole();
        match host.root.label(&path) {
            Ok(Some(label)) => {
                let mut item = Item::new("selinuxsecuritycontext");
                if let Some(name) = found.name {
                    item.push("filepath", path);
                    item.push("path", found.path);
                    item.push("filename", name);
                } else {
                    item.push("path", found.path);
                    item.push_status("filename", Status::DoesNotExist);
                }
                item.push_status("pid", Status::DoesNotExist);
                task.push(context(item, &label));
            }
            Ok(None) | Err(ReadError::Absent) => {}
            Err(ReadError::Unreadable(why)) => task.lower(Flag::Incomplete, format!("`{path}`: {why}")),
        }
    });
}

fn of_process(host: &Host<'_>, task: &mut Task<'_>) {
    let pids: Option<Vec<String>> = match task.query.entity("pid") {
        Some(pid) if pid.nil => Some(vec!["self".to_owned()]),
        Some(pid) => pid.literals().map(|pids| pids.into_iter().map(str::to_owned).collect()),
        None => None,
    };
    let Some(pids) = pids else {
        return task.lower(Flag::NotCollected, "processes are asked for by number only".to_owned());
    };
    for pid in pids {
        let path = format!("/proc/{pid}/attr/current");
        match host.root.read(&path, CONFIGURATION) {
            Ok(bytes) => {
                let label = String::from_utf8_lossy(&bytes);
                let number =
                    if pid == "self" { i64::from(std::process::id()) } else { pid.parse().unwrap_or_default() };
                let item = Item::new("selinuxsecuritycontext").with("pid", number);
                task.push(context(item, label.trim_end_matches(['\0', '\n'])));
            }
            Err(ReadError::Absent) => {}
            Err(ReadError::Unreadable(why)) => task.lower(Flag::Error, format!("`{path}`: {why}")),
        }
    }
}

/// `user:role:type[:low[-high]]`, where a level is a sensitivity and perhaps categories: `s0:c0.c3`.
fn context(mut item: Item, label: &str) -> Item {
    let mut parts = label.splitn(4, ':');
    for name in ["user", "role", "type"] {
        match parts.next().filter(|part| !part.is_empty()) {
            Some(part) => item.push(name, part),
            None => item.push_status(name, Status::DoesNotExist),
        }
    }
    let (low, high) = match parts.next() {
        Some(range) => range.split_once('-').map_or((range, None), |(low, high)| (low, Some(high))),
        None => ("", None),
    };
    for (names, level) in [(LOW, Some(low)), (HIGH, high), (RAW_LOW, Some(low)), (RAW_HIGH, high)] {
        let (sensitivity, category) = level.map_or(("", ""), |level| level.split_once(':').unwrap_or((level, "")));
        for (name, text) in names.into_iter().zip([sensitivity, category]) {
            if text.is_empty() {
                item.push_status(name, Status::DoesNotExist);
            } else {
                item.push(name, text);
            }
        }
    }
    item
}

const LOW: [&str; 2] = ["low_sensitivity", "low_category"];
const HIGH: [&str; 2] = ["high_sensitivity", "high_category"];
const RAW_LOW: [&str; 2] = ["rawlow_sensitivity", "rawlow_category"];
const RAW_HIGH: [&str; 2] = ["rawhigh_sensitivity", "rawhigh_category"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_taken_apart_as_far_as_it_goes() {
        let item = |label| context(Item::new("selinuxsecuritycontext"), label);
        let text = |label, name: &str| item(label).get(name).map(ToString::to_string);
        let whole = "system_u:object_r:faillog_t:s0-s15:c0.c1023";
        for (name, wanted) in [
            ("user", Some("system_u")),
            ("type", Some("faillog_t")),
            ("low_sensitivity", Some("s0")),
            ("low_category", None),
            ("high_sensitivity", Some("s15")),
            ("rawhigh_category", Some("c0.c1023")),
        ] {
            assert_eq!(text(whole, name).as_deref(), wanted, "{name}");
        }
        assert_eq!(text("unconfined", "role"), None, "a label of another security module");
    }
}
