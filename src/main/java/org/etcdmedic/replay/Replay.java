package org.etcdmedic.replay;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.etcdmedic.diagnosis.Status;

/**
 * A body of knowledge that is run over stored diagnoses, and how far that is.
 *
 * @param id identifier
 * @param requestedAt when it was asked for
 * @param wish over which diagnoses
 * @param candidate version of the knowledge that is tried
 * @param inUse version of the knowledge that it is held against; empty until somebody took it up
 * @param course how far it is
 * @param tally what came of it until now
 */
public record Replay(
        ReplayId id,
        Instant requestedAt,
        Wish wish,
        String candidate,
        Optional<String> inUse,
        Course course,
        Tally tally) {
    /**
     * How far it is.
     *
     * @param status the state's name
     * @param startedAt when it was first taken up
     * @param completedAt when it was over
     * @param failure why it failed
     */
    public record Course(
            Status status, Optional<Instant> startedAt, Optional<Instant> completedAt, Optional<String> failure) {}

    /**
     * What came of its diagnoses until now.
     *
     * @param of so many are to be replayed
     * @param changes what the candidate changes
     * @param drifts what has changed since their verdicts without the candidate
     * @param notReplayed could not be judged again
     */
    public record Tally(int of, Map<Change, Integer> changes, Map<Change, Integer> drifts, int notReplayed) {
        /** Copies the maps. */
        public Tally {
            changes = Map.copyOf(changes);
            drifts = Map.copyOf(drifts);
        }

        /** So many are done. */
        public int done() {
            return changes.values().stream().mapToInt(Integer::intValue).sum() + notReplayed;
        }
    }
}
