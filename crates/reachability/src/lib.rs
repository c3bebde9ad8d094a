//! Proves from AWS configuration which packets from outside a VPC reach which instances and get an answer.
//!
//! Read in this order: [`aws`] turns AWS answers into a [`Network`](inspector_model::network::Network); [`question`] and
//! [`fact`] are what is asked and answered; [`prove`] answers; [`interval`], [`address`] and `packet_set` are its
//! arithmetic.

pub mod aws;
pub mod change;
pub mod check;
pub mod difference;
pub mod fact;
pub mod question;

mod hubs;
pub mod index;
pub mod prove;

pub mod address;
pub mod interval;
mod map;
mod packet_set;
pub mod protocol;
pub mod reference;
