//! What the password quality module of the PAM stack is told, for the two rules about it.

use inspector_model::host::{HostFacts, PamEntry, Setting, Settings};
use inspector_model::proof::SettingProof;
use inspector_model::{Fact, Outcome, Place};

use super::pam_control::{Hold, hold};
use super::unreadable;

/// `pam_pwquality` reads `pwquality.conf` as well; `pam_cracklib`, its predecessor, has arguments only.
const PWQUALITY: &str = "pam_pwquality.so";
const CRACKLIB: &str = "pam_cracklib.so";
const UNIX: &str = "pam_unix.so";
const PWHISTORY: &str = "pam_pwhistory.so";
const REMEMBER: &str = "remember";

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
    /// `pam_pwquality` is asked at all: a setting that no module reads protects nothing. Nor does a module whose refusal
    /// does not hold.
    ///
    /// `Err` holds what a rule must answer where that could not be told.
    pub(super) fn quality(&self, option: &str) -> Result<Asked<'a>, Outcome> {
        let binding = match self.binding(&[PWQUALITY, CRACKLIB])? {
            Binding::Entries(entries) => entries,
            Binding::Bypassed(entry) => return Ok(Asked::Bypassed { entry }),
        };
        if let Some(asked) = binding.iter().find_map(|entry| argument(entry, option)) {
            return Ok(asked);
        }
        if !binding.iter().any(|entry| entry.module == PWQUALITY) {
            return Ok(Asked::Nothing { at: self.at });
        }
        setting(&self.host.pwquality, option)
    }

    /// The proof that the quality module only warns: `enforcing` is on unless it is set to 0 (`pwquality.conf(5)`). Whether
    /// root may ignore a refusal is another setting, `enforce_for_root`, which no rule asks for.
    pub(super) fn warns_only(&self) -> Result<Option<SettingProof>, Outcome> {
        Ok(match self.quality("enforcing")? {
            asked @ Asked::Value { .. } if asked.number().is_none_or(|number| number == 0) => {
                Some(asked.proof("enforcing", "1"))
            }
            Asked::Value { .. } | Asked::Nothing { .. } | Asked::Bypassed { .. } => None,
        })
    }

    /// How many earlier passwords are refused. `pam_unix` makes the change itself, so its refusal holds under any control.
    pub(super) fn remember(&self) -> Result<Asked<'a>, Outcome> {
        let mut own = self.entries.iter().filter(|entry| entry.module == UNIX);
        if let Some(asked) = own.find_map(|entry| argument(entry, REMEMBER)) {
            return Ok(asked);
        }
        match self.binding(&[PWHISTORY])? {
            Binding::Entries(entries) => self.remembered_by(&entries),
            Binding::Bypassed(entry) => Ok(Asked::Bypassed { entry }),
        }
    }

    /// What `pam_pwhistory` takes: its argument, else what its file says.
    fn remembered_by(&self, entries: &[&'a PamEntry]) -> Result<Asked<'a>, Outcome> {
        if let Some(asked) = entries.iter().find_map(|entry| argument(entry, REMEMBER)) {
            return Ok(asked);
        }
        if let Some(Asked::Value { value, at }) = entries.iter().find_map(|entry| argument(entry, "conf")) {
            return Err(unreadable(at, &format!("`{value}` is not a file that is looked at")));
        }
        if entries.is_empty() {
            return Ok(Asked::Nothing { at: self.at });
        }
        setting(&self.host.pwhistory, REMEMBER)
    }

    /// The entries of these modules whose refusal holds; where there are none, and whether one holds cannot be told, the
    /// answer of the rule.
    fn binding(&self, modules: &[&str]) -> Result<Binding<'a>, Outcome> {
        let mut binding = Vec::new();
        let mut loose = Vec::new();
        for (index, entry) in self.entries.iter().enumerate() {
            if !modules.contains(&entry.module.as_str()) {
                continue;
            }
            let before = self.entries.get(..index).unwrap_or_default();
            let after = self.entries.get(index + 1..).unwrap_or_default();
            match hold(before, entry, after) {
                Hold::Binding => binding.push(entry),
                held @ (Hold::Undecided | Hold::Bypassed) => loose.push((held, entry)),
            }
        }
        match loose.into_iter().min().filter(|_| binding.is_empty()) {
            None => Ok(Binding::Entries(binding)),
            Some((Hold::Undecided, entry)) => {
                let why = format!("whether a refusal of `{}` holds depends on other lines of the stack", entry.module);
                Err(unreadable(&entry.at, &why))
            }
            Some((_, entry)) => Ok(Binding::Bypassed(entry)),
        }
    }
}

/// Who can refuse a password for good.
enum Binding<'a> {
    /// These, possibly none.
    Entries(Vec<&'a PamEntry>),
    /// No one: a password gets past this entry.
    Bypassed(&'a PamEntry),
}

/// What a module's file says.
fn setting<'a>(file: &'a Fact<Settings>, option: &str) -> Result<Asked<'a>, Outcome> {
    match file {
        Fact::Seen { value, at } => Ok(value.get(option).map_or(Asked::Nothing { at }, Asked::file)),
        Fact::Absent { at } => Ok(Asked::Nothing { at }),
        Fact::Unreadable { at, why } => Err(unreadable(at, why)),
    }
}

/// The last argument `option=…` of an entry.
fn argument<'a>(entry: &'a PamEntry, option: &str) -> Option<Asked<'a>> {
    let value =
        entry.arguments.iter().rev().find_map(|argument| {
            argument.split_once('=').filter(|(name, _)| *name == option).map(|(_, value)| value)
        })?;
    Some(Asked::Value { value, at: &entry.at })
}

/// What is asked of a password.
pub(super) enum Asked<'a> {
    /// A value, and where it stands.
    Value { value: &'a str, at: &'a Place },
    /// Nothing; the place is where it would stand.
    Nothing { at: &'a Place },
    /// Something that binds no one, by this entry.
    Bypassed { entry: &'a PamEntry },
}

impl<'a> Asked<'a> {
    fn file(setting: &'a Setting) -> Self {
        Self::Value { value: &setting.value, at: &setting.at }
    }

    /// The value as a number, when it is one that holds.
    pub(super) fn number(&self) -> Option<i64> {
        match self {
            Self::Value { value, .. } => value.trim().parse().ok(),
            Self::Nothing { .. } | Self::Bypassed { .. } => None,
        }
    }

    /// The proof that it is not as wanted.
    pub(super) fn proof(&self, setting: &str, wanted: &str) -> SettingProof {
        let (found, at) = match self {
            Self::Value { value, at } => (Some((*value).to_owned()), *at),
            Self::Nothing { at } => (None, *at),
            Self::Bypassed { entry } => {
                (Some(format!("a password gets past `{} {}`", entry.control, entry.module)), &entry.at)
            }
        };
        let wanted = wanted.to_owned();
        SettingProof { setting: setting.to_owned(), at: at.clone(), found, wanted }
    }
}
