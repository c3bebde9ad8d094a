//! The two address families, so that everything else is written once.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::IpNet;

use crate::interval::{IntervalSet, Word};

/// IPv4 or IPv6.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Family {
    /// IPv4.
    Ipv4,
    /// IPv6.
    Ipv6,
}

impl Family {
    /// The family of `address`.
    pub const fn of(address: IpAddr) -> Self {
        if address.is_ipv4() { Self::Ipv4 } else { Self::Ipv6 }
    }

    /// Its name for people.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ipv4 => "IPv4",
            Self::Ipv6 => "IPv6",
        }
    }
}

/// ICMP echo in one family: protocol number, type of the request, type of the reply (RFC 792, RFC 4443).
#[derive(Debug, Clone, Copy)]
pub struct Echo {
    /// IANA protocol number.
    pub protocol: u8,
    /// Type of the request.
    pub request: u8,
    /// Type of the reply.
    pub reply: u8,
}

/// An address of one family as a number.
pub trait Address: Word {
    /// Which family.
    const FAMILY: Family;
    /// Its echo messages.
    const ECHO: Echo;

    /// The address, if it is of this family.
    fn of_ip(address: IpAddr) -> Option<Self>;

    /// The address for people and proofs.
    fn ip(self) -> IpAddr;

    /// First and last address of `range`, if it is of this family.
    fn of_range(range: &IpNet) -> Option<(Self, Self)>;

    /// Addresses that a packet from the internet can have as its source.
    fn internet() -> IntervalSet<Self>;

    /// The members of `ranges` that are of this family.
    fn set<'a>(ranges: impl IntoIterator<Item = &'a IpNet>) -> IntervalSet<Self> {
        IntervalSet::of(ranges.into_iter().filter_map(Self::of_range).collect())
    }
}

/// Never a source on the internet (IANA IPv4 Special-Purpose Address Registry, RFC 6890), as first and last address.
///
/// The documentation ranges of RFC 5737 are left out of this list on purpose: nobody announces them, but neither AWS nor
/// its gateways treat them apart, and a rule that admits them must not look closed.
const NOT_INTERNET: [([u8; 4], [u8; 4]); 9] = [
    ([0, 0, 0, 0], [0, 255, 255, 255]),
    ([10, 0, 0, 0], [10, 255, 255, 255]),
    ([100, 64, 0, 0], [100, 127, 255, 255]),
    ([127, 0, 0, 0], [127, 255, 255, 255]),
    ([169, 254, 0, 0], [169, 254, 255, 255]),
    ([172, 16, 0, 0], [172, 31, 255, 255]),
    ([192, 0, 0, 0], [192, 0, 0, 255]),
    ([192, 168, 0, 0], [192, 168, 255, 255]),
    ([224, 0, 0, 0], [255, 255, 255, 255]),
];

impl Address for u32 {
    const FAMILY: Family = Family::Ipv4;
    const ECHO: Echo = Echo { protocol: 1, request: 8, reply: 0 };

    fn of_ip(address: IpAddr) -> Option<Self> {
        match address {
            IpAddr::V4(address) => Some(address.to_bits()),
            IpAddr::V6(_) => None,
        }
    }

    fn ip(self) -> IpAddr {
        Ipv4Addr::from_bits(self).into()
    }

    fn of_range(range: &IpNet) -> Option<(Self, Self)> {
        match range {
            IpNet::V4(range) => Some((range.network().to_bits(), range.broadcast().to_bits())),
            IpNet::V6(_) => None,
        }
    }

    fn internet() -> IntervalSet<Self> {
        let number = |octets: [u8; 4]| Self::from_be_bytes(octets);
        let never = NOT_INTERNET.iter().map(|(low, high)| (number(*low), number(*high))).collect();
        IntervalSet::full().difference(&IntervalSet::of(never))
    }
}

impl Address for u128 {
    const FAMILY: Family = Family::Ipv6;
    const ECHO: Echo = Echo { protocol: 58, request: 128, reply: 129 };

    fn of_ip(address: IpAddr) -> Option<Self> {
        match address {
            IpAddr::V6(address) => Some(address.to_bits()),
            IpAddr::V4(_) => None,
        }
    }

    fn ip(self) -> IpAddr {
        Ipv6Addr::from_bits(self).into()
    }

    fn of_range(range: &IpNet) -> Option<(Self, Self)> {
        match range {
            IpNet::V6(range) => Some((range.network().to_bits(), range.broadcast().to_bits())),
            IpNet::V4(_) => None,
        }
    }

    /// 2000::/3, all that has been given out as global unicast (RFC 4291).
    fn internet() -> IntervalSet<Self> {
        IntervalSet::between(0x2000 << 112, (0x4000 << 112) - 1)
    }
}

/// A set as ranges for people: single addresses, or first and last with a hyphen.
pub fn describe<A: Address>(set: &IntervalSet<A>) -> String {
    let part =
        |(low, high): &(A, A)| if low == high { low.ip().to_string() } else { format!("{}-{}", low.ip(), high.ip()) };
    set.intervals().iter().map(part).collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_and_shared_ranges_are_not_on_the_internet() {
        let v4 = |text: &str| u32::internet().contains(text.parse::<Ipv4Addr>().unwrap().to_bits());
        for inside in ["8.8.8.8", "100.63.255.255", "100.128.0.0", "172.32.0.1", "198.51.100.7", "223.255.255.255"] {
            assert!(v4(inside), "{inside}");
        }
        for outside in ["0.1.2.3", "10.0.0.1", "100.64.0.1", "127.0.0.1", "169.254.169.254", "172.31.0.1", "224.0.0.1"]
        {
            assert!(!v4(outside), "{outside}");
        }
    }

    #[test]
    fn only_global_unicast_ipv6_is_on_the_internet() {
        let v6 = |text: &str| u128::internet().contains(text.parse::<Ipv6Addr>().unwrap().to_bits());
        assert!(v6("2600:1f16::1") && v6("3fff::1"));
        assert!(!v6("fd00::1") && !v6("fe80::1") && !v6("ff02::1") && !v6("::1") && !v6("4000::"));
    }

    #[test]
    fn host_bits_of_a_range_do_not_matter() {
        let range: IpNet = "2.2.2.2/28".parse().unwrap();
        assert_eq!(describe(&u32::set([&range])), "2.2.2.0-2.2.2.15");
        assert!(u128::set([&range]).is_empty());
    }
}
