//! Everything that is SQL, blobs and work queues.
//!
//! A [`Store`] is one data directory: an SQLite file, a folder of blobs and the keys that seal secrets. Each aggregate has
//! a module of functions over a connection; the caller joins several of them in one transaction with [`transact!`].
//! The SQL is written so that PostgreSQL can take it unchanged (`migrations/0001_start.sql` states the rules).

mod db;
mod error;
mod lock;
mod row;
mod seal;
mod sql;

pub mod audit;
pub mod blob;
pub mod group;
pub mod task;

pub mod access_key;
pub mod account;
pub mod policy;
pub mod principal;

pub mod access_role;
pub mod answered;
pub mod resource_group;
pub mod stack;
pub mod subscription;
pub mod target;
pub mod template;

pub mod agent;
pub mod enrollment;
pub mod snapshot;

pub mod coverage;
pub mod delivery;
pub mod exclusion;
pub mod finding;
pub mod greeting;
pub mod preview;
pub mod run;

pub use db::{Connection, Store, conclude};
pub use error::StoreError;
pub use seal::write_private;
pub use sql::{ArnPage, Page};
