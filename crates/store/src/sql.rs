//! A `SELECT` whose conditions are not known beforehand, with parameters that number themselves.
//!
//! Only `&'static str` becomes SQL text; every value is bound.

use std::fmt::Write;

use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, Row};

use crate::{Connection, StoreError};

/// Where a page starts and how long it may be. The order is that of (creation time, ARN).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The last item of the page before.
    pub after: Option<(i64, String)>,
    /// At most so many items.
    pub limit: u32,
}

/// One page of ARNs, with the place to go on from when there is more.
pub type ArnPage = (Vec<String>, Option<(i64, String)>);

#[derive(Debug)]
enum Value {
    Text(String),
    Number(i64),
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

/// A statement in the making. Conditions are joined by AND.
#[derive(Debug)]
pub(crate) struct Select {
    text: String,
    values: Vec<Value>,
    joint: &'static str,
}

impl Select {
    /// Starts with everything before `WHERE`.
    pub(crate) fn new(head: &'static str) -> Self {
        Self { text: head.to_owned(), values: Vec::new(), joint: " WHERE " }
    }

    /// `condition` holds one `?` for each of `values`.
    pub(crate) fn and<V: Into<SqlValue>>(&mut self, condition: &'static str, values: impl IntoIterator<Item = V>) {
        let mut values = values.into_iter();
        self.text.push_str(self.joint);
        self.joint = " AND ";
        let mut parts = condition.split('?');
        self.text.push_str(parts.next().unwrap_or_default());
        for part in parts {
            self.bind(values.next().map(|value| value.into().0));
            self.text.push_str(part);
        }
    }

    /// `column` equals one of `values`; no value at all is no condition.
    pub(crate) fn and_in<V: Into<SqlValue>>(&mut self, column: &'static str, values: impl IntoIterator<Item = V>) {
        let mut values = values.into_iter().peekable();
        if values.peek().is_none() {
            return;
        }
        self.text.push_str(self.joint);
        self.joint = " AND ";
        self.text.push_str(column);
        let Some(first) = values.next() else { return };
        if values.peek().is_none() {
            // One value is an equality: an index on the column then gives the order as well.
            self.text.push_str(" = ");
            self.bind(Some(first.into().0));
            return;
        }
        self.text.push_str(" IN (");
        self.bind(Some(first.into().0));
        for value in values {
            self.text.push_str(", ");
            self.bind(Some(value.into().0));
        }
        self.text.push(')');
    }

    fn bind(&mut self, value: Option<Value>) {
        self.values.extend(value);
        let _infallible = write!(self.text, "${}", self.values.len());
    }

    /// Orders by `key`, which must be (`created_at`, `arn`) of the selected table, and keeps to `page`.
    pub(crate) async fn arns(mut self, conn: &mut Connection, page: &Page) -> Result<ArnPage, StoreError> {
        if let Some((created_at, arn)) = &page.after {
            self.and("(created_at, arn) > (?, ?)", [SqlValue::from(*created_at), SqlValue::from(arn.as_str())]);
        }
        let rows = self.first(conn, "created_at, arn", page.limit.saturating_add(1)).await?;
        let limit = usize::try_from(page.limit).unwrap_or(usize::MAX);
        let more = rows.len() > limit;
        let key = |row: &AnyRow| -> Result<(i64, String), StoreError> {
            Ok((row.try_get("created_at")?, row.try_get("arn")?))
        };
        let keys = rows.iter().take(limit).map(key).collect::<Result<Vec<_>, _>>()?;
        let next = if more { keys.last().cloned() } else { None };
        Ok((keys.into_iter().map(|(_, arn)| arn).collect(), next))
    }

    /// The same with names of its own: `after` compares with two places, `order` is the order; one more than the page holds.
    pub(crate) async fn keys(
        mut self,
        conn: &mut Connection,
        page: &Page,
        after: &'static str,
        order: &'static str,
    ) -> Result<Vec<(i64, String)>, StoreError> {
        if let Some((created_at, arn)) = &page.after {
            self.and(after, [SqlValue::from(*created_at), SqlValue::from(arn.as_str())]);
        }
        let rows = self.first(conn, order, page.limit.saturating_add(1)).await?;
        rows.iter().map(|row| Ok((row.try_get("created_at")?, row.try_get("arn")?))).collect()
    }

    /// The first `limit` rows in the order of the columns `order`.
    pub(crate) async fn first(
        mut self,
        conn: &mut Connection,
        order: &'static str,
        limit: u32,
    ) -> Result<Vec<AnyRow>, StoreError> {
        self.text.push_str(" ORDER BY ");
        self.text.push_str(order);
        self.text.push_str(" LIMIT ");
        self.bind(Some(Value::Number(i64::from(limit))));
        self.rows(conn).await
    }

    /// All rows.
    pub(crate) async fn rows(self, conn: &mut Connection) -> Result<Vec<AnyRow>, StoreError> {
        let mut query = sqlx::query(AssertSqlSafe(self.text));
        for value in self.values {
            query = match value {
                Value::Text(text) => query.bind(text),
                Value::Number(number) => query.bind(number),
            };
        }
        Ok(query.fetch_all(conn).await?)
    }
}

/// A value to bind.
#[derive(Debug)]
pub(crate) struct SqlValue(Value);

impl<T: Into<Value>> From<T> for SqlValue {
    fn from(value: T) -> Self {
        Self(value.into())
    }
}

/// A name pattern as SQL `LIKE … ESCAPE '!'`: `*` and `?` of the API, anchored at both ends.
pub(crate) fn like(pattern: &str) -> String {
    pattern.chars().fold(String::new(), |mut text, c| {
        match c {
            '*' => text.push('%'),
            '?' => text.push('_'),
            '%' | '_' | '!' => text.extend(['!', c]),
            other => text.push(other),
        }
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_number_themselves() {
        let mut select = Select::new("SELECT arn FROM finding");
        select.and("account = ?", ["1"]);
        select.and_in("severity", Vec::<&str>::new());
        select.and_in("severity", ["High", "Low"]);
        select.and_in("run", ["r"]);
        select.and("created_at BETWEEN ? AND ?", [1_i64, 2]);
        let wanted = "SELECT arn FROM finding WHERE account = $1 AND severity IN ($2, $3) AND run = $4 \
                      AND created_at BETWEEN $5 AND $6";
        assert_eq!(select.text, wanted);
        assert_eq!(select.values.len(), 6);
    }

    #[test]
    fn wildcards_of_sql_in_a_pattern_are_plain_characters() {
        assert_eq!(like("100%_*!?"), "100!%!_%!!_");
    }
}
