"""Faults of the cluster's member list and of the space quota: etcd's own state, changed through its own commands."""

from ..base import LabFailure, wait_until
from ..node import DATA_DIR
from .fault import Fault, fault
from .process import BadFlag


class ExtraFlags(Fault):
    """What several of them need: flags behind those that om_monitor gives etcd, of which the last one counts."""

    def set_flags(self, flags):
        self.node.sh(f"sed -i 's|^STANDIN_EXTRA_FLAGS=.*|STANDIN_EXTRA_FLAGS=\"{flags}\"|' {BadFlag.SETTINGS}")


@fault("membership")
class Membership(ExtraFlags):
    """A member and its cluster disagree. `kind`: removed (etcdctl member remove, while it runs) | wiped (its data are gone) | other-cluster (bootstrapped anew
    under another token) | other-list (its data are gone, and it is told of two members only)."""

    effect_timeout = 60
    WORDS = {"removed": "permanently removed", "wiped": "has already been bootstrapped", "other-cluster": "cluster ID mismatch",
             "other-list": "member count is unequal"}

    def inject(self):
        kind = self.parameters["kind"]
        self.remember_log()
        if kind == "removed":
            self._remove()
            return
        if kind not in self.WORDS:
            raise LabFailure(f"unknown kind of mismatch {kind}")
        peer = self.lab.peers(self.node)[0]
        self.set_flags({"wiped": "", "other-cluster": "-initial-cluster-token etcd-cluster-old",
                        "other-list": f"-initial-cluster {self._name(peer)}={self._url(peer)},{self._name(self.node)}={self._url(self.node)}"
                                      " -initial-cluster-state existing"}[kind])
        with self.node.without_om_monitor():
            self.node.kill_etcd()
            self._wipe()

    def effect(self):
        return self.fails_with(self.WORDS[self.parameters["kind"]])

    def heal(self):
        """Takes the member out of the list and in again, as an engineer would rebuild it."""
        peer = self.lab.peers(self.node)[0]
        with self.node.without_om_monitor():
            self.node.kill_etcd()
            self._wipe()
            self._remove()
            wait_until("the member is added", lambda: "added to cluster" in peer.etcdctl(
                f"member add {self._name(self.node)} --peer-urls={self._url(self.node)}", check=False), 40)
            self.set_flags("-initial-cluster-state existing")
        wait_until("the member is back", self.node.etcd_healthy, 40)
        self.set_flags("")

    def _wipe(self):
        self.node.sh(f"rm -rf {DATA_DIR}/member")

    def _remove(self):
        peer = self.lab.peers(self.node)[0]

        def removed():
            listed = [line.split(", ") for line in peer.etcdctl("member list", check=False).splitlines()]
            own = [fields[0] for fields in listed if len(fields) > 3 and self._url(self.node) in fields[3]]
            return not own or "removed from cluster" in peer.etcdctl(f"member remove {own[0]}", check=False)
        wait_until("the member is removed", removed, 40)

    @staticmethod
    def _name(node):
        return f"etcd_700{node.index}"

    @staticmethod
    def _url(node):
        return f"http://{node.data}:2380"


@fault("quota")
class Quota(ExtraFlags):
    """The database has reached its quota. `megabytes`: how small that is; `fill`: how many values of 256 kB are written."""

    effect_timeout = 60

    def inject(self):
        self.set_flags(f"--quota-backend-bytes {int(self.parameters['megabytes']) << 20}")
        self.node.kill("etcd")
        # The restart is the lab's doing and has to lie outside the window.
        wait_until("etcd has run for a while", lambda: self.node.etcd_healthy() and (self.node.etcd_age() or 0) > 32, 90, pause=1)
        self.remember_log()
        self.node.put_keys(int(self.parameters["fill"]), 256)

    def effect(self):
        return any(word in self.new_log_text() for word in ("alarm NOSPACE raised", '"alarm":"NOSPACE"'))

    def heal(self):
        revision = self.node.etcdctl("endpoint status -w fields", check=False)
        number = next((line.split(" : ")[1] for line in revision.splitlines() if line.startswith('"Revision"')), "")
        self.node.etcdctl(f"compact {number}", check=False)
        for node in self.lab.nodes:
            node.etcdctl("defrag", check=False)
        self.set_flags("")
        self.node.kill("etcd")
        wait_until("etcd is back", self.node.etcd_healthy, 40)
        self.node.etcdctl("alarm disarm")
        self.node.etcdctl("del --prefix lab-")
