//! What OpenSSH does where no file sets a keyword, by release.

use inspector_model::Place;
use inspector_model::host::{Setting, Settings};
use inspector_model::openssh::Release;

/// One default of the server.
#[derive(Debug, Clone, Copy)]
pub struct Default {
    /// The keyword, lower case.
    pub keyword: &'static str,
    /// The first release that has this default.
    pub since: Release,
    /// The value.
    pub value: &'static str,
}

/// Defaults that rules ask for, from the release notes and `sshd_config(5)` of each release. For a keyword the entry of
/// the newest release that is not newer than the installed one holds.
pub const DEFAULTS: &[Default] = &[
    Default { keyword: "passwordauthentication", since: release(1, 0), value: "yes" },
    Default { keyword: "permitrootlogin", since: release(1, 0), value: "yes" },
    Default { keyword: "permitrootlogin", since: release(7, 0), value: "prohibit-password" },
    Default { keyword: "protocol", since: release(1, 0), value: "2,1" },
    Default { keyword: "protocol", since: release(5, 4), value: "2" },
];

const fn release(major: u32, minor: u32) -> Release {
    Release { major, minor }
}

/// Adds the defaults of the installed release for keywords that are not set.
pub(super) fn fill(settings: &mut Settings, installed: Release) {
    let place = Place::whole(format!("default of OpenSSH {installed}"));
    let mut newest: Vec<&Default> = DEFAULTS.iter().filter(|default| default.since <= installed).collect();
    newest.sort_by_key(|default| std::cmp::Reverse(default.since));
    for default in newest {
        settings
            .entry(default.keyword.to_owned())
            .or_insert_with(|| Setting { value: default.value.to_owned(), at: place.clone() });
    }
}
