package org.etcdmedic.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;

/**
 * A cloud of one's own with a {@link SmnStandIn}, at {@code https://localhost}: it gives away the certificate of its signatures, takes
 * confirmations, and its own authority is known to nobody who was not told of it. It is not SMN.
 */
public final class SmnCloud implements AutoCloseable {
    private final SmnStandIn smn;
    private final HttpsServer server;
    private final Path authority;
    private final SSLContext trusting;
    private final List<String> asked = new CopyOnWriteArrayList<>();

    /** With keys of its own, in this folder. */
    public SmnCloud(Path folder) {
        try {
            smn = new SmnStandIn(Files.createDirectories(folder));
            Certificate certificate = Certificate.in(folder.resolve("tls"));
            authority = Files.writeString(folder.resolve("authority.pem"), certificate.pem());
            trusting = certificate.trusting();
            server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(certificate.server()));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().toString();
        asked.add(path);
        try (exchange) {
            if (path.startsWith("/moved")) {
                exchange.getResponseHeaders().set("Location", url("/elsewhere"));
                exchange.sendResponseHeaders(302, -1);
                return;
            }
            if (path.startsWith("/missing")) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            byte[] body = path.startsWith("/certificate")
                    ? Files.readAllBytes(smn.certificate())
                    : "{\"message\": \"You have subscribed\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    /** The address of something there. */
    public String url(String path) {
        return "https://localhost:" + server.getAddress().getPort() + path;
    }

    /** The certificate of the authority of its own. */
    public Path authority() {
        return authority;
    }

    /** For a client that trusts that authority, and nobody else. */
    public SSLContext trusting() {
        return trusting;
    }

    /** A message, signed; where its certificate may be had stands in it. */
    public String signed(String type, String id, String message, Map<String, String> more) {
        var fields = new TreeMap<String, String>(Map.of("signing_cert_url", url("/certificate.pem")));
        fields.putAll(more);
        return smn.signed(type, id, message, fields);
    }

    /** What it was asked for, since the last time that this was called. */
    public List<String> asked() {
        List<String> all = List.copyOf(asked);
        asked.clear();
        return all;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
