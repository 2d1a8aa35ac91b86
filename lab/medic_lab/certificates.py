"""The certificates of a lab with TLS: an authority, one certificate for each member (server and client at once, as etcd uses it), one for CM's client."""

from .base import run

YEARS = 20 * 365


def prepare(lab):
    """Makes all of them in the lab's own directory, which goes with the lab."""
    directory(lab).mkdir(mode=0o700)
    make_authority(directory(lab), "etcdca", "/CN=GaussDB etcd CA")
    make_certificate(directory(lab), "client", "/CN=client", "DNS:client")
    for node in lab.nodes:
        make_certificate(directory(lab), f"node{node.index}", f"/CN=etcd_700{node.index}", f"IP:{node.data},IP:127.0.0.1")


def directory(lab):
    return lab.directory / "certificates"


def make_authority(place, name, subject):
    run("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", YEARS, "-subj", subject,
        "-keyout", place / f"{name}.key", "-out", place / f"{name}.crt")


def make_certificate(place, name, subject, names, authority="etcdca", days=YEARS, days_ago=0):
    """A certificate that the authority signs. `days_ago`: when it did; with fewer days than that it has expired; a negative number: it will."""
    key, request, extensions = place / f"{name}.key", place / f"{name}.csr", place / f"{name}.ext"
    run("openssl", "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", subject, "-keyout", key, "-out", request)
    extensions.write_text(f"subjectAltName={names}\nextendedKeyUsage=serverAuth,clientAuth\n")
    then = ["faketime", f"{days_ago} days ago" if days_ago > 0 else f"+{-days_ago} days"] if days_ago else []
    run(*then, "openssl", "x509", "-req", "-in", request, "-CA", place / f"{authority}.crt", "-CAkey", place / f"{authority}.key",
        "-CAcreateserial", "-days", days, "-extfile", extensions, "-out", place / f"{name}.crt")
