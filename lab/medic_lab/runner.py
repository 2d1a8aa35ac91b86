"""Runs scenarios: a healthy lab, a fault, its effect, the alarm, the verdict, and a healthy lab again."""

import contextlib
import dataclasses
import sys
import time
import threading

from . import filecompare, recorder
from .base import LabFailure, NotPossibleHere, STOPPING, locked, wait_until
from .monitoring import Monitoring
from .service import now_rfc3339, service_at
from .topology import Lab
from .verdict import judge

# The evidence window opens 25 s before the alarm (see access.py); what lies further back cannot mislead.
CLEAN_SECONDS = 30
# Without a service nobody reads the log, but cm_agent must have seen its etcd well once.
SETTLING_SECONDS = 5


@dataclasses.dataclass
class Result:
    scenario: str
    rows: list
    expected: str
    right: bool = False
    wrong_confirmed: bool = False
    outcome: str = ""
    cause: str = ""
    node_id: str = ""
    seconds: float = 0.0
    diagnosis_id: str = ""
    details: list = dataclasses.field(default_factory=list)
    # Why it says nothing about the service: the lab failed, or this machine cannot make the fault.
    lab_failure: str = ""
    not_possible: str = ""
    # Run without a service: the fault was made and seen, nobody was asked.
    unasked: bool = False

    def as_json(self):
        return {"scenario": self.scenario, "right": self.right, "wrongConfirmed": self.wrong_confirmed, "expected": self.expected,
                "outcome": self.outcome, "cause": self.cause, "nodeId": self.node_id, "seconds": round(self.seconds, 1),
                "diagnosisId": self.diagnosis_id, "details": self.details, "labFailure": self.lab_failure,
                "notPossible": self.not_possible}

    def word(self):
        if self.not_possible:
            return "not possible here"
        if self.lab_failure:
            return "LAB FAILED"
        if self.unasked:
            return "seen and healed"
        return "right" if self.right else "WRONG, CONFIRMED" if self.wrong_confirmed else "WRONG"

    def line(self):
        verdict = "" if self.unasked else f"{self.outcome} {self.cause} at {self.node_id} in {self.seconds:.1f} s"
        rest = self.not_possible or self.lab_failure or verdict
        return f"{self.scenario:28} {self.word():18} {rest}" + "".join(f"\n    {detail}" for detail in self.details)


def expected_text(truth):
    def several(value):
        return " or ".join(value) if isinstance(value, list) else value
    return f"{several(truth['outcome'])} {several(truth['cause'])}"


class ScenarioRun:
    """One scenario on one lab, whose lock the caller holds."""

    def __init__(self, lab, scenario, service=None, record_to=None):
        self.lab, self.scenario, self.service, self.record_to = lab, scenario, service, record_to
        self.result = Result(scenario.id, scenario.rows, expected_text(scenario.truth))

    def run(self):
        try:
            self._ensure_lab()
            fault = self.scenario.make_fault(self.lab)
            if fault.unavailable():
                raise NotPossibleHere(fault.unavailable())
            with self._watched():
                self.lab.await_clean_window(CLEAN_SECONDS if self.service else SETTLING_SECONDS)
                self._inject_and_ask(fault)
        except NotPossibleHere as reason:
            self.result.not_possible = str(reason)
        except LabFailure as failure:
            self.result.lab_failure = str(failure)
            self.result.right = False
        return self.result

    @contextlib.contextmanager
    def _watched(self):
        """A scenario with monitoring gets it, and a service of its own that is told of it; a given service has to know it already."""
        if not self.scenario.monitoring:
            yield
            return
        monitoring = Monitoring(self.lab)
        monitoring.require()
        try:
            if self.scenario.monitoring == "up":
                monitoring.start()
            if self.service and self.service.arguments not in (None, monitoring.service_arguments()):
                with service_at(None, monitoring.service_arguments()) as own:
                    self.service = own
                    yield
            else:
                yield
        finally:
            monitoring.stop()

    def _ensure_lab(self):
        wanted = self.scenario.options()
        if self.lab.is_up() and self.lab.options() == wanted:
            try:
                self.lab.await_healthy()
                self.lab.allow_probes()
                return
            except LabFailure as failure:
                print(f"lab {self.lab.number} is made anew: {failure}", file=sys.stderr)
        self.lab.up(wanted)

    def _inject_and_ask(self, fault):
        if self.service:
            self.service.put_instance(self._instance())
        alarmed = self.scenario.alarmed_node(self.lab, fault)
        try:
            fault.inject()
            wait_until(f"the effect of {self.scenario.id}", fault.effect, fault.effect_timeout)
            self._await_quorum()
            if self.service:
                self._ask(fault, alarmed)
            else:
                self.result.unasked = True
                self.result.details.append(fault.truth())
        except Exception as failure:  # a mistake in a fault is a failure of the lab as well, never one of the service
            self.result.lab_failure = _told(failure)
            self.result.right = False
            self.result.details.append("on the node: " + self._truth_or_nothing(fault))
        finally:
            self._heal(fault)

    def _await_quorum(self):
        """A leader that was lost is followed by an election, in which nobody counts as healthy; the real alarm comes after it."""
        healthy = self.scenario.truth.get("quorum", {}).get("healthy")
        if healthy is not None:
            wait_until(f"{healthy} healthy members", lambda: self.lab.healthy_members() == healthy, 20)

    @staticmethod
    def _truth_or_nothing(fault):
        with contextlib.suppress(LabFailure, OSError):
            return fault.truth()
        return ""

    def _ask(self, fault, alarmed):
        # The alarm of the real cluster manager comes after 15 failed checks, about 150 s; scaled as the window is.
        time.sleep(self.scenario.alarm.get("late", 0))
        alarm = self._alarm(alarmed)
        started = time.monotonic()
        self.result.diagnosis_id = self.service.send_alarm(alarm)
        diagnosis = self.service.await_diagnosis(self.result.diagnosis_id)
        self.result.seconds = time.monotonic() - started
        evidence = self.service.evidence_list(self.result.diagnosis_id) if "brings" in self.scenario.truth else ()
        judgement = judge(diagnosis, self.scenario.truth, self.lab, fault, evidence)
        self.result.right, self.result.wrong_confirmed = judgement.right, judgement.wrong_confirmed
        self.result.outcome, self.result.cause, self.result.node_id = judgement.outcome, judgement.cause, judgement.node_id
        self.result.details += judgement.differences
        if self.record_to:
            facts = {"recordedAt": now_rfc3339(), "alarm": alarm, "instance": self._instance(), "faultyNode": fault.node.node_id}
            recorder.record(self.record_to, self.scenario, facts, self.service, diagnosis)

    def _heal(self, fault):
        try:
            fault.heal()
            if fault.leaves_traces:
                self.lab.down()
                return
            self.lab.await_healthy()
        except Exception as failure:  # whatever it is, this lab cannot be trusted any more
            # The verdict stands; the lab does not, and the next scenario gets a new one.
            print(f"{self.scenario.id}: not healed ({_told(failure)}); lab {self.lab.number} goes down", file=sys.stderr)
            self.lab.down()

    def _instance(self):
        nodes = []
        for node in self.lab.nodes:
            fields = {"login": "lab-ops", "dbUser": "Ruby", **self.scenario.inventory.get("all", {}), **self.scenario.inventory.get(node.index, {})}
            if fields.get("bastion") == "lab-jump":
                fields["bastion"] = f"lab-jump-{self.lab.number}"
            nodes.append({"nodeId": node.node_id, "vmId": self._vm_id(node), "host": node.management, "sshPort": 22, **fields})
        return {"instanceId": self.lab.instance_id, "name": f"lab {self.lab.number}", "nodes": nodes}

    def _alarm(self, node):
        return {"alarmId": f"{self.scenario.id}-{self.lab.number}-{time.time_ns()}", "name": "ETCD service abnormal",
                "instanceId": self.lab.instance_id, "nodeId": node.node_id, "vmId": self._vm_id(node), "severity": "MAJOR",
                "occurredAt": now_rfc3339(), **self._told()}

    def _told(self):
        """What the alarm tells besides: the cluster's status as the management plane got it, and events of the machine."""
        told = {key: self.scenario.alarm[key] for key in ("clusterStatus",) if key in self.scenario.alarm}
        if "vmEvents" in self.scenario.alarm:
            told["vmEvents"] = [{"type": kind, "occurredAt": now_rfc3339()} for kind in self.scenario.alarm["vmEvents"]]
        return told

    def _vm_id(self, node):
        return f"lab{self.lab.number}vm{node.index}"


def _told(failure):
    return str(failure) if isinstance(failure, LabFailure) else f"{type(failure).__name__}: {failure}"


class Comparison(ScenarioRun):
    """A scenario in which nothing but the diagnosis could write: what differs afterwards, the service left behind."""

    left_behind, node, looked_at = (), None, 0

    def _ask(self, fault, alarmed):
        self.node = alarmed
        files, processes = filecompare.await_stillness(alarmed)
        super()._ask(fault, alarmed)
        self.left_behind = filecompare.await_no_sessions(alarmed)
        self.left_behind += filecompare.differences(files, filecompare.snapshot_files(alarmed))
        # Looked at twice: cron's jobs come and go, on a busy machine slowly.
        started = (filecompare.lasting_processes(alarmed) - processes) & filecompare.lasting_processes(alarmed)
        self.left_behind += [f"still running: {line}" for line in started.elements()]
        self.looked_at = len(files)


@contextlib.contextmanager
def lab_in_use(number):
    """The lab under its lock. It is taken down afterwards, unless it was up before."""
    lab = Lab(number)
    with locked(f"lab-{number}"):
        was_up = lab.is_up()
        try:
            yield lab
        finally:
            if not was_up:
                lab.down()


def run_all(scenarios, labs, service, report, record_to=None):
    """Runs the scenarios on several labs at once, whose locks the caller holds. Each lab takes one that wants the options it already has, if there is one."""
    waiting, results, guard = list(scenarios), [], threading.Lock()

    def take(options):
        with guard:
            if not waiting or STOPPING.is_set():
                return None
            fitting = next((scenario for scenario in waiting if scenario.options() == options), waiting[0])
            waiting.remove(fitting)
            return fitting

    def work(lab, ended):
        try:
            while scenario := take(lab.options() if lab.is_up() else None):
                result = ScenarioRun(lab, scenario, service, record_to).run()
                with guard:
                    results.append(result)
                    report(result)
        finally:
            ended.set()

    # Not Thread.join: interrupted once, Python 3.11 takes a running thread for ended.
    ends = [threading.Event() for _ in labs]
    for lab, ended in zip(labs, ends):
        threading.Thread(target=work, args=(lab, ended)).start()
    try:
        for ended in ends:
            ended.wait()
    except KeyboardInterrupt:
        STOPPING.set()
        for ended in ends:
            ended.wait()
        raise
    told = {result.scenario for result in results}
    for scenario in scenarios:
        if scenario.id not in told:
            # A worker that ended by surprise must not look like success.
            results.append(Result(scenario.id, scenario.rows, expected_text(scenario.truth), lab_failure="its run ended without a result"))
    return sorted(results, key=lambda result: result.scenario)
