//! The `Elastic Load Balancing v2` service, version 2015-12-01.
// Written by `cargo xtask generate` from the service model. Do not edit.

use crate::table::{Member, Operation, Pages, Protocol, Service, Shape};

pub(crate) static SERVICE: Service = Service {
    name: "elbv2",
    id: "Elastic Load Balancing v2",
    api_version: "2015-12-01",
    endpoint_prefix: "elasticloadbalancing",
    signing_name: "elasticloadbalancing",
    protocol: Protocol::Query,
};

pub(crate) static DESCRIBE_LISTENERS: Operation = Operation {
    service: &SERVICE,
    name: "DescribeListeners",
    input: &[
        Member { name: "LoadBalancerArn", wire: "LoadBalancerArn", shape: &Shape::String },
        Member { name: "Marker", wire: "Marker", shape: &Shape::String },
        Member { name: "PageSize", wire: "PageSize", shape: &Shape::Number },
    ],
    output: &[
        Member { name: "Listeners", wire: "Listeners", shape: &LISTENERS },
        Member { name: "NextMarker", wire: "NextMarker", shape: &Shape::String },
    ],
    wrapper: Some("DescribeListenersResult"),
    pages: Some(Pages { ask: "Marker", answer: "NextMarker", limit: Some("PageSize"), most: Some(400) }),
};

pub(crate) static DESCRIBE_LOAD_BALANCER_ATTRIBUTES: Operation = Operation {
    service: &SERVICE,
    name: "DescribeLoadBalancerAttributes",
    input: &[Member { name: "LoadBalancerArn", wire: "LoadBalancerArn", shape: &Shape::String }],
    output: &[Member { name: "Attributes", wire: "Attributes", shape: &LOAD_BALANCER_ATTRIBUTES }],
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
        Member { name: "LoadBalancers", wire: "LoadBalancers", shape: &LOAD_BALANCERS },
        Member { name: "NextMarker", wire: "NextMarker", shape: &Shape::String },
    ],
    wrapper: Some("DescribeLoadBalancersResult"),
    pages: Some(Pages { ask: "Marker", answer: "NextMarker", limit: Some("PageSize"), most: Some(400) }),
};

pub(crate) static DESCRIBE_RULES: Operation = Operation {
    service: &SERVICE,
    name: "DescribeRules",
    input: &[
        Member { name: "ListenerArn", wire: "ListenerArn", shape: &Shape::String },
        Member { name: "Marker", wire: "Marker", shape: &Shape::String },
        Member { name: "PageSize", wire: "PageSize", shape: &Shape::Number },
    ],
    output: &[
        Member { name: "Rules", wire: "Rules", shape: &RULES },
        Member { name: "NextMarker", wire: "NextMarker", shape: &Shape::String },
    ],
    wrapper: Some("DescribeRulesResult"),
    pages: Some(Pages { ask: "Marker", answer: "NextMarker", limit: Some("PageSize"), most: Some(400) }),
};

pub(crate) static DESCRIBE_TARGET_GROUP_ATTRIBUTES: Operation = Operation {
    service: &SERVICE,
    name: "DescribeTargetGroupAttributes",
    input: &[Member { name: "TargetGroupArn", wire: "TargetGroupArn", shape: &Shape::String }],
    output: &[Member { name: "Attributes", wire: "Attributes", shape: &TARGET_GROUP_ATTRIBUTES }],
    wrapper: Some("DescribeTargetGroupAttributesResult"),
    pages: None,
};

pub(crate) static DESCRIBE_TARGET_GROUPS: Operation = Operation {
    service: &SERVICE,
    name: "DescribeTargetGroups",
    input: &[
        Member { name: "Marker", wire: "Marker", shape: &Shape::String },
        Member { name: "PageSize", wire: "PageSize", shape: &Shape::Number },
    ],
    output: &[
        Member { name: "TargetGroups", wire: "TargetGroups", shape: &TARGET_GROUPS },
        Member { name: "NextMarker", wire: "NextMarker", shape: &Shape::String },
    ],
    wrapper: Some("DescribeTargetGroupsResult"),
    pages: Some(Pages { ask: "Marker", answer: "NextMarker", limit: Some("PageSize"), most: Some(400) }),
};

pub(crate) static DESCRIBE_TARGET_HEALTH: Operation = Operation {
    service: &SERVICE,
    name: "DescribeTargetHealth",
    input: &[Member { name: "TargetGroupArn", wire: "TargetGroupArn", shape: &Shape::String }],
    output: &[Member {
        name: "TargetHealthDescriptions",
        wire: "TargetHealthDescriptions",
        shape: &TARGET_HEALTH_DESCRIPTIONS,
    }],
    wrapper: Some("DescribeTargetHealthResult"),
    pages: None,
};

static ACTION: Shape = Shape::Structure(&[
    Member { name: "Type", wire: "Type", shape: &Shape::String },
    Member { name: "TargetGroupArn", wire: "TargetGroupArn", shape: &Shape::String },
    Member { name: "AuthenticateOidcConfig", wire: "AuthenticateOidcConfig", shape: &AUTHENTICATE_OIDC_ACTION_CONFIG },
    Member {
        name: "AuthenticateCognitoConfig",
        wire: "AuthenticateCognitoConfig",
        shape: &AUTHENTICATE_COGNITO_ACTION_CONFIG,
    },
    Member { name: "Order", wire: "Order", shape: &Shape::Number },
    Member { name: "RedirectConfig", wire: "RedirectConfig", shape: &REDIRECT_ACTION_CONFIG },
    Member { name: "FixedResponseConfig", wire: "FixedResponseConfig", shape: &FIXED_RESPONSE_ACTION_CONFIG },
    Member { name: "ForwardConfig", wire: "ForwardConfig", shape: &FORWARD_ACTION_CONFIG },
    Member { name: "JwtValidationConfig", wire: "JwtValidationConfig", shape: &JWT_VALIDATION_ACTION_CONFIG },
]);

static ACTIONS: Shape = Shape::List { item: &ACTION, wire: Some("member") };

static ADMINISTRATIVE_OVERRIDE: Shape = Shape::Structure(&[
    Member { name: "State", wire: "State", shape: &Shape::String },
    Member { name: "Reason", wire: "Reason", shape: &Shape::String },
    Member { name: "Description", wire: "Description", shape: &Shape::String },
]);

static ALPN_POLICY_NAME: Shape = Shape::List { item: &Shape::String, wire: Some("member") };

static ANOMALY_DETECTION: Shape = Shape::Structure(&[
    Member { name: "Result", wire: "Result", shape: &Shape::String },
    Member { name: "MitigationInEffect", wire: "MitigationInEffect", shape: &Shape::String },
]);

static AUTHENTICATE_COGNITO_ACTION_AUTHENTICATION_REQUEST_EXTRA_PARAMS: Shape = Shape::Map { value: &Shape::String };

static AUTHENTICATE_COGNITO_ACTION_CONFIG: Shape = Shape::Structure(&[
    Member { name: "UserPoolArn", wire: "UserPoolArn", shape: &Shape::String },
    Member { name: "UserPoolClientId", wire: "UserPoolClientId", shape: &Shape::String },
    Member { name: "UserPoolDomain", wire: "UserPoolDomain", shape: &Shape::String },
    Member { name: "SessionCookieName", wire: "SessionCookieName", shape: &Shape::String },
    Member { name: "Scope", wire: "Scope", shape: &Shape::String },
    Member { name: "SessionTimeout", wire: "SessionTimeout", shape: &Shape::Number },
    Member {
        name: "AuthenticationRequestExtraParams",
        wire: "AuthenticationRequestExtraParams",
        shape: &AUTHENTICATE_COGNITO_ACTION_AUTHENTICATION_REQUEST_EXTRA_PARAMS,
    },
    Member { name: "OnUnauthenticatedRequest", wire: "OnUnauthenticatedRequest", shape: &Shape::String },
]);

static AUTHENTICATE_OIDC_ACTION_AUTHENTICATION_REQUEST_EXTRA_PARAMS: Shape = Shape::Map { value: &Shape::String };

static AUTHENTICATE_OIDC_ACTION_CONFIG: Shape = Shape::Structure(&[
    Member { name: "Issuer", wire: "Issuer", shape: &Shape::String },
    Member { name: "AuthorizationEndpoint", wire: "AuthorizationEndpoint", shape: &Shape::String },
    Member { name: "TokenEndpoint", wire: "TokenEndpoint", shape: &Shape::String },
    Member { name: "UserInfoEndpoint", wire: "UserInfoEndpoint", shape: &Shape::String },
    Member { name: "ClientId", wire: "ClientId", shape: &Shape::String },
    Member { name: "ClientSecret", wire: "ClientSecret", shape: &Shape::String },
    Member { name: "SessionCookieName", wire: "SessionCookieName", shape: &Shape::String },
    Member { name: "Scope", wire: "Scope", shape: &Shape::String },
    Member { name: "SessionTimeout", wire: "SessionTimeout", shape: &Shape::Number },
    Member {
        name: "AuthenticationRequestExtraParams",
        wire: "AuthenticationRequestExtraParams",
        shape: &AUTHENTICATE_OIDC_ACTION_AUTHENTICATION_REQUEST_EXTRA_PARAMS,
    },
    Member { name: "OnUnauthenticatedRequest", wire: "OnUnauthenticatedRequest", shape: &Shape::String },
    Member { name: "UseExistingClientSecret", wire: "UseExistingClientSecret", shape: &Shape::Boolean },
]);

static AVAILABILITY_ZONE: Shape = Shape::Structure(&[
    Member { name: "ZoneName", wire: "ZoneName", shape: &Shape::String },
    Member { name: "SubnetId", wire: "SubnetId", shape: &Shape::String },
    Member { name: "OutpostId", wire: "OutpostId", shape: &Shape::String },
    Member { name: "LoadBalancerAddresses", wire: "LoadBalancerAddresses", shape: &LOAD_BALANCER_ADDRESSES },
    Member { name: "SourceNatIpv6Prefixes", wire: "SourceNatIpv6Prefixes", shape: &SOURCE_NAT_IPV6_PREFIXES },
]);

static AVAILABILITY_ZONES: Shape = Shape::List { item: &AVAILABILITY_ZONE, wire: Some("member") };

static CERTIFICATE: Shape = Shape::Structure(&[
    Member { name: "CertificateArn", wire: "CertificateArn", shape: &Shape::String },
    Member { name: "IsDefault", wire: "IsDefault", shape: &Shape::Boolean },
]);

static CERTIFICATE_LIST: Shape = Shape::List { item: &CERTIFICATE, wire: Some("member") };

static FIXED_RESPONSE_ACTION_CONFIG: Shape = Shape::Structure(&[
    Member { name: "MessageBody", wire: "MessageBody", shape: &Shape::String },
    Member { name: "StatusCode", wire: "StatusCode", shape: &Shape::String },
    Member { name: "ContentType", wire: "ContentType", shape: &Shape::String },
]);

static FORWARD_ACTION_CONFIG: Shape = Shape::Structure(&[
    Member { name: "TargetGroups", wire: "TargetGroups", shape: &TARGET_GROUP_LIST },
    Member {
        name: "TargetGroupStickinessConfig",
        wire: "TargetGroupStickinessConfig",
        shape: &TARGET_GROUP_STICKINESS_CONFIG,
    },
]);

static HOST_HEADER_CONDITION_CONFIG: Shape = Shape::Structure(&[
    Member { name: "Values", wire: "Values", shape: &LIST_OF_STRING },
    Member { name: "RegexValues", wire: "RegexValues", shape: &LIST_OF_STRING },
]);

static HOST_HEADER_REWRITE_CONFIG: Shape =
    Shape::Structure(&[Member { name: "Rewrites", wire: "Rewrites", shape: &REWRITE_CONFIG_LIST }]);

static HTTP_HEADER_CONDITION_CONFIG: Shape = Shape::Structure(&[
    Member { name: "HttpHeaderName", wire: "HttpHeaderName", shape: &Shape::String },
    Member { name: "Values", wire: "Values", shape: &LIST_OF_STRING },
    Member { name: "RegexValues", wire: "RegexValues", shape: &LIST_OF_STRING },
]);

static HTTP_REQUEST_METHOD_CONDITION_CONFIG: Shape =
    Shape::Structure(&[Member { name: "Values", wire: "Values", shape: &LIST_OF_STRING }]);

static IPAM_POOLS: Shape =
    Shape::Structure(&[Member { name: "Ipv4IpamPoolId", wire: "Ipv4IpamPoolId", shape: &Shape::String }]);

static JWT_VALIDATION_ACTION_ADDITIONAL_CLAIM: Shape = Shape::Structure(&[
    Member { name: "Format", wire: "Format", shape: &Shape::String },
    Member { name: "Name", wire: "Name", shape: &Shape::String },
    Member { name: "Values", wire: "Values", shape: &JWT_VALIDATION_ACTION_ADDITIONAL_CLAIM_VALUES },
]);

static JWT_VALIDATION_ACTION_ADDITIONAL_CLAIM_VALUES: Shape =
    Shape::List { item: &Shape::String, wire: Some("member") };

static JWT_VALIDATION_ACTION_ADDITIONAL_CLAIMS: Shape =
    Shape::List { item: &JWT_VALIDATION_ACTION_ADDITIONAL_CLAIM, wire: Some("member") };

static JWT_VALIDATION_ACTION_CONFIG: Shape = Shape::Structure(&[
    Member { name: "JwksEndpoint", wire: "JwksEndpoint", shape: &Shape::String },
    Member { name: "Issuer", wire: "Issuer", shape: &Shape::String },
    Member { name: "AdditionalClaims", wire: "AdditionalClaims", shape: &JWT_VALIDATION_ACTION_ADDITIONAL_CLAIMS },
]);

static LIST_OF_STRING: Shape = Shape::List { item: &Shape::String, wire: Some("member") };

static LISTENER: Shape = Shape::Structure(&[
    Member { name: "ListenerArn", wire: "ListenerArn", shape: &Shape::String },
    Member { name: "LoadBalancerArn", wire: "LoadBalancerArn", shape: &Shape::String },
    Member { name: "Port", wire: "Port", shape: &Shape::Number },
    Member { name: "Protocol", wire: "Protocol", shape: &Shape::String },
    Member { name: "Certificates", wire: "Certificates", shape: &CERTIFICATE_LIST },
    Member { name: "SslPolicy", wire: "SslPolicy", shape: &Shape::String },
    Member { name: "DefaultActions", wire: "DefaultActions", shape: &ACTIONS },
    Member { name: "AlpnPolicy", wire: "AlpnPolicy", shape: &ALPN_POLICY_NAME },
    Member { name: "MutualAuthentication", wire: "MutualAuthentication", shape: &MUTUAL_AUTHENTICATION_ATTRIBUTES },
]);

static LISTENERS: Shape = Shape::List { item: &LISTENER, wire: Some("member") };

static LOAD_BALANCER: Shape = Shape::Structure(&[
    Member { name: "LoadBalancerArn", wire: "LoadBalancerArn", shape: &Shape::String },
    Member { name: "DNSName", wire: "DNSName", shape: &Shape::String },
    Member { name: "CanonicalHostedZoneId", wire: "CanonicalHostedZoneId", shape: &Shape::String },
    Member { name: "CreatedTime", wire: "CreatedTime", shape: &Shape::String },
    Member { name: "LoadBalancerName", wire: "LoadBalancerName", shape: &Shape::String },
    Member { name: "Scheme", wire: "Scheme", shape: &Shape::String },
    Member { name: "VpcId", wire: "VpcId", shape: &Shape::String },
    Member { name: "State", wire: "State", shape: &LOAD_BALANCER_STATE },
    Member { name: "Type", wire: "Type", shape: &Shape::String },
    Member { name: "AvailabilityZones", wire: "AvailabilityZones", shape: &AVAILABILITY_ZONES },
    Member { name: "SecurityGroups", wire: "SecurityGroups", shape: &SECURITY_GROUPS },
    Member { name: "IpAddressType", wire: "IpAddressType", shape: &Shape::String },
    Member { name: "CustomerOwnedIpv4Pool", wire: "CustomerOwnedIpv4Pool", shape: &Shape::String },
    Member {
        name: "EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic",
        wire: "EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic",
        shape: &Shape::String,
    },
    Member { name: "EnablePrefixForIpv6SourceNat", wire: "EnablePrefixForIpv6SourceNat", shape: &Shape::String },
    Member { name: "IpamPools", wire: "IpamPools", shape: &IPAM_POOLS },
]);

static LOAD_BALANCER_ADDRESS: Shape = Shape::Structure(&[
    Member { name: "IpAddress", wire: "IpAddress", shape: &Shape::String },
    Member { name: "AllocationId", wire: "AllocationId", shape: &Shape::String },
    Member { name: "PrivateIPv4Address", wire: "PrivateIPv4Address", shape: &Shape::String },
    Member { name: "IPv6Address", wire: "IPv6Address", shape: &Shape::String },
]);

static LOAD_BALANCER_ADDRESSES: Shape = Shape::List { item: &LOAD_BALANCER_ADDRESS, wire: Some("member") };

static LOAD_BALANCER_ARNS: Shape = Shape::List { item: &Shape::String, wire: Some("member") };

static LOAD_BALANCER_ATTRIBUTE: Shape = Shape::Structure(&[
    Member { name: "Key", wire: "Key", shape: &Shape::String },
    Member { name: "Value", wire: "Value", shape: &Shape::String },
]);

static LOAD_BALANCER_ATTRIBUTES: Shape = Shape::List { item: &LOAD_BALANCER_ATTRIBUTE, wire: Some("member") };

static LOAD_BALANCER_STATE: Shape = Shape::Structure(&[
    Member { name: "Code", wire: "Code", shape: &Shape::String },
    Member { name: "Reason", wire: "Reason", shape: &Shape::String },
]);

static LOAD_BALANCERS: Shape = Shape::List { item: &LOAD_BALANCER, wire: Some("member") };

static MATCHER: Shape = Shape::Structure(&[
    Member { name: "HttpCode", wire: "HttpCode", shape: &Shape::String },
    Member { name: "GrpcCode", wire: "GrpcCode", shape: &Shape::String },
]);

static MUTUAL_AUTHENTICATION_ATTRIBUTES: Shape = Shape::Structure(&[
    Member { name: "Mode", wire: "Mode", shape: &Shape::String },
    Member { name: "TrustStoreArn", wire: "TrustStoreArn", shape: &Shape::String },
    Member { name: "IgnoreClientCertificateExpiry", wire: "IgnoreClientCertificateExpiry", shape: &Shape::Boolean },
    Member { name: "TrustStoreAssociationStatus", wire: "TrustStoreAssociationStatus", shape: &Shape::String },
    Member { name: "AdvertiseTrustStoreCaNames", wire: "AdvertiseTrustStoreCaNames", shape: &Shape::String },
]);

static PATH_PATTERN_CONDITION_CONFIG: Shape = Shape::Structure(&[
    Member { name: "Values", wire: "Values", shape: &LIST_OF_STRING },
    Member { name: "RegexValues", wire: "RegexValues", shape: &LIST_OF_STRING },
]);

static QUERY_STRING_CONDITION_CONFIG: Shape =
    Shape::Structure(&[Member { name: "Values", wire: "Values", shape: &QUERY_STRING_KEY_VALUE_PAIR_LIST }]);

static QUERY_STRING_KEY_VALUE_PAIR: Shape = Shape::Structure(&[
    Member { name: "Key", wire: "Key", shape: &Shape::String },
    Member { name: "Value", wire: "Value", shape: &Shape::String },
]);

static QUERY_STRING_KEY_VALUE_PAIR_LIST: Shape =
    Shape::List { item: &QUERY_STRING_KEY_VALUE_PAIR, wire: Some("member") };

static REDIRECT_ACTION_CONFIG: Shape = Shape::Structure(&[
    Member { name: "Protocol", wire: "Protocol", shape: &Shape::String },
    Member { name: "Port", wire: "Port", shape: &Shape::String },
    Member { name: "Host", wire: "Host", shape: &Shape::String },
    Member { name: "Path", wire: "Path", shape: &Shape::String },
    Member { name: "Query", wire: "Query", shape: &Shape::String },
    Member { name: "StatusCode", wire: "StatusCode", shape: &Shape::String },
]);

static REWRITE_CONFIG: Shape = Shape::Structure(&[
    Member { name: "Regex", wire: "Regex", shape: &Shape::String },
    Member { name: "Replace", wire: "Replace", shape: &Shape::String },
]);

static REWRITE_CONFIG_LIST: Shape = Shape::List { item: &REWRITE_CONFIG, wire: Some("member") };

static RULE: Shape = Shape::Structure(&[
    Member { name: "RuleArn", wire: "RuleArn", shape: &Shape::String },
    Member { name: "Priority", wire: "Priority", shape: &Shape::String },
    Member { name: "Conditions", wire: "Conditions", shape: &RULE_CONDITION_LIST },
    Member { name: "Actions", wire: "Actions", shape: &ACTIONS },
    Member { name: "IsDefault", wire: "IsDefault", shape: &Shape::Boolean },
    Member { name: "Transforms", wire: "Transforms", shape: &RULE_TRANSFORM_LIST },
]);

static RULE_CONDITION: Shape = Shape::Structure(&[
    Member { name: "Field", wire: "Field", shape: &Shape::String },
    Member { name: "Values", wire: "Values", shape: &LIST_OF_STRING },
    Member { name: "HostHeaderConfig", wire: "HostHeaderConfig", shape: &HOST_HEADER_CONDITION_CONFIG },
    Member { name: "PathPatternConfig", wire: "PathPatternConfig", shape: &PATH_PATTERN_CONDITION_CONFIG },
    Member { name: "HttpHeaderConfig", wire: "HttpHeaderConfig", shape: &HTTP_HEADER_CONDITION_CONFIG },
    Member { name: "QueryStringConfig", wire: "QueryStringConfig", shape: &QUERY_STRING_CONDITION_CONFIG },
    Member {
        name: "HttpRequestMethodConfig",
        wire: "HttpRequestMethodConfig",
        shape: &HTTP_REQUEST_METHOD_CONDITION_CONFIG,
    },
    Member { name: "SourceIpConfig", wire: "SourceIpConfig", shape: &SOURCE_IP_CONDITION_CONFIG },
    Member { name: "RegexValues", wire: "RegexValues", shape: &LIST_OF_STRING },
]);

static RULE_CONDITION_LIST: Shape = Shape::List { item: &RULE_CONDITION, wire: Some("member") };

static RULE_TRANSFORM: Shape = Shape::Structure(&[
    Member { name: "Type", wire: "Type", shape: &Shape::String },
    Member { name: "HostHeaderRewriteConfig", wire: "HostHeaderRewriteConfig", shape: &HOST_HEADER_REWRITE_CONFIG },
    Member { name: "UrlRewriteConfig", wire: "UrlRewriteConfig", shape: &URL_REWRITE_CONFIG },
]);

static RULE_TRANSFORM_LIST: Shape = Shape::List { item: &RULE_TRANSFORM, wire: Some("member") };

static RULES: Shape = Shape::List { item: &RULE, wire: Some("member") };

static SECURITY_GROUPS: Shape = Shape::List { item: &Shape::String, wire: Some("member") };

static SOURCE_IP_CONDITION_CONFIG: Shape = Shape::Structure(&[
    Member { name: "Values", wire: "Values", shape: &LIST_OF_STRING },
    Member { name: "IpAddressType", wire: "IpAddressType", shape: &Shape::String },
]);

static SOURCE_NAT_IPV6_PREFIXES: Shape = Shape::List { item: &Shape::String, wire: Some("member") };

static TARGET_DESCRIPTION: Shape = Shape::Structure(&[
    Member { name: "Id", wire: "Id", shape: &Shape::String },
    Member { name: "Port", wire: "Port", shape: &Shape::Number },
    Member { name: "AvailabilityZone", wire: "AvailabilityZone", shape: &Shape::String },
    Member { name: "QuicServerId", wire: "QuicServerId", shape: &Shape::String },
]);

static TARGET_GROUP: Shape = Shape::Structure(&[
    Member { name: "TargetGroupArn", wire: "TargetGroupArn", shape: &Shape::String },
    Member { name: "TargetGroupName", wire: "TargetGroupName", shape: &Shape::String },
    Member { name: "Protocol", wire: "Protocol", shape: &Shape::String },
    Member { name: "Port", wire: "Port", shape: &Shape::Number },
    Member { name: "VpcId", wire: "VpcId", shape: &Shape::String },
    Member { name: "HealthCheckProtocol", wire: "HealthCheckProtocol", shape: &Shape::String },
    Member { name: "HealthCheckPort", wire: "HealthCheckPort", shape: &Shape::String },
    Member { name: "HealthCheckEnabled", wire: "HealthCheckEnabled", shape: &Shape::Boolean },
    Member { name: "HealthCheckIntervalSeconds", wire: "HealthCheckIntervalSeconds", shape: &Shape::Number },
    Member { name: "HealthCheckTimeoutSeconds", wire: "HealthCheckTimeoutSeconds", shape: &Shape::Number },
    Member { name: "HealthyThresholdCount", wire: "HealthyThresholdCount", shape: &Shape::Number },
    Member { name: "UnhealthyThresholdCount", wire: "UnhealthyThresholdCount", shape: &Shape::Number },
    Member { name: "HealthCheckPath", wire: "HealthCheckPath", shape: &Shape::String },
    Member { name: "Matcher", wire: "Matcher", shape: &MATCHER },
    Member { name: "LoadBalancerArns", wire: "LoadBalancerArns", shape: &LOAD_BALANCER_ARNS },
    Member { name: "TargetType", wire: "TargetType", shape: &Shape::String },
    Member { name: "ProtocolVersion", wire: "ProtocolVersion", shape: &Shape::String },
    Member { name: "IpAddressType", wire: "IpAddressType", shape: &Shape::String },
    Member { name: "TargetControlPort", wire: "TargetControlPort", shape: &Shape::Number },
]);

static TARGET_GROUP_ATTRIBUTE: Shape = Shape::Structure(&[
    Member { name: "Key", wire: "Key", shape: &Shape::String },
    Member { name: "Value", wire: "Value", shape: &Shape::String },
]);

static TARGET_GROUP_ATTRIBUTES: Shape = Shape::List { item: &TARGET_GROUP_ATTRIBUTE, wire: Some("member") };

static TARGET_GROUP_LIST: Shape = Shape::List { item: &TARGET_GROUP_TUPLE, wire: Some("member") };

static TARGET_GROUP_STICKINESS_CONFIG: Shape = Shape::Structure(&[
    Member { name: "Enabled", wire: "Enabled", shape: &Shape::Boolean },
    Member { name: "DurationSeconds", wire: "DurationSeconds", shape: &Shape::Number },
]);

static TARGET_GROUP_TUPLE: Shape = Shape::Structure(&[
    Member { name: "TargetGroupArn", wire: "TargetGroupArn", shape: &Shape::String },
    Member { name: "Weight", wire: "Weight", shape: &Shape::Number },
]);

static TARGET_GROUPS: Shape = Shape::List { item: &TARGET_GROUP, wire: Some("member") };

static TARGET_HEALTH: Shape = Shape::Structure(&[
    Member { name: "State", wire: "State", shape: &Shape::String },
    Member { name: "Reason", wire: "Reason", shape: &Shape::String },
    Member { name: "Description", wire: "Description", shape: &Shape::String },
]);

static TARGET_HEALTH_DESCRIPTION: Shape = Shape::Structure(&[
    Member { name: "Target", wire: "Target", shape: &TARGET_DESCRIPTION },
    Member { name: "HealthCheckPort", wire: "HealthCheckPort", shape: &Shape::String },
    Member { name: "TargetHealth", wire: "TargetHealth", shape: &TARGET_HEALTH },
    Member { name: "AnomalyDetection", wire: "AnomalyDetection", shape: &ANOMALY_DETECTION },
    Member { name: "AdministrativeOverride", wire: "AdministrativeOverride", shape: &ADMINISTRATIVE_OVERRIDE },
]);

static TARGET_HEALTH_DESCRIPTIONS: Shape = Shape::List { item: &TARGET_HEALTH_DESCRIPTION, wire: Some("member") };

static URL_REWRITE_CONFIG: Shape =
    Shape::Structure(&[Member { name: "Rewrites", wire: "Rewrites", shape: &REWRITE_CONFIG_LIST }]);
