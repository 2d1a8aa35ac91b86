package org.etcdmedic.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.etcdmedic.evidence.EvidenceFixtures;
import org.etcdmedic.evidence.EvidenceReader;
import org.etcdmedic.evidence.EvidenceWindow;
import org.etcdmedic.evidence.Log;
import org.etcdmedic.evidence.LogLine;
import org.etcdmedic.knowledge.Signature;
import org.etcdmedic.knowledge.SignatureEngine;
import org.etcdmedic.knowledge.yaml.YamlKnowledge;
import org.etcdmedic.probe.Capture;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long a window of two mebibytes takes, made of the logs of incidents in all their forms: to read it, to match all
 * signatures over it, and, for comparison in the same run, to try every expression on every line. See bench/README.md.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class LogReadingBench {
    private static final int WINDOW = 2 * 1024 * 1024;
    private static final Path INCIDENTS = Path.of("src/test/resources/incidents");

    private final List<Signature> signatures = YamlKnowledge.shipped().signatures();
    private final SignatureEngine engine = new SignatureEngine(signatures);
    private List<Capture> captures = List.of();
    private List<LogLine> lines = List.of();

    /** Reads the logs. */
    @Setup
    public void gather() throws IOException {
        var all = new StringBuilder();
        try (Stream<Path> incidents = Files.list(INCIDENTS)) {
            for (Path incident : incidents.sorted().toList()) {
                if (!incident.toString().contains("utf16")) {
                    all.append(Files.readString(incident.resolve("log.txt"), StandardCharsets.UTF_8));
                }
            }
        }
        String text = all.toString().repeat(WINDOW / all.length() + 1).substring(0, WINDOW);
        captures = List.of(
                EvidenceFixtures.aCapture("identity")
                        .text(EvidenceFixtures.identityText())
                        .build(),
                EvidenceFixtures.aCapture("log-window")
                        .argument("file", "/var/log/cluster/cm/etcd/etcd-current.log")
                        .text(text + "\nend 0 0 timed eof whole\n")
                        .build());
        lines = read().lines();
    }

    /** Text to lines. */
    @Benchmark
    public Log read() {
        var window = EvidenceWindow.around(EvidenceFixtures.ALARMED_AT, Duration.ofMinutes(15), Duration.ofMinutes(5));
        return EvidenceReader.read(EvidenceFixtures.NODE, EvidenceFixtures.loggedIn(), captures, window)
                .etcdLog()
                .known()
                .orElseThrow();
    }

    /** Lines to matches, as the product does. */
    @Benchmark
    public int matchAllSignaturesInOnePass() {
        int matches = 0;
        for (LogLine line : lines) {
            matches += engine.match(Log.Program.ETCD, line).size();
        }
        return matches;
    }

    /** Lines to matches, every expression on every line. */
    @Benchmark
    public int tryEveryExpressionOnEveryLine() {
        int matches = 0;
        for (LogLine line : lines) {
            for (Signature signature : signatures) {
                if (signature.programs().contains(Log.Program.ETCD)
                        && signature.patterns().stream().anyMatch(pattern -> fits(pattern, line))) {
                    matches++;
                }
            }
        }
        return matches;
    }

    private static boolean fits(Signature.Pattern pattern, LogLine line) {
        if (!pattern.message().matcher(line.message()).find()) {
            return false;
        }
        if (pattern.field().isEmpty() || pattern.value().isEmpty()) {
            return true;
        }
        String value = line.fields().get(pattern.field().get());
        return value != null && pattern.value().get().matcher(value).find();
    }
}
