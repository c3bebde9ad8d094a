//! What the worker takes from itself before it looks at anything: memory, descriptors, priority, and every privilege but
//! those that reading needs. The service manager's limits come on top; these hold where there is none.

use inspector_model::agent::Trouble;
use rustix::io::Result;
use rustix::process::{Resource, Rlimit, Signal, set_parent_process_death_signal, setpriority_process, setrlimit};
use rustix::thread::{CapabilitySet, CapabilitySets, capabilities, remove_capability_from_bounding_set};
use rustix::thread::{set_capabilities, set_no_new_privs};

/// Address space, not resident memory: the supervisor watches that.
const ADDRESS_SPACE: u64 = 1 << 30;
/// Descriptors at a time: a connection, and files one after the other.
const DESCRIPTORS: u64 = 256;
/// The largest file that may be written: the spool's cap and some way.
const FILE_SIZE: u64 = 64 << 20;
/// Everybody else comes first.
const NICENESS: i32 = 10;

/// Reading what root reads, and who holds which socket. Everything else goes, for good.
const KEPT: CapabilitySet = CapabilitySet::DAC_READ_SEARCH.union(CapabilitySet::SYS_PTRACE);

/// The code of the trouble that something of it failed.
pub(crate) const CODE: &str = "not-restrained";

/// Restrains this process, which must have one thread yet, and ties it to its supervisor. What could not be done is told.
pub(crate) fn worker() -> Option<Trouble> {
    let steps = [
        ("die with the supervisor", set_parent_process_death_signal(Some(Signal::KILL))),
        ("limit memory and files", limits()),
        ("lower the priority", setpriority_process(None, NICENESS)),
        ("give up privileges", privileges()),
    ];
    let failed = steps.into_iter().filter_map(|(what, done)| Some(format!("cannot {what}: {}", done.err()?)));
    let failed: Vec<String> = failed.collect();
    (!failed.is_empty()).then(|| Trouble { code: CODE.to_owned(), detail: failed.join("; ") })
}

fn limits() -> Result<()> {
    for (resource, most) in [
        (Resource::As, ADDRESS_SPACE),
        (Resource::Nofile, DESCRIPTORS),
        (Resource::Fsize, FILE_SIZE),
        (Resource::Core, 0),
    ] {
        let now = rustix::process::getrlimit(resource);
        let most = now.maximum.map_or(most, |maximum| maximum.min(most));
        setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) })?;
    }
    Ok(())
}

fn privileges() -> Result<()> {
    set_no_new_privs(true)?;
    let held = capabilities(None)?;
    // The bounding set can be narrowed only while the right to do so is held; without it nothing is in reach either.
    if held.effective.contains(CapabilitySet::SETPCAP) {
        for capability in CapabilitySet::all().difference(KEPT).iter() {
            match remove_capability_from_bounding_set(capability) {
                // A capability that this kernel does not know.
                Ok(()) | Err(rustix::io::Errno::INVAL) => {}
                Err(error) => return Err(error),
            }
        }
    }
    let kept = held.permitted.intersection(KEPT);
    set_capabilities(None, CapabilitySets { effective: kept, permitted: kept, inheritable: CapabilitySet::empty() })
}
