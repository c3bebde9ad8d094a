//! The service's own sync of feeds: once a day, at a time of the day that differs from one installation to the next, so
//! that not all of them ask the publishers at once.

use std::path::{Path, PathBuf};
use std::time::Duration;

use inspector_api::openinspector::FeedFailure;
use sha2::{Digest, Sha256};
use tokio::sync::mpsc::UnboundedSender;

use super::sync::state::{Failure, State, WHOLE};
use super::sync::{Sync, Synced};
use crate::advisories::{DataDirectory, FeedsFolder};
use crate::verb::scan::now;

const DAY: u64 = 24 * 60 * 60;
/// A service that was only just started is left alone for so long, in seconds.
const SETTLING: u64 = 10 * 60;

/// Syncs every day from now on, in a thread of its own. What fails is told to `failed` and stays in [`failures`] until it
/// goes well; the advisories in force stay.
pub(crate) fn start(
    data_dir: PathBuf,
    mirror: Option<String>,
    failed: UnboundedSender<FeedFailure>,
) -> std::io::Result<()> {
    let wait = stagger(&data_dir);
    let daily = move || {
        std::thread::sleep(Duration::from_secs(wait));
        loop {
            for failure in sync(&data_dir, mirror.clone()) {
                tracing::error!(address = failure.address, reason = failure.reason, "a feed could not be synced");
                // A service that stops hears nothing any more; the file of failures keeps it.
                let _stopped = failed.send(failure);
            }
            std::thread::sleep(Duration::from_secs(DAY));
        }
    };
    std::thread::Builder::new().name("feeds".to_owned()).spawn(daily).map(|_| ())
}

/// Syncs once; gives what failed.
fn sync(data_dir: &Path, mirror: Option<String>) -> Vec<FeedFailure> {
    let data = DataDirectory { data_dir: data_dir.to_owned() };
    let failures = match Sync::of_all(data, mirror).sync() {
        Ok(Synced { taken, unchanged, failures }) => {
            tracing::info!(taken, unchanged, failed = failures.len(), "feeds synced");
            failures
        }
        Err(error) => vec![(WHOLE.to_owned(), format!("{error:#}"))],
    };
    let at = now();
    failures.into_iter().map(|(address, reason)| FeedFailure { address, failed_at: at, reason }).collect()
}

/// What failed when it was last tried, by whomever: the service shows it until it goes well again.
pub(crate) fn failures(data_dir: &Path) -> Vec<FeedFailure> {
    let told = |(address, failure): (&str, &Failure)| FeedFailure {
        address: address.to_owned(),
        failed_at: failure.at,
        reason: failure.why.clone(),
    };
    match State::load(&FeedsFolder::of(data_dir)) {
        Ok(state) => state.failures().into_iter().map(told).collect(),
        Err(error) => vec![FeedFailure { address: WHOLE.to_owned(), failed_at: now(), reason: format!("{error:#}") }],
    }
}

/// Seconds until the first sync: the same for an installation whenever it starts, and spread over a day.
fn stagger(data_dir: &Path) -> u64 {
    let host = std::fs::read("/etc/machine-id").unwrap_or_default();
    let digest = Sha256::new().chain_update(host).chain_update(data_dir.as_os_str().as_encoded_bytes()).finalize();
    let number = digest.iter().take(8).fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
    SETTLING + number % (DAY - SETTLING)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn installations_sync_at_different_times_of_the_day_and_none_at_once() {
        let waits: std::collections::BTreeSet<u64> =
            (0..100).map(|nth| stagger(&PathBuf::from(format!("/data/{nth}")))).collect();
        assert!(waits.len() > 90 && waits.iter().all(|wait| (SETTLING..DAY).contains(wait)), "{waits:?}");
    }
}
