"""People come in with tokens of an identity provider: a real one, small, on loopback."""

import base64
import hashlib
import http.cookiejar
import json
import re
import urllib.error
import urllib.parse
import urllib.request

import botocore.config
import botocore.exceptions
import oidc_provider_mock
import pytest

from conftest import Service

ACCOUNT = "000000000000"
PEOPLE = [
    oidc_provider_mock.User(sub="alice", claims={"email": "alice@example.org", "amr": ["pwd", "mfa"]}),
    oidc_provider_mock.User(sub="mallory", claims={"email": "mallory@example.net"}),
]


class Stop(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def fetch(opener, url, data=None):
    """Status, headers and text; a redirection is not followed."""
    try:
        with opener.open(url, urllib.parse.urlencode(data).encode() if data else None, timeout=20) as answer:
            return answer.status, answer.headers, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read().decode()


def browser():
    return urllib.request.build_opener(Stop, urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))


@pytest.fixture(scope="module")
def issuer():
    with oidc_provider_mock.run_server_in_thread(user_claims=PEOPLE) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture(scope="module")
def service(issuer, tmp_path_factory):
    directory = tmp_path_factory.mktemp("oidc")
    (directory / "secret").write_text("of the service: with + and %\n")
    service = Service(
        directory / "data",
        "--oidc-issuer", issuer, "--oidc-client-id", "inspector",
        "--oidc-client-secret-file", str(directory / "secret"),
        "--oidc-role", f"arn:aws:iam::{ACCOUNT}:role/people",
    ).start()  # fmt: skip
    own = service.client("openinspector")
    provider = issuer.removeprefix("http://")

    def role(name, condition):
        statement = {
            "Effect": "Allow",
            "Principal": {"Federated": f"arn:aws:iam::{ACCOUNT}:oidc-provider/{provider}"},
            "Action": "sts:AssumeRoleWithWebIdentity",
            "Condition": {"StringLike": {f"{provider}:{key}": value for key, value in condition.items()}},
        }
        document = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
        own.create_role(roleName=name, trustPolicy=document)
        own.attach_policy(roleName=name, policyArn="arn:aws:iam::aws:policy/AmazonInspectorReadOnlyAccess")

    role("people", {"email": "*@example.org", "aud": "inspector"})
    role("others", {"sub": "nobody"})
    yield service
    service.stop()


def sign_in(service, person):
    client = browser()
    status, headers, text = fetch(client, f"{service.url}/signin/oidc")
    assert status == 303, text
    status, headers, text = fetch(client, headers["Location"], {"sub": person})
    assert status == 302, text
    return fetch(client, headers["Location"])


def token(service, issuer, person, client_id="inspector"):
    """An identity token, by the provider's own code flow."""
    verifier = "v" * 64
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    query = {
        "response_type": "code", "client_id": client_id, "redirect_uri": f"{service.url}/x", "scope": "openid email",
        "state": "s", "nonce": "n", "code_challenge": challenge, "code_challenge_method": "S256",
    }  # fmt: skip
    opener = browser()
    _, headers, text = fetch(opener, f"{issuer}/oauth2/authorize?{urllib.parse.urlencode(query)}", {"sub": person})
    code = urllib.parse.parse_qs(urllib.parse.urlsplit(headers["Location"]).query)["code"][0]
    form = {
        "grant_type": "authorization_code", "code": code, "client_id": client_id, "code_verifier": verifier,
        "redirect_uri": f"{service.url}/x", "client_secret": "any",
    }  # fmt: skip
    _, _, text = fetch(opener, f"{issuer}/oauth2/token", form)
    return json.loads(text)["id_token"]


def sts(service):
    config = botocore.config.Config(signature_version=botocore.UNSIGNED, retries={"total_max_attempts": 1})
    return service.session().client("sts", endpoint_url=service.url, config=config)


def assume(service, token, role="people"):
    arn = f"arn:aws:iam::{ACCOUNT}:role/{role}"
    return sts(service).assume_role_with_web_identity(RoleArn=arn, RoleSessionName="alice", WebIdentityToken=token)


def refused(service, token, role="people"):
    with pytest.raises(botocore.exceptions.ClientError) as error:
        assume(service, token, role)
    return error.value.response["Error"]["Code"]


def test_the_console_hears_whether_there_is_a_provider(service, shared_service):
    for running, expected in [(service, True), (shared_service, False)]:
        with urllib.request.urlopen(f"{running.url}/signin/options", timeout=10) as answer:
            assert json.load(answer) == {"identityProvider": expected}


def test_a_person_signs_in_to_the_console_with_the_rights_of_the_role(service):
    status, headers, text = sign_in(service, "alice")
    assert status == 200 and "no-store" in headers["Cache-Control"], text
    session = json.loads(re.search(r'id="session">(.*?)</script>', text)[1])
    assert session["user"] == "alice@example.org"
    keys = {name: session[member] for name, member in (
        ("aws_access_key_id", "accessKeyId"), ("aws_secret_access_key", "secretAccessKey"), ("aws_session_token", "sessionToken"),
    )}  # fmt: skip
    assert service.client(**keys).list_findings()["findingArns"] == []
    who = service.client("sts", **keys).get_caller_identity()["Arn"]
    assert who == f"arn:aws:sts::{ACCOUNT}:assumed-role/people/alice@example.org"
    with pytest.raises(botocore.exceptions.ClientError):
        service.client(**keys).create_assessment_target(assessmentTargetName="mine")
    script = urllib.request.urlopen(f"{service.url}/signin/keep.js", timeout=10).read().decode()
    assert "sessionStorage" in script


def test_whom_the_role_does_not_name_stays_out(service):
    status, _, text = sign_in(service, "mallory")
    assert status == 403 and "Not authorized" in text


def test_a_sign_in_of_another_browser_is_refused(service):
    begun = browser()
    _, headers, _ = fetch(begun, f"{service.url}/signin/oidc")
    _, headers, _ = fetch(begun, headers["Location"], {"sub": "alice"})
    status, _, text = fetch(browser(), headers["Location"])
    assert status == 400 and "browser" in text
    status, _, _ = fetch(begun, headers["Location"].replace("state=", "state=x"))
    assert status == 400


def test_a_token_is_worth_keys_of_a_role_that_trusts_it(service, issuer):
    good = token(service, issuer, "alice")
    taken = assume(service, good)
    assert taken["SubjectFromWebIdentityToken"] == "alice" and taken["Credentials"]["SessionToken"]
    assert refused(service, good, "others") == "AccessDenied"
    assert refused(service, good, "missing") == "AccessDenied"
    assert refused(service, token(service, issuer, "mallory")) == "AccessDenied"


def test_a_token_that_is_not_right_is_refused(service, issuer):
    good = token(service, issuer, "alice")
    head, body, signature = good.split(".")
    claims = json.loads(base64.urlsafe_b64decode(body + "=="))
    forged = base64.urlsafe_b64encode(json.dumps(claims | {"sub": "root"}).encode()).rstrip(b"=").decode()
    nothing = base64.urlsafe_b64encode(b'{"alg":"none"}').rstrip(b"=").decode()
    for bad in (f"{head}.{forged}.{signature}", f"{nothing}.{body}.", good[:-4], "nonsense"):
        assert refused(service, bad) == "InvalidIdentityToken"
    assert refused(service, token(service, issuer, "alice", "another")) == "InvalidIdentityToken"


def test_a_service_without_a_provider_says_so(shared_service):
    assert refused(shared_service, "a.b.c") == "InvalidIdentityToken"
    with pytest.raises(urllib.error.HTTPError) as error:
        urllib.request.urlopen(f"{shared_service.url}/signin/oidc", timeout=10)
    assert error.value.code == 404
