"""The calls that Terraform's AWS provider makes for its Inspector resources, in its order, and what it asserts of the
answers. Source: the provider's `inspector` service package and its acceptance tests.

A provider's read after a create must show what was created; a resource deleted behind its back must read as missing,
which it takes from `ITEM_DOES_NOT_EXIST` alone."""

import re

import botocore.exceptions
import pytest

TOPIC = "arn:aws:sns:us-east-1:000000000000:{}"


@pytest.fixture
def inspector(service):
    return service.client()


class ResourceGroup:
    """`aws_inspector_resource_group`: no update, no delete call."""

    def __init__(self, inspector, tags):
        self.inspector = inspector
        pairs = [{"key": key, "value": value} for key, value in tags.items()]
        self.arn = inspector.create_resource_group(resourceGroupTags=pairs)["resourceGroupArn"]

    def read(self):
        return only(self.inspector.describe_resource_groups(resourceGroupArns=[self.arn]), "resourceGroups")


class Target:
    """`aws_inspector_assessment_target`."""

    def __init__(self, inspector, name, group=None):
        self.inspector, self.name = inspector, name
        self.arn = inspector.create_assessment_target(assessmentTargetName=name, **given(group))["assessmentTargetArn"]

    def read(self):
        return only(self.inspector.describe_assessment_targets(assessmentTargetArns=[self.arn]), "assessmentTargets")

    def update(self, group):
        self.inspector.update_assessment_target(
            assessmentTargetArn=self.arn, assessmentTargetName=self.name, **given(group)
        )

    def delete(self):
        self.inspector.delete_assessment_target(assessmentTargetArn=self.arn)


class Template:
    """`aws_inspector_assessment_template`: tags and subscriptions are set after the create and read one by one."""

    def __init__(self, inspector, target, packages, tags=None, subscriptions=()):
        self.inspector = inspector
        self.arn = inspector.create_assessment_template(
            assessmentTargetArn=target,
            assessmentTemplateName="nightly",
            durationInSeconds=3600,
            rulesPackageArns=packages,
        )["assessmentTemplateArn"]
        if tags:
            self.tag(tags)
        for event, topic in subscriptions:
            inspector.subscribe_to_event(resourceArn=self.arn, event=event, topicArn=topic)

    def read(self):
        found = only(self.inspector.describe_assessment_templates(assessmentTemplateArns=[self.arn]), "assessmentTemplates")
        if found is None:
            return None
        tags = self.inspector.list_tags_for_resource(resourceArn=self.arn)["tags"]
        pages = self.inspector.get_paginator("list_event_subscriptions").paginate(resourceArn=self.arn)
        subscriptions = {
            (entry["event"], subscription["topicArn"])
            for page in pages
            for subscription in page["subscriptions"]
            for entry in subscription["eventSubscriptions"]
        }
        return found | {"tags": {tag["key"]: tag["value"] for tag in tags}, "subscriptions": subscriptions}

    def tag(self, tags):
        pairs = [{"key": key, "value": value} for key, value in tags.items()]
        self.inspector.set_tags_for_resource(resourceArn=self.arn, tags=pairs)

    def resubscribe(self, before, after):
        for event, topic in before - after:
            self.inspector.unsubscribe_from_event(resourceArn=self.arn, event=event, topicArn=topic)
        for event, topic in after - before:
            self.inspector.subscribe_to_event(resourceArn=self.arn, event=event, topicArn=topic)

    def delete(self):
        self.inspector.delete_assessment_template(assessmentTemplateArn=self.arn)


def given(group):
    return {} if group is None else {"resourceGroupArn": group}


def only(answer, member):
    """The provider's finder: the one thing, or `None` when it is gone; any other failed item is an error."""
    codes = {failed["failureCode"] for failed in answer["failedItems"].values()}
    assert codes <= {"ITEM_DOES_NOT_EXIST"}, codes
    assert len(answer[member]) + len(codes) == 1
    return answer[member][0] if answer[member] else None


def rules_packages(inspector):
    pages = inspector.get_paginator("list_rules_packages").paginate()
    return sorted(arn for page in pages for arn in page["rulesPackageArns"])


def test_the_data_source_lists_packages(inspector):
    assert rules_packages(inspector) and rules_packages(inspector) == rules_packages(inspector)


def test_a_resource_group_is_replaced_when_its_tags_change(inspector):
    first, second = ResourceGroup(inspector, {"Name": "foo"}), ResourceGroup(inspector, {"Name": "bar"})
    assert re.search(r":inspector:.*:resourcegroup/0-[0-9A-Za-z]{8}$", first.arn)
    assert first.read()["tags"] == [{"key": "Name", "value": "foo"}]
    assert first.read()["createdAt"] != second.read()["createdAt"]


def test_a_target_moves_between_groups_and_none(inspector):
    groups = [ResourceGroup(inspector, {"Name": name}).arn for name in ("one", "two")]
    target = Target(inspector, "target", groups[0])
    assert re.search(r":inspector:.*:target/0-[0-9A-Za-z]{8}$", target.arn)
    assert target.read()["resourceGroupArn"] == groups[0]
    for group in (groups[1], None, groups[0]):
        target.update(group)
        read = target.read()
        assert (read.get("resourceGroupArn"), read["name"]) == (group, "target")
    target.delete()
    assert target.read() is None


def test_a_target_deleted_behind_its_back_reads_as_gone(inspector):
    target = Target(inspector, "vanishing")
    inspector.delete_assessment_target(assessmentTargetArn=target.arn)
    assert target.read() is None
    with pytest.raises(inspector.exceptions.NoSuchEntityException):
        target.delete()


def test_a_renamed_target_is_another_one(inspector):
    first = Target(inspector, "first")
    first.delete()
    second = Target(inspector, "second")
    assert (first.read(), second.read()["name"]) == (None, "second")


def test_a_template_keeps_its_tags_and_subscriptions(inspector):
    packages = rules_packages(inspector)
    target = Target(inspector, "target", ResourceGroup(inspector, {"Name": "foo"}).arn)
    topic = TOPIC.format("one")
    started, completed = ("ASSESSMENT_RUN_STARTED", topic), ("ASSESSMENT_RUN_COMPLETED", topic)
    template = Template(inspector, target.arn, packages, {"key1": "value1"}, [started])
    assert re.search(r":inspector:.*:target/0-[0-9A-Za-z]{8}/template/0-[0-9A-Za-z]{8}$", template.arn)
    read = template.read()
    assert (read["assessmentTargetArn"], read["durationInSeconds"]) == (target.arn, 3600)
    assert sorted(read["rulesPackageArns"]) == packages
    assert (read["tags"], read["subscriptions"]) == ({"key1": "value1"}, {started})

    for tags in ({"key1": "changed", "key2": "value2"}, {"key2": "value2"}, {}):
        template.tag(tags)
        assert template.read()["tags"] == tags
    for before, after in (({started}, {completed}), ({completed}, {started, completed})):
        template.resubscribe(before, after)
        assert template.read()["subscriptions"] == after
    entries = inspector.list_event_subscriptions(resourceArn=template.arn)["subscriptions"]
    assert len(entries) == 1, "one entry for each topic, with all its events"

    template.delete()
    assert template.read() is None
    target.delete()


def test_destroy_in_any_order_ends_with_nothing(inspector):
    target = Target(inspector, "target")
    template = Template(inspector, target.arn, rules_packages(inspector))
    target.delete()
    assert template.read() is None, "the template went with its target"
    with pytest.raises(botocore.exceptions.ClientError) as gone:
        template.delete()
    assert gone.value.response["Error"]["Code"] == "NoSuchEntityException"
