"""Writes requests.json: requests as boto3 and AWS CLI sign them, at a fixed time with fixed keys, without a network.

Remake: python -m venv v && v/bin/pip install boto3==1.44.5 awscli==1.46.3 && v/bin/python capture.py > requests.json
        v/bin/python capture.py presigned > requests-presigned.json
The keys are the documented examples of AWS ("Signature Version 4 test suite").
"""

import datetime
import io
import json
import os
import sys
from contextlib import redirect_stdout

import awscli.clidriver
import boto3
import botocore.auth
import botocore.awsrequest
from botocore.credentials import Credentials

ID = "AKIDEXAMPLE"
SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
TOKEN = "AQoDYXdzEPT//////////wEXAMPLE=="
NOW = datetime.datetime(2026, 5, 20, 8, 0, 0)
SUITE_NOW = datetime.datetime(2015, 8, 30, 12, 36, 0)
ENDPOINT = "http://127.0.0.1:8008"

clock = [NOW]


def frozen(remove_tzinfo=True):
    return clock[0] if remove_tzinfo else clock[0].replace(tzinfo=datetime.timezone.utc)


botocore.auth.get_current_datetime = frozen
os.environ.update(
    AWS_ACCESS_KEY_ID=ID, AWS_SECRET_ACCESS_KEY=SECRET, AWS_DEFAULT_REGION="us-west-2", AWS_EC2_METADATA_DISABLED="true"
)

cases = []


class Body(io.BytesIO):
    def stream(self, **_):
        yield self.read()


def text(value):
    return value.decode() if isinstance(value, bytes) else value


def record(name, request, service, region, token=None):
    path, _, query = request.url.split("://", 1)[1].partition("/")[2].partition("?")
    headers = [[key.lower(), text(value)] for key, value in request.headers.items() if key != "User-Agent"]
    if not any(key == "host" for key, _ in headers):
        headers.append(["host", request.url.split("/")[2]])
    body = text(request.body or b"")
    cases.append(
        {
            "name": name, "method": request.method, "path": "/" + path, "query": query, "headers": headers, "body": body,
            "service": service, "region": region, "now": clock[0].isoformat() + "Z", "token": token,
        }
    )


def captured(events, name, token=None):
    def stop(request, **_):
        record(name, request, "inspector", "us-west-2", token)
        return botocore.awsrequest.AWSResponse(request.url, 200, {}, Body(b"{}"))

    events.register("before-send", stop)


def with_boto3(name, operation, token=None, **arguments):
    session = boto3.Session(aws_access_key_id=ID, aws_secret_access_key=SECRET, aws_session_token=token)
    client = session.client("inspector", endpoint_url=ENDPOINT)
    captured(client.meta.events, name, token)
    getattr(client, operation)(**arguments)


def with_cli(name, *words):
    driver = awscli.clidriver.create_clidriver()
    captured(driver.session.get_component("event_emitter"), name)
    with redirect_stdout(io.StringIO()):
        driver.main(["inspector", *words, "--endpoint-url", ENDPOINT])


def suite(name, method, url, headers=(), body=b""):
    """A case of AWS's published suite, rebuilt from its description."""
    clock[0] = SUITE_NOW
    request = botocore.awsrequest.AWSRequest(method, url, data=body)
    for key, value in headers:
        request.headers.add_header(key, value)
    botocore.auth.SigV4Auth(Credentials(ID, SECRET), "service", "us-east-1").add_auth(request)
    record(name, request.prepare(), "service", "us-east-1")
    clock[0] = NOW


def presigned(name, token=None, expires=3600, headers=(), query=""):
    """A URL that botocore signs; its body is empty, because botocore would move it into the query."""
    request = botocore.awsrequest.AWSRequest("POST", ENDPOINT + "/" + query, data=b"")
    for key, value in headers:
        request.headers.add_header(key, value)
    credentials = Credentials(ID, SECRET, token)
    botocore.auth.SigV4QueryAuth(credentials, "inspector", "us-west-2", expires=expires).add_auth(request)
    record(name, request.prepare(), "inspector", "us-west-2", token)


def write_presigned():
    """Writes requests-presigned.json."""
    target = ("X-Amz-Target", "InspectorService.ListRulesPackages")
    presigned("presigned", headers=[target])
    presigned("presigned for a week with a session token", token=TOKEN, expires=604800, headers=[target])
    presigned("presigned with more parameters", headers=[target], query="?b=two%20words&a=1")
    print(json.dumps(cases, indent=1, ensure_ascii=False))
    sys.exit()


if sys.argv[1:] == ["presigned"]:
    write_presigned()
with_boto3("boto3 list-findings", "list_findings", maxResults=10)
with_boto3("boto3 create-resource-group", "create_resource_group", resourceGroupTags=[{"key": "Name", "value": "größe"}])
with_boto3("boto3 with a session token", "list_rules_packages", token=TOKEN)
with_cli("awscli list-findings", "list-findings")
with_cli("awscli create-assessment-target", "create-assessment-target", "--assessment-target-name", "all of them")
suite("suite get-vanilla", "GET", "https://example.amazonaws.com/")
suite("suite post-vanilla", "POST", "https://example.amazonaws.com/")
suite("suite query order", "GET", "https://example.amazonaws.com/?Param2=value2&Param1=value1")
suite("suite header value trim", "GET", "https://example.amazonaws.com/", [("My-Header1", "  value1"), ("My-Header2", ' "a   b   c"')])
suite("suite form", "POST", "https://example.amazonaws.com/", [("Content-Type", "application/x-www-form-urlencoded")], b"Param1=value1")
print(json.dumps(cases, indent=1, ensure_ascii=False))
