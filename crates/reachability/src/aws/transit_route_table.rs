//! Route tables of transit gateways. The answers to calls about one table do not name it, so they stand wrapped with the
//! table's id: `TransitGatewayRoutes[].Routes` (`SearchTransitGatewayRoutes`, every route in force),
//! `TransitGatewayStaticRoutes[].Routes` (the same, asked for routes written by hand only),
//! `TransitGatewayPropagations[].TransitGatewayRouteTablePropagations` (`GetTransitGatewayRouteTablePropagations`), and
//! `TransitGatewayPrefixListReferences`, which AWS names itself.

use inspector_model::network::{RouteDestination, TransitListing, TransitRoute};
use serde::Deserialize;

use super::part::Part;
use super::raw::{Text, filled, list, range};

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Table<'a> {
    #[serde(borrow)]
    transit_gateway_route_table_id: Option<Text<'a>>,
    state: Option<Text<'a>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Routes<'a> {
    #[serde(borrow)]
    transit_gateway_route_table_id: Option<Text<'a>>,
    #[serde(default, deserialize_with = "list")]
    routes: Vec<Route<'a>>,
    additional_routes_available: Option<bool>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Route<'a> {
    #[serde(borrow)]
    destination_cidr_block: Option<Text<'a>>,
    prefix_list_id: Option<Text<'a>>,
    #[serde(default, deserialize_with = "list")]
    transit_gateway_attachments: Vec<Attachment<'a>>,
    #[serde(rename = "Type")]
    kind: Option<Text<'a>>,
    state: Option<Text<'a>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Attachment<'a> {
    #[serde(borrow)]
    transit_gateway_attachment_id: Option<Text<'a>>,
    state: Option<Text<'a>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Propagations<'a> {
    #[serde(borrow)]
    transit_gateway_route_table_id: Option<Text<'a>>,
    #[serde(default, deserialize_with = "list")]
    transit_gateway_route_table_propagations: Vec<Attachment<'a>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Reference<'a> {
    #[serde(borrow)]
    transit_gateway_route_table_id: Option<Text<'a>>,
    prefix_list_id: Option<Text<'a>>,
    state: Option<Text<'a>>,
    blackhole: Option<bool>,
    transit_gateway_attachment: Option<Attachment<'a>>,
}

/// Routes of one table that are read. AWS allows 10,000.
const MOST_ROUTES: usize = 10_000;

const ID: &str = "TransitGatewayRouteTableId";

pub(super) fn add(raw: Table<'_>, part: &mut Part) {
    let Some(id) = filled(raw.transit_gateway_route_table_id.as_ref()) else {
        return part.nameless("TransitGatewayRouteTables", ID);
    };
    let state = filled(raw.state.as_ref()).map(str::to_owned);
    part.transit.tables.push((id.to_owned(), state));
}

pub(super) fn add_static_routes(raw: Routes<'_>, part: &mut Part) {
    add_routes("TransitGatewayStaticRoutes", TransitListing::Static, raw, part);
}

pub(super) fn add_all_routes(raw: Routes<'_>, part: &mut Part) {
    add_routes("TransitGatewayRoutes", TransitListing::All, raw, part);
}

fn add_routes(answer: &'static str, listed: TransitListing, raw: Routes<'_>, part: &mut Part) {
    let Some(id) = filled(raw.transit_gateway_route_table_id.as_ref()) else { return part.nameless(answer, ID) };
    if raw.additional_routes_available == Some(true) {
        part.unreadable(id, "it has more routes than the answer holds");
    }
    if raw.routes.len() > MOST_ROUTES {
        part.unreadable(id, format!("more than {MOST_ROUTES} routes"));
    }
    let mut routes = Vec::with_capacity(raw.routes.len().min(MOST_ROUTES));
    for route in raw.routes.iter().take(MOST_ROUTES) {
        let state = route.state.as_deref();
        if state.is_some_and(|state| !matches!(state, "active" | "blackhole")) {
            continue;
        }
        let destination = match (filled(route.prefix_list_id.as_ref()), filled(route.destination_cidr_block.as_ref())) {
            (_, Some(text)) => match range(text) {
                Ok(range) => RouteDestination::Range(range),
                Err(why) => {
                    part.unreadable(id, why);
                    continue;
                }
            },
            (Some(list), None) => RouteDestination::PrefixList(list.to_owned()),
            (None, None) => {
                part.unreadable(id, "a route has no destination");
                continue;
            }
        };
        let attachments = ids(&route.transit_gateway_attachments);
        routes.push(TransitRoute {
            destination,
            blackhole: state == Some("blackhole") || attachments.is_empty(),
            attachments,
            propagated: route.kind.as_deref() == Some("propagated"),
        });
    }
    part.transit.routes.push((id.to_owned(), listed, routes));
}

pub(super) fn add_propagations(raw: Propagations<'_>, part: &mut Part) {
    let Some(id) = filled(raw.transit_gateway_route_table_id.as_ref()) else {
        return part.nameless("TransitGatewayPropagations", ID);
    };
    let enabled = raw.transit_gateway_route_table_propagations.into_iter();
    let enabled = enabled.filter(|one| one.state.as_deref().is_none_or(|state| state == "enabled"));
    part.transit.propagations.push((id.to_owned(), ids(&enabled.collect::<Vec<_>>())));
}

/// A reference says nothing about the table's other routes.
pub(super) fn add_reference(raw: Reference<'_>, part: &mut Part) {
    let Some(id) = filled(raw.transit_gateway_route_table_id.as_ref()) else {
        return part.nameless("TransitGatewayPrefixListReferences", ID);
    };
    let Some(list) = filled(raw.prefix_list_id.as_ref()) else {
        return part.unreadable(id, "a prefix list reference has no `PrefixListId`");
    };
    if raw.state.as_deref().is_some_and(|state| !matches!(state, "available" | "modifying")) {
        return;
    }
    let attachments = ids(raw.transit_gateway_attachment.as_slice());
    let route = TransitRoute {
        destination: RouteDestination::PrefixList(list.to_owned()),
        blackhole: raw.blackhole == Some(true) || attachments.is_empty(),
        attachments,
        propagated: false,
    };
    part.transit.routes.push((id.to_owned(), TransitListing::Nothing, vec![route]));
}

fn ids(attachments: &[Attachment<'_>]) -> Vec<String> {
    let ids = attachments.iter().filter_map(|one| filled(one.transit_gateway_attachment_id.as_ref()));
    let mut ids: Vec<String> = ids.map(str::to_owned).collect();
    ids.sort();
    ids.dedup();
    ids
}
