//! Plans and what was collected for them, as agent and service hand them to each other: JSON, deflated (RFC 1951), in
//! base64. Objects are told by their place in the plan, which both sides have.

use std::io::{Read, Write};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::oval::gather::{Collected, Collection};
use crate::oval::item::Item;
use crate::oval::plan::Plan;

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

/// What was collected for one plan, without what the plan says.
#[derive(Debug, Serialize, Deserialize)]
struct Answer {
    objects: Vec<Collected>,
    items: Vec<Item>,
    at: i64,
}

/// Packs plans. Returns the message and the SHA-256 digest of what it says, by which the answer names them.
///
/// # Errors
///
/// When they cannot be written, which no plan that was read out of content brings about.
pub fn pack_plans(plans: &[Plan]) -> Result<(String, String), WireError> {
    let json = serde_json::to_vec(plans).map_err(|error| WireError::Content(error.to_string()))?;
    let digest = Sha256::digest(&json).iter().map(|byte| format!("{byte:02x}")).collect();
    Ok((deflated(&json)?, digest))
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
        answers.push(Answer { objects, items: collection.items, at: collection.at });
    }
    let json = serde_json::to_vec(&answers).map_err(|error| WireError::Content(error.to_string()))?;
    deflated(&json)
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
    for (plan, answer) in plans.iter().zip(answers) {
        same_length(answer.objects.len(), plan.parts.objects.len())?;
        let objects = plan.parts.objects.keys().cloned().zip(answer.objects).collect();
        collections.push(Collection { objects, items: answer.items, at: answer.at });
    }
    Ok(collections)
}

fn same_length(found: usize, wanted: usize) -> Result<(), WireError> {
    if found == wanted { Ok(()) } else { Err(WireError::OtherPlan { found, wanted }) }
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

    fn collection() -> Collection {
        let collected = |flag, items| Collected { flag, items, messages: vec![] };
        Collection {
            objects: [
                ("oval:a:obj:1".to_owned(), collected(Flag::Complete, vec![0])),
                ("oval:a:obj:2".to_owned(), collected(Flag::DoesNotExist, vec![])),
            ]
            .into(),
            items: vec![Item::new("file").with("path", "/etc").with("uread", true)],
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
