//! Sockets that wait for others: `/proc/net/{tcp,tcp6,udp,udp6}` joined with the descriptors of every process.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Read};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use inspector_model::host::{HostScope, Listener, Process, Transport, reachable};
use inspector_model::running::RunningProcess;
use inspector_model::{Fact, Place};

use super::running::{self, Running};
use super::{Malformed, missing, text};
use crate::root::{Contents, DATABASE, ReadError, Root};

const TABLES: [(&str, Transport); 4] = [
    ("/proc/net/tcp", Transport::Tcp),
    ("/proc/net/tcp6", Transport::Tcp),
    ("/proc/net/udp", Transport::Udp),
    ("/proc/net/udp6", Transport::Udp),
];

/// The waiting sockets of this network namespace. Only a running kernel knows; of a directory tree the fact is absent.
pub(crate) fn sockets(root: &Root) -> Fact<Vec<Socket>> {
    let at = Place::whole("/proc/net");
    if root.scope() == HostScope::Root {
        return Fact::Absent { at };
    }
    let mut value = Vec::new();
    for (path, transport) in TABLES {
        match root.open(path) {
            Ok(table) => {
                let read = whole(table, |table| waiting(table, transport, &mut value));
                if let Err(malformed) = read {
                    return malformed.fact(path);
                }
            }
            // A kernel without IPv6 has no such table.
            Err(ReadError::Absent) if path.ends_with('6') => {}
            Err(error) => return missing(path, error),
        }
    }
    Fact::Seen { value, at }
}

/// The waiting sockets with the processes that hold them, without their packages and containers: for who needs no more.
pub(crate) fn collect(root: &Root) -> Fact<Vec<Listener>> {
    let sockets = sockets(root);
    let holders = running::holders(root, &inodes(&sockets));
    told(sockets, |Socket { transport, address, port, inode }| Listener {
        transport,
        address,
        port,
        process: holders.get(&inode).cloned(),
        package: None,
        container: None,
    })
}

/// By which the processes that hold `sockets` are found.
pub(crate) fn inodes(sockets: &Fact<Vec<Socket>>) -> BTreeSet<u64> {
    sockets.seen().into_iter().flatten().map(|socket| socket.inode).collect()
}

/// The sockets with the processes that hold them, as far as we may look.
pub(crate) fn join(sockets: Fact<Vec<Socket>>, running: &Running) -> Fact<Vec<Listener>> {
    let processes = running.processes.seen().map(Vec::as_slice).unwrap_or_default();
    let processes: BTreeMap<u32, &RunningProcess> = processes.iter().map(|process| (process.pid, process)).collect();
    told(sockets, |Socket { transport, address, port, inode }| {
        let holder = running.holders.get(&inode).and_then(|pid| processes.get(pid));
        Listener {
            transport,
            address,
            port,
            process: holder.map(|it| Process { pid: it.pid, name: it.name.clone(), path: it.path.clone() }),
            package: holder.and_then(|it| it.package.clone()),
            container: holder.and_then(|it| it.container.clone()),
        }
    })
}

/// Every socket as a listener, each once and in order.
fn told(sockets: Fact<Vec<Socket>>, listener: impl FnMut(Socket) -> Listener) -> Fact<Vec<Listener>> {
    let (sockets, at) = match sockets {
        Fact::Seen { value, at } => (value, at),
        Fact::Absent { at } => return Fact::Absent { at },
        Fact::Unreadable { at, why } => return Fact::Unreadable { at, why },
    };
    let mut listeners: Vec<Listener> = sockets.into_iter().map(listener).collect();
    listeners.sort();
    listeners.dedup();
    Fact::Seen { value: listeners, at }
}

/// A waiting socket as the kernel lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Socket {
    /// Transport protocol.
    pub transport: Transport,
    /// Local address.
    pub address: IpAddr,
    /// Local port.
    pub port: u16,
    /// By which descriptors name it.
    pub inode: u64,
}

/// State `LISTEN` of a TCP socket.
const LISTEN: &str = "0A";
/// State of a UDP socket that is connected to nobody.
const UNCONNECTED: &str = "07";
/// States of a socket whose connection is, or was, established: not SYN_SENT, SYN_RECV, CLOSE and LISTEN.
const CONNECTED: [&str; 7] = ["01", "04", "05", "06", "08", "09", "0B"];

/// One line of a socket table.
struct Row<'a> {
    state: &'a str,
    local: SocketAddr,
    remote: SocketAddr,
    inode: u64,
}

/// Reads a socket table: TCP sockets that listen, UDP sockets with a local port and no peer.
///
/// # Errors
///
/// When a line is not of the kernel's form.
pub fn parse(mut bytes: &[u8], transport: Transport) -> Result<Vec<Socket>, Malformed> {
    let mut sockets = Vec::new();
    waiting(&mut bytes, transport, &mut sockets)?;
    Ok(sockets)
}

fn waiting(table: &mut dyn BufRead, transport: Transport, sockets: &mut Vec<Socket>) -> Result<(), Malformed> {
    rows(table, &mut |Row { state, local, inode, .. }| {
        let waiting = match transport {
            Transport::Tcp => state == LISTEN,
            Transport::Udp => state == UNCONNECTED,
        };
        if waiting && local.port() != 0 {
            sockets.push(Socket { transport, address: local.ip(), port: local.port(), inode });
        }
    })
}

/// The TCP ports among waiting sockets that others can reach.
pub(crate) fn reachable_tcp_ports(sockets: &[Socket]) -> BTreeSet<u16> {
    let waiting = |it: &&Socket| it.transport == Transport::Tcp && reachable(it.address);
    sockets.iter().filter(waiting).map(|socket| socket.port).collect()
}

/// Hands over every connected socket: transport, local and remote address, inode.
pub(crate) fn connections(
    root: &Root,
    each: &mut dyn FnMut(Transport, SocketAddr, SocketAddr, u64),
) -> Result<(), String> {
    for (path, transport) in TABLES {
        let table = match root.open(path) {
            Ok(table) => table,
            // A kernel without IPv6 has no such table.
            Err(ReadError::Absent) if path.ends_with('6') => continue,
            Err(error) => return Err(format!("`{path}`: {error}")),
        };
        let mut connected = |row: Row<'_>| {
            if CONNECTED.contains(&row.state) {
                each(transport, row.local, row.remote, row.inode);
            }
        };
        let parsed = whole(table, |table| rows(table, &mut connected));
        parsed.map_err(|malformed| format!("`{path}`: {}", malformed.why))?;
    }
    Ok(())
}

/// Reads a table up to the limit. One that goes on after it was not read whole, which is said and not passed over.
fn whole(table: Contents, read: impl FnOnce(&mut dyn BufRead) -> Result<(), Malformed>) -> Result<(), Malformed> {
    let mut table = BufReader::new(table.take(DATABASE));
    read(&mut table)?;
    match table.get_ref().limit() {
        0 => Err(Malformed::whole(format!("larger than the limit of {DATABASE} bytes"))),
        _ => Ok(()),
    }
}

/// Hands over one line after the other: a busy host has many more sockets than anybody waits at.
fn rows(table: &mut dyn BufRead, each: &mut dyn FnMut(Row<'_>)) -> Result<(), Malformed> {
    let mut line = Vec::new();
    for number in 1.. {
        line.clear();
        let length = table.read_until(b'\n', &mut line);
        if length.map_err(|error| Malformed::at(number, error.to_string()))? == 0 {
            break;
        }
        let line = text(&line);
        if number == 1 || line.trim().is_empty() {
            continue;
        }
        let mut fields = line.split_whitespace().skip(1);
        let (local, remote, state) = (fields.next(), fields.next(), fields.next());
        let (Some(local), Some(remote), Some(state), Some(inode)) = (local, remote, state, fields.nth(5)) else {
            return Err(Malformed::at(number, "has fewer columns than the kernel writes"));
        };
        let (local, remote) = (parse_end(number, local)?, parse_end(number, remote)?);
        let inode = inode.parse().map_err(|_| Malformed::at(number, format!("`{inode}` is no inode")))?;
        each(Row { state, local, remote, inode });
    }
    Ok(())
}

fn parse_end(number: u32, text: &str) -> Result<SocketAddr, Malformed> {
    let wrong = || Malformed::at(number, format!("`{text}` is no address and port"));
    let (address, port) = text.split_once(':').ok_or_else(wrong)?;
    let address = parse_address(address).ok_or_else(wrong)?;
    Ok(SocketAddr::new(address, u16::from_str_radix(port, 16).map_err(|_| wrong())?))
}

/// Addresses stand as words of 32 bits in the machine's own byte order.
fn parse_address(hex: &str) -> Option<IpAddr> {
    let word = |part: &str| u32::from_str_radix(part, 16).ok().map(u32::to_ne_bytes);
    match hex.len() {
        8 => Some(IpAddr::V4(Ipv4Addr::from(word(hex)?))),
        32 => {
            let mut octets = [0; 16];
            for (four, start) in octets.chunks_exact_mut(4).zip((0..32).step_by(8)) {
                four.copy_from_slice(&word(hex.get(start..start + 8)?)?);
            }
            Some(IpAddr::V6(Ipv6Addr::from(octets)))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // Lines of a Debian 12 kernel (6.1, x86_64); addresses replaced by documentation ones.
    const TCP: &str = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:1F48 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 21 1 0000000000000000 100 0 0 10 0
   1: 050200C0:8AD2 0A0200C0:01BB 01 00000000:00000000 02:00000576 00000000     0        0 22 2 0000000000000000 20 4 31 10 -1
";
    const TCP6: &str = "  sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 00000000000000000000000001000000:0016 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 31 1 0000000000000000 100 0 0 10 0
";

    #[test]
    #[cfg(target_endian = "little")]
    fn only_sockets_that_listen_are_kept() {
        let sockets = parse(TCP.as_bytes(), Transport::Tcp).unwrap();
        let expected =
            Socket { transport: Transport::Tcp, address: IpAddr::V4(Ipv4Addr::LOCALHOST), port: 8008, inode: 21 };
        assert_eq!(sockets, [expected]);
    }

    #[test]
    #[cfg(target_endian = "little")]
    fn ipv6_addresses_are_read_word_by_word() {
        let sockets = parse(TCP6.as_bytes(), Transport::Tcp).unwrap();
        assert_eq!((sockets[0].address, sockets[0].port), (IpAddr::V6(Ipv6Addr::LOCALHOST), 22));
    }

    #[test]
    fn a_line_that_is_cut_is_malformed() {
        assert_eq!(parse(b"header\n 0: 0100007F:1F48 0000", Transport::Tcp).unwrap_err().line, Some(2));
    }

    #[test]
    fn our_own_listener_is_found_with_its_process() {
        let own = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let port = own.local_addr().unwrap().port();
        let facts = crate::collect(&Root::live().unwrap(), inspector_model::Timestamp::from_millis(0));
        let Fact::Seen { value, .. } = facts.listeners else { panic!("no listeners") };
        let found = value.iter().find(|listener| listener.port == port).unwrap();
        assert_eq!(found.process.as_ref().map(|process| process.pid), Some(std::process::id()));
    }
}
