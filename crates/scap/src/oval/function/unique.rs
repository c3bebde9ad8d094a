//! `unique`: every value once, in the order in which they first occur.

use std::collections::BTreeSet;

use super::{Call, Function};

pub(super) const FUNCTION: Function = Function { name: "unique", call, takes_nothing: false };

fn call(call: &Call<'_>) -> Result<Vec<String>, String> {
    let mut seen = BTreeSet::new();
    Ok(call.values().filter(|value| seen.insert(*value)).cloned().collect())
}
