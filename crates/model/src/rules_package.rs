//! The rules packages: keys, names, versions, and their ARNs by Region.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::arn::{AccountId, Region, RulesPackageArn, Scope, ShortId};

/// One rules package.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PackageKey {
    /// Which ports can be reached from outside the VPC.
    NetworkReachability,
    /// Which known vulnerabilities installed packages have.
    Cve,
    /// Centre for Internet Security benchmarks.
    Cis,
    /// Nine host-hardening rules.
    BestPractices,
    /// What the host did while it was watched.
    RuntimeBehavior,
    /// The operator's own rules.
    Custom,
}

impl PackageKey {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 6] =
        [Self::NetworkReachability, Self::Cve, Self::Cis, Self::BestPractices, Self::RuntimeBehavior, Self::Custom];

    /// The key on the command line and in files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NetworkReachability => "network-reachability",
            Self::Cve => "cve",
            Self::Cis => "cis",
            Self::BestPractices => "best-practices",
            Self::RuntimeBehavior => "runtime-behavior",
            Self::Custom => "custom",
        }
    }

    /// `name` in `DescribeRulesPackages`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NetworkReachability => "Network Reachability",
            Self::Cve => "Common Vulnerabilities and Exposures",
            Self::Cis => "CIS Operating System Security Configuration Benchmarks",
            Self::BestPractices => "Security Best Practices",
            Self::RuntimeBehavior => "Runtime Behavior Analysis",
            Self::Custom => "Custom Rules",
        }
    }

    /// `version` in `DescribeRulesPackages`: the version whose texts and shapes we speak.
    pub const fn version(self) -> &'static str {
        match self {
            Self::NetworkReachability | Self::Cve => "1.1",
            Self::Cis | Self::BestPractices | Self::RuntimeBehavior | Self::Custom => "1.0",
        }
    }

    /// `description` in `DescribeRulesPackages`.
    pub const fn description(self) -> &'static str {
        match self {
            Self::NetworkReachability => {
                "Proves from network configuration which ports of your instances can be reached from outside their VPC, \
                 and names the components that let the traffic through. No packet is sent."
            }
            Self::Cve => {
                "Compares the packages installed on your instances with the advisories of their distribution and reports \
                 the Common Vulnerabilities and Exposures that apply. Each finding names the CVE; look it up at \
                 https://cve.mitre.org."
            }
            Self::Cis => "Checks your instances against the benchmarks of the Center for Internet Security.",
            Self::BestPractices => "Checks whether your systems are configured the way security practice asks for.",
            Self::RuntimeBehavior => "Reports risky behaviour that was observed on your instances during the run.",
            Self::Custom => "Rules of your own.",
        }
    }

    /// The ARN in `region`: the original one where the original had one, so that scripts and templates which hard-code
    /// it keep working; elsewhere one of our own under the account that AWS never assigned.
    pub fn arn(self, region: &Region) -> Option<RulesPackageArn> {
        let row = BY_REGION.iter().find(|row| row.region == region.as_str());
        let id = row.and_then(|row| self.original_id(row)).unwrap_or(match self {
            Self::NetworkReachability => "0-OINetwrk",
            Self::Cve => "0-OICveCve",
            Self::Cis => "0-OICisCis",
            Self::BestPractices => "0-OIBstPrc",
            Self::RuntimeBehavior => "0-OIRuntim",
            Self::Custom => "0-OICustom",
        });
        let account: AccountId = row.map_or("000000000001", |row| row.account).parse().ok()?;
        let package: ShortId = id.parse().ok()?;
        Some(RulesPackageArn { scope: Scope { account, region: region.clone() }, package })
    }

    fn original_id(self, row: &Row) -> Option<&'static str> {
        match self {
            Self::NetworkReachability => row.network_reachability,
            Self::Cve => Some(row.cve),
            Self::Cis => Some(row.cis),
            Self::BestPractices => Some(row.best_practices),
            Self::RuntimeBehavior => row.runtime_behavior,
            Self::Custom => None,
        }
    }
}

impl fmt::Display for PackageKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A word that is no package key.
#[derive(Debug, thiserror::Error)]
#[error("`{0}` is not a rules package: use network-reachability, cve, cis, best-practices, runtime-behavior or custom")]
pub struct NotAPackage(String);

impl FromStr for PackageKey {
    type Err = NotAPackage;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|key| key.as_str() == text).ok_or_else(|| NotAPackage(text.to_owned()))
    }
}

/// The original's ids in one Region (AWS, "Inspector Classic User Guide", rules package ARNs, 2019 and 2020 editions).
struct Row {
    region: &'static str,
    account: &'static str,
    cve: &'static str,
    cis: &'static str,
    network_reachability: Option<&'static str>,
    best_practices: &'static str,
    runtime_behavior: Option<&'static str>,
}

macro_rules! rows {
    ($($region:literal $account:literal $cve:literal $cis:literal $net:expr, $sbp:literal $rba:expr;)+) => {
        &[$(Row { region: $region, account: $account, cve: $cve, cis: $cis, network_reachability: $net,
            best_practices: $sbp, runtime_behavior: $rba },)+]
    };
}

#[rustfmt::skip]
const BY_REGION: &[Row] = rows! {
    "us-east-2"      "646659390643" "0-JnA8Zp85" "0-m8r61nnh" Some("0-cE4kTR30"), "0-AxKmMHPX" Some("0-UCYZFKPV");
    "us-east-1"      "316112463485" "0-gEjTy7T7" "0-rExsr2X8" Some("0-PmNV0Tcd"), "0-R01qwB5Q" Some("0-gBONHN9h");
    "us-west-1"      "166987590008" "0-TKgzoVOa" "0-xUY8iRqX" Some("0-TxmXimXF"), "0-byoQRFYm" Some("0-yeYxlt0x");
    "us-west-2"      "758058086616" "0-9hgA516p" "0-H5hpSawc" Some("0-rD1z6dpl"), "0-JJOtZiqQ" Some("0-vg5GGHSD");
    "ap-south-1"     "162588757376" "0-LqnJE9dO" "0-PSUlX14m" Some("0-YxKfjFu1"), "0-fs0IZZBj" Some("0-EhMQZy6C");
    "ap-northeast-2" "526946625049" "0-PoGHMznc" "0-T9srhg1z" Some("0-s3OmLzhL"), "0-2WRpmi4n" Some("0-PoYq7lI7");
    "ap-southeast-2" "454640832652" "0-D5TGAxiR" "0-Vkd2Vxjq" Some("0-FLcuV4Gz"), "0-asL6HRgN" Some("0-P8Tel2Xj");
    "ap-northeast-1" "406045910587" "0-gHP9oWNT" "0-7WNjqgGu" Some("0-YI95DVd7"), "0-bBUQnxMq" Some("0-knGBhqEu");
    "eu-central-1"   "537503971621" "0-wNqHa8M9" "0-nZrAVuv8" Some("0-6yunpJ91"), "0-ZujVHEPB" Some("0-0GMUM6fg");
    "eu-west-1"      "357557129151" "0-ubA5XvBh" "0-sJBhCr0F" Some("0-SPzU33xe"), "0-SnojL3Z6" Some("0-lLmwe1zd");
    "eu-west-2"      "146838936955" "0-kZGCqcE1" "0-IeCjwf1W" Some("0-AizSYyNq"), "0-XApUiSaP" None;
    "eu-north-1"     "453420244670" "0-IgdgIewd" "0-Yn8jlX7f" Some("0-52Sn74uu"), "0-HfBQSbSf" None;
    "us-gov-east-1"  "206278770380" "0-3IFKFuOb" "0-pTLCdIww" None,               "0-vlgEGcVD" Some("0-850TmCFX");
    "us-gov-west-1"  "850862329162" "0-4oQgcI4G" "0-Ac4CFOuc" None,               "0-rOTGqe5G" Some("0-JMyjuzoW");
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_package_has_an_arn_in_every_region() {
        for region in BY_REGION.iter().map(|row| row.region).chain(["ap-southeast-4"]) {
            for key in PackageKey::ALL {
                assert!(key.arn(&region.parse().unwrap()).is_some(), "{key} in {region}");
            }
        }
    }

    #[test]
    fn the_original_arn_is_kept() {
        let arn = PackageKey::NetworkReachability.arn(&"eu-west-1".parse().unwrap()).unwrap();
        assert_eq!(arn.to_string(), "arn:aws:inspector:eu-west-1:357557129151:rulespackage/0-SPzU33xe");
    }
}
