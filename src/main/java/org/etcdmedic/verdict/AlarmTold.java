package org.etcdmedic.verdict;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the alarm itself told of the node that it names (rows V3 and M1).
 *
 * @param events what the infrastructure did to its machine
 * @param clusterStatus what the management plane got when it asked for the cluster's status: empty text for an empty
 *     message, nothing where it did not tell
 */
public record AlarmTold(List<Event> events, Optional<String> clusterStatus) {
    /** An alarm that told nothing more. */
    public static final AlarmTold NOTHING = new AlarmTold(List.of(), Optional.empty());

    /** Copies the list. */
    public AlarmTold {
        events = List.copyOf(events);
    }

    /** What two alarms told. An empty message of the cluster manager is the symptom itself, else the later word counts. */
    public AlarmTold and(AlarmTold later) {
        return new AlarmTold(
                Stream.concat(events.stream(), later.events().stream())
                        .distinct()
                        .toList(),
                clusterStatus.filter(String::isEmpty).or(later::clusterStatus).or(() -> clusterStatus));
    }

    /** Something that was done to the machine. */
    public record Event(Kind kind, Instant at) {}

    /** What was done. */
    public enum Kind {
        /** The guest was restarted. */
        RESTART,
        /** It moved to another host while it ran. */
        LIVE_MIGRATION,
        /** It was stopped and moved to another host. */
        COLD_MIGRATION,
        /** It was rebuilt on another host because its own failed. */
        HA_FAILOVER,
        /** It was stopped. */
        STOP,
        /** Its host or device had a fault. */
        FAULT
    }
}
