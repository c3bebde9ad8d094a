"""Assessment events reach the topics that subscribed to them: from our service to moto's SNS, and on to a queue."""

import datetime
import json
import time

import pytest

from conftest import Service, snapshot_documents, wait_for
from moto_server import KEYS, moto  # noqa: F401


class Publishing(Service):
    @property
    def command(self):
        return [*super().command, "--publish-events"]


@pytest.fixture
def publishing(moto, tmp_path, monkeypatch):  # noqa: F811
    variables = {"AWS_ENDPOINT_URL_SNS": moto.url, "AWS_EC2_METADATA_DISABLED": "true", "AWS_REGION": "us-east-1"}
    for name, value in (KEYS | variables).items():
        monkeypatch.setenv(name, value)
    service = Publishing(tmp_path / "data").start()
    yield service
    service.stop()


def topic_with_queue(moto, name):  # noqa: F811
    topic = moto.client("sns").create_topic(Name=name)["TopicArn"]
    queue = moto.client("sqs").create_queue(QueueName=name)["QueueUrl"]
    arn = moto.client("sqs").get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    moto.client("sns").subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn)
    return topic, queue


def messages(moto, queue):  # noqa: F811
    """What stands in the queue; each message is taken once."""
    sqs, found = moto.client("sqs"), []
    while batch := sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10).get("Messages"):
        for message in batch:
            found.append(json.loads(json.loads(message["Body"])["Message"]))
            sqs.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
    return found


def template_of(service):
    assert service.client("openinspector").import_snapshot(name="example", documents=snapshot_documents())
    inspector = service.client()
    target = inspector.create_assessment_target(assessmentTargetName="events")["assessmentTargetArn"]
    packages = inspector.describe_rules_packages(rulesPackageArns=inspector.list_rules_packages()["rulesPackageArns"])
    network = next(p["arn"] for p in packages["rulesPackages"] if p["name"] == "Network Reachability")
    return network, inspector.create_assessment_template(
        assessmentTargetArn=target, assessmentTemplateName="events", durationInSeconds=180, rulesPackageArns=[network]
    )["assessmentTemplateArn"]


def notifications(inspector, run, count):
    """The notifications of a run once there are so many."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        described = inspector.describe_assessment_runs(assessmentRunArns=[run])["assessmentRuns"][0]
        if len(described["notifications"]) >= count:
            return described["notifications"]
        time.sleep(0.2)
    raise AssertionError(f"{len(described['notifications'])} notifications instead of {count}")


def test_every_event_reaches_its_topic_once(publishing, moto):  # noqa: F811
    inspector = publishing.client()
    network, template = template_of(publishing)
    topic, queue = topic_with_queue(moto, "alarms")
    for event in ("ASSESSMENT_RUN_STARTED", "ASSESSMENT_RUN_COMPLETED", "ASSESSMENT_RUN_STATE_CHANGED", "FINDING_REPORTED"):
        inspector.subscribe_to_event(resourceArn=template, event=event, topicArn=topic)
    run = inspector.start_assessment_run(assessmentTemplateArn=template)["assessmentRunArn"]
    described = wait_for(inspector, run)
    arns = inspector.list_findings(assessmentRunArns=[run], maxResults=500)["findingArns"]
    states = [change["state"] for change in described["stateChanges"]]
    told = notifications(inspector, run, min(50, len(states) + len(arns) + 2))
    assert {(n["error"], n["snsPublishStatusCode"], n["snsTopicArn"]) for n in told} == {(False, "SUCCESS", topic)}

    received = messages(moto, queue)
    target = template.split("/template/")[0]
    greeting = {"template": template, "event": "ENABLE_ASSESSMENT_NOTIFICATIONS", "target": target}
    assert [message for message in received if "run" not in message] == [greeting], "once for the topic, not for each event"
    received.remove(greeting)
    assert {message["run"] for message in received} == {run}
    assert {message["template"] for message in received} == {template}
    for message in received:
        assert datetime.datetime.strptime(message["time"], "%Y-%m-%dT%H:%M:%S.%fZ")
    of = {name: [m for m in received if m["event"] == name] for name in {m["event"] for m in received}}
    assert len(of["ASSESSMENT_RUN_STARTED"]) == 1
    assert sorted(m["newstate"] for m in of["ASSESSMENT_RUN_STATE_CHANGED"]) == sorted(states)
    assert sorted(m["finding"] for m in of["FINDING_REPORTED"]) == sorted(arns) and arns
    (completed,) = of["ASSESSMENT_RUN_COMPLETED"]
    assert completed["findingsCount"] == f"{{{network}={len(arns)}}}"


def test_a_topic_that_is_gone_is_an_error_of_the_run_and_nothing_else(publishing, moto):  # noqa: F811
    inspector = publishing.client()
    _, template = template_of(publishing)
    gone = "arn:aws:sns:us-east-1:123456789012:gone"
    inspector.subscribe_to_event(resourceArn=template, event="ASSESSMENT_RUN_STARTED", topicArn=gone)
    run = inspector.start_assessment_run(assessmentTemplateArn=template)["assessmentRunArn"]
    assert wait_for(inspector, run)["state"] in ("COMPLETED", "COMPLETED_WITH_ERRORS")
    (told,) = notifications(inspector, run, 1)
    assert (told["error"], told["snsPublishStatusCode"]) == (True, "TOPIC_DOES_NOT_EXIST")
    assert told["event"] == "ASSESSMENT_RUN_STARTED" and "sns:Publish" in told["message"]


def test_without_publishing_every_message_is_noted_as_not_told(service):
    inspector = service.client()
    _, template = template_of(service)
    inspector.subscribe_to_event(
        resourceArn=template, event="ASSESSMENT_RUN_STARTED", topicArn="arn:aws:sns:us-east-1:123456789012:alarms"
    )
    run = inspector.start_assessment_run(assessmentTemplateArn=template)["assessmentRunArn"]
    (told,) = notifications(inspector, run, 1)
    assert told["error"] and "--publish-events" in told["message"]
