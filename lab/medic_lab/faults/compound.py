"""Several faults at once."""

from .fault import Fault, fault, registered


@fault("compound")
class Compound(Fault):
    """Faults that are made one after the other. `faults`: each with its name, its node (else the scenario's) and its parameters."""

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

    def effect(self):
        return all(part.effect() for part in self.parts)

    def heal(self):
        for part in reversed(self.parts):
            part.heal()
