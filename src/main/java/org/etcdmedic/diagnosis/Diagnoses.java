package org.etcdmedic.diagnosis;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.etcdmedic.bundle.BundleCase;
import org.etcdmedic.inventory.InstanceId;
import org.etcdmedic.inventory.NodeId;
import org.etcdmedic.probe.Capture;
import org.etcdmedic.verdict.Judgement;
import org.etcdmedic.verdict.Verdict;

/** All diagnoses that ever were. */
public interface Diagnoses {
    /**
     * Opens a diagnosis, or joins the one that is open for the same instance; the database allows no second one. Its job
     * is queued with it. Has to be called inside a transaction, so that whatever leads to the diagnosis is kept with it
     * or not at all. What a joining symptom tells is added to the open diagnosis, and judged with it.
     */
    default Opening open(Symptom symptom, Instant now) {
        return open(DiagnosisId.at(now), symptom, now);
    }

    /**
     * The same.
     *
     * @param id what it is called when it is opened
     */
    Opening open(DiagnosisId id, Symptom symptom, Instant now);

    /**
     * The open diagnosis of the symptom's instance, held open until the transaction ends; empty when none is open now. The
     * way to join one at the least cost: {@link #open} is for when there is none. Has to be called inside a transaction.
     */
    Optional<Opening.Joined> hold(Symptom symptom);

    /** Adds what the symptom tells to the open diagnosis that was held for it, to be judged with it. */
    void tell(Symptom symptom);

    /**
     * Opens a diagnosis that repeats another one, or joins the one that is open for the same instance, which repeats nothing by
     * that. As {@link #open} it has to be called inside a transaction.
     */
    Opening openAgain(Symptom symptom, Rerun rerun, Instant now);

    /**
     * Calls an open diagnosis off, and its job with it; the claim of whoever is at it is worth nothing from then on. Inside the
     * caller's transaction.
     *
     * @return where it stood; empty when there is none that is open
     */
    Optional<Status> cancel(DiagnosisId id, Instant now);

    /** Holds a diagnosis as it is until the transaction ends, and tells how it stands. Inside the caller's transaction. */
    Optional<Status> seize(DiagnosisId id);

    /** Whether the claim is still worth something: the diagnosis was neither called off nor taken up by another worker. */
    boolean holds(Claim claim);

    /** Notes how far the nodes are, and answers what {@link #holds} would: false says that nothing was noted. */
    boolean note(Claim claim, List<NodeProgress> nodes);

    /** How far these diagnoses are at this moment; whichever does not exist is left out. */
    Map<DiagnosisId, LiveProgress> live(Collection<DiagnosisId> ids);

    /** Takes a diagnosis up; empty when there is nothing left to do. */
    Optional<Claim> claim(DiagnosisId id, Instant now);

    /** Notes that the claim came to no end for the database's sake, so that this attempt does not count against the diagnosis. */
    void excuse(Claim claim);

    /** What its alarms told until now: the first one's, then those that joined, as they came. */
    List<Told> told(DiagnosisId id);

    /**
     * Ends a diagnosis with its judgement and what was captured, in one transaction, and publishes {@link DiagnosisConcluded}
     * in it. Writes nothing when the claim is not the
     * latest one any more, or when alarms have told more than was judged.
     *
     * @param told how many alarms' words were judged, as {@link #told} counts them
     */
    Conclusion conclude(Claim claim, int told, Judgement judgement, Taken taken, Instant now);

    /**
     * What is kept with a judgement, so that the same case can be judged again.
     *
     * @param captures what the nodes and systems outside answered
     * @param asked the nodes as they were asked; empty for a bundle, which was kept before it was judged
     */
    record Taken(List<Capture> captures, Optional<AskedCase> asked) {
        /** Nothing that is not kept already. */
        public static final Taken NOTHING = new Taken(List.of(), Optional.empty());

        /** Copies the list. */
        public Taken {
            captures = List.copyOf(captures);
        }
    }

    /** What came of concluding. */
    enum Conclusion {
        /** It is over, and all is kept. */
        WRITTEN,
        /** An alarm has joined meanwhile and told something: judge again. */
        MORE_TOLD,
        /** Another worker has it. */
        LOST
    }

    /**
     * Ends a diagnosis without a verdict, because we failed, and publishes {@link DiagnosisFailed}; does nothing when the claim
     * is not the latest one any more.
     */
    void fail(Claim claim, String reason, Instant now);

    /** Whether one is due at this moment and waits for a worker. */
    boolean oneIsDue(Instant now);

    /** The diagnosis with this identifier. */
    Optional<Diagnosis> find(DiagnosisId id);

    /** Diagnoses that fit the filter, newest first, those after the cursor. */
    List<Listed> newest(Filter filter, Optional<Cursor> after, int limit);

    /** What was captured for a diagnosis, in the order in which it was asked. */
    List<StoredCapture> captures(DiagnosisId id);

    /** How the nodes were asked; empty for a bundle, for a diagnosis without a verdict, and for one of a release that did not keep it. */
    Optional<AskedCase> asked(DiagnosisId id);
    /** What a concluded diagnosis was about, as it was judged; empty where that was not kept yet when it was concluded. */
    Optional<BundleCase> judged(DiagnosisId id);

    /** One capture of a diagnosis. */
    Optional<StoredCapture> capture(DiagnosisId id, UUID capture);

    /** What to look for; empty fields do not restrict. */
    record Filter(
            Optional<InstanceId> instance,
            Optional<NodeId> node,
            Optional<Status> status,
            Optional<String> family,
            Optional<String> cause,
            Optional<Verdict.Outcome> outcome,
            Optional<Instant> since,
            Optional<Instant> until) {}

    /** A place in the list of diagnoses, newest first. */
    record Cursor(Instant queuedAt, UUID id) {}
}
