//! What all records share: borrowed text, lists that may be null, ranges, tags.

use std::borrow::Cow;
use std::net::IpAddr;

use inspector_model::Attribute;
use ipnet::IpNet;
use serde::{Deserialize, Deserializer};

/// Text borrowed from the document where it has no escapes.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub(super) struct Text<'a>(#[serde(borrow)] pub(super) Cow<'a, str>);

impl Text<'_> {
    pub(super) fn owned(self) -> String {
        self.0.into_owned()
    }
}

impl std::ops::Deref for Text<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

/// The text of an optional field, if it is there and not empty.
pub(super) fn filled<'t>(text: Option<&'t Text<'_>>) -> Option<&'t str> {
    text.map(|text| &**text).filter(|text| !text.is_empty())
}

/// Null as the empty list.
pub(super) fn list<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

/// An address range; host bits are dropped, as AWS does.
pub(super) fn range(text: &str) -> Result<IpNet, String> {
    text.parse::<IpNet>().map(|range| range.trunc()).map_err(|_| format!("`{text}` is not an address range"))
}

/// An address.
pub(super) fn address(text: &str) -> Result<IpAddr, String> {
    text.parse().map_err(|_| format!("`{text}` is not an address"))
}

/// `{"Key": …, "Value": …}`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Tag<'a> {
    #[serde(borrow)]
    key: Text<'a>,
    value: Option<Text<'a>>,
}

/// Tags in the order of their keys.
pub(super) fn tags(tags: Vec<Tag<'_>>) -> Vec<Attribute> {
    let pair = |tag: Tag<'_>| Attribute::new(tag.key.owned(), tag.value.map(Text::owned).unwrap_or_default());
    let mut tags: Vec<Attribute> = tags.into_iter().map(pair).collect();
    tags.sort();
    tags
}
