//! `ind:environmentvariable58`: the environment of a process; without a process, the one that root works in.
//!
//! A directory tree runs nothing. What a login of root would have there stands in `ENV_SUPATH` of `login.defs(5)`.

use inspector_scap::oval::flag::Flag;
use inspector_scap::oval::gather::Task;
use inspector_scap::oval::item::Item;
use inspector_scap::oval::truth::Truth;

use super::{Host, Source, refuse};
use crate::root::DATABASE;

pub(super) const SOURCE: Source = Source { kind: "environmentvariable58", collect };

const LOGIN_DEFS: &str = "/etc/login.defs";

fn collect(host: &mut Host<'_>, tasks: &mut [&mut Task<'_>]) {
    for task in tasks {
        let own = task.query.entity("pid").is_none_or(|pid| pid.nil);
        let pids: Vec<String> = match task.query.entity("pid").and_then(|pid| pid.literals()) {
            Some(pids) if !own => pids.into_iter().map(str::to_owned).collect(),
            _ if own => vec!["self".to_owned()],
            _ => {
                task.lower(Flag::NotCollected, "processes are asked for by number only".to_owned());
                continue;
            }
        };
        if host.live() {
            pids.iter().for_each(|pid| of_process(host, task, pid));
        } else if own {
            of_tree(host, task);
        } else {
            super::only_live(&mut [task]);
        }
    }
}

fn of_process(host: &Host<'_>, task: &mut Task<'_>, pid: &str) {
    let path = format!("/proc/{pid}/environ");
    match host.root.read(&path, DATABASE) {
        Ok(bytes) => {
            let text = String::from_utf8_lossy(&bytes);
            let number = if pid == "self" { i64::from(std::process::id()) } else { pid.parse().unwrap_or_default() };
            for (name, value) in text.split('\0').filter_map(|pair| pair.split_once('=')) {
                push(task, number, name, value);
            }
        }
        Err(error) => refuse(&mut [task], &path, &error),
    }
}

fn of_tree(host: &mut Host<'_>, task: &mut Task<'_>) {
    match host.text(LOGIN_DEFS) {
        Ok(text) => {
            let setting = text.lines().filter_map(|line| line.trim_start().strip_prefix("ENV_SUPATH")).next_back();
            match setting {
                Some(value) => {
                    let value = value.trim();
                    push(task, 0, "PATH", value.strip_prefix("PATH=").unwrap_or(value));
                }
                None => super::only_live(&mut [task]),
            }
        }
        Err(_) => super::only_live(&mut [task]),
    }
}

fn push(task: &mut Task<'_>, pid: i64, name: &str, value: &str) {
    if task.query.takes("name", name) == Truth::True {
        let mut item = Item::new("environmentvariable58");
        if task.query.kind == SOURCE.kind {
            item.push("pid", pid);
        } else {
            item = Item::new("environmentvariable");
        }
        task.push(item.with("name", name).with("value", value));
    }
}
