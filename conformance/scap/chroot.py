"""A program inside a root: a chroot with mount and process namespaces of its own, /proc and /sys, and one folder."""

import os
import subprocess

# The content lies below /run, as a file system of its own.
ENTER = """set -e
root=$1; folder=$2; shift 2
mount --make-rprivate /
mount --bind "$root" "$root"
mount -t proc proc "$root/proc"
mount -t sysfs -o ro sysfs "$root/sys"
mount -t tmpfs -o nosuid,nodev tmpfs "$root/run"
mkdir "$root/run/scap" "$root/run/bin"
mount --bind "$folder" "$root/run/scap"
mount --bind "$BIN" "$root/run/bin"
exec chroot "$root" "$@"
"""


def command(root, folder, *arguments):
    """What runs `arguments` in `root`, with `folder` as /run/scap and the programs of `BIN` in /run/bin."""
    enter = ["unshare", "--mount", "--pid", "--fork", "--kill-child", "sh", "-c", ENTER, "enter", str(root), str(folder)]
    return [*enter, *arguments]


def environment(programs):
    return {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "BIN": str(programs.resolve()), "LC_ALL": "C"}


def missing(roots):
    """What stands in the way of it, or None."""
    if os.geteuid() != 0 or subprocess.run(["unshare", "--mount", "--pid", "--fork", "true"], check=False).returncode:
        return "root rights and unshare(1), for namespaces and a chroot"
    if not any(roots.glob("*/usr/bin/oscap")):
        return "a Debian root that holds oscap: OPENINSPECTOR_SCAP_ROOTS=FOLDER"
    return None
