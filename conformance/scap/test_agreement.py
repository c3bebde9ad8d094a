"""Our engine beside OpenSCAP: the same content, the same roots, the same namespaces, every rule of every profile.

OpenSCAP's offline mode cannot read dpkg, so both programs run inside the root, in a chroot with mount and process
namespaces of its own. What differs and why is in differences.toml; a difference that is not there fails, and so does an
entry that nothing needs any more.

OPENINSPECTOR_SCAP_ROOTS names a folder of Debian roots that hold `oscap` (scripts/scap-roots makes it), without which
there is nothing to compare. Content: the packages ssg-*, and what OPENINSPECTOR_SHARED holds.
"""

import fnmatch
import lzma
import os
import pathlib
import subprocess
import tomllib
import xml.etree.ElementTree as ElementTree

import pytest

from chroot import command, environment, missing
from conftest import BIN, ROOT

HERE = pathlib.Path(__file__).parent
ROOTS = pathlib.Path(os.environ.get("OPENINSPECTOR_SCAP_ROOTS", "/nonexistent"))
SHARED = pathlib.Path(os.environ.get("OPENINSPECTOR_SHARED", ROOT.parent / "shared"))
PACKAGED = pathlib.Path("/usr/share/xml/scap/ssg/content")
XCCDF = "{http://checklists.nist.gov/xccdf/1.2}"
SECONDS = 120
DIFFERENCES = tomllib.loads((HERE / "differences.toml").read_text())["difference"]
NEEDED = set()


MISSING = missing(ROOTS)
pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"not compared: needs {MISSING}")


def inside(root, folder, *arguments):
    """Runs a command in a root, with `folder` as /run/scap."""
    run = command(root, folder, *arguments)
    return subprocess.run(run, env=environment(BIN), capture_output=True, text=True, timeout=SECONDS)


def results(path):
    found = {}
    for result in ElementTree.parse(path).iter(f"{XCCDF}rule-result"):
        found.setdefault(result.get("idref"), []).append(result.findtext(f"{XCCDF}result"))
    return found


def theirs(root, folder, profile):
    name = ["--profile", profile] if profile else []
    out = folder / "theirs.xml"
    done = inside(root, folder, "oscap", "xccdf", "eval", *name, "--results", "/run/scap/theirs.xml", "/run/scap/ds.xml")
    assert done.returncode in (0, 2), done.stderr[-500:]
    return results(out)


def ours(root, folder, profile):
    scan = ["scan", "host", "--package", "cis", "--format", "xccdf", "--allow-incomplete"]
    name = ["--profile", profile] if profile else []
    stream = ["--benchmark", "/run/scap/ds.xml", "--output", "/run/scap/ours.xml"]
    done = inside(root, folder, "/run/bin/inspector", *scan, *stream, *name)
    assert done.returncode in (0, 1), done.stderr[-500:]
    return results(folder / "ours.xml")


def streams():
    """Data streams for Debian, by name."""
    for path in sorted(PACKAGED.glob("ssg-debian1*-ds.xml")):
        yield path.stem, path.read_bytes
    for path in sorted((SHARED / "data" / "scap" / "content").glob("ssg-debian*-ds.xml.xz")):
        yield path.name.removesuffix(".xml.xz"), lambda path=path: lzma.decompress(path.read_bytes())


def profiles(content):
    root = ElementTree.fromstring(content)
    return [profile.get("id") for profile in root.iter(f"{XCCDF}Profile")]


def broken(root, folder):
    """A copy of a root in which much is not as it should be."""
    copy = folder / f"{root.name}-broken"
    subprocess.run(["cp", "-a", "--reflink=auto", str(root), str(copy)], check=True)
    for path, mode in [("etc/passwd", 0o666), ("etc/shadow", 0o644), ("etc/group", 0o664), ("usr/bin/true", 0o4777)]:
        (copy / path).chmod(mode)
    (copy / "open").mkdir(mode=0o777)
    (copy / "open").chmod(0o777)
    stray = copy / "var" / "stray"
    stray.write_text("x")
    os.chown(stray, 54321, 54321)
    (copy / "etc/ssh").mkdir(exist_ok=True)
    with open(copy / "etc/ssh/sshd_config", "a") as file:
        file.write("\nPermitRootLogin yes\nPermitEmptyPasswords yes\nX11Forwarding yes\nMaxAuthTries 10\n")
    with open(copy / "etc/passwd", "a") as file:
        file.write("second:x:0:0::/:/bin/sh\nnohome:x:1001:1001::/home/nohome:/bin/bash\n")
    with open(copy / "etc/login.defs", "a") as file:
        file.write("PASS_MAX_DAYS 99999\nUMASK 000\n")
    (copy / "etc/fstab").write_text("/dev/sda1 / ext4 defaults 0 1\n/dev/sda2 /tmp ext4 rw 0 2\n")
    return copy


@pytest.fixture(scope="module")
def roots(tmp_path_factory):
    """Roots as they were made, and the same broken, by name."""
    folder = tmp_path_factory.mktemp("roots")
    made = {path.name: path for path in sorted(ROOTS.iterdir()) if (path / "usr/bin/oscap").exists()}
    return made | {f"{name}-broken": broken(path, folder) for name, path in made.items()}


def explained(stream, rule, our, their):
    for number, difference in enumerate(DIFFERENCES):
        fits = fnmatch.fnmatch(rule.rpartition("_rule_")[2], difference["rule"])
        fits = fits and fnmatch.fnmatch(stream, difference.get("stream", "*"))
        if fits and our == difference["ours"] and their == difference["theirs"]:
            NEEDED.add(number)
            return True
    return False


def runs_here(root, folder):
    return inside(root, folder, "/run/bin/inspector", "--version").returncode == 0


@pytest.mark.parametrize("stream", [name for name, _ in streams()])
def test_every_rule_of_every_profile_comes_out_the_same(stream, roots, tmp_path):
    content = dict(streams())[stream]()
    (tmp_path / "ds.xml").write_bytes(content)
    unexplained, compared = [], 0
    for name, root in roots.items():
        if not runs_here(root, tmp_path):
            print(f"not compared: the program does not run in `{name}`")
            continue
        for profile in profiles(content):
            our, their = ours(root, tmp_path, profile), theirs(root, tmp_path, profile)
            assert our.keys() == their.keys()
            compared += len(their)
            for rule in their:
                (one,), (other,) = our[rule], their[rule]
                if one != other and not explained(stream, rule, one, other):
                    unexplained.append(f"{name} {profile.rpartition('_')[2]} {rule}: {one}, {other} by oscap")
    print(f"{stream}: {compared} results compared")
    assert not unexplained, "\n".join(sorted(set(unexplained)))


def test_every_difference_that_is_listed_is_there(request):
    """Runs last: what the comparisons needed is known then."""
    if request.config.option.keyword or not NEEDED:
        pytest.skip("nothing was compared whole")
    stale = [difference for number, difference in enumerate(DIFFERENCES) if number not in NEEDED]
    assert not stale
