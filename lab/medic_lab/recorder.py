"""Writes what the service saw in a scenario as fixtures for its own tests; `analyze` judges such a directory as well."""

import json

import yaml

from .access import WINDOW

# What was said of the verdict over SSH.
TOLD = ("outcome", "cause", "nodeId", "effects", "others")

# Where the way into a node ended, by the finding that tells it, and whether the host answered there, where that was asked.
OBSTACLES = {
    "node-unreachable": ("CONNECT_TIMED_OUT", False),
    "ssh-port-silent": ("CONNECT_TIMED_OUT", True),
    "node-not-connectable": ("CONNECT_TIMED_OUT", None),
    "ssh-refused": ("CONNECT_REFUSED", None),
    "ssh-closed": ("CLOSED_BEFORE_BANNER", None),
    "ssh-silent": ("BANNER_MISSING", None),
    "ssh-key-exchange-failed": ("KEY_EXCHANGE_FAILED", None),
    "ssh-authentication-stalled": ("AUTHENTICATION_STALLED", None),
    "ssh-lost": ("CONNECTION_LOST", None),
    "node-behind-bastion-unreachable": ("BASTION_TO_NODE_FAILED", None),
    "access-name-unresolved": ("NAME_UNRESOLVED", None),
    "access-family-unavailable": ("FAMILY_UNAVAILABLE", None),
    "access-algorithms": ("ALGORITHMS", None),
    "access-host-key-unknown": ("HOST_KEY_UNKNOWN", None),
    "access-host-key-changed": ("HOST_KEY_CHANGED", None),
    "access-host-key-revoked": ("HOST_KEY_REVOKED", None),
    "access-key-rejected": ("KEY_REJECTED", None),
    "access-login-not-configured": ("LOGIN_NOT_CONFIGURED", None),
    "access-bastion-failed": ("BASTION_FAILED", None),
}


def record(directory, scenario, run_facts, service, diagnosis):
    """directory/<scenario>/scenario.yaml tells what was so and what was said of it, captures.json what the nodes answered."""
    target = directory / scenario.id
    target.mkdir(parents=True, exist_ok=True)
    entries = service.evidence_list(diagnosis["id"])
    for entry in entries:
        entry["text"] = service.evidence_text(diagnosis["id"], entry["id"])
    (target / "captures.json").write_text(json.dumps(entries, ensure_ascii=False, indent=1) + "\n")
    (target / "scenario.yaml").write_text(yaml.safe_dump(
        {"scenario": scenario.id, "title": scenario.title, **run_facts, "window": WINDOW, "notIn": _not_in(diagnosis),
         "truth": scenario.truth,
         "verdict": {name: diagnosis["verdict"][name] for name in TOLD if name in diagnosis["verdict"]}},
        sort_keys=False, allow_unicode=True))


def _not_in(diagnosis):
    not_in = {}
    for finding in diagnosis["findings"]:
        if finding["kind"] in OBSTACLES:
            obstacle, answers = OBSTACLES[finding["kind"]]
            not_in[finding["nodeId"]] = {"obstacle": obstacle, "detail": "recorded"} | ({} if answers is None else {"hostAnswers": answers})
    return not_in
