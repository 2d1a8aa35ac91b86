"""The command line: bench/run [NAME...] [--quick] [--report]."""

import argparse
import signal
import sys
import time

from . import alarms, engine, pages, report, size, start, storm, verdict, window
from .base import BenchFailure, keep, load

# In this order: the shortest first, so that a mistake shows early.
BENCHMARKS = {"engine": engine.measure, "window": window.measure, "start": start.measure, "size": size.measure, "alarms": alarms.measure, "pages": pages.measure, "verdict": verdict.measure,
              "storm": storm.measure}


def main(arguments=None):
    parser = argparse.ArgumentParser(prog="bench/run", description="Benchmarks with a baseline in the same run; see docs/benchmarks.md.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHMARKS) + "; all when none is named")
    parser.add_argument("--quick", action="store_true", help="small sizes, to try a benchmark out; its figures say nothing")
    parser.add_argument("--lab", type=int, default=1, choices=range(1, 10), metavar="N", help="which lab the benchmark verdict uses")
    parser.add_argument("--report", action="store_true", help="write the table into docs/benchmarks.md from the results that are there")
    options = parser.parse_args(arguments)
    unknown = [name for name in options.names if name not in BENCHMARKS]
    if unknown:
        parser.error(f"no such benchmark: {', '.join(unknown)}")
    # SIGTERM takes the way of SIGINT, so that every clean-up runs.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    failed = []
    try:
        for name in [] if options.report and not options.names else options.names or BENCHMARKS:
            if not measured(name, options):
                failed.append(name)
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return 130
    if options.report and not options.quick:
        report.write()
    return 2 if failed else 0


def measured(name, options):
    print(f"{name} ...", file=sys.stderr, flush=True)
    before, began = load(), time.monotonic()
    try:
        rows = BENCHMARKS[name](options)
    except BenchFailure as failure:
        print(f"{name}: {failure}", file=sys.stderr)
        return False
    result = keep(name, rows, time.monotonic() - began, {"before": before, "after": load()}, options.quick)
    for row in result["rows"]:
        print(report.line(row), flush=True)
    print(f"{name}: {result['seconds']} s, load {before} before", file=sys.stderr, flush=True)
    return True
