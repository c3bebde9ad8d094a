//! Reads accounts into the documents of a snapshot, as `calls.toml` says, and tells what could not be read.

use std::collections::{BTreeMap, BTreeSet};

use inspector_model::arn::AccountId;
use serde_json::{Map, Value, json};
use tokio::task::JoinSet;

use crate::call::{self, Collected};
use crate::client::Client;
use crate::failure::Failure;
use crate::generated::calls::CALLS;
use crate::session::{self, SessionError, Settings};
use crate::table::Call;

/// One document of a snapshot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Its path inside the snapshot, for example `accounts/123456789012/eu-west-1/Vpcs.json`.
    pub path: String,
    /// AWS CLI JSON, a record a line.
    pub bytes: Vec<u8>,
}

/// An answer that is missing or incomplete.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// Whose.
    pub account: AccountId,
    /// Where.
    pub region: String,
    /// The key of the document.
    pub answer: &'static str,
    /// Why.
    pub failure: Failure,
}

/// What was read, and what was not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Taken {
    /// Sorted by path. The gaps are in them too, as `errors.json`.
    pub documents: Vec<Document>,
    /// What is missing.
    pub gaps: Vec<Gap>,
}

/// Reads all accounts and Regions of the settings.
///
/// # Errors
///
/// When nobody can be asked: no Region, no credentials, a role that cannot be assumed. Whatever fails later is a gap.
pub async fn take(settings: &Settings) -> Result<Taken, SessionError> {
    let mut places = JoinSet::new();
    for place in session::places(settings).await? {
        places.spawn(async move { read(place.account, place.client).await });
    }
    let mut taken = Taken::default();
    while let Some(read) = places.join_next().await {
        let read = read.unwrap_or_else(|panic| std::panic::resume_unwind(panic.into_panic()));
        taken.documents.extend(read.documents);
        taken.gaps.extend(read.gaps);
    }
    taken.documents.sort_by(|a, b| a.path.cmp(&b.path));
    taken.gaps.sort_by(|a, b| (&a.account, &a.region, a.answer).cmp(&(&b.account, &b.region, b.answer)));
    Ok(taken)
}

/// Reads one account in one Region: first what needs nothing, then what asks about records that are read.
pub(crate) async fn read(account: AccountId, client: Client) -> Taken {
    let mut waiting: Vec<&'static Call> = CALLS.iter().collect();
    let mut done: BTreeMap<&'static str, Vec<Collected>> = BTreeMap::new();
    while !waiting.is_empty() {
        let unread: BTreeSet<&str> = waiting.iter().map(|call| call.document).collect();
        let is_ready = |call: &&'static Call| call.each.as_ref().is_none_or(|each| !unread.contains(each.document));
        let (ready, later): (Vec<_>, Vec<_>) = waiting.into_iter().partition(is_ready);
        let mut round = JoinSet::new();
        for call in ready {
            let (about, whole) = about(call, &done);
            round.spawn(call::collect(client.clone(), call, about, whole));
        }
        while let Some(collected) = round.join_next().await {
            let collected = collected.unwrap_or_else(|panic| std::panic::resume_unwind(panic.into_panic()));
            done.entry(collected.call.document).or_default().push(collected);
        }
        waiting = later;
    }
    let folder = format!("accounts/{account}/{}", client.region);
    let mut taken = Taken::default();
    for collected in done.into_values().flatten() {
        let gap = |failure: Failure| Gap {
            account: account.clone(),
            region: client.region.clone(),
            answer: collected.call.document,
            failure,
        };
        taken.gaps.extend(collected.failures.iter().cloned().map(gap));
        if let Some(bytes) = collected.document() {
            taken.documents.push(Document { path: format!("{folder}/{}.json", collected.call.file), bytes });
        }
    }
    if !taken.gaps.is_empty() {
        taken.gaps.sort_by_key(|gap| gap.answer);
        taken.documents.push(Document { path: format!("{folder}/errors.json"), bytes: errors(&taken.gaps) });
    }
    taken
}

/// What a call asks about, and whether that is all there is.
fn about(call: &Call, done: &BTreeMap<&'static str, Vec<Collected>>) -> (Vec<String>, bool) {
    let Some(each) = &call.each else { return (Vec::new(), true) };
    let parents = done.get(each.document).map_or(&[][..], Vec::as_slice);
    let values = parents.iter().filter_map(|parent| parent.values.get(each.place)).flatten();
    let mut seen = BTreeSet::new();
    let meant = values.filter(|value| each.only.is_none_or(|only| value.contains(only)));
    let values = meant.filter(|value| seen.insert(*value)).cloned().collect();
    (values, parents.iter().all(|parent| parent.failures.is_empty()))
}

/// `errors.json`: what the reader of a snapshot must not take for absent.
fn errors(gaps: &[Gap]) -> Vec<u8> {
    let entry = |gap: &Gap| {
        let mut entry = Map::new();
        entry.insert("Answer".to_owned(), json!(gap.answer));
        entry.insert("Why".to_owned(), json!(gap.failure.to_string()));
        if let Some(permission) = gap.failure.missing_permission() {
            entry.insert("Permission".to_owned(), json!(permission));
        }
        Value::Object(entry)
    };
    let mut lines: Vec<String> = gaps.iter().map(|gap| entry(gap).to_string()).collect();
    lines.dedup();
    format!("{{\"Errors\": [\n{}\n]}}\n", lines.join(",\n")).into_bytes()
}
