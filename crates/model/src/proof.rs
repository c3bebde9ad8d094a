//! What made a finding true, in a form that can be checked again from stored evidence.

use serde::{Deserialize, Serialize};

use crate::fact::Place;

/// The proof of one failed rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Proof {
    /// A path through the network, with a packet that takes it.
    Network(Box<NetworkProof>),
    /// Installed versions compared with advisories.
    Packages {
        /// The comparisons, at least one.
        comparisons: Vec<VersionComparison>,
    },
    /// Settings that were read and what they should say.
    Settings {
        /// The settings, at least one.
        settings: Vec<SettingProof>,
    },
    /// What the original service said. Its record is kept, its evidence was never exported, so nothing here can be checked
    /// again.
    Imported {
        /// Digest of the stored record.
        record: String,
    },
}

/// A path that lets a request in and its reply out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NetworkProof {
    /// From the outside in, then the reply from the inside out.
    pub path: Vec<Hop>,
    /// One concrete packet that arrives.
    pub request: Packet,
    /// The reply to it that gets back.
    pub reply: Packet,
    /// What was assumed because AWS was never asked for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub assumptions: Vec<String>,
}

/// One component of a path and the rule of it that lets the packet through.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Hop {
    /// `request` or `reply`.
    pub direction: Direction,
    /// The component's id, for example `igw-…`, `acl-…`, `rtb-…`, `sg-…`, `eni-…`.
    pub component: String,
    /// What in the component admits the packet, for a person: the ACL entry, route or security group rule.
    pub rule: String,
}

/// Which way a packet goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Direction {
    /// From the outside to the instance.
    Request,
    /// From the instance to the outside.
    Reply,
}

/// One concrete packet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Packet {
    /// `tcp`, `udp`, `icmp-echo` or a protocol number.
    pub protocol: String,
    /// Source address.
    pub source: std::net::IpAddr,
    /// Source port; zero where the protocol has none.
    pub source_port: u16,
    /// Destination address as the instance sees it.
    pub destination: std::net::IpAddr,
    /// Destination port; zero where the protocol has none.
    pub destination_port: u16,
}

/// One installed version against one advisory.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct VersionComparison {
    /// The binary package.
    pub name: String,
    /// Its installed version.
    pub version: String,
    /// The source package by which the distribution's tracker speaks of it, and its version.
    pub source: String,
    /// The version of the source package that was compared.
    pub source_version: String,
    /// The first version that is not affected; `None` while there is no fix.
    pub fixed_version: Option<String>,
    /// The distribution's own word for the state, for example `open` or `resolved`.
    pub status: String,
    /// The advisory or tracker entry.
    pub advisory: String,
    /// The feed it came from, with its date.
    pub feed: String,
    /// The package's record in the database of the package manager, with its line where the database has lines.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Place>,
}

/// One setting as it was found and as it should be.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SettingProof {
    /// The setting's name, for example `PermitRootLogin`.
    pub setting: String,
    /// Where it was read, or where it is missing.
    pub at: Place,
    /// What it says; `None` where it is not set.
    pub found: Option<String>,
    /// What would pass, for a person.
    pub wanted: String,
}
