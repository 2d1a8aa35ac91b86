package org.etcdmedic.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.etcdmedic.EtcdMedic;
import org.etcdmedic.testing.Api;
import org.etcdmedic.testing.ServiceProcess;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** What was found before, what people said of it and how right it was, over HTTP and on a real database. */
@SpringBootTest(classes = EtcdMedic.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import(AlarmsIT.FreshDatabase.class)
class MemoryIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    MeterRegistry meters;

    @Autowired
    JdbcConnectionDetails database;

    private Api api;

    @BeforeEach
    void begin() {
        api = new Api("http://127.0.0.1:" + port);
        for (String table :
                List.of("feedback", "request_key", "scheduled_tasks", "alarm", "diagnosis", "instance", "audit")) {
            jdbc.sql("delete from " + table).update();
        }
        // Port 1 of loopback refuses at once, and the login is not configured: the same cause each time.
        register("i1");
        register("i2");
    }

    private void register(String instance) {
        assertThat(api.put("/instances/" + instance, """
                                {"nodes": [{"nodeId": "n1-%s", "host": "127.0.0.1", "sshPort": 1, "login": "ops"}]}
                                """.formatted(instance)).status())
                .isIn(200, 201);
    }

    private String completed(String instance) {
        Api.Answer started =
                api.post("/diagnoses", "{\"instanceId\": \"%1$s\", \"nodeId\": \"n1-%1$s\"}".formatted(instance));
        assertThat(started.status()).as(started.text()).isEqualTo(202);
        String id = started.json().path("diagnosisId").stringValue();
        api.await(id, it -> it.path("status").stringValue().equals("COMPLETED"), PATIENCE);
        return id;
    }

    /** As if all that is on record had happened so many days earlier. */
    private void daysPass(int days) {
        jdbc.sql(
                        "update diagnosis set alarmed_at = alarmed_at - :n * interval '1 day', queued_at = queued_at - :n * interval '1 day',"
                                + " started_at = started_at - :n * interval '1 day', completed_at = completed_at - :n * interval '1 day'")
                .param("n", days)
                .update();
        jdbc.sql(
                        "update feedback set said_at = said_at - :n * interval '1 day', repaired_at = repaired_at - :n * interval '1 day',"
                                + " concluded_at = concluded_at - :n * interval '1 day'")
                .param("n", days)
                .update();
    }

    private Api.Answer say(String id, String body) {
        return api.post("/diagnoses/" + id + "/feedback", body);
    }

    private JsonNode get(String id) {
        return api.get("/diagnoses/" + id).json();
    }

    private static String step(JsonNode diagnosis) {
        return diagnosis.path("remediation").path(0).path("id").stringValue();
    }

    @Test
    void tellsTheThirdTimeWhatHelpedLastAndHowLongItHeld(@TempDir Path folder) {
        String first = completed("i1");
        JsonNode history = get(first).path("history");
        assertThat(history.path("occurrences").intValue()).isEqualTo(1);
        assertThat(history.path("summary").stringValue()).isEqualTo("Not found before on node n1-i1 within 30 days.");
        String step = step(get(first));
        assertThat(say(first, "{\"verdict\": \"RIGHT\", \"helped\": [\"%s\"]}".formatted(step))
                        .status())
                .isEqualTo(201);
        daysPass(4);
        String second = completed("i1");
        assertThat(say(second, "{\"verdict\": \"RIGHT\", \"helped\": [\"%s\"]}".formatted(step))
                        .status())
                .isEqualTo(201);
        daysPass(6);

        String third = completed("i1");

        JsonNode told = get(third);
        history = told.path("history");
        assertThat(history.path("occurrences").intValue()).isEqualTo(3);
        assertThat(history.path("sightings").intValue()).isEqualTo(3);
        assertThat(history.path("summary").stringValue())
                .isEqualTo("The third time on node n1-i1 within 10 days; last time this helped: " + step
                        + ". It held for 6 days, counted from when somebody said what had helped.");
        assertThat(history.path("previous")
                        .valueStream()
                        .map(one -> one.path("id").stringValue()))
                .containsExactly(second, first);
        assertThat(history.path("previous").path(0).path("heldFor").stringValue())
                .startsWith("PT144H");
        assertThat(history.path("fingerprint"))
                .isEqualTo(get(first).path("history").path("fingerprint"));
        JsonNode helped = told.path("remediation").path(0).path("helpedBefore");
        assertThat(helped.path("count").intValue()).isEqualTo(2);
        assertThat(helped.path("diagnosisId").stringValue()).isEqualTo(second);
        assertThat(helped.path("where").stringValue()).isEqualTo("HERE");
        assertThat(api.get("/diagnoses/" + third + "/remediation").json().at("/items/0/helpedBefore"))
                .isEqualTo(helped);
        assertThat(api.get("/diagnoses/" + third, "Accept-Language", "zh-CN")
                        .json()
                        .at("/history/summary")
                        .stringValue())
                .startsWith("10 天内第三次在节点 n1-i1 上出现");
        assertThat(api.get("/diagnoses/" + third + "/report", "Accept", "text/markdown")
                        .text())
                .contains("## What is remembered", "The third time on node n1");
        assertThat(api.get("/diagnoses/" + third + "/report", "Accept", "text/html")
                        .text())
                .contains("The third time on node n1-i1", "Helped here 2 times");
        assertThat(api.get("/ui/diagnoses/" + third).text())
                .contains("The third time on node n1-i1", "Helped here 2 times", "data-feedback=");
        assertThat(get(first).path("history").path("occurrences").intValue())
                .as("an old one tells what was known then")
                .isEqualTo(1);

        // A service that is started anew on the same database remembers the same.
        try (ServiceProcess anew = ServiceProcess.start(database, folder.resolve("anew.log"))) {
            assertThat(anew.api().get("/diagnoses/" + third).json().path("history"))
                    .isEqualTo(history);
        }
    }

    @Test
    void tellsNoReturnOfWhatNobodyKnewToBeGone() {
        completed("i1");
        daysPass(1);
        completed("i1");
        daysPass(1);

        JsonNode history = get(completed("i1")).path("history");

        assertThat(history.path("occurrences").intValue()).isEqualTo(1);
        assertThat(history.path("sightings").intValue()).isEqualTo(3);
        assertThat(history.path("summary").stringValue())
                .startsWith("Found 3 times on node n1-i1 since ")
                .endsWith("nobody said that it was repaired in between, nor was it seen to be gone.");
        assertThat(history.path("previous").path(0).has("heldFor")).isFalse();
    }

    @Test
    void showsWithTheNextOneWhatItWasInsteadAndLeavesTheVerdictAlone() {
        String first = completed("i1");
        JsonNode verdict = get(first).path("verdict");
        assertThat(say(first, "{\"verdict\": \"WRONG\", \"actualCause\": \"CLOCK_SKEW\"}")
                        .status())
                .isEqualTo(201);

        JsonNode next = get(completed("i1"));

        assertThat(next.at("/history/correction/actualCause").stringValue()).isEqualTo("CLOCK_SKEW");
        assertThat(next.at("/history/correction/diagnosisId").stringValue()).isEqualTo(first);
        assertThat(next.at("/history/correction/text").stringValue()).contains("CLOCK_SKEW");
        assertThat(next.path("verdict").path("cause")).isEqualTo(verdict.path("cause"));
        assertThat(get(first).path("verdict")).isEqualTo(verdict);
    }

    @Test
    void tellsWhatHelpedElsewhereWhereNothingIsKnownHere() {
        String there = completed("i2");
        String step = step(get(there));
        say(there, "{\"verdict\": \"RIGHT\", \"helped\": [\"%s\"]}".formatted(step));

        JsonNode here = get(completed("i1"));

        assertThat(here.at("/history/occurrences").intValue()).isEqualTo(1);
        assertThat(here.at("/remediation/0/helpedBefore/where").stringValue()).isEqualTo("ELSEWHERE");
        assertThat(here.at("/history/kindFingerprint")).isEqualTo(get(there).at("/history/kindFingerprint"));
        assertThat(here.at("/history/fingerprint")).isNotEqualTo(get(there).at("/history/fingerprint"));
    }

    @Test
    void keepsAllThatWasSaidAndCountsTheNewest() {
        String id = completed("i1");
        double before = count("right");
        String right = "{\"verdict\": \"RIGHT\", \"note\": \"password=hunter2 \\u001b[31m\"}";
        Api.Answer first = say(id, right);
        assertThat(first.status()).as(first.text()).isEqualTo(201);
        assertThat(first.header("Location")).isEqualTo("/diagnoses/" + id + "/feedback");
        assertThat(say(id, right).status()).as("the same once more").isEqualTo(200);
        assertThat(say(id, "{\"verdict\": \"PARTLY\", \"actualCause\": \"CLOCK_SKEW\"}")
                        .status())
                .isEqualTo(201);

        JsonNode said = api.get("/diagnoses/" + id + "/feedback").json().path("items");

        assertThat(said.valueStream().map(one -> one.path("verdict").stringValue() + one.path("counts")))
                .containsExactly("PARTLYtrue", "RIGHTfalse");
        assertThat(said.path(1).path("note").stringValue())
                .doesNotContain("hunter2", "\u001b")
                .contains("[redacted]", "\\u001b");
        assertThat(said.path(1).path("by").stringValue()).isEqualTo("local");
        assertThat(jdbc.sql("select count(*) from feedback where note like '%hunter2%'")
                        .query(Long.class)
                        .single())
                .isZero();
        assertThat(count("right")).isEqualTo(before + 1);
        assertThat(api.get("/audit?action=FEEDBACK_GIVEN").json().path("items"))
                .hasSize(2)
                .first()
                .satisfies(entry -> {
                    assertThat(entry.path("target").stringValue()).isEqualTo(id);
                    assertThat(entry.at("/before/verdict").stringValue()).isEqualTo("RIGHT");
                    assertThat(entry.at("/after/verdict").stringValue()).isEqualTo("PARTLY");
                    assertThat(entry.toString()).doesNotContain("hunter2");
                });
    }

    private double count(String verdict) {
        return meters.find("medic.feedback").tag("verdict", verdict).counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                                                       | /verdict
            {"verdict": "MAYBE"}                                                     | /verdict
            {"verdict": "RIGHT", "because": "so"}                                    | /because
            {"verdict": "WRONG"}                                                     | /actualCause
            {"verdict": "WRONG", "actualCause": "NOBODY_KNOWS"}                      | /actualCause
            {"verdict": "WRONG", "actualCause": "PROBE_ACCESS"}                      | /actualCause
            {"verdict": "RIGHT", "actualCause": "CLOCK_SKEW"}                        | /actualCause
            {"verdict": "RIGHT", "helped": ["prayer"]}                               | /helped
            {"verdict": "RIGHT", "helped": "all"}                                    | /helped
            {"verdict": "RIGHT", "repairedAt": "2001-01-01T00:00:00Z"}               | /repairedAt
            {"verdict": "RIGHT", "repairedAt": "2999-01-01T00:00:00Z"}               | /repairedAt
            {"verdict": "RIGHT", "repairedAt": "yesterday"}                          | /repairedAt
            """)
    void refusesWhatContradictsItselfOrWhatIsKnown(String body, String pointer) {
        String id = completed("i1");

        Api.Answer answer = say(id, body);

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.json()
                        .path("errors")
                        .valueStream()
                        .map(e -> e.path("pointer").stringValue()))
                .as(answer.text())
                .contains(pointer);
        assertThat(api.get("/diagnoses/" + id + "/feedback").json().path("items"))
                .isEmpty();
    }

    @Test
    void takesNothingOfADiagnosisWithoutAVerdict() {
        String id = completed("i1");
        jdbc.sql("update diagnosis set status = 'FAILED', judgement = null, outcome = null, failure = 'planted'")
                .update();

        Api.Answer answer = say(id, "{\"verdict\": \"RIGHT\"}");

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.json().path("type").stringValue()).isEqualTo("urn:etcd-medic:problem:no-verdict");
        assertThat(say(UUID.randomUUID().toString(), "{\"verdict\": \"RIGHT\"}").status())
                .isEqualTo(404);
        assertThat(api.get("/diagnoses/" + id + "/history").json().path("items"))
                .isEmpty();
    }

    @Test
    void pagesThroughThoseBefore() {
        String one = completed("i1");
        String two = completed("i1");
        String three = completed("i1");
        String path = "/diagnoses/" + three + "/history?limit=1";

        JsonNode first = api.get(path).json();
        JsonNode second =
                api.get(path + "&cursor=" + first.path("next").stringValue()).json();

        assertThat(first.at("/items/0/id").stringValue()).isEqualTo(two);
        assertThat(second.at("/items/0/id").stringValue()).isEqualTo(one);
        assertThat(second.has("next")).isFalse();
        assertThat(api.get(path + "&cursor=x").status()).isEqualTo(400);
        assertThat(api.get("/diagnoses/" + three + "/history?limit=201").status())
                .isEqualTo(400);
    }

    @Test
    void countsHowRightItWasAndOfHowManyNobodySaid() {
        String first = completed("i1");
        say(first, "{\"verdict\": \"RIGHT\"}");
        say(first, "{\"verdict\": \"WRONG\", \"actualCause\": \"CLOCK_SKEW\"}");
        say(completed("i1"), "{\"verdict\": \"RIGHT\"}");
        completed("i1");

        JsonNode accuracy = api.get("/accuracy?cause=PROBE_ACCESS").json();

        assertThat(accuracy.path("causes")).hasSize(1);
        JsonNode row = accuracy.path("causes").path(0);
        assertThat(row.path("outcome").stringValue()).isEqualTo("CONFIRMED");
        assertThat(List.of(
                        row.path("concluded").intValue(),
                        row.path("answered").intValue(),
                        row.path("unanswered").intValue(),
                        row.path("right").intValue(),
                        row.path("wrong").intValue()))
                .containsExactly(3, 2, 1, 1, 1);
        assertThat(row.path("share").doubleValue()).isEqualTo(0.5);
        assertThat(row.path("low").doubleValue()).isEqualTo(0.095);
        assertThat(accuracy.at("/confusion/0/actual").stringValue()).isEqualTo("CLOCK_SKEW");
        String version = get(first).path("knowledgeVersion").stringValue();
        assertThat(api.get("/accuracy?knowledgeVersion=" + version)
                        .json()
                        .at("/outcomes/0/concluded")
                        .intValue())
                .isEqualTo(3);
        assertThat(api.get("/accuracy?knowledgeVersion=0").json().path("outcomes"))
                .isEmpty();
        assertThat(api.get("/accuracy?until=2020-01-01T00:00:00Z").json().path("causes"))
                .isEmpty();
        assertThat(api.get("/accuracy?cause=no").status()).isEqualTo(400);
        assertThat(api.get("/ui/accuracy").text()).contains("50 % (9–91 %)", "PROBE_ACCESS");
    }
}
