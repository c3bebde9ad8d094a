//! What a host did while it was observed.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use crate::host::Transport;
use crate::time::Timestamp;

/// No observation keeps more distinct entries of a kind; what came after is counted in [`Observation::lost`].
pub const ENTRY_LIMIT: usize = 4096;

/// One observation of one host.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Observation {
    /// When it began, by the host's clock.
    pub from: Timestamp,
    /// How long it lasted in seconds, by a clock that no one sets.
    pub seconds: u64,
    /// What looked.
    pub sensor: Sensor,
    /// TCP ports that were listening at the first look, sorted.
    pub listening: Vec<u16>,
    /// Connections that the host opened to others, sorted. Those to itself, those to the metadata service of its cloud and
    /// those of the observer are left out.
    pub outgoing: Vec<Outgoing>,
    /// Local TCP ports at which connections of others, or of the host itself, were established; sorted.
    pub incoming: Vec<Incoming>,
    /// Connections that were seen and for which there was no room left.
    pub lost: u64,
    /// Looks that failed, or came so late that connections may have come and gone; each a sentence.
    pub gaps: Vec<String>,
}

/// What observed, and how well.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Sensor {
    /// The mechanism.
    pub kind: SensorKind,
    /// Seconds between two looks.
    pub interval_seconds: u64,
}

/// The mechanisms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SensorKind {
    /// The socket tables are read at intervals, closed connections in `TIME_WAIT` included.
    Polling,
}

impl SensorKind {
    /// What the sensor is, for a person.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Polling => "polling of the socket tables",
        }
    }

    /// What it may have missed, for a person.
    pub const fn blind_spots(self) -> &'static str {
        match self {
            Self::Polling => {
                "connections that opened and closed between two looks and left nothing in TIME_WAIT, those of other \
                 network namespaces, and UDP that was not connected at a look"
            }
        }
    }
}

/// Connections of one program to one port.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Outgoing {
    /// Transport protocol.
    pub transport: Transport,
    /// The remote port.
    pub port: u16,
    /// The program, by path or short name; `None` where the socket had no owner any more when it was seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub program: Option<String>,
    /// The process that was seen last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pid: Option<u32>,
    /// One address that was connected to.
    pub example: IpAddr,
    /// How many distinct connections were seen, at least.
    pub count: u64,
}

/// Connections to one local port.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Incoming {
    /// The local port.
    pub port: u16,
    /// How many distinct connections were seen, at least.
    pub count: u64,
}
