//! `unix:uname`: the kernel and the machine. A directory tree runs no kernel; its machine is the one that its programs or
//! packages are built for.

use inspector_model::Fact;
use inspector_scap::oval::flag::Flag;
use inspector_scap::oval::gather::Task;
use inspector_scap::oval::item::{Item, Status};

use super::{Host, Source, dpkginfo};
use crate::source::{kernel, rpm};

pub(super) const SOURCE: Source = Source { kind: "uname", collect };

fn collect(host: &mut Host<'_>, tasks: &mut [&mut Task<'_>]) {
    let item = if host.live() { Some(live()) } else { of_tree(host) };
    for task in tasks {
        match &item {
            Some(item) => task.push(item.clone()),
            None => task.lower(Flag::NotCollected, "the tree does not tell what machine it is for".to_owned()),
        }
    }
}

fn live() -> Item {
    let uname = rustix::system::uname();
    let text = |text: &std::ffi::CStr| text.to_string_lossy().into_owned();
    Item::new("uname")
        .with("machine_class", text(uname.machine()))
        .with("node_name", text(uname.nodename()))
        .with("os_name", text(uname.sysname()))
        .with("os_release", text(uname.release()))
        .with("os_version", text(uname.version()))
        .with("processor_type", text(uname.machine()))
}

fn of_tree(host: &mut Host<'_>) -> Option<Item> {
    let machine = machine(host)?;
    let mut item = Item::new("uname").with("machine_class", machine.as_str());
    item.push_status("node_name", Status::NotCollected);
    item.push("os_name", "Linux");
    item.push_status("os_release", Status::NotCollected);
    item.push_status("os_version", Status::NotCollected);
    item.push("processor_type", machine);
    Some(item)
}

/// The machine in the kernel's words.
pub(super) fn machine(host: &mut Host<'_>) -> Option<String> {
    if let Fact::Seen { value, .. } = kernel::architecture(host.root) {
        return Some(value);
    }
    let packages = dpkginfo::packages(host);
    let debian = packages.as_ref().as_ref().ok().and_then(|packages| {
        packages.values().flatten().find_map(|package| {
            DEBIAN.iter().find(|(name, _)| *name == package.architecture).map(|(_, machine)| (*machine).to_owned())
        })
    });
    debian.or_else(|| match rpm::collect_with_keys(host.root) {
        Fact::Seen { value, .. } => {
            let named = |word: &str| DEBIAN.iter().any(|(_, machine)| *machine == word);
            value.packages.into_iter().map(|package| package.architecture).find(|word| named(word))
        }
        Fact::Absent { .. } | Fact::Unreadable { .. } => None,
    })
}

/// Debian's words for machines and the kernel's.
const DEBIAN: [(&str, &str); 7] = [
    ("amd64", "x86_64"),
    ("arm64", "aarch64"),
    ("i386", "i686"),
    ("armhf", "armv7l"),
    ("ppc64el", "ppc64le"),
    ("s390x", "s390x"),
    ("riscv64", "riscv64"),
];
