//! `run`: a supervisor that holds nothing and watches a worker that does everything. A worker that takes too much is ended
//! and started again, later each time, and tells the service why.

use std::fs;
use std::process::{Child, Command, ExitStatus};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use crate::arguments::Run;
use crate::failure::Failure;
use crate::stop::{self, Worker};
use crate::{Result, log};

/// How often the worker is looked at.
const LOOK: Duration = Duration::from_secs(1);
/// Resident memory that ends a worker, in bytes; several times what the largest collection takes.
const MEMORY: u64 = 128 << 20;
/// Processor time that ends a worker: half a core for as long as [`CPU_WINDOW`].
const CPU_SHARE: f64 = 0.5;
const CPU_WINDOW: Duration = Duration::from_secs(120);
/// The first wait before a worker is started again; doubled each time.
const FIRST_WAIT: Duration = Duration::from_secs(5);
const LONGEST_WAIT: Duration = Duration::from_secs(600);
/// A worker that lived so long starts the waits over.
const SETTLED: Duration = Duration::from_secs(3600);
/// How long a worker that was told to stop may take.
const GRACE: Duration = Duration::from_secs(2);
/// What the next worker is told of the last, as `CODE: DETAIL`.
pub(crate) const WHY: &str = "INSPECTOR_AGENT_RESTARTED";

/// Supervises until told to stop, or until a worker cannot work at all.
pub(crate) fn run(arguments: &Run) -> Result<()> {
    let program = std::env::current_exe().map_err(|error| Failure::because("cannot find this program", error))?;
    let mut command = Command::new(program);
    command.arg("run").arg("--worker").arg("--state-dir").arg(&arguments.state_dir);
    command.arg("--proxy-file").arg(&arguments.proxy_file);
    stop::until_told(move |told| told.busy(|| supervise(command, told)))
}

fn supervise(mut command: Command, told: &Worker) -> Result<()> {
    let mut failures = 0;
    loop {
        let started = Instant::now();
        let mut child = command.spawn().map_err(|error| Failure::because("cannot start the worker", error))?;
        let why = match watch(&mut child, told)? {
            End::Told => return Ok(()),
            End::Unusable => return Err(Failure::new("the agent cannot work")),
            End::Broke(why) => why,
        };
        if started.elapsed() >= SETTLED {
            failures = 0;
        }
        let wait = FIRST_WAIT.saturating_mul(2_u32.saturating_pow(failures)).min(LONGEST_WAIT);
        failures += 1;
        log(&format!("the worker ended ({why}); the next one starts in {} s", wait.as_secs()));
        command.env(WHY, why);
        if !told.wait(wait) {
            return Ok(());
        }
    }
}

/// How a worker ended.
#[derive(Debug)]
enum End {
    /// Because it was told to.
    Told,
    /// It has said why, and the next one would say the same.
    Unusable,
    /// For another reason, as `CODE: DETAIL`.
    Broke(String),
}

fn watch(child: &mut Child, told: &Worker) -> Result<End> {
    let lost = |error| Failure::because("cannot watch the worker", error);
    let mut window = Window::default();
    loop {
        if let Some(status) = child.try_wait().map_err(lost)? {
            return Ok(ended(status));
        }
        if let Some(why) = usage(child.id()).and_then(|usage| window.exceeded(usage, Instant::now())) {
            child.kill().and_then(|()| child.wait()).map_err(lost)?;
            return Ok(End::Broke(why));
        }
        if !told.wait(LOOK) {
            stop_child(child).map_err(lost)?;
            return Ok(End::Told);
        }
    }
}

fn ended(status: ExitStatus) -> End {
    match status.code() {
        Some(0) => End::Told,
        Some(2) => End::Unusable,
        Some(code) => End::Broke(format!("worker-failed: the worker ended with status {code}")),
        None => End::Broke(format!("worker-failed: the worker was ended by {status}")),
    }
}

fn stop_child(child: &mut Child) -> std::io::Result<()> {
    if let Some(pid) = i32::try_from(child.id()).ok().and_then(Pid::from_raw) {
        kill_process(pid, Signal::TERM)?;
    }
    let until = Instant::now() + GRACE;
    while child.try_wait()?.is_none() {
        if Instant::now() >= until {
            child.kill()?;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    Ok(())
}

/// What a process takes.
#[derive(Debug, Clone, Copy)]
struct Usage {
    /// Resident memory in bytes.
    resident: u64,
    /// Processor time since its start.
    cpu: Duration,
}

/// Reads `/proc`; `None` when the process is gone.
fn usage(pid: u32) -> Option<Usage> {
    let pages: u64 = fs::read_to_string(format!("/proc/{pid}/statm")).ok()?.split(' ').nth(1)?.parse().ok()?;
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // proc(5): utime and stime are the 14th and 15th fields; the second is in parentheses and may hold anything.
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
    let mut ticks = || fields.next()?.parse::<u64>().ok();
    let ticks = ticks()?.saturating_add(ticks()?);
    let page = u64::try_from(rustix::param::page_size()).ok()?;
    let per_second = rustix::param::clock_ticks_per_second().max(1);
    Some(Usage {
        resident: pages.saturating_mul(page),
        cpu: Duration::from_millis(ticks.saturating_mul(1000) / per_second),
    })
}

/// The processor time of one worker over a sliding window; it reads no clock.
#[derive(Debug, Default)]
struct Window {
    looks: std::collections::VecDeque<(Instant, Duration)>,
}

impl Window {
    /// Which limit a worker that takes `usage` at `now` is over, as `CODE: DETAIL`.
    fn exceeded(&mut self, usage: Usage, now: Instant) -> Option<String> {
        if usage.resident > MEMORY {
            let (took, most) = (usage.resident >> 20, MEMORY >> 20);
            return Some(format!("limit-memory: the worker took {took} MB and may take {most} MB"));
        }
        self.looks.push_back((now, usage.cpu));
        while self.looks.get(1).is_some_and(|(at, _)| now.duration_since(*at) >= CPU_WINDOW) {
            self.looks.pop_front();
        }
        let (since, before) = *self.looks.front()?;
        let span = now.duration_since(since);
        let took = usage.cpu.saturating_sub(before);
        (span >= CPU_WINDOW && took.as_secs_f64() > span.as_secs_f64() * CPU_SHARE).then(|| {
            format!("limit-cpu: the worker took {} s of processor time in {} s", took.as_secs(), span.as_secs())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(start: Instant, second: u64) -> Instant {
        start + Duration::from_secs(second)
    }

    #[test]
    fn too_much_memory_is_named_at_once() {
        let usage = Usage { resident: MEMORY + 1, cpu: Duration::ZERO };
        let why = Window::default().exceeded(usage, Instant::now()).unwrap();
        assert!(why.starts_with("limit-memory: "), "{why}");
    }

    #[test]
    fn a_burst_is_no_trouble_and_half_a_core_without_end_is() {
        let start = Instant::now();
        let mut window = Window::default();
        let mut look = |second: u64, cpu: u64| {
            window.exceeded(Usage { resident: 1, cpu: Duration::from_secs(cpu) }, at(start, second))
        };
        for second in 0..50 {
            assert_eq!(look(second, second), None, "a burst of fifty seconds");
        }
        for second in 50..1000 {
            assert_eq!(look(second, 50), None, "and rest");
        }
        let over = (1000..1200).find_map(|second| look(second, 50 + (second - 1000)));
        assert!(over.unwrap().starts_with("limit-cpu: "));
    }

    #[test]
    fn this_process_can_be_looked_at() {
        let usage = usage(std::process::id()).unwrap();
        assert!(usage.resident > 100_000 && usage.resident < MEMORY, "{usage:?}");
    }
}
