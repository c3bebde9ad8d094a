//! `linux:inetlisteningservers`: sockets of TCP and UDP that wait for others.

use std::net::IpAddr;

use inspector_model::Fact;
use inspector_model::host::{Listener, Transport};
use inspector_scap::oval::flag::Flag;
use inspector_scap::oval::gather::Task;
use inspector_scap::oval::item::{Item, Status};

use super::{Host, Source, lower, offer, only_live};
use crate::source::listeners;

pub(super) const SOURCE: Source = Source { kind: "inetlisteningservers", collect };

fn collect(host: &mut Host<'_>, tasks: &mut [&mut Task<'_>]) {
    if !host.live() {
        return only_live(tasks);
    }
    match listeners::collect(host.root) {
        Fact::Seen { value, .. } => {
            let items: Vec<Item> = value.iter().map(item).collect();
            offer(tasks, &["protocol", "local_address", "local_port"], &items);
        }
        Fact::Absent { at } => {
            lower(tasks, Flag::NotCollected, &format!("`{at}` is not there"));
        }
        Fact::Unreadable { at, why } => {
            lower(tasks, Flag::Error, &format!("`{at}`: {why}"));
        }
    }
}

fn item(listener: &Listener) -> Item {
    let (address, port) = (listener.address.to_string(), i64::from(listener.port));
    let (protocol, nobody) = match (listener.transport, listener.address) {
        (Transport::Tcp, IpAddr::V4(_)) => ("tcp", "0.0.0.0"),
        (Transport::Tcp, IpAddr::V6(_)) => ("tcp", "::"),
        (Transport::Udp, IpAddr::V4(_)) => ("udp", "0.0.0.0"),
        (Transport::Udp, IpAddr::V6(_)) => ("udp", "::"),
    };
    let mut item = Item::new("inetlisteningservers")
        .with("protocol", protocol)
        .with("local_address", address.as_str())
        .with("local_port", port)
        .with("local_full_address", format!("{address}:{port}"));
    match &listener.process {
        Some(process) => item.push("program_name", process.name.as_str()),
        None => item.push_status("program_name", Status::NotCollected),
    }
    item.push("foreign_address", nobody);
    item.push("foreign_port", 0);
    item.push("foreign_full_address", format!("{nobody}:0"));
    match &listener.process {
        Some(process) => item.push("pid", i64::from(process.pid)),
        None => item.push_status("pid", Status::NotCollected),
    }
    item.push_status("user_id", Status::NotCollected);
    item
}

#[cfg(test)]
mod tests {
    use inspector_model::host::Process;

    use super::*;

    #[test]
    fn a_socket_whose_process_cannot_be_seen_has_none() {
        let process = Process { pid: 7, name: "sshd".to_owned(), path: "/usr/sbin/sshd".to_owned() };
        let address = "::1".parse().unwrap();
        let known = Listener {
            transport: Transport::Tcp,
            address,
            port: 22,
            process: Some(process),
            package: None,
            container: None,
        };
        let text = |item: &Item, name: &str| item.get(name).map(ToString::to_string);
        let seen = item(&known);
        assert_eq!(text(&seen, "local_full_address").as_deref(), Some("::1:22"));
        assert_eq!(text(&seen, "program_name").as_deref(), Some("sshd"));
        let hidden = item(&Listener { process: None, ..known });
        assert_eq!((text(&hidden, "pid"), text(&hidden, "program_name")), (None, None));
    }
}
