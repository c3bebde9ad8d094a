//! XCCDF, OVAL and CPE: what a benchmark asks of a host, and what the answers come to.
//!
//! ```text
//!   bytes ──content──▶ Benchmark, Document ──oval::plan──▶ Plan ──▶ (host) oval::gather ──▶ Collection
//!                          │                                                                   │
//!                          └───────────────────────▶ oval::evaluate, content::xccdf ◀──────────┘
//! ```
//!
//! | Room | What | Feature |
//! |---|---|---|
//! | [`oval`] | the OVAL language without XML: values, comparisons, variables, plan, gathering, evaluation | – |
//! | `xml`, `xpath` | XML within bounds, and the part of XPath that content uses | `xml` |
//! | `content` | readers: data streams, OVAL documents, XCCDF, tailoring, CPE | `content` |
//! | `wire` | plans and items as agent and service hand them to each other | `wire` |
//!
//! To add a type of test: a file in `oval/kind` and a line in its list, a collector in `inspector-collect`. To add a
//! datatype: `oval/compare`. To add a function of variables: `oval/function`.

#[cfg(feature = "content")]
pub mod content;
pub mod oval;
#[cfg(feature = "wire")]
pub mod wire;
#[cfg(feature = "xml")]
pub mod xml;
#[cfg(feature = "xml")]
pub mod xpath;
