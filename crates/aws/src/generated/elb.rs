//! The `Elastic Load Balancing` service, version 2012-06-01.
// Written by `cargo xtask generate` from the service model. Do not edit.

use crate::table::{Member, Operation, Pages, Protocol, Service, Shape};

pub(crate) static SERVICE: Service = Service {
    name: "elb",
    id: "Elastic Load Balancing",
    api_version: "2012-06-01",
    endpoint_prefix: "elasticloadbalancing",
    signing_name: "elasticloadbalancing",
    protocol: Protocol::Query,
};

pub(crate) static DESCRIBE_INSTANCE_HEALTH: Operation = Operation {
    service: &SERVICE,
    name: "DescribeInstanceHealth",
    input: &[Member { name: "LoadBalancerName", wire: "LoadBalancerName", shape: &Shape::String }],
    output: &[Member { name: "InstanceStates", wire: "InstanceStates", shape: &INSTANCE_STATES }],
    wrapper: Some("DescribeInstanceHealthResult"),
    pages: None,
};

pub(crate) static DESCRIBE_LOAD_BALANCER_ATTRIBUTES: Operation = Operation {
    service: &SERVICE,
    name: "DescribeLoadBalancerAttributes",
    input: &[Member { name: "LoadBalancerName", wire: "LoadBalancerName", shape: &Shape::String }],
    output: &[Member {
        name: "LoadBalancerAttributes",
        wire: "LoadBalancerAttributes",
        shape: &LOAD_BALANCER_ATTRIBUTES,
    }],
    wrapper: Some("DescribeLoadBalancerAttributesResult"),
    pages: None,
};

pub(crate) static DESCRIBE_LOAD_BALANCERS: Operation = Operation {
    service: &SERVICE,
    name: "DescribeLoadBalancers",
    input: &[
        Member { name: "Marker", wire: "Marker", shape: &Shape::String },
        Member { name: "PageSize", wire: "PageSize", shape: &Shape::Number },
    ],
    output: &[
        Member {
            name: "LoadBalancerDescriptions",
            wire: "LoadBalancerDescriptions",
            shape: &LOAD_BALANCER_DESCRIPTIONS,
        },
        Member { name: "NextMarker", wire: "NextMarker", shape: &Shape::String },
    ],
    wrapper: Some("DescribeLoadBalancersResult"),
    pages: Some(Pages { ask: "Marker", answer: "NextMarker", limit: Some("PageSize"), most: Some(400) }),
};

static ACCESS_LOG: Shape = Shape::Structure(&[
    Member { name: "Enabled", wire: "Enabled", shape: &Shape::Boolean },
    Member { name: "S3BucketName", wire: "S3BucketName", shape: &Shape::String },
    Member { name: "EmitInterval", wire: "EmitInterval", shape: &Shape::Number },
    Member { name: "S3BucketPrefix", wire: "S3BucketPrefix", shape: &Shape::String },
]);

static ADDITIONAL_ATTRIBUTE: Shape = Shape::Structure(&[
    Member { name: "Key", wire: "Key", shape: &Shape::String },
    Member { name: "Value", wire: "Value", shape: &Shape::String },
]);

static ADDITIONAL_ATTRIBUTES: Shape = Shape::List { item: &ADDITIONAL_ATTRIBUTE, wire: Some("member") };

static APP_COOKIE_STICKINESS_POLICIES: Shape =
    Shape::List { item: &APP_COOKIE_STICKINESS_POLICY, wire: Some("member") };

static APP_COOKIE_STICKINESS_POLICY: Shape = Shape::Structure(&[
    Member { name: "PolicyName", wire: "PolicyName", shape: &Shape::String },
    Member { name: "CookieName", wire: "CookieName", shape: &Shape::String },
]);

static AVAILABILITY_ZONES: Shape = Shape::List { item: &Shape::String, wire: Some("member") };

static BACKEND_SERVER_DESCRIPTION: Shape = Shape::Structure(&[
    Member { name: "InstancePort", wire: "InstancePort", shape: &Shape::Number },
    Member { name: "PolicyNames", wire: "PolicyNames", shape: &POLICY_NAMES },
]);

static BACKEND_SERVER_DESCRIPTIONS: Shape = Shape::List { item: &BACKEND_SERVER_DESCRIPTION, wire: Some("member") };

static CONNECTION_DRAINING: Shape = Shape::Structure(&[
    Member { name: "Enabled", wire: "Enabled", shape: &Shape::Boolean },
    Member { name: "Timeout", wire: "Timeout", shape: &Shape::Number },
]);

static CONNECTION_SETTINGS: Shape =
    Shape::Structure(&[Member { name: "IdleTimeout", wire: "IdleTimeout", shape: &Shape::Number }]);

static CROSS_ZONE_LOAD_BALANCING: Shape =
    Shape::Structure(&[Member { name: "Enabled", wire: "Enabled", shape: &Shape::Boolean }]);

static HEALTH_CHECK: Shape = Shape::Structure(&[
    Member { name: "Target", wire: "Target", shape: &Shape::String },
    Member { name: "Interval", wire: "Interval", shape: &Shape::Number },
    Member { name: "Timeout", wire: "Timeout", shape: &Shape::Number },
    Member { name: "UnhealthyThreshold", wire: "UnhealthyThreshold", shape: &Shape::Number },
    Member { name: "HealthyThreshold", wire: "HealthyThreshold", shape: &Shape::Number },
]);

static INSTANCE: Shape = Shape::Structure(&[Member { name: "InstanceId", wire: "InstanceId", shape: &Shape::String }]);

static INSTANCE_STATE: Shape = Shape::Structure(&[
    Member { name: "InstanceId", wire: "InstanceId", shape: &Shape::String },
    Member { name: "State", wire: "State", shape: &Shape::String },
    Member { name: "ReasonCode", wire: "ReasonCode", shape: &Shape::String },
    Member { name: "Description", wire: "Description", shape: &Shape::String },
]);

static INSTANCE_STATES: Shape = Shape::List { item: &INSTANCE_STATE, wire: Some("member") };

static INSTANCES: Shape = Shape::List { item: &INSTANCE, wire: Some("member") };

static L_B_COOKIE_STICKINESS_POLICIES: Shape =
    Shape::List { item: &L_B_COOKIE_STICKINESS_POLICY, wire: Some("member") };

static L_B_COOKIE_STICKINESS_POLICY: Shape = Shape::Structure(&[
    Member { name: "PolicyName", wire: "PolicyName", shape: &Shape::String },
    Member { name: "CookieExpirationPeriod", wire: "CookieExpirationPeriod", shape: &Shape::Number },
]);

static LISTENER: Shape = Shape::Structure(&[
    Member { name: "Protocol", wire: "Protocol", shape: &Shape::String },
    Member { name: "LoadBalancerPort", wire: "LoadBalancerPort", shape: &Shape::Number },
    Member { name: "InstanceProtocol", wire: "InstanceProtocol", shape: &Shape::String },
    Member { name: "InstancePort", wire: "InstancePort", shape: &Shape::Number },
    Member { name: "SSLCertificateId", wire: "SSLCertificateId", shape: &Shape::String },
]);

static LISTENER_DESCRIPTION: Shape = Shape::Structure(&[
    Member { name: "Listener", wire: "Listener", shape: &LISTENER },
    Member { name: "PolicyNames", wire: "PolicyNames", shape: &POLICY_NAMES },
]);

static LISTENER_DESCRIPTIONS: Shape = Shape::List { item: &LISTENER_DESCRIPTION, wire: Some("member") };

static LOAD_BALANCER_ATTRIBUTES: Shape = Shape::Structure(&[
    Member { name: "CrossZoneLoadBalancing", wire: "CrossZoneLoadBalancing", shape: &CROSS_ZONE_LOAD_BALANCING },
    Member { name: "AccessLog", wire: "AccessLog", shape: &ACCESS_LOG },
    Member { name: "ConnectionDraining", wire: "ConnectionDraining", shape: &CONNECTION_DRAINING },
    Member { name: "ConnectionSettings", wire: "ConnectionSettings", shape: &CONNECTION_SETTINGS },
    Member { name: "AdditionalAttributes", wire: "AdditionalAttributes", shape: &ADDITIONAL_ATTRIBUTES },
]);

static LOAD_BALANCER_DESCRIPTION: Shape = Shape::Structure(&[
    Member { name: "LoadBalancerName", wire: "LoadBalancerName", shape: &Shape::String },
    Member { name: "DNSName", wire: "DNSName", shape: &Shape::String },
    Member { name: "CanonicalHostedZoneName", wire: "CanonicalHostedZoneName", shape: &Shape::String },
    Member { name: "CanonicalHostedZoneNameID", wire: "CanonicalHostedZoneNameID", shape: &Shape::String },
    Member { name: "ListenerDescriptions", wire: "ListenerDescriptions", shape: &LISTENER_DESCRIPTIONS },
    Member { name: "Policies", wire: "Policies", shape: &POLICIES },
    Member {
        name: "BackendServerDescriptions",
        wire: "BackendServerDescriptions",
        shape: &BACKEND_SERVER_DESCRIPTIONS,
    },
    Member { name: "AvailabilityZones", wire: "AvailabilityZones", shape: &AVAILABILITY_ZONES },
    Member { name: "Subnets", wire: "Subnets", shape: &SUBNETS },
    Member { name: "VPCId", wire: "VPCId", shape: &Shape::String },
    Member { name: "Instances", wire: "Instances", shape: &INSTANCES },
    Member { name: "HealthCheck", wire: "HealthCheck", shape: &HEALTH_CHECK },
    Member { name: "SourceSecurityGroup", wire: "SourceSecurityGroup", shape: &SOURCE_SECURITY_GROUP },
    Member { name: "SecurityGroups", wire: "SecurityGroups", shape: &SECURITY_GROUPS },
    Member { name: "CreatedTime", wire: "CreatedTime", shape: &Shape::String },
    Member { name: "Scheme", wire: "Scheme", shape: &Shape::String },
]);

static LOAD_BALANCER_DESCRIPTIONS: Shape = Shape::List { item: &LOAD_BALANCER_DESCRIPTION, wire: Some("member") };

static POLICIES: Shape = Shape::Structure(&[
    Member {
        name: "AppCookieStickinessPolicies",
        wire: "AppCookieStickinessPolicies",
        shape: &APP_COOKIE_STICKINESS_POLICIES,
    },
    Member {
        name: "LBCookieStickinessPolicies",
        wire: "LBCookieStickinessPolicies",
        shape: &L_B_COOKIE_STICKINESS_POLICIES,
    },
    Member { name: "OtherPolicies", wire: "OtherPolicies", shape: &POLICY_NAMES },
]);

static POLICY_NAMES: Shape = Shape::List { item: &Shape::String, wire: Some("member") };

static SECURITY_GROUPS: Shape = Shape::List { item: &Shape::String, wire: Some("member") };

static SOURCE_SECURITY_GROUP: Shape = Shape::Structure(&[
    Member { name: "OwnerAlias", wire: "OwnerAlias", shape: &Shape::String },
    Member { name: "GroupName", wire: "GroupName", shape: &Shape::String },
]);

static SUBNETS: Shape = Shape::List { item: &Shape::String, wire: Some("member") };
