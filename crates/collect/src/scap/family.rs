//! `ind:family`.

use inspector_scap::oval::gather::Task;
use inspector_scap::oval::item::Item;

use super::{Host, Source};

pub(super) const SOURCE: Source = Source { kind: "family", collect };

fn collect(_: &mut Host<'_>, tasks: &mut [&mut Task<'_>]) {
    for task in tasks {
        task.push(Item::new("family").with("family", "unix"));
    }
}
