"""The window out of long logs: runs bench/log_window.py, which measures a log of 1 MB and long ones in turns, and reads its table."""

import re
import sys

from .base import PROJECT, BenchFailure, Row, run, scratch

PROGRAM = PROJECT / "bench" / "log_window.py"
LINE = re.compile(r"\| dash \| (\d+) \| ([\d.]+) \| ([\d.]+) to ([\d.]+) \| ([\d.]+) \|")


def measure(options):
    if not PROGRAM.exists():
        raise BenchFailure(f"{PROGRAM} is not there")
    sizes = "1,64" if options.quick else "1,1024,5120"
    with scratch("window") as home:
        done = run(sys.executable, PROGRAM, "--sizes", sizes, "--dir", home, timeout=1200, check=False)
    rows, place, small = [], "", 0.0
    for line in done.stdout.splitlines():
        if line.startswith("window "):
            place = line.split(",")[0].removeprefix("window ")
        found = LINE.match(line)
        if found:
            size, millis, low, high = int(found[1]), *map(float, found.groups()[1:4])
            if size == 1:
                small = millis
                continue
            rows.append(Row(f"window-{size}-{place.replace(' ', '-')}", f"the window {place} a log of {size} MiB", f"{millis:g} ms",
                            f"the same of 1 MiB: {small:g} ms", [low / small, millis / small, high / small], "<= 1.2",
                            "the looks of the bisection, each a process or two of the shell on the node; the spread is that of the quartiles."))
    if not rows:
        raise BenchFailure(f"log_window.py printed no table:\n{done.stdout[-1000:]}{done.stderr[-1000:]}")
    return rows
