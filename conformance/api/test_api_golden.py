"""Golden bytes: what the stock client sends for each operation and what it is answered, with what changes masked.

`GOLDEN_WRITE=1 pytest conformance/api/test_api_golden.py` writes the file anew; read the difference before you commit it.
"""

import json
import os
import pathlib
import re

import pytest
from api_model import OPERATIONS
from api_world import World

# Which finding or exclusion comes first follows from random ids.
OF_THE_RULE = {
    "assetAttributes", "description", "id", "numericSeverity", "recommendation", "rulesPackageArn", "scopes", "severity", "title",
}  # fmt: skip
GOLDEN = pathlib.Path(__file__).with_name("golden.json")


def masked(text):
    """ARNs keep their form, moments their kind; names that the world counts and long texts go."""
    text = re.sub(r"(target|template|run|finding|exclusion|resourcegroup)/0-\w{8}", r"\1/0-########", text)
    text = re.sub(r"\b1[78]\d{8}(\.\d{1,3})?\b", "<moment>", text)
    text = re.sub(r"made-\d+", "made-#", text)
    text = re.sub(r"\w{8}-\w{4}-\w{4}-\w{4}-\w{12}", "<uuid>", text)
    return re.sub(r'"(nextToken|url)":( ?)"[^"]*"', r'"\1":\2"<opaque>"', text)


def shortened(raw):
    """One item of each list and nothing of what rules say, which has tests of its own."""

    def walk(value):
        if isinstance(value, list):
            return [walk(item) for item in value[:1]]
        if isinstance(value, dict):
            return {
                name: "<of the rule>" if name in OF_THE_RULE else walk(member)
                for name, member in value.items()
                if name not in ("attributes", "userAttributes")
            }
        if isinstance(value, (int, float)) and not isinstance(value, bool) and value < 10**9:
            return 0
        return value

    return json.dumps(walk(json.loads(raw)), separators=(",", ":")) if raw else ""


@pytest.fixture(scope="module")
def exchanged(shared_service, assessed):
    """Operation by operation what went over the wire."""
    world = World(shared_service, assessed)
    inspector = shared_service.client()
    seen = {}
    inspector.meta.events.register("before-send.inspector", lambda request, **_: seen.update(request=request))
    inspector.meta.events.register("response-received.inspector", lambda response_dict, **_: seen.update(response=response_dict))
    found = {}
    for operation in OPERATIONS:
        inspector._make_api_call(operation, world.fresh(operation))
        headers = {name.lower(): value for name, value in seen["request"].headers.items()}
        text = lambda value: value.decode() if isinstance(value, bytes) else value  # noqa: E731
        found[operation] = {
            "target": text(headers["x-amz-target"]),
            "contentType": text(headers["content-type"]),
            "request": masked(text(seen["request"].body)),
            "response": masked(shortened(text(seen["response"]["body"]))),
        }
    return found


def test_the_bytes_of_every_operation_are_the_golden_ones(exchanged):
    if os.environ.get("GOLDEN_WRITE"):
        GOLDEN.write_text(json.dumps(exchanged, indent=1) + "\n")
    golden = json.loads(GOLDEN.read_text())
    assert set(golden) == set(OPERATIONS)
    for operation, wanted in golden.items():
        assert exchanged[operation] == wanted, operation
