//! Two live machines with one identity, told from one machine that restarts.
//!
//! Every process of an agent names itself with a random word when it starts. A machine that restarts shows a new word and
//! never an old one again; two machines that run at once take turns, so that words which were replaced come back. One
//! return may be a message that was late on the way. Several are two machines.

use serde::{Deserialize, Serialize};

/// So many processes of one agent are remembered.
const REMEMBERED: usize = 8;
/// So many returns are two machines.
const RETURNS: u32 = 3;
/// After so many check-ins of one process in a row, earlier returns were late messages.
const SETTLED: u32 = 20;

/// One process, as it named itself and where it was heard from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Sighting {
    /// The random word of the process.
    pub process: String,
    /// The host name it gave.
    pub hostname: String,
    /// The address it came from.
    pub address: String,
}

impl Sighting {
    /// `hostname (address)`, as people read it.
    fn named(&self) -> String {
        if self.hostname.is_empty() { self.address.clone() } else { format!("{} ({})", self.hostname, self.address) }
    }
}

/// The processes that checked in under one identity, newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Sightings {
    seen: Vec<Sighting>,
    returns: u32,
    streak: u32,
}

impl Sightings {
    /// Notes a check-in. `Err` names the two machines when this is one too many returns.
    ///
    /// # Errors
    /// When two live processes share the identity.
    pub fn note(&mut self, now: Sighting) -> Result<(), TwoMachines> {
        let place = self.seen.iter().position(|one| one.process == now.process);
        match place {
            Some(0) => self.streak = self.streak.saturating_add(1),
            Some(_) => (self.returns, self.streak) = (self.returns.saturating_add(1), 0),
            None => self.streak = 0,
        }
        if self.streak >= SETTLED {
            self.returns = 0;
        }
        if let Some(place) = place {
            self.seen.remove(place);
        }
        let two = self
            .seen
            .first()
            .filter(|_| self.returns >= RETURNS)
            .map(|other| TwoMachines { one: now.named(), other: other.named() });
        self.seen.insert(0, now);
        self.seen.truncate(REMEMBERED);
        two.map_or(Ok(()), Err)
    }
}

/// Two live machines that use one identity.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("two machines use this identity: `{one}` and `{other}`")]
pub struct TwoMachines {
    one: String,
    other: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether the check-ins of processes, one letter each, are two machines; and after how many.
    fn found(order: &str) -> Option<usize> {
        let mut sightings = Sightings::default();
        order.chars().position(|process| {
            let now = Sighting {
                process: process.to_string(),
                hostname: format!("host-{process}"),
                address: "192.0.2.1".to_owned(),
            };
            sightings.note(now).is_err()
        })
    }

    #[test]
    fn restarts_and_late_messages_are_one_machine() {
        for order in ["aaaa", "abcdefghijklm", "aabbcc", "aba", "abab", "aabbbabbbbb"] {
            assert_eq!(found(order), None, "{order}");
        }
    }

    #[test]
    fn late_messages_of_many_restarts_do_not_add_up() {
        let restart = |(old, new): (char, char)| format!("{new}{old}{}", new.to_string().repeat(25));
        let order: String = ('a'..='y').zip('b'..='z').map(restart).collect();
        assert_eq!(found(&order), None);
    }

    #[test]
    fn machines_that_take_turns_are_found_within_a_few_check_ins() {
        assert_eq!(found("ababa"), Some(4));
        assert_eq!(found("aabbaabbaa"), Some(8));
        assert_eq!(found("abcabc"), Some(5), "three machines too");
    }

    #[test]
    fn both_machines_are_named() {
        let mut sightings = Sightings::default();
        let note = |sightings: &mut Sightings, process: &str, hostname: &str| {
            sightings.note(Sighting {
                process: process.to_owned(),
                hostname: hostname.to_owned(),
                address: "192.0.2.1".to_owned(),
            })
        };
        for _ in 0..2 {
            note(&mut sightings, "a", "web").unwrap();
            note(&mut sightings, "b", "").unwrap();
        }
        let told = note(&mut sightings, "a", "web").unwrap_err().to_string();
        assert_eq!(told, "two machines use this identity: `web (192.0.2.1)` and `192.0.2.1`");
    }
}
