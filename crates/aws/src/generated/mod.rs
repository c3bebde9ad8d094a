//! Made from the calls and the service models.
// Written by `cargo xtask generate` from the service model. Do not edit.

pub(crate) mod calls;
pub(crate) mod directconnect;
pub(crate) mod ec2;
pub(crate) mod elb;
pub(crate) mod elbv2;
pub(crate) mod network_firewall;
pub(crate) mod sns;
pub(crate) mod sts;
