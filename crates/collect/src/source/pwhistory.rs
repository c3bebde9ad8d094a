//! `/etc/security/pwhistory.conf` (`pwhistory.conf(5)`), which is written as `pwquality.conf` is.

use inspector_model::Fact;
use inspector_model::host::{PWHISTORY, Settings};

use super::{file, pwquality};
use crate::root::Root;

/// The settings of `pam_pwhistory`.
pub fn collect(root: &Root) -> Fact<Settings> {
    file(root, PWHISTORY, |bytes| Ok(pwquality::parse(bytes, PWHISTORY)))
}
