//! Operations that one of our services calls in a caller's name: decided and told like those that the caller sends.

use std::future::Future;

use inspector_api::caller::Caller;
use inspector_api::error::Failure;
use inspector_model::Timestamp;

use super::audit;
use super::authenticate::Journal;
use super::authorize::{Operation, Question, authorize};
use super::context::Origin;
use super::dispatch::Rights;

/// In whose name, and by whom.
pub struct Through<'a> {
    /// Whose name; the request id is that of the call alone.
    pub caller: &'a Caller,
    /// What they may do.
    pub rights: &'a Rights,
    /// Who calls, for example `cloudformation.amazonaws.com`.
    pub service: &'static str,
}

impl Through<'_> {
    /// Runs `work`, which is `operation`, if the caller may, and leaves an event about it.
    ///
    /// # Errors
    /// The denial, or what `work` was refused with.
    pub async fn run<F>(
        &self,
        journal: &impl Journal,
        operation: Operation,
        body: &[u8],
        now: Timestamp,
        work: impl FnOnce() -> F,
    ) -> Result<Vec<u8>, Failure>
    where
        F: Future<Output = Result<Vec<u8>, Failure>>,
    {
        let Rights { authority, context } = self.rights;
        let mut context = context.clone();
        for (key, value) in [
            ("aws:viaawsservice", "true"),
            ("aws:calledvia", self.service),
            ("aws:calledviafirst", self.service),
            ("aws:calledvialast", self.service),
        ] {
            context.insert(key.to_owned(), vec![value.to_owned()]);
        }
        let question = Question::of(self.caller, operation, body);
        let decided = question.map_or(Ok(()), |question| authorize(self.caller, authority, &context, &question));
        let outcome = match decided {
            Ok(()) => work().await,
            Err(denied) => Err(denied),
        };
        let told = outcome.as_deref();
        let id = &self.caller.request_id;
        let event = audit::event((operation, body), Some(self.caller), &Origin::service(self.service), (id, now), told);
        if !journal.record(event, now, outcome.is_ok() && audit::durable(operation)).await {
            // What was done stays known to whoever asked; the request that this call is a part of has an event of its own,
            // and is not acknowledged without it.
            tracing::error!(request = id, "an event could not be written to the audit log");
        }
        outcome
    }
}
