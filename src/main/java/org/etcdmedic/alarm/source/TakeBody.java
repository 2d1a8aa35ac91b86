package org.etcdmedic.alarm.source;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.etcdmedic.alarm.AcceptAlarm;
import org.etcdmedic.alarm.Acceptance;
import org.etcdmedic.alarm.Alarm;
import org.etcdmedic.alarm.Alarms;
import org.etcdmedic.alarm.ClearAlarms;
import org.etcdmedic.alarm.source.Mapped.Problem;
import org.etcdmedic.alarm.source.Mapped.Problem.Code;
import org.etcdmedic.alarm.source.Receipt.Note;
import org.etcdmedic.alarm.source.Receipt.Outcome;
import org.etcdmedic.alarm.source.Receipt.Result;
import org.etcdmedic.diagnosis.DiagnosisId;
import org.etcdmedic.inventory.InstanceId;
import org.etcdmedic.inventory.Instances;
import org.etcdmedic.inventory.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * Takes in what a source sends. Each element has a transaction of its own: when the database goes in the middle, the sender is
 * told to send the body again, and what was taken already is known by its key. What is refused is kept with its whole body.
 */
public class TakeBody {
    /** So much of what is wrong is kept. */
    private static final int MOST_WRONG = 100;

    private final AcceptAlarm accept;
    private final ClearAlarms clear;
    private final RefusedBodies refused;
    private final Instances instances;
    private final Clock clock;

    TakeBody(AcceptAlarm accept, ClearAlarms clear, RefusedBodies refused, Instances instances, Clock clock) {
        this.accept = accept;
        this.clear = clear;
        this.refused = refused;
        this.instances = instances;
        this.clock = clock;
    }

    /** Takes it in; when this returns, what it says is committed. */
    public Receipt take(Source source, SentBody sent) {
        Receipt receipt = understand(source, sent);
        switch (receipt) {
            case Receipt.Taken taken -> {
                if (!taken.problems().isEmpty()) {
                    keep(source, reason(taken.problems()), sent, taken.problems());
                }
            }
            case Receipt.Waits _ ->
                keep(
                        source,
                        Acceptance.Reason.INVALID,
                        sent,
                        List.of(new Problem("/subscribe_url", Code.UNCONFIRMED_SUBSCRIPTION)));
            case Receipt.UnknownFormat _ -> {
                // Told at once; to send it again would help nobody.
            }
        }
        return receipt;
    }

    /** Keeps the beginning of a body that is larger than is taken. */
    public void tooLarge(Source source, SentBody beginning) {
        refused.keep(
                new RefusedBodies.Refused(source.name(), Acceptance.Reason.TOO_LARGE, beginning, List.of()),
                clock.instant());
    }

    /** The same without keeping what is refused. */
    Receipt understand(Source source, SentBody sent) {
        return switch (Envelopes.open(source, sent)) {
            case Opened.Elements(var body) -> {
                var inventory = new Inventory();
                var results = new ArrayList<Result>();
                for (Reading reading : source.read(body)) {
                    results.add(result(source, reading, inventory));
                }
                yield new Receipt.Taken(results, source.leftOut(body));
            }
            case Opened.Broken(Code code) ->
                new Receipt.Taken(List.of(Result.refused("", List.of(new Problem("", code)))), 0);
            case Opened.Unsubscribed _ -> new Receipt.Taken(List.of(Result.ignored("", Note.UNSUBSCRIBED)), 0);
            case Opened.Subscription(var confirmation) -> new Receipt.Waits(confirmation);
            case Opened.UnknownFormat _ -> new Receipt.UnknownFormat();
        };
    }

    private void keep(Source source, Acceptance.Reason reason, SentBody sent, List<Problem> problems) {
        List<Alarms.Wrong> wrong = problems.stream()
                .limit(MOST_WRONG)
                .map(problem ->
                        new Alarms.Wrong(problem.pointer(), problem.code().name()))
                .toList();
        refused.keep(new RefusedBodies.Refused(source.name(), reason, sent, wrong), clock.instant());
    }

    /** Why a body is refused, in the few words that all refused alarms have. */
    public static Acceptance.Reason reason(List<Problem> problems) {
        List<Code> codes = problems.stream().map(Problem::code).toList();
        if (codes.contains(Code.UNKNOWN_INSTANCE)) {
            return Acceptance.Reason.UNKNOWN_INSTANCE;
        }
        return codes.contains(Code.UNKNOWN_NODE)
                        || codes.contains(Code.HOST_UNKNOWN)
                        || codes.contains(Code.HOST_AMBIGUOUS)
                ? Acceptance.Reason.UNKNOWN_NODE
                : Acceptance.Reason.INVALID;
    }

    private Result result(Source source, Reading reading, Inventory inventory) {
        return switch (reading.mapped()) {
            case Mapped.Raised(Mapped.Told told) -> raised(source, reading.pointer(), told, inventory);
            case Mapped.Cleared(String key, Optional<Instant> at) -> cleared(source, reading.pointer(), key, at);
            case Mapped.Unreadable(List<Problem> problems) -> Result.refused(reading.pointer(), problems);
            case Mapped.Ignored(Mapped.Ignored.Reason why) ->
                Result.ignored(
                        reading.pointer(),
                        switch (why) {
                            case NOT_MEANT -> Note.NOT_MEANT;
                            case NO_ALARM -> Note.NO_ALARM;
                            case CLEARS_NOTHING_KNOWN -> Note.CLEARS_NOTHING;
                        });
        };
    }

    private Result raised(Source source, String pointer, Mapped.Told told, Inventory inventory) {
        return switch (inventory.find(told.where())) {
            case Whereabouts.Place.Nowhere(Code why) -> Result.refused(pointer, List.of(new Problem(pointer, why)));
            case Whereabouts.Place.At(InstanceId instance, NodeId node, boolean assumed) -> {
                Alarm alarm = alarm(told, instance, node);
                Acceptance acceptance =
                        accept.take(alarm, Optional.of(new Alarm.Origin(source.name(), told.clearKey())));
                yield became(pointer, alarm, acceptance, assumed ? Optional.of(Note.NODE_ASSUMED) : Optional.empty());
            }
        };
    }

    private static Result became(String pointer, Alarm alarm, Acceptance acceptance, Optional<Note> note) {
        return switch (acceptance) {
            case Acceptance.Opened(DiagnosisId id) -> taken(pointer, alarm, Outcome.OPENED, id, note);
            case Acceptance.Joined(DiagnosisId id, var _) -> taken(pointer, alarm, Outcome.JOINED, id, note);
            case Acceptance.Repeated(DiagnosisId id, var _) -> taken(pointer, alarm, Outcome.REPEATED, id, note);
            case Acceptance.Refused(Acceptance.Reason reason) ->
                Result.refused(
                        pointer,
                        List.of(new Problem(
                                pointer,
                                reason == Acceptance.Reason.UNKNOWN_NODE ? Code.UNKNOWN_NODE : Code.UNKNOWN_INSTANCE)));
        };
    }

    /** Takes an alarm in that came in our own words and was refused before. */
    Result own(Alarm alarm) {
        return became("", alarm, accept.take(alarm, Optional.empty()), Optional.empty());
    }

    private Alarm alarm(Mapped.Told told, InstanceId instance, NodeId node) {
        @Nullable String vm = told.where().vm().orElse(null);
        return new Alarm(
                told.key(),
                told.name().orElse(null),
                instance,
                node,
                vm,
                told.severity().orElse(null),
                told.occurredAt().orElseGet(clock::instant),
                told.clusterStatus().orElse(null),
                List.of(),
                told.labels());
    }

    private static Result taken(
            String pointer, Alarm alarm, Outcome outcome, DiagnosisId diagnosis, Optional<Note> note) {
        return new Result(
                pointer,
                outcome,
                Optional.ofNullable(alarm.alarmId()),
                Optional.of(alarm.instance()),
                Optional.of(alarm.node()),
                Optional.of(diagnosis),
                note,
                List.of());
    }

    private Result cleared(Source source, String pointer, String key, Optional<Instant> at) {
        return switch (clear.clear(new Alarm.Origin(source.name(), key), at)) {
            case ClearAlarms.Clearing.Cleared(DiagnosisId diagnosis, boolean again) ->
                new Result(
                        pointer,
                        Outcome.CLEARED,
                        Optional.of(key),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(diagnosis),
                        again ? Optional.of(Note.CLEARED_BEFORE) : Optional.empty(),
                        List.of());
            case ClearAlarms.Clearing.Unknown _ -> Result.ignored(pointer, Note.CLEARS_NO_KNOWN_ALARM);
        };
    }

    /** Read once for a body, and only when an element does not tell both identifiers. */
    private final class Inventory {
        private @Nullable Whereabouts known;

        Whereabouts.Place find(Mapped.Where where) {
            if (where.instance().isPresent() && where.node().isPresent()) {
                return new Whereabouts.Place.At(
                        new InstanceId(where.instance().get()),
                        new NodeId(where.node().get()),
                        false);
            }
            if (known == null) {
                known = new Whereabouts(instances.all());
            }
            return known.find(where);
        }
    }
}
