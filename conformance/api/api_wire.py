"""Sends bytes: signed in the header or in the query string, checked by no client beforehand."""

import datetime
import hashlib
import hmac
import http.client
import json
import urllib.parse
import uuid

import botocore.auth
import botocore.awsrequest
import botocore.credentials

JSON = "application/x-amz-json-1.1"


class Answer:
    """What came back."""

    def __init__(self, response):
        self.status, self.headers, self.raw = response.status, dict(response.getheaders()), response.read()
        self.body = json.loads(self.raw) if self.raw else {}

    @property
    def error(self):
        return self.body.get("__type") if self.status >= 300 else None

    def __repr__(self):
        return f"{self.status} {self.raw[:600]!r}"


class Wire:
    """One connection to one service."""

    def __init__(self, url, credentials, region="us-east-1"):
        self.host = urllib.parse.urlsplit(url).netloc
        self.url, self.credentials, self.region = url, credentials, region
        self.connection = http.client.HTTPConnection(self.host, timeout=60)

    def call(self, operation, body, how="header", prefix="InspectorService"):
        """Calls with `body`, a value or bytes as they are to be sent."""
        body = body if isinstance(body, bytes) else json.dumps(body).encode()
        headers = {"Content-Type": JSON, "X-Amz-Target": f"{prefix}.{operation}"}
        return self.send(*(self.in_header if how == "header" else self.in_query)(headers, body), body)

    def send(self, path, headers, body):
        self.connection.request("POST", path, body, headers)
        return Answer(self.connection.getresponse())

    def in_header(self, headers, body):
        headers = headers | {"amz-sdk-invocation-id": str(uuid.uuid4())}
        request = botocore.awsrequest.AWSRequest("POST", self.url + "/", data=body, headers=headers)
        botocore.auth.SigV4Auth(self.credentials, "inspector", self.region).add_auth(request)
        return "/", dict(request.prepare().headers)

    def in_query(self, headers, body, expires=60):
        """AWS, "Signature Version 4: add signing information to the query string"; the body is signed too."""
        moment = datetime.datetime.now(datetime.timezone.utc).strftime("%Y%m%dT%H%M%SZ")
        scope = [moment[:8], self.region, "inspector", "aws4_request"]
        signed = {name.lower(): value for name, value in headers.items()} | {"host": self.host}
        names = ";".join(sorted(signed))
        parameters = {
            "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
            "X-Amz-Credential": "/".join([self.credentials.access_key, *scope]),
            "X-Amz-Date": moment,
            "X-Amz-Expires": str(expires),
            "X-Amz-SignedHeaders": names,
            "nonce": str(uuid.uuid4()),
        }
        if self.credentials.token:
            parameters["X-Amz-Security-Token"] = self.credentials.token
        quoted = {name: urllib.parse.quote(value, safe="-_.~") for name, value in parameters.items()}
        query = "&".join(f"{name}={quoted[name]}" for name in sorted(quoted))
        lines = "".join(f"{name}:{signed[name]}\n" for name in sorted(signed))
        digest = hashlib.sha256(body).hexdigest()
        canonical = f"POST\n/\n{query}\n{lines}\n{names}\n{digest}"
        text = "\n".join(
            ["AWS4-HMAC-SHA256", moment, "/".join(scope), hashlib.sha256(canonical.encode()).hexdigest()]
        )
        key = ("AWS4" + self.credentials.secret_key).encode()
        for part in scope:
            key = hmac.new(key, part.encode(), "sha256").digest()
        signature = hmac.new(key, text.encode(), "sha256").hexdigest()
        return f"/?{query}&X-Amz-Signature={signature}", headers


def wire_of(service, region="us-east-1"):
    """A wire with the first key of a service."""
    return Wire(service.url, service.session().get_credentials().get_frozen_credentials(), region)
