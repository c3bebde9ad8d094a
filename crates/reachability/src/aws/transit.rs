//! Joins what AWS says about transit gateways in several answers.

use std::collections::BTreeMap;

use inspector_model::network::{
    Network, TransitAssociation, TransitAttachment, TransitListing, TransitResource, TransitRoute, TransitRouteTable,
    UnreadableRecord,
};

/// Answers about transit gateways, as they come.
#[derive(Debug, Default)]
pub(super) struct Transit {
    /// Attachments, each from one answer: several may speak of the same one.
    pub(super) attachments: Vec<Attached>,
    /// Route tables and their states.
    pub(super) tables: Vec<(String, Option<String>)>,
    /// Route tables, how much of them is listed, and routes.
    pub(super) routes: Vec<(String, TransitListing, Vec<TransitRoute>)>,
    /// Route tables and attachments that announce their ranges to them.
    pub(super) propagations: Vec<(String, Vec<String>)>,
}

/// What one answer says of an attachment.
#[derive(Debug, Clone, Default)]
pub(super) struct Attached {
    pub(super) id: String,
    pub(super) gateway: String,
    pub(super) resource: Option<TransitResource>,
    pub(super) state: Option<String>,
    /// The answer tells the association.
    pub(super) tells_association: bool,
    pub(super) table: Option<String>,
    pub(super) subnets: Option<Vec<String>>,
    pub(super) appliance_mode: Option<bool>,
    pub(super) group_references: Option<bool>,
    pub(super) ipv6: Option<bool>,
    pub(super) owner: Option<String>,
}

impl Transit {
    pub(super) fn extend(&mut self, other: Self) {
        self.attachments.extend(other.attachments);
        self.tables.extend(other.tables);
        self.routes.extend(other.routes);
        self.propagations.extend(other.propagations);
    }

    pub(super) fn join(self, network: &mut Network) {
        let mut attachments: BTreeMap<(String, String), Attached> = BTreeMap::new();
        for more in self.attachments {
            let known = attachments.entry((more.id.clone(), more.gateway.clone())).or_default();
            if let Err(field) = known.join(&more) {
                let why = format!("`{field}` of `{}` is described twice, and differently", more.id);
                network.unreadable.push(UnreadableRecord { id: more.id, why });
            }
        }
        network.transit_attachments = attachments.into_values().map(Attached::whole).collect();
        let mut tables: BTreeMap<String, TransitRouteTable> = BTreeMap::new();
        for (id, state) in self.tables {
            let table = tables.entry(id.clone()).or_insert_with(|| unknown(id));
            table.state = table.state.take().or(state);
        }
        for (id, listed, routes) in self.routes {
            let table = tables.entry(id.clone()).or_insert_with(|| unknown(id));
            table.listed = table.listed.max(listed);
            table.routes.extend(routes);
        }
        for (id, attachments) in self.propagations {
            let table = tables.entry(id.clone()).or_insert_with(|| unknown(id));
            table.propagations.get_or_insert_default().extend(attachments);
        }
        for table in tables.values_mut() {
            table.routes.sort();
            table.routes.dedup();
            if let Some(attachments) = &mut table.propagations {
                attachments.sort();
                attachments.dedup();
            }
        }
        network.transit_route_tables = tables.into_values().collect();
    }
}

const fn unknown(id: String) -> TransitRouteTable {
    TransitRouteTable { id, state: None, listed: TransitListing::Nothing, routes: Vec::new(), propagations: None }
}

impl Attached {
    /// Adds what another answer says; names the field in which the two disagree.
    fn join(&mut self, more: &Self) -> Result<(), &'static str> {
        more.id.clone_into(&mut self.id);
        more.gateway.clone_into(&mut self.gateway);
        self.tells_association |= more.tells_association;
        let same = [
            ("ResourceId", agree(&mut self.resource, &more.resource)),
            ("State", agree(&mut self.state, &more.state)),
            ("Association", agree(&mut self.table, &more.table)),
            ("SubnetIds", agree(&mut self.subnets, &more.subnets)),
            ("ApplianceModeSupport", agree(&mut self.appliance_mode, &more.appliance_mode)),
            ("SecurityGroupReferencingSupport", agree(&mut self.group_references, &more.group_references)),
            ("Ipv6Support", agree(&mut self.ipv6, &more.ipv6)),
            ("ResourceOwnerId", agree(&mut self.owner, &more.owner)),
        ];
        same.into_iter().find(|(_, same)| !same).map_or(Ok(()), |(field, _)| Err(field))
    }

    fn whole(self) -> TransitAttachment {
        TransitAttachment {
            id: self.id,
            gateway: self.gateway,
            resource: self.resource.unwrap_or_else(|| TransitResource::Other("unknown".to_owned())),
            state: self.state,
            association: match self.table {
                Some(table) => TransitAssociation::Table(table),
                None if self.tells_association => TransitAssociation::Nothing,
                None => TransitAssociation::Unknown,
            },
            subnets: self.subnets,
            appliance_mode: self.appliance_mode == Some(true),
            group_references: self.group_references,
            ipv6: self.ipv6,
            owner: self.owner,
        }
    }
}

/// Takes over what was not known yet; false where both are known and differ.
fn agree<T: Clone + PartialEq>(known: &mut Option<T>, more: &Option<T>) -> bool {
    match (&*known, more) {
        (Some(one), Some(other)) => one == other,
        (None, Some(other)) => {
            *known = Some(other.clone());
            true
        }
        (_, None) => true,
    }
}
