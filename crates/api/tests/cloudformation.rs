//! Stacks from templates: what is called, in which order, and what is left when a call fails. The API on the other side
//! is a list of what was called; its ARNs are numbered.
#![expect(clippy::unwrap_used, reason = "a test may stop where it fails")]

use std::collections::BTreeMap;

use inspector_api::cloudformation::deployment::Request;
use inspector_api::cloudformation::{Action, Call, Deployment, Refusal, Stack, Status, Template, plan};
use inspector_model::Timestamp;
use inspector_model::arn::{Scope, ShortId};
use serde_json::{Value, json};

const TEMPLATE: &str = "
Parameters:
  Duration: {Type: Number, Default: 3600, MinValue: 180}
  Everything: {Type: String, Default: 'no', AllowedValues: ['yes', 'no']}
Mappings:
  Packages:
    us-east-1: {Network: 'arn:aws:inspector:us-east-1:316112463485:rulespackage/0-PmNV0Tcd'}
Conditions:
  All: !Equals [!Ref Everything, 'yes']
Resources:
  Template:
    Type: AWS::Inspector::AssessmentTemplate
    Properties:
      AssessmentTargetArn: !GetAtt Target.Arn
      DurationInSeconds: !Ref Duration
      RulesPackageArns: [!FindInMap [Packages, !Ref 'AWS::Region', Network]]
      UserAttributesForFindings: [{Key: stack, Value: !Sub '${AWS::StackName}/${Duration}'}]
  Target:
    Type: AWS::Inspector::AssessmentTarget
    Properties:
      AssessmentTargetName: !Join ['-', [web, !Ref 'AWS::AccountId']]
      ResourceGroupArn: !If [All, !Ref 'AWS::NoValue', !Ref Group]
  Group:
    Type: AWS::Inspector::ResourceGroup
    Properties: {ResourceGroupTags: [{Key: tier, Value: web}]}
  Bucket: {Type: AWS::S3::Bucket, Properties: {BucketName: !Sub '${Other}'}}
Outputs:
  Target: {Value: !Ref Target, Description: what is assessed}
  Only: {Condition: All, Value: x}
";

fn scope() -> Scope {
    Scope { account: "123456789012".parse().unwrap(), region: "us-east-1".parse().unwrap() }
}

fn id() -> ShortId {
    ShortId::from_bytes([0; 8])
}

fn now() -> Timestamp {
    Timestamp::from_millis(1_700_000_000_000)
}

fn stack() -> Stack {
    Stack::new("arn:aws:cloudformation:us-east-1:123456789012:stack/web/1".to_owned(), "web".to_owned(), now())
}

fn request(template: &str, parameters: &[(&str, &str)]) -> Request {
    let parameters = parameters.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    Request { template: template.to_owned(), parameters, suffix: "SUFFIX".to_owned() }
}

/// What was called, as operation and body.
type Log = Vec<(String, Value)>;

/// Makes the calls; the one whose operation is `refused` fails.
fn drive(mut deployment: Deployment, refused: &str, log: &mut Log) -> Stack {
    while let Some(Call { target, body }) = deployment.next(&id(), now()) {
        let (operation, number) = (target.rsplit('.').next().unwrap().to_owned(), log.len());
        log.push((operation.clone(), serde_json::from_slice(&body).unwrap()));
        let arn = format!("arn:{number}");
        let answer = json!({"resourceGroupArn": arn, "assessmentTargetArn": arn, "assessmentTemplateArn": arn});
        let refusal = Refusal { name: "InvalidInputException".to_owned(), message: "no".to_owned() };
        let result = if operation == refused { Err(refusal) } else { Ok(answer.to_string().into_bytes()) };
        deployment.answered(result, now());
    }
    deployment.stack().clone()
}

fn deploy(stack: Stack, request: Request, refused: &str) -> (Stack, Log) {
    let mut log = Log::new();
    let stack = drive(Deployment::deploy(stack, request, scope(), now()).unwrap(), refused, &mut log);
    (stack, log)
}

fn operations(log: &Log) -> Vec<&str> {
    log.iter().map(|(operation, _)| operation.as_str()).collect()
}

#[test]
fn a_stack_is_made_in_the_order_of_its_references() {
    let (stack, log) = deploy(stack(), request(TEMPLATE, &[]), "");
    assert_eq!(stack.status, Status::CreateComplete);
    let expected = vec![
        ("CreateResourceGroup".to_owned(), json!({"resourceGroupTags": [{"key": "tier", "value": "web"}]})),
        (
            "CreateAssessmentTarget".to_owned(),
            json!({"assessmentTargetName": "web-123456789012", "resourceGroupArn": "arn:0"}),
        ),
        (
            "CreateAssessmentTemplate".to_owned(),
            json!({
                "assessmentTargetArn": "arn:1",
                "assessmentTemplateName": "web-Template-SUFFIX",
                "durationInSeconds": 3600,
                "rulesPackageArns": ["arn:aws:inspector:us-east-1:316112463485:rulespackage/0-PmNV0Tcd"],
                "userAttributesForFindings": [{"key": "stack", "value": "web/3600"}],
            }),
        ),
    ];
    assert_eq!(log, expected);
    let output = ("arn:1".to_owned(), Some("what is assessed".to_owned()));
    assert_eq!(stack.outputs, BTreeMap::from([("Target".to_owned(), output)]));
}

#[test]
fn resources_of_other_services_are_told_and_left_alone() {
    let template = Template::read(TEMPLATE).unwrap();
    let values = template.values(&BTreeMap::new()).unwrap();
    let plan = plan::plan(&template, &values, &scope(), &stack()).unwrap();
    assert_eq!(plan.foreign, [("Bucket".to_owned(), "AWS::S3::Bucket".to_owned())]);
    assert_eq!(plan.changes.iter().map(|change| change.action).collect::<Vec<_>>(), [Action::Add; 3]);
}

#[test]
fn what_has_not_changed_is_not_called_for() {
    let (stack, _) = deploy(stack(), request(TEMPLATE, &[]), "");
    let (again, log) = deploy(stack, request(TEMPLATE, &[("Duration", "3600")]), "");
    assert_eq!((again.status, log), (Status::UpdateComplete, Log::new()));
}

#[test]
fn a_change_is_made_in_place_where_the_type_allows_it() {
    let (stack, _) = deploy(stack(), request(TEMPLATE, &[]), "");
    let (stack, log) = deploy(stack, request(TEMPLATE, &[("Everything", "yes")]), "");
    let update = json!({"assessmentTargetArn": "arn:1", "assessmentTargetName": "web-123456789012"});
    assert_eq!(log, [("UpdateAssessmentTarget".to_owned(), update)]);
    assert_eq!(stack.outputs["Only"].0, "x");
}

#[test]
fn a_replacement_is_made_before_the_old_one_ends() {
    let (stack, _) = deploy(stack(), request(TEMPLATE, &[]), "");
    let (stack, log) = deploy(stack, request(TEMPLATE, &[("Duration", "180")]), "");
    assert_eq!(operations(&log), ["CreateAssessmentTemplate", "DeleteAssessmentTemplate"]);
    assert_eq!(log[1].1, json!({"assessmentTemplateArn": "arn:2"}));
    assert_eq!((stack.status, stack.resources["Template"].arn.as_str()), (Status::UpdateComplete, "arn:0"));
}

#[test]
fn what_leaves_the_template_ends_unless_it_is_retained() {
    let (full, _) = deploy(stack(), request(TEMPLATE, &[]), "");
    let group = "Resources:\n  Group: {Type: AWS::Inspector::ResourceGroup, Properties: {ResourceGroupTags: [{Key: tier, Value: web}]}}";
    let (small, log) = deploy(full, request(group, &[]), "");
    assert_eq!(operations(&log), ["DeleteAssessmentTemplate", "DeleteAssessmentTarget"]);
    assert_eq!(small.resources.keys().collect::<Vec<_>>(), ["Group"]);

    let retained = TEMPLATE.replace("  Target:\n    Type", "  Target:\n    DeletionPolicy: Retain\n    Type");
    let (full, _) = deploy(stack(), request(&retained, &[]), "");
    let (_, log) = deploy(full, request(group, &[]), "");
    assert_eq!(operations(&log), ["DeleteAssessmentTemplate"]);
}

#[test]
fn a_failed_creation_takes_back_what_it_made() {
    let (stack, log) = deploy(stack(), request(TEMPLATE, &[]), "CreateAssessmentTemplate");
    let expected =
        ["CreateResourceGroup", "CreateAssessmentTarget", "CreateAssessmentTemplate", "DeleteAssessmentTarget"];
    assert_eq!(operations(&log), expected);
    assert_eq!((stack.status, stack.resources.len()), (Status::RollbackComplete, 0));
    assert_eq!(stack.reason.as_deref(), Some("Template: no"));
}

#[test]
fn a_failed_update_brings_back_what_was() {
    let (before, _) = deploy(stack(), request(TEMPLATE, &[]), "");
    let parameters = [("Duration", "180"), ("Everything", "yes")];
    let (after, log) = deploy(before.clone(), request(TEMPLATE, &parameters), "CreateAssessmentTemplate");
    let expected = ["UpdateAssessmentTarget", "CreateAssessmentTemplate", "UpdateAssessmentTarget"];
    assert_eq!(operations(&log), expected);
    let back = json!({
        "assessmentTargetArn": "arn:1", "assessmentTargetName": "web-123456789012", "resourceGroupArn": "arn:0"
    });
    assert_eq!(log[2].1, back);
    assert_eq!((after.status, &after.parameters), (Status::UpdateRollbackComplete, &before.parameters));
    let of = |stack: &Stack| stack.resources.values().map(|one| (one.arn.clone(), one.properties.clone())).collect();
    let (left, right): (Vec<_>, Vec<_>) = (of(&before), of(&after));
    assert_eq!(left, right);
}

#[test]
fn a_deletion_keeps_what_could_not_be_ended() {
    let (full, _) = deploy(stack(), request(TEMPLATE, &[]), "");
    let mut log = Log::new();
    let stack = drive(Deployment::delete(full, scope(), now()), "DeleteAssessmentTarget", &mut log);
    assert_eq!(operations(&log), ["DeleteAssessmentTemplate", "DeleteAssessmentTarget"]);
    assert_eq!(stack.status, Status::DeleteFailed);
    assert_eq!(stack.resources.keys().collect::<Vec<_>>(), ["Target"]);
    let stack = drive(Deployment::delete(stack, scope(), now()), "", &mut log);
    assert_eq!((stack.status, stack.resources.len()), (Status::DeleteComplete, 0));
}

#[test]
fn what_is_wrong_is_said_before_anything_is_called() {
    let resource = |text: &str| format!("Resources:\n  R:\n    Type: AWS::Inspector::ResourceGroup\n{text}");
    let group = resource("    Properties: {ResourceGroupTags: [{Key: k, Value: v}]}\n");
    let cases = [
        ("Resources: {}".to_owned(), "`Resources` must have between 1 and 500 members"),
        (r#"{"Resources": {}, "Resources": {}}"#.to_owned(), "an object names `Resources` twice"),
        (format!("{group}Transform: AWS::Serverless-2016-10-31"), "the section `Transform` is not supported"),
        (resource(""), "Resources/R: the property `ResourceGroupTags` is missing"),
        (resource("    Properties: {ResourceGroupTags: []}"), "must have between 1 and 10 items, and has 0"),
        (resource("    Properties: {ResourceGroupTags: [{Key: k}]}"), "must be a mapping of `Key` and `Value`"),
        (resource("    Properties: {Tags: []}"), "`Tags` is no property of `AWS::Inspector::ResourceGroup`"),
        (resource("    DeletionPolicy: Snapshot"), "`DeletionPolicy` must be `Delete` or `Retain`"),
        (resource("    DependsOn: X"), "`DependsOn` names `X`, which is no resource"),
        (resource("    DependsOn: R"), "Circular dependency between resources: [R]"),
        (resource("    Condition: C"), "the condition `C` is not declared"),
        (format!("{group}    Condition: C\nConditions: {{C: !Not [!Condition C]}}"), "`C` refers to itself"),
        (resource("    Properties: {ResourceGroupTags: !Ref X}"), "names `X`, which is neither a parameter nor"),
        (resource("    Properties: {ResourceGroupTags: !GetAZs ''}"), "the function `Fn::GetAZs` is not supported"),
        (resource("    Properties: {ResourceGroupTags: !FindInMap [A, b, c]}"), "the mappings hold no `A`, `b`, `c`"),
        (format!("Parameters: {{P: {{Type: Number}}}}\n{group}"), "Parameters: [P] must have values"),
        (format!("Parameters: {{P: {{Type: Number, Default: 1, MinValue: 2}}}}\n{group}"), "`1` is out of its range"),
        (format!("Parameters: {{P: {{Type: String, Default: a, AllowedPattern: b}}}}\n{group}"), "does not match `b`"),
        (
            format!("Parameters: {{P: {{Type: String, NoEcho: true, Default: a, MinLength: 9}}}}\n{group}"),
            "Parameters/P: `****` has a length out of its bounds",
        ),
    ];
    for (template, expected) in cases {
        let problem = Deployment::deploy(stack(), request(&template, &[]), scope(), now()).unwrap_err().to_string();
        assert!(problem.contains(expected), "{template}\n{problem}");
    }
    let problem = Deployment::deploy(stack(), request(&group, &[("Q", "1")]), scope(), now()).unwrap_err();
    assert_eq!(problem.to_string(), "Parameters: [Q] do not exist in the template");
}

#[test]
fn a_stack_that_was_interrupted_says_so() {
    let mut deployment = Deployment::deploy(stack(), request(TEMPLATE, &[]), scope(), now()).unwrap();
    deployment.next(&id(), now()).unwrap();
    let kept = serde_json::to_string(deployment.stack()).unwrap();
    let mut found: Stack = serde_json::from_str(&kept).unwrap();
    assert!(found.is_busy());
    found.interrupted(false, now());
    assert_eq!(found.status, Status::CreateFailed);
}
