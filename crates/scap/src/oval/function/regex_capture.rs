//! `regex_capture`: the first group of the first match in every value; empty where there is none.

use super::{Call, Function};
use crate::oval::regex::{Options, Pattern};

pub(super) const FUNCTION: Function = Function { name: "regex_capture", call, takes_nothing: false };

fn call(call: &Call<'_>) -> Result<Vec<String>, String> {
    let pattern = Pattern::new(call.attribute("pattern")?, Options::default()).map_err(|error| error.to_string())?;
    let capture = |value: &String| {
        let found = pattern.first(value).map_err(|error| error.to_string())?;
        let group = found.and_then(|found| found.groups.first().copied().flatten().map(str::to_owned));
        Ok(group.unwrap_or_default())
    };
    call.values().map(capture).collect()
}
