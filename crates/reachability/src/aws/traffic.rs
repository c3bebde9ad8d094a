//! Protocol and ports of a security group permission or a network ACL entry.

use inspector_model::network::Traffic;

/// Reads AWS's pair of numbers: ports for TCP and UDP, type and code for ICMP; -1 or nothing is any.
pub(crate) fn traffic(protocol: &str, from: Option<i64>, to: Option<i64>) -> Result<Traffic, String> {
    let number = match protocol {
        "-1" | "all" => return Ok(Traffic::All),
        "tcp" => 6,
        "udp" => 17,
        "icmp" => 1,
        "icmpv6" => 58,
        other => other.parse::<u8>().map_err(|_| format!("`{other}` is not a protocol"))?,
    };
    match number {
        6 | 17 => ports(number, from, to),
        1 | 58 => Ok(Traffic::Icmp { protocol: number, icmp_type: octet(from)?, icmp_code: octet(to)? }),
        _ => Ok(Traffic::Protocol { protocol: number }),
    }
}

fn ports(protocol: u8, from: Option<i64>, to: Option<i64>) -> Result<Traffic, String> {
    let port = |port: Option<i64>, any: u16| match port {
        None | Some(-1) => Ok(any),
        Some(port) => u16::try_from(port).map_err(|_| format!("`{port}` is not a port")),
    };
    let (from, to) = (port(from, 0)?, port(to, u16::MAX)?);
    if from > to {
        return Err(format!("`{from}` to `{to}` is not a port range"));
    }
    Ok(Traffic::Ports { protocol, from, to })
}

fn octet(value: Option<i64>) -> Result<Option<u8>, String> {
    match value {
        None | Some(-1) => Ok(None),
        Some(value) => u8::try_from(value).map(Some).map_err(|_| format!("`{value}` is not an ICMP type or code")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_numbers_are_the_same_protocol() {
        let ssh = Traffic::Ports { protocol: 6, from: 22, to: 22 };
        for protocol in ["tcp", "6"] {
            assert_eq!(traffic(protocol, Some(22), Some(22)), Ok(ssh));
        }
        assert_eq!(traffic("icmp", Some(8), Some(-1)), traffic("1", Some(8), None));
        assert_eq!(traffic("all", None, None), Ok(Traffic::All));
    }

    #[test]
    fn no_ports_means_every_port() {
        assert_eq!(traffic("17", None, None), Ok(Traffic::Ports { protocol: 17, from: 0, to: 65535 }));
    }

    #[test]
    fn what_makes_no_sense_is_refused() {
        for (protocol, from, to) in
            [("gre?", None, None), ("tcp", Some(70000), None), ("tcp", Some(9), Some(1)), ("icmp", Some(300), None)]
        {
            assert!(traffic(protocol, from, to).is_err(), "{protocol} {from:?} {to:?}");
        }
    }
}
