"""Faults of the etcd process, of its binary and of those who start and stop it."""

from ..base import wait_until
from ..node import GAUSS_HOME, GAUSS_LOG
from .fault import Fault, fault

ETCD = f"{GAUSS_HOME}/bin/etcd"


@fault("markers")
class Markers(Fault):
    """The marker files of a deliberate stop. `files`: which; `everywhere`: on all nodes; `directory`: where they lie."""

    def _nodes(self):
        return self.lab.nodes if self.parameters.get("everywhere") else [self.node]

    def _paths(self):
        directory = self.parameters.get("directory", f"{GAUSS_HOME}/bin")
        return [f"{directory}/{name}" for name in self.parameters["files"]]

    def inject(self):
        for node in self._nodes():
            for path in self._paths():
                # cm_ctl stop writes three lines into the cluster's marker and none into etcd's.
                content = "force=0\\nmode=fast\\nlevel=cluster\\n" if "cluster_manual_start" in path else ""
                node.sh(f"printf '{content}' >{path} && chown Ruby:Ruby {path} && chmod 600 {path}")

    def effect(self):
        program = "etcd" if "etcd_manual_start" in self.parameters["files"] else "cm_agent"
        return not any(node.pids(program) for node in self._nodes())

    def heal(self):
        for node in self._nodes():
            node.sh("rm -f " + " ".join(self._paths()))


@fault("stopped-among-decoys")
class StoppedAmongDecoys(Markers):
    """etcd is stopped by its marker, and several processes look as if it ran."""

    def inject(self):
        super().inject()
        self.node.sh(f"setsid -f tail -f {GAUSS_LOG}/cm/etcd/etcd-current.log >/dev/null 2>&1", user="Ruby")
        self.node.sh("printf '#!/bin/sh\\nwhile :; do sleep 5; done\\n' >~/etcd_backup; chmod 700 ~/etcd_backup;"
                     "setsid -f ~/etcd_backup >/dev/null 2>&1", user="Ruby")
        self.node.sh("cp /bin/sleep ~/etcd; setsid -f ~/etcd 100000 >/dev/null 2>&1", user="gauss-ops")

    def heal(self):
        self.node.sh("pkill -u Ruby -x tail; pkill -u Ruby -x etcd_backup; pkill -u gauss-ops -x etcd;"
                     "rm -f /home/Ruby/etcd_backup /home/gauss-ops/etcd", check=False)
        super().heal()


@fault("binary")
class Binary(Fault):
    """etcd's executable is not as it should be, and etcd has died. `state`: missing | mode-600 | owner-root | silent."""

    CHANGES = {
        "missing": f"mv {ETCD} /usr/local/core/etcd.away",
        "mode-600": f"chmod 600 {ETCD}",
        "owner-root": f"chown root:root {ETCD}",
        # It passes om_monitor's test of the binary, and then ends without a word.
        "silent": f"mv {ETCD} /usr/local/core/etcd.away; printf '#!/bin/sh\\n[ \"$1\" = --help ] || exit 1\\n' >{ETCD};"
                  f"chown Ruby:Ruby {ETCD}; chmod 700 {ETCD}"}

    def inject(self):
        self.attempts_before = self._attempts()
        with self.node.without_om_monitor():
            self.node.kill_etcd()
            self.node.sh(self.CHANGES[self.parameters["state"]])

    def _attempts(self):
        """How often om_monitor tried to start etcd or to check its binary."""
        return sum("run etcd command" in line or "check etcd bin file" in line for line in self.node.om_monitor_log())

    def effect(self):
        return self._attempts() >= self.attempts_before + 3 and not self.node.etcd_healthy()

    def heal(self):
        self.node.sh(f"[ ! -e /usr/local/core/etcd.away ] || mv -f /usr/local/core/etcd.away {ETCD};"
                     f"chown Ruby:Ruby {ETCD}; chmod 700 {ETCD}")


@fault("om-monitor-down")
class OmMonitorDown(Fault):
    """cron is dead, om_monitor is gone, and then etcd dies: nobody starts it again."""

    def inject(self):
        self.node.kill("cron", "TERM", user="root")
        wait_until("cron ends", lambda: not self.node.pids("cron", user="root"), 10)
        self.node.kill("om_monitor")
        wait_until("om_monitor ends", lambda: not self.node.pids("om_monitor"), 10)
        self.node.kill_etcd()

    def effect(self):
        return not self.node.pids("etcd")

    def heal(self):
        self.node.sh("pgrep -x cron >/dev/null || /usr/sbin/cron")
        self.node.start_om_monitor()


@fault("om-monitor-nofile")
class OmMonitorFileLimit(Fault):
    """The database user's limit of open files was lowered: cron starts om_monitor each minute, which refuses each time."""

    effect_timeout = 90
    LIMITS = "/etc/security/limits.d/90-nofile.conf"

    def inject(self):
        self.node.sh(f"echo 'Ruby - nofile 512' >{self.LIMITS}")
        self.node.kill("om_monitor")
        wait_until("om_monitor ends", lambda: not self.node.pids("om_monitor"), 10)
        self.node.kill_etcd()

    def effect(self):
        return "monitor start failed" in "\n".join(self.node.om_monitor_log()[-2:]) and not self.node.pids("etcd")

    def heal(self):
        self.node.sh(f"rm -f {self.LIMITS}")
        self.node.start_om_monitor()


@fault("crash")
class Crash(Fault):
    """etcd dies once; om_monitor starts it again."""

    ends_by_itself = True

    def inject(self):
        self.before = self.node.pids("etcd")
        self.node.kill("etcd")

    def effect(self):
        return self.node.pids("etcd") != self.before and self.node.etcd_healthy()


@fault("hang")
class Hang(Fault):
    """etcd hangs until cm_agent has had enough and kills it; om_monitor starts it again."""

    effect_timeout = 150

    def inject(self):
        self.before = self.node.pids("etcd")
        kills_before = self._kills()
        self.node.kill("etcd", "STOP")
        try:
            wait_until("cm_agent kills etcd", lambda: self._kills() > kills_before, 120, pause=0.5)
        finally:
            # The signal to end has come; a stopped process takes it when it goes on.
            self.node.kill("etcd", "CONT")

    def _kills(self):
        return sum("killall etcd result" in line for line in self.node.cm_agent_log())

    def effect(self):
        return self.node.pids("etcd") != self.before and self.node.etcd_healthy()

    def heal(self):
        self.node.kill("etcd", "CONT")


@fault("suspended")
class Suspended(Fault):
    """etcd is stopped by a signal: the process is there, its ports accept, and nobody gets an answer."""

    def inject(self):
        self.node.kill("etcd", "STOP")

    def effect(self):
        return not self.node.etcd_healthy()

    def heal(self):
        self.node.kill("etcd", "CONT")


@fault("port-taken")
class PortTaken(Fault):
    """Another program listens on a port of etcd. `port`: which."""

    LISTENER = ("import socket,sys,time; s=socket.create_server((sys.argv[1], int(sys.argv[2])));"
                "print('listens', flush=True); time.sleep(100000)")

    def inject(self):
        self.remember_log()
        with self.node.without_om_monitor():
            self.node.kill_etcd()
            self.node.sh(f"cp -L /usr/bin/python3 ~/metrics_proxy; cd /; setsid -f ~/metrics_proxy -c \"{self.LISTENER}\""
                         f" {self.node.data} {self.parameters['port']} >~/proxy.log 2>&1", user="gauss-ops")
            wait_until("the other program listens", lambda: self.node.try_sh("grep -q listens /home/gauss-ops/proxy.log"), 10)

    def effect(self):
        return self.fails_with("address already in use")

    def heal(self):
        self.node.sh("pkill -u gauss-ops -x metrics_proxy; rm -f /home/gauss-ops/metrics_proxy /home/gauss-ops/proxy.log", check=False)


@fault("bad-flag")
class BadFlag(Fault):
    """om_monitor starts etcd with a flag that this etcd does not know, as after a half-done upgrade. `flag`: which."""

    SETTINGS = "/etc/cm_standin.conf"

    def inject(self):
        self.remember_log()
        self.node.sh(f"sed -i 's|^STANDIN_EXTRA_FLAGS=.*|STANDIN_EXTRA_FLAGS=\"{self.parameters['flag']}\"|' {self.SETTINGS}")
        self.node.kill("etcd")

    def effect(self):
        return self.fails_with(*self.parameters["words"])

    def heal(self):
        self.node.sh(f"sed -i 's|^STANDIN_EXTRA_FLAGS=.*|STANDIN_EXTRA_FLAGS=|' {self.SETTINGS}")


@fault("fd-limit")
class DescriptorLimit(Fault):
    """The limit of open files is too low for etcd (it wants more than 150). `limit`: how low."""

    def inject(self):
        self.remember_log()
        # A running om_monitor hands its own limit on to etcd. Hard limit too: a Go program raises the soft one by itself.
        limit = self.parameters["limit"]
        self.node.sh(f"prlimit --pid $(pgrep -u Ruby -x om_monitor) --nofile={limit}:{limit}", user="Ruby")
        self.node.kill("etcd")

    def effect(self):
        return self.fails_with("file descriptor limit")

    def heal(self):
        # Nobody but a new om_monitor gets the old limit back.
        self.node.kill("om_monitor")
        wait_until("om_monitor ends", lambda: not self.node.pids("om_monitor"), 10)
        self.node.start_om_monitor()
