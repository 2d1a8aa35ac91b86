package org.etcdmedic.replay;

import java.util.UUID;

/** Identifies one replay; sorts by the time it was asked for. */
public record ReplayId(UUID value) {
    @Override
    public String toString() {
        return value.toString();
    }
}
