package org.etcdmedic.cli;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The evidence of one diagnosis, fetched as it is quoted. What cannot be had is not quoted; the statement stands without it. */
final class RemoteQuotations implements Quotations {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Remote remote;
    private final String path;
    private final Map<String, Optional<Piece>> fetched = new HashMap<>();
    private @Nullable Map<String, JsonNode> known;

    RemoteQuotations(Remote remote, String diagnosis) {
        this.remote = remote;
        this.path = "/diagnoses/" + diagnosis + "/evidence";
    }

    @Override
    public Optional<Piece> piece(String evidence) {
        return fetched.computeIfAbsent(
                evidence, id -> Optional.ofNullable(known().get(id)).flatMap(one -> fetch(id, one)));
    }

    private Map<String, JsonNode> known() {
        if (known == null) {
            known = list();
        }
        return known;
    }

    private Map<String, JsonNode> list() {
        var items = new HashMap<String, JsonNode>();
        try {
            if (remote.get(path, PATIENCE) instanceof Answer.Good good) {
                Json.tree(good.body())
                        .path("items")
                        .valueStream()
                        // What becomes part of an address is an identifier and nothing else.
                        .filter(item -> item.path("id").stringValue("").matches("[0-9a-f-]{36}"))
                        .forEach(item -> items.put(item.path("id").stringValue(), item));
            }
        } catch (JacksonException noList) {
            // Told without quotations.
        }
        return items;
    }

    private Optional<Piece> fetch(String id, JsonNode item) {
        return remote.get(path + "/" + id, "text/plain", PATIENCE) instanceof Answer.Good good
                ? Optional.of(Piece.of(
                        item.path("nodeId").stringValue(""),
                        item.path("probe").stringValue(""),
                        item.path("args").path("file").isString()
                                ? Map.of("file", item.path("args").path("file").stringValue())
                                : Map.of(),
                        item.path("command").stringValue(""),
                        good.body()))
                : Optional.empty();
    }
}
