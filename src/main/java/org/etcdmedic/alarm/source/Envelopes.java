package org.etcdmedic.alarm.source;

import java.util.Optional;
import org.etcdmedic.alarm.source.Mapped.Problem.Code;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Opens what bodies are wrapped in. Whether a body may be believed was decided before. */
final class Envelopes {
    static final JsonMapper JSON = new JsonMapper();

    private Envelopes() {}

    /** What is in it. Never throws. */
    static Opened open(Source source, SentBody sent) {
        return switch (source.envelope()) {
            case TEXT -> new Opened.Elements(JSON.createObjectNode().put("text", sent.text()));
            case JSON ->
                json(sent.text()).<Opened>map(Opened.Elements::new).orElseGet(() -> new Opened.Broken(Code.NOT_JSON));
            case CLOUDEVENTS -> CloudEvents.open(sent);
            case HUAWEI_SMN ->
                json(sent.text()).map(SmnMessages::open).orElseGet(() -> new Opened.Broken(Code.NOT_JSON));
        };
    }

    /** The text as JSON; empty when it is none. */
    static Optional<JsonNode> json(String text) {
        try {
            JsonNode tree = JSON.readTree(text);
            return tree.isMissingNode() || tree.isNull() ? Optional.empty() : Optional.of(tree);
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }
}
