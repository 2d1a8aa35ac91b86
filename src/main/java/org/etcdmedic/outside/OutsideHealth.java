package org.etcdmedic.outside;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.etcdmedic.platform.Remembered;
import org.etcdmedic.platform.Wellness;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Whether the systems outside that are configured would answer. They are asked at most every half minute. */
@Component("outsideHealthIndicator")
class OutsideHealth implements HealthIndicator {
    private static final Duration FRESH = Duration.ofSeconds(30);
    private static final String WELL = "answers";

    private final List<Witness> witnesses;
    private final Remembered<Map<String, String>> known = new Remembered<>(this::look, FRESH);

    OutsideHealth(List<Witness> witnesses) {
        this.witnesses = List.copyOf(witnesses);
    }

    @Override
    public Health health() {
        Map<String, String> now = known.get();
        List<String> troubles = now.entrySet().stream()
                .filter(one -> !one.getValue().equals(WELL))
                .map(one -> one.getKey() + ": " + one.getValue())
                .toList();
        return Wellness.of(troubles).withDetails(now).build();
    }

    private Map<String, String> look() {
        var how = new TreeMap<String, String>();
        witnesses.forEach(witness ->
                witness.name().ifPresent(name -> how.put(name, witness.trouble().orElse(WELL))));
        return how;
    }
}
