"""A lab: three nodes, a management plane that the host can reach and a data plane that it cannot."""

import dataclasses
import json
import os
import shutil
import time

from . import access, certificates, rights
from .base import LabFailure, NotPossibleHere, RUN_DIR, run, wait_until
from .node import Node

# A node's disks are memory; the upper layers hold two binaries of 40 MB each.
STORAGE_MEGABYTES = 1024


@dataclasses.dataclass(frozen=True)
class Options:
    """What differs between labs; a scenario that wants others gets the lab made anew."""
    dialect: str = "capnslog"
    environment: str = "gauss_env_file"
    cm_home: str = ""
    # memory: etcd's disk is a tmpfs; block: a block device of its own, with a file system and counters in /proc/diskstats.
    data_disk: str = "memory"
    # https between members and for clients, with a CA of the lab's own.
    tls: bool = False
    # Members call each other by host names, from /etc/hosts, instead of addresses.
    names: bool = False
    zones: dict = dataclasses.field(default_factory=dict)

    def __post_init__(self):
        if self.dialect not in ("capnslog", "zap"):
            raise LabFailure(f"unknown dialect {self.dialect}")
        if self.environment not in ("gauss_env_file", "bashrc", "process", "chroot"):
            raise LabFailure(f"unknown environment style {self.environment}")
        if self.data_disk not in ("memory", "block"):
            raise LabFailure(f"unknown kind of data disk {self.data_disk}")

    @staticmethod
    def of(data):
        data = dict(data or {})
        zones = {int(index): zone for index, zone in (data.pop("zones", None) or {}).items()}
        return Options(zones=zones, **data)


class Lab:
    def __init__(self, number):
        self.number = number
        self.directory = RUN_DIR / str(number)
        self.nodes = [Node(number, index) for index in (1, 2, 3)]
        self.bridges = (f"mdlab{number}m", f"mdlab{number}d")

    @property
    def instance_id(self):
        return f"lab{self.number}in14"

    def node(self, index):
        return self.nodes[index - 1]

    def peers(self, node):
        return [other for other in self.nodes if other is not node]

    # -- up and down -------------------------------------------------------------------------------------------------------

    def up(self, options):
        """Makes the three nodes and waits until etcd is healthy on all of them."""
        require_namespaces()
        self.down()
        try:
            access.prepare(self.number)
            self.directory.mkdir(mode=0o711)
            run("mount", "-t", "tmpfs", "-o", f"size={STORAGE_MEGABYTES}m,mode=711", "tmpfs", self.directory)
            self.allow_probes()
            for bridge in self.bridges:
                run("ip", "link", "add", bridge, "type", "bridge")
                # No address of its own on the data plane, not even a link-local one.
                run("ip", "link", "set", bridge, "addrgenmode", "none")
                run("ip", "link", "set", bridge, "up")
            run("ip", "addr", "add", f"198.18.{self.number}.1/24", "dev", self.bridges[0])
            if options.tls:
                certificates.prepare(self)
            for node in self.nodes:
                node.connect()
                node.boot(options, self.nodes)
            for node in self.nodes:
                node.start_om_monitor()
            self.await_healthy()
            self._remember(options=dataclasses.asdict(options))
        except BaseException:
            self.down()
            raise

    def allow_probes(self):
        """Lets gauss-ops run the probes of the newest build, word for word; a node that boots takes the file along."""
        text = rights.sudoers()
        (self.directory / "sudoers").write_text(text)
        rights.put_in_force([node for node in self.nodes if node.is_up()], text)

    def down(self):
        """Removes all that a lab of this number may have left, also one whose run was killed."""
        run("ip", "route", "flush", "type", "unreachable", "root", f"198.18.{self.number}.0/24", check=False)
        for node in self.nodes:
            node.end()
            node.disconnect()
        for bridge in self.bridges:
            run("ip", "link", "del", bridge, check=False)
        while self.directory.is_mount():
            run("umount", "-l", self.directory)
        if self.directory.exists():
            shutil.rmtree(self.directory)

    def is_up(self):
        return (self.directory / "lab.json").exists() and all(node.is_up() for node in self.nodes)

    def options(self):
        return Options.of(self._memory().get("options"))

    def _memory(self):
        try:
            return json.loads((self.directory / "lab.json").read_text())
        except FileNotFoundError:
            return {}

    def _remember(self, **facts):
        (self.directory / "lab.json").write_text(json.dumps({**self._memory(), **facts}))

    # -- health ------------------------------------------------------------------------------------------------------------

    def healthy(self):
        return all(node.etcd_healthy() for node in self.nodes)

    def healthy_members(self):
        return sum(node.etcd_healthy() for node in self.nodes)

    def leader(self):
        return next((node for node in self.nodes if node.is_leader()), None)

    def await_healthy(self, timeout=60):
        """All members answer, one leads, and CM's programs run everywhere."""
        wait_until("all three members healthy", self.healthy, timeout)
        wait_until("a leader", self.leader, timeout)
        for node in self.nodes:
            wait_until(f"om_monitor and cm_agent run on {node.hostname}",
                       lambda node=node: node.pids("om_monitor") and node.pids("cm_agent"), timeout)
            wait_until(f"the login of {node.hostname}", lambda node=node: node.try_sh("pgrep -x sshd >/dev/null"), timeout)
        self._remember(healthy_since=time.time())

    def await_clean_window(self, seconds):
        """No etcd started and nothing was repaired within the last seconds, so that old lines lie outside the evidence window."""
        def clean():
            ages = [node.etcd_age() for node in self.nodes]
            return None not in ages and min(ages) > seconds and time.time() - self._memory().get("healthy_since", 0) > seconds
        wait_until("a clean evidence window", clean, seconds + 60, pause=1)


def require_namespaces():
    if os.geteuid() != 0:
        raise NotPossibleHere("not root")
    for tool in ("ip", "unshare", "nsenter", "sshd", "ssh-keygen", "cron", "etcd", "etcdctl", "setpriv", "pkill", "killall", "ping"):
        if shutil.which(tool, path="/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin") is None:
            raise NotPossibleHere(f"{tool} is missing (see lab/packages.txt)")
    if run("unshare", "--mount", "--uts", "--ipc", "--pid", "--net", "--fork", "true", check=False).returncode != 0:
        raise NotPossibleHere("no namespaces")
