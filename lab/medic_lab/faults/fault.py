"""What a fault is."""

from ..base import LabFailure

_FAULTS = {}


class Fault:
    """One thing that goes wrong on one node. Subclasses override what they need; parameters come from the scenario's file."""

    # How long the effect may take to show.
    effect_timeout = 40

    # Whether what it leaves in the logs misleads whoever looks at these nodes next: then they are made anew.
    leaves_traces = False

    # Whether nothing of it is left to be taken away: the node comes back by itself, or what stays harms no other scenario.
    ends_by_itself = False

    def __init__(self, lab, node, **parameters):
        self.lab, self.node, self.parameters = lab, node, parameters

    def unavailable(self):
        """Why this machine cannot make the fault, or None."""
        return None

    def inject(self):
        """Makes the fault."""

    def effect(self):
        """Whether what the alarm would tell of has happened."""
        return True

    def heal(self):
        """Takes the fault away. Runs after every injection, also after one that failed half way."""

    def truth(self):
        """What is so on the node now, in a few lines, for a reader."""
        return self.node.sh(
            "ps -ww -o pid,user,stat,lstart,args -C etcd; tail -n 4 /var/lib/log/Ruby/cm/etcd/etcd-current.log;"
            "tail -n 3 /var/lib/log/Ruby/cm/om_monitor/*-current.log; tail -n 3 /var/lib/log/Ruby/cm/cm_agent/cm_agent*-current.log;"
            "df -h /usr/local/etcd | tail -n 1; ls -la /usr/local/etcd", check=False)

    # -- what many faults need ---------------------------------------------------------------------------------------------

    def remember_log(self):
        """From here on new_log_text tells only of lines written later."""
        self._log_start = len("\n".join(self.node.log_lines()))

    def new_log_text(self):
        return "\n".join(self.node.log_lines())[self._log_start:]

    def fails_with(self, *words):
        """etcd does not answer, and its log says one of these since the injection."""
        text = self.new_log_text()
        return any(word in text for word in words) and not self.node.etcd_healthy()


def fault(name):
    def register(kind):
        _FAULTS[name] = kind
        return kind
    return register


def registered(name):
    if name not in _FAULTS:
        raise LabFailure(f"unknown fault {name}; there are {', '.join(sorted(_FAULTS))}")
    kind = _FAULTS[name]
    if kind.inject is not Fault.inject and kind.heal is Fault.heal and not (kind.ends_by_itself or kind.leaves_traces):
        raise LabFailure(f"fault {name} is made and never taken away: it needs heal, or ends_by_itself = True")
    return kind


@fault("none")
class NoFault(Fault):
    """Everything is well."""
