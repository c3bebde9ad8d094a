//! Who listens on an instance, as far as packets to one of its interfaces go.

use std::net::IpAddr;

use inspector_model::Fact;
use inspector_model::host::{HostFacts, Listener, Transport};
use inspector_model::network::NetworkInterface;

use super::text::Listening;

/// Sockets that packets to one interface reach; `None` where no host has told.
#[derive(Debug)]
pub(super) struct Listeners<'h>(Option<Vec<&'h Listener>>);

impl<'h> Listeners<'h> {
    /// Sockets of `host` that are bound to every address or to one of `interface`: not those on loopback.
    pub(super) fn of(host: Option<&'h HostFacts>, interface: &NetworkInterface) -> Self {
        let Some(Fact::Seen { value, .. }) = host.map(|host| &host.listeners) else { return Self(None) };
        let own = |address: IpAddr| interface.addresses.iter().any(|own| own.address == address);
        let mut heard: Vec<&Listener> = value
            .iter()
            .filter(|listener| {
                let address = listener.address.to_canonical();
                address.is_unspecified() || own(address)
            })
            .collect();
        heard.sort();
        Self(Some(heard))
    }

    /// Who listens at a port.
    pub(super) fn at(&self, transport: Transport, port: u16) -> Listening<'h> {
        let Some(heard) = &self.0 else { return Listening::NoAgent };
        let mut here = heard.iter().filter(|listener| listener.transport == transport && listener.port == port);
        // A socket whose process is known says more than one whose process is not.
        match here.clone().find_map(|listener| listener.process.as_ref()) {
            Some(process) => Listening::Process(Some(process)),
            None if here.next().is_some() => Listening::Process(None),
            None => Listening::Nobody,
        }
    }

    /// Every port at which somebody listens, in order.
    pub(super) fn ports(&self, transport: Transport) -> Vec<u16> {
        let heard = self.0.iter().flatten().filter(|listener| listener.transport == transport);
        let mut ports: Vec<u16> = heard.map(|listener| listener.port).collect();
        ports.sort_unstable();
        ports.dedup();
        ports
    }
}
