package org.etcdmedic.alarm.source;

import java.net.URI;
import java.util.Optional;
import org.etcdmedic.alarm.source.Mapped.Problem.Code;
import tools.jackson.databind.JsonNode;

/** Messages of Huawei Cloud SMN to an HTTP endpoint. */
final class SmnMessages {
    private SmnMessages() {}

    /** What it is, by the type that is part of what was signed. */
    static Opened open(JsonNode body) {
        return switch (body.path("type").asString("")) {
            case "Notification" ->
                body.path("message").isString() || body.path("message").isObject()
                        ? new Opened.Elements(body)
                        : new Opened.Broken(Code.NOT_AN_SMN_MESSAGE);
            case "SubscriptionConfirmation", "HttpSubscriptionUserConfirm" ->
                address(body.path("subscribe_url").asString(""))
                        .<Opened>map(Opened.Subscription::new)
                        .orElseGet(() -> new Opened.Broken(Code.NOT_AN_SMN_MESSAGE));
            case "UnsubscribeConfirmation", "HttpSubscriptionUserUnsubscribe" -> new Opened.Unsubscribed();
            default -> new Opened.Broken(Code.NOT_AN_SMN_MESSAGE);
        };
    }

    private static Optional<URI> address(String text) {
        try {
            return Optional.of(URI.create(text)).filter(address -> "https".equals(address.getScheme()));
        } catch (IllegalArgumentException noAddress) {
            return Optional.empty();
        }
    }
}
