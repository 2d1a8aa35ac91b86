"""What every benchmark needs: the programs, the result's shape, and noise that is told instead of hidden."""

import contextlib
import dataclasses
import datetime
import json
import os
import platform
import shutil
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent.parent
WORK = PROJECT / "target" / "bench"
RESULTS = WORK / "results"


class BenchFailure(Exception):
    """The benchmark could not be run; says nothing about speed."""


class Missing(BenchFailure):
    """A program that only the benchmarks need is not installed."""


def need(program, package):
    path = shutil.which(program)
    if path is None:
        raise Missing(f"{program} is missing: apt-get install --no-install-recommends {package}")
    return path


def java_home():
    """A JDK 25: $JAVA_HOME, else below /usr/lib/jvm."""
    homes = [Path(os.environ["JAVA_HOME"])] if "JAVA_HOME" in os.environ else []
    for home in homes + sorted(Path("/usr/lib/jvm").glob("*25*")):
        release = home / "release"
        if release.exists() and 'JAVA_VERSION="25' in release.read_text():
            return home
    raise Missing("no JDK 25 in JAVA_HOME or below /usr/lib/jvm")


def java():
    return java_home() / "bin" / "java"


def run(*command, timeout=600, check=True, **options):
    done = subprocess.run([str(part) for part in command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, errors="replace",
                          timeout=timeout, **{"stdin": subprocess.DEVNULL, **({} if "input" not in options else {"stdin": None}), **options})
    if check and done.returncode != 0:
        raise BenchFailure(f"exit {done.returncode}: {' '.join(map(str, command))[:300]}\n{done.stdout[-2000:]}{done.stderr[-2000:]}".rstrip())
    return done


def wait_until(what, condition, timeout, pause=0.1):
    deadline = time.monotonic() + timeout
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > deadline:
            raise BenchFailure(f"not within {timeout} s: {what}")
        time.sleep(pause)


def jar(practice):
    """The packaged jar, from this tree."""
    jars = [path for path in (PROJECT / "target").glob("etcd-medic-*.jar")
            if path.name.endswith("-practice.jar") == practice and "sources" not in path.name]
    if not jars:
        raise BenchFailure("no jar below target/: mvn -q -ntp package -DskipTests")
    return max(jars, key=lambda path: path.stat().st_mtime)


def extracted(practice=True):
    """The jar in its extracted layout, as a container image or a service unit would start it; made anew for a newer jar."""
    source = jar(practice)
    home = WORK / ("extracted-practice" if practice else "extracted")
    there = home / source.name
    if not there.exists() or there.stat().st_mtime < source.stat().st_mtime:
        shutil.rmtree(home, ignore_errors=True)
        run(java(), "-Djarmode=tools", "-jar", source, "extract", "--destination", home)
        os.utime(there)
    return there


@contextlib.contextmanager
def scratch(name):
    """A directory that is gone afterwards."""
    WORK.mkdir(parents=True, exist_ok=True)
    path = Path(tempfile.mkdtemp(prefix=f"{name}-", dir=WORK))
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


def load():
    return round(os.getloadavg()[0], 2)


@dataclasses.dataclass
class Series:
    """Something measured several times. Pairs of a subject and its baseline are measured one after the other."""

    what: str
    unit: str
    values: list = dataclasses.field(default_factory=list)

    def median(self):
        return statistics.median(self.values)

    def quantile(self, share):
        ordered = sorted(self.values)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]

    def as_json(self):
        return {"what": self.what, "unit": self.unit, "median": rounded(self.median()), "values": [rounded(value) for value in self.values]}


def rounded(value):
    return float(f"{value:.4g}")


@dataclasses.dataclass
class Row:
    """One line of the table: a ratio for each repetition, and what bounds it."""

    id: str
    title: str
    subject: str
    baseline: str
    ratios: list
    goal: str
    bound: str
    details: dict = dataclasses.field(default_factory=dict)

    @staticmethod
    def of(id, title, subject, baseline, goal, bound, **details):
        """Of two series measured in turns: the ratio of each pair."""
        ratios = [one / other for one, other in zip(subject.values, baseline.values)]
        return Row(id, title, figure(subject), figure(baseline), ratios, goal, bound,
                   {"subject": subject.as_json(), "baseline": baseline.as_json(), **details})

    def ratio(self):
        return statistics.median(self.ratios)

    def met(self):
        if self.goal.startswith("<= "):
            return self.ratio() <= float(self.goal[3:])
        if self.goal.startswith(">= "):
            return self.ratio() >= float(self.goal[3:])
        return None

    def as_json(self):
        return {"id": self.id, "title": self.title, "subject": self.subject, "baseline": self.baseline, "goal": self.goal,
                "ratio": rounded(self.ratio()), "spread": [rounded(min(self.ratios)), rounded(max(self.ratios))],
                "ratios": [rounded(ratio) for ratio in self.ratios], "met": self.met(), "bound": self.bound, "details": self.details}


def figure(series):
    return f"{series.what}: {rounded(series.median()):g} {series.unit}"


def keep(name, rows, seconds, loads, quick):
    """Writes the machine-readable result that docs/benchmarks.md is made from; not from that of a trial with small sizes."""
    directory = RESULTS.with_name("trials") if quick else RESULTS
    directory.mkdir(parents=True, exist_ok=True)
    result = {"benchmark": name, "at": datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds"),
              "seconds": round(seconds), "machine": machine(), "load": loads, "rows": [row.as_json() for row in rows]}
    (directory / f"{name}.json").write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n")
    return result


def machine():
    memory = next(int(line.split()[1]) for line in Path("/proc/meminfo").read_text().splitlines() if line.startswith("MemTotal"))
    return {"processors": os.cpu_count(), "memoryGiB": round(memory / 1024 / 1024), "system": f"{platform.system()} {platform.release()}",
            "java": run(java(), "--version").stdout.splitlines()[0]}
