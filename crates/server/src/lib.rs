//! The service: HTTP, agent listener, run engine.
//!
//! [`serve`] is the whole of it: it opens the data directory, binds both listeners, takes over what an earlier process
//! left unfinished, and works until it is told to stop.

mod agents;
mod dispatch;
mod engine;
mod feeds;
mod first_key;
mod health;
pub mod http;
mod identity;
mod keys;
mod notify;
mod oidc;
mod ops;
mod reports;
mod serve;
mod service;
mod settings;
mod signin;
mod stacks;
mod sts;
pub mod world;

pub use engine::content::{AdvisoryLoader, Loaders};
pub use oidc::OidcSettings;
pub use serve::{Ready, ServeError, ServeOptions, serve};
pub use service::{Addresses, Service};
pub use settings::{AgentSettings, QuotaError, Quotas, Settings};
