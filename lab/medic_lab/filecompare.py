"""Did a diagnosis leave anything on the node? Compares files and processes before and after."""

import collections
import functools
import hashlib
import operator
import os
import stat
import time

from .base import LabFailure, wait_until

# What sshd, sudo and the system write at any login.
LOGIN_RECORDS = ("/var/log/wtmp", "/var/log/btmp", "/var/log/lastlog", "/run/utmp", "/var/log/auth.log")


def snapshot_files(node):
    """Path -> (type, mode, owner, size, mtime, ctime, sha256) of the overlay's upper layer and of every tmpfs."""
    entries = {}
    _walk(node.directory / "upper", "/", entries)
    for mount in node.root_path("/proc/1/mounts").read_text().splitlines():
        _, path, kind = mount.split()[:3]
        if kind == "tmpfs":
            _walk(node.root_path(path), path, entries)
    return entries


def _walk(root, shown_as, entries):
    device = os.stat(root).st_dev
    for directory, subdirectories, files in os.walk(root):
        if os.stat(directory).st_dev != device:
            subdirectories.clear()
            continue
        for name in ["", *files, *[name for name in subdirectories if os.path.islink(os.path.join(directory, name))]]:
            path = os.path.join(directory, name) if name else directory
            shown = os.path.normpath(os.path.join(shown_as, os.path.relpath(path, root)))
            facts = os.lstat(path)
            if facts.st_dev == device:
                entries[shown] = (stat.filemode(facts.st_mode), facts.st_uid, facts.st_gid, facts.st_size,
                                  facts.st_mtime_ns, facts.st_ctime_ns, _digest(path, facts))


def _digest(path, facts):
    if stat.S_ISLNK(facts.st_mode):
        return os.readlink(path)
    if not stat.S_ISREG(facts.st_mode):
        return ""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def differences(before, after):
    lines = []
    for path in sorted(before.keys() | after.keys()):
        old, new = before.get(path), after.get(path)
        # A login record may also be born, which touches its directory.
        if old != new and path not in LOGIN_RECORDS:
            lines.append(f"{'appeared' if old is None else 'vanished' if new is None else 'changed'}: {path}\n    {old}\n    {new}")
    return lines


def await_stillness(node, timeout=60):
    """Files and processes once nothing changes them any more: what the fault set off (cm_agent's last line and its end) may come after its effect."""
    seen = (snapshot_files(node), lasting_processes(node))

    def is_still():
        nonlocal seen
        time.sleep(2)
        before, seen = seen, (snapshot_files(node), lasting_processes(node))
        return not differences(before[0], seen[0]) and before[1] == seen[1]

    wait_until(f"{node.hostname} changes no more", is_still, timeout)
    return seen


def lasting_processes(node):
    """Command lines with their number that stand there at every one of several looks: a stand-in forks for moments all the time."""
    looks = []
    for _ in range(5):
        looks.append(_processes(node))
        time.sleep(0.3)
    return functools.reduce(operator.and_, looks)


def _processes(node):
    lines = node.sh("ps -ww -e -o args=").splitlines()
    return collections.Counter(line for line in lines if not line.startswith(("sleep ", "ps -ww", "/bin/bash -c cd /root; ps")))


def await_no_sessions(node, timeout=60):
    """The service may keep a connection for a while; that is not what is looked for here."""
    try:
        wait_until("the last SSH session ends", lambda: not node.try_sh("pgrep -f '^sshd: .*(@|\\[)' | grep -v -x $(cat /run/sshd.pid) | grep -q ."), timeout)
    except LabFailure as failure:
        return [str(failure)]
    return []
