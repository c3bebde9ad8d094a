"""The console in a real Chromium, over a finished run of a real service."""

import os
import pathlib
import shutil
import subprocess
import sys

import pytest

from conftest import ROOT, snapshot_documents

CONSOLE = ROOT / "console"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
MISSING = [
    name
    for name, there in {
        "Node and the console's packages": shutil.which("npm") and (CONSOLE / "node_modules").exists(),
        CHROMIUM: pathlib.Path(CHROMIUM).exists(),
    }.items()
    if not there
]


@pytest.mark.skipif(bool(MISSING), reason=f"skipped: the console test needs {' and '.join(MISSING)}")
def test_the_console_shows_a_run_and_its_findings(service):
    service.client("openinspector").import_snapshot(name="example", documents=snapshot_documents())
    example = [sys.executable, str(ROOT / "examples" / "first_assessment.py"), "--endpoint-url", service.url]
    subprocess.run(example, env=service.environment, check=True, capture_output=True, timeout=120)
    key = service.session().get_credentials().get_frozen_credentials()
    environment = os.environ | {
        "INSPECTOR_URL": service.url,
        "AWS_ACCESS_KEY_ID": key.access_key,
        "AWS_SECRET_ACCESS_KEY": key.secret_key,
        "CHROMIUM": CHROMIUM,
    }
    done = subprocess.run(["npm", "run", "e2e"], cwd=CONSOLE, env=environment, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "skipped" not in done.stdout
