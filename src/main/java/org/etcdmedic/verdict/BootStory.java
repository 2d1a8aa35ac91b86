package org.etcdmedic.verdict;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.etcdmedic.evidence.BootLine;
import org.etcdmedic.evidence.RebootRecords;
import org.etcdmedic.evidence.Source;

/** Row V2: how the guest ended before a boot, as its login records and its system log tell: in order, by a panic, or without a word. */
final class BootStory {
    /** A shutdown and the boot after it lie no further apart, unless the login records say that they belong together. */
    private static final Duration BEFORE = Duration.ofMinutes(10);

    /** The kernel's boot time and the log's time of its first lines may differ by so much. */
    private static final Duration ROUNDED = Duration.ofSeconds(30);

    private BootStory() {}

    /** How it ended before this boot; empty where nothing tells. */
    static Optional<Observation> before(NodeCase node, Instant booted) {
        Optional<BootLine> line = lines(node)
                .filter(one -> one.kind() != BootLine.Kind.BOOT)
                .filter(one ->
                        !one.at().isBefore(booted.minus(BEFORE)) && !one.at().isAfter(booted.plus(ROUNDED)))
                .min(Comparator.comparing(BootLine::kind));
        return line.<Observation>map(found -> ended(
                        found.kind() == BootLine.Kind.PANIC ? "boot-after-panic" : "boot-after-shutdown",
                        booted,
                        found.at(),
                        found.text(),
                        found.source()))
                .or(() -> byRecords(node, booted));
    }

    /** Boots in the window that a later boot hides from the kernel's own boot time. */
    static Optional<Observation> earlier(NodeCase node) {
        Stream<RebootRecords.Entry> records = node.evidence().rebootRecords().known().stream()
                .flatMap(known -> known.entries().stream())
                .filter(entry -> entry.kind() == RebootRecords.Kind.BOOT);
        return Stream.concat(
                        records.map(entry -> new Boot(entry.at(), entry.source())),
                        lines(node)
                                .filter(line -> line.kind() == BootLine.Kind.BOOT)
                                .map(line -> new Boot(line.at(), line.source())))
                .filter(boot -> node.window().contains(boot.at()))
                .findFirst()
                .map(boot -> new Observation.Seen(
                        "vm-restarted",
                        Map.of("bootedAt", Instants.text(boot.at())),
                        List.of(boot.source()),
                        Optional.of(boot.at())));
    }

    private record Boot(Instant at, Source source) {}

    private static Stream<BootLine> lines(NodeCase node) {
        return BootLine.in(
                Stream.of(node.evidence().systemLog(), node.evidence().kernelLog())
                        .flatMap(log -> log.known().stream())
                        .flatMap(log -> log.lines().stream())
                        .toList())
                .stream();
    }

    private static Optional<Observation> byRecords(NodeCase node, Instant booted) {
        Optional<RebootRecords> known = node.evidence().rebootRecords().known();
        Optional<RebootRecords.Entry> boot = known.flatMap(records -> records.boot(booted));
        Optional<RebootRecords.Entry> last = boot.flatMap(own -> known.flatMap(records -> records.bootBefore(own)));
        // Where no boot before this one is recorded, a missing shutdown means nothing.
        return last.flatMap(earlier -> known.flatMap(records -> records.shutdownBetween(earlier, boot.orElseThrow()))
                .<Observation>map(down -> ended("boot-after-shutdown", booted, down.at(), down.text(), down.source()))
                .or(() -> Optional.of(new Observation.Seen(
                        "boot-without-shutdown",
                        Map.of(
                                "bootedAt", Instants.text(booted),
                                "lastBoot", Instants.text(earlier.at())),
                        List.of(earlier.source(), boot.orElseThrow().source()),
                        Optional.of(booted)))));
    }

    private static Observation ended(String kind, Instant booted, Instant at, String words, Source source) {
        return new Observation.Seen(
                kind,
                Map.of("bootedAt", Instants.text(booted), "downAt", Instants.text(at), "line", Quote.of(words)),
                List.of(source),
                Optional.of(at));
    }
}
