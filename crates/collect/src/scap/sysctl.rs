//! `unix:sysctl`: the settings of the running kernel, below `/proc/sys`.

use inspector_scap::oval::flag::Flag;
use inspector_scap::oval::gather::Task;
use inspector_scap::oval::item::Item;
use inspector_scap::oval::truth::Truth;

use super::{Host, Source, only_live};
use crate::root::{CONFIGURATION, Further, ReadError, Visit};

pub(super) const SOURCE: Source = Source { kind: "sysctl", collect };

const SYS: &str = "/proc/sys";

fn collect(host: &mut Host<'_>, tasks: &mut [&mut Task<'_>]) {
    if !host.live() {
        return only_live(tasks);
    }
    for task in tasks {
        match task.query.entity("name").and_then(|name| name.literals()) {
            Some(names) => {
                let names: Vec<String> = names.into_iter().map(str::to_owned).collect();
                names.iter().for_each(|name| read(host, task, name, &format!("{SYS}/{}", swapped(name))));
            }
            None => all(host, task),
        }
    }
}

fn all(host: &Host<'_>, task: &mut Task<'_>) {
    let mut found = Vec::new();
    let walked = host.root.walk(SYS, &mut |visit| {
        if let Visit::Step(entry) = visit {
            let path = entry.path();
            let name = swapped(path.trim_start_matches(SYS).trim_start_matches('/'));
            if task.query.takes("name", &name) == Truth::True {
                found.push((name, path));
            }
        }
        Further::Down
    });
    if let Err(error) = walked {
        task.lower(Flag::Error, format!("`{SYS}`: {error}"));
    }
    found.iter().for_each(|(name, path)| read(host, task, name, path));
}

/// In a setting's name a dot stands for the slash and the slash for a dot (`sysctl(8)`).
fn swapped(name: &str) -> String {
    name.chars()
        .map(|c| {
            if c == '.' {
                '/'
            } else if c == '/' {
                '.'
            } else {
                c
            }
        })
        .collect()
}

fn read(host: &Host<'_>, task: &mut Task<'_>, name: &str, path: &str) {
    match host.root.read(path, CONFIGURATION) {
        Ok(bytes) => {
            let mut item = Item::new("sysctl").with("name", name);
            let text = String::from_utf8_lossy(&bytes);
            // Several numbers in one line, and several lines, are several values.
            text.split(['\t', '\n']).filter(|value| !value.is_empty()).for_each(|value| item.push("value", value));
            task.push(item);
        }
        Err(ReadError::Absent) => {}
        // Write-only settings and directories say nothing.
        Err(ReadError::Unreadable(_)) => {}
    }
}
