//! The `Network Firewall` service, version 2020-11-12.
// Written by `cargo xtask generate` from the service model. Do not edit.

use crate::table::{Member, Operation, Pages, Protocol, Service, Shape};

pub(crate) static SERVICE: Service = Service {
    name: "network-firewall",
    id: "Network Firewall",
    api_version: "2020-11-12",
    endpoint_prefix: "network-firewall",
    signing_name: "network-firewall",
    protocol: Protocol::Json { target: "NetworkFirewall_20201112", version: "1.0" },
};

pub(crate) static DESCRIBE_FIREWALL: Operation = Operation {
    service: &SERVICE,
    name: "DescribeFirewall",
    input: &[Member { name: "FirewallArn", wire: "FirewallArn", shape: &Shape::String }],
    output: &[
        Member { name: "UpdateToken", wire: "UpdateToken", shape: &Shape::String },
        Member { name: "Firewall", wire: "Firewall", shape: &Shape::Any },
        Member { name: "FirewallStatus", wire: "FirewallStatus", shape: &Shape::Any },
    ],
    wrapper: None,
    pages: None,
};

pub(crate) static DESCRIBE_FIREWALL_POLICY: Operation = Operation {
    service: &SERVICE,
    name: "DescribeFirewallPolicy",
    input: &[Member { name: "FirewallPolicyArn", wire: "FirewallPolicyArn", shape: &Shape::String }],
    output: &[
        Member { name: "UpdateToken", wire: "UpdateToken", shape: &Shape::String },
        Member { name: "FirewallPolicyResponse", wire: "FirewallPolicyResponse", shape: &Shape::Any },
        Member { name: "FirewallPolicy", wire: "FirewallPolicy", shape: &Shape::Any },
    ],
    wrapper: None,
    pages: None,
};

pub(crate) static DESCRIBE_RULE_GROUP: Operation = Operation {
    service: &SERVICE,
    name: "DescribeRuleGroup",
    input: &[Member { name: "RuleGroupArn", wire: "RuleGroupArn", shape: &Shape::String }],
    output: &[
        Member { name: "UpdateToken", wire: "UpdateToken", shape: &Shape::String },
        Member { name: "RuleGroup", wire: "RuleGroup", shape: &Shape::Any },
        Member { name: "FirewallRuleGroup", wire: "FirewallRuleGroup", shape: &Shape::Any },
        Member { name: "IpsRuleGroup", wire: "IpsRuleGroup", shape: &Shape::Any },
        Member { name: "RuleGroupResponse", wire: "RuleGroupResponse", shape: &Shape::Any },
    ],
    wrapper: None,
    pages: None,
};

pub(crate) static LIST_FIREWALLS: Operation = Operation {
    service: &SERVICE,
    name: "ListFirewalls",
    input: &[
        Member { name: "NextToken", wire: "NextToken", shape: &Shape::String },
        Member { name: "MaxResults", wire: "MaxResults", shape: &Shape::Number },
    ],
    output: &[
        Member { name: "NextToken", wire: "NextToken", shape: &Shape::String },
        Member { name: "Firewalls", wire: "Firewalls", shape: &Shape::Any },
    ],
    wrapper: None,
    pages: Some(Pages { ask: "NextToken", answer: "NextToken", limit: Some("MaxResults"), most: Some(100) }),
};
