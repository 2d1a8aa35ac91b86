"""Alarms accepted in a second, beside single-row inserts of pgbench into the same PostgreSQL by as many clients, in turns."""

import contextlib
import re
import socket
import threading

from .base import BenchFailure, Row, Series, need, run, scratch
from .service import service

CLIENTS = 32
INSTANCES = 2000

# Like a storm: each instance has three nodes, and of ten alarms about it one opens a diagnosis and nine join it, each with an identifier of its
# own. Told by each thread of wrk for itself.
STORM = """
local threads = 0
function setup(thread) threads = threads + 1; thread:set("number", threads) end
function init() count = 0; math.randomseed(number) end
function request()
  count = count + 1
  local instance = math.random(%(instances)d)
  return wrk.format("POST", "/alarms", {["Content-Type"] = "application/json"}, string.format(
    '{"alarmId":"A-%(turn)s-%%d-%%d","name":"ETCD service abnormal","instanceId":"storm%%din14","nodeId":"storm%%dn%%dno14","severity":"MAJOR",' ..
    '"occurredAt":"%(at)s","labels":{"region":"cn-north-4"}}', number, count, instance, instance, math.random(3)))
end
"""
INSERT = """\\set n random(1, 1000000)
insert into inserted (alarm, instance, node, at, labels) values ('A-' || :n, 'i' || :n, 'n' || :n, now(), '{"region": "cn-north-4"}');
"""


def measure(options):
    seconds, turns = (3, 2) if options.quick else (8, 5)
    wrk, pgbench = need("wrk", "wrk"), need("pgbench", "postgresql-client postgresql-contrib")
    accepted, inserted, cpu = Series("alarms accepted", "/s"), Series("pgbench", "/s"), []
    with scratch("alarms") as home, silent_node() as port, \
            service(home / "data", "medic.queue.most-waiting=1000000", "logging.level.org.etcdmedic=error") as running:
        instances(running, port)
        running.sql("create table inserted (id bigserial primary key, alarm text, instance text, node text, at timestamptz, labels jsonb)")
        (home / "insert.sql").write_text(INSERT)
        storm(running, home, wrk, "warm", seconds)
        for turn in range(turns):
            done = run(pgbench, "-n", "-f", home / "insert.sql", "-c", CLIENTS, "-j", "2", "-T", seconds, env=running.database(), cwd=home)
            inserted.values.append(float(re.search(r"tps = ([\d.]+)", done.stdout).group(1)))
            before = running.cpu_seconds()
            rate, count = storm(running, home, wrk, str(turn), seconds)
            accepted.values.append(rate)
            cpu.append((running.cpu_seconds() - before) / count * 1e6)
    busy = sorted(cpu)[len(cpu) // 2]
    return [Row.of("alarms", f"alarms accepted per second, {CLIENTS} clients", accepted, inserted, ">= 0.5",
                   f"{busy:.0f} microseconds of the service's processor time for each alarm (HTTP, JSON, one transaction of three to five round trips), beside the "
                   "database's and the clients' on the same two processors; not the disk.", cpuMicros=cpu)]


@contextlib.contextmanager
def silent_node():
    """A port on loopback that takes connections and says nothing: what asks it waits, as in a storm of dead nodes, and costs no time."""
    with socket.create_server(("127.0.0.1", 0), backlog=1024) as server:
        kept = []

        def take():
            with contextlib.suppress(OSError):
                while True:
                    kept.append(server.accept()[0])
        threading.Thread(target=take, daemon=True).start()
        try:
            yield server.getsockname()[1]
        finally:
            server.shutdown(socket.SHUT_RDWR)
            for one in kept:
                one.close()


def instances(running, port):
    """Put once over the API, so that the shape is the service's own; the others are copies of that row."""
    nodes = [{"nodeId": f"storm0n{k}no14", "host": "127.0.0.1", "sshPort": port, "login": "practice"} for k in (1, 2, 3)]
    running.put_instance("storm0in14", "storm0", nodes)
    running.sql("insert into instance (instance_id, name, nodes, updated_at) select 'storm' || n || 'in14', name, "
                f"replace(nodes::text, 'storm0n', 'storm' || n || 'n')::jsonb, updated_at from instance, generate_series(1, {INSTANCES}) n "
                "where instance_id = 'storm0in14'")


def storm(running, home, wrk, turn, seconds):
    """Alarms per second, as the database has them: what the clients were told is not believed."""
    script = home / f"storm-{turn}.lua"
    at = running.sql("select to_char(now() at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')")
    script.write_text(STORM % {"instances": INSTANCES, "turn": turn, "at": at})
    done = run(wrk, "-t", "2", "-c", CLIENTS, "-d", f"{seconds}s", "--timeout", "60s", "-s", script, f"http://127.0.0.1:{running.port}")
    if "Non-2xx" in done.stdout or "Socket errors" in done.stdout:
        raise BenchFailure(f"not every alarm was accepted:\n{done.stdout}")
    taken = float(re.search(r"requests in ([\d.]+)s", done.stdout).group(1))
    kept = int(running.sql(f"select count(*) from alarm where alarm_id like 'A-{turn}-%' and diagnosis_id is not null"))
    answered = int(re.search(r"(\d+) requests in", done.stdout).group(1))
    if kept < answered:
        raise BenchFailure(f"{answered} alarms were answered and {kept} are kept")
    return answered / taken, kept
