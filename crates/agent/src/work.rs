//! What the agent does next. It reads no clock and sends nothing: answers come in, steps go out.

use std::collections::BTreeSet;
use std::time::Duration;

use inspector_model::agent::{BenchmarkItems, CheckinResponse, FactsRequest};
use inspector_model::host::HostFacts;

/// Waits that a service can ask for: neither a busy loop nor sleep for ever.
const SHORTEST_WAIT: Duration = Duration::from_millis(100);
const LONGEST_WAIT: Duration = Duration::from_secs(900);
/// The first wait after a failure, doubled with each further one up to the ceiling.
const FIRST_BACKOFF: Duration = Duration::from_millis(500);
const BACKOFF_CEILING: Duration = Duration::from_secs(30);

/// What is owed to the service.
///
/// INVARIANT: a run that the service asked for leaves `runs` only when its facts were delivered or refused for good.
#[derive(Debug, Default)]
pub(crate) struct Work {
    runs: BTreeSet<String>,
    /// Whether one of the runs holds the host against a benchmark.
    benchmark: bool,
    seen: Option<Seen>,
    failures: u32,
    /// What the service asked to be waited between check-ins.
    pace: Duration,
    /// Whether the certificate is to be renewed before anything else.
    renew: bool,
}

/// What a look at the host gave.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Seen {
    pub(crate) facts: HostFacts,
    /// What a benchmark needs, where one was asked for and the service had a plan.
    pub(crate) benchmark: Option<BenchmarkItems>,
}

/// One thing to do.
#[derive(Debug, PartialEq)]
pub(crate) enum Step {
    /// Ask whether there is work.
    CheckIn,
    /// Have a new certificate signed.
    Renew,
    /// Look at the host, for a benchmark too where one is asked for.
    Collect {
        /// Whether it is.
        benchmark: bool,
    },
    /// Send what was seen.
    Deliver(Box<FactsRequest>),
}

impl Work {
    /// What an earlier process of this agent collected and did not get rid of.
    pub(crate) fn owed(request: FactsRequest) -> Self {
        let seen = Seen { facts: request.facts, benchmark: request.benchmark };
        Self { runs: request.runs.into_iter().collect(), seen: Some(seen), ..Self::default() }
    }

    /// The next step.
    pub(crate) fn next(&self) -> Step {
        match &self.seen {
            _ if self.renew => Step::Renew,
            _ if self.runs.is_empty() => Step::CheckIn,
            None => Step::Collect { benchmark: self.benchmark },
            Some(seen) => Step::Deliver(Box::new(FactsRequest {
                runs: self.runs.iter().cloned().collect(),
                facts: seen.facts.clone(),
                benchmark: seen.benchmark.clone(),
            })),
        }
    }

    /// A check-in was answered. Returns how long to wait.
    pub(crate) fn answered(&mut self, answer: CheckinResponse) -> Duration {
        self.failures = 0;
        self.pace = Duration::from_millis(answer.next_checkin_millis).clamp(SHORTEST_WAIT, LONGEST_WAIT);
        self.runs.extend(answer.collect_for);
        self.benchmark |= answer.benchmark;
        self.renew = answer.renew;
        if self.runs.is_empty() && !self.renew { self.pace } else { Duration::ZERO }
    }

    /// The certificate was refused because its time is over. Returns how long to wait.
    pub(crate) fn expired(&mut self, random: u32) -> Duration {
        self.renew = true;
        self.failed(random)
    }

    /// A renewal was made, or is to be asked for again at the next check-in. Returns how long to wait.
    pub(crate) fn renewed(&mut self) -> Duration {
        self.renew = false;
        Duration::ZERO
    }

    /// The host was looked at.
    pub(crate) fn collected(&mut self, seen: Seen) {
        self.seen = Some(seen);
    }

    /// The facts were accepted. Returns how long to wait.
    pub(crate) fn delivered(&mut self) -> Duration {
        *self = Self { pace: self.pace, ..Self::default() };
        self.pace
    }

    /// The facts were refused for good: the runs are let go, and the service asks again if it still wants them. Returns how
    /// long to wait.
    pub(crate) fn let_go(&mut self, random: u32) -> Duration {
        *self = Self { pace: self.pace, failures: self.failures, ..Self::default() };
        self.failed(random)
    }

    /// A message got no answer, or one that may be better later. Returns how long to wait: anything up to a bound that
    /// doubles, drawn by `random`, so that agents which lost their service together do not come back together.
    pub(crate) fn failed(&mut self, random: u32) -> Duration {
        let bound = FIRST_BACKOFF.saturating_mul(2_u32.saturating_pow(self.failures.min(16))).min(BACKOFF_CEILING);
        self.failures = self.failures.saturating_add(1);
        bound.mul_f64(f64::from(random) / f64::from(u32::MAX))
    }
}

#[cfg(test)]
mod tests {
    use inspector_model::Timestamp;

    use super::*;

    fn answer(runs: &[&str]) -> CheckinResponse {
        CheckinResponse {
            server_time: Timestamp::from_millis(0),
            observe: false,
            collect_for: runs.iter().map(|run| (*run).to_owned()).collect(),
            benchmark: false,
            next_checkin_millis: 1000,
            renew: false,
        }
    }

    #[test]
    fn a_renewal_comes_before_everything_and_once() {
        let mut work = Work::default();
        assert_eq!(work.answered(CheckinResponse { renew: true, ..answer(&["a"]) }), Duration::ZERO);
        assert_eq!(work.next(), Step::Renew);
        work.renewed();
        assert_eq!(work.next(), Step::Collect { benchmark: false });
        work.expired(0);
        assert_eq!(work.next(), Step::Renew);
    }

    fn seen() -> Seen {
        let folder = tempfile::tempdir().unwrap();
        let root = inspector_collect::Root::directory(folder.path()).unwrap();
        Seen { facts: inspector_collect::collect(&root, Timestamp::from_millis(7)), benchmark: None }
    }

    fn delivery(work: &Work) -> FactsRequest {
        match work.next() {
            Step::Deliver(request) => *request,
            other @ (Step::CheckIn | Step::Renew | Step::Collect { .. }) => panic!("{other:?} is no delivery"),
        }
    }

    #[test]
    fn an_idle_agent_keeps_the_pace_that_the_service_sets() {
        let mut work = Work::default();
        assert_eq!(work.answered(answer(&[])), Duration::from_secs(1));
        assert_eq!(work.next(), Step::CheckIn);
    }

    #[test]
    fn one_collection_serves_every_run_that_waits() {
        let mut work = Work::default();
        assert_eq!(work.answered(answer(&["b", "a", "b"])), Duration::ZERO);
        assert_eq!(work.next(), Step::Collect { benchmark: false });
        work.collected(seen());
        assert_eq!(delivery(&work).runs, ["a", "b"]);
        assert_eq!(work.delivered(), Duration::from_secs(1));
        assert_eq!(work.next(), Step::CheckIn);
    }

    #[test]
    fn a_collection_outlives_every_failure_to_deliver_it() {
        let mut work = Work::default();
        work.answered(answer(&["a"]));
        work.collected(seen());
        let before = delivery(&work);
        for _ in 0..100 {
            work.failed(u32::MAX);
            assert_eq!(delivery(&work), before);
        }
    }

    #[test]
    fn one_run_with_a_benchmark_is_enough_to_collect_for_it_and_it_is_asked_anew_for_the_next() {
        let mut work = Work::default();
        work.answered(CheckinResponse { benchmark: true, ..answer(&["a"]) });
        work.answered(answer(&["b"]));
        assert_eq!(work.next(), Step::Collect { benchmark: true });
        let items = BenchmarkItems { benchmark: None, digest: "d".to_owned(), packed: "p".to_owned() };
        work.collected(Seen { benchmark: Some(items.clone()), ..seen() });
        assert_eq!(delivery(&work).benchmark, Some(items));
        work.delivered();
        work.answered(answer(&["c"]));
        assert_eq!(work.next(), Step::Collect { benchmark: false });
    }

    #[test]
    fn runs_that_are_refused_for_good_are_let_go() {
        let mut work = Work::default();
        work.answered(answer(&["a"]));
        work.collected(seen());
        work.let_go(0);
        assert_eq!(work.next(), Step::CheckIn);
    }

    #[test]
    fn waits_double_up_to_the_ceiling_and_start_over_after_an_answer() {
        let mut work = Work::default();
        let waits: Vec<_> = (0..8).map(|_| work.failed(u32::MAX).as_millis()).collect();
        assert_eq!(waits, [500, 1000, 2000, 4000, 8000, 16000, 30000, 30000]);
        work.answered(answer(&[]));
        assert_eq!(work.failed(u32::MAX).as_millis(), 500);
        assert_eq!(work.failed(0), Duration::ZERO, "jitter is full");
    }

    #[test]
    fn a_service_can_neither_put_an_agent_to_sleep_nor_drive_it() {
        let mut work = Work::default();
        let pace = |next_checkin_millis| CheckinResponse { next_checkin_millis, ..answer(&[]) };
        assert_eq!(work.answered(pace(u64::MAX)), LONGEST_WAIT);
        assert_eq!(work.answered(pace(0)), SHORTEST_WAIT);
    }
}
