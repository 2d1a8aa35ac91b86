package org.etcdmedic.evidence;

import java.util.Set;
import org.etcdmedic.probe.ProbeId;

/** Of which time a capture speaks: two that contradict each other may both be true. */
public enum Observed {
    /** Live: how it stood while the node was asked. */
    NOW,
    /** Lines that a program wrote before; only those in the evidence window testify. */
    THEN;

    private static final Set<ProbeId> LOGS =
            Set.of(new ProbeId("log-window"), new ProbeId("system-log"), new ProbeId("kernel-log"));

    /** The time of which what this probe brings speaks. */
    public static Observed by(ProbeId probe) {
        return LOGS.contains(probe) ? THEN : NOW;
    }
}
