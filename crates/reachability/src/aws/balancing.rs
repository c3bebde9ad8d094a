//! Joins what AWS says about load balancers in several answers.

use std::collections::BTreeMap;

use inspector_model::network::{ConsumerConnection, Listener, Network, Target};

/// Answers about load balancers and target groups that stand in documents of their own.
#[derive(Debug, Default)]
pub(super) struct Balancing {
    /// Load balancers whose listeners were asked for, by id.
    pub(super) asked_for_listeners: Vec<String>,
    /// Load balancer and listener.
    pub(super) listeners: Vec<(String, Listener)>,
    /// Listener and the target groups that a rule forwards to.
    pub(super) rules: Vec<(String, Vec<String>)>,
    /// Load balancer and whether it is cross-zone.
    pub(super) cross_zone: Vec<(String, bool)>,
    /// Target group and its targets.
    pub(super) targets: Vec<(String, Vec<Target>)>,
    /// Target group, whether it is cross-zone, whether it preserves the client's address.
    pub(super) group_attributes: Vec<(String, Option<bool>, Option<bool>)>,
    /// Endpoint service and a consumer.
    pub(super) connections: Vec<(String, ConsumerConnection)>,
}

impl Balancing {
    pub(super) fn extend(&mut self, other: Self) {
        self.asked_for_listeners.extend(other.asked_for_listeners);
        self.listeners.extend(other.listeners);
        self.rules.extend(other.rules);
        self.cross_zone.extend(other.cross_zone);
        self.targets.extend(other.targets);
        self.group_attributes.extend(other.group_attributes);
        self.connections.extend(other.connections);
    }

    pub(super) fn join(self, network: &mut Network) {
        self.complete_balancers(network);
        let mut targets: BTreeMap<String, Vec<Target>> = BTreeMap::new();
        for (group, more) in self.targets {
            targets.entry(group).or_default().extend(more);
        }
        for group in &mut network.target_groups {
            if let Some(mut targets) = targets.remove(&group.id) {
                targets.sort();
                targets.dedup();
                group.targets = Some(targets);
            }
            for (_, cross_zone, preserves) in self.group_attributes.iter().filter(|(id, ..)| *id == group.id) {
                group.cross_zone = group.cross_zone.or(*cross_zone);
                group.preserves_client = group.preserves_client.or(*preserves);
            }
        }
        let asked = network.has_answer("VpcEndpointConnections");
        for service in &mut network.endpoint_services {
            let of_service = self.connections.iter().filter(|(id, _)| *id == service.id);
            let mut connections: Vec<ConsumerConnection> = of_service.map(|(_, consumer)| consumer.clone()).collect();
            connections.sort();
            connections.dedup();
            service.connections = asked.then_some(connections);
        }
    }

    fn complete_balancers(&self, network: &mut Network) {
        let mut rules: BTreeMap<&str, Vec<&String>> = BTreeMap::new();
        for (listener, groups) in &self.rules {
            rules.entry(listener).or_default().extend(groups);
        }
        let mut listeners: BTreeMap<&str, Vec<Listener>> = BTreeMap::new();
        for balancer in &self.asked_for_listeners {
            listeners.entry(balancer).or_default();
        }
        for (balancer, listener) in &self.listeners {
            let mut listener = listener.clone();
            let more = rules.get(listener.id.as_str()).into_iter().flatten().map(|group| (*group).clone());
            listener.forwards.extend(more);
            listener.forwards.sort();
            listener.forwards.dedup();
            listeners.entry(balancer).or_default().push(listener);
        }
        let cross_zone: BTreeMap<&str, bool> = self.cross_zone.iter().map(|(id, is)| (id.as_str(), *is)).collect();
        for balancer in &mut network.load_balancers {
            if let Some(mut found) = listeners.remove(balancer.id.as_str()) {
                found.sort();
                found.dedup();
                balancer.listeners = Some(found);
            }
            balancer.cross_zone = cross_zone.get(balancer.id.as_str()).copied();
        }
    }
}
