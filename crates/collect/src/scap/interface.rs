//! `unix:interface`: the network interfaces of the running kernel.

use inspector_scap::oval::gather::Task;
use inspector_scap::oval::item::{Item, Status};

use super::{Host, Source, offer, only_live, refuse};
use crate::root::CONFIGURATION;

pub(super) const SOURCE: Source = Source { kind: "interface", collect };

const NET: &str = "/sys/class/net";

/// Flags by bit (`netdevice(7)`).
const FLAGS: [(u32, &str); 7] = [
    (0x1, "UP"),
    (0x2, "BROADCAST"),
    (0x8, "LOOPBACK"),
    (0x10, "POINTOPOINT"),
    (0x80, "NOARP"),
    (0x100, "PROMISC"),
    (0x1000, "MULTICAST"),
];

fn collect(host: &mut Host<'_>, tasks: &mut [&mut Task<'_>]) {
    if !host.live() {
        return only_live(tasks);
    }
    match host.root.list(NET) {
        Ok(names) => offer(tasks, &["name"], &names.iter().map(|name| item(host, name)).collect::<Vec<_>>()),
        Err(error) => refuse(tasks, NET, &error),
    }
}

fn item(host: &Host<'_>, name: &str) -> Item {
    let read = |what: &str| {
        let bytes = host.root.read(&format!("{NET}/{name}/{what}"), CONFIGURATION).ok()?;
        Some(String::from_utf8_lossy(&bytes).trim().to_owned())
    };
    let mut item = Item::new("interface").with("name", name);
    match read("type").as_deref() {
        Some("1") => item.push("type", "ARPHRD_ETHER"),
        Some("772") => item.push("type", "ARPHRD_LOOPBACK"),
        Some(_) | None => item.push_status("type", Status::NotCollected),
    }
    match read("address") {
        Some(address) => item.push("hardware_addr", address.to_uppercase()),
        None => item.push_status("hardware_addr", Status::NotCollected),
    }
    for name in ["inet_addr", "broadcast_addr", "netmask"] {
        item.push_status(name, Status::NotCollected);
    }
    let flags = read("flags").and_then(|text| u32::from_str_radix(text.trim_start_matches("0x"), 16).ok());
    match flags {
        Some(flags) => {
            FLAGS.iter().filter(|(bit, _)| flags & bit != 0).for_each(|(_, word)| item.push("flag", *word));
        }
        None => item.push_status("flag", Status::NotCollected),
    }
    item
}
