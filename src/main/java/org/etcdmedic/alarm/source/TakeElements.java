package org.etcdmedic.alarm.source;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.etcdmedic.alarm.AcceptAlarm;
import org.etcdmedic.alarm.Acceptance;
import org.etcdmedic.alarm.Alarm;
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
 * Takes in the elements of one body, each by itself: one that raises opens a diagnosis or joins one, one that clears takes alarms back, and
 * any other is refused or ignored with its reason.
 */
final class TakeElements {
    private final AcceptAlarm accept;
    private final ClearAlarms clear;
    private final Instances instances;
    private final Clock clock;

    /** Read once for a body, and only when an element does not tell both identifiers. */
    private @Nullable Whereabouts inventory;

    TakeElements(AcceptAlarm accept, ClearAlarms clear, Instances instances, Clock clock) {
        this.accept = accept;
        this.clear = clear;
        this.instances = instances;
        this.clock = clock;
    }

    /** What became of an alarm in our own words. */
    Result own(Alarm alarm) {
        return became("", alarm, accept.take(alarm, Optional.empty()), Optional.empty());
    }

    /** What became of an element, now that it is taken in; when this returns, it is committed. */
    Result take(Source source, Reading reading) {
        return switch (reading.mapped()) {
            case Mapped.Raised(Mapped.Told told) -> raised(source, reading.pointer(), told);
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

    private Result raised(Source source, String pointer, Mapped.Told told) {
        return switch (place(told.where())) {
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

    private Whereabouts.Place place(Mapped.Where where) {
        if (where.instance().isPresent() && where.node().isPresent()) {
            return new Whereabouts.Place.At(
                    new InstanceId(where.instance().get()),
                    new NodeId(where.node().get()),
                    false);
        }
        Whereabouts known = inventory;
        if (known == null) {
            known = new Whereabouts(instances.all());
            inventory = known;
        }
        return known.find(where);
    }
}
