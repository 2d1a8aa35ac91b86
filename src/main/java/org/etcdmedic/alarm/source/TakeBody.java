package org.etcdmedic.alarm.source;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.etcdmedic.alarm.AcceptAlarm;
import org.etcdmedic.alarm.Acceptance;
import org.etcdmedic.alarm.Alarm;
import org.etcdmedic.alarm.Alarms;
import org.etcdmedic.alarm.ClearAlarms;
import org.etcdmedic.alarm.source.Mapped.Problem;
import org.etcdmedic.alarm.source.Mapped.Problem.Code;
import org.etcdmedic.alarm.source.Receipt.Note;
import org.etcdmedic.alarm.source.Receipt.Result;
import org.etcdmedic.inventory.Instances;

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
                TakeElements elements = elements();
                var results = new ArrayList<Result>();
                for (Reading reading : source.read(body)) {
                    results.add(elements.take(source, reading));
                }
                yield new Receipt.Taken(results, source.leftOut(body));
            }
            case Opened.Broken(Code code) ->
                new Receipt.Taken(List.of(Result.refused("", List.of(new Problem("", code)))), 0);
            case Opened.Unsubscribed _ -> new Receipt.Taken(List.of(Result.ignored("", Note.UNSUBSCRIBED)), 0);
            case Opened.Subscription _ -> new Receipt.Waits();
            case Opened.UnknownFormat _ -> new Receipt.UnknownFormat();
        };
    }

    /** Takes an alarm in that came in our own words and was refused before. */
    Result own(Alarm alarm) {
        return elements().own(alarm);
    }

    private TakeElements elements() {
        return new TakeElements(accept, clear, instances, clock);
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
}
