"""Every finding has a proof that can be checked again without asking the service."""

import json

import pytest

from conftest import EXAMPLE, findings_of

FOREIGN = "arn:aws:inspector:us-east-1:111111111111:target/0-00000000/template/0-00000000/run/0-00000000/finding/0-00000000"


@pytest.fixture(scope="module")
def proven(shared_service, assessed):
    """Each finding of the run with its proof."""
    own = shared_service.client("openinspector")
    found = {finding["arn"]: finding for finding in findings_of(shared_service.client(), assessed["run"])}
    arns, proofs = sorted(found), {}
    for start in range(0, len(arns), 10):
        answer = own.describe_finding_proofs(findingArns=arns[start : start + 10])
        assert answer["failedItems"] == {}
        proofs |= {one["findingArn"]: one for one in answer["proofs"]}
    assert set(proofs) == set(found)
    return [(found[arn], proofs[arn]["fingerprint"], json.loads(proofs[arn]["proof"])) for arn in arns]


def test_the_witness_of_a_network_finding_arrives_at_its_port(proven):
    networks = [(finding, proof) for finding, _, proof in proven if proof["kind"] == "network"]
    assert networks
    for finding, proof in networks:
        attributes = {pair["key"]: pair.get("value") for pair in finding["attributes"]}
        request, reply = proof["request"], proof["reply"]
        assert (reply["source"], reply["sourcePort"]) == (request["destination"], request["destinationPort"])
        assert (reply["destination"], reply["destinationPort"]) == (request["source"], request["sourcePort"])
        assert request["destination"] in finding["assetAttributes"]["ipv4Addresses"]
        if "PORT" in attributes:
            assert str(request["destinationPort"]) == attributes["PORT"]
        ways = [hop["direction"] for hop in proof["path"]]
        assert set(ways) == {"request", "reply"} and ways == sorted(ways, reverse=True)


def test_every_hop_of_a_path_names_a_component_of_the_snapshot(proven):
    snapshot = "".join(path.read_text() for path in EXAMPLE.rglob("*.json"))
    for _, _, proof in proven:
        for hop in proof.get("path", []):
            assert f'"{hop["component"]}"' in snapshot, hop


def test_the_identity_of_a_finding_is_its_own(proven):
    identities = [fingerprint for _, fingerprint, _ in proven]
    assert len(set(identities)) == len(identities)


def test_what_has_no_proof_is_a_failed_item(shared_service, assessed):
    own, arn = shared_service.client("openinspector"), assessed["run"] + "/finding/0-00000000"
    answer = own.describe_finding_proofs(findingArns=["x", arn, FOREIGN, "x"])
    assert answer["proofs"] == []
    assert {key: item["failureCode"] for key, item in answer["failedItems"].items()} == {
        "x": "INVALID_ARN",
        arn: "ITEM_DOES_NOT_EXIST",
        FOREIGN: "ACCESS_DENIED",
    }


@pytest.mark.parametrize("count", [0, 11])
def test_one_to_ten_findings_are_described_at_a_time(shared_service, count):
    own = shared_service.client("openinspector")
    with pytest.raises(Exception, match="findingArns|InvalidInput"):
        own.describe_finding_proofs(findingArns=["x"] * count)
