"""What is handed out to bring the agent to instances holds together, as far as it can be told without AWS."""

import json
import pathlib
import subprocess
import sys

import yaml
from conftest import ROOT

AWS = ROOT / "packaging" / "aws"


def test_the_ssm_document_installs_and_removes(tmp_path):
    document = json.loads((AWS / "ssm-document.json").read_text())
    assert document["schemaVersion"] == "2.2" and set(document["parameters"]) == {"Operation", "TokenParameter"}
    lines = document["mainSteps"][0]["inputs"]["runCommand"]
    for operation in ("Install", "Uninstall"):
        script = "\n".join(lines).replace("{{ Operation }}", operation)
        subprocess.run(["sh", "-n"], input=script, text=True, check=True)


def test_the_templates_pass_cfn_lint():
    lint = pathlib.Path(sys.executable).with_name("cfn-lint")
    for name in ("cloudformation-init.yaml", "new-instances.yaml"):
        done = subprocess.run([lint, "--region", "us-east-1", "--", AWS / name], capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr


def test_the_function_of_new_instances_compiles():
    text = (AWS / "new-instances.yaml").read_text()
    code = text.split("ZipFile: |\n")[1].split("\n  Rule:")[0]
    compile("\n".join(line[10:] for line in code.splitlines()), "index.py", "exec")


def test_the_image_component_and_the_user_data_are_well_formed():
    component = yaml.safe_load((AWS / "image-component.yaml").read_text())
    assert [phase["name"] for phase in component["phases"]] == ["build", "test"]
    subprocess.run(["sh", "-n", AWS / "user-data.sh"], check=True)
    for name in ("user-data.sh", "ssm-document.json", "cloudformation-init.yaml"):
        assert "INSTALL_COMMAND" in (AWS / name).read_text(), name
