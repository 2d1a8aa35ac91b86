package org.etcdmedic.knowledge.yaml;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.etcdmedic.knowledge.Cause;
import org.etcdmedic.knowledge.CauseCode;
import org.etcdmedic.knowledge.yaml.YamlKnowledge.Item;

/** Finds the way on which a cause would explain itself. */
final class Chain {
    private final Map<CauseCode, Set<CauseCode>> explains;

    Chain(List<Item<Cause>> causes) {
        explains = causes.stream()
                .collect(Collectors.toMap(i -> i.value().code(), i -> i.value().explains(), (first, second) -> first));
    }

    /** The causes from this one back to itself; empty when there is no such way. */
    Optional<List<CauseCode>> from(CauseCode cause) {
        return from(cause, cause, new ArrayList<>(List.of(cause)), new HashSet<>());
    }

    private Optional<List<CauseCode>> from(CauseCode here, CauseCode goal, List<CauseCode> way, Set<CauseCode> been) {
        for (CauseCode next :
                explains.getOrDefault(here, Set.of()).stream().sorted().toList()) {
            way.addLast(next);
            if (next.equals(goal)) {
                return Optional.of(List.copyOf(way));
            }
            if (been.add(next)) {
                Optional<List<CauseCode>> found = from(next, goal, way, been);
                if (found.isPresent()) {
                    return found;
                }
            }
            way.removeLast();
        }
        return Optional.empty();
    }
}
