//! The hops of a packet through what the route table of a gateway sends it through.

use std::net::IpAddr;

use inspector_model::network::{Network, NetworkInterface};
use inspector_model::proof::Direction;

use super::path::Path;
use crate::reference::{Crossing, lookup, table_of_gateway, table_of_subnet};

/// An appliance, or an endpoint with a firewall or appliances behind it.
#[derive(Debug)]
pub(super) struct Middlebox<'n> {
    id: &'n str,
    pub(super) subnet: &'n str,
    appliance: Option<&'n NetworkInterface>,
}

impl<'n> Middlebox<'n> {
    /// What stands between a gateway and an address, where something does.
    pub(super) fn behind(network: &'n Network, gateway: &str, to: IpAddr) -> Option<Self> {
        let table = table_of_gateway(network, gateway)?;
        let id = lookup(network, table, to).ok()??.target.as_str();
        if let Some(appliance) = network.interfaces.iter().find(|interface| interface.id == id) {
            return Some(Self { id, subnet: &appliance.subnet, appliance: Some(appliance) });
        }
        let mut firewalls = network.firewalls.iter().flat_map(|firewall| &firewall.endpoints);
        let subnet = firewalls.find(|endpoint| endpoint.endpoint == id).map(|endpoint| endpoint.subnet.as_str());
        let endpoint = || network.vpc_endpoints.iter().find(|endpoint| endpoint.id == id)?.subnets.first();
        let subnet = subnet.or_else(|| endpoint().map(String::as_str))?;
        Some(Self { id, subnet, appliance: None })
    }

    pub(super) fn request(&self, path: &mut Path<'_>, interface: &NetworkInterface) {
        path.entry(Direction::Request, self.subnet, path.probe.source, Crossing::In);
        if let Some(appliance) = self.appliance {
            path.enters(appliance);
        }
        path.hop(Direction::Request, self.id, None);
        if let Some(appliance) = self.appliance {
            path.leaves(appliance, interface);
        }
        if self.subnet != interface.subnet {
            path.entry(Direction::Request, self.subnet, path.probe.destination, Crossing::Out);
        }
    }

    pub(super) fn reply(&self, path: &mut Path<'_>, interface: &NetworkInterface) {
        if self.subnet != interface.subnet {
            path.entry(Direction::Reply, self.subnet, path.probe.destination, Crossing::BackIn);
        }
        path.hop(Direction::Reply, self.id, Some("passes it back".to_owned()));
        path.entry(Direction::Reply, self.subnet, path.probe.source, Crossing::BackOut);
        let table = table_of_subnet(path.network, self.subnet, &interface.vpc);
        path.route(Direction::Reply, table, path.probe.source);
    }
}
