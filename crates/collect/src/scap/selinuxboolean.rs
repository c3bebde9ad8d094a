//! `linux:selinuxboolean`: switches of the running policy, below `/sys/fs/selinux/booleans`.

use inspector_scap::oval::flag::Flag;
use inspector_scap::oval::gather::Task;
use inspector_scap::oval::item::Item;

use super::{Host, Source, lower, offer, only_live};
use crate::root::{CONFIGURATION, ReadError};

pub(super) const SOURCE: Source = Source { kind: "selinuxboolean", collect };

const BOOLEANS: &str = "/sys/fs/selinux/booleans";

fn collect(host: &mut Host<'_>, tasks: &mut [&mut Task<'_>]) {
    if !host.live() {
        return only_live(tasks);
    }
    match host.root.list(BOOLEANS) {
        Ok(names) => offer(tasks, &["name"], &names.iter().filter_map(|name| item(host, name)).collect::<Vec<_>>()),
        Err(ReadError::Absent) => {
            lower(tasks, Flag::NotApplicable, "SELinux is not in use");
        }
        Err(error) => super::refuse(tasks, BOOLEANS, &error),
    }
}

/// `current pending`, each `0` or `1`.
fn item(host: &Host<'_>, name: &str) -> Option<Item> {
    let bytes = host.root.read(&format!("{BOOLEANS}/{name}"), CONFIGURATION).ok()?;
    let text = String::from_utf8_lossy(&bytes);
    let mut words = text.split_whitespace().map(|word| word.trim_matches('\0') == "1");
    let (current, pending) = (words.next()?, words.next()?);
    Some(Item::new("selinuxboolean").with("name", name).with("current_status", current).with("pending_status", pending))
}
