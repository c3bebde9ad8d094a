"""Runtime Behavior Analysis with a real agent: real listeners, a real peer in a network namespace, real connections."""

import contextlib
import os
import shutil
import socket
import subprocess
import time

import pytest
from conftest import findings_of, wait_for
from hosts import enroll, eventually

NAME = "Runtime Behavior Analysis"
NEEDED = "needs root and iproute2 for a peer in a network namespace"
needs_a_peer = pytest.mark.skipif(os.geteuid() != 0 or shutil.which("ip") is None, reason=NEEDED)


@pytest.fixture
def peer(tmp_path):
    """The address of another machine: a network namespace in which something listens at ports 23 and 80."""
    mark = f"{os.getpid() % 10000}"
    space, here, there = f"rba{mark}", f"rba{mark}h", f"rba{mark}p"
    run = lambda *words: subprocess.run(words, check=True, capture_output=True)  # noqa: E731
    run("ip", "netns", "add", space)
    servers = []
    try:
        run("ip", "link", "add", here, "type", "veth", "peer", "name", there, "netns", space)
        run("ip", "address", "add", "198.51.100.1/30", "dev", here)
        run("ip", "link", "set", here, "up")
        run("ip", "-n", space, "address", "add", "198.51.100.2/30", "dev", there)
        run("ip", "-n", space, "link", "set", there, "up")
        for port in ("23", "80"):
            command = ["ip", "netns", "exec", space, "python3", "-m", "http.server", port]
            servers.append(subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL))
        yield "198.51.100.2"
    finally:
        for server in servers:
            server.kill()
            server.wait()
        run("ip", "netns", "delete", space)


@contextlib.contextmanager
def agent(service, folder):
    """This machine's own agent, enrolled and running."""
    identity = ("--agent-id", "i-0b5e7fed000000001")
    host = enroll(service, f"https://127.0.0.1:{service.agent_port}", folder / "agent", identity=identity).start()
    try:
        yield host
    finally:
        host.stop()


def package(inspector):
    arns = inspector.list_rules_packages()["rulesPackageArns"]
    described = inspector.describe_rules_packages(rulesPackageArns=arns)["rulesPackages"]
    return next(package for package in described if package["name"] == NAME)


def start(inspector):
    target = inspector.create_assessment_target(assessmentTargetName="hosts")["assessmentTargetArn"]
    template = inspector.create_assessment_template(
        assessmentTargetArn=target,
        assessmentTemplateName="behavior",
        durationInSeconds=180,
        rulesPackageArns=[package(inspector)["arn"]],
    )["assessmentTemplateArn"]
    return inspector.start_assessment_run(assessmentTemplateArn=template)["assessmentRunArn"]


def until_delivered(inspector, run):
    """Agents deliver facts at once and observe from then on."""
    sent = lambda: inspector.get_telemetry_metadata(assessmentRunArn=run)["telemetryMetadata"]  # noqa: E731
    eventually(lambda: any(kind["count"] for kind in sent()))


def listening(address):
    server = socket.socket()
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    server.bind(address)
    server.listen()
    return server


def connect(address, port, seconds=10):
    deadline = time.monotonic() + seconds
    while True:
        try:
            return socket.create_connection((address, port), timeout=5)
        except OSError:
            assert time.monotonic() < deadline, f"nobody answers at {address}:{port}"
            time.sleep(0.1)


def evidence(service, finding):
    own = service.client("openinspector")
    proofs = own.describe_finding_proofs(findingArns=[finding["arn"]])["proofs"]
    return str(proofs)


def test_the_package_has_the_arn_of_the_original(service):
    found = package(service.client())
    assert found["arn"] == "arn:aws:inspector:us-east-1:316112463485:rulespackage/0-gBONHN9h"
    assert found["version"] == "1.0"


@needs_a_peer
def test_what_a_host_does_while_it_is_observed_is_found(service, peer, tmp_path):
    inspector = service.client()
    insecure, unused, used = listening(("198.51.100.1", 21)), listening(("0.0.0.0", 0)), listening(("0.0.0.0", 0))
    with agent(service, tmp_path), contextlib.closing(insecure), contextlib.closing(unused), contextlib.closing(used):
        ports = [server.getsockname()[1] for server in (unused, used)]
        run = start(inspector)
        until_delivered(inspector, run)
        telnet, web = connect(peer, 23), connect(peer, 80)
        visitor = connect("127.0.0.1", ports[1])
        time.sleep(5)  # the sensor looks every two seconds
        inspector.stop_assessment_run(assessmentRunArn=run, stopAction="START_EVALUATION")
        ended = wait_for(inspector, run)
        for connection in (telnet, web, visitor):
            connection.close()
    assert ended["state"] == "COMPLETED", service.log_text()
    findings = {finding["id"]: finding for finding in findings_of(inspector, run)}
    login = findings["Insecure client protocols (login)"]
    assert (login["severity"], login["assetAttributes"]["agentId"]) == ("Medium", "i-0b5e7fed000000001")
    told = evidence(service, login)
    for part in ("Telnet connections to port 23", peer, "polling of the socket tables", "may have missed"):
        assert part in told, told
    general = findings["Insecure client protocols (general)"]
    assert general["severity"] == "Low" and "HTTP connections to port 80" in evidence(service, general)
    server = findings["Insecure server protocols"]
    assert server["severity"] == "Informational" and "FTP port 21" in evidence(service, server)
    told = evidence(service, findings["Unused listening TCP ports"])
    assert f"connections to TCP port {ports[0]}" in told and f"connections to TCP port {ports[1]}" not in told


def test_an_observation_that_did_not_reach_the_end_is_an_exclusion_and_never_clean(service, tmp_path):
    inspector = service.client()
    with agent(service, tmp_path) as host:
        run = start(inspector)
        until_delivered(inspector, run)
        host.kill()
    inspector.stop_assessment_run(assessmentRunArn=run, stopAction="START_EVALUATION")
    wait_for(inspector, run)
    arns = inspector.list_exclusions(assessmentRunArn=run, maxResults=100)["exclusionArns"]
    exclusions = inspector.describe_exclusions(exclusionArns=arns)["exclusions"].values()
    not_observed = [exclusion for exclusion in exclusions if exclusion["title"] == "Behavior not observed"]
    assert not_observed and "did not reach the end of the run" in not_observed[0]["description"]
    assert {finding["title"] for finding in findings_of(inspector, run)}.isdisjoint({"No potential security issues found"})
