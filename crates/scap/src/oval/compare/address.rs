//! `ipv4_address` and `ipv6_address`: an address or a prefix in CIDR or mask notation.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::{CompareError, Datatype, Operation, by_order, not_of_type};

/// An address as a number, and the length of its prefix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Prefix {
    bits: u128,
    length: u32,
    width: u32,
}

impl Prefix {
    fn network(self, length: u32) -> u128 {
        self.bits.checked_shr(self.width.saturating_sub(length)).unwrap_or(0)
    }

    fn holds(self, other: Self) -> bool {
        self.length <= other.length && self.network(self.length) == other.network(self.length)
    }
}

pub(super) fn compare_v4(found: &str, wanted: &str, operation: Operation) -> Result<bool, CompareError> {
    compare(v4(found)?, v4(wanted)?, operation, Datatype::Ipv4)
}

pub(super) fn compare_v6(found: &str, wanted: &str, operation: Operation) -> Result<bool, CompareError> {
    compare(v6(found)?, v6(wanted)?, operation, Datatype::Ipv6)
}

/// Order is defined between prefixes of one length. `subset of` asks whether what is wanted lies in what was found
/// (OVAL definitions schema, `OperationEnumeration`), `superset of` the reverse.
fn compare(found: Prefix, wanted: Prefix, operation: Operation, datatype: Datatype) -> Result<bool, CompareError> {
    if operation == Operation::SubsetOf {
        return Ok(found.holds(wanted));
    }
    if operation == Operation::SupersetOf {
        return Ok(wanted.holds(found));
    }
    if found.length != wanted.length {
        if operation == Operation::Equals || operation == Operation::NotEqual {
            return Ok(operation == Operation::NotEqual);
        }
        return Err(CompareError::NoSuchOperation { operation, datatype });
    }
    by_order(found.network(found.length).cmp(&wanted.network(wanted.length)), operation, datatype)
}

fn v4(text: &str) -> Result<Prefix, CompareError> {
    let refuse = || not_of_type(text, Datatype::Ipv4);
    let (address, length) = text.split_once('/').map_or((text, None), |(address, length)| (address, Some(length)));
    let address: Ipv4Addr = address.parse().map_err(|_| refuse())?;
    let length = match length {
        None => 32,
        Some(mask) if mask.contains('.') => {
            let mask = u32::from(mask.parse::<Ipv4Addr>().map_err(|_| refuse())?);
            if mask.leading_ones() + mask.trailing_zeros() < 32 {
                return Err(refuse());
            }
            mask.leading_ones()
        }
        Some(length) => length.parse().ok().filter(|length| *length <= 32).ok_or_else(refuse)?,
    };
    Ok(Prefix { bits: u32::from(address).into(), length, width: 32 })
}

fn v6(text: &str) -> Result<Prefix, CompareError> {
    let refuse = || not_of_type(text, Datatype::Ipv6);
    let (address, length) = text.split_once('/').unwrap_or((text, "128"));
    let address: Ipv6Addr = address.parse().map_err(|_| refuse())?;
    let length = length.parse().ok().filter(|length| *length <= 128).ok_or_else(refuse)?;
    Ok(Prefix { bits: address.into(), length, width: 128 })
}
