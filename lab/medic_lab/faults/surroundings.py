"""Faults of what etcd takes for granted on its node: the time of day, and that names can be resolved."""

import shutil

from .. import certificates
from ..base import LAB_FILES, run, wait_until
from ..node import DATA_DIR
from .fault import Fault, fault

LIBRARY, OFFSET, PRELOAD = "/usr/local/lib/lab-clock.so", "/etc/clock-offset", "/etc/ld.so.preload"


@fault("clock")
class Clock(Fault):
    """The node's clock is wrong by `seconds`. `certificateDays`: all members have certificates that are valid for so long only."""

    effect_timeout = 100
    # Lines with times to come, and members that go on complaining of the difference for a while.
    leaves_traces = True

    def unavailable(self):
        return None if shutil.which("gcc") else "no gcc, which compiles the node's clock"

    def inject(self):
        if "certificateDays" in self.parameters:
            self._certificates("short", days=int(self.parameters["certificateDays"]))
        self.remember_log()
        self._complaints_before = self._complaints()
        library = self.node.directory / "lab-clock.so"
        run("gcc", "-O2", "-shared", "-fPIC", "-o", library, LAB_FILES / "node" / "clock.c")
        self.node.root_path(LIBRARY).write_bytes(library.read_bytes())
        # Read by each program when it starts: what runs already keeps its time, hence the restart of etcd.
        self.node.sh(f"chmod 755 {LIBRARY}; echo {int(self.parameters['seconds'])} >{OFFSET}; echo {LIBRARY} >{PRELOAD}")
        self.node.kill("etcd")

    def effect(self):
        text = self.new_log_text()
        if "certificateDays" in self.parameters:
            return "x509: certificate has expired" in text and not self.node.etcd_healthy()
        return self._complaints() > self._complaints_before and (self.node.etcd_age() or 0) > 32

    def _complaints(self):
        """Whoever is ahead complains of the other: the node itself, or its peers when it is behind."""
        nodes = [self.node] if int(self.parameters["seconds"]) > 0 else self.lab.peers(self.node)
        return sum("clock difference against peer" in line for node in nodes for line in node.log_lines())

    def heal(self):
        self.node.sh(f"rm -f {PRELOAD} {OFFSET} {LIBRARY}")
        self.node.kill("etcd")
        if "certificateDays" in self.parameters:
            self._certificates("node")

    def _certificates(self, name, days=None):
        place = certificates.directory(self.lab)
        for node in self.lab.nodes:
            if days:
                certificates.make_certificate(place, f"{name}{node.index}", f"/CN=etcd_700{node.index}", f"IP:{node.data},IP:127.0.0.1", days=days)
            for kind in ("crt", "key"):
                node.sh(f"cat >{DATA_DIR}/etcd.{kind}", stdin=(place / f"{name}{node.index}.{kind}").read_text())


@fault("name-lost")
class NameLost(Fault):
    """The entries of the other members have gone from /etc/hosts of one node, and its etcd was restarted. The lab has to use names."""

    def inject(self):
        self.remember_log()
        peers = "|".join(peer.hostname for peer in self.lab.peers(self.node))
        self.node.sh(f"cp /etc/hosts /etc/hosts.kept; grep -vE '{peers}' /etc/hosts.kept >/etc/hosts")
        self.node.kill("etcd")

    def effect(self):
        """It complains; whether it serves is chance, for the others still dial in and it comes and goes."""
        return self.new_log_text().count("lookup gaussdb-node-") >= 4

    def heal(self):
        self.node.sh("[ ! -e /etc/hosts.kept ] || { cat /etc/hosts.kept >/etc/hosts; rm /etc/hosts.kept; }")
        wait_until("etcd is back", self.node.etcd_healthy, 60)
