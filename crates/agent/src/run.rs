//! `run`: check in, collect when asked, deliver.

use std::path::PathBuf;
use std::time::Duration;

use inspector_collect::Root;
use inspector_collect::source::{kernel, os_release};
use inspector_model::agent::{CheckinRequest, Trouble};
use inspector_model::host::HostFacts;
use ring::rand::{SecureRandom, SystemRandom};

use crate::arguments::Run;
use crate::benchmark;
use crate::client::{Client, Refusal};
use crate::deliver::Deliverer;
use crate::failure::Failure;
use crate::identity::Identity;
use crate::observe::Observing;
use crate::proxy::{self, Proxy};
use crate::renew::renew;
use crate::spool::Spool;
use crate::stop::{self, Worker};
use crate::supervise::WHY;
use crate::work::{Seen, Step, Work};
use crate::{Result, log, now, restrain};

/// Serves until told to stop.
pub(crate) fn run(arguments: &Run) -> Result<()> {
    let troubles: Vec<Trouble> = restrain::worker().into_iter().chain(restarted()).collect();
    let identity = Identity::load(&arguments.state_dir)?.ok_or_else(|| {
        Failure::new(format!("this host is not enrolled: `{}` holds no identity", arguments.state_dir.display()))
            .help("inspector-agent enroll --server URL --token-file FILE --ca-fingerprint HEX")
    })?;
    let proxy = proxy::leading_to(&identity.server, &arguments.proxy_file)?;
    let client = Client::enrolled(&identity, proxy.as_ref())?;
    let process = process()?;
    log(&format!("{} serves {}", identity.agent_id, identity.server));
    let state_dir = arguments.state_dir.clone();
    stop::until_told(move |worker| {
        let root = Root::live().map_err(|error| Failure::because("cannot look at this host", error))?;
        let (spool, owed) = Spool::open(&state_dir);
        let work = owed.map_or_else(Work::default, Work::owed);
        let deliverer = Deliverer::default();
        let observing = Observing::default();
        Agent { client, identity, proxy, state_dir, root, process, spool, deliverer, work, observing, troubles }
            .serve(worker);
        Ok(())
    })
}

/// An agent at work.
struct Agent {
    client: Client,
    identity: Identity,
    proxy: Option<Proxy>,
    state_dir: PathBuf,
    root: Root,
    process: String,
    spool: Spool,
    deliverer: Deliverer,
    work: Work,
    observing: Observing,
    /// Of this process and the one before it.
    troubles: Vec<Trouble>,
}

impl Agent {
    fn serve(&mut self, worker: &Worker) {
        let mut complained = None;
        loop {
            let (wait, trouble) = self.step(worker);
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

    /// Does the next step; how long to wait after it, and what was wrong.
    fn step(&mut self, worker: &Worker) -> (Duration, Option<String>) {
        match self.work.next() {
            Step::CheckIn => match self.client.check_in(&self.heartbeat()) {
                Ok(answer) => {
                    self.observing.set(answer.observe);
                    (self.work.answered(answer), None)
                }
                Err(refusal) => self.refused(refusal),
            },
            Step::Renew => {
                match worker.busy(|| renew(&self.client, &self.identity, self.proxy.as_ref(), &self.state_dir)) {
                    Ok((client, identity)) => {
                        log(&format!("the certificate is renewed until {}", identity.expires_at));
                        (self.client, self.identity) = (client, identity);
                        (self.work.renewed(), None)
                    }
                    Err(why) => {
                        self.work.renewed();
                        (self.work.failed(random()), Some(why))
                    }
                }
            }
            Step::Collect { benchmark } => match benchmark::items(&self.client, &self.root, benchmark) {
                Ok(benchmark) => {
                    let behavior = self.observing.observation();
                    let facts = HostFacts { behavior, ..inspector_collect::collect(&self.root, now()) };
                    self.work.collected(Seen { facts, benchmark });
                    if let Step::Deliver(request) = self.work.next() {
                        self.spool.keep(&request);
                    }
                    (Duration::ZERO, None)
                }
                Err(refusal) => self.refused(refusal),
            },
            Step::Deliver(request) => match worker.busy(|| self.deliverer.deliver(&self.client, &request)) {
                Ok(()) => {
                    log(&format!("delivered facts for {}", request.runs.join(", ")));
                    self.spool.clear();
                    // A whole collection went well: what ended the process before this one is over.
                    self.troubles.retain(|trouble| trouble.code == restrain::CODE);
                    (self.work.delivered(), None)
                }
                Err(Refusal::Final(why)) => {
                    self.spool.clear();
                    (self.work.let_go(random()), Some(why))
                }
                Err(refusal) => self.refused(refusal),
            },
        }
    }

    fn refused(&mut self, refusal: Refusal) -> (Duration, Option<String>) {
        let why = refusal.to_string();
        match refusal {
            Refusal::Expired(_) => (self.work.expired(random()), Some(why)),
            Refusal::Passing(_) | Refusal::OtherBase(_) | Refusal::Final(_) => (self.work.failed(random()), Some(why)),
        }
    }

    /// What previews show of this host.
    fn heartbeat(&self) -> CheckinRequest {
        let root = &self.root;
        let kernel_version = kernel::collect(root).seen().map(|kernel| kernel.release.clone()).unwrap_or_default();
        CheckinRequest {
            agent_version: env!("CARGO_PKG_VERSION").to_owned(),
            hostname: kernel::hostname(root).seen().cloned().unwrap_or_default(),
            operating_system: os_release::collect(root).seen().map(|os| os.pretty_name.clone()).unwrap_or_default(),
            kernel_version,
            process: self.process.clone(),
            clock: now(),
            observing: self.observing.is_on(),
            troubles: self.spool.trouble().into_iter().chain(&self.troubles).cloned().collect(),
        }
    }
}

/// Why the process before this one was ended, as its supervisor tells.
fn restarted() -> Option<Trouble> {
    let why = std::env::var(WHY).ok()?;
    let (code, detail) = why.split_once(": ")?;
    Some(Trouble { code: code.to_owned(), detail: detail.to_owned() })
}

/// The word by which the service tells this process from another one with the same identity.
fn process() -> Result<String> {
    let mut bytes = [0; 16];
    SystemRandom::new().fill(&mut bytes).map_err(|_| Failure::new("the system has no random numbers"))?;
    Ok(hex::encode(bytes))
}

/// For jitter. Without random numbers it waits as long as it may.
fn random() -> u32 {
    let mut bytes = [0; 4];
    SystemRandom::new().fill(&mut bytes).map_or(u32::MAX, |()| u32::from_ne_bytes(bytes))
}
