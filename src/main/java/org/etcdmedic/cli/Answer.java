package org.etcdmedic.cli;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.etcdmedic.bundle.EntryName;

/** What came of asking the service. */
sealed interface Answer {
    /** What was asked for. */
    record Good(String body, Optional<Duration> retryAfter) implements Answer {}

    /**
     * A problem document of the service, in the reader's language.
     *
     * @param kind last part of its type
     */
    record Refused(
            int status, String kind, String title, String detail, List<Wrong> errors, Optional<Duration> retryAfter)
            implements Answer {
        /** Copies the list. */
        public Refused {
            errors = List.copyOf(errors);
        }

        /** Something that is wrong in the request. */
        record Wrong(String pointer, String detail) {}

        /** Whether the same may be answered later. */
        boolean passes() {
            return status == 429 || status >= 500;
        }
    }

    /** Something that etcd-medic does not answer. */
    record Foreign(int status) implements Answer {
        /** Whether it is what a proxy says of a service that is away. */
        boolean passes() {
            return status == 502 || status == 503 || status == 504;
        }
    }

    /** A way to another address, which is not gone: what is sent there would be sent to somebody else. */
    record Elsewhere(String address) implements Answer {}

    /** No answer. */
    record Lost(Why why, String detail) implements Answer {
        /** What was in the way. */
        enum Why {
            REFUSED,
            NO_SUCH_HOST,
            SILENT,
            TLS,
            BROKEN_OFF
        }

        static Lost of(Exception failure) {
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                Why why = switch (cause) {
                    case UnresolvedAddressException _, UnknownHostException _ -> Why.NO_SUCH_HOST;
                    case HttpTimeoutException _ -> Why.SILENT;
                    case SSLException _ -> Why.TLS;
                    case EOFException _ -> Why.BROKEN_OFF;
                    default -> null;
                };
                if (why != null) {
                    return new Lost(why, why == Why.TLS ? innermost(cause) : "");
                }
            }
            return failure instanceof ConnectException ? new Lost(Why.REFUSED, "") : new Lost(Why.BROKEN_OFF, "");
        }

        private static String innermost(Throwable failure) {
            Throwable last = failure;
            while (last.getCause() != null) {
                last = last.getCause();
            }
            return EntryName.shown(String.valueOf(last.getMessage()));
        }
    }
}
