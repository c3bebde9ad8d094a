//! `linux:partition`: mounted file systems.
//!
//! A directory tree is one file system; it is taken for the one that a host would have mounted on `/` from a device, with
//! the kernel's own file systems in their places.

use inspector_scap::oval::gather::Task;
use inspector_scap::oval::item::{Item, Status};

use super::{Host, Source, offer, refuse};
use crate::root::DATABASE;

pub(super) const SOURCE: Source = Source { kind: "partition", collect };

const MOUNTS: &str = "/proc/self/mounts";

/// The mount table of a directory tree, in the form of [`MOUNTS`].
const TREE: &str = "/dev/root / ext4 rw,relatime 0 0\nproc /proc proc rw,nosuid,nodev,noexec,relatime 0 0\n\
                    sysfs /sys sysfs rw,nosuid,nodev,noexec,relatime 0 0\ntmpfs /dev tmpfs rw,nosuid 0 0\n\
                    tmpfs /run tmpfs rw,nosuid,nodev 0 0\n";

fn collect(host: &mut Host<'_>, tasks: &mut [&mut Task<'_>]) {
    if !host.live() {
        return offer(tasks, &["mount_point"], &items(TREE, None));
    }
    match host.root.read(MOUNTS, DATABASE) {
        Ok(bytes) => offer(tasks, &["mount_point"], &items(&String::from_utf8_lossy(&bytes), Some(space))),
        Err(error) => refuse(tasks, MOUNTS, &error),
    }
}

/// Total and free blocks of the file system mounted there.
type Space = fn(&str) -> Option<(u64, u64)>;

fn space(mount_point: &str) -> Option<(u64, u64)> {
    let of = rustix::fs::statvfs(mount_point).ok()?;
    Some((of.f_blocks, of.f_bfree))
}

/// An item for each line (`fstab(5)`). Of file systems mounted over each other the last counts.
fn items(table: &str, space: Option<Space>) -> Vec<Item> {
    let lines = table.lines().filter_map(|line| {
        let mut fields = line.split_whitespace().map(unescape);
        Some([fields.next()?, fields.next()?, fields.next()?, fields.next()?])
    });
    let lines: Vec<[String; 4]> = lines.collect();
    let last = |number: usize, point: &String| !lines.iter().skip(number + 1).any(|[_, other, ..]| other == point);
    let shown = lines.iter().enumerate().filter(|(number, [_, point, ..])| last(*number, point));
    shown.map(|(_, line)| item(line, space)).collect()
}

fn item([device, mount_point, fs_type, options]: &[String; 4], space: Option<Space>) -> Item {
    let mut item = Item::new("partition").with("mount_point", mount_point.as_str()).with("device", device.as_str());
    item.push("uuid", "");
    item.push("fs_type", fs_type.as_str());
    options.split(',').for_each(|option| item.push("mount_options", option));
    let blocks = space
        .and_then(|space| space(mount_point))
        .and_then(|(total, free)| Some((i64::try_from(total).ok()?, i64::try_from(free).ok()?)));
    match blocks {
        Some((total, free)) => {
            item.push("total_space", total);
            item.push("space_used", total - free);
            item.push("space_left", free);
        }
        None => {
            for name in ["total_space", "space_used", "space_left"] {
                item.push_status(name, Status::NotCollected);
            }
        }
    }
    item
}

/// Blanks and backslashes stand as octal numbers.
fn unescape(field: &str) -> String {
    let escapes = [("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")];
    escapes.iter().fold(field.to_owned(), |text, (code, c)| text.replace(code, c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_of_several_mounts_on_one_directory_counts() {
        let table = "/dev/sda1 / ext4 rw 0 0\n/dev/sdb1 /a\\040b xfs ro,nodev 0 0\ntmpfs / tmpfs rw 0 0\n";
        let items = items(table, None);
        let value = |item: &Item, name: &str| item.get(name).map(ToString::to_string).unwrap();
        assert_eq!(items.iter().map(|item| value(item, "mount_point")).collect::<Vec<_>>(), ["/a b", "/"]);
        assert_eq!(value(&items[1], "fs_type"), "tmpfs");
        assert_eq!(items[0].all("mount_options").count(), 2);
    }
}
