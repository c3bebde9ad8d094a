//! Connected sockets of this network namespace, asked of the kernel over netlink (`sock_diag(7)`), or read from `/proc/net`
//! where it does not answer.

use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::ops::ControlFlow;

use inspector_model::Fact;
use inspector_model::host::{HostScope, Transport, reachable};
use rustix::net::netlink::SOCK_DIAG;

use crate::netlink::{self, Netlink, u32_at};
use crate::root::Root;
use crate::source::listeners;

/// One connected socket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Connection {
    pub(super) transport: Transport,
    pub(super) local: SocketAddr,
    pub(super) remote: SocketAddr,
    /// By which descriptors name it; 0 where no process holds it any more.
    pub(super) inode: u64,
}

/// Where the tables are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tables {
    /// The kernel answers over netlink.
    Netlink,
    /// It writes them as text.
    Text,
}

impl Tables {
    /// The cheaper way that works here. What is no running host has no kernel that could answer.
    pub(super) fn of(root: &Root) -> Self {
        if root.scope() == HostScope::Live && dump(&LISTENING, &mut |_| {}).is_ok() {
            Self::Netlink
        } else {
            Self::Text
        }
    }

    /// The TCP ports that listen and that others can reach.
    pub(super) fn listening(self, root: &Root) -> Result<BTreeSet<u16>, String> {
        match self {
            Self::Netlink => {
                let mut ports = BTreeSet::new();
                dump(&LISTENING, &mut |socket| {
                    if reachable(socket.local.ip()) {
                        ports.insert(socket.local.port());
                    }
                })?;
                Ok(ports)
            }
            Self::Text => match listeners::sockets(root) {
                Fact::Seen { value, .. } => Ok(listeners::reachable_tcp_ports(&value)),
                Fact::Absent { at } => Err(format!("`{at}` is not there")),
                Fact::Unreadable { at, why } => Err(format!("`{at}`: {why}")),
            },
        }
    }

    /// Hands over every connection that is or was established: not those that only knock.
    pub(super) fn connections(self, root: &Root, each: &mut dyn FnMut(Connection)) -> Result<(), String> {
        match self {
            Self::Netlink => dump(&CONNECTED, each),
            Self::Text => listeners::connections(root, &mut |transport, local, remote, inode| {
                each(Connection { transport, local, remote, inode });
            }),
        }
    }
}

const BY_FAMILY: u16 = 20;
const IPV4: u8 = 2;
const IPV6: u8 = 10;
const TCP: u8 = 6;
const UDP: u8 = 17;
/// States as bits (`include/net/tcp_states.h`): ESTABLISHED, FIN_WAIT1, FIN_WAIT2, TIME_WAIT, CLOSE_WAIT, LAST_ACK and
/// CLOSING; not SYN_SENT, SYN_RECV, CLOSE and LISTEN.
const TCP_STATES: u32 = 1 << 1 | 1 << 4 | 1 << 5 | 1 << 6 | 1 << 8 | 1 << 9 | 1 << 11;
/// A UDP socket that is connected to somebody.
const UDP_STATES: u32 = 1 << 1;
/// What to ask for: family, protocol and states.
type Wanted = (u8, u8, u32);
const CONNECTED: [Wanted; 4] =
    [(IPV4, TCP, TCP_STATES), (IPV6, TCP, TCP_STATES), (IPV4, UDP, UDP_STATES), (IPV6, UDP, UDP_STATES)];
const LISTENING: [Wanted; 2] = [(IPV4, TCP, 1 << 10), (IPV6, TCP, 1 << 10)];
/// The length of `inet_diag_req_v2`.
const REQUEST: usize = 56;

fn dump(wanted: &[Wanted], each: &mut dyn FnMut(Connection)) -> Result<(), String> {
    let mut kernel = Netlink::open(Some(SOCK_DIAG))?;
    for &(family, protocol, states) in wanted {
        kernel.send(&request(family, protocol, states))?;
        let transport = if protocol == TCP { Transport::Tcp } else { Transport::Udp };
        while parse(kernel.receive()?, transport, each)?.is_continue() {}
    }
    Ok(())
}

/// A dump of the sockets of one family and protocol that are in one of the states: `inet_diag_req_v2`.
fn request(family: u8, protocol: u8, states: u32) -> Vec<u8> {
    let mut body = vec![family, protocol, 0, 0];
    body.extend(states.to_ne_bytes());
    body.resize(REQUEST, 0);
    netlink::dump(BY_FAMILY, &body)
}

/// One datagram of a dump. Breaks where the dump ends with it.
fn parse(datagram: &[u8], transport: Transport, each: &mut dyn FnMut(Connection)) -> Result<ControlFlow<()>, String> {
    netlink::messages(datagram, "sockets", |kind, body| {
        if kind == BY_FAMILY {
            each(connection(body, transport).ok_or("the kernel's answer is cut off")?);
        }
        Ok(())
    })
}

/// `inet_diag_msg`: family, three bytes, ports in network order, two addresses of sixteen bytes, interface and cookie,
/// then five numbers of which the last is the inode.
fn connection(body: &[u8], transport: Transport) -> Option<Connection> {
    let family = *body.first()?;
    let port = |at: usize| Some(u16::from_be_bytes(body.get(at..at + 2)?.try_into().ok()?));
    let address = |at: usize| {
        Some(match family {
            IPV4 => IpAddr::V4(Ipv4Addr::from(<[u8; 4]>::try_from(body.get(at..at + 4)?).ok()?)),
            _ => IpAddr::V6(Ipv6Addr::from(<[u8; 16]>::try_from(body.get(at..at + 16)?).ok()?)),
        })
    };
    Some(Connection {
        transport,
        local: SocketAddr::new(address(8)?, port(4)?),
        remote: SocketAddr::new(address(24)?, port(6)?),
        inode: u32_at(body, 68)?.into(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_that_is_cut_off_or_of_length_zero_is_refused() {
        let mut none = |_| panic!("no connection");
        assert!(parse(&[0; 64], Transport::Tcp, &mut none).is_err());
        let mut bytes = request(IPV4, TCP, TCP_STATES);
        assert!(parse(&bytes, Transport::Tcp, &mut none).is_err(), "shorter than a socket");
        bytes[..4].copy_from_slice(&4000_u32.to_ne_bytes());
        assert!(parse(&bytes, Transport::Tcp, &mut none).is_err());
    }

    #[test]
    fn the_kernel_and_its_text_tables_name_the_same_connection() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let stream = std::net::TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        let wanted = (stream.local_addr().unwrap(), stream.peer_addr().unwrap());
        let mut asked = Vec::new();
        dump(&CONNECTED, &mut |it| asked.push((it.local, it.remote, it.inode))).unwrap();
        let mut read = Vec::new();
        let root = Root::live().unwrap();
        listeners::connections(&root, &mut |_, local, remote, inode| read.push((local, remote, inode))).unwrap();
        let ours =
            |list: &[(SocketAddr, SocketAddr, u64)]| list.iter().find(|it| (it.0, it.1) == wanted).copied().unwrap();
        assert_eq!(ours(&asked), ours(&read));
        assert_ne!(ours(&asked).2, 0, "we hold it");
    }
}
