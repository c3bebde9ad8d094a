//! The `Direct Connect` service, version 2012-10-25.
// Written by `cargo xtask generate` from the service model. Do not edit.

use crate::table::{Member, Operation, Pages, Protocol, Service, Shape};

pub(crate) static SERVICE: Service = Service {
    name: "directconnect",
    id: "Direct Connect",
    api_version: "2012-10-25",
    endpoint_prefix: "directconnect",
    signing_name: "directconnect",
    protocol: Protocol::Json { target: "OvertureService", version: "1.1" },
};

pub(crate) static DESCRIBE_CONNECTIONS: Operation = Operation {
    service: &SERVICE,
    name: "DescribeConnections",
    input: &[
        Member { name: "maxResults", wire: "maxResults", shape: &Shape::Number },
        Member { name: "nextToken", wire: "nextToken", shape: &Shape::String },
    ],
    output: &[
        Member { name: "connections", wire: "connections", shape: &Shape::Any },
        Member { name: "nextToken", wire: "nextToken", shape: &Shape::String },
    ],
    wrapper: None,
    pages: Some(Pages { ask: "nextToken", answer: "nextToken", limit: Some("maxResults"), most: None }),
};

pub(crate) static DESCRIBE_DIRECT_CONNECT_GATEWAY_ASSOCIATIONS: Operation = Operation {
    service: &SERVICE,
    name: "DescribeDirectConnectGatewayAssociations",
    input: &[
        Member { name: "directConnectGatewayId", wire: "directConnectGatewayId", shape: &Shape::String },
        Member { name: "maxResults", wire: "maxResults", shape: &Shape::Number },
        Member { name: "nextToken", wire: "nextToken", shape: &Shape::String },
    ],
    output: &[
        Member {
            name: "directConnectGatewayAssociations",
            wire: "directConnectGatewayAssociations",
            shape: &Shape::Any,
        },
        Member { name: "nextToken", wire: "nextToken", shape: &Shape::String },
    ],
    wrapper: None,
    pages: Some(Pages { ask: "nextToken", answer: "nextToken", limit: Some("maxResults"), most: None }),
};

pub(crate) static DESCRIBE_DIRECT_CONNECT_GATEWAY_ATTACHMENTS: Operation = Operation {
    service: &SERVICE,
    name: "DescribeDirectConnectGatewayAttachments",
    input: &[
        Member { name: "directConnectGatewayId", wire: "directConnectGatewayId", shape: &Shape::String },
        Member { name: "maxResults", wire: "maxResults", shape: &Shape::Number },
        Member { name: "nextToken", wire: "nextToken", shape: &Shape::String },
    ],
    output: &[
        Member { name: "directConnectGatewayAttachments", wire: "directConnectGatewayAttachments", shape: &Shape::Any },
        Member { name: "nextToken", wire: "nextToken", shape: &Shape::String },
    ],
    wrapper: None,
    pages: Some(Pages { ask: "nextToken", answer: "nextToken", limit: Some("maxResults"), most: None }),
};

pub(crate) static DESCRIBE_DIRECT_CONNECT_GATEWAYS: Operation = Operation {
    service: &SERVICE,
    name: "DescribeDirectConnectGateways",
    input: &[
        Member { name: "maxResults", wire: "maxResults", shape: &Shape::Number },
        Member { name: "nextToken", wire: "nextToken", shape: &Shape::String },
    ],
    output: &[
        Member { name: "directConnectGateways", wire: "directConnectGateways", shape: &Shape::Any },
        Member { name: "nextToken", wire: "nextToken", shape: &Shape::String },
    ],
    wrapper: None,
    pages: Some(Pages { ask: "nextToken", answer: "nextToken", limit: Some("maxResults"), most: None }),
};

pub(crate) static DESCRIBE_VIRTUAL_GATEWAYS: Operation = Operation {
    service: &SERVICE,
    name: "DescribeVirtualGateways",
    input: &[],
    output: &[Member { name: "virtualGateways", wire: "virtualGateways", shape: &Shape::Any }],
    wrapper: None,
    pages: None,
};

pub(crate) static DESCRIBE_VIRTUAL_INTERFACES: Operation = Operation {
    service: &SERVICE,
    name: "DescribeVirtualInterfaces",
    input: &[
        Member { name: "maxResults", wire: "maxResults", shape: &Shape::Number },
        Member { name: "nextToken", wire: "nextToken", shape: &Shape::String },
    ],
    output: &[
        Member { name: "virtualInterfaces", wire: "virtualInterfaces", shape: &Shape::Any },
        Member { name: "nextToken", wire: "nextToken", shape: &Shape::String },
    ],
    wrapper: None,
    pages: Some(Pages { ask: "nextToken", answer: "nextToken", limit: Some("maxResults"), most: None }),
};
