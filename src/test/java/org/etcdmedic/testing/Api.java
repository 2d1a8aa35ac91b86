package org.etcdmedic.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The service's API as a program outside sees it.
 *
 * @param base such as {@code http://127.0.0.1:8080}
 */
public record Api(String base) {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PAUSE = Duration.ofMillis(100);

    /** An answer: status, body as text, and as JSON where it is. */
    public record Answer(int status, String text, java.net.http.HttpHeaders headers) {
        /** The body as JSON. */
        public JsonNode json() {
            return JSON.readTree(text);
        }

        /** A header that has to be there. */
        public String header(String name) {
            return headers.firstValue(name).orElseThrow(() -> new AssertionError("no header " + name));
        }
    }

    /** GET. */
    public Answer get(String path, String... headers) {
        return send(HttpRequest.newBuilder(URI.create(base + path)).GET(), headers);
    }

    /** POST with a JSON body. */
    public Answer post(String path, String body, String... headers) {
        return send(
                HttpRequest.newBuilder(URI.create(base + path))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body)),
                headers);
    }

    /** POST of a form in parts that is put together already. */
    public Answer form(String path, byte[] body, String boundary, String... headers) {
        return send(
                HttpRequest.newBuilder(URI.create(base + path))
                        .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body)),
                headers);
    }

    /** PUT with a JSON body. */
    public Answer put(String path, String body, String... headers) {
        return send(
                HttpRequest.newBuilder(URI.create(base + path))
                        .header("Content-Type", "application/json")
                        .PUT(HttpRequest.BodyPublishers.ofString(body)),
                headers);
    }

    /** DELETE. */
    public Answer delete(String path, String... headers) {
        return send(HttpRequest.newBuilder(URI.create(base + path)).DELETE(), headers);
    }

    /** Any request, its body as JSON unless a header says otherwise. */
    public Answer send(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .method(
                        method.toUpperCase(Locale.ROOT),
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        if (!body.isEmpty() && !List.of(headers).contains("Content-Type")) {
            request.header("Content-Type", "application/json");
        }
        return send(request, headers);
    }

    /** Polls a diagnosis until it fits; fails with its last state when that takes too long. */
    public JsonNode await(String diagnosisId, Predicate<JsonNode> condition, Duration patience, String... headers) {
        Instant end = Instant.now().plus(patience);
        JsonNode last = JSON.createObjectNode();
        while (Instant.now().isBefore(end)) {
            try {
                Answer answer = get("/diagnoses/" + diagnosisId, headers);
                if (answer.status() == 200) {
                    last = answer.json();
                    if (condition.test(last)) {
                        return last;
                    }
                }
            } catch (UncheckedIOException e) {
                // The service may be down at this moment; whether it comes back is what is waited for.
            }
            pause();
        }
        throw new AssertionError("diagnosis " + diagnosisId + " did not get there in " + patience + ": " + last);
    }

    /** Waits until the service answers that it is up. */
    public void awaitUp(Duration patience) {
        awaitUp(patience, () -> true);
    }

    /** Waits until the service answers that it is up, as long as there is hope. */
    public void awaitUp(Duration patience, BooleanSupplier hope) {
        Instant end = Instant.now().plus(patience);
        while (Instant.now().isBefore(end) && hope.getAsBoolean()) {
            try {
                if (get("/actuator/health").status() == 200) {
                    return;
                }
            } catch (UncheckedIOException e) {
                // Not listening yet.
            }
            pause();
        }
        throw new AssertionError(base + " did not come up within " + patience);
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE); // HTTP has no event for it yet: a client polls, as in the field
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static Answer send(HttpRequest.Builder request, String... headers) {
        try {
            HttpRequest.Builder built = request.timeout(Duration.ofSeconds(30));
            if (headers.length > 0) {
                built.headers(headers);
            }
            var response = CLIENT.send(built.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body(), response.headers());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
