//! One data directory: the database's connections, transactions, and what lies beside them.

use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use sqlx::AnyPool;
use sqlx::any::{AnyConnectOptions, AnyPoolOptions};
use sqlx::migrate::{MigrateError, Migrator};
use sqlx::pool::PoolConnection;
use sqlx::{Any, Executor, Transaction};

use crate::StoreError;
use crate::access_key::{self, Sealed};
use crate::blob::Blobs;
use crate::lock::DirectoryLock;
use crate::seal::{SealingKey, key_file};

static MIGRATIONS: Migrator = sqlx::migrate!("./migrations");

/// The name of the database; SQLite makes further files of this name and a suffix, with the rights of this one.
const DATABASE: &str = "store.sqlite";

/// How often a transaction is tried in all.
const ATTEMPTS: u32 = 8;

/// A connection of either kind, inside a transaction or not.
pub type Connection = sqlx::AnyConnection;

/// One data directory. Clones share it.
#[derive(Debug, Clone)]
pub struct Store {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    dir: PathBuf,
    writer: AnyPool,
    readers: AnyPool,
    blobs: Blobs,
    sealing: SealingKey,
    _lock: DirectoryLock,
}

impl Store {
    /// Opens the data directory `dir`, makes it when it is missing, and brings its schema up to date. What is in it is for
    /// its owner alone: where others have rights, they lose them.
    ///
    /// # Errors
    /// [`StoreError::InUse`] while another process has it open, [`StoreError::Newer`] and [`StoreError::Older`] when another
    /// program has written it, [`StoreError::SealingKey`] when its secrets do not open.
    pub async fn open(dir: &Path) -> Result<Self, StoreError> {
        Self::open_with(dir, None).await
    }

    /// The same with the key that seals secrets, where it is not to lie in the directory.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub async fn open_with(dir: &Path, sealing_key: Option<[u8; 32]>) -> Result<Self, StoreError> {
        sqlx::any::install_default_drivers();
        make_private_dir(dir)?;
        let lock = DirectoryLock::take(dir)?;
        keep_private(dir)?;
        let writer = pool(dir, 1).await?;
        migrate(dir, &writer).await?;
        let readers = pool(dir, 8).await?;
        let sealed = access_key::any_sealed(&mut *readers.acquire().await?).await?;
        let shared = Shared {
            dir: dir.to_owned(),
            writer,
            readers,
            blobs: Blobs::open(&dir.join("blobs"))?,
            sealing: sealing(dir, sealing_key, sealed)?,
            _lock: lock,
        };
        Ok(Self { shared: Arc::new(shared) })
    }

    /// The directory.
    pub fn dir(&self) -> &Path {
        &self.shared.dir
    }

    /// The content-addressed files.
    pub fn blobs(&self) -> &Blobs {
        &self.shared.blobs
    }

    /// 32 secret random bytes that stay the same for this directory; each `name` has its own.
    ///
    /// # Errors
    /// When the file that keeps them cannot be read or made.
    pub fn secret(&self, name: &'static str) -> Result<[u8; 32], StoreError> {
        key_file(&self.shared.dir.join(name))
    }

    pub(crate) fn sealing(&self) -> &SealingKey {
        &self.shared.sealing
    }

    /// A connection for reading; it sees everything that has been acknowledged.
    ///
    /// # Errors
    /// When none can be had within the pool's patience.
    pub async fn reader(&self) -> Result<PoolConnection<Any>, StoreError> {
        Ok(self.shared.readers.acquire().await?)
    }

    /// Starts a transaction on the one connection that writes. Use [`transact!`](crate::transact), which tries again where
    /// that helps.
    ///
    /// # Errors
    /// When the connection cannot be had within the pool's patience.
    pub async fn begin(&self) -> Result<Transaction<'static, Any>, StoreError> {
        Ok(self.shared.writer.begin().await?)
    }

    /// Closes the connections, so that the write-ahead log is folded into the file.
    pub async fn close(&self) {
        self.shared.readers.close().await;
        self.shared.writer.close().await;
    }
}

/// Runs `$work`, an expression of `Result<_, StoreError>`, in one transaction and commits it when `$work` succeeds.
///
/// `$work` must be safe to run twice: it runs again when the database asks for that. A macro, because the future of a
/// generic async closure cannot be required to be `Send` yet.
#[macro_export]
macro_rules! transact {
    ($store:expr, |$conn:ident| $work:expr) => {{
        let mut attempt = 1;
        loop {
            let mut transaction = match $store.begin().await {
                Ok(transaction) => transaction,
                Err(error) => break Err(error),
            };
            let done = {
                let $conn: &mut $crate::Connection = &mut transaction;
                async { $work }.await
            };
            if let Some(done) = $crate::conclude(transaction, done, &mut attempt).await {
                break done;
            }
        }
    }};
}

/// Ends one attempt of [`transact!`](crate::transact): the result, or `None` when it is worth another attempt.
#[doc(hidden)]
pub async fn conclude<T>(
    transaction: Transaction<'static, Any>,
    done: Result<T, StoreError>,
    attempt: &mut u32,
) -> Option<Result<T, StoreError>> {
    let committed = match done {
        Ok(value) => transaction.commit().await.map(|()| value).map_err(StoreError::from),
        Err(error) => {
            drop(transaction);
            Err(error)
        }
    };
    match committed {
        Err(error) if error.passing() && *attempt < ATTEMPTS => {
            tokio::time::sleep(Duration::from_millis(5 << *attempt)).await;
            *attempt += 1;
            None
        }
        settled => Some(settled),
    }
}

/// A pool whose connections write durably: an acknowledged commit is on the disk. `LIKE` tells upper from lower case, as
/// PostgreSQL's does.
async fn pool(dir: &Path, size: u32) -> Result<AnyPool, StoreError> {
    let path = dir.join(DATABASE);
    let refused = |why: &str| StoreError::malformed(format!("path `{}`", path.display()), why);
    let text = path.to_str().ok_or_else(|| refused("it is not UTF-8"))?;
    let url = format!("sqlite://{}?mode=rwc", percent_encoded(text));
    let options: AnyConnectOptions = url.parse().map_err(|error: sqlx::Error| refused(&error.to_string()))?;
    let pool = AnyPoolOptions::new().max_connections(size).acquire_timeout(Duration::from_secs(30));
    let pool = pool.after_connect(|connection, _| {
        Box::pin(async move {
            connection
                .execute(
                    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 10000; \
                          PRAGMA case_sensitive_like = ON;",
                )
                .await?;
            Ok(())
        })
    });
    pool.connect_with(options).await.map_err(|error| {
        if let sqlx::Error::Io(source) = error {
            return StoreError::File { path: path.clone(), source };
        }
        StoreError::malformed(format!("database `{}`", path.display()), error)
    })
}

/// The few characters that would end the path part of a URL.
fn percent_encoded(path: &str) -> String {
    path.chars().fold(String::new(), |mut text, c| {
        match c {
            '%' => text.push_str("%25"),
            '?' => text.push_str("%3F"),
            '#' => text.push_str("%23"),
            other => text.push(other),
        }
        text
    })
}

/// The key that is given or lies in `dir`, if it opens what is there. A key is made only where nothing is sealed yet: a new
/// one would turn a lost key into secrets that some day nothing opens.
fn sealing(dir: &Path, given: Option<[u8; 32]>, sealed: Option<Sealed>) -> Result<SealingKey, StoreError> {
    let file = dir.join("sealing-key");
    let (name, key) = match &given {
        Some(bytes) => ("the sealing key that was given".to_owned(), SealingKey::of(bytes)?),
        None => {
            let name = format!("the sealing key `{}`", file.display());
            if sealed.is_some() && !file.exists() {
                return Err(StoreError::SealingKey { path: dir.to_owned(), key: name, why: "is missing" });
            }
            (name, SealingKey::open(&file)?)
        }
    };
    if let Some(Sealed { row, secret }) = sealed
        && key.open_sealed(&row, &secret).is_err()
    {
        return Err(StoreError::SealingKey { path: dir.to_owned(), key: name, why: "does not fit" });
    }
    Ok(key)
}

async fn migrate(dir: &Path, writer: &AnyPool) -> Result<(), StoreError> {
    let known = MIGRATIONS.iter().map(|migration| migration.version).max().unwrap_or_default();
    MIGRATIONS.run(writer).await.map_err(|source| {
        if let MigrateError::VersionMissing(found) = source
            && found > known
        {
            return StoreError::Newer { path: dir.to_owned(), found, known };
        }
        // Until the first release a schema may change in place.
        if matches!(source, MigrateError::VersionMismatch(_)) {
            return StoreError::Older { path: dir.to_owned() };
        }
        StoreError::Migrate { path: dir.to_owned(), source }
    })
}

/// Makes `dir` for its owner alone.
pub(crate) fn make_private_dir(dir: &Path) -> Result<(), StoreError> {
    let made = std::fs::DirBuilder::new().recursive(true).mode(0o700).create(dir);
    made.map_err(|source| StoreError::File { path: dir.to_owned(), source })
}

/// Takes the rights of others away from `dir` and from the database in it, which is made here because SQLite would let
/// others read it. Where they cannot be taken away, the log says so.
fn keep_private(dir: &Path) -> Result<(), StoreError> {
    let database = dir.join(DATABASE);
    let mut options = std::fs::OpenOptions::new();
    let made = options.create(true).append(true).mode(0o600).open(&database);
    made.map_err(|source| StoreError::File { path: database.clone(), source })?;
    let beside = ["-wal", "-shm"].map(|suffix| dir.join(format!("{DATABASE}{suffix}")));
    for path in [dir.to_owned(), database].iter().chain(&beside) {
        let shown = path.display();
        match close_to_others(path) {
            Ok(false) => {}
            Ok(true) => tracing::warn!("`{shown}` was open to other users; now it is its owner's alone"),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => tracing::warn!("`{shown}` stays open to other users: {error}"),
        }
    }
    Ok(())
}

/// Whether others had rights to `path`, which they have lost.
fn close_to_others(path: &Path) -> std::io::Result<bool> {
    const STICKY: u32 = 0o1000;
    let mode = std::fs::metadata(path)?.permissions().mode();
    if mode & 0o077 == 0 {
        return Ok(false);
    }
    if mode & STICKY != 0 {
        return Err(std::io::Error::other("it is a directory for everybody, such as `/tmp`"));
    }
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode & 0o700))?;
    Ok(true)
}
