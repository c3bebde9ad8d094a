//! Interfaces by the subnet that they are in: what is compiled for a subnet serves all of them.

use std::sync::atomic::{AtomicUsize, Ordering};

use inspector_model::network::{Network, NetworkInterface};

use crate::address::Family;
use crate::map::Map;
use crate::question::Question;

/// Interfaces below which a second worker is not worth its start.
const SHARE: usize = 512;
/// Subnets that a worker takes at a time.
const TURN: usize = 8;

/// One subnet and the interfaces of instances in it that a question asks about.
#[derive(Debug)]
pub(super) struct Place<'n> {
    pub(super) vpc: &'n str,
    pub(super) subnet: &'n str,
    /// In the order of the network.
    pub(super) members: Vec<Member<'n>>,
}

/// An interface of an instance, and what is asked of every one. It is found out here, where interfaces are gone through in
/// the order in which they lie in memory: in the order of places each would be waited for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Member<'n> {
    pub(super) instance: &'n str,
    pub(super) interface: &'n NetworkInterface,
    /// It is asked about in IPv4: also where it has no address at all.
    pub(super) ipv4: bool,
    /// It is asked about in IPv6.
    pub(super) ipv6: bool,
    /// It has IPv4 addresses, and no public one stands for any of them.
    pub(super) private: bool,
}

impl<'n> Member<'n> {
    fn new(instance: &'n str, interface: &'n NetworkInterface) -> Self {
        let has = |family| interface.addresses.iter().any(|own| Family::of(own.address) == family);
        let (ipv4, ipv6) = (has(Family::Ipv4), has(Family::Ipv6));
        let public = interface.addresses.iter().any(|own| own.public.is_some());
        Self { instance, interface, ipv4: ipv4 || !ipv6, ipv6, private: ipv4 && !public }
    }
}

/// The places of a network, by VPC and subnet.
pub(super) fn places<'n>(network: &'n Network, question: &Question) -> Vec<Place<'n>> {
    let mut places: Vec<Place<'n>> = Vec::new();
    let mut known: Map<(&str, &str), usize> = Map::default();
    for interface in network.interfaces.iter().filter(|interface| question.asks_about(interface)) {
        let Some(instance) = interface.instance.as_deref() else { continue };
        let (vpc, subnet) = (interface.vpc.as_str(), interface.subnet.as_str());
        let at = *known.entry((subnet, vpc)).or_insert_with(|| {
            places.push(Place { vpc, subnet, members: Vec::new() });
            places.len() - 1
        });
        if let Some(place) = places.get_mut(at) {
            place.members.push(Member::new(instance, interface));
        }
    }
    places.sort_unstable_by_key(|place| (place.vpc, place.subnet));
    places
}

/// Hands the places out to as many workers as there are cores, each of which makes one result of those it takes. Which
/// worker takes which is chance, so results must join in any order.
pub(super) fn share_out<'p, 'n, T: Send>(
    places: &'p [Place<'n>],
    work: impl Fn(&mut dyn Iterator<Item = &'p Place<'n>>) -> T + Sync,
) -> Vec<T> {
    let interfaces: usize = places.iter().map(|place| place.members.len()).sum();
    let workers = std::thread::available_parallelism().map_or(1, usize::from).min(interfaces.div_ceil(SHARE));
    if workers <= 1 {
        return vec![work(&mut places.iter())];
    }
    let turns: Vec<&[Place<'n>]> = places.chunks(TURN).collect();
    let next = AtomicUsize::new(0);
    let take = || {
        let turns = std::iter::from_fn(|| turns.get(next.fetch_add(1, Ordering::Relaxed)));
        work(&mut turns.flat_map(|turn| turn.iter()))
    };
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..workers).map(|_| scope.spawn(take)).collect();
        let join = |worker: std::thread::ScopedJoinHandle<'_, T>| {
            worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        };
        workers.into_iter().map(join).collect()
    })
}
