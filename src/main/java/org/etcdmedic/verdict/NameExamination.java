package org.etcdmedic.verdict;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.etcdmedic.evidence.EtcdCommand;
import org.etcdmedic.evidence.NameLookups;
import org.etcdmedic.evidence.NameLookups.Lookup;
import org.etcdmedic.evidence.NameLookups.Result;
import org.etcdmedic.evidence.Reading;
import org.etcdmedic.evidence.Source;

/** Row B19: whether the node can resolve the host names in etcd's URLs, where there are any. */
final class NameExamination implements Examination {
    @Override
    public List<Observation> examine(NodeCase node) {
        Optional<EtcdCommand> command = EtcdCommand.of(node.evidence());
        if (command.isEmpty()) {
            return List.of();
        }
        if (command.get().names().isEmpty()) {
            return List.of(Observation.seen("names-not-used", Map.of()));
        }
        return switch (node.evidence().names()) {
            case Reading.Unknown<NameLookups> unknown -> List.of(Observation.notLooked("B19", unknown));
            case Reading.Known<NameLookups>(NameLookups names, Source source) -> judge(names, source);
        };
    }

    private static List<Observation> judge(NameLookups names, Source source) {
        var seen = new ArrayList<Observation>();
        for (Lookup lookup : names.lookups()) {
            switch (lookup.result()) {
                case FOUND -> {}
                case UNKNOWN_NAME ->
                    seen.add(Observation.seen("name-unknown", Map.of("name", lookup.name()), lookup.source()));
                case TIMED_OUT ->
                    seen.add(Observation.seen("name-lookup-timed-out", Map.of("name", lookup.name()), lookup.source()));
                case FAILED -> seen.add(new Observation.NotLooked("B19", Reading.Gap.UNREADABLE, lookup.name()));
            }
        }
        if (seen.isEmpty()) {
            String resolved = names.lookups().stream()
                    .filter(lookup -> lookup.result() == Result.FOUND)
                    .map(lookup -> lookup.name() + " " + String.join(" ", lookup.addresses()))
                    .collect(Collectors.joining(", "));
            seen.add(Observation.seen("names-resolved", Map.of("names", resolved), source));
        }
        return seen;
    }
}
