"""Writes what the service saw in a scenario as fixtures for its own tests."""

import json

import yaml

from .access import WINDOW

# Kinds of findings that tell how far we came on the way into a node; "node-answers" and the like are told by others.
OBSTACLES = ("ssh-port-silent", "ssh-refused", "ssh-closed", "ssh-silent", "ssh-key-exchange-failed", "ssh-authentication-stalled", "ssh-lost",
             "node-unreachable", "node-not-connectable", "node-behind-bastion-unreachable", "access-")
TOLD = ("outcome", "cause", "nodeId", "effects", "others")


def record(directory, scenario, run_facts, service, diagnosis):
    """directory/<scenario>/scenario.yaml tells what was so and what was said of it, captures.json what the nodes answered."""
    target = directory / scenario.id
    target.mkdir(parents=True, exist_ok=True)
    entries = service.evidence_list(diagnosis["id"])
    for entry in entries:
        entry["text"] = service.evidence_text(diagnosis["id"], entry["id"])
    (target / "captures.json").write_text(json.dumps(entries, ensure_ascii=False, indent=1) + "\n")
    (target / "scenario.yaml").write_text(yaml.safe_dump(
        {"scenario": scenario.id, "title": scenario.title, **run_facts, "window": WINDOW, "truth": scenario.truth,
         "notReached": {finding["nodeId"]: finding["kind"] for finding in diagnosis["findings"]
                        if finding["check"] == "V1" and finding["kind"].startswith(OBSTACLES)},
         "verdict": {name: diagnosis["verdict"][name] for name in TOLD if name in diagnosis["verdict"]}},
        sort_keys=False, allow_unicode=True))
