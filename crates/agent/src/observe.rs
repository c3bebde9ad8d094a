//! Observes the host while the service asks for it, beside the work of delivering.

use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use inspector_collect::{Observer, Root};
use inspector_model::behavior::Observation;

use crate::{log, now};

/// Between the look that begins an observation and the next.
const FIRST_WAIT: Duration = Duration::from_secs(1);

/// The one observation of this program, if it observes at all. Runs that overlap share it.
#[derive(Default)]
pub(crate) struct Observing(Option<Watch>);

/// An observation under way on a thread of its own, which ends when this is dropped.
struct Watch {
    root: Root,
    observer: Arc<Mutex<Observer>>,
    _end: Sender<()>,
}

impl Observing {
    /// Whether the host is observed now.
    pub(crate) fn is_on(&self) -> bool {
        self.0.is_some()
    }

    /// Begins or ends as the service asks.
    pub(crate) fn set(&mut self, wanted: bool) {
        match (wanted, self.is_on()) {
            (true, false) => match Root::live() {
                Ok(root) => self.0 = Some(Watch::begin(root)),
                Err(error) => log(&format!("cannot observe this host: {error}")),
            },
            (false, true) => self.0 = None,
            (true, true) | (false, false) => {}
        }
    }

    /// What was seen so far, a last look included.
    pub(crate) fn observation(&self) -> Option<Observation> {
        let Watch { root, observer, .. } = self.0.as_ref()?;
        let mut observer = observer.lock().unwrap_or_else(PoisonError::into_inner);
        observer.look(root);
        Some(observer.observation())
    }
}

impl Watch {
    fn begin(root: Root) -> Self {
        let observer = Arc::new(Mutex::new(Observer::begin(&root, now())));
        let (end, ended) = channel::<()>();
        let watcher = observer.clone();
        std::thread::spawn(move || {
            // A root belongs to one thread. Where this one cannot have its own, the observation lacks its looks and says so.
            let Ok(root) = Root::live() else { return log("cannot look at this host while observing it") };
            let mut wait = FIRST_WAIT;
            while ended.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
                wait = watcher.lock().unwrap_or_else(PoisonError::into_inner).look(&root);
            }
        });
        Self { root, observer, _end: end }
    }
}
