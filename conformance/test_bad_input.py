"""Broken input: one line that names the input and the fix, exit code 2 or 3, nothing half written."""

import json
import socket
import subprocess

import pytest

from conftest import BIN, EXAMPLE


def inspector(*arguments, **options):
    command = [str(BIN / "inspector"), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, **options)


def one_line(done, codes=(2,)):
    assert done.returncode in codes, (done.returncode, done.stdout, done.stderr)
    lines = [line for line in done.stderr.splitlines() if line.startswith("error: ")]
    assert len(lines) == 1, done.stderr
    return lines[0]


DPKG = "Package: dpkg\nStatus: install ok installed\nArchitecture: amd64\nVersion: 1.21.22\n\n"


def root(directory, release='ID=debian\nVERSION_ID="12"\nPRETTY_NAME="Debian 12"\n', status=DPKG):
    (directory / "etc").mkdir(parents=True)
    (directory / "etc/os-release").write_text(release)
    (directory / "var/lib/dpkg").mkdir(parents=True)
    (directory / "var/lib/dpkg/status").write_text(status)
    return directory


def test_a_broken_snapshot_is_named(tmp_path):
    for path in EXAMPLE.rglob("*.json"):
        (tmp_path / path.name).write_text(path.read_text())
    victim = next(tmp_path.glob("*ecurity*roups*.json"))
    victim.write_text(victim.read_text()[:-20])
    assert victim.name in one_line(inspector("scan", "network", tmp_path))


def test_a_snapshot_that_is_not_there_is_named(tmp_path):
    assert "nowhere" in one_line(inspector("reach", tmp_path / "nowhere"))


def test_an_unknown_distribution_is_not_assessed(tmp_path):
    strange = root(tmp_path / "root", release='ID=plan9\nVERSION_ID="4"\nPRETTY_NAME="Plan 9"\n')
    done = inspector("scan", "host", "--root", strange, "--package", "cve", "--format", "json")
    assert done.returncode == 3
    result = json.loads(done.stdout)
    assert result["coverage"]["cve"]["notAssessed"] > 0 and result["coverage"]["cve"]["pass"] == 0
    assert any("plan9" in exclusion["description"] for exclusion in result["exclusions"])


@pytest.mark.parametrize("status", ["this is no package database\n", "Package: bash\nStatus: install ok installed\n"])
def test_an_unreadable_package_database_is_not_assessed(tmp_path, status):
    done = inspector("scan", "host", "--root", root(tmp_path / "root", status=status), "--package", "cve", "--format", "json")
    assert done.returncode == 3
    assert json.loads(done.stdout)["coverage"]["cve"]["notAssessed"] > 0


def test_a_root_that_is_not_there_is_named(tmp_path):
    assert "nowhere" in one_line(inspector("scan", "host", "--root", tmp_path / "nowhere"))


def test_a_truncated_feed_is_refused_and_nothing_is_written(tmp_path):
    tracker = {"bash": {"CVE-2014-6271": {"releases": {"bookworm": {"status": "resolved", "fixed_version": "4.3-9.1"}}}}}
    whole = json.dumps(tracker)
    (tmp_path / "debian.json").write_text(whole[: len(whole) // 2])
    data = tmp_path / "data"
    line = one_line(inspector("feeds", "import", tmp_path / "debian.json", "--data-dir", data))
    assert "debian.json" in line
    assert not list(data.rglob("*.db")) if data.exists() else True


def test_a_port_in_use_is_named(tmp_path):
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        address = f"127.0.0.1:{holder.getsockname()[1]}"
        done = inspector("serve", "--data-dir", tmp_path / "data", "--listen", address, "--agent-listen", "127.0.0.1:0")
    assert address in one_line(done)


def test_two_services_do_not_share_a_data_directory(service):
    done = inspector(
        "serve", "--data-dir", service.directory, "--listen", "127.0.0.1:0", "--agent-listen", "127.0.0.1:0"
    )
    assert str(service.directory) in one_line(done)


def test_wrong_use_exits_with_2():
    assert inspector("scan", "host", "--format", "papyrus").returncode == 2
    assert inspector("scan", "host", "--package", "cis-ish").returncode == 2
