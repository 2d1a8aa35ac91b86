package org.etcdmedic.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.etcdmedic.bundle.Recorded;
import org.etcdmedic.inventory.NodeId;
import org.etcdmedic.probe.Capture;
import org.etcdmedic.probe.Question;
import org.etcdmedic.probe.Who;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StoredCaptureTest {
    private static final UUID ID = new UUID(1, 2);
    private static final NodeId NODE = new NodeId("n1");
    private static final Question QUESTION = Recorded.question("process", Map.of("name", "etcd"));
    private static final Instant AT = Instant.parse("2026-11-22T10:31:00Z");
    private static final Duration TOOK = Duration.ofMillis(12);
    private static final Who WHO = new Who("gauss-ops", "Ruby", Who.Through.SUDO);

    static Stream<Capture> captures() {
        return Stream.of(
                new Capture.Answer(
                        ID, NODE, QUESTION, "ps", AT, TOOK, Optional.of(1), "磁盘", "lost", 6, true, Optional.of(WHO)),
                new Capture.Answer(ID, NODE, QUESTION, "ps", AT, TOOK, Optional.empty(), "", "", 0, false),
                new Capture.NoAnswer(
                        ID,
                        NODE,
                        QUESTION,
                        "ps",
                        AT,
                        TOOK,
                        Capture.Reason.TIMED_OUT,
                        "after 5 s",
                        "磁盘",
                        Optional.of(WHO)));
    }

    @ParameterizedTest
    @MethodSource("captures")
    void saysOfAStoredCaptureWhatWasSaidOfTheCaptureItself(Capture taken) {
        StoredCapture stored = StoredCapture.of(taken);

        assertThat(stored.bytes()).isEqualTo(stored.text().isEmpty() ? 0 : 6);
        assertThat(StoredCapture.of(stored.asTaken())).isEqualTo(stored);
        assertThat(stored.asTaken())
                .usingRecursiveComparison()
                .ignoringFields("question")
                .isEqualTo(taken);
    }
}
