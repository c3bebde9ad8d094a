//! What edits of a network change, without answering again what they cannot touch.
//!
//! Where nothing but internet gateways leads into a VPC, an answer rests on a few records: the interface, its instance,
//! its groups, the network ACL and the route table of its subnet, the gateway. Edits of those are tried on a network that
//! holds no more than the interfaces they touch and what these rest on. Any other edit is tried on all of it.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use inspector_model::network::{Network, NetworkInterface, RouteDestination};

use super::engine::Engine;
use super::places::Member;
use super::way::Way;
use super::{Compiled, client_vpn, facts, facts_of, gates, places};
use crate::change::{Change, NotApplicable};
use crate::difference::{Difference, differences};
use crate::fact::Verdict;
use crate::index::Index;
use crate::map::Map;
use crate::protocol::Protocol;
use crate::question::{End, Question};

/// A network that is asked about many edits.
#[derive(Debug)]
pub struct Prepared<'n> {
    index: Index<'n>,
    by_id: Map<&'n str, Vec<&'n NetworkInterface>>,
    of_instance: Map<&'n str, Vec<&'n NetworkInterface>>,
    of_group: Map<&'n str, Vec<&'n NetworkInterface>>,
    of_subnet: Map<&'n str, Vec<&'n NetworkInterface>>,
    /// VPCs with a load balancer, something that one sends to, or a route table of a gateway.
    entangled: BTreeSet<&'n str>,
}

/// What some edits can change.
#[derive(Debug, Default)]
struct Touched<'n> {
    interfaces: Vec<&'n NetworkInterface>,
    /// VPCs of what is edited.
    vpcs: BTreeSet<&'n str>,
    /// Ids of what is edited.
    named: BTreeSet<&'n str>,
    /// Prefix lists that edits bring in.
    lists: Vec<String>,
}

impl<'n> Prepared<'n> {
    /// Prepares `network`.
    pub fn new(network: &'n Network) -> Self {
        let mut prepared = Self {
            index: Index::new(network),
            by_id: Map::default(),
            of_instance: Map::default(),
            of_group: Map::default(),
            of_subnet: Map::default(),
            entangled: entangled(network),
        };
        for interface in &network.interfaces {
            prepared.by_id.entry(&interface.id).or_default().push(interface);
            prepared.of_subnet.entry(&interface.subnet).or_default().push(interface);
            if let Some(instance) = &interface.instance {
                prepared.of_instance.entry(instance).or_default().push(interface);
            }
            for group in &interface.security_groups {
                prepared.of_group.entry(group).or_default().push(interface);
            }
        }
        prepared
    }

    /// The answers to `question` that differ after `changes`, in the order of facts: what
    /// [`differences`] tells of all facts before and after.
    ///
    /// # Errors
    ///
    /// The first change that does not fit the network.
    pub fn differences(&self, question: &Question, changes: &[Change]) -> Result<Vec<Difference>, NotApplicable> {
        match self.touched(question, changes) {
            Some(touched) => {
                let mut before = self.part(&touched);
                let mut after = tried(&before, changes)?;
                leave_out_closed(&mut before, &mut after, question);
                Ok(compared(&Index::new(&before), &after, question))
            }
            None => Ok(compared(&self.index, &tried(self.index.network, changes)?, question)),
        }
    }

    /// What the changes can touch; `None` where that cannot be told without answering everything.
    fn touched(&self, question: &Question, changes: &[Change]) -> Option<Touched<'n>> {
        if matches!(question.from, Some(End::Component(_))) {
            return None;
        }
        let mut touched = Touched::default();
        for change in changes {
            self.touch(change, &mut touched)?;
        }
        touched.vpcs.extend(touched.interfaces.iter().map(|interface| interface.vpc.as_str()));
        touched.vpcs.iter().all(|vpc| self.stands_alone(vpc)).then_some(touched)
    }

    fn touch(&self, change: &Change, touched: &mut Touched<'n>) -> Option<()> {
        match change {
            Change::Authorize(rule) | Change::Revoke(rule) => {
                let group = self.index.group(&rule.group)?;
                touched.vpcs.insert(group.vpc.as_deref()?);
                touched.named.insert(&group.id);
                touched.lists.extend(rule.prefix_list.clone());
                touched.interfaces.extend(self.of_group.get(group.id.as_str()).into_iter().flatten());
            }
            Change::PutAclEntry(crate::change::AclEntry { acl, .. })
            | Change::DeleteAclEntry(crate::change::AclEntryName { acl, .. }) => {
                let acl = self.index.network.network_acls.iter().find(|known| known.id == *acl)?;
                touched.vpcs.insert(&acl.vpc);
                touched.named.insert(&acl.id);
                let subnets = acl.subnets.iter().filter_map(|subnet| self.of_subnet.get(subnet.as_str()));
                touched.interfaces.extend(subnets.flatten());
            }
            Change::CreateRoute(route) => {
                // A route to anything else may be a way in.
                ["igw-", "nat-", "eigw-"].iter().any(|kind| route.target.starts_with(kind)).then_some(())?;
                touched.lists.push(route.destination.clone());
                self.touch_table(&route.table, touched)?;
            }
            Change::DeleteRoute(route) => self.touch_table(&route.table, touched)?,
            Change::AssociateAddress(crate::change::Association { interface, .. })
            | Change::DisassociateAddress(crate::change::PrivateAddress { interface, .. })
            | Change::SetGroups(crate::change::Membership { interface, .. }) => {
                touched.interfaces.extend(self.by_id.get(interface.as_str())?);
                if let Change::SetGroups(membership) = change {
                    let known = membership.groups.iter().filter_map(|id| self.index.group(id));
                    touched.named.extend(known.map(|group| group.id.as_str()));
                }
            }
            Change::StartInstance(name) | Change::StopInstance(name) => {
                let instance = self.index.instance(&name.instance)?;
                touched.named.insert(&instance.id);
                touched.interfaces.extend(self.of_instance.get(instance.id.as_str()).into_iter().flatten());
            }
            Change::AttachInternetGateway(_) | Change::DetachInternetGateway(_) => return None,
        }
        Some(())
    }

    fn touch_table(&self, id: &str, touched: &mut Touched<'n>) -> Option<()> {
        let table = self.index.network.route_tables.iter().find(|table| table.id == id)?;
        touched.vpcs.insert(&table.vpc);
        touched.named.insert(&table.id);
        if table.main {
            touched.interfaces.extend(self.index.interfaces(&table.vpc));
        }
        let subnets = table.subnets.iter().filter_map(|subnet| self.of_subnet.get(subnet.as_str()));
        touched.interfaces.extend(subnets.flatten());
        Some(())
    }

    /// Whether nothing but an internet gateway leads into a VPC, straight to its subnets.
    fn stands_alone(&self, vpc: &str) -> bool {
        let index = &self.index;
        index.peerings(vpc).is_empty()
            && index.vpn_gateway(vpc).is_none()
            && index.hubs().gateways_of_vpc(vpc).is_empty()
            && index.unmodelled_edges(vpc).is_empty()
            && client_vpn::into(index, vpc).next().is_none()
            && !self.entangled.contains(vpc)
    }

    /// What answers about the touched interfaces rest on, and what is edited, in the order of the whole.
    fn part(&self, touched: &Touched<'n>) -> Network {
        let (index, all) = (&self.index, self.index.network);
        let (of, named) = (&touched.interfaces, &touched.named);
        let subnets: BTreeSet<(&str, &str)> = of.iter().map(|it| (it.vpc.as_str(), it.subnet.as_str())).collect();
        let groups = of.iter().flat_map(|interface| &interface.security_groups).map(String::as_str);
        let groups = groups.chain(named.iter().copied()).filter_map(|id| index.group_number(id));
        let groups: BTreeSet<usize> = groups.collect();
        let security_groups: Vec<_> = groups.iter().filter_map(|at| all.security_groups.get(*at)).cloned().collect();
        let instances = of.iter().filter_map(|interface| interface.instance.as_deref()).chain(named.iter().copied());
        let explicit = subnets.iter().filter_map(|(_, subnet)| index.explicit_table(subnet));
        let main = subnets.iter().filter_map(|(vpc, _)| index.main_table(vpc));
        let edited = all.route_tables.iter().filter(|table| named.contains(table.id.as_str()));
        let route_tables = in_order(explicit.chain(main).chain(edited));
        let acls = subnets.iter().filter_map(|(_, subnet)| index.acl(subnet));
        let edited = all.network_acls.iter().filter(|acl| named.contains(acl.id.as_str()));
        let lists = security_groups.iter().flat_map(|group| &group.ingress).flat_map(|rule| &rule.prefix_lists);
        let routed = route_tables.iter().flat_map(|table| &table.routes).filter_map(|route| match &route.destination {
            RouteDestination::PrefixList(id) => Some(id),
            RouteDestination::Range(_) => None,
        });
        let lists: BTreeSet<&String> = lists.chain(routed).chain(&touched.lists).collect();
        let here = |vpc: &String| touched.vpcs.contains(vpc.as_str());
        let gateways = all.internet_gateways.iter();
        let gateways = gateways.filter(|it| it.vpcs.iter().any(here) || index.unreadable(&it.id).is_some());
        Network {
            instances: in_order(instances.filter_map(|id| index.instance(id))),
            interfaces: in_order(of.iter().copied()),
            vpcs: in_order(touched.vpcs.iter().filter_map(|vpc| index.vpc(vpc))),
            prefix_lists: lists.into_iter().filter_map(|id| index.prefix_list(id)).cloned().collect(),
            vpc_endpoints: all.vpc_endpoints.iter().filter(|endpoint| here(&endpoint.vpc)).cloned().collect(),
            network_acls: in_order(acls.chain(edited)),
            internet_gateways: gateways.cloned().collect(),
            answered: all.answered.clone(),
            failed: all.failed.clone(),
            unreadable: all.unreadable.clone(),
            public_access_blocks: all.public_access_blocks.clone(),
            public_access_exclusions: all.public_access_exclusions.clone(),
            security_groups,
            route_tables,
            ..Network::default()
        }
    }
}

/// The network after the changes.
fn tried(before: &Network, changes: &[Change]) -> Result<Network, NotApplicable> {
    let mut after = before.clone();
    for change in changes {
        change.apply(&mut after)?;
    }
    Ok(after)
}

/// Interfaces below which a second worker is not worth its start.
const SHARE: usize = 32;

fn compared(before: &Index<'_>, after: &Network, question: &Question) -> Vec<Difference> {
    if before.network.interfaces.len() < SHARE {
        return differences(facts_of(before, question), facts(after, question));
    }
    std::thread::scope(|scope| {
        let was = scope.spawn(|| facts_of(before, question));
        let is = facts(after, question);
        differences(was.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)), is)
    })
}

/// Takes out the interfaces about which the same is asked before and after, and that nothing gets to for certain either
/// time: what blocks them may differ, and no answer does.
fn leave_out_closed(before: &mut Network, after: &mut Network, question: &Question) {
    let (was, is) = (closed(before, question), closed(after, question));
    let same: BTreeSet<(&str, &str)> =
        was.iter().filter(|(key, asked)| is.get(key) == Some(asked)).map(|((id, of), _)| (&**id, &**of)).collect();
    let open = |it: &NetworkInterface| !same.contains(&(it.id.as_str(), it.instance.as_deref().unwrap_or_default()));
    before.interfaces.retain(open);
    after.interfaces.retain(open);
}

/// What is asked about an interface: by which gateways, in which families, about which protocols.
type Asked = (Vec<Option<String>>, bool, bool, Vec<Protocol>);

/// What is asked about interfaces, by their ids and those of their instances, where every answer is that nothing arrives.
fn closed(network: &Network, question: &Question) -> BTreeMap<(String, String), Asked> {
    let index = Index::new(network);
    let compiled = Compiled::new(&index);
    let mut ipv4 = Engine::new(&index, question, &compiled.named, &compiled.ipv4);
    let mut ipv6 = Engine::new(&index, question, &compiled.named, &compiled.ipv6);
    let (mut closed, mut open) = (BTreeMap::new(), BTreeSet::new());
    for place in places::places(network, question) {
        let any = |of: fn(&Member<'_>) -> bool| place.members.iter().any(of);
        let (has4, has6) = (any(|member| member.ipv4), any(|member| member.ipv6));
        let ways: Vec<_> = gates::of(&index, question, place.vpc)
            .into_iter()
            .map(|gate| {
                let way = has4.then(|| ipv4.way(gate, place.vpc, place.subnet));
                (way, has6.then(|| ipv6.way(gate, place.vpc, place.subnet)))
            })
            .collect();
        let via = |(way, way6): &(Option<Way<'_, u32>>, Option<Way<'_, u128>>)| {
            let way6 = way6.as_ref().and_then(|way| way.entry.via);
            way.as_ref().map_or(way6, |way| way.entry.via).map(str::to_owned)
        };
        let by: Vec<Option<String>> = ways.iter().map(via).collect();
        for member in &place.members {
            let mut shut = true;
            let mut tell = |verdict: Verdict, _| shut &= verdict == Verdict::Blocked;
            for (way, way6) in &ways {
                if let Some(way) = way.as_ref().filter(|_| member.ipv4) {
                    ipv4.outline(way, member, &mut tell);
                }
                if let Some(way) = way6.as_ref().filter(|_| member.ipv6) {
                    ipv6.outline(way, member, &mut tell);
                }
            }
            let key = (member.interface.id.clone(), member.instance.to_owned());
            if shut {
                let protocols = compiled.named.protocols(&index, &member.interface.security_groups);
                closed.insert(key, (by.clone(), member.ipv4, member.ipv6, protocols));
            } else {
                open.insert(key);
            }
        }
    }
    // One that is described twice may be open by one of the descriptions.
    closed.retain(|key, _| !open.contains(key));
    closed
}

/// Each record once, in the order of the list that all of them are in: where two claim one thing, the order decides.
fn in_order<'n, T: Clone + 'n>(records: impl Iterator<Item = &'n T>) -> Vec<T> {
    let mut records: Vec<&T> = records.collect();
    records.sort_unstable_by_key(|record| std::ptr::from_ref(*record));
    records.dedup_by_key(|record| std::ptr::from_ref(*record));
    records.into_iter().cloned().collect()
}

fn entangled(network: &Network) -> BTreeSet<&str> {
    let mut vpcs: BTreeSet<&str> = network.load_balancers.iter().map(|balancer| balancer.vpc.as_str()).collect();
    vpcs.extend(network.route_tables.iter().filter(|it| !it.gateways.is_empty()).map(|it| it.vpc.as_str()));
    let targets = || network.target_groups.iter().flat_map(|group| group.targets.iter().flatten());
    let ids: BTreeSet<&str> = targets().map(|target| target.id.as_str()).collect();
    let addresses: BTreeSet<IpAddr> = targets().filter_map(|target| target.id.parse().ok()).collect();
    let is_target = |interface: &&NetworkInterface| {
        interface.instance.as_deref().is_some_and(|instance| ids.contains(instance))
            || interface.addresses.iter().any(|own| addresses.contains(&own.address))
    };
    vpcs.extend(network.interfaces.iter().filter(is_target).map(|interface| interface.vpc.as_str()));
    vpcs
}
