//! Version orders: how each package manager says which of two versions is newer.
//!
//! An order turns a version once into a **key**: bytes whose plain order is the package manager's order. The database
//! stores the keys of fixed versions, so a comparison on the hot path is a comparison of bytes. Each order also has a
//! slow comparator written straight from its specification; the two are compared on generated input.

use std::cmp::Ordering;

mod alpm;
mod apk;
mod composer;
mod dpkg;
mod gem;
mod maven;
mod pep440;
mod rpm;
mod semver;

/// Every order that releases may name.
pub const ORDERS: &[&Order] = &[
    &alpm::ORDER,
    &apk::ORDER,
    &composer::ORDER,
    &dpkg::ORDER,
    &gem::ORDER,
    &maven::ORDER,
    &pep440::ORDER,
    &rpm::ORDER,
    &semver::ORDER,
];

pub use alpm::ORDER as ALPM;
pub use apk::ORDER as APK;
pub use composer::ORDER as COMPOSER;
pub use dpkg::ORDER as DPKG;
pub use gem::ORDER as GEM;
pub use maven::ORDER as MAVEN;
pub use pep440::ORDER as PEP440;
pub use rpm::ORDER as RPM;
pub use semver::ORDER as SEMVER;

/// One package manager's order of versions.
pub struct Order {
    /// Its name in files, for example `dpkg`.
    pub id: &'static str,
    /// Appends the key of a version to a buffer, or says why the text is no version; the buffer is then of no use.
    pub append_key: fn(&str, &mut Vec<u8>) -> Result<(), Unparseable>,
    /// The obvious comparison, from the specification. For tests: it is slow.
    pub compare: fn(&str, &str) -> Result<Ordering, Unparseable>,
}

impl Order {
    /// The key of one version.
    pub fn key(&self, version: &str) -> Result<Vec<u8>, Unparseable> {
        let mut key = Vec::with_capacity(version.len() * 2);
        (self.append_key)(version, &mut key)?;
        Ok(key)
    }
}

impl std::fmt::Debug for Order {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.id)
    }
}

/// A text that is no version of the order it was given to.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{version}` is not a {order} version: {why}")]
pub struct Unparseable {
    /// The text, cut to a bounded length.
    pub version: String,
    /// The order's name.
    pub order: &'static str,
    /// What is wrong with it.
    pub why: &'static str,
}

/// The longest version that is read; real ones stay under 100 bytes.
const MAX_LENGTH: usize = 512;

fn unparseable(order: &'static str, version: &str, why: &'static str) -> Unparseable {
    Unparseable { version: version.chars().take(80).collect(), order, why }
}

/// Appends a run of digits so that a larger number sorts later: how many digits, then the digits, leading zeros gone.
fn append_number(digits: &[u8], key: &mut Vec<u8>) {
    let zeros = digits.iter().take_while(|digit| **digit == b'0').count();
    let digits = digits.get(zeros..).unwrap_or_default();
    match u8::try_from(digits.len()) {
        Ok(length) if length < u8::MAX => key.push(length),
        Ok(_) | Err(_) => {
            key.push(u8::MAX);
            key.extend(u16::try_from(digits.len()).unwrap_or(u16::MAX).to_be_bytes());
        }
    }
    key.extend(digits);
}

/// Splits off the longest prefix whose bytes all satisfy `belongs`.
fn take_while<'a>(text: &mut &'a [u8], belongs: impl Fn(u8) -> bool) -> &'a [u8] {
    let length = text.iter().take_while(|byte| belongs(**byte)).count();
    let (head, tail) = text.split_at(length);
    *text = tail;
    head
}

/// Compares two runs of digits as numbers of any length.
fn compare_numbers(a: &[u8], b: &[u8]) -> Ordering {
    let strip = |digits: &[u8]| digits.iter().copied().skip_while(|digit| *digit == b'0').collect::<Vec<_>>();
    let (a, b) = (strip(a), strip(b));
    a.len().cmp(&b.len()).then_with(|| a.cmp(&b))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads `a < b` lines; the first line of a case file says where the cases came from.
    fn check(order: &Order, cases: &str) {
        let mut lines = cases.lines();
        assert!(lines.next().is_some_and(|line| line.starts_with("# ")), "the first line names the origin");
        let mut count = 0;
        for line in lines.filter(|line| !line.trim().is_empty()) {
            let words: Vec<&str> = line.split_whitespace().collect();
            let &[a, relation, b] = words.as_slice() else { panic!("`{line}` is not `a < b`") };
            let wanted = match relation {
                "<" => Ordering::Less,
                "=" => Ordering::Equal,
                ">" => Ordering::Greater,
                other => panic!("`{other}` is no relation"),
            };
            assert_eq!(order.key(a).unwrap().cmp(&order.key(b).unwrap()), wanted, "key: {line}");
            assert_eq!((order.compare)(a, b).unwrap(), wanted, "reference: {line}");
            assert_eq!((order.compare)(b, a).unwrap(), wanted.reverse(), "reference, turned: {line}");
            count += 1;
        }
        assert!(count >= 20, "only {count} cases");
    }

    #[test]
    fn every_order_orders_its_case_file() {
        for (order, cases) in [
            (&ALPM, include_str!("alpm.txt")),
            (&APK, include_str!("apk.txt")),
            (&COMPOSER, include_str!("composer.txt")),
            (&DPKG, include_str!("dpkg.txt")),
            (&GEM, include_str!("gem.txt")),
            (&MAVEN, include_str!("maven.txt")),
            (&PEP440, include_str!("pep440.txt")),
            (&RPM, include_str!("rpm.txt")),
            (&SEMVER, include_str!("semver.txt")),
        ] {
            check(order, cases);
        }
    }

    #[test]
    fn a_very_long_version_is_refused_and_its_message_stays_short() {
        for order in ORDERS {
            let error = order.key(&"1".repeat(MAX_LENGTH + 1)).unwrap_err();
            assert!(error.to_string().len() < 200, "{error}");
        }
    }
}
