"""The knowledge engine over a long log, in turns with grep and the same fixed words."""

from .base import PROJECT, BenchFailure, Row, Series, extracted, java, run, scratch


def measure(options):
    megabytes, turns = (10, 3) if options.quick else (100, 9)
    classes = PROJECT / "target" / "test-classes"
    if not (classes / "org" / "etcdmedic" / "bench" / "EngineBench.class").exists():
        raise BenchFailure("target/test-classes holds no benchmark: mvn -q -ntp package -DskipTests")
    library = extracted().parent
    with scratch("engine") as home:
        done = run(java(), "-Xmx1g", "-cp", f"{classes}:{library}/*:{library}/lib/*", "org.etcdmedic.bench.EngineBench", home, megabytes, turns,
                   cwd=PROJECT, timeout=900)
    grep, matching, both = (Series(what, "lines/s") for what in ("grep -F -c", "signatures", "reading and signatures"))
    for line in done.stdout.splitlines():
        grep_ns, match_ns, read_ns, lines, matched = map(int, line.split())
        grep.values.append(lines / grep_ns * 1e9)
        matching.values.append(lines / match_ns * 1e9)
        both.values.append(lines / (match_ns + read_ns) * 1e9)
    said = f"{lines:,} lines of {megabytes} MB, of which {matched:,} match"
    return [Row.of("engine", f"lines to matches, {megabytes} MB", matching, grep, ">= 0.3",
                   f"{said}. All words are looked for at once (Aho and Corasick), one step for each character, memory-bound by the table of steps; "
                   "expressions run only where a word occurs."),
            Row.of("engine-reading", f"text to matches, {megabytes} MB", both, grep, ">= 0.3",
                   f"{said}. Reading: time, level, dialect, envelope and fields of every line, which grep does not do.")]
