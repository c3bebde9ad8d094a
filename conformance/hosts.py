"""Hosts with an agent: enrolled and run as an operator would, in network namespaces where a test needs several."""

import json
import os
import pathlib
import ssl
import subprocess
import time

from conftest import BIN, Service, free_port

AGENT = BIN / "inspector-agent"


def eventually(what, seconds=60):
    """The first true answer of `what`."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        answer = what()
        if answer:
            return answer
        time.sleep(0.05)
    raise AssertionError(f"not within {seconds} s")


def enroll(service, agents_url, state, *options, identity=(), token=(), prefix=()):
    """The host of this state directory, enrolled with a new token that is made with the options `token`."""
    state.mkdir(exist_ok=True)
    file = state.parent / f"{state.name}.token"
    made = ["admin", "enrollment-token", "--endpoint-url", service.url, "--output", str(file), *token]
    fingerprint = service.inspector(*made).stdout.strip()
    command = [
        *prefix, str(AGENT), "enroll", "--server", agents_url, "--token-file", str(file),
        "--ca-fingerprint", fingerprint, *identity, "--state-dir", str(state), *options,
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return Host(state, identity[1] if identity else None, options, prefix)


class Fleet(Service):
    """A service with hosts; `address` is where its agents connect."""

    def __init__(self, directory, *flags, address="127.0.0.1"):
        super().__init__(directory, *flags)
        self.address = address

    @property
    def command(self):
        command = super().command
        command[command.index("--agent-listen") + 1] = f"{self.address}:{self.agent_port}"
        return command

    @property
    def agents_url(self):
        return f"https://{self.address}:{self.agent_port}"

    def enroll(self, state, agent_id, *options, prefix=()):
        identity = ("--agent-id", agent_id)
        return enroll(self, self.agents_url, state, *options, identity=identity, token=identity, prefix=prefix)

    def listed(self):
        return {one["agentId"]: one for one in self.client("openinspector").list_agents()["agents"]}

    def template(self):
        inspector = self.client()
        target = inspector.create_assessment_target(assessmentTargetName="all")["assessmentTargetArn"]
        packages = inspector.list_rules_packages()["rulesPackageArns"]
        described = inspector.describe_rules_packages(rulesPackageArns=packages)["rulesPackages"]
        cve = next(one["arn"] for one in described if "Vulnerabilities" in one["name"])
        made = inspector.create_assessment_template(
            assessmentTargetArn=target, assessmentTemplateName="t", durationInSeconds=180, rulesPackageArns=[cve]
        )
        return made["assessmentTemplateArn"]

    def run_state(self, run):
        return self.client().describe_assessment_runs(assessmentRunArns=[run])["assessmentRuns"][0]["state"]

    def delivered(self, run):
        """How many deliveries each agent of the run has in it."""
        agents = self.client().list_assessment_run_agents(assessmentRunArn=run)["assessmentRunAgents"]
        counts = {one["agentId"]: [row["count"] for row in one["telemetryMetadata"]] for one in agents}
        return {agent: max(rows, default=0) for agent, rows in counts.items()}


class Host:
    """One enrolled host."""

    def __init__(self, state, agent_id, options=(), prefix=()):
        self.state, self.agent_id, self.options, self.prefix = state, agent_id, list(options), list(prefix)
        self.process = None

    def start(self):
        self.log = open(self.state.parent / f"{self.state.name}.log", "ab")
        command = [*self.prefix, str(AGENT), "run", "--state-dir", str(self.state), *self.options]
        self.process = subprocess.Popen(command, stderr=self.log)
        return self

    def kill(self):
        self.process.kill()
        self.process.wait(timeout=30)

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(timeout=30)

    def log_text(self):
        return (self.state.parent / f"{self.state.name}.log").read_text(errors="replace")

    @property
    def identity(self):
        return json.loads((self.state / "identity.json").read_text())

    def tls(self, folder):
        """What a program needs to speak as this host: its key is on the host, and so is a thief."""
        identity = self.identity
        pair = pathlib.Path(folder) / f"{self.agent_id}.pem"
        pair.write_text(identity["certificate"] + identity["privateKey"])
        context = ssl.create_default_context(cadata=bytes.fromhex(identity["caCertificate"]))
        context.load_cert_chain(pair)
        return context


def namespaces_work():
    return os.geteuid() == 0 and subprocess.run(["ip", "netns", "list"], capture_output=True).returncode == 0


__all__ = ["AGENT", "Fleet", "Host", "enroll", "eventually", "free_port", "namespaces_work"]
