package org.etcdmedic.replay.jdbc;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import org.etcdmedic.knowledge.yaml.KnowledgeFiles;
import org.etcdmedic.replay.Change;
import org.etcdmedic.replay.Replay;
import org.etcdmedic.replay.Replayed;
import org.etcdmedic.replay.Replayed.Result;
import org.etcdmedic.replay.SideBySide;
import org.etcdmedic.replay.Wish;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** What stands in the columns of a replay, and back. */
@Component
class ReplayShapes {
    private static final String NOT_REPLAYED = "NOT_REPLAYED";
    private static final TypeReference<Map<String, Integer>> COUNTS = new TypeReference<>() {};
    private static final TypeReference<SortedMap<String, String>> TEXTS = new TypeReference<>() {};

    private final JsonMapper json;

    ReplayShapes(JsonMapper json) {
        this.json = json;
    }

    /** What is written of one result. */
    record Columns(String result, @Nullable String drift, String content) {}

    /** Why one could not be replayed, as it is kept. */
    private record Why(Replayed.Reason reason, String detail) {}

    Columns columns(Result result) {
        return switch (result) {
            case Result.Compared(SideBySide sides) ->
                new Columns(sides.change().name(), sides.drift().name(), json.writeValueAsString(sides));
            case Result.NotReplayed(Replayed.Reason reason, String detail) ->
                new Columns(NOT_REPLAYED, null, json.writeValueAsString(new Why(reason, detail)));
        };
    }

    Result result(String result, String content) {
        if (result.equals(NOT_REPLAYED)) {
            Why why = json.readValue(content, Why.class);
            return new Result.NotReplayed(why.reason(), why.detail());
        }
        return new Result.Compared(json.readValue(content, SideBySide.class));
    }

    String json(Wish wish) {
        return json.writeValueAsString(wish);
    }

    Wish wish(String text) {
        return json.readValue(text, Wish.class);
    }

    String json(KnowledgeFiles files) {
        return json.writeValueAsString(files.texts());
    }

    KnowledgeFiles files(String text) {
        return new KnowledgeFiles(json.readValue(text, TEXTS));
    }

    Replay.Tally tally(@Nullable String results, @Nullable String drifts) {
        Map<String, Integer> counted = counts(results);
        return new Replay.Tally(
                counted.values().stream().mapToInt(Integer::intValue).sum(),
                changes(counted),
                changes(counts(drifts)),
                counted.getOrDefault(NOT_REPLAYED, 0));
    }

    private Map<String, Integer> counts(@Nullable String text) {
        return json.readValue(Objects.requireNonNullElse(text, "{}"), COUNTS);
    }

    private static Map<Change, Integer> changes(Map<String, Integer> counted) {
        var changes = new EnumMap<Change, Integer>(Change.class);
        for (Change change : Change.values()) {
            changes.put(change, counted.getOrDefault(change.name(), 0));
        }
        return changes;
    }
}
