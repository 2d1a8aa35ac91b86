"""Faults of the links, of the way in and of the machine itself."""

from ..base import run, wait_until
from .. import access
from ..node import GAUSS_HOME
from .fault import Fault, fault


@fault("isolation")
class Isolation(Fault):
    """The data plane of the leader's node is cut somewhere outside, until cm_agent stops its own etcd.

    The cut is made at the bridge: in the node the link stays up and no rule tells of it. A leader without a quorum hangs in its
    orderly shutdown (it cannot hand its leadership over), until om_monitor kills it hard. `until: marker` does not wait for that.
    """

    effect_timeout = 60

    def inject(self):
        run("ip", "link", "set", self.node.data_link, "nomaster")

    def effect(self):
        marked = self.node.sh(f"cat {GAUSS_HOME}/bin/etcd_manual_start", check=False) == "cm_agent"
        return marked and (self.parameters.get("until") == "marker" or not self.node.pids("etcd"))

    def heal(self):
        run("ip", "link", "set", self.node.data_link, "master", f"mdlab{self.lab.number}d")
        wait_until("cm_agent takes its marker away",
                   lambda: not self.node.try_sh(f"test -e {GAUSS_HOME}/bin/etcd_manual_start"), 30)


@fault("firewall")
class Firewall(Fault):
    """Rules on the node touch etcd's ports on the data plane.

    `kind`: both-ports (what comes to both ports is dropped) | reject-peer (what one peer sends to the peer port is refused) | policy (what
    no rule lets in is dropped, and etcd's ports were forgotten) | client-port, peer-port (what comes to that port alone is dropped) | pair
    (nothing goes to or comes from one peer) | nft (a table of nftables drops both ports) | decoy (rules for other
    ports and addresses, which etcd does not feel).
    """

    effect_timeout = 90

    def _rules(self):
        peer = self.lab.peers(self.node)[0].data
        return {
            "both-ports": ["INPUT -i eth1 -p tcp -m multiport --dports 2379,2380 -j DROP"],
            "reject-peer": [f"INPUT -s {peer}/32 -p tcp -m tcp --dport 2380 -j REJECT --reject-with icmp-port-unreachable"],
            "policy": ["INPUT -i lo -j ACCEPT", "INPUT -i eth0 -j ACCEPT", "INPUT -p icmp -j ACCEPT", "INPUT -p tcp --dport 22 -j ACCEPT"],
            "client-port": ["INPUT -i eth1 -p tcp -m tcp --dport 2379 -j DROP"],
            "peer-port": ["INPUT -i eth1 -p tcp -m tcp --dport 2380 -j DROP"],
            "pair": [f"INPUT -i eth1 -s {peer}/32 -j DROP", f"OUTPUT -o eth1 -d {peer}/32 -j DROP"],
            "decoy": ["INPUT -p tcp --dport 8080 -j DROP", "INPUT -s 203.0.113.0/24 -p tcp --dport 2380 -j REJECT",
                      "OUTPUT -p udp --dport 2380 -j DROP", "INPUT -i eth9 -j DROP"],
        }[self.parameters.get("kind", "both-ports")]

    NFT = ("add table inet lab; add chain inet lab in { type filter hook input priority 0; policy accept; };"
           " add rule inet lab in iifname \"eth1\" tcp dport { 2379, 2380 } counter drop")

    def unavailable(self):
        if self.parameters.get("kind") == "nft":
            return None if self.node.try_sh("nft list ruleset >/dev/null") else "no nft on this machine"
        return None if self.node.try_sh("iptables -S >/dev/null && iptables -m multiport --help >/dev/null") else "no iptables in this kernel"

    def inject(self):
        if self.parameters.get("kind") == "nft":
            self.node.sh(f"nft '{self.NFT}'")
        else:
            for rule in self._rules():
                self.node.sh(f"iptables -A {rule}")
            if self.parameters.get("kind") == "policy":
                self.node.sh("iptables -P INPUT DROP")
        if self.parameters.get("kind") == "decoy":
            return
        # A connection that is refused once is not tried on: those that stand are cut, as a switch of the rules does in the field.
        self.node.sh("ss -K '( sport = :2380 or dport = :2380 or sport = :2379 or dport = :2379 )'", check=False)

    def effect(self):
        if self.parameters.get("kind") == "decoy":
            return True
        if self.parameters.get("kind") == "client-port":
            # The members talk on; only who comes as a client notices.
            peer = self.lab.peers(self.node)[0]
            return not peer.try_sh(f"timeout 2 bash -c 'exec 3<>/dev/tcp/{self.node.data}/2379'")
        words = ("i/o timeout", "connection refused") if self.parameters.get("kind") == "reject-peer" else ("i/o timeout",)
        return any(word in line for word in words for peer in self.lab.peers(self.node) for line in peer.log_lines()[-20:])

    def heal(self):
        if self.parameters.get("kind") == "nft":
            self.node.sh("nft delete table inet lab", check=False)
            return
        self.node.sh("iptables -P INPUT ACCEPT", check=False)
        for rule in self._rules():
            self.node.sh(f"iptables -D {rule}", check=False)

    def truth(self):
        return self.node.sh("iptables-save; nft -a list ruleset; ss -tn", check=False) + super().truth()


@fault("address-missing")
class AddressMissing(Fault):
    """etcd's address is gone from the interface."""

    def inject(self):
        self.remember_log()
        self.node.sh(f"ip addr del {self.node.data}/24 dev eth1")
        self.node.kill("etcd")

    def effect(self):
        return self.fails_with("cannot assign requested address")

    def heal(self):
        self.node.sh(f"ip addr add {self.node.data}/24 dev eth1", check=False)


@fault("machine-gone")
class MachineGone(Fault):
    """Nothing of the machine answers any more, on neither plane."""

    effect_timeout = 60

    def _links(self):
        return self.node.management_link, self.node.data_link

    def inject(self):
        for link in self._links():
            run("ip", "link", "set", link, "down")

    def effect(self):
        return run("ping", "-c", "1", "-W", "1", self.node.management, check=False).returncode != 0

    def heal(self):
        for link in self._links():
            run("ip", "link", "set", link, "up")

    def truth(self):
        return run("ip", "-br", "link", "show", self.node.management_link).stdout


@fault("sshd")
class Sshd(Fault):
    """No login, though the machine is well. `state`: refused (no sshd) | silent (it accepts and says nothing) | other-host-key."""

    LISTENER = "$(cat /run/sshd.pid)"

    def inject(self):
        state = self.parameters["state"]
        if state == "refused":
            self._stop()
        elif state == "silent":
            self.node.sh(f"kill -STOP {self.LISTENER}")
        else:
            self._stop()
            self.node.sh("rm /etc/ssh/ssh_host_ed25519_key*; ssh-keygen -q -t ed25519 -N '' -f /etc/ssh/ssh_host_ed25519_key")
            self._start()

    def _stop(self):
        self.node.sh(f"kill {self.LISTENER}")
        wait_until("sshd ends", lambda: not self._listens(), 10)

    def _start(self):
        self.node.sh("/usr/sbin/sshd -E /var/log/auth.log")
        wait_until("sshd listens", self._listens, 10)

    def _listens(self):
        return self.node.try_sh("ss -Hltn sport = :22 | grep -q .")

    def heal(self):
        if self.parameters["state"] == "silent":
            self.node.sh(f"kill -CONT {self.LISTENER}", check=False)
        if self.parameters["state"] == "other-host-key":
            key = access.host_key(self.lab.number, self.node.index)
            self.node.sh("cat >/etc/ssh/ssh_host_ed25519_key", stdin=key.read_text())
            self.node.sh("cat >/etc/ssh/ssh_host_ed25519_key.pub", stdin=key.with_suffix(".pub").read_text())
            self._stop()
        if not self._listens():
            self._start()


@fault("behind-bastion")
class BehindBastion(Fault):
    """Nothing is wrong; the node can only be reached through another one."""

    def inject(self):
        run("ip", "route", "add", "unreachable", f"{self.node.management}/32")

    def heal(self):
        run("ip", "route", "del", "unreachable", f"{self.node.management}/32", check=False)


@fault("data-cut")
class DataCut(Fault):
    """The data plane of a node is cut at the bridge, long enough to be complained of. `healed`: it is well again before the alarm."""

    effect_timeout = 60

    def inject(self):
        self.remember_log()
        self._marks = {peer: len(peer.log_lines()) for peer in self.lab.nodes}
        run("ip", "link", "set", self.node.data_link, "nomaster")

    def effect(self):
        if not self._complained(self.node, len(self.lab.peers(self.node))):
            return False
        if self.parameters.get("healed"):
            if not any(self._complained(peer, 1) for peer in self.lab.peers(self.node)):
                return False
            self.heal()
            wait_until("all members healthy again", self.lab.healthy, 40)
        return True

    def _complained(self, node, addresses):
        lines = node.log_lines()[self._marks[node]:]
        return sum(any(f"dial tcp {other.data}:2380: i/o timeout" in line or f"dial tcp {other.data}:2380: connect: no route" in line
                       for line in lines) for other in self.lab.peers(node)) >= addresses

    def heal(self):
        run("ip", "link", "set", self.node.data_link, "master", f"mdlab{self.lab.number}d", check=False)


@fault("one-way-cut")
class OneWayCut(Fault):
    """The node drops new connections from one peer only; its own connections to that peer work."""

    effect_timeout = 60

    def _rule(self):
        source = next(peer for peer in self.lab.peers(self.node))
        return f"INPUT -i eth1 -s {source.data} -p tcp --syn -j DROP"

    def unavailable(self):
        return None if self.node.try_sh("iptables -S >/dev/null") else "no iptables in this kernel"

    def inject(self):
        self.node.sh(f"iptables -A {self._rule()}")

    def heal(self):
        self.node.sh(f"iptables -D {self._rule()}", check=False)


@fault("management-cut")
class ManagementCut(MachineGone):
    """Nothing of the machine answers on the management plane; the data plane is well."""

    def _links(self):
        return (self.node.management_link,)


@fault("switch-down")
class SwitchDown(Fault):
    """The switch of the data plane is dead: every node has its link and reaches nobody."""

    effect_timeout = 60

    def _bridge(self):
        return f"mdlab{self.lab.number}d"

    def inject(self):
        self._marks = {node: len(node.log_lines()) for node in self.lab.nodes}
        for node in self.lab.nodes:
            run("ip", "link", "set", node.data_link, "nomaster")

    def effect(self):
        return any("i/o timeout" in line or "no route" in line for node in self.lab.nodes
                   for line in node.log_lines()[self._marks[node]:])

    def heal(self):
        for node in self.lab.nodes:
            run("ip", "link", "set", node.data_link, "master", self._bridge())
        wait_until("the agents take their markers away", lambda: not any(
            node.try_sh(f"test -e {GAUSS_HOME}/bin/etcd_manual_start") for node in self.lab.nodes), 60)


@fault("small-packets-only")
class SmallPacketsOnly(Fault):
    """Something on the way takes large packets and says nothing: the node's own interface keeps its MTU."""

    def inject(self):
        run("ip", "link", "set", self.node.data_link, "mtu", "600")

    def effect(self):
        peer = self.lab.peers(self.node)[0]
        return not self.node.try_sh(f"ping -M do -c 1 -W 1 -s 1400 {peer.data}") and self.node.try_sh(f"ping -c 1 -W 1 {peer.data}")

    def heal(self):
        run("ip", "link", "set", self.node.data_link, "mtu", "1500", check=False)


@fault("bad-way")
class BadWay(Fault):
    """The way of the data plane loses or delays packets. `netem`: how, in the words of tc."""

    def unavailable(self):
        tried = run("tc", "qdisc", "add", "dev", self.node.data_link, "root", "netem", "delay", "1ms", check=False)
        run("tc", "qdisc", "del", "dev", self.node.data_link, "root", check=False)
        return None if tried.returncode == 0 else "no netem in this kernel"

    def inject(self):
        run("tc", "qdisc", "add", "dev", self.node.data_link, "root", "netem", *self.parameters["netem"].split())

    def heal(self):
        run("tc", "qdisc", "del", "dev", self.node.data_link, "root", check=False)
