package org.etcdmedic.alarm.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.etcdmedic.alarm.source.yaml.PresetFiles;
import org.junit.jupiter.api.Test;

/** Whatever is sent, a mapping makes something of it or says why not. */
class SourceFuzzTest {
    private static final Sources SOURCES = Sources.of(PresetFiles.documents(), Map.of());
    private static final List<String> SCRAPS = List.of(
            "null",
            "[]",
            "{}",
            "\"\"",
            "-1",
            "1e999",
            "true",
            "\"\\u0000\"",
            "[[[[",
            "\"/~1~0\"",
            "{\"alerts\":",
            "云",
            "\\",
            "\u2028");

    @Test
    void neverThrows() {
        var random = new Random(20261122);
        PresetFiles.all()
                .forEach((name, preset) -> preset.samples().forEach(sample -> {
                    Map<String, String> headers = sample.headers() == null ? Map.of() : sample.headers();
                    for (int i = 0; i < 2000; i++) {
                        become(name, new SentBody(mutated(sample.body(), random), headers));
                    }
                }));
    }

    private static String mutated(String body, Random random) {
        var text = new StringBuilder(body);
        for (int i = random.nextInt(4); i >= 0 && !text.isEmpty(); i--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(4)) {
                case 0 -> text.deleteCharAt(at);
                case 1 -> text.insert(at, SCRAPS.get(random.nextInt(SCRAPS.size())));
                case 2 -> text.setCharAt(at, (char) random.nextInt(0x3000));
                default -> text.delete(at, Math.min(text.length(), at + random.nextInt(40)));
            }
        }
        return text.toString();
    }

    private static int become(String source, SentBody sent) {
        Source found = SOURCES.find(source).orElseThrow();
        return switch (Envelopes.open(found, sent)) {
            case Opened.Elements(var body) -> found.read(body).size() + found.leftOut(body);
            case Opened.Broken _, Opened.Subscription _, Opened.Unsubscribed _, Opened.UnknownFormat _ -> 0;
        };
    }

    /** Texts that make other engines try for hours; as large as a body may be. */
    @Test
    void takesNoLongerForTextsThatAreMadeToTakeLong() {
        String hex = "0123456789abcdef".repeat(16_000);
        String etcd = "etcd,".repeat(50_000);
        String hostile = "{\"type\": \"Notification\", \"timestamp\": \"2026-11-22T10:40:03Z\", \"message\": \"%s\"}";
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            assertThat(become("huawei-smn", new SentBody(hostile.formatted(hex), Map.of())))
                    .isOne();
            assertThat(become("huawei-smn", new SentBody(hostile.formatted(etcd), Map.of())))
                    .isOne();
            assertThat(become(
                            "manageone",
                            new SentBody("{\"location\": \"" + "instance_id=".repeat(20_000) + "\"}", Map.of())))
                    .isOne();
        });
    }

    @Test
    void refusesMoreElementsThanAreTakenAtOnce() {
        String many = "{\"alerts\": [" + "{},".repeat(Source.MOST_ELEMENTS) + "{}]}";
        Source source = SOURCES.find("alertmanager").orElseThrow();

        assertThat(Envelopes.open(source, new SentBody(many, Map.of())))
                .isInstanceOfSatisfying(
                        Opened.Elements.class,
                        elements -> assertThat(source.read(elements.body()))
                                .singleElement()
                                .satisfies(reading -> assertThat(reading.mapped())
                                        .isEqualTo(new Mapped.Unreadable(List.of(
                                                new Mapped.Problem("/alerts", Mapped.Problem.Code.TOO_MANY))))));
    }
}
