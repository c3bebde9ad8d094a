"""Who may do what: every operation under every kind of policy, and across the border of accounts and Regions."""

import fnmatch
import json

import botocore.credentials
import pytest
from api_model import OPERATIONS
from api_wire import Wire, wire_of
from api_world import World

ACCOUNT, OTHER = "000000000000", "222222222222"
INSPECTOR = "arn:aws:iam::aws:policy/AmazonInspector"
HERE, ELSEWHERE = {"aws:SourceIp": "127.0.0.0/8"}, {"aws:SourceIp": "203.0.113.0/24"}


def statement(effect="Allow", **members):
    members = {"Action": "*"} | members if "NotAction" not in members else members
    members = {"Resource": "*"} | members if "NotResource" not in members else members
    return {"Effect": effect} | members


# For each user the documents, and which operations they leave.
USERS = {
    "nothing": ([], lambda name: False),
    "full": ([f"{INSPECTOR}FullAccess"], lambda name: True),
    "reader": (
        [f"{INSPECTOR}ReadOnlyAccess"],
        lambda name: any(fnmatch.fnmatchcase(name, f"{verb}*") for verb in ("Describe", "Get", "List", "Preview")),
    ),
    "everything": ([statement()], lambda name: True),
    "lister": ([statement(Action=["inspector:list*", "INSPECTOR:Describe?indings"])],
               lambda name: name.startswith("List") or name == "DescribeFindings"),
    "keeper": ([statement(), statement("Deny", Action="inspector:Delete*")], lambda name: not name.startswith("Delete")),
    "all-but": ([statement(NotAction=["inspector:List*", "iam:*"])], lambda name: not name.startswith("List")),
    "resourceful": ([statement(Resource="arn:aws:inspector:*")], lambda name: False),
    "resourceless": ([statement(NotResource="arn:aws:inspector:*")], lambda name: True),
    "here": ([statement(Condition={"IpAddress": HERE})], lambda name: True),
    "elsewhere": ([statement(Condition={"IpAddress": ELSEWHERE})], lambda name: False),
    "past": ([statement(Condition={"DateLessThan": {"aws:CurrentTime": "2020-01-01T00:00:00Z"}})], lambda name: False),
    "future": ([statement(Condition={"DateLessThan": {"aws:CurrentTime": "2120-01-01T00:00:00Z"}})], lambda name: True),
    "red": ([statement(Condition={"StringLike": {"aws:PrincipalTag/team": "r?d"}})], lambda name: True),
    "blue": ([statement(Condition={"StringEquals": {"aws:PrincipalTag/team": "blue"}})], lambda name: False),
    "mfa": ([statement(Condition={"Bool": {"aws:MultiFactorAuthPresent": "true"}})], lambda name: False),
    "far": ([statement(Condition={"StringEquals": {"aws:RequestedRegion": "eu-west-1"}})], lambda name: False),
    "unencrypted": ([statement(), statement("Deny", Condition={"Bool": {"aws:SecureTransport": "false"}})], lambda name: False),
}  # fmt: skip


class Identity:
    """Makes users of one account and hands out their keys."""

    def __init__(self, service, own, account=ACCOUNT):
        self.service, self.own, self.account = service, own, account

    def user(self, name, documents, tags=()):
        self.own.create_user(userName=name, tags=[{"key": key, "value": value} for key, value in tags])
        for number, document in enumerate(documents):
            arn = document
            if isinstance(document, dict):
                text = json.dumps({"Version": "2012-10-17", "Statement": [document]})
                arn = self.own.put_policy(policyName=f"{name}-{number}", policyDocument=text)["policyArn"]
            self.own.attach_policy(userName=name, policyArn=arn)
        return self.key(name)

    def key(self, name):
        made = self.own.create_access_key(userName=name)
        return botocore.credentials.Credentials(made["accessKeyId"], made["secretAccessKey"])


def client(service, name, credentials, region="us-east-1"):
    session = service.session()
    config = botocore.config.Config(retries={"total_max_attempts": 1})
    return session.client(
        name,
        endpoint_url=service.url,
        config=config,
        region_name=region,
        aws_access_key_id=credentials.access_key,
        aws_secret_access_key=credentials.secret_key,
        aws_session_token=credentials.token,
    )


@pytest.fixture(scope="module")
def world(shared_service, assessed):
    return World(shared_service, assessed)


@pytest.fixture(scope="module")
def identity(shared_service):
    return Identity(shared_service, shared_service.client("openinspector"))


@pytest.fixture(scope="module")
def users(shared_service, identity):
    made = {name: identity.user(name, documents, [("team", "red")]) for name, (documents, _) in USERS.items()}
    return {name: Wire(shared_service.url, key) for name, key in made.items()}


@pytest.fixture(scope="module")
def stranger(shared_service):
    """The root user of another account, and users there under every kind of policy."""
    made = shared_service.client("openinspector").create_account(accountId=OTHER)
    root = botocore.credentials.Credentials(made["accessKeyId"], made["secretAccessKey"])
    there = Identity(shared_service, client(shared_service, "openinspector", root), OTHER)
    wires = {name: Wire(shared_service.url, there.user(name, documents)) for name, (documents, _) in USERS.items()}
    return {"root": Wire(shared_service.url, root)} | wires


def denied(answer, user, operation, account=ACCOUNT):
    message = answer.body.get("message", "") if isinstance(answer.body, dict) else ""
    who = f"User: arn:aws:iam::{account}:user/{user} is not authorized to perform: inspector:{operation} on resource: *"
    return answer.error == "AccessDeniedException" and message.startswith(who) and "errorCode" not in answer.body


@pytest.mark.parametrize("operation", OPERATIONS)
def test_a_policy_that_allows_nothing_denies(users, world, operation):
    answer = users["nothing"].call(operation, world.valid(operation))
    assert denied(answer, "nothing", operation) and answer.status == 400
    wanted = f"because no identity-based policy allows the inspector:{operation} action"
    assert answer.body["message"].endswith(wanted)


@pytest.mark.parametrize("user", USERS)
def test_a_policy_leaves_what_it_says_and_nothing_else(users, world, user):
    for operation in OPERATIONS:
        answer = users[user].call(operation, b'{"broken')
        # The decision comes before anybody reads the body: what is let through is refused for its body.
        allowed = answer.error == "SerializationException" or (answer.status == 200 and not OPERATIONS[operation].input_shape)
        if not allowed:
            assert denied(answer, user, operation), f"{user} {operation}: {answer}"
        assert allowed == USERS[user][1](operation), f"{user} {operation}: {answer}"


def test_an_explicit_deny_says_so(users, world):
    answer = users["keeper"].call("DeleteAssessmentRun", world.valid("DeleteAssessmentRun"))
    assert answer.body["message"].endswith("with an explicit deny in an identity-based policy")


def without_tokens(arguments):
    return {name: value for name, value in arguments.items() if name != "nextToken"}


@pytest.mark.parametrize("operation", OPERATIONS)
def test_nobody_of_another_account_sees_or_changes_anything(stranger, world, operation):
    """With every right at home, and with any other."""
    arguments = without_tokens(world.valid(operation))
    ours = [world.target, world.template, world.run, world.group, *world.findings, *world.exclusions]
    named = any(arn in json.dumps(arguments) for arn in ours) or operation == "RegisterCrossAccountAccessRole"
    for user, wire in stranger.items():
        answer = wire.call(operation, arguments)
        if user != "root" and not allowed_by_dates_and_the_like(user, operation):
            assert denied(answer, user, operation, OTHER), answer
        elif named:
            failed = answer.body.get("failedItems", {})
            refused = answer.error in ("AccessDeniedException", "InvalidInputException", "NoSuchEntityException")
            assert refused or (failed and all(item["failureCode"] == "ACCESS_DENIED" for item in failed.values())), answer
        text = json.dumps(answer.body.get("findingArns", [])) + json.dumps(answer.body.get("assessmentRunArns", []))
        assert ACCOUNT not in text
    assert world.inspector.describe_assessment_runs(assessmentRunArns=[world.run])["assessmentRuns"]


def allowed_by_dates_and_the_like(user, operation):
    # Tags differ: users of the other account have none.
    return user != "red" and USERS[user][1](operation)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_another_region_holds_nothing_of_this_one(shared_service, world, operation):
    far = wire_of(shared_service, "eu-west-1")
    answer = far.call(operation, without_tokens(world.valid(operation)))
    ours = "arn:aws:inspector:us-east-1:000000000000"
    text = json.dumps({name: value for name, value in answer.body.items() if name not in ("failedItems", "message")})
    assert ours not in text, answer
    for item in answer.body.get("failedItems", {}).values():
        assert item["failureCode"] in ("ITEM_DOES_NOT_EXIST", "INVALID_ARN"), answer


def test_lists_of_the_account_are_empty_beyond_its_border(shared_service, stranger, world):
    for wire in (stranger["root"], wire_of(shared_service, "eu-west-1")):
        for operation in ("ListAssessmentTargets", "ListAssessmentTemplates", "ListAssessmentRuns", "ListFindings"):
            answer = wire.call(operation, {"maxResults": 100})
            items = [arn for value in answer.body.values() for arn in value]
            assert all("0000000000" not in arn.split(":")[4] and "us-east-1:000000000000" not in arn for arn in items), answer


# --- keys ---


def test_a_disabled_key_is_refused_and_an_enabled_one_is_let_in_again(shared_service, identity):
    key = identity.user("switched", [statement()])
    wire = Wire(shared_service.url, key)
    assert wire.call("ListFindings", {}).status == 200
    identity.own.update_access_key(accessKeyId=key.access_key, active=False)
    assert wire.call("ListFindings", {}).error == "UnrecognizedClientException"
    identity.own.update_access_key(accessKeyId=key.access_key, active=True)
    assert wire.call("ListFindings", {}).status == 200
    listed = identity.own.list_access_keys(userName="switched")["accessKeys"]
    assert [one["lastUsedRegion"] for one in listed] == ["us-east-1"] and listed[0]["lastUsedAt"]
    identity.own.delete_access_key(accessKeyId=key.access_key)
    assert wire.call("ListFindings", {}).error == "UnrecognizedClientException"


def test_a_user_has_two_keys_at_most_and_none_once_it_is_gone(shared_service, identity):
    first = identity.user("short-lived", [statement()])
    identity.key("short-lived")
    with pytest.raises(identity.own.exceptions.LimitExceededException):
        identity.key("short-lived")
    identity.own.delete_user(userName="short-lived")
    assert Wire(shared_service.url, first).call("ListFindings", {}).error == "UnrecognizedClientException"


def test_a_broken_document_is_refused_with_its_fault(identity):
    for text in ("{]", '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*"}]}'):
        with pytest.raises(identity.own.exceptions.InvalidInputException) as refused:
            identity.own.put_policy(policyName="broken", policyDocument=text)
        assert refused.value.response["errorCode"] == "MALFORMED_POLICY_DOCUMENT"


def test_an_operator_makes_rotates_and_lists_keys(shared_service, identity, tmp_path):
    admin = lambda *words: shared_service.inspector("admin", *words).stdout  # noqa: E731
    url = ("--endpoint-url", shared_service.url)
    assert admin("users", *url, "create", "carol") == f"arn:aws:iam::{ACCOUNT}:user/carol\n"
    admin("policies", *url, "attach", f"{INSPECTOR}ReadOnlyAccess", "--user", "carol")
    first = admin("keys", *url, "create", "--user", "carol", "--output", str(tmp_path / "one")).strip()
    second = admin("keys", *url, "rotate", first, "--output", str(tmp_path / "two")).strip()
    listed = admin("keys", *url, "list", "--user", "carol")
    assert f"{first}  disabled  carol" in listed and f"{second}  active  carol" in listed
    assert (tmp_path / "two").stat().st_mode & 0o77 == 0
    assert "user/carol" in admin("users", *url, "list")
    admin("users", *url, "delete", "carol")


# --- roles and sessions, through stock STS ---


def trust(principal, **condition):
    body = {"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole"}
    return json.dumps({"Version": "2012-10-17", "Statement": [body | ({"Condition": condition} if condition else {})]})


@pytest.fixture(scope="module")
def alice(shared_service, identity):
    assume = statement(Action="sts:AssumeRole", Resource=f"arn:aws:iam::{ACCOUNT}:role/*")
    return client(shared_service, "sts", identity.user("alice", [assume]))


def session(credentials):
    return botocore.credentials.Credentials(
        credentials["AccessKeyId"], credentials["SecretAccessKey"], credentials["SessionToken"]
    )


def test_a_caller_is_told_who_it_is(shared_service, alice):
    told = alice.get_caller_identity()
    assert (told["Account"], told["Arn"]) == (ACCOUNT, f"arn:aws:iam::{ACCOUNT}:user/alice")
    root = shared_service.client("sts").get_caller_identity()
    assert root["Arn"] == f"arn:aws:iam::{ACCOUNT}:root"


def test_a_role_gives_its_own_rights_for_a_while(shared_service, identity, alice):
    identity.own.create_role(roleName="auditor", trustPolicy=trust({"AWS": f"arn:aws:iam::{ACCOUNT}:root"}))
    identity.own.attach_policy(roleName="auditor", policyArn=f"{INSPECTOR}ReadOnlyAccess")
    taken = alice.assume_role(RoleArn=f"arn:aws:iam::{ACCOUNT}:role/auditor", RoleSessionName="june")
    assert taken["AssumedRoleUser"]["Arn"] == f"arn:aws:sts::{ACCOUNT}:assumed-role/auditor/june"
    key = session(taken["Credentials"])
    wire = Wire(shared_service.url, key)
    assert wire.call("ListFindings", {}).status == 200 and wire.call("ListFindings", {}, "query").status == 200
    answer = wire.call("DeleteAssessmentRun", {})
    assert f"arn:aws:sts::{ACCOUNT}:assumed-role/auditor/june is not authorized" in answer.body["message"]
    assert client(shared_service, "sts", key).get_caller_identity()["Arn"].endswith("auditor/june")
    tokenless = Wire(shared_service.url, botocore.credentials.Credentials(key.access_key, key.secret_key))
    assert tokenless.call("ListFindings", {}).error == "UnrecognizedClientException"
    identity.own.delete_role(roleName="auditor")
    assert wire.call("ListFindings", {}).error == "AccessDeniedException"


def test_a_session_policy_narrows_a_role(shared_service, identity, alice):
    identity.own.create_role(roleName="broad", trustPolicy=trust({"AWS": f"arn:aws:iam::{ACCOUNT}:user/alice"}))
    identity.own.attach_policy(roleName="broad", policyArn="arn:aws:iam::aws:policy/AdministratorAccess")
    narrow = json.dumps({"Version": "2012-10-17", "Statement": [statement(Action="inspector:List*")]})
    taken = alice.assume_role(RoleArn=f"arn:aws:iam::{ACCOUNT}:role/broad", RoleSessionName="narrow", Policy=narrow)
    wire = Wire(shared_service.url, session(taken["Credentials"]))
    assert wire.call("ListFindings", {}).status == 200
    answer = wire.call("DescribeCrossAccountAccessRole", {})
    assert "because no session policy allows" in answer.body["message"]
    # A session that it makes of itself is as narrow.
    again = wire.call("CreateSession", {}, prefix="OpenInspector").body
    inner = botocore.credentials.Credentials(again["accessKeyId"], again["secretAccessKey"], again["sessionToken"])
    assert Wire(shared_service.url, inner).call("DescribeCrossAccountAccessRole", {}).error == "AccessDeniedException"


@pytest.mark.parametrize(
    "role,document",
    [
        ("bobs", trust({"AWS": f"arn:aws:iam::{ACCOUNT}:user/bob"})),
        ("others", trust({"AWS": f"arn:aws:iam::{OTHER}:root"})),
        ("external", trust({"AWS": f"arn:aws:iam::{ACCOUNT}:root"}, StringEquals={"sts:ExternalId": "42"})),
        ("missing", None),
    ],
)
def test_a_role_that_does_not_name_the_caller_is_refused(identity, alice, role, document):
    if document:
        identity.own.create_role(roleName=role, trustPolicy=document)
    with pytest.raises(botocore.exceptions.ClientError) as refused:
        alice.assume_role(RoleArn=f"arn:aws:iam::{ACCOUNT}:role/{role}", RoleSessionName="x1")
    error = refused.value.response
    assert (error["Error"]["Code"], error["ResponseMetadata"]["HTTPStatusCode"]) == ("AccessDenied", 403)
    assert "is not authorized to perform: sts:AssumeRole on resource" in error["Error"]["Message"]


def test_a_role_of_another_account_needs_both_sides(shared_service, identity, stranger):
    identity.own.create_role(roleName="shared", trustPolicy=trust({"AWS": f"arn:aws:iam::{OTHER}:root"}))
    identity.own.attach_policy(roleName="shared", policyArn=f"{INSPECTOR}ReadOnlyAccess")
    arn = f"arn:aws:iam::{ACCOUNT}:role/shared"
    able = client(shared_service, "sts", stranger["everything"].credentials)
    taken = able.assume_role(RoleArn=arn, RoleSessionName="visitor")["Credentials"]
    assert Wire(shared_service.url, session(taken)).call("ListAssessmentTargets", {}).body["assessmentTargetArns"]
    unable = client(shared_service, "sts", stranger["full"].credentials)
    with pytest.raises(botocore.exceptions.ClientError):
        unable.assume_role(RoleArn=arn, RoleSessionName="visitor")


def test_session_keys_of_a_user_do_what_the_user_may(shared_service, users):
    sts = client(shared_service, "sts", users["lister"].credentials)
    wire = Wire(shared_service.url, session(sts.get_session_token(DurationSeconds=900)["Credentials"]))
    assert wire.call("ListFindings", {}).status == 200
    assert wire.call("DescribeCrossAccountAccessRole", {}).error == "AccessDeniedException"


def test_strange_forms_are_refused_as_sts_refuses(shared_service, alice):
    with pytest.raises(botocore.exceptions.ClientError) as refused:
        alice.assume_role(RoleArn="arn:aws:iam::nonsense:role/x", RoleSessionName="x1")
    assert refused.value.response["Error"]["Code"] == "ValidationError"
    with pytest.raises(botocore.exceptions.ClientError) as refused:
        alice.get_federation_token(Name="nobody")
    assert refused.value.response["Error"]["Code"] == "InvalidAction"
    wrong = client(shared_service, "sts", botocore.credentials.Credentials(alice._request_signer._credentials.access_key, "x" * 40))
    with pytest.raises(botocore.exceptions.ClientError) as refused:
        wrong.get_caller_identity()
    assert refused.value.response["Error"]["Code"] == "SignatureDoesNotMatch"
