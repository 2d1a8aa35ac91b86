package org.etcdmedic.outside;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

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
         * @param date the sender's own time, as it says
         * @param subjectToken header {@code X-Subject-Token}, which only a token service sends
         * @param bytes bytes taken
         * @param truncated there was more than the byte limit allows
         */
        record Came(
                int status,
                String body,
                Optional<String> date,
                Optional<String> subjectToken,
                long bytes,
                boolean truncated)
                implements Reply {
            /** Without the token. */
            @Override
            public String toString() {
                return "Came[status=" + status + ", bytes=" + bytes + "]";
            }
        }

        /** No HTTP answer. */
        record NotCame(boolean timedOut, String detail) implements Reply {}
    }
}
