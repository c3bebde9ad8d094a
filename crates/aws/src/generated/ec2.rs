//! The `EC2` service, version 2016-11-15.
// Written by `cargo xtask generate` from the service model. Do not edit.

use crate::table::{Member, Operation, Pages, Protocol, Service, Shape};

pub(crate) static SERVICE: Service = Service {
    name: "ec2",
    id: "EC2",
    api_version: "2016-11-15",
    endpoint_prefix: "ec2",
    signing_name: "ec2",
    protocol: Protocol::Ec2,
};

pub(crate) static DESCRIBE_ADDRESSES: Operation = Operation {
    service: &SERVICE,
    name: "DescribeAddresses",
    input: &[],
    output: &[Member { name: "Addresses", wire: "addressesSet", shape: &ADDRESS_LIST }],
    wrapper: None,
    pages: None,
};

pub(crate) static DESCRIBE_AVAILABILITY_ZONES: Operation = Operation {
    service: &SERVICE,
    name: "DescribeAvailabilityZones",
    input: &[],
    output: &[Member { name: "AvailabilityZones", wire: "availabilityZoneInfo", shape: &AVAILABILITY_ZONE_LIST }],
    wrapper: None,
    pages: None,
};

pub(crate) static DESCRIBE_CLIENT_VPN_AUTHORIZATION_RULES: Operation = Operation {
    service: &SERVICE,
    name: "DescribeClientVpnAuthorizationRules",
    input: &[
        Member { name: "ClientVpnEndpointId", wire: "ClientVpnEndpointId", shape: &Shape::String },
        Member { name: "NextToken", wire: "NextToken", shape: &Shape::String },
        Member { name: "MaxResults", wire: "MaxResults", shape: &Shape::Number },
    ],
    output: &[
        Member { name: "AuthorizationRules", wire: "authorizationRule", shape: &AUTHORIZATION_RULE_SET },
        Member { name: "NextToken", wire: "nextToken", shape: &Shape::String },
    ],
    wrapper: None,
    pages: Some(Pages { ask: "NextToken", answer: "NextToken", limit: Some("MaxResults"), most: Some(1000) }),
};

pub(crate) static DESCRIBE_CLIENT_VPN_ENDPOINTS: Operation = Operation {
    service: &SERVICE,
    name: "DescribeClientVpnEndpoints",
    input: &[
        Member { name: "MaxResults", wire: "MaxResults", shape: &Shape::Number },
        Member { name: "NextToken", wire: "NextToken", shape: &Shape::String },
    ],
    output: &[
        Member { name: "ClientVpnEndpoints", wire: "clientVpnEndpoint", shape: &ENDPOINT_SET },
        Member { name: "NextToken", wire: "nextToken", shape: &Shape::String },
    ],
    wrapper: None,
    pages: Some(Pages { ask: "NextToken", answer: "NextToken", limit: Some("MaxResults"), most: Some(1000) }),
};

pub(crate) static DESCRIBE_CLIENT_VPN_ROUTES: Operation = Operation {
    service: &SERVICE,
    name: "DescribeClientVpnRoutes",
    input: &[
        Member { name: "ClientVpnEndpointId", wire: "ClientVpnEndpointId", shape: &Shape::String },
        Member { name: "MaxResults", wire: "MaxResults", shape: &Shape::Number },
        Member { name: "NextToken", wire: "NextToken", shape: &Shape::String },
    ],
    output: &[
        Member { name: "Routes", wire: "routes", shape: &CLIENT_VPN_ROUTE_SET },
        Member { name: "NextToken", wire: "nextToken", shape: &Shape::String },
    ],
    wrapper: None,
    pages: Some(Pages { ask: "NextToken", answer: "NextToken", limit: Some("MaxResults"), most: Some(1000) }),
};

pub(crate) static DESCRIBE_CLIENT_VPN_TARGET_NETWORKS: Operation = Operation {
    service: &SERVICE,
    name: "DescribeClientVpnTargetNetworks",
    input: &[
        Member { name: "ClientVpnEndpointId", wire: "ClientVpnEndpointId", shape: &Shape::String },
        Member { name: "MaxResults", wire: "MaxResults", shape: &Shape::Number },
        Member { name: "NextToken", wire: "NextToken", shape: &Shape::String },
    ],
    output: &[
        Member { name: "ClientVpnTargetNetworks", wire: "clientVpnTargetNetworks", shape: &TARGET_NETWORK_SET },
        Member { name: "NextToken", wire: "nextToken", shape: &Shape::String },
    ],
    wrapper: None,
    pages: Some(Pages { ask: "NextToken", answer: "NextToken", limit: Some("MaxResults"), most: Some(1000) }),
};

pub(crate) static DESCRIBE_CUSTOMER_GATEWAYS: Operation = Operation {
    service: &SERVICE,
    name: "DescribeCustomerGateways",
    input: &[],
    output: &[Member { name: "CustomerGateways", wire: "customerGatewaySet", shape: &CUSTOMER_GATEWAY_LIST }],
    wrapper: None,
    pages: None,
};

pub(crate) static DESCRIBE_EGRESS_ONLY_INTERNET_GATEWAYS: Operation = Operation {
    service: &SERVICE,
    name: "DescribeEgressOnlyInternetGateways",
    input: &[
        Member { name: "MaxResults", wire: "MaxResults", shape: &Shape::Number },
        Member { name: "NextToken", wire: "NextToken", shape: &Shape::String },
    ],
    output: &[
        Member {
            name: "EgressOnlyInternetGateways",
            wire: "egressOnlyInternetGatewaySet",
            shape: &EGRESS_ONLY_INTERNET_GATEWAY_LIST,
        },
        Member { name: "NextToken", wire: "nextToken", shape: &Shape::String },
    ],
    wrapper: None,
    pages: Some(Pages { ask: "NextToken", answer: "NextToken", limit: Some("MaxResults"), most: Some(255) }),
};

pub(crate) static DESCRIBE_INSTANCES: Operation = Operation {
    service: &SERVICE,
    name: "DescribeInstances",
    input: &[
        Member { name: "NextToken", wire: "NextToken", shape: &Shape::String },
        Member { name: "MaxResults", wire: "MaxResults", shape: &Shape::Number },
    ],
    output: &[
        Member { name: "NextToken", wire: "nextToken", shape: &Shape::String },
        Member { name: "Reservations", wire: "reservationSet", shape: &RESERVATION_LIST },
    ],
    wrapper: None,
    pages: Some(Pages { ask: "NextToken", answer: "NextToken", limit: Some("MaxResults"), most: None }),
};

pub(crate) static DESCRIBE_INTERNET_GATEWAYS: Operation = Operation {
    service: &SERVICE,
    name: "DescribeInternetGateways",
    input: &[
        Member { name: "NextToken", wire: "NextToken", shape: &Shape::String },
        Member { name: "MaxResults", wire: "MaxResults", shape: &Shape::Number },
    ],
    output: &[
        Member { name: "InternetGateways", wire: "internetGatewaySet", shape: &INTERNET_GATEWAY_LIST },
        Member { name: "NextToken", wire: "nextToken", shape: &Shape::String },
    ],
    wrapper: None,
    pages: Some(Pages { ask: "NextToken", answer: "NextToken", limit: Some("MaxResults"), most: Some(1000) }),
};

pub(crate) static DESCRIBE_MANAGED_PREFIX_LISTS: Operation = Operation {
    service: &SERVICE,
    name: "DescribeManagedPrefixLists",
    input: &[
        Member { name: "MaxResults", wire: "MaxResults", shape: &Shape::Number },
        Member { name: "NextToken", wire: "NextToken", shape: &Shape::String },
    ],
    output: &[
        Member { name: "NextToken", wire: "nextToken", shape: &Shape::String },
        Member { name: "PrefixLists", wire: "prefixListSet", shape: &MANAGED_PREFIX_LIST_SET },
    ],
    wrapper: None,
    pages: Some(Pages { ask: "NextToken", answer: "NextToken", limit: Some("MaxResults"), most: Some(100) }),
};

pub(crate) static DESCRIBE_NAT_GATEWAYS: Operation = Operation {
    service: &SERVICE,
    name: "DescribeNatGateways",
    input: &[
        Member { name: "MaxResults", wire: "MaxResults", shape: &Shape::Number },
        Member { name: "NextToken", wire: "NextToken", shape: &Shape::String },
    ],
    output: &[
        Member { name: "NatGateways", wire: "natGatewaySet", shape: &NAT_GATEWAY_LIST },
        Member { name: "NextToken", wire: "nextToken", shape: &Shape::String },
    ],
    wrapper: None,
    pages: Some(Pages { ask: "NextToken", answer: "NextToken", limit: Some("MaxResults"), most: Some(1000) }),
};

pub(crate) static DESCRIBE_NETWORK_ACLS: Operation = Operation {
    service: &SERVICE,
    name: "DescribeNetworkAcls",
    input: &[
        Member { name: "NextToken", wire: "NextToken", shape: &Shape::String },
        Member { name: "MaxResults", wire: "MaxResults", shape: &Shape::Number },
    ],
    output: &[
        Member { name: "NetworkAcls", wire: "networkAclSet", shape: &NETWORK_ACL_LIST },
        Member { name: "NextToken", wire: "nextToken", shape: &Shape::String },
    ],
    wrapper: None,
    pages: Some(Pages { ask: "NextToken", answer: "NextToken", limit: Some("MaxResults"), most: Some(1000) }),
};

pub(crate) static DESCRIBE_NETWORK_INTERFACES: Operation = Operation {
    service: &SERVICE,
    name: "DescribeNetworkInterfaces",
    input: &[
        Member { name: "NextToken", wire: "NextToken", shape: &Shape::String },
        Member { name: "MaxResults", wire: "MaxResults", shape: &Shape::Number },
    ],
    output: &[
        Member { name: "NetworkInterfaces", wire: "networkInterfaceSet", shape: &NETWORK_INTERFACE_LIST },
        Member { name: "NextToken", wire: "nextToken", shape: &Shape::String },
    ],
    wrapper: None,
    pages: Some(Pages { ask: "NextToken", answer: "NextToken", limit: Some("MaxResults"), most: Some(1000) }),
};

pub(crate) static DESCRIBE_ROUTE_TABLES: Operation = Operation {
    service: &SERVICE,
    name: "DescribeRouteTables",
    input: &[
        Member { name: "NextToken", wire: "NextToken", shape: &Shape::String },
        Member { name: "MaxResults", wire: "MaxResults", shape: &Shape::Number },
    ],
    output: &[
        Member { name: "RouteTables", wire: "routeTableSet", shape: &ROUTE_TABLE_LIST },
        Member { name: "NextToken", wire: "nextToken", shape: &Shape::String },
    ],
    wrapper: None,
    pages: Some(Pages { ask: "NextToken", answer: "NextToken", limit: Some("MaxResults"), most: Some(100) }),
};

pub(crate) static DESCRIBE_SECURITY_GROUP_VPC_ASSOCIATIONS: Operation = Operation {
    service: &SERVICE,
    name: "DescribeSecurityGroupVpcAssociations",
    input: &[
        Member { name: "NextToken", wire: "NextToken", shape: &Shape::String },
        Member { name: "MaxResults", wire: "MaxResults", shape: &Shape::Number },
    ],
    output: &[
        Member {
            name: "SecurityGroupVpcAssociations",
            wire: "securityGroupVpcAssociationSet",
            shape: &SECURITY_GROUP_VPC_ASSOCIATION_LIST,
        },
        Member { name: "NextToken", wire: "nextToken", shape: &Shape::String },
    ],
    wrapper: None,
    pages: Some(Pages { ask: "NextToken", answer: "NextToken", limit: Some("MaxResults"), most: Some(1000) }),
};

pub(crate) static DESCRIBE_SECURITY_GROUPS: Operation = Operation {
    service: &SERVICE,
    name: "DescribeSecurityGroups",
    input: &[
        Member { name: "NextToken", wire: "NextToken", shape: &Shape::String },
        Member { name: "MaxResults", wire: "MaxResults", shape: &Shape::Number },
    ],
    output: &[
        Member { name: "NextToken", wire: "nextToken", shape: &Shape::String },
        Member { name: "SecurityGroups", wire: "securityGroupInfo", shape: &SECURITY_GROUP_LIST },
    ],
    wrapper: None,
    pages: Some(Pages { ask: "NextToken", answer: "NextToken", limit: Some("MaxResults"), most: Some(1000) }),
};

pub(crate) static DESCRIBE_SUBNETS: Operation = Operation {
    service: &SERVICE,
    name: "DescribeSubnets",
    input: &[
        Member { name: "NextToken", wire: "NextToken", shape: &Shape::String },
        Member { name: "MaxResults", wire: "MaxResults", shape: &Shape::Number },
    ],
    output: &[
        Member { name: "NextToken", wire: "nextToken", shape: &Shape::String },
        Member { name: "Subnets", wire: "subnetSet", shape: &SUBNET_LIST },
    ],
    wrapper: None,
    pages: Some(Pages { ask: "NextToken", answer: "NextToken", limit: Some("MaxResults"), most: Some(1000) }),
};

pub(crate) static DESCRIBE_TRANSIT_GATEWAY_ATTACHMENTS: Operation = Operation {
    service: &SERVICE,
    name: "DescribeTransitGatewayAttachments",
    input: &[
        Member { name: "MaxResults", wire: "MaxResults", shape: &Shape::Number },
        Member { name: "NextToken", wire: "NextToken", shape: &Shape::String },
    ],
    output: &[
        Member {
            name: "TransitGatewayAttachments",
            wire: "transitGatewayAttachments",
            shape: &TRANSIT_GATEWAY_ATTACHMENT_LIST,
        },
        Member { name: "NextToken", wire: "nextToken", shape: &Shape::String },
    ],
    wrapper: None,
    pages: Some(Pages { ask: "NextToken", answer: "NextToken", limit: Some("MaxResults"), most: Some(1000) }),
};

pub(crate) static DESCRIBE_TRANSIT_GATEWAY_CONNECTS: Operation = Operation {
    service: &SERVICE,
    name: "DescribeTransitGatewayConnects",
    input: &[
        Member { name: "MaxResults", wire: "MaxResults", shape: &Shape::Number },
        Member { name: "NextToken", wire: "NextToken", shape: &Shape::String },
    ],
    output: &[
        Member {
            name: "TransitGatewayConnects",
            wire: "transitGatewayConnectSet",
            shape: &TRANSIT_GATEWAY_CONNECT_LIST,
        },
        Member { name: "NextToken", wire: "nextToken", shape: &Shape::String },
    ],
    wrapper: None,
    pages: Some(Pages { ask: "NextToken", answer: "NextToken", limit: Some("MaxResults"), most: Some(1000) }),
};

pub(crate) static DESCRIBE_TRANSIT_GATEWAY_PEERING_ATTACHMENTS: Operation = Operation {
    service: &SERVICE,
    name: "DescribeTransitGatewayPeeringAttachments",
    input: &[
        Member { name: "MaxResults", wire: "MaxResults", shape: &Shape::Number },
        Member { name: "NextToken", wire: "NextToken", shape: &Shape::String },
    ],
    output: &[
        Member {
            name: "TransitGatewayPeeringAttachments",
            wire: "transitGatewayPeeringAttachments",
            shape: &TRANSIT_GATEWAY_PEERING_ATTACHMENT_LIST,
        },
        Member { name: "NextToken", wire: "nextToken", shape: &Shape::String },
    ],
    wrapper: None,
    pages: Some(Pages { ask: "NextToken", answer: "NextToken", limit: Some("MaxResults"), most: Some(1000) }),
};

pub(crate) static DESCRIBE_TRANSIT_GATEWAY_ROUTE_TABLES: Operation = Operation {
    service: &SERVICE,
    name: "DescribeTransitGatewayRouteTables",
    input: &[
        Member { name: "MaxResults", wire: "MaxResults", shape: &Shape::Number },
        Member { name: "NextToken", wire: "NextToken", shape: &Shape::String },
    ],
    output: &[
        Member {
            name: "TransitGatewayRouteTables",
            wire: "transitGatewayRouteTables",
            shape: &TRANSIT_GATEWAY_ROUTE_TABLE_LIST,
        },
        Member { name: "NextToken", wire: "nextToken", shape: &Shape::String },
    ],
    wrapper: None,
    pages: Some(Pages { ask: "NextToken", answer: "NextToken", limit: Some("MaxResults"), most: Some(1000) }),
};

pub(crate) static DESCRIBE_TRANSIT_GATEWAY_VPC_ATTACHMENTS: Operation = Operation {
    service: &SERVICE,
    name: "DescribeTransitGatewayVpcAttachments",
    input: &[
        Member { name: "MaxResults", wire: "MaxResults", shape: &Shape::Number },
        Member { name: "NextToken", wire: "NextToken", shape: &Shape::String },
    ],
    output: &[
        Member {
            name: "TransitGatewayVpcAttachments",
            wire: "transitGatewayVpcAttachments",
            shape: &TRANSIT_GATEWAY_VPC_ATTACHMENT_LIST,
        },
        Member { name: "NextToken", wire: "nextToken", shape: &Shape::String },
    ],
    wrapper: None,
    pages: Some(Pages { ask: "NextToken", answer: "NextToken", limit: Some("MaxResults"), most: Some(1000) }),
};

pub(crate) static DESCRIBE_TRANSIT_GATEWAYS: Operation = Operation {
    service: &SERVICE,
    name: "DescribeTransitGateways",
    input: &[
        Member { name: "MaxResults", wire: "MaxResults", shape: &Shape::Number },
        Member { name: "NextToken", wire: "NextToken", shape: &Shape::String },
    ],
    output: &[
        Member { name: "TransitGateways", wire: "transitGatewaySet", shape: &TRANSIT_GATEWAY_LIST },
        Member { name: "NextToken", wire: "nextToken", shape: &Shape::String },
    ],
    wrapper: None,
    pages: Some(Pages { ask: "NextToken", answer: "NextToken", limit: Some("MaxResults"), most: Some(1000) }),
};

pub(crate) static DESCRIBE_VPC_BLOCK_PUBLIC_ACCESS_EXCLUSIONS: Operation = Operation {
    service: &SERVICE,
    name: "DescribeVpcBlockPublicAccessExclusions",
    input: &[
        Member { name: "NextToken", wire: "NextToken", shape: &Shape::String },
        Member { name: "MaxResults", wire: "MaxResults", shape: &Shape::Number },
    ],
    output: &[
        Member {
            name: "VpcBlockPublicAccessExclusions",
            wire: "vpcBlockPublicAccessExclusionSet",
            shape: &VPC_BLOCK_PUBLIC_ACCESS_EXCLUSION_LIST,
        },
        Member { name: "NextToken", wire: "nextToken", shape: &Shape::String },
    ],
    wrapper: None,
    pages: Some(Pages { ask: "NextToken", answer: "NextToken", limit: Some("MaxResults"), most: Some(1000) }),
};

pub(crate) static DESCRIBE_VPC_BLOCK_PUBLIC_ACCESS_OPTIONS: Operation = Operation {
    service: &SERVICE,
    name: "DescribeVpcBlockPublicAccessOptions",
    input: &[],
    output: &[Member {
        name: "VpcBlockPublicAccessOptions",
        wire: "vpcBlockPublicAccessOptions",
        shape: &VPC_BLOCK_PUBLIC_ACCESS_OPTIONS,
    }],
    wrapper: None,
    pages: None,
};

pub(crate) static DESCRIBE_VPC_ENDPOINT_CONNECTIONS: Operation = Operation {
    service: &SERVICE,
    name: "DescribeVpcEndpointConnections",
    input: &[
        Member { name: "MaxResults", wire: "MaxResults", shape: &Shape::Number },
        Member { name: "NextToken", wire: "NextToken", shape: &Shape::String },
    ],
    output: &[
        Member {
            name: "VpcEndpointConnections",
            wire: "vpcEndpointConnectionSet",
            shape: &VPC_ENDPOINT_CONNECTION_SET,
        },
        Member { name: "NextToken", wire: "nextToken", shape: &Shape::String },
    ],
    wrapper: None,
    pages: Some(Pages { ask: "NextToken", answer: "NextToken", limit: Some("MaxResults"), most: None }),
};

pub(crate) static DESCRIBE_VPC_ENDPOINT_SERVICE_CONFIGURATIONS: Operation = Operation {
    service: &SERVICE,
    name: "DescribeVpcEndpointServiceConfigurations",
    input: &[
        Member { name: "MaxResults", wire: "MaxResults", shape: &Shape::Number },
        Member { name: "NextToken", wire: "NextToken", shape: &Shape::String },
    ],
    output: &[
        Member { name: "ServiceConfigurations", wire: "serviceConfigurationSet", shape: &SERVICE_CONFIGURATION_SET },
        Member { name: "NextToken", wire: "nextToken", shape: &Shape::String },
    ],
    wrapper: None,
    pages: Some(Pages { ask: "NextToken", answer: "NextToken", limit: Some("MaxResults"), most: None }),
};

pub(crate) static DESCRIBE_VPC_ENDPOINT_SERVICE_PERMISSIONS: Operation = Operation {
    service: &SERVICE,
    name: "DescribeVpcEndpointServicePermissions",
    input: &[
        Member { name: "ServiceId", wire: "ServiceId", shape: &Shape::String },
        Member { name: "MaxResults", wire: "MaxResults", shape: &Shape::Number },
        Member { name: "NextToken", wire: "NextToken", shape: &Shape::String },
    ],
    output: &[
        Member { name: "AllowedPrincipals", wire: "allowedPrincipals", shape: &ALLOWED_PRINCIPAL_SET },
        Member { name: "NextToken", wire: "nextToken", shape: &Shape::String },
    ],
    wrapper: None,
    pages: Some(Pages { ask: "NextToken", answer: "NextToken", limit: Some("MaxResults"), most: None }),
};

pub(crate) static DESCRIBE_VPC_ENDPOINTS: Operation = Operation {
    service: &SERVICE,
    name: "DescribeVpcEndpoints",
    input: &[
        Member { name: "MaxResults", wire: "MaxResults", shape: &Shape::Number },
        Member { name: "NextToken", wire: "NextToken", shape: &Shape::String },
    ],
    output: &[
        Member { name: "VpcEndpoints", wire: "vpcEndpointSet", shape: &VPC_ENDPOINT_SET },
        Member { name: "NextToken", wire: "nextToken", shape: &Shape::String },
    ],
    wrapper: None,
    pages: Some(Pages { ask: "NextToken", answer: "NextToken", limit: Some("MaxResults"), most: None }),
};

pub(crate) static DESCRIBE_VPC_PEERING_CONNECTIONS: Operation = Operation {
    service: &SERVICE,
    name: "DescribeVpcPeeringConnections",
    input: &[
        Member { name: "NextToken", wire: "NextToken", shape: &Shape::String },
        Member { name: "MaxResults", wire: "MaxResults", shape: &Shape::Number },
    ],
    output: &[
        Member { name: "VpcPeeringConnections", wire: "vpcPeeringConnectionSet", shape: &VPC_PEERING_CONNECTION_LIST },
        Member { name: "NextToken", wire: "nextToken", shape: &Shape::String },
    ],
    wrapper: None,
    pages: Some(Pages { ask: "NextToken", answer: "NextToken", limit: Some("MaxResults"), most: Some(1000) }),
};

pub(crate) static DESCRIBE_VPCS: Operation = Operation {
    service: &SERVICE,
    name: "DescribeVpcs",
    input: &[
        Member { name: "NextToken", wire: "NextToken", shape: &Shape::String },
        Member { name: "MaxResults", wire: "MaxResults", shape: &Shape::Number },
    ],
    output: &[
        Member { name: "NextToken", wire: "nextToken", shape: &Shape::String },
        Member { name: "Vpcs", wire: "vpcSet", shape: &VPC_LIST },
    ],
    wrapper: None,
    pages: Some(Pages { ask: "NextToken", answer: "NextToken", limit: Some("MaxResults"), most: Some(1000) }),
};

pub(crate) static DESCRIBE_VPN_CONNECTIONS: Operation = Operation {
    service: &SERVICE,
    name: "DescribeVpnConnections",
    input: &[],
    output: &[Member { name: "VpnConnections", wire: "vpnConnectionSet", shape: &VPN_CONNECTION_LIST }],
    wrapper: None,
    pages: None,
};

pub(crate) static DESCRIBE_VPN_GATEWAYS: Operation = Operation {
    service: &SERVICE,
    name: "DescribeVpnGateways",
    input: &[],
    output: &[Member { name: "VpnGateways", wire: "vpnGatewaySet", shape: &VPN_GATEWAY_LIST }],
    wrapper: None,
    pages: None,
};

pub(crate) static GET_MANAGED_PREFIX_LIST_ENTRIES: Operation = Operation {
    service: &SERVICE,
    name: "GetManagedPrefixListEntries",
    input: &[
        Member { name: "PrefixListId", wire: "PrefixListId", shape: &Shape::String },
        Member { name: "MaxResults", wire: "MaxResults", shape: &Shape::Number },
        Member { name: "NextToken", wire: "NextToken", shape: &Shape::String },
    ],
    output: &[
        Member { name: "Entries", wire: "entrySet", shape: &PREFIX_LIST_ENTRY_SET },
        Member { name: "NextToken", wire: "nextToken", shape: &Shape::String },
    ],
    wrapper: None,
    pages: Some(Pages { ask: "NextToken", answer: "NextToken", limit: Some("MaxResults"), most: Some(100) }),
};

pub(crate) static GET_TRANSIT_GATEWAY_PREFIX_LIST_REFERENCES: Operation = Operation {
    service: &SERVICE,
    name: "GetTransitGatewayPrefixListReferences",
    input: &[
        Member { name: "TransitGatewayRouteTableId", wire: "TransitGatewayRouteTableId", shape: &Shape::String },
        Member { name: "MaxResults", wire: "MaxResults", shape: &Shape::Number },
        Member { name: "NextToken", wire: "NextToken", shape: &Shape::String },
    ],
    output: &[
        Member {
            name: "TransitGatewayPrefixListReferences",
            wire: "transitGatewayPrefixListReferenceSet",
            shape: &TRANSIT_GATEWAY_PREFIX_LIST_REFERENCE_SET,
        },
        Member { name: "NextToken", wire: "nextToken", shape: &Shape::String },
    ],
    wrapper: None,
    pages: Some(Pages { ask: "NextToken", answer: "NextToken", limit: Some("MaxResults"), most: Some(1000) }),
};

pub(crate) static GET_TRANSIT_GATEWAY_ROUTE_TABLE_PROPAGATIONS: Operation = Operation {
    service: &SERVICE,
    name: "GetTransitGatewayRouteTablePropagations",
    input: &[
        Member { name: "TransitGatewayRouteTableId", wire: "TransitGatewayRouteTableId", shape: &Shape::String },
        Member { name: "MaxResults", wire: "MaxResults", shape: &Shape::Number },
        Member { name: "NextToken", wire: "NextToken", shape: &Shape::String },
    ],
    output: &[
        Member {
            name: "TransitGatewayRouteTablePropagations",
            wire: "transitGatewayRouteTablePropagations",
            shape: &TRANSIT_GATEWAY_ROUTE_TABLE_PROPAGATION_LIST,
        },
        Member { name: "NextToken", wire: "nextToken", shape: &Shape::String },
    ],
    wrapper: None,
    pages: Some(Pages { ask: "NextToken", answer: "NextToken", limit: Some("MaxResults"), most: Some(1000) }),
};

pub(crate) static SEARCH_TRANSIT_GATEWAY_ROUTES: Operation = Operation {
    service: &SERVICE,
    name: "SearchTransitGatewayRoutes",
    input: &[
        Member { name: "TransitGatewayRouteTableId", wire: "TransitGatewayRouteTableId", shape: &Shape::String },
        Member { name: "Filters", wire: "Filter", shape: &FILTER_LIST_INPUT },
        Member { name: "MaxResults", wire: "MaxResults", shape: &Shape::Number },
        Member { name: "NextToken", wire: "NextToken", shape: &Shape::String },
    ],
    output: &[
        Member { name: "Routes", wire: "routeSet", shape: &TRANSIT_GATEWAY_ROUTE_LIST },
        Member { name: "AdditionalRoutesAvailable", wire: "additionalRoutesAvailable", shape: &Shape::Boolean },
        Member { name: "NextToken", wire: "nextToken", shape: &Shape::String },
    ],
    wrapper: None,
    pages: Some(Pages { ask: "NextToken", answer: "NextToken", limit: Some("MaxResults"), most: Some(1000) }),
};

static ADDITIONAL_KEY_EXCHANGE_METHODS_LIST: Shape =
    Shape::List { item: &ADDITIONAL_KEY_EXCHANGE_METHODS_LIST_VALUE, wire: Some("item") };

static ADDITIONAL_KEY_EXCHANGE_METHODS_LIST_VALUE: Shape =
    Shape::Structure(&[Member { name: "Value", wire: "value", shape: &Shape::Number }]);

static ADDITIONAL_KEY_EXCHANGES_LIST: Shape = Shape::List { item: &VPN_ADDITIONAL_KEY_EXCHANGE, wire: Some("item") };

static ADDRESS: Shape = Shape::Structure(&[
    Member { name: "AllocationId", wire: "allocationId", shape: &Shape::String },
    Member { name: "AssociationId", wire: "associationId", shape: &Shape::String },
    Member { name: "Domain", wire: "domain", shape: &Shape::String },
    Member { name: "NetworkInterfaceId", wire: "networkInterfaceId", shape: &Shape::String },
    Member { name: "NetworkInterfaceOwnerId", wire: "networkInterfaceOwnerId", shape: &Shape::String },
    Member { name: "PrivateIpAddress", wire: "privateIpAddress", shape: &Shape::String },
    Member { name: "Tags", wire: "tagSet", shape: &TAG_LIST },
    Member { name: "PublicIpv4Pool", wire: "publicIpv4Pool", shape: &Shape::String },
    Member { name: "NetworkBorderGroup", wire: "networkBorderGroup", shape: &Shape::String },
    Member { name: "CustomerOwnedIp", wire: "customerOwnedIp", shape: &Shape::String },
    Member { name: "CustomerOwnedIpv4Pool", wire: "customerOwnedIpv4Pool", shape: &Shape::String },
    Member { name: "CarrierIp", wire: "carrierIp", shape: &Shape::String },
    Member { name: "SubnetId", wire: "subnetId", shape: &Shape::String },
    Member { name: "ServiceManaged", wire: "serviceManaged", shape: &Shape::String },
    Member { name: "InstanceId", wire: "instanceId", shape: &Shape::String },
    Member { name: "PublicIp", wire: "publicIp", shape: &Shape::String },
]);

static ADDRESS_LIST: Shape = Shape::List { item: &ADDRESS, wire: Some("item") };

static ALLOWED_PRINCIPAL: Shape = Shape::Structure(&[
    Member { name: "PrincipalType", wire: "principalType", shape: &Shape::String },
    Member { name: "Principal", wire: "principal", shape: &Shape::String },
    Member { name: "ServicePermissionId", wire: "servicePermissionId", shape: &Shape::String },
    Member { name: "Tags", wire: "tagSet", shape: &TAG_LIST },
    Member { name: "ServiceId", wire: "serviceId", shape: &Shape::String },
    Member { name: "PermissionType", wire: "permissionType", shape: &Shape::String },
]);

static ALLOWED_PRINCIPAL_SET: Shape = Shape::List { item: &ALLOWED_PRINCIPAL, wire: Some("item") };

static ASSOCIATED_SUBNET_LIST: Shape = Shape::List { item: &Shape::String, wire: Some("item") };

static ASSOCIATED_TARGET_NETWORK: Shape = Shape::Structure(&[
    Member { name: "NetworkId", wire: "networkId", shape: &Shape::String },
    Member { name: "NetworkType", wire: "networkType", shape: &Shape::String },
]);

static ASSOCIATED_TARGET_NETWORK_SET: Shape = Shape::List { item: &ASSOCIATED_TARGET_NETWORK, wire: Some("item") };

static ASSOCIATION_STATUS: Shape = Shape::Structure(&[
    Member { name: "Code", wire: "code", shape: &Shape::String },
    Member { name: "Message", wire: "message", shape: &Shape::String },
]);

static ATTACHMENT_ENA_SRD_SPECIFICATION: Shape = Shape::Structure(&[
    Member { name: "EnaSrdEnabled", wire: "enaSrdEnabled", shape: &Shape::Boolean },
    Member {
        name: "EnaSrdUdpSpecification",
        wire: "enaSrdUdpSpecification",
        shape: &ATTACHMENT_ENA_SRD_UDP_SPECIFICATION,
    },
]);

static ATTACHMENT_ENA_SRD_UDP_SPECIFICATION: Shape =
    Shape::Structure(&[Member { name: "EnaSrdUdpEnabled", wire: "enaSrdUdpEnabled", shape: &Shape::Boolean }]);

static AUTHORIZATION_RULE: Shape = Shape::Structure(&[
    Member { name: "ClientVpnEndpointId", wire: "clientVpnEndpointId", shape: &Shape::String },
    Member { name: "Description", wire: "description", shape: &Shape::String },
    Member { name: "GroupId", wire: "groupId", shape: &Shape::String },
    Member { name: "AccessAll", wire: "accessAll", shape: &Shape::Boolean },
    Member { name: "DestinationCidr", wire: "destinationCidr", shape: &Shape::String },
    Member { name: "Status", wire: "status", shape: &CLIENT_VPN_AUTHORIZATION_RULE_STATUS },
]);

static AUTHORIZATION_RULE_SET: Shape = Shape::List { item: &AUTHORIZATION_RULE, wire: Some("item") };

static AVAILABILITY_ZONE: Shape = Shape::Structure(&[
    Member { name: "OptInStatus", wire: "optInStatus", shape: &Shape::String },
    Member { name: "Messages", wire: "messageSet", shape: &AVAILABILITY_ZONE_MESSAGE_LIST },
    Member { name: "RegionName", wire: "regionName", shape: &Shape::String },
    Member { name: "ZoneName", wire: "zoneName", shape: &Shape::String },
    Member { name: "ZoneId", wire: "zoneId", shape: &Shape::String },
    Member { name: "GroupName", wire: "groupName", shape: &Shape::String },
    Member { name: "NetworkBorderGroup", wire: "networkBorderGroup", shape: &Shape::String },
    Member { name: "ZoneType", wire: "zoneType", shape: &Shape::String },
    Member { name: "ParentZoneName", wire: "parentZoneName", shape: &Shape::String },
    Member { name: "ParentZoneId", wire: "parentZoneId", shape: &Shape::String },
    Member { name: "GroupLongName", wire: "groupLongName", shape: &Shape::String },
    Member { name: "Geography", wire: "geographySet", shape: &AVAILABILITY_ZONE_GEOGRAPHY_LIST },
    Member { name: "SubGeography", wire: "subGeographySet", shape: &AVAILABILITY_ZONE_SUB_GEOGRAPHY_LIST },
    Member { name: "State", wire: "zoneState", shape: &Shape::String },
]);

static AVAILABILITY_ZONE_GEOGRAPHY: Shape =
    Shape::Structure(&[Member { name: "Name", wire: "name", shape: &Shape::String }]);

static AVAILABILITY_ZONE_GEOGRAPHY_LIST: Shape = Shape::List { item: &AVAILABILITY_ZONE_GEOGRAPHY, wire: Some("item") };

static AVAILABILITY_ZONE_LIST: Shape = Shape::List { item: &AVAILABILITY_ZONE, wire: Some("item") };

static AVAILABILITY_ZONE_MESSAGE: Shape =
    Shape::Structure(&[Member { name: "Message", wire: "message", shape: &Shape::String }]);

static AVAILABILITY_ZONE_MESSAGE_LIST: Shape = Shape::List { item: &AVAILABILITY_ZONE_MESSAGE, wire: Some("item") };

static AVAILABILITY_ZONE_SUB_GEOGRAPHY: Shape =
    Shape::Structure(&[Member { name: "Name", wire: "name", shape: &Shape::String }]);

static AVAILABILITY_ZONE_SUB_GEOGRAPHY_LIST: Shape =
    Shape::List { item: &AVAILABILITY_ZONE_SUB_GEOGRAPHY, wire: Some("item") };

static BLOCK_PUBLIC_ACCESS_STATES: Shape = Shape::Structure(&[Member {
    name: "InternetGatewayBlockMode",
    wire: "internetGatewayBlockMode",
    shape: &Shape::String,
}]);

static CAPACITY_RESERVATION_SPECIFICATION_RESPONSE: Shape = Shape::Structure(&[
    Member { name: "CapacityReservationPreference", wire: "capacityReservationPreference", shape: &Shape::String },
    Member {
        name: "CapacityReservationTarget",
        wire: "capacityReservationTarget",
        shape: &CAPACITY_RESERVATION_TARGET_RESPONSE,
    },
]);

static CAPACITY_RESERVATION_TARGET_RESPONSE: Shape = Shape::Structure(&[
    Member { name: "CapacityReservationId", wire: "capacityReservationId", shape: &Shape::String },
    Member {
        name: "CapacityReservationResourceGroupArn",
        wire: "capacityReservationResourceGroupArn",
        shape: &Shape::String,
    },
]);

static CERTIFICATE_AUTHENTICATION: Shape = Shape::Structure(&[Member {
    name: "ClientRootCertificateChain",
    wire: "clientRootCertificateChain",
    shape: &Shape::String,
}]);

static CIDR_BLOCK: Shape = Shape::Structure(&[Member { name: "CidrBlock", wire: "cidrBlock", shape: &Shape::String }]);

static CIDR_BLOCK_SET: Shape = Shape::List { item: &CIDR_BLOCK, wire: Some("item") };

static CLIENT_CONNECT_RESPONSE_OPTIONS: Shape = Shape::Structure(&[
    Member { name: "Enabled", wire: "enabled", shape: &Shape::Boolean },
    Member { name: "LambdaFunctionArn", wire: "lambdaFunctionArn", shape: &Shape::String },
    Member { name: "Status", wire: "status", shape: &CLIENT_VPN_ENDPOINT_ATTRIBUTE_STATUS },
]);

static CLIENT_LOGIN_BANNER_RESPONSE_OPTIONS: Shape = Shape::Structure(&[
    Member { name: "Enabled", wire: "enabled", shape: &Shape::Boolean },
    Member { name: "BannerText", wire: "bannerText", shape: &Shape::String },
]);

static CLIENT_ROUTE_ENFORCEMENT_RESPONSE_OPTIONS: Shape =
    Shape::Structure(&[Member { name: "Enforced", wire: "enforced", shape: &Shape::Boolean }]);

static CLIENT_VPN_AUTHENTICATION: Shape = Shape::Structure(&[
    Member { name: "Type", wire: "type", shape: &Shape::String },
    Member { name: "ActiveDirectory", wire: "activeDirectory", shape: &DIRECTORY_SERVICE_AUTHENTICATION },
    Member { name: "MutualAuthentication", wire: "mutualAuthentication", shape: &CERTIFICATE_AUTHENTICATION },
    Member { name: "FederatedAuthentication", wire: "federatedAuthentication", shape: &FEDERATED_AUTHENTICATION },
]);

static CLIENT_VPN_AUTHENTICATION_LIST: Shape = Shape::List { item: &CLIENT_VPN_AUTHENTICATION, wire: Some("item") };

static CLIENT_VPN_AUTHORIZATION_RULE_STATUS: Shape = Shape::Structure(&[
    Member { name: "Code", wire: "code", shape: &Shape::String },
    Member { name: "Message", wire: "message", shape: &Shape::String },
]);

static CLIENT_VPN_AVAILABILITY_ZONE_ID_SET: Shape = Shape::List { item: &Shape::String, wire: Some("item") };

static CLIENT_VPN_AVAILABILITY_ZONE_SET: Shape = Shape::List { item: &Shape::String, wire: Some("item") };

static CLIENT_VPN_ENDPOINT: Shape = Shape::Structure(&[
    Member { name: "ClientVpnEndpointId", wire: "clientVpnEndpointId", shape: &Shape::String },
    Member { name: "Description", wire: "description", shape: &Shape::String },
    Member { name: "Status", wire: "status", shape: &CLIENT_VPN_ENDPOINT_STATUS },
    Member { name: "CreationTime", wire: "creationTime", shape: &Shape::String },
    Member { name: "DeletionTime", wire: "deletionTime", shape: &Shape::String },
    Member { name: "DnsName", wire: "dnsName", shape: &Shape::String },
    Member { name: "ClientCidrBlock", wire: "clientCidrBlock", shape: &Shape::String },
    Member { name: "DnsServers", wire: "dnsServer", shape: &VALUE_STRING_LIST },
    Member { name: "SplitTunnel", wire: "splitTunnel", shape: &Shape::Boolean },
    Member { name: "VpnProtocol", wire: "vpnProtocol", shape: &Shape::String },
    Member { name: "TransportProtocol", wire: "transportProtocol", shape: &Shape::String },
    Member { name: "VpnPort", wire: "vpnPort", shape: &Shape::Number },
    Member { name: "AssociatedTargetNetworks", wire: "associatedTargetNetwork", shape: &ASSOCIATED_TARGET_NETWORK_SET },
    Member { name: "ServerCertificateArn", wire: "serverCertificateArn", shape: &Shape::String },
    Member { name: "AuthenticationOptions", wire: "authenticationOptions", shape: &CLIENT_VPN_AUTHENTICATION_LIST },
    Member { name: "ConnectionLogOptions", wire: "connectionLogOptions", shape: &CONNECTION_LOG_RESPONSE_OPTIONS },
    Member { name: "Tags", wire: "tagSet", shape: &TAG_LIST },
    Member { name: "SecurityGroupIds", wire: "securityGroupIdSet", shape: &CLIENT_VPN_SECURITY_GROUP_ID_SET },
    Member { name: "VpcId", wire: "vpcId", shape: &Shape::String },
    Member { name: "SelfServicePortalUrl", wire: "selfServicePortalUrl", shape: &Shape::String },
    Member { name: "ClientConnectOptions", wire: "clientConnectOptions", shape: &CLIENT_CONNECT_RESPONSE_OPTIONS },
    Member { name: "SessionTimeoutHours", wire: "sessionTimeoutHours", shape: &Shape::Number },
    Member {
        name: "ClientLoginBannerOptions",
        wire: "clientLoginBannerOptions",
        shape: &CLIENT_LOGIN_BANNER_RESPONSE_OPTIONS,
    },
    Member {
        name: "ClientRouteEnforcementOptions",
        wire: "clientRouteEnforcementOptions",
        shape: &CLIENT_ROUTE_ENFORCEMENT_RESPONSE_OPTIONS,
    },
    Member { name: "DisconnectOnSessionTimeout", wire: "disconnectOnSessionTimeout", shape: &Shape::Boolean },
    Member { name: "EndpointIpAddressType", wire: "endpointIpAddressType", shape: &Shape::String },
    Member { name: "TrafficIpAddressType", wire: "trafficIpAddressType", shape: &Shape::String },
    Member {
        name: "TransitGatewayConfiguration",
        wire: "transitGatewayConfiguration",
        shape: &TRANSIT_GATEWAY_CONFIGURATION_DESCRIBE_ENDPOINT_STRUCTURE,
    },
    Member { name: "DevicePostureOptions", wire: "devicePostureOptions", shape: &DEVICE_POSTURE_RESPONSE_OPTIONS },
]);

static CLIENT_VPN_ENDPOINT_ATTRIBUTE_STATUS: Shape = Shape::Structure(&[
    Member { name: "Code", wire: "code", shape: &Shape::String },
    Member { name: "Message", wire: "message", shape: &Shape::String },
]);

static CLIENT_VPN_ENDPOINT_STATUS: Shape = Shape::Structure(&[
    Member { name: "Code", wire: "code", shape: &Shape::String },
    Member { name: "Message", wire: "message", shape: &Shape::String },
]);

static CLIENT_VPN_ROUTE: Shape = Shape::Structure(&[
    Member { name: "ClientVpnEndpointId", wire: "clientVpnEndpointId", shape: &Shape::String },
    Member { name: "DestinationCidr", wire: "destinationCidr", shape: &Shape::String },
    Member { name: "TargetSubnet", wire: "targetSubnet", shape: &Shape::String },
    Member { name: "Type", wire: "type", shape: &Shape::String },
    Member { name: "Origin", wire: "origin", shape: &Shape::String },
    Member { name: "Status", wire: "status", shape: &CLIENT_VPN_ROUTE_STATUS },
    Member { name: "Description", wire: "description", shape: &Shape::String },
    Member { name: "TransitGatewayAttachmentId", wire: "transitGatewayAttachmentId", shape: &Shape::String },
]);

static CLIENT_VPN_ROUTE_SET: Shape = Shape::List { item: &CLIENT_VPN_ROUTE, wire: Some("item") };

static CLIENT_VPN_ROUTE_STATUS: Shape = Shape::Structure(&[
    Member { name: "Code", wire: "code", shape: &Shape::String },
    Member { name: "Message", wire: "message", shape: &Shape::String },
]);

static CLIENT_VPN_SECURITY_GROUP_ID_SET: Shape = Shape::List { item: &Shape::String, wire: Some("item") };

static CLIENT_VPN_TRUST_PROVIDER: Shape = Shape::Structure(&[
    Member { name: "TrustProviderType", wire: "trustProviderType", shape: &Shape::String },
    Member { name: "TenantId", wire: "tenantId", shape: &Shape::String },
    Member { name: "PublicSigningKeyUrl", wire: "publicSigningKeyUrl", shape: &Shape::String },
]);

static CLIENT_VPN_TRUST_PROVIDER_SET: Shape = Shape::List { item: &CLIENT_VPN_TRUST_PROVIDER, wire: Some("item") };

static CLOUD_WATCH_LOG_OPTIONS: Shape = Shape::Structure(&[
    Member { name: "LogEnabled", wire: "logEnabled", shape: &Shape::Boolean },
    Member { name: "LogGroupArn", wire: "logGroupArn", shape: &Shape::String },
    Member { name: "LogOutputFormat", wire: "logOutputFormat", shape: &Shape::String },
    Member { name: "BgpLogEnabled", wire: "bgpLogEnabled", shape: &Shape::Boolean },
    Member { name: "BgpLogGroupArn", wire: "bgpLogGroupArn", shape: &Shape::String },
    Member { name: "BgpLogOutputFormat", wire: "bgpLogOutputFormat", shape: &Shape::String },
]);

static CONNECTION_LOG_RESPONSE_OPTIONS: Shape = Shape::Structure(&[
    Member { name: "Enabled", wire: "Enabled", shape: &Shape::Boolean },
    Member { name: "CloudwatchLogGroup", wire: "CloudwatchLogGroup", shape: &Shape::String },
    Member { name: "CloudwatchLogStream", wire: "CloudwatchLogStream", shape: &Shape::String },
    Member {
        name: "IncludeAuthorizationPolicyContext",
        wire: "IncludeAuthorizationPolicyContext",
        shape: &Shape::Boolean,
    },
]);

static CONNECTION_TRACKING_CONFIGURATION: Shape = Shape::Structure(&[
    Member { name: "TcpEstablishedTimeout", wire: "tcpEstablishedTimeout", shape: &Shape::Number },
    Member { name: "UdpStreamTimeout", wire: "udpStreamTimeout", shape: &Shape::Number },
    Member { name: "UdpTimeout", wire: "udpTimeout", shape: &Shape::Number },
]);

static CONNECTION_TRACKING_SPECIFICATION_RESPONSE: Shape = Shape::Structure(&[
    Member { name: "TcpEstablishedTimeout", wire: "tcpEstablishedTimeout", shape: &Shape::Number },
    Member { name: "UdpStreamTimeout", wire: "udpStreamTimeout", shape: &Shape::Number },
    Member { name: "UdpTimeout", wire: "udpTimeout", shape: &Shape::Number },
]);

static CPU_OPTIONS: Shape = Shape::Structure(&[
    Member { name: "CoreCount", wire: "coreCount", shape: &Shape::Number },
    Member { name: "ThreadsPerCore", wire: "threadsPerCore", shape: &Shape::Number },
    Member { name: "AmdSevSnp", wire: "amdSevSnp", shape: &Shape::String },
    Member { name: "NestedVirtualization", wire: "nestedVirtualization", shape: &Shape::String },
]);

static CUSTOMER_GATEWAY: Shape = Shape::Structure(&[
    Member { name: "CertificateArn", wire: "certificateArn", shape: &Shape::String },
    Member { name: "DeviceName", wire: "deviceName", shape: &Shape::String },
    Member { name: "Tags", wire: "tagSet", shape: &TAG_LIST },
    Member { name: "BgpAsnExtended", wire: "bgpAsnExtended", shape: &Shape::String },
    Member { name: "CustomerGatewayId", wire: "customerGatewayId", shape: &Shape::String },
    Member { name: "State", wire: "state", shape: &Shape::String },
    Member { name: "Type", wire: "type", shape: &Shape::String },
    Member { name: "IpAddress", wire: "ipAddress", shape: &Shape::String },
    Member { name: "BgpAsn", wire: "bgpAsn", shape: &Shape::String },
]);

static CUSTOMER_GATEWAY_LIST: Shape = Shape::List { item: &CUSTOMER_GATEWAY, wire: Some("item") };

static DEVICE_POSTURE_RESPONSE_OPTIONS: Shape = Shape::Structure(&[Member {
    name: "TrustProviders",
    wire: "trustProviderSet",
    shape: &CLIENT_VPN_TRUST_PROVIDER_SET,
}]);

static DIRECTORY_SERVICE_AUTHENTICATION: Shape =
    Shape::Structure(&[Member { name: "DirectoryId", wire: "directoryId", shape: &Shape::String }]);

static DNS_ENTRY: Shape = Shape::Structure(&[
    Member { name: "DnsName", wire: "dnsName", shape: &Shape::String },
    Member { name: "HostedZoneId", wire: "hostedZoneId", shape: &Shape::String },
]);

static DNS_ENTRY_SET: Shape = Shape::List { item: &DNS_ENTRY, wire: Some("item") };

static DNS_OPTIONS: Shape = Shape::Structure(&[
    Member { name: "DnsRecordIpType", wire: "dnsRecordIpType", shape: &Shape::String },
    Member {
        name: "PrivateDnsOnlyForInboundResolverEndpoint",
        wire: "privateDnsOnlyForInboundResolverEndpoint",
        shape: &Shape::Boolean,
    },
    Member { name: "PrivateDnsPreference", wire: "privateDnsPreference", shape: &Shape::String },
    Member {
        name: "PrivateDnsSpecifiedDomains",
        wire: "privateDnsSpecifiedDomainSet",
        shape: &PRIVATE_DNS_SPECIFIED_DOMAIN_SET,
    },
]);

static EBS_INSTANCE_BLOCK_DEVICE: Shape = Shape::Structure(&[
    Member { name: "AttachTime", wire: "attachTime", shape: &Shape::String },
    Member { name: "DeleteOnTermination", wire: "deleteOnTermination", shape: &Shape::Boolean },
    Member { name: "Status", wire: "status", shape: &Shape::String },
    Member { name: "VolumeId", wire: "volumeId", shape: &Shape::String },
    Member { name: "AssociatedResource", wire: "associatedResource", shape: &Shape::String },
    Member { name: "VolumeOwnerId", wire: "volumeOwnerId", shape: &Shape::String },
    Member { name: "Operator", wire: "operator", shape: &OPERATOR_RESPONSE },
    Member { name: "EbsCardIndex", wire: "ebsCardIndex", shape: &Shape::Number },
]);

static EGRESS_ONLY_INTERNET_GATEWAY: Shape = Shape::Structure(&[
    Member { name: "Attachments", wire: "attachmentSet", shape: &INTERNET_GATEWAY_ATTACHMENT_LIST },
    Member { name: "EgressOnlyInternetGatewayId", wire: "egressOnlyInternetGatewayId", shape: &Shape::String },
    Member { name: "Tags", wire: "tagSet", shape: &TAG_LIST },
]);

static EGRESS_ONLY_INTERNET_GATEWAY_LIST: Shape =
    Shape::List { item: &EGRESS_ONLY_INTERNET_GATEWAY, wire: Some("item") };

static ELASTIC_GPU_ASSOCIATION: Shape = Shape::Structure(&[
    Member { name: "ElasticGpuId", wire: "elasticGpuId", shape: &Shape::String },
    Member { name: "ElasticGpuAssociationId", wire: "elasticGpuAssociationId", shape: &Shape::String },
    Member { name: "ElasticGpuAssociationState", wire: "elasticGpuAssociationState", shape: &Shape::String },
    Member { name: "ElasticGpuAssociationTime", wire: "elasticGpuAssociationTime", shape: &Shape::String },
]);

static ELASTIC_GPU_ASSOCIATION_LIST: Shape = Shape::List { item: &ELASTIC_GPU_ASSOCIATION, wire: Some("item") };

static ELASTIC_INFERENCE_ACCELERATOR_ASSOCIATION: Shape = Shape::Structure(&[
    Member { name: "ElasticInferenceAcceleratorArn", wire: "elasticInferenceAcceleratorArn", shape: &Shape::String },
    Member {
        name: "ElasticInferenceAcceleratorAssociationId",
        wire: "elasticInferenceAcceleratorAssociationId",
        shape: &Shape::String,
    },
    Member {
        name: "ElasticInferenceAcceleratorAssociationState",
        wire: "elasticInferenceAcceleratorAssociationState",
        shape: &Shape::String,
    },
    Member {
        name: "ElasticInferenceAcceleratorAssociationTime",
        wire: "elasticInferenceAcceleratorAssociationTime",
        shape: &Shape::String,
    },
]);

static ELASTIC_INFERENCE_ACCELERATOR_ASSOCIATION_LIST: Shape =
    Shape::List { item: &ELASTIC_INFERENCE_ACCELERATOR_ASSOCIATION, wire: Some("item") };

static ENCLAVE_OPTIONS: Shape =
    Shape::Structure(&[Member { name: "Enabled", wire: "enabled", shape: &Shape::Boolean }]);

static ENCRYPTION_SUPPORT: Shape = Shape::Structure(&[
    Member { name: "EncryptionState", wire: "encryptionState", shape: &Shape::String },
    Member { name: "StateMessage", wire: "stateMessage", shape: &Shape::String },
]);

static ENDPOINT_SET: Shape = Shape::List { item: &CLIENT_VPN_ENDPOINT, wire: Some("item") };

static FEDERATED_AUTHENTICATION: Shape = Shape::Structure(&[
    Member { name: "SamlProviderArn", wire: "samlProviderArn", shape: &Shape::String },
    Member { name: "SelfServiceSamlProviderArn", wire: "selfServiceSamlProviderArn", shape: &Shape::String },
]);

static FILTER_INPUT: Shape = Shape::Structure(&[
    Member { name: "Name", wire: "Name", shape: &Shape::String },
    Member { name: "Values", wire: "Value", shape: &VALUE_STRING_LIST_INPUT },
]);

static FILTER_LIST_INPUT: Shape = Shape::List { item: &FILTER_INPUT, wire: Some("Filter") };

static GROUP_IDENTIFIER: Shape = Shape::Structure(&[
    Member { name: "GroupId", wire: "groupId", shape: &Shape::String },
    Member { name: "GroupName", wire: "groupName", shape: &Shape::String },
]);

static GROUP_IDENTIFIER_LIST: Shape = Shape::List { item: &GROUP_IDENTIFIER, wire: Some("item") };

static GROUP_IDENTIFIER_SET: Shape = Shape::List { item: &SECURITY_GROUP_IDENTIFIER, wire: Some("item") };

static HIBERNATION_OPTIONS: Shape =
    Shape::Structure(&[Member { name: "Configured", wire: "configured", shape: &Shape::Boolean }]);

static I_K_E_VERSIONS_LIST: Shape = Shape::List { item: &I_K_E_VERSIONS_LIST_VALUE, wire: Some("item") };

static I_K_E_VERSIONS_LIST_VALUE: Shape =
    Shape::Structure(&[Member { name: "Value", wire: "value", shape: &Shape::String }]);

static IAM_INSTANCE_PROFILE: Shape = Shape::Structure(&[
    Member { name: "Arn", wire: "arn", shape: &Shape::String },
    Member { name: "Id", wire: "id", shape: &Shape::String },
]);

static ICMP_TYPE_CODE: Shape = Shape::Structure(&[
    Member { name: "Code", wire: "code", shape: &Shape::Number },
    Member { name: "Type", wire: "type", shape: &Shape::Number },
]);

static INSTANCE: Shape = Shape::Structure(&[
    Member { name: "Architecture", wire: "architecture", shape: &Shape::String },
    Member { name: "BlockDeviceMappings", wire: "blockDeviceMapping", shape: &INSTANCE_BLOCK_DEVICE_MAPPING_LIST },
    Member { name: "ClientToken", wire: "clientToken", shape: &Shape::String },
    Member { name: "EbsOptimized", wire: "ebsOptimized", shape: &Shape::Boolean },
    Member { name: "EnaSupport", wire: "enaSupport", shape: &Shape::Boolean },
    Member { name: "Hypervisor", wire: "hypervisor", shape: &Shape::String },
    Member { name: "IamInstanceProfile", wire: "iamInstanceProfile", shape: &IAM_INSTANCE_PROFILE },
    Member { name: "InstanceLifecycle", wire: "instanceLifecycle", shape: &Shape::String },
    Member { name: "ElasticGpuAssociations", wire: "elasticGpuAssociationSet", shape: &ELASTIC_GPU_ASSOCIATION_LIST },
    Member {
        name: "ElasticInferenceAcceleratorAssociations",
        wire: "elasticInferenceAcceleratorAssociationSet",
        shape: &ELASTIC_INFERENCE_ACCELERATOR_ASSOCIATION_LIST,
    },
    Member { name: "NetworkInterfaces", wire: "networkInterfaceSet", shape: &INSTANCE_NETWORK_INTERFACE_LIST },
    Member { name: "OutpostArn", wire: "outpostArn", shape: &Shape::String },
    Member { name: "RootDeviceName", wire: "rootDeviceName", shape: &Shape::String },
    Member { name: "RootDeviceType", wire: "rootDeviceType", shape: &Shape::String },
    Member { name: "SecurityGroups", wire: "groupSet", shape: &GROUP_IDENTIFIER_LIST },
    Member { name: "SourceDestCheck", wire: "sourceDestCheck", shape: &Shape::Boolean },
    Member { name: "SpotInstanceRequestId", wire: "spotInstanceRequestId", shape: &Shape::String },
    Member { name: "SriovNetSupport", wire: "sriovNetSupport", shape: &Shape::String },
    Member { name: "StateReason", wire: "stateReason", shape: &STATE_REASON },
    Member { name: "Tags", wire: "tagSet", shape: &TAG_LIST },
    Member { name: "VirtualizationType", wire: "virtualizationType", shape: &Shape::String },
    Member { name: "CpuOptions", wire: "cpuOptions", shape: &CPU_OPTIONS },
    Member { name: "CapacityBlockId", wire: "capacityBlockId", shape: &Shape::String },
    Member { name: "CapacityReservationId", wire: "capacityReservationId", shape: &Shape::String },
    Member {
        name: "CapacityReservationSpecification",
        wire: "capacityReservationSpecification",
        shape: &CAPACITY_RESERVATION_SPECIFICATION_RESPONSE,
    },
    Member { name: "HibernationOptions", wire: "hibernationOptions", shape: &HIBERNATION_OPTIONS },
    Member { name: "Licenses", wire: "licenseSet", shape: &LICENSE_LIST },
    Member { name: "MetadataOptions", wire: "metadataOptions", shape: &INSTANCE_METADATA_OPTIONS_RESPONSE },
    Member { name: "EnclaveOptions", wire: "enclaveOptions", shape: &ENCLAVE_OPTIONS },
    Member { name: "BootMode", wire: "bootMode", shape: &Shape::String },
    Member { name: "PlatformDetails", wire: "platformDetails", shape: &Shape::String },
    Member { name: "UsageOperation", wire: "usageOperation", shape: &Shape::String },
    Member { name: "UsageOperationUpdateTime", wire: "usageOperationUpdateTime", shape: &Shape::String },
    Member { name: "PrivateDnsNameOptions", wire: "privateDnsNameOptions", shape: &PRIVATE_DNS_NAME_OPTIONS_RESPONSE },
    Member { name: "Ipv6Address", wire: "ipv6Address", shape: &Shape::String },
    Member { name: "TpmSupport", wire: "tpmSupport", shape: &Shape::String },
    Member { name: "MaintenanceOptions", wire: "maintenanceOptions", shape: &INSTANCE_MAINTENANCE_OPTIONS },
    Member { name: "CurrentInstanceBootMode", wire: "currentInstanceBootMode", shape: &Shape::String },
    Member {
        name: "NetworkPerformanceOptions",
        wire: "networkPerformanceOptions",
        shape: &INSTANCE_NETWORK_PERFORMANCE_OPTIONS,
    },
    Member { name: "Operator", wire: "operator", shape: &OPERATOR_RESPONSE },
    Member { name: "SecondaryInterfaces", wire: "secondaryInterfaceSet", shape: &INSTANCE_SECONDARY_INTERFACE_LIST },
    Member { name: "InstanceId", wire: "instanceId", shape: &Shape::String },
    Member { name: "ImageId", wire: "imageId", shape: &Shape::String },
    Member { name: "State", wire: "instanceState", shape: &INSTANCE_STATE },
    Member { name: "PrivateDnsName", wire: "privateDnsName", shape: &Shape::String },
    Member { name: "PublicDnsName", wire: "dnsName", shape: &Shape::String },
    Member { name: "StateTransitionReason", wire: "reason", shape: &Shape::String },
    Member { name: "KeyName", wire: "keyName", shape: &Shape::String },
    Member { name: "AmiLaunchIndex", wire: "amiLaunchIndex", shape: &Shape::Number },
    Member { name: "ProductCodes", wire: "productCodes", shape: &PRODUCT_CODE_LIST },
    Member { name: "InstanceType", wire: "instanceType", shape: &Shape::String },
    Member { name: "LaunchTime", wire: "launchTime", shape: &Shape::String },
    Member { name: "Placement", wire: "placement", shape: &PLACEMENT },
    Member { name: "KernelId", wire: "kernelId", shape: &Shape::String },
    Member { name: "RamdiskId", wire: "ramdiskId", shape: &Shape::String },
    Member { name: "Platform", wire: "platform", shape: &Shape::String },
    Member { name: "Monitoring", wire: "monitoring", shape: &MONITORING },
    Member { name: "SubnetId", wire: "subnetId", shape: &Shape::String },
    Member { name: "VpcId", wire: "vpcId", shape: &Shape::String },
    Member { name: "PrivateIpAddress", wire: "privateIpAddress", shape: &Shape::String },
    Member { name: "PublicIpAddress", wire: "ipAddress", shape: &Shape::String },
]);

static INSTANCE_ATTACHMENT_ENA_SRD_SPECIFICATION: Shape = Shape::Structure(&[
    Member { name: "EnaSrdEnabled", wire: "enaSrdEnabled", shape: &Shape::Boolean },
    Member {
        name: "EnaSrdUdpSpecification",
        wire: "enaSrdUdpSpecification",
        shape: &INSTANCE_ATTACHMENT_ENA_SRD_UDP_SPECIFICATION,
    },
]);

static INSTANCE_ATTACHMENT_ENA_SRD_UDP_SPECIFICATION: Shape =
    Shape::Structure(&[Member { name: "EnaSrdUdpEnabled", wire: "enaSrdUdpEnabled", shape: &Shape::Boolean }]);

static INSTANCE_BLOCK_DEVICE_MAPPING: Shape = Shape::Structure(&[
    Member { name: "DeviceName", wire: "deviceName", shape: &Shape::String },
    Member { name: "Ebs", wire: "ebs", shape: &EBS_INSTANCE_BLOCK_DEVICE },
]);

static INSTANCE_BLOCK_DEVICE_MAPPING_LIST: Shape =
    Shape::List { item: &INSTANCE_BLOCK_DEVICE_MAPPING, wire: Some("item") };

static INSTANCE_IPV4_PREFIX: Shape =
    Shape::Structure(&[Member { name: "Ipv4Prefix", wire: "ipv4Prefix", shape: &Shape::String }]);

static INSTANCE_IPV4_PREFIX_LIST: Shape = Shape::List { item: &INSTANCE_IPV4_PREFIX, wire: Some("item") };

static INSTANCE_IPV6_ADDRESS: Shape = Shape::Structure(&[
    Member { name: "Ipv6Address", wire: "ipv6Address", shape: &Shape::String },
    Member { name: "IsPrimaryIpv6", wire: "isPrimaryIpv6", shape: &Shape::Boolean },
]);

static INSTANCE_IPV6_ADDRESS_LIST: Shape = Shape::List { item: &INSTANCE_IPV6_ADDRESS, wire: Some("item") };

static INSTANCE_IPV6_PREFIX: Shape =
    Shape::Structure(&[Member { name: "Ipv6Prefix", wire: "ipv6Prefix", shape: &Shape::String }]);

static INSTANCE_IPV6_PREFIX_LIST: Shape = Shape::List { item: &INSTANCE_IPV6_PREFIX, wire: Some("item") };

static INSTANCE_LIST: Shape = Shape::List { item: &INSTANCE, wire: Some("item") };

static INSTANCE_MAINTENANCE_OPTIONS: Shape = Shape::Structure(&[
    Member { name: "AutoRecovery", wire: "autoRecovery", shape: &Shape::String },
    Member { name: "RebootMigration", wire: "rebootMigration", shape: &Shape::String },
]);

static INSTANCE_METADATA_OPTIONS_RESPONSE: Shape = Shape::Structure(&[
    Member { name: "State", wire: "state", shape: &Shape::String },
    Member { name: "HttpTokens", wire: "httpTokens", shape: &Shape::String },
    Member { name: "HttpPutResponseHopLimit", wire: "httpPutResponseHopLimit", shape: &Shape::Number },
    Member { name: "HttpEndpoint", wire: "httpEndpoint", shape: &Shape::String },
    Member { name: "HttpProtocolIpv6", wire: "httpProtocolIpv6", shape: &Shape::String },
    Member { name: "InstanceMetadataTags", wire: "instanceMetadataTags", shape: &Shape::String },
]);

static INSTANCE_NETWORK_INTERFACE: Shape = Shape::Structure(&[
    Member { name: "Association", wire: "association", shape: &INSTANCE_NETWORK_INTERFACE_ASSOCIATION },
    Member { name: "Attachment", wire: "attachment", shape: &INSTANCE_NETWORK_INTERFACE_ATTACHMENT },
    Member { name: "Description", wire: "description", shape: &Shape::String },
    Member { name: "Groups", wire: "groupSet", shape: &GROUP_IDENTIFIER_LIST },
    Member { name: "Ipv6Addresses", wire: "ipv6AddressesSet", shape: &INSTANCE_IPV6_ADDRESS_LIST },
    Member { name: "MacAddress", wire: "macAddress", shape: &Shape::String },
    Member { name: "NetworkInterfaceId", wire: "networkInterfaceId", shape: &Shape::String },
    Member { name: "OwnerId", wire: "ownerId", shape: &Shape::String },
    Member { name: "PrivateDnsName", wire: "privateDnsName", shape: &Shape::String },
    Member { name: "PrivateIpAddress", wire: "privateIpAddress", shape: &Shape::String },
    Member { name: "PrivateIpAddresses", wire: "privateIpAddressesSet", shape: &INSTANCE_PRIVATE_IP_ADDRESS_LIST },
    Member { name: "SourceDestCheck", wire: "sourceDestCheck", shape: &Shape::Boolean },
    Member { name: "Status", wire: "status", shape: &Shape::String },
    Member { name: "SubnetId", wire: "subnetId", shape: &Shape::String },
    Member { name: "VpcId", wire: "vpcId", shape: &Shape::String },
    Member { name: "InterfaceType", wire: "interfaceType", shape: &Shape::String },
    Member { name: "Ipv4Prefixes", wire: "ipv4PrefixSet", shape: &INSTANCE_IPV4_PREFIX_LIST },
    Member { name: "Ipv6Prefixes", wire: "ipv6PrefixSet", shape: &INSTANCE_IPV6_PREFIX_LIST },
    Member {
        name: "ConnectionTrackingConfiguration",
        wire: "connectionTrackingConfiguration",
        shape: &CONNECTION_TRACKING_SPECIFICATION_RESPONSE,
    },
    Member { name: "Operator", wire: "operator", shape: &OPERATOR_RESPONSE },
]);

static INSTANCE_NETWORK_INTERFACE_ASSOCIATION: Shape = Shape::Structure(&[
    Member { name: "CarrierIp", wire: "carrierIp", shape: &Shape::String },
    Member { name: "CustomerOwnedIp", wire: "customerOwnedIp", shape: &Shape::String },
    Member { name: "IpOwnerId", wire: "ipOwnerId", shape: &Shape::String },
    Member { name: "PublicDnsName", wire: "publicDnsName", shape: &Shape::String },
    Member { name: "PublicIp", wire: "publicIp", shape: &Shape::String },
]);

static INSTANCE_NETWORK_INTERFACE_ATTACHMENT: Shape = Shape::Structure(&[
    Member { name: "AttachTime", wire: "attachTime", shape: &Shape::String },
    Member { name: "AttachmentId", wire: "attachmentId", shape: &Shape::String },
    Member { name: "DeleteOnTermination", wire: "deleteOnTermination", shape: &Shape::Boolean },
    Member { name: "DeviceIndex", wire: "deviceIndex", shape: &Shape::Number },
    Member { name: "Status", wire: "status", shape: &Shape::String },
    Member { name: "NetworkCardIndex", wire: "networkCardIndex", shape: &Shape::Number },
    Member {
        name: "EnaSrdSpecification",
        wire: "enaSrdSpecification",
        shape: &INSTANCE_ATTACHMENT_ENA_SRD_SPECIFICATION,
    },
    Member { name: "EnaQueueCount", wire: "enaQueueCount", shape: &Shape::Number },
]);

static INSTANCE_NETWORK_INTERFACE_LIST: Shape = Shape::List { item: &INSTANCE_NETWORK_INTERFACE, wire: Some("item") };

static INSTANCE_NETWORK_PERFORMANCE_OPTIONS: Shape =
    Shape::Structure(&[Member { name: "BandwidthWeighting", wire: "bandwidthWeighting", shape: &Shape::String }]);

static INSTANCE_PRIVATE_IP_ADDRESS: Shape = Shape::Structure(&[
    Member { name: "Association", wire: "association", shape: &INSTANCE_NETWORK_INTERFACE_ASSOCIATION },
    Member { name: "Primary", wire: "primary", shape: &Shape::Boolean },
    Member { name: "PrivateDnsName", wire: "privateDnsName", shape: &Shape::String },
    Member { name: "PrivateIpAddress", wire: "privateIpAddress", shape: &Shape::String },
]);

static INSTANCE_PRIVATE_IP_ADDRESS_LIST: Shape = Shape::List { item: &INSTANCE_PRIVATE_IP_ADDRESS, wire: Some("item") };

static INSTANCE_SECONDARY_INTERFACE: Shape = Shape::Structure(&[
    Member { name: "Attachment", wire: "attachment", shape: &INSTANCE_SECONDARY_INTERFACE_ATTACHMENT },
    Member { name: "MacAddress", wire: "macAddress", shape: &Shape::String },
    Member { name: "SecondaryInterfaceId", wire: "secondaryInterfaceId", shape: &Shape::String },
    Member { name: "OwnerId", wire: "ownerId", shape: &Shape::String },
    Member {
        name: "PrivateIpAddresses",
        wire: "privateIpAddressSet",
        shape: &INSTANCE_SECONDARY_INTERFACE_PRIVATE_IP_ADDRESS_LIST,
    },
    Member { name: "SourceDestCheck", wire: "sourceDestCheck", shape: &Shape::Boolean },
    Member { name: "Status", wire: "status", shape: &Shape::String },
    Member { name: "SecondarySubnetId", wire: "secondarySubnetId", shape: &Shape::String },
    Member { name: "SecondaryNetworkId", wire: "secondaryNetworkId", shape: &Shape::String },
    Member { name: "InterfaceType", wire: "interfaceType", shape: &Shape::String },
]);

static INSTANCE_SECONDARY_INTERFACE_ATTACHMENT: Shape = Shape::Structure(&[
    Member { name: "AttachTime", wire: "attachTime", shape: &Shape::String },
    Member { name: "AttachmentId", wire: "attachmentId", shape: &Shape::String },
    Member { name: "DeleteOnTermination", wire: "deleteOnTermination", shape: &Shape::Boolean },
    Member { name: "DeviceIndex", wire: "deviceIndex", shape: &Shape::Number },
    Member { name: "Status", wire: "status", shape: &Shape::String },
    Member { name: "NetworkCardIndex", wire: "networkCardIndex", shape: &Shape::Number },
]);

static INSTANCE_SECONDARY_INTERFACE_LIST: Shape =
    Shape::List { item: &INSTANCE_SECONDARY_INTERFACE, wire: Some("item") };

static INSTANCE_SECONDARY_INTERFACE_PRIVATE_IP_ADDRESS: Shape =
    Shape::Structure(&[Member { name: "PrivateIpAddress", wire: "privateIpAddress", shape: &Shape::String }]);

static INSTANCE_SECONDARY_INTERFACE_PRIVATE_IP_ADDRESS_LIST: Shape =
    Shape::List { item: &INSTANCE_SECONDARY_INTERFACE_PRIVATE_IP_ADDRESS, wire: Some("item") };

static INSTANCE_STATE: Shape = Shape::Structure(&[
    Member { name: "Code", wire: "code", shape: &Shape::Number },
    Member { name: "Name", wire: "name", shape: &Shape::String },
]);

static INTERNET_GATEWAY: Shape = Shape::Structure(&[
    Member { name: "Attachments", wire: "attachmentSet", shape: &INTERNET_GATEWAY_ATTACHMENT_LIST },
    Member { name: "InternetGatewayId", wire: "internetGatewayId", shape: &Shape::String },
    Member { name: "OwnerId", wire: "ownerId", shape: &Shape::String },
    Member { name: "Tags", wire: "tagSet", shape: &TAG_LIST },
]);

static INTERNET_GATEWAY_ATTACHMENT: Shape = Shape::Structure(&[
    Member { name: "State", wire: "state", shape: &Shape::String },
    Member { name: "VpcId", wire: "vpcId", shape: &Shape::String },
]);

static INTERNET_GATEWAY_ATTACHMENT_LIST: Shape = Shape::List { item: &INTERNET_GATEWAY_ATTACHMENT, wire: Some("item") };

static INTERNET_GATEWAY_LIST: Shape = Shape::List { item: &INTERNET_GATEWAY, wire: Some("item") };

static IP_PERMISSION: Shape = Shape::Structure(&[
    Member { name: "IpProtocol", wire: "ipProtocol", shape: &Shape::String },
    Member { name: "FromPort", wire: "fromPort", shape: &Shape::Number },
    Member { name: "ToPort", wire: "toPort", shape: &Shape::Number },
    Member { name: "UserIdGroupPairs", wire: "groups", shape: &USER_ID_GROUP_PAIR_LIST },
    Member { name: "IpRanges", wire: "ipRanges", shape: &IP_RANGE_LIST },
    Member { name: "Ipv6Ranges", wire: "ipv6Ranges", shape: &IPV6_RANGE_LIST },
    Member { name: "PrefixListIds", wire: "prefixListIds", shape: &PREFIX_LIST_ID_LIST },
]);

static IP_PERMISSION_LIST: Shape = Shape::List { item: &IP_PERMISSION, wire: Some("item") };

static IP_RANGE: Shape = Shape::Structure(&[
    Member { name: "Description", wire: "description", shape: &Shape::String },
    Member { name: "CidrIp", wire: "cidrIp", shape: &Shape::String },
]);

static IP_RANGE_LIST: Shape = Shape::List { item: &IP_RANGE, wire: Some("item") };

static IPV4_PREFIX_SPECIFICATION: Shape =
    Shape::Structure(&[Member { name: "Ipv4Prefix", wire: "ipv4Prefix", shape: &Shape::String }]);

static IPV4_PREFIXES_LIST: Shape = Shape::List { item: &IPV4_PREFIX_SPECIFICATION, wire: Some("item") };

static IPV6_CIDR_BLOCK: Shape =
    Shape::Structure(&[Member { name: "Ipv6CidrBlock", wire: "ipv6CidrBlock", shape: &Shape::String }]);

static IPV6_CIDR_BLOCK_SET: Shape = Shape::List { item: &IPV6_CIDR_BLOCK, wire: Some("item") };

static IPV6_PREFIX_SPECIFICATION: Shape =
    Shape::Structure(&[Member { name: "Ipv6Prefix", wire: "ipv6Prefix", shape: &Shape::String }]);

static IPV6_PREFIXES_LIST: Shape = Shape::List { item: &IPV6_PREFIX_SPECIFICATION, wire: Some("item") };

static IPV6_RANGE: Shape = Shape::Structure(&[
    Member { name: "Description", wire: "description", shape: &Shape::String },
    Member { name: "CidrIpv6", wire: "cidrIpv6", shape: &Shape::String },
]);

static IPV6_RANGE_LIST: Shape = Shape::List { item: &IPV6_RANGE, wire: Some("item") };

static LAST_ERROR: Shape = Shape::Structure(&[
    Member { name: "Message", wire: "message", shape: &Shape::String },
    Member { name: "Code", wire: "code", shape: &Shape::String },
]);

static LICENSE_CONFIGURATION: Shape = Shape::Structure(&[Member {
    name: "LicenseConfigurationArn",
    wire: "licenseConfigurationArn",
    shape: &Shape::String,
}]);

static LICENSE_LIST: Shape = Shape::List { item: &LICENSE_CONFIGURATION, wire: Some("item") };

static MANAGED_PREFIX_LIST: Shape = Shape::Structure(&[
    Member { name: "PrefixListId", wire: "prefixListId", shape: &Shape::String },
    Member { name: "AddressFamily", wire: "addressFamily", shape: &Shape::String },
    Member { name: "State", wire: "state", shape: &Shape::String },
    Member { name: "StateMessage", wire: "stateMessage", shape: &Shape::String },
    Member { name: "PrefixListArn", wire: "prefixListArn", shape: &Shape::String },
    Member { name: "PrefixListName", wire: "prefixListName", shape: &Shape::String },
    Member { name: "MaxEntries", wire: "maxEntries", shape: &Shape::Number },
    Member { name: "Version", wire: "version", shape: &Shape::Number },
    Member { name: "Tags", wire: "tagSet", shape: &TAG_LIST },
    Member { name: "OwnerId", wire: "ownerId", shape: &Shape::String },
    Member { name: "IpamPrefixListResolverTargetId", wire: "ipamPrefixListResolverTargetId", shape: &Shape::String },
    Member {
        name: "IpamPrefixListResolverSyncEnabled",
        wire: "ipamPrefixListResolverSyncEnabled",
        shape: &Shape::Boolean,
    },
]);

static MANAGED_PREFIX_LIST_SET: Shape = Shape::List { item: &MANAGED_PREFIX_LIST, wire: Some("item") };

static METRIC_CATEGORY_ID_LIST: Shape = Shape::List { item: &Shape::String, wire: Some("item") };

static MONITORING: Shape = Shape::Structure(&[
    Member { name: "MetricCategoryIds", wire: "metricCategoryIdSet", shape: &METRIC_CATEGORY_ID_LIST },
    Member { name: "State", wire: "state", shape: &Shape::String },
]);

static NAT_GATEWAY: Shape = Shape::Structure(&[
    Member { name: "CreateTime", wire: "createTime", shape: &Shape::String },
    Member { name: "DeleteTime", wire: "deleteTime", shape: &Shape::String },
    Member { name: "FailureCode", wire: "failureCode", shape: &Shape::String },
    Member { name: "FailureMessage", wire: "failureMessage", shape: &Shape::String },
    Member { name: "NatGatewayAddresses", wire: "natGatewayAddressSet", shape: &NAT_GATEWAY_ADDRESS_LIST },
    Member { name: "NatGatewayId", wire: "natGatewayId", shape: &Shape::String },
    Member { name: "ProvisionedBandwidth", wire: "provisionedBandwidth", shape: &PROVISIONED_BANDWIDTH },
    Member { name: "State", wire: "state", shape: &Shape::String },
    Member { name: "SubnetId", wire: "subnetId", shape: &Shape::String },
    Member { name: "VpcId", wire: "vpcId", shape: &Shape::String },
    Member { name: "Tags", wire: "tagSet", shape: &TAG_LIST },
    Member { name: "ConnectivityType", wire: "connectivityType", shape: &Shape::String },
    Member { name: "AvailabilityMode", wire: "availabilityMode", shape: &Shape::String },
    Member { name: "AutoScalingIps", wire: "autoScalingIps", shape: &Shape::String },
    Member { name: "AutoProvisionZones", wire: "autoProvisionZones", shape: &Shape::String },
    Member { name: "AttachedAppliances", wire: "attachedApplianceSet", shape: &NAT_GATEWAY_ATTACHED_APPLIANCE_LIST },
    Member { name: "RouteTableId", wire: "routeTableId", shape: &Shape::String },
]);

static NAT_GATEWAY_ADDRESS: Shape = Shape::Structure(&[
    Member { name: "AllocationId", wire: "allocationId", shape: &Shape::String },
    Member { name: "NetworkInterfaceId", wire: "networkInterfaceId", shape: &Shape::String },
    Member { name: "PrivateIp", wire: "privateIp", shape: &Shape::String },
    Member { name: "PublicIp", wire: "publicIp", shape: &Shape::String },
    Member { name: "AssociationId", wire: "associationId", shape: &Shape::String },
    Member { name: "IsPrimary", wire: "isPrimary", shape: &Shape::Boolean },
    Member { name: "FailureMessage", wire: "failureMessage", shape: &Shape::String },
    Member { name: "Status", wire: "status", shape: &Shape::String },
    Member { name: "AvailabilityZone", wire: "availabilityZone", shape: &Shape::String },
    Member { name: "AvailabilityZoneId", wire: "availabilityZoneId", shape: &Shape::String },
]);

static NAT_GATEWAY_ADDRESS_LIST: Shape = Shape::List { item: &NAT_GATEWAY_ADDRESS, wire: Some("item") };

static NAT_GATEWAY_ATTACHED_APPLIANCE: Shape = Shape::Structure(&[
    Member { name: "Type", wire: "type", shape: &Shape::String },
    Member { name: "ApplianceArn", wire: "applianceArn", shape: &Shape::String },
    Member { name: "VpcEndpointId", wire: "vpcEndpointId", shape: &Shape::String },
    Member { name: "AttachmentState", wire: "attachmentState", shape: &Shape::String },
    Member { name: "ModificationState", wire: "modificationState", shape: &Shape::String },
    Member { name: "FailureCode", wire: "failureCode", shape: &Shape::String },
    Member { name: "FailureMessage", wire: "failureMessage", shape: &Shape::String },
]);

static NAT_GATEWAY_ATTACHED_APPLIANCE_LIST: Shape =
    Shape::List { item: &NAT_GATEWAY_ATTACHED_APPLIANCE, wire: Some("item") };

static NAT_GATEWAY_LIST: Shape = Shape::List { item: &NAT_GATEWAY, wire: Some("item") };

static NETWORK_ACL: Shape = Shape::Structure(&[
    Member { name: "Associations", wire: "associationSet", shape: &NETWORK_ACL_ASSOCIATION_LIST },
    Member { name: "Entries", wire: "entrySet", shape: &NETWORK_ACL_ENTRY_LIST },
    Member { name: "IsDefault", wire: "default", shape: &Shape::Boolean },
    Member { name: "NetworkAclId", wire: "networkAclId", shape: &Shape::String },
    Member { name: "Tags", wire: "tagSet", shape: &TAG_LIST },
    Member { name: "VpcId", wire: "vpcId", shape: &Shape::String },
    Member { name: "OwnerId", wire: "ownerId", shape: &Shape::String },
]);

static NETWORK_ACL_ASSOCIATION: Shape = Shape::Structure(&[
    Member { name: "NetworkAclAssociationId", wire: "networkAclAssociationId", shape: &Shape::String },
    Member { name: "NetworkAclId", wire: "networkAclId", shape: &Shape::String },
    Member { name: "SubnetId", wire: "subnetId", shape: &Shape::String },
]);

static NETWORK_ACL_ASSOCIATION_LIST: Shape = Shape::List { item: &NETWORK_ACL_ASSOCIATION, wire: Some("item") };

static NETWORK_ACL_ENTRY: Shape = Shape::Structure(&[
    Member { name: "CidrBlock", wire: "cidrBlock", shape: &Shape::String },
    Member { name: "Egress", wire: "egress", shape: &Shape::Boolean },
    Member { name: "IcmpTypeCode", wire: "icmpTypeCode", shape: &ICMP_TYPE_CODE },
    Member { name: "Ipv6CidrBlock", wire: "ipv6CidrBlock", shape: &Shape::String },
    Member { name: "PortRange", wire: "portRange", shape: &PORT_RANGE },
    Member { name: "Protocol", wire: "protocol", shape: &Shape::String },
    Member { name: "RuleAction", wire: "ruleAction", shape: &Shape::String },
    Member { name: "RuleNumber", wire: "ruleNumber", shape: &Shape::Number },
]);

static NETWORK_ACL_ENTRY_LIST: Shape = Shape::List { item: &NETWORK_ACL_ENTRY, wire: Some("item") };

static NETWORK_ACL_LIST: Shape = Shape::List { item: &NETWORK_ACL, wire: Some("item") };

static NETWORK_INTERFACE: Shape = Shape::Structure(&[
    Member { name: "Association", wire: "association", shape: &NETWORK_INTERFACE_ASSOCIATION },
    Member { name: "Attachment", wire: "attachment", shape: &NETWORK_INTERFACE_ATTACHMENT },
    Member { name: "AvailabilityZone", wire: "availabilityZone", shape: &Shape::String },
    Member {
        name: "ConnectionTrackingConfiguration",
        wire: "connectionTrackingConfiguration",
        shape: &CONNECTION_TRACKING_CONFIGURATION,
    },
    Member { name: "Description", wire: "description", shape: &Shape::String },
    Member { name: "Groups", wire: "groupSet", shape: &GROUP_IDENTIFIER_LIST },
    Member { name: "InterfaceType", wire: "interfaceType", shape: &Shape::String },
    Member { name: "Ipv6Addresses", wire: "ipv6AddressesSet", shape: &NETWORK_INTERFACE_IPV6_ADDRESSES_LIST },
    Member { name: "MacAddress", wire: "macAddress", shape: &Shape::String },
    Member { name: "NetworkInterfaceId", wire: "networkInterfaceId", shape: &Shape::String },
    Member { name: "OutpostArn", wire: "outpostArn", shape: &Shape::String },
    Member { name: "OwnerId", wire: "ownerId", shape: &Shape::String },
    Member { name: "PrivateDnsName", wire: "privateDnsName", shape: &Shape::String },
    Member { name: "PublicDnsName", wire: "publicDnsName", shape: &Shape::String },
    Member { name: "PublicIpDnsNameOptions", wire: "publicIpDnsNameOptions", shape: &PUBLIC_IP_DNS_NAME_OPTIONS },
    Member { name: "PrivateIpAddress", wire: "privateIpAddress", shape: &Shape::String },
    Member {
        name: "PrivateIpAddresses",
        wire: "privateIpAddressesSet",
        shape: &NETWORK_INTERFACE_PRIVATE_IP_ADDRESS_LIST,
    },
    Member { name: "Ipv4Prefixes", wire: "ipv4PrefixSet", shape: &IPV4_PREFIXES_LIST },
    Member { name: "Ipv6Prefixes", wire: "ipv6PrefixSet", shape: &IPV6_PREFIXES_LIST },
    Member { name: "RequesterId", wire: "requesterId", shape: &Shape::String },
    Member { name: "RequesterManaged", wire: "requesterManaged", shape: &Shape::Boolean },
    Member { name: "SourceDestCheck", wire: "sourceDestCheck", shape: &Shape::Boolean },
    Member { name: "Status", wire: "status", shape: &Shape::String },
    Member { name: "SubnetId", wire: "subnetId", shape: &Shape::String },
    Member { name: "TagSet", wire: "tagSet", shape: &TAG_LIST },
    Member { name: "VpcId", wire: "vpcId", shape: &Shape::String },
    Member { name: "DenyAllIgwTraffic", wire: "denyAllIgwTraffic", shape: &Shape::Boolean },
    Member { name: "Ipv6Native", wire: "ipv6Native", shape: &Shape::Boolean },
    Member { name: "Ipv6Address", wire: "ipv6Address", shape: &Shape::String },
    Member { name: "Operator", wire: "operator", shape: &OPERATOR_RESPONSE },
    Member { name: "AssociatedSubnets", wire: "associatedSubnetSet", shape: &ASSOCIATED_SUBNET_LIST },
    Member { name: "AvailabilityZoneId", wire: "availabilityZoneId", shape: &Shape::String },
]);

static NETWORK_INTERFACE_ASSOCIATION: Shape = Shape::Structure(&[
    Member { name: "AllocationId", wire: "allocationId", shape: &Shape::String },
    Member { name: "AssociationId", wire: "associationId", shape: &Shape::String },
    Member { name: "IpOwnerId", wire: "ipOwnerId", shape: &Shape::String },
    Member { name: "PublicDnsName", wire: "publicDnsName", shape: &Shape::String },
    Member { name: "PublicIp", wire: "publicIp", shape: &Shape::String },
    Member { name: "CustomerOwnedIp", wire: "customerOwnedIp", shape: &Shape::String },
    Member { name: "CarrierIp", wire: "carrierIp", shape: &Shape::String },
]);

static NETWORK_INTERFACE_ATTACHMENT: Shape = Shape::Structure(&[
    Member { name: "AttachTime", wire: "attachTime", shape: &Shape::String },
    Member { name: "AttachmentId", wire: "attachmentId", shape: &Shape::String },
    Member { name: "DeleteOnTermination", wire: "deleteOnTermination", shape: &Shape::Boolean },
    Member { name: "DeviceIndex", wire: "deviceIndex", shape: &Shape::Number },
    Member { name: "NetworkCardIndex", wire: "networkCardIndex", shape: &Shape::Number },
    Member { name: "InstanceId", wire: "instanceId", shape: &Shape::String },
    Member { name: "InstanceOwnerId", wire: "instanceOwnerId", shape: &Shape::String },
    Member { name: "Status", wire: "status", shape: &Shape::String },
    Member { name: "EnaSrdSpecification", wire: "enaSrdSpecification", shape: &ATTACHMENT_ENA_SRD_SPECIFICATION },
    Member { name: "EnaQueueCount", wire: "enaQueueCount", shape: &Shape::Number },
]);

static NETWORK_INTERFACE_IPV6_ADDRESS: Shape = Shape::Structure(&[
    Member { name: "Ipv6Address", wire: "ipv6Address", shape: &Shape::String },
    Member { name: "PublicIpv6DnsName", wire: "publicIpv6DnsName", shape: &Shape::String },
    Member { name: "IsPrimaryIpv6", wire: "isPrimaryIpv6", shape: &Shape::Boolean },
]);

static NETWORK_INTERFACE_IPV6_ADDRESSES_LIST: Shape =
    Shape::List { item: &NETWORK_INTERFACE_IPV6_ADDRESS, wire: Some("item") };

static NETWORK_INTERFACE_LIST: Shape = Shape::List { item: &NETWORK_INTERFACE, wire: Some("item") };

static NETWORK_INTERFACE_PRIVATE_IP_ADDRESS: Shape = Shape::Structure(&[
    Member { name: "Association", wire: "association", shape: &NETWORK_INTERFACE_ASSOCIATION },
    Member { name: "Primary", wire: "primary", shape: &Shape::Boolean },
    Member { name: "PrivateDnsName", wire: "privateDnsName", shape: &Shape::String },
    Member { name: "PrivateIpAddress", wire: "privateIpAddress", shape: &Shape::String },
]);

static NETWORK_INTERFACE_PRIVATE_IP_ADDRESS_LIST: Shape =
    Shape::List { item: &NETWORK_INTERFACE_PRIVATE_IP_ADDRESS, wire: Some("item") };

static OPERATOR_RESPONSE: Shape = Shape::Structure(&[
    Member { name: "Managed", wire: "managed", shape: &Shape::Boolean },
    Member { name: "Principal", wire: "principal", shape: &Shape::String },
    Member { name: "HiddenByDefault", wire: "hiddenByDefault", shape: &Shape::Boolean },
]);

static PAYER_RESPONSIBILITY_ENTRY: Shape = Shape::Structure(&[
    Member { name: "Scope", wire: "scope", shape: &Shape::String },
    Member { name: "PayerResponsibilityType", wire: "payerResponsibilityType", shape: &Shape::String },
]);

static PAYER_RESPONSIBILITY_SET: Shape = Shape::List { item: &PAYER_RESPONSIBILITY_ENTRY, wire: Some("item") };

static PEERING_ATTACHMENT_STATUS: Shape = Shape::Structure(&[
    Member { name: "Code", wire: "code", shape: &Shape::String },
    Member { name: "Message", wire: "message", shape: &Shape::String },
]);

static PEERING_TGW_INFO: Shape = Shape::Structure(&[
    Member { name: "TransitGatewayId", wire: "transitGatewayId", shape: &Shape::String },
    Member { name: "CoreNetworkId", wire: "coreNetworkId", shape: &Shape::String },
    Member { name: "OwnerId", wire: "ownerId", shape: &Shape::String },
    Member { name: "Region", wire: "region", shape: &Shape::String },
]);

static PHASE1_D_H_GROUP_NUMBERS_LIST: Shape =
    Shape::List { item: &PHASE1_D_H_GROUP_NUMBERS_LIST_VALUE, wire: Some("item") };

static PHASE1_D_H_GROUP_NUMBERS_LIST_VALUE: Shape =
    Shape::Structure(&[Member { name: "Value", wire: "value", shape: &Shape::Number }]);

static PHASE1_ENCRYPTION_ALGORITHMS_LIST: Shape =
    Shape::List { item: &PHASE1_ENCRYPTION_ALGORITHMS_LIST_VALUE, wire: Some("item") };

static PHASE1_ENCRYPTION_ALGORITHMS_LIST_VALUE: Shape =
    Shape::Structure(&[Member { name: "Value", wire: "value", shape: &Shape::String }]);

static PHASE1_INTEGRITY_ALGORITHMS_LIST: Shape =
    Shape::List { item: &PHASE1_INTEGRITY_ALGORITHMS_LIST_VALUE, wire: Some("item") };

static PHASE1_INTEGRITY_ALGORITHMS_LIST_VALUE: Shape =
    Shape::Structure(&[Member { name: "Value", wire: "value", shape: &Shape::String }]);

static PHASE2_D_H_GROUP_NUMBERS_LIST: Shape =
    Shape::List { item: &PHASE2_D_H_GROUP_NUMBERS_LIST_VALUE, wire: Some("item") };

static PHASE2_D_H_GROUP_NUMBERS_LIST_VALUE: Shape =
    Shape::Structure(&[Member { name: "Value", wire: "value", shape: &Shape::Number }]);

static PHASE2_ENCRYPTION_ALGORITHMS_LIST: Shape =
    Shape::List { item: &PHASE2_ENCRYPTION_ALGORITHMS_LIST_VALUE, wire: Some("item") };

static PHASE2_ENCRYPTION_ALGORITHMS_LIST_VALUE: Shape =
    Shape::Structure(&[Member { name: "Value", wire: "value", shape: &Shape::String }]);

static PHASE2_INTEGRITY_ALGORITHMS_LIST: Shape =
    Shape::List { item: &PHASE2_INTEGRITY_ALGORITHMS_LIST_VALUE, wire: Some("item") };

static PHASE2_INTEGRITY_ALGORITHMS_LIST_VALUE: Shape =
    Shape::Structure(&[Member { name: "Value", wire: "value", shape: &Shape::String }]);

static PLACEMENT: Shape = Shape::Structure(&[
    Member { name: "AvailabilityZoneId", wire: "availabilityZoneId", shape: &Shape::String },
    Member { name: "Affinity", wire: "affinity", shape: &Shape::String },
    Member { name: "GroupName", wire: "groupName", shape: &Shape::String },
    Member { name: "PartitionNumber", wire: "partitionNumber", shape: &Shape::Number },
    Member { name: "HostId", wire: "hostId", shape: &Shape::String },
    Member { name: "Tenancy", wire: "tenancy", shape: &Shape::String },
    Member { name: "SpreadDomain", wire: "spreadDomain", shape: &Shape::String },
    Member { name: "HostResourceGroupArn", wire: "hostResourceGroupArn", shape: &Shape::String },
    Member { name: "GroupId", wire: "groupId", shape: &Shape::String },
    Member { name: "AvailabilityZone", wire: "availabilityZone", shape: &Shape::String },
]);

static PORT_RANGE: Shape = Shape::Structure(&[
    Member { name: "From", wire: "from", shape: &Shape::Number },
    Member { name: "To", wire: "to", shape: &Shape::Number },
]);

static PREFIX_LIST_ENTRY: Shape = Shape::Structure(&[
    Member { name: "Cidr", wire: "cidr", shape: &Shape::String },
    Member { name: "Description", wire: "description", shape: &Shape::String },
]);

static PREFIX_LIST_ENTRY_SET: Shape = Shape::List { item: &PREFIX_LIST_ENTRY, wire: Some("item") };

static PREFIX_LIST_ID: Shape = Shape::Structure(&[
    Member { name: "Description", wire: "description", shape: &Shape::String },
    Member { name: "PrefixListId", wire: "prefixListId", shape: &Shape::String },
]);

static PREFIX_LIST_ID_LIST: Shape = Shape::List { item: &PREFIX_LIST_ID, wire: Some("item") };

static PRIVATE_DNS_NAME_CONFIGURATION: Shape = Shape::Structure(&[
    Member { name: "State", wire: "state", shape: &Shape::String },
    Member { name: "Type", wire: "type", shape: &Shape::String },
    Member { name: "Value", wire: "value", shape: &Shape::String },
    Member { name: "Name", wire: "name", shape: &Shape::String },
]);

static PRIVATE_DNS_NAME_OPTIONS_ON_LAUNCH: Shape = Shape::Structure(&[
    Member { name: "HostnameType", wire: "hostnameType", shape: &Shape::String },
    Member { name: "EnableResourceNameDnsARecord", wire: "enableResourceNameDnsARecord", shape: &Shape::Boolean },
    Member { name: "EnableResourceNameDnsAAAARecord", wire: "enableResourceNameDnsAAAARecord", shape: &Shape::Boolean },
]);

static PRIVATE_DNS_NAME_OPTIONS_RESPONSE: Shape = Shape::Structure(&[
    Member { name: "HostnameType", wire: "hostnameType", shape: &Shape::String },
    Member { name: "EnableResourceNameDnsARecord", wire: "enableResourceNameDnsARecord", shape: &Shape::Boolean },
    Member { name: "EnableResourceNameDnsAAAARecord", wire: "enableResourceNameDnsAAAARecord", shape: &Shape::Boolean },
]);

static PRIVATE_DNS_SPECIFIED_DOMAIN_SET: Shape = Shape::List { item: &Shape::String, wire: Some("item") };

static PRODUCT_CODE: Shape = Shape::Structure(&[
    Member { name: "ProductCodeId", wire: "productCode", shape: &Shape::String },
    Member { name: "ProductCodeType", wire: "type", shape: &Shape::String },
]);

static PRODUCT_CODE_LIST: Shape = Shape::List { item: &PRODUCT_CODE, wire: Some("item") };

static PROPAGATING_VGW: Shape =
    Shape::Structure(&[Member { name: "GatewayId", wire: "gatewayId", shape: &Shape::String }]);

static PROPAGATING_VGW_LIST: Shape = Shape::List { item: &PROPAGATING_VGW, wire: Some("item") };

static PROVISIONED_BANDWIDTH: Shape = Shape::Structure(&[
    Member { name: "ProvisionTime", wire: "provisionTime", shape: &Shape::String },
    Member { name: "Provisioned", wire: "provisioned", shape: &Shape::String },
    Member { name: "RequestTime", wire: "requestTime", shape: &Shape::String },
    Member { name: "Requested", wire: "requested", shape: &Shape::String },
    Member { name: "Status", wire: "status", shape: &Shape::String },
]);

static PUBLIC_IP_DNS_NAME_OPTIONS: Shape = Shape::Structure(&[
    Member { name: "DnsHostnameType", wire: "dnsHostnameType", shape: &Shape::String },
    Member { name: "PublicIpv4DnsName", wire: "publicIpv4DnsName", shape: &Shape::String },
    Member { name: "PublicIpv6DnsName", wire: "publicIpv6DnsName", shape: &Shape::String },
    Member { name: "PublicDualStackDnsName", wire: "publicDualStackDnsName", shape: &Shape::String },
]);

static RESERVATION: Shape = Shape::Structure(&[
    Member { name: "ReservationId", wire: "reservationId", shape: &Shape::String },
    Member { name: "OwnerId", wire: "ownerId", shape: &Shape::String },
    Member { name: "RequesterId", wire: "requesterId", shape: &Shape::String },
    Member { name: "Groups", wire: "groupSet", shape: &GROUP_IDENTIFIER_LIST },
    Member { name: "Instances", wire: "instancesSet", shape: &INSTANCE_LIST },
]);

static RESERVATION_LIST: Shape = Shape::List { item: &RESERVATION, wire: Some("item") };

static ROUTE: Shape = Shape::Structure(&[
    Member { name: "DestinationCidrBlock", wire: "destinationCidrBlock", shape: &Shape::String },
    Member { name: "DestinationIpv6CidrBlock", wire: "destinationIpv6CidrBlock", shape: &Shape::String },
    Member { name: "DestinationPrefixListId", wire: "destinationPrefixListId", shape: &Shape::String },
    Member { name: "EgressOnlyInternetGatewayId", wire: "egressOnlyInternetGatewayId", shape: &Shape::String },
    Member { name: "GatewayId", wire: "gatewayId", shape: &Shape::String },
    Member { name: "InstanceId", wire: "instanceId", shape: &Shape::String },
    Member { name: "InstanceOwnerId", wire: "instanceOwnerId", shape: &Shape::String },
    Member { name: "NatGatewayId", wire: "natGatewayId", shape: &Shape::String },
    Member { name: "TransitGatewayId", wire: "transitGatewayId", shape: &Shape::String },
    Member { name: "LocalGatewayId", wire: "localGatewayId", shape: &Shape::String },
    Member { name: "CarrierGatewayId", wire: "carrierGatewayId", shape: &Shape::String },
    Member { name: "NetworkInterfaceId", wire: "networkInterfaceId", shape: &Shape::String },
    Member { name: "Origin", wire: "origin", shape: &Shape::String },
    Member { name: "State", wire: "state", shape: &Shape::String },
    Member { name: "VpcPeeringConnectionId", wire: "vpcPeeringConnectionId", shape: &Shape::String },
    Member { name: "CoreNetworkArn", wire: "coreNetworkArn", shape: &Shape::String },
    Member { name: "OdbNetworkArn", wire: "odbNetworkArn", shape: &Shape::String },
    Member { name: "IpAddress", wire: "ipAddress", shape: &Shape::String },
]);

static ROUTE_LIST: Shape = Shape::List { item: &ROUTE, wire: Some("item") };

static ROUTE_TABLE: Shape = Shape::Structure(&[
    Member { name: "Associations", wire: "associationSet", shape: &ROUTE_TABLE_ASSOCIATION_LIST },
    Member { name: "PropagatingVgws", wire: "propagatingVgwSet", shape: &PROPAGATING_VGW_LIST },
    Member { name: "RouteTableId", wire: "routeTableId", shape: &Shape::String },
    Member { name: "Routes", wire: "routeSet", shape: &ROUTE_LIST },
    Member { name: "Tags", wire: "tagSet", shape: &TAG_LIST },
    Member { name: "VpcId", wire: "vpcId", shape: &Shape::String },
    Member { name: "OwnerId", wire: "ownerId", shape: &Shape::String },
]);

static ROUTE_TABLE_ASSOCIATION: Shape = Shape::Structure(&[
    Member { name: "Main", wire: "main", shape: &Shape::Boolean },
    Member { name: "RouteTableAssociationId", wire: "routeTableAssociationId", shape: &Shape::String },
    Member { name: "RouteTableId", wire: "routeTableId", shape: &Shape::String },
    Member { name: "SubnetId", wire: "subnetId", shape: &Shape::String },
    Member { name: "GatewayId", wire: "gatewayId", shape: &Shape::String },
    Member { name: "PublicIpv4Pool", wire: "publicIpv4Pool", shape: &Shape::String },
    Member { name: "AssociationState", wire: "associationState", shape: &ROUTE_TABLE_ASSOCIATION_STATE },
]);

static ROUTE_TABLE_ASSOCIATION_LIST: Shape = Shape::List { item: &ROUTE_TABLE_ASSOCIATION, wire: Some("item") };

static ROUTE_TABLE_ASSOCIATION_STATE: Shape = Shape::Structure(&[
    Member { name: "State", wire: "state", shape: &Shape::String },
    Member { name: "StatusMessage", wire: "statusMessage", shape: &Shape::String },
]);

static ROUTE_TABLE_LIST: Shape = Shape::List { item: &ROUTE_TABLE, wire: Some("item") };

static SECURITY_GROUP: Shape = Shape::Structure(&[
    Member { name: "GroupId", wire: "groupId", shape: &Shape::String },
    Member { name: "IpPermissionsEgress", wire: "ipPermissionsEgress", shape: &IP_PERMISSION_LIST },
    Member { name: "Tags", wire: "tagSet", shape: &TAG_LIST },
    Member { name: "VpcId", wire: "vpcId", shape: &Shape::String },
    Member { name: "SecurityGroupArn", wire: "securityGroupArn", shape: &Shape::String },
    Member { name: "OwnerId", wire: "ownerId", shape: &Shape::String },
    Member { name: "GroupName", wire: "groupName", shape: &Shape::String },
    Member { name: "Description", wire: "groupDescription", shape: &Shape::String },
    Member { name: "IpPermissions", wire: "ipPermissions", shape: &IP_PERMISSION_LIST },
]);

static SECURITY_GROUP_IDENTIFIER: Shape = Shape::Structure(&[
    Member { name: "GroupId", wire: "groupId", shape: &Shape::String },
    Member { name: "GroupName", wire: "groupName", shape: &Shape::String },
]);

static SECURITY_GROUP_LIST: Shape = Shape::List { item: &SECURITY_GROUP, wire: Some("item") };

static SECURITY_GROUP_VPC_ASSOCIATION: Shape = Shape::Structure(&[
    Member { name: "GroupId", wire: "groupId", shape: &Shape::String },
    Member { name: "VpcId", wire: "vpcId", shape: &Shape::String },
    Member { name: "VpcOwnerId", wire: "vpcOwnerId", shape: &Shape::String },
    Member { name: "State", wire: "state", shape: &Shape::String },
    Member { name: "StateReason", wire: "stateReason", shape: &Shape::String },
    Member { name: "GroupOwnerId", wire: "groupOwnerId", shape: &Shape::String },
]);

static SECURITY_GROUP_VPC_ASSOCIATION_LIST: Shape =
    Shape::List { item: &SECURITY_GROUP_VPC_ASSOCIATION, wire: Some("item") };

static SERVICE_CONFIGURATION: Shape = Shape::Structure(&[
    Member { name: "ServiceType", wire: "serviceType", shape: &SERVICE_TYPE_DETAIL_SET },
    Member { name: "ServiceId", wire: "serviceId", shape: &Shape::String },
    Member { name: "ServiceName", wire: "serviceName", shape: &Shape::String },
    Member { name: "ServiceState", wire: "serviceState", shape: &Shape::String },
    Member { name: "AvailabilityZoneIds", wire: "availabilityZoneIdSet", shape: &VALUE_STRING_LIST },
    Member { name: "AvailabilityZones", wire: "availabilityZoneSet", shape: &VALUE_STRING_LIST },
    Member { name: "AcceptanceRequired", wire: "acceptanceRequired", shape: &Shape::Boolean },
    Member { name: "ManagesVpcEndpoints", wire: "managesVpcEndpoints", shape: &Shape::Boolean },
    Member { name: "NetworkLoadBalancerArns", wire: "networkLoadBalancerArnSet", shape: &VALUE_STRING_LIST },
    Member { name: "GatewayLoadBalancerArns", wire: "gatewayLoadBalancerArnSet", shape: &VALUE_STRING_LIST },
    Member { name: "SupportedIpAddressTypes", wire: "supportedIpAddressTypeSet", shape: &SUPPORTED_IP_ADDRESS_TYPES },
    Member { name: "BaseEndpointDnsNames", wire: "baseEndpointDnsNameSet", shape: &VALUE_STRING_LIST },
    Member { name: "PrivateDnsName", wire: "privateDnsName", shape: &Shape::String },
    Member {
        name: "PrivateDnsNameConfiguration",
        wire: "privateDnsNameConfiguration",
        shape: &PRIVATE_DNS_NAME_CONFIGURATION,
    },
    Member { name: "PayerResponsibility", wire: "payerResponsibility", shape: &Shape::String },
    Member { name: "Tags", wire: "tagSet", shape: &TAG_LIST },
    Member { name: "SupportedRegions", wire: "supportedRegionSet", shape: &SUPPORTED_REGION_SET },
    Member { name: "RemoteAccessEnabled", wire: "remoteAccessEnabled", shape: &Shape::Boolean },
]);

static SERVICE_CONFIGURATION_SET: Shape = Shape::List { item: &SERVICE_CONFIGURATION, wire: Some("item") };

static SERVICE_TYPE_DETAIL: Shape =
    Shape::Structure(&[Member { name: "ServiceType", wire: "serviceType", shape: &Shape::String }]);

static SERVICE_TYPE_DETAIL_SET: Shape = Shape::List { item: &SERVICE_TYPE_DETAIL, wire: Some("item") };

static STATE_REASON: Shape = Shape::Structure(&[
    Member { name: "Code", wire: "code", shape: &Shape::String },
    Member { name: "Message", wire: "message", shape: &Shape::String },
]);

static SUBNET: Shape = Shape::Structure(&[
    Member { name: "AvailabilityZoneId", wire: "availabilityZoneId", shape: &Shape::String },
    Member { name: "EnableLniAtDeviceIndex", wire: "enableLniAtDeviceIndex", shape: &Shape::Number },
    Member { name: "MapCustomerOwnedIpOnLaunch", wire: "mapCustomerOwnedIpOnLaunch", shape: &Shape::Boolean },
    Member { name: "CustomerOwnedIpv4Pool", wire: "customerOwnedIpv4Pool", shape: &Shape::String },
    Member { name: "OwnerId", wire: "ownerId", shape: &Shape::String },
    Member { name: "AssignIpv6AddressOnCreation", wire: "assignIpv6AddressOnCreation", shape: &Shape::Boolean },
    Member {
        name: "Ipv6CidrBlockAssociationSet",
        wire: "ipv6CidrBlockAssociationSet",
        shape: &SUBNET_IPV6_CIDR_BLOCK_ASSOCIATION_SET,
    },
    Member { name: "Tags", wire: "tagSet", shape: &TAG_LIST },
    Member { name: "SubnetArn", wire: "subnetArn", shape: &Shape::String },
    Member { name: "OutpostArn", wire: "outpostArn", shape: &Shape::String },
    Member { name: "EnableDns64", wire: "enableDns64", shape: &Shape::Boolean },
    Member { name: "Ipv6Native", wire: "ipv6Native", shape: &Shape::Boolean },
    Member {
        name: "PrivateDnsNameOptionsOnLaunch",
        wire: "privateDnsNameOptionsOnLaunch",
        shape: &PRIVATE_DNS_NAME_OPTIONS_ON_LAUNCH,
    },
    Member { name: "BlockPublicAccessStates", wire: "blockPublicAccessStates", shape: &BLOCK_PUBLIC_ACCESS_STATES },
    Member { name: "Type", wire: "type", shape: &Shape::String },
    Member { name: "SubnetId", wire: "subnetId", shape: &Shape::String },
    Member { name: "State", wire: "state", shape: &Shape::String },
    Member { name: "VpcId", wire: "vpcId", shape: &Shape::String },
    Member { name: "CidrBlock", wire: "cidrBlock", shape: &Shape::String },
    Member { name: "AvailableIpAddressCount", wire: "availableIpAddressCount", shape: &Shape::Number },
    Member { name: "AvailabilityZone", wire: "availabilityZone", shape: &Shape::String },
    Member { name: "DefaultForAz", wire: "defaultForAz", shape: &Shape::Boolean },
    Member { name: "MapPublicIpOnLaunch", wire: "mapPublicIpOnLaunch", shape: &Shape::Boolean },
]);

static SUBNET_CIDR_BLOCK_STATE: Shape = Shape::Structure(&[
    Member { name: "State", wire: "state", shape: &Shape::String },
    Member { name: "StatusMessage", wire: "statusMessage", shape: &Shape::String },
]);

static SUBNET_IP_PREFIXES: Shape = Shape::Structure(&[
    Member { name: "SubnetId", wire: "subnetId", shape: &Shape::String },
    Member { name: "IpPrefixes", wire: "ipPrefixSet", shape: &VALUE_STRING_LIST },
]);

static SUBNET_IP_PREFIXES_LIST: Shape = Shape::List { item: &SUBNET_IP_PREFIXES, wire: Some("item") };

static SUBNET_IPV6_CIDR_BLOCK_ASSOCIATION: Shape = Shape::Structure(&[
    Member { name: "AssociationId", wire: "associationId", shape: &Shape::String },
    Member { name: "Ipv6CidrBlock", wire: "ipv6CidrBlock", shape: &Shape::String },
    Member { name: "Ipv6CidrBlockState", wire: "ipv6CidrBlockState", shape: &SUBNET_CIDR_BLOCK_STATE },
    Member { name: "Ipv6AddressAttribute", wire: "ipv6AddressAttribute", shape: &Shape::String },
    Member { name: "IpSource", wire: "ipSource", shape: &Shape::String },
]);

static SUBNET_IPV6_CIDR_BLOCK_ASSOCIATION_SET: Shape =
    Shape::List { item: &SUBNET_IPV6_CIDR_BLOCK_ASSOCIATION, wire: Some("item") };

static SUBNET_LIST: Shape = Shape::List { item: &SUBNET, wire: Some("item") };

static SUPPORTED_IP_ADDRESS_TYPES: Shape = Shape::List { item: &Shape::String, wire: Some("item") };

static SUPPORTED_REGION_DETAIL: Shape = Shape::Structure(&[
    Member { name: "Region", wire: "region", shape: &Shape::String },
    Member { name: "ServiceState", wire: "serviceState", shape: &Shape::String },
]);

static SUPPORTED_REGION_SET: Shape = Shape::List { item: &SUPPORTED_REGION_DETAIL, wire: Some("item") };

static TAG: Shape = Shape::Structure(&[
    Member { name: "Key", wire: "key", shape: &Shape::String },
    Member { name: "Value", wire: "value", shape: &Shape::String },
]);

static TAG_LIST: Shape = Shape::List { item: &TAG, wire: Some("item") };

static TARGET_NETWORK: Shape = Shape::Structure(&[
    Member { name: "AssociationId", wire: "associationId", shape: &Shape::String },
    Member { name: "VpcId", wire: "vpcId", shape: &Shape::String },
    Member { name: "TargetNetworkId", wire: "targetNetworkId", shape: &Shape::String },
    Member { name: "ClientVpnEndpointId", wire: "clientVpnEndpointId", shape: &Shape::String },
    Member { name: "Status", wire: "status", shape: &ASSOCIATION_STATUS },
    Member { name: "SecurityGroups", wire: "securityGroups", shape: &VALUE_STRING_LIST },
    Member { name: "AvailabilityZones", wire: "availabilityZoneSet", shape: &CLIENT_VPN_AVAILABILITY_ZONE_SET },
    Member { name: "AvailabilityZoneIds", wire: "availabilityZoneIdSet", shape: &CLIENT_VPN_AVAILABILITY_ZONE_ID_SET },
]);

static TARGET_NETWORK_SET: Shape = Shape::List { item: &TARGET_NETWORK, wire: Some("item") };

static TRANSIT_GATEWAY: Shape = Shape::Structure(&[
    Member { name: "TransitGatewayId", wire: "transitGatewayId", shape: &Shape::String },
    Member { name: "TransitGatewayArn", wire: "transitGatewayArn", shape: &Shape::String },
    Member { name: "State", wire: "state", shape: &Shape::String },
    Member { name: "OwnerId", wire: "ownerId", shape: &Shape::String },
    Member { name: "Description", wire: "description", shape: &Shape::String },
    Member { name: "CreationTime", wire: "creationTime", shape: &Shape::String },
    Member { name: "Options", wire: "options", shape: &TRANSIT_GATEWAY_OPTIONS },
    Member { name: "Tags", wire: "tagSet", shape: &TAG_LIST },
]);

static TRANSIT_GATEWAY_ATTACHMENT: Shape = Shape::Structure(&[
    Member { name: "TransitGatewayAttachmentId", wire: "transitGatewayAttachmentId", shape: &Shape::String },
    Member { name: "TransitGatewayId", wire: "transitGatewayId", shape: &Shape::String },
    Member { name: "TransitGatewayOwnerId", wire: "transitGatewayOwnerId", shape: &Shape::String },
    Member { name: "ResourceOwnerId", wire: "resourceOwnerId", shape: &Shape::String },
    Member { name: "ResourceType", wire: "resourceType", shape: &Shape::String },
    Member { name: "ResourceId", wire: "resourceId", shape: &Shape::String },
    Member { name: "State", wire: "state", shape: &Shape::String },
    Member { name: "Association", wire: "association", shape: &TRANSIT_GATEWAY_ATTACHMENT_ASSOCIATION },
    Member { name: "CreationTime", wire: "creationTime", shape: &Shape::String },
    Member { name: "Tags", wire: "tagSet", shape: &TAG_LIST },
    Member { name: "NatGatewaySupport", wire: "natGatewaySupport", shape: &Shape::String },
]);

static TRANSIT_GATEWAY_ATTACHMENT_ASSOCIATION: Shape = Shape::Structure(&[
    Member { name: "TransitGatewayRouteTableId", wire: "transitGatewayRouteTableId", shape: &Shape::String },
    Member { name: "TransitGatewayPolicyTableId", wire: "transitGatewayPolicyTableId", shape: &Shape::String },
    Member { name: "State", wire: "state", shape: &Shape::String },
]);

static TRANSIT_GATEWAY_ATTACHMENT_LIST: Shape = Shape::List { item: &TRANSIT_GATEWAY_ATTACHMENT, wire: Some("item") };

static TRANSIT_GATEWAY_CONFIGURATION_DESCRIBE_ENDPOINT_STRUCTURE: Shape = Shape::Structure(&[
    Member { name: "TransitGatewayId", wire: "transitGatewayId", shape: &Shape::String },
    Member { name: "TransitGatewayAttachmentId", wire: "transitGatewayAttachmentId", shape: &Shape::String },
    Member { name: "AvailabilityZones", wire: "availabilityZoneSet", shape: &CLIENT_VPN_AVAILABILITY_ZONE_SET },
    Member { name: "AvailabilityZoneIds", wire: "availabilityZoneIdSet", shape: &CLIENT_VPN_AVAILABILITY_ZONE_ID_SET },
]);

static TRANSIT_GATEWAY_CONNECT: Shape = Shape::Structure(&[
    Member { name: "TransitGatewayAttachmentId", wire: "transitGatewayAttachmentId", shape: &Shape::String },
    Member {
        name: "TransportTransitGatewayAttachmentId",
        wire: "transportTransitGatewayAttachmentId",
        shape: &Shape::String,
    },
    Member { name: "TransitGatewayId", wire: "transitGatewayId", shape: &Shape::String },
    Member { name: "State", wire: "state", shape: &Shape::String },
    Member { name: "CreationTime", wire: "creationTime", shape: &Shape::String },
    Member { name: "Options", wire: "options", shape: &TRANSIT_GATEWAY_CONNECT_OPTIONS },
    Member { name: "Tags", wire: "tagSet", shape: &TAG_LIST },
]);

static TRANSIT_GATEWAY_CONNECT_LIST: Shape = Shape::List { item: &TRANSIT_GATEWAY_CONNECT, wire: Some("item") };

static TRANSIT_GATEWAY_CONNECT_OPTIONS: Shape =
    Shape::Structure(&[Member { name: "Protocol", wire: "protocol", shape: &Shape::String }]);

static TRANSIT_GATEWAY_LIST: Shape = Shape::List { item: &TRANSIT_GATEWAY, wire: Some("item") };

static TRANSIT_GATEWAY_OPTIONS: Shape = Shape::Structure(&[
    Member { name: "AmazonSideAsn", wire: "amazonSideAsn", shape: &Shape::Number },
    Member { name: "TransitGatewayCidrBlocks", wire: "transitGatewayCidrBlocks", shape: &VALUE_STRING_LIST },
    Member { name: "AutoAcceptSharedAttachments", wire: "autoAcceptSharedAttachments", shape: &Shape::String },
    Member { name: "DefaultRouteTableAssociation", wire: "defaultRouteTableAssociation", shape: &Shape::String },
    Member { name: "AssociationDefaultRouteTableId", wire: "associationDefaultRouteTableId", shape: &Shape::String },
    Member { name: "DefaultRouteTablePropagation", wire: "defaultRouteTablePropagation", shape: &Shape::String },
    Member { name: "PropagationDefaultRouteTableId", wire: "propagationDefaultRouteTableId", shape: &Shape::String },
    Member { name: "VpnEcmpSupport", wire: "vpnEcmpSupport", shape: &Shape::String },
    Member { name: "DnsSupport", wire: "dnsSupport", shape: &Shape::String },
    Member { name: "SecurityGroupReferencingSupport", wire: "securityGroupReferencingSupport", shape: &Shape::String },
    Member { name: "MulticastSupport", wire: "multicastSupport", shape: &Shape::String },
    Member { name: "EncryptionSupport", wire: "encryptionSupport", shape: &ENCRYPTION_SUPPORT },
]);

static TRANSIT_GATEWAY_PEERING_ATTACHMENT: Shape = Shape::Structure(&[
    Member { name: "TransitGatewayAttachmentId", wire: "transitGatewayAttachmentId", shape: &Shape::String },
    Member {
        name: "AccepterTransitGatewayAttachmentId",
        wire: "accepterTransitGatewayAttachmentId",
        shape: &Shape::String,
    },
    Member { name: "RequesterTgwInfo", wire: "requesterTgwInfo", shape: &PEERING_TGW_INFO },
    Member { name: "AccepterTgwInfo", wire: "accepterTgwInfo", shape: &PEERING_TGW_INFO },
    Member { name: "Options", wire: "options", shape: &TRANSIT_GATEWAY_PEERING_ATTACHMENT_OPTIONS },
    Member { name: "Status", wire: "status", shape: &PEERING_ATTACHMENT_STATUS },
    Member { name: "State", wire: "state", shape: &Shape::String },
    Member { name: "CreationTime", wire: "creationTime", shape: &Shape::String },
    Member { name: "Tags", wire: "tagSet", shape: &TAG_LIST },
]);

static TRANSIT_GATEWAY_PEERING_ATTACHMENT_LIST: Shape =
    Shape::List { item: &TRANSIT_GATEWAY_PEERING_ATTACHMENT, wire: Some("item") };

static TRANSIT_GATEWAY_PEERING_ATTACHMENT_OPTIONS: Shape = Shape::Structure(&[
    Member { name: "DynamicRouting", wire: "dynamicRouting", shape: &Shape::String },
    Member {
        name: "RequesterAllowMultipathResilience",
        wire: "requesterAllowMultipathResilience",
        shape: &Shape::Boolean,
    },
    Member {
        name: "RequesterMultipathResilienceMode",
        wire: "requesterMultipathResilienceMode",
        shape: &Shape::String,
    },
    Member {
        name: "AccepterAllowMultipathResilience",
        wire: "accepterAllowMultipathResilience",
        shape: &Shape::Boolean,
    },
    Member { name: "AccepterMultipathResilienceMode", wire: "accepterMultipathResilienceMode", shape: &Shape::String },
    Member { name: "MultipathResilienceStatus", wire: "multipathResilienceStatus", shape: &Shape::String },
]);

static TRANSIT_GATEWAY_PREFIX_LIST_ATTACHMENT: Shape = Shape::Structure(&[
    Member { name: "TransitGatewayAttachmentId", wire: "transitGatewayAttachmentId", shape: &Shape::String },
    Member { name: "ResourceType", wire: "resourceType", shape: &Shape::String },
    Member { name: "ResourceId", wire: "resourceId", shape: &Shape::String },
]);

static TRANSIT_GATEWAY_PREFIX_LIST_REFERENCE: Shape = Shape::Structure(&[
    Member { name: "TransitGatewayRouteTableId", wire: "transitGatewayRouteTableId", shape: &Shape::String },
    Member { name: "PrefixListId", wire: "prefixListId", shape: &Shape::String },
    Member { name: "PrefixListOwnerId", wire: "prefixListOwnerId", shape: &Shape::String },
    Member { name: "State", wire: "state", shape: &Shape::String },
    Member { name: "Blackhole", wire: "blackhole", shape: &Shape::Boolean },
    Member {
        name: "TransitGatewayAttachment",
        wire: "transitGatewayAttachment",
        shape: &TRANSIT_GATEWAY_PREFIX_LIST_ATTACHMENT,
    },
]);

static TRANSIT_GATEWAY_PREFIX_LIST_REFERENCE_SET: Shape =
    Shape::List { item: &TRANSIT_GATEWAY_PREFIX_LIST_REFERENCE, wire: Some("item") };

static TRANSIT_GATEWAY_ROUTE: Shape = Shape::Structure(&[
    Member { name: "DestinationCidrBlock", wire: "destinationCidrBlock", shape: &Shape::String },
    Member { name: "PrefixListId", wire: "prefixListId", shape: &Shape::String },
    Member {
        name: "TransitGatewayRouteTableAnnouncementId",
        wire: "transitGatewayRouteTableAnnouncementId",
        shape: &Shape::String,
    },
    Member {
        name: "TransitGatewayAttachments",
        wire: "transitGatewayAttachments",
        shape: &TRANSIT_GATEWAY_ROUTE_ATTACHMENT_LIST,
    },
    Member { name: "Type", wire: "type", shape: &Shape::String },
    Member { name: "State", wire: "state", shape: &Shape::String },
]);

static TRANSIT_GATEWAY_ROUTE_ATTACHMENT: Shape = Shape::Structure(&[
    Member { name: "ResourceId", wire: "resourceId", shape: &Shape::String },
    Member { name: "TransitGatewayAttachmentId", wire: "transitGatewayAttachmentId", shape: &Shape::String },
    Member { name: "ResourceType", wire: "resourceType", shape: &Shape::String },
]);

static TRANSIT_GATEWAY_ROUTE_ATTACHMENT_LIST: Shape =
    Shape::List { item: &TRANSIT_GATEWAY_ROUTE_ATTACHMENT, wire: Some("item") };

static TRANSIT_GATEWAY_ROUTE_LIST: Shape = Shape::List { item: &TRANSIT_GATEWAY_ROUTE, wire: Some("item") };

static TRANSIT_GATEWAY_ROUTE_TABLE: Shape = Shape::Structure(&[
    Member { name: "TransitGatewayRouteTableId", wire: "transitGatewayRouteTableId", shape: &Shape::String },
    Member { name: "TransitGatewayId", wire: "transitGatewayId", shape: &Shape::String },
    Member { name: "State", wire: "state", shape: &Shape::String },
    Member { name: "DefaultAssociationRouteTable", wire: "defaultAssociationRouteTable", shape: &Shape::Boolean },
    Member { name: "DefaultPropagationRouteTable", wire: "defaultPropagationRouteTable", shape: &Shape::Boolean },
    Member { name: "CreationTime", wire: "creationTime", shape: &Shape::String },
    Member { name: "Tags", wire: "tagSet", shape: &TAG_LIST },
]);

static TRANSIT_GATEWAY_ROUTE_TABLE_LIST: Shape = Shape::List { item: &TRANSIT_GATEWAY_ROUTE_TABLE, wire: Some("item") };

static TRANSIT_GATEWAY_ROUTE_TABLE_PROPAGATION: Shape = Shape::Structure(&[
    Member { name: "TransitGatewayAttachmentId", wire: "transitGatewayAttachmentId", shape: &Shape::String },
    Member { name: "ResourceId", wire: "resourceId", shape: &Shape::String },
    Member { name: "ResourceType", wire: "resourceType", shape: &Shape::String },
    Member { name: "State", wire: "state", shape: &Shape::String },
    Member {
        name: "TransitGatewayRouteTableAnnouncementId",
        wire: "transitGatewayRouteTableAnnouncementId",
        shape: &Shape::String,
    },
]);

static TRANSIT_GATEWAY_ROUTE_TABLE_PROPAGATION_LIST: Shape =
    Shape::List { item: &TRANSIT_GATEWAY_ROUTE_TABLE_PROPAGATION, wire: Some("item") };

static TRANSIT_GATEWAY_VPC_ATTACHMENT: Shape = Shape::Structure(&[
    Member { name: "TransitGatewayAttachmentId", wire: "transitGatewayAttachmentId", shape: &Shape::String },
    Member { name: "TransitGatewayId", wire: "transitGatewayId", shape: &Shape::String },
    Member { name: "VpcId", wire: "vpcId", shape: &Shape::String },
    Member { name: "VpcOwnerId", wire: "vpcOwnerId", shape: &Shape::String },
    Member { name: "State", wire: "state", shape: &Shape::String },
    Member { name: "SubnetIds", wire: "subnetIds", shape: &VALUE_STRING_LIST },
    Member { name: "CreationTime", wire: "creationTime", shape: &Shape::String },
    Member { name: "Options", wire: "options", shape: &TRANSIT_GATEWAY_VPC_ATTACHMENT_OPTIONS },
    Member { name: "Tags", wire: "tagSet", shape: &TAG_LIST },
]);

static TRANSIT_GATEWAY_VPC_ATTACHMENT_LIST: Shape =
    Shape::List { item: &TRANSIT_GATEWAY_VPC_ATTACHMENT, wire: Some("item") };

static TRANSIT_GATEWAY_VPC_ATTACHMENT_OPTIONS: Shape = Shape::Structure(&[
    Member { name: "DnsSupport", wire: "dnsSupport", shape: &Shape::String },
    Member { name: "SecurityGroupReferencingSupport", wire: "securityGroupReferencingSupport", shape: &Shape::String },
    Member { name: "Ipv6Support", wire: "ipv6Support", shape: &Shape::String },
    Member { name: "ApplianceModeSupport", wire: "applianceModeSupport", shape: &Shape::String },
]);

static TUNNEL_OPTION: Shape = Shape::Structure(&[
    Member { name: "OutsideIpAddress", wire: "outsideIpAddress", shape: &Shape::String },
    Member { name: "TunnelInsideCidr", wire: "tunnelInsideCidr", shape: &Shape::String },
    Member { name: "TunnelInsideIpv6Cidr", wire: "tunnelInsideIpv6Cidr", shape: &Shape::String },
    Member { name: "PreSharedKey", wire: "preSharedKey", shape: &Shape::String },
    Member { name: "Phase1LifetimeSeconds", wire: "phase1LifetimeSeconds", shape: &Shape::Number },
    Member { name: "Phase2LifetimeSeconds", wire: "phase2LifetimeSeconds", shape: &Shape::Number },
    Member { name: "RekeyMarginTimeSeconds", wire: "rekeyMarginTimeSeconds", shape: &Shape::Number },
    Member { name: "RekeyFuzzPercentage", wire: "rekeyFuzzPercentage", shape: &Shape::Number },
    Member { name: "ReplayWindowSize", wire: "replayWindowSize", shape: &Shape::Number },
    Member { name: "DpdTimeoutSeconds", wire: "dpdTimeoutSeconds", shape: &Shape::Number },
    Member { name: "DpdTimeoutAction", wire: "dpdTimeoutAction", shape: &Shape::String },
    Member {
        name: "Phase1EncryptionAlgorithms",
        wire: "phase1EncryptionAlgorithmSet",
        shape: &PHASE1_ENCRYPTION_ALGORITHMS_LIST,
    },
    Member {
        name: "Phase2EncryptionAlgorithms",
        wire: "phase2EncryptionAlgorithmSet",
        shape: &PHASE2_ENCRYPTION_ALGORITHMS_LIST,
    },
    Member {
        name: "Phase1IntegrityAlgorithms",
        wire: "phase1IntegrityAlgorithmSet",
        shape: &PHASE1_INTEGRITY_ALGORITHMS_LIST,
    },
    Member {
        name: "Phase2IntegrityAlgorithms",
        wire: "phase2IntegrityAlgorithmSet",
        shape: &PHASE2_INTEGRITY_ALGORITHMS_LIST,
    },
    Member { name: "Phase1DHGroupNumbers", wire: "phase1DHGroupNumberSet", shape: &PHASE1_D_H_GROUP_NUMBERS_LIST },
    Member { name: "Phase2DHGroupNumbers", wire: "phase2DHGroupNumberSet", shape: &PHASE2_D_H_GROUP_NUMBERS_LIST },
    Member { name: "IkeVersions", wire: "ikeVersionSet", shape: &I_K_E_VERSIONS_LIST },
    Member { name: "StartupAction", wire: "startupAction", shape: &Shape::String },
    Member { name: "LogOptions", wire: "logOptions", shape: &VPN_TUNNEL_LOG_OPTIONS },
    Member { name: "EnableTunnelLifecycleControl", wire: "enableTunnelLifecycleControl", shape: &Shape::Boolean },
    Member {
        name: "Phase1AdditionalKeyExchanges",
        wire: "phase1AdditionalKeyExchangeSet",
        shape: &ADDITIONAL_KEY_EXCHANGES_LIST,
    },
    Member {
        name: "Phase2AdditionalKeyExchanges",
        wire: "phase2AdditionalKeyExchangeSet",
        shape: &ADDITIONAL_KEY_EXCHANGES_LIST,
    },
]);

static TUNNEL_OPTIONS_LIST: Shape = Shape::List { item: &TUNNEL_OPTION, wire: Some("item") };

static USER_ID_GROUP_PAIR: Shape = Shape::Structure(&[
    Member { name: "Description", wire: "description", shape: &Shape::String },
    Member { name: "UserId", wire: "userId", shape: &Shape::String },
    Member { name: "GroupName", wire: "groupName", shape: &Shape::String },
    Member { name: "GroupId", wire: "groupId", shape: &Shape::String },
    Member { name: "VpcId", wire: "vpcId", shape: &Shape::String },
    Member { name: "VpcPeeringConnectionId", wire: "vpcPeeringConnectionId", shape: &Shape::String },
    Member { name: "PeeringStatus", wire: "peeringStatus", shape: &Shape::String },
]);

static USER_ID_GROUP_PAIR_LIST: Shape = Shape::List { item: &USER_ID_GROUP_PAIR, wire: Some("item") };

static VALUE_STRING_LIST: Shape = Shape::List { item: &Shape::String, wire: Some("item") };

static VALUE_STRING_LIST_INPUT: Shape = Shape::List { item: &Shape::String, wire: Some("item") };

static VGW_TELEMETRY: Shape = Shape::Structure(&[
    Member { name: "AcceptedRouteCount", wire: "acceptedRouteCount", shape: &Shape::Number },
    Member { name: "LastStatusChange", wire: "lastStatusChange", shape: &Shape::String },
    Member { name: "OutsideIpAddress", wire: "outsideIpAddress", shape: &Shape::String },
    Member { name: "Status", wire: "status", shape: &Shape::String },
    Member { name: "StatusMessage", wire: "statusMessage", shape: &Shape::String },
    Member { name: "CertificateArn", wire: "certificateArn", shape: &Shape::String },
]);

static VGW_TELEMETRY_LIST: Shape = Shape::List { item: &VGW_TELEMETRY, wire: Some("item") };

static VPC: Shape = Shape::Structure(&[
    Member { name: "OwnerId", wire: "ownerId", shape: &Shape::String },
    Member { name: "InstanceTenancy", wire: "instanceTenancy", shape: &Shape::String },
    Member {
        name: "Ipv6CidrBlockAssociationSet",
        wire: "ipv6CidrBlockAssociationSet",
        shape: &VPC_IPV6_CIDR_BLOCK_ASSOCIATION_SET,
    },
    Member { name: "CidrBlockAssociationSet", wire: "cidrBlockAssociationSet", shape: &VPC_CIDR_BLOCK_ASSOCIATION_SET },
    Member { name: "IsDefault", wire: "isDefault", shape: &Shape::Boolean },
    Member { name: "EncryptionControl", wire: "encryptionControl", shape: &VPC_ENCRYPTION_CONTROL },
    Member { name: "Tags", wire: "tagSet", shape: &TAG_LIST },
    Member { name: "BlockPublicAccessStates", wire: "blockPublicAccessStates", shape: &BLOCK_PUBLIC_ACCESS_STATES },
    Member { name: "VpcId", wire: "vpcId", shape: &Shape::String },
    Member { name: "State", wire: "state", shape: &Shape::String },
    Member { name: "CidrBlock", wire: "cidrBlock", shape: &Shape::String },
    Member { name: "DhcpOptionsId", wire: "dhcpOptionsId", shape: &Shape::String },
]);

static VPC_ATTACHMENT: Shape = Shape::Structure(&[
    Member { name: "VpcId", wire: "vpcId", shape: &Shape::String },
    Member { name: "State", wire: "state", shape: &Shape::String },
]);

static VPC_ATTACHMENT_LIST: Shape = Shape::List { item: &VPC_ATTACHMENT, wire: Some("item") };

static VPC_BLOCK_PUBLIC_ACCESS_EXCLUSION: Shape = Shape::Structure(&[
    Member { name: "ExclusionId", wire: "exclusionId", shape: &Shape::String },
    Member { name: "InternetGatewayExclusionMode", wire: "internetGatewayExclusionMode", shape: &Shape::String },
    Member { name: "ResourceArn", wire: "resourceArn", shape: &Shape::String },
    Member { name: "State", wire: "state", shape: &Shape::String },
    Member { name: "Reason", wire: "reason", shape: &Shape::String },
    Member { name: "CreationTimestamp", wire: "creationTimestamp", shape: &Shape::String },
    Member { name: "LastUpdateTimestamp", wire: "lastUpdateTimestamp", shape: &Shape::String },
    Member { name: "DeletionTimestamp", wire: "deletionTimestamp", shape: &Shape::String },
    Member { name: "Tags", wire: "tagSet", shape: &TAG_LIST },
]);

static VPC_BLOCK_PUBLIC_ACCESS_EXCLUSION_LIST: Shape =
    Shape::List { item: &VPC_BLOCK_PUBLIC_ACCESS_EXCLUSION, wire: Some("item") };

static VPC_BLOCK_PUBLIC_ACCESS_OPTIONS: Shape = Shape::Structure(&[
    Member { name: "AwsAccountId", wire: "awsAccountId", shape: &Shape::String },
    Member { name: "AwsRegion", wire: "awsRegion", shape: &Shape::String },
    Member { name: "State", wire: "state", shape: &Shape::String },
    Member { name: "InternetGatewayBlockMode", wire: "internetGatewayBlockMode", shape: &Shape::String },
    Member { name: "Reason", wire: "reason", shape: &Shape::String },
    Member { name: "LastUpdateTimestamp", wire: "lastUpdateTimestamp", shape: &Shape::String },
    Member { name: "ManagedBy", wire: "managedBy", shape: &Shape::String },
    Member { name: "ExclusionsAllowed", wire: "exclusionsAllowed", shape: &Shape::String },
]);

static VPC_CIDR_BLOCK_ASSOCIATION: Shape = Shape::Structure(&[
    Member { name: "AssociationId", wire: "associationId", shape: &Shape::String },
    Member { name: "CidrBlock", wire: "cidrBlock", shape: &Shape::String },
    Member { name: "CidrBlockState", wire: "cidrBlockState", shape: &VPC_CIDR_BLOCK_STATE },
]);

static VPC_CIDR_BLOCK_ASSOCIATION_SET: Shape = Shape::List { item: &VPC_CIDR_BLOCK_ASSOCIATION, wire: Some("item") };

static VPC_CIDR_BLOCK_STATE: Shape = Shape::Structure(&[
    Member { name: "State", wire: "state", shape: &Shape::String },
    Member { name: "StatusMessage", wire: "statusMessage", shape: &Shape::String },
]);

static VPC_ENCRYPTION_CONTROL: Shape = Shape::Structure(&[
    Member { name: "VpcId", wire: "vpcId", shape: &Shape::String },
    Member { name: "VpcEncryptionControlId", wire: "vpcEncryptionControlId", shape: &Shape::String },
    Member { name: "Mode", wire: "mode", shape: &Shape::String },
    Member { name: "State", wire: "state", shape: &Shape::String },
    Member { name: "StateMessage", wire: "stateMessage", shape: &Shape::String },
    Member { name: "ResourceExclusions", wire: "resourceExclusions", shape: &VPC_ENCRYPTION_CONTROL_EXCLUSIONS },
    Member { name: "Tags", wire: "tagSet", shape: &TAG_LIST },
]);

static VPC_ENCRYPTION_CONTROL_EXCLUSION: Shape = Shape::Structure(&[
    Member { name: "State", wire: "state", shape: &Shape::String },
    Member { name: "StateMessage", wire: "stateMessage", shape: &Shape::String },
]);

static VPC_ENCRYPTION_CONTROL_EXCLUSIONS: Shape = Shape::Structure(&[
    Member { name: "InternetGateway", wire: "internetGateway", shape: &VPC_ENCRYPTION_CONTROL_EXCLUSION },
    Member {
        name: "EgressOnlyInternetGateway",
        wire: "egressOnlyInternetGateway",
        shape: &VPC_ENCRYPTION_CONTROL_EXCLUSION,
    },
    Member { name: "NatGateway", wire: "natGateway", shape: &VPC_ENCRYPTION_CONTROL_EXCLUSION },
    Member { name: "VirtualPrivateGateway", wire: "virtualPrivateGateway", shape: &VPC_ENCRYPTION_CONTROL_EXCLUSION },
    Member { name: "VpcPeering", wire: "vpcPeering", shape: &VPC_ENCRYPTION_CONTROL_EXCLUSION },
    Member { name: "Lambda", wire: "lambda", shape: &VPC_ENCRYPTION_CONTROL_EXCLUSION },
    Member { name: "VpcLattice", wire: "vpcLattice", shape: &VPC_ENCRYPTION_CONTROL_EXCLUSION },
    Member { name: "ElasticFileSystem", wire: "elasticFileSystem", shape: &VPC_ENCRYPTION_CONTROL_EXCLUSION },
    Member { name: "GlobalAccelerator", wire: "globalAccelerator", shape: &VPC_ENCRYPTION_CONTROL_EXCLUSION },
    Member { name: "ApiGatewayV2", wire: "apiGatewayV2", shape: &VPC_ENCRYPTION_CONTROL_EXCLUSION },
]);

static VPC_ENDPOINT: Shape = Shape::Structure(&[
    Member { name: "VpcEndpointId", wire: "vpcEndpointId", shape: &Shape::String },
    Member { name: "VpcEndpointType", wire: "vpcEndpointType", shape: &Shape::String },
    Member { name: "VpcId", wire: "vpcId", shape: &Shape::String },
    Member { name: "ServiceName", wire: "serviceName", shape: &Shape::String },
    Member { name: "State", wire: "state", shape: &Shape::String },
    Member { name: "PolicyDocument", wire: "policyDocument", shape: &Shape::String },
    Member { name: "RouteTableIds", wire: "routeTableIdSet", shape: &VALUE_STRING_LIST },
    Member { name: "SubnetIds", wire: "subnetIdSet", shape: &VALUE_STRING_LIST },
    Member { name: "Groups", wire: "groupSet", shape: &GROUP_IDENTIFIER_SET },
    Member { name: "IpAddressType", wire: "ipAddressType", shape: &Shape::String },
    Member { name: "DnsOptions", wire: "dnsOptions", shape: &DNS_OPTIONS },
    Member { name: "PrivateDnsEnabled", wire: "privateDnsEnabled", shape: &Shape::Boolean },
    Member { name: "RequesterManaged", wire: "requesterManaged", shape: &Shape::Boolean },
    Member { name: "NetworkInterfaceIds", wire: "networkInterfaceIdSet", shape: &VALUE_STRING_LIST },
    Member { name: "DnsEntries", wire: "dnsEntrySet", shape: &DNS_ENTRY_SET },
    Member { name: "CreationTimestamp", wire: "creationTimestamp", shape: &Shape::String },
    Member { name: "Tags", wire: "tagSet", shape: &TAG_LIST },
    Member { name: "OwnerId", wire: "ownerId", shape: &Shape::String },
    Member { name: "LastError", wire: "lastError", shape: &LAST_ERROR },
    Member { name: "Ipv4Prefixes", wire: "ipv4PrefixSet", shape: &SUBNET_IP_PREFIXES_LIST },
    Member { name: "Ipv6Prefixes", wire: "ipv6PrefixSet", shape: &SUBNET_IP_PREFIXES_LIST },
    Member { name: "FailureReason", wire: "failureReason", shape: &Shape::String },
    Member { name: "ServiceNetworkArn", wire: "serviceNetworkArn", shape: &Shape::String },
    Member { name: "ResourceConfigurationArn", wire: "resourceConfigurationArn", shape: &Shape::String },
    Member { name: "ServiceRegion", wire: "serviceRegion", shape: &Shape::String },
    Member { name: "PayerResponsibilities", wire: "payerResponsibilitySet", shape: &PAYER_RESPONSIBILITY_SET },
]);

static VPC_ENDPOINT_CONNECTION: Shape = Shape::Structure(&[
    Member { name: "ServiceId", wire: "serviceId", shape: &Shape::String },
    Member { name: "VpcEndpointId", wire: "vpcEndpointId", shape: &Shape::String },
    Member { name: "VpcEndpointOwner", wire: "vpcEndpointOwner", shape: &Shape::String },
    Member { name: "VpcEndpointState", wire: "vpcEndpointState", shape: &Shape::String },
    Member { name: "CreationTimestamp", wire: "creationTimestamp", shape: &Shape::String },
    Member { name: "DnsEntries", wire: "dnsEntrySet", shape: &DNS_ENTRY_SET },
    Member { name: "NetworkLoadBalancerArns", wire: "networkLoadBalancerArnSet", shape: &VALUE_STRING_LIST },
    Member { name: "GatewayLoadBalancerArns", wire: "gatewayLoadBalancerArnSet", shape: &VALUE_STRING_LIST },
    Member { name: "IpAddressType", wire: "ipAddressType", shape: &Shape::String },
    Member { name: "VpcEndpointConnectionId", wire: "vpcEndpointConnectionId", shape: &Shape::String },
    Member { name: "Tags", wire: "tagSet", shape: &TAG_LIST },
    Member { name: "VpcEndpointRegion", wire: "vpcEndpointRegion", shape: &Shape::String },
    Member { name: "PayerResponsibilities", wire: "payerResponsibilitySet", shape: &PAYER_RESPONSIBILITY_SET },
    Member { name: "TransitGatewayAttachmentId", wire: "transitGatewayAttachmentId", shape: &Shape::String },
    Member { name: "TransitGatewayAttachmentOwner", wire: "transitGatewayAttachmentOwner", shape: &Shape::String },
]);

static VPC_ENDPOINT_CONNECTION_SET: Shape = Shape::List { item: &VPC_ENDPOINT_CONNECTION, wire: Some("item") };

static VPC_ENDPOINT_SET: Shape = Shape::List { item: &VPC_ENDPOINT, wire: Some("item") };

static VPC_IPV6_CIDR_BLOCK_ASSOCIATION: Shape = Shape::Structure(&[
    Member { name: "AssociationId", wire: "associationId", shape: &Shape::String },
    Member { name: "Ipv6CidrBlock", wire: "ipv6CidrBlock", shape: &Shape::String },
    Member { name: "Ipv6CidrBlockState", wire: "ipv6CidrBlockState", shape: &VPC_CIDR_BLOCK_STATE },
    Member { name: "NetworkBorderGroup", wire: "networkBorderGroup", shape: &Shape::String },
    Member { name: "Ipv6Pool", wire: "ipv6Pool", shape: &Shape::String },
    Member { name: "Ipv6AddressAttribute", wire: "ipv6AddressAttribute", shape: &Shape::String },
    Member { name: "IpSource", wire: "ipSource", shape: &Shape::String },
]);

static VPC_IPV6_CIDR_BLOCK_ASSOCIATION_SET: Shape =
    Shape::List { item: &VPC_IPV6_CIDR_BLOCK_ASSOCIATION, wire: Some("item") };

static VPC_LIST: Shape = Shape::List { item: &VPC, wire: Some("item") };

static VPC_PEERING_CONNECTION: Shape = Shape::Structure(&[
    Member { name: "AccepterVpcInfo", wire: "accepterVpcInfo", shape: &VPC_PEERING_CONNECTION_VPC_INFO },
    Member { name: "ExpirationTime", wire: "expirationTime", shape: &Shape::String },
    Member { name: "RequesterVpcInfo", wire: "requesterVpcInfo", shape: &VPC_PEERING_CONNECTION_VPC_INFO },
    Member { name: "Status", wire: "status", shape: &VPC_PEERING_CONNECTION_STATE_REASON },
    Member { name: "Tags", wire: "tagSet", shape: &TAG_LIST },
    Member { name: "VpcPeeringConnectionId", wire: "vpcPeeringConnectionId", shape: &Shape::String },
    Member { name: "MultipathResilienceStatus", wire: "multipathResilienceStatus", shape: &Shape::String },
]);

static VPC_PEERING_CONNECTION_LIST: Shape = Shape::List { item: &VPC_PEERING_CONNECTION, wire: Some("item") };

static VPC_PEERING_CONNECTION_OPTIONS_DESCRIPTION: Shape = Shape::Structure(&[
    Member { name: "AllowDnsResolutionFromRemoteVpc", wire: "allowDnsResolutionFromRemoteVpc", shape: &Shape::Boolean },
    Member {
        name: "AllowEgressFromLocalClassicLinkToRemoteVpc",
        wire: "allowEgressFromLocalClassicLinkToRemoteVpc",
        shape: &Shape::Boolean,
    },
    Member {
        name: "AllowEgressFromLocalVpcToRemoteClassicLink",
        wire: "allowEgressFromLocalVpcToRemoteClassicLink",
        shape: &Shape::Boolean,
    },
    Member { name: "AllowMultipathResilience", wire: "allowMultipathResilience", shape: &Shape::Boolean },
    Member { name: "MultipathResilienceMode", wire: "multipathResilienceMode", shape: &Shape::String },
]);

static VPC_PEERING_CONNECTION_STATE_REASON: Shape = Shape::Structure(&[
    Member { name: "Code", wire: "code", shape: &Shape::String },
    Member { name: "Message", wire: "message", shape: &Shape::String },
]);

static VPC_PEERING_CONNECTION_VPC_INFO: Shape = Shape::Structure(&[
    Member { name: "CidrBlock", wire: "cidrBlock", shape: &Shape::String },
    Member { name: "Ipv6CidrBlockSet", wire: "ipv6CidrBlockSet", shape: &IPV6_CIDR_BLOCK_SET },
    Member { name: "CidrBlockSet", wire: "cidrBlockSet", shape: &CIDR_BLOCK_SET },
    Member { name: "OwnerId", wire: "ownerId", shape: &Shape::String },
    Member { name: "PeeringOptions", wire: "peeringOptions", shape: &VPC_PEERING_CONNECTION_OPTIONS_DESCRIPTION },
    Member { name: "VpcId", wire: "vpcId", shape: &Shape::String },
    Member { name: "Region", wire: "region", shape: &Shape::String },
]);

static VPN_ADDITIONAL_KEY_EXCHANGE: Shape = Shape::Structure(&[
    Member { name: "AdditionalKeyExchangeRound", wire: "additionalKeyExchangeRound", shape: &Shape::Number },
    Member { name: "KeyExchangeMethods", wire: "keyExchangeMethodSet", shape: &ADDITIONAL_KEY_EXCHANGE_METHODS_LIST },
    Member { name: "Requirement", wire: "requirement", shape: &Shape::String },
]);

static VPN_CONNECTION: Shape = Shape::Structure(&[
    Member { name: "Category", wire: "category", shape: &Shape::String },
    Member { name: "TransitGatewayId", wire: "transitGatewayId", shape: &Shape::String },
    Member { name: "VpnConcentratorId", wire: "vpnConcentratorId", shape: &Shape::String },
    Member { name: "CoreNetworkArn", wire: "coreNetworkArn", shape: &Shape::String },
    Member { name: "CoreNetworkAttachmentArn", wire: "coreNetworkAttachmentArn", shape: &Shape::String },
    Member { name: "GatewayAssociationState", wire: "gatewayAssociationState", shape: &Shape::String },
    Member { name: "Options", wire: "options", shape: &VPN_CONNECTION_OPTIONS },
    Member { name: "Routes", wire: "routes", shape: &VPN_STATIC_ROUTE_LIST },
    Member { name: "Tags", wire: "tagSet", shape: &TAG_LIST },
    Member { name: "VgwTelemetry", wire: "vgwTelemetry", shape: &VGW_TELEMETRY_LIST },
    Member { name: "PreSharedKeyArn", wire: "preSharedKeyArn", shape: &Shape::String },
    Member { name: "VpnConnectionId", wire: "vpnConnectionId", shape: &Shape::String },
    Member { name: "State", wire: "state", shape: &Shape::String },
    Member { name: "CustomerGatewayConfiguration", wire: "customerGatewayConfiguration", shape: &Shape::String },
    Member { name: "Type", wire: "type", shape: &Shape::String },
    Member { name: "CustomerGatewayId", wire: "customerGatewayId", shape: &Shape::String },
    Member { name: "VpnGatewayId", wire: "vpnGatewayId", shape: &Shape::String },
]);

static VPN_CONNECTION_LIST: Shape = Shape::List { item: &VPN_CONNECTION, wire: Some("item") };

static VPN_CONNECTION_OPTIONS: Shape = Shape::Structure(&[
    Member { name: "EnableAcceleration", wire: "enableAcceleration", shape: &Shape::Boolean },
    Member { name: "StaticRoutesOnly", wire: "staticRoutesOnly", shape: &Shape::Boolean },
    Member { name: "LocalIpv4NetworkCidr", wire: "localIpv4NetworkCidr", shape: &Shape::String },
    Member { name: "RemoteIpv4NetworkCidr", wire: "remoteIpv4NetworkCidr", shape: &Shape::String },
    Member { name: "LocalIpv6NetworkCidr", wire: "localIpv6NetworkCidr", shape: &Shape::String },
    Member { name: "RemoteIpv6NetworkCidr", wire: "remoteIpv6NetworkCidr", shape: &Shape::String },
    Member { name: "OutsideIpAddressType", wire: "outsideIpAddressType", shape: &Shape::String },
    Member {
        name: "TransportTransitGatewayAttachmentId",
        wire: "transportTransitGatewayAttachmentId",
        shape: &Shape::String,
    },
    Member { name: "TunnelInsideIpVersion", wire: "tunnelInsideIpVersion", shape: &Shape::String },
    Member { name: "TunnelOptions", wire: "tunnelOptionSet", shape: &TUNNEL_OPTIONS_LIST },
    Member { name: "TunnelBandwidth", wire: "tunnelBandwidth", shape: &Shape::String },
]);

static VPN_GATEWAY: Shape = Shape::Structure(&[
    Member { name: "AmazonSideAsn", wire: "amazonSideAsn", shape: &Shape::Number },
    Member { name: "Tags", wire: "tagSet", shape: &TAG_LIST },
    Member { name: "VpnGatewayId", wire: "vpnGatewayId", shape: &Shape::String },
    Member { name: "State", wire: "state", shape: &Shape::String },
    Member { name: "Type", wire: "type", shape: &Shape::String },
    Member { name: "AvailabilityZone", wire: "availabilityZone", shape: &Shape::String },
    Member { name: "VpcAttachments", wire: "attachments", shape: &VPC_ATTACHMENT_LIST },
]);

static VPN_GATEWAY_LIST: Shape = Shape::List { item: &VPN_GATEWAY, wire: Some("item") };

static VPN_STATIC_ROUTE: Shape = Shape::Structure(&[
    Member { name: "DestinationCidrBlock", wire: "destinationCidrBlock", shape: &Shape::String },
    Member { name: "Source", wire: "source", shape: &Shape::String },
    Member { name: "State", wire: "state", shape: &Shape::String },
]);

static VPN_STATIC_ROUTE_LIST: Shape = Shape::List { item: &VPN_STATIC_ROUTE, wire: Some("item") };

static VPN_TUNNEL_LOG_OPTIONS: Shape = Shape::Structure(&[Member {
    name: "CloudWatchLogOptions",
    wire: "cloudWatchLogOptions",
    shape: &CLOUD_WATCH_LOG_OPTIONS,
}]);
