//! The agent's id: the EC2 instance id, or a stable one of the same form.

use inspector_collect::Root;
use inspector_collect::root::CONFIGURATION;
use ring::digest::{SHA256, digest};
use ring::rand::{SecureRandom, SystemRandom};

use crate::Result;
use crate::failure::Failure;

/// Digits of a current instance id.
const DIGITS: usize = 17;

/// The id of this host: the EC2 instance id where the firmware tells it (Nitro instances show it as the board's asset
/// tag); else `i-` and the first 17 hexadecimal digits of the SHA-256 of `/etc/machine-id`, so that a host keeps its id
/// when it enrols again; else, where that file is empty, a random one. Whichever it was, it is kept with the identity.
///
/// # Errors
///
/// When the host cannot be looked at or has no random numbers.
pub(crate) fn of_this_host() -> Result<String> {
    let root = Root::live().map_err(|error| Failure::because("cannot look at this host", error))?;
    let line = |path| root.read(path, CONFIGURATION).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    let tag = line("/sys/class/dmi/id/board_asset_tag");
    if let Some(id) = tag.as_deref().map(str::trim).filter(|tag| is_instance_id(tag)) {
        return Ok(id.to_owned());
    }
    match line("/etc/machine-id").as_deref().map(str::trim) {
        Some(machine) if !machine.is_empty() && machine != "uninitialized" => Ok(from_machine_id(machine)),
        _ => random(),
    }
}

/// Whether `text` is `i-` and 8 to 17 lower-case hexadecimal digits.
pub(crate) fn is_instance_id(text: &str) -> bool {
    let digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    text.strip_prefix("i-").is_some_and(|id| (8..=DIGITS).contains(&id.len()) && id.bytes().all(digit))
}

fn from_machine_id(machine: &str) -> String {
    id(digest(&SHA256, machine.as_bytes()).as_ref())
}

fn random() -> Result<String> {
    let mut bytes = [0; 16];
    SystemRandom::new().fill(&mut bytes).map_err(|_| Failure::new("the system has no random numbers"))?;
    Ok(id(&bytes))
}

fn id(bytes: &[u8]) -> String {
    format!("i-{}", hex::encode(bytes).chars().take(DIGITS).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_machine_keeps_its_id() {
        // sha256sum of the 32 digits without a newline.
        assert_eq!(from_machine_id("0123456789abcdef0123456789abcdef"), "i-3eb1bd439947eb762");
    }

    #[test]
    fn every_id_that_is_made_has_the_form_of_an_instance_id() {
        assert!(is_instance_id(&random().unwrap()));
        assert!(is_instance_id(&of_this_host().unwrap()));
    }

    #[test]
    fn other_forms_are_refused() {
        for text in ["", "i-", "i-1234567", "i-0123456789abcdef01", "i-0123456G", "I-01234567", "x-01234567"] {
            assert!(!is_instance_id(text), "{text}");
        }
    }
}
