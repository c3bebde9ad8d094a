//! From looks at the socket tables to counts, in bounded memory.

use std::collections::hash_map::DefaultHasher;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{Hash, Hasher};
use std::net::IpAddr;

use inspector_model::behavior::{ENTRY_LIMIT, Incoming, Outgoing};
use inspector_model::host::{Process, Transport};

use super::diag::Connection;

/// Ports that IANA assigns to services which systems start (RFC 6335, "System Ports"). Connections to other ports are not
/// kept: no rule is about them, and they say much about people.
const SYSTEM_PORTS: u16 = 1024;

/// Counts so far.
#[derive(Debug, Default)]
pub(super) struct Tracker {
    /// Ports that listened at the first look.
    first: Option<BTreeSet<u16>>,
    /// Ports that listened at any look: what is connected to one of them came in.
    ever: BTreeSet<u16>,
    /// Digests of the connections of the last look and of this one, sorted. Who is in the last one is not counted again.
    before: Vec<u64>,
    now: Vec<u64>,
    outgoing: BTreeMap<(Transport, u16, Option<String>), Outgoing>,
    incoming: BTreeMap<u16, u64>,
    lost: u64,
}

impl Tracker {
    /// Notes the TCP ports that listen now.
    pub(super) fn listening(&mut self, ports: &BTreeSet<u16>) {
        self.first.get_or_insert_with(|| ports.clone());
        self.ever.extend(ports);
    }

    pub(super) fn begin_look(&mut self) {
        self.now.clear();
    }

    /// Notes a connection of this look, and counts it where it is new and came in. True where it is new and went out to
    /// a port that is kept: the caller then finds out whose it is.
    pub(super) fn sees(&mut self, connection: &Connection) -> bool {
        let digest = digest(connection);
        self.now.push(digest);
        if self.before.binary_search(&digest).is_ok() {
            return false;
        }
        if connection.transport == Transport::Tcp && self.ever.contains(&connection.local.port()) {
            *self.incoming.entry(connection.local.port()).or_default() += 1;
            return false;
        }
        connection.remote.port() < SYSTEM_PORTS && leaves(connection)
    }

    pub(super) fn end_look(&mut self) {
        self.now.sort_unstable();
        std::mem::swap(&mut self.before, &mut self.now);
    }

    /// Counts fresh connections that went out, with the processes that hold their sockets.
    pub(super) fn outgoing(&mut self, fresh: &[Connection], holders: &BTreeMap<u64, Process>) {
        for connection in fresh {
            let holder = holders.get(&connection.inode);
            if holder.is_some_and(|holder| holder.pid == std::process::id()) {
                continue;
            }
            let name = holder.map(|it| if it.path.is_empty() { it.name.clone() } else { it.path.clone() });
            let key = (connection.transport, connection.remote.port(), name.clone());
            if !self.outgoing.contains_key(&key) && self.outgoing.len() >= ENTRY_LIMIT {
                self.lost += 1;
                continue;
            }
            let entry = self.outgoing.entry(key).or_insert_with(|| Outgoing {
                transport: connection.transport,
                port: connection.remote.port(),
                program: name,
                pid: None,
                example: connection.remote.ip().to_canonical(),
                count: 0,
            });
            entry.pid = holder.map(|holder| holder.pid).or(entry.pid);
            entry.count += 1;
        }
    }

    pub(super) fn told(&self) -> (Vec<Outgoing>, Vec<Incoming>) {
        let mut outgoing: Vec<Outgoing> = self.outgoing.values().cloned().collect();
        outgoing.sort();
        let incoming = self.incoming.iter().map(|(port, count)| Incoming { port: *port, count: *count });
        (outgoing, incoming.collect())
    }

    pub(super) fn listening_from_the_start(&self) -> Vec<u16> {
        self.first.iter().flatten().copied().collect()
    }

    pub(super) fn lost(&self) -> u64 {
        self.lost
    }
}

/// The same in every look of this process.
fn digest(connection: &Connection) -> u64 {
    let mut hasher = DefaultHasher::new();
    let Connection { transport, local, remote, inode: _ } = connection;
    (transport, local, remote).hash(&mut hasher);
    hasher.finish()
}

/// Whether packets of the connection leave the host: not to itself, and not to addresses of the link, at which clouds put
/// their metadata services.
fn leaves(connection: &Connection) -> bool {
    /// `fd00:ec2::254`, the metadata service over IPv6.
    const METADATA: [u16; 8] = [0xfd00, 0x0ec2, 0, 0, 0, 0, 0, 0x0254];
    let (local, remote) = (connection.local.ip().to_canonical(), connection.remote.ip().to_canonical());
    let near = match remote {
        IpAddr::V4(address) => address.is_loopback() || address.is_link_local() || address.is_unspecified(),
        IpAddr::V6(address) => address.is_loopback() || address.is_unspecified() || address.segments() == METADATA,
    };
    !near && local != remote
}
