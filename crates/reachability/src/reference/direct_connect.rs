//! Packets over Direct Connect into a virtual private gateway. Source: AWS Direct Connect User Guide, "Virtual private gateway
//! associations", "Allowed prefixes interactions".

use inspector_model::network::{Network, NetworkInterface, VirtualInterface, VpnGateway};

use super::transit::any;
use super::{Probe, Walk, check, deliver, up};

/// Sends `probe` to `interface` through the virtual private gateway `id`, from behind a private virtual interface that ends
/// there or at a Direct Connect gateway in front of it.
pub fn walk_direct_connect(network: &Network, id: &str, interface: &NetworkInterface, probe: &Probe) -> Walk {
    let attached = |gateway: &VpnGateway| {
        gateway.id == id && gateway.vpcs.contains(&interface.vpc) && is(&gateway.state, &["available"])
    };
    let own = network.vpcs.iter().filter(|vpc| vpc.id == interface.vpc).flat_map(|vpc| &vpc.ranges);
    let mut ways = vec![ends_at(network, |one| one.vpn_gateway.as_deref() == Some(id), Walk::Dropped("interface"))];
    for association in network.direct_connect_associations.iter().filter(|one| one.gateway == id) {
        let hub = Some(association.direct_connect_gateway.as_str());
        let announced = match &association.allowed {
            Some(allowed) if !allowed.is_empty() => own.clone().any(|range| {
                range.contains(&probe.destination) && allowed.iter().any(|allowed| allowed.contains(range))
            }),
            Some(_) | None => true,
        };
        let front = |one: &VirtualInterface| {
            one.direct_connect_gateway.as_deref() == hub && one.kind.as_deref() != Some("public")
        };
        let checks = [
            check(is(&association.state, &["associated", "updating"]), Walk::Dropped("association")),
            check(announced, Walk::Dropped("allowed prefixes")),
            ends_at(network, front, Walk::Unknown("virtual interface")),
        ];
        ways.push(super::worst(&checks).map_or(Ok(()), Err));
    }
    let here = [
        up(network, interface),
        check(probe.source.is_ipv4(), Walk::Dropped("family")),
        check(own.clone().all(|range| !range.contains(&probe.source)), Walk::Dropped("source")),
        check(network.vpn_gateways.iter().any(attached), Walk::Dropped("gateway")),
        any(ways),
    ];
    deliver(network, id, interface, probe, &here)
}

/// Whether a virtual interface that `which` picks is up; `nobody` where there is none.
fn ends_at(network: &Network, which: impl Fn(&VirtualInterface) -> bool, nobody: Walk) -> Result<(), Walk> {
    let mut all = network.virtual_interfaces.iter().filter(|one| which(one)).peekable();
    check(all.peek().is_some(), nobody)?;
    check(all.any(|one| is(&one.state, &["available"])), Walk::Dropped("virtual interface"))
}

fn is(state: &Option<String>, good: &[&str]) -> bool {
    state.as_deref().is_none_or(|state| good.contains(&state))
}
