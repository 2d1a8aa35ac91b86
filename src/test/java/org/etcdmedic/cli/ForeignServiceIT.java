package org.etcdmedic.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What answers where the service is looked for, and is not it, or means no good. */
class ForeignServiceIT {
    private static final String TOKEN = "marker-token-77aa01";
    private static final String ID = "01a208d4-120e-78dd-b05b-c162b7d3da05";
    private static final String DIAGNOSIS = """
            {"id": "%s", "instanceId": "i1", "nodeId": "n1", "status": "%s", "mode": "SSH",
             "alarmedAt": "2026-11-22T10:30:00Z", "queuedAt": "2026-11-22T10:30:01Z"%s}
            """;

    @TempDir
    Path directory;

    private final List<String> authorizations = new CopyOnWriteArrayList<>();

    private HttpServer answering(HttpServer server, int status, String type, String body, String... headers) {
        server.createContext("/", exchange -> {
            authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            exchange.getResponseHeaders().set("Content-Type", type);
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
            }
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static InetSocketAddress anywhere() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private Cli.Ran show(String url, String... further) {
        Cli cli = Cli.in(directory).with("ETCD_MEDIC_TOKEN", TOKEN).with("ETCD_MEDIC_URL", url);
        var words = new ArrayList<>(List.of("show", ID));
        words.addAll(List.of(further));
        return cli.run(words.toArray(String[]::new));
    }

    private Cli.Ran show(int status, String type, String body, String... headers) throws IOException {
        HttpServer server = answering(HttpServer.create(anywhere(), 0), status, type, body, headers);
        try {
            return show("http://127.0.0.1:" + server.getAddress().getPort());
        } finally {
            server.stop(0);
        }
    }

    private static void isOneLine(Cli.Ran ran, String part) {
        assertThat(ran.status()).isEqualTo(Exit.UNREACHABLE);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.error().lines())
                .singleElement()
                .asString()
                .contains(part)
                .doesNotContain("marker");
    }

    @Test
    void isToldInOneLineWhateverItAnswers() throws IOException {
        isOneLine(show(200, "text/html", "<html>It works!</html>"), "is not etcd-medic (HTTP status 200)");
        isOneLine(show(404, "text/html", "<html>nothing</html>"), "is not etcd-medic (HTTP status 404)");
        isOneLine(show(200, "application/json", "{\"hello\": 1}"), "is not etcd-medic");
        isOneLine(show(200, "application/json", "[[["), "is not etcd-medic");
        isOneLine(
                show(200, "application/json", DIAGNOSIS.formatted(ID, "DONE", ", \"findings\": [null]")),
                "is not etcd-medic");
        isOneLine(show(502, "application/problem+json", "{\"type\": \"about:blank\"}"), "HTTP status 502");
    }

    @Test
    void isToldInOneLineWhenItIsNotThere() throws IOException {
        int free;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        isOneLine(show("http://127.0.0.1:" + free), "the connection was refused");
        isOneLine(show("http://127.0.0.1:" + free, "--language", "zh-CN"), "拒绝连接，服务可能未启动。");
        isOneLine(show("https://no-such-host.invalid"), "cannot be resolved");
        try (var mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Cli.Ran ran = Cli.in(directory)
                    .run("diagnose", "n1", "--timeout", "2s", "--url", "http://127.0.0.1:" + mute.getLocalPort());
            isOneLine(ran, "did not answer in time");
        }
    }

    @Test
    void getsNoTokenBecauseAnotherOneLeadsThere() throws IOException {
        HttpServer thief = answering(HttpServer.create(anywhere(), 0), 200, "application/json", "{}");
        try {
            Cli.Ran ran = show(
                    302,
                    "text/html",
                    "",
                    "Location",
                    "http://localhost:" + thief.getAddress().getPort() + "/\u009d0;x");
            isOneLine(ran, "nothing was sent there");
            assertThat(ran.error()).doesNotContain("\u009d");
            assertThat(authorizations).containsExactly("Bearer " + TOKEN);
        } finally {
            thief.stop(0);
        }
    }

    /** Whatever else it answers, nothing of it steers the terminal. */
    @Test
    void cannotSteerTheTerminal() throws IOException {
        String steering = "\u009b31m\u202egnp.exe\u2066\u2028";
        String problem = """
                {"type": "urn:etcd-medic:problem:forbidden", "title": "\\u001b[2J%s", "detail": "\\u0007%s",
                 "errors": [{"pointer": "/\\u001b%s", "detail": "\\b"}]}
                """.formatted(steering, steering, steering);
        Cli.Ran refused = show(403, "application/problem+json", problem);
        Cli.Ran failed = show(
                200,
                "application/json",
                DIAGNOSIS.formatted(ID, "FAILED", ", \"failure\": \"\\u001b" + steering + "\""));
        HttpServer server = answering(
                HttpServer.create(anywhere(), 0), 200, "application/json", DIAGNOSIS.formatted(ID, steering, ""));
        Cli.Ran json = show("http://127.0.0.1:" + server.getAddress().getPort(), "--json");
        server.stop(0);

        assertThat(refused.status()).isEqualTo(Exit.REFUSED);
        assertThat(failed.status()).isEqualTo(Exit.FAILED);
        assertThat(failed.out()).startsWith("THE DIAGNOSIS FAILED: ");
        assertThat(json.out()).contains("\\u009b31m\\u202egnp.exe");
        assertThat(refused.error() + failed.out() + json.out())
                .doesNotContainPattern("[\\p{Cntrl}&&[^\n\t]]|[\\p{Cf}\u2028\u0080-\u009f]");
    }

    @Test
    void namesTheFieldsThatAreWrong() throws IOException {
        Cli.Ran ran = show(400, "application/problem+json", """
                {"type": "urn:etcd-medic:problem:invalid-request", "title": "The request is not well-formed", "detail": "Mend it.",
                 "errors": [{"pointer": "/at", "detail": "A time."}, {"pointer": "#limit", "detail": "A number."}]}
                """);

        assertThat(ran.status()).isEqualTo(Exit.REFUSED);
        assertThat(ran.error())
                .isEqualTo("The request is not well-formed: Mend it.\n  at: A time.\n  limit: A number.\n");
    }

    @Test
    void isTrustedOnlyWithACertificateThatIs() throws IOException, GeneralSecurityException, InterruptedException {
        Path store = directory.resolve("store.p12");
        Path certificate = directory.resolve("authority.pem");
        keytool("-genkeypair", "-keystore", store.toString(), "-dname", "CN=localhost", "-ext", "san=dns:localhost");
        keytool("-exportcert", "-rfc", "-keystore", store.toString(), "-file", certificate.toString());
        var keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, "changeit".toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, "changeit".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        HttpsServer server = HttpsServer.create(anywhere(), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        answering(server, 200, "application/json", DIAGNOSIS.formatted(ID, "CANCELLED", ""));
        try {
            int port = server.getAddress().getPort();
            isOneLine(show("https://localhost:" + port), "No secure connection to https://localhost:" + port);
            // Its certificate is for another name.
            isOneLine(show("https://127.0.0.1:" + port, "--ca-file", certificate.toString()), "No secure connection");
            assertThat(authorizations).isEmpty();
            assertThat(show("https://localhost:" + port, "--ca-file", certificate.toString())
                            .status())
                    .isEqualTo(Exit.CANCELLED);
            isOneLine(show("http://localhost:" + port), "broke off");
        } finally {
            server.stop(0);
        }
    }

    private static void keytool(String... words) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(words));
        command.addAll(List.of("-alias", "service", "-storepass", "changeit"));
        if (words[0].equals("-genkeypair")) {
            command.addAll(List.of("-keyalg", "EC"));
        }
        assertThat(new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor())
                .isZero();
    }
}
