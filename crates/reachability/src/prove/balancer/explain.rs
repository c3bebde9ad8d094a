//! The path of one packet through a load balancer, component by component.

use std::net::IpAddr;

use inspector_model::network::{NetworkAcl, Route};
use inspector_model::proof::{Direction, Hop, NetworkProof, Packet};

use super::attempt::Setting;
use super::registry::Stage;
use crate::address::Address;
use crate::fact::Opening;
use crate::protocol::Protocol;
use crate::prove::explain::{best_route, packets, tell_entry, tell_route, tell_traffic};

/// The proof of one opening.
pub(super) fn proof<A: Address>(
    setting: &Setting<'_, '_, A>,
    opening: &Opening,
    assumptions: &[String],
) -> Option<NetworkProof> {
    let (request, reply) = packets(setting.protocol, opening, opening.ports.0)?;
    let mut path = Path { hops: Vec::new(), protocol: setting.protocol };
    outside_in::<A>(setting, &request, &mut path);
    inside::<A>(setting, opening, &request, &mut path);
    inside_out::<A>(setting, &request, &mut path);
    Some(NetworkProof { path: path.hops, request, reply, assumptions: assumptions.to_vec() })
}

struct Path {
    hops: Vec<Hop>,
    protocol: Protocol,
}

impl Path {
    fn hop(&mut self, direction: Direction, component: &str, rule: String) {
        self.hops.push(Hop { direction, component: component.to_owned(), rule });
    }

    /// The entry of an ACL that lets one packet through.
    fn acl<A: Address>(
        &mut self,
        acl: Option<&NetworkAcl>,
        direction: Direction,
        egress: bool,
        other: IpAddr,
        port: u16,
    ) {
        let Some(acl) = acl else { return };
        let entry = acl.entries.iter().find(|entry| {
            let ports = match direction {
                Direction::Request => self.protocol.requests::<A>(entry.traffic),
                Direction::Reply => self.protocol.replies::<A>(entry.traffic),
            };
            entry.egress == egress
                && entry.range.contains(&other)
                && ports.is_some_and(|(low, high)| !self.protocol.has_ports() || (low <= port && port <= high))
        });
        if let Some(entry) = entry {
            self.hop(direction, &acl.id, tell_entry(entry));
        }
    }
}

/// A client whose packets reach the node, where the target does not see it.
fn client<A: Address>(setting: &Setting<'_, '_, A>, request: &Packet) -> Option<(IpAddr, u16, Option<String>)> {
    let entrance = setting.entrance?;
    let (preserved, _) = setting.preserves();
    let source = A::of_ip(request.source).filter(|_| preserved && setting.inner.is_none());
    let (address, (low, high), group) = match source {
        Some(source) => {
            let clients = entrance.open.iter().find(|clients| clients.sources.contains(source))?;
            (source.ip(), clients.client_ports, clients.group.clone())
        }
        None => entrance.someone.clone()?,
    };
    Some((address, low.max(request.source_port.min(high)), group))
}

/// From the client, or the consumer, to the node and its target group.
fn outside_in<A: Address>(setting: &Setting<'_, '_, A>, request: &Packet, path: &mut Path) {
    let chain = &setting.registration.chain;
    let (index, balancer, listener) = (setting.index, chain.first.balancer, chain.first.listener);
    if let Some(service) = chain.service {
        path.hop(Direction::Request, &service.id, format!("endpoint service in front of {}", balancer.name));
    }
    if let (Some(entrance), Some((address, _, group))) = (setting.entrance, client(setting, request)) {
        let gateway = entrance.gateway.as_deref().unwrap_or("internet gateway");
        path.hop(Direction::Request, gateway, format!("delivers to a node of {}", balancer.name));
        let acl = index.acl(&setting.node.interface.subnet);
        path.acl::<A>(acl, Direction::Request, false, address, listener.port);
        if let Some(group) = group {
            let rules = index.group(&group).into_iter().flat_map(|group| &group.ingress);
            let what = rules.filter(|rule| covers::<A>(path.protocol, rule.traffic, listener.port));
            let what = what.map(|rule| tell_traffic(rule.traffic)).next().unwrap_or_default();
            path.hop(Direction::Request, &group, format!("inbound {what} to the load balancer"));
        }
    }
    forwards(&chain.first, path);
}

fn forwards(stage: &Stage<'_>, path: &mut Path) {
    let (listener, group) = (stage.listener, stage.group.map_or("its targets", |group| group.id.as_str()));
    let rule = format!("listener {} {} forwards to {group}", listener.protocol, listener.port);
    path.hop(Direction::Request, &stage.balancer.name, rule);
}

/// From the node to the target.
fn inside<A: Address>(setting: &Setting<'_, '_, A>, opening: &Opening, request: &Packet, path: &mut Path) {
    let registration = setting.registration;
    if let (Some(second), Some(inner)) = (&registration.chain.second, setting.inner) {
        path.hop(Direction::Request, &inner.interface.id, format!("node of {}", second.balancer.name));
        forwards(second, path);
    }
    let node = setting.inner.unwrap_or(setting.node);
    let health = registration.health.map(|health| format!(", {health}")).unwrap_or_default();
    path.hop(
        Direction::Request,
        &node.interface.id,
        format!("sends to {} port {}{health}", request.destination, request.destination_port),
    );
    let (own, subnet) = (&setting.interface, &node.interface.subnet);
    let acl = |subnet: &str| setting.index.acl(subnet).filter(|_| node.interface.subnet != own.subnet);
    path.acl::<A>(acl(subnet), Direction::Request, true, request.destination, request.destination_port);
    path.acl::<A>(acl(&own.subnet), Direction::Request, false, request.source, request.destination_port);
    let balancer = registration.chain.last().balancer;
    let rules = setting.index.group(&opening.group).into_iter().flat_map(|group| &group.ingress);
    let admits =
        rules.filter(|rule| covers::<A>(path.protocol, rule.traffic, request.destination_port)).find_map(|rule| {
            let what = tell_traffic(rule.traffic);
            let range = rule.ranges.iter().find(|range| range.contains(&request.source));
            let group = rule.groups.iter().find(|group| balancer.security_groups.contains(group));
            match (range, group) {
                (Some(range), _) => Some(format!("inbound {what} from {range}")),
                (None, Some(group)) => Some(format!("inbound {what} from members of {group}")),
                (None, None) => rule.prefix_lists.first().map(|list| format!("inbound {what} from prefix list {list}")),
            }
        });
    path.hop(Direction::Request, &opening.group, admits.unwrap_or_else(|| "inbound".to_owned()));
    path.hop(Direction::Request, &own.id, format!("interface of {}", own.instance.as_deref().unwrap_or("an instance")));
    path.acl::<A>(acl(&own.subnet), Direction::Reply, true, request.source, request.source_port);
    path.acl::<A>(acl(subnet), Direction::Reply, false, request.destination, request.source_port);
}

/// From the node back to the client.
fn inside_out<A: Address>(setting: &Setting<'_, '_, A>, request: &Packet, path: &mut Path) {
    let (index, node) = (setting.index, setting.node);
    path.hop(
        Direction::Reply,
        &node.interface.id,
        format!("answers as {}", setting.registration.chain.first.balancer.name),
    );
    let (Some(entrance), Some((address, port, _))) = (setting.entrance, client(setting, request)) else { return };
    path.acl::<A>(index.acl(&node.interface.subnet), Direction::Reply, true, address, port);
    let table = index.explicit_table(&node.interface.subnet).or_else(|| index.main_table(&node.interface.vpc));
    let route = table.and_then(|table| Some((table, best_route(index, &table.routes, address)?)));
    if let Some((table, route)) = route {
        let route: &Route = route;
        path.hop(Direction::Reply, &table.id, tell_route(route));
    }
    let gateway = entrance.gateway.as_deref().unwrap_or("internet gateway");
    path.hop(Direction::Reply, gateway, "sends from the node's public address".to_owned());
}

fn covers<A: Address>(protocol: Protocol, traffic: inspector_model::network::Traffic, port: u16) -> bool {
    protocol.requests::<A>(traffic).is_some_and(|(low, high)| !protocol.has_ports() || (low <= port && port <= high))
}
