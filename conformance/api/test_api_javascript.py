"""The stock JavaScript client makes every valid call, and understands every answer and refusal."""

import json
import os
import shutil
import subprocess

import pytest
from api_model import OPERATIONS
from api_world import World

from conftest import ROOT

FOLDER = ROOT / "conformance" / "js"

pytestmark = pytest.mark.skipif(
    not shutil.which("node") or not (FOLDER / "node_modules").exists(),
    reason="the JavaScript client needs Node; `make conformance` installs it",
)


@pytest.fixture(scope="module")
def call(shared_service):
    key = shared_service.session().get_credentials().get_frozen_credentials()
    environment = {
        "PATH": os.environ["PATH"],
        "ENDPOINT": shared_service.url,
        "AWS_ACCESS_KEY_ID": key.access_key,
        "AWS_SECRET_ACCESS_KEY": key.secret_key,
    }

    def run(calls):
        command = ["node", str(FOLDER / "call.mjs")]
        done = subprocess.run(command, input=json.dumps(calls), env=environment, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return run


@pytest.fixture(scope="module")
def answers(call, shared_service, assessed):
    world = World(shared_service, assessed)
    calls = [{"operation": operation, "input": world.fresh(operation)} for operation in OPERATIONS]
    return {answer["operation"]: answer for answer in call(calls)}


@pytest.mark.parametrize("operation", OPERATIONS)
def test_the_javascript_client_makes_every_valid_call(answers, operation):
    answer = answers[operation]
    assert answer["status"] == 200 and answer["request"], answer
    shape = OPERATIONS[operation].output_shape
    assert set(shape.required_members if shape else ()) <= set(answer["output"])


def test_the_javascript_client_understands_a_refusal(call, assessed):
    calls = [
        {"operation": "StartAssessmentRun", "input": {"assessmentTemplateArn": assessed["target"]}},
        {"operation": "DeleteAssessmentRun", "input": {"assessmentRunArn": assessed["run"][:-8] + "zzzzzzzz"}},
    ]
    invalid, missing = call(calls)
    assert (invalid["error"], invalid["errorCode"]) == ("InvalidInputException", "INVALID_ASSESSMENT_TEMPLATE_ARN")
    assert (missing["error"], missing["errorCode"], missing["canRetry"]) == (
        "NoSuchEntityException", "ASSESSMENT_RUN_DOES_NOT_EXIST", False,
    )  # fmt: skip
