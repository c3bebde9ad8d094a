//! A change of a stack, call by call. Whoever runs it asks for the next call, keeps the stack, makes the call, and tells how
//! it went; what fails is rolled back by further calls.

use std::collections::{BTreeMap, VecDeque};

use inspector_model::Timestamp;
use inspector_model::arn::{Scope, ShortId};
use serde_json::{Map, Value};

use super::Problem;
use super::intrinsic::Environment;
use super::plan::{self, Action, Change};
use super::resource::Call;
use super::stack::{Deployed, Intent, Stack, Status};
use super::template::Template;

/// A call was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The error's name.
    pub name: String,
    /// The error's text.
    pub message: String,
}

/// What a resource that is already gone is refused with.
const GONE: &str = "NoSuchEntityException";

/// A change under way.
#[derive(Debug)]
pub struct Deployment {
    stack: Stack,
    wanted: Option<Wanted>,
    scope: Scope,
    names: BTreeMap<String, String>,
    words: Words,
    phase: Phase,
    forward: VecDeque<Change>,
    undo: Vec<Undo>,
    cleanup: VecDeque<(String, Deployed)>,
    open: Option<Step>,
}

/// What the stack is to become; deletion wants nothing.
#[derive(Debug)]
struct Wanted {
    template: Template,
    text: String,
    parameters: BTreeMap<String, Value>,
    given: BTreeMap<String, String>,
    before: Before,
}

/// What a rollback brings back.
#[derive(Debug)]
struct Before {
    outputs: BTreeMap<String, (String, Option<String>)>,
}

/// The stack's statuses on the way.
#[derive(Debug, Clone, Copy)]
struct Words {
    done: Status,
    failed: Status,
    back: Status,
    backed: Status,
    back_failed: Status,
}

const CREATE: Words = Words {
    done: Status::CreateComplete,
    failed: Status::CreateFailed,
    back: Status::RollbackInProgress,
    backed: Status::RollbackComplete,
    back_failed: Status::RollbackFailed,
};
const UPDATE: Words = Words {
    done: Status::UpdateComplete,
    failed: Status::UpdateFailed,
    back: Status::UpdateRollbackInProgress,
    backed: Status::UpdateRollbackComplete,
    back_failed: Status::UpdateRollbackFailed,
};
const DELETE: Words = Words {
    done: Status::DeleteComplete,
    failed: Status::DeleteFailed,
    back: Status::DeleteInProgress,
    backed: Status::DeleteFailed,
    back_failed: Status::DeleteFailed,
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    Forward,
    Cleanup,
    Back,
    Over,
}

#[derive(Debug)]
enum Undo {
    Made(String, Option<Deployed>),
    Changed(String, Deployed),
}

/// The call that was handed out.
#[derive(Debug)]
enum Step {
    Make { logical_id: String, new: Deployed },
    Change { logical_id: String, properties: Map<String, Value> },
    End { logical_id: String, old: Deployed },
    Unmake { logical_id: String, before: Option<Deployed> },
    Unchange { logical_id: String, before: Deployed },
}

/// What a template is deployed with.
#[derive(Debug)]
pub struct Request {
    /// The template's text.
    pub template: String,
    /// The parameters that were given.
    pub parameters: BTreeMap<String, String>,
    /// Appended to the names that are made up, so that no two of them meet.
    pub suffix: String,
}

impl Deployment {
    /// Makes `stack` what the request says.
    ///
    /// # Errors
    /// When the template is malformed or cannot be resolved; nothing has changed then.
    pub fn deploy(mut stack: Stack, request: Request, scope: Scope, now: Timestamp) -> Result<Self, Problem> {
        let template = Template::read(&request.template)?;
        let parameters = template.values(&request.parameters)?;
        let plan = plan::plan(&template, &parameters, &scope, &stack)?;
        let words = if stack.template.is_none() { CREATE } else { UPDATE };
        let name = |change: &Change| {
            let room = 139_usize.saturating_sub(request.suffix.len());
            let long: String = format!("{}-{}", stack.name, change.logical_id).chars().take(room).collect();
            (change.logical_id.clone(), format!("{long}-{}", request.suffix))
        };
        let names = plan.changes.iter().map(name).collect();
        let started = if stack.template.is_none() { Status::CreateInProgress } else { Status::UpdateInProgress };
        stack.updated_at = stack.template.is_some().then_some(now);
        stack.becomes(started, Some("User Initiated"), now);
        let before = Before { outputs: stack.outputs.clone() };
        let (text, given) = (request.template, request.parameters);
        let wanted = Some(Wanted { template, text, parameters, given, before });
        Ok(Self::new(stack, wanted, scope, names, words, plan.changes))
    }

    /// Ends `stack` and what it made.
    pub fn delete(mut stack: Stack, scope: Scope, now: Timestamp) -> Self {
        stack.becomes(Status::DeleteInProgress, Some("User Initiated"), now);
        let changes = plan::removals(&stack, &stack.resources.keys().cloned().collect());
        Self::new(stack, None, scope, BTreeMap::new(), DELETE, changes)
    }

    fn new(
        stack: Stack,
        wanted: Option<Wanted>,
        scope: Scope,
        names: BTreeMap<String, String>,
        words: Words,
        changes: Vec<Change>,
    ) -> Self {
        Self {
            stack,
            wanted,
            scope,
            names,
            words,
            phase: Phase::Forward,
            forward: changes.into(),
            undo: Vec::new(),
            cleanup: VecDeque::new(),
            open: None,
        }
    }

    /// The stack as it stands now.
    pub fn stack(&self) -> &Stack {
        &self.stack
    }

    /// The next call; `None` when everything is done. What it makes has the id `id`.
    pub fn next(&mut self, id: &ShortId, now: Timestamp) -> Option<Call> {
        loop {
            let call = match self.phase {
                Phase::Forward => self.forward(id, now),
                Phase::Cleanup => self.clean(now),
                Phase::Back => self.back(now),
                Phase::Over => return None,
            };
            if call.is_some() {
                return call;
            }
        }
    }

    /// How the call went.
    pub fn answered(&mut self, result: Result<Vec<u8>, Refusal>, now: Timestamp) {
        self.stack.intent = None;
        match (self.open.take(), result) {
            (None, _) => {}
            (Some(Step::Make { logical_id, new }), Ok(answer)) => self.made(logical_id, new, &answer, now),
            (Some(Step::Make { logical_id, new }), Err(refusal)) => {
                self.stack.tell((&logical_id, "", new.kind.name()), Status::CreateFailed, Some(&refusal.message), now);
                self.fail(&format!("{logical_id}: {}", refusal.message), now);
            }
            (Some(Step::Change { logical_id, properties }), Ok(_)) => {
                if let Some(deployed) = self.stack.resources.get(&logical_id) {
                    self.undo.push(Undo::Changed(logical_id.clone(), deployed.clone()));
                    let changed = Deployed { properties, ..deployed.clone() };
                    self.keep(&logical_id, changed, Status::UpdateComplete, now);
                }
            }
            (Some(Step::Change { logical_id, .. }), Err(refusal)) => {
                self.say(&logical_id, Status::UpdateFailed, Some(&refusal.message), now);
                self.fail(&format!("{logical_id}: {}", refusal.message), now);
            }
            (Some(Step::End { logical_id, old }), Err(refusal)) if refusal.name != GONE => {
                self.not_ended(&logical_id, &old, &refusal.message, now);
            }
            (Some(Step::End { logical_id, old }), _) => self.ended(&logical_id, &old, now),
            (Some(Step::Unmake { logical_id, .. } | Step::Unchange { logical_id, .. }), Err(refusal))
                if refusal.name != GONE =>
            {
                self.say(&logical_id, Status::DeleteFailed, Some(&refusal.message), now);
                let reason = format!("{logical_id}: {}", refusal.message);
                self.stack.becomes(self.words.back_failed, Some(&reason), now);
                self.phase = Phase::Over;
            }
            (Some(Step::Unmake { logical_id, before }), _) => self.restore(&logical_id, before, now),
            (Some(Step::Unchange { logical_id, before }), _) => self.restore(&logical_id, Some(before), now),
        }
    }

    fn forward(&mut self, id: &ShortId, now: Timestamp) -> Option<Call> {
        let Some(change) = self.forward.pop_front() else {
            self.through(now);
            return None;
        };
        if change.action == Action::Remove {
            let old = self.stack.resources.get(&change.logical_id).cloned();
            self.cleanup.extend(old.map(|old| (change.logical_id, old)));
            return None;
        }
        match self.begin(&change, id, now) {
            Ok(call) => call,
            Err(problem) => {
                self.fail(&problem.to_string(), now);
                None
            }
        }
    }

    fn begin(&mut self, change: &Change, id: &ShortId, now: Timestamp) -> Result<Option<Call>, Problem> {
        let Some(wanted) = &self.wanted else { return Ok(None) };
        let Some(resource) = wanted.template.resources.get(&change.logical_id) else { return Ok(None) };
        let arns = self.arns();
        let names = (self.stack.name.as_str(), self.stack.id.as_str());
        let environment = Environment::new(&wanted.template, &wanted.parameters, &self.scope, names, &arns);
        let properties = plan::properties(&environment, &change.logical_id, resource, change.kind)?;
        let logical_id = change.logical_id.clone();
        if change.action == Action::Modify {
            let Some(old) = self.stack.resources.get(&logical_id) else { return Ok(None) };
            let call = change.kind.update(&old.arn, &properties, &old.name)?;
            self.say(&logical_id, Status::UpdateInProgress, None, now);
            self.stack.intent = Some(Intent::Change { logical_id: logical_id.clone() });
            self.open = Some(Step::Change { logical_id, properties });
            return Ok(call);
        }
        let made_up = self.names.get(&logical_id).cloned().unwrap_or_default();
        let call = change.kind.create(&properties, &made_up)?;
        let own = change.kind.name_property().and_then(|key| properties.get(key)?.as_str().map(str::to_owned));
        let new = Deployed {
            kind: change.kind,
            arn: change.kind.arn(&self.scope, id, &properties).unwrap_or_default(),
            name: own.unwrap_or(made_up),
            properties,
            needs: plan::needs_of(&wanted.template, &logical_id, resource)?.into_iter().collect(),
            retain: resource.retain,
            status: Status::CreateInProgress,
            since: now,
        };
        self.stack.tell((&logical_id, "", change.kind.name()), Status::CreateInProgress, None, now);
        self.stack.intent = Some(Intent::Make { logical_id: logical_id.clone(), new: new.clone() });
        self.open = Some(Step::Make { logical_id, new });
        Ok(Some(call))
    }

    fn made(&mut self, logical_id: String, new: Deployed, answer: &[u8], now: Timestamp) {
        let Some(arn) = new.kind.arn_in(answer) else {
            self.fail(&format!("{logical_id}: the answer holds no ARN"), now);
            return;
        };
        let old = self.stack.resources.get(&logical_id).cloned();
        let stays = self
            .wanted
            .as_ref()
            .and_then(|wanted| wanted.template.resources.get(&logical_id))
            .is_some_and(|resource| resource.retain_replaced);
        if let Some(old) = old.clone() {
            self.stack.leftover.insert(0, (logical_id.clone(), Deployed { retain: stays, ..old }));
        }
        self.undo.push(Undo::Made(logical_id.clone(), old));
        self.keep(&logical_id, Deployed { arn, ..new }, Status::CreateComplete, now);
    }

    /// Everything that was to be made or changed is; what comes after can no longer be rolled back.
    fn through(&mut self, now: Timestamp) {
        match self.outputs() {
            Ok(outputs) => {
                if let Some(wanted) = &self.wanted {
                    self.stack.template = Some(wanted.text.clone());
                    self.stack.parameters = wanted.given.clone();
                }
                self.stack.outputs = outputs;
                let removed = std::mem::take(&mut self.cleanup);
                self.cleanup = self.stack.leftover.iter().cloned().chain(removed).collect();
                self.phase = Phase::Cleanup;
            }
            Err(problem) => self.fail(&problem.to_string(), now),
        }
    }

    fn outputs(&self) -> Result<BTreeMap<String, (String, Option<String>)>, Problem> {
        let Some(wanted) = &self.wanted else { return Ok(BTreeMap::new()) };
        let arns = self.arns();
        let names = (self.stack.name.as_str(), self.stack.id.as_str());
        let environment = Environment::new(&wanted.template, &wanted.parameters, &self.scope, names, &arns);
        let mut outputs = BTreeMap::new();
        for (name, output) in &wanted.template.outputs {
            let value = || {
                if !environment.exists(output.condition.as_deref())? {
                    return Ok(None);
                }
                let value = environment.resolve(&output.value)?;
                value.map(|value| super::template::string("`Value`", value)).transpose()
            };
            if let Some(value) = value().map_err(|problem: Problem| problem.at(&format!("Outputs/{name}")))? {
                outputs.insert(name.clone(), (value, output.description.clone()));
            }
        }
        Ok(outputs)
    }

    fn clean(&mut self, now: Timestamp) -> Option<Call> {
        let Some((logical_id, old)) = self.cleanup.pop_front() else {
            let resources = self.stack.resources.keys().map(String::as_str);
            let names: Vec<&str> = self.stack.leftover.iter().map(|(name, _)| name.as_str()).chain(resources).collect();
            let failed = self.wanted.is_none() && !names.is_empty();
            let reason = format!("The following resource(s) failed to delete: [{}]", names.join(", "));
            let status = if failed { self.words.failed } else { self.words.done };
            self.stack.deleted_at = (status == Status::DeleteComplete).then_some(now);
            self.stack.becomes(status, failed.then_some(&reason), now);
            self.phase = Phase::Over;
            return None;
        };
        if old.retain {
            self.stack.tell((&logical_id, &old.arn, old.kind.name()), Status::DeleteComplete, Some("retained"), now);
            self.leave(&logical_id, &old);
            return None;
        }
        match old.kind.delete(&old.arn) {
            Ok(Some(call)) => {
                self.stack.tell((&logical_id, &old.arn, old.kind.name()), Status::DeleteInProgress, None, now);
                self.open = Some(Step::End { logical_id, old });
                Some(call)
            }
            Ok(None) => {
                self.ended(&logical_id, &old, now);
                None
            }
            Err(problem) => {
                self.not_ended(&logical_id, &old, &problem.to_string(), now);
                None
            }
        }
    }

    fn ended(&mut self, logical_id: &str, old: &Deployed, now: Timestamp) {
        self.stack.tell((logical_id, &old.arn, old.kind.name()), Status::DeleteComplete, None, now);
        self.leave(logical_id, old);
    }

    /// A deletion keeps what it could not end; an update gives it up and says so, as CloudFormation does.
    fn not_ended(&mut self, logical_id: &str, old: &Deployed, reason: &str, now: Timestamp) {
        self.stack.tell((logical_id, &old.arn, old.kind.name()), Status::DeleteFailed, Some(reason), now);
        if self.wanted.is_some() {
            self.leave(logical_id, old);
        }
    }

    /// Takes `old` out of the stack; another one may have its place already.
    fn leave(&mut self, logical_id: &str, old: &Deployed) {
        self.stack.leftover.retain(|(_, there)| there.arn != old.arn);
        if self.stack.resources.get(logical_id).is_some_and(|there| there.arn == old.arn) {
            self.stack.resources.remove(logical_id);
        }
    }

    fn fail(&mut self, reason: &str, now: Timestamp) {
        self.forward.clear();
        self.cleanup.clear();
        self.stack.becomes(self.words.back, Some(reason), now);
        self.phase = Phase::Back;
    }

    fn back(&mut self, now: Timestamp) -> Option<Call> {
        let Some(undo) = self.undo.pop() else {
            if let Some(wanted) = &self.wanted {
                self.stack.outputs = wanted.before.outputs.clone();
            }
            let reason = self.stack.reason.clone();
            self.stack.becomes(self.words.backed, reason.as_deref(), now);
            self.phase = Phase::Over;
            return None;
        };
        let (call, step) = match undo {
            Undo::Made(logical_id, before) => {
                let new = self.stack.resources.get(&logical_id)?;
                match new.kind.delete(&new.arn) {
                    Ok(Some(call)) => (call, Step::Unmake { logical_id, before }),
                    Ok(None) | Err(_) => {
                        self.restore(&logical_id, before, now);
                        return None;
                    }
                }
            }
            Undo::Changed(logical_id, before) => {
                match before.kind.update(&before.arn, &before.properties, &before.name) {
                    Ok(Some(call)) => {
                        self.stack.intent = Some(Intent::Change { logical_id: logical_id.clone() });
                        (call, Step::Unchange { logical_id, before })
                    }
                    Ok(None) | Err(_) => return None,
                }
            }
        };
        self.open = Some(step);
        Some(call)
    }

    fn restore(&mut self, logical_id: &str, before: Option<Deployed>, now: Timestamp) {
        match before {
            Some(before) => {
                self.stack.leftover.retain(|(_, there)| there.arn != before.arn);
                self.keep(logical_id, before, Status::UpdateComplete, now);
            }
            None => {
                self.say(logical_id, Status::DeleteComplete, None, now);
                self.stack.resources.remove(logical_id);
            }
        }
    }

    fn keep(&mut self, logical_id: &str, deployed: Deployed, status: Status, now: Timestamp) {
        self.stack.resources.insert(logical_id.to_owned(), Deployed { status, since: now, ..deployed });
        self.say(logical_id, status, None, now);
    }

    fn say(&mut self, logical_id: &str, status: Status, reason: Option<&str>, now: Timestamp) {
        let known = self.stack.resources.get(logical_id);
        let (arn, kind) = known.map_or((String::new(), ""), |one| (one.arn.clone(), one.kind.name()));
        self.stack.tell((logical_id, &arn, kind), status, reason, now);
    }

    fn arns(&self) -> BTreeMap<String, String> {
        self.stack.resources.iter().map(|(logical_id, one)| (logical_id.clone(), one.arn.clone())).collect()
    }
}
