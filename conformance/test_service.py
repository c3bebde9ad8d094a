"""The path of a first assessment with stock boto3 and AWS CLI."""

import json
import subprocess
import sys

import botocore.exceptions
import pytest

from conftest import ROOT, findings_of, snapshot_documents, wait_for

AWS = ROOT / ".venv" / "bin" / "aws"


def test_a_run_walks_through_the_states_of_the_original(assessed):
    states = [change["state"] for change in assessed["described"]["stateChanges"]]
    assert states == [
        "CREATED",
        "START_DATA_COLLECTION_PENDING",
        "START_DATA_COLLECTION_IN_PROGRESS",
        "COLLECTING_DATA",
        "STOP_DATA_COLLECTION_PENDING",
        "DATA_COLLECTED",
        "START_EVALUATING_RULES_PENDING",
        "EVALUATING_RULES",
        "COMPLETED",
    ]


def test_the_exposed_database_and_ssh_are_found(shared_service, assessed):
    found = findings_of(shared_service.client(), assessed["run"])
    reachable = {
        (value["PORT_GROUP_NAME"], finding["severity"])
        for finding in found
        for value in [{pair["key"]: pair["value"] for pair in finding["attributes"]}]
        if "PORT_GROUP_NAME" in value and value.get("REACHABILITY_TYPE") == "Internet"
    }
    assert {("PostgreSQL", "Medium"), ("SSH", "Medium")} <= reachable


def test_findings_have_the_shape_that_consumers_index_into(shared_service, assessed):
    for finding in findings_of(shared_service.client(), assessed["run"]):
        assert finding["service"] == "Inspector" and finding["confidence"] == 10
        assert finding["serviceAttributes"]["assessmentRunArn"] == assessed["run"]
        if finding["title"] == "No potential security issues found":
            continue
        assert finding["userAttributes"] == [{"key": "team", "value": "platform"}]
        assert finding["assetAttributes"]["tags"]
        for interface in finding["assetAttributes"]["networkInterfaces"]:
            assert isinstance(interface["publicIp"], str)


def test_counts_of_the_run_are_those_of_its_findings(shared_service, assessed):
    counts = assessed["described"]["findingCounts"]
    assert set(counts) == {"High", "Medium", "Low", "Informational", "Undefined"}
    found = findings_of(shared_service.client(), assessed["run"])
    counted = [finding for finding in found if finding["title"] != "No potential security issues found"]
    assert sum(counts.values()) == len(counted)


def test_what_could_not_be_assessed_is_an_exclusion(shared_service, assessed):
    inspector = shared_service.client()
    arns = inspector.list_exclusions(assessmentRunArn=assessed["run"], maxResults=100)["exclusionArns"]
    exclusions = inspector.describe_exclusions(exclusionArns=arns)["exclusions"]
    titles = {exclusion["title"] for exclusion in exclusions.values()}
    assert "Agent not found" in titles


def test_the_stock_command_line_prints_the_same_findings(shared_service, assessed):
    command = [str(AWS), "inspector", "list-findings", "--assessment-run-arns", assessed["run"]]
    command += ["--endpoint-url", shared_service.url, "--output", "json"]
    done = subprocess.run(command, env=shared_service.environment, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    arns = {finding["arn"] for finding in findings_of(shared_service.client(), assessed["run"])}
    assert set(json.loads(done.stdout)["findingArns"]) == arns


def test_the_report_of_a_run_is_one_html_page(shared_service, assessed, tmp_path):
    page = tmp_path / "report.html"
    shared_service.inspector(
        "report", assessed["run"], "--endpoint-url", shared_service.url, "--output", str(page)
    )
    text = page.read_text()
    assert text.lower().startswith("<!doctype html>") and "PostgreSQL" in text
    assert "<script" not in text and "default-src 'none'" in text


def test_names_are_taken_once(shared_service, assessed):
    inspector = shared_service.client()
    with pytest.raises(inspector.exceptions.InvalidInputException) as refused:
        inspector.create_assessment_target(assessmentTargetName="example")
    assert refused.value.response["errorCode"] == "ASSESSMENT_TARGET_NAME_ALREADY_TAKEN"
    with pytest.raises(inspector.exceptions.InvalidInputException):
        inspector.start_assessment_run(assessmentTemplateArn=assessed["template"], assessmentRunName="first")


def test_unknown_arns_are_failed_items_and_not_errors(shared_service, assessed):
    inspector = shared_service.client()
    arn = assessed["run"][:-1] + ("A" if assessed["run"][-1] != "A" else "B")
    assert inspector.describe_assessment_runs(assessmentRunArns=[arn])["failedItems"] == {
        arn: {"failureCode": "ITEM_DOES_NOT_EXIST", "retryable": False}
    }


def test_pages_neither_lose_nor_double_a_finding(shared_service, assessed):
    inspector = shared_service.client()
    walked, token = [], {}
    while True:
        page = inspector.list_findings(assessmentRunArns=[assessed["run"]], maxResults=3, **token)
        walked += page["findingArns"]
        if "nextToken" not in page:
            break
        token = {"nextToken": page["nextToken"]}
    assert len(walked) == len(set(walked)) == len(findings_of(inspector, assessed["run"]))


def test_filters_narrow(shared_service, assessed):
    inspector = shared_service.client()
    some = inspector.list_findings(assessmentRunArns=[assessed["run"]], filter={"severities": ["Medium"]}, maxResults=100)
    found = inspector.describe_findings(findingArns=some["findingArns"][:10])["findings"]
    assert found and {finding["severity"] for finding in found} == {"Medium"}


def test_deleting_a_target_deletes_what_stands_under_it(service):
    service.client("openinspector").import_snapshot(name="example", documents=snapshot_documents())
    inspector = service.client()
    target = inspector.create_assessment_target(assessmentTargetName="all")["assessmentTargetArn"]
    packages = inspector.list_rules_packages()["rulesPackageArns"]
    template = inspector.create_assessment_template(
        assessmentTargetArn=target, assessmentTemplateName="all", durationInSeconds=180, rulesPackageArns=packages
    )["assessmentTemplateArn"]
    run = inspector.start_assessment_run(assessmentTemplateArn=template)["assessmentRunArn"]
    wait_for(inspector, run)
    inspector.delete_assessment_target(assessmentTargetArn=target)
    assert run in inspector.describe_assessment_runs(assessmentRunArns=[run])["failedItems"]
    assert inspector.list_findings()["findingArns"] == []


def test_a_stopped_run_can_be_cancelled(service):
    """An enrolled agent that never delivers holds collection open until the run is stopped."""
    inspector = service.client()
    target = inspector.create_assessment_target(assessmentTargetName="all")["assessmentTargetArn"]
    packages = inspector.list_rules_packages()["rulesPackageArns"]
    template = inspector.create_assessment_template(
        assessmentTargetArn=target, assessmentTemplateName="all", durationInSeconds=180, rulesPackageArns=packages
    )["assessmentTemplateArn"]
    run = inspector.start_assessment_run(assessmentTemplateArn=template)["assessmentRunArn"]
    inspector.stop_assessment_run(assessmentRunArn=run, stopAction="SKIP_EVALUATION")
    assert wait_for(inspector, run)["state"] in {"CANCELED", "COMPLETED"}


def test_the_first_assessment_example_runs_twice(service):
    service.client("openinspector").import_snapshot(name="example", documents=snapshot_documents())
    command = [sys.executable, str(ROOT / "examples" / "first_assessment.py"), "--endpoint-url", service.url]
    for earlier in (0, 1):
        done = subprocess.run(command, env=service.environment, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr
        assert done.stdout.count("earlier run:") == earlier
        assert "PostgreSQL" in done.stdout


def test_the_wrong_arn_kind_is_named(shared_service, assessed):
    inspector = shared_service.client()
    with pytest.raises(inspector.exceptions.InvalidInputException) as refused:
        inspector.start_assessment_run(assessmentTemplateArn=assessed["target"])
    assert refused.value.response["errorCode"] == "INVALID_ASSESSMENT_TEMPLATE_ARN"


def test_a_template_duration_out_of_bounds_is_refused(shared_service, assessed):
    inspector = shared_service.client()
    with pytest.raises((inspector.exceptions.InvalidInputException, botocore.exceptions.ParamValidationError)):
        inspector.create_assessment_template(
            assessmentTargetArn=assessed["target"],
            assessmentTemplateName="short",
            durationInSeconds=60,
            rulesPackageArns=[],
        )
