//! The ledger of a run: counts in columns, the rows themselves in a blob.

use std::collections::BTreeMap;

use inspector_model::PackageKey;
use inspector_model::arn::RunArn;
use inspector_model::coverage::{Counts, Coverage, Part};

use crate::row::{count, parsed, text};
use crate::{Connection, Store, StoreError};

/// The ledger as it is stored: the rows of each package in a blob of its own.
#[derive(Debug, Clone)]
pub struct PackedCoverage {
    parts: Vec<(PackageKey, Counts, String)>,
}

/// Stores the rows of `coverage` as blobs; [`replace`] then makes them the run's.
///
/// # Errors
/// When a blob cannot be written.
pub async fn pack(store: &Store, coverage: &Coverage) -> Result<PackedCoverage, StoreError> {
    let mut parts = Vec::new();
    for (package, part) in coverage.parts() {
        let rows = serde_json::to_vec(part).map_err(|error| StoreError::malformed("coverage", error))?;
        parts.push((package, part.counts, store.blobs().put(rows).await?));
    }
    Ok(PackedCoverage { parts })
}

/// Replaces the ledger of a run.
///
/// # Errors
/// When the database refuses.
pub async fn replace(conn: &mut Connection, run: &RunArn, packed: &PackedCoverage) -> Result<(), StoreError> {
    let run = run.to_string();
    sqlx::query("DELETE FROM coverage WHERE run = $1").bind(&run).execute(&mut *conn).await?;
    for (package, counts, ledger) in &packed.parts {
        let Counts { pass, fail, not_applicable, not_assessed } = *counts;
        let mut query = sqlx::query(
            "INSERT INTO coverage (run, package, pass, fail, not_applicable, not_assessed, ledger) \
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(&run)
        .bind(package.as_str());
        for count in [pass, fail, not_applicable, not_assessed] {
            query = query.bind(i64::try_from(count).unwrap_or(i64::MAX));
        }
        query.bind(ledger).execute(&mut *conn).await?;
    }
    Ok(())
}

/// The counts of a run's ledger, and where each package's rows are.
///
/// # Errors
/// When the database refuses or a row does not read.
pub async fn counts(conn: &mut Connection, run: &RunArn) -> Result<BTreeMap<PackageKey, (Counts, String)>, StoreError> {
    let rows = sqlx::query("SELECT * FROM coverage WHERE run = $1").bind(run.to_string()).fetch_all(conn).await?;
    let read = |row| {
        let counts = Counts {
            pass: count(row, "pass")?,
            fail: count(row, "fail")?,
            not_applicable: count(row, "not_applicable")?,
            not_assessed: count(row, "not_assessed")?,
        };
        Ok((parsed(row, "package")?, (counts, text(row, "ledger")?)))
    };
    rows.iter().map(read).collect()
}

/// The whole ledger of a run.
///
/// # Errors
/// When the database refuses, or a blob is missing or damaged.
pub async fn load(store: &Store, run: &RunArn) -> Result<Coverage, StoreError> {
    let counts = counts(&mut *store.reader().await?, run).await?;
    let mut parts = BTreeMap::new();
    for (package, (_, ledger)) in counts {
        let bytes = store.blobs().get(&ledger).await?;
        let part: Part = serde_json::from_slice(&bytes).map_err(|error| StoreError::malformed("coverage", error))?;
        parts.insert(package, part);
    }
    let text = serde_json::to_value(parts).map_err(|error| StoreError::malformed("coverage", error))?;
    serde_json::from_value(text).map_err(|error| StoreError::malformed("coverage", error))
}
