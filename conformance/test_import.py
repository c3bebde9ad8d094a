"""History goes from one service to another through files that the stock AWS CLI wrote, as it went from the original."""

import json
import subprocess
import sys

import pytest

from conftest import Service

KINDS = [
    ("describe-resource-groups", "--resource-group-arns", "resourceGroups"),
    ("describe-assessment-targets", "--assessment-target-arns", "assessmentTargets"),
    ("describe-assessment-templates", "--assessment-template-arns", "assessmentTemplates"),
    ("describe-assessment-runs", "--assessment-run-arns", "assessmentRuns"),
    ("describe-findings", "--finding-arns", "findings"),
]


def arns(inspector):
    targets = inspector.list_assessment_targets()["assessmentTargetArns"]
    described = inspector.describe_assessment_targets(assessmentTargetArns=targets)["assessmentTargets"]
    return {
        "resourceGroups": [target["resourceGroupArn"] for target in described],
        "assessmentTargets": targets,
        "assessmentTemplates": inspector.list_assessment_templates()["assessmentTemplateArns"],
        "assessmentRuns": inspector.list_assessment_runs()["assessmentRunArns"],
        "findings": inspector.list_findings(maxResults=10)["findingArns"],
    }


def describe(service, verb, option, names):
    command = [sys.executable, "-m", "awscli", "inspector", verb, option, *names, "--endpoint-url", service.url]
    done = subprocess.run(command, env=service.environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def export(shared_service, assessed, tmp_path):
    """What the stock CLI says of a finished run, as files; and the same by kind."""
    folder, known = tmp_path / "export", arns(shared_service.client())
    folder.mkdir()
    for verb, option, member in KINDS:
        (folder / f"{verb}.json").write_text(describe(shared_service, verb, option, known[member]))
    return folder, known


def imported(service, folder, check=True):
    return service.inspector("admin", "import", str(folder), "--endpoint-url", service.url, check=check)


def test_history_keeps_its_arns_times_and_words(export, service):
    folder, known = export
    done = imported(service, folder)
    assert done.stdout == "imported 1 resource groups, 1 targets, 1 templates, 1 runs, 10 findings\n"
    for verb, option, member in KINDS:
        before = (folder / f"{verb}.json").read_text()
        assert json.loads(describe(service, verb, option, known[member])) == json.loads(before), member
    again = imported(service, folder)
    assert again.stdout == "imported 0 resource groups, 0 targets, 0 templates, 0 runs, 0 findings\n"


def test_a_proof_says_that_the_evidence_is_not_here(export, service):
    folder, known = export
    imported(service, folder)
    proofs = service.client("openinspector").describe_finding_proofs(findingArns=known["findings"][:1])["proofs"]
    assert json.loads(proofs[0]["proof"])["kind"] == "imported"
    run = known["assessmentRuns"][0]
    coverage = service.client("openinspector").describe_coverage(assessmentRunArn=run)["coverage"]
    assert all(package["notAssessed"] == 1 for package in coverage), "what passed is not known"


def test_what_is_of_another_account_or_has_no_run_stays_out(export, service):
    folder, known = export
    (folder / "describe-assessment-runs.json").unlink()
    findings = folder / "describe-findings.json"
    foreign = json.loads(findings.read_text())
    foreign["findings"][0]["arn"] = foreign["findings"][0]["arn"].replace(":000000000000:", ":111122223333:")
    findings.write_text(json.dumps(foreign))
    (folder / "notes.json").write_text("[]")
    done = imported(service, folder, check=False)
    assert done.returncode == 3 and " 0 runs, 0 findings" in done.stdout
    assert "belongs to account 111122223333" in done.stderr
    assert "9 findings belong to this run, which is not in the import" in done.stderr
    assert "`notes.json`: holds none of resourceGroups" in done.stderr
