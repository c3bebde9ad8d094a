//! The `STS` service, version 2011-06-15.
// Written by `cargo xtask generate` from the service model. Do not edit.

use crate::table::{Member, Operation, Protocol, Service, Shape};

pub(crate) static SERVICE: Service = Service {
    name: "sts",
    id: "STS",
    api_version: "2011-06-15",
    endpoint_prefix: "sts",
    signing_name: "sts",
    protocol: Protocol::Query,
};

pub(crate) static GET_CALLER_IDENTITY: Operation = Operation {
    service: &SERVICE,
    name: "GetCallerIdentity",
    input: &[],
    output: &[
        Member { name: "UserId", wire: "UserId", shape: &Shape::String },
        Member { name: "Account", wire: "Account", shape: &Shape::String },
        Member { name: "Arn", wire: "Arn", shape: &Shape::String },
    ],
    wrapper: Some("GetCallerIdentityResult"),
    pages: None,
};
