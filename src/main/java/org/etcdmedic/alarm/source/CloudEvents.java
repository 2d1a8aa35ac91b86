package org.etcdmedic.alarm.source;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.etcdmedic.alarm.source.Mapped.Problem.Code;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Events after CloudEvents 1.0, in the three ways of its HTTP binding. Read here by the specification: the public library of
 * the format brings another version of our JSON library with it.
 */
final class CloudEvents {
    private static final List<String> REQUIRED = List.of("id", "source", "type");

    private CloudEvents() {}

    static Opened open(SentBody sent) {
        String type = sent.header("content-type")
                .orElse("")
                .toLowerCase(Locale.ROOT)
                .split(";", 2)[0]
                .strip();
        if (type.startsWith("application/cloudevents")) {
            return switch (type) {
                case "application/cloudevents+json", "application/cloudevents-batch+json" -> structured(sent);
                default -> new Opened.UnknownFormat();
            };
        }
        // Some senders leave the type of the medium as it was.
        return sent.header("ce-specversion").isPresent() ? binary(sent, type) : structured(sent);
    }

    private static Opened structured(SentBody sent) {
        Optional<JsonNode> body = Envelopes.json(sent.text());
        if (body.isEmpty()) {
            return new Opened.Broken(Code.NOT_JSON);
        }
        List<JsonNode> events = body.get().isArray() ? List.copyOf(body.get().values()) : List.of(body.get());
        events.forEach(CloudEvents::unpack);
        // One bad event of a batch is told by itself: the others are alarms that nobody would send again.
        boolean sound = events.isEmpty() || events.stream().anyMatch(CloudEvents::isEvent);
        return sound ? new Opened.Elements(body.get()) : new Opened.Broken(Code.NOT_A_CLOUD_EVENT);
    }

    private static Opened binary(SentBody sent, String type) {
        ObjectNode event = Envelopes.JSON.createObjectNode();
        sent.headers().forEach((name, value) -> {
            if (name.startsWith("ce-")) {
                event.put(name.substring("ce-".length()), decoded(value));
            }
        });
        boolean json = type.isEmpty() || type.equals("application/json") || type.endsWith("+json");
        Optional<JsonNode> data = json ? Envelopes.json(sent.text()) : Optional.empty();
        if (data.isPresent()) {
            event.set("data", data.get());
        } else if (json && !sent.text().isBlank()) {
            return new Opened.Broken(Code.NOT_JSON);
        } else {
            event.put("data", sent.text());
        }
        return isEvent(event) ? new Opened.Elements(event) : new Opened.Broken(Code.NOT_A_CLOUD_EVENT);
    }

    /** Whether it has what every event has. */
    static boolean isEvent(JsonNode event) {
        return event.isObject()
                && event.path("specversion").asString("").startsWith("1.")
                && REQUIRED.stream()
                        .noneMatch(field -> event.path(field).asString("").isEmpty());
    }

    /** Data that is binary in JSON may still be JSON. */
    private static void unpack(JsonNode event) {
        if (event instanceof ObjectNode object && object.path("data_base64").isString()) {
            try {
                byte[] bytes =
                        Base64.getDecoder().decode(object.path("data_base64").stringValue());
                Envelopes.json(new String(bytes, StandardCharsets.UTF_8)).ifPresent(data -> object.set("data", data));
            } catch (IllegalArgumentException noBase64) {
                // Then there is no data that could be read, and the mapping will say what it misses.
            }
        }
    }

    /** Headers carry what is not plain ASCII percent-encoded. */
    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException plain) {
            return value;
        }
    }
}
