//! `split`: the pieces of every value between a delimiter, empty ones included.

use super::{Call, Function};

pub(super) const FUNCTION: Function = Function { name: "split", call, takes_nothing: false };

fn call(call: &Call<'_>) -> Result<Vec<String>, String> {
    let delimiter = call.attribute("delimiter")?;
    if delimiter.is_empty() {
        return Ok(call.each(str::to_owned));
    }
    Ok(call.values().flat_map(|value| value.split(delimiter)).map(str::to_owned).collect())
}
