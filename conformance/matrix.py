"""What the suite over botocore's model checked, operation by operation: `target/conformance-api.md`."""

import collections
import pathlib
import re

REPORT = pathlib.Path(__file__).resolve().parent.parent / "target" / "conformance-api.md"
COLUMNS = {
    "test_a_valid_call_is_answered_as_the_model_says": "valid",
    "test_a_broken_bound_is_refused_by_name": "bounds broken",
    "test_what_the_model_just_allows_breaks_no_bound": "bounds touched",
    "test_a_policy_that_allows_nothing_denies": "denied by policy",
    "test_a_declared_error_is_answered": "errors",
    "test_a_quota_that_is_reached_is_a_limit": "errors",
    "test_a_busy_instance_is_named_where_the_original_is_followed_to_the_letter": "errors",
    "test_a_service_with_its_hands_full_says_so": "errors",
    "test_a_fault_of_the_service_is_an_internal_error": "errors",
    "test_the_javascript_client_makes_every_valid_call": "JavaScript client",
}
OUTCOMES = collections.defaultdict(list)


def pytest_runtest_logreport(report):
    name = re.search(r"/api/test_\w+\.py::(\w+)\[(\w+)", report.nodeid)
    if name and name[1] in COLUMNS and (report.when == "call" or report.failed):
        OUTCOMES[name[2], COLUMNS[name[1]]].append(report.passed)


def pytest_sessionfinish(session):
    if not OUTCOMES:
        return
    columns = list(dict.fromkeys(COLUMNS.values()))
    cell = lambda outcomes: f"{sum(outcomes)}/{len(outcomes)}" if outcomes else "–"  # noqa: E731
    lines = ["| Operation | " + " | ".join(columns) + " |", "|---" * (len(columns) + 1) + "|"]
    for operation in sorted({operation for operation, _ in OUTCOMES}):
        lines.append(f"| {operation} | " + " | ".join(cell(OUTCOMES.get((operation, one))) for one in columns) + " |")
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text("Checks that passed, of those made. Errors that nothing provokes: known-gaps.toml.\n\n" + "\n".join(lines) + "\n")
