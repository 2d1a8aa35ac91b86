package org.etcdmedic.outside.openstack;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.etcdmedic.platform.http.Courier;
import org.etcdmedic.platform.http.Exchange;
import org.etcdmedic.platform.http.SecretFile;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Keeps one token of Keystone (API v3) and gets a new one when it ends or is not taken any more. */
final class TokenDesk {
    private static final String SUBJECT_TOKEN = "X-Subject-Token";

    /** A catalogue of a large cloud is some 100 KiB. */
    private static final int BYTE_LIMIT = 2_097_152;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** A token is not used in its last minute. */
    private static final Duration RESERVE = Duration.ofMinutes(1);

    private static final Duration SHORTEST = Duration.ofMinutes(5);

    private final ComputeSettings settings;
    private final Courier courier;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();

    private @Nullable Held held;

    TokenDesk(ComputeSettings settings, Courier courier, InstantSource clock) {
        this.settings = settings;
        this.courier = courier;
        this.clock = clock;
    }

    /** What came of asking for a token. */
    sealed interface Token {}

    /** One that may be used. */
    record Held(String token, String computeUrl, Instant until) implements Token {
        /** Without the token. */
        @Override
        public String toString() {
            return "Held[computeUrl=" + computeUrl + ", until=" + until + "]";
        }
    }

    /** There is none. Of the answer nothing is kept but its status. */
    record Refused(Exchange exchange) implements Token {}

    /** A token; a new one when the kept one is over or is the one that was not taken. */
    Token token(Optional<Held> notTaken) {
        lock.lock();
        try {
            if (held != null && clock.instant().isBefore(held.until()) && !notTaken.equals(Optional.of(held))) {
                return held;
            }
            held = null;
            Token token = ask();
            if (token instanceof Held fresh) {
                held = fresh;
            }
            return token;
        } finally {
            lock.unlock();
        }
    }

    private Token ask() {
        Optional<Map<String, Object>> login = login();
        if (login.isEmpty()) {
            Instant now = clock.instant();
            return new Refused(new Exchange(
                    "",
                    now,
                    Duration.ZERO,
                    new Exchange.Reply.NotCame(false, "the file with our password or secret cannot be read")));
        }
        Exchange exchange = courier.post(
                URI.create(settings.identityUrl() + "/auth/tokens"),
                JSON.writeValueAsString(Map.of("auth", login.get())),
                BYTE_LIMIT);
        return switch (exchange.reply()) {
            case Exchange.Reply.NotCame(boolean timedOut, String detail) ->
                refused(exchange, timedOut, "the identity service: " + detail);
            case Exchange.Reply.Came came
            when came.status() != 201 || came.header(SUBJECT_TOKEN).isEmpty() ->
                refused(exchange, false, "the identity service answers HTTP " + came.status());
            case Exchange.Reply.Came came -> held(exchange, came);
        };
    }

    private Token held(Exchange exchange, Exchange.Reply.Came came) {
        JsonNode token;
        try {
            token = JSON.readTree(came.body()).path("token");
        } catch (JacksonException notJson) {
            return refused(exchange, false, "the identity service's answer cannot be read");
        }
        Optional<String> compute =
                settings.computeUrl().isEmpty() ? endpoint(token) : Optional.of(settings.computeUrl());
        return compute.<Token>map(url -> new Held(
                        came.header(SUBJECT_TOKEN).orElseThrow(),
                        url.endsWith("/") ? url.substring(0, url.length() - 1) : url,
                        clock.instant().plus(lifetime(token))))
                .orElseGet(
                        () -> refused(exchange, false, "the identity service's catalogue has no compute API for us"));
    }

    /** The span between its two times, counted by our own clock: theirs may be another. */
    private static Duration lifetime(JsonNode token) {
        try {
            Duration life = Duration.between(
                    OffsetDateTime.parse(token.path("issued_at").stringValue("")),
                    OffsetDateTime.parse(token.path("expires_at").stringValue("")));
            return life.compareTo(SHORTEST) < 0 ? Duration.ZERO : life.minus(RESERVE);
        } catch (DateTimeParseException notTold) {
            return SHORTEST;
        }
    }

    private Optional<String> endpoint(JsonNode token) {
        for (JsonNode entry : token.path("catalog")) {
            if (!entry.path("type").stringValue("").equals("compute")) {
                continue;
            }
            for (JsonNode endpoint : entry.path("endpoints")) {
                String url = endpoint.path("url").stringValue("");
                boolean ours = settings.region().isEmpty()
                        || settings.region().equals(endpoint.path("region_id").stringValue(""))
                        || settings.region().equals(endpoint.path("region").stringValue(""));
                boolean safe = ComputeSettings.isBase(url)
                        // A token that came over TLS is not sent without it.
                        && (url.startsWith("https:") || settings.identityUrl().startsWith("http:"));
                if (ours && safe && endpoint.path("interface").stringValue("").equals(settings.endpoint())) {
                    return Optional.of(url);
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Map<String, Object>> login() {
        var application = settings.applicationCredential();
        if (!application.id().isEmpty()) {
            return SecretFile.at(application.secret())
                    .flatMap(SecretFile::read)
                    .map(secret -> Map.of(
                            "identity",
                            Map.of(
                                    "methods",
                                    List.of("application_credential"),
                                    "application_credential",
                                    Map.of("id", application.id(), "secret", secret))));
        }
        var user = settings.user();
        return SecretFile.at(user.password())
                .flatMap(SecretFile::read)
                .map(password -> Map.of(
                        "identity",
                        Map.of(
                                "methods",
                                List.of("password"),
                                "password",
                                Map.of(
                                        "user",
                                        Map.of(
                                                "name", user.name(),
                                                "domain", Map.of("name", user.domain()),
                                                "password", password))),
                        "scope",
                        Map.of(
                                "project",
                                Map.of("name", user.project(), "domain", Map.of("name", user.projectDomain())))));
    }

    private static Refused refused(Exchange exchange, boolean timedOut, String detail) {
        return new Refused(new Exchange(
                exchange.request(),
                exchange.startedAt(),
                exchange.took(),
                new Exchange.Reply.NotCame(timedOut, detail)));
    }
}
