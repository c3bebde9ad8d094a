//! What a reader must be allowed, as an IAM role: a policy made from the list of calls, trust for who reads, and
//! CloudFormation templates that make the role in one account or in many.

use std::collections::BTreeSet;
use std::str::FromStr;

use inspector_model::arn::AccountId;
use serde_json::{Value, json};

use crate::generated::calls::CALLS;

/// Every IAM action that a snapshot uses.
pub fn actions() -> BTreeSet<String> {
    CALLS.iter().map(|call| call.operation.action()).collect()
}

/// The policy: these reads, of everything. AWS has no resource-level permissions for what lists.
pub fn policy() -> Value {
    let statement = json!({"Sid": "ReadNetworks", "Effect": "Allow", "Action": actions(), "Resource": "*"});
    json!({"Version": "2012-10-17", "Statement": [statement]})
}

/// Who may assume the role: an ARN, or an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trust(Value);

/// Text that names nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("use the ARN of a role or user, or an account of 12 digits")]
pub struct NoPrincipal;

impl FromStr for Trust {
    type Err = NoPrincipal;

    fn from_str(text: &str) -> Result<Self, NoPrincipal> {
        if text.parse::<AccountId>().is_ok() {
            return Ok(Self(json!({"Fn::Sub": format!("arn:${{AWS::Partition}}:iam::{text}:root")})));
        }
        let fields: Vec<&str> = text.split(':').collect();
        match fields.as_slice() {
            ["arn", _, "iam", "", account, who] if account.parse::<AccountId>().is_ok() && !who.is_empty() => {
                Ok(Self(json!(text)))
            }
            _ => Err(NoPrincipal),
        }
    }
}

impl Trust {
    /// The principal where no template is there to fill in the partition.
    fn plain(&self) -> Value {
        let inserted =
            self.0.get("Fn::Sub").and_then(Value::as_str).map(|text| text.replace("${AWS::Partition}", "aws"));
        inserted.map_or_else(|| self.0.clone(), Value::from)
    }
}

/// A role to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    /// What it is called.
    pub name: String,
    /// Who may assume it.
    pub trust: Trust,
    /// What they must say, against the confused deputy (IAM, "The confused deputy problem").
    pub external_id: Option<String>,
}

/// The accounts that a stack set makes the role in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deployment {
    /// These, by the administration role that the accounts trust already.
    Accounts(Vec<String>),
    /// All of these units, now and later, by AWS Organizations.
    OrganizationalUnits(Vec<String>),
}

impl Role {
    /// Trust and policy, as `aws iam create-role` and `put-role-policy` take them.
    pub fn documents(&self) -> Value {
        let trust = self.trust_policy(&self.trust.plain());
        json!({"RoleName": self.name, "AssumeRolePolicyDocument": trust, "PolicyDocument": policy()})
    }

    /// A CloudFormation template that makes the role in one account.
    pub fn template(&self) -> Value {
        let properties = json!({
            "RoleName": self.name,
            "Description": "Reads the configuration of networks for OpenInspector",
            "AssumeRolePolicyDocument": self.trust_policy(&self.trust.0),
            "Policies": [{"PolicyName": "ReadNetworks", "PolicyDocument": policy()}],
        });
        json!({
            "AWSTemplateFormatVersion": "2010-09-09",
            "Description": "The role by which OpenInspector reads the network of this account",
            "Resources": {"Reader": {"Type": "AWS::IAM::Role", "Properties": properties}},
            "Outputs": {"RoleArn": {"Description": "For --account-role", "Value": {"Fn::GetAtt": ["Reader", "Arn"]}}},
        })
    }

    /// A CloudFormation template that makes the role in many accounts. Roles are global, so one Region is enough.
    pub fn stack_set(&self, deployment: &Deployment) -> Value {
        let targets = match deployment {
            Deployment::Accounts(accounts) => json!({"Accounts": accounts}),
            Deployment::OrganizationalUnits(units) => json!({"OrganizationalUnitIds": units}),
        };
        let mut properties = json!({
            "StackSetName": self.name,
            "Description": "The role by which OpenInspector reads the networks of these accounts",
            "Capabilities": ["CAPABILITY_NAMED_IAM"],
            "PermissionModel": "SELF_MANAGED",
            "StackInstancesGroup": [{"DeploymentTargets": targets, "Regions": [{"Ref": "AWS::Region"}]}],
            "TemplateBody": self.template().to_string(),
        });
        if let (Deployment::OrganizationalUnits(_), Some(properties)) = (deployment, properties.as_object_mut()) {
            properties.insert("PermissionModel".to_owned(), json!("SERVICE_MANAGED"));
            let deploy = json!({"Enabled": true, "RetainStacksOnAccountRemoval": false});
            properties.insert("AutoDeployment".to_owned(), deploy);
        }
        json!({
            "AWSTemplateFormatVersion": "2010-09-09",
            "Description": "The role by which OpenInspector reads networks, in many accounts",
            "Resources": {"Readers": {"Type": "AWS::CloudFormation::StackSet", "Properties": properties}},
        })
    }

    fn trust_policy(&self, principal: &Value) -> Value {
        let mut statement = json!({"Effect": "Allow", "Principal": {"AWS": principal}, "Action": "sts:AssumeRole"});
        if let (Some(id), Some(statement)) = (&self.external_id, statement.as_object_mut()) {
            statement.insert("Condition".to_owned(), json!({"StringEquals": {"sts:ExternalId": id}}));
        }
        json!({"Version": "2012-10-17", "Statement": [statement]})
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn role(external_id: Option<&str>) -> Role {
        let external_id = external_id.map(str::to_owned);
        Role { name: "OpenInspectorRead".to_owned(), trust: "111122223333".parse().unwrap(), external_id }
    }

    /// Amazon Inspector Classic's service-linked role, the reference list of what network reachability reads, less tags,
    /// which stand in the records, and less Regions and AWS-owned prefix lists by their older call.
    #[test]
    fn the_policy_covers_what_the_service_linked_role_read() {
        let actions = actions();
        for action in [
            "directconnect:DescribeConnections",
            "directconnect:DescribeDirectConnectGatewayAssociations",
            "directconnect:DescribeVirtualInterfaces",
            "ec2:DescribeInstances",
            "ec2:DescribeManagedPrefixLists",
            "ec2:GetManagedPrefixListEntries",
            "ec2:SearchTransitGatewayRoutes",
            "ec2:GetTransitGatewayRouteTablePropagations",
            "elasticloadbalancing:DescribeTargetHealth",
        ] {
            assert!(actions.contains(action), "{action}");
        }
    }

    #[test]
    fn every_action_reads() {
        for action in actions() {
            let (_, verb) = action.split_once(':').unwrap();
            assert!(["Describe", "Get", "List", "Search"].iter().any(|start| verb.starts_with(start)), "{action}");
        }
    }

    #[test]
    fn trust_is_for_one_principal_and_its_external_id() {
        let documents = role(Some("k-1")).documents();
        let statement = &documents["AssumeRolePolicyDocument"]["Statement"][0];
        assert_eq!(statement["Principal"]["AWS"], "arn:aws:iam::111122223333:root");
        assert_eq!(statement["Condition"]["StringEquals"]["sts:ExternalId"], "k-1");
        assert!(role(None).documents()["AssumeRolePolicyDocument"]["Statement"][0].get("Condition").is_none());
        assert!("arn:aws-cn:iam::111122223333:role/Reader".parse::<Trust>().is_ok());
        for bad in ["*", "1", "arn:aws:iam::*:root", "arn:aws:s3:::bucket", "arn:aws:iam::111122223333:"] {
            assert_eq!(bad.parse::<Trust>(), Err(NoPrincipal), "{bad}");
        }
    }

    #[test]
    fn a_stack_set_holds_the_template_of_one_account_within_its_limit() {
        let role = role(None);
        let set = role.stack_set(&Deployment::OrganizationalUnits(vec!["ou-1".to_owned()]));
        let properties = &set["Resources"]["Readers"]["Properties"];
        let body = properties["TemplateBody"].as_str().unwrap();
        assert_eq!(serde_json::from_str::<Value>(body).unwrap(), role.template());
        assert!(body.len() < 51_200, "CloudFormation, Quotas: template body");
        assert_eq!(properties["PermissionModel"], "SERVICE_MANAGED");
    }
}
