#!/usr/bin/env python3
"""A first assessment with stock boto3: group, target, template, run, findings.

Nothing here is particular to OpenInspector but the endpoint. Run it again and it starts another run of the same
template and shows the earlier ones.

    AWS_SHARED_CREDENTIALS_FILE=inspector-data/credentials \
        python examples/first_assessment.py --endpoint-url http://127.0.0.1:8008
"""

import argparse
import sys
import time
from collections import Counter

import boto3

NAME = "First assessment"
TAG = {"key": "Environment", "value": "demo"}
SEVERITIES = ["High", "Medium", "Low", "Informational", "Undefined"]
ENDED = {"COMPLETED", "COMPLETED_WITH_ERRORS", "FAILED", "ERROR", "CANCELED"}
OBSERVE_SECONDS = 10


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--endpoint-url", default="http://127.0.0.1:8008")
    arguments.add_argument("--region", default="us-east-1")
    arguments.add_argument("--rows", type=int, default=30, help="how many findings to print")
    chosen = arguments.parse_args()
    inspector = boto3.client("inspector", endpoint_url=chosen.endpoint_url, region_name=chosen.region)

    template = find_template(inspector) or create_template(inspector)
    earlier = list(pages(inspector, "list_assessment_runs", "assessmentRunArns", assessmentTemplateArns=[template]))
    for run in describe(inspector.describe_assessment_runs, "assessmentRun", earlier):
        print(f"earlier run: {run['name']}, {run['state']}, {counts_text(run['findingCounts'])}")

    run = inspector.start_assessment_run(assessmentTemplateArn=template)["assessmentRunArn"]
    print(f"started {run}")
    state = watch(inspector, run)
    show(inspector, run, chosen.rows)
    return 0 if state == "COMPLETED" else 1


def find_template(inspector):
    """The template of an earlier start, if there is one."""
    named = {"namePattern": NAME}
    return next(pages(inspector, "list_assessment_templates", "assessmentTemplateArns", filter=named), None)


def create_template(inspector):
    """Everything that carries the tag, all rules packages that the service offers."""
    packages = list(pages(inspector, "list_rules_packages", "rulesPackageArns"))
    group = inspector.create_resource_group(resourceGroupTags=[TAG])["resourceGroupArn"]
    target = inspector.create_assessment_target(assessmentTargetName=NAME, resourceGroupArn=group)
    return inspector.create_assessment_template(
        assessmentTargetArn=target["assessmentTargetArn"],
        assessmentTemplateName=NAME,
        durationInSeconds=180,
        rulesPackageArns=packages,
    )["assessmentTemplateArn"]


def watch(inspector, arn):
    """Prints each state as it comes; returns the last one. Agents observe their hosts for the whole duration of a run with
    Runtime Behavior Analysis; a first look need not take so long."""
    seen, observed_until = None, time.monotonic() + OBSERVE_SECONDS
    while seen not in ENDED:
        run = inspector.describe_assessment_runs(assessmentRunArns=[arn])["assessmentRuns"][0]
        if run["state"] != seen:
            seen = run["state"]
            print(f"  {seen.lower().replace('_', ' ')}", flush=True)
        elif seen == "COLLECTING_DATA" and time.monotonic() > observed_until:
            inspector.stop_assessment_run(assessmentRunArn=arn, stopAction="START_EVALUATION")
            observed_until = float("inf")
        else:
            time.sleep(0.5)
    return seen


def show(inspector, run, rows):
    """The findings by severity, worst first, and what could not be assessed."""
    arns = list(pages(inspector, "list_findings", "findingArns", assessmentRunArns=[run]))
    findings = list(describe(inspector.describe_findings, "finding", arns))
    findings.sort(key=lambda finding: (SEVERITIES.index(finding["severity"]), finding["title"]))
    print(f"\n{'SEVERITY':<14} {'INSTANCE':<20} FINDING")
    for finding in findings[:rows]:
        agent = finding.get("assetAttributes", {}).get("agentId", "-")
        print(f"{finding['severity']:<14} {agent:<20} {finding['title'][:110]}")
    if len(findings) > rows:
        print(f"… and {len(findings) - rows} more")
    print(f"\n{len(findings)} findings: {counts_text(Counter(finding['severity'] for finding in findings))}")

    excluded = list(pages(inspector, "list_exclusions", "exclusionArns", assessmentRunArn=run))
    exclusions = []
    for start in range(0, len(excluded), 100):
        answer = inspector.describe_exclusions(exclusionArns=excluded[start : start + 100])
        exclusions.extend(answer["exclusions"].values())
    print(f"{len(exclusions)} exclusions, that is, things that could not be assessed:")
    for title, number in sorted(Counter(exclusion["title"] for exclusion in exclusions).items()):
        print(f"  {number:>3} × {title}")


def pages(inspector, operation, member, **arguments):
    """Every item of a paginated list."""
    for page in inspector.get_paginator(operation).paginate(**arguments):
        yield from page[member]


def describe(operation, noun, arns):
    """Describes ARNs ten at a time, the most that the API takes."""
    for start in range(0, len(arns), 10):
        yield from operation(**{f"{noun}Arns": arns[start : start + 10]})[f"{noun}s"]


def counts_text(counts):
    return ", ".join(f"{severity} {counts.get(severity, 0)}" for severity in SEVERITIES)


if __name__ == "__main__":
    sys.exit(main())
