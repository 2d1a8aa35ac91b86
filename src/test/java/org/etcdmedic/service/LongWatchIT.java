package org.etcdmedic.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.etcdmedic.EtcdMedic;
import org.etcdmedic.testing.Api;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;

/** Whoever watches longer than a stream may last comes back, and has heard nothing but events until then. */
@SpringBootTest(
        classes = EtcdMedic.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "medic.progress.longest-stream=1s")
@Import({AlarmsIT.FreshDatabase.class, ProgressIT.AtCommand.class})
@ExtendWith(OutputCaptureExtension.class)
class LongWatchIT {
    @LocalServerPort
    int port;

    @Test
    void isCutBetweenTwoEventsAndComesBack(CapturedOutput log) {
        var api = new Api("http://127.0.0.1:" + port);
        api.put("/instances/i1", "{\"nodes\": [{\"nodeId\": \"n1\", \"host\": \"127.0.0.1\"}]}");
        String id = api.post("/diagnoses", "{\"instanceId\": \"i1\", \"nodeId\": \"n1\"}")
                .json()
                .path("diagnosisId")
                .stringValue();

        Api.Answer cut = api.get("/diagnoses/" + id + "/events");
        Api.Answer again = api.get("/diagnoses/" + id + "/events");

        assertThat(cut.status()).isEqualTo(200);
        assertThat(cut.text().lines().filter(line -> !line.isEmpty()))
                .allMatch(line -> line.matches("(retry|id|event|data|):.*"))
                .noneMatch(line -> line.contains("problem"));
        assertThat(log.getAll())
                .as("a stream that ends in time is no failure")
                .doesNotContain("Failure in @ExceptionHandler");
        assertThat(again.text()).contains("event:progress").doesNotContain("event:over");
        api.post("/diagnoses/" + id + "/cancel", "");
        api.await(id, d -> d.path("status").stringValue("").equals("CANCELLED"), Duration.ofSeconds(20));
    }
}
