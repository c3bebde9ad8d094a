//! Transit gateways: other VPCs, VPN connections, Direct Connect gateways and appliances that are attached to them.
//!
//! `follow` says where the route tables of transit gateways send packets; `entry` makes a way into a VPC of that.

mod entry;
mod explain;
mod follow;
mod outside;
mod zones;

pub(super) use entry::{edges, entry};
pub(super) use explain::route;
