//! `linux:rpminfo`: the packages of the rpm database, keys included.

use inspector_model::Fact;
use inspector_model::host::Package;
use inspector_scap::oval::flag::Flag;
use inspector_scap::oval::gather::Task;
use inspector_scap::oval::item::{Item, Status};

use super::{Host, Source, lower, offer};
use crate::source::rpm;

pub(super) const SOURCE: Source = Source { kind: "rpminfo", collect };

fn collect(host: &mut Host<'_>, tasks: &mut [&mut Task<'_>]) {
    match rpm::collect_with_keys(host.root) {
        Fact::Seen { value, .. } => {
            offer(tasks, &["name"], &value.packages.iter().map(item).collect::<Vec<_>>());
            for problem in &value.problems {
                lower(tasks, Flag::Incomplete, &format!("{}: {}", problem.at, problem.why));
            }
        }
        Fact::Absent { at } => lower(tasks, Flag::NotApplicable, &format!("`{at}` is not there")),
        Fact::Unreadable { at, why } => lower(tasks, Flag::Error, &format!("`{at}`: {why}")),
    }
}

fn item(package: &Package) -> Item {
    let (epoch, rest) = package.version.split_once(':').unwrap_or(("(none)", &package.version));
    let (version, release) = rest.rsplit_once('-').unwrap_or((rest, ""));
    let number = if epoch == "(none)" { "0" } else { epoch };
    let architecture = if package.architecture.is_empty() { "(none)" } else { &package.architecture };
    let mut item = Item::new("rpminfo")
        .with("name", package.name.as_str())
        .with("arch", architecture)
        .with("epoch", epoch)
        .with("release", release)
        .with("version", version)
        .with("evr", format!("{number}:{version}-{release}"));
    item.push_status("signature_keyid", Status::NotCollected);
    item.push("extended_name", format!("{}-{number}:{version}-{release}.{architecture}", package.name));
    item
}
