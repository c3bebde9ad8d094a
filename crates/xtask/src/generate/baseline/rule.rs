//! A rule as its author writes it.

use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Benchmark {
    pub(super) version: String,
    pub(super) timestamp: String,
    pub(super) title: String,
    pub(super) description: String,
    pub(super) sections: Vec<String>,
    #[serde(rename = "profile")]
    pub(super) profiles: Vec<Profile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Profile {
    pub(super) id: String,
    /// Rules up to this level.
    pub(super) level: u8,
    pub(super) title: String,
    pub(super) description: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Section {
    #[serde(skip)]
    pub(super) name: String,
    pub(super) title: String,
    #[serde(rename = "rule")]
    pub(super) rules: Vec<Rule>,
}

/// The fixtures `pass`, `fail` and `absent` are read by the tests.
#[derive(Deserialize)]
pub(super) struct Rule {
    /// Never used again, even when the rule is gone.
    pub(super) number: u32,
    pub(super) id: String,
    pub(super) title: String,
    pub(super) severity: String,
    pub(super) level: u8,
    pub(super) why: String,
    pub(super) fix: String,
    pub(super) check: Check,
}

/// What is looked at. `path` is a directory, `name` a pattern of names in it.
#[derive(Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum Check {
    /// Owned by root, with no bit of the mode beyond `max`. Without a name the directory itself.
    Mode { path: String, name: Option<String>, max: String, missing: Missing },
    /// No line matches.
    Forbidden { path: String, name: String, pattern: String },
    /// Every line that sets `key`, whatever its case, sets it to a value that matches.
    Setting { path: String, name: String, key: String, wanted: String, missing: Missing },
    /// The running kernel and the files that configure it have values that match.
    Sysctl { name: String, value: String },
    /// No such file.
    Absent { path: String, name: String },
    /// Where it is mounted, and where fstab mounts it, `point` has the option.
    Mount { point: String, option: String },
}

/// What it means that nothing is there to look at.
#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "snake_case")]
pub(super) enum Missing {
    Pass,
    Fail,
}
