"""Several faults at once."""

from ..base import wait_until
from .fault import Fault, fault, registered


@fault("compound")
class Compound(Fault):
    """Faults that are made one after the other. `faults`: each with its name, its node (else the scenario's) and its parameters.

    `settled`: the effect of each is awaited before the next is made, and the last one's is what the alarm tells of."""

    effect_timeout = 120

    def __init__(self, lab, node, **parameters):
        super().__init__(lab, node, **parameters)
        self.parts = [self._part(dict(part)) for part in parameters["faults"]]

    def _part(self, part):
        kind, node = registered(part.pop("name")), part.pop("node", None)
        return kind(self.lab, self.lab.node(node) if node else self.node, **part)

    def unavailable(self):
        return next(filter(None, (part.unavailable() for part in self.parts)), None)

    def inject(self):
        for part in self.parts:
            part.inject()
            if self.parameters.get("settled") and part is not self.parts[-1]:
                wait_until(f"the effect of {type(part).__name__}", part.effect, part.effect_timeout)

    def effect(self):
        if self.parameters.get("settled"):
            return self.parts[-1].effect()
        return all(part.effect() for part in self.parts)

    def heal(self):
        for part in reversed(self.parts):
            part.heal()
