package org.etcdmedic.platform.http;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.etcdmedic.platform.http.Exchange.Reply;
import org.springframework.http.HttpMethod;

/**
 * Tells of each exchange how it went: by method and status in numbers, by host in a trace, in the words of OpenTelemetry's conventions
 * for HTTP clients. Of the address only host and port: path and query are the key of a chat's robot. Nothing of the trace is sent along.
 */
final class ObservedExchanges {
    private static final int FIRST_ERROR = 400;

    private final ObservationRegistry observations;

    ObservedExchanges(ObservationRegistry observations) {
        this.observations = observations;
    }

    Reply observe(HttpMethod method, URI address, Supplier<Reply> exchanging) {
        var context = new SenderContext<Map<String, String>>((carrier, name, value) -> {}, Kind.CLIENT);
        context.setCarrier(Map.of());
        Observation exchange = Observation.createNotStarted("medic.exchange", () -> context, observations)
                .contextualName(method.name())
                .lowCardinalityKeyValue("method", method.name())
                .lowCardinalityKeyValue("status", "none")
                .highCardinalityKeyValue("http.request.method", method.name());
        Optional.ofNullable(address.getHost())
                .ifPresent(host -> exchange.highCardinalityKeyValue("server.address", host)
                        .highCardinalityKeyValue("server.port", Integer.toString(port(address))));
        return exchange.observe(() -> {
            Reply reply = exchanging.get();
            switch (reply) {
                case Reply.Came came -> came(exchange, Integer.toString(came.status()), came.status() >= FIRST_ERROR);
                case Reply.NotCame none ->
                    exchange.highCardinalityKeyValue("error.type", none.timedOut() ? "timeout" : "_OTHER");
            }
            return reply;
        });
    }

    private static void came(Observation exchange, String status, boolean error) {
        exchange.lowCardinalityKeyValue("status", status).highCardinalityKeyValue("http.response.status_code", status);
        if (error) {
            exchange.highCardinalityKeyValue("error.type", status);
        }
    }

    private static int port(URI address) {
        if (address.getPort() >= 0) {
            return address.getPort();
        }
        return "https".equalsIgnoreCase(address.getScheme()) ? 443 : 80;
    }
}
