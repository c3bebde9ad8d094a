//! Paths through load balancers: from clients to a node, through listener and target group, from the node to a target.
//!
//! A node is judged like any endpoint on the internet edge; what crosses from it to the target never leaves the VPC.
//! Targets see the node's address, or the client's where a Network Load Balancer preserves it.

mod answer;
mod attempt;
mod crossing;
mod entrance;
mod explain;
mod node;
mod registry;

pub(super) use answer::Balancers;
pub(super) use registry::Registry;
