"""Overload made real: a disk that a writer keeps busy, too little processor time, memory that runs out."""

import contextlib
import time
from pathlib import Path

from ..base import run, wait_until
from ..controlgroup import ControlGroup, host_pids, looping_shells, running_pids
from ..node import DATA_DIR
from .fault import Fault, fault

SETTINGS = "/etc/cm_standin.conf"


@fault("disk-hog")
class DiskHog(Fault):
    """A dump of another account fills the bandwidth of etcd's disk. `megabytes`: what the disk takes in a second; `form`: of
    cm_agent's disk line; `over`: the dump has ended when the alarm comes; `restart`: etcd also dies once. Needs a data disk
    of its own (data_disk: block). The disk is as slow as the volume of a cloud with a limit: a control group limits what the
    dump and etcd together may write to the machine's disk below."""

    effect_timeout = 90
    DUMP = f"{DATA_DIR}/dump"

    def unavailable(self):
        return ControlGroup.missing("blkio")

    def inject(self):
        self.remember_log()
        node = self.node
        self._settings("STANDIN_DISK_FORM", self.parameters.get("form", "new"))
        self.group = ControlGroup("blkio", node)
        limit = int(float(self.parameters.get("megabytes", 2)) * 1024 * 1024)
        disk = _disk_below(Path("/var/tmp"))
        self.group.make(blkio__throttle__write_bps_device=f"{disk} {limit}")
        node.sh(f"install -d -o gauss-ops {self.DUMP}; chmod 711 {DATA_DIR}; cp /bin/dd /home/gauss-ops/gs_dump")
        for number in (1, 2):
            node.sh(f"setsid -f sh -c 'while :; do ~/gs_dump if=/dev/zero of={self.DUMP}/{number} bs=2M count=20 oflag=direct; done' >/dev/null 2>&1 </dev/null",
                    user="gauss-ops")
        wait_until("the dump writes", lambda: len(looping_shells(node, "gs_dump")) == 2, 30)
        self._limit()

    def _limit(self):
        # The loops first: each dump that they start is then a child of the group. One that runs already may be over by now.
        self.group.add(looping_shells(self.node, "gs_dump"))
        for pid in host_pids(self.node, "etcd") + running_pids(self.node, "gs_dump"):
            with contextlib.suppress(ProcessLookupError):
                self.group.add([pid])

    def effect(self):
        self.node.put_keys(1, 1)
        slow = sum("sync duration of" in line or "slow fdatasync" in line for line in self.new_log_text().splitlines())
        if slow < 4:
            return False
        if self.parameters.get("restart"):
            before = self.node.pids("etcd")
            self.node.kill("etcd")
            wait_until("etcd comes back", lambda: self.node.pids("etcd") not in ([], before) and self.node.etcd_healthy(), 60)
        if self.parameters.get("over"):
            self._end()
        return True

    def _end(self):
        self.node.sh("pkill -KILL -u gauss-ops -f gs_dump", check=False)
        self.group.remove()
        wait_until("the dump ends", lambda: not self.node.pids("gs_dump", user="gauss-ops"), 60)
        self.node.sh(f"rm -rf {self.DUMP}; chmod 700 {DATA_DIR}")

    def _settings(self, name, value):
        self.node.sh(f"sed -i 's|^{name}=.*|{name}=\"{value}\"|' {SETTINGS}")

    def heal(self):
        self._end()
        self._settings("STANDIN_DISK_FORM", "new")
        self.node.sh("rm -f /home/gauss-ops/gs_dump")


@fault("other-disk-busy")
class OtherDiskBusy(Fault):
    """cm_agent tells of a disk at its limit that does not hold etcd's data. The line is told to the stand-in: simulated. `line`: which."""

    def inject(self):
        self.before = len(self.node.cm_agent_log())
        self.node.sh(f"sed -i 's|^STANDIN_DISK_LINE=.*|STANDIN_DISK_LINE=\"{self.parameters['line']}\"|' {SETTINGS}")

    def effect(self):
        return sum(self.parameters["line"] in line for line in self.node.cm_agent_log()[self.before:]) >= 3

    def heal(self):
        self.node.sh(f"sed -i 's|^STANDIN_DISK_LINE=.*|STANDIN_DISK_LINE=|' {SETTINGS}")


@fault("cpu-limited")
class CpuLimited(Fault):
    """etcd's control group has next to no processor time, while the machine is idle. `microseconds`: of each second."""

    effect_timeout = 90

    def unavailable(self):
        return ControlGroup.missing("cpu")

    def inject(self):
        self.remember_log()
        self.group = ControlGroup("cpu", self.node)
        self.group.make(cpu__cfs_period_us=1_000_000, cpu__cfs_quota_us=self.parameters["microseconds"])
        self.group.add(host_pids(self.node, "etcd"))

    def effect(self):
        # Work for its processor: without any, and with small values, even so little time is enough.
        self.lab.peers(self.node)[0].put_keys(3, 900)
        return self.new_log_text().count("heartbeat on time") >= 8

    def heal(self):
        self.group.remove()


@fault("etcd-out-of-memory")
class EtcdOutOfMemory(Fault):
    """etcd's control group may use little memory, etcd grows, and the kernel kills it; om_monitor starts it again. The kernel's line is real."""

    effect_timeout = 90

    def unavailable(self):
        return ControlGroup.missing("memory")

    def inject(self):
        self.before = self.node.pids("etcd")
        self.group = ControlGroup("memory", self.node)
        # What it has already stays charged where it was; from now on it may have so much more.
        self.group.make(memory__limit_in_bytes=12 * 1024 * 1024)
        self.group.add(host_pids(self.node, "etcd"))

    def effect(self):
        if self.node.pids("etcd") == self.before:
            self.lab.peers(self.node)[0].put_keys(5, 300)
            return False
        return self.node.etcd_healthy() and "(etcd)" in _kernel_log(self.node)

    def heal(self):
        self.group.remove()


@fault("stranger-out-of-memory")
class StrangerOutOfMemory(Fault):
    """Another program is killed in a control group of its own that had no memory left, and etcd dies of something else."""

    def unavailable(self):
        return ControlGroup.missing("memory")

    def inject(self):
        self.before = self.node.pids("etcd")
        self.group = ControlGroup("memory", self.node)
        self.group.make(memory__limit_in_bytes=20 * 1024 * 1024)
        # It waits until it stands in its group, then takes all it can get.
        self.node.sh("cp /usr/bin/tail ~/gs_dump; setsid -f sh -c 'sleep 2; exec ~/gs_dump /dev/zero' >/dev/null 2>&1 </dev/null", user="gauss-ops")
        self.group.add(looping_shells(self.node, "gs_dump"))
        wait_until("the kernel kills it", lambda: "(gs_dump)" in _kernel_log(self.node), 30)
        time.sleep(1)
        self.node.kill("etcd")

    def effect(self):
        return self.node.pids("etcd") not in ([], self.before) and self.node.etcd_healthy()

    def heal(self):
        self.node.sh("pkill -KILL -u gauss-ops -x gs_dump; rm -f /home/gauss-ops/gs_dump", check=False)
        self.group.remove()


def _kernel_log(node):
    return "\n".join(node.sh("dmesg | grep 'Killed process' | tail -n 5", check=False).splitlines())


def _disk_below(path):
    """Major and minor number of the disk that holds the path."""
    number = run("findmnt", "-n", "-o", "MAJ:MIN", "-T", path).stdout.split()[0]
    device = Path(f"/sys/dev/block/{number}").resolve()
    # A limit is set on a whole disk.
    return (device.parent / "dev" if (device / "partition").exists() else device / "dev").read_text().strip()
