"""Compares a diagnosis with the truth."""

import dataclasses


@dataclasses.dataclass
class Judgement:
    right: bool
    wrong_confirmed: bool
    differences: list
    outcome: str
    cause: str
    node_id: str


def judge(diagnosis, truth, lab, fault, evidence=()):
    verdict = diagnosis.get("verdict") or {}
    outcome, cause, node_id = (str(verdict.get(key)) for key in ("outcome", "cause", "nodeId"))
    causes = _several(truth["cause"])
    differences = []

    if diagnosis.get("status") != "COMPLETED":
        differences.append(f"status is {diagnosis.get('status')}")
    if outcome not in _several(truth["outcome"]):
        differences.append(f"outcome is {outcome}, not {' or '.join(_several(truth['outcome']))}")
    wrong_cause = cause not in causes or cause in truth.get("notCause", [])
    if wrong_cause:
        differences.append(f"cause is {cause}, not {' or '.join(causes)}")
    wrong_node = False
    if cause not in ("NO_FAULT_FOUND", "UNDETERMINED"):
        expected = lab.node(truth["node"]).node_id if "node" in truth else fault.node.node_id
        wrong_node = node_id != expected
        if wrong_node:
            differences.append(f"node is {node_id}, not {expected}")
    missing = set(truth.get("effects", [])) - set(verdict.get("effects") or [])
    if missing:
        differences.append(f"not among the effects: {', '.join(sorted(missing))}")
    statements = "\n".join(str(finding.get("statement")) for finding in diagnosis.get("findings") or [])
    for words in truth.get("says", []):
        if words not in statements:
            differences.append(f"no finding says: {words}")
    untold = set(truth.get("others", [])) - set(verdict.get("others") or [])
    if untold:
        differences.append(f"not told beside it: {', '.join(sorted(untold))}")
    asked = {step.get("actor") for step in diagnosis.get("remediation") or []}
    unasked = set(truth.get("actors", [])) - asked
    if unasked:
        differences.append(f"no step for: {', '.join(sorted(unasked))}")
    quorum = diagnosis.get("quorum") or {}
    for key, value in truth.get("quorum", {}).items():
        if quorum.get(key) != value:
            differences.append(f"quorum.{key} is {quorum.get(key)}, not {value}")
    for wanted in truth.get("findings", []):
        if not any(finding.get("kind") in _several(wanted) for finding in diagnosis.get("findings") or []):
            differences.append(f"no finding {' or '.join(_several(wanted))}")
    for check in truth.get("notEvaluated", []):
        if not any(entry.get("check") == check for entry in diagnosis.get("notEvaluated") or []):
            differences.append(f"{check} is not told as not evaluated")
    if truth.get("notEvaluatedEmpty") and diagnosis.get("notEvaluated"):
        differences.append("not evaluated: " + "; ".join(
            f"{entry.get('check')} {entry.get('nodeId', '')} {entry.get('reason', '')}" for entry in diagnosis["notEvaluated"]))
    for wanted in truth.get("brings", []):
        differences += _beyond(wanted, evidence)
    return Judgement(not differences, outcome == "CONFIRMED" and (wrong_cause or wrong_node), differences, outcome, cause, node_id)


def _beyond(wanted, evidence):
    """What a probe brought from one node, all its answers together, and how long its slowest took."""
    differences, nodes = [], {}
    for entry in evidence:
        if entry["probe"] == wanted["probe"]:
            nodes.setdefault(entry["nodeId"], []).append(entry)
    if not nodes:
        differences.append(f"nobody asked {wanted['probe']}")
    for node_id, entries in nodes.items():
        total, slowest = sum(entry["bytes"] for entry in entries), max(entry["durationMillis"] for entry in entries)
        if total >= wanted["lessBytesThan"]:
            differences.append(f"{wanted['probe']} brought {total} bytes from {node_id}, not less than {wanted['lessBytesThan']}")
        if slowest >= wanted["lessMillisThan"]:
            differences.append(f"{wanted['probe']} took {slowest} ms on {node_id}, not less than {wanted['lessMillisThan']}")
    return differences


def _several(value):
    return value if isinstance(value, list) else [value]
