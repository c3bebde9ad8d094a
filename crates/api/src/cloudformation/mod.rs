//! CloudFormation for `AWS::Inspector::*`: templates, stacks, and what a deployment has to do. Pure: a [`Deployment`]
//! says which call comes next and is told how it went.
//!
//! | Room | What |
//! |---|---|
//! | [`document`] | JSON or YAML → one value |
//! | [`template`], [`parameter`] | its sections, read strictly |
//! | [`intrinsic`] | functions and conditions |
//! | [`resource`] | the three types and their calls |
//! | [`plan`] | a stack and a template → changes in order |
//! | [`deployment`] | changes → calls, rolled back when one fails |
//! | [`stack`] | what is kept |
//!
//! Resources of other services are told and left alone.

pub mod deployment;
pub mod document;
pub mod intrinsic;
pub mod operation;
pub mod parameter;
pub mod plan;
pub mod resource;
pub mod stack;
pub mod template;

pub use deployment::{Deployment, Refusal, Request};
pub use operation::Operation;
pub use plan::{Action, Change, Plan};
pub use resource::{Call, Kind};
pub use stack::{Stack, Status};
pub use template::Template;

/// The API's version.
pub const VERSION: &str = "2010-05-15";
/// The namespace of its answers.
pub const NAMESPACE: &str = "http://cloudformation.amazonaws.com/doc/2010-05-15/";
/// What requests to it are signed for.
pub const SIGNING_NAME: &str = "cloudformation";

/// What is wrong with a template or with what was given for it. The text goes to the caller.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Problem(String);

impl Problem {
    fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }

    fn at(&self, place: &str) -> Self {
        Self(format!("{place}: {}", self.0))
    }
}
