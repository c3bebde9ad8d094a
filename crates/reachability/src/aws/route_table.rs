//! Route tables (`DescribeRouteTables`).

use inspector_model::network::{Route, RouteDestination, RouteTable};
use serde::Deserialize;

use super::part::Part;
use super::raw::{Text, filled, list, range};

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Raw<'a> {
    #[serde(borrow)]
    route_table_id: Option<Text<'a>>,
    vpc_id: Option<Text<'a>>,
    #[serde(default, deserialize_with = "list")]
    associations: Vec<Association<'a>>,
    #[serde(default, deserialize_with = "list")]
    routes: Vec<RawRoute<'a>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Association<'a> {
    main: Option<bool>,
    #[serde(borrow)]
    subnet_id: Option<Text<'a>>,
    gateway_id: Option<Text<'a>>,
    association_state: Option<State<'a>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct State<'a> {
    #[serde(borrow)]
    state: Option<Text<'a>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct RawRoute<'a> {
    #[serde(borrow)]
    destination_cidr_block: Option<Text<'a>>,
    destination_ipv6_cidr_block: Option<Text<'a>>,
    destination_prefix_list_id: Option<Text<'a>>,
    gateway_id: Option<Text<'a>>,
    nat_gateway_id: Option<Text<'a>>,
    network_interface_id: Option<Text<'a>>,
    instance_id: Option<Text<'a>>,
    vpc_peering_connection_id: Option<Text<'a>>,
    transit_gateway_id: Option<Text<'a>>,
    egress_only_internet_gateway_id: Option<Text<'a>>,
    carrier_gateway_id: Option<Text<'a>>,
    local_gateway_id: Option<Text<'a>>,
    core_network_arn: Option<Text<'a>>,
    origin: Option<Text<'a>>,
    state: Option<Text<'a>>,
}

/// Routes of one table that are read. AWS allows 1,000; the work grows with their square.
const MOST_ROUTES: usize = 4096;

pub(super) fn add(raw: Raw<'_>, part: &mut Part) {
    let Some(id) = filled(raw.route_table_id.as_ref()) else { return part.nameless("RouteTables", "RouteTableId") };
    if raw.routes.len() > MOST_ROUTES {
        part.unreadable(id, format!("more than {MOST_ROUTES} routes"));
    }
    let mut routes = Vec::with_capacity(raw.routes.len().min(MOST_ROUTES));
    for written in raw.routes.iter().take(MOST_ROUTES) {
        match route(written) {
            Ok(route) => routes.push(route),
            Err(why) => part.unreadable(id, why),
        }
    }
    let in_force: Vec<&Association<'_>> = raw.associations.iter().filter(|a| a.in_force()).collect();
    let ids = |pick: fn(&Association<'_>) -> Option<String>| {
        let mut ids: Vec<String> = in_force.iter().filter_map(|association| pick(association)).collect();
        ids.sort();
        ids
    };
    let table = RouteTable {
        id: id.to_owned(),
        vpc: raw.vpc_id.as_deref().unwrap_or_default().to_owned(),
        main: in_force.iter().any(|association| association.main == Some(true)),
        subnets: ids(|association| filled(association.subnet_id.as_ref()).map(str::to_owned)),
        gateways: ids(|association| filled(association.gateway_id.as_ref()).map(str::to_owned)),
        routes,
    };
    part.network.route_tables.push(table);
}

impl Association<'_> {
    fn in_force(&self) -> bool {
        let state = self.association_state.as_ref().and_then(|state| state.state.as_deref());
        state.is_none_or(|state| matches!(state, "associated" | "associating"))
    }
}

fn route(written: &RawRoute<'_>) -> Result<Route, String> {
    let cidr = filled(written.destination_cidr_block.as_ref());
    let cidr = cidr.or_else(|| filled(written.destination_ipv6_cidr_block.as_ref()));
    let destination = match (cidr, filled(written.destination_prefix_list_id.as_ref())) {
        (Some(text), _) => RouteDestination::Range(range(text)?),
        (None, Some(list)) => RouteDestination::PrefixList(list.to_owned()),
        (None, None) => return Err("a route has no destination".to_owned()),
    };
    let blackhole = written.state.as_deref() == Some("blackhole");
    let target = match target(written) {
        Some(target) => target.to_owned(),
        None if blackhole => "nothing".to_owned(),
        None => return Err("a route has no target that is known here".to_owned()),
    };
    let propagated = written.origin.as_deref() == Some("EnableVgwRoutePropagation");
    Ok(Route { destination, target, blackhole, propagated })
}

/// The target; a route to an instance names its interface too, and the interface is what receives.
fn target<'t>(written: &'t RawRoute<'_>) -> Option<&'t str> {
    let targets = [
        &written.gateway_id,
        &written.nat_gateway_id,
        &written.network_interface_id,
        &written.instance_id,
        &written.vpc_peering_connection_id,
        &written.transit_gateway_id,
        &written.egress_only_internet_gateway_id,
        &written.carrier_gateway_id,
        &written.local_gateway_id,
        &written.core_network_arn,
    ];
    targets.into_iter().find_map(|target| filled(target.as_ref()))
}
