"""Attributes on findings, tags on templates, telemetry totals and exclusion previews, as stock boto3 sees them."""

import botocore.exceptions
import pytest

from conftest import findings_of


@pytest.fixture
def finding(shared_service, assessed):
    return findings_of(shared_service.client(), assessed["run"])[0]["arn"]


def pairs(*keys, value="v"):
    return [{"key": key, "value": value} for key in keys]


def keys_of(inspector, arn):
    return sorted(one["key"] for one in inspector.describe_findings(findingArns=[arn])["findings"][0]["userAttributes"])


def error_of(call, **arguments):
    with pytest.raises(botocore.exceptions.ClientError) as refused:
        call(**arguments)
    return refused.value.response["Error"]["Code"], refused.value.response["errorCode"]


def test_attributes_are_added_replaced_removed_and_bounded(shared_service, finding):
    inspector = shared_service.client()
    clean = lambda: inspector.remove_attributes_from_findings(
        findingArns=[finding], attributeKeys=keys_of(inspector, finding)
    )
    clean()
    before = inspector.describe_findings(findingArns=[finding])["findings"][0]["updatedAt"]
    full = [f"k{number}" for number in range(10)]
    assert inspector.add_attributes_to_findings(findingArns=[finding], attributes=pairs(*full))["failedItems"] == {}
    assert inspector.describe_findings(findingArns=[finding])["findings"][0]["updatedAt"] > before
    replaced = inspector.add_attributes_to_findings(findingArns=[finding], attributes=pairs("k3", value="w"))
    assert replaced["failedItems"] == {} and keys_of(inspector, finding) == full
    eleventh = inspector.add_attributes_to_findings(findingArns=[finding], attributes=pairs("k3", "eleventh"))
    assert {item["failureCode"] for item in eleventh["failedItems"].values()} == {"LIMIT_EXCEEDED"}
    assert keys_of(inspector, finding) == full
    clean()
    assert inspector.add_attributes_to_findings(findingArns=[finding], attributes=[])["failedItems"] == {}
    assert keys_of(inspector, finding) == []


def test_some_unknown_findings_are_failed_items_and_nothing_but_unknown_ones_is_an_error(shared_service, assessed, finding):
    inspector, unknown = shared_service.client(), assessed["run"] + "/finding/0-00000000"
    for call, change in (
        (inspector.add_attributes_to_findings, {"attributes": pairs("a")}),
        (inspector.remove_attributes_from_findings, {"attributeKeys": ["a"]}),
    ):
        failed = call(findingArns=[finding, unknown, "x", finding], **change)["failedItems"]
        assert {arn: item["failureCode"] for arn, item in failed.items()} == {
            unknown: "ITEM_DOES_NOT_EXIST",
            "x": "INVALID_ARN",
            finding: "DUPLICATE_ARN",
        }
        assert error_of(call, findingArns=[unknown], **change) == ("NoSuchEntityException", "FINDING_DOES_NOT_EXIST")


def test_tags_are_replaced_as_a_whole_and_are_those_of_templates(shared_service, assessed):
    inspector, template = shared_service.client(), assessed["template"]
    listed = lambda: inspector.list_tags_for_resource(resourceArn=template)["tags"]
    inspector.set_tags_for_resource(resourceArn=template, tags=pairs("env", "team"))
    assert listed() == pairs("env", "team")
    inspector.set_tags_for_resource(resourceArn=template, tags=[{"key": "lone"}])
    assert listed() == [{"key": "lone"}]
    inspector.set_tags_for_resource(resourceArn=template)
    assert listed() == []
    for arn in (assessed["run"], assessed["target"], "x"):
        for call in (inspector.set_tags_for_resource, inspector.list_tags_for_resource):
            assert error_of(call, resourceArn=arn) == ("InvalidInputException", "INVALID_RESOURCE_ARN")
    gone = assessed["target"] + "/template/0-00000000"
    missing = ("NoSuchEntityException", "ASSESSMENT_TEMPLATE_DOES_NOT_EXIST")
    assert error_of(inspector.set_tags_for_resource, resourceArn=gone) == missing
    twice = error_of(inspector.set_tags_for_resource, resourceArn=template, tags=pairs("a", "a"))
    assert twice == ("InvalidInputException", "INVALID_TAG_KEY")


def test_telemetry_has_a_total_also_where_nothing_was_delivered(shared_service, assessed):
    inspector = shared_service.client()
    lines = inspector.get_telemetry_metadata(assessmentRunArn=assessed["run"])["telemetryMetadata"]
    total = [line for line in lines if line["messageType"] == "Total"]
    assert total == [{"messageType": "Total", "count": 0, "dataSize": 0}]
    agents = inspector.list_assessment_run_agents(assessmentRunArn=assessed["run"], maxResults=100)["assessmentRunAgents"]
    assert agents and all(agent["telemetryMetadata"] == [] for agent in agents)


def test_a_preview_tells_beforehand_what_the_run_excluded(shared_service, assessed):
    inspector, template = shared_service.client(), assessed["template"]
    token = inspector.create_exclusions_preview(assessmentTemplateArn=template)["previewToken"]
    found, more = [], {}
    while True:
        page = inspector.get_exclusions_preview(
            assessmentTemplateArn=template, previewToken=token, maxResults=2, **more
        )
        assert page["previewStatus"] == "COMPLETED"
        found += [one["title"] for one in page["exclusionPreviews"]]
        if "nextToken" not in page:
            break
        more = {"nextToken": page["nextToken"]}
    assert "Agent not found" in found
    unknown = {"assessmentTemplateArn": template, "previewToken": "00000000-0000-0000-0000-000000000000"}
    assert error_of(inspector.get_exclusions_preview, **unknown)[0] == "InvalidInputException"
