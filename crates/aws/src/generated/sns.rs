//! The `SNS` service, version 2010-03-31.
// Written by `cargo xtask generate` from the service model. Do not edit.

use crate::table::{Member, Operation, Protocol, Service, Shape};

pub(crate) static SERVICE: Service = Service {
    name: "sns",
    id: "SNS",
    api_version: "2010-03-31",
    endpoint_prefix: "sns",
    signing_name: "sns",
    protocol: Protocol::Query,
};

pub(crate) static PUBLISH: Operation = Operation {
    service: &SERVICE,
    name: "Publish",
    input: &[
        Member { name: "TopicArn", wire: "TopicArn", shape: &Shape::String },
        Member { name: "Message", wire: "Message", shape: &Shape::String },
    ],
    output: &[
        Member { name: "MessageId", wire: "MessageId", shape: &Shape::String },
        Member { name: "SequenceNumber", wire: "SequenceNumber", shape: &Shape::String },
    ],
    wrapper: Some("PublishResult"),
    pages: None,
};
