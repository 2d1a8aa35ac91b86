package org.etcdmedic.platform.http;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.http.HttpHeaders;

/**
 * One request to a system outside, and what came of it.
 *
 * @param request method and address, without any header
 * @param startedAt when it was sent, by the service's clock
 * @param took how long it took
 * @param reply what came
 */
public record Exchange(String request, Instant startedAt, Duration took, Reply reply) {
    /** What came of a request. */
    public sealed interface Reply {
        /**
         * An HTTP answer, of whatever status.
         *
         * @param status HTTP status
         * @param body its text, cut at the byte limit
         * @param headers its headers; they may hold secrets
         * @param bytes bytes taken
         * @param truncated there was more than the byte limit allows
         */
        record Came(int status, String body, HttpHeaders headers, long bytes, boolean truncated) implements Reply {
            /** The first value of a header. */
            public Optional<String> header(String name) {
                return Optional.ofNullable(headers.getFirst(name));
            }

            /** The same answer with another text. */
            public Came with(String kept) {
                return new Came(status, kept, headers, bytes, truncated);
            }

            /** Without headers and text. */
            @Override
            public String toString() {
                return "Came[status=" + status + ", bytes=" + bytes + "]";
            }
        }

        /** No HTTP answer. */
        record NotCame(boolean timedOut, String detail) implements Reply {}
    }
}
