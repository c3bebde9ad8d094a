//! Transit gateways with their references resolved.

use std::collections::BTreeMap;

use inspector_model::network::{
    Edge, Network, TransitAttachment, TransitGateway, TransitResource, TransitRouteTable, VpnConnection,
};

/// Transit gateways, what is attached to them, and their route tables.
#[derive(Debug, Default)]
pub(crate) struct Hubs<'n> {
    gateways: BTreeMap<&'n str, &'n TransitGateway>,
    tables: BTreeMap<&'n str, &'n TransitRouteTable>,
    attachments: BTreeMap<(&'n str, &'n str), &'n TransitAttachment>,
    of_vpc: BTreeMap<&'n str, Vec<&'n TransitAttachment>>,
    of_gateway: BTreeMap<&'n str, Vec<&'n TransitAttachment>>,
    gateways_of_vpc: BTreeMap<&'n str, Vec<&'n str>>,
    connections: BTreeMap<&'n str, &'n VpnConnection>,
    /// Gateways that peerings join, and what else is attached to them.
    clusters: Vec<Cluster<'n>>,
    cluster_of_gateway: BTreeMap<&'n str, usize>,
}

/// Gateways that peerings join, in order, and the kinds of networks outside AWS that are attached to any of them.
#[derive(Debug, Default)]
struct Cluster<'n> {
    gateways: Vec<&'n str>,
    outside: Vec<Edge>,
}

impl<'n> Hubs<'n> {
    pub(crate) fn new(network: &'n Network) -> Self {
        let mut hubs = Self {
            gateways: network.transit_gateways.iter().map(|gateway| (gateway.id.as_str(), gateway)).collect(),
            tables: network.transit_route_tables.iter().map(|table| (table.id.as_str(), table)).collect(),
            connections: network.vpn_connections.iter().map(|one| (one.id.as_str(), one)).collect(),
            ..Self::default()
        };
        for attachment in &network.transit_attachments {
            hubs.attachments.insert((&attachment.gateway, &attachment.id), attachment);
            hubs.of_gateway.entry(&attachment.gateway).or_default().push(attachment);
            if let TransitResource::Vpc(vpc) = &attachment.resource {
                hubs.of_vpc.entry(vpc).or_default().push(attachment);
                hubs.gateways_of_vpc.entry(vpc).or_default().push(&attachment.gateway);
            }
        }
        for table in &network.route_tables {
            let targets = table.routes.iter().map(|route| route.target.as_str());
            let gateways = targets.filter(|target| target.starts_with("tgw-"));
            hubs.gateways_of_vpc.entry(&table.vpc).or_default().extend(gateways);
        }
        for gateways in hubs.gateways_of_vpc.values_mut() {
            gateways.sort_unstable();
            gateways.dedup();
        }
        hubs.cluster();
        hubs
    }

    fn cluster(&mut self) {
        let mut beside: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (gateway, attachments) in &self.of_gateway {
            beside.entry(gateway).or_default();
            for attachment in attachments {
                if let TransitResource::Peering(peer) = &attachment.resource {
                    beside.entry(gateway).or_default().push(peer);
                    beside.entry(peer).or_default().push(gateway);
                }
            }
        }
        for gateway in beside.keys() {
            if self.cluster_of_gateway.contains_key(gateway) {
                continue;
            }
            let at = self.clusters.len();
            let mut cluster = Cluster::default();
            let mut next = vec![*gateway];
            while let Some(gateway) = next.pop() {
                if self.cluster_of_gateway.insert(gateway, at).is_none() {
                    cluster.gateways.push(gateway);
                    let attached = self.of_gateway.get(gateway).into_iter().flatten();
                    cluster.outside.extend(attached.filter_map(|attachment| outside(&attachment.resource)));
                    next.extend(beside.get(gateway).into_iter().flatten());
                }
            }
            cluster.gateways.sort_unstable();
            cluster.outside.sort_unstable();
            cluster.outside.dedup();
            self.clusters.push(cluster);
        }
    }

    /// A transit gateway.
    pub(crate) fn gateway(&self, id: &str) -> Option<&'n TransitGateway> {
        self.gateways.get(id).copied()
    }

    /// A route table of a transit gateway.
    pub(crate) fn table(&self, id: &str) -> Option<&'n TransitRouteTable> {
        self.tables.get(id).copied()
    }

    /// An attachment as one of its gateways has it.
    pub(crate) fn attachment(&self, gateway: &str, id: &str) -> Option<&'n TransitAttachment> {
        self.attachments.get(&(gateway, id)).copied()
    }

    /// The attachments of a VPC, whatever their state.
    pub(crate) fn of_vpc(&self, vpc: &str) -> &[&'n TransitAttachment] {
        self.of_vpc.get(vpc).map_or(&[], Vec::as_slice)
    }

    /// Everything attached to a gateway, whatever its state.
    pub(crate) fn of_gateway(&self, gateway: &str) -> &[&'n TransitAttachment] {
        self.of_gateway.get(gateway).map_or(&[], Vec::as_slice)
    }

    /// The gateways that a VPC is attached to or has a route to, in order.
    pub(crate) fn gateways_of_vpc(&self, vpc: &str) -> &[&'n str] {
        self.gateways_of_vpc.get(vpc).map_or(&[], Vec::as_slice)
    }

    /// The gateways that peerings join to `gateway`, itself included, in order.
    pub(crate) fn joined(&self, gateway: &str) -> &[&'n str] {
        self.cluster_with(gateway).map_or(&[], |cluster| &cluster.gateways)
    }

    /// The kinds of networks outside AWS that are attached to `gateway` or to one that it is joined to, in order.
    pub(crate) fn outside(&self, gateway: &str) -> &[Edge] {
        self.cluster_with(gateway).map_or(&[], |cluster| &cluster.outside)
    }

    fn cluster_with(&self, gateway: &str) -> Option<&Cluster<'n>> {
        self.clusters.get(*self.cluster_of_gateway.get(gateway)?)
    }

    /// The same peering as the other gateway has it.
    pub(crate) fn other_side(&self, attachment: &TransitAttachment) -> Option<&'n TransitAttachment> {
        let TransitResource::Peering(peer) = &attachment.resource else { return None };
        let back = |one: &&&TransitAttachment| one.resource == TransitResource::Peering(attachment.gateway.clone());
        // Both sides have one id; a collector that made ids of its own is understood where no doubt is possible.
        self.attachment(peer, &attachment.id).or_else(|| {
            let mut all = self.of_gateway(peer).iter().filter(back);
            all.next().copied().filter(|_| all.next().is_none())
        })
    }

    /// A site-to-site VPN connection.
    pub(crate) fn connection(&self, id: &str) -> Option<&'n VpnConnection> {
        self.connections.get(id).copied()
    }
}

/// What a network outside AWS is called that is attached as `resource`. A GRE tunnel is a private network over another one,
/// as a VPN connection is.
pub(crate) const fn outside(resource: &TransitResource) -> Option<Edge> {
    match resource {
        TransitResource::Vpn(_) | TransitResource::Connect(_) => Some(Edge::VPN),
        TransitResource::DirectConnect(_) => Some(Edge::DirectConnect),
        TransitResource::Vpc(_) | TransitResource::Peering(_) | TransitResource::Other(_) => None,
    }
}

/// Whether packets pass an attachment in this state.
pub(crate) fn in_use(state: Option<&str>) -> bool {
    matches!(state, None | Some("available" | "modifying"))
}
