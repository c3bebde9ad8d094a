//! What a Terraform plan changes (`terraform show -json PLAN`, format version 1.x): security group rules, network ACL
//! entries and routes, as resources of their own and as blocks of their parents.
//!
//! Attribute names are those of the provider `hashicorp/aws`. What the plan changes beside that and reachability may
//! depend on is told by address, never passed over.

use inspector_model::network::Network;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::{AclEntry, AclEntryName, Change, GroupRule, Route, RouteName, Side};

/// Attributes of a resource or a block.
type Attributes = Map<String, Value>;

/// What a plan changes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Planned {
    /// The edits: what goes, then what comes.
    pub changes: Vec<Change>,
    /// Changes to the network that are not followed, one line each.
    pub unfollowed: Vec<String>,
}

/// A text that is no plan.
#[derive(Debug, thiserror::Error)]
pub enum NotAPlan {
    /// No JSON, or JSON of another shape.
    #[error("not the output of `terraform show -json`: {0}")]
    Shape(#[from] serde_json::Error),
    /// A version that is not known.
    #[error("plans of format version {0} are not read, only 1.x")]
    Version(String),
}

#[derive(Deserialize)]
struct Plan {
    format_version: String,
    #[serde(default)]
    resource_changes: Vec<Resource>,
}

#[derive(Deserialize)]
struct Resource {
    address: String,
    #[serde(default)]
    mode: String,
    #[serde(rename = "type")]
    kind: String,
    change: Difference,
}

#[derive(Deserialize)]
struct Difference {
    actions: Vec<String>,
    #[serde(default)]
    before: Option<Attributes>,
    #[serde(default)]
    after: Option<Attributes>,
}

/// Resources that decide about packets and whose changes are not followed. A prefix ending in `*` stands for a family.
const OF_THE_NETWORK: &[&str] = &[
    "aws_vpc*",
    "aws_subnet",
    "aws_instance",
    "aws_network_interface*",
    "aws_eip*",
    "aws_internet_gateway*",
    "aws_egress_only_internet_gateway",
    "aws_nat_gateway",
    "aws_lb*",
    "aws_alb*",
    "aws_elb*",
    "aws_ec2_*",
    "aws_vpn_*",
    "aws_customer_gateway",
    "aws_dx_*",
    "aws_networkfirewall_*",
    "aws_security_group*",
    "aws_network_acl*",
    "aws_route*",
    "aws_main_route_table_association",
    "aws_default_*",
    "aws_autoscaling_*",
    "aws_launch_*",
];

/// Reads a plan over `network`, whose records say what the plan's own do not.
///
/// # Errors
///
/// The text is no plan.
pub fn read(text: &str, network: &Network) -> Result<Planned, NotAPlan> {
    let plan: Plan = serde_json::from_str(text)?;
    if plan.format_version.split('.').next() != Some("1") {
        return Err(NotAPlan::Version(plan.format_version));
    }
    let mut planned = Planned::default();
    let (mut gone, mut come) = (Vec::new(), Vec::new());
    for resource in plan.resource_changes.iter().filter(|resource| resource.mode != "data") {
        if resource.change.actions.iter().all(|action| action == "no-op" || action == "read") {
            continue;
        }
        let edits = |attributes: &Option<Attributes>, comes| match attributes {
            Some(attributes) => edits(&resource.kind, attributes, network, comes),
            None => Ok(Some(Vec::new())),
        };
        if let Some(key) = moved(resource) {
            planned.unfollowed.push(format!("`{}`: changes of `{key}` are not followed", resource.address));
        }
        match (edits(&resource.change.before, false), edits(&resource.change.after, true)) {
            (Ok(Some(before)), Ok(Some(after))) => {
                // What is on both sides stays.
                gone.extend(before.iter().filter(|(id, _)| after.iter().all(|(other, _)| other != id)).cloned());
                come.extend(after.into_iter().filter(|(id, _)| before.iter().all(|(other, _)| other != id)));
            }
            (Err(why), _) | (_, Err(why)) => planned.unfollowed.push(format!("`{}`: {why}", resource.address)),
            (Ok(None), _) | (_, Ok(None)) if is_of_the_network(&resource.kind) => {
                let why = format!("changes of `{}` are not followed", resource.kind);
                planned.unfollowed.push(format!("`{}`: {why}", resource.address));
            }
            (Ok(None), _) | (_, Ok(None)) => {}
        }
    }
    planned.changes = gone.into_iter().chain(come).map(|(_, change)| change).collect();
    Ok(planned)
}

/// What a network ACL or a route table is attached to, where the plan changes it: its rules are followed, that is not.
fn moved(resource: &Resource) -> Option<&'static str> {
    let (before, after) = (resource.change.before.as_ref()?, resource.change.after.as_ref()?);
    let keys = ["subnet_ids", "propagating_vgws"];
    let held = ["aws_network_acl", "aws_default_network_acl", "aws_route_table", "aws_default_route_table"];
    keys.into_iter().find(|key| held.contains(&resource.kind.as_str()) && before.get(*key) != after.get(*key))
}

fn is_of_the_network(kind: &str) -> bool {
    OF_THE_NETWORK.iter().any(|known| match known.strip_suffix('*') {
        Some(prefix) => kind.starts_with(prefix),
        None => kind == *known,
    })
}

/// An edit with what it is found by: the same thing before and after has the same name.
type Named = (String, Change);

/// The edits that make (`comes`) or undo a resource; `None` where its kind is not followed.
fn edits(kind: &str, of: &Attributes, network: &Network, comes: bool) -> Result<Option<Vec<Named>>, String> {
    let mut found = Vec::new();
    match kind {
        "aws_security_group_rule" => {
            let side = match text(of, "type").as_deref() {
                Some("ingress") => Side::Ingress,
                Some("egress") => Side::Egress,
                Some(_) | None => return Err("its `type` is not known before it is applied".to_owned()),
            };
            let group = required(of, "security_group_id")?;
            rules(of, &group, side, comes, &mut found)?;
        }
        "aws_vpc_security_group_ingress_rule" => rule(of, Side::Ingress, comes, &mut found)?,
        "aws_vpc_security_group_egress_rule" => rule(of, Side::Egress, comes, &mut found)?,
        "aws_security_group" | "aws_default_security_group" => {
            let Some(group) = text(of, "id") else {
                // A new group has no members among what is there.
                return Ok(Some(Vec::new()));
            };
            for (key, side) in [("ingress", Side::Ingress), ("egress", Side::Egress)] {
                for block in blocks(of, key) {
                    rules(block, &group, side, comes, &mut found)?;
                }
            }
        }
        "aws_network_acl_rule" => {
            let side =
                if of.get("egress").and_then(Value::as_bool) == Some(true) { Side::Egress } else { Side::Ingress };
            entry(of, &required(of, "network_acl_id")?, side, ("rule_number", "rule_action"), comes, &mut found)?;
        }
        "aws_network_acl" | "aws_default_network_acl" => {
            let Some(acl) = text(of, "id") else { return Err("a new network ACL is not followed".to_owned()) };
            for (key, side) in [("ingress", Side::Ingress), ("egress", Side::Egress)] {
                for block in blocks(of, key) {
                    entry(block, &acl, side, ("rule_no", "action"), comes, &mut found)?;
                }
            }
        }
        "aws_route" => route(of, &required(of, "route_table_id")?, comes, &mut found)?,
        "aws_route_table" | "aws_default_route_table" => {
            let Some(table) = text(of, "id") else { return Err("a new route table is not followed".to_owned()) };
            for block in blocks(of, "route") {
                route(block, &table, comes, &mut found)?;
            }
        }
        _ => return Ok(None),
    }
    match found.iter().find_map(|(_, change)| absent(change, network)) {
        Some(id) => Err(format!("`{id}` is not in the snapshot")),
        None => Ok(Some(found)),
    }
}

/// What an edit speaks of and the snapshot does not hold, for example because it is of another Region.
fn absent<'c>(change: &'c Change, network: &Network) -> Option<&'c str> {
    let (id, known) = match change {
        Change::Authorize(GroupRule { group, .. }) | Change::Revoke(GroupRule { group, .. }) => {
            (group, network.security_groups.iter().any(|known| known.id == *group))
        }
        Change::PutAclEntry(AclEntry { acl, .. }) | Change::DeleteAclEntry(AclEntryName { acl, .. }) => {
            (acl, network.network_acls.iter().any(|known| known.id == *acl))
        }
        Change::CreateRoute(Route { table, .. }) | Change::DeleteRoute(RouteName { table, .. }) => {
            (table, network.route_tables.iter().any(|known| known.id == *table))
        }
        Change::AssociateAddress(_)
        | Change::DisassociateAddress(_)
        | Change::SetGroups(_)
        | Change::StartInstance(_)
        | Change::StopInstance(_)
        | Change::AttachInternetGateway(_)
        | Change::DetachInternetGateway(_) => return None,
    };
    Some(id.as_str()).filter(|_| !known)
}

/// A rule in the old form: several ranges, lists and groups at once.
fn rules(of: &Attributes, group: &str, side: Side, comes: bool, found: &mut Vec<Named>) -> Result<(), String> {
    let protocol = required(of, "protocol")?;
    let all = matches!(protocol.as_str(), "-1" | "all");
    let port = |key| of.get(key).and_then(Value::as_i64).filter(|_| !all);
    let plain = GroupRule {
        group: group.to_owned(),
        direction: side,
        protocol,
        from: port("from_port"),
        to: port("to_port"),
        cidr: None,
        other_group: None,
        prefix_list: None,
    };
    for key in ["cidr_blocks", "ipv6_cidr_blocks"] {
        for cidr in texts(of, key) {
            let cidr = cidr.parse().map_err(|_| format!("`{cidr}` is not a range"))?;
            add_rule(GroupRule { cidr: Some(cidr), ..plain.clone() }, comes, found);
        }
    }
    for list in texts(of, "prefix_list_ids") {
        add_rule(GroupRule { prefix_list: Some(list), ..plain.clone() }, comes, found);
    }
    let own = of.get("self").and_then(Value::as_bool) == Some(true);
    let groups = texts(of, "security_groups").into_iter().chain(text(of, "source_security_group_id"));
    for other in groups.chain(own.then(|| group.to_owned())) {
        add_rule(GroupRule { other_group: Some(other), ..plain.clone() }, comes, found);
    }
    Ok(())
}

/// A rule in the new form: one source.
fn rule(of: &Attributes, side: Side, comes: bool, found: &mut Vec<Named>) -> Result<(), String> {
    let protocol = required(of, "ip_protocol")?;
    let port = |key| of.get(key).and_then(Value::as_i64).filter(|_| protocol != "-1");
    let cidr = text(of, "cidr_ipv4").or_else(|| text(of, "cidr_ipv6"));
    let cidr = cidr.map(|cidr| cidr.parse().map_err(|_| format!("`{cidr}` is not a range"))).transpose()?;
    let rule = GroupRule {
        group: required(of, "security_group_id")?,
        direction: side,
        from: port("from_port"),
        to: port("to_port"),
        cidr,
        other_group: text(of, "referenced_security_group_id"),
        prefix_list: text(of, "prefix_list_id"),
        protocol,
    };
    if rule.cidr.is_none() && rule.other_group.is_none() && rule.prefix_list.is_none() {
        return Err("the other side of the rule is not known before it is applied".to_owned());
    }
    add_rule(rule, comes, found);
    Ok(())
}

fn add_rule(rule: GroupRule, comes: bool, found: &mut Vec<Named>) {
    let name = format!("{rule:?}");
    found.push((name, if comes { Change::Authorize(rule) } else { Change::Revoke(rule) }));
}

fn entry(
    of: &Attributes,
    acl: &str,
    side: Side,
    (number, action): (&str, &str),
    comes: bool,
    found: &mut Vec<Named>,
) -> Result<(), String> {
    let protocol = required(of, "protocol")?;
    let number = of.get(number).and_then(Value::as_u64).and_then(|number| u32::try_from(number).ok());
    let number = number.ok_or("its number is not known before it is applied")?;
    let cidr = text(of, "cidr_block").or_else(|| text(of, "ipv6_cidr_block")).ok_or("it has no range")?;
    let cidr = cidr.parse().map_err(|_| format!("`{cidr}` is not a range"))?;
    let icmp = matches!(protocol.as_str(), "1" | "58" | "icmp" | "icmpv6");
    let (from, to) = if icmp { ("icmp_type", "icmp_code") } else { ("from_port", "to_port") };
    let all = matches!(protocol.as_str(), "-1" | "all");
    let port = |key| of.get(key).and_then(Value::as_i64).filter(|_| !all);
    let allow = required(of, action)?.eq_ignore_ascii_case("allow");
    let (acl, from, to) = (acl.to_owned(), port(from), port(to));
    let put = AclEntry { acl: acl.clone(), direction: side, number, allow, protocol, from, to, cidr };
    let name = format!("{acl} {side:?} {number}");
    let content = format!("{name} {put:?}");
    if comes {
        found.push((content, Change::PutAclEntry(put)));
    } else {
        found.push((content, Change::DeleteAclEntry(AclEntryName { acl, direction: side, number })));
    }
    Ok(())
}

/// The attributes that name a route's target.
const TARGETS: [&str; 11] = [
    "gateway_id",
    "nat_gateway_id",
    "transit_gateway_id",
    "vpc_peering_connection_id",
    "vpc_endpoint_id",
    "network_interface_id",
    "egress_only_gateway_id",
    "carrier_gateway_id",
    "local_gateway_id",
    "core_network_arn",
    "instance_id",
];

fn route(of: &Attributes, table: &str, comes: bool, found: &mut Vec<Named>) -> Result<(), String> {
    let keys = [
        "destination_cidr_block",
        "destination_ipv6_cidr_block",
        "destination_prefix_list_id",
        "cidr_block",
        "ipv6_cidr_block",
    ];
    let destination = keys.iter().find_map(|key| text(of, key)).ok_or("its destination is not known")?;
    let target = TARGETS.iter().find_map(|key| text(of, key));
    if target.as_deref() == Some("local") {
        return Ok(());
    }
    let table = table.to_owned();
    if comes {
        let target = target.ok_or("its target is not known before it is applied")?;
        let name = format!("{table} {destination} {target}");
        found.push((name, Change::CreateRoute(Route { table, destination, target })));
    } else {
        let name = format!("{table} {destination} {}", target.unwrap_or_default());
        found.push((name, Change::DeleteRoute(RouteName { table, destination })));
    }
    Ok(())
}

fn text(of: &Attributes, key: &str) -> Option<String> {
    of.get(key)?.as_str().filter(|text| !text.is_empty()).map(str::to_owned)
}

fn required(of: &Attributes, key: &str) -> Result<String, String> {
    text(of, key).ok_or_else(|| format!("its `{key}` is not known before it is applied"))
}

fn texts(of: &Attributes, key: &str) -> Vec<String> {
    let list = of.get(key).and_then(Value::as_array);
    list.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

fn blocks<'a>(of: &'a Attributes, key: &str) -> impl Iterator<Item = &'a Attributes> {
    of.get(key).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object)
}
