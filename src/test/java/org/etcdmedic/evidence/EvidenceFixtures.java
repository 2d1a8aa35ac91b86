package org.etcdmedic.evidence;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.etcdmedic.inventory.NodeId;
import org.etcdmedic.probe.Capture;
import org.etcdmedic.probe.Probe;
import org.etcdmedic.probe.ProbeId;
import org.etcdmedic.probe.Question;
import org.etcdmedic.probe.Reach;
import org.etcdmedic.probe.RunAs;

/** Captures and facts with boring defaults, for the tests of every room. */
public final class EvidenceFixtures {
    /** The node that everything is about. */
    public static final NodeId NODE = new NodeId("node-1.no14");

    /** When the alarm was raised: 18:40:03 on a node eight hours east. */
    public static final Instant ALARMED_AT = Instant.parse("2026-11-22T10:40:03Z");

    /** When we asked, a minute after the alarm. */
    public static final Instant ASKED_AT = ALARMED_AT.plusSeconds(60);

    /** A quarter of an hour before the alarm to five minutes after it. */
    public static final EvidenceWindow WINDOW =
            EvidenceWindow.around(ALARMED_AT, Duration.ofMinutes(15), Duration.ofMinutes(5));

    private EvidenceFixtures() {}

    /** What a probe brought; by default an empty answer with exit status 0. */
    public static CaptureBuilder aCapture(String probe) {
        return new CaptureBuilder(probe);
    }

    /** We are in. */
    public static Reach loggedIn() {
        return new Reach.LoggedIn(ASKED_AT, Duration.ofMillis(80), "SSH-2.0-OpenSSH_9.2", "SHA256:abc");
    }

    /** We are not in. */
    public static Reach notIn(Reach.Obstacle obstacle) {
        return new Reach.NotIn(ASKED_AT, Duration.ofSeconds(5), obstacle, "told so", Optional.empty());
    }

    /** Text of the probe {@code identity} of a node eight hours east of Greenwich whose clock is right. */
    public static String identityText() {
        return """
                user Ruby
                uid 1001
                now %d.000000000
                zone +0800
                uptime 1572.42 3010.22
                btime %d
                boot-id ac9d4598-11de-4e9d-a2fe-d2345d6aecbf
                hostname gaussdb-node-1
                kernel Linux 4.19.90-2110.8.0.0119.oe1.x86_64
                ticks 100
                """.formatted(ASKED_AT.getEpochSecond(), ASKED_AT.getEpochSecond() - 1572);
    }

    /** The identity that {@link #identityText()} tells. */
    public static NodeIdentity anIdentity() {
        return new NodeIdentity(
                "Ruby",
                1001,
                ASKED_AT,
                Duration.ZERO,
                ZoneOffset.ofHours(8),
                ASKED_AT.minusSeconds(1572),
                "ac9d4598-11de-4e9d-a2fe-d2345d6aecbf",
                "gaussdb-node-1",
                "Linux 4.19.90-2110.8.0.0119.oe1.x86_64",
                100,
                Duration.ZERO);
    }

    /** Builds one capture. */
    public static final class CaptureBuilder {
        private final String probe;
        private final Map<String, String> arguments = new TreeMap<>();
        private UUID id;
        private NodeId node = NODE;
        private Instant startedAt = ASKED_AT;
        private Duration took = Duration.ZERO;
        private Optional<Integer> exit = Optional.of(0);
        private String text = "";
        private String errorText = "";
        private boolean truncated;

        private CaptureBuilder(String probe) {
            this.probe = probe;
            this.id = UUID.nameUUIDFromBytes(probe.getBytes(StandardCharsets.UTF_8));
        }

        /** Its identifier; by default one made of the probe's name. */
        public CaptureBuilder id(UUID value) {
            id = value;
            return this;
        }

        /** The node that was asked; by default {@link #NODE}. */
        public CaptureBuilder of(NodeId value) {
            node = value;
            return this;
        }

        /** An argument of the question; makes the identifier another one. */
        public CaptureBuilder argument(String name, String value) {
            arguments.put(name, value);
            id = UUID.nameUUIDFromBytes((probe + arguments).getBytes(StandardCharsets.UTF_8));
            return this;
        }

        /** When it was asked; by default {@link #ASKED_AT}. */
        public CaptureBuilder at(Instant value) {
            startedAt = value;
            return this;
        }

        /** How long it took; by default no time at all. */
        public CaptureBuilder took(Duration value) {
            took = value;
            return this;
        }

        /** Standard output. */
        public CaptureBuilder text(String value) {
            text = value;
            return this;
        }

        /** Standard error. */
        public CaptureBuilder stderr(String value) {
            errorText = value;
            return this;
        }

        /** Exit status. */
        public CaptureBuilder exit(int value) {
            exit = Optional.of(value);
            return this;
        }

        /** The channel was cut before the exit status was known. */
        public CaptureBuilder noExit() {
            exit = Optional.empty();
            return this;
        }

        /** More was there than the byte limit allows. */
        public CaptureBuilder truncated() {
            truncated = true;
            return this;
        }

        /** The answer. */
        public Capture.Answer build() {
            return new Capture.Answer(
                    id,
                    node,
                    question(),
                    "sh -c '...'",
                    startedAt,
                    took,
                    exit,
                    text,
                    errorText,
                    text.getBytes(StandardCharsets.UTF_8).length,
                    truncated);
        }

        /** No answer, for this reason. */
        public Capture.NoAnswer without(Capture.Reason reason) {
            return new Capture.NoAnswer(id, node, question(), "sh -c '...'", startedAt, took, reason, errorText, text);
        }

        private Question question() {
            var asked = new Probe(
                    new ProbeId(probe),
                    List.of("P1"),
                    RunAs.LOGIN,
                    "sh",
                    "true",
                    List.copyOf(arguments.keySet()),
                    Duration.ofSeconds(5),
                    524_288,
                    Map.of("en", "why", "zh-CN", "why"));
            return new Question(asked, arguments);
        }
    }
}
