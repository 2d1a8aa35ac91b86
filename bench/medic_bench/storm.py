"""The storm of alarms to its last verdict: runs bench/storm, which measures a diagnosis alone in the same run, and reads what it says."""

import re

from .base import PROJECT, BenchFailure, Row, run

PROGRAM = PROJECT / "bench" / "storm"
ACCEPTED = re.compile(r"acceptance p50 (\d+) ms, p99 (\d+) ms")
LINE = re.compile(r"; (\d+) diagnoses .*the last verdict after ([\d.]+) s; one alone takes (\d+) ms of processor time;.* = ([\d.]+);")


def measure(options):
    if not PROGRAM.exists():
        raise BenchFailure(f"{PROGRAM} is not there")
    smaller = ["-Dmedic.storm.alarms=500", "-Dmedic.storm.seconds=10"] if options.quick else []
    done = run(PROGRAM, *smaller, timeout=1200, check=False)
    found = LINE.search(done.stdout)
    if not found:
        raise BenchFailure(f"bench/storm told no ratio:\n{done.stdout[-2000:]}{done.stderr[-1000:]}")
    count, last, alone, ratio = found.groups()
    half, nearly_all = ACCEPTED.search(done.stdout).groups()
    return [Row("storm-p99", "p99 of acceptance in the storm, beside 100 ms", f"p50 {half} ms, p99 {nearly_all} ms", "100 ms", [int(nearly_all) / 100], "<= 1",
                "an alarm costs three to five round trips to the database, each behind all else that wants one of two processors"),
            Row("storm", "the storm's last verdict", f"{last} s for {count} diagnoses", f"{count} x {alone} ms of processor time over two cores",
                [float(ratio)], "<= 1.5", "a single run, so without a spread; the alarms themselves come over a minute. " + "; ".join(
                    line.removeprefix("storm: ") for line in done.stdout.splitlines()
                    # What other verdicts there were is for whoever reads the run itself.
                    if line.startswith("storm: ") and not line.startswith("storm: otherwise")))]
