//! Matching without a database, an index or a key: every package against every advisory. The specification of
//! [`crate::matcher`], and the reason to believe it.

use std::collections::BTreeMap;

use inspector_model::host::Inventory;

use crate::advisory::{Advisory, State, Version};
use crate::matcher::{Verdict, compared};
use crate::release::Release;
use crate::stream;

/// The worst verdict per (position in the inventory, CVE) for every package that an advisory of `release` names.
/// Packages whose version makes no sense, and those of a module of which nobody knows the stream, are left out.
pub fn verdicts(
    advisories: &[Advisory],
    release: &Release,
    inventory: &Inventory,
) -> BTreeMap<(usize, String), Verdict> {
    let mut verdicts = BTreeMap::new();
    for (position, package) in inventory.packages.iter().enumerate() {
        let (name, version) = compared(release, package);
        let Ok(names) = stream::names(release, name, package) else { continue };
        let of_package = |advisory: &&Advisory| *advisory.release == *release;
        let named = |advisory: &Advisory| names.iter().flatten().any(|name| *name == advisory.package);
        let own_line = |advisory: &Advisory| match &advisory.state {
            State::Fixed(fixed) => stream::same_extra(package, fixed.as_str()),
            State::NotAffected | State::Undetermined | State::LastAffected(_) | State::Open => false,
        };
        let any_extra = if release.has_extras() { stream::any_extra(&package.name) } else { None };
        for other in advisories.iter().filter(of_package).filter(|it| Some(&it.package) == any_extra.as_ref()) {
            let judged =
                advisories.iter().filter(of_package).any(|it| it.cve == other.cve && named(it) && own_line(it));
            if !own_line(other) && !judged {
                verdicts.insert((position, other.cve.clone()), Verdict::Undetermined);
            }
        }
        for advisory in advisories {
            if *advisory.release != *release || !named(advisory) {
                continue;
            }
            let Some(verdict) = verdict(release, version, advisory) else { continue };
            let worst = verdicts.entry((position, advisory.cve.clone())).or_insert(verdict);
            *worst = verdict.max(*worst);
        }
    }
    verdicts.retain(|(position, _), _| {
        let package = inventory.packages.get(*position);
        package.is_some_and(|package| (release.order.compare)(compared(release, package).1, "0").is_ok())
    });
    verdicts
}

/// What one advisory means for one version; `None` where either makes no sense.
fn verdict(release: &Release, version: &str, advisory: &Advisory) -> Option<Verdict> {
    let against = |other: &Version| (release.order.compare)(version, other.as_str()).ok();
    let begun = match &advisory.introduced {
        Some(first) => against(first)?.is_ge(),
        None => true,
    };
    let affected = match &advisory.state {
        State::NotAffected => false,
        State::Undetermined => return Some(Verdict::Undetermined),
        State::Open => begun,
        State::Fixed(fixed) => begun && against(fixed)?.is_lt(),
        State::LastAffected(last) => begun && against(last)?.is_le(),
    };
    Some(if affected { Verdict::Affected } else { Verdict::NotAffected })
}
