package org.etcdmedic.ticketing.standin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** A server that stands in for another. */
public abstract class StandIn implements AutoCloseable {
    protected static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpServer server;
    private final List<String> complaints = new CopyOnWriteArrayList<>();

    /** What came. */
    public record Call(String method, String path, Map<String, String> query, HttpExchange exchange, JsonNode json) {
        String header(String name) {
            return String.valueOf(exchange.getRequestHeaders().getFirst(name));
        }
    }

    /** What is answered. */
    public record Reply(int status, String body) {}

    @SuppressWarnings("this-escape") // Nobody calls before the test does, which has the whole object.
    protected StandIn() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::serve);
        server.start();
    }

    /** Checks a request and answers like the program it stands in for. */
    protected abstract Reply answer(Call call);

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            JsonNode json = body.isEmpty() ? MissingNode.getInstance() : JSON.readTree(body);
            var call = new Call(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getRawPath(),
                    query(exchange.getRequestURI().getRawQuery()),
                    exchange,
                    json);
            Reply reply;
            try {
                reply = answer(call);
            } catch (RuntimeException wrong) {
                complaints.add(String.valueOf(wrong));
                reply = new Reply(500, "");
            }
            byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private static Map<String, String> query(String raw) {
        var query = new HashMap<String, String>();
        if (raw != null) {
            for (String pair : raw.split("&")) {
                String[] parts = pair.split("=", 2);
                query.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
            }
        }
        return query;
    }

    /** Notes what the specification would refuse. */
    protected void demand(boolean met, String what) {
        if (!met) {
            complaints.add(what);
        }
    }

    /** A required text of so many characters at most. */
    protected String text(JsonNode json, String pointer, int most) {
        JsonNode value = json.at(pointer);
        demand(value.isString() && !value.asString().isBlank(), pointer + " is a text");
        demand(value.asString("").length() <= most, pointer + " has at most " + most + " characters");
        return value.asString("");
    }

    public List<String> complaints() {
        return complaints;
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
