//! What a run costs, from proc(5).

use std::time::{Duration, Instant};

/// The clock, and the processor time of all threads in seconds: on a busy machine the second says more.
pub(crate) struct Since {
    start: Instant,
    work: f64,
}

impl Since {
    pub(crate) fn now() -> Self {
        Self { start: Instant::now(), work: processor_seconds() }
    }

    pub(crate) fn told(&self) -> (Duration, f64) {
        (self.start.elapsed(), processor_seconds() - self.work)
    }
}

/// `utime` and `stime`, which count in hundredths of a second.
fn processor_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
    let ticks: u32 = fields.skip(11).take(2).filter_map(|field| field.parse::<u32>().ok()).sum();
    f64::from(ticks) / 100.0
}

/// `VmHWM`.
pub(crate) fn peak_megabytes() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok()).map_or(0, |kilobytes| kilobytes / 1024)
}
