"""Event subscriptions are grouped by topic, the access role is a record, as stock boto3 sees them."""

import botocore.exceptions
import pytest

TOPIC = "arn:aws:sns:us-east-1:123456789012:"


@pytest.fixture
def template(service):
    inspector = service.client()
    target = inspector.create_assessment_target(assessmentTargetName="all")["assessmentTargetArn"]
    return new_template(inspector, target, "one")


def new_template(inspector, target, name):
    return inspector.create_assessment_template(
        assessmentTargetArn=target, assessmentTemplateName=name, durationInSeconds=180, rulesPackageArns=[]
    )["assessmentTemplateArn"]


def listed(inspector, **arguments):
    pages = inspector.get_paginator("list_event_subscriptions").paginate(**arguments)
    return [
        (entry["resourceArn"], entry["topicArn"].removeprefix(TOPIC), [one["event"] for one in entry["eventSubscriptions"]])
        for page in pages
        for entry in page["subscriptions"]
    ]


def test_subscriptions_are_grouped_by_topic_and_replayed_without_effect(service, template):
    inspector = service.client()
    other = new_template(inspector, template.split("/template/")[0], "two")
    subscribe = lambda of, event, topic: inspector.subscribe_to_event(resourceArn=of, event=event, topicArn=TOPIC + topic)
    assert inspector.list_event_subscriptions()["subscriptions"] == []
    subscribe(template, "FINDING_REPORTED", "alarms")
    subscribe(template, "ASSESSMENT_RUN_STARTED", "alarms")
    subscribe(template, "FINDING_REPORTED", "audit")
    subscribe(other, "OTHER", "alarms")
    first = inspector.list_event_subscriptions(resourceArn=template)["subscriptions"]
    subscribe(template, "FINDING_REPORTED", "alarms")
    assert inspector.list_event_subscriptions(resourceArn=template)["subscriptions"] == first
    both = ["ASSESSMENT_RUN_STARTED", "FINDING_REPORTED"]
    mine = [(template, "alarms", both), (template, "audit", ["FINDING_REPORTED"])]
    assert listed(inspector, resourceArn=template) == mine
    assert listed(inspector) == listed(inspector, PaginationConfig={"PageSize": 1}) == mine + [(other, "alarms", ["OTHER"])]


def test_unsubscribing_the_last_event_ends_the_entry(service, template):
    inspector = service.client()
    arguments = {"resourceArn": template, "event": "FINDING_REPORTED", "topicArn": TOPIC + "alarms"}
    inspector.subscribe_to_event(**arguments)
    inspector.unsubscribe_from_event(**{**arguments, "event": "OTHER"})
    assert listed(inspector) == [(template, "alarms", ["FINDING_REPORTED"])]
    inspector.unsubscribe_from_event(**arguments)
    inspector.unsubscribe_from_event(**arguments)
    assert listed(inspector) == []


def test_deleting_the_template_or_its_target_ends_its_subscriptions(service, template):
    inspector = service.client()
    target = template.split("/template/")[0]
    other = new_template(inspector, target, "two")
    for arn in (template, other):
        inspector.subscribe_to_event(resourceArn=arn, event="OTHER", topicArn=TOPIC + "alarms")
    inspector.delete_assessment_template(assessmentTemplateArn=template)
    assert listed(inspector) == [(other, "alarms", ["OTHER"])]
    inspector.delete_assessment_target(assessmentTargetArn=target)
    assert listed(inspector) == []


def test_the_fifty_first_topic_of_a_template_is_refused(service, template):
    inspector = service.client()
    arguments = {"resourceArn": template, "event": "OTHER"}
    for number in range(50):
        inspector.subscribe_to_event(topicArn=f"{TOPIC}t{number}", **arguments)
    with pytest.raises(inspector.exceptions.LimitExceededException) as refused:
        inspector.subscribe_to_event(topicArn=TOPIC + "t50", **arguments)
    assert refused.value.response["errorCode"] == "EVENT_SUBSCRIPTION_LIMIT_EXCEEDED"
    inspector.subscribe_to_event(resourceArn=template, event="FINDING_REPORTED", topicArn=TOPIC + "t49")
    page = inspector.list_event_subscriptions(maxResults=500)
    assert len(page["subscriptions"]) == 50 and "nextToken" not in page


@pytest.mark.parametrize(
    "change, error, code",
    [
        ({"topicArn": "alarms"}, "InvalidInputException", "INVALID_SNS_TOPIC_ARN"),
        ({"topicArn": TOPIC + "alarms.fifo"}, "InvalidInputException", "INVALID_SNS_TOPIC_ARN"),
        ({"resourceArn": "alarms"}, "InvalidInputException", "INVALID_RESOURCE_ARN"),
        ({"event": "ENABLE_ASSESSMENT_NOTIFICATIONS"}, "InvalidInputException", "INVALID_EVENT"),
        (
            {"resourceArn": "arn:aws:inspector:us-east-1:000000000000:target/0-00000000/template/0-00000000"},
            "NoSuchEntityException",
            "ASSESSMENT_TEMPLATE_DOES_NOT_EXIST",
        ),
        (
            {"resourceArn": "arn:aws:inspector:us-east-1:111111111111:target/0-00000000/template/0-00000000"},
            "AccessDeniedException",
            "ACCESS_DENIED_TO_ASSESSMENT_TEMPLATE",
        ),
    ],
)
def test_what_cannot_be_subscribed_to_is_named(service, template, change, error, code):
    inspector = service.client()
    arguments = {"resourceArn": template, "event": "OTHER", "topicArn": TOPIC + "alarms", **change}
    for call in (inspector.subscribe_to_event, inspector.unsubscribe_from_event):
        with pytest.raises(botocore.exceptions.ClientError) as refused:
            call(**arguments)
        assert (refused.value.response["Error"]["Code"], refused.value.response["errorCode"]) == (error, code)


def test_the_registered_role_is_described_and_never_called_valid(service):
    inspector = service.client()
    unregistered = inspector.describe_cross_account_access_role()
    assert unregistered["roleArn"].endswith("/AWSServiceRoleForAmazonInspector")
    for name in ("inspector", "path/inspector-2"):
        role = f"arn:aws:iam::000000000000:role/{name}"
        inspector.register_cross_account_access_role(roleArn=role)
        described = inspector.describe_cross_account_access_role()
        assert (described["roleArn"], described["valid"]) == (role, False)
        assert described["registeredAt"] > unregistered["registeredAt"]
    for role, code in (("inspector", "INVALID_IAM_ROLE_ARN"), ("arn:aws:iam::111111111111:role/x", "ACCESS_DENIED_TO_IAM_ROLE")):
        with pytest.raises(botocore.exceptions.ClientError) as refused:
            inspector.register_cross_account_access_role(roleArn=role)
        assert refused.value.response["errorCode"] == code
