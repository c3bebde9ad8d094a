//! `escape_regex`: every value as a pattern that matches just it.

use super::{Call, Function};

pub(super) const FUNCTION: Function = Function { name: "escape_regex", call, takes_nothing: false };

fn call(call: &Call<'_>) -> Result<Vec<String>, String> {
    Ok(call.each(|value| {
        let mut escaped = String::with_capacity(value.len() * 2);
        for c in value.chars() {
            if r"^$\.[](){}*+?|".contains(c) {
                escaped.push('\\');
            }
            escaped.push(c);
        }
        escaped
    }))
}
