//! The identity of a finding across runs.

use crate::finding::Finding;
use sha2::{Digest, Sha256};

/// Attributes that may change from one run to the next while the finding stays the same.
const VOLATILE: &[&str] =
    &["PROCESS_PID", "CVSS2_SCORE", "CVSS3_SCORE", "CVSS2_VECTOR", "CVSS3_VECTOR", "package_name"];

/// 32 hexadecimal digits from the package, rule, subject and the attributes that tell two findings apart.
pub fn fingerprint(finding: &Finding) -> String {
    let mut digest = Sha256::new();
    let mut part = |text: &str| {
        digest.update(text.len().to_be_bytes());
        digest.update(text.as_bytes());
    };
    part(finding.package.as_str());
    part(&finding.rule);
    part(&finding.subject);
    let mut telling: Vec<_> = finding.attributes.iter().filter(|a| !VOLATILE.contains(&a.key.as_str())).collect();
    telling.sort();
    for attribute in telling {
        part(&attribute.key);
        part(&attribute.value);
    }
    let mut text = hex::encode(digest.finalize());
    text.truncate(32);
    text
}
#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Attribute;
    use crate::proof::Proof;
    use crate::{PackageKey, Severity};

    fn finding(attributes: &[(&str, &str)]) -> Finding {
        Finding {
            package: PackageKey::NetworkReachability,
            rule: "Recognized port reachable from internet".into(),
            subject: "i-1".into(),
            severity: Severity::Medium,
            title: String::new(),
            description: String::new(),
            recommendation: String::new(),
            attributes: attributes.iter().map(|(key, value)| Attribute::new(*key, *value)).collect(),
            proof: Proof::Settings { settings: Vec::new() },
        }
    }

    #[test]
    fn a_new_process_id_is_the_same_finding() {
        let (before, after) = ([("PORT", "22"), ("PROCESS_PID", "7")], [("PROCESS_PID", "9"), ("PORT", "22")]);
        assert_eq!(fingerprint(&finding(&before)), fingerprint(&finding(&after)));
    }

    #[test]
    fn another_port_is_another_finding() {
        assert_ne!(fingerprint(&finding(&[("PORT", "22")])), fingerprint(&finding(&[("PORT", "23")])));
    }

    #[test]
    fn parts_do_not_run_into_each_other() {
        assert_ne!(fingerprint(&finding(&[("AB", "C")])), fingerprint(&finding(&[("A", "BC")])));
    }
}
