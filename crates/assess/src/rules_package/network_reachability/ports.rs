//! The services that the original recognised, with their ports and how bad their exposure is.
//!
//! Ports: AWS user guide, "Rules package: Network Reachability", recognized ports. Severities: what real findings show
//! (SSH, PostgreSQL, HTTP, HTTPS); the rest follow the list that the original's successor documents for the same
//! services. The original never published its own.

use inspector_model::Severity::{self, High, Informational, Low, Medium};
use inspector_model::host::Transport;

/// A recognised service.
#[derive(Debug)]
pub struct Service {
    /// `PORT_GROUP_NAME`.
    pub name: &'static str,
    tcp: &'static [u16],
    udp: &'static [u16],
    /// Severity when reachable from the internet.
    pub from_internet: Severity,
    /// Severity when reachable over another edge.
    pub from_elsewhere: Severity,
}

#[rustfmt::skip]
const SERVICES: &[Service] = &[
    // Port 111 is in the lists of both RPC and NFS: the first row that has a port wins.
    service("RPC", &[111, 135, 530], &[111, 135, 530], Medium, Informational),
    service("SMB", &[445], &[445], Medium, Informational),
    service("NetBIOS", &[137, 139], &[137, 138], Medium, Informational),
    service("LDAP", &[389], &[389], Medium, Informational),
    service("LDAP over TLS", &[636], &[], Medium, Informational),
    service("Global catalog LDAP", &[3268], &[], Medium, Informational),
    service("Global catalog LDAP over TLS", &[3269], &[], Medium, Informational),
    service("NFS", &[2049, 4045, 1110], &[2049, 4045, 1110], Medium, Informational),
    service("Kerberos", &[88, 464, 543, 544, 749, 751], &[88, 464, 749, 750, 751, 752], Medium, Informational),
    service("WINS", &[1512, 42], &[1512, 42], Medium, Informational),
    service("DHCP", &[67, 68, 546, 547], &[67, 68, 546, 547], Medium, Informational),
    service("Syslog", &[601], &[514], Medium, Informational),
    service("Print services", &[515], &[], High, Medium),
    service("Telnet", &[23], &[23], High, Medium),
    service("FTP", &[21], &[21], High, Medium),
    service("SSH", &[22], &[22], Medium, Low),
    service("RDP", &[3389], &[3389], Medium, Low),
    service("MongoDB", &[27017, 27018, 27019, 28017], &[], Medium, Informational),
    service("SQL Server", &[1433], &[1434], Medium, Informational),
    service("MySQL", &[3306], &[], Medium, Informational),
    service("PostgreSQL", &[5432], &[], Medium, Informational),
    service("Oracle", &[1521, 1630], &[], Medium, Informational),
    service("Elasticsearch", &[9300, 9200], &[], Medium, Informational),
    service("HTTP", &[80], &[80], Informational, Informational),
    service("HTTPS", &[443], &[443], Informational, Informational),
];

/// Severity of an unrecognised port with a listener: from the internet, and over another edge.
pub const UNRECOGNIZED: (Severity, Severity) = (Low, Informational);

const fn service(
    name: &'static str,
    tcp: &'static [u16],
    udp: &'static [u16],
    from_internet: Severity,
    from_elsewhere: Severity,
) -> Service {
    Service { name, tcp, udp, from_internet, from_elsewhere }
}

impl Service {
    fn ports(&self, transport: Transport) -> &'static [u16] {
        match transport {
            Transport::Tcp => self.tcp,
            Transport::Udp => self.udp,
        }
    }
}

/// The service that is recognised by a port.
pub fn recognized(transport: Transport, port: u16) -> Option<&'static Service> {
    SERVICES.iter().find(|service| service.ports(transport).contains(&port))
}

/// Every recognised port of a transport protocol, in the order of the table.
pub fn all(transport: Transport) -> impl Iterator<Item = u16> {
    SERVICES.iter().flat_map(move |service| service.ports(transport).iter().copied())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_port_has_one_service() {
        for transport in [Transport::Tcp, Transport::Udp] {
            let ports: Vec<u16> = all(transport).collect();
            assert_eq!(ports.iter().collect::<BTreeSet<_>>().len(), ports.len(), "{transport:?}");
        }
    }

    #[test]
    fn services_are_told_by_transport_and_port() {
        for (transport, port, name) in [
            (Transport::Tcp, 22, Some("SSH")),
            (Transport::Udp, 22, Some("SSH")),
            (Transport::Tcp, 111, Some("RPC")),
            (Transport::Udp, 514, Some("Syslog")),
            (Transport::Tcp, 514, None),
            (Transport::Tcp, 8080, None),
            (Transport::Udp, 5432, None),
        ] {
            assert_eq!(recognized(transport, port).map(|service| service.name), name, "{transport:?} {port}");
        }
    }
}
