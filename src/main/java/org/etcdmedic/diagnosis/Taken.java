package org.etcdmedic.diagnosis;

import java.util.List;
import java.util.Optional;
import org.etcdmedic.bundle.BundleCase;
import org.etcdmedic.probe.Capture;

/**
 * What a diagnosis has judged, to be kept with its judgement.
 *
 * @param captures what was captured; none where it was kept before
 * @param about the case; empty where it was kept before
 */
public record Taken(List<Capture> captures, Optional<BundleCase> about) {
    /** Everything was kept before. */
    public static final Taken BEFORE = new Taken(List.of(), Optional.empty());

    /** Copies the list. */
    public Taken {
        captures = List.copyOf(captures);
    }
}
