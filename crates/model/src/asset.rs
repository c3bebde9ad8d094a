//! An instance as a finding shows it: who it is, not what is wrong with it.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use crate::finding::Attribute;

/// What is known of one instance when a run starts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Asset {
    /// The instance id, which is the agent id too.
    pub id: String,
    /// Digest of the network snapshot that describes it; `None` where its agent is all that is known of it.
    pub snapshot: Option<String>,
    /// The Auto Scaling group that made it.
    pub auto_scaling_group: Option<String>,
    /// `ami-…`.
    pub image: Option<String>,
    /// Public DNS name, or what the host calls itself.
    pub hostname: Option<String>,
    /// EC2 tags, or the agent's own.
    pub tags: Vec<Attribute>,
    /// Its network interfaces, by id.
    pub interfaces: Vec<AssetInterface>,
}

impl Asset {
    /// All IPv4 addresses, private ones first, each once.
    pub fn ipv4_addresses(&self) -> Vec<IpAddr> {
        let private = self.interfaces.iter().flat_map(|interface| interface.addresses.iter().copied());
        let public = self.interfaces.iter().filter_map(|interface| interface.public);
        let mut addresses = Vec::new();
        for address in private.chain(public).filter(IpAddr::is_ipv4) {
            if !addresses.contains(&address) {
                addresses.push(address);
            }
        }
        addresses
    }

    /// The first public address.
    pub fn public_address(&self) -> Option<IpAddr> {
        self.interfaces.iter().find_map(|interface| interface.public)
    }
}

/// One interface of an [`Asset`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AssetInterface {
    /// `eni-…`, or the host's own name for it.
    pub id: String,
    /// `subnet-…`.
    pub subnet: Option<String>,
    /// `vpc-…`.
    pub vpc: Option<String>,
    /// Private addresses of both families, the primary one first.
    pub addresses: Vec<IpAddr>,
    /// The public address, where it has one.
    pub public: Option<IpAddr>,
    /// Its security groups.
    pub security_groups: Vec<GroupName>,
}

/// A security group by name and id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupName {
    /// `sg-…`.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// One tag of a resource group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupTag {
    /// The key.
    pub key: String,
    /// The value; `None` for any.
    pub value: Option<String>,
}

impl GroupTag {
    /// Whether `tag` is what it looks for.
    pub fn selects(&self, tag: &Attribute) -> bool {
        self.key == tag.key && self.value.as_ref().is_none_or(|value| *value == tag.value)
    }
}
