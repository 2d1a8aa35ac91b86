package org.etcdmedic.replay;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.etcdmedic.diagnosis.DiagnosisId;
import org.etcdmedic.diagnosis.Status;
import org.etcdmedic.knowledge.yaml.KnowledgeFiles;

/** All replays that are kept. */
public interface Replays {
    /** Keeps a replay and queues its job with it, inside the caller's transaction. */
    void open(ReplayId id, Wish wish, Candidate candidate, List<DiagnosisId> diagnoses, Instant now);

    /** The replay with this identifier. */
    Optional<Replay> find(ReplayId id);

    /** Replays, newest first, those after the cursor. */
    List<Replay> newest(Optional<Cursor> after, int limit);

    /**
     * Its diagnoses that were replayed, the newest first.
     *
     * @param changed only those of which the candidate changes anything
     * @param after those that come after this ordinal
     */
    List<Replayed> done(ReplayId id, boolean changed, int after, int limit);

    /**
     * Calls an open one off, inside the caller's transaction; whoever is at it writes nothing more.
     *
     * @return where it stood; empty when there is none that is open
     */
    Optional<Status> cancel(ReplayId id, Instant now);

    /** Takes one away with all that came of it, inside the caller's transaction; false when there is none. */
    boolean remove(ReplayId id);

    /** Takes it up, or goes on with it. What was judged by other knowledge in use than this is judged anew. */
    Turn take(ReplayId id, String inUse, Instant now);

    /** Whose turn it is. */
    enum Turn {
        /** It is over. */
        OVER,
        /** An older one is open, or an alarm waits for a worker. */
        WAIT,
        /** Go on. */
        GO
    }

    /** Whether a diagnosis waits for a worker at this moment. */
    boolean alarmsWait(Instant now);

    /** The files of the candidate. */
    KnowledgeFiles candidate(ReplayId id);

    /** The next diagnosis to be replayed, noted as tried once more; empty when none is left. */
    Optional<Todo> next(ReplayId id);

    /**
     * One that is to be replayed.
     *
     * @param tries how often somebody began with it, this time included
     */
    record Todo(int ordinal, DiagnosisId diagnosis, int tries) {}

    /** Does not count the newest try of one: the database failed, not the process. */
    void excuse(ReplayId id, int ordinal);

    /** Keeps what came of one; false when the replay is over meanwhile, and nothing was kept. */
    boolean keep(ReplayId id, int ordinal, Replayed.Result result);

    /** Ends it, unless it is over. */
    void complete(ReplayId id, Instant now);

    /** Ends it, unless it is over, because we failed. */
    void fail(ReplayId id, String reason, Instant now);

    /** A place in the list, newest first. */
    record Cursor(Instant requestedAt, UUID id) {}
}
