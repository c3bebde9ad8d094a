"""A signed write that arrives again acts once; a signature in the query string is as good as one in the header."""

import json
import signal
import urllib.error
import urllib.request

import botocore.auth
import botocore.awsrequest
import pytest

GROUP = b'{"resourceGroupTags":[{"key":"Environment","value":"demo"}]}'
JSON = {"Content-Type": "application/x-amz-json-1.1"}


def signed(service, target, body, auth=botocore.auth.SigV4Auth, **options):
    """Bytes that can be sent as often as one likes."""
    key = service.session().get_credentials().get_frozen_credentials()
    headers = JSON | {"X-Amz-Target": target}
    request = botocore.awsrequest.AWSRequest("POST", service.url + "/", data=body, headers=headers)
    auth(key, "inspector", "us-east-1", **options).add_auth(request)
    return request.prepare()


def send(prepared, **more):
    headers = dict(prepared.headers) | more
    request = urllib.request.Request(prepared.url, prepared.body or b"", headers, method="POST")
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, json.loads(answer.read() or b"{}")
    except urllib.error.HTTPError as error:
        return error.code, json.loads(error.read())


def test_the_same_bytes_make_one_resource_group_also_after_a_crash(service):
    request = signed(service, "InspectorService.CreateResourceGroup", GROUP)
    first = send(request)
    assert first[0] == 200 and send(request) == first
    service.stop(signal.SIGKILL)
    service.start()
    assert send(request) == first


def test_a_refusal_is_repeated_and_not_tried_again(service):
    inspector = service.client()
    arn = inspector.create_assessment_target(assessmentTargetName="one")["assessmentTargetArn"]
    request = signed(service, "InspectorService.CreateAssessmentTarget", b'{"assessmentTargetName":"one"}')
    first = send(request)
    assert (first[0], first[1]["errorCode"]) == (400, "ASSESSMENT_TARGET_NAME_ALREADY_TAKEN")
    inspector.delete_assessment_target(assessmentTargetArn=arn)
    assert send(request) == first
    assert inspector.list_assessment_targets()["assessmentTargetArns"] == []


def test_the_same_call_that_is_meant_twice_within_a_second_acts_twice(service):
    inspector = service.client()
    arns = {inspector.create_resource_group(resourceGroupTags=[{"key": "a"}])["resourceGroupArn"] for _ in range(5)}
    assert len(arns) == 5
    request = signed(service, "InspectorService.CreateResourceGroup", GROUP)
    one, two = (send(request, **{"amz-sdk-invocation-id": name}) for name in ("one", "two"))
    assert one != two and send(request, **{"amz-sdk-invocation-id": "one"}) == one


def test_a_secret_answer_is_not_given_twice(service):
    request = signed(service, "OpenInspector.CreateEnrollmentToken", b"{}")
    assert send(request)[0] == 200
    status, body = send(request)
    assert (status, body["__type"]) == (403, "InvalidSignatureException") and "token" not in body


def test_reads_are_answered_anew(service):
    request = signed(service, "InspectorService.ListAssessmentTargets", b"{}")
    assert send(request)[1]["assessmentTargetArns"] == []
    arn = service.client().create_assessment_target(assessmentTargetName="one")["assessmentTargetArn"]
    assert send(request)[1]["assessmentTargetArns"] == [arn]


def test_a_presigned_request_is_let_in(service):
    request = signed(service, "InspectorService.ListRulesPackages", b"", botocore.auth.SigV4QueryAuth, expires=60)
    assert "Authorization" not in request.headers and "X-Amz-Signature=" in request.url
    status, body = send(request)
    assert status == 200 and body["rulesPackageArns"]


def test_a_presigned_request_may_carry_its_target_in_the_query(service):
    key = service.session().get_credentials().get_frozen_credentials()
    url = service.url + "/?x-amz-target=InspectorService.ListRulesPackages"
    request = botocore.awsrequest.AWSRequest("POST", url, data=b"", headers=JSON)
    botocore.auth.SigV4QueryAuth(key, "inspector", "us-east-1").add_auth(request)
    prepared = request.prepare()
    assert send(prepared)[1]["rulesPackageArns"]
    status, body = send(prepared, **{"X-Amz-Target": "InspectorService.ListFindings"})
    assert (status, body["__type"]) == (403, "InvalidSignatureException")


@pytest.mark.parametrize(
    "old, new, error",
    [
        ("X-Amz-Expires=60", "X-Amz-Expires=61", (403, "InvalidSignatureException")),
        ("X-Amz-Expires=60", "X-Amz-Expires=never", (400, "IncompleteSignatureException")),
        ("X-Amz-Credential=", "X-Amz-Credential=AKIAIOSFODNN7", (403, "UnrecognizedClientException")),
    ],
)
def test_a_changed_presigned_request_is_refused(service, old, new, error):
    request = signed(service, "InspectorService.ListRulesPackages", b"", botocore.auth.SigV4QueryAuth, expires=60)
    assert old in request.url
    request.url = request.url.replace(old, new, 1)
    status, body = send(request)
    assert (status, body["__type"]) == error
