package org.etcdmedic.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.etcdmedic.practice.HealthyNodes;
import org.etcdmedic.testing.Browser;
import org.etcdmedic.testing.Database;
import org.etcdmedic.testing.ServiceProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** Swagger UI in a real browser, on a service as it comes, before nodes of the lab that answer over real SSH. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SwaggerUiIT {
    private static final Pattern DIAGNOSIS = Pattern.compile("\"diagnosisId\": \"([0-9a-f-]{36})\"");

    @TempDir
    static Path folder;

    private HealthyNodes nodes;
    private ServiceProcess service;

    @BeforeAll
    @SuppressWarnings("NullAway.Init")
    void start() throws IOException {
        nodes = HealthyNodes.start(folder.resolve("nodes"));
        service = ServiceProcess.start(
                Database.fresh(),
                folder.resolve("service.log"),
                "medic.ssh.known-hosts=" + nodes.property("medic.ssh.known-hosts"),
                "medic.ssh.logins.gauss-ops.user=" + nodes.property("medic.ssh.logins.practice.user"),
                "medic.ssh.logins.gauss-ops.private-key=" + nodes.property("medic.ssh.logins.practice.private-key"),
                "medic.ssh.logins.gauss-ops.sudo=true",
                "medic.evidence-window.before=25s",
                "medic.evidence-window.after=10s");
        List<Integer> ports = nodes.ports();
        assertThat(service.api()
                        .put("/instances/orders-in14", """
                        {"nodes": [
                          {"nodeId": "node1no14", "host": "127.0.0.1", "sshPort": %d, "login": "gauss-ops"},
                          {"nodeId": "node2no14", "host": "127.0.0.1", "sshPort": %d, "login": "gauss-ops"},
                          {"nodeId": "node3no14", "host": "127.0.0.1", "sshPort": %d, "login": "gauss-ops"}]}
                        """.formatted(ports.get(0), ports.get(1), ports.get(2)))
                        .status())
                .isEqualTo(201);
    }

    @AfterAll
    void stop() {
        service.close();
        nodes.close();
    }

    @Test
    void sendsAnAlarmAndReadsItsDiagnosis() {
        try (Browser browser = Browser.open("en")) {
            browser.go(service.api().base() + "/swagger-ui.html").size(1280, 1400);
            assertThat(browser.await(By.cssSelector(".info .title")).getText()).startsWith("etcd-medic");
            assertThat(browser.text()).contains("Take an alarm in", "urn:etcd-medic:problem:", "unknown-instance");
            browser.shot("swagger-ui");

            Operation alarm = Operation.open(browser, "alarms", "postAlarm");
            assertThat(alarm.text()).contains("A-20261122-0007", "Role INTAKE");
            alarm.tryOut();
            alarm.write("textarea.body-param__text", """
                    {"alarmId": "A-1", "instanceId": "orders-in14", "nodeId": "node3no14", "occurredAt": "%s"}
                    """.formatted(Instant.now().truncatedTo(ChronoUnit.SECONDS)));
            String taken = alarm.execute("202");
            browser.shot("swagger-ui-alarm");
            Matcher id = DIAGNOSIS.matcher(taken);
            assertThat(id.find()).as(taken).isTrue();
            assertThat(taken).contains("location: /diagnoses/" + id.group(1), "retry-after: 2");

            Operation diagnosis = Operation.open(browser, "diagnoses", "getDiagnosis");
            diagnosis.tryOut();
            diagnosis.write("tr[data-param-name='id'] input", id.group(1));
            // As whoever waits for it does: look again until it is over.
            String over = browser.await(ignored -> Optional.of(diagnosis.execute("200"))
                    .filter(answer -> answer.contains("\"status\": \"COMPLETED\"")));
            browser.shot("swagger-ui-diagnosis");
            assertThat(over).contains("\"cause\": \"ETCD_DISK_FULL\"", "\"outcome\": \"CONFIRMED\"");

            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void showsARecordedExampleInTheReadersLanguage() {
        try (Browser browser = Browser.open("zh-CN")) {
            browser.go(service.api().base() + "/swagger-ui.html").size(1280, 1400);
            Operation cause = Operation.open(browser, "causes", "getCause");
            assertThat(cause.text()).contains("ETCD_BINARY_MISSING", "One cause, told in Chinese");
            cause.tryOut();
            cause.write("tr[data-param-name='code'] input", "ETCD_DISK_FULL");

            assertThat(cause.execute("200")).contains("\"code\": \"ETCD_DISK_FULL\"", "已满");
            browser.shot("swagger-ui-chinese");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    /** One operation on the page. */
    private record Operation(Browser browser, By place) {
        static Operation open(Browser browser, String tag, String id) {
            By place = By.id("operations-" + tag + "-" + id);
            browser.await(place)
                    .findElement(By.className("opblock-summary-control"))
                    .click();
            browser.await(inside(place, ".opblock-body .responses-wrapper"));
            return new Operation(browser, place);
        }

        private static By inside(By place, String selector) {
            return By.cssSelector("#" + place.toString().replaceAll(".*: ", "") + " " + selector);
        }

        private By inside(String selector) {
            return inside(place, selector);
        }

        String text() {
            return browser.await(place).getText();
        }

        void tryOut() {
            click(".try-out__btn");
            browser.await(inside("button.execute"));
        }

        void write(String field, String text) {
            WebElement element = browser.await(inside(field));
            element.sendKeys(Keys.chord(Keys.CONTROL, "a"), text);
        }

        /** Sends the request, and tells what the page shows of the answer: status, headers and body. */
        String execute(String status) {
            click("button.execute");
            browser.await(ignored -> Optional.of(
                            browser.driver().findElements(inside(".live-responses-table .response-col_status")))
                    .filter(found -> found.stream().anyMatch(it -> it.getText().startsWith(status))));
            return browser.await(inside(".live-responses-table tbody .response-col_description"))
                    .getText();
        }

        private void click(String selector) {
            WebElement element = browser.await(inside(selector));
            // Its bar stays at the top of the window and would cover what is scrolled there.
            browser.driver().executeScript("arguments[0].scrollIntoView({block: 'center'})", element);
            element.click();
        }
    }
}
