//! `concat`: one value of each argument, joined.

use super::{Call, Function};

pub(super) const FUNCTION: Function = Function { name: "concat", call, takes_nothing: false };

fn call(call: &Call<'_>) -> Result<Vec<String>, String> {
    call.product(String::new(), |head, value| Ok(format!("{head}{value}")))
}
