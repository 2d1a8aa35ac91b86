"""From the alarm to the verdict in a healthy lab of three nodes, beside ssh and ansible that run the same commands, in turns."""

import base64
import contextlib
import datetime
import json
import os
import shlex
import subprocess
import sys
import time

from .base import BenchFailure, PROJECT, Row, Series, figure, java, need, scratch

sys.path.insert(0, str(PROJECT / "lab"))
POLL = 0.01
CLIENT = ["-F", "/dev/null", "-o", "BatchMode=yes", "-o", "StrictHostKeyChecking=yes", "-o", "LogLevel=ERROR"]


def measure(options):
    from medic_lab import access
    from medic_lab.base import LabFailure
    from medic_lab.runner import lab_in_use
    from medic_lab.service import service_at
    from medic_lab.topology import Options, require_namespaces
    ssh, playbook = need("ssh", "openssh-client"), need("ansible-playbook", "ansible-core")
    turns, asked = (2, 2) if options.quick else (5, 6)  # thirty diagnoses
    java()
    verdicts, one_node, three_nodes = Series("verdict", "s"), Series("ssh, one node", "s"), Series("ansible, three nodes", "s")
    p95 = []
    try:
        require_namespaces()
        with contextlib.ExitStack() as stack:
            home = stack.enter_context(scratch("verdict"))
            stack.callback(access.forget_if_unused, options.lab)
            lab = stack.enter_context(lab_in_use(options.lab))
            access.prepare(options.lab)
            if not lab.is_up():
                lab.up(Options())
            lab.await_healthy()
            service = stack.enter_context(service_at(None))
            nodes = [{"nodeId": node.node_id, "host": node.management, "sshPort": 22, "login": "lab-ops", "dbUser": "Ruby"} for node in lab.nodes]
            service.put_instance({"instanceId": lab.instance_id, "name": "bench", "nodes": nodes})
            lab.await_clean_window(30)
            for _ in range(1 if options.quick else 10):
                last, _ = verdict(service, lab)  # warms up
            scripts = {node.node_id: commands(service, last, node, home) for node in lab.nodes}
            play = written_playbook(lab, scripts, home, access)
            for _ in range(turns):
                times = sorted(verdict(service, lab)[1] for _ in range(asked))
                verdicts.values.append(times[len(times) // 2])
                p95.append(times[-1])
                one_node.values.append(by_ssh(ssh, lab.nodes[0], scripts[lab.nodes[0].node_id], access))
                three_nodes.values.append(by_ansible(playbook, play, home))
    except LabFailure as failure:
        raise BenchFailure(str(failure)) from None
    slow = Series("slowest verdict of each turn", "s", p95)
    count = len(next(iter(scripts.values())))
    bound = (f"{count} commands for each node, each a channel of its own, by four at once over one connection; in rounds, because an answer decides "
             "what is asked next. All three nodes, both clients and the service share this machine's processors.")
    return [Row.of("verdict-ssh", "alarm to verdict, p50, beside ssh", verdicts, one_node, "<= 0.5", bound),
            Row.of("verdict-ssh-p95", "alarm to verdict, slowest of each turn, beside ssh", slow, one_node, "<= 0.5", bound),
            Row.of("verdict-ansible", "alarm to verdict, p50, beside ansible", verdicts, three_nodes, "<= 0.1",
                   f"{bound} ansible runs each command as a task with the module raw, over one kept connection for each node; {figure(slow)}.")]


def verdict(service, lab):
    """The diagnosis and how long it took, from sending the alarm to seeing that it is over."""
    began = time.perf_counter()
    alarm = {"alarmId": f"bench-{time.time_ns()}", "instanceId": lab.instance_id, "nodeId": lab.nodes[0].node_id,
             "occurredAt": datetime.datetime.now(datetime.timezone.utc).isoformat()}
    diagnosis_id = service.send_alarm(alarm)
    while True:
        diagnosis = service.diagnosis(diagnosis_id)
        if diagnosis["status"] not in ("QUEUED", "RUNNING"):
            break
        time.sleep(POLL)
    taken = time.perf_counter() - began
    if diagnosis["status"] != "COMPLETED":
        raise BenchFailure(f"the diagnosis ended {diagnosis['status']}: {diagnosis.get('failure')}")
    return diagnosis_id, taken


def commands(service, diagnosis_id, node, home):
    """What the wire carried to that node, word for word, each with its arguments as lines on standard input."""
    told = []
    for evidence in service.evidence_list(diagnosis_id):
        if evidence["nodeId"] == node.node_id and evidence.get("command"):
            told.append({"command": evidence["command"], "input": "".join(f"{value}\n" for value in arguments(service, evidence))})
    if not told:
        raise BenchFailure(f"nothing was sent to {node.node_id}")
    (home / f"{node.node_id}.json").write_text(json.dumps(told))
    return told


def arguments(service, evidence):
    """In the order of the catalogue, as they go over the wire."""
    catalogue = service._call("GET", "/probes")
    listed = catalogue if isinstance(catalogue, list) else catalogue.get("items", catalogue.get("probes"))
    probe = next(probe for probe in listed if probe["id"] == evidence["probe"])
    names = [argument["name"] if isinstance(argument, dict) else argument for argument in probe.get("args", probe.get("arguments", []))]
    return [evidence["args"].get(name, "") for name in names]


def one_after_another(told):
    """As a shell script: each command with its own input."""
    return "".join(f"printf %s {shlex.quote(one['input'])} | ( {one['command']} ) >/dev/null 2>&1\n" for one in told)


def by_ssh(ssh, node, told, access):
    """One ssh process that runs the commands one after another; the login is part of it, as it is of the service's."""
    began = time.perf_counter()
    done = subprocess.run([ssh, *CLIENT, "-o", f"UserKnownHostsFile={access.KNOWN_HOSTS}", "-i", str(access.KEYS / "lab-ops"),
                           f"gauss-ops@{node.management}", "sh"], input=one_after_another(told) + "echo all\n", text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=300)
    taken = time.perf_counter() - began
    if done.stdout.strip() != "all":
        raise BenchFailure(f"ssh did not come to its end: {done.stderr[-500:]}")
    return taken


def written_playbook(lab, scripts, home, access):
    """A task for each command; every node runs its own, so that what differs between nodes differs here too."""
    count = min(len(told) for told in scripts.values())
    # Encoded, because ansible would take "{#" and "{%" in a command for its own; unpacking costs the node some milliseconds.
    hosts = {node.node_id: {"ansible_host": node.management, "told": [
        base64.b64encode(one_after_another([one]).encode()).decode() for one in scripts[node.node_id]]} for node in lab.nodes}
    inventory = {"all": {"hosts": hosts, "vars": {
        "ansible_user": "gauss-ops", "ansible_ssh_private_key_file": str(access.KEYS / "lab-ops"),
        "ansible_ssh_common_args": f"-F /dev/null -o UserKnownHostsFile={access.KNOWN_HOSTS} -o StrictHostKeyChecking=yes"}}}
    (home / "inventory.json").write_text(json.dumps(inventory))
    play = [{"hosts": "all", "gather_facts": False, "tasks": [
        {"name": f"command {index}", "raw": "echo {{ told[%d] }} | base64 -d | sh; true" % index, "changed_when": False} for index in range(count)]}]
    (home / "play.json").write_text(json.dumps(play))
    return home / "play.json"


def by_ansible(playbook, play, home):

    environment = {**os.environ, "ANSIBLE_NOCOWS": "1", "ANSIBLE_LOCAL_TEMP": str(home / "ansible"), "ANSIBLE_HOME": str(home / "ansible"),
                   "ANSIBLE_SSH_CONTROL_PATH_DIR": str(home / "cp"), "ANSIBLE_FORKS": "3", "LC_ALL": "C.UTF-8"}
    began = time.perf_counter()
    done = subprocess.run([playbook, "-i", str(home / "inventory.json"), str(play)], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, env=environment, timeout=600)
    taken = time.perf_counter() - began
    if done.returncode != 0:
        raise BenchFailure(f"ansible failed:\n{done.stdout[-1500:]}")
    return taken
