//! The benchmarks that hosts may be held against, and which of them a host is held against.
//!
//! A host is asked twice where benchmarks were imported: what tells its platform, then what the benchmark for that
//! platform needs. It collects; everything is decided here.

use inspector_scap::content::ContentError;
use inspector_scap::content::bundle::{Bundle, Entry};
use inspector_scap::content::xccdf::evaluate::{Choice, Job};
use inspector_scap::content::xccdf::select::{SelectError, Selection};
use inspector_scap::oval::gather::Collection;
use inspector_scap::oval::plan::Plan;

/// The benchmark for hosts that no imported one is for.
const BASELINE: &[u8] = include_bytes!("../../../content/linux-baseline/stream/linux-baseline-ds.xml");

/// The name of the baseline.
pub const BASELINE_NAME: &str = "OpenInspector Linux baseline";

/// The profile of the baseline that is meant where none is named.
pub const BASELINE_PROFILE: &str = "xccdf_org.openinspector.content_profile_level1";

/// The baseline that comes with the program.
///
/// # Errors
///
/// When the program was built with one that does not read.
pub fn baseline() -> Result<Bundle, ContentError> {
    Bundle::read(BASELINE_NAME, BASELINE, &mut |_| None)
}

/// One benchmark and the profile that is meant where none is named.
#[derive(Debug)]
pub struct Benchmark {
    bundle: Bundle,
    profile: Option<String>,
}

/// Content without a benchmark.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("holds no benchmark")]
pub struct NoBenchmark;

impl Benchmark {
    /// The first benchmark of `bundle`, seen through `profile`; where none is named, through the one that [`default_profile`]
    /// finds.
    ///
    /// # Errors
    ///
    /// When it holds none.
    pub fn new(bundle: Bundle, profile: Option<String>) -> Result<Self, NoBenchmark> {
        let entry = bundle.benchmarks.first().ok_or(NoBenchmark)?;
        let profile = profile.or_else(|| default_profile(entry).map(str::to_owned));
        Ok(Self { bundle, profile })
    }

    fn entry(&self) -> &Entry {
        // INVARIANT: `new` looked.
        #[expect(clippy::expect_used, reason = "Benchmark::new refuses a bundle without a benchmark")]
        self.bundle.benchmarks.first().expect("a benchmark")
    }

    /// The benchmark's id.
    pub fn id(&self) -> &str {
        &self.entry().benchmark.id
    }

    /// Every rule of the profile.
    ///
    /// # Errors
    ///
    /// When the profile is not there.
    pub fn job(&self) -> Result<Job<'_>, SelectError> {
        let selection = Selection::new(&self.entry().benchmark, None, self.profile.as_deref(), &[])?;
        Job::new(&self.bundle, self.entry(), selection, &Choice::default())
    }

    fn platform(&self) -> Job<'_> {
        Job::platform(&self.bundle, self.entry())
    }
}

/// The profile that stands for a benchmark: what every server should satisfy. CIS calls it level 1; content for other
/// systems has a standard profile; the baseline its level 1. `None` where the benchmark has nothing of the kind, and its own
/// selection counts.
pub fn default_profile(entry: &Entry) -> Option<&str> {
    const ENDINGS: [&str; 6] =
        ["_cis_level1_server", "_cis_server_l1", "_cis_l1", "_profile_cis", "_profile_standard", "_profile_level1"];
    let profiles = &entry.benchmark.profiles;
    let found = ENDINGS.iter().find_map(|ending| profiles.iter().find(|profile| profile.id.ends_with(ending)));
    found.map(|profile| profile.id.as_str())
}

/// Every benchmark that was imported, by id, and the baseline.
#[derive(Debug)]
pub struct Benchmarks {
    imported: Vec<Benchmark>,
    baseline: Benchmark,
}

impl Benchmarks {
    /// The benchmarks `imported`, and the baseline.
    ///
    /// # Errors
    ///
    /// When the baseline does not read.
    pub fn new(mut imported: Vec<Benchmark>) -> Result<Self, ContentError> {
        imported.sort_by(|a, b| a.id().cmp(b.id()));
        let bundle = baseline()?;
        let baseline = Benchmark { bundle, profile: Some(BASELINE_PROFILE.to_owned()) };
        Ok(Self { imported, baseline })
    }

    /// The benchmark `id`.
    pub fn find(&self, id: &str) -> Option<&Benchmark> {
        self.imported.iter().chain([&self.baseline]).find(|benchmark| benchmark.id() == id)
    }

    /// What a host is asked to find out which benchmark is for it; nothing where only the baseline is here.
    pub fn platform_plans(&self) -> Vec<Plan> {
        self.imported.iter().flat_map(|benchmark| benchmark.platform().plans()).collect()
    }

    /// The benchmark for the host of which `collections` were collected for [`Benchmarks::platform_plans`]: of the imported
    /// ones that are for its platform the first by id, else the baseline.
    pub fn choose(&self, collections: &[Collection]) -> &Benchmark {
        let mut rest = collections;
        for benchmark in &self.imported {
            let job = benchmark.platform();
            let (own, others) = rest.split_at_checked(job.plan_count()).unwrap_or((rest, &[]));
            if job.applies(own) {
                return benchmark;
            }
            rest = others;
        }
        &self.baseline
    }
}

#[cfg(test)]
mod tests {
    use inspector_scap::oval::gather::{Collector, Task, gather};
    use inspector_scap::oval::item::Item;

    use super::*;

    /// A host of which only its family is known.
    struct Unix;

    impl Collector for Unix {
        fn collect(&mut self, tasks: &mut [Task<'_>]) {
            for task in tasks.iter_mut().filter(|task| task.query.kind == "family") {
                task.push(Item::new("family").with("family", "unix"));
            }
        }
    }

    fn benchmark(name: &str, family: &str) -> Benchmark {
        let xccdf = format!(
            "<Benchmark xmlns='http://checklists.nist.gov/xccdf/1.2' xmlns:l='http://cpe.mitre.org/language/2.0' \
             id='xccdf_a_benchmark_{name}'><l:platform-specification><l:platform id='p'><l:logical-test operator='AND' \
             negate='false'><l:check-fact-ref system='http://oval.mitre.org/XMLSchema/oval-definitions-5' href='o' \
             id-ref='oval:a:def:1'/></l:logical-test></l:platform></l:platform-specification><platform idref='#p'/>\
             <Profile id='xccdf_a_profile_cis_server_l1'/><Profile id='xccdf_a_profile_standard'/></Benchmark>"
        );
        let oval = format!(
            "<oval_definitions xmlns='http://oval.mitre.org/XMLSchema/oval-definitions-5'><definitions>\
             <definition id='oval:a:def:1' class='inventory' version='1'><criteria><criterion test_ref='oval:a:tst:1'/>\
             </criteria></definition></definitions><tests><family_test id='oval:a:tst:1' check='all' version='1'>\
             <object object_ref='oval:a:obj:1'/><state state_ref='oval:a:ste:1'/></family_test></tests>\
             <objects><family_object id='oval:a:obj:1' version='1'/></objects><states>\
             <family_state id='oval:a:ste:1' version='1'><family>{family}</family></family_state></states>\
             </oval_definitions>"
        );
        let mut beside = |_: &str| Some(oval.clone().into_bytes());
        Benchmark::new(Bundle::read("a", xccdf.as_bytes(), &mut beside).unwrap(), None).unwrap()
    }

    fn chosen(imported: Vec<Benchmark>) -> String {
        let benchmarks = Benchmarks::new(imported).unwrap();
        let plans = benchmarks.platform_plans();
        let collections = gather(&plans, &mut Unix, 0);
        benchmarks.choose(&collections).id().to_owned()
    }

    #[test]
    fn a_host_is_held_against_the_first_benchmark_for_its_platform_and_the_baseline_where_there_is_none() {
        let baseline = "xccdf_org.openinspector.content_benchmark_linux-baseline";
        assert_eq!(chosen(vec![]), baseline);
        assert_eq!(chosen(vec![benchmark("w", "windows")]), baseline);
        let three = || vec![benchmark("z", "unix"), benchmark("w", "windows"), benchmark("y", "unix")];
        assert_eq!(chosen(three()), "xccdf_a_benchmark_y");
        let benchmarks = Benchmarks::new(three()).unwrap();
        assert_eq!(benchmarks.choose(&[]).id(), baseline, "what nobody found out decides nothing");
    }

    #[test]
    fn the_profile_of_a_benchmark_is_its_level_for_servers() {
        assert_eq!(default_profile(benchmark("a", "unix").entry()), Some("xccdf_a_profile_cis_server_l1"));
        let bundle = baseline().unwrap();
        assert_eq!(default_profile(&bundle.benchmarks[0]), Some(BASELINE_PROFILE));
    }

    #[test]
    fn the_baseline_asks_for_something() {
        let benchmarks = Benchmarks::new(vec![]).unwrap();
        let job = benchmarks.find("xccdf_org.openinspector.content_benchmark_linux-baseline").unwrap().job().unwrap();
        assert!(job.plans().iter().any(|plan| plan.parts.objects.len() > 30));
    }
}
