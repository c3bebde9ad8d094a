//! Whose answer a document is: account and Region from the names of its folders, else from the record itself.

use inspector_model::arn::{AccountId, Region};

/// Account and Region as the folders say.
#[derive(Debug, Clone, Default)]
pub(super) struct Origin {
    pub(super) account: Option<AccountId>,
    pub(super) region: Option<Region>,
}

impl Origin {
    pub(super) fn of_path(path: &str) -> Self {
        let folders = || path.split(['/', '\\']);
        Self {
            account: folders().find_map(|folder| folder.parse().ok()),
            region: folders().filter(|folder| looks_like_a_region(folder)).find_map(|folder| folder.parse().ok()),
        }
    }

    /// The folder's account, else the owner that AWS wrote into the record.
    pub(super) fn account(&self, owner: Option<&str>) -> Option<AccountId> {
        self.account.clone().or_else(|| owner?.parse().ok())
    }

    /// The folder's Region, else that of the Availability Zone in the record (`us-east-2b`, `us-west-2-lax-1a`).
    pub(super) fn region(&self, zone: Option<&str>) -> Option<Region> {
        self.region.clone().or_else(|| {
            let mut parts: Vec<&str> = zone?.split('-').collect();
            let digit = parts.iter().position(|part| part.starts_with(|c: char| c.is_ascii_digit()))?;
            parts.truncate(digit + 1);
            let region = parts.join("-");
            let region = region.trim_end_matches(|c: char| c.is_ascii_lowercase());
            looks_like_a_region(region).then(|| region.parse().ok()).flatten()
        })
    }
}

/// `us-east-1`, `us-gov-west-1`: words, and one number at the end.
fn looks_like_a_region(name: &str) -> bool {
    let parts: Vec<&str> = name.split('-').collect();
    let word = |part: &&str| part.len() >= 2 && part.bytes().all(|byte| byte.is_ascii_lowercase());
    match parts.split_last() {
        Some((number, words)) => {
            (2..=3).contains(&words.len()) && words.iter().all(word) && matches!(number.as_bytes(), [b'1'..=b'9'])
        }
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_name_account_and_region() {
        let origin = Origin::of_path("accounts/123456789012/us-gov-west-1/Vpcs.json");
        assert_eq!(origin.account.unwrap().to_string(), "123456789012");
        assert_eq!(origin.region.unwrap().to_string(), "us-gov-west-1");
        let origin = Origin::of_path("test-nat-gateway/Vpcs.json");
        assert!(origin.account.is_none() && origin.region.is_none());
    }

    #[test]
    fn a_zone_names_its_region() {
        let origin = Origin::default();
        for (zone, region) in [("us-east-2b", "us-east-2"), ("us-west-2-lax-1a", "us-west-2")] {
            assert_eq!(origin.region(Some(zone)).unwrap().as_str(), region);
        }
        assert!(origin.region(Some("nowhere")).is_none());
    }
}
