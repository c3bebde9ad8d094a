//! Client VPN endpoints (`DescribeClientVpnEndpoints`, `…TargetNetworks`, `…Routes`, `…AuthorizationRules`). The routes of
//! endpoints and those of transit gateways have one top-level key, `Routes`; each of these here names its endpoint.

use std::collections::BTreeMap;

use inspector_model::network::{ClientVpnAuthorization, ClientVpnEndpoint, ClientVpnRoute, ClientVpnTarget, Network};
use serde::Deserialize;

use super::part::Part;
use super::raw::{Text, filled, list, range};

/// Answers about endpoints that stand in documents of their own, with the endpoint's id.
#[derive(Debug, Default)]
pub(super) struct ClientVpn {
    pub(super) targets: Vec<(String, ClientVpnTarget)>,
    pub(super) routes: Vec<(String, ClientVpnRoute)>,
    pub(super) authorizations: Vec<(String, ClientVpnAuthorization)>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Status<'a> {
    #[serde(borrow)]
    code: Option<Text<'a>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Endpoint<'a> {
    #[serde(borrow)]
    client_vpn_endpoint_id: Option<Text<'a>>,
    status: Option<Status<'a>>,
    vpc_id: Option<Text<'a>>,
    client_cidr_block: Option<Text<'a>>,
    traffic_ip_address_type: Option<Text<'a>>,
    #[serde(default, deserialize_with = "list")]
    security_group_ids: Vec<Text<'a>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Target<'a> {
    #[serde(borrow)]
    client_vpn_endpoint_id: Option<Text<'a>>,
    target_network_id: Option<Text<'a>>,
    status: Option<Status<'a>>,
    #[serde(default, deserialize_with = "list")]
    security_groups: Vec<Text<'a>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Route<'a> {
    #[serde(borrow)]
    client_vpn_endpoint_id: Option<Text<'a>>,
    destination_cidr: Option<Text<'a>>,
    target_subnet: Option<Text<'a>>,
    status: Option<Status<'a>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Authorization<'a> {
    #[serde(borrow)]
    client_vpn_endpoint_id: Option<Text<'a>>,
    destination_cidr: Option<Text<'a>>,
    group_id: Option<Text<'a>>,
    access_all: Option<bool>,
    status: Option<Status<'a>>,
}

pub(super) fn add(raw: Endpoint<'_>, part: &mut Part) {
    let Some(id) = filled(raw.client_vpn_endpoint_id.as_ref()) else {
        return part.nameless("ClientVpnEndpoints", "ClientVpnEndpointId");
    };
    let client_range = filled(raw.client_cidr_block.as_ref()).and_then(|text| match range(text) {
        Ok(range) => Some(range),
        Err(why) => {
            part.unreadable(id, why);
            None
        }
    });
    part.network.client_vpn_endpoints.push(ClientVpnEndpoint {
        id: id.to_owned(),
        state: code(raw.status.as_ref()),
        vpc: filled(raw.vpc_id.as_ref()).map(str::to_owned),
        client_range,
        security_groups: sorted(raw.security_group_ids),
        ipv6: raw.traffic_ip_address_type.as_deref().is_some_and(|kind| kind != "ipv4"),
        targets: None,
        routes: None,
        authorizations: None,
    });
}

pub(super) fn add_target(raw: Target<'_>, part: &mut Part) {
    let answer = "ClientVpnTargetNetworks";
    let Some(id) = endpoint(answer, raw.client_vpn_endpoint_id.as_ref(), part) else { return };
    let Some(subnet) = filled(raw.target_network_id.as_ref()) else {
        return part.unreadable(&id, "a target network has no `TargetNetworkId`");
    };
    let target = ClientVpnTarget {
        subnet: subnet.to_owned(),
        state: code(raw.status.as_ref()),
        security_groups: sorted(raw.security_groups),
    };
    part.client_vpn.targets.push((id, target));
}

pub(super) fn add_route(raw: Route<'_>, part: &mut Part) {
    let Some(id) = filled(raw.client_vpn_endpoint_id.as_ref()).map(str::to_owned) else {
        return part.skip(
            "a route in `Routes` names no Client VPN endpoint, and routes of other components are not read from it",
        );
    };
    let destination =
        filled(raw.destination_cidr.as_ref()).ok_or_else(|| "a route has no `DestinationCidr`".to_owned());
    match (destination.and_then(range), filled(raw.target_subnet.as_ref())) {
        (Ok(destination), Some(subnet)) => {
            let state = code(raw.status.as_ref());
            part.client_vpn.routes.push((id, ClientVpnRoute { destination, subnet: subnet.to_owned(), state }));
        }
        (Err(why), _) => part.unreadable(&id, why),
        (_, None) => part.unreadable(&id, "a route has no `TargetSubnet`"),
    }
}

pub(super) fn add_authorization(raw: Authorization<'_>, part: &mut Part) {
    let Some(id) = endpoint("AuthorizationRules", raw.client_vpn_endpoint_id.as_ref(), part) else { return };
    let destination = filled(raw.destination_cidr.as_ref()).ok_or_else(|| "a rule has no `DestinationCidr`".to_owned());
    match destination.and_then(range) {
        Ok(destination) => {
            let group = filled(raw.group_id.as_ref()).filter(|_| raw.access_all != Some(true)).map(str::to_owned);
            let state = code(raw.status.as_ref());
            part.client_vpn.authorizations.push((id, ClientVpnAuthorization { destination, group, state }));
        }
        Err(why) => part.unreadable(&id, why),
    }
}

fn endpoint(answer: &str, id: Option<&Text<'_>>, part: &mut Part) -> Option<String> {
    let id = filled(id).map(str::to_owned);
    if id.is_none() {
        part.nameless(answer, "ClientVpnEndpointId");
    }
    id
}

fn code(status: Option<&Status<'_>>) -> Option<String> {
    filled(status?.code.as_ref()).map(str::to_owned)
}

fn sorted(ids: Vec<Text<'_>>) -> Vec<String> {
    let mut ids: Vec<String> = ids.into_iter().map(Text::owned).collect();
    ids.sort();
    ids.dedup();
    ids
}

impl ClientVpn {
    pub(super) fn extend(&mut self, other: Self) {
        self.targets.extend(other.targets);
        self.routes.extend(other.routes);
        self.authorizations.extend(other.authorizations);
    }

    /// Each call is about one endpoint, so that an answer without any record of an endpoint says nothing about it.
    pub(super) fn join(self, network: &mut Network) {
        let mut targets = by_endpoint(self.targets);
        let mut routes = by_endpoint(self.routes);
        let mut authorizations = by_endpoint(self.authorizations);
        for endpoint in &mut network.client_vpn_endpoints {
            endpoint.targets = targets.remove(&endpoint.id);
            endpoint.routes = routes.remove(&endpoint.id);
            endpoint.authorizations = authorizations.remove(&endpoint.id);
        }
    }
}

fn by_endpoint<T: Ord>(records: Vec<(String, T)>) -> BTreeMap<String, Vec<T>> {
    let mut all: BTreeMap<String, Vec<T>> = BTreeMap::new();
    for (id, record) in records {
        all.entry(id).or_default().push(record);
    }
    for records in all.values_mut() {
        records.sort();
        records.dedup();
    }
    all
}
