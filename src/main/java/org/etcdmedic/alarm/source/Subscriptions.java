package org.etcdmedic.alarm.source;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.etcdmedic.platform.http.Courier;
import org.etcdmedic.platform.http.Exchange.Reply;
import org.etcdmedic.platform.http.Hosts;
import org.jspecify.annotations.Nullable;

/**
 * Confirms subscriptions of SMN: asks the address that the message names, when its host is one of those that are allowed,
 * once, without following it elsewhere.
 */
public final class Subscriptions {
    private static final int ANSWER_BYTES = 16 * 1024;

    private final Map<String, Courier> couriers;

    /** With a courier for each bundle of authorities that a source names. */
    Subscriptions(Map<String, Courier> couriers) {
        this.couriers = Map.copyOf(couriers);
    }

    /** What came of it. */
    public sealed interface Answer {
        /** SMN sends from now on. */
        record Confirmed() implements Answer {}

        /** It does not. */
        record Failed(String why) implements Answer {}
    }

    /** Whether the source's subscriptions are confirmed without asking anybody. */
    public static boolean automatic(Source source) {
        SourceDocument.@Nullable ConfirmDocument confirm = source.document().confirm();
        return confirm != null && Boolean.TRUE.equals(confirm.automatic());
    }

    /** Confirms it. */
    public Answer confirm(Source source, URI address) {
        if (!hosts(source).allow(address)) {
            return new Answer.Failed("its host is not one of those that confirmations may be sent to");
        }
        Courier courier = Objects.requireNonNull(couriers.get(bundle(source)), "a courier for each source");
        return switch (courier.get(address, ANSWER_BYTES, headers -> {}).reply()) {
            case Reply.Came came ->
                came.status() / 100 == 2
                        ? new Answer.Confirmed()
                        : new Answer.Failed("it was answered with status " + came.status());
            case Reply.NotCame(boolean _, String detail) -> new Answer.Failed(detail);
        };
    }

    /** The bundle whose authorities are trusted where the source's subscriptions are confirmed; empty for the platform's own. */
    static String bundle(Source source) {
        SourceDocument.@Nullable ConfirmDocument confirm = source.document().confirm();
        return confirm == null || confirm.sslBundle() == null ? "" : confirm.sslBundle();
    }

    private static Hosts hosts(Source source) {
        SourceDocument.@Nullable ConfirmDocument confirm = source.document().confirm();
        return new Hosts(confirm == null || confirm.hosts() == null ? List.of() : confirm.hosts());
    }
}
