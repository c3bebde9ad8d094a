//! `unix:symlink`: where links lead in the end.

use inspector_scap::oval::flag::Flag;
use inspector_scap::oval::gather::Task;
use inspector_scap::oval::item::{Item, Status};
use rustix::fs::FileType;

use super::files::find;
use super::{Host, Source};

pub(super) const SOURCE: Source = Source { kind: "symlink", collect };

fn collect(host: &mut Host<'_>, tasks: &mut [&mut Task<'_>]) {
    find(host, tasks, &mut |host, task, found| {
        if found.kind != FileType::Symlink {
            return;
        }
        let path = found.whole();
        let mut item = Item::new("symlink").with("filepath", path.as_str());
        match host.root.canonical(&path) {
            Ok(canonical) => item.push("canonical_path", canonical),
            // A link that leads nowhere has no such path (OVAL unix schema, `symlink_item`).
            Err(error) => {
                item.push_status("canonical_path", Status::Error);
                task.lower(Flag::Error, format!("`{path}`: {error}"));
            }
        }
        task.push(item);
    });
}
