//! A stack as it is kept.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use inspector_model::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::resource::Kind;

/// Events beyond these are forgotten, oldest first.
const MAX_EVENTS: usize = 500;

/// Where a stack, or one of its resources, stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Status {
    /// It has a name and no resources yet.
    ReviewInProgress,
    /// It is being made.
    CreateInProgress,
    /// It is made.
    CreateComplete,
    /// It could not be made, and what was made stays.
    CreateFailed,
    /// What was made is being taken back.
    RollbackInProgress,
    /// What was made is taken back.
    RollbackComplete,
    /// What was made could not all be taken back.
    RollbackFailed,
    /// It is being changed.
    UpdateInProgress,
    /// It is changed.
    UpdateComplete,
    /// It could not be changed.
    UpdateFailed,
    /// What was is being brought back.
    UpdateRollbackInProgress,
    /// It is what it was.
    UpdateRollbackComplete,
    /// What was could not all be brought back.
    UpdateRollbackFailed,
    /// It is being deleted.
    DeleteInProgress,
    /// It is gone.
    DeleteComplete,
    /// It could not all be deleted.
    DeleteFailed,
}

/// A resource that a stack made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Deployed {
    /// Its type.
    pub kind: Kind,
    /// Its ARN.
    pub arn: String,
    /// The name that it was made with.
    pub name: String,
    /// Its properties, resolved.
    pub properties: Map<String, Value>,
    /// The logical ids that must outlive it.
    pub needs: Vec<String>,
    /// Whether it stays when it leaves the stack.
    pub retain: bool,
    /// Where it stands.
    pub status: Status,
    /// When that became so.
    pub since: Timestamp,
}

/// What a call is meant to do. It is kept before the call is made, so that a process that ends before the answer leaves
/// nothing that nobody knows of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Intent {
    /// To make a resource with this ARN.
    Make {
        /// What the template calls it.
        logical_id: String,
        /// What it is to be.
        new: Deployed,
    },
    /// To change one.
    Change {
        /// What the template calls it.
        logical_id: String,
    },
}

/// Something that happened to a stack or one of its resources.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Tells it apart within the stack.
    pub number: u64,
    /// The logical id; the stack's own name for itself.
    pub logical_id: String,
    /// The ARN, if there is one yet.
    pub arn: String,
    /// The type.
    pub kind: String,
    /// What became so.
    pub status: Status,
    /// Why.
    pub reason: Option<String>,
    /// When.
    pub at: Timestamp,
}

/// A stack.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Stack {
    /// Its ARN.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Where it stands.
    pub status: Status,
    /// Why.
    pub reason: Option<String>,
    /// When it was first named.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Option<Timestamp>,
    /// When it was deleted.
    pub deleted_at: Option<Timestamp>,
    /// The template that is in force.
    pub template: Option<String>,
    /// The parameters' texts.
    pub parameters: BTreeMap<String, String>,
    /// What it made, by logical id.
    pub resources: BTreeMap<String, Deployed>,
    /// The call under way.
    pub intent: Option<Intent>,
    /// What others have taken the place of and what still has to end, by logical id.
    pub leftover: Vec<(String, Deployed)>,
    /// What it tells: value and description, by name.
    pub outputs: BTreeMap<String, (String, Option<String>)>,
    /// Tags, by key.
    pub tags: BTreeMap<String, String>,
    /// What happened, newest last.
    pub events: Vec<Event>,
}

/// The type of a stack in its own events.
pub const STACK: &str = "AWS::CloudFormation::Stack";

impl Stack {
    /// A stack that has a name and nothing else yet.
    pub fn new(id: String, name: String, now: Timestamp) -> Self {
        Self {
            id,
            name,
            status: Status::ReviewInProgress,
            reason: None,
            created_at: now,
            updated_at: None,
            deleted_at: None,
            template: None,
            parameters: BTreeMap::new(),
            resources: BTreeMap::new(),
            intent: None,
            leftover: Vec::new(),
            outputs: BTreeMap::new(),
            tags: BTreeMap::new(),
            events: Vec::new(),
        }
    }

    /// Whether something is at work on it.
    pub fn is_busy(&self) -> bool {
        self.status.in_progress()
    }

    /// The resource that the call under way was to make.
    pub fn making(&self) -> Option<&Deployed> {
        match &self.intent {
            Some(Intent::Make { new, .. }) => Some(new),
            Some(Intent::Change { .. }) | None => None,
        }
    }

    /// What a process that ended amid a change leaves: said, not guessed. `made` is whether what [`Self::making`] names is
    /// there; then it is the stack's.
    pub fn interrupted(&mut self, made: bool, now: Timestamp) {
        match self.intent.take() {
            Some(Intent::Make { logical_id, new }) if made => {
                let new = Deployed { status: Status::CreateComplete, since: now, ..new };
                self.tell((&logical_id, &new.arn, new.kind.name()), Status::CreateComplete, None, now);
                match self.resources.entry(logical_id) {
                    Entry::Vacant(place) => drop(place.insert(new)),
                    Entry::Occupied(taken) => self.leftover.insert(0, (taken.key().clone(), new)),
                }
            }
            // Whether it has the old or the new properties is not known, so the next change sets them in any case.
            Some(Intent::Change { logical_id }) => {
                if let Some(deployed) = self.resources.get_mut(&logical_id) {
                    deployed.status = Status::UpdateFailed;
                }
            }
            Some(Intent::Make { .. }) | None => {}
        }
        let status = match self.status {
            Status::CreateInProgress => Status::CreateFailed,
            Status::RollbackInProgress => Status::RollbackFailed,
            Status::UpdateInProgress => Status::UpdateFailed,
            Status::UpdateRollbackInProgress => Status::UpdateRollbackFailed,
            Status::DeleteInProgress => Status::DeleteFailed,
            Status::ReviewInProgress
            | Status::CreateComplete
            | Status::CreateFailed
            | Status::RollbackComplete
            | Status::RollbackFailed
            | Status::UpdateComplete
            | Status::UpdateFailed
            | Status::UpdateRollbackComplete
            | Status::UpdateRollbackFailed
            | Status::DeleteComplete
            | Status::DeleteFailed => return,
        };
        self.becomes(status, Some("the service stopped amid the change; delete the stack or deploy again"), now);
    }

    pub(super) fn becomes(&mut self, status: Status, reason: Option<&str>, now: Timestamp) {
        self.status = status;
        self.reason = reason.map(str::to_owned);
        let (name, id) = (self.name.clone(), self.id.clone());
        self.tell((&name, &id, STACK), status, reason, now);
    }

    pub(super) fn tell(
        &mut self,
        (logical_id, arn, kind): (&str, &str, &str),
        status: Status,
        reason: Option<&str>,
        at: Timestamp,
    ) {
        let number = self.events.last().map_or(0, |event| event.number + 1);
        let [logical_id, arn, kind] = [logical_id, arn, kind].map(str::to_owned);
        self.events.push(Event { number, logical_id, arn, kind, status, reason: reason.map(str::to_owned), at });
        if self.events.len() > MAX_EVENTS {
            self.events.remove(0);
        }
    }
}

impl Status {
    /// Whether something is still being done.
    pub fn in_progress(self) -> bool {
        matches!(
            self,
            Self::CreateInProgress
                | Self::RollbackInProgress
                | Self::UpdateInProgress
                | Self::UpdateRollbackInProgress
                | Self::DeleteInProgress
        )
    }

    /// As the API writes it.
    pub fn name(self) -> String {
        serde_json::to_value(self).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
    }
}
