//! `end`: puts a text after every value that does not end with it.

use super::{Call, Function};

pub(super) const FUNCTION: Function = Function { name: "end", call, takes_nothing: false };

fn call(call: &Call<'_>) -> Result<Vec<String>, String> {
    let text = call.attribute("character")?;
    Ok(call.each(|value| if value.ends_with(text) { value.to_owned() } else { format!("{value}{text}") }))
}
