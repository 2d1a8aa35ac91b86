"""Faults of the machine below etcd: restarts, a slow disk, too little time to run."""

import os
import shutil
import signal
import time

from ..base import run, wait_until
from ..node import DATA_DIR, GAUSS_LOG
from .fault import Fault, fault


@fault("vm-restart")
class VmRestart(Fault):
    """The machine goes down hard and boots again: all its processes die, its disks stay, its boot time is new."""

    ends_by_itself = True

    def inject(self):
        node = self.node
        # Nothing may write any more while the disks are carried over; they are memory and die with the node.
        node.kill("om_monitor")
        node.kill("etcd")
        saved = node.directory / "disks.tar"
        run("tar", "-C", f"/proc/{node.pid}/root", "-cf", saved, DATA_DIR.lstrip("/"), "var/lib/log")
        node.end()
        node.pid_file.unlink()
        for layer in ("upper", "work"):
            (node.directory / layer).rename(node.directory / f"{layer}.{time.time_ns()}")
        node.boot(self.lab.options(), self.lab.nodes, uptime=1)
        run("tar", "-C", f"/proc/{node.pid}/root", "-xf", saved)
        saved.unlink()
        node.start_om_monitor()

    def effect(self):
        return self.node.etcd_healthy()


@fault("slow-disk")
class SlowDisk(Fault):
    """Every write to etcd's disk takes long. `seconds`: how long. strace delays etcd's own system calls; the lines are etcd's own."""

    def inject(self):
        self.remember_log()
        microseconds = int(float(self.parameters["seconds"]) * 1_000_000)
        self.node.sh(f"setsid -f strace -f -q -o /dev/null -p $(pgrep -u Ruby -x etcd) -e trace=fdatasync,fsync"
                     f" -e inject=fdatasync,fsync:delay_exit={microseconds} >/dev/null 2>&1 </dev/null")

    def effect(self):
        self.node.put_keys(1, 1)
        return sum("sync duration of" in line or "slow fdatasync" in line for line in self.new_log_text().splitlines()) >= 4

    def heal(self):
        self.node.sh("pkill -x strace", check=False)
        wait_until("strace ends", lambda: not self.node.pids("strace", user="root"), 20)


@fault("starved")
class Starved(Fault):
    """etcd gets no time to run, again and again, as on a machine whose processors are taken. `seconds`: how long at a time."""

    def inject(self):
        self.remember_log()
        for _ in range(4):
            self.node.kill("etcd", "STOP")
            time.sleep(float(self.parameters["seconds"]))
            self.node.kill("etcd", "CONT")
            time.sleep(1.2)

    def effect(self):
        return self.node.etcd_healthy() and "heartbeat on time" in self.new_log_text()

    def heal(self):
        self.node.kill("etcd", "CONT")


@fault("paused")
class Paused(Fault):
    """The whole machine stands still, as while a host moves it: every process of the node is stopped at once. `seconds`: how long.

    The pause is real for all that runs on the node, etcd's peers included. What the kernel of a real guest says afterwards is
    simulated, for the node's kernel is the host's, which did not stand still."""

    KERNEL_LOG = "/run/lab-kernel-log"
    # With the words of kernel/watchdog.c and kernel/time/clocksource.c.
    KERNEL_LINES = ("watchdog: BUG: soft lockup - CPU#0 stuck for {seconds}s! [etcd:{pid}]",
                    "clocksource: timekeeping watchdog on CPU0: Marking clocksource 'tsc' as unstable because the skew is too large:")

    def inject(self):
        self.remember_log()
        seconds = float(self.parameters["seconds"])
        stopped = []
        try:
            for pid in run("ip", "netns", "pids", self.node.namespace).stdout.split():
                if int(pid) != self.node.pid and _signal(int(pid), signal.SIGSTOP):
                    stopped.append(int(pid))
            time.sleep(seconds)
        finally:
            for pid in stopped:
                _signal(pid, signal.SIGCONT)
        told = "\n".join(f"[$up] {line}" for line in self.KERNEL_LINES).format(
            seconds=round(seconds), pid=self.node.pids("etcd")[0]).replace("'", "'\\''")
        self.node.sh(f"""up=$(printf '%12.6f' "$(cut -d' ' -f1 /proc/uptime)"); printf '%s\n' '{told}' | sed "s/\\[.up\\]/[$up]/" >>{self.KERNEL_LOG}""")

    def effect(self):
        return self.node.etcd_healthy()

    def heal(self):
        self.node.sh(f"rm -f {self.KERNEL_LOG}")


def _signal(pid, number):
    """Whether the process was still there."""
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return False
    return True


@fault("burner")
class Burner(Fault):
    """A program takes all processors for a while and is gone before the alarm; etcd gets no time to run meanwhile. `seconds`: how long it burns.

    The processors are the machine's own and really taken. That etcd gets nothing of them is made by stopping it, since its fair share would do for it."""

    def unavailable(self):
        return None if shutil.which("stress-ng") else "stress-ng is missing"

    def inject(self):
        self.remember_log()
        seconds = int(self.parameters["seconds"])
        self.node.sh(f"setsid -f timeout {seconds + 5} stress-ng --cpu {2 * os.cpu_count()} --timeout {seconds}s >/dev/null 2>&1 </dev/null")
        end = time.monotonic() + seconds
        time.sleep(2)
        while time.monotonic() + 4.7 < end:
            self.node.kill("etcd", "STOP")
            time.sleep(3.5)
            self.node.kill("etcd", "CONT")
            time.sleep(1.2)
        wait_until("the burner ends", lambda: not self.node.pids("stress-ng", user="root"), 20)

    def effect(self):
        return self.node.etcd_healthy() and "heartbeat on time" in self.new_log_text()

    def heal(self):
        self.node.kill("etcd", "CONT")
        self.node.sh("pkill -x stress-ng", check=False)


@fault("slow-disk-for-a-while")
class SlowDiskForAWhile(SlowDisk):
    """The same, over before the alarm: only the log and the metrics that etcd took itself still tell of it."""

    def inject(self):
        super().inject()
        wait_until("slow writes", lambda: SlowDisk.effect(self), 40)
        SlowDisk.heal(self)

    def effect(self):
        return self.node.etcd_healthy()

    def heal(self):
        SlowDisk.heal(self)


@fault("om-status")
class OmStatus(Fault):
    """gs_om's temporary directory is gone, so that cm_ctl's answer has no file to stand in. gs_om is closed: its one step is made here."""

    # "cm_ctl query -v > file" and the look for the file, as OmImpl and DbClusterStatus do, with their words.
    GS_OM = """
        file=$PGHOST/local_status_$(date +%s.%N | cut -c1-13).dat
        cm_ctl query -v >"$file"
        [ -e "$file" ] || printf '[%s][%s][gs_om][ERROR]:[GAUSS-50201] : The status file does not exist. Path: %s.\\n' \
            "$(date '+%Y-%m-%d %H:%M:%S.%6N')" $$ "$file" >>"$GAUSSLOG/om/gs_om-$(date +%Y-%m-%d_%H%M%S).log"
    """

    def inject(self):
        self.node.sh("mv /usr/local/temp /usr/local/temp.away")
        self.node.gauss(self.GS_OM, check=False)

    def effect(self):
        return "status file does not exist" in self.node.sh(f"cat {GAUSS_LOG}/om/gs_om-*.log", check=False)

    def heal(self):
        self.node.sh("[ ! -e /usr/local/temp.away ] || { rm -rf /usr/local/temp; mv /usr/local/temp.away /usr/local/temp; }")
