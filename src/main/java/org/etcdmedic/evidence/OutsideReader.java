package org.etcdmedic.evidence;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.etcdmedic.evidence.OutsideEvidence.MetricReading;
import org.etcdmedic.evidence.Reading.Gap;
import org.etcdmedic.inventory.NodeId;
import org.etcdmedic.probe.Capture;
import org.etcdmedic.probe.ProbeId;

/** Turns what systems outside answered about a node into what is known. Never throws for anything that they answer. */
public final class OutsideReader {
    /** Below it, a difference of clocks may as well be the way of the answer. */
    private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(3);

    private static final int MOST_DETAIL = 300;

    private OutsideReader() {}

    /** What the captures tell of the node, those of other nodes left aside. */
    public static OutsideEvidence read(NodeId node, List<Capture> captures) {
        List<Capture> own = captures.stream().filter(c -> c.node().equals(node)).toList();
        return new OutsideEvidence(metrics(of(own, "metric")), MachineReader.read(own));
    }

    /** Those of one question. */
    static List<Capture> of(List<Capture> captures, String probe) {
        return captures.stream()
                .filter(c -> c.question().probe().id().equals(new ProbeId(probe)))
                .toList();
    }

    private static List<MetricReading> metrics(List<Capture> captures) {
        var readings = new LinkedHashMap<String, MetricReading>();
        for (Capture capture : captures) {
            String id = capture.question().arguments().getOrDefault("metric", "");
            boolean needed =
                    capture.question().arguments().getOrDefault("needed", "").equals("true");
            readings.put(id, new MetricReading(id, needed, metric(capture)));
        }
        return new ArrayList<>(readings.values());
    }

    /** The metric that one capture holds, or why it holds none. */
    public static Reading<Metric> metric(Capture capture) {
        return switch (capture) {
            case Capture.NoAnswer none -> silent(none, none.detail());
            case Capture.Answer answer -> {
                Optional<Metric> metric = MatrixParser.parse(answer, ahead(answer));
                if (metric.isEmpty()) {
                    yield unusable(answer);
                }
                yield metric.get().series().stream().allMatch(s -> s.points().isEmpty())
                        ? silent(answer, "it has no values for this node")
                        : new Reading.Known<>(metric.get(), Lines.of(answer).all());
            }
        };
    }

    /** The system did not answer, or told nothing. */
    static <T> Reading<T> silent(Capture capture, String detail) {
        return new Reading.Unknown<>(
                capture.question().probe().id(), Gap.OUTSIDE, Lines.cut(detail.strip(), MOST_DETAIL));
    }

    /** What came is not what was asked for. */
    static <T> Reading<T> unusable(Capture.Answer answer) {
        int status = answer.exitStatus().orElse(0);
        return silent(
                answer,
                status != 0
                        ? "HTTP " + status
                        : answer.truncated() ? "its answer is too large" : "its answer cannot be read");
    }

    /** How far the answering system's clock is ahead of ours, by the date of its answer; zero where that tells nothing. */
    static Duration ahead(Capture.Answer answer) {
        Instant ours = answer.startedAt().plus(answer.took().dividedBy(2));
        return answer.errorText()
                .lines()
                .filter(line -> line.startsWith("Date: "))
                .findFirst()
                .flatMap(line -> date(line.substring("Date: ".length())))
                .map(theirs -> Duration.between(ours, theirs))
                .filter(difference -> difference.abs().compareTo(CLOCKS_DIFFER) > 0)
                .orElse(Duration.ZERO);
    }

    private static Optional<Instant> date(String text) {
        try {
            return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text)));
        } catch (DateTimeException notADate) {
            return Optional.empty();
        }
    }
}
