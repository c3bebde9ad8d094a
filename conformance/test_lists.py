"""Filters and pages of every List operation, against a plain predicate over what Describe tells.

Every member of a filter must match. Inside one member any value may match, except attributes and, on templates and
runs, rules packages: there every value must be in the record. Ranges include their ends.
"""

import datetime
import fnmatch

import botocore.exceptions
import pytest

from conftest import findings_of

SECOND = datetime.timedelta(seconds=1)
CAP = {"maxResults": 100}


def error_of(call, **arguments):
    with pytest.raises(botocore.exceptions.ClientError) as refused:
        call(**arguments)
    return refused.value.response["Error"]["Code"], refused.value.response["errorCode"]


def walk(call, member, size, **arguments):
    """All items, page by page; no page is over its size, and none but the last is under it."""
    found, token = [], {}
    while True:
        page = call(maxResults=size, **token, **arguments)
        found.append(page[member])
        if "nextToken" not in page:
            break
        token = {"nextToken": page["nextToken"]}
    assert all(len(items) == size for items in found[:-1]) and len(found[-1]) <= size
    return [item for items in found for item in items]


# --- targets ---

TARGETS = ["web-1", "web-2", "Web-3", "db_1", "db%1", "a*b", "naïve"]


@pytest.fixture(scope="module")
def targets(shared_service, assessed):
    inspector = shared_service.client()
    names = {name: inspector.create_assessment_target(assessmentTargetName=name)["assessmentTargetArn"] for name in TARGETS}
    return names | {"example": assessed["target"]}


@pytest.mark.parametrize(
    "pattern", ["web-1", "web-*", "*-?", "*", "db?1", "db_1", "db%1", "a*b", "WEB-1", "na?ve", "web", "?", "*1", "w*b-*"]
)
def test_targets_by_name(shared_service, targets, pattern):
    inspector = shared_service.client()
    # In `fnmatch` a bracket opens a class; no name or pattern here has one.
    wanted = [arn for name, arn in targets.items() if fnmatch.fnmatchcase(name, pattern)]
    found = inspector.list_assessment_targets(filter={"assessmentTargetNamePattern": pattern}, **CAP)
    assert sorted(found["assessmentTargetArns"]) == sorted(wanted)


# --- templates and runs ---


@pytest.fixture(scope="module")
def templates(shared_service, targets):
    inspector = shared_service.client()
    packages = inspector.list_rules_packages()["rulesPackageArns"]
    described = []
    for number, (duration, some) in enumerate([(180, packages[:1]), (3600, packages[:2]), (86400, packages), (3600, [])]):
        arn = inspector.create_assessment_template(
            assessmentTargetArn=targets["web-1" if number % 2 else "web-2"],
            assessmentTemplateName=f"t{number}",
            durationInSeconds=duration,
            rulesPackageArns=some,
        )["assessmentTemplateArn"]
        described += inspector.describe_assessment_templates(assessmentTemplateArns=[arn])["assessmentTemplates"]
    return described


def contained(wanted):
    return lambda record: set(wanted) <= set(record["rulesPackageArns"])


def template_cases(packages):
    duration = lambda record: record["durationInSeconds"]
    return [
        ({}, lambda record: True),
        ({"namePattern": "t?"}, lambda record: record["name"].startswith("t") and len(record["name"]) == 2),
        ({"namePattern": "t1"}, lambda record: record["name"] == "t1"),
        ({"durationRange": {"minSeconds": 3600}}, lambda record: duration(record) >= 3600),
        ({"durationRange": {"maxSeconds": 3600}}, lambda record: duration(record) <= 3600),
        ({"durationRange": {"minSeconds": 3600, "maxSeconds": 3600}}, lambda record: duration(record) == 3600),
        ({"durationRange": {}}, lambda record: True),
        ({"rulesPackageArns": []}, lambda record: True),
        ({"rulesPackageArns": packages[:1]}, contained(packages[:1])),
        ({"rulesPackageArns": packages[:2]}, contained(packages[:2])),
        ({"rulesPackageArns": list(reversed(packages))}, contained(packages)),
        ({"rulesPackageArns": [packages[0][:-8] + "00000000"]}, lambda record: False),
        (
            {"namePattern": "t*", "durationRange": {"maxSeconds": 3600}, "rulesPackageArns": packages[1:2]},
            lambda record: record["name"][0] == "t" and duration(record) <= 3600 and packages[1] in record["rulesPackageArns"],
        ),
    ]


def test_templates_by_each_member(shared_service, assessed, templates):
    inspector = shared_service.client()
    everything = inspector.describe_assessment_templates(assessmentTemplateArns=[assessed["template"]])
    records = templates + everything["assessmentTemplates"]
    for wanted, predicate in template_cases(inspector.list_rules_packages()["rulesPackageArns"]):
        found = inspector.list_assessment_templates(filter=wanted, **CAP)["assessmentTemplateArns"]
        assert sorted(found) == sorted(record["arn"] for record in records if predicate(record)), wanted


def test_templates_by_parent(shared_service, targets, templates):
    inspector = shared_service.client()
    for parents in (["web-1"], ["web-2"], ["web-1", "web-2"], ["db_1"]):
        arns = [targets[name] for name in parents]
        found = inspector.list_assessment_templates(assessmentTargetArns=arns, **CAP)["assessmentTemplateArns"]
        assert sorted(found) == sorted(one["arn"] for one in templates if one["assessmentTargetArn"] in arns)


def run_cases(run, packages):
    started, completed, changed = run["startedAt"], run["completedAt"], run["stateChangedAt"]
    around = lambda moment: {"beginDate": moment - SECOND, "endDate": moment + SECOND}
    return [
        ({"namePattern": "fir*"}, True),
        ({"namePattern": "fir"}, False),
        ({"states": ["COMPLETED"]}, True),
        ({"states": ["FAILED", "COMPLETED"]}, True),
        ({"states": ["FAILED"]}, False),
        ({"states": []}, True),
        ({"durationRange": {"minSeconds": 180, "maxSeconds": 180}}, True),
        ({"durationRange": {"minSeconds": 181}}, False),
        ({"rulesPackageArns": packages}, True),
        ({"startTimeRange": around(started)}, True),
        ({"startTimeRange": {"endDate": started - SECOND}}, False),
        ({"startTimeRange": {"beginDate": started + SECOND}}, False),
        ({"completionTimeRange": around(completed)}, True),
        ({"completionTimeRange": {"endDate": completed - SECOND}}, False),
        ({"stateChangeTimeRange": around(changed)}, True),
        ({"stateChangeTimeRange": {"beginDate": changed + SECOND}}, False),
        ({"states": ["COMPLETED"], "namePattern": "second"}, False),
    ]


def test_runs_by_each_member(shared_service, assessed):
    inspector = shared_service.client()
    for wanted, matches in run_cases(assessed["described"], inspector.list_rules_packages()["rulesPackageArns"]):
        found = inspector.list_assessment_runs(filter=wanted)["assessmentRunArns"]
        assert found == ([assessed["run"]] if matches else []), wanted


# --- findings ---


@pytest.fixture(scope="module")
def findings(shared_service, assessed):
    inspector = shared_service.client()
    first = findings_of(inspector, assessed["run"])[0]["arn"]
    inspector.add_attributes_to_findings(findingArns=[first], attributes=[{"key": "ticket", "value": "1"}, {"key": "lone"}])
    return findings_of(inspector, assessed["run"])


def has(member, key, value=None):
    return lambda finding: any(
        pair["key"] == key and (value is None or pair.get("value") == value) for pair in finding[member]
    )


def finding_cases(findings, packages):
    agents = sorted({finding["assetAttributes"]["agentId"] for finding in findings if "agentId" in finding["assetAttributes"]})
    agent = lambda finding: finding["assetAttributes"].get("agentId")
    group = lambda finding: finding["assetAttributes"].get("autoScalingGroup")
    groups = sorted({group(finding) for finding in findings} - {None})
    package = lambda finding: finding["serviceAttributes"]["rulesPackageArn"]
    rules = sorted({finding["id"] for finding in findings})
    created = findings[0]["createdAt"]
    internet, ssh = {"key": "REACHABILITY_TYPE", "value": "Internet"}, {"key": "PORT", "value": "22"}
    return [
        ({}, lambda finding: True),
        ({"agentIds": agents[:1]}, lambda finding: agent(finding) == agents[0]),
        ({"agentIds": agents[:2] + ["i-nobody"]}, lambda finding: agent(finding) in agents[:2]),
        ({"agentIds": []}, lambda finding: True),
        ({"autoScalingGroups": ["nobody"]}, lambda finding: False),
        ({"autoScalingGroups": groups + ["nobody"]}, lambda finding: group(finding) in groups),
        ({"ruleNames": rules[:1]}, lambda finding: finding["id"] == rules[0]),
        ({"ruleNames": rules}, lambda finding: True),
        ({"severities": ["High"]}, lambda finding: finding["severity"] == "High"),
        ({"severities": ["Medium", "Low"]}, lambda finding: finding["severity"] in ("Medium", "Low")),
        ({"rulesPackageArns": packages[:1]}, lambda finding: package(finding) == packages[0]),
        ({"rulesPackageArns": packages}, lambda finding: True),
        ({"attributes": [internet]}, has("attributes", "REACHABILITY_TYPE", "Internet")),
        ({"attributes": [{"key": "PORT"}]}, has("attributes", "PORT")),
        (
            {"attributes": [internet, ssh]},
            lambda finding: has("attributes", "PORT", "22")(finding) and has("attributes", "REACHABILITY_TYPE", "Internet")(finding),
        ),
        ({"attributes": [{"key": "team"}]}, has("attributes", "team")),
        ({"userAttributes": [{"key": "team"}]}, has("userAttributes", "team")),
        ({"userAttributes": [{"key": "ticket", "value": "1"}]}, has("userAttributes", "ticket", "1")),
        ({"userAttributes": [{"key": "lone"}]}, has("userAttributes", "lone")),
        ({"userAttributes": [{"key": "ticket"}, {"key": "team", "value": "nobody"}]}, lambda finding: False),
        ({"creationTimeRange": {"beginDate": created - SECOND, "endDate": created + SECOND}}, lambda finding: True),
        ({"creationTimeRange": {"endDate": created - SECOND}}, lambda finding: False),
        ({"creationTimeRange": {"beginDate": created + SECOND}}, lambda finding: False),
        (
            {"severities": ["Medium"], "agentIds": agents[:1], "attributes": [{"key": "PORT"}]},
            lambda finding: finding["severity"] == "Medium" and agent(finding) == agents[0] and has("attributes", "PORT")(finding),
        ),
    ]


def test_findings_by_each_member(shared_service, findings):
    inspector = shared_service.client()
    met = []
    for wanted, predicate in finding_cases(findings, inspector.list_rules_packages()["rulesPackageArns"]):
        expected = sorted(finding["arn"] for finding in findings if predicate(finding))
        found = walk(inspector.list_findings, "findingArns", 5, filter=wanted)
        assert sorted(found) == expected, wanted
        met.append(bool(expected))
    assert met.count(True) > 12 and met.count(False) > 5


# --- what is refused ---


@pytest.mark.parametrize(
    "operation, wanted, code",
    [
        ("list_assessment_templates", {"durationRange": {"minSeconds": 400, "maxSeconds": 300}}, "INVALID_ASSESSMENT_TEMPLATE_DURATION_RANGE"),
        ("list_assessment_runs", {"durationRange": {"minSeconds": 400, "maxSeconds": 300}}, "INVALID_ASSESSMENT_RUN_DURATION_RANGE"),
        ("list_assessment_runs", {"states": ["DONE"]}, "INVALID_ASSESSMENT_RUN_STATE"),
        ("list_assessment_runs", {"states": ["COMPLETED"] * 51}, "INVALID_NUMBER_OF_ASSESSMENT_RUN_STATES"),
        ("list_assessment_runs", {"startTimeRange": {"beginDate": 2, "endDate": 1}}, "INVALID_ASSESSMENT_RUN_START_TIME_RANGE"),
        ("list_assessment_runs", {"completionTimeRange": {"beginDate": 2, "endDate": 1}}, "INVALID_ASSESSMENT_RUN_COMPLETION_TIME_RANGE"),
        ("list_assessment_runs", {"stateChangeTimeRange": {"beginDate": 2, "endDate": 1}}, "INVALID_ASSESSMENT_RUN_STATE_CHANGE_TIME_RANGE"),
        ("list_findings", {"severities": ["Worst"]}, "INVALID_SEVERITY"),
        ("list_findings", {"severities": ["Low"] * 51}, "INVALID_NUMBER_OF_SEVERITIES"),
        ("list_findings", {"agentIds": ["i"] * 100}, "INVALID_NUMBER_OF_AGENT_IDS"),
        ("list_findings", {"autoScalingGroups": ["g"] * 21}, "INVALID_NUMBER_OF_AUTO_SCALING_GROUPS"),
        ("list_findings", {"ruleNames": ["r"] * 51}, "INVALID_NUMBER_OF_RULE_NAMES"),
        ("list_findings", {"rulesPackageArns": ["x"]}, "INVALID_RULES_PACKAGE_ARN"),
    ],
)
def test_a_filter_that_makes_no_sense_is_named(shared_service, operation, wanted, code):
    call = getattr(shared_service.client(), operation)
    assert error_of(call, filter=wanted) == ("InvalidInputException", code)


def lists(assessed):
    """Every List operation that has pages: its arguments and the member that holds its items."""
    run = {"assessmentRunArn": assessed["run"]}
    return {
        "list_assessment_run_agents": (run, "assessmentRunAgents"),
        "list_assessment_runs": ({}, "assessmentRunArns"),
        "list_assessment_targets": ({}, "assessmentTargetArns"),
        "list_assessment_templates": ({}, "assessmentTemplateArns"),
        "list_event_subscriptions": ({}, "subscriptions"),
        "list_exclusions": (run, "exclusionArns"),
        "list_findings": ({}, "findingArns"),
        "list_rules_packages": ({}, "rulesPackageArns"),
        "preview_agents": ({"previewAgentsArn": assessed["target"]}, "agentPreviews"),
    }


@pytest.fixture(scope="module")
def subscribed(shared_service, assessed):
    inspector = shared_service.client()
    for number in range(3):
        topic = f"arn:aws:sns:us-east-1:000000000000:t{number}"
        inspector.subscribe_to_event(resourceArn=assessed["template"], event="OTHER", topicArn=topic)


def test_pages_of_any_size_hold_the_same_items_in_the_same_order(shared_service, assessed, targets, templates, subscribed):
    inspector = shared_service.client()
    for operation, (arguments, member) in lists(assessed).items():
        call = getattr(inspector, operation)
        whole = walk(call, member, 50, **arguments)
        assert whole, operation
        for size in (1, 2, 7):
            assert walk(call, member, size, **arguments) == whole, (operation, size)


def test_pages_and_tokens_have_their_bounds_everywhere(shared_service, assessed, targets, templates, subscribed):
    inspector = shared_service.client()
    tokens = {}
    for operation, (arguments, _) in lists(assessed).items():
        call = getattr(inspector, operation)
        for size in (0, -1, 501):
            assert error_of(call, maxResults=size, **arguments) == ("InvalidInputException", "INVALID_MAX_RESULTS"), operation
        call(maxResults=500, **arguments)
        page = call(maxResults=1, **arguments)
        tokens[operation] = page.get("nextToken", "AAAA")
    for operation, (arguments, _) in lists(assessed).items():
        for other, token in tokens.items():
            if other != operation:
                refused = error_of(getattr(inspector, operation), nextToken=token, **arguments)
                assert refused == ("InvalidInputException", "INVALID_PAGINATION_TOKEN"), (operation, other)


def test_a_token_serves_only_the_filter_it_was_given_for(shared_service, assessed, findings):
    inspector = shared_service.client()
    token = inspector.list_findings(maxResults=1, filter={"severities": ["Medium", "Low"]})["nextToken"]
    refused = error_of(inspector.list_findings, nextToken=token, filter={"severities": ["Medium"]})
    assert refused == ("InvalidInputException", "INVALID_PAGINATION_TOKEN")


def test_items_that_come_while_pages_are_read_neither_double_nor_hide_others(service):
    inspector = service.client()
    first = [inspector.create_assessment_target(assessmentTargetName=f"a{n}")["assessmentTargetArn"] for n in range(4)]
    page = inspector.list_assessment_targets(maxResults=2)
    inspector.delete_assessment_target(assessmentTargetArn=page["assessmentTargetArns"][-1])
    late = inspector.create_assessment_target(assessmentTargetName="late")["assessmentTargetArn"]
    rest = inspector.list_assessment_targets(maxResults=100, nextToken=page["nextToken"])["assessmentTargetArns"]
    assert page["assessmentTargetArns"] + rest == first + [late]
