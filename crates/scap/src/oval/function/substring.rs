//! `substring`: a stretch of every value, its start counted from one.

use super::{Call, Function};

pub(super) const FUNCTION: Function = Function { name: "substring", call, takes_nothing: false };

fn call(call: &Call<'_>) -> Result<Vec<String>, String> {
    let skip = usize::try_from(call.number("substring_start")?.max(1) - 1).unwrap_or(usize::MAX);
    let take = usize::try_from(call.number("substring_length")?).unwrap_or(usize::MAX);
    let piece = |value: &String| {
        if skip > 0 && skip >= value.chars().count() {
            return Err(format!("starts after the end of `{value}`"));
        }
        Ok(value.chars().skip(skip).take(take).collect())
    };
    call.values().map(piece).collect()
}
