#!/usr/bin/python3
"""Records what the probe "firewall" reads where a real firewalld has loaded its rules, and which connections really come through.

Needs root, firewalld, dbus-daemon, and both backends (nftables, iptables). Everything lives in two namespaces of its own, nothing of
the machine is touched. Run it in the root of the project; it writes src/test/resources/firewall/firewalld/CASE-BACKEND.txt:

    # what was typed
    try IN 10.77.0.2 2380 lost          <- a connection that was opened, and whether it was answered
    section iptables                    <- from here on what the probe printed
"""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

HERE, THERE = f"fwd{os.getpid()}a", f"fwd{os.getpid()}b"
HOME = pathlib.Path("src/test/resources/firewall")
PORTS = [2379, 2380, 8080]
PEERS = ["10.77.0.2", "10.77.0.3", "fd77::2"]
OPEN = "firewall-cmd --zone=public --add-port=2379-2380/tcp"


def rich(rule, zone="public"):
    return f"firewall-cmd --zone={zone} --add-rich-rule='{rule}'"


CASES = {
    "default-zone": ["firewall-cmd --get-default-zone"],
    "ports-open": [OPEN],
    "rich-reject": [OPEN, rich('rule family="ipv4" source address="10.77.0.2" port port="2380" protocol="tcp" reject')],
    "rich-drop-source": [OPEN, rich('rule family="ipv4" source address="10.77.0.2" drop')],
    "rich-log-drop-priority": [OPEN, rich('rule priority="-10" family="ipv4" source address="10.77.0.3" '
                                          'port port="2380" protocol="tcp" log prefix="etcd: " level="info" drop')],
    "rich-accept-one": [rich('rule family="ipv4" source address="10.77.0.2" port port="2379-2380" protocol="tcp" accept')],
    "rich-priority": [OPEN, rich('rule priority="-1" family="ipv4" source address="10.77.0.2" port port="2380" protocol="tcp" accept'),
                      rich('rule family="ipv4" source address="10.77.0.0/24" port port="2380" protocol="tcp" reject')],
    "rich-last": [OPEN, rich('rule priority="100" family="ipv4" source address="10.77.0.2" port port="2380" protocol="tcp" drop')],
    "rich-ipv6": [OPEN, rich('rule family="ipv6" source address="fd77::2" port port="2380" protocol="tcp" reject type="icmp6-adm-prohibited"')],
    "rich-not-source": [OPEN, rich('rule family="ipv4" source NOT address="10.77.0.2" port port="2380" protocol="tcp" drop')],
    "source-zone-drop": [OPEN, "firewall-cmd --zone=drop --add-source=10.77.0.3"],
    "source-zone-block": [OPEN, "firewall-cmd --zone=block --add-source=10.77.0.2"],
    "source-zone-trusted": ["firewall-cmd --zone=trusted --add-source=10.77.0.2"],
    "ipset-drop": ["firewall-cmd --permanent --new-ipset=foes --type=hash:ip", "firewall-cmd --permanent --ipset=foes --add-entry=10.77.0.2",
                   "firewall-cmd --permanent --zone=drop --add-source=ipset:foes", "firewall-cmd --reload",
                   "firewall-cmd --zone=public --change-interface=eth1", OPEN],
    "rich-ipset": ["firewall-cmd --permanent --new-ipset=foes --type=hash:ip", "firewall-cmd --permanent --ipset=foes --add-entry=10.77.0.3",
                   "firewall-cmd --reload", "firewall-cmd --zone=public --change-interface=eth1", OPEN,
                   rich('rule source ipset="foes" drop')],
    "direct-rule": [OPEN, "firewall-cmd --direct --add-rule ipv4 filter INPUT 0 -p tcp --dport 2380 -j DROP"],
    "policy-out": ["firewall-cmd --permanent --new-policy=outgoing", "firewall-cmd --permanent --policy=outgoing --add-ingress-zone=HOST",
                   "firewall-cmd --permanent --policy=outgoing --add-egress-zone=ANY",
                   "firewall-cmd --permanent --policy=outgoing --add-rich-rule='rule family=\"ipv4\" destination address=\"10.77.0.2\" "
                   "port port=\"2380\" protocol=\"tcp\" reject'", "firewall-cmd --reload",
                   "firewall-cmd --zone=public --change-interface=eth1", OPEN],
    "panic": [OPEN, "firewall-cmd --panic-on"],
}


def run(command, namespace=None, check=True):
    full = ["ip", "netns", "exec", namespace, "sh", "-c", command] if namespace else ["sh", "-c", command]
    done = subprocess.run(full, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if check and done.returncode:
        sys.exit(f"{command}: {done.stdout}{done.stderr}")
    return done.stdout


def network():
    run(f"ip netns add {HERE}; ip netns add {THERE}; ip link add eth1 netns {HERE} type veth peer name eth1 netns {THERE}")
    for space, addresses in ((HERE, ["10.77.0.1/24", "fd77::1/64"]), (THERE, ["10.77.0.2/24", "10.77.0.3/24", "fd77::2/64"])):
        run("ip link set lo up", space)
        for address in addresses:
            run(f"ip addr add {address} dev eth1" + (" nodad" if ":" in address else ""), space)
        run("ip link set eth1 up", space)


def agent(space, addresses):
    said = subprocess.Popen(["ip", "netns", "exec", space, "python3", str(HOME / "agent.py")]
                            + [f"{a}/{p}" for a in addresses for p in PORTS],
                            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert said.stdout.readline().strip() == "ready"
    return said


def attempt(agents):
    tries = [(way, peer, port) for peer in PEERS for port in PORTS for way in ("IN", "OUT")]
    lines = []
    for number, way in ((0, "OUT"), (1, "IN")):
        asked = [(w, peer, port) for w, peer, port in tries if w == way]
        own = [("fd77::1" if ":" in peer else "10.77.0.1") for _, peer, _ in asked]
        pairs = [[o, peer, port, 1.5] if way == "OUT" else [peer, o, port, 1.5] for o, (_, peer, port) in zip(own, asked)]
        agents[number].stdin.write(json.dumps(pairs) + "\n")
        agents[number].stdin.flush()
        answered = json.loads(agents[number].stdout.readline())
        lines += [f"try {w} {peer} {port} {'answered' if ok else 'lost'}" for (w, peer, port), ok in zip(asked, answered)]
    return lines


def probe():
    text = pathlib.Path("src/main/resources/probes/firewall.yaml").read_text()
    script = " ".join(line.strip() for line in re.search(r"script: >-\n(.*?)\nwhy:", text, re.S).group(1).split("\n"))
    return run(f"exec sh -c '{script}'", HERE, check=False)


def record(case, backend, agents):
    home = tempfile.mkdtemp()
    shutil.copytree("/etc/firewalld", home + "/etc")
    settings = pathlib.Path(home + "/etc/firewalld.conf")
    settings.write_text(re.sub(r"(?m)^FirewallBackend=.*", f"FirewallBackend={backend}", settings.read_text()))
    commands = "\n".join(CASES[case])
    inside = pathlib.Path(home + "/inside")
    inside.write_text(f"""
mount -t tmpfs t /run; mkdir -p /run/dbus /run/firewalld; mount -t tmpfs t /var/log; mount --bind {home}/etc /etc/firewalld
dbus=$(dbus-daemon --system --fork --nopidfile --address=unix:path=/run/dbus/system_bus_socket --print-pid=1)
firewalld --nofork --nopid > {home}/said 2>&1 &
daemon=$!
for i in $(seq 60); do firewall-cmd --state > /dev/null 2>&1 && break; sleep 0.5; done
set -e
firewall-cmd --zone=public --change-interface=eth1
{commands}
touch {home}/ready
while [ -e {home}/ready ]; do sleep 0.2; done
kill $daemon $dbus; wait
""")
    run("nft flush ruleset", HERE)
    daemon = subprocess.Popen(["ip", "netns", "exec", HERE, "unshare", "-m", "sh", str(inside)], stdin=subprocess.DEVNULL,
                              stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    while not pathlib.Path(home + "/ready").exists():
        if daemon.poll() is not None:
            sys.exit(f"{case} {backend}: {daemon.stderr.read()}")
        time.sleep(0.2)
    (HOME / "firewalld" / f"{case}-{backend}.txt").write_text(
        "".join(f"# {c}\n" for c in CASES[case]) + "\n".join(attempt(agents)) + "\n" + probe())
    pathlib.Path(home + "/ready").unlink()
    daemon.wait(30)
    shutil.rmtree(home)


def main():
    network()
    agents = []
    try:
        agents = [agent(HERE, ["10.77.0.1", "fd77::1"]), agent(THERE, PEERS)]
        for backend in ("nftables", "iptables"):
            for case in CASES:
                if len(sys.argv) == 1 or case in sys.argv[1:]:
                    record(case, backend, agents)
                    print(case, backend, flush=True)
    finally:
        for one in agents:
            one.kill()
        run(f"ip netns del {HERE}; ip netns del {THERE}")


main()
