package org.etcdmedic.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.etcdmedic.practice.HealthyNodes;
import org.etcdmedic.testing.Api;
import org.etcdmedic.testing.Browser;
import org.etcdmedic.testing.Collector;
import org.etcdmedic.testing.GuardedService;
import org.etcdmedic.testing.PrometheusProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the service tells of itself, held against what is said of it: the tables of docs/observability.md, the dashboard and the
 * alert rules, with a real Prometheus that scrapes a real service.
 */
class MetersIT {
    private static final Path DOCUMENT = Path.of("docs", "observability.md");
    private static final Path RULES = Path.of("helm", "etcd-medic", "files", "alerts.yaml");
    private static final Path RULE_TESTS = Path.of("src", "test", "resources", "prometheus", "alerts-test.yaml");
    private static final Path DASHBOARD = Path.of("helm", "etcd-medic", "files", "dashboard.json");
    private static final Path PANELS = Path.of("src", "test", "resources", "prometheus", "panels.html");
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final JsonMapper JSON = new JsonMapper();

    /** How long the service is kept busy before the dashboard is drawn; longer for a picture that shows something. */
    private static final int BUSY_SECONDS = Integer.getInteger("medic.dashboard.seconds", 6);

    private static final Pattern ROW =
            Pattern.compile("^\\| `(medic[a-z.]*)` \\| [a-z]+ \\| ([^|]*)\\|", Pattern.MULTILINE);

    @TempDir
    static Path directory;

    private static HealthyNodes nodes;
    private static Collector collector;
    private static GuardedService service;

    @BeforeAll
    static void start() throws IOException {
        nodes = HealthyNodes.start(directory.resolve("practice"));
        collector = new Collector();
        var settings = new ArrayList<>(nodes.settings());
        settings.addAll(Arrays.asList(collector.settings()));
        // Configured and silent.
        settings.add("medic.prometheus.url=http://127.0.0.1:9");
        service = GuardedService.start(directory.resolve("service.log"), settings.toArray(String[]::new));
        assertThat(service.api()
                        .put("/instances/practice", nodes.document(), service.as("admin"))
                        .status())
                .isIn(200, 201);
    }

    @AfterAll
    static void stop() {
        service.close();
        collector.close();
        nodes.close();
    }

    private static void diagnose(String alarm) {
        Api.Answer answer = send("practice", "practice-node-3", alarm);
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        service.await(
                answer.json().path("diagnosisId").stringValue(),
                diagnosis -> diagnosis.path("status").stringValue("").equals("COMPLETED"),
                PATIENCE);
    }

    private static Api.Answer send(String instance, String node, String alarm) {
        return service.api().post("/alarms", """
                {"alarmId": "%s", "instanceId": "%s", "nodeId": "%s", "occurredAt": "%s"}
                """.formatted(alarm, instance, node, Instant.now()), service.as("intake"));
    }

    @Test
    void measuresWhatIsDescribedAndNothingElse() throws IOException {
        diagnose("described");
        String document = Files.readString(DOCUMENT);
        // Of deliveries only where they are configured.
        String always = document.substring(0, document.indexOf("Of deliveries of verdicts,"));
        Map<String, Set<String>> described = described(document);
        Map<String, Set<String>> measured = measured();

        assertThat(measured.keySet())
                .isSubsetOf(described.keySet())
                .containsAll(described(always).keySet());
        assertThat(measured)
                .allSatisfy((name, tags) -> assertThat(tags).as(name).isEqualTo(described.get(name)));
    }

    private static Map<String, Set<String>> described(String text) {
        var described = new TreeMap<String, Set<String>>();
        ROW.matcher(text)
                .results()
                .forEach(row -> described.put(
                        row.group(1),
                        Pattern.compile("`([a-z]+)`")
                                .matcher(row.group(2))
                                .results()
                                .map(tag -> tag.group(1))
                                .collect(Collectors.toCollection(TreeSet::new))));
        assertThat(described).hasSizeGreaterThan(8);
        return described;
    }

    private static Map<String, Set<String>> measured() {
        var measured = new TreeMap<String, Set<String>>();
        for (JsonNode name : service.api()
                .get("/actuator/metrics", service.as("metrics"))
                .json()
                .path("names")) {
            if (name.stringValue().startsWith("medic.")) {
                JsonNode one = service.api()
                        .get("/actuator/metrics/" + name.stringValue(), service.as("metrics"))
                        .json();
                measured.put(
                        name.stringValue(),
                        one.path("availableTags")
                                .valueStream()
                                .map(tag -> tag.path("tag").stringValue())
                                .collect(Collectors.toCollection(TreeSet::new)));
            }
        }
        return measured;
    }

    @Test
    void hasRulesThatPromtoolTriedAndTheGuideExplains() throws Exception {
        assertThat(PrometheusProcess.promtool("check", "rules", RULES.toString()))
                .contains("rules found");
        assertThat(PrometheusProcess.promtool("test", "rules", RULE_TESTS.toString()))
                .contains("SUCCESS");
        List<String> alerts = all("- alert: (\\w+)", Files.readString(RULES));
        assertThat(alerts).hasSizeGreaterThan(10).doesNotHaveDuplicates();
        assertThat(all("alertname=\"(\\w+)\"}', value: 1", Files.readString(RULE_TESTS)))
                .as("each is made to fire in its test")
                .containsExactlyElementsOf(alerts);
        assertThat(all("### (EtcdMedic\\w+)", Files.readString(DOCUMENT)))
                .as("for each stands what to do")
                .containsExactlyElementsOf(alerts);
        assertThat(all("runbook: \"docs/observability.md, (\\w+)\"", Files.readString(RULES)))
                .as("and each says where")
                .containsExactlyElementsOf(alerts);
    }

    private static List<String> all(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }

    @Test
    void isWatchedByARealPrometheus() throws Exception {
        String target = service.api().base().replace("http://", "");
        String token = service.as("metrics")[1].replace("Bearer ", "");
        try (var prometheus = PrometheusProcess.start(directory, target, token, RULES)) {
            prometheus.await("up{job=\"etcd-medic\"} == 1", found -> found.size() == 1, PATIENCE);
            prometheus.await("count_over_time(medic_build[10s]) >= 2", found -> found.size() == 1, PATIENCE);
            assertThat(prometheus.query("ALERTS").path("result").size())
                    .as("all is well")
                    .isZero();
            double begun = now();

            // The same node under a name whose key nobody has accepted, an alarm that is none, and one that cannot be
            // kept.
            service.api().put("/instances/strange", """
                    {"nodes": [{"nodeId": "n1", "host": "localhost", "sshPort": %d, "login": "practice"}]}
                    """.formatted(nodes.ports().getFirst()), service.as("admin"));
            assertThat(send("strange", "n1", "strange").status()).isEqualTo(202);
            assertThat(send("nobody", "n1", "refused").status()).isEqualTo(422);
            assertThat(service.api()
                            .post("/alarms/alertmanager", """
                                    {"version": "4", "alerts": [{"status": "firing", "fingerprint": "f1",
                                      "labels": {"alertname": "etcdNoLeader", "instance": "203.0.113.99"},
                                      "startsAt": "2026-11-22T10:40:03Z"}]}
                                    """, service.as("intake"))
                            .status())
                    .isEqualTo(422);
            service.withoutDatabase(
                    () -> assertThat(send("practice", "practice-node-3", "lost").status())
                            .isEqualTo(503));
            keepBusy(begun);
            for (String alert : List.of(
                    "AlarmsRefused\", source=\"direct",
                    "AlarmsRefused\", source=\"alertmanager",
                    "AlarmsUnavailable",
                    "AccessRefused")) {
                prometheus.await(
                        "ALERTS{alertname=\"EtcdMedic%s\", alertstate=\"firing\"}".formatted(alert),
                        found -> found.size() == 1,
                        PATIENCE);
            }
            assertThat(prometheus
                            .ask("/api/v1/query_exemplars?start=%s&end=%s&query=%s"
                                    .formatted(
                                            begun,
                                            now() + 1,
                                            PrometheusProcess.encoded("medic_diagnosis_seconds_bucket")))
                            .toString())
                    .as("a bucket leads to the trace of a case in it")
                    .contains("trace_id");
            draw(answers(prometheus, begun));
        }
    }

    /** Often enough, and long enough, for everything to have risen between two scrapes. */
    private static void keepBusy(double begun) {
        int alarm = 0;
        do {
            diagnose("busy-" + alarm++);
        } while (alarm < 3 || now() - begun < BUSY_SECONDS);
    }

    private static double now() {
        return Instant.now().toEpochMilli() / 1000.0;
    }

    /** The dashboard's panels with what Prometheus answers; each has to have something to show. */
    private static JsonNode answers(PrometheusProcess prometheus, double begun) throws IOException {
        JsonNode dashboard = JSON.readTree(Files.readString(DASHBOARD));
        ArrayNode drawn = JSON.createArrayNode();
        var empty = new ArrayList<String>();
        prometheus.await("sum(increase(medic_diagnosis_seconds_count[20s])) > 0", found -> found.size() == 1, PATIENCE);
        for (JsonNode panel : dashboard.path("panels")) {
            ObjectNode one = panel.deepCopy().asObject();
            ArrayNode series = one.putArray("series");
            for (JsonNode query : panel.path("targets")) {
                String expression = query.path("expr")
                        .stringValue()
                        .replace("$__rate_interval", "20s")
                        .replace("$__range", "5m")
                        .replace("$job", ".*");
                JsonNode found = prometheus.range(expression, begun, now()).path("result");
                if (!showsANumber(found) && !mayBeEmpty(expression)) {
                    empty.add(panel.path("title").stringValue() + ": " + expression);
                }
                series.addObject()
                        .put("legend", query.path("legendFormat").stringValue(""))
                        .set("result", found);
            }
            drawn.add(one);
        }
        assertThat(empty).as("expressions without an answer").isEmpty();
        return drawn;
    }

    private static boolean showsANumber(JsonNode result) {
        return result.valueStream()
                .flatMap(series -> series.path("values").valueStream())
                .anyMatch(point -> !point.path(1).stringValue().equals("NaN"));
    }

    /** The nodes of this test leave nothing unanswered, and nothing is delivered. */
    private static boolean mayBeEmpty(String expression) {
        return Stream.of("medic_deliveries_", "medic_tickets_", "result!~\"answered|cut\"")
                .anyMatch(expression::contains);
    }

    /** By a page of our own: Grafana is not packaged where this is built. */
    private static void draw(JsonNode panels) throws IOException, SQLException {
        Path page = Files.writeString(
                directory.resolve("panels.html"),
                Files.readString(PANELS)
                        .replace("/*PANELS*/[]", panels.toString().replace("<", "\\u003c")));
        try (Browser browser = Browser.open("en")) {
            browser.go(page.toUri().toString());
            assertThat(browser.complaints()).isEmpty();
            assertThat(browser.shot("dashboard")).isNotEmptyFile();
        }
    }
}
