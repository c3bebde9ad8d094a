//! Plans and what was collected for them, as agent and service hand them to each other: JSON, deflated (RFC 1951), in
//! base64. Objects are told by their place in the plan, which both sides have; items stand in a table for each type, column
//! by column, because neighbours in a column are alike.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Write};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::oval::flag::Flag;
use crate::oval::gather::{Collected, Collection};
use crate::oval::item::{Item, ItemEntity, Status};
use crate::oval::kind::Kind;
use crate::oval::model::{Component, VariableSource};
use crate::oval::plan::Plan;
use crate::oval::value::Value;

/// No message unpacks to more bytes.
const UNPACKED: u64 = 64 << 20;

/// A message that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WireError {
    /// It is not base64, not deflated, or larger than 64 MiB.
    #[error("does not unpack: {0}")]
    Packing(String),
    /// What it holds is something else.
    #[error("does not decode: {0}")]
    Content(String),
    /// It answers another plan.
    #[error("holds {found} objects where the plan has {wanted}")]
    OtherPlan {
        /// How many objects it holds.
        found: usize,
        /// How many the plan asks for.
        wanted: usize,
    },
}

/// Entities that differ from file to file, cost room and say nothing unless the plan asks for them.
const RESTLESS: [&str; 4] = ["a_time", "c_time", "m_time", "size"];

/// What was collected for one plan, without what the plan says.
#[derive(Debug, Serialize, Deserialize)]
struct Answer {
    /// Of each object of the plan, in its order.
    flags: Vec<Flag>,
    items: Vec<Vec<usize>>,
    /// Of the objects that have any, by place.
    messages: BTreeMap<usize, Vec<String>>,
    /// The table of each item.
    order: Vec<usize>,
    tables: Vec<Table>,
    at: i64,
}

/// All items of one type.
#[derive(Debug, Serialize, Deserialize)]
struct Table {
    kind: Cow<'static, str>,
    statuses: Vec<Status>,
    lines: Vec<Option<u32>>,
    /// In the order of the schema.
    columns: Vec<(Cow<'static, str>, Vec<Cell>)>,
}

/// The values of one entity of one item: none, one, or several.
type Cell = Vec<Part>;

/// One value, or why there is none.
#[derive(Debug, Serialize, Deserialize)]
#[serde(untagged)]
enum Part {
    Missing { status: Status },
    Value(Value),
}

/// Packs plans. Returns the message and the SHA-256 digest of what it says, by which the answer names them.
///
/// # Errors
///
/// When they cannot be written, which no plan that was read out of content brings about.
pub fn pack_plans(plans: &[Plan]) -> Result<(String, String), WireError> {
    let json = written(plans)?;
    Ok((deflated(&json)?, digest_of(&json)))
}

/// The digest of plans alone.
///
/// # Errors
///
/// As of [`pack_plans`].
pub fn digest(plans: &[Plan]) -> Result<String, WireError> {
    Ok(digest_of(&written(plans)?))
}

fn digest_of(json: &[u8]) -> String {
    Sha256::digest(json).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Reads plans.
///
/// # Errors
///
/// When the message is broken or too large.
pub fn unpack_plans(message: &str) -> Result<Vec<Plan>, WireError> {
    inflated(message)
}

/// Packs what was collected for `plans`, one collection for each.
///
/// # Errors
///
/// When an object of a plan was not collected.
pub fn pack_items(plans: &[Plan], collections: Vec<Collection>) -> Result<String, WireError> {
    let mut answers = Vec::new();
    for (plan, mut collection) in plans.iter().zip(collections) {
        let objects: Vec<Collected> =
            plan.parts.objects.keys().filter_map(|id| collection.objects.remove(id)).collect();
        same_length(objects.len(), plan.parts.objects.len())?;
        let (order, tables) = tables(collection.items, &used(plan));
        let mut answer = Answer {
            flags: Vec::new(),
            items: Vec::new(),
            messages: BTreeMap::new(),
            order,
            tables,
            at: collection.at,
        };
        for (place, Collected { flag, items, messages }) in objects.into_iter().enumerate() {
            answer.flags.push(flag);
            answer.items.push(items);
            if !messages.is_empty() {
                answer.messages.insert(place, messages);
            }
        }
        answers.push(answer);
    }
    deflated(&written(&answers)?)
}

/// Reads what was collected for `plans`.
///
/// # Errors
///
/// When the message is broken, too large, or answers other plans.
pub fn unpack_items(plans: &[Plan], message: &str) -> Result<Vec<Collection>, WireError> {
    let answers: Vec<Answer> = inflated(message)?;
    same_length(answers.len(), plans.len())?;
    let mut collections = Vec::new();
    for (plan, mut answer) in plans.iter().zip(answers) {
        same_length(answer.flags.len(), plan.parts.objects.len())?;
        same_length(answer.items.len(), plan.parts.objects.len())?;
        let collected = answer.flags.into_iter().zip(answer.items).enumerate().map(|(place, (flag, items))| {
            let messages = answer.messages.remove(&place).unwrap_or_default();
            Collected { flag, items, messages }
        });
        let objects = plan.parts.objects.keys().cloned().zip(collected).collect();
        let items = items(answer.order, answer.tables).ok_or_else(|| WireError::Content("tables do not fit".into()))?;
        collections.push(Collection { objects, items, at: answer.at });
    }
    Ok(collections)
}

/// The restless entities that a state of the plan judges or a variable takes.
fn used(plan: &Plan) -> BTreeSet<&str> {
    let judged = plan.parts.states.values().flat_map(|state| &state.entities).map(|entity| entity.name.as_str());
    let mut used: BTreeSet<&str> = judged.filter(|name| RESTLESS.contains(name)).collect();
    let mut waiting: Vec<&Component> = Vec::new();
    for variable in plan.parts.variables.values() {
        if let VariableSource::Local(component) = &variable.source {
            waiting.push(component);
        }
    }
    while let Some(component) = waiting.pop() {
        match component {
            Component::Object { field, .. } => used.extend(RESTLESS.iter().copied().filter(|name| name == field)),
            Component::Function { arguments, .. } => waiting.extend(arguments),
            Component::Literal { .. } | Component::Variable(_) => {}
        }
    }
    used
}

/// Items as tables, and the table of each.
fn tables(items: Vec<Item>, used: &BTreeSet<&str>) -> (Vec<usize>, Vec<Table>) {
    let (mut order, mut tables): (Vec<usize>, Vec<Table>) = (Vec::new(), Vec::new());
    for item in items {
        let place = tables.iter().position(|table| table.kind == item.kind).unwrap_or_else(|| {
            let names = Kind::find(&item.kind).map(|kind| kind.item).unwrap_or_default();
            let columns = names.iter().map(|(name, _)| (Cow::Borrowed(*name), Vec::new())).collect();
            tables.push(Table { kind: item.kind.clone(), statuses: Vec::new(), lines: Vec::new(), columns });
            tables.len() - 1
        });
        order.push(place);
        let Some(table) = tables.get_mut(place) else { continue };
        table.statuses.push(item.status);
        table.lines.push(item.line);
        table.columns.iter_mut().for_each(|(_, cells)| cells.push(Cell::new()));
        for ItemEntity { name, status, value } in item.entities {
            if RESTLESS.contains(&name.as_ref()) && !used.contains(name.as_ref()) {
                continue;
            }
            let column = table.columns.iter_mut().find(|(column, _)| *column == name);
            if let Some(cell) = column.and_then(|(_, cells)| cells.last_mut()) {
                cell.push(if status == Status::Exists { Part::Value(value) } else { Part::Missing { status } });
            }
        }
    }
    (order, tables)
}

/// The items again; `None` where the tables do not hold what the order says.
fn items(order: Vec<usize>, tables: Vec<Table>) -> Option<Vec<Item>> {
    struct Rows {
        kind: Cow<'static, str>,
        statuses: std::vec::IntoIter<Status>,
        lines: std::vec::IntoIter<Option<u32>>,
        columns: Vec<(Cow<'static, str>, std::vec::IntoIter<Cell>)>,
    }
    let rows = |Table { kind, statuses, lines, columns }: Table| Rows {
        kind,
        statuses: statuses.into_iter(),
        lines: lines.into_iter(),
        columns: columns.into_iter().map(|(name, cells)| (name, cells.into_iter())).collect(),
    };
    let mut tables: Vec<Rows> = tables.into_iter().map(rows).collect();
    let mut items = Vec::new();
    for place in order {
        let rows = tables.get_mut(place)?;
        let mut item = Item {
            kind: rows.kind.clone(),
            status: rows.statuses.next()?,
            entities: Vec::new(),
            line: rows.lines.next()?,
        };
        for (name, cells) in &mut rows.columns {
            for part in cells.next()? {
                let (status, value) = match part {
                    Part::Value(value) => (Status::Exists, value),
                    Part::Missing { status } => (status, Value::Text(String::new())),
                };
                item.entities.push(ItemEntity { name: name.clone(), status, value });
            }
        }
        items.push(item);
    }
    Some(items)
}

fn same_length(found: usize, wanted: usize) -> Result<(), WireError> {
    if found == wanted { Ok(()) } else { Err(WireError::OtherPlan { found, wanted }) }
}

fn written<T: Serialize + ?Sized>(content: &T) -> Result<Vec<u8>, WireError> {
    serde_json::to_vec(content).map_err(|error| WireError::Content(error.to_string()))
}

fn deflated(json: &[u8]) -> Result<String, WireError> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    let packed = encoder.write_all(json).and_then(|()| encoder.finish());
    Ok(STANDARD.encode(packed.map_err(|error| WireError::Packing(error.to_string()))?))
}

fn inflated<T: DeserializeOwned>(message: &str) -> Result<T, WireError> {
    let packed = STANDARD.decode(message).map_err(|error| WireError::Packing(error.to_string()))?;
    let mut json = Vec::new();
    let read = DeflateDecoder::new(packed.as_slice()).take(UNPACKED + 1).read_to_end(&mut json);
    read.map_err(|error| WireError::Packing(error.to_string()))?;
    if u64::try_from(json.len()).map_or(true, |length| length > UNPACKED) {
        return Err(WireError::Packing(format!("larger than the limit of {UNPACKED} bytes")));
    }
    serde_json::from_slice(&json).map_err(|error| WireError::Content(error.to_string()))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::oval::flag::Flag;
    use crate::oval::model::{Object, Parts, Source};

    fn plan() -> Plan {
        let object = || Object {
            version: "1".to_owned(),
            kind: "file".to_owned(),
            source: Source::Host { entities: vec![], behaviors: BTreeMap::new(), filters: vec![] },
        };
        let objects = [("oval:a:obj:1".to_owned(), object()), ("oval:a:obj:2".to_owned(), object())];
        Plan { parts: Parts { objects: objects.into(), ..Parts::default() }, external: BTreeMap::new() }
    }

    fn item() -> Item {
        let mut item = Item::new("file").with("path", "/etc");
        item.push_status("filename", Status::DoesNotExist);
        item.with("user_id", 0).with("uread", true)
    }

    fn collection() -> Collection {
        let collected = |flag, items| Collected { flag, items, messages: vec![] };
        Collection {
            objects: [
                ("oval:a:obj:1".to_owned(), collected(Flag::Complete, vec![0])),
                ("oval:a:obj:2".to_owned(), collected(Flag::DoesNotExist, vec![])),
            ]
            .into(),
            items: vec![item()],
            at: 7,
        }
    }

    #[test]
    fn plans_and_items_arrive_as_they_were_sent() {
        let plans = [plan()];
        let (message, digest) = pack_plans(&plans).unwrap();
        assert_eq!(digest.len(), 64);
        assert_eq!(unpack_plans(&message).unwrap(), plans);
        let message = pack_items(&plans, vec![collection()]).unwrap();
        assert_eq!(unpack_items(&plans, &message).unwrap(), [collection()]);
    }

    #[test]
    fn items_of_several_types_keep_their_order_and_times_go_only_where_they_are_asked_for() {
        let text = |text: &str, line| Item { line: Some(line), ..Item::new("textfilecontent54").with("text", text) };
        let timed = || item().with("uwrite", false);
        let several =
            Item::new("partition").with("mount_point", "/").with("mount_options", "rw").with("mount_options", "ro");
        let mut sent = collection();
        let mut first = Item::new("file").with("path", "/a");
        first.push("m_time", 7);
        sent.items = vec![text("a", 1), first, several, text("b", 2), timed()];
        let mut wanted = sent.clone();
        wanted.items[1].entities.pop();
        let message = pack_items(&[plan()], vec![sent.clone()]).unwrap();
        assert_eq!(unpack_items(&[plan()], &message).unwrap(), [wanted]);
        let mut asking = plan();
        let field = Component::Object { object: "oval:a:obj:1".into(), field: "m_time".into(), record_field: None };
        let variable = crate::oval::model::Variable {
            version: "1".into(),
            datatype: crate::oval::value::Datatype::Int,
            source: VariableSource::Local(field),
        };
        asking.parts.variables.insert("oval:a:var:1".into(), variable);
        let message = pack_items(std::slice::from_ref(&asking), vec![sent.clone()]).unwrap();
        assert_eq!(unpack_items(&[asking], &message).unwrap(), [sent]);
    }

    #[test]
    fn tables_that_do_not_fit_their_order_are_refused() {
        let broken = Answer {
            flags: vec![Flag::Complete, Flag::Complete],
            items: vec![vec![], vec![]],
            messages: BTreeMap::new(),
            order: vec![0],
            tables: vec![],
            at: 0,
        };
        let message = deflated(&serde_json::to_vec(&[broken]).unwrap()).unwrap();
        assert!(matches!(unpack_items(&[plan()], &message), Err(WireError::Content(_))));
    }

    #[test]
    fn an_answer_to_another_plan_is_no_answer() {
        let message = pack_items(&[plan()], vec![collection()]).unwrap();
        let mut other = plan();
        other.parts.objects.remove("oval:a:obj:2");
        assert_eq!(unpack_items(&[other], &message), Err(WireError::OtherPlan { found: 2, wanted: 1 }));
        assert_eq!(unpack_items(&[], &message), Err(WireError::OtherPlan { found: 1, wanted: 0 }));
    }

    #[test]
    fn a_message_that_unpacks_without_end_is_refused() {
        let message = deflated(&vec![b' '; usize::try_from(UNPACKED).unwrap() + 1]).unwrap();
        assert!(message.len() < 1 << 18);
        assert!(matches!(unpack_plans(&message), Err(WireError::Packing(why)) if why.starts_with("larger")));
        for broken in ["%", "AAAA", ""] {
            assert!(unpack_plans(broken).is_err(), "{broken}");
        }
    }
}
