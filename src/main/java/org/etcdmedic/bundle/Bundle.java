package org.etcdmedic.bundle;

import java.util.List;
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
}
