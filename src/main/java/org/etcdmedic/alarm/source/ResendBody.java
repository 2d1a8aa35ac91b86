package org.etcdmedic.alarm.source;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.etcdmedic.alarm.Alarm;
import org.etcdmedic.alarm.source.Receipt.Result;
import org.etcdmedic.audit.AuditTrail;
import org.etcdmedic.audit.Change;
import org.etcdmedic.diagnosis.DiagnosisId;
import org.springframework.transaction.annotation.Transactional;

/** Takes a refused body in once more, by the mapping and the inventory of today. */
public class ResendBody {
    private final RefusedBodies refused;
    private final Sources sources;
    private final TakeBody take;
    private final AuditTrail audit;
    private final Clock clock;

    ResendBody(RefusedBodies refused, Sources sources, TakeBody take, AuditTrail audit, Clock clock) {
        this.refused = refused;
        this.sources = sources;
        this.take = take;
        this.audit = audit;
        this.clock = clock;
    }

    /** What came of it. */
    public sealed interface Resent {
        /** It was taken as far as it can be: now, or by an earlier wish. */
        record Done(Instant at, Optional<DiagnosisId> diagnosis, Receipt.Taken taken) implements Resent {}

        /** It is as useless as it was. */
        record StillRefused(Receipt.Taken taken) implements Resent {}

        /** Only its beginning is kept, or its source is gone. */
        record Impossible() implements Resent {}

        /** There is none. */
        record Unknown() implements Resent {}
    }

    /**
     * Sends it again, in one transaction. A second wish changes nothing.
     *
     * @param ownWords reads a body that came in our own words; what it throws ends the transaction
     */
    @Transactional
    public Resent resend(UUID id, Function<String, Alarm> ownWords) {
        Optional<RefusedBodies.Kept> found = refused.seize(id);
        if (found.isEmpty()) {
            return new Resent.Unknown();
        }
        RefusedBodies.Kept kept = found.get();
        if (kept.resentAt().isPresent()) {
            return new Resent.Done(kept.resentAt().get(), kept.diagnosis(), new Receipt.Taken(List.of(), 0));
        }
        if (!kept.whole()) {
            return new Resent.Impossible();
        }
        if (kept.source().isEmpty()) {
            Alarm alarm = ownWords.apply(kept.body().text());
            return told(id, new Receipt.Taken(List.of(take.own(alarm)), 0));
        }
        Optional<Source> source = kept.source().flatMap(sources::find);
        if (source.isEmpty()) {
            return new Resent.Impossible();
        }
        return switch (take.understand(source.get(), kept.body())) {
            case Receipt.Taken taken -> told(id, taken);
            case Receipt.Waits _, Receipt.UnknownFormat _ -> new Resent.Impossible();
        };
    }

    private Resent told(UUID id, Receipt.Taken taken) {
        return taken.problems().isEmpty() ? done(id, taken) : new Resent.StillRefused(taken);
    }

    /** Notes that a subscription that waited is confirmed, once. */
    @Transactional
    public Resent confirmed(UUID id) {
        return refused.seize(id)
                .map(kept -> kept.resentAt()
                        .<Resent>map(at -> new Resent.Done(at, Optional.empty(), new Receipt.Taken(List.of(), 0)))
                        .orElseGet(() -> done(id, new Receipt.Taken(List.of(), 0))))
                .orElseGet(Resent.Unknown::new);
    }

    private Resent done(UUID id, Receipt.Taken taken) {
        Instant now = clock.instant();
        Optional<DiagnosisId> diagnosis = taken.results().stream()
                .map(Result::diagnosis)
                .flatMap(Optional::stream)
                .findFirst();
        refused.resent(id, diagnosis, now);
        audit.record(Change.of(Change.Action.ALARM_RESENT, id.toString()), now);
        return new Resent.Done(now, diagnosis, taken);
    }
}
