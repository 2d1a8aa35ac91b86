package org.etcdmedic.memory;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.etcdmedic.knowledge.CauseCode;

/**
 * What somebody says of a verdict.
 *
 * @param verdict whether it was right
 * @param actualCause what it really was; {@code UNDETERMINED} where nobody knows, empty where the verdict was right
 * @param helped ids of the steps that helped
 * @param note in their own words
 * @param repairedAt when it was repaired
 */
public record Statement(
        Said verdict,
        Optional<CauseCode> actualCause,
        List<String> helped,
        Optional<String> note,
        Optional<Instant> repairedAt) {
    /** Each step once, in the order in which they were named. */
    public Statement {
        helped = helped.stream().distinct().toList();
    }

    /** Whether the verdict was right. */
    public enum Said {
        /** It was. */
        RIGHT,
        /** There was more to it, or it hit the matter only roughly. */
        PARTLY,
        /** It was something else, or nothing. */
        WRONG
    }

    /** As it is written down among the changes. */
    Map<String, Object> onRecord() {
        var told = new LinkedHashMap<String, Object>();
        told.put("verdict", verdict);
        actualCause.ifPresent(cause -> told.put("actualCause", cause.value()));
        told.put("helped", helped);
        note.ifPresent(words -> told.put("note", words));
        repairedAt.ifPresent(at -> told.put("repairedAt", at));
        return told;
    }

    /** Whether it tells that the fault was mended. */
    boolean repaired() {
        return repairedAt.isPresent() || !helped.isEmpty();
    }
}
