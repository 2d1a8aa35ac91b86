package org.etcdmedic.alarm.source;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.etcdmedic.platform.http.Courier;
import org.etcdmedic.platform.http.Exchange.Reply;
import org.jspecify.annotations.Nullable;

/**
 * Confirms subscriptions of SMN: asks the address that the message names, when its host is one of those that are allowed,
 * once, without following it elsewhere.
 */
public final class Subscriptions {
    private static final int ANSWER_BYTES = 16 * 1024;

    private final Courier courier;

    Subscriptions(Courier courier) {
        this.courier = courier;
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
        if (!allowed(source, address)) {
            return new Answer.Failed("its host is not one of those that confirmations may be sent to");
        }
        return switch (courier.get(address, ANSWER_BYTES, headers -> {}).reply()) {
            case Reply.Came came ->
                came.status() / 100 == 2
                        ? new Answer.Confirmed()
                        : new Answer.Failed("it was answered with status " + came.status());
            case Reply.NotCame(boolean _, String detail) -> new Answer.Failed(detail);
        };
    }

    private static boolean allowed(Source source, URI address) {
        SourceDocument.@Nullable ConfirmDocument confirm = source.document().confirm();
        List<String> hosts = confirm == null || confirm.hosts() == null ? List.of() : confirm.hosts();
        String host = address.getHost();
        return "https".equals(address.getScheme())
                && host != null
                && address.getUserInfo() == null
                && hosts.stream().anyMatch(pattern -> fits(pattern, host.toLowerCase(Locale.ROOT)));
    }

    private static boolean fits(String pattern, String host) {
        return pattern.startsWith("*.")
                ? host.endsWith(pattern.substring(1)) && host.length() > pattern.length() - 1
                : host.equals(pattern);
    }
}
