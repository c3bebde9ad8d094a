"""From botocore's model of an operation to every way of breaking one of its inputs once.

A violation is a body in which one value stands that the model forbids, at any depth; everything else in it is valid. An
edge is a body in which one value stands that the model just allows.
"""

import dataclasses
import json

import botocore.session

MODEL = botocore.session.get_session().get_service_model("inspector")
OPERATIONS = {name: MODEL.operation_model(name) for name in MODEL.operation_names}
ERRORS = {name: [shape.name for shape in model.error_shapes] for name, model in OPERATIONS.items()}
CODES = {
    name: set(MODEL.shape_for(name).members["errorCode"].enum)
    for name in {error for errors in ERRORS.values() for error in errors}
    if "errorCode" in MODEL.shape_for(name).members
}

# The model has no bounds for these; the documentation of each operation does.
DOCUMENTED = {"maxResults": {"min": 1, "max": 500}}

# A value of a wrong JSON type for each type of the model.
WRONG_TYPES = {
    "string": [7, True, ["x"], {"x": "y"}],
    "integer": ["7", 7.5, True, [7], {"x": 7}],
    "list": ["x", 7, {"0": "x"}],
    "structure": ["x", 7, ["x"]],
    "timestamp": ["yesterday", True, [1], {"seconds": 1}],
}


@dataclasses.dataclass(frozen=True)
class Check:
    """One value at one place of an operation's input."""

    operation: str
    kind: str
    path: tuple
    value: object

    @property
    def place(self):
        """As an error message names it: `filter.states[0]`."""
        text = ""
        for step in self.path:
            text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
        return text

    @property
    def name(self):
        shown = f"-{type(self.value).__name__}" if self.kind == "type" else ""
        return f"{self.operation}-{self.place or 'body'}-{self.kind}{shown}"

    def applied_to(self, arguments):
        """The input with this value in it."""
        # A token belongs to one filter: nothing else is to hide behind its refusal.
        kept = {name: value for name, value in arguments.items() if name != "nextToken" or self.path[0] == "nextToken"}
        place = body = json.loads(json.dumps(kept))
        for step in self.path[:-1]:
            place = place[step]
        if self.kind == "missing":
            del place[self.path[-1]]
        else:
            place[self.path[-1]] = self.value
        return body


def members(shape, value, path=()):
    """Every place of `value` that holds something, with its shape and whether it must be there; lists by their first item."""
    if shape.type_name == "structure":
        for name, member in shape.members.items():
            if name in value:
                yield path + (name,), member, name in shape.required_members, value[name]
                yield from members(member, value[name], path + (name,))
    elif shape.type_name == "list" and value:
        yield path + (0,), shape.member, False, value[0]
        yield from members(shape.member, value[0], path + (0,))


def bounds(shape, path):
    return {name: shape.metadata[name] for name in ("min", "max") if name in shape.metadata} | DOCUMENTED.get(path[-1], {})


def distinct(shape, value, count):
    """`count` items like `value`, of which no two are equal where that can be."""
    if "key" in getattr(shape.member, "members", {}):
        return [value | {"key": f"key-{n}"} for n in range(count)]
    if shape.member.type_name == "string" and not shape.member.enum and shape.member.name != "Arn":
        return [f"{value[:20]}-{n}" for n in range(count)]
    return [value] * count


def violations(operation, arguments):
    """Everything that is forbidden about the input of `operation`, once each."""
    shape = OPERATIONS[operation].input_shape
    for path, member, required, value in members(shape, arguments) if shape else ():
        kind, limit = member.type_name, bounds(member, path)
        check = lambda what, wrong: Check(operation, what, path, wrong)  # noqa: E731
        if required:
            yield check("missing", None)
            yield check("null", None)
        for wrong in WRONG_TYPES[kind]:
            yield check("type", wrong)
        if kind == "string":
            if limit.get("min", 0) > 0:
                yield check("below", "x" * (limit["min"] - 1))
            if "max" in limit:
                yield check("above", "x" * (limit["max"] + 1))
            if "pattern" in member.metadata:
                yield check("pattern", value[:-1] + "G")
                yield check("pattern-longer", value + "0")
            if member.enum:
                yield check("enum", "NO_SUCH_WORD")
                yield check("enum-case", member.enum[0].swapcase())
        elif kind == "list":
            if limit.get("min", 0) > 0:
                yield check("below", distinct(member, value[0], limit["min"] - 1))
            if "max" in limit:
                yield check("above", distinct(member, value[0], limit["max"] + 1))
        elif kind == "integer" and limit:
            yield check("below", limit["min"] - 1)
            yield check("above", limit["max"] + 1)
            yield check("huge", 10**30)
        elif kind == "timestamp":
            yield check("above", 10**18)
            yield check("huge", float("1e300"))


def edges(operation, arguments):
    """Values at the very bounds, and every word of every enum."""
    shape = OPERATIONS[operation].input_shape
    for path, member, _, value in members(shape, arguments) if shape else ():
        kind, limit = member.type_name, bounds(member, path)
        if member.type_name == "string" and member.enum:
            yield from (Check(operation, f"word-{word}", path, word) for word in member.enum)
        elif kind == "string" and member.name not in ("Arn", "PaginationToken", "UUID"):
            yield Check(operation, "least", path, "x" * max(limit.get("min", 0), 1))
            yield Check(operation, "most", path, "é" * limit["max"])
        elif kind == "list" and member.member.name != "Arn":
            yield Check(operation, "least", path, distinct(member, value[0], limit.get("min", 0)))
            yield Check(operation, "most", path, distinct(member, value[0], limit["max"]))
        elif kind == "integer":
            yield Check(operation, "least", path, limit["min"])
            yield Check(operation, "most", path, limit["max"])
