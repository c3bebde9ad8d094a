//! Load balancers of both generations, in one form: a Classic one has a target group for each instance port.

use serde::{Deserialize, Serialize};

/// A load balancer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LoadBalancer {
    /// Its ARN; the name of a Classic one.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Which kind.
    pub kind: BalancerKind,
    /// The name that clients resolve.
    pub dns_name: Option<String>,
    /// Whether its nodes have public addresses.
    pub internet_facing: bool,
    /// `active`, `provisioning`, …; `None` where AWS did not say.
    pub state: Option<String>,
    /// Its VPC.
    pub vpc: String,
    /// Subnets in which it has a node, sorted.
    pub subnets: Vec<String>,
    /// Ids of its security groups, sorted; a Network Load Balancer may have none.
    pub security_groups: Vec<String>,
    /// Whether clients reach it over IPv6 too.
    pub dual_stack: bool,
    /// Whether nodes send to targets in other zones; `None` where the attribute is not known.
    pub cross_zone: Option<bool>,
    /// Whether its groups are asked about packets that come over PrivateLink; `None` where AWS did not say.
    #[serde(default)]
    pub guards_private_link: Option<bool>,
    /// Where it listens, by port; `None` where AWS's answer is missing.
    pub listeners: Option<Vec<Listener>>,
}

/// The kinds of load balancers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum BalancerKind {
    /// Of the first generation.
    Classic,
    /// HTTP and HTTPS.
    Application,
    /// TCP, UDP and TLS.
    Network,
    /// GENEVE to appliances.
    Gateway,
}

/// A port at which a load balancer takes packets.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Listener {
    /// The port.
    pub port: u16,
    /// `HTTP`, `HTTPS`, `TCP`, `TLS`, `SSL`, `UDP`, `TCP_UDP`, ….
    pub protocol: String,
    /// Its ARN; empty for a Classic one.
    pub id: String,
    /// Target groups that the default action or a rule forwards to with a weight above zero, sorted.
    pub forwards: Vec<String>,
}

/// What listeners forward to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TargetGroup {
    /// Its ARN; name and instance port for a Classic load balancer.
    pub id: String,
    /// What kind of targets.
    pub kind: TargetKind,
    /// The port of targets that are registered without one.
    pub port: Option<u16>,
    /// `HTTP`, `TCP`, `UDP`, ….
    pub protocol: String,
    /// Load balancers that forward to it, by id.
    pub load_balancers: Vec<String>,
    /// Overrides the balancer's own setting; `None` where it does not, or is not known.
    pub cross_zone: Option<bool>,
    /// Whether targets see the client's address; `None` where the attribute is not known.
    pub preserves_client: Option<bool>,
    /// Registered targets, sorted; `None` where AWS's answer is missing.
    pub targets: Option<Vec<Target>>,
}

/// The kinds of targets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum TargetKind {
    /// Instances, at the primary address of their primary interface.
    Instance,
    /// Addresses.
    Ip,
    /// An Application Load Balancer behind a Network Load Balancer.
    Alb,
    /// A function: no instance.
    Lambda,
}

/// One registered target.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Target {
    /// An instance id, an address, or an ARN.
    pub id: String,
    /// The port that packets go to, where it differs from the group's.
    pub port: Option<u16>,
    /// `healthy`, `unhealthy`, …: shown, never used, because it changes by the minute.
    pub health: Option<String>,
}

/// A PrivateLink service in front of load balancers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EndpointService {
    /// `vpce-svc-…`.
    pub id: String,
    /// `Available`, `Pending`, …; `None` where AWS did not say.
    pub state: Option<String>,
    /// The Network or Gateway Load Balancers behind it, by id.
    pub load_balancers: Vec<String>,
    /// Endpoints of consumers; `None` where AWS was never asked for them.
    pub connections: Option<Vec<ConsumerConnection>>,
}

/// A consumer's endpoint at a service.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ConsumerConnection {
    /// `vpce-…`.
    pub endpoint: String,
    /// `available`, `pendingAcceptance`, `rejected`, ….
    pub state: String,
}
