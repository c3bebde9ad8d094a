//! Prefix lists (`DescribePrefixLists`; `GetManagedPrefixListEntries`, wrapped with the id of its list).

use inspector_model::network::PrefixList;
use serde::Deserialize;

use super::part::Part;
use super::raw::{Text, filled, range};

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Raw<'a> {
    #[serde(borrow)]
    prefix_list_id: Option<Text<'a>>,
    cidrs: Option<Vec<Text<'a>>>,
    entries: Option<Vec<Entry<'a>>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Entry<'a> {
    #[serde(borrow)]
    cidr: Text<'a>,
}

/// A list whose entries were not asked for (`DescribeManagedPrefixLists`) is not added: an unknown list is not an empty one.
pub(super) fn add(raw: Raw<'_>, part: &mut Part) {
    let Some(id) = filled(raw.prefix_list_id.as_ref()) else { return part.nameless("PrefixLists", "PrefixListId") };
    let texts: Vec<&str> = match (&raw.cidrs, &raw.entries) {
        (Some(cidrs), _) => cidrs.iter().map(|cidr| &**cidr).collect(),
        (None, Some(entries)) => entries.iter().map(|entry| &*entry.cidr).collect(),
        (None, None) => return,
    };
    let mut ranges = Vec::with_capacity(texts.len());
    for text in texts {
        match range(text) {
            Ok(range) => ranges.push(range),
            Err(why) => part.unreadable(id, why),
        }
    }
    ranges.sort();
    part.network.prefix_lists.push(PrefixList { id: id.to_owned(), ranges });
}
