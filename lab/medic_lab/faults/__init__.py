"""The faults. Each has a name, says whether this machine can make it, injects, knows its effect and heals."""

from . import certificates, compound, logs, membership, network, process, storage, surroundings, system  # noqa: F401  (importing them registers their faults)
from .fault import Fault, registered

__all__ = ["Fault", "registered"]
