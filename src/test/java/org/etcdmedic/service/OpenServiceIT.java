package org.etcdmedic.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.etcdmedic.EtcdMedic;
import org.etcdmedic.testing.Api;
import org.etcdmedic.testing.Database;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

/** A service without tokens is open to its own machine, and to nothing else. */
@ExtendWith(OutputCaptureExtension.class)
class OpenServiceIT {
    private static final String HASH = "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b";

    private static ConfigurableApplicationContext start(String... properties) {
        JdbcConnectionDetails database = Database.fresh();
        var arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--spring.datasource.url=" + database.getJdbcUrl(),
                "--spring.datasource.username=" + database.getUsername(),
                "--spring.datasource.password=" + database.getPassword()));
        for (String property : properties) {
            arguments.add("--" + property);
        }
        return new SpringApplication(EtcdMedic.class).run(arguments.toArray(String[]::new));
    }

    private static String status(int port, String request) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            byte[] answer = socket.getInputStream().readNBytes(12);
            return new String(answer, StandardCharsets.US_ASCII).substring(9);
        }
    }

    @Test
    void answersNamesOfItsOwnMachineOnly() throws IOException {
        try (ConfigurableApplicationContext context = start()) {
            int port = Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));

            assertThat(new Api("http://127.0.0.1:" + port).get("/instances").status())
                    .isEqualTo(200);
            assertThat(status(port, "GET /instances HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                    .isEqualTo("200");
            assertThat(status(port, "GET /instances HTTP/1.1\r\nHost: rebound.example\r\nConnection: close\r\n\r\n"))
                    .isEqualTo("403");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "server.address=0.0.0.0, server.address",
        "management.server.port=0, management.server.address",
    })
    void refusesToListenElsewhereWithoutAuthenticationAndSaysWhatToDo(
            String property, String named, CapturedOutput output) {
        refused(() -> start(property));

        assertThat(output).contains("APPLICATION FAILED TO START", named, "medic.access.tokens.<name>.roles");
    }

    @Test
    void listensElsewhereOnceSomebodyHasToSayWhoHeIs() {
        try (ConfigurableApplicationContext context = start(
                "server.address=0.0.0.0",
                "medic.access.tokens.duty.roles=viewer",
                "medic.access.tokens.duty.sha256=" + HASH)) {
            var api = new Api("http://127.0.0.1:" + context.getEnvironment().getRequiredProperty("local.server.port"));
            assertThat(api.get("/instances").status()).isEqualTo(401);
            assertThat(api.get("/instances", "Authorization", "Bearer secret").status())
                    .isEqualTo(200);
        }
    }

    @Test
    void refusesAnIssuerWhoseTokensForOthersItWouldTake() {
        refused(() -> start("spring.security.oauth2.resourceserver.jwt.jwk-set-uri=http://127.0.0.1:1/keys"));
    }

    @Test
    void refusesATokenThatCannotBeUsedWithoutTellingItsHash(CapturedOutput output) {
        refused(() -> start("medic.access.tokens.duty.sha256=" + HASH));

        assertThat(output).contains("token duty: has no role").doesNotContain(HASH);
    }

    private static void refused(ThrowingCallable start) {
        assertThatThrownBy(start).isInstanceOf(Exception.class);
    }
}
