"""Hosts held against benchmarks by the service: the agent collects what the plan asks for, the service concludes."""

import json
import pathlib
import platform
import sqlite3
import subprocess

import pytest

from conftest import BIN, ROOT, findings_of, wait_for
from hosts import enroll

CIS = "CIS Operating System Security Configuration Benchmarks"
BASELINE = "xccdf_org.openinspector.content_benchmark_linux-baseline"
WIRE = 15_000

pytestmark = pytest.mark.skipif(platform.system() != "Linux", reason="the agent runs on Linux")


@pytest.fixture(scope="module")
def agent(shared_service, tmp_path_factory):
    """The real agent of this machine, enrolled and at work."""
    state = tmp_path_factory.mktemp("agent") / "state"
    host = enroll(shared_service, f"https://127.0.0.1:{shared_service.agent_port}", state).start()
    yield host
    host.stop()


def held_against_benchmarks(service, name):
    """A finished run of the package over every instance, and its findings."""
    inspector = service.client()
    packages = inspector.describe_rules_packages(rulesPackageArns=inspector.list_rules_packages()["rulesPackageArns"])
    cis = next(package["arn"] for package in packages["rulesPackages"] if package["name"] == CIS)
    target = inspector.create_assessment_target(assessmentTargetName=name)["assessmentTargetArn"]
    template = inspector.create_assessment_template(
        assessmentTargetArn=target, assessmentTemplateName=name, durationInSeconds=180, rulesPackageArns=[cis]
    )["assessmentTemplateArn"]
    run = inspector.start_assessment_run(assessmentTemplateArn=template, assessmentRunName=name)["assessmentRunArn"]
    described = wait_for(inspector, run)
    return run, described, findings_of(inspector, run)


def attributes(finding):
    return {pair["key"]: pair["value"] for pair in finding["attributes"]}


@pytest.fixture(scope="module")
def baseline(shared_service, agent):
    return held_against_benchmarks(shared_service, "baseline")


def test_every_failed_rule_is_high_and_one_finding_lists_all_rules(baseline):
    _, described, findings = baseline
    assert described["state"] == "COMPLETED"
    summaries = [finding for finding in findings if finding["severity"] == "Informational"]
    assert len(summaries) == 1
    failures = [finding for finding in findings if finding["severity"] == "High"]
    assert len(failures) + 1 == len(findings)
    listed = [line.rsplit(": ", 1) for line in summaries[0]["description"].splitlines()]
    assert len(listed) > 30
    assert len(failures) == sum(result == "fail" for _, result in listed)
    for finding in failures:
        told = attributes(finding)
        assert told["BENCHMARK_ID"] == BASELINE and told["BENCHMARK_RULE_ID"] and "Level 1" in told["CIS_BENCHMARK_PROFILE"]
        assert "is not compliant with rule" in finding["title"]


def test_the_service_concludes_what_a_scan_of_the_same_host_concludes(shared_service, baseline):
    done = subprocess.run(
        [str(BIN / "inspector"), "scan", "host", "--package", "cis", "--format", "json", "--allow-incomplete"],
        capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    scanned = {finding["id"] for finding in json.loads(done.stdout)["findings"] if finding["severity"] == "High"}
    concluded = {finding["id"] for finding in baseline[2] if finding["severity"] == "High"}
    assert concluded == scanned


def test_what_goes_over_the_wire_for_a_benchmark_is_small(shared_service, baseline):
    with sqlite3.connect(f"file:{shared_service.database}?mode=ro", uri=True) as store:
        (digest,) = store.execute("SELECT benchmark FROM run_agent WHERE run = ?", [baseline[0]]).fetchone()
    blob = next(pathlib.Path(shared_service.directory).rglob(digest[2:]))
    assert 0 < blob.stat().st_size <= WIRE


def small_benchmark(folder, family):
    """The benchmark of the scan's own tests as a data stream for one family of systems."""
    text = (ROOT / "content" / "linux-baseline" / "stream" / "linux-baseline-ds.xml").read_text()
    name = f"xccdf_org.openinspector.conformance_benchmark_a-{family}"
    stream = folder / f"{family}.xml"
    stream.write_text(text.replace(BASELINE, name))
    return stream, name


def test_an_imported_benchmark_goes_before_the_baseline(shared_service, baseline, tmp_path):
    stream, name = small_benchmark(tmp_path, "linux")
    shared_service.inspector("benchmarks", "import", str(stream), "--data-dir", str(shared_service.directory))
    _, _, findings = held_against_benchmarks(shared_service, "imported")
    assert {attributes(finding)["BENCHMARK_ID"] for finding in findings} == {name}


def test_a_benchmark_that_does_not_read_is_an_exclusion_and_no_pass(shared_service, baseline):
    broken = pathlib.Path(shared_service.directory) / "benchmarks" / "broken.xml"
    broken.parent.mkdir(exist_ok=True)
    broken.write_text("<Benchmark")
    try:
        run, _, findings = held_against_benchmarks(shared_service, "broken")
    finally:
        broken.unlink()
    assert findings == []
    inspector = shared_service.client()
    exclusions = inspector.describe_exclusions(
        exclusionArns=inspector.list_exclusions(assessmentRunArn=run)["exclusionArns"]
    )["exclusions"]
    assert exclusions and all("benchmark" in exclusion["description"] for exclusion in exclusions.values())
