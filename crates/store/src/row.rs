//! Columns to values: a value that does not parse is an error that names its column, never a default.

use std::fmt::Display;
use std::str::FromStr;

use inspector_model::{PackageKey, Timestamp};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::StoreError;

pub(crate) fn text(row: &AnyRow, column: &str) -> Result<String, StoreError> {
    Ok(row.try_get(column)?)
}

pub(crate) fn text_or_null(row: &AnyRow, column: &str) -> Result<Option<String>, StoreError> {
    Ok(row.try_get(column)?)
}

pub(crate) fn number(row: &AnyRow, column: &str) -> Result<i64, StoreError> {
    Ok(row.try_get(column)?)
}

pub(crate) fn count(row: &AnyRow, column: &str) -> Result<u64, StoreError> {
    u64::try_from(number(row, column)?).map_err(|error| StoreError::malformed(column, error))
}

pub(crate) fn flag(row: &AnyRow, column: &str) -> Result<bool, StoreError> {
    Ok(number(row, column)? != 0)
}

pub(crate) fn time(row: &AnyRow, column: &str) -> Result<Timestamp, StoreError> {
    Ok(Timestamp::from_millis(number(row, column)?))
}

pub(crate) fn time_or_null(row: &AnyRow, column: &str) -> Result<Option<Timestamp>, StoreError> {
    let millis: Option<i64> = row.try_get(column)?;
    Ok(millis.map(Timestamp::from_millis))
}

pub(crate) fn parsed<T: FromStr<Err: Display>>(row: &AnyRow, column: &str) -> Result<T, StoreError> {
    text(row, column)?.parse().map_err(|error: T::Err| StoreError::malformed(column, error))
}

pub(crate) fn parsed_or_null<T: FromStr<Err: Display>>(row: &AnyRow, column: &str) -> Result<Option<T>, StoreError> {
    let parse = |text: String| text.parse().map_err(|error: T::Err| StoreError::malformed(column, error));
    text_or_null(row, column)?.map(parse).transpose()
}

pub(crate) fn json<T: DeserializeOwned>(row: &AnyRow, column: &str) -> Result<T, StoreError> {
    from_json(column, &text(row, column)?)
}

pub(crate) fn from_json<T: DeserializeOwned>(what: &str, text: &str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|error| StoreError::malformed(what, error))
}

pub(crate) fn to_json<T: Serialize>(what: &str, value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::malformed(what, error))
}

/// Rules packages as one column that keeps their order; lists filter by a table of their own.
pub(crate) fn packages_text(packages: &[PackageKey]) -> String {
    packages.iter().fold(String::from(" "), |text, key| text + key.as_str() + " ")
}

pub(crate) fn packages(row: &AnyRow, column: &str) -> Result<Vec<PackageKey>, StoreError> {
    let parse = |word: &str| word.parse().map_err(|error| StoreError::malformed(column, error));
    text(row, column)?.split_whitespace().map(parse).collect()
}
