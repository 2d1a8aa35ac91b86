package org.etcdmedic.knowledge.yaml;

import java.util.ArrayList;
import java.util.List;
import org.etcdmedic.knowledge.InvalidKnowledge;

/** Everything that is wrong with the knowledge files, gathered so that it can be told at once. */
final class Problems {
    private final List<InvalidKnowledge.Mistake> all = new ArrayList<>();

    void add(String file, Yaml.Place place, String key, String what) {
        all.add(new InvalidKnowledge.Mistake(
                file, place.line(), place.column(), (key.isEmpty() ? "" : key + ": ") + what));
    }

    int count() {
        return all.size();
    }

    void throwIfAny() {
        if (!all.isEmpty()) {
            throw new InvalidKnowledge(all);
        }
    }
}
