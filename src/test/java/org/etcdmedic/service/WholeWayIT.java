package org.etcdmedic.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.etcdmedic.testing.Api;
import org.etcdmedic.testing.Database;
import org.etcdmedic.testing.Ledger;
import org.etcdmedic.testing.ServiceProcess;
import org.etcdmedic.testing.TargetStandIn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One alarm's whole way through a real process: as Alertmanager sends it, over its diagnosis to the ticket of whoever has to act, until
 * its sender takes it back; then packed and handed in again.
 */
class WholeWayIT {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    Path directory;

    @Test
    void anAlertBecomesATicketThatHearsOfItsEnd() throws Exception {
        Replica.prepare(directory);
        var database = Database.fresh();
        var ledger = new Ledger(database);
        try (var target = new TargetStandIn();
                ServiceProcess service = ServiceProcess.start(
                        database,
                        directory.resolve("service.log"),
                        Replica.settings(
                                directory,
                                "medic.tickets.targets.desk.preset=json",
                                "medic.tickets.targets.desk.url=" + target.url() + "/desk",
                                "medic.tickets.rules[0].to=desk",
                                "medic.tickets.rules[0].severities=CRITICAL",
                                "medic.tickets.rules[0].outcomes=CONFIRMED,LIKELY,UNDETERMINED"))) {
            Api api = service.api();
            target.answers(201, "{\"id\": \"INC-1\", \"link\": \"https://desk.example/INC-1\"}");
            Replica.register(api, "orders", 1);
            Instant at = Instant.now();

            Api.Answer sent = api.post("/alarms/alertmanager", alert("firing", at, "critical"));
            Api.Answer again = api.post("/alarms/alertmanager", alert("firing", at, "critical"));

            assertThat(sent.status()).as(sent.text()).isEqualTo(202);
            assertThat(sent.json().path("results").path(0).path("outcome").stringValue())
                    .isEqualTo("OPENED");
            assertThat(again.json().path("results").path(0).path("outcome").stringValue())
                    .isEqualTo("REPEATED");
            String id = sent.json().path("results").path(0).path("diagnosisId").stringValue();
            JsonNode over = api.await(id, it -> it.path("status").stringValue().equals("COMPLETED"), PATIENCE);
            JsonNode told = JSON.readTree(target.await(PATIENCE.toSeconds()).body());
            assertThat(told.toString())
                    .contains(id)
                    .contains(over.path("verdict").path("cause").stringValue());
            ledger.await("select count(*) from ticket where state = 'DELIVERED'", 1, PATIENCE);

            Api.Answer cleared = api.post("/alarms/alertmanager", alert("resolved", at, "critical"));
            assertThat(cleared.json().path("results").path(0).path("outcome").stringValue())
                    .as(cleared.text())
                    .isEqualTo("CLEARED");
            JsonNode end = JSON.readTree(target.await(PATIENCE.toSeconds()).body());
            assertThat(end.toString()).contains(id).isNotEqualTo(told.toString());
            ledger.await("select count(*) from ticket where event = 'CLEARED'", 1, PATIENCE);
            ledger.await("select count(*) from scheduled_tasks where task_name = 'ticket'", 0, PATIENCE);
            JsonNode known = api.get("/diagnoses/" + id).json();
            assertThat(known.path("alarmsClearedAt").isString()).isTrue();
            assertThat(known.path("tickets").size()).isEqualTo(1);

            // What monitors have in common with people: they repeat themselves. The ticket hears of it, and no second
            // one is opened.
            api.post("/alarms/alertmanager", alert("firing", at.plusSeconds(60), "critical"));
            target.await(PATIENCE.toSeconds());
            ledger.await("select count(*) from ticket_diagnosis", 2, PATIENCE);
            assertThat(ledger.number("select count(*) from ticket")).isEqualTo(1);

            // An alarm that no rule is for becomes no ticket.
            Replica.register(api, "reports", 1);
            String quiet = api.post(
                            "/alarms/alertmanager",
                            alert("firing", at, "warning").replace("orders", "reports"))
                    .json()
                    .path("results")
                    .path(0)
                    .path("diagnosisId")
                    .stringValue();
            api.await(quiet, it -> it.path("status").stringValue().equals("COMPLETED"), PATIENCE);
            assertThat(api.get("/tickets?diagnosisId=" + quiet)
                            .json()
                            .path("items")
                            .size())
                    .isZero();

            assertPackedAlike(api, id, over);
        }
    }

    private static void assertPackedAlike(Api api, String id, JsonNode over) throws Exception {
        byte[] packed = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(api.base() + "/diagnoses/" + id + "/bundle"))
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray())
                .body();
        String boundary = "----package";
        var form = new ByteArrayOutputStream();
        form.writeBytes(
                ("--" + boundary + "\r\nContent-Disposition: form-data; name=\"bundle\"; filename=\"p.tar.gz\"\r\n"
                                + "Content-Type: application/gzip\r\n\r\n")
                        .getBytes(StandardCharsets.UTF_8));
        form.writeBytes(packed);
        form.writeBytes(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
        Api.Answer taken = api.form("/diagnoses", form.toByteArray(), boundary);
        assertThat(taken.status()).as(taken.text()).isEqualTo(202);
        JsonNode judged = api.await(
                taken.json().path("diagnosisId").stringValue(),
                it -> it.path("status").stringValue().equals("COMPLETED"),
                PATIENCE);
        assertThat(judged.path("verdict").path("outcome").stringValue())
                .isEqualTo(over.path("verdict").path("outcome").stringValue());
        assertThat(judged.path("verdict").path("cause").stringValue())
                .isEqualTo(over.path("verdict").path("cause").stringValue());
        assertThat(judged.path("mode").stringValue()).isEqualTo("OFFLINE");
    }

    private static String alert(String status, Instant at, String severity) {
        return """
                {"version": "4", "groupKey": "{}", "truncatedAlerts": 0, "status": "%1$s", "receiver": "medic",
                 "groupLabels": {}, "commonLabels": {}, "commonAnnotations": {}, "externalURL": "http://am.example",
                 "alerts": [{"status": "%1$s", "labels": {"alertname": "etcdMembersDown", "severity": "%3$s",
                   "instance_id": "orders", "node_id": "n1"}, "annotations": {}, "startsAt": "%2$s",
                   "endsAt": "%4$s", "fingerprint": "orders%3$s"}]}
                """.formatted(
                        status, at, severity, status.equals("firing") ? "0001-01-01T00:00:00Z" : at.plusSeconds(30));
    }
}
