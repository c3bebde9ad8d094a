"""What no client sends: every answer is JSON with a name, nothing breaks, and nobody holds the service up."""

import http.client
import json
import random
import socket

import botocore.credentials
import pytest
from api_model import OPERATIONS, members
from api_wire import Wire, wire_of
from api_world import VALID, Paper

WITH_INPUT = [name for name, model in OPERATIONS.items() if model.input_shape and model.input_shape.members]


@pytest.fixture(scope="module")
def wire(shared_service):
    return wire_of(shared_service)


BODIES = {
    "nothing but a brace": b"{",
    "not UTF-8": b'{"maxResults":"\xff\xfe"}',
    "half a surrogate": b'{"nextToken":"\\ud800"}',
    "deep lists": b"[" * 100_000,
    "deep objects": b'{"a":' * 5_000 + b"1" + b"}" * 5_000,
    "a list": b"[]",
    "a text": b'"x"',
    "a number": b"7",
    "null": b"null",
    "two values": b"{}{}",
    "a comment": b"{/* */}",
    "a trailing comma": b'{"maxResults":1,}',
    "not a number": b'{"maxResults":NaN}',
    "an endless number": b'{"maxResults":1e999999}',
    "a byte order mark": b"\xef\xbb\xbf{}",
    "zero bytes": b"\x00" * 64,
    "XML": b"<a/>",
    "a name twice": b'{"maxResults":1,"maxResults":1}',
    "a name twice, once escaped": b'{"nextToken":"a","next\\u0054oken":"b"}',
    "a name twice deep inside": b'{"filter":{"agentIds":[],"agentIds":[]}}',
}


@pytest.mark.parametrize("operation", WITH_INPUT)
def test_what_is_no_input_is_refused_as_such(wire, operation):
    for name, body in BODIES.items():
        answer = wire.call(operation, body)
        assert answer.status == 400, f"{name}: {answer}"
        assert answer.error in ("SerializationException", "InvalidInputException"), f"{name}: {answer}"
        assert answer.headers["content-type"] == "application/x-amz-json-1.1"


@pytest.mark.parametrize("operation", WITH_INPUT)
def test_numbers_as_texts_and_numbers_without_bounds_are_refused(wire, operation):
    for path, shape, _, _ in members(OPERATIONS[operation].input_shape, VALID[operation](Paper())):
        if shape.type_name != "integer":
            continue
        for value in ('"5"', "1" * 400, "-" + "9" * 30, "5.5", "1e400", "0x10", "+5"):
            text = json.dumps({path[0]: "MARK"} if len(path) == 1 else {path[0]: {path[1]: "MARK"}})
            answer = wire.call(operation, text.replace('"MARK"', value).encode())
            assert answer.status == 400, f"{path} {value}: {answer}"


def mutated(body, chance):
    """The body with a few bytes changed, dropped, doubled or put in."""
    bytes_ = bytearray(body)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(bytes_) or 1)
        how = chance.randrange(4)
        if how == 0:
            bytes_[at : at + 1] = bytes([chance.randrange(256)])
        elif how == 1:
            del bytes_[at : at + chance.randint(1, 8)]
        elif how == 2:
            bytes_[at:at] = bytes_[at : at + chance.randint(1, 16)]
        else:
            bytes_[at:at] = chance.choice([b"null", b"{", b"]", b'"', b"1e308", b"\\u0000", b"-1", b"\xf0\x9f"])
    return bytes(bytes_)


@pytest.mark.parametrize("operation", [name for name in WITH_INPUT if not name.startswith(("Create", "Register"))])
def test_a_body_with_changed_bytes_never_breaks_the_service(wire, operation):
    chance = random.Random(operation)
    body = json.dumps(VALID[operation](Paper())).encode()
    for _ in range(25):
        broken = mutated(body, chance)
        answer = wire.call(operation, broken)
        assert answer.status in (200, 400), f"{broken}: {answer}"


def test_a_member_that_is_named_twice_is_refused_by_name(wire):
    answer = wire.call("ListFindings", b'{"maxResults":0,"maxResults":1}')
    assert (answer.status, answer.error) == (400, "SerializationException"), answer
    assert "`maxResults` twice" in answer.body["message"]


@pytest.mark.parametrize("method,path,status", [("GET", "/nowhere", 404), ("PUT", "/", 405), ("DELETE", "/console", 405), ("GET", "/../etc/passwd", 404)])
def test_what_is_not_there_is_told_in_json(wire, method, path, status):
    connection = http.client.HTTPConnection(wire.host, timeout=10)
    connection.request(method, path)
    answer = connection.getresponse()
    assert answer.status == status and json.loads(answer.read())["__type"]


@pytest.mark.parametrize("target", ["", "x", "InspectorService.", "InspectorService.Nonsense", "Other.ListFindings", "ListFindings", "A" * 5000])
def test_a_strange_target_is_an_unknown_operation(wire, target):
    prefix, _, name = target.partition(".")
    answer = wire.call(name, {}, prefix=prefix)
    assert (answer.status, answer.error) == (400, "UnknownOperationException")
    assert len(answer.body["message"]) < 300


def test_a_body_beyond_the_limit_is_refused_before_it_is_read(wire):
    connection = http.client.HTTPConnection(wire.host, timeout=10)
    path, headers = wire.in_header({"X-Amz-Target": "InspectorService.ListFindings"}, b"{}")
    connection.putrequest("POST", path)
    for name, value in (headers | {"Content-Length": str(7 << 20)}).items():
        connection.putheader(name, value)
    connection.endheaders()
    answer = connection.getresponse()
    assert answer.status == 413 and json.loads(answer.read())["__type"] == "RequestEntityTooLargeException"
    assert answer.headers["connection"] == "close"


def test_a_head_beyond_every_measure_ends_the_connection(wire):
    host, port = wire.host.split(":")
    with socket.create_connection((host, int(port)), timeout=20) as stream:
        try:
            stream.sendall(b"POST / HTTP/1.1\r\n" + b"x-filler: y\r\n" * 100_000)
            answer = stream.recv(4096)
        except (ConnectionResetError, BrokenPipeError):
            answer = b""
    assert answer == b"" or answer.startswith(b"HTTP/1.1 431") or answer.startswith(b"HTTP/1.1 400")


def test_connections_that_say_nothing_hold_nobody_up(shared_service):
    """Three hundred of them, and one whose body comes a byte at a time."""
    quiet = [socket.create_connection(("127.0.0.1", shared_service.port)) for _ in range(300)]
    wire = wire_of(shared_service)
    path, headers = wire.in_header({"X-Amz-Target": "InspectorService.ListFindings"}, b"{}")
    slow = http.client.HTTPConnection(wire.host)
    slow.putrequest("POST", path)
    for name, value in (headers | {"Content-Length": "2"}).items():
        slow.putheader(name, value)
    slow.endheaders()
    slow.send(b"{")
    assert [wire.call("ListRulesPackages", {}).status for _ in range(20)] == [200] * 20
    slow.send(b"}")
    assert slow.getresponse().status == 200
    for stream in quiet:
        stream.close()


def test_a_key_that_calls_too_often_is_throttled_and_no_other(shared_service, tmp_path):
    service = shared_service.copy(tmp_path / "data", "--rate-limit=1", "--rate-burst=5")
    try:
        own = service.client("openinspector")
        own.create_user(userName="busy")
        own.attach_policy(userName="busy", policyArn="arn:aws:iam::aws:policy/AmazonInspectorReadOnlyAccess")
        made = own.create_access_key(userName="busy")
        wire = Wire(service.url, botocore.credentials.Credentials(made["accessKeyId"], made["secretAccessKey"]))
        answers = [wire.call("ListRulesPackages", {}) for _ in range(12)]
        throttled = [answer for answer in answers if answer.error == "ThrottlingException"]
        assert throttled and throttled[0].status == 400 and throttled[0].body["message"] == "Rate exceeded"
        assert sum(answer.status == 200 for answer in answers) >= 5
        # The operator's own key has spent three of its five.
        assert wire_of(service).call("ListRulesPackages", {}).status == 200
    finally:
        service.stop()
