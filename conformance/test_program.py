"""What is made from the program's own words: completions and manual pages."""

import json
import subprocess

import pytest

from conftest import BIN, ROOT


def inspector(*arguments):
    done = subprocess.run([str(BIN / "inspector"), *arguments], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("shell", ["bash", "elvish", "fish", "powershell", "zsh"])
def test_a_shell_completes_verbs_and_options(shell):
    script = inspector("completions", shell)
    assert "what-if" in script and "allow-incomplete" in script


def test_bash_takes_its_completions(tmp_path):
    (tmp_path / "inspector.bash").write_text(inspector("completions", "bash"))
    told = 'source "$0"; COMP_WORDS=(inspector fee); COMP_CWORD=1; _inspector inspector fee inspector; echo "${COMPREPLY[@]}"'
    done = subprocess.run(["bash", "-c", told, tmp_path / "inspector.bash"], capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == "feeds", done.stderr


def test_every_verb_has_a_page_of_the_manual(tmp_path):
    inspector("man", "--output", str(tmp_path))
    pages = {path.name for path in tmp_path.iterdir()}
    assert {"inspector.1", "inspector-scan-host.1", "inspector-admin-keys-rotate.1", "inspector-serve.1"} <= pages
    for path in tmp_path.iterdir():
        assert ".TH " in path.read_text() and ".SH NAME" in path.read_text(), path.name


def test_sarif_holds_what_json_holds(tmp_path):
    account = str(ROOT / "examples" / "aws-account")
    own = json.loads(inspector("scan", "network", account, "--format", "json"))
    run = json.loads(inspector("scan", "network", account, "--format", "sarif"))["runs"][0]
    fingerprints = [result["partialFingerprints"]["openinspector/v1"] for result in run["results"]]
    assert fingerprints == [finding["fingerprint"] for finding in own["findings"]] and fingerprints
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert all(rules[result["ruleIndex"]] == result["ruleId"] for result in run["results"])
    assert len(set(rules)) == len(rules)
