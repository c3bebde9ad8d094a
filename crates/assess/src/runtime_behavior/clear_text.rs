//! Protocols that send everything in the clear, by their ports.
//!
//! The original named the protocols of its rules and no ports: these are the ones that IANA assigned to them. A service on
//! another port is not known for what it speaks.

use inspector_model::host::Transport;

/// One protocol.
#[derive(Debug, Clone, Copy)]
pub(super) struct Protocol {
    pub(super) transport: Transport,
    pub(super) port: u16,
    pub(super) name: &'static str,
    /// Whether people log in with it, so that it carries a password of theirs to a shell or files.
    pub(super) login: bool,
    /// What to use instead.
    pub(super) instead: &'static str,
}

const fn tcp(port: u16, name: &'static str, login: bool, instead: &'static str) -> Protocol {
    Protocol { transport: Transport::Tcp, port, name, login, instead }
}

/// By port.
const PROTOCOLS: [Protocol; 10] = [
    tcp(21, "FTP", true, "SFTP or SCP"),
    tcp(23, "Telnet", true, "SSH"),
    tcp(25, "SMTP", false, "SMTP with TLS"),
    tcp(80, "HTTP", false, "HTTPS"),
    tcp(110, "POP3", false, "POP3 over TLS"),
    tcp(143, "IMAP", false, "IMAP over TLS"),
    Protocol { transport: Transport::Udp, port: 161, name: "SNMP", login: false, instead: "SNMP version 3" },
    tcp(512, "rexec", true, "SSH"),
    tcp(513, "rlogin", true, "SSH"),
    tcp(514, "rsh", true, "SSH"),
];

/// The protocol that a port is assigned to.
pub(super) fn at(transport: Transport, port: u16) -> Option<&'static Protocol> {
    PROTOCOLS.iter().find(|protocol| protocol.transport == transport && protocol.port == port)
}
