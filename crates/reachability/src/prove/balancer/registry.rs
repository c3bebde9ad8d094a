//! Who is registered where: from load balancers to the interfaces of instances, by interface.

#![expect(clippy::disallowed_types, reason = "looked up by id only, never iterated, so no order can leak")]

use std::collections::{HashMap, HashSet};
use std::net::IpAddr;

use inspector_model::network::{
    BalancerKind, EndpointService, Listener, LoadBalancer, Network, NetworkInterface, Target, TargetGroup, TargetKind,
};

use crate::fact::Doubt;
use crate::index::Index;

/// The names of the answer that tells listeners.
pub(super) const LISTENERS: [&str; 2] = ["Listeners", "LoadBalancerListeners"];
/// The names of the answer that tells targets.
pub(super) const TARGETS: [&str; 2] = ["TargetHealthDescriptions", "LoadBalancerTargetHealth"];

/// A load balancer and one of its listeners.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::prove) struct Stage<'n> {
    pub(super) balancer: &'n LoadBalancer,
    pub(super) listener: &'n Listener,
    pub(super) group: Option<&'n TargetGroup>,
}

/// The way from a listener to a registered target: one load balancer, or two where the first forwards to the second.
#[derive(Debug, Clone)]
pub(in crate::prove) struct Chain<'n> {
    /// The PrivateLink service in front of it.
    pub(super) service: Option<&'n EndpointService>,
    pub(super) first: Stage<'n>,
    pub(super) second: Option<Stage<'n>>,
}

impl<'n> Chain<'n> {
    /// The stage whose targets are instances.
    pub(super) fn last(&self) -> Stage<'n> {
        self.second.unwrap_or(self.first)
    }
}

/// One target that is an interface.
#[derive(Debug, Clone)]
pub(in crate::prove) struct Registration<'n> {
    pub(super) chain: Chain<'n>,
    pub(super) port: Option<u16>,
    pub(super) address: IpAddr,
    pub(super) health: Option<&'n str>,
    /// What could not be told about the registration itself.
    pub(super) doubts: Vec<Doubt>,
}

/// Something of a load balancer that is not known, so that any interface of its VPC may be behind it.
#[derive(Debug)]
pub(in crate::prove) struct Gap<'n> {
    pub(super) service: Option<&'n EndpointService>,
    pub(super) balancer: &'n LoadBalancer,
    pub(super) listener: Option<&'n Listener>,
    pub(super) doubt: Doubt,
}

impl Gap<'_> {
    /// Whether more may be registered with the listener of `chain` than is known.
    pub(super) fn is_of(&self, chain: &Chain<'_>) -> bool {
        let id = |service: Option<&EndpointService>| service.map(|service| service.id.clone());
        id(self.service) == id(chain.service)
            && self.balancer.id == chain.first.balancer.id
            && self.listener == Some(chain.first.listener)
    }
}

/// All registrations of a network.
#[derive(Debug, Default)]
pub(in crate::prove) struct Registry<'n> {
    registrations: HashMap<&'n str, Vec<Registration<'n>>>,
    gaps: HashMap<&'n str, Vec<Gap<'n>>>,
    vpcs: HashSet<&'n str>,
    nodes: HashMap<&'n str, Vec<&'n NetworkInterface>>,
    zones: HashMap<&'n str, &'n str>,
    /// Load balancers and target groups that could not be read whole, with the VPC where it is known.
    unreadable: Vec<(Option<&'n str>, Doubt)>,
}

impl<'n> Registry<'n> {
    pub(in crate::prove) fn new(network: &'n Network) -> Self {
        if network.load_balancers.is_empty() {
            return Self::default();
        }
        let mut registry = Self {
            vpcs: network.load_balancers.iter().map(|balancer| balancer.vpc.as_str()).collect(),
            zones: network.subnets.iter().filter_map(|subnet| Some((&*subnet.id, subnet.zone.as_deref()?))).collect(),
            unreadable: unreadable(network),
            ..Self::default()
        };
        for interface in &network.interfaces {
            if let Some(balancer) = &interface.balancer {
                registry.nodes.entry(balancer).or_default().push(interface);
            }
        }
        let reader = Reader::new(network);
        for balancer in &network.load_balancers {
            for service in std::iter::once(None).chain(services(network, balancer).map(Some)) {
                reader.of_balancer(balancer, service, &mut registry);
            }
        }
        registry
    }

    /// Where an interface is registered, in the order of the network.
    pub(super) fn registrations(&self, interface: &str) -> &[Registration<'n>] {
        self.registrations.get(interface).map_or(&[], Vec::as_slice)
    }

    /// What is not known of the load balancers of a VPC.
    pub(super) fn gaps(&self, vpc: &str) -> &[Gap<'n>] {
        self.gaps.get(vpc).map_or(&[], Vec::as_slice)
    }

    /// Records that might say more about who is registered, had all of them been read.
    pub(super) fn unreadable(&self, index: &Index<'n>, interface: &NetworkInterface) -> Vec<Doubt> {
        let here = self.unreadable.iter().filter(|(vpc, _)| vpc.is_none_or(|vpc| vpc == interface.vpc));
        let own = index.unreadable(&interface.id);
        let own = own.map(|why| Doubt::missing(format!("interface `{}`: {why}", interface.id)));
        here.map(|(_, doubt)| doubt.clone()).chain(own).collect()
    }

    /// Whether a VPC has a load balancer.
    pub(in crate::prove) fn has_balancer(&self, vpc: &str) -> bool {
        self.vpcs.contains(vpc)
    }

    /// The interfaces of a load balancer's nodes.
    pub(super) fn nodes(&self, balancer: &LoadBalancer) -> &[&'n NetworkInterface] {
        let key = balancer.id.split_once(":loadbalancer/").map_or(balancer.id.as_str(), |(_, key)| key);
        self.nodes.get(key).map_or(&[], Vec::as_slice)
    }

    /// The Availability Zone of a subnet.
    pub(super) fn zone(&self, subnet: &str) -> Option<&'n str> {
        self.zones.get(subnet).copied()
    }
}

fn unreadable(network: &Network) -> Vec<(Option<&str>, Doubt)> {
    if network.unreadable.is_empty() {
        return Vec::new();
    }
    let balancers = network.load_balancers.iter().map(|balancer| {
        let vpc = Some(balancer.vpc.as_str()).filter(|vpc| !vpc.is_empty());
        (vpc, &balancer.id)
    });
    let groups = network.target_groups.iter().map(|group| (None, &group.id));
    let doubt = |id: &String| Some(Doubt::missing(format!("`{id}`: {}", network.unreadable(id)?)));
    balancers.chain(groups).filter_map(|(vpc, id)| Some((vpc, doubt(id)?))).collect()
}

fn services<'n>(
    network: &'n Network,
    balancer: &'n LoadBalancer,
) -> impl Iterator<Item = &'n EndpointService> + use<'n> {
    network.endpoint_services.iter().filter(|service| service.load_balancers.contains(&balancer.id))
}

/// Resolves ids while the registry is filled.
struct Reader<'n> {
    network: &'n Network,
    balancers: HashMap<&'n str, &'n LoadBalancer>,
    groups: HashMap<&'n str, &'n TargetGroup>,
    of_instance: HashMap<&'n str, Vec<&'n NetworkInterface>>,
    of_address: HashMap<IpAddr, Vec<&'n NetworkInterface>>,
}

impl<'n> Reader<'n> {
    fn new(network: &'n Network) -> Self {
        let mut of_instance: HashMap<&str, Vec<&NetworkInterface>> = HashMap::new();
        let mut of_address: HashMap<IpAddr, Vec<&NetworkInterface>> = HashMap::new();
        for interface in &network.interfaces {
            let Some(instance) = interface.instance.as_deref() else { continue };
            of_instance.entry(instance).or_default().push(interface);
            for address in &interface.addresses {
                of_address.entry(address.address).or_default().push(interface);
            }
        }
        Self {
            network,
            balancers: network.load_balancers.iter().map(|balancer| (balancer.id.as_str(), balancer)).collect(),
            groups: network.target_groups.iter().map(|group| (group.id.as_str(), group)).collect(),
            of_instance,
            of_address,
        }
    }

    fn of_balancer(
        &self,
        balancer: &'n LoadBalancer,
        service: Option<&'n EndpointService>,
        registry: &mut Registry<'n>,
    ) {
        let Some(listeners) = &balancer.listeners else {
            let doubt = self.missing(&LISTENERS, &format!("of `{}`", balancer.name));
            registry.gaps.entry(&balancer.vpc).or_default().push(Gap { service, balancer, listener: None, doubt });
            return;
        };
        for listener in listeners {
            for id in &listener.forwards {
                let group = self.groups.get(id.as_str()).copied();
                let chain = Chain { service, first: Stage { balancer, listener, group }, second: None };
                self.of_group(id, chain, Vec::new(), registry);
            }
        }
        if balancer.kind == BalancerKind::Application {
            self.perhaps_by_rules(balancer, service, listeners, registry);
        }
    }

    /// Target groups that name an Application Load Balancer to which no known action leads: a rule that was not read does.
    fn perhaps_by_rules(
        &self,
        balancer: &'n LoadBalancer,
        service: Option<&'n EndpointService>,
        listeners: &'n [Listener],
        registry: &mut Registry<'n>,
    ) {
        let rules = ["Rules", "ListenerRules"];
        if self.network.has_answer("Rules") && failure(self.network, &rules).is_none() {
            return;
        }
        if !self.network.has_answer("TargetGroups") {
            // Nothing tells which groups the rules forward to.
            let doubt = || self.missing(&rules, &format!("of `{}`", balancer.name));
            let gaps =
                listeners.iter().map(|listener| Gap { service, balancer, listener: Some(listener), doubt: doubt() });
            return registry.gaps.entry(&balancer.vpc).or_default().extend(gaps);
        }
        let known = |group: &TargetGroup| listeners.iter().any(|listener| listener.forwards.contains(&group.id));
        let named = self.network.target_groups.iter().filter(|group| group.load_balancers.contains(&balancer.id));
        for group in named.filter(|group| !known(group)) {
            for listener in listeners {
                let doubt = self.missing(&rules, &format!("of `{}`", balancer.name));
                let first = Stage { balancer, listener, group: Some(group) };
                self.of_group(&group.id, Chain { service, first, second: None }, vec![doubt], registry);
            }
        }
    }

    fn of_group(&self, id: &str, chain: Chain<'n>, doubts: Vec<Doubt>, registry: &mut Registry<'n>) {
        let stage = chain.last();
        let Some((group, targets)) = stage.group.and_then(|group| Some((group, group.targets.as_ref()?))) else {
            if stage.group.is_some_and(|group| group.kind == TargetKind::Lambda) {
                return;
            }
            let answers: &[&str] = match stage.group {
                Some(_) => &TARGETS,
                None => &["TargetGroups"],
            };
            let doubt = self.missing(answers, &format!("of `{id}`"));
            let gap = Gap {
                service: chain.service,
                balancer: chain.first.balancer,
                listener: Some(chain.first.listener),
                doubt,
            };
            registry.gaps.entry(&stage.balancer.vpc).or_default().push(gap);
            return;
        };
        for target in targets {
            match group.kind {
                TargetKind::Lambda => {}
                TargetKind::Alb => self.of_inner(target, &chain, group, &doubts, registry),
                TargetKind::Instance | TargetKind::Ip => {
                    for (interface, address, mut more) in self.interfaces(target, stage.balancer) {
                        more.extend(doubts.iter().cloned());
                        registry.registrations.entry(&interface.id).or_default().push(Registration {
                            chain: chain.clone(),
                            port: target.port.or(group.port),
                            address,
                            health: target.health.as_deref(),
                            doubts: more,
                        });
                    }
                }
            }
        }
    }

    /// An Application Load Balancer as the target of a Network one.
    fn of_inner(
        &self,
        target: &'n Target,
        chain: &Chain<'n>,
        group: &'n TargetGroup,
        doubts: &[Doubt],
        registry: &mut Registry<'n>,
    ) {
        let gap = |doubt| Gap {
            service: chain.service,
            balancer: chain.first.balancer,
            listener: Some(chain.first.listener),
            doubt,
        };
        let vpc = &chain.first.balancer.vpc;
        let Some(balancer) = self.balancers.get(target.id.as_str()).copied() else {
            let what = format!("load balancer `{}`, a target of `{}`, is not in the snapshot", target.id, group.id);
            registry.gaps.entry(vpc).or_default().push(gap(Doubt::missing(what)));
            return;
        };
        let Some(listeners) = &balancer.listeners else {
            let doubt = self.missing(&LISTENERS, &format!("of `{}`", balancer.name));
            registry.gaps.entry(vpc).or_default().push(gap(doubt));
            return;
        };
        let port = target.port.or(group.port);
        // Its own targets are never load balancers, so a chain has two stages and cannot go round in circles.
        for listener in listeners.iter().filter(|listener| Some(listener.port) == port && chain.second.is_none()) {
            for id in &listener.forwards {
                let inner = self.groups.get(id.as_str()).copied();
                let second = Some(Stage { balancer, listener, group: inner });
                self.of_group(id, Chain { second, ..chain.clone() }, doubts.to_vec(), registry);
            }
        }
    }

    /// The interfaces that a target means, with the address that packets go to.
    fn interfaces(&self, target: &Target, balancer: &LoadBalancer) -> Vec<(&'n NetworkInterface, IpAddr, Vec<Doubt>)> {
        if let Ok(address) = target.id.parse::<IpAddr>() {
            let found = self.of_address.get(&address).map_or(&[][..], Vec::as_slice);
            let here = |interface: &&&NetworkInterface| interface.vpc == balancer.vpc;
            if let Some(interface) = found.iter().find(here) {
                return vec![(*interface, address, Vec::new())];
            }
            let what = format!("`{}` reaches `{address}` outside its VPC, which is not modelled", balancer.name);
            return found.iter().map(|there| (*there, address, vec![Doubt::not_modelled(what.clone())])).collect();
        }
        let of_instance = self.of_instance.get(target.id.as_str()).map_or(&[][..], Vec::as_slice);
        let primary: Vec<_> = match of_instance.iter().filter(|interface| interface.device == Some(0)).collect() {
            none if Vec::<&&NetworkInterface>::is_empty(&none) => of_instance.iter().collect(),
            primary => primary,
        };
        let sure = primary.len() == 1;
        let with_address = |interface: &&'n NetworkInterface| {
            let doubt = || Doubt::missing(format!("which interface of `{}` is the primary one", target.id));
            let address = interface.addresses.first()?.address;
            Some((*interface, address, if sure { Vec::new() } else { vec![doubt()] }))
        };
        primary.into_iter().filter_map(with_address).collect()
    }

    fn missing(&self, answers: &[&str], what: &str) -> Doubt {
        let answer = answers.first().copied().unwrap_or_default();
        Doubt::missing(match failure(self.network, answers) {
            Some(why) => format!("`{answer}` {what}: {why}"),
            None => format!("`{answer}` {what} are not in the snapshot"),
        })
    }
}

fn failure<'n>(network: &'n Network, answers: &[&str]) -> Option<&'n str> {
    answers.iter().find_map(|answer| network.failure(answer))
}

/// The first of `answers` that AWS refused or that broke off, and why.
pub(super) fn failed(network: &Network, answers: &[&str]) -> Option<Doubt> {
    let why = |answer: &&str| Some(Doubt::missing(format!("`{answer}`: {}", network.failure(answer)?)));
    answers.iter().find_map(why)
}
