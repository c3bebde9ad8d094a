//! What packets pass through on their way inside a VPC: endpoints and firewalls.

use ipnet::IpNet;
use serde::{Deserialize, Serialize};

/// A VPC endpoint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct VpcEndpoint {
    /// `vpce-…`.
    pub id: String,
    /// `Interface`, `Gateway`, `GatewayLoadBalancer`, …; `None` where AWS did not say.
    pub kind: Option<String>,
    /// Its VPC.
    pub vpc: String,
    /// Subnets in which it has an interface, sorted; a gateway endpoint has none.
    pub subnets: Vec<String>,
    /// The service behind it, for example `com.amazonaws.us-east-1.s3`.
    pub service: Option<String>,
    /// `available`, `pending`, …; `None` where AWS did not say.
    pub state: Option<String>,
}

/// A firewall of AWS Network Firewall.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Firewall {
    /// Its ARN.
    pub id: String,
    /// The ARN of its policy; `None` where only its name is known.
    pub policy: Option<String>,
    /// Its endpoints, sorted.
    pub endpoints: Vec<FirewallEndpoint>,
}

/// The endpoint of a firewall in one subnet.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FirewallEndpoint {
    /// `vpce-…`.
    pub endpoint: String,
    /// Its subnet.
    pub subnet: String,
    /// `READY`, `CREATING`, …; `None` where AWS did not say.
    pub status: Option<String>,
}

/// What a firewall does with packets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FirewallPolicy {
    /// Its ARN.
    pub id: String,
    /// Stateless rule groups by rising priority.
    pub stateless_groups: Vec<String>,
    /// What happens to packets that no stateless rule matches.
    pub stateless_default: FirewallAction,
    /// Stateful rule groups by rising priority where the order is strict.
    pub stateful_groups: Vec<StatefulGroup>,
    /// Whether stateful rules are evaluated in their order, and not by their action.
    pub strict: bool,
    /// Whether packets that no stateful rule passes are dropped.
    pub drops: bool,
    /// What of it is not followed, so that nothing about its packets is certain.
    pub not_modelled: Option<String>,
}

/// A stateful rule group in a policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StatefulGroup {
    /// Its ARN.
    pub id: String,
    /// Whether its drop rules only raise alerts here.
    pub drop_to_alert: bool,
}

/// A rule group of AWS Network Firewall.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FirewallRuleGroup {
    /// Its ARN.
    pub id: String,
    /// Its rules, in the order in which they are evaluated.
    pub rules: Vec<FirewallRule>,
    /// What of it is not followed, for example Suricata rules.
    pub not_modelled: Option<String>,
}

/// A rule by addresses, ports and protocol. An empty list matches everything.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct FirewallRule {
    /// What it does.
    pub action: FirewallAction,
    /// IANA protocol numbers.
    pub protocols: Vec<u8>,
    /// Where packets come from.
    pub sources: Vec<IpNet>,
    /// First and last port each.
    pub source_ports: Vec<(u16, u16)>,
    /// Where packets go.
    pub destinations: Vec<IpNet>,
    /// First and last port each.
    pub destination_ports: Vec<(u16, u16)>,
    /// Whether it also matches packets the other way round.
    pub both_ways: bool,
}

/// What a firewall does with a packet.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum FirewallAction {
    /// Lets it through.
    #[default]
    Pass,
    /// Drops it, with an answer or without.
    Drop,
    /// Stateless rules: hands it to the stateful ones.
    Forward,
    /// Stateful rules: notes it and goes on.
    Alert,
}
