"""Every decision is in the audit log, and nobody changes the log unseen."""

import json

import botocore.exceptions
import pytest


def events(service):
    files = sorted((service.directory / "audit").glob("*.jsonl"))
    return [json.loads(line)["event"] for path in files for line in path.read_text().splitlines()]


def verify(service, *more, check=True):
    return service.inspector("admin", "audit", "verify", "--data-dir", str(service.directory), *more, check=check)


def test_the_log_tells_who_did_what_and_holds_together(service):
    inspector, own = service.client(), service.client("openinspector")
    group = inspector.create_resource_group(resourceGroupTags=[{"key": "Name", "value": "web"}])["resourceGroupArn"]
    own.create_user(userName="dave")
    made = own.create_access_key(userName="dave")
    with pytest.raises(botocore.exceptions.ClientError):
        service.client(
            aws_access_key_id=made["accessKeyId"], aws_secret_access_key=made["secretAccessKey"]
        ).delete_assessment_run(assessmentRunArn="x")
    service.client("sts").get_caller_identity()
    service.stop()
    told = events(service)
    created = next(event for event in told if event["eventName"] == "CreateResourceGroup")
    assert created["eventSource"] == "inspector.amazonaws.com" and created["eventType"] == "AwsApiCall"
    assert created["userIdentity"]["arn"] == "arn:aws:iam::000000000000:root"
    assert created["requestParameters"] == {"resourceGroupTags": [{"key": "Name", "value": "web"}]}
    assert created["responseElements"] == {"resourceGroupArn": group}
    assert created["sourceIPAddress"] == "127.0.0.1" and created["recipientAccountId"] == "000000000000"
    denied = next(event for event in told if event["eventName"] == "DeleteAssessmentRun")
    assert denied["errorCode"] == "AccessDeniedException" and denied["userIdentity"]["userName"] == "dave"
    assert any(event["eventName"] == "GetCallerIdentity" for event in told)
    assert made["secretAccessKey"] not in json.dumps(told)
    head = verify(service).stdout.strip()
    assert head.startswith(f"{len(told)}:")
    service.start()
    service.client().list_findings()
    verify(service, "--head", head)


def test_a_changed_log_is_found(service):
    service.client().create_resource_group(resourceGroupTags=[{"key": "Name", "value": "web"}])
    service.stop()
    head = verify(service).stdout.strip()
    path = next((service.directory / "audit").glob("*.jsonl"))
    text = path.read_text()
    path.write_text(text.replace('"value":"web"', '"value":"wet"'))
    done = verify(service, check=False)
    assert done.returncode == 2 and path.name in done.stderr and "changed" in done.stderr
    path.write_text("".join(line + "\n" for line in text.splitlines()[:-1]))
    assert verify(service, check=False).returncode == 0
    assert "cut off" in verify(service, "--head", head, check=False).stderr


STACK = """
Parameters: {Owner: {Type: String, NoEcho: true}, Kept: {Type: String, NoEcho: true, Default: default-of-its-own}}
Resources:
  Group:
    Type: AWS::Inspector::ResourceGroup
    Properties: {ResourceGroupTags: [{Key: Name, Value: web}]}
  Target:
    Type: AWS::Inspector::AssessmentTarget
    Properties: {AssessmentTargetName: told, ResourceGroupArn: !Ref Group}
"""


def test_what_a_stack_calls_is_told_and_its_hidden_values_are_not(service):
    stacks = service.client("cloudformation")
    parameters = [{"ParameterKey": "Owner", "ParameterValue": "hunter2"}]
    arn = stacks.create_stack(StackName="told", TemplateBody=STACK, Parameters=parameters)["StackId"]
    stacks.create_change_set(StackName="told", ChangeSetName="c", TemplateBody=STACK, Parameters=parameters)
    shown = stacks.describe_change_set(StackName="told", ChangeSetName="c")["Parameters"]
    assert [one["ParameterValue"] for one in shown if one["ParameterKey"] == "Owner"] == ["****"]
    stacks.create_stack(StackName="other", TemplateBody=STACK, Parameters=parameters)
    service.stop()
    told = events(service)
    assert "hunter2" not in json.dumps(told) and "default-of-its-own" not in json.dumps(told)
    outer = next(event for event in told if event["eventName"] == "CreateStack")
    assert outer["eventSource"] == "cloudformation.amazonaws.com" and outer["responseElements"] == {"StackId": arn}
    assert outer["requestParameters"]["Parameters"] == [{"ParameterKey": "Owner", "ParameterValue": "****"}]
    target = next(event for event in told if event["eventName"] == "CreateAssessmentTarget")
    assert target["sourceIPAddress"] == target["userIdentity"]["invokedBy"] == "cloudformation.amazonaws.com"
    assert target["userIdentity"]["arn"] == "arn:aws:iam::000000000000:root"
    assert target["requestParameters"]["assessmentTargetName"] == "told"
    assert ":target/" in target["responseElements"]["assessmentTargetArn"]
    assert target["requestID"] != outer["requestID"]
    refused = [event for event in told if event["eventName"] == "CreateAssessmentTarget" and "errorCode" in event]
    assert [event["errorCode"] for event in refused] == ["InvalidInputException"], "the second stack's name was taken"
    verify(service)
