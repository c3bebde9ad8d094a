//! Policies that are there from the start: AWS's own by their names, and ours for what AWS never had.
//!
//! Contents of AWS's: those statements that concern services answered here (reference data of the policies' published
//! versions: AmazonInspectorFullAccess v5, AmazonInspectorReadOnlyAccess v4). Statements about other services are kept
//! where a client could show them.

/// A policy that nobody can change.
#[derive(Debug, Clone, Copy)]
pub struct Managed {
    /// By which it is attached.
    pub arn: &'static str,
    /// What it says.
    pub document: &'static str,
}

/// All of them, by ARN.
pub const ALL: &[Managed] = &[
    Managed {
        arn: "arn:aws:iam::aws:policy/AdministratorAccess",
        document: r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}"#,
    },
    Managed {
        arn: "arn:aws:iam::aws:policy/AmazonInspectorFullAccess",
        document: r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["inspector:*","ec2:DescribeInstances","ec2:DescribeTags","sns:ListTopics","events:DescribeRule","events:ListRuleNamesByTarget"],"Resource":"*"},{"Effect":"Allow","Action":["iam:PassRole"],"Resource":"*","Condition":{"StringEquals":{"iam:PassedToService":["inspector.amazonaws.com"]}}},{"Effect":"Allow","Action":"iam:CreateServiceLinkedRole","Resource":"arn:aws:iam::*:role/aws-service-role/inspector.amazonaws.com/AWSServiceRoleForAmazonInspector","Condition":{"StringLike":{"iam:AWSServiceName":"inspector.amazonaws.com"}}}]}"#,
    },
    Managed {
        arn: "arn:aws:iam::aws:policy/AmazonInspectorReadOnlyAccess",
        document: r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["inspector:Describe*","inspector:Get*","inspector:List*","inspector:Preview*","ec2:DescribeInstances","ec2:DescribeTags","sns:ListTopics","events:DescribeRule","events:ListRuleNamesByTarget"],"Resource":"*"}]}"#,
    },
    Managed {
        arn: "arn:aws:iam::aws:policy/IAMFullAccess",
        document: r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["iam:*","organizations:DescribeAccount","organizations:DescribeOrganization","organizations:DescribeOrganizationalUnit","organizations:DescribePolicy","organizations:ListChildren","organizations:ListParents","organizations:ListPoliciesForTarget","organizations:ListRoots","organizations:ListPolicies","organizations:ListTargetsForPolicy"],"Resource":"*"}]}"#,
    },
    Managed {
        arn: "arn:aws:iam::openinspector:policy/OpenInspectorFullAccess",
        document: r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["inspector:*","openinspector:*"],"Resource":"*"}]}"#,
    },
    Managed {
        arn: "arn:aws:iam::openinspector:policy/OpenInspectorReadOnlyAccess",
        document: r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["inspector:Describe*","inspector:Get*","inspector:List*","inspector:Preview*","openinspector:Describe*","openinspector:Get*","openinspector:List*"],"Resource":"*"}]}"#,
    },
];

/// The policy with this ARN.
pub fn find(arn: &str) -> Option<&'static Managed> {
    ALL.iter().find(|policy| policy.arn == arn)
}
