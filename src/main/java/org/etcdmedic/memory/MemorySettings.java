package org.etcdmedic.memory;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the memory ({@code medic.memory.*}).
 *
 * @param window so far back from a diagnosis its like is looked for
 */
@ConfigurationProperties("medic.memory")
record MemorySettings(@DefaultValue("30d") Duration window) {
    MemorySettings {
        if (window.compareTo(Duration.ofHours(1)) < 0 || window.compareTo(Duration.ofDays(3650)) > 0) {
            throw new IllegalArgumentException("medic.memory.window is from 1h to 3650d");
        }
    }
}
