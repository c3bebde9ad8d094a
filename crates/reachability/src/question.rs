//! What is asked: everything, or a part of it.

use inspector_model::network::{Network, NetworkInterface};
use ipnet::IpNet;

/// Narrows what is asked. The default asks about everything.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Question {
    /// Only packets from here.
    pub from: Option<End>,
    /// Only packets to here.
    pub to: Option<End>,
    /// Only this destination port.
    pub port: Option<u16>,
}

/// One side of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum End {
    /// Addresses.
    Range(IpNet),
    /// A VPC, subnet, instance, interface or gateway, by id.
    Component(String),
}

/// A text that names neither addresses nor a component.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is neither an address, a range such as 10.0.0.0/8, nor an id such as vpc-0a1b2c3d or i-0a1b2c3d")]
pub struct NotAnEnd(String);

impl std::str::FromStr for End {
    type Err = NotAnEnd;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let range = text.parse::<IpNet>().or_else(|_| text.parse::<std::net::IpAddr>().map(IpNet::from));
        if let Ok(range) = range {
            return Ok(Self::Range(range.trunc()));
        }
        let known = ["vpc-", "subnet-", "i-", "eni-", "pcx-", "vgw-", "tgw-", "igw-", "cvpn-endpoint-"];
        if known.iter().any(|prefix| text.len() > prefix.len() && text.starts_with(prefix)) {
            return Ok(Self::Component(text.to_owned()));
        }
        Err(NotAnEnd(text.to_owned()))
    }
}

impl End {
    /// Whether an id names something between VPCs and not inside one.
    pub(crate) fn is_gateway(id: &str) -> bool {
        ["igw-", "pcx-", "vgw-", "tgw-", "cvpn-endpoint-"].iter().any(|prefix| id.starts_with(prefix))
    }
}

impl Question {
    /// Whether the question is about packets to `interface`.
    pub(crate) fn asks_about(&self, interface: &NetworkInterface) -> bool {
        match &self.to {
            None => true,
            Some(End::Range(range)) => interface.addresses.iter().any(|address| {
                range.contains(&address.address) || address.public.is_some_and(|public| range.contains(&public))
            }),
            Some(End::Component(id)) => {
                [Some(&interface.id), Some(&interface.subnet), Some(&interface.vpc), interface.instance.as_ref()]
                    .contains(&Some(id))
            }
        }
    }

    /// Whether packets from the internet are meant.
    pub(crate) fn means_internet(&self) -> bool {
        match &self.from {
            None | Some(End::Range(_)) => true,
            Some(End::Component(id)) => id.starts_with("igw-"),
        }
    }

    /// The VPC that the packets come from, where the question names one or something inside one.
    pub(crate) fn source_vpc<'n>(&self, network: &'n Network) -> Option<&'n str> {
        let Some(End::Component(id)) = &self.from else { return None };
        let interface = |i: &&NetworkInterface| {
            [Some(&i.id), Some(&i.subnet), Some(&i.vpc), i.instance.as_ref()].contains(&Some(id))
        };
        let vpc = network.vpcs.iter().find(|vpc| vpc.id == *id).map(|vpc| vpc.id.as_str());
        vpc.or_else(|| network.interfaces.iter().find(interface).map(|i| i.vpc.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_are_addresses_ranges_or_ids() {
        assert_eq!("8.8.8.8".parse(), Ok(End::Range("8.8.8.8/32".parse().unwrap())));
        assert_eq!("10.1.2.3/8".parse(), Ok(End::Range("10.0.0.0/8".parse().unwrap())));
        assert_eq!("i-0abc".parse(), Ok(End::Component("i-0abc".to_owned())));
        for wrong in ["", "i-", "everywhere", "10.0.0.0/33"] {
            assert!(wrong.parse::<End>().is_err(), "{wrong}");
        }
    }
}
