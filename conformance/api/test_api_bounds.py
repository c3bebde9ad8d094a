"""Every bound of every member of every operation, broken once and touched once, signed in either way."""

import functools

import pytest
from api_model import CODES, ERRORS, OPERATIONS, edges, violations
from api_wire import wire_of
from api_world import VALID, Paper, World

HOW = ("header", "query")
BROKEN = [check for operation in OPERATIONS for check in violations(operation, VALID[operation](Paper()))]
TOUCHED = [check for operation in OPERATIONS for check in edges(operation, VALID[operation](Paper()))]


@pytest.fixture(scope="module")
def world(shared_service, assessed):
    return World(shared_service, assessed)


@pytest.fixture(scope="module")
def valid(world):
    """Valid inputs, each made once: what is refused uses nothing up."""
    return functools.cache(world.valid)


@pytest.fixture(scope="module")
def wire(shared_service):
    return wire_of(shared_service)


def conforms(shape, value, path="answer"):
    """`value` is what the model says: types, required members, bounds, words; and nothing that the model does not know."""
    kind, limit = shape.type_name, shape.metadata
    if kind == "structure":
        assert isinstance(value, dict) and set(value) <= set(shape.members), f"{path}: {value}"
        assert set(shape.required_members) <= set(value), f"{path}: {value}"
        for name, member in value.items():
            conforms(shape.members[name], member, f"{path}.{name}")
    elif kind in ("list", "map", "string"):
        assert isinstance(value, {"list": list, "map": dict, "string": str}[kind]), f"{path}: {value}"
        assert limit.get("min", 0) <= len(value) <= limit.get("max", len(value)), f"{path}: {value}"
        assert kind != "string" or not shape.enum or value in shape.enum, f"{path}: {value}"
        items = value.items() if kind == "map" else enumerate(value) if kind == "list" else ()
        for name, item in items:
            conforms(shape.member if kind == "list" else shape.value, item, f"{path}[{name}]")
    elif kind == "boolean":
        assert isinstance(value, bool), f"{path}: {value}"
    else:
        assert isinstance(value, (int, float)) and not isinstance(value, bool), f"{path}: {value}"
        assert limit.get("min", value) <= value <= limit.get("max", value), f"{path}: {value}"


@pytest.mark.parametrize("how", HOW)
@pytest.mark.parametrize("operation", OPERATIONS)
def test_a_valid_call_is_answered_as_the_model_says(wire, world, operation, how):
    answer = wire.call(operation, world.fresh(operation), how)
    assert answer.status == 200, answer
    output = OPERATIONS[operation].output_shape
    if output and output.members:
        conforms(output, answer.body)
    else:
        assert answer.raw == b""
    assert answer.headers["content-type"] == "application/x-amz-json-1.1" and answer.headers["x-amzn-requestid"]


@pytest.mark.parametrize("how", HOW)
@pytest.mark.parametrize("check", BROKEN, ids=lambda check: check.name)
def test_a_broken_bound_is_refused_by_name(wire, valid, check, how):
    answer = wire.call(check.operation, check.applied_to(valid(check.operation)), how)
    assert (answer.status, answer.error) == (400, "InvalidInputException"), answer
    assert "InvalidInputException" in ERRORS[check.operation]
    assert answer.body["errorCode"] in CODES["InvalidInputException"] and answer.body["canRetry"] is False
    assert check.place in answer.body["message"] and len(answer.body["message"]) <= 1000
    assert answer.headers["x-amzn-errortype"] == answer.error


@pytest.mark.parametrize("check", TOUCHED, ids=lambda check: check.name)
def test_what_the_model_just_allows_breaks_no_bound(wire, world, check):
    answer = wire.call(check.operation, check.applied_to(world.fresh(check.operation)))
    assert answer.status == 200 or "must" not in answer.body["message"], answer
    assert answer.error not in ("SerializationException", "InternalException")
    if check.kind.startswith("word-"):
        assert answer.status == 200, answer
