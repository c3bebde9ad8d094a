//! Scenario `reach-100k`: 100,000 interfaces, 20,000 security groups, 200,000 rules, 4,000 network ACLs, JSON in to
//! totals out. Prints one line of figures. `cargo bench -p inspector-reachability --bench reach_100k`

#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a benchmark reads the clock and prints, and its generator's numbers are small"
)]

#[path = "support/cost.rs"]
mod cost;
#[path = "support/in_memory.rs"]
mod in_memory;
#[path = "support/large_network.rs"]
mod large_network;

use std::collections::BTreeMap;
use std::time::Duration;

use cost::{Since, peak_megabytes};
use inspector_reachability::aws::{self, Source};
use inspector_reachability::prove;
use inspector_reachability::question::Question;
use large_network::Shape;

const REPEATS: usize = 5;

fn main() {
    let documents = in_memory::documents(Shape { interfaces: 100_000 });
    let bytes: usize = documents.values().map(Vec::len).sum();
    let best = (0..REPEATS).map(|_| measure(&documents)).min_by_key(|figures| figures.whole.0).unwrap();
    let Figures { read, whole, totals } = best;
    println!(
        "reach-100k: {:.3} s JSON to totals, {:.3} s of it analysis ({:.2} and {:.2} s of processor time); {} MB, {} interfaces, {} reachable, peak {} MB",
        whole.0.as_secs_f64(),
        (whole.0 - read.0).as_secs_f64(),
        whole.1,
        whole.1 - read.1,
        bytes / 1_000_000,
        totals.interfaces,
        totals.reachable_interfaces,
        peak_megabytes()
    );
}

/// One run: the clock and processor seconds.
struct Figures {
    read: (Duration, f64),
    whole: (Duration, f64),
    totals: prove::Totals,
}

fn measure(documents: &BTreeMap<String, Vec<u8>>) -> Figures {
    let start = Since::now();
    let sources = documents.iter().map(|(path, text)| Source { path: path.clone(), content: Box::new(&text[..]) });
    let network = aws::read_streamed(sources).unwrap().network;
    let read = start.told();
    let totals = prove::totals(&network, &Question::default());
    Figures { read, whole: start.told(), totals }
}
