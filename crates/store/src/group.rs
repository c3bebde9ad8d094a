//! Many small writes in one transaction. A commit costs a wait for the disk; messages of agents that arrive while one is
//! under way share the next. Each is acknowledged after the commit that holds it, and one that fails takes none along.

use std::pin::Pin;

use sqlx::Executor;
use tokio::sync::{mpsc, oneshot};

use crate::{Connection, Store, StoreError};

/// So many writes share one commit at most.
const LARGEST: usize = 256;
/// So many wait before those who send have to.
const WAITING: usize = 4096;

/// What a piece of work on a connection comes to.
pub type Working<'c, T> = Pin<Box<dyn Future<Output = T> + Send + 'c>>;

/// Tells who waits whether the commit succeeded.
type Settle = Box<dyn FnOnce(Result<(), String>) + Send>;
type Job = Box<dyn for<'c> FnOnce(&'c mut Connection) -> Working<'c, Settle> + Send>;

/// The writes of one store that share commits. Clones share it; it ends with the last of them.
#[derive(Debug, Clone)]
pub struct Group {
    jobs: mpsc::Sender<Job>,
}

impl Group {
    /// Starts the task that commits.
    pub fn new(store: Store) -> Self {
        let (jobs, waiting) = mpsc::channel(WAITING);
        tokio::spawn(commit(store, waiting));
        Self { jobs }
    }

    /// Does `work` in a transaction with others and returns its result when that is on the disk. Nothing of `work` stays when
    /// it fails.
    ///
    /// # Errors
    /// Those of `work`, and when the database refuses.
    pub async fn write<T: Send + 'static>(
        &self,
        work: impl for<'c> FnOnce(&'c mut Connection) -> Working<'c, Result<T, StoreError>> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (tell, told) = oneshot::channel();
        let job: Job = Box::new(move |conn| {
            Box::pin(async move {
                let done = alone(conn, work).await;
                let settle: Settle = Box::new(move |committed| {
                    let failed = |why| StoreError::NotCommitted { why };
                    // Whoever asked may have gone away.
                    let _gone = tell.send(committed.map_err(failed).and(done));
                });
                settle
            })
        });
        let ended = || StoreError::NotCommitted { why: "the store is closing".to_owned() };
        self.jobs.send(job).await.map_err(|_| ended())?;
        told.await.map_err(|_| ended())?
    }
}

/// Does `work` so that it leaves nothing when it fails.
async fn alone<T>(
    conn: &mut Connection,
    work: impl for<'c> FnOnce(&'c mut Connection) -> Working<'c, Result<T, StoreError>>,
) -> Result<T, StoreError> {
    conn.execute("SAVEPOINT one").await?;
    let done = work(conn).await;
    if done.is_err() {
        conn.execute("ROLLBACK TO SAVEPOINT one").await?;
    }
    conn.execute("RELEASE SAVEPOINT one").await?;
    done
}

async fn commit(store: Store, mut waiting: mpsc::Receiver<Job>) {
    let mut jobs = Vec::with_capacity(LARGEST);
    while waiting.recv_many(&mut jobs, LARGEST).await > 0 {
        let mut transaction = match store.begin().await {
            Ok(transaction) => transaction,
            Err(error) => {
                // Those who wait hear that their work was dropped.
                tracing::error!(%error, "a group of writes cannot begin");
                jobs.clear();
                continue;
            }
        };
        let mut settles = Vec::with_capacity(jobs.len());
        for job in jobs.drain(..) {
            settles.push(job(&mut transaction).await);
        }
        let committed = transaction.commit().await.map_err(|error| error.to_string());
        for settle in settles {
            settle(committed.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn count(store: &Store) -> i64 {
        let mut conn = store.reader().await.unwrap();
        let row = sqlx::query("SELECT COUNT(*) AS n FROM agent_delivery").fetch_one(&mut *conn).await.unwrap();
        crate::row::number(&row, "n").unwrap()
    }

    fn insert<'c>(conn: &'c mut Connection, agent: String) -> Working<'c, Result<(), StoreError>> {
        Box::pin(async move {
            let statement = "INSERT INTO agent_delivery (agent, parts) VALUES ($1, '{}')";
            sqlx::query(statement).bind(agent).execute(conn).await?;
            Ok(())
        })
    }

    #[tokio::test]
    async fn every_write_is_there_when_it_is_acknowledged_and_one_that_fails_takes_none_along() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path()).await.unwrap();
        let group = Group::new(store.clone());
        let writes = (0..100).map(|number| {
            let group = group.clone();
            tokio::spawn(async move {
                // Every tenth is written twice under one name in one piece of work, and fails as a whole.
                let broken = number % 10 == 0;
                let done = group.write(move |conn| {
                    Box::pin(async move {
                        insert(conn, format!("i-{number}")).await?;
                        if broken { insert(conn, format!("i-{number}")).await } else { Ok(()) }
                    })
                });
                (broken, done.await)
            })
        });
        for write in writes.collect::<Vec<_>>() {
            let (broken, done) = write.await.unwrap();
            assert_eq!(matches!(done, Err(StoreError::Taken)), broken, "{done:?}");
        }
        assert_eq!(count(&store).await, 90);
    }

    #[tokio::test]
    async fn a_store_that_is_closed_says_so() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path()).await.unwrap();
        let group = Group::new(store.clone());
        store.close().await;
        let refused = group.write(|conn| insert(conn, "i-1".to_owned())).await;
        assert!(matches!(refused, Err(StoreError::NotCommitted { .. })), "{refused:?}");
    }
}
