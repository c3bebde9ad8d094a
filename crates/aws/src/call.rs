//! One call of the list: all its pages, or one answer for each of many values.

use std::collections::BTreeMap;

use serde_json::{Map, Value};
use tokio::task::JoinSet;

use crate::client::Client;
use crate::failure::Failure;
use crate::generated::calls::CALLS;
use crate::table::{Call, Each};

/// The largest document that is kept, in bytes: what the reader of snapshots takes.
const MAX_DOCUMENT: usize = 2 << 30;
/// How many values are asked about before the first has its answer.
pub(crate) const MAX_AHEAD: usize = 32;
/// How many failures of one call are told. Their first is what matters.
const MAX_TOLD: usize = 5;

/// What a call came to.
#[derive(Debug)]
pub(crate) struct Collected {
    pub(crate) call: &'static Call,
    records: Records,
    /// Values at the places that other calls ask about, by place.
    pub(crate) values: BTreeMap<&'static str, Vec<String>>,
    pub(crate) failures: Vec<Failure>,
}

/// Records as they stand in the document.
#[derive(Debug, Default)]
enum Records {
    /// Nothing was answered.
    #[default]
    None,
    /// Records, a line each, with commas between.
    List(String),
    /// The answer is one object.
    One(String),
}

impl Collected {
    fn new(call: &'static Call) -> Self {
        Self { call, records: Records::None, values: BTreeMap::new(), failures: Vec::new() }
    }

    /// The document, if there was an answer.
    pub(crate) fn document(&self) -> Option<Vec<u8>> {
        let key = Value::from(self.call.document);
        let text = match &self.records {
            Records::None => return None,
            Records::List(records) if records.is_empty() => format!("{{{key}: []}}\n"),
            Records::List(records) => format!("{{{key}: [\n{records}\n]}}\n"),
            Records::One(record) => format!("{{{key}: {record}}}\n"),
        };
        Some(text.into_bytes())
    }

    /// Takes the records of a page.
    fn take(&mut self, page: Value) -> Result<(), Failure> {
        let Value::Array(records) = page else {
            self.records = Records::One(page.to_string());
            return Ok(());
        };
        self.answered();
        records.iter().try_for_each(|record| self.add(record))
    }

    /// An answer came, even if there is nothing in it.
    fn answered(&mut self) {
        if let Records::None = self.records {
            self.records = Records::List(String::new());
        }
    }

    fn add(&mut self, record: &Value) -> Result<(), Failure> {
        let asking = CALLS.iter().filter_map(|call| call.each.as_ref());
        for each in asking.filter(|each| each.document == self.call.document) {
            // Several calls may ask about the same place.
            let mut found = Vec::new();
            find(record, each.place, &mut found);
            let known = self.values.entry(each.place).or_default();
            found.retain(|value| known.last() != Some(value));
            known.extend(found);
        }
        self.answered();
        let Records::List(text) = &mut self.records else { return Ok(()) };
        let record = record.to_string();
        if text.len() + record.len() > MAX_DOCUMENT {
            let why = format!("more than {MAX_DOCUMENT} bytes in all");
            return Err(Failure::Malformed { action: self.call.operation.action(), why });
        }
        if !text.is_empty() {
            text.push_str(",\n");
        }
        text.push_str(&record);
        Ok(())
    }

    fn fail(&mut self, failure: Failure) {
        if self.failures.len() < MAX_TOLD {
            self.failures.push(failure);
        }
    }
}

/// The texts at a place such as `Listeners[].ListenerArn` below a record.
fn find(record: &Value, place: &str, found: &mut Vec<String>) {
    let (name, rest) = place.split_once('.').map_or((place, None), |(name, rest)| (name, Some(rest)));
    let (name, is_list) = name.strip_suffix("[]").map_or((name, false), |name| (name, true));
    let Some(inner) = record.get(name) else { return };
    let inner = if is_list { inner.as_array().map_or(&[][..], Vec::as_slice) } else { std::slice::from_ref(inner) };
    for inner in inner {
        match rest {
            Some(rest) => find(inner, rest, found),
            None => found.extend(inner.as_str().filter(|text| !text.is_empty()).map(str::to_owned)),
        }
    }
}

/// Makes the call. `about` are the values to ask about where it asks about values; `whole` says whether they are all.
pub(crate) async fn collect(client: Client, call: &'static Call, about: Vec<String>, whole: bool) -> Collected {
    let mut collected = Collected::new(call);
    match &call.each {
        None => {
            let failed =
                client.pages(call.operation, input(call), |answer| collected.take(result(call, answer)?)).await;
            if let Err(failure) = failed {
                collected.fail(failure);
            }
        }
        Some(each) => {
            of_each(&client, call, each, about, &mut collected).await;
            if !whole {
                let (action, document) = (call.operation.action(), each.document.to_owned());
                collected.fail(Failure::NotCalled { action, document });
            } else if collected.failures.is_empty() {
                collected.answered();
            }
        }
    }
    collected
}

/// Asks about every value, many at once; records stand in the order of the values. What is denied once is denied for all.
async fn of_each(client: &Client, call: &'static Call, each: &'static Each, about: Vec<String>, into: &mut Collected) {
    let mut values = about.into_iter().enumerate();
    let (mut asked, mut answers, mut is_denied) = (JoinSet::new(), BTreeMap::new(), false);
    loop {
        while asked.len() < MAX_AHEAD && !is_denied {
            let Some((at, value)) = values.next() else { break };
            let client = client.clone();
            asked.spawn(async move { (at, of_one(&client, call, each, value).await) });
        }
        let Some(answer) = asked.join_next().await else { break };
        let (at, (records, failure)) = answer.unwrap_or_else(|panic| std::panic::resume_unwind(panic.into_panic()));
        is_denied |= failure.as_ref().is_some_and(|failure| failure.missing_permission().is_some());
        answers.insert(at, (records, failure));
    }
    for (records, failure) in answers.into_values() {
        let taken = records.iter().try_for_each(|record| into.add(record)).err();
        failure.into_iter().chain(taken).for_each(|failure| into.fail(failure));
    }
}

/// The records about one value: one that wraps the whole answer, or those of all pages.
async fn of_one(client: &Client, call: &'static Call, each: &Each, value: String) -> (Vec<Value>, Option<Failure>) {
    let mut input = input(call);
    input.insert(each.input.to_owned(), Value::from(value.clone()));
    let mut records = Vec::new();
    let mut whole = Map::new();
    let failed = client.pages(call.operation, input, |answer| {
        if each.wrap {
            join(&mut whole, answer);
        } else if let Value::Array(more) = result(call, answer)? {
            records.extend(more);
        }
        Ok(())
    });
    let failed = failed.await.err();
    if each.wrap && (failed.is_none() || !whole.is_empty()) {
        whole.insert(each.input.to_owned(), Value::from(value));
        records.push(Value::Object(whole));
    }
    (records, failed)
}

/// Adds a page to those before: lists grow, of other members the last holds.
fn join(whole: &mut Map<String, Value>, page: Map<String, Value>) {
    for (name, value) in page {
        match (whole.get_mut(&name), value) {
            (Some(Value::Array(known)), Value::Array(more)) => known.extend(more),
            (_, value) => {
                whole.insert(name, value);
            }
        }
    }
}

/// The input that every request of the call has.
fn input(call: &Call) -> Map<String, Value> {
    let mut input: Map<String, Value> = serde_json::from_str(call.set).unwrap_or_default();
    let pages = call.operation.pages.as_ref();
    let limit = pages.and_then(|pages| Some((pages.limit?, call.page_size.or(pages.most)?)));
    if let Some((name, most)) = limit {
        input.insert(name.to_owned(), Value::from(most));
    }
    input
}

/// The records of an answer. Where AWS leaves the member out, there are none.
fn result(call: &Call, mut answer: Map<String, Value>) -> Result<Value, Failure> {
    match answer.remove(call.result) {
        Some(records @ (Value::Array(_) | Value::Object(_))) => Ok(records),
        None | Some(Value::Null) => Ok(Value::Array(Vec::new())),
        Some(_) => {
            let why = format!("`{}` is no list", call.result);
            Err(Failure::Malformed { action: call.operation.action(), why })
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::json;

    use super::*;

    #[test]
    fn a_place_is_found_through_lists_and_members() {
        let record = json!({"LoadBalancerArn": "a", "Listeners": [{"ListenerArn": "l1"}, {}, {"ListenerArn": "l2"}],
                            "Firewall": {"FirewallPolicyArn": "p"}});
        let found = |place: &str| {
            let mut found = Vec::new();
            find(&record, place, &mut found);
            found
        };
        assert_eq!(found("Listeners[].ListenerArn"), ["l1", "l2"]);
        assert_eq!(found("Firewall.FirewallPolicyArn"), ["p"]);
        assert_eq!(found("LoadBalancerArn"), ["a"]);
        assert!(found("Nothing[].Here").is_empty() && found("Listeners.ListenerArn").is_empty());
    }

    #[test]
    fn every_call_asks_about_documents_that_are_read() {
        let documents: BTreeSet<&str> = CALLS.iter().map(|call| call.document).collect();
        for call in CALLS {
            assert!(call.each.as_ref().is_none_or(|each| documents.contains(each.document)), "{}", call.document);
            assert!(serde_json::from_str::<Map<String, Value>>(call.set).is_ok(), "{}", call.set);
        }
        let files: BTreeSet<&str> = CALLS.iter().map(|call| call.file).collect();
        assert_eq!(files.len(), CALLS.len(), "two calls write the same file");
    }
}
