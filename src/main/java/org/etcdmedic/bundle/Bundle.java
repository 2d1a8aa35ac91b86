package org.etcdmedic.bundle;

import java.util.List;
import java.util.Set;
import org.etcdmedic.probe.Capture;

/**
 * A bundle that was read.
 *
 * @param bundleCase what is judged
 * @param captures by what, without secrets
 */
public record Bundle(BundleCase bundleCase, List<Capture> captures) {
    /** Copies the list. */
    public Bundle {
        captures = List.copyOf(captures);
    }

    /** The same, which does not tell that files of these names were left aside: they are part of it. */
    Bundle without(Set<String> beside) {
        return new Bundle(
                bundleCase.withSkipped(bundleCase.skipped().stream()
                        .filter(part -> part.reason() != Skipped.Reason.NOT_JUDGED
                                || !beside.contains(
                                        part.path().substring(part.path().lastIndexOf('/') + 1)))
                        .toList()),
                captures);
    }
}
