"""Pages while others write: nothing that was there is lost, nothing comes twice, and what was written is seen at once."""

import threading

import botocore.exceptions
import pytest

PACKAGES = ["arn:aws:inspector:us-east-1:316112463485:rulespackage/0-PmNV0Tcd"]


def template(inspector, target, name):
    made = inspector.create_assessment_template(
        assessmentTargetArn=target, assessmentTemplateName=name, durationInSeconds=180, rulesPackageArns=PACKAGES
    )
    return made["assessmentTemplateArn"]


def test_a_walk_over_pages_is_whole_while_others_write_and_delete(service):
    inspector = service.client()
    target = inspector.create_assessment_target(assessmentTargetName="pages")["assessmentTargetArn"]
    there = [template(inspector, target, f"there-{n}") for n in range(40)]
    doomed = [template(inspector, target, f"doomed-{n}") for n in range(20)]
    stop = threading.Event()

    def write():
        other = service.client()
        n = 0
        while not stop.is_set():
            template(other, target, f"new-{n}")
            if doomed:
                other.delete_assessment_template(assessmentTemplateArn=doomed.pop())
            n += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for size in (1, 7, 10):
            pages = inspector.get_paginator("list_assessment_templates").paginate(PaginationConfig={"PageSize": size})
            walked = [arn for page in pages for arn in page["assessmentTemplateArns"]]
            assert len(walked) == len(set(walked))
            assert set(there) <= set(walked)
    finally:
        stop.set()
        writer.join()


def test_what_was_written_is_seen_at_once(service):
    inspector = service.client()
    for n in range(20):
        arn = inspector.create_assessment_target(assessmentTargetName=f"seen-{n}")["assessmentTargetArn"]
        found = inspector.list_assessment_targets(filter={"assessmentTargetNamePattern": f"seen-{n}"})
        assert found["assessmentTargetArns"] == [arn]
        inspector.update_assessment_target(assessmentTargetArn=arn, assessmentTargetName=f"renamed-{n}")
        described = inspector.describe_assessment_targets(assessmentTargetArns=[arn])["assessmentTargets"]
        assert described[0]["name"] == f"renamed-{n}"
        inspector.delete_assessment_target(assessmentTargetArn=arn)
        assert arn in inspector.describe_assessment_targets(assessmentTargetArns=[arn])["failedItems"]


def test_names_are_taken_once_in_each_of_their_three_scopes(service):
    inspector = service.client()
    targets = [inspector.create_assessment_target(assessmentTargetName=name)["assessmentTargetArn"] for name in "ab"]
    with pytest.raises(botocore.exceptions.ClientError):
        inspector.create_assessment_target(assessmentTargetName="a")
    service.client(region_name="eu-west-1").create_assessment_target(assessmentTargetName="a")
    templates = [template(inspector, target, "same") for target in targets]
    with pytest.raises(botocore.exceptions.ClientError):
        template(inspector, targets[0], "same")
    for one in templates:
        inspector.start_assessment_run(assessmentTemplateArn=one, assessmentRunName="same")
        with pytest.raises(botocore.exceptions.ClientError):
            inspector.start_assessment_run(assessmentTemplateArn=one, assessmentRunName="same")
