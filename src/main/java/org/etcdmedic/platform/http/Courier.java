package org.etcdmedic.platform.http;

import io.micrometer.observation.ObservationRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.etcdmedic.platform.http.Exchange.Reply;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/**
 * Carries one request and its answer, within a time limit and a byte limit. A redirect is never followed: whoever may
 * answer for the configured address could else send our credentials elsewhere.
 */
public final class Courier {
    private final RestClient client;
    private final InstantSource clock;
    private final ObservedExchanges observed;

    /**
     * A courier of whose exchanges nothing is told but what they brought.
     *
     * @param timeLimit of one exchange, body included
     * @param tls whom to trust, when that is not the Java platform's own choice
     */
    public Courier(Duration timeLimit, Optional<SSLContext> tls, InstantSource clock) {
        this(timeLimit, tls, clock, ObservationRegistry.NOOP);
    }

    /**
     * A courier.
     *
     * @param timeLimit of one exchange, body included
     * @param tls whom to trust, when that is not the Java platform's own choice
     * @param observations where it is told how each exchange went
     */
    public Courier(
            Duration timeLimit, Optional<SSLContext> tls, InstantSource clock, ObservationRegistry observations) {
        HttpClient.Builder http = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(timeLimit);
        tls.ifPresent(http::sslContext);
        var factory = new JdkClientHttpRequestFactory(http.build());
        factory.setReadTimeout(timeLimit);
        this.client = RestClient.builder().requestFactory(factory).build();
        this.clock = clock;
        this.observed = new ObservedExchanges(observations);
    }

    /** Asks. */
    public Exchange get(URI address, int byteLimit, Consumer<HttpHeaders> headers) {
        return send(HttpMethod.GET, address, Optional.empty(), byteLimit, headers);
    }

    /** Sends a JSON text. */
    public Exchange post(URI address, String json, int byteLimit) {
        return send(HttpMethod.POST, address, Optional.of(json), byteLimit, headers -> {});
    }

    /**
     * Sends a request.
     *
     * @param body its text, sent as UTF-8; JSON unless the headers say otherwise
     * @param byteLimit how much of the answer's text is taken
     * @param headers completes or replaces the headers
     */
    public Exchange send(
            HttpMethod method, URI address, Optional<String> body, int byteLimit, Consumer<HttpHeaders> headers) {
        Instant startedAt = clock.instant();
        Reply reply = observed.observe(method, address, () -> reply(method, address, body, byteLimit, headers));
        return new Exchange(
                method.name() + " " + address, startedAt, Duration.between(startedAt, clock.instant()), reply);
    }

    private Reply reply(
            HttpMethod method, URI address, Optional<String> body, int byteLimit, Consumer<HttpHeaders> headers) {
        try {
            var request = client.method(method).uri(address).accept(MediaType.APPLICATION_JSON);
            body.ifPresent(text ->
                    request.contentType(MediaType.APPLICATION_JSON).body(text.getBytes(StandardCharsets.UTF_8)));
            return request.headers(headers).exchangeForRequiredValue((sent, response) -> read(response, byteLimit));
        } catch (RestClientException | IllegalArgumentException failed) {
            return failure(failed);
        }
    }

    private static Reply read(ClientHttpResponse response, int byteLimit) throws IOException {
        try (InputStream body = response.getBody()) {
            byte[] bytes = body.readNBytes(byteLimit);
            boolean truncated = bytes.length == byteLimit && body.read() >= 0;
            return new Reply.Came(
                    response.getStatusCode().value(),
                    new String(bytes, StandardCharsets.UTF_8),
                    HttpHeaders.copyOf(response.getHeaders()),
                    bytes.length,
                    truncated);
        }
    }

    /** Our own words: a library's message could repeat a header. */
    private static Reply failure(RuntimeException failed) {
        Throwable cause =
                failed instanceof ResourceAccessException && failed.getCause() != null ? failed.getCause() : failed;
        for (Throwable at = cause; at != null; at = at.getCause()) {
            switch (at) {
                case HttpTimeoutException _ -> {
                    return new Reply.NotCame(true, "no answer in time");
                }
                case UnresolvedAddressException _ -> {
                    return new Reply.NotCame(false, "its name cannot be resolved");
                }
                case UnknownHostException _ -> {
                    return new Reply.NotCame(false, "its name cannot be resolved");
                }
                case SSLException _ -> {
                    return new Reply.NotCame(false, "TLS is not agreed upon, or its certificate is not trusted");
                }
                default -> {
                    // Look further down.
                }
            }
        }
        return new Reply.NotCame(
                false,
                cause instanceof ConnectException
                        ? "the connection is refused"
                        : "the exchange broke off (" + cause.getClass().getSimpleName() + ")");
    }
}
