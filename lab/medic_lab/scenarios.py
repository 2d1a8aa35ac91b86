"""The scenarios: data with the truth, one file each."""

import dataclasses

import yaml

from .base import LAB_FILES, LabFailure
from .faults import registered
from .topology import Options

DIRECTORY = LAB_FILES / "scenarios"
TRUTH_KEYS = {
    "outcome",
    "cause",
    "node",
    "effects",
    "notCause",
    "quorum",
    "notEvaluatedEmpty",
    "says",
    "findings",
    "notEvaluated",
    "others",
    "actors",
    "brings",
}


@dataclasses.dataclass(frozen=True)
class Scenario:
    id: str
    title: str
    rows: list
    fault: dict
    truth: dict
    ci: bool = False
    lab: dict = dataclasses.field(default_factory=dict)
    # Per-node fields of the inventory: "all" for every node, an index for one.
    inventory: dict = dataclasses.field(default_factory=dict)
    alarm: dict = dataclasses.field(default_factory=dict)
    # "up": a real Prometheus watches from before the fault; "down": the service is told of one that does not answer.
    monitoring: str = ""

    def __post_init__(self):
        registered(self.fault["name"])
        unknown = set(self.truth) - TRUTH_KEYS
        if unknown:
            raise LabFailure(f"scenario {self.id}: the truth knows no {', '.join(sorted(unknown))}; it knows {', '.join(sorted(TRUTH_KEYS))}")
        if "outcome" not in self.truth or "cause" not in self.truth:
            raise LabFailure(f"scenario {self.id}: the truth needs outcome and cause")
        if self.monitoring not in ("", "up", "down"):
            raise LabFailure(f"scenario {self.id}: monitoring is up or down")
        self.options()

    def options(self):
        return Options.of(self.lab)

    def make_fault(self, lab):
        parameters = {key: value for key, value in self.fault.items() if key not in ("name", "node")}
        return registered(self.fault["name"])(lab, self._choose(lab, self.fault.get("node", 3)), **parameters)

    def alarmed_node(self, lab, fault):
        return self._choose(lab, self.alarm["node"]) if "node" in self.alarm else fault.node

    @staticmethod
    def _choose(lab, which):
        if which == "leader":
            return lab.leader()
        if which == "follower":
            leader = lab.leader()
            return next(node for node in reversed(lab.nodes) if node is not leader)
        return lab.node(which)


def load(name):
    path = DIRECTORY / f"{name}.yaml"
    if not path.exists():
        raise LabFailure(f"no scenario {name}; there are {', '.join(names())}")
    try:
        stated = yaml.safe_load(path.read_text())
        missing = [key for key in ("title", "rows", "fault", "truth") if key not in stated]
        if missing:
            raise LabFailure(f"{path.name}: it has no {', '.join(missing)}")
        return Scenario(id=name, **stated)
    except (TypeError, KeyError, yaml.YAMLError) as error:
        raise LabFailure(f"{path.name}: {error}") from None


def names():
    return sorted(path.stem for path in DIRECTORY.glob("*.yaml"))


def load_all():
    return [load(name) for name in names()]
