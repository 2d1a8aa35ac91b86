"""The faults. Each has a name, says whether this machine can make it, injects, knows its effect and heals."""

from . import (  # noqa: F401  (importing them registers their faults)
    certificates,
    compound,
    logs,
    membership,
    network,
    overload,
    process,
    storage,
    surroundings,
    system,
)
from .fault import Fault, registered

__all__ = ["Fault", "registered"]
