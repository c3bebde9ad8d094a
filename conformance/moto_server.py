"""AWS on loopback: a moto server, and our program as a user of it."""

import json
import os
import subprocess
import sys
import time
import urllib.request

import boto3
import pytest

from conftest import BIN, free_port

REGION = "us-east-1"
ACCOUNT = "123456789012"
KEYS = {"AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE", "AWS_SECRET_ACCESS_KEY": "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"}


class Moto:
    def __init__(self, url):
        self.url = url

    def client(self, service, region=REGION):
        return boto3.client(
            service,
            endpoint_url=self.url,
            region_name=region,
            aws_access_key_id=KEYS["AWS_ACCESS_KEY_ID"],
            aws_secret_access_key=KEYS["AWS_SECRET_ACCESS_KEY"],
        )

    @property
    def environment(self):
        environment = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
        files = {"AWS_CONFIG_FILE": os.devnull, "AWS_SHARED_CREDENTIALS_FILE": os.devnull}
        return environment | KEYS | files | {"AWS_EC2_METADATA_DISABLED": "true", "AWS_MAX_ATTEMPTS": "2"}

    def inspector(self, *arguments, **more):
        command = [str(BIN / "inspector"), *map(str, arguments)]
        environment = self.environment | more
        return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=120)

    def snapshot(self, folder, *arguments):
        return self.inspector("snapshot", "--endpoint-url", self.url, "--output", folder, *arguments)

    def aws(self, command, *more):
        program = [sys.executable, "-m", "awscli", *command.split(), *more]
        program += ["--endpoint-url", self.url, "--region", REGION, "--output", "json"]
        done = subprocess.run(program, capture_output=True, text=True, env=self.environment, timeout=120)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)


@pytest.fixture(scope="module")
def moto(tmp_path_factory):
    port = free_port()
    log = open(tmp_path_factory.mktemp("moto") / "log", "wb")
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    process = subprocess.Popen(command, stdout=log, stderr=log)
    url = f"http://127.0.0.1:{port}"
    deadline = time.monotonic() + 60
    while True:
        try:
            urllib.request.urlopen(f"{url}/moto-api/data.json", timeout=5).read()
            break
        except OSError:
            assert process.poll() is None and time.monotonic() < deadline, "moto did not start"
            time.sleep(0.05)
    yield Moto(url)
    process.terminate()
    process.wait(timeout=30)
