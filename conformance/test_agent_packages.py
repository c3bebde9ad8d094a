"""The packages in a real Debian root: installed, at work, taken away without a trace. Needs `make agent-packages`."""

import os
import pathlib
import subprocess

import pytest
from conftest import ROOT
from hosts import Fleet

PACKAGES = ROOT / "target" / "agent-packages"
DEBIAN = pathlib.Path(os.environ.get("OPENINSPECTOR_DEBIAN_ROOT", ROOT / "target" / "debian-root"))
MACHINE = os.uname().machine

pytestmark = [
    pytest.mark.skipif(not os.environ.get("OPENINSPECTOR_SLOW"), reason="takes minutes: set OPENINSPECTOR_SLOW=1"),
    pytest.mark.skipif(os.geteuid() != 0, reason="a Debian root needs root rights"),
    pytest.mark.skipif(not (DEBIAN / "var/lib/dpkg/status").exists(), reason="there is no Debian root"),
    pytest.mark.skipif(not list(PACKAGES.glob("*.deb")), reason="there are no packages: make agent-packages"),
]

# What package managers keep of their own work.
OWN = ("var/lib/dpkg/", "var/lib/rpm/", "var/cache/", "var/log/", "tmp/", "proc/", "dev/", "root/")


def files(root):
    found = (str(path.relative_to(root)) for path in root.rglob("*"))
    return {path for path in found if not path.startswith(OWN) and path + "/" not in OWN}


@pytest.fixture
def root(tmp_path):
    copy = tmp_path / "root"
    subprocess.run(["cp", "-a", "--reflink=auto", DEBIAN, copy], check=True)
    yield copy
    subprocess.run(["umount", "-q", copy / "proc"], check=False)


def inside(root, *command, check=True):
    done = subprocess.run(["chroot", root, *command], capture_output=True, text=True, timeout=300)
    assert not check or done.returncode == 0, done.stderr
    return done


def put(root, kind):
    name = f"inspector-agent_{MACHINE}.{kind}"
    (root / "tmp" / name).write_bytes((PACKAGES / name).read_bytes())
    return f"/tmp/{name}"


def uses(root):
    """Leaves what an agent leaves."""
    assert inside(root, "inspector-agent", "--version").stdout.startswith("inspector-agent ")
    assert '"schema"' in inside(root, "inspector-agent", "show").stdout
    (root / "var/lib/inspector-agent").mkdir(parents=True)
    (root / "var/lib/inspector-agent/identity.json").write_text("{}")
    (root / "etc/inspector-agent/proxy.env").write_text("")


def test_a_deb_is_installed_upgraded_and_purged_without_a_trace(root):
    before = files(root)
    package = put(root, "deb")
    inside(root, "dpkg", "-i", package)
    uses(root)
    inside(root, "dpkg", "-i", package)
    assert (root / "var/lib/inspector-agent/identity.json").exists(), "an upgrade keeps the identity"
    inside(root, "dpkg", "-r", "inspector-agent")
    assert (root / "var/lib/inspector-agent/identity.json").exists(), "and so does a removal that is no purge"
    inside(root, "dpkg", "-P", "inspector-agent")
    assert files(root) == before


def test_an_rpm_is_installed_upgraded_and_erased_without_a_trace(root):
    before = files(root)
    package = PACKAGES / f"inspector-agent_{MACHINE}.rpm"
    rpm = ["rpm", "--root", root, "--dbpath", "/var/lib/rpm"]
    # The root has no rpm database that could provide /bin/sh.
    subprocess.run([*rpm, "-i", "--nodeps", package], check=True, capture_output=True)
    uses(root)
    subprocess.run([*rpm, "-U", "--nodeps", "--replacepkgs", package], check=True, capture_output=True)
    assert (root / "var/lib/inspector-agent/identity.json").exists(), "an upgrade keeps the identity"
    subprocess.run([*rpm, "-e", "inspector-agent"], check=True, capture_output=True)
    assert files(root) == before


def test_a_tarball_takes_itself_away(root):
    before = files(root)
    inside(root, "tar", "-C", "/", "-xzf", put(root, "tar.gz"))
    inside(root, "sh", "/usr/lib/inspector-agent/postinstall.sh")
    (root / "etc/inspector-agent").mkdir()
    uses(root)
    inside(root, "sh", "/usr/lib/inspector-agent/uninstall.sh")
    assert files(root) == before


def test_the_command_that_the_service_gives_installs_and_enrols(root, tmp_path):
    if inside(root, "which", "curl", "wget", check=False).stdout == "":
        fetched = inside(root, "sh", "-c", "apt-get -qq update && apt-get -qq -y install wget >/dev/null", check=False)
        if fetched.returncode != 0:
            pytest.skip("the root has neither curl nor wget, and cannot be given one")
    subprocess.run(["mount", "-t", "proc", "proc", root / "proc"], check=True)
    fleet = Fleet(tmp_path / "data", "--agent-packages", str(PACKAGES), "--no-feed-sync").start()
    try:
        token = root / "root/token"
        arguments = ["--endpoint-url", fleet.url, "--agent-id", "i-00000000000000007", "--output", str(token)]
        told = fleet.inspector("admin", "enrollment-token", *arguments).stderr
        command = next(line.strip() for line in told.splitlines() if "install.sh" in line)
        command = command.replace("sudo ", "").replace("--token-file", "--agent-id i-00000000000000007 --token-file")
        if inside(root, "which", "curl", check=False).returncode != 0:
            command = command.replace("curl -fsSk", "wget -q --no-check-certificate").replace("-o install.sh", "-O install.sh")
        changed = command.replace("echo '", "echo '0", 1)
        refused = inside(root, "sh", "-c", f"cd /root && {changed}", check=False)
        assert refused.returncode != 0 and not (root / "usr/bin/inspector-agent").exists(), "another script is not run"
        inside(root, "sh", "-c", f"cd /root && {command}")
        assert "i-00000000000000007" in fleet.listed()
        assert inside(root, "dpkg", "-s", "inspector-agent").returncode == 0
    finally:
        fleet.stop()
