"""An agent that lies: nothing of it is accepted, nothing of others is touched, and the service goes on."""

import hashlib
import http.client
import json
import ssl
import subprocess

import pytest
from hosts import AGENT, Fleet, eventually

ONE, TWO = "i-00000000000000001", "i-00000000000000002"


@pytest.fixture(scope="module")
def fleet(tmp_path_factory):
    fleet = Fleet(tmp_path_factory.mktemp("hostile") / "data", "--agent-poll-seconds", "1", "--no-feed-sync").start()
    fleet.hosts = {id: fleet.enroll(fleet.directory.parent / id, id) for id in (ONE, TWO)}
    yield fleet
    for host in fleet.hosts.values():
        host.stop()
    fleet.stop()


def post(fleet, path, body, context=None, headers=()):
    """The status and the code of the answer; a connection that is cut is no answer."""
    context = context or fleet.hosts[ONE].tls(fleet.directory.parent)
    connection = http.client.HTTPSConnection(fleet.address, fleet.agent_port, context=context, timeout=30)
    try:
        connection.request("POST", f"/agent/v1/{path}", body, {"content-type": "application/json", **dict(headers)})
        response = connection.getresponse()
        answer = response.read()
        return response.status, json.loads(answer)["code"] if answer.startswith(b'{"code"') else None
    except (BrokenPipeError, ConnectionResetError, ssl.SSLError):
        return "cut", None
    finally:
        connection.close()


def zstd(data, *options):
    return subprocess.run(["zstd", "-c", *options], input=data, stdout=subprocess.PIPE, check=True).stdout


def facts():
    return json.loads(subprocess.run([AGENT, "show"], stdout=subprocess.PIPE, check=True).stdout)


def delivery(runs):
    """As `model::delivery` describes it: parts, and the digest over them."""
    parts = {f"facts.{name}": json.dumps(value, separators=(",", ":")) for name, value in facts().items()}
    whole = hashlib.sha256()
    for name in sorted(parts):
        whole.update(name.encode() + b"\0" + hashlib.sha256(parts[name].encode()).digest())
    return {"runs": runs, "base": None, "digest": whole.hexdigest(), "set": parts, "unset": []}


def test_messages_that_are_too_large_too_deep_or_bombs_are_refused(fleet):
    bomb = zstd(b" " * (100 << 20))
    deep = b'{"runs":' + b"[" * 100_000 + b"]" * 100_000 + b"}"
    assert len(bomb) < 20_000
    table = [
        (b"x" * (33 << 20), (), {413, "cut"}),
        (bomb, {"content-encoding": "zstd"}, {413}),
        (zstd(bomb), {"content-encoding": "zstd"}, {400}),
        (zstd(b" " * (32 << 20), "--ultra", "--long=30", "-3"), {"content-encoding": "zstd"}, {400, 413}),
        (b"{}", {"content-encoding": "zstd"}, {400}),
        (b"{}", {"content-encoding": "gzip"}, {415}),
        (deep, (), {400}),
        (zstd(deep), {"content-encoding": "zstd"}, {400}),
        (b'{"runs":[],"runs":[]}', (), {400}),
        (b'{"unknown":1}', (), {400}),
        (b"\xff\xfe", (), {400}),
        (b"", (), {400}),
    ]
    for body, headers, expected in table:
        assert post(fleet, "facts", body, headers=headers)[0] in expected, body[:40]
    assert fleet.process.poll() is None
    assert post(fleet, "facts", json.dumps(delivery([])))[0] == 204, "the honest message still passes"


def test_a_certificate_of_ones_own_making_is_nobody(fleet, tmp_path):
    key, certificate = tmp_path / "key.pem", tmp_path / "cert.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", f"/CN={TWO}", "-days", "2"]
    subprocess.run([*command, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    context = ssl.create_default_context(cadata=bytes.fromhex(fleet.hosts[ONE].identity["caCertificate"]))
    context.load_cert_chain(certificate, key)
    assert post(fleet, "facts", json.dumps(delivery([])), context)[0] == "cut"
    context = ssl.create_default_context(cadata=bytes.fromhex(fleet.hosts[ONE].identity["caCertificate"]))
    for path in ("facts", "checkin", "renew"):
        assert post(fleet, path, "{}", context) == (401, "no-certificate"), path


def test_an_agent_delivers_for_itself_alone_and_once(fleet):
    other = fleet.hosts[TWO].start()
    eventually(lambda: fleet.listed()[TWO].get("hostname"))
    heartbeat = {
        "agentVersion": "1", "hostname": "liar", "operatingSystem": "x", "kernelVersion": "x", "process": "p",
        "clock": "2026-01-01T00:00:00Z", "troubles": [{"code": "c" * 500, "detail": "d" * 3000}] * 17,
    }  # fmt: skip
    assert post(fleet, "checkin", json.dumps(heartbeat))[0] == 200
    told = fleet.listed()[ONE]
    assert len(told["healthCode"]) <= 64 and len(told["healthReason"]) <= 512
    run = fleet.client().start_assessment_run(assessmentTemplateArn=fleet.template())["assessmentRunArn"]
    body = json.dumps(delivery([run]))
    # The delivery counts for the host of the certificate, whatever it says; the other's waits for the other.
    assert post(fleet, "facts", body)[0] == 204
    assert post(fleet, "facts", body)[0] == 204, "a repetition is acknowledged"
    eventually(lambda: fleet.delivered(run) == {ONE: 1, TWO: 1})
    eventually(lambda: fleet.run_state(run).startswith("COMPLETED"), 120)
    assert post(fleet, "facts", body)[0] == 204, "and so is one after the end"
    assert fleet.delivered(run) == {ONE: 1, TWO: 1}
    other.stop()


def test_a_run_that_holds_no_such_host_takes_nothing_from_it(fleet):
    stranger = fleet.enroll(fleet.directory.parent / "stranger", "i-00000000000000003")
    runs = fleet.client().list_assessment_runs()["assessmentRunArns"]
    context = stranger.tls(fleet.directory.parent)
    assert post(fleet, "facts", json.dumps(delivery(runs)), context)[0] == 204
    assert all("i-00000000000000003" not in fleet.delivered(run) for run in runs)
    for runs in (["arn:aws:inspector:nowhere"], ["x" * 1000], [""]):
        assert post(fleet, "facts", json.dumps(delivery(runs)), context)[0] == 400
