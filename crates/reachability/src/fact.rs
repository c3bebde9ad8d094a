//! What the prover answers.

use std::net::IpAddr;

use inspector_model::network::Edge;
use inspector_model::proof::{Hop, NetworkProof, Packet};
use serde::{Serialize, Serializer};

use crate::address::Family;
use crate::change::Change;
use crate::interval::IntervalSet;
use crate::protocol::Protocol;

/// The answer about one interface, edge, family and protocol. Serialises as an entry of `inspector reach`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fact {
    /// The instance that the interface is attached to.
    pub instance: String,
    /// Its `Name` tag.
    pub instance_name: Option<String>,
    /// The address that can be reached, else the primary one.
    pub private_ip: Option<IpAddr>,
    /// The interface.
    pub eni: String,
    /// Where packets come from.
    pub edge: Edge,
    /// The component that lets them into the VPC; `None` where there is none or it could not be told.
    pub via: Option<String>,
    /// `tcp`, `udp`, `icmp-echo`, or a number.
    pub protocol: Protocol,
    /// Destination ports that can be reached; empty for protocols without ports.
    #[serde(serialize_with = "printed")]
    pub ports: IntervalSet<u16>,
    /// Whether some request arrives and its reply gets back.
    pub reachable: bool,
    /// Ports at which requests arrive and from which no reply gets back.
    #[serde(serialize_with = "printed")]
    pub one_way_ports: IntervalSet<u16>,
    /// Client ports to which replies get back, over all reachable ports.
    #[serde(serialize_with = "printed")]
    pub client_ports: IntervalSet<u16>,
    /// The load balancer's port, where there is one on the path.
    pub listener_port: Option<u16>,
    /// Where the packets of a load balancer come from.
    pub source_edge: Option<Edge>,
    /// The sources that get an answer, as ranges.
    pub source: Option<String>,
    /// Address family.
    pub family: Family,
    /// Every security group that admits some reachable packet.
    pub allowed_by: Vec<String>,
    /// How the witness gets in and its reply out.
    pub path: Vec<Hop>,
    /// A packet that arrives, and its reply.
    pub witness: Option<Witness>,
    /// Everything that stands in the way, where nothing is reachable.
    pub blocked_by: Vec<Blocker>,
    /// The answer in a word.
    pub outcome: Verdict,
    /// What was taken for granted because AWS was never asked for it.
    pub assumptions: Vec<String>,
    /// What could not be told, with the component's name.
    pub unknown: Vec<Doubt>,
    /// The fewest edits that would make something reachable; `None` where something is, or where it was not worked out.
    pub opens: Option<Opens>,
    /// Edits each of which alone would leave nothing reachable, and the fewest rules whose loss would; the smallest first.
    pub closes: Vec<Vec<Change>>,
    /// The reachable packets, exactly.
    #[serde(skip)]
    pub openings: Vec<Opening>,
    /// The proofs of openings whose path is not that of an internet gateway alone.
    #[serde(skip)]
    pub proofs: Vec<(Opening, NetworkProof)>,
    /// The internet gateway in front of the load balancer.
    #[serde(skip)]
    pub gateway: Option<String>,
    /// The name that clients of the load balancer resolve.
    #[serde(skip)]
    pub balancer_dns: Option<String>,
    /// Whether the load balancer is of the first generation.
    #[serde(skip)]
    pub classic_balancer: bool,
}

/// What a fact answers; facts stand in this order.
pub type Asked<'f> = (&'f str, &'f str, Edge, Option<&'f str>, Family, Protocol, Option<u16>);

impl Fact {
    /// Interface, edge, gateway, family, protocol and listener.
    pub fn question(&self) -> Asked<'_> {
        let via = self.via.as_deref();
        (&self.instance, &self.eni, self.edge, via, self.family, self.protocol, self.listener_port)
    }

    /// A fact with nothing in it but its question and `outcome`.
    pub(crate) fn unanswered(edge: Edge, family: Family, protocol: Protocol, outcome: Verdict) -> Self {
        Self {
            instance: String::new(),
            instance_name: None,
            private_ip: None,
            eni: String::new(),
            edge,
            via: None,
            protocol,
            ports: IntervalSet::empty(),
            reachable: false,
            one_way_ports: IntervalSet::empty(),
            client_ports: IntervalSet::empty(),
            listener_port: None,
            source_edge: None,
            source: None,
            family,
            allowed_by: Vec::new(),
            path: Vec::new(),
            witness: None,
            blocked_by: Vec::new(),
            outcome,
            assumptions: Vec::new(),
            unknown: Vec::new(),
            opens: None,
            closes: Vec::new(),
            openings: Vec::new(),
            proofs: Vec::new(),
            gateway: None,
            balancer_dns: None,
            classic_balancer: false,
        }
    }
}

/// The answer in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Verdict {
    /// Some request arrives and its reply gets back.
    #[serde(rename = "reachable")]
    Reachable,
    /// Some request arrives and no reply gets back.
    #[serde(rename = "one-way")]
    OneWay,
    /// No request arrives.
    #[serde(rename = "blocked")]
    Blocked,
    /// Could not tell.
    #[serde(rename = "not_assessed")]
    NotAssessed,
}

impl Verdict {
    /// The word itself.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Reachable => "reachable",
            Self::OneWay => "one-way",
            Self::Blocked => "blocked",
            Self::NotAssessed => "not_assessed",
        }
    }
}

/// Edits that would make something reachable.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Opens {
    /// How many.
    pub edits: usize,
    /// Those that can be tried with `inspector what-if`.
    pub changes: Vec<Change>,
    /// The others, in words.
    pub also: Vec<String>,
}

/// A concrete request and its reply.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Witness {
    /// The request as the instance sees it.
    pub request: Packet,
    /// The reply as the instance sends it.
    pub reply: Packet,
}

/// Something that could not be told, and why. Serialises as its text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Doubt {
    /// The class of the reason.
    pub cause: Cause,
    /// The component and what is not known of it, for a person.
    pub what: String,
}

/// Why something could not be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// AWS's answer, or a part of it, is missing or could not be read.
    Missing,
    /// The component is known, and paths through it are not followed.
    NotModelled,
}

impl Doubt {
    pub(crate) fn missing(what: impl Into<String>) -> Self {
        Self { cause: Cause::Missing, what: what.into() }
    }

    pub(crate) fn not_modelled(what: impl Into<String>) -> Self {
        Self { cause: Cause::NotModelled, what: what.into() }
    }
}

impl Serialize for Doubt {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.what)
    }
}

/// Something that stands in the way.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Blocker {
    /// The condition, by the name that AWS's own analyser gives it.
    pub code: &'static str,
    /// The component.
    pub component: String,
    /// What exactly, for a person.
    pub detail: String,
}

impl Blocker {
    /// A blocker.
    pub fn new(code: &'static str, component: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { code, component: component.into(), detail: detail.into() }
    }
}

/// Reachable packets that one security group admits: every source in `sources` reaches every port in `ports` and gets
/// its reply at every port in `client_ports`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    /// The security group.
    pub group: String,
    /// The instance's address.
    pub address: IpAddr,
    /// First and last destination port; zero where the protocol has none.
    pub ports: (u16, u16),
    /// First and last source address of each range, in rising order.
    pub sources: Vec<(IpAddr, IpAddr)>,
    /// First and last client port; zero where the protocol has none.
    pub client_ports: (u16, u16),
}

/// Ports as text.
pub(crate) fn printed<S: Serializer>(ports: &IntervalSet<u16>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(ports)
}
