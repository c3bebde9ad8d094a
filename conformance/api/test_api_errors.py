"""Every error that the model declares for an operation is provoked, or a known gap says why it cannot be."""

import concurrent.futures
import contextlib
import http.client
import json
import re
import select
import sqlite3
import time
import tomllib

import pytest
from api_model import CODES, ERRORS, MODEL, OPERATIONS
from api_wire import Wire, wire_of
from api_world import VALID, World

from conftest import ROOT

GAPS = {
    gap["case"].removeprefix("error/")
    for gap in tomllib.loads((ROOT / "conformance" / "known-gaps.toml").read_text())["gap"]
    if gap["case"].startswith("error/")
}
QUOTAS = ("instances", "resource-groups", "runs", "targets", "templates", "topics")
OTHER = "111111111111"


@pytest.fixture(scope="module")
def world(shared_service, assessed):
    """With an agent that is there and never delivers, so that runs over it stay in progress."""
    world = World(shared_service, assessed)
    with contextlib.closing(sqlite3.connect(shared_service.database, timeout=30)) as database, database:
        database.execute(
            "INSERT INTO agent (id, account, region, version, hostname, operating_system, kernel_version, tags, "
            "certificate, certificate_expires_at, enrolled_at, last_seen_at) "
            "VALUES ('i-00000000000000001', '000000000000', 'us-east-1', '1', 'silent', '', '', '[]', 'none', ?1, ?1, ?2)",
            (int(time.time() + 86400) * 1000, int(time.time() * 1000)),
        )
    world.held_target = world.inspector.create_assessment_target(assessmentTargetName="held")["assessmentTargetArn"]
    cve = [arn for arn in world.packages if arn.endswith("0-gEjTy7T7")]
    world.held_template = world.inspector.create_assessment_template(
        assessmentTargetArn=world.held_target,
        assessmentTemplateName="held",
        durationInSeconds=86400,
        rulesPackageArns=cve,
    )["assessmentTemplateArn"]
    started = world.inspector.start_assessment_run(assessmentTemplateArn=world.held_template)
    world.held_run = started["assessmentRunArn"]
    return world


def copied(*flags):
    @pytest.fixture(scope="module")
    def fixture(shared_service, world, tmp_path_factory):
        service = shared_service.copy(tmp_path_factory.mktemp("copy") / "data", *flags)
        yield service
        service.stop()

    return fixture


without_quota = copied(*(f"--quota={name}=0" for name in QUOTAS))
strict = copied("--strict-classic")
narrow = copied("--max-requests=1")
broken = copied()
keyless = copied()


def changed(value, change):
    """`value` with the ARNs of the account changed, and without a page token, which belongs to the unchanged one."""
    text = json.dumps({name: member for name, member in value.items() if name != "nextToken"})
    return json.loads(re.sub(r"arn:aws:(inspector|iam):[a-z0-9-]*:000000000000:[^\"]*", lambda m: change(m[0]), text))


def unknown(arn):
    return arn[:-8] + "zzzzzzzz"


def foreign(arn):
    return arn.replace("000000000000", OTHER)


def missing_entity(operation, world, wire):
    return wire.call(operation, changed(world.valid(operation), unknown))


def other_account(operation, world, wire):
    return wire.call(operation, changed(world.valid(operation), foreign))


def empty_object(operation, world, wire):
    return wire.call(operation, {name: 7.5 for name in OPERATIONS[operation].input_shape.members})


def run_in_progress(operation, world, wire):
    held = {"Run": world.held_run, "Target": world.held_target, "Template": world.held_template}
    kind = "Run" if operation == "GetAssessmentReport" else operation.removeprefix("DeleteAssessment")
    return wire.call(operation, world.valid(operation) | {f"assessment{kind}Arn": held[kind]})


def previews_at_once(operation, world, wire):
    """The first that is refused because another one is being made."""
    credentials = wire.credentials
    with concurrent.futures.ThreadPoolExecutor(16) as pool:
        for _ in range(50):
            wires = [Wire(wire.url, credentials) for _ in range(16)]
            answers = list(pool.map(lambda one: one.call(operation, world.valid(operation)), wires))
            for answer in answers:
                if answer.status != 200:
                    return answer
    return answers[0]


HERE = {
    "InvalidInputException": empty_object,
    "NoSuchEntityException": missing_entity,
    "AccessDeniedException": other_account,
    "AssessmentRunInProgressException": run_in_progress,
    "PreviewGenerationInProgressException": previews_at_once,
}
ELSEWHERE = {
    "LimitExceededException",
    "AgentsAlreadyRunningAssessmentException",
    "ServiceTemporarilyUnavailableException",
    "InternalException",
}
# These name no single thing that could be another account's: policies deny them (test_api_policies.py).
BY_POLICY = {
    "AddAttributesToFindings",
    "CreateResourceGroup",
    "ListAssessmentTargets",
    "ListRulesPackages",
    "RemoveAttributesFromFindings",
}
DECLARED = [(operation, error) for operation, errors in ERRORS.items() for error in errors]


def is_gap(operation, error):
    return error in GAPS or f"{operation}/{error}" in GAPS


def declaring(error):
    return [operation for operation, name in DECLARED if name == error and not is_gap(operation, error)]


def check(answer, error, status=400):
    """The error as the model says: its members, of their types, and a code out of its list."""
    assert (answer.status, answer.error) == (status, error), answer
    shape = MODEL.shape_for(error)
    assert set(shape.required_members) <= set(answer.body) <= set(shape.members) | {"__type"}, answer
    assert answer.body["message"] and len(answer.body["message"]) <= 1000
    if error in CODES:
        assert answer.body["errorCode"] in CODES[error]
    assert answer.headers["x-amzn-errortype"] == error


def test_every_declared_error_is_provoked_or_a_known_gap():
    kinds = set(HERE) | ELSEWHERE
    assert {name for name in DECLARED if name[1] not in kinds and not is_gap(*name)} == set()
    real = {error for _, error in DECLARED} | {f"{operation}/{error}" for operation, error in DECLARED}
    assert GAPS <= real


def is_provoked_here(operation, error):
    by_policy = error == "AccessDeniedException" and operation in BY_POLICY
    return error in HERE and not by_policy and not is_gap(operation, error)


@pytest.mark.parametrize("operation,error", [pair for pair in DECLARED if is_provoked_here(*pair)])
def test_a_declared_error_is_answered(world, shared_service, operation, error):
    check(HERE[error](operation, world, wire_of(shared_service)), error)


@pytest.mark.parametrize("operation", declaring("LimitExceededException"))
def test_a_quota_that_is_reached_is_a_limit(world, without_quota, operation):
    check(wire_of(without_quota).call(operation, world.valid(operation)), "LimitExceededException")


@pytest.mark.parametrize("operation", declaring("AgentsAlreadyRunningAssessmentException"))
def test_a_busy_instance_is_named_where_the_original_is_followed_to_the_letter(world, strict, operation):
    answer = wire_of(strict).call(operation, {"assessmentTemplateArn": world.held_template})
    check(answer, "AgentsAlreadyRunningAssessmentException")
    busy = {"agentId": "i-00000000000000001", "assessmentRunArn": world.held_run}
    assert busy in answer.body["agents"]


@pytest.fixture(scope="module")
def occupied(narrow):
    """The one request that the service works at never sends its body."""
    wire = wire_of(narrow)
    path, headers = wire.in_header({"X-Amz-Target": "InspectorService.ListFindings"}, b"{}")
    slow = http.client.HTTPConnection(wire.host)
    slow.putrequest("POST", path)
    for name, value in (headers | {"Content-Length": "2"}).items():
        slow.putheader(name, value)
    slow.endheaders()
    # It may have come too late for the only place, which this one would then have had.
    while wire.call("ListRulesPackages", {}).status == 200:
        assert not select.select([slow.sock], [], [], 0)[0]
    yield wire
    slow.close()


@pytest.mark.parametrize("operation", declaring("ServiceTemporarilyUnavailableException"))
def test_a_service_with_its_hands_full_says_so(world, occupied, operation):
    answer = occupied.call(operation, world.valid(operation))
    check(answer, "ServiceTemporarilyUnavailableException", 503)
    assert answer.body["canRetry"] is True


@pytest.fixture(scope="module")
def torn(broken):
    """A service whose tables are gone, those apart that say who may call."""
    wire = wire_of(broken)
    assert wire.call("ListRulesPackages", {}).status == 200
    with contextlib.closing(sqlite3.connect(broken.database, timeout=30)) as database, database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for name in tables:
            if name not in ("access_key", "answered_request") and not name.startswith("sqlite_"):
                database.execute(f'ALTER TABLE "{name}" RENAME TO "gone_{name}"')
    return broken


# What these two answer with stands in the program.
FROM_MEMORY = ("DescribeRulesPackages", "ListRulesPackages")


@pytest.mark.parametrize("operation", [name for name in OPERATIONS if name not in FROM_MEMORY])
def test_a_fault_of_the_service_is_an_internal_error(world, torn, operation):
    answer = wire_of(torn).call(operation, {k: v for k, v in world.valid(operation).items() if k != "nextToken"})
    check(answer, "InternalException", 500)
    assert answer.body["canRetry"] is True
    assert "sql" not in answer.body["message"].lower()


def test_a_fault_in_looking_up_a_key_is_an_internal_error(world, keyless):
    with contextlib.closing(sqlite3.connect(keyless.database, timeout=30)) as database, database:
        database.execute("ALTER TABLE access_key RENAME TO gone_access_key")
    for operation in FROM_MEMORY:
        check(wire_of(keyless).call(operation, VALID[operation](world)), "InternalException", 500)
