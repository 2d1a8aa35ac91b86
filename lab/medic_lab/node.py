"""One node: a process 1 in namespaces of its own, and the ways to look at it and to change it."""

import contextlib
import os
import shlex
import subprocess
from pathlib import Path

from . import access, blockdisk
from .base import LAB_FILES, LabFailure, RUN_DIR, run, wait_until

GAUSS_HOME = "/usr/local/core/app"
GAUSS_LOG = "/var/lib/log/Ruby"
DATA_DIR = "/usr/local/etcd"
ETCD_LOG = f"{GAUSS_LOG}/cm/etcd/etcd-current.log"
DATA_MEGABYTES = 320
# The lab's own questions to a member, with the certificates of CM's client where the cluster has TLS.
ETCDCTL = (". /etc/cm_standin.conf; export ETCDCTL_API=3; [ $STANDIN_SCHEME = http ] || export ETCDCTL_CACERT={0}/etcdca.crt"
           " ETCDCTL_CERT={0}/client.crt ETCDCTL_KEY={0}/client.key;").format(f"{GAUSS_HOME}/share/sslcert/etcd")
CRONTAB = "/var/spool/cron/crontabs/Ruby"
NODE_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


class Node:
    def __init__(self, lab, index):
        self.lab, self.index = lab, index
        self.hostname = f"gaussdb-node-{index}"
        self.management = access.management_address(lab, index)
        self.data = access.data_address(lab, index)
        self.namespace = f"medic{lab}n{index}"
        self.directory = RUN_DIR / str(lab) / f"node{index}"
        # The outer ends of the node's two links, as the host sees them.
        self.management_link = f"md{lab}m{index}"
        self.data_link = f"md{lab}d{index}"

    @property
    def node_id(self):
        return f"lab{self.lab}n{self.index}no14"

    # -- making and ending -------------------------------------------------------------------------------------------------

    def connect(self):
        """Makes the network namespace with one link into each plane: eth0 management, eth1 data."""
        run("ip", "netns", "add", self.namespace)
        for link, inner, bridge, address in (
                (self.management_link, "eth0", f"mdlab{self.lab}m", self.management),
                (self.data_link, "eth1", f"mdlab{self.lab}d", self.data)):
            run("ip", "link", "add", link, "type", "veth", "peer", "name", inner, "netns", self.namespace)
            run("ip", "link", "set", link, "master", bridge, "up")
            run("ip", "-n", self.namespace, "addr", "add", f"{address}/24", "dev", inner)
            run("ip", "-n", self.namespace, "link", "set", inner, "up")
        run("ip", "-n", self.namespace, "link", "set", "lo", "up")

    def boot(self, options, nodes, uptime=None):
        """Starts process 1 and waits until the node has booted. With uptime (seconds) the node tells a boot that long ago."""
        self.directory.mkdir(parents=True, exist_ok=True)
        time_namespace = []
        if uptime is not None:
            since_boot = float(Path("/proc/uptime").read_text().split()[0])
            time_namespace = ["--time", "--boottime", str(int(uptime - since_boot))]
        environment = {
            "PATH": NODE_PATH, "NODE_DIR": str(self.directory), "NODE_HOSTNAME": self.hostname, "NODE_ADDRESS": self.management,
            "NODE_ZONE": options.zones.get(self.index, "Etc/UTC"), "NODE_ENVIRONMENT": options.environment,
            "NODE_DATA_DEVICE": blockdisk.attach(self.namespace, DATA_MEGABYTES) if options.data_disk == "block" else "",
            "NODE_NAMESPACE": self.namespace,
            "NODE_DIALECT": options.dialect, "NODE_CM_HOME": options.cm_home, "NODE_CERTIFICATES": str(self.directory.parent / "certificates") if options.tls else "",
            "NODE_NAMES": "on" if options.names else "", "NODE_INDEX": str(self.index), "NODE_DATA_MB": str(DATA_MEGABYTES),
            "NODE_LAB_FILES": str(LAB_FILES), "NODE_KEYS": str(access.KEYS),
            "NODE_SUDOERS": str(self.directory.parent / "sudoers"),
            "NODE_HOST_KEY": str(access.host_key(self.lab, self.index)),
            "NODE_HOSTS": "\n".join(f"{node.data} {node.hostname}" for node in nodes),
            "NODE_STATIC_CONFIG": "\n".join(f"{node.index} {node.hostname} {node.data} 700{node.index}" for node in nodes)}
        with open(self.directory / "boot.log", "w", encoding="utf-8") as log:
            # The holder outlives this program; it dies with its namespaces or takes them along (--kill-child).
            holder = subprocess.Popen(
                ["nsenter", f"--net=/run/netns/{self.namespace}", "unshare", "--mount", "--uts", "--ipc", "--pid", "--fork",
                 "--kill-child", *time_namespace, "/bin/bash", str(LAB_FILES / "node" / "boot")],
                env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True, cwd="/")

        def booted():
            if holder.poll() is not None:
                raise LabFailure(f"{self.hostname} did not boot: {(self.directory / 'boot.log').read_text().strip()}")
            children = Path(f"/proc/{holder.pid}/task/{holder.pid}/children").read_text().split()
            if not children:
                return False
            self.pid_file.write_text(children[0])
            return self.try_sh("test -e /run/booted")
        wait_until(f"{self.hostname} boots", booted, 20, pause=0.05)

    def end(self):
        """Kills all that runs in the node. Works without a pid file, for runs that were killed."""
        if not Path(f"/run/netns/{self.namespace}").exists():
            return

        def ended():
            pids = run("ip", "netns", "pids", self.namespace, check=False).stdout.split()
            for pid in pids:
                try:
                    os.kill(int(pid), 9)
                except ProcessLookupError:
                    pass
            return not pids
        wait_until(f"{self.hostname} ends", ended, 10, pause=0.05, heed_stop=False)

    def disconnect(self):
        blockdisk.detach(self.namespace)
        for link in (self.management_link, self.data_link):
            run("ip", "link", "del", link, check=False)
        if Path(f"/run/netns/{self.namespace}").exists():
            run("ip", "netns", "del", self.namespace, check=False)

    def is_up(self):
        return self.pid_file.exists() and Path(f"/proc/{self.pid}").exists()

    # -- looking and changing ----------------------------------------------------------------------------------------------

    @property
    def pid_file(self):
        return self.directory / "pid"

    @property
    def pid(self):
        try:
            return int(self.pid_file.read_text())
        except (FileNotFoundError, ValueError):
            raise LabFailure(f"{self.hostname} is not up") from None

    def root_path(self, path):
        """A path inside the node (and inside the chroot that its database may live in), as the host can open it."""
        return Path(f"/proc/{self.pid}/root{self._chroot()}{path}")

    def _chroot(self):
        return "/var/chroot" if Path(f"/proc/{self.pid}/root/etc/lab-chroot").exists() else ""

    def sh(self, script, user=None, check=True, timeout=60, stdin=None):
        """Runs a script inside the node, as root or as that user, and returns its output."""
        return self._execute(script, user, check, timeout, stdin).stdout

    def try_sh(self, script, user=None, timeout=60):
        """Whether the script exits with 0."""
        return self._execute(script, user, False, timeout, None).returncode == 0

    def _execute(self, script, user, check, timeout, stdin):
        # setpriv, not runuser: runuser stops itself when its child is stopped.
        identity = [] if user is None else ["setpriv", f"--reuid={user}", f"--regid={user}", "--init-groups"]
        home = "/root" if user is None else f"/home/{user}"
        # Where the database lives in a chroot, so do those who operate it.
        inside = ["chroot", self._chroot()] if self._chroot() else []
        return run("nsenter", "-t", self.pid, "-m", "-p", "-n", "-u", "-i", "-T", "-r", "-w", *inside, "env", "-i", f"PATH={NODE_PATH}",
                   f"HOME={home}", f"USER={user or 'root'}", f"LOGNAME={user or 'root'}", "SHELL=/bin/bash", "LANG=C.UTF-8",
                   *identity, "/bin/bash", "-c", f"cd {home}; {script}", check=check, timeout=timeout, stdin=stdin)

    def gauss(self, script, check=True, timeout=60):
        """Runs a script as the database user, with the environment that om_monitor's crontab line gets."""
        environment = self.sh(f"sed -n 's/.*source \\([^;]*\\);nohup.*/\\1/p' {CRONTAB}").strip()
        return self.sh(f"source {environment}; {script}", user="Ruby", check=check, timeout=timeout)

    def etcdctl(self, arguments, check=True, timeout=30):
        return self.sh(f"{ETCDCTL} {GAUSS_HOME}/bin/etcdctl --endpoints $STANDIN_SCHEME://{self.data}:2379 {arguments}",
                       check=check, timeout=timeout)

    def start_om_monitor(self):
        """Runs the crontab's own command, as cron would at the next full minute."""
        command = self.sh(f"sed -n 's/^[*]\\/1 [* ]* //p' {CRONTAB}").strip()
        self.sh(f"setsid -f bash -c {shlex.quote(command)}", user="Ruby")

    def pids(self, name, user="Ruby"):
        return self.sh(f"pgrep -u {user} -x {name}", check=False).split()

    def kill(self, name, signal="KILL", user="Ruby"):
        self.sh(f"pkill -{signal} -u {user} -x {name}", check=False)

    @contextlib.contextmanager
    def without_om_monitor(self):
        """Something changes while etcd is down: om_monitor must not come in between. Leaves no trace, unlike a marker file."""
        self.kill("om_monitor", "STOP")
        try:
            yield
        finally:
            self.kill("om_monitor", "CONT")

    def kill_etcd(self):
        """Ends etcd as a crash would. Only sensible where nothing starts it again."""
        self.kill("etcd")
        wait_until(f"etcd of {self.hostname} ends", lambda: not self.pids("etcd"), 10, pause=0.05)

    def put_keys(self, count, kilobytes):
        """Writes values through this member, so that the whole cluster has something to store; stops at the first failure."""
        self.sh(f"""{ETCDCTL} value=$(head -c {kilobytes * 768} /dev/urandom | base64 -w 0)
            for i in $(seq {count}); do
                printf '%s' "$value" | {GAUSS_HOME}/bin/etcdctl --endpoints $STANDIN_SCHEME://{self.data}:2379 put lab-$i >/dev/null || exit 1
            done""", check=False, timeout=120)

    def etcd_age(self):
        """Seconds since the youngest etcd of this node started; None when none runs."""
        ages = self.sh("for p in $(pgrep -u Ruby -x etcd); do ps -o etimes= -p $p; done", check=False).split()
        return min(map(int, ages)) if ages else None

    def etcd_healthy(self):
        if not self.pids("etcd"):
            return False
        return self._execute(
            f"{ETCDCTL} {GAUSS_HOME}/bin/etcdctl --endpoints $STANDIN_SCHEME://{self.data}:2379 --dial-timeout=2s --command-timeout=2s get health",
            None, False, 20, None).returncode == 0

    def is_leader(self):
        fields = dict(line.split(" : ") for line in self.etcdctl("endpoint status -w fields", check=False).splitlines() if " : " in line)
        return bool(fields) and fields.get('"MemberID"') == fields.get('"Leader"')

    def log_lines(self, path=ETCD_LOG):
        """The lines of a log; the padding of etcd's first line is taken away."""
        return self.sh(f"cat {path}", check=False).replace("\0", "").splitlines()

    def om_monitor_log(self):
        return self.log_lines(f"{GAUSS_LOG}/cm/om_monitor/*-current.log")

    def cm_agent_log(self):
        return self.log_lines(f"{GAUSS_LOG}/cm/cm_agent/cm_agent-*-current.log")

