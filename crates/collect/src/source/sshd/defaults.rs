//! What OpenSSH does where no file sets a keyword, by release.

use inspector_model::Place;
use inspector_model::host::{Setting, Settings};

/// One default of the server.
#[derive(Debug, Clone, Copy)]
pub struct Default {
    /// The keyword, lower case.
    pub keyword: &'static str,
    /// The first release (major, minor) that has this default.
    pub since: (u32, u32),
    /// The value.
    pub value: &'static str,
}

/// Defaults that rules ask for, from the release notes and `sshd_config(5)` of each release. For a keyword the entry of
/// the newest release that is not newer than the installed one holds.
pub const DEFAULTS: &[Default] = &[
    Default { keyword: "passwordauthentication", since: (1, 0), value: "yes" },
    Default { keyword: "permitrootlogin", since: (1, 0), value: "yes" },
    Default { keyword: "permitrootlogin", since: (7, 0), value: "prohibit-password" },
    Default { keyword: "protocol", since: (1, 0), value: "2,1" },
    Default { keyword: "protocol", since: (5, 4), value: "2" },
];

/// Adds the defaults of `version` for keywords that are not set. A release that is not two numbers has none that we know.
pub(super) fn fill(settings: &mut Settings, version: &str) {
    let Some(installed) = release(version) else { return };
    let place = Place::whole(format!("default of OpenSSH {version}"));
    let mut newest: Vec<&Default> = DEFAULTS.iter().filter(|default| default.since <= installed).collect();
    newest.sort_by_key(|default| std::cmp::Reverse(default.since));
    for default in newest {
        settings
            .entry(default.keyword.to_owned())
            .or_insert_with(|| Setting { value: default.value.to_owned(), at: place.clone() });
    }
}

fn release(version: &str) -> Option<(u32, u32)> {
    let (major, minor) = version.split_once('.')?;
    Some((major.parse().ok()?, minor.parse().ok()?))
}
