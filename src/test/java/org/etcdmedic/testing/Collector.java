package org.etcdmedic.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Stands in for an OpenTelemetry collector, of which none is packaged where this is built: takes OTLP over HTTP as protobuf, read by
 * the classes that OpenTelemetry makes from its own definition.
 */
public final class Collector implements AutoCloseable {
    private final HttpServer server;
    private final List<Kept> spans = new CopyOnWriteArrayList<>();
    private final List<ExportTraceServiceRequest> exported = new CopyOnWriteArrayList<>();

    /**
     * A span that arrived.
     *
     * @param parent empty for a root
     */
    public record Kept(String trace, String id, String parent, String name, Map<String, String> attributes) {
        static Kept of(Span span) {
            return new Kept(
                    hex(span.getTraceId().toByteArray()),
                    hex(span.getSpanId().toByteArray()),
                    hex(span.getParentSpanId().toByteArray()),
                    span.getName(),
                    span.getAttributesList().stream()
                            .collect(Collectors.toMap(
                                    KeyValue::getKey, one -> one.getValue().getStringValue(), (a, b) -> b)));
        }

        private static String hex(byte[] bytes) {
            return HexFormat.of().formatHex(bytes);
        }
    }

    /** Listens on loopback. */
    public Collector() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/traces", this::take);
        server.start();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            var request = ExportTraceServiceRequest.parseFrom(exchange.getRequestBody());
            exported.add(request);
            request.getResourceSpansList().stream()
                    .flatMap(resource -> resource.getScopeSpansList().stream())
                    .flatMap(scope -> scope.getSpansList().stream())
                    .map(Kept::of)
                    .forEach(spans::add);
            exchange.sendResponseHeaders(200, -1);
        }
    }

    /** What the service has to be told so that it sends its traces here, and soon. */
    public String[] settings() {
        return new String[] {
            "management.opentelemetry.tracing.export.otlp.endpoint=" + address(),
            "management.opentelemetry.tracing.export.schedule-delay=200ms"
        };
    }

    /** Where it takes traces. */
    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1/traces";
    }

    /** All that arrived until now. */
    public List<Kept> spans() {
        return List.copyOf(spans);
    }

    /** Whatever arrived until now, as text: resources, events and all. */
    public String text() {
        return exported.stream().map(ExportTraceServiceRequest::toString).collect(Collectors.joining("\n"));
    }

    /** What arrived of one trace. */
    public List<Kept> of(String trace) {
        return spans.stream().filter(span -> span.trace().equals(trace)).toList();
    }

    /** Waits until what arrived of the trace fits. */
    public List<Kept> await(String trace, Predicate<List<Kept>> condition) {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.test(of(trace))) {
            if (System.nanoTime() > end) {
                throw new AssertionError("of trace " + trace + " only came " + of(trace));
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
        return of(trace);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
