//! `linux:systemdunitdependency`: what a unit of the running systemd requires and wants, directly or through others.

use inspector_scap::oval::flag::Flag;
use inspector_scap::oval::gather::Task;
use inspector_scap::oval::item::Item;
use inspector_scap::oval::truth::Truth;

use super::systemd::{Silent, closure, needs};
use super::{Host, Source, lower, only_live};

pub(super) const SOURCE: Source = Source { kind: "systemdunitdependency", collect };

fn collect(host: &mut Host<'_>, tasks: &mut [&mut Task<'_>]) {
    if !host.live() {
        return only_live(tasks);
    }
    let Ok(needs) = needs(host) else {
        return lower(tasks, Flag::Error, Silent::WHY);
    };
    for task in tasks {
        for unit in needs.keys() {
            if task.query.takes("unit", unit) != Truth::True {
                continue;
            }
            let mut item = Item::new("systemdunitdependency").with("unit", unit.as_str());
            closure(&needs, unit).into_iter().for_each(|name| item.push("dependency", name));
            task.push(item);
        }
    }
}
