"""Writes what the service saw in a scenario as fixtures for its own tests."""

import json

import yaml


def record(directory, scenario, run_facts, service, diagnosis):
    """directory/<scenario>/scenario.yaml tells what was so, captures.json what the nodes answered."""
    target = directory / scenario.id
    target.mkdir(parents=True, exist_ok=True)
    entries = service.evidence_list(diagnosis["id"])
    for entry in entries:
        entry["text"] = service.evidence_text(diagnosis["id"], entry["id"])
    (target / "captures.json").write_text(json.dumps(entries, ensure_ascii=False, indent=1) + "\n")
    (target / "diagnosis.json").write_text(json.dumps(diagnosis, ensure_ascii=False, indent=1) + "\n")
    (target / "scenario.yaml").write_text(yaml.safe_dump(
        {"scenario": scenario.id, "title": scenario.title, **run_facts, "truth": scenario.truth}, sort_keys=False, allow_unicode=True))
