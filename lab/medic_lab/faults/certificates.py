"""Faults of etcd's certificates and keys. The lab has to have TLS."""

from .. import certificates
from ..base import LabFailure
from ..node import DATA_DIR, ETCD_LOG, GAUSS_HOME, GAUSS_LOG
from .fault import Fault, fault

COMPLAINTS = ("x509:", "tls: bad certificate", "permission denied", "no such file or directory", "private key does not match")


class OwnCertificate(Fault):
    """What several of them need: putting a file into a node's data directory, and the way back."""

    def nodes(self):
        return self.lab.nodes if self.parameters.get("everywhere") else [self.node]

    def put(self, node, name):
        """Gives etcd of this node the certificate of that name, which the lab has made."""
        for kind in ("crt", "key"):
            text = (certificates.directory(self.lab) / f"{name}.{kind}").read_text()
            node.sh(f"cat >{DATA_DIR}/etcd.{kind}; chown Ruby:Ruby {DATA_DIR}/etcd.{kind}; chmod 600 {DATA_DIR}/etcd.{kind}", stdin=text)

    def restart(self):
        for node in self.nodes():
            node.kill("etcd")

    def effect(self):
        return self.fails_with(*COMPLAINTS)

    def heal(self):
        for node in self.nodes():
            self.put(node, f"node{node.index}")
        # etcd reads its files at each handshake; a member that gave up is started by om_monitor.


@fault("certificate")
class Certificate(OwnCertificate):
    """etcd has a certificate that others do not accept, and was restarted with it. `kind`: expired | not-yet-valid | other-authority | other-address;
    `everywhere`: on all members."""

    def inject(self):
        if not self.lab.options().tls:
            raise LabFailure("this fault wants a lab with tls: true")
        self.remember_log()
        for node in self.nodes():
            self._make(node)
            self.put(node, f"bad{node.index}")
        self.restart()

    def _make(self, node):
        place, name, subject = certificates.directory(self.lab), f"bad{node.index}", f"/CN=etcd_700{node.index}"
        names = f"IP:{node.data},IP:127.0.0.1"
        kind = self.parameters["kind"]
        if kind == "expired":
            certificates.make_certificate(place, name, subject, names, days=365, days_ago=368)
        elif kind == "not-yet-valid":
            certificates.make_certificate(place, name, subject, names, days=365, days_ago=-30)
        elif kind == "other-address":
            certificates.make_certificate(place, name, subject, "IP:192.0.2.99", days=365)
        elif kind == "other-authority":
            certificates.make_authority(place, "otherca", "/CN=GaussDB etcd CA 2026")
            certificates.make_certificate(place, name, subject, names, authority="otherca")
        else:
            raise LabFailure(f"unknown kind of certificate {kind}")


@fault("certificate-file")
class CertificateFile(OwnCertificate):
    """A certificate or key cannot be read when etcd starts. `change`: the shell's words, with FILE for the key's path."""

    def inject(self):
        self.remember_log()
        self.node.sh(self.parameters["change"].replace("FILE", f"{DATA_DIR}/etcd.key"))
        self.node.kill("etcd")


@fault("client-certificate-expired")
class ClientCertificateExpired(Fault):
    """The certificate that the cluster manager shows to etcd has expired on one node: etcd is well, CM cannot ask it there."""

    PLACE = f"{GAUSS_HOME}/share/sslcert/etcd"

    def inject(self):
        self.remember_log()
        place = certificates.directory(self.lab)
        certificates.make_certificate(place, "badclient", "/CN=client", "DNS:client", days=365, days_ago=368)
        self._put("badclient")

    def _put(self, name):
        for kind in ("crt", "key"):
            self.node.sh(f"cat >{self.PLACE}/client.{kind}", stdin=(certificates.directory(self.lab) / f"{name}.{kind}").read_text())

    def effect(self):
        return "x509:" in self.new_log_text() and not self.node.etcd_healthy()

    def heal(self):
        self._put("client")


@fault("old-certificate-warning")
class OldCertificateWarning(OwnCertificate):
    """An hour ago the certificate was near its end and peers refused it; it has been renewed, and the lines still stand in the logs."""

    def inject(self):
        hour_ago = self.node.sh("date -d '-1 hour' '+%F %T'").strip()
        log = self.node.sh(f"ls {GAUSS_LOG}/cm/cm_agent/cm_agent-*-current.log").strip()
        self._put_in_front(log, f"{hour_ago}.101 tid=142 ETCD_CHECK WARNING: etcd cert file {DATA_DIR}/etcd.crt may has been expired or will be expired in less 90 days, please check!\n")
        self._put_in_front(ETCD_LOG, f"{hour_ago}.117402 I | embed: rejected connection from \"{self.lab.peers(self.node)[0].data}:41022\""
                           " (error \"remote error: tls: bad certificate\", ServerName \"\")\n", after=80)

    def _put_in_front(self, log, line, after=0):
        path = self.node.root_path(log)
        content = path.read_bytes()
        # In place: the program appends to this very file.
        with open(path, "r+b") as file:
            file.write(content[:after] + line.encode() + content[after:])

    def effect(self):
        return True

    def heal(self):
        """Nothing is wrong."""
