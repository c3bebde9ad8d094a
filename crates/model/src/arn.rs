//! Accounts, Regions and the ARNs of the Classic API.
//!
//! Every leaf parses strictly, so an ARN of the wrong kind cannot reach an operation. Forms: AWS, "Inspector Classic
//! User Guide", ARNs; the slash form of real samples is used, not the colon form of the guide's table.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A text that is not what was asked for; `expected` shows the form.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not {expected}")]
pub struct Malformed {
    text: String,
    expected: &'static str,
}

fn malformed(text: &str, expected: &'static str) -> Malformed {
    Malformed { text: text.to_owned(), expected }
}

/// Gives a type its text form: `Display`, `FromStr` and serde as a string.
macro_rules! text_form {
    ($name:ident) => {
        impl TryFrom<String> for $name {
            type Error = Malformed;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> Self {
                value.to_string()
            }
        }
    };
}

/// Twelve digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct AccountId(String);

impl FromStr for AccountId {
    type Err = Malformed;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let ok = text.len() == 12 && text.bytes().all(|b| b.is_ascii_digit());
        ok.then(|| Self(text.to_owned())).ok_or_else(|| malformed(text, "an account id of twelve digits"))
    }
}

impl fmt::Display for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

text_form!(AccountId);

/// A Region name such as `us-east-1`: lower-case letters, digits and single hyphens.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Region(String);

impl Region {
    /// The partition that the Region belongs to.
    pub fn partition(&self) -> &'static str {
        match self.0.split('-').take(2).collect::<Vec<_>>().as_slice() {
            ["us", "gov"] => "aws-us-gov",
            ["cn", _] => "aws-cn",
            _ => "aws",
        }
    }

    /// The name itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Region {
    type Err = Malformed;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut parts = text.split('-');
        let word = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
        let ok = text.len() <= 30 && text.contains('-') && parts.all(word);
        ok.then(|| Self(text.to_owned())).ok_or_else(|| malformed(text, "a Region name such as `us-east-1`"))
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

text_form!(Region);

/// The account and Region in which an entity lives; nothing crosses its border.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Scope {
    /// Owner of the entity.
    pub account: AccountId,
    /// Where the entity lives.
    pub region: Region,
}

/// The last part of every ARN: `0-` and eight of `[A-Za-z0-9]`. Case matters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ShortId(String);

impl ShortId {
    const ALPHABET: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /// An id from eight bytes of a digest or of randomness.
    pub fn from_bytes(bytes: [u8; 8]) -> Self {
        let mut text = String::from("0-");
        for byte in bytes {
            text.extend(Self::ALPHABET.get(usize::from(byte) % 62).map(|c| char::from(*c)));
        }
        Self(text)
    }

    /// An id whose first character encodes `shard` (0–31), so that an ARN leads to one partition.
    pub fn with_shard(shard: u8, bytes: [u8; 7]) -> Self {
        let [a, b, c, d, e, f, g] = bytes;
        Self::from_bytes([shard % 32, a, b, c, d, e, f, g])
    }
}

impl FromStr for ShortId {
    type Err = Malformed;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let tail = text.strip_prefix("0-").unwrap_or_default();
        let ok = tail.len() == 8 && tail.bytes().all(|b| b.is_ascii_alphanumeric());
        ok.then(|| Self(text.to_owned())).ok_or_else(|| malformed(text, "an id such as `0-AB6DMKnv`"))
    }
}

impl fmt::Display for ShortId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

text_form!(ShortId);

/// Splits `arn:<partition>:inspector:<region>:<account>:<resource>`.
fn split(text: &str) -> Option<(Scope, &str)> {
    let rest = text.strip_prefix("arn:")?;
    let mut part = rest.splitn(5, ':');
    let (partition, service) = (part.next()?, part.next()?);
    let region: Region = part.next()?.parse().ok()?;
    let account = part.next()?.parse().ok()?;
    (service == "inspector" && partition == region.partition()).then_some(())?;
    Some((Scope { account, region }, part.next()?))
}

/// Declares one kind of ARN: its ids in the order in which they stand in the resource part, and that part's form.
macro_rules! arn {
    ($(#[$doc:meta])* $name:ident, $expected:literal, $($word:literal => $field:ident),+) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name {
            /// Account and Region.
            pub scope: Scope,
            $(#[doc = concat!("The id behind `", $word, "/`.")] pub $field: ShortId,)+
        }

        impl FromStr for $name {
            type Err = Malformed;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                let parse = || -> Option<Self> {
                    let (scope, resource) = split(text)?;
                    let mut part = resource.split('/');
                    $((part.next()? == $word).then_some(())?; let $field = part.next()?.parse().ok()?;)+
                    part.next().is_none().then_some(Self { scope, $($field),+ })
                };
                parse().ok_or_else(|| malformed(text, $expected))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let Scope { account, region } = &self.scope;
                write!(f, "arn:{}:inspector:{region}:{account}:", region.partition())?;
                let resource = [$(format!("{}/{}", $word, self.$field)),+];
                f.write_str(&resource.join("/"))
            }
        }

        text_form!($name);
    };
}

arn!(
    /// `…:resourcegroup/0-…`
    ResourceGroupArn, "a resource group ARN", "resourcegroup" => group
);
arn!(
    /// `…:target/0-…`
    TargetArn, "an assessment target ARN", "target" => target
);
arn!(
    /// `…:target/0-…/template/0-…`
    TemplateArn, "an assessment template ARN", "target" => target, "template" => template
);
arn!(
    /// `…:target/0-…/template/0-…/run/0-…`
    RunArn, "an assessment run ARN", "target" => target, "template" => template, "run" => run
);
arn!(
    /// `…/run/0-…/finding/0-…`
    FindingArn, "a finding ARN", "target" => target, "template" => template, "run" => run, "finding" => finding
);
arn!(
    /// `…/run/0-…/exclusion/0-…`
    ExclusionArn, "an exclusion ARN", "target" => target, "template" => template, "run" => run, "exclusion" => exclusion
);
arn!(
    /// `…:rulespackage/0-…`; the account is the Region's service account.
    RulesPackageArn, "a rules package ARN", "rulespackage" => package
);

impl TemplateArn {
    /// The target that the template belongs to.
    pub fn parent(&self) -> TargetArn {
        TargetArn { scope: self.scope.clone(), target: self.target.clone() }
    }
}

impl RunArn {
    /// The template that the run belongs to.
    pub fn parent(&self) -> TemplateArn {
        TemplateArn { scope: self.scope.clone(), target: self.target.clone(), template: self.template.clone() }
    }

    /// The ARN of a finding of this run.
    pub fn finding(&self, finding: ShortId) -> FindingArn {
        let Self { scope, target, template, run } = self.clone();
        FindingArn { scope, target, template, run, finding }
    }

    /// The ARN of an exclusion of this run.
    pub fn exclusion(&self, exclusion: ShortId) -> ExclusionArn {
        let Self { scope, target, template, run } = self.clone();
        ExclusionArn { scope, target, template, run, exclusion }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEMPLATE: &str = "arn:aws:inspector:us-west-2:123456789012:target/0-0kFIPusq/template/0-4r1V2mAw";

    #[test]
    fn an_arn_prints_as_it_was_read() {
        for text in
            [TEMPLATE, "arn:aws-us-gov:inspector:us-gov-west-1:123456789012:target/0-0kFIPusq/template/0-4r1V2mAw"]
        {
            assert_eq!(text.parse::<TemplateArn>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn an_arn_of_another_kind_is_refused() {
        assert!(TEMPLATE.parse::<TargetArn>().is_err());
        assert!(format!("{TEMPLATE}/run/0-MKkpXXPE").parse::<TemplateArn>().is_err());
        assert!(format!("{TEMPLATE}/run/0-MKkpXXPE").parse::<RunArn>().is_ok());
    }

    #[test]
    fn leaves_are_strict() {
        for bad in ["12345678901", "12345678901a", ""] {
            assert!(bad.parse::<AccountId>().is_err(), "{bad}");
        }
        for bad in ["0-short", "0-toolong123", "1-AB6DMKnv", "0-AB6DMKn/"] {
            assert!(bad.parse::<ShortId>().is_err(), "{bad}");
        }
        for bad in ["us east", "US-EAST-1", "useast", "us--1"] {
            assert!(bad.parse::<Region>().is_err(), "{bad}");
        }
    }

    #[test]
    fn the_partition_must_fit_the_region() {
        assert!(TEMPLATE.replace("arn:aws:", "arn:aws-cn:").parse::<TemplateArn>().is_err());
    }
}
