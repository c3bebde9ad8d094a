//! Being told to stop, by a terminal or a service manager.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use crate::Result;
use crate::failure::Failure;

/// How long a delivery under way may take to end.
const GRACE: Duration = Duration::from_secs(3);

/// What the worker sees: whether to go on.
pub(crate) struct Worker {
    told: Receiver<()>,
    busy: Arc<AtomicBool>,
}

impl Worker {
    /// Waits, and says whether to go on.
    pub(crate) fn wait(&self, how_long: Duration) -> bool {
        self.told.recv_timeout(how_long) == Err(RecvTimeoutError::Timeout)
    }

    /// Does `work`, which should not be cut off.
    pub(crate) fn busy<T>(&self, work: impl FnOnce() -> T) -> T {
        self.busy.store(true, Ordering::SeqCst);
        let done = work();
        self.busy.store(false, Ordering::SeqCst);
        done
    }
}

/// Runs `work` until it ends or the program is told to stop. A worker that waits for an answer holds nothing that could be
/// lost and is left behind; one that is busy gets a moment to end.
pub(crate) fn until_told(work: impl FnOnce(&Worker) -> Result<()> + Send + 'static) -> Result<()> {
    let mut signals =
        Signals::new([SIGINT, SIGTERM]).map_err(|error| Failure::because("cannot listen for signals", error))?;
    let (tell, told) = channel();
    let (events, happened) = channel();
    let busy = Arc::new(AtomicBool::new(false));
    let worker = Worker { told, busy: busy.clone() };
    let ended: Sender<Option<Result<()>>> = events.clone();
    std::thread::spawn(move || {
        // The receiver is gone when the program is about to end anyway.
        let _late = ended.send(Some(work(&worker)));
    });
    std::thread::spawn(move || {
        if signals.forever().next().is_some() {
            let _late = events.send(None);
        }
    });
    match happened.recv() {
        Ok(Some(result)) => result,
        Ok(None) | Err(_) => {
            let _ended = tell.send(());
            if busy.load(Ordering::SeqCst) {
                let _ended = happened.recv_timeout(GRACE);
            }
            Ok(())
        }
    }
}
