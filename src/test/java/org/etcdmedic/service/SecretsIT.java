package org.etcdmedic.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.KeyPair;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.spec.ECGenParameterSpec;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.etcdmedic.testing.Api;
import org.etcdmedic.testing.Database;
import org.etcdmedic.testing.ServiceProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import tools.jackson.databind.JsonNode;

/**
 * Plants a marker in every secret that the service is given or meets, lets everything happen that could tell it, and
 * searches all that comes out: its log, its answers, its rows.
 */
class SecretsIT {
    private static final String TOKEN = "marker-token-5f2c9d";
    private static final String WRONG_TOKEN = "marker-wrong-81ab3e";
    private static final String PASSPHRASE = "marker-passphrase-77e0c1";
    private static final String MONITORING = "marker-monitoring-c0ffee";
    private static final String CLOUD = "marker-cloud-d15ea5";
    private static final String NODE = "markerOfNode0ddba1";

    /** What a careless node prints: each line holds the marker where a secret stands. */
    private static final String CARELESS = """
            user ops
            PGPASSWORD=%1$s
            password = "%1$s"
            export GAUSS_PASSWD='%1$s'
            Authorization: Bearer %1$s
            postgres://medic:%1$s@192.0.2.1/db
            etcdctl --user root:%1$s endpoint health
            {"level":"info","token":"%1$s"}
            -----BEGIN RSA PRIVATE KEY-----
            %1$s
            -----END RSA PRIVATE KEY-----
            """.formatted(NODE);

    @TempDir
    Path directory;

    @Test
    void comeOutNowhere() throws Exception {
        JdbcConnectionDetails database = Database.fresh();
        Path log = directory.resolve("service.log");
        var out = new ArrayList<String>();
        try (SshServer node = carelessNode();
                Echo echo = new Echo()) {
            try (ServiceProcess service = ServiceProcess.start(database, log, settings(node, echo))) {
                Api api = service.api();
                out.addAll(everythingThatIsAnswered(api, node.getPort()));
            }
        }
        out.add(Files.readString(log));
        out.addAll(rows(database));

        String all = String.join("\n", out);
        assertThat(all)
                .as("the diagnosis stands in it")
                .contains("cluster-status")
                .contains("DIAGNOSIS_STARTED");
        for (String secret : List.of(
                TOKEN,
                WRONG_TOKEN,
                sha256(TOKEN),
                PASSPHRASE,
                MONITORING,
                CLOUD,
                NODE,
                Base64.getEncoder().encodeToString(("duty:" + WRONG_TOKEN).getBytes(StandardCharsets.UTF_8)),
                Objects.requireNonNull(database.getPassword()),
                keyBody())) {
            assertThat(all.contains(secret))
                    .as("a secret beginning with %.12s", secret)
                    .isFalse();
        }
    }

    private String[] settings(SshServer node, Echo echo) throws Exception {
        KeyPair pair = KeyPair.genKeyPair(new JSch(), KeyPair.ECDSA, 256);
        Path key = directory.resolve("key");
        try (OutputStream file = Files.newOutputStream(key)) {
            pair.writeOpenSSHv1PrivateKey(file, PASSPHRASE.getBytes(StandardCharsets.UTF_8));
        }
        String hostKey = PublicKeyEntry.toString(
                node.getKeyPairProvider().loadKeys(null).iterator().next().getPublic());
        Path knownHosts = Files.writeString(
                directory.resolve("known_hosts"), "[127.0.0.1]:" + node.getPort() + " " + hostKey + "\n");
        Path monitoring = Files.writeString(directory.resolve("monitoring"), MONITORING);
        Path cloud = Files.writeString(directory.resolve("cloud"), CLOUD);
        return new String[] {
            "medic.access.tokens.duty.roles=admin",
            "medic.access.tokens.duty.sha256=" + sha256(TOKEN),
            "medic.diagnosis.deadline=8s",
            "medic.ssh.known-hosts=file:" + knownHosts,
            "medic.ssh.logins.ops.user=ops",
            "medic.ssh.logins.ops.private-key=file:" + key,
            "medic.ssh.logins.ops.passphrase=" + PASSPHRASE,
            "medic.ssh.logins.wrong.user=ops",
            "medic.ssh.logins.wrong.private-key=file:" + key,
            "medic.ssh.logins.wrong.passphrase=not-" + PASSPHRASE,
            "medic.prometheus.url=" + echo.uri(),
            "medic.prometheus.bearer-token=file:" + monitoring,
            "medic.compute.identity-url=" + echo.uri() + "/v3",
            "medic.compute.user.name=medic",
            "medic.compute.user.domain=Default",
            "medic.compute.user.password=file:" + cloud,
            "medic.compute.user.project=gauss",
            "medic.compute.user.project-domain=Default",
            "logging.level.org.etcdmedic=DEBUG"
        };
    }

    private static List<String> everythingThatIsAnswered(Api api, int sshPort) {
        var out = new ArrayList<String>();
        String[] duty = {"Authorization", "Bearer " + TOKEN};
        out.add(text(api.get("/diagnoses", "Authorization", "Bearer " + WRONG_TOKEN)));
        String basic = Base64.getEncoder().encodeToString(("duty:" + WRONG_TOKEN).getBytes(StandardCharsets.UTF_8));
        out.add(text(api.get("/diagnoses", "Authorization", "Basic " + basic)));
        out.add(text(api.put("/instances/i1", """
                {"nodes": [
                  {"nodeId": "n1", "vmId": "vm-1", "host": "127.0.0.1", "sshPort": %1$d, "login": "ops"},
                  {"nodeId": "n2", "vmId": "vm-2", "host": "127.0.0.1", "sshPort": %1$d, "login": "wrong"},
                  {"nodeId": "n3", "host": "127.0.0.1", "sshPort": 1, "login": "none"}]}
                """.formatted(sshPort), duty)));
        Api.Answer started = api.post(
                "/diagnoses", "{\"instanceId\": \"i1\", \"nodeId\": \"n1\", \"at\": \"" + Instant.now() + "\"}", duty);
        out.add(text(started));
        String path = started.header("Location");
        Instant end = Instant.now().plus(Duration.ofSeconds(60));
        JsonNode diagnosis = api.get(path, duty).json();
        while (diagnosis.path("completedAt").isMissingNode() && Instant.now().isBefore(end)) {
            diagnosis = api.get(path, duty).json();
        }
        assertThat(diagnosis.path("status").stringValue()).isEqualTo("COMPLETED");
        for (String each : List.of("", "/findings", "/classifications", "/remediation", "/evidence", "/metrics")) {
            out.add(text(api.get(path + each, duty)));
        }
        for (JsonNode item : api.get(path + "/evidence", duty).json().path("items")) {
            out.add(text(api.get(path + "/evidence/" + item.path("id").stringValue(), duty)));
        }
        for (String each : List.of(
                "/alarms",
                "/diagnoses",
                "/instances",
                "/probes",
                "/audit",
                "/actuator",
                "/actuator/health",
                "/actuator/info",
                "/actuator/metrics",
                "/actuator/prometheus",
                "/actuator/health/well",
                "/actuator/env",
                "/actuator/configprops",
                "/actuator/heapdump",
                "/actuator/beans",
                "/actuator/loggers",
                "/v3/api-docs",
                "/nowhere")) {
            out.add(text(api.get(each, duty)));
        }
        return out;
    }

    private static String text(Api.Answer answer) {
        return answer.status() + " " + answer.headers().map() + "\n" + answer.text();
    }

    private static List<String> rows(JdbcConnectionDetails database) throws SQLException {
        var rows = new ArrayList<String>();
        try (var connection = DriverManager.getConnection(
                        database.getJdbcUrl(), database.getUsername(), database.getPassword());
                var tables = connection
                        .createStatement()
                        .executeQuery("select quote_ident(tablename) from pg_tables where schemaname = 'public'")) {
            while (tables.next()) {
                try (var found = connection
                        .createStatement()
                        .executeQuery("select t::text from " + tables.getString(1) + " t")) {
                    while (found.next()) {
                        rows.add(found.getString(1));
                    }
                }
            }
        }
        assertThat(rows).hasSizeGreaterThan(20);
        return rows;
    }

    private static String sha256(String text) throws GeneralSecurityException {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private String keyBody() throws IOException {
        return Files.readAllLines(directory.resolve("key")).get(2);
    }

    /** A real SSH server that answers whatever it is asked with secrets. */
    private static SshServer carelessNode() throws IOException, GeneralSecurityException, JSchException {
        var keys = KeyPairGenerator.getInstance("EC");
        keys.initialize(new ECGenParameterSpec("secp256r1"));
        SshServer server = SshServer.setUpDefaultServer();
        server.setHost("127.0.0.1");
        server.setKeyPairProvider(KeyPairProvider.wrap(keys.generateKeyPair()));
        server.setPublickeyAuthenticator((user, key, session) -> true);
        server.setCommandFactory((channel, command) -> new Careless());
        server.start();
        return server;
    }

    private static final class Careless implements Command {
        private OutputStream out = OutputStream.nullOutputStream();
        private OutputStream err = OutputStream.nullOutputStream();
        private ExitCallback exit = (status, message, immediately) -> {};

        @Override
        public void setInputStream(InputStream in) {}

        @Override
        public void setOutputStream(OutputStream stream) {
            out = stream;
        }

        @Override
        public void setErrorStream(OutputStream stream) {
            err = stream;
        }

        @Override
        public void setExitCallback(ExitCallback callback) {
            exit = callback;
        }

        @Override
        public void start(ChannelSession channel, Environment environment) throws IOException {
            for (OutputStream stream : List.of(out, err)) {
                stream.write(CARELESS.getBytes(StandardCharsets.UTF_8));
                stream.flush();
            }
            exit.onExit(0);
        }

        @Override
        public void destroy(ChannelSession channel) {}
    }

    /** A system outside that refuses, and repeats in its answer whatever it was sent. */
    private static final class Echo implements AutoCloseable {
        private final HttpServer server;

        Echo() throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", Echo::answer);
            server.start();
        }

        private static void answer(HttpExchange exchange) throws IOException {
            String sent = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String json =
                    "{\"error\": \"you sent " + exchange.getRequestHeaders().getFirst("Authorization") + " and "
                            + sent.replace("\"", "'") + "\"}";
            byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(401, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        }

        String uri() {
            return "http://127.0.0.1:" + server.getAddress().getPort();
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
