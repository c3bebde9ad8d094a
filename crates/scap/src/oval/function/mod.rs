//! Functions of local variables, one file each (OVAL definitions schema, `FunctionGroup`).

mod arithmetic;
mod begin;
mod concat;
mod count;
mod end;
mod escape_regex;
mod glob_to_regex;
mod merge;
mod regex_capture;
mod split;
mod substring;
mod time_difference;
mod unique;

use std::collections::BTreeMap;

/// How many values a computation may come to. Products of arguments grow fast.
pub const VALUES: usize = 200_000;

/// One function.
pub struct Function {
    /// The element's name in the schema.
    pub name: &'static str,
    /// The values, from the values of every argument.
    call: fn(&Call<'_>) -> Result<Vec<String>, String>,
    /// Whether it makes something of arguments without values.
    pub takes_nothing: bool,
}

/// What a function is called with.
pub struct Call<'a> {
    /// The element's attributes.
    pub attributes: &'a BTreeMap<String, String>,
    /// The values of each argument.
    pub arguments: Vec<Vec<String>>,
    /// Seconds since 1970, when the items were collected.
    pub now: i64,
}

/// All functions, by name.
pub const FUNCTIONS: &[Function] = &[
    arithmetic::FUNCTION,
    begin::FUNCTION,
    concat::FUNCTION,
    count::FUNCTION,
    end::FUNCTION,
    escape_regex::FUNCTION,
    glob_to_regex::FUNCTION,
    merge::FUNCTION,
    regex_capture::FUNCTION,
    split::FUNCTION,
    substring::FUNCTION,
    time_difference::FUNCTION,
    unique::FUNCTION,
];

impl Function {
    /// The function called `name`.
    pub fn find(name: &str) -> Option<&'static Self> {
        FUNCTIONS.iter().find(|function| function.name == name)
    }

    /// Its values.
    ///
    /// # Errors
    ///
    /// When an attribute is missing, an argument cannot be read, or the values are too many.
    pub fn call(&self, call: &Call<'_>) -> Result<Vec<String>, String> {
        let values = (self.call)(call).map_err(|why| format!("`{}`: {why}", self.name))?;
        if values.len() > VALUES {
            return Err(format!("`{}`: comes to more than {VALUES} values", self.name));
        }
        Ok(values)
    }
}

impl<'a> Call<'a> {
    fn attribute(&self, name: &str) -> Result<&'a str, String> {
        self.attributes.get(name).map(String::as_str).ok_or_else(|| format!("lacks the attribute `{name}`"))
    }

    fn number(&self, name: &str) -> Result<i64, String> {
        let text = self.attribute(name)?;
        text.parse().map_err(|_| format!("`{text}` is no whole number"))
    }

    /// Every value of all arguments.
    fn values(&self) -> impl Iterator<Item = &String> {
        self.arguments.iter().flatten()
    }

    /// Each value, changed.
    fn each(&self, change: impl Fn(&str) -> String) -> Vec<String> {
        self.values().map(|value| change(value)).collect()
    }

    /// Every choice of one value from each argument; the last argument changes fastest.
    fn product<T: Clone>(&self, first: T, join: impl Fn(&T, &str) -> Result<T, String>) -> Result<Vec<T>, String> {
        let mut results = vec![first];
        for argument in &self.arguments {
            if results.len().saturating_mul(argument.len()) > VALUES {
                return Err(format!("comes to more than {VALUES} values"));
            }
            let mut next = Vec::with_capacity(results.len() * argument.len());
            for result in &results {
                for value in argument {
                    next.push(join(result, value)?);
                }
            }
            results = next;
        }
        Ok(results)
    }
}

#[cfg(test)]
mod tests;
