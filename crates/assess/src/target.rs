//! Which instances an assessment target means.

use std::collections::BTreeMap;

use inspector_model::Attribute;
use inspector_model::asset::{Asset, AssetInterface, GroupName, GroupTag};
use inspector_model::host::HostFacts;
use inspector_model::network::{Instance, Network, NetworkInterface};

/// The instances of `network`, by id; `digest` names the stored snapshot.
pub fn assets(network: &Network, digest: &str) -> Vec<Asset> {
    let mut interfaces: BTreeMap<&str, Vec<&NetworkInterface>> = BTreeMap::new();
    for interface in &network.interfaces {
        if let Some(instance) = &interface.instance {
            interfaces.entry(instance.as_str()).or_default().push(interface);
        }
    }
    let groups: BTreeMap<_, _> =
        network.security_groups.iter().map(|group| (group.id.as_str(), group.name.as_str())).collect();
    let asset = |instance: &Instance| {
        let own = interfaces.get(instance.id.as_str()).map(Vec::as_slice).unwrap_or_default();
        Asset { snapshot: Some(digest.to_owned()), ..asset(instance, own, &groups) }
    };
    let mut assets: Vec<_> = network.instances.iter().filter(|instance| exists(instance)).map(asset).collect();
    assets.sort_by(|a, b| a.id.cmp(&b.id));
    assets
}

/// A terminated instance is listed by AWS for an hour, but it is gone.
fn exists(instance: &Instance) -> bool {
    !matches!(instance.state.as_deref(), Some("terminated" | "shutting-down"))
}

fn asset(instance: &Instance, interfaces: &[&NetworkInterface], groups: &BTreeMap<&str, &str>) -> Asset {
    let tag = |key: &str| instance.tags.iter().find(|tag| tag.key == key).map(|tag| tag.value.clone());
    Asset {
        id: instance.id.clone(),
        snapshot: None,
        auto_scaling_group: tag("aws:autoscaling:groupName"),
        image: instance.image.clone(),
        hostname: instance.public_dns_name.clone().filter(|name| !name.is_empty()),
        tags: instance.tags.clone(),
        interfaces: interfaces.iter().map(|interface| asset_interface(interface, groups)).collect(),
    }
}

fn asset_interface(interface: &NetworkInterface, groups: &BTreeMap<&str, &str>) -> AssetInterface {
    let group = |id: &String| GroupName {
        id: id.clone(),
        name: groups.get(id.as_str()).map(|name| (*name).to_owned()).unwrap_or_default(),
    };
    AssetInterface {
        id: interface.id.clone(),
        subnet: Some(interface.subnet.clone()),
        vpc: Some(interface.vpc.clone()),
        addresses: interface.addresses.iter().map(|address| address.address).collect(),
        public: interface.addresses.iter().find_map(|address| address.public),
        security_groups: interface.security_groups.iter().map(group).collect(),
    }
}

/// The instances that a resource group selects: those with any one of its tags (AWS user guide, "Assessment targets":
/// tags are joined by OR). `None` selects all. `own` holds the tags that agents carry, by instance: they count as well.
pub fn select(
    group: Option<&[GroupTag]>,
    candidates: Vec<Asset>,
    own: &BTreeMap<String, Vec<Attribute>>,
) -> Vec<Asset> {
    let Some(wanted) = group else { return candidates };
    let selected = |asset: &Asset| {
        let own = own.get(&asset.id).map(Vec::as_slice).unwrap_or_default();
        asset.tags.iter().chain(own).any(|tag| wanted.iter().any(|wanted| wanted.selects(tag)))
    };
    candidates.into_iter().filter(selected).collect()
}

/// Adds to `instances` the hosts that only their agents know of; both lists are sorted by id and so is the result.
pub fn with_agents(instances: Vec<Asset>, agents: Vec<Asset>) -> Vec<Asset> {
    let mut all: BTreeMap<String, Asset> = agents.into_iter().map(|asset| (asset.id.clone(), asset)).collect();
    all.extend(instances.into_iter().map(|asset| (asset.id.clone(), asset)));
    all.into_values().collect()
}

/// Gives an asset that no snapshot describes the name and addresses that its host reported. Loopback is no address of it.
pub fn with_facts(mut asset: Asset, facts: &HostFacts) -> Asset {
    if asset.snapshot.is_some() {
        return asset;
    }
    asset.hostname = facts.hostname.seen().cloned().or(asset.hostname);
    let interfaces = facts.interfaces.seen().map(Vec::as_slice).unwrap_or_default();
    asset.interfaces = interfaces
        .iter()
        .map(|interface| AssetInterface {
            id: interface.name.clone(),
            subnet: None,
            vpc: None,
            addresses: interface.addresses.iter().copied().filter(|address| !address.is_loopback()).collect(),
            public: None,
            security_groups: Vec::new(),
        })
        .filter(|interface| !interface.addresses.is_empty())
        .collect();
    asset
}

#[cfg(test)]
mod tests {
    use inspector_model::network::InterfaceAddress;

    use super::*;

    fn asset(id: &str, tags: &[(&str, &str)]) -> Asset {
        let tags = tags.iter().map(|(key, value)| Attribute::new(*key, *value)).collect();
        Asset { id: id.into(), tags, ..Asset::default() }
    }

    fn tag(key: &str, value: Option<&str>) -> GroupTag {
        GroupTag { key: key.into(), value: value.map(str::to_owned) }
    }

    fn ids(assets: &[Asset]) -> Vec<&str> {
        assets.iter().map(|asset| asset.id.as_str()).collect()
    }

    #[test]
    fn one_matching_tag_is_enough_and_case_matters() {
        let fleet = || {
            vec![
                asset("i-1", &[("Env", "prod"), ("Role", "web")]),
                asset("i-2", &[("Env", "test")]),
                asset("i-3", &[("env", "prod")]),
                asset("i-4", &[]),
            ]
        };
        for (group, wanted) in [
            (vec![tag("Env", Some("prod"))], vec!["i-1"]),
            (vec![tag("Env", Some("prod")), tag("Env", Some("test"))], vec!["i-1", "i-2"]),
            (vec![tag("Env", None)], vec!["i-1", "i-2"]),
            (vec![tag("Role", Some("web")), tag("Owner", Some("x"))], vec!["i-1"]),
            (vec![tag("Owner", None)], vec![]),
        ] {
            assert_eq!(ids(&select(Some(&group), fleet(), &BTreeMap::new())), wanted, "{group:?}");
        }
        assert_eq!(select(None, fleet(), &BTreeMap::new()).len(), 4);
    }

    #[test]
    fn an_agents_own_tags_select_its_instance_too() {
        let own = BTreeMap::from([("i-1".to_owned(), vec![Attribute::new("Env", "prod")])]);
        let fleet = vec![asset("i-1", &[("Env", "test")]), asset("i-2", &[])];
        assert_eq!(ids(&select(Some(&[tag("Env", Some("prod"))]), fleet, &own)), ["i-1"]);
    }

    #[test]
    fn an_agent_adds_a_host_only_where_no_snapshot_describes_it() {
        let described = Asset { snapshot: Some("ab".into()), ..asset("i-2", &[("Env", "prod")]) };
        let all = with_agents(vec![described.clone()], vec![asset("i-1", &[]), asset("i-2", &[("Env", "own")])]);
        assert_eq!(ids(&all), ["i-1", "i-2"]);
        assert_eq!(all.last(), Some(&described));
    }

    #[test]
    fn an_asset_shows_its_interfaces_and_a_terminated_instance_is_gone() {
        let instance = |id: &str, state: &str| Instance {
            id: id.into(),
            account: None,
            region: None,
            state: Some(state.into()),
            image: Some("ami-1".into()),
            tags: vec![Attribute::new("aws:autoscaling:groupName", "web")],
            public_dns_name: Some(String::new()),
        };
        let interface = NetworkInterface {
            id: "eni-1".into(),
            instance: Some("i-1".into()),
            status: None,
            subnet: "subnet-1".into(),
            vpc: "vpc-1".into(),
            security_groups: vec!["sg-1".into()],
            addresses: vec![InterfaceAddress {
                address: "10.0.0.5".parse().unwrap(),
                public: Some("198.51.100.7".parse().unwrap()),
            }],
            source_dest_check: true,
            device: None,
            balancer: None,
        };
        let network = Network {
            instances: vec![instance("i-2", "terminated"), instance("i-1", "stopped")],
            interfaces: vec![interface],
            ..Network::default()
        };
        let assets = assets(&network, "ab");
        assert_eq!(ids(&assets), ["i-1"]);
        assert_eq!(assets[0].auto_scaling_group.as_deref(), Some("web"));
        assert_eq!(assets[0].hostname, None, "an empty name is none");
        let addresses: Vec<_> = assets[0].ipv4_addresses().iter().map(ToString::to_string).collect();
        assert_eq!(addresses, ["10.0.0.5", "198.51.100.7"]);
    }
}
