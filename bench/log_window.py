#!/usr/bin/python3
"""What the probe "log-window" costs out of large logs, with a log of one mebibyte as the baseline of the same run.

    bench/log_window.py [--sizes 1,1024,5120] [--runs 21] [--shells dash,bash,busybox] [--dir DIR]

Writes logs of the given sizes in mebibytes (no holes; each mebibyte spans 24 minutes, at a rate that goes up and down by a third), with the same twelve
minutes of the window in their middle ("within") or three minutes before their end ("at the end", as when the alarm is fresh), runs the
shipped script on each in turn, and removes them. Prints the median of the wall-clock time, the spread from the first to the third quartile, the
processor time of the script with its children, and the ratio of each to the smallest log. Exit status 1 when a ratio of medians of the
first shell is above 1.2. The goal stands for an idle machine; the load average is printed.
"""

import argparse
import datetime
import math
import os
import pathlib
import random
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time

ALARM = 1_795_344_003
GOAL = 1.2
MEBIBYTE = 1 << 20
SECONDS_PER_MEBIBYTE = 24 * 60
SHELLS = {"dash": ["dash"], "bash": ["bash", "--posix"], "busybox": ["busybox", "sh"]}
MESSAGES = [
    'etcdserver: read-only range request "key:\\"/cm/{0}\\" " with result "range_response_count:1 size:{1}" took too long ({1}ms) to execute',
    "rafthttp: the clock difference against peer {0:x} is too high [1.{1}s > 1s]",
    "mvcc: finished scheduled compaction at {0} (took {1}ms)",
    "wal: sync duration of 1.{1}s, expected less than 1s",
]


def script():
    probe = pathlib.Path(__file__).resolve().parent.parent / "src/main/resources/probes/log-window.yaml"
    found = re.search(r"script: >-\n(.*?)\nwhy:", probe.read_text(), re.S)
    return " ".join(line.strip() for line in found.group(1).split("\n"))


def when(place, alarm_at):
    """The second at which the byte at this place was written."""
    mebibytes = (place - alarm_at) / MEBIBYTE
    return ALARM + SECONDS_PER_MEBIBYTE * (mebibytes + math.sin(mebibytes) / 3)


def write(path, size, alarm_at):
    words = random.Random(20261123)
    with open(path, "wb", MEBIBYTE) as log:
        place, stamped, stamp = 0, None, ""
        while place < size:
            seconds = when(place, alarm_at)
            if int(seconds) != stamped:
                stamped = int(seconds)
                stamp = datetime.datetime.fromtimestamp(stamped, datetime.timezone.utc).strftime("%Y-%m-%d %H:%M:%S")
            message = MESSAGES[place & 3].format(words.getrandbits(24), place % 997)
            line = f"{stamp}.{int(seconds % 1 * 1e6):06d} W | {message}\n".encode()
            log.write(line)
            place += len(line)


def once(shell, text, log):
    given = [log, 1_800_000, ALARM - 605, ALARM - 185, ALARM, ALARM + 125, 0, 0]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begin = time.perf_counter()
    said = subprocess.run(SHELLS[shell] + ["-c", text], input="".join(f"{one}\n" for one in given).encode(), stdout=subprocess.PIPE,
                          env={"PATH": os.environ["PATH"], "LC_ALL": "C"}, check=True).stdout
    took = time.perf_counter() - begin
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if not said.endswith(b" whole\n"):
        sys.exit(f"{log}: not read whole: {said[-80:]!r}")
    return took, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, len(said)


def main():
    read = argparse.ArgumentParser(description="cost of the window out of large logs")
    read.add_argument("--sizes", default="1,1024,5120")
    read.add_argument("--runs", type=int, default=21)
    read.add_argument("--shells", default="dash")
    read.add_argument("--dir")
    options = read.parse_args()
    sizes = [int(one) for one in options.sizes.split(",")]
    shells = options.shells.split(",")
    text = script()
    missed = False
    with tempfile.TemporaryDirectory(dir=options.dir) as home:
        for place in ("within", "at the end"):
            logs = {}
            for size in sizes:
                logs[size] = f"{home}/etcd-{size}.log"
                until_end = size * MEBIBYTE // 2 if place == "within" else MEBIBYTE // 8
                write(logs[size], size * MEBIBYTE, size * MEBIBYTE - until_end)
            print(f"window {place}, {options.runs} runs in turn, load average {os.getloadavg()[0]:.1f}")
            print("| shell | log (MiB) | ms, median | quartiles | ratio | processor ms | ratio | bytes sent |\n|---|---|---|---|---|---|---|---|")
            for shell in shells:
                taken = {size: [] for size in sizes}
                for number in range(options.runs + 1):
                    for size in sizes:
                        cost = once(shell, text, logs[size])
                        if number:  # The first round fills the page cache.
                            taken[size].append(cost)
                wall = {size: statistics.median(cost[0] for cost in taken[size]) for size in sizes}
                used = {size: statistics.median(cost[1] for cost in taken[size]) for size in sizes}
                for size in sizes:
                    low, _, high = statistics.quantiles([cost[0] * 1e3 for cost in taken[size]], n=4)
                    print(f"| {shell} | {size} | {wall[size] * 1e3:.1f} | {low:.1f} to {high:.1f} | {wall[size] / wall[sizes[0]]:.2f} "
                          f"| {used[size] * 1e3:.1f} | {used[size] / used[sizes[0]]:.2f} | {taken[size][0][2]} |")
                missed |= shell == shells[0] and any(wall[size] > GOAL * wall[sizes[0]] for size in sizes)
            print(flush=True)
    return 1 if missed else 0


sys.exit(main())
