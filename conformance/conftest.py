"""Starts real programs on loopback and hands stock clients to the tests."""

import contextlib
import os
import pathlib
import shutil
import signal
import socket
import sqlite3
import subprocess
import time
import urllib.error
import urllib.request

import boto3
import botocore.config
import pytest

from matrix import pytest_runtest_logreport, pytest_sessionfinish  # noqa: F401

ROOT = pathlib.Path(__file__).resolve().parent.parent
BIN = pathlib.Path(os.environ.get("INSPECTOR_BIN", ROOT / "target" / "debug"))
EXAMPLE = ROOT / "examples" / "aws-account"
MODELS = ROOT / "crates" / "api" / "model"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Service:
    """One `inspector serve` with a data directory of its own."""

    def __init__(self, directory, *flags):
        self.directory, self.flags = directory, flags
        self.port, self.agent_port = free_port(), free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.process = None

    @property
    def command(self):
        return [
            str(BIN / "inspector"), "serve",
            "--data-dir", str(self.directory),
            "--listen", f"127.0.0.1:{self.port}",
            "--agent-listen", f"127.0.0.1:{self.agent_port}",
            *self.flags,
        ]  # fmt: skip

    def start(self):
        self.log = open(self.directory.with_suffix(".log"), "ab")
        self.process = subprocess.Popen(self.command, stdout=self.log, stderr=self.log)
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            assert self.process.poll() is None, self.log_text()
            try:
                urllib.request.urlopen(f"{self.url}/healthz", timeout=2).read()
                return self
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.05)
        raise AssertionError(f"the service did not become ready\n{self.log_text()}")

    def log_text(self):
        return self.directory.with_suffix(".log").read_text(errors="replace")

    def stop(self, how=signal.SIGTERM):
        if self.process and self.process.poll() is None:
            self.process.send_signal(how)
            self.process.wait(timeout=30)
        return self.process.returncode

    @property
    def database(self):
        return self.directory / "store.sqlite"

    def copy(self, directory, *flags):
        """Another service, started over a copy of this one's data."""
        shutil.copytree(self.directory, directory, ignore=shutil.ignore_patterns("store.sqlite*"))
        other = Service(directory, *flags)
        with contextlib.closing(sqlite3.connect(self.database)) as source:
            with contextlib.closing(sqlite3.connect(other.database)) as copy:
                source.backup(copy)
        return other.start()

    @property
    def environment(self):
        """What a user exports: the credentials file that the service wrote, and where its own model is."""
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(self.directory),
            "AWS_SHARED_CREDENTIALS_FILE": str(self.directory / "credentials"),
            "AWS_DATA_PATH": str(MODELS),
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_EC2_METADATA_DISABLED": "true",
        }

    def session(self):
        lines = (self.directory / "credentials").read_text().splitlines()
        pairs = dict(line.split(" = ", 1) for line in lines if " = " in line)
        session = boto3.Session(pairs["aws_access_key_id"], pairs["aws_secret_access_key"], region_name="us-east-1")
        session._session.get_component("data_loader").search_paths.append(str(MODELS))
        return session

    def client(self, name="inspector", **overrides):
        config = botocore.config.Config(retries={"total_max_attempts": 1})
        return self.session().client(name, endpoint_url=self.url, config=config, **overrides)

    def inspector(self, *arguments, check=True):
        """Runs the `inspector` program as its own user would."""
        done = subprocess.run(
            [str(BIN / "inspector"), *arguments], env=self.environment, capture_output=True, text=True, timeout=300
        )
        assert not check or done.returncode == 0, done.stderr
        return done


@pytest.fixture
def stopped_service(tmp_path):
    service = Service(tmp_path / "data")
    yield service
    service.stop()


@pytest.fixture
def service(stopped_service):
    return stopped_service.start()


@pytest.fixture(scope="module")
def shared_service(tmp_path_factory):
    """For tests that only look, or that use names of their own."""
    service = Service(tmp_path_factory.mktemp("shared") / "data").start()
    yield service
    service.stop()


def snapshot_documents(folder=EXAMPLE):
    files = sorted(path for path in folder.rglob("*.json"))
    return [{"path": str(path.relative_to(folder)), "content": path.read_text()} for path in files]


def wait_for(inspector, run, states=("COMPLETED", "COMPLETED_WITH_ERRORS", "FAILED", "ERROR", "CANCELED"), seconds=120):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        described = inspector.describe_assessment_runs(assessmentRunArns=[run])["assessmentRuns"][0]
        if described["state"] in states:
            return described
        time.sleep(0.1)
    raise AssertionError(f"{run} stays in {described['state']}")


@pytest.fixture(scope="module")
def assessed(shared_service):
    """A finished run over the example account."""
    own = shared_service.client("openinspector")
    assert own.import_snapshot(name="example", documents=snapshot_documents())["instanceCount"] == 6
    inspector = shared_service.client()
    group = inspector.create_resource_group(resourceGroupTags=[{"key": "Environment", "value": "demo"}])
    target = inspector.create_assessment_target(
        assessmentTargetName="example", resourceGroupArn=group["resourceGroupArn"]
    )["assessmentTargetArn"]
    template = inspector.create_assessment_template(
        assessmentTargetArn=target,
        assessmentTemplateName="everything",
        durationInSeconds=180,
        rulesPackageArns=inspector.list_rules_packages()["rulesPackageArns"],
        userAttributesForFindings=[{"key": "team", "value": "platform"}],
    )["assessmentTemplateArn"]
    run = inspector.start_assessment_run(assessmentTemplateArn=template, assessmentRunName="first")["assessmentRunArn"]
    return {"target": target, "template": template, "run": run, "described": wait_for(inspector, run)}


def findings_of(inspector, run):
    pages = inspector.get_paginator("list_findings").paginate(assessmentRunArns=[run])
    arns = [arn for page in pages for arn in page["findingArns"]]
    found = []
    for start in range(0, len(arns), 10):
        answer = inspector.describe_findings(findingArns=arns[start : start + 10])
        assert answer["failedItems"] == {}
        found += answer["findings"]
    assert len({finding["arn"] for finding in found}) == len(arns)
    return found
