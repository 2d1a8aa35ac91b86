package org.etcdmedic.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.etcdmedic.EtcdMedic;
import org.etcdmedic.testing.Api;
import org.etcdmedic.testing.Browser;
import org.etcdmedic.testing.Database;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A reader in front of the page: a real Chromium, a real service and database, and an instance whose only node is silent. */
@SpringBootTest(classes = EtcdMedic.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import(ReaderAtThePage.FreshDatabase.class)
abstract class ReaderAtThePage {
    @TestConfiguration(proxyBeanMethods = false)
    static class FreshDatabase {
        @Bean
        JdbcConnectionDetails database() {
            return Database.fresh();
        }
    }

    static final Path DIRECTORY = directory();
    private static final SilentNode SILENT = SilentNode.start();

    private static Path directory() {
        try {
            return Files.createTempDirectory("page");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @DynamicPropertySource
    static void logins(DynamicPropertyRegistry registry) {
        Path key = SilentNode.key(DIRECTORY.resolve("key"));
        registry.add("medic.ssh.host-keys", () -> "trust-on-first-use");
        registry.add("medic.ssh.known-hosts", () -> "file:" + DIRECTORY.resolve("known_hosts"));
        registry.add("medic.ssh.logins.ops.user", () -> "ops");
        registry.add("medic.ssh.logins.ops.private-key", () -> "file:" + key);
    }

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    Api api = new Api("");

    @SuppressWarnings("NullAway.Init") // opened before each test
    Browser browser;

    @BeforeEach
    void begin() {
        api = new Api("http://127.0.0.1:" + port);
        for (String table : List.of("scheduled_tasks", "alarm", "diagnosis", "instance", "audit")) {
            jdbc.sql("delete from " + table).update();
        }
        api.put("/instances/orders-in14", """
                {"name": "orders-prod", "nodes": [{"nodeId": "node1-no14", "host": "127.0.0.1", "sshPort": %d, "login": "ops"}]}
                """.formatted(SILENT.port()));
        browser = Browser.open("en-US");
    }

    @AfterEach
    void close() {
        browser.close();
    }

    Browser go(String path) {
        return browser.go(api.base() + path);
    }

    WebElement find(String css) {
        return browser.await(By.cssSelector(css));
    }

    List<String> texts(String css) {
        return browser.driver().findElements(By.cssSelector(css)).stream()
                .map(WebElement::getText)
                .toList();
    }

    void awaitText(String text) {
        browser.await(ignored -> Optional.of(browser.text()).filter(shown -> shown.contains(text)));
    }

    String address() {
        return browser.driver().getCurrentUrl().substring(api.base().length());
    }

    void awaitAddress(String pattern) {
        browser.await(ignored -> Optional.of(address()).filter(now -> now.matches(pattern)));
    }

    String start() {
        return api.post("/diagnoses", "{\"instanceId\": \"orders-in14\", \"nodeId\": \"node1-no14\"}")
                .json()
                .path("diagnosisId")
                .stringValue();
    }
}
