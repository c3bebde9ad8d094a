//! What one document adds to a network.

use std::net::IpAddr;

use inspector_model::network::{Edge, FailedAnswer, Network, NetworkInterface, UnreadableRecord};

use super::balancing::Balancing;
use super::client_vpn::ClientVpn;
use super::network_firewall;
use super::origin::Origin;
use super::public_access::{Block, Place};
use super::transit::Transit;

/// Records of one document, and what can only be joined when all documents are read.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) origin: Origin,
    pub(super) network: Network,
    /// Interfaces as instances describe them, used where no interface answer does.
    pub(super) nested: Vec<NetworkInterface>,
    /// Elastic addresses with what they are associated with.
    pub(super) elastic: Vec<Elastic>,
    /// Answers about load balancers, joined when all documents are read.
    pub(super) balancing: Balancing,
    /// Parts of an answer about a firewall.
    pub(super) firewalls: network_firewall::Loose,
    /// VPC Block Public Access where it is on.
    pub(super) blocks: Vec<Block>,
    /// Where each VPC is.
    pub(super) places: Vec<Place>,
    /// Answers about transit gateways, joined when all documents are read.
    pub(super) transit: Transit,
    /// Answers about Client VPN endpoints, joined when all documents are read.
    pub(super) client_vpn: ClientVpn,
    /// Ways in that are not followed.
    pub(super) ways: Vec<Way>,
    pub(super) skipped: Vec<String>,
    /// Records of the first answer in the pieces before, where the document is read in pieces.
    pub(super) records_before: usize,
    path: String,
    answer: String,
    record: usize,
}

/// An Elastic address that is associated with a private one.
#[derive(Debug)]
pub(super) struct Elastic {
    pub(super) interface: String,
    pub(super) private: IpAddr,
    pub(super) public: IpAddr,
}

/// A way into VPCs, or into those of other gateways.
#[derive(Debug)]
pub(super) struct Way {
    pub(super) edge: Edge,
    pub(super) via: String,
    pub(super) vpcs: Vec<String>,
    /// Components whose VPCs these are.
    pub(super) through: Vec<String>,
}

impl Part {
    pub(super) fn new(path: &str) -> Self {
        Self {
            origin: Origin::of_path(path),
            network: Network::default(),
            nested: Vec::new(),
            elastic: Vec::new(),
            balancing: Balancing::default(),
            firewalls: network_firewall::Loose::default(),
            blocks: Vec::new(),
            places: Vec::new(),
            transit: Transit::default(),
            client_vpn: ClientVpn::default(),
            ways: Vec::new(),
            skipped: Vec::new(),
            records_before: 0,
            path: path.to_owned(),
            answer: String::new(),
            record: 0,
        }
    }

    pub(super) fn start_answer(&mut self, key: &str) {
        key.clone_into(&mut self.answer);
        self.record = std::mem::take(&mut self.records_before);
    }

    pub(super) fn next_record(&mut self) {
        self.record += 1;
    }

    /// The record being read, for example `SecurityGroups[3]`.
    pub(super) fn position(&self) -> String {
        format!("{}[{}]", self.answer, self.record)
    }

    pub(super) fn answered(&mut self, answer: &str) {
        self.network.answered.push(answer.to_owned());
    }

    pub(super) fn skip(&mut self, why: &str) {
        self.skipped.push(format!("`{}`: {why}", self.path));
    }

    pub(super) fn ignored(&mut self, key: &str) {
        self.skip(&format!("`{key}` is not used"));
    }

    /// Part of the record `id` could not be read.
    pub(super) fn unreadable(&mut self, id: &str, why: impl std::fmt::Display) {
        let why = format!("`{}` in `{}`: {why}", self.position(), self.path);
        self.network.unreadable.push(UnreadableRecord { id: id.to_owned(), why });
    }

    /// A record that nobody can refer to, because it has no id: the whole answer is incomplete.
    pub(super) fn nameless(&mut self, answer: &str, missing: &str) {
        let why = format!("`{}` in `{}` has no `{missing}`", self.position(), self.path);
        self.network.failed.push(FailedAnswer { answer: answer.to_owned(), why });
    }
}
