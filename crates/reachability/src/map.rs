//! The hash map that everything is looked up in.
//!
//! Ids are hashed millions of times over a large network. The seed differs from process to process, so a snapshot cannot
//! aim at one chain; nothing is ever iterated, so no order can leak into an answer.

#![expect(clippy::disallowed_types, reason = "looked up by key only, never iterated, so no order can leak")]

use std::collections::HashMap;

/// A map that is looked up by key and never iterated.
pub(crate) type Map<K, V> = HashMap<K, V, foldhash::fast::RandomState>;
