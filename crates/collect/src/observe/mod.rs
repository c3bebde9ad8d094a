//! What a host does while it is observed: the socket tables of its kernel, looked at again and again.
//!
//! Looks are paced so that they take a small part of one processor, however many sockets there are. The end that closes a
//! connection first keeps it in `TIME_WAIT` for a minute, so what is looked at twice a minute shows nearly every connection
//! that this host closed itself, without its owner. What looks cannot show is said in [`SensorKind::blind_spots`].

mod diag;
mod track;

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use inspector_model::Timestamp;
use inspector_model::behavior::{Observation, Sensor, SensorKind};
use inspector_model::host::Process;

use self::diag::{Connection, Tables};
use self::track::Tracker;
use crate::root::Root;
use crate::source::running;

/// Between two looks on a host where they cost little.
const INTERVAL: Duration = Duration::from_secs(2);
/// A wait takes so many times what the look before it took.
const RESTS: u32 = 50;
/// Never longer: a connection stays in `TIME_WAIT` for 60 seconds.
const LONGEST_INTERVAL: Duration = Duration::from_secs(25);
/// What was not looked at for longer may have come and gone unseen.
const GAP: Duration = Duration::from_secs(50);
/// So many gaps are told one by one.
const GAPS: usize = 16;

/// An observation under way.
#[derive(Debug)]
pub struct Observer {
    from: Timestamp,
    started: Instant,
    last: Option<Instant>,
    wait: Duration,
    tables: Tables,
    tracker: Tracker,
    gaps: Vec<String>,
}

impl Observer {
    /// Begins with a first look. `now` is the time of day by which the observation is told.
    pub fn begin(root: &Root, now: Timestamp) -> Self {
        let mut observer = Self {
            from: now,
            started: Instant::now(),
            last: None,
            wait: INTERVAL,
            tables: Tables::of(root),
            tracker: Tracker::default(),
            gaps: Vec::new(),
        };
        observer.look(root);
        observer
    }

    /// Looks once. Returns how long to wait before the next look.
    pub fn look(&mut self, root: &Root) -> Duration {
        let begun = Instant::now();
        if let Some(last) = self.last {
            let passed = begun.duration_since(last);
            if passed > GAP {
                self.gap(format!("nothing was looked at for {} s", passed.as_secs()));
            }
        }
        match self.look_at_tables(root) {
            Ok(()) => self.last = Some(begun),
            Err(why) => self.gap(why),
        }
        self.wait = begun.elapsed().saturating_mul(RESTS).clamp(INTERVAL, LONGEST_INTERVAL);
        self.wait
    }

    fn look_at_tables(&mut self, root: &Root) -> Result<(), String> {
        let listening = self.tables.listening(root)?;
        self.tracker.listening(&listening);
        let mut fresh = Vec::new();
        self.tracker.begin_look();
        self.tables.connections(root, &mut |connection| {
            if self.tracker.sees(&connection) {
                fresh.push(connection);
            }
        })?;
        self.tracker.end_look();
        self.tracker.outgoing(&fresh, &holders(root, &fresh));
        Ok(())
    }

    fn gap(&mut self, why: String) {
        if self.gaps.len() < GAPS {
            self.gaps.push(why);
        }
    }

    /// What was seen so far.
    pub fn observation(&self) -> Observation {
        let (outgoing, incoming) = self.tracker.told();
        Observation {
            from: self.from,
            seconds: self.started.elapsed().as_secs(),
            sensor: Sensor { kind: SensorKind::Polling, interval_seconds: self.wait.as_secs() },
            listening: self.tracker.listening_from_the_start(),
            outgoing,
            incoming,
            lost: self.tracker.lost(),
            gaps: self.gaps.clone(),
        }
    }
}

/// The processes that hold the sockets of fresh outgoing connections, asked for where one still has an owner.
fn holders(root: &Root, fresh: &[Connection]) -> BTreeMap<u64, Process> {
    let wanted: BTreeSet<u64> = fresh.iter().map(|it| it.inode).filter(|inode| *inode != 0).collect();
    if wanted.is_empty() { BTreeMap::new() } else { running::holders(root, &wanted) }
}

#[cfg(test)]
mod tests;
