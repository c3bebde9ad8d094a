//! `run`: check in, collect when asked, deliver.

use std::time::Duration;

use inspector_collect::Root;
use inspector_collect::source::{kernel, os_release};
use inspector_model::agent::CheckinRequest;
use inspector_model::host::HostFacts;
use ring::rand::{SecureRandom, SystemRandom};

use crate::arguments::Run;
use crate::benchmark;
use crate::client::{Client, Refusal};
use crate::failure::Failure;
use crate::identity::Identity;
use crate::observe::Observing;
use crate::stop::{self, Worker};
use crate::work::{Seen, Step, Work};
use crate::{Result, log, now};

/// Serves until told to stop.
pub(crate) fn run(arguments: &Run) -> Result<()> {
    let identity = Identity::load(&arguments.state_dir)?.ok_or_else(|| {
        Failure::new(format!("this host is not enrolled: `{}` holds no identity", arguments.state_dir.display()))
            .help("inspector-agent enroll --server URL --token-file FILE --ca-fingerprint HEX")
    })?;
    let client = Client::enrolled(&identity)?;
    log(&format!("{} serves {}", identity.agent_id, identity.server));
    stop::until_told(move |worker| {
        let root = Root::live().map_err(|error| Failure::because("cannot look at this host", error))?;
        serve(&client, &root, worker);
        Ok(())
    })
}

fn serve(client: &Client, root: &Root, worker: &Worker) {
    let mut work = Work::default();
    let mut observing = Observing::default();
    let mut complained = None;
    loop {
        let (wait, trouble) = match work.next() {
            Step::CheckIn => match client.check_in(&heartbeat(root, &observing)) {
                Ok(answer) => {
                    observing.set(answer.observe);
                    (work.answered(answer), None)
                }
                Err(refusal) => (work.failed(random()), Some(refusal.to_string())),
            },
            Step::Collect { benchmark } => match benchmark::items(client, root, benchmark) {
                Ok(benchmark) => {
                    let behavior = observing.observation();
                    let facts = HostFacts { behavior, ..inspector_collect::collect(root, now()) };
                    work.collected(Seen { facts, benchmark });
                    (Duration::ZERO, None)
                }
                Err(why) => (work.failed(random()), Some(why)),
            },
            Step::Deliver(request) => match worker.busy(|| client.deliver(&request)) {
                Ok(()) => {
                    log(&format!("delivered facts for {}", request.runs.join(", ")));
                    (work.delivered(), None)
                }
                Err(Refusal::Passing(why)) => (work.failed(random()), Some(why)),
                Err(Refusal::Final(why)) => (work.let_go(random()), Some(why)),
            },
        };
        // The same trouble is told once, however long it lasts.
        if trouble != complained {
            log(trouble.as_deref().map_or("the service answers again", |why| why));
            complained = trouble;
        }
        if !worker.wait(wait) {
            return;
        }
    }
}

/// What previews show of this host.
fn heartbeat(root: &Root, observing: &Observing) -> CheckinRequest {
    CheckinRequest {
        agent_version: env!("CARGO_PKG_VERSION").to_owned(),
        hostname: kernel::hostname(root).seen().cloned().unwrap_or_default(),
        operating_system: os_release::collect(root).seen().map(|os| os.pretty_name.clone()).unwrap_or_default(),
        kernel_version: kernel::collect(root).seen().map(|kernel| kernel.release.clone()).unwrap_or_default(),
        observing: observing.is_on(),
    }
}

/// For jitter. Without random numbers it waits as long as it may.
fn random() -> u32 {
    let mut bytes = [0; 4];
    SystemRandom::new().fill(&mut bytes).map_or(u32::MAX, |()| u32::from_ne_bytes(bytes))
}
