"""Signatures are verified for real, and refused with AWS's own names."""

import datetime
import json
import urllib.error
import urllib.request

import botocore.auth
import botocore.awsrequest
import botocore.credentials
import botocore.exceptions
import pytest

LIST = {"X-Amz-Target": "InspectorService.ListRulesPackages", "Content-Type": "application/x-amz-json-1.1"}


def send(service, credentials, clock=None, headers=LIST, body=b"{}", tamper=lambda request: None):
    request = botocore.awsrequest.AWSRequest("POST", service.url + "/", data=body, headers=dict(headers))
    if credentials:
        botocore.auth.SigV4Auth(credentials, "inspector", "us-east-1").add_auth(request)
    tamper(request)
    prepared = request.prepare()
    real = urllib.request.Request(prepared.url, prepared.body, dict(prepared.headers), method="POST")
    try:
        with urllib.request.urlopen(real, timeout=10) as answer:
            return answer.status, json.loads(answer.read() or b"{}")
    except urllib.error.HTTPError as error:
        return error.code, json.loads(error.read())


@pytest.fixture
def key(shared_service):
    return shared_service.session().get_credentials().get_frozen_credentials()


def test_the_right_key_is_let_in(shared_service, key):
    status, body = send(shared_service, key)
    assert status == 200 and body["rulesPackageArns"]


def test_a_wrong_secret_is_an_invalid_signature(shared_service, key):
    wrong = botocore.credentials.Credentials(key.access_key, "x" * 40)
    status, body = send(shared_service, wrong)
    assert (status, body["__type"]) == (403, "InvalidSignatureException")


def test_an_unknown_key_is_an_unrecognized_client(shared_service):
    status, body = send(shared_service, botocore.credentials.Credentials("AKIAIOSFODNN7EXAMPLE", "x" * 40))
    assert (status, body["__type"]) == (403, "UnrecognizedClientException")


def test_no_signature_is_a_missing_token(shared_service):
    status, body = send(shared_service, None)
    assert (status, body["__type"]) == (403, "MissingAuthenticationTokenException")


def test_a_changed_body_is_an_invalid_signature(shared_service, key):
    def tamper(request):
        request.data = b'{"maxResults":1}'

    status, body = send(shared_service, key, tamper=tamper)
    assert (status, body["__type"]) == (403, "InvalidSignatureException")


def test_an_old_signature_has_expired(shared_service, key, monkeypatch):
    class Past(datetime.datetime):
        @classmethod
        def now(cls, tz=None):
            return super().now(tz) - datetime.timedelta(minutes=20)

        @classmethod
        def utcnow(cls):
            return super().now(datetime.timezone.utc).replace(tzinfo=None) - datetime.timedelta(minutes=20)

    monkeypatch.setattr(
        botocore.auth, "get_current_datetime", lambda remove_tzinfo=True: Past.utcnow(), raising=False
    )
    status, body = send(shared_service, key)
    assert (status, body["__type"]) == (403, "InvalidSignatureException")
    assert "expired" in body["message"]


def test_every_answer_is_json(shared_service):
    for path, method in (("/nowhere", "GET"), ("/", "PUT")):
        request = urllib.request.Request(shared_service.url + path, method=method)
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(request, timeout=10)
        assert json.loads(refused.value.read())["__type"]


def test_an_unknown_operation_is_named(shared_service, key):
    status, body = send(shared_service, key, headers={**LIST, "X-Amz-Target": "InspectorService.Nonsense"})
    assert (status, body["__type"]) == (400, "UnknownOperationException")
    assert "Nonsense" in body["message"]
