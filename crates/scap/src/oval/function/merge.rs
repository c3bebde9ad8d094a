//! `merge` (OVAL 5.12): the values of all arguments, one after the other.

use super::{Call, Function};

pub(super) const FUNCTION: Function = Function { name: "merge", call, takes_nothing: false };

fn call(call: &Call<'_>) -> Result<Vec<String>, String> {
    Ok(call.each(str::to_owned))
}
