//! Instances (`DescribeInstances`).

use inspector_model::network::Instance;
use serde::Deserialize;

use super::network_interface;
use super::part::Part;
use super::raw::{Tag, Text, filled, list, tags};

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Reservation<'a> {
    #[serde(borrow)]
    owner_id: Option<Text<'a>>,
    #[serde(borrow, default, deserialize_with = "list")]
    instances: Vec<Raw<'a>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Raw<'a> {
    #[serde(borrow)]
    instance_id: Option<Text<'a>>,
    owner_id: Option<Text<'a>>,
    state: Option<State<'a>>,
    image_id: Option<Text<'a>>,
    public_dns_name: Option<Text<'a>>,
    placement: Option<Placement<'a>>,
    #[serde(default, deserialize_with = "list")]
    tags: Vec<Tag<'a>>,
    #[serde(default, deserialize_with = "list")]
    network_interfaces: Vec<network_interface::Raw<'a>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct State<'a> {
    #[serde(borrow)]
    name: Option<Text<'a>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Placement<'a> {
    #[serde(borrow)]
    availability_zone: Option<Text<'a>>,
}

pub(super) fn add_reservation(raw: Reservation<'_>, part: &mut Part) {
    for mut instance in raw.instances {
        if instance.owner_id.is_none() {
            instance.owner_id.clone_from(&raw.owner_id);
        }
        add(instance, part);
    }
}

pub(super) fn add(raw: Raw<'_>, part: &mut Part) {
    let Some(id) = filled(raw.instance_id.as_ref()).map(str::to_owned) else {
        return part.nameless("Reservations", "InstanceId");
    };
    for interface in raw.network_interfaces {
        network_interface::add_nested(interface, &id, part);
    }
    let zone = raw.placement.as_ref().and_then(|placement| placement.availability_zone.as_deref());
    let instance = Instance {
        account: part.origin.account(raw.owner_id.as_deref()),
        region: part.origin.region(zone),
        state: raw.state.and_then(|state| state.name).map(Text::owned),
        image: raw.image_id.map(Text::owned),
        tags: tags(raw.tags),
        public_dns_name: filled(raw.public_dns_name.as_ref()).map(str::to_owned),
        id,
    };
    part.network.instances.push(instance);
}
