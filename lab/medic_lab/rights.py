"""What gauss-ops may do on a node: what the sudoers file allows that the service itself writes for its probes, and nothing else."""

import functools
import sys

from .base import LabFailure, run
from .service import java, newest_jar

PLACE = "/etc/sudoers.d/etcd-medic"


def sudoers():
    """The file of the newest jar; empty where there is none, so that the account may do nothing."""
    try:
        jar = newest_jar()
    except LabFailure as none:
        print(f"gauss-ops gets no sudo: {none}", file=sys.stderr)
        return ""
    return _of(jar, jar.stat().st_mtime_ns)


@functools.cache
def _of(jar, _written):
    return run(java(), "-jar", jar, "probes", "--sudoers", "--user", "gauss-ops", "--db-user", "Ruby", timeout=120).stdout


def put_in_force(nodes, text):
    """Replaces the file on running nodes: another build of the service has other probes."""
    for node in nodes:
        node.sh(f"umask 337; cat >{PLACE}.new; mv {PLACE}.new {PLACE}; visudo -cqf {PLACE}", stdin=text)
