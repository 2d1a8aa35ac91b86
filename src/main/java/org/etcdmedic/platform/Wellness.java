package org.etcdmedic.platform;

import java.util.List;
import org.springframework.boot.health.contributor.Health;

/** How the parts of the group {@code well} say what they have to say. */
public final class Wellness {
    private Wellness() {}

    /** All is well, or somebody should look after these. */
    public static Health.Builder of(List<String> troubles) {
        return troubles.isEmpty()
                ? Health.up()
                : Health.status(WellGroup.DEGRADED).withDetail("trouble", String.join("; ", troubles));
    }
}
