//! Dumps over netlink (`netlink(7)`): a request, and messages until the kernel says that it is done.

use std::ops::ControlFlow;
use std::os::fd::OwnedFd;

use rustix::net::netlink::SocketAddrNetlink;
use rustix::net::{AddressFamily, Protocol, RecvFlags, SendFlags, SocketFlags, SocketType};

const DONE: u16 = 3;
const ERROR: u16 = 2;
const REQUEST_DUMP: u16 = 0x301;
const HEADER: usize = 16;
/// Room for one datagram.
const DATAGRAM: usize = 64 << 10;

/// A connection to one part of the kernel.
pub(crate) struct Netlink {
    socket: OwnedFd,
    buffer: Vec<u8>,
}

impl Netlink {
    /// Opens one; protocol `None` is `NETLINK_ROUTE`.
    pub(crate) fn open(protocol: Option<Protocol>) -> Result<Self, String> {
        let socket = rustix::net::socket_with(AddressFamily::NETLINK, SocketType::RAW, SocketFlags::CLOEXEC, protocol)
            .map_err(told)?;
        rustix::net::bind(&socket, &SocketAddrNetlink::new(0, 0)).map_err(told)?;
        Ok(Self { socket, buffer: vec![0; DATAGRAM] })
    }

    /// Sends a request.
    pub(crate) fn send(&self, request: &[u8]) -> Result<(), String> {
        rustix::net::send(&self.socket, request, SendFlags::empty()).map(drop).map_err(told)
    }

    /// The next datagram of the answer.
    pub(crate) fn receive(&mut self) -> Result<&[u8], String> {
        let received = rustix::net::recv(&self.socket, self.buffer.as_mut_slice(), RecvFlags::empty());
        let (length, _) = received.map_err(told)?;
        Ok(self.buffer.get(..length).unwrap_or_default())
    }
}

fn told(error: rustix::io::Errno) -> String {
    std::io::Error::from(error).to_string()
}

/// A request for everything of `kind` that `body` asks for.
pub(crate) fn dump(kind: u16, body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(HEADER + body.len()).unwrap_or(u32::MAX);
    let mut bytes = Vec::with_capacity(HEADER + body.len());
    bytes.extend(length.to_ne_bytes());
    bytes.extend(kind.to_ne_bytes());
    bytes.extend(REQUEST_DUMP.to_ne_bytes());
    bytes.resize(HEADER, 0);
    bytes.extend(body);
    bytes
}

/// Hands over the messages of one datagram by kind and body. Breaks where the dump ends with it; `what` was asked for.
pub(crate) fn messages(
    mut datagram: &[u8],
    what: &str,
    mut each: impl FnMut(u16, &[u8]) -> Result<(), String>,
) -> Result<ControlFlow<()>, String> {
    let cut = || "the kernel's answer is cut off".to_owned();
    while !datagram.is_empty() {
        let length = usize::try_from(u32_at(datagram, 0).ok_or_else(cut)?).map_err(|_| cut())?;
        let kind = u16_at(datagram, 4).ok_or_else(cut)?;
        let body = datagram.get(HEADER..length).ok_or_else(cut)?;
        match kind {
            DONE => return Ok(ControlFlow::Break(())),
            ERROR => return Err(format!("the kernel refused to list its {what}")),
            _ => each(kind, body)?,
        }
        datagram = datagram.get(length.next_multiple_of(4)..).unwrap_or_default();
    }
    Ok(ControlFlow::Continue(()))
}

/// A number of the machine's own byte order.
pub(crate) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_ne_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

/// The same, half as long.
pub(crate) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_ne_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}
