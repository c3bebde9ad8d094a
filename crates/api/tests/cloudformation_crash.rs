//! A process that ends amid a change of a stack, at any call: nothing is left that the stack does not know of.
#![expect(clippy::unwrap_used, reason = "a test may stop where it fails")]

use std::collections::{BTreeMap, BTreeSet};

use inspector_api::cloudformation::deployment::Request;
use inspector_api::cloudformation::{Call, Deployment, Stack, Status};
use inspector_api::inspector::{CreateAssessmentTemplateRequest, DeleteAssessmentTargetRequest};
use inspector_model::Timestamp;
use inspector_model::arn::{ResourceGroupArn, Scope, ShortId, TargetArn, TemplateArn};
use serde_json::{Value, json};

const TEMPLATE: &str = "
Parameters: {Duration: {Type: Number, Default: 3600}, Tag: {Type: String, Default: web}}
Resources:
  Group: {Type: AWS::Inspector::ResourceGroup, Properties: {ResourceGroupTags: [{Key: tier, Value: !Ref Tag}]}}
  Target: {Type: AWS::Inspector::AssessmentTarget, Properties: {ResourceGroupArn: !Ref Group}}
  Template:
    Type: AWS::Inspector::AssessmentTemplate
    Properties: {AssessmentTargetArn: !Ref Target, DurationInSeconds: !Ref Duration, RulesPackageArns: []}
";

fn scope() -> Scope {
    Scope { account: "123456789012".parse().unwrap(), region: "us-east-1".parse().unwrap() }
}

fn now() -> Timestamp {
    Timestamp::from_millis(1_700_000_000_000)
}

/// The other side: what is there, and each target's resource group.
#[derive(Default, Clone)]
struct World {
    there: BTreeSet<String>,
    groups: BTreeMap<String, String>,
    calls: u8,
}

impl World {
    fn id(&self) -> ShortId {
        ShortId::from_bytes([self.calls; 8])
    }

    fn answer(&mut self, call: &Call) -> Vec<u8> {
        let (id, body) = (self.id(), serde_json::from_slice::<Value>(&call.body).unwrap());
        self.calls += 1;
        let text = |name: &str| body.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let (member, arn) = match call.target.rsplit('.').next().unwrap() {
            "CreateResourceGroup" => ("resourceGroupArn", ResourceGroupArn { scope: scope(), group: id }.to_string()),
            "CreateAssessmentTarget" => {
                let arn = TargetArn { scope: scope(), target: id }.to_string();
                self.groups.insert(arn.clone(), text("resourceGroupArn"));
                ("assessmentTargetArn", arn)
            }
            "CreateAssessmentTemplate" => {
                let input: CreateAssessmentTemplateRequest = serde_json::from_slice(&call.body).unwrap();
                let parent: TargetArn = input.assessment_target_arn.parse().unwrap();
                let arn = TemplateArn { scope: scope(), target: parent.target, template: id };
                ("assessmentTemplateArn", arn.to_string())
            }
            "UpdateAssessmentTarget" => {
                self.groups.insert(text("assessmentTargetArn"), text("resourceGroupArn"));
                return Vec::new();
            }
            "DeleteAssessmentTarget" => {
                let input: DeleteAssessmentTargetRequest = serde_json::from_slice(&call.body).unwrap();
                self.there.remove(&input.assessment_target_arn);
                return Vec::new();
            }
            _ => {
                self.there.remove(&text("assessmentTemplateArn"));
                return Vec::new();
            }
        };
        self.there.insert(arn.clone());
        json!({ member: arn }).to_string().into_bytes()
    }

    /// What the API has a call to end.
    fn endable(&self) -> Vec<&String> {
        self.there.iter().filter(|arn| !arn.contains(":resourcegroup/")).collect()
    }
}

/// Where a process ends.
#[derive(Clone, Copy, PartialEq, Debug)]
enum End {
    Never,
    BeforeCall(u8),
    AfterCall(u8),
}

/// What the store holds when the process ends, and whether it did end early.
fn drive(mut deployment: Deployment, world: &mut World, end: End) -> (String, bool) {
    let (kept, mut number) = (|one: &Deployment| serde_json::to_string(one.stack()).unwrap(), 0);
    let mut store = kept(&deployment);
    while let Some(call) = deployment.next(&world.id(), now()) {
        store = kept(&deployment);
        if end == End::BeforeCall(number) {
            return (store, true);
        }
        let answer = world.answer(&call);
        if end == End::AfterCall(number) {
            return (store, true);
        }
        deployment.answered(Ok(answer), now());
        number += 1;
    }
    drop(store);
    (kept(&deployment), false)
}

fn started_again(store: &str, world: &World) -> Stack {
    let mut stack: Stack = serde_json::from_str(store).unwrap();
    if stack.is_busy() {
        let made = stack.making().is_some_and(|new| world.there.contains(&new.arn));
        stack.interrupted(made, now());
    }
    stack
}

fn deployment(stack: Stack, parameters: &[(&str, &str)], suffix: &str) -> Deployment {
    let parameters = parameters.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let request = Request { template: TEMPLATE.to_owned(), parameters, suffix: suffix.to_owned() };
    Deployment::deploy(stack, request, scope(), now()).unwrap()
}

fn new_stack() -> Stack {
    Stack::new("arn:aws:cloudformation:us-east-1:123456789012:stack/web/1".to_owned(), "web".to_owned(), now())
}

fn ends() -> impl Iterator<Item = End> {
    (0..8).flat_map(|number| [End::BeforeCall(number), End::AfterCall(number)])
}

fn deleted(stack: Stack, world: &mut World) -> Stack {
    let (store, early) = drive(Deployment::delete(stack, scope(), now()), world, End::Never);
    assert!(!early);
    serde_json::from_str(&store).unwrap()
}

#[test]
fn a_creation_that_ended_at_any_call_can_be_deleted_whole() {
    let mut early_ends = 0;
    for end in ends() {
        let mut world = World::default();
        let (store, early) = drive(deployment(new_stack(), &[], "A"), &mut world, end);
        early_ends += u32::from(early);
        let stack = deleted(started_again(&store, &world), &mut world);
        assert_eq!(stack.status, Status::DeleteComplete, "{end:?}");
        assert_eq!(world.endable(), Vec::<&String>::new(), "{end:?}");
    }
    assert_eq!(early_ends, 6, "three calls, two ends each");
}

#[test]
fn a_creation_that_ended_at_any_call_goes_on_with_the_next_one_and_makes_nothing_twice() {
    for end in ends() {
        let mut world = World::default();
        let (store, _) = drive(deployment(new_stack(), &[], "A"), &mut world, end);
        let (store, _) = drive(deployment(started_again(&store, &world), &[], "B"), &mut world, End::Never);
        let stack = started_again(&store, &world);
        let mut known: Vec<&String> = stack.resources.values().map(|one| &one.arn).collect();
        known.sort();
        assert_eq!(known, world.there.iter().collect::<Vec<_>>(), "{end:?}");
    }
}

#[test]
fn an_update_that_ended_at_any_call_leaves_nothing_behind_once_another_one_goes_through() {
    let change = [("Duration", "180"), ("Tag", "db")];
    let mut early_ends = 0;
    for end in ends() {
        for back in [&change[..], &[]] {
            let mut world = World::default();
            let (store, _) = drive(deployment(new_stack(), &[], "A"), &mut world, End::Never);
            let (store, early) = drive(deployment(started_again(&store, &world), &change, "B"), &mut world, end);
            early_ends += u32::from(early);
            let (store, _) = drive(deployment(started_again(&store, &world), back, "C"), &mut world, End::Never);
            let stack = started_again(&store, &world);
            assert_eq!(stack.status, Status::UpdateComplete, "{end:?} {back:?}");
            assert!(stack.leftover.is_empty(), "{end:?} {back:?}");
            let mut known: Vec<&String> =
                ["Target", "Template"].iter().map(|name| &stack.resources.get(*name).unwrap().arn).collect();
            known.sort();
            assert_eq!(known, world.endable(), "{end:?} {back:?}");
            let target = &stack.resources.get("Target").unwrap().arn;
            assert_eq!(world.groups.get(target), Some(&stack.resources.get("Group").unwrap().arn), "{end:?} {back:?}");
            deleted(stack, &mut world);
            assert_eq!(world.endable(), Vec::<&String>::new(), "{end:?} {back:?}");
        }
    }
    assert_eq!(early_ends, 16, "four calls, two ends each, two ways on");
}
