//! The service's own sync of feeds: once a day, at a time of the day that differs from one installation to the next, so
//! that not all of them ask the publishers at once.

use std::path::{Path, PathBuf};
use std::time::Duration;

use sha2::{Digest, Sha256};

use super::Sync;
use crate::advisories::DataDirectory;

const DAY: u64 = 24 * 60 * 60;
/// A service that was only just started is left alone for so long, in seconds.
const SETTLING: u64 = 10 * 60;

/// Syncs every day from now on, in a thread of its own. What fails is an error in the log and a line of `inspector feeds
/// status`; the advisories in force stay.
pub(crate) fn start(data_dir: PathBuf, mirror: Option<String>) -> std::io::Result<()> {
    let wait = stagger(&data_dir);
    let daily = move || {
        std::thread::sleep(Duration::from_secs(wait));
        loop {
            sync(&data_dir, mirror.clone());
            std::thread::sleep(Duration::from_secs(DAY));
        }
    };
    std::thread::Builder::new().name("feeds".to_owned()).spawn(daily).map(|_| ())
}

fn sync(data_dir: &Path, mirror: Option<String>) {
    let data = DataDirectory { data_dir: data_dir.to_owned() };
    match Sync::of_all(data, mirror).sync() {
        Ok(synced) => {
            synced.failures.iter().for_each(|failure| tracing::error!(failure, "a feed could not be synced"));
            let (taken, unchanged, failed) = (synced.taken, synced.unchanged, synced.failures.len());
            tracing::info!(taken, unchanged, failed, "feeds synced");
        }
        Err(error) => tracing::error!(failure = format!("{error:#}"), "feeds could not be synced"),
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
