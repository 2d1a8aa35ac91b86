package org.etcdmedic.cli;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The running service. Its token is sent to its own address and to no other one. */
final class Remote {
    /** More than the largest diagnosis; whoever sends more is none of ours. */
    private static final long MOST_BYTES = 64L * 1024 * 1024;

    private static final Duration CONNECTING = Duration.ofSeconds(10);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);
    private static final String PROBLEM = "application/problem+json";
    private static final String OUR_TYPE = "urn:etcd-medic:problem:";

    private final ServiceAddress address;
    private final Optional<Token> token;
    private final Locale locale;
    private final HttpClient client;

    /** A service that is not yet asked. */
    Remote(ServiceAddress address, Optional<Token> token, Locale locale, Optional<SSLContext> trust) {
        this.address = address;
        this.token = token;
        this.locale = locale;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECTING);
        trust.ifPresent(builder::sslContext);
        this.client = builder.build();
    }

    ServiceAddress address() {
        return address;
    }

    /** GET of JSON. */
    Answer get(String path, Duration patience) {
        return get(path, "application/json", patience);
    }

    /** GET of something else. */
    Answer get(String path, String type, Duration patience) {
        return send(HttpRequest.newBuilder(address.at(path)).GET(), type, patience);
    }

    /** POST of JSON; with the same key the service does it once. */
    Answer post(String path, String body, String key, Duration patience) {
        return send(
                HttpRequest.newBuilder(address.at(path))
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", key)
                        .POST(HttpRequest.BodyPublishers.ofString(body)),
                "application/json",
                patience);
    }

    private Answer send(HttpRequest.Builder request, String type, Duration patience) {
        request.timeout(patience)
                .header("Accept", type + ", " + PROBLEM)
                .header("Accept-Language", locale.toLanguageTag())
                .header("API-Version", "1");
        token.ifPresent(known -> request.header("Authorization", known.authorization()));
        try {
            return read(
                    client.send(
                            request.build(),
                            HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), MOST_BYTES)),
                    type);
        } catch (IOException lost) {
            return Answer.Lost.of(lost);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new Answer.Lost(Answer.Lost.Why.BROKEN_OFF, "");
        }
    }

    private static Answer read(HttpResponse<byte[]> response, String type) {
        int status = response.statusCode();
        String body = new String(response.body(), StandardCharsets.UTF_8);
        String given = response.headers().firstValue("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        Optional<Duration> retryAfter = response.headers()
                .firstValue("Retry-After")
                .filter(value -> value.matches("\\d{1,9}"))
                .map(Long::valueOf)
                .map(Duration::ofSeconds)
                .map(pause -> pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause);
        if (status / 100 == 3) {
            return new Answer.Elsewhere(
                    response.headers().firstValue("Location").orElse(""));
        }
        if (status / 100 == 2 && given.startsWith(type)) {
            return new Answer.Good(body, retryAfter);
        }
        return given.startsWith(PROBLEM) ? problem(status, body, retryAfter) : new Answer.Foreign(status);
    }

    private static Answer problem(int status, String body, Optional<Duration> retryAfter) {
        try {
            JsonNode document = Json.tree(body);
            String type = document.path("type").stringValue("");
            if (!type.startsWith(OUR_TYPE)) {
                return new Answer.Foreign(status);
            }
            List<Answer.Refused.Wrong> errors = document.path("errors")
                    .valueStream()
                    .map(error -> new Answer.Refused.Wrong(
                            error.path("pointer").stringValue(""),
                            error.path("detail").stringValue("")))
                    .toList();
            return new Answer.Refused(
                    status,
                    type.substring(OUR_TYPE.length()),
                    document.path("title").stringValue(""),
                    document.path("detail").stringValue(""),
                    errors,
                    retryAfter);
        } catch (JacksonException noJson) {
            return new Answer.Foreign(status);
        }
    }
}
