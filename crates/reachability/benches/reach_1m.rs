//! Scenario `reach-1m`: up to 1,000,000 interfaces, read from files in pieces, JSON in to totals out. Prints a table of
//! time and peak memory over size. `cargo bench -p inspector-reachability --bench reach_1m`; with `-- --write` it also
//! writes the table and its graph to `docs/`.

#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a benchmark reads the clock and prints, and its generator's numbers are small"
)]

#[path = "support/cost.rs"]
mod cost;
#[path = "support/large_network.rs"]
mod large_network;

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::process::Command;

use cost::{Since, peak_megabytes};
use inspector_reachability::aws::{self, Source};
use inspector_reachability::prove;
use inspector_reachability::question::Question;
use large_network::Shape;

const SIZES: [u32; 4] = [1_000, 10_000, 100_000, 1_000_000];
const REPEATS: usize = 3;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [verb, folder] = arguments.as_slice()
        && verb == "measure"
    {
        return measure(Path::new(folder));
    }
    let rows: Vec<Row> = SIZES.into_iter().map(row).collect();
    let table = table(&rows);
    print!("{table}");
    if arguments.iter().any(|argument| argument == "--write") {
        let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs");
        fs::write(docs.join("reachability-speed.svg"), graph(&rows)).unwrap();
        fs::write(docs.join("reachability-speed.md"), page(&table)).unwrap();
    }
}

/// What one size costs.
struct Row {
    interfaces: u32,
    megabytes: u64,
    seconds: f64,
    analysis: f64,
    work: f64,
    peak: u64,
}

/// The best of some runs, each in a process of its own, so that its peak of memory is its own.
fn row(interfaces: u32) -> Row {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("reach-1m-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let shape = Shape { interfaces };
    large_network::write(shape, |name| BufWriter::new(File::create(folder.join(name)).unwrap())).unwrap();
    let run = || {
        let output = Command::new(std::env::current_exe().unwrap()).arg("measure").arg(&folder).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let text = String::from_utf8(output.stdout).unwrap();
        let figures: Vec<&str> = text.split_whitespace().collect();
        let seconds = |at: usize| figures[at].parse::<f64>().unwrap();
        (seconds(0), seconds(1), seconds(2), figures[3].parse::<u64>().unwrap())
    };
    let runs = (0..REPEATS).map(|_| run());
    let (seconds, analysis, work, peak) = runs.min_by(|a, b| a.0.total_cmp(&b.0)).unwrap();
    let megabytes = files(&folder).iter().map(|file| file.metadata().unwrap().len()).sum::<u64>() / 1_000_000;
    fs::remove_dir_all(&folder).unwrap();
    Row { interfaces, megabytes, seconds, analysis, work, peak }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect()
}

/// Prints seconds in all, seconds of analysis, processor seconds, and megabytes at the peak.
fn measure(folder: &Path) {
    let start = Since::now();
    let source =
        |path: PathBuf| Source { path: path.display().to_string(), content: Box::new(File::open(path).unwrap()) };
    let network = aws::read_streamed(files(folder).into_iter().map(source)).unwrap().network;
    let read = start.told();
    let totals = prove::totals(&network, &Question::default());
    let whole = start.told();
    assert!(totals.reachable_interfaces > 0);
    let analysis = (whole.0 - read.0).as_secs_f64();
    println!("{} {analysis} {} {}", whole.0.as_secs_f64(), whole.1, peak_megabytes());
    // Nobody waits for the memory to be given back.
    std::process::exit(0);
}

fn table(rows: &[Row]) -> String {
    let mut text = String::from(
        "| Interfaces | Groups | Rules | Network ACLs | JSON | Seconds | of it analysis | Processor seconds | Peak memory |\n|---:|---:|---:|---:|---:|---:|---:|---:|---:|\n",
    );
    for row in rows {
        let shape = Shape { interfaces: row.interfaces };
        writeln!(
            text,
            "| {} | {} | {} | {} | {} MB | {:.3} | {:.3} | {:.2} | {} MB |",
            row.interfaces,
            shape.groups(),
            shape.groups() * 10,
            shape.acls(),
            row.megabytes,
            row.seconds,
            row.analysis,
            row.work,
            row.peak
        )
        .unwrap();
    }
    text
}

fn page(table: &str) -> String {
    format!(
        "# How long reachability takes\n\nWritten by `cargo bench -p inspector-reachability --bench reach_1m -- --write`: JSON files in to totals out, every\ninterface of an instance, every way in, both directions, in a network in which hardly two subnets are alike. The files\nare read in pieces; memory holds the network, never the documents. Seconds are of the clock, on two cores;\nwhere these had other work, half of the processor seconds says more.\n\n{table}\n![Seconds over the number of interfaces, both axes logarithmic](reachability-speed.svg)\n"
    )
}

/// Both axes are logarithmic: a straight line at 45 degrees is cost in proportion to size.
fn graph(rows: &[Row]) -> String {
    let x = |interfaces: u32| 60.0 + (f64::from(interfaces).log10() - 3.0) * 120.0;
    let y = |seconds: f64| 260.0 - (seconds.max(0.001).log10() + 3.0) * 60.0;
    let mut svg = String::from(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 480 310\" font-family=\"sans-serif\" font-size=\"11\">\n<rect width=\"480\" height=\"310\" fill=\"white\"/>\n",
    );
    for (power, label) in [(-3, "1 ms"), (-2, "10 ms"), (-1, "0.1 s"), (0, "1 s"), (1, "10 s")] {
        let at = y(10_f64.powi(power));
        writeln!(svg, "<path d=\"M60 {at:.0}H430\" stroke=\"#ddd\"/><text x=\"54\" y=\"{:.0}\" text-anchor=\"end\">{label}</text>", at + 4.0).unwrap();
    }
    for (size, label) in SIZES.into_iter().zip(["1,000", "10,000", "100,000", "1,000,000"]) {
        writeln!(svg, "<text x=\"{:.0}\" y=\"280\" text-anchor=\"middle\">{label}</text>", x(size)).unwrap();
    }
    svg.push_str("<text x=\"240\" y=\"300\" text-anchor=\"middle\">interfaces</text>\n");
    for (name, colour, of) in [
        ("JSON to totals", "#1f5fbf", (|row| row.seconds) as fn(&Row) -> f64),
        ("analysis", "#bf5f1f", |row| row.analysis),
    ] {
        let points: Vec<String> =
            rows.iter().map(|row| format!("{:.1},{:.1}", x(row.interfaces), y(of(row)))).collect();
        writeln!(
            svg,
            "<polyline points=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"/>",
            points.join(" ")
        )
        .unwrap();
        let last = rows.last().unwrap();
        writeln!(
            svg,
            "<text x=\"{:.0}\" y=\"{:.0}\" text-anchor=\"end\" fill=\"{colour}\">{name}</text>",
            x(last.interfaces) - 8.0,
            y(of(last)) - 4.0
        )
        .unwrap();
    }
    svg.push_str("</svg>\n");
    svg
}
