//! `unix:process58`: the processes of the running kernel (`proc(5)`).

use inspector_scap::oval::flag::Flag;
use inspector_scap::oval::gather::Task;
use inspector_scap::oval::item::{Item, Status};

use super::{Host, Source, lower, offer, only_live, refuse};
use crate::root::CONFIGURATION;
use crate::source::running::{self, PROC};

pub(super) const SOURCE: Source = Source { kind: "process58", collect };

/// Scheduling policies by number (`sched(7)`), in the words of the schema.
const POLICIES: [(&str, &str); 6] = [("0", "TS"), ("1", "FF"), ("2", "RR"), ("3", "B"), ("5", "IDL"), ("6", "DLN")];

fn collect(host: &mut Host<'_>, tasks: &mut [&mut Task<'_>]) {
    if !host.live() {
        return only_live(tasks);
    }
    let pids = match running::pids(host.root) {
        Ok(pids) => pids,
        Err(error) => return refuse(tasks, PROC, &error),
    };
    // A process may end while we look.
    let items: Vec<Item> = pids.into_iter().filter_map(|pid| item(host, pid)).collect();
    if items.is_empty() {
        lower(tasks, Flag::Error, &format!("`{PROC}` shows no process"));
    }
    offer(tasks, &["command_line", "pid"], &items);
}

fn item(host: &Host<'_>, pid: u32) -> Option<Item> {
    let read = |what: &str| {
        let bytes = host.root.read(&format!("{PROC}/{pid}/{what}"), CONFIGURATION).ok()?;
        Some(String::from_utf8_lossy(&bytes).into_owned())
    };
    of(pid, &read("stat")?, &read("status")?, &read)
}

/// The item of the process `pid` out of its `stat`, its `status` and what `read` reads of its other files.
fn of(pid: u32, stat: &str, status: &str, read: &dyn Fn(&str) -> Option<String>) -> Option<Item> {
    // The name may hold blanks and parentheses; the last one closes it.
    let (before, after) = stat.rsplit_once(')')?;
    let (_, name) = before.split_once('(')?;
    let fields: Vec<&str> = after.split_whitespace().collect();
    // Fields are numbered from one in the manual, and the third comes first here.
    let field = |number: usize| fields.get(number.checked_sub(3)?).copied();
    let number = |number: usize| field(number)?.parse::<i64>().ok();
    let user = |which: usize| running::field(status, "Uid")?.split_whitespace().nth(which)?.parse::<i64>().ok();
    let command = read("cmdline").map(|text| text.trim_end_matches('\0').replace('\0', " "));
    // Threads of the kernel have no command line and are shown as `ps(1)` shows them.
    let command = command.filter(|text| !text.is_empty()).unwrap_or_else(|| format!("[{name}]"));
    let mut item = Item::new("process58").with("command_line", command);
    item.push_status("exec_time", Status::NotCollected);
    item.push("pid", i64::from(pid));
    push(&mut item, "ppid", number(4));
    push(&mut item, "priority", number(18));
    push(&mut item, "ruid", user(0));
    let policy = field(41).and_then(|policy| POLICIES.iter().find(|(number, _)| *number == policy));
    match policy {
        Some((_, word)) => item.push("scheduling_class", *word),
        None => item.push_status("scheduling_class", Status::NotCollected),
    }
    item.push_status("start_time", Status::NotCollected);
    item.push_status("tty", Status::NotCollected);
    push(&mut item, "user_id", user(1));
    item.push_status("exec_shield", Status::NotCollected);
    push(&mut item, "loginuid", read("loginuid").and_then(|text| text.trim().parse().ok()));
    item.push_status("posix_capability", Status::NotCollected);
    match read("attr/current").map(|text| text.trim_end_matches(['\0', '\n']).to_owned()) {
        Some(label) if !label.is_empty() => item.push("selinux_domain_label", label),
        _ => item.push_status("selinux_domain_label", Status::DoesNotExist),
    }
    push(&mut item, "session_id", number(6));
    Some(item)
}

fn push(item: &mut Item, name: &'static str, value: Option<i64>) {
    match value {
        Some(value) => item.push(name, value),
        None => item.push_status(name, Status::NotCollected),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STAT: &str = "42 (a) b) S 1 42 42 0 -1 4194560 1 0 0 0 0 0 0 0 20 0 1 0 85 0 0 18446744073709551615 0 0 0 0 0 \
                        0 0 4096 0 0 0 0 17 0 0 0 0 0 0 0 0 0 0 0 0 0 0\n";
    const STATUS: &str = "Name:\ta) b\nUid:\t1000\t0\t0\t0\n";

    #[test]
    fn a_process_is_told_by_its_command_line_and_a_kernel_thread_by_its_name() {
        let files = |name: &str| match name {
            "cmdline" => Some("/usr/sbin/a\0-x y\0".to_owned()),
            "loginuid" => Some("4294967295".to_owned()),
            _ => None,
        };
        let item = of(42, STAT, STATUS, &files).unwrap();
        let text = |name: &str| item.get(name).map(ToString::to_string);
        assert_eq!(text("command_line").as_deref(), Some("/usr/sbin/a -x y"));
        let wanted = [("ppid", "1"), ("priority", "20"), ("ruid", "1000"), ("user_id", "0"), ("session_id", "42")];
        for (name, value) in wanted.into_iter().chain([("loginuid", "4294967295"), ("scheduling_class", "TS")]) {
            assert_eq!(text(name).as_deref(), Some(value), "{name}");
        }
        let thread = of(2, STAT, STATUS, &|_| None).unwrap();
        assert_eq!(thread.get("command_line").map(ToString::to_string).as_deref(), Some("[a) b]"));
        assert!(of(2, "42 (cut", STATUS, &|_| None).is_none());
    }

    #[test]
    fn the_process_that_asks_is_among_those_that_run() {
        let root = crate::Root::live().unwrap();
        let collector = crate::ScapCollector::new(&root);
        let own = item(&collector.host, std::process::id()).unwrap();
        assert_eq!(own.get("pid").map(ToString::to_string), Some(std::process::id().to_string()));
    }
}
