//! OVAL: what is claimed, what is collected for it, and whether it is so.
//!
//! Nothing here reads XML or touches a host. [`plan`] says what a set of definitions needs, [`gather`] runs a plan against
//! a [`gather::Collector`], [`evaluate`] answers definitions from the items alone.

pub mod compare;
pub mod evaluate;
pub mod evidence;
pub mod flag;
pub mod function;
pub mod gather;
pub mod item;
pub mod kind;
pub mod matcher;
pub mod model;
pub mod plan;
pub mod regex;
pub mod truth;
pub mod value;
pub mod variable;
