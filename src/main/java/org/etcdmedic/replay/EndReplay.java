package org.etcdmedic.replay;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.etcdmedic.audit.AuditTrail;
import org.etcdmedic.audit.Change;
import org.etcdmedic.diagnosis.Status;
import org.springframework.transaction.annotation.Transactional;

/** Calls a replay off, or takes it away. Either is put on record. */
public class EndReplay {
    private final Replays replays;
    private final AuditTrail audit;
    private final Clock clock;

    EndReplay(Replays replays, AuditTrail audit, Clock clock) {
        this.replays = replays;
        this.audit = audit;
        this.clock = clock;
    }

    /** What came of it. */
    public enum Cancellation {
        /** It is called off, now or by an earlier wish. */
        CANCELLED,
        /** It had come to its end. */
        OVER,
        /** There is none. */
        UNKNOWN
    }

    /** Calls it off; what it found until now stays. A second wish changes nothing and is not put on record. */
    @Transactional
    public Cancellation cancel(ReplayId id) {
        Instant now = clock.instant();
        Optional<Status> before = replays.cancel(id, now);
        if (before.isPresent()) {
            audit.record(
                    new Change(
                            Change.Action.REPLAY_CANCELLED,
                            id.toString(),
                            Optional.of(Map.of("status", before.get())),
                            Optional.of(Map.of("status", Status.CANCELLED))),
                    now);
            return Cancellation.CANCELLED;
        }
        return replays.find(id)
                .map(replay ->
                        replay.course().status() == Status.CANCELLED ? Cancellation.CANCELLED : Cancellation.OVER)
                .orElse(Cancellation.UNKNOWN);
    }

    /** Takes it away with all that it found; an open one ends with it. False when there is none. */
    @Transactional
    public boolean remove(ReplayId id) {
        boolean gone = replays.remove(id);
        if (gone) {
            audit.record(Change.of(Change.Action.REPLAY_REMOVED, id.toString()), clock.instant());
        }
        return gone;
    }
}
