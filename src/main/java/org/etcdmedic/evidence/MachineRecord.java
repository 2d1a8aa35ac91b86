package org.etcdmedic.evidence;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.etcdmedic.probe.ProbeId;

/**
 * What the infrastructure's compute API says of a node's virtual machine. Instants are those of the service's clock.
 *
 * @param server how it stands now
 * @param actions what was asked of it near the alarm, oldest first
 * @param migrations how it was moved near the alarm, oldest first
 */
public record MachineRecord(
        Reading<Server> server, Reading<List<Action>> actions, Reading<List<Migration>> migrations) {
    /** No compute API is configured, or the node has no machine identifier. */
    public static final MachineRecord NOT_ASKED = new MachineRecord(notAsked(), notAsked(), notAsked());

    private static <T> Reading<T> notAsked() {
        return new Reading.Unknown<>(new ProbeId("compute-server"), Reading.Gap.NOT_ASKED, "");
    }

    /**
     * A virtual machine now.
     *
     * @param status such as {@code ACTIVE}, {@code SHUTOFF}, {@code ERROR}, {@code MIGRATING}, {@code REBOOT}
     * @param task what is being done with it, empty when nothing
     * @param fault what the infrastructure says went wrong, empty when nothing
     */
    public record Server(String status, String task, String fault) {}

    /**
     * Something that was asked of it.
     *
     * @param kind such as {@code reboot}, {@code stop}, {@code live-migration}, {@code evacuate}
     * @param requestId the infrastructure's name for it
     * @param user who asked
     * @param startedAt when it began
     * @param endedAt when it ended, where known
     * @param failed the infrastructure says that it came to nothing
     * @param source where it stands
     */
    public record Action(
            String kind,
            String requestId,
            String user,
            Instant startedAt,
            Optional<Instant> endedAt,
            boolean failed,
            Source source) {}

    /**
     * A move to another host.
     *
     * @param kind {@code live-migration}, {@code migration}, {@code resize} or {@code evacuation}
     * @param status such as {@code completed}, {@code running}, {@code error}
     * @param startedAt when it was ordered
     * @param changedAt when its status last changed
     * @param source where it stands
     */
    public record Migration(
            String kind, String status, Instant startedAt, Optional<Instant> changedAt, Source source) {}
}
