"""Pages of /diagnoses: how much slower a page gets with the number of diagnoses, and with how far one has paged."""

import base64
import datetime
import json
import time
import urllib.parse

from .base import BenchFailure, Row, Series, figure, scratch
from .service import service

LIMIT = 50
REPEATS, ROUNDS = 10, 12

# One real diagnosis of the practice instance is judged first. The rows are made of it, over three years, with the causes in the shares of a
# field: most are a few causes, some are rare. A real judgement has 120 kB, and a million of them would be 40 GB: one row in a thousand has it,
# and all those on the pages that are read; the others have a short one.
FILL = """
create temporary table model as select * from diagnosis where judgement is not null order by queued_at desc limit 1;
insert into diagnosis (id, instance_id, node_id, vm_id, mode, status, alarmed_at, queued_at, started_at, completed_at, attempt, failure,
                       outcome, family, cause, judgement)
select uuidv7(at - now()), 'i' || n % 5000 || 'in14', 'n' || n % 15000 || 'no14', null, 'SSH',
       case when failed then 'FAILED' else 'COMPLETED' end, at, at, at, at + interval '3 s', 1, case when failed then 'judging failed' end,
       case when not failed then o end, case when not failed then f end, case when not failed then c end,
       case when failed then null when n % 1000 = 0 or n < 300 or n between {far} - 100 and {far} + 200 then whole else short end
from (select judgement as whole, jsonb_build_object('verdict', jsonb_set(judgement -> 'verdict', '{{summary}}', '{{"en": "", "zhCn": ""}}'),
             'classifications', '[]'::jsonb, 'findings', '[]'::jsonb, 'remediation', '[]'::jsonb, 'notEvaluated', '[]'::jsonb,
             'knowledgeVersion', judgement -> 'knowledgeVersion') as short from model) model,
     (select n, date_trunc('minute', now()) - n * interval '95 s' as at, n % 1000 = 7 as failed,
             case when n % 50000 = 999 then 'LIKELY' when n % 10 = 3 then 'NO_FAULT_FOUND' else 'CONFIRMED' end as o,
             case when n % 10 = 3 then 'NONE' when n % 50000 = 999 then 'OM' else 'PROCESS' end as f,
             case when n % 10 = 3 then 'NO_FAULT_FOUND' when n % 50000 = 999 then 'OM_STATUS_UNAVAILABLE' when n % 3 = 0 then 'ETCD_DISK_FULL'
                  else 'ETCD_STOPPED_MANUALLY' end as c
      from generate_series({rows}, 1, -1) n) rows;
"""

FILTERS = {"instance": "instanceId=i4711in14", "node": "nodeId=n14711no14", "status FAILED": "status=FAILED", "rare cause": "cause=OM_STATUS_UNAVAILABLE",
           "rare outcome": "outcome=LIKELY", "rare family": "family=OM", "common cause": "cause=ETCD_DISK_FULL",
           "cause that never was": "cause=CLOCK_SKEW"}


def measure(options):
    count = 60_000 if options.quick else 1_000_000
    page = min(10_000, count // LIMIT // 2)
    with scratch("pages") as home, service(home / "few") as few, service(home / "many") as many:
        for running, rows in ((few, 1000), (many, count)):
            one_diagnosis(running)
            fill(running, rows, page * LIMIT)
        paths = {"first": f"/diagnoses?limit={LIMIT}", "far": f"/diagnoses?limit={LIMIT}&cursor={cursor(many, (page - 1) * LIMIT)}",
                 **{name: f"/diagnoses?limit={LIMIT}&{query}" for name, query in FILTERS.items()}}
        asked = {"few": (few, f"/diagnoses?limit={LIMIT}"), **{name: (many, path) for name, path in paths.items()}}
        # Both virtual machines have to have seen the same: the one is asked for as many pages as the other.
        timed({**{name: (few, path) for name, path in paths.items()}, **asked}, ROUNDS // 2)
        times = timed(asked, ROUNDS)
    base = Series("first page at 1,000 rows", "ms", times["few"])
    slowest = max(FILTERS, key=lambda name: sum(times[name]))
    bound = (f"{LIMIT} rows are read by an index in the order of the list, and turned into JSON; what is left is the request itself. "
             f"Before: the cursor's place was found by walking from the newest row, and each row's whole judgement (120 kB) was read.")
    rows = [Row.of("pages-first", f"first page of /diagnoses at {count:,} rows", Series("first page", "ms", times["first"]), base, "<= 1.5", bound),
            Row.of("pages-far", f"{page:,}th page of /diagnoses at {count:,} rows", Series(f"{page:,}th page", "ms", times["far"]), base, "<= 1.5", bound),
            Row.of("pages-filter", f"slowest filtered first page at {count:,} rows ({slowest})", Series(slowest, "ms", times[slowest]), base,
                   "<= 1.5", "each filter has an index in the order of the list; " + "; ".join(
                       figure(Series(name, "ms", times[name])) for name in FILTERS))]
    return rows


def one_diagnosis(running):
    now = datetime.datetime.now(datetime.timezone.utc).isoformat()
    status, text, _ = running.call("POST", "/alarms", {"instanceId": "practice", "nodeId": "practice-node-3", "occurredAt": now})
    if status != 202:
        raise BenchFailure(f"the alarm was answered {status}: {text[:300]}")
    path = f"/diagnoses/{json.loads(text)['diagnosisId']}"
    deadline = time.monotonic() + 60
    while running.get(path)["status"] != "COMPLETED":
        if time.monotonic() > deadline:
            raise BenchFailure("the practice diagnosis came to no end")
        time.sleep(0.1)
    return path


def fill(running, rows, far):
    # Not synced at each step: the rows are scenery.
    running.sql("set synchronous_commit = off;" + FILL.format(rows=rows, far=far), timeout=900)
    running.sql("vacuum (analyze) diagnosis; checkpoint", timeout=900)


def cursor(running, offset):
    """The service's own cursor for the place behind so many rows; what lies before it was not paged through one by one."""
    at, row_id = running.sql("select to_char(queued_at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"'), id from diagnosis "
                             f"order by queued_at desc, id desc offset {offset - 1} limit 1").split("|")
    return urllib.parse.quote(base64.urlsafe_b64encode(f"{at}|{row_id}".encode()).decode().rstrip("="))


def timed(asked, rounds):
    """For each path one figure per round: the median of some requests, milliseconds, measured in turns."""
    times = {name: [] for name in asked}
    for _ in range(rounds):
        for name, (running, path) in asked.items():
            taken = []
            for _ in range(REPEATS):
                began = time.perf_counter()
                running.get(path)
                taken.append((time.perf_counter() - began) * 1000)
            times[name].append(sorted(taken)[len(taken) // 2])
    return times
