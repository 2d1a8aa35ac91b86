package org.etcdmedic.ticketing;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Objects;
import java.util.Optional;
import org.etcdmedic.platform.http.Exchange;
import org.etcdmedic.platform.http.Exchange.Reply;
import org.etcdmedic.ticketing.target.Access;
import org.etcdmedic.ticketing.target.Answer;
import org.etcdmedic.ticketing.target.Request;
import org.etcdmedic.ticketing.target.Target.Unwritable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;

/** Carries requests to targets: nowhere but to the configured host, and nothing that is too long. */
final class Post {
    /** GitHub and GitLab answer with the whole issue, its text included, of which a character can take six bytes there. */
    static final int ANSWER_BYTES = 1024 * 1024;

    private Post() {}

    /** What came of a request. */
    sealed interface Sent {
        /** An answer. */
        record Answered(Answer answer) implements Sent {}

        /** None; whether it arrived is not known. */
        record Silent(String reason) implements Sent {}
    }

    /** Sends; throws before anything is sent when it may not be. */
    static Sent send(ConfiguredTarget target, Access access, Request request, Instant now) throws Unwritable {
        check(target, access, request);
        Exchange exchange = target.courier()
                .send(
                        HttpMethod.valueOf(request.method().name()),
                        request.address(),
                        request.body(),
                        ANSWER_BYTES,
                        headers -> request.headers().forEach(headers::set));
        return switch (exchange.reply()) {
            case Reply.Came came ->
                new Sent.Answered(new Answer(
                        came.status(),
                        came.body(),
                        came.header(HttpHeaders.RETRY_AFTER).flatMap(text -> retryAfter(text, now)),
                        came.header(HttpHeaders.LOCATION)));
            case Reply.NotCame silent -> new Sent.Silent(silent.detail());
        };
    }

    /** Refuses what must not or cannot be sent. */
    static void check(ConfiguredTarget target, Access access, Request request) throws Unwritable {
        URI to = request.address();
        URI home = access.address();
        if (!Objects.equals(to.getScheme(), home.getScheme())
                || !Objects.equals(to.getHost(), home.getHost())
                || to.getPort() != home.getPort()
                || to.getUserInfo() != null) {
            throw new Unwritable("it would go to another host than the configured one");
        }
        int bytes = request.body()
                .map(body -> body.getBytes(StandardCharsets.UTF_8).length)
                .orElse(0);
        if (bytes > target.target().limits().bodyBytes()) {
            throw new Unwritable("it has " + bytes + " bytes, more than the "
                    + target.target().limits().bodyBytes() + " that the target takes");
        }
    }

    /** Seconds, or a date (RFC 9110, section 10.2.3). */
    static Optional<Duration> retryAfter(String text, Instant now) {
        String told = text.strip();
        if (told.matches("[0-9]{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(told)));
        }
        try {
            Duration until = Duration.between(
                    now,
                    ZonedDateTime.parse(told, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
            return until.isNegative() ? Optional.empty() : Optional.of(until);
        } catch (DateTimeException none) {
            return Optional.empty();
        }
    }
}
