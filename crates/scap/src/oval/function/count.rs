//! `count`: how many values there are; none is an answer too.

use super::{Call, Function};

pub(super) const FUNCTION: Function = Function { name: "count", call, takes_nothing: true };

fn call(call: &Call<'_>) -> Result<Vec<String>, String> {
    Ok(vec![call.values().count().to_string()])
}
