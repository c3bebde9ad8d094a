//! `begin`: puts a text before every value that does not begin with it.

use super::{Call, Function};

pub(super) const FUNCTION: Function = Function { name: "begin", call, takes_nothing: false };

fn call(call: &Call<'_>) -> Result<Vec<String>, String> {
    let text = call.attribute("character")?;
    Ok(call.each(|value| if value.starts_with(text) { value.to_owned() } else { format!("{text}{value}") }))
}
