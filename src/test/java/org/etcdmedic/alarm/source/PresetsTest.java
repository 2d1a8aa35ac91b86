package org.etcdmedic.alarm.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.etcdmedic.alarm.source.yaml.PresetFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Every shipped preset makes of each of its sample bodies what it says. */
class PresetsTest {
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
            .build();

    private static final Sources SOURCES = Sources.of(PresetFiles.documents(), Map.of());

    static Stream<Arguments> samples() {
        return PresetFiles.all().entrySet().stream()
                .flatMap(preset -> preset.getValue().samples().stream()
                        .map(sample -> Arguments.of(preset.getKey(), sample.says(), sample)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("samples")
    void becomesWhatThePresetSays(String preset, String says, PresetFiles.Sample sample) {
        Map<String, String> headers = sample.headers() == null ? Map.of() : sample.headers();

        assertThat(become(SOURCES.find(preset).orElseThrow(), new SentBody(sample.body(), headers)))
                .as(says)
                .isEqualTo(sample.becomes());
    }

    @Test
    void everyPresetShowsAnAlarmThatIsTakenAndABodyThatIsRefused() {
        PresetFiles.all().forEach((name, preset) -> {
            List<String> becomes = preset.samples().stream()
                    .flatMap(sample -> sample.becomes().stream())
                    .toList();
            assertThat(becomes).as(name).anyMatch(line -> line.startsWith("raised"));
            assertThat(becomes).as(name).anyMatch(line -> line.startsWith("unreadable") || line.startsWith("broken"));
        });
    }

    @Test
    void tellsEveryMistakeOfAConfigurationAtOnce() {
        var wrong = new SourceDocument(
                "nobody",
                "xml",
                "alerts",
                null,
                "Middle/Earth",
                null,
                new SourceDocument.AcceptDocument(null, List.of("(")),
                null,
                Map.of(
                        "colour",
                        List.of(),
                        "name",
                        List.of(new SourceDocument.RuleDocument(List.of("/a"), "b", "(a)(b)", null, null)),
                        "state",
                        List.of(new SourceDocument.RuleDocument(
                                List.of("/s"), null, null, Map.of("on", "LOUD"), null))),
                null,
                null);

        assertThatThrownBy(() -> Sources.of(Map.of(), Map.of("Mine", wrong, "rejected", wrong)))
                .hasMessageContainingAll(
                        "medic.sources.Mine has a preset that is none of []",
                        "medic.sources.Mine has a name that is not lower-case words",
                        "medic.sources.rejected has a name",
                        "medic.sources.Mine has an envelope that is none of",
                        "medic.sources.Mine each alerts is no pointer",
                        "medic.sources.Mine zone is no time zone",
                        "medic.sources.Mine accept.names has what is no expression",
                        "medic.sources.Mine mapping.colour is no field",
                        "medic.sources.Mine mapping.name[0] needs either from or constant",
                        "medic.sources.Mine mapping.name[0] pattern has to have exactly one group",
                        "medic.sources.Mine mapping.state has to come to RAISED, CLEARED or IGNORED",
                        "medic.sources.Mine mapping has none of instance, node, host, vm");
    }

    @Test
    void aConfigurationChangesSingleFieldsOfAPreset() {
        var configured = new SourceDocument(
                "alertmanager",
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                Map.of(
                        "instance",
                        List.of(new SourceDocument.RuleDocument(
                                List.of("/labels/job"), null, null, Map.of("etcd-orders", "orders-in14"), null))),
                null,
                null);
        Source source = Sources.of(PresetFiles.documents(), Map.of("team-a", configured))
                .find("team-a")
                .orElseThrow();

        assertThat(become(source, new SentBody("""
                        {"alerts": [{"status": "firing", "fingerprint": "f", "startsAt": "2026-11-22T10:40:03Z",
                          "labels": {"alertname": "etcdInsufficientMembers", "job": "etcd-orders"}}]}
                        """, Map.of())))
                .containsExactly("raised team-a:f:2026-11-22T10:40:03Z instance=orders-in14 at=2026-11-22T10:40:03Z");
    }

    @Test
    void aConfigurationChangesSingleFieldsOfTheConfirmation() {
        SourceDocument configured =
                YAML.readValue("{preset: huawei-smn, confirm: {automatic: true}}", SourceDocument.class);
        Source source = Sources.of(PresetFiles.documents(), Map.of("smn", configured))
                .find("smn")
                .orElseThrow();

        assertThat(Subscriptions.automatic(source)).isTrue();
        assertThat(source.document().confirm())
                .extracting(SourceDocument.ConfirmDocument::hosts)
                .asInstanceOf(InstanceOfAssertFactories.list(String.class))
                .contains("smn.*.myhuaweicloud.com");
    }

    /** Whoever copies the example and tries it with the body beside it sees an alarm. */
    @Test
    void theManualsOwnSourceTakesTheManualsOwnBody() throws IOException {
        String manual = Files.readString(Path.of("docs/sources.md"));
        String example = between(manual, "## A source of your own\n\n```yaml\n", "```");
        String tried = between(manual, "/alarms/my-monitor/dry-run -d '\n", "'");
        JsonNode document = YAML.readTree(example).at("/medic/sources/my-monitor");
        Source source = Sources.of(Map.of(), Map.of("my-monitor", YAML.treeToValue(document, SourceDocument.class)))
                .find("my-monitor")
                .orElseThrow();

        assertThat(become(source, new SentBody(YAML.readTree(tried).path("body").toString(), Map.of())))
                .singleElement(STRING)
                .startsWith("raised my-monitor:7 instance=orders-in14");
    }

    private static String between(String text, String before, String after) {
        int from = text.indexOf(before) + before.length();
        return text.substring(from, text.indexOf(after, from));
    }

    /** One line for each element, as a sample writes it. */
    private static List<String> become(Source source, SentBody sent) {
        return switch (Envelopes.open(source, sent)) {
            case Opened.Elements(var body) ->
                source.read(body).stream().flatMap(PresetsTest::lines).toList();
            case Opened.Broken(var code) -> List.of("broken " + code);
            case Opened.Subscription(var at) -> List.of("subscription " + at);
            case Opened.Unsubscribed _ -> List.of("unsubscribed");
            case Opened.UnknownFormat _ -> List.of("broken format");
        };
    }

    private static Stream<String> lines(Reading reading) {
        return switch (reading.mapped()) {
            case Mapped.Raised(Mapped.Told told) -> {
                var words = new ArrayList<String>(List.of("raised", told.key()));
                if (!told.clearKey().equals(told.key())) {
                    words.add("clears=" + told.clearKey());
                }
                told(words, "instance", told.where().instance());
                told(words, "node", told.where().node());
                told(words, "host", told.where().host());
                told(words, "vm", told.where().vm());
                told(words, "severity", told.severity());
                told(words, "at", told.occurredAt());
                yield Stream.of(String.join(" ", words));
            }
            case Mapped.Cleared(String key, Optional<Instant> at) ->
                Stream.of("cleared " + key + at.map(time -> " at=" + time).orElse(""));
            case Mapped.Ignored(var reason) -> Stream.of("ignored " + reason);
            case Mapped.Unreadable(var problems) ->
                problems.stream().map(problem -> "unreadable " + problem.pointer() + " " + problem.code());
        };
    }

    private static void told(List<String> words, String name, Optional<?> value) {
        value.map(Objects::toString).ifPresent(text -> words.add(name + "=" + text));
    }
}
