package org.etcdmedic.verdict;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.etcdmedic.evidence.NodeIdentity;
import org.etcdmedic.evidence.Reading;
import org.etcdmedic.evidence.Source;

/** Row V2: was the virtual machine restarted near the alarm. The guest's own boot time decides, corrected by its clock. */
final class BootExamination implements Examination {
    @Override
    public List<Observation> examine(NodeCase node) {
        return switch (node.evidence().identity()) {
            case Reading.Unknown<NodeIdentity> unknown -> List.of(Observation.notLooked("V2", unknown));
            case Reading.Known<NodeIdentity>(NodeIdentity identity, Source source) ->
                List.of(judge(node, node.corrected(identity.bootedAt()), source));
        };
    }

    private static Observation judge(NodeCase node, Instant booted, Source source) {
        if (booted.isAfter(node.window().to())) {
            // This boot hides whether there was another one before it.
            return new Observation.NotLooked(
                    "V2", Reading.Gap.MISSING, "the machine was started later, at " + Instants.text(booted));
        }
        boolean within = node.window().contains(booted);
        return new Observation.Seen(
                within ? "vm-restarted" : "vm-not-restarted",
                Map.of("bootedAt", Instants.text(booted)),
                List.of(source),
                within ? Optional.of(booted) : Optional.empty());
    }
}
