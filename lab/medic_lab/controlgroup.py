"""A control group of the host for some processes of one node. What it limits is limited for them alone: the machine stays idle."""

import contextlib
from pathlib import Path

from .base import LabFailure, run, wait_until

ROOT = Path("/sys/fs/cgroup")


class ControlGroup:
    """One group in one hierarchy of cgroup v1, named after the node, so that its kernel log knows its own."""

    def __init__(self, controller, node, suffix=""):
        self.path = ROOT / controller / f"{node.namespace}{suffix}"

    @staticmethod
    def missing(*controllers):
        """Which of the controllers this machine has not as a hierarchy of v1 that can be written to; None when it has them all."""
        return next((f"no writable control groups of {name}" for name in controllers
                     if not (ROOT / name / "cgroup.procs").exists() or not _writable(ROOT / name)), None)

    def make(self, **settings):
        self.path.mkdir(exist_ok=True)
        for name, value in settings.items():
            (self.path / name.replace("__", ".")).write_text(f"{value}\n")

    def add(self, pids):
        for pid in pids:
            (self.path / "cgroup.procs").write_text(f"{pid}\n")

    def remove(self):
        """Lets its processes go back to the group above, then takes it away."""
        if not self.path.exists():
            return

        def gone():
            for pid in (self.path / "cgroup.procs").read_text().split():
                with contextlib.suppress(OSError):
                    (self.path.parent / "cgroup.procs").write_text(f"{pid}\n")
            with contextlib.suppress(OSError):
                self.path.rmdir()
            return not self.path.exists()
        wait_until(f"{self.path} goes", gone, 20, heed_stop=False)


def running_pids(node, name):
    """Processes of the node with this short name, as the host numbers them."""
    pids = run("ip", "netns", "pids", node.namespace).stdout.split()
    return [pid for pid in pids if _name(pid) == name]


def host_pids(node, name):
    """The same, of a program that has to run."""
    found = running_pids(node, name)
    if not found:
        raise LabFailure(f"no {name} runs on {node.hostname}")
    return found


def looping_shells(node, word):
    """The shells of the node whose command line holds the word: they stay while what they start comes and goes."""
    def holds(pid):
        with contextlib.suppress(OSError):
            return word in Path(f"/proc/{pid}/cmdline").read_text()
        return False
    return [pid for pid in running_pids(node, "sh") if holds(pid)]


def _name(pid):
    try:
        return Path(f"/proc/{pid}/comm").read_text().strip()
    except OSError:
        return ""


def _writable(path):
    probe = path / "medic-probe"
    try:
        probe.mkdir()
        probe.rmdir()
    except OSError:
        return False
    return True
