//! The protocols that a question can be about, and which rules speak of them.

use std::fmt;

use inspector_model::network::Traffic;

use crate::address::Address;

/// Ports that a client may send from (RFC 6335 and the ranges that operating systems use).
pub const CLIENT_PORTS: (u16, u16) = (1024, 65535);

/// A protocol of a question. Prints as in `inspector reach`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Protocol {
    /// TCP.
    Tcp,
    /// UDP.
    Udp,
    /// An echo request and its reply, ICMP or ICMPv6 by family.
    IcmpEcho,
    /// Another protocol by its IANA number.
    Other(u8),
}

impl Protocol {
    /// Those that every interface is asked about.
    pub const ALWAYS: [Self; 3] = [Self::Tcp, Self::Udp, Self::IcmpEcho];

    /// Whether packets carry ports.
    pub const fn has_ports(self) -> bool {
        matches!(self, Self::Tcp | Self::Udp)
    }

    /// Destination ports of requests that `traffic` speaks of; port 0 stands for protocols without ports.
    pub fn requests<A: Address>(self, traffic: Traffic) -> Option<(u16, u16)> {
        self.ports::<A>(traffic, A::ECHO.request)
    }

    /// Client ports of replies that `traffic` speaks of; port 0 stands for protocols without ports.
    pub fn replies<A: Address>(self, traffic: Traffic) -> Option<(u16, u16)> {
        self.ports::<A>(traffic, A::ECHO.reply)
    }

    /// The client ports that a request can come from.
    pub const fn client_ports(self) -> (u16, u16) {
        if self.has_ports() { CLIENT_PORTS } else { (0, 0) }
    }

    /// The destination ports that a request can go to.
    pub const fn service_ports(self) -> (u16, u16) {
        if self.has_ports() { (0, u16::MAX) } else { (0, 0) }
    }

    fn ports<A: Address>(self, traffic: Traffic, echo_type: u8) -> Option<(u16, u16)> {
        match (self, traffic) {
            (_, Traffic::All) => Some(self.service_ports()),
            (Self::Tcp, Traffic::Ports { protocol: 6, from, to })
            | (Self::Udp, Traffic::Ports { protocol: 17, from, to }) => Some((from, to)),
            (Self::IcmpEcho, Traffic::Icmp { protocol, icmp_type, icmp_code }) => {
                let matches = protocol == A::ECHO.protocol
                    && icmp_type.is_none_or(|icmp_type| icmp_type == echo_type)
                    && icmp_code.is_none_or(|code| code == 0);
                matches.then_some((0, 0))
            }
            (Self::Other(number), Traffic::Protocol { protocol }) => (number == protocol).then_some((0, 0)),
            _ => None,
        }
    }
}

impl fmt::Display for Protocol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tcp => f.pad("tcp"),
            Self::Udp => f.pad("udp"),
            Self::IcmpEcho => f.pad("icmp-echo"),
            Self::Other(number) => f.pad(&number.to_string()),
        }
    }
}

impl serde::Serialize for Protocol {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn echo_is_a_type_and_a_code_of_its_family() {
        let icmp = |protocol, icmp_type, icmp_code| Traffic::Icmp { protocol, icmp_type, icmp_code };
        let cases = [
            (icmp(1, Some(8), None), true),
            (icmp(1, Some(8), Some(0)), true),
            (icmp(1, None, None), true),
            (icmp(1, Some(0), None), false),
            (icmp(1, Some(8), Some(1)), false),
            (icmp(58, Some(128), None), false),
            (Traffic::All, true),
            (Traffic::Ports { protocol: 6, from: 0, to: 65535 }, false),
        ];
        for (traffic, expected) in cases {
            assert_eq!(Protocol::IcmpEcho.requests::<u32>(traffic).is_some(), expected, "{traffic:?}");
        }
        assert!(Protocol::IcmpEcho.requests::<u128>(icmp(58, Some(128), None)).is_some());
        assert!(Protocol::IcmpEcho.replies::<u128>(icmp(58, Some(129), None)).is_some());
        assert!(Protocol::IcmpEcho.replies::<u32>(icmp(1, Some(8), None)).is_none());
    }

    #[test]
    fn all_traffic_covers_every_protocol() {
        assert_eq!(Protocol::Tcp.requests::<u32>(Traffic::All), Some((0, 65535)));
        assert_eq!(Protocol::Other(50).requests::<u32>(Traffic::All), Some((0, 0)));
        assert_eq!(Protocol::Other(50).requests::<u32>(Traffic::Protocol { protocol: 47 }), None);
    }
}
