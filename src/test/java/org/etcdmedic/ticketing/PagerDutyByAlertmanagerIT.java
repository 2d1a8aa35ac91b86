package org.etcdmedic.ticketing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.stream.Stream;
import org.etcdmedic.testing.Alertmanager;
import org.etcdmedic.testing.Polling;
import org.etcdmedic.testing.TargetStandIn;
import org.etcdmedic.testing.TargetStandIn.Received;
import org.etcdmedic.ticketing.standin.Trackers;
import org.etcdmedic.ticketing.target.Action;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The real Alertmanager, by which many reach PagerDuty, tells an alert and its end: to our stand-in for PagerDuty, which must have nothing
 * to complain of, and to a server that writes down what our own events are held against.
 */
class PagerDutyByAlertmanagerIT {
    private static final String KEY = "R0UTINGKEY0123456789abcdefGHIJKL";

    @TempDir
    Path folder;

    @Test
    void tellsPagerDutyInTheSameFieldsAsWeDoAndOurStandInTakesIt() throws Exception {
        Alertmanager.assumeInstalled();
        Instant startsAt = Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(5);
        try (var pagerDuty = new Trackers.PagerDuty(KEY);
                var witness = new TargetStandIn()) {
            witness.answers(202, "{\"status\": \"success\", \"message\": \"Event processed\", \"dedup_key\": \"key\"}");
            try (Alertmanager alertmanager = Alertmanager.start(
                    folder, "pagerduty_configs:\n" + toldTo(pagerDuty.address().toString()) + toldTo(witness.url()))) {
                alertmanager.alerts(alert(startsAt, ""));
                Received trigger = witness.await(60);
                alertmanager.alerts(alert(startsAt, ", \"endsAt\": \"" + startsAt.plusSeconds(4) + "\""));
                Received resolve = witness.await(60);
                Polling.await("the stand-in was told the end", Duration.ofMinutes(1), pagerDuty::isOver);

                hasEveryFieldOf(Action.OPEN, trigger);
                hasEveryFieldOf(Action.UPDATE, trigger);
                hasEveryFieldOf(Action.RESOLVE, resolve);
                assertThat(pagerDuty.complaints()).isEmpty();
            }
        }
    }

    private static String toldTo(String address) {
        return """
                  - url: %s/v2/enqueue
                    routing_key: %s
                    send_resolved: true
                    severity: critical
                    class: '{{ .GroupLabels.alertname }}'
                    component: etcd
                    group: '{{ .GroupLabels.instance }}'
                    client: alertmanager
                    client_url: https://alertmanager.example
                    details: {text: '{{ .CommonAnnotations.summary }}'}
                    links: [{href: 'https://alertmanager.example', text: alertmanager}]
                """.formatted(address, KEY);
    }

    private static String alert(Instant startsAt, String more) {
        return """
               [{"labels": {"alertname": "etcdNoLeader", "instance": "orders-1"}, "annotations": {"summary": "no leader"}, "startsAt": "%s"%s}]
               """.formatted(startsAt, more);
    }

    /** Each field of ours is one of Alertmanager's, and of the same kind; the word for what happened is the same. */
    private static void hasEveryFieldOf(Action action, Received theirs) throws Exception {
        JsonNode ours = Told.by(
                        "pagerduty",
                        Map.of(),
                        URI.create("https://events.pagerduty.com"),
                        Told.letters().findFirst().orElseThrow(),
                        action)
                .body();
        JsonNode event = JsonMapper.builder().build().readTree(theirs.body());
        assertThat(theirs.method() + " " + theirs.path()).isEqualTo("POST /v2/enqueue");
        assertThat(fields("", ours))
                // Alertmanager 0.25 leaves the time to PagerDuty. What stands in custom_details is free.
                .filteredOn(field ->
                        !field.equals("/payload/timestamp STRING") && !field.startsWith("/payload/custom_details/"))
                .isSubsetOf(fields("", event).toList());
        assertThat(ours.path("event_action")).isEqualTo(event.path("event_action"));
        assertThat(ours.path("routing_key")).isEqualTo(event.path("routing_key"));
    }

    private static Stream<String> fields(String at, JsonNode node) {
        Stream<String> here = Stream.of(at + " " + node.getNodeType());
        return Stream.concat(
                here,
                node.isArray()
                        ? node.valueStream().flatMap(item -> fields(at + "/*", item))
                        : node.propertyStream().flatMap(field -> fields(at + "/" + field.getKey(), field.getValue())));
    }
}
