//! `linux:systemdunitproperty`: a property of a unit of the running systemd.

use inspector_scap::oval::flag::Flag;
use inspector_scap::oval::gather::Task;
use inspector_scap::oval::item::Item;
use inspector_scap::oval::truth::Truth;

use super::systemd::{Silent, names, show};
use super::{Host, Source, only_live};

pub(super) const SOURCE: Source = Source { kind: "systemdunitproperty", collect };

fn collect(host: &mut Host<'_>, tasks: &mut [&mut Task<'_>]) {
    if !host.live() {
        return only_live(tasks);
    }
    let units = names(host);
    for task in tasks {
        let told = units.as_ref().map_err(|silent| *silent).and_then(|units| {
            let units: Vec<&str> =
                units.iter().map(String::as_str).filter(|unit| task.query.takes("unit", unit) == Truth::True).collect();
            of_units(host, task, &units)
        });
        if told.is_err() {
            task.lower(Flag::Error, Silent::WHY.to_owned());
        }
    }
}

fn of_units(host: &Host<'_>, task: &mut Task<'_>, units: &[&str]) -> Result<(), Silent> {
    let literal = task.query.entity("property").and_then(|property| property.literals());
    let property = match literal.as_deref() {
        Some([one]) => Some((*one).to_owned()),
        _ => None,
    };
    for (unit, properties) in units.iter().zip(show(host, units, property.as_deref())?) {
        for (name, values) in properties {
            if values.is_empty() || task.query.takes("property", &name) != Truth::True {
                continue;
            }
            let mut item = Item::new("systemdunitproperty").with("unit", *unit).with("property", name);
            values.into_iter().for_each(|value| item.push("value", value));
            task.push(item);
        }
    }
    Ok(())
}
