//! Ways into a VPC: each says which packets come, from where, and by which route replies have to leave.
//!
//! An entry is compiled for one VPC; [`super::way::Way`] joins it with what stands between it and a subnet.

use inspector_model::network::{Edge, NetworkAcl, NetworkInterface, RouteTable, SecurityGroup};

use super::between::Between;
use super::routes;
use super::way::{Notes, Side, acl_ports};
use crate::address::Address;
use crate::fact::{Blocker, Doubt};
use crate::index::Index;
use crate::interval::IntervalSet;
use crate::protocol::Protocol;

/// One way into a VPC.
#[derive(Debug)]
pub(super) struct Entry<'n, A> {
    /// What kind of way.
    pub(super) edge: Edge,
    /// The component that lets packets in.
    pub(super) via: Option<&'n str>,
    /// The target of the routes that take replies back; `None` where it could not be told.
    pub(super) back: Option<&'n str>,
    /// Other targets that replies may take as well.
    pub(super) also_back: Vec<&'n str>,
    /// Who sends packets. Sources that were not asked about are left out.
    pub(super) origins: Vec<Origin<'n, A>>,
    /// The question leaves some sources out.
    pub(super) narrowed: bool,
    /// What closes the way, what could not be told and what was taken for granted.
    pub(super) notes: Notes,
}

/// Senders that pass the same filters before they enter the VPC.
#[derive(Debug)]
pub(super) struct Origin<'n, A> {
    /// Their addresses.
    pub(super) sources: IntervalSet<A>,
    /// Whom a reference to a security group means; `None` where references match nothing.
    pub(super) members: Option<Members<'n>>,
    /// What they pass on their own side, where they are in a VPC that is known.
    pub(super) far: Option<Far<'n>>,
    /// What stands between their side and the VPC, where more than one component does.
    pub(super) between: Option<Between<'n, A>>,
    /// They are in the subnet that packets go to: neither its network ACL nor its routes are passed.
    pub(super) same_subnet: bool,
}

/// The senders' own side.
#[derive(Debug, Clone)]
pub(super) struct Far<'n> {
    /// Network ACL of their subnet, where it is crossed and known.
    pub(super) acl: Option<&'n NetworkAcl>,
    /// Route table of their subnet, and the target that takes packets to us.
    pub(super) route: Option<(&'n RouteTable, &'n str)>,
    /// Their security groups, of which outbound rules decide; `None` where any sender is meant.
    pub(super) groups: Option<&'n [String]>,
    /// Whether an outbound rule may mean the receiver by its groups.
    pub(super) references: bool,
    /// No network ACL of the sender's subnet looks at replies.
    pub(super) unguarded_return: bool,
    /// What keeps all its packets in.
    pub(super) closed: Vec<Blocker>,
    /// What could not be told of it.
    pub(super) unknown: Vec<Doubt>,
}

/// What the senders' own side lets through to one address.
#[derive(Debug, Default)]
pub(super) struct Passed {
    /// Destination ports of requests.
    pub(super) sent: IntervalSet<u16>,
    /// Client ports of replies.
    pub(super) returned: IntervalSet<u16>,
    /// What could not be told; taken to let everything through.
    pub(super) unknown: Vec<Doubt>,
    /// What lets nothing through.
    pub(super) blockers: Vec<Blocker>,
}

/// Whom a reference to a security group means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Members<'n> {
    /// Interfaces of this VPC that carry the group.
    In(&'n str),
    /// The senders, who carry these groups.
    Senders(&'n [String]),
}

/// What security groups are judged by on a way in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Scope<'n> {
    /// Only sources on the internet count.
    pub(super) internet: bool,
    /// Whom a reference to a security group means.
    pub(super) members: Option<Members<'n>>,
}

impl<A> Origin<'_, A> {
    /// Senders of whom only the addresses are known.
    pub(super) const fn anywhere(sources: IntervalSet<A>) -> Self {
        Self { sources, members: None, far: None, between: None, same_subnet: false }
    }
}

impl<'n, A: Address> Entry<'n, A> {
    /// How the groups of a receiver are judged for senders whose references mean `members`.
    pub(super) fn scope(&self, members: Option<Members<'n>>) -> Scope<'n> {
        Scope { internet: self.edge == Edge::Internet, members }
    }

    /// Every such way of judging, once.
    pub(super) fn scopes(&self) -> Vec<Scope<'n>> {
        let mut scopes: Vec<Scope<'_>> = self.origins.iter().map(|origin| self.scope(origin.members)).collect();
        scopes.sort_unstable();
        scopes.dedup();
        scopes
    }

    /// Every source, of whatever origin.
    pub(super) fn sources(&self) -> IntervalSet<A> {
        self.origins.iter().fold(IntervalSet::empty(), |all, origin| all.union(&origin.sources))
    }
}

impl Far<'_> {
    /// What passes between the senders and address `to` of `interface`.
    pub(super) fn passed<A: Address>(
        &self,
        index: &Index<'_>,
        interface: &NetworkInterface,
        to: A,
        protocol: Protocol,
    ) -> Passed {
        let mut passed = Passed {
            sent: whole(protocol.service_ports()),
            returned: whole(protocol.client_ports()),
            unknown: self.unknown.clone(),
            blockers: self.closed.clone(),
        };
        if !self.closed.is_empty() {
            passed.sent = IntervalSet::empty();
        }
        self.route_there(index, to, &mut passed);
        if let Some(acl) = self.acl {
            passed.sent = passed.sent.intersection(&acl_ports(acl, protocol, Side::Out, to));
            if !self.unguarded_return {
                passed.returned = acl_ports(acl, protocol, Side::BackIn, to);
            }
            for (ports, what) in [(&passed.sent, "requests out"), (&passed.returned, "replies back in")] {
                if ports.is_empty() {
                    let detail = format!("no entry lets the {protocol} {what} of the sender's subnet");
                    passed.blockers.push(Blocker::new("SUBNET_ACL_RESTRICTION", &acl.id, detail));
                }
            }
        }
        if let Some(groups) = self.groups {
            let receiver = if self.references { interface.security_groups.as_slice() } else { &[] };
            let admitted = egress(index, groups, receiver, to, protocol, &mut passed.unknown);
            if admitted.is_empty() {
                let detail = format!("no outbound rule of the sender admits {protocol} to `{}`", to.ip());
                passed.blockers.push(Blocker::new("ENI_SG_RULES_MISMATCH", groups.join(","), detail));
            }
            passed.sent = passed.sent.intersection(&admitted);
        }
        passed
    }

    fn route_there<A: Address>(&self, index: &Index<'_>, to: A, passed: &mut Passed) {
        let Some((table, target)) = self.route else { return };
        let here = IntervalSet::between(to, to);
        let routes = routes::split(index, table, Some(target), &here);
        if !routes.unknown.is_empty() {
            let what = format!("a prefix list in route table `{}` is not in the snapshot", table.id);
            passed.unknown.push(Doubt::missing(what));
        } else if let Some((through, _)) = routes.perhaps.first() {
            let what = format!("`{}` sends packets to `{}` through `{through}`", table.id, to.ip());
            passed.unknown.push(Doubt::not_modelled(format!("{what}, which is not modelled")));
        } else if !routes.wanted.contains(to) {
            let (code, why) = match (routes.dropped.is_empty(), routes.elsewhere.first()) {
                (false, _) => ("BAD_STATE_ROUTE", "the route is in state blackhole".to_owned()),
                (true, Some((target, _))) => ("CANNOT_ROUTE", format!("packets go to `{target}`")),
                (true, None) => ("NO_ROUTE_TO_DESTINATION", format!("no route leads to `{}`", to.ip())),
            };
            passed.blockers.push(Blocker::new(code, &table.id, format!("from the sender's subnet: {why}")));
            passed.sent = IntervalSet::empty();
        }
    }
}

fn whole(ports: (u16, u16)) -> IntervalSet<u16> {
    IntervalSet::between(ports.0, ports.1)
}

/// Destination ports that outbound rules of `groups` admit to address `to` of a receiver with the groups `receiver`.
pub(super) fn egress<A: Address>(
    index: &Index<'_>,
    groups: &[String],
    receiver: &[String],
    to: A,
    protocol: Protocol,
    unknown: &mut Vec<Doubt>,
) -> IntervalSet<u16> {
    let mut ports = Vec::new();
    for id in groups {
        let Some(group) = index.group(id).filter(|_| index.unreadable(id).is_none()) else {
            unknown.push(Doubt::missing(format!("security group `{id}` of the sender is not in the snapshot")));
            return whole(protocol.service_ports());
        };
        ports.extend(admitted(index, group, receiver, to, protocol, unknown));
    }
    IntervalSet::of(ports)
}

fn admitted<A: Address>(
    index: &Index<'_>,
    group: &SecurityGroup,
    receiver: &[String],
    to: A,
    protocol: Protocol,
    unknown: &mut Vec<Doubt>,
) -> Vec<(u16, u16)> {
    let mut ports = Vec::new();
    for rule in &group.egress {
        let Some(covered) = protocol.requests::<A>(rule.traffic) else { continue };
        let holds = |range: &ipnet::IpNet| range.contains(&to.ip());
        let mut named = rule.ranges.iter().any(holds);
        named |= rule.groups.iter().any(|id| receiver.contains(id));
        for list in &rule.prefix_lists {
            match index.prefix_list(list) {
                Some(list) if list.ranges.iter().any(holds) => named = true,
                Some(_) => {}
                None => {
                    named = true;
                    let what = format!("prefix list `{list}` of security group `{}` is not in the snapshot", group.id);
                    unknown.push(Doubt::missing(what));
                }
            }
            if let Some(why) = index.unreadable(list) {
                named = true;
                unknown.push(Doubt::missing(format!("prefix list `{list}`: {why}")));
            }
        }
        if named {
            ports.push(covered);
        }
    }
    ports
}
