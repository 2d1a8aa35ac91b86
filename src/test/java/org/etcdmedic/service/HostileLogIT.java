package org.etcdmedic.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.etcdmedic.practice.HealthyNodes;
import org.etcdmedic.testing.Api;
import org.etcdmedic.testing.Database;
import org.etcdmedic.testing.HostileLines;
import org.etcdmedic.testing.ServiceProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whatever a node says, a line of the log stays one line and is ours. */
class HostileLogIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Pattern STEERS = Pattern.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f]");

    /** What begins a line of a log in the plain format. */
    private static final Pattern BEGINS = Pattern.compile("^\\d{4}-\\d\\d-\\d\\dT.*");

    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"ecs", "logstash", "gelf"})
    void isOneJsonObjectForEachLineWhateverAnExceptionQuotes(String format) throws Exception {
        List<JsonNode> lines = logged("--logging.structured.format.console=" + format)
                .lines()
                .map(line -> {
                    assertThat(line).doesNotContainPattern(STEERS);
                    return STRICT.readTree(line);
                })
                .toList();
        assertThat(lines).isNotEmpty().allMatch(JsonNode::isObject);
        assertThat(lines.stream().filter(line -> line.toString().contains("forged")))
                .as("all of it stands in the one line of the exception")
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.toString()).contains("it could not be judged");
                    assertThat(line.propertyNames()).isNotEmpty().noneMatch(name -> name.contains("forged"));
                });
    }

    @Test
    void hasNoForgedLineInThePlainFormat() throws Exception {
        String log = logged();
        assertThat(log).contains("forged LF", "forged end", "forged LS", "forged blank");
        assertThat(log.lines().filter(line -> line.stripLeading().startsWith("2026-11-23T00:00:00.000Z")))
                .as("lines that a node wrote")
                .isEmpty();
        assertThat(log.replace("\n", "").replace("\t", ""))
                .doesNotContainPattern(STEERS)
                .doesNotContain("\u2028", "\u2029");
        assertThat(log.lines().filter(line -> line.contains("Caused by: java.lang.IllegalStateException: below a")))
                .as("the trace is a trace still")
                .singleElement()
                .asString()
                .contains("forged end");
        assertThat(log.lines().filter(line -> line.startsWith("\tat org.etcdmedic.testing.HostileLines.main")))
                .isNotEmpty();
        assertThat(log.lines().filter(line -> BEGINS.matcher(line).matches()))
                .last()
                .asString()
                .contains("the line after it");
    }

    /** What the program writes that has the service's settings and logs what nobody should. */
    private String logged(String... settings) throws IOException, InterruptedException {
        Path log = directory.resolve("program.log");
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                HostileLines.class.getName(),
                "--spring.main.banner-mode=off"));
        command.addAll(Arrays.asList(settings));
        Process program = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(program.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return Files.readString(log);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ecs"})
    void holdsNothingOfWhatNodesSayInADiagnosis(String format) throws IOException {
        Path log = directory.resolve("service.log");
        try (HealthyNodes nodes = HealthyNodes.saying(
                directory.resolve("practice"), text -> text + "\n" + HostileLines.TEXT.replace("long ", ""))) {
            var settings = new ArrayList<>(nodes.settings());
            if (!format.isEmpty()) {
                settings.add("logging.structured.format.console=" + format);
            }
            try (ServiceProcess service =
                    ServiceProcess.start(Database.fresh(), log, settings.toArray(String[]::new))) {
                Api api = service.api();
                assertThat(api.put("/instances/practice", nodes.document()).status())
                        .isIn(200, 201);
                String id = api.post("/alarms", """
                        {"alarmId": "a1", "instanceId": "practice", "nodeId": "practice-node-3", "occurredAt": "%s"}
                        """.formatted(Instant.now()))
                        .json()
                        .path("diagnosisId")
                        .stringValue();
                api.await(id, one -> one.path("status").stringValue("").equals("COMPLETED"), PATIENCE);
                JsonNode evidence =
                        api.get("/diagnoses/" + id + "/evidence").json().path("items");
                assertThat(evidence.valueStream()
                                .limit(10)
                                .map(one -> api.get("/diagnoses/" + id + "/evidence/"
                                                + one.path("id").stringValue())
                                        .text()))
                        .as("they did say it")
                        .anySatisfy(text -> assertThat(text).contains("forged end"));
            }
        }
        String logged = Files.readString(log);
        assertThat(logged).contains("concluded after").doesNotContain("forged", "FORGED", "owned");
        assertThat(logged.replace("\n", "").replace("\t", "")).doesNotContainPattern(STEERS);
        if (!format.isEmpty()) {
            assertThat(logged.lines().map(STRICT::readTree)).isNotEmpty().allMatch(JsonNode::isObject);
        }
    }
}
