"""What a diagnosis leaves behind and takes: bytes of the database by table beside the bytes that nodes sent, the process's memory and time."""

import datetime
import re
import time
import urllib.request

from .base import BenchFailure, Row, Series, scratch
from .service import service

OPEN = ("QUEUED", "RUNNING")
TABLES = ("select relname || ' ' || pg_total_relation_size(relid) from pg_stat_user_tables "
          "where pg_total_relation_size(relid) > 0 order by relname")


def measure(options):
    turns, many = (2, 5) if options.quick else (5, 40)
    kept, sent, cpu = Series("kept in the database for each diagnosis", "kB"), Series("sent by its nodes", "kB"), []
    with scratch("size") as home, service(home / "data", "medic.queue.most-waiting=10000", jvm=("-Xmx512m",)) as running:
        running.sql("alter system set autovacuum = off")
        running.sql("select pg_reload_conf()")
        idle = resident(running)
        diagnose(running, "warm", 10)
        begun = tables(running)
        for turn in range(turns):
            before, heard, busy = sum(tables(running).values()), read(running), running.cpu_seconds()
            diagnose(running, str(turn), many)
            kept.values.append((sum(tables(running).values()) - before) / many / 1000)
            sent.values.append((read(running) - heard) / many / 1000)
            cpu.append((running.cpu_seconds() - busy) / many * 1000)
        count = turns * many
        grown = {name: (size - begun.get(name, 0)) / count / 1000 for name, size in tables(running).items()}
        most = ", ".join(f"{name} {size:.1f}" for name, size in sorted(grown.items(), key=lambda item: -item[1])[:6])
        busy, peak = resident(running), resident(running, "VmHWM")
        with urllib.request.urlopen(f"http://127.0.0.1:{running.port}/diagnoses/{newest(running)}/bundle", timeout=60) as answer:
            package = len(answer.read())
    median = sorted(cpu)[len(cpu) // 2]
    return [Row.of("size", "bytes kept for each diagnosis of three nodes, beside what the nodes sent", kept, sent, "reported",
                   f"{count} diagnoses of the practice start's three nodes, indexes included, kB by table: {most}. {median:.0f} ms of the service's processor time for "
                   f"each. The process (-Xmx512m): {idle} MiB when ready, {busy} MiB after them, {peak} MiB at most. The package: {package / 1000:.0f} kB.",
                   cpuMillis=cpu)]


def diagnose(running, turn, many):
    """So many, one after the other, each by an alarm of its own, as soon as the one before is over."""
    nodes = running.get("/instances")["items"][0]
    for number in range(many):
        at = datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        status, text, _ = running.call("POST", "/alarms", {
            "alarmId": f"size-{turn}-{number}", "name": "ETCD service abnormal", "instanceId": nodes["instanceId"],
            "nodeId": nodes["nodes"][number % len(nodes["nodes"])]["nodeId"], "occurredAt": at})
        found = re.search(r'"diagnosisId":"([^"]+)"', text)
        if status != 202 or not found:
            raise BenchFailure(f"POST /alarms answered {status}: {text[:300]}")
        until = time.monotonic() + 120
        while running.get(f"/diagnoses/{found.group(1)}")["status"] in OPEN:
            if time.monotonic() > until:
                raise BenchFailure("a diagnosis does not end")
            time.sleep(0.05)


def newest(running):
    return running.get("/diagnoses?limit=1")["items"][0]["id"]


def tables(running):
    return {name: int(size) for name, size in (line.split() for line in running.sql(TABLES).splitlines())}


def read(running):
    """Bytes that nodes sent as answers, by the service's own account."""
    status, text, _ = running.call("GET", "/actuator/prometheus")
    if status != 200:
        raise BenchFailure(f"/actuator/prometheus answered {status}")
    return sum(float(line.rsplit(" ", 1)[1]) for line in text.splitlines() if line.startswith("medic_probe_read"))


def resident(running, field="VmRSS"):
    with open(f"/proc/{running.process.pid}/status", encoding="ascii") as status:
        return next(int(line.split()[1]) >> 10 for line in status if line.startswith(field + ":"))
