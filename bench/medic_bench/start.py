"""From the start of the process to its readiness, with the JDK's AOT cache and without, in turns, on a database that is there already."""

import contextlib
import time

from .base import BenchFailure, Row, Series, extracted, java, run, scratch
from .service import service


def measure(options):
    rounds = 2 if options.quick else 5
    application = extracted()
    with scratch("start") as home:
        cache = home / "medic.aot"
        with service(home / "data"):
            pass  # makes the database, which no later start has to
        # The training start: it ends by itself as soon as the service is ready.
        trained = run("setpriv", "--pdeathsig", "TERM", java(), f"-XX:AOTCacheOutput={cache}", "-Dspring.context.exit=onRefresh", "-jar", application,
                      f"--medic.practice.directory={home / 'data'}", "--server.port=0", timeout=300, cwd=home)
        if not cache.exists():
            raise BenchFailure(f"the training start left no cache:\n{trained.stdout[-1500:]}{trained.stderr[-1500:]}")
        with_cache, without = Series("with the cache", "s"), Series("without", "s")
        for _ in range(rounds):
            without.values.append(once(home))
            with_cache.values.append(once(home, f"-XX:AOTCache={cache}"))
        size = cache.stat().st_size
    bound = (f"ready after {with_cache.median():.1f} s with the cache ({size >> 20} MiB), {without.median():.1f} s without; the practice start, which also "
             "starts its own PostgreSQL and an SSH server. Without the cache class loading and verification of Spring and Hibernate; with it "
             "Hibernate's mapping, Flyway's look at the schema and our knowledge.")
    return [Row.of("start", "start to ready, with the AOT cache", with_cache, without, "reported", bound),
            Row("start-limit", "start to ready within 5 s, with the AOT cache", f"{with_cache.median():.3g} s", "5 s",
                [value / 5 for value in with_cache.values], "<= 1", bound)]


def once(home, *jvm):
    began = time.perf_counter()
    with contextlib.ExitStack() as stack:
        stack.enter_context(service(home / "data", jvm=jvm, pause=0.02))
        taken = time.perf_counter() - began
    return taken
