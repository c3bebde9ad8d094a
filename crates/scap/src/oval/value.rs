//! Values of items, and the datatypes in which they are compared.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

/// One value as it was found.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Value {
    /// True or false.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// Text; versions, addresses and all else too.
    Text(String),
    /// Named fields of one row.
    Record(Vec<(String, String)>),
}

impl Value {
    /// The text by which it is compared and shown. A record has none of its own; its fields are compared one by one.
    pub fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Bool(true) => Cow::Borrowed("true"),
            Self::Bool(false) => Cow::Borrowed("false"),
            Self::Int(number) => Cow::Owned(number.to_string()),
            Self::Text(text) => Cow::Borrowed(text),
            Self::Record(fields) => {
                Cow::Owned(fields.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join(" "))
            }
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Int(number)
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
        pub enum $name { $($(#[$variant_doc])* $variant,)+ }

        impl $name {
            const ALL: &[Self] = &[$(Self::$variant),+];

            /// The word in documents.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            /// Reads the word.
            pub fn parse(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.as_str() == word)
            }
        }
    };
}

words! {
    /// How values are read for a comparison (`DatatypeEnumeration` of the common schema).
    Datatype {
        /// Text.
        #[default]
        String = "string",
        /// A whole number.
        Int = "int",
        /// A number with a fraction.
        Float = "float",
        /// True or false.
        Boolean = "boolean",
        /// Numbers separated by anything else.
        Version = "version",
        /// Epoch, version and release of rpm.
        Evr = "evr_string",
        /// Epoch, version and revision of dpkg.
        DebianEvr = "debian_evr_string",
        /// Hexadecimal digits.
        Binary = "binary",
        /// An IPv4 address or prefix.
        Ipv4 = "ipv4_address",
        /// An IPv6 address or prefix.
        Ipv6 = "ipv6_address",
        /// A revision of an HP-UX file set.
        FilesetRevision = "fileset_revision",
        /// A version of Cisco IOS.
        IosVersion = "ios_version",
        /// Named fields.
        Record = "record",
    }
}

words! {
    /// What a comparison asks (`OperationEnumeration` of the common schema).
    Operation {
        /// The same.
        #[default]
        Equals = "equals",
        /// Not the same.
        NotEqual = "not equal",
        /// The same but for case.
        CaseInsensitiveEquals = "case insensitive equals",
        /// Not the same, case aside.
        CaseInsensitiveNotEqual = "case insensitive not equal",
        /// The value found is greater.
        GreaterThan = "greater than",
        /// The value found is less.
        LessThan = "less than",
        /// The value found is not less.
        GreaterThanOrEqual = "greater than or equal",
        /// The value found is not greater.
        LessThanOrEqual = "less than or equal",
        /// Every bit of the wanted value is set in the value found.
        BitwiseAnd = "bitwise and",
        /// No bit outside the wanted value is set in the value found.
        BitwiseOr = "bitwise or",
        /// A regular expression occurs in the value found.
        PatternMatch = "pattern match",
        /// Every wanted value is among those found, or the prefix wanted lies in the one found.
        SubsetOf = "subset of",
        /// No value is found that is not wanted, or the prefix wanted holds the one found.
        SupersetOf = "superset of",
    }
}
