//! Addresses of the network interfaces, asked of the kernel over netlink (`rtnetlink(7)`, `RTM_GETADDR`).

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use inspector_model::host::{HostScope, Interface};
use inspector_model::{Fact, Place};

use super::{Malformed, missing, text};
use crate::netlink::{self, Netlink, u16_at, u32_at};
use crate::root::{CONFIGURATION, Root};

const WHERE: &str = "rtnetlink";

/// The interfaces of this network namespace that have addresses. Of a directory tree the fact is absent.
pub fn collect(root: &Root) -> Fact<Vec<Interface>> {
    let at = Place::whole(WHERE);
    if root.scope() == HostScope::Root {
        return Fact::Absent { at };
    }
    let addresses = match ask() {
        Ok(addresses) => addresses,
        Err(why) => return Fact::Unreadable { at, why },
    };
    let names = match names(root) {
        Ok(names) => names,
        Err(unreadable) => return unreadable,
    };
    let mut interfaces: BTreeMap<String, Vec<IpAddr>> = BTreeMap::new();
    for Address { interface, address } in addresses {
        let name = names.get(&interface).cloned().unwrap_or_else(|| format!("#{interface}"));
        interfaces.entry(name).or_default().push(address);
    }
    let interfaces = interfaces.into_iter().map(|(name, mut addresses)| {
        addresses.sort();
        Interface { name, addresses }
    });
    Fact::Seen { value: interfaces.collect(), at }
}

/// Interface names by their number.
fn names<T>(root: &Root) -> Result<BTreeMap<u32, String>, Fact<T>> {
    const SYSFS: &str = "/sys/class/net";
    let listed = root.list(SYSFS).map_err(|error| missing(SYSFS, error))?;
    let numbered = listed.into_iter().filter_map(|name| {
        let number = root.read(&format!("{SYSFS}/{name}/ifindex"), CONFIGURATION).ok()?;
        Some((text(&number).trim().parse().ok()?, name))
    });
    Ok(numbered.collect())
}

/// An address and the number of its interface.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// Interface number.
    pub interface: u32,
    /// The interface's own address.
    pub address: IpAddr,
}

const GET_ADDRESS: u16 = 22;
const NEW_ADDRESS: u16 = 20;
/// Attribute types of an address message (`IFA_ADDRESS`, `IFA_LOCAL`).
const PEER: u16 = 1;
const LOCAL: u16 = 2;
const ADDRESS_HEADER: usize = 8;
/// More answers than any host has addresses.
const ANSWER_LIMIT: usize = 4096;

fn ask() -> Result<Vec<Address>, String> {
    let mut kernel = Netlink::open(None)?;
    kernel.send(&request())?;
    let mut addresses = Vec::new();
    for _ in 0..ANSWER_LIMIT {
        let answer = parse(kernel.receive()?).map_err(|malformed| malformed.why)?;
        addresses.extend(answer.addresses);
        if answer.last {
            return Ok(addresses);
        }
    }
    Err("the kernel's answer does not end".to_owned())
}

/// A dump request for the addresses of every family.
fn request() -> Vec<u8> {
    netlink::dump(GET_ADDRESS, &[0; ADDRESS_HEADER])
}

/// One datagram of a dump.
#[derive(Debug, PartialEq, Eq)]
pub struct Answer {
    /// What it holds.
    pub addresses: Vec<Address>,
    /// Whether the dump ends with it.
    pub last: bool,
}

/// Reads the netlink messages of one datagram.
///
/// # Errors
///
/// When a length does not fit, or the kernel reports an error.
pub fn parse(datagram: &[u8]) -> Result<Answer, Malformed> {
    let mut addresses = Vec::new();
    let end = netlink::messages(datagram, "addresses", |kind, body| {
        if kind == NEW_ADDRESS {
            addresses.extend(address(body)?);
        }
        Ok(())
    });
    let end = end.map_err(Malformed::whole)?;
    Ok(Answer { addresses, last: end.is_break() })
}

/// The address of one message: on a point-to-point link the local end, which is not the one in `IFA_ADDRESS`.
fn address(body: &[u8]) -> Result<Option<Address>, String> {
    let cut = || "an address of the kernel's answer is cut off".to_owned();
    let interface = u32_at(body, 4).ok_or_else(cut)?;
    let mut attributes = body.get(ADDRESS_HEADER..).ok_or_else(cut)?;
    let (mut peer, mut local) = (None, None);
    while !attributes.is_empty() {
        let length = usize::from(u16_at(attributes, 0).ok_or_else(cut)?);
        let value = attributes.get(4..length).ok_or_else(cut)?;
        match u16_at(attributes, 2).ok_or_else(cut)? {
            PEER => peer = ip(value),
            LOCAL => local = ip(value),
            _ => {}
        }
        attributes = attributes.get(length.next_multiple_of(4)..).unwrap_or_default();
    }
    Ok(local.or(peer).map(|address| Address { interface, address }))
}

fn ip(bytes: &[u8]) -> Option<IpAddr> {
    let four = || <[u8; 4]>::try_from(bytes).ok().map(|octets| IpAddr::V4(Ipv4Addr::from(octets)));
    let sixteen = || <[u8; 16]>::try_from(bytes).ok().map(|octets| IpAddr::V6(Ipv6Addr::from(octets)));
    four().or_else(sixteen)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_loopback_interface_has_its_address() {
        let Fact::Seen { value, .. } = collect(&Root::live().unwrap()) else { panic!("no interfaces") };
        let loopback = value.iter().find(|interface| interface.name == "lo").unwrap();
        assert!(loopback.addresses.contains(&IpAddr::V4(Ipv4Addr::LOCALHOST)));
    }

    #[test]
    fn a_length_beyond_the_answer_is_malformed() {
        let mut bytes = request();
        bytes[..4].copy_from_slice(&4000_u32.to_ne_bytes());
        assert!(parse(&bytes).is_err());
    }

    #[test]
    fn an_answer_of_length_zero_does_not_turn_in_circles() {
        assert!(parse(&[0; 64]).is_err());
    }
}
