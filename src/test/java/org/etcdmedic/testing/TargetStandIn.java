package org.etcdmedic.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A real HTTP server in place of a target of tickets: keeps every request, and answers as the test says. */
public final class TargetStandIn implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final BlockingQueue<Received> news = new LinkedBlockingQueue<>();
    private volatile Script script = request -> new Reply(200, "{}", Map.of());

    /** What came. Header names in lower case. */
    public record Received(String method, String path, Map<String, String> headers, String body) {
        /** A header that has to be there. */
        public String header(String name) {
            return Optional.ofNullable(headers.get(name)).orElseThrow(() -> new AssertionError("no header " + name));
        }
    }

    /** What is answered. */
    public record Reply(int status, String body, Map<String, String> headers) {}

    /** Decides what is answered; may take its time, or throw to cut the line. */
    public interface Script {
        /** The answer. */
        Reply answer(Received request) throws IOException, InterruptedException;
    }

    /** On loopback, at any free port. */
    public TargetStandIn() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    private void handle(HttpExchange exchange) throws IOException {
        var headers = new TreeMap<String, String>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(java.util.Locale.ROOT), values.getFirst()));
        var request = new Received(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                headers,
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        received.add(request);
        news.add(request);
        try {
            Reply reply = script.answer(request);
            reply.headers()
                    .forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
            byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            exchange.close();
        }
    }

    /** Answers like this from now on. */
    public void answers(Script next) {
        script = next;
    }

    /** Answers with this status from now on. */
    public void answers(int status, String body) {
        script = request -> new Reply(status, body, Map.of());
    }

    /** Its address. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** All that came, as it came. */
    public List<Received> received() {
        return List.copyOf(received);
    }

    /** Waits for the next request that nobody has waited for. */
    public Received await(long seconds) {
        try {
            Received next = news.poll(seconds, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("nothing came within " + seconds + " s");
            }
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
