//! What the password quality module of the PAM stack is told, for the two rules about it.

use inspector_model::host::{HostFacts, PamEntry, Setting};
use inspector_model::{Fact, Outcome, Place};

use super::unreadable;

/// `pam_pwquality` reads `pwquality.conf` as well; `pam_cracklib`, its predecessor, has arguments only.
const PWQUALITY: &str = "pam_pwquality.so";
const CRACKLIB: &str = "pam_cracklib.so";

/// The password stack of a host, as far as it could be read.
pub(super) struct Stack<'a> {
    entries: &'a [PamEntry],
    at: &'a Place,
    host: &'a HostFacts,
}

impl<'a> Stack<'a> {
    /// The stack, or what a rule must answer where it could not be read. A host without PAM has an empty stack: nothing
    /// there asks anything of a password.
    pub(super) fn of(host: &'a HostFacts) -> Result<Self, Outcome> {
        match &host.pam_password {
            Fact::Seen { value, at } => Ok(Self { entries: value, at, host }),
            Fact::Absent { at } => Ok(Self { entries: &[], at, host }),
            Fact::Unreadable { at, why } => Err(unreadable(at, why)),
        }
    }

    /// What the quality module takes for `option`. Arguments win over `pwquality.conf`, which counts only while
    /// `pam_pwquality` is asked at all: a setting that no module reads protects nothing.
    ///
    /// `Err` holds what a rule must answer where the file could not be read.
    pub(super) fn quality(&self, option: &str) -> Result<Asked<'a>, Outcome> {
        if let Some(asked) = self.argument(&[PWQUALITY, CRACKLIB], option) {
            return Ok(asked);
        }
        if !self.entries.iter().any(|entry| entry.module == PWQUALITY) {
            return Ok(Asked::Nothing { at: self.at });
        }
        match &self.host.pwquality {
            Fact::Seen { value, at } => Ok(value.get(option).map_or(Asked::Nothing { at }, Asked::file)),
            Fact::Absent { at } => Ok(Asked::Nothing { at }),
            Fact::Unreadable { at, why } => Err(unreadable(at, why)),
        }
    }

    /// How many earlier passwords are refused.
    pub(super) fn remember(&self) -> Asked<'a> {
        self.argument(&["pam_unix.so", "pam_pwhistory.so"], "remember").unwrap_or(Asked::Nothing { at: self.at })
    }

    /// The last argument `option=…` of the first of these modules that has one.
    fn argument(&self, modules: &[&str], option: &str) -> Option<Asked<'a>> {
        self.entries.iter().filter(|entry| modules.contains(&entry.module.as_str())).find_map(|entry| {
            let value = entry.arguments.iter().rev().find_map(|argument| {
                argument.split_once('=').filter(|(name, _)| *name == option).map(|(_, value)| value)
            })?;
            Some(Asked::Value { value, at: &entry.at })
        })
    }
}

/// What is asked of a password.
pub(super) enum Asked<'a> {
    /// A value, and where it stands.
    Value { value: &'a str, at: &'a Place },
    /// Nothing; the place is where it would stand.
    Nothing { at: &'a Place },
}

impl<'a> Asked<'a> {
    fn file(setting: &'a Setting) -> Self {
        Self::Value { value: &setting.value, at: &setting.at }
    }

    /// The value as a number, when it is one.
    pub(super) fn number(&self) -> Option<i64> {
        match self {
            Self::Value { value, .. } => value.trim().parse().ok(),
            Self::Nothing { .. } => None,
        }
    }

    /// The proof that it is not as wanted.
    pub(super) fn proof(&self, setting: &str, wanted: &str) -> inspector_model::proof::SettingProof {
        let (found, at) = match self {
            Self::Value { value, at } => (Some((*value).to_owned()), *at),
            Self::Nothing { at } => (None, *at),
        };
        let wanted = wanted.to_owned();
        inspector_model::proof::SettingProof { setting: setting.to_owned(), at: at.clone(), found, wanted }
    }
}
