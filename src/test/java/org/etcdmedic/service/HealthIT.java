package org.etcdmedic.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.etcdmedic.testing.Api;
import org.etcdmedic.testing.GuardedService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Alive, ready and well are three questions, asked of a real process while its database and its files come and go. */
class HealthIT {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    /** What a prober waits for, and what a busy machine adds. */
    private static final Duration SOON = Duration.ofSeconds(3);

    @TempDir
    Path directory;

    @Test
    void tellsAliveFromReadyFromWell() throws Exception {
        Replica.prepare(directory);
        String[] settings = {
            "medic.ssh.known-hosts=file:" + directory.resolve("known_hosts"),
            "medic.ssh.logins.ops.user=ops",
            "medic.ssh.logins.ops.private-key=file:" + directory.resolve("key"),
            "medic.prometheus.url=http://127.0.0.1:9",
            "medic.shutdown.announced=5s"
        };
        GuardedService service = GuardedService.start(directory.resolve("service.log"), settings);
        try {
            Api api = service.api();
            assertThat(api.get("/livez").status()).isEqualTo(200);
            assertThat(api.get("/readyz").status()).isEqualTo(200);
            assertThat(api.get("/actuator/health").text())
                    .as("what stood there before stands there still")
                    .contains("\"status\":\"UP\"");
            assertThat(api.get("/actuator/health/well").status()).isEqualTo(401);
            assertThat(api.get("/actuator/health/well", service.as("intake")).status())
                    .isEqualTo(403);

            JsonNode well = well(service);
            assertThat(well.path("status").stringValue()).isEqualTo("DEGRADED");
            assertThat(well.at("/components/outside/details/prometheus").stringValue())
                    .isEqualTo("the connection is refused");
            for (String part : new String[] {"database", "queue", "workers", "knowledge", "ssh", "diskSpace"}) {
                assertThat(well.at("/components/" + part + "/status").stringValue("none"))
                        .as(part)
                        .isEqualTo("UP");
            }
            Files.delete(directory.resolve("key"));
            assertThat(well(service).at("/components/ssh/details/trouble").stringValue())
                    .isEqualTo("the key of login ops cannot be read");

            service.withoutDatabase(() -> {
                await(api, "/readyz", 503);
                assertThat(api.get("/livez").status()).isEqualTo(200);
                assertThat(well(service).at("/components/database/status").stringValue())
                        .isEqualTo("DOWN");
            });
            await(api, "/readyz", 200);

            Thread stopping = Thread.ofVirtual().start(service::stop);
            await(api, "/readyz", 503);
            assertThat(api.get("/livez").status()).isEqualTo(200);
            assertThat(api.post("/alarms", "{}", service.as("intake")).status())
                    .as("what is sent all the same is still looked at")
                    .isEqualTo(400);
            stopping.join();
        } finally {
            service.close();
        }
    }

    private static JsonNode well(GuardedService service) {
        Api.Answer answer = service.api().get("/actuator/health/well", service.as("viewer"));
        assertThat(answer.status()).as(answer.text()).isEqualTo(503);
        return answer.json();
    }

    /** Each answer comes at once, whatever it says. */
    private static void await(Api api, String path, int status) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            long asked = System.nanoTime();
            int answered = api.get(path).status();
            assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(SOON);
            if (answered == status) {
                return;
            }
            assertThat(System.nanoTime()).as(path + " answers " + answered).isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
        }
    }
}
