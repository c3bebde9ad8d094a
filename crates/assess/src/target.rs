//! Which instances an assessment target means.

use std::collections::BTreeMap;

use inspector_model::arn::Scope;
use inspector_model::asset::{Asset, AssetInterface, GroupName, GroupTag};
use inspector_model::host::HostFacts;
use inspector_model::network::{Instance, Network, NetworkInterface};

/// The instances of `network` by the account and Region that they belong to; `fallback` says what the snapshot does not.
pub fn assets(network: &Network, fallback: &Scope) -> BTreeMap<Scope, Vec<Asset>> {
    let mut interfaces: BTreeMap<&str, Vec<&NetworkInterface>> = BTreeMap::new();
    for interface in &network.interfaces {
        if let Some(instance) = &interface.instance {
            interfaces.entry(instance.as_str()).or_default().push(interface);
        }
    }
    let groups: BTreeMap<_, _> =
        network.security_groups.iter().map(|group| (group.id.as_str(), group.name.as_str())).collect();
    let mut assets: BTreeMap<Scope, Vec<Asset>> = BTreeMap::new();
    for instance in network.instances.iter().filter(|instance| exists(instance)) {
        let scope = Scope {
            account: instance.account.clone().unwrap_or_else(|| fallback.account.clone()),
            region: instance.region.clone().unwrap_or_else(|| fallback.region.clone()),
        };
        let own = interfaces.get(instance.id.as_str()).map(Vec::as_slice).unwrap_or_default();
        assets.entry(scope).or_default().push(asset(instance, own, &groups));
    }
    assets.values_mut().for_each(|list| list.sort_by(|a, b| a.id.cmp(&b.id)));
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
        in_snapshot: true,
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
/// tags are joined by OR). `None` selects all.
pub fn select(group: Option<&[GroupTag]>, candidates: Vec<Asset>) -> Vec<Asset> {
    let Some(tags) = group else { return candidates };
    let selected = |asset: &Asset| asset.tags.iter().any(|tag| tags.iter().any(|wanted| wanted.selects(tag)));
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
    if asset.in_snapshot {
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
    use inspector_model::Attribute;

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
            assert_eq!(ids(&select(Some(&group), fleet())), wanted, "{group:?}");
        }
        assert_eq!(select(None, fleet()).len(), 4);
    }

    #[test]
    fn an_agent_adds_a_host_only_where_no_snapshot_describes_it() {
        let described = Asset { in_snapshot: true, ..asset("i-2", &[("Env", "prod")]) };
        let all = with_agents(vec![described.clone()], vec![asset("i-1", &[]), asset("i-2", &[("Env", "own")])]);
        assert_eq!(ids(&all), ["i-1", "i-2"]);
        assert_eq!(all.last(), Some(&described));
    }

    #[test]
    fn instances_go_to_their_account_and_region_and_terminated_ones_are_gone() {
        let scope = |account: &str| Scope { account: account.parse().unwrap(), region: "us-east-1".parse().unwrap() };
        let instance = |id: &str, account: Option<&str>, state: &str| Instance {
            id: id.into(),
            account: account.map(|account| account.parse().unwrap()),
            region: None,
            state: Some(state.into()),
            image: None,
            tags: vec![],
            public_dns_name: None,
        };
        let network = Network {
            instances: vec![
                instance("i-2", None, "running"),
                instance("i-1", None, "stopped"),
                instance("i-3", Some("111111111111"), "running"),
                instance("i-4", None, "terminated"),
            ],
            ..Network::default()
        };
        let assets = assets(&network, &scope("000000000000"));
        assert_eq!(ids(&assets[&scope("000000000000")]), ["i-1", "i-2"]);
        assert_eq!(ids(&assets[&scope("111111111111")]), ["i-3"]);
    }
}
