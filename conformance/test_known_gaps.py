"""The list of operations that are not there is true: each listed one says so, each other one does something else."""

import json
import socket
import tomllib

import botocore.exceptions
import pytest

from conftest import ROOT

LISTED = tomllib.loads((ROOT / "conformance" / "known-gaps.toml").read_text())["gap"]
CASES = {gap["case"] for gap in LISTED}
GAPS = {case.removeprefix("api/") for case in CASES if case.startswith("api/")}


def smallest(shape):
    """The smallest input that the model allows."""
    if shape.type_name == "structure":
        return {name: smallest(shape.members[name]) for name in shape.required_members}
    if shape.type_name == "list":
        return [smallest(shape.member)] * max(1, shape.metadata.get("min", 0))
    if shape.type_name == "string":
        if shape.enum:
            return shape.enum[0]
        if shape.name == "UUID":
            return "00000000-0000-0000-0000-000000000000"
        return "x" * max(1, shape.metadata.get("min", 1))
    return max(1, shape.metadata.get("min", 1))


def operations(service):
    model = service.client().meta.service_model
    return {name: model.operation_model(name) for name in model.operation_names}


def test_listed_gaps_and_only_they_are_unknown_operations(shared_service):
    inspector = shared_service.client()
    unknown = set()
    for name, model in operations(shared_service).items():
        arguments = smallest(model.input_shape) if model.input_shape else {}
        try:
            inspector._make_api_call(name, arguments)
        except botocore.exceptions.ClientError as error:
            if error.response["Error"]["Code"] == "UnknownOperationException":
                assert name in error.response["Error"]["Message"]
                unknown.add(name)
    assert unknown == GAPS


def test_every_gap_has_an_issue_and_a_reason():
    for gap in LISTED:
        assert gap["issue"] > 0 and gap["why"], gap


def test_the_model_has_37_operations(shared_service):
    assert len(operations(shared_service)) == 37


def test_a_gap_names_a_real_operation(shared_service):
    assert GAPS <= set(operations(shared_service))


def calls_no_role_valid(service):
    return not service.client().describe_cross_account_access_role()["valid"]


def offers_no_package(service, key):
    names = {
        "custom": "Custom Rules",
    }
    inspector = service.client()
    offered = inspector.describe_rules_packages(rulesPackageArns=inspector.list_rules_packages()["rulesPackageArns"])
    return names[key] not in {package["name"] for package in offered["rulesPackages"]}


def knows_no_verb(service, verb):
    return service.inspector(*verb.split(), "--help", check=False).returncode == 2


def prints_no_format(service, name):
    return service.inspector("scan", "host", "--format", name, check=False).returncode == 2


def counts_nothing_in_the_kernel(service):
    with socket.create_server(("0.0.0.0", 0)) as server:
        scan = ["scan", "host", "--package", "runtime-behavior", "--observe", "1", "--format", "json"]
        findings = json.loads(service.inspector(*scan, check=False).stdout)["findings"]
        unused = next(str(finding["proof"]) for finding in findings if finding["id"] == "Unused listening TCP ports")
        assert f"TCP port {server.getsockname()[1]}" in unused
    return "polling of the socket tables" in unused


CHECKS = {
    "access-role/validity": calls_no_role_valid,
    "runtime-behavior/kernel-counting": counts_nothing_in_the_kernel,
}
FAMILIES = {"package": offers_no_package, "cli": knows_no_verb, "format": prints_no_format}


@pytest.mark.parametrize("case", sorted(case for case in CASES | set(CHECKS) if not case.startswith(("api/", "error/"))))
def test_a_gap_is_there_exactly_while_it_is_listed(shared_service, case):
    family, _, name = case.partition("/")
    check = CHECKS.get(case) or (lambda service: FAMILIES[family](service, name))
    assert check(shared_service) == (case in CASES)
