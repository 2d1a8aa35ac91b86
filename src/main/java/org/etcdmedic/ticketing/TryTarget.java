package org.etcdmedic.ticketing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.etcdmedic.diagnosis.Diagnoses;
import org.etcdmedic.diagnosis.Diagnosis;
import org.etcdmedic.diagnosis.DiagnosisId;
import org.etcdmedic.platform.TimeOrderedId;
import org.etcdmedic.ticketing.letter.WriteLetter;
import org.etcdmedic.ticketing.target.Access;
import org.etcdmedic.ticketing.target.Action;
import org.etcdmedic.ticketing.target.Errand;
import org.etcdmedic.ticketing.target.Letter;
import org.etcdmedic.ticketing.target.Receipt;
import org.etcdmedic.ticketing.target.Reference;
import org.etcdmedic.ticketing.target.Request;
import org.etcdmedic.ticketing.target.Target.Unwritable;
import org.etcdmedic.ticketing.target.TargetKind;

/** Tries a target before it is relied upon: shows what would be sent, or sends a test. */
public class TryTarget {
    private final Targets targets;
    private final Diagnoses diagnoses;
    private final WriteLetter letters;
    private final OperateTickets operate;
    private final Clock clock;

    TryTarget(Targets targets, Diagnoses diagnoses, WriteLetter letters, OperateTickets operate, Clock clock) {
        this.targets = targets;
        this.diagnoses = diagnoses;
        this.letters = letters;
        this.operate = operate;
        this.clock = clock;
    }

    /** What would be sent, or why nothing can be. */
    public sealed interface Preview {
        /** Exactly that, but for its secrets. */
        record Sent(Hidden.Shown request) implements Preview {}

        /** The target is not told of such an action. */
        record NotTold() implements Preview {}

        /** Mistakes of the template, each with its line, or of the target's files. */
        record Wrong(List<String> mistakes) implements Preview {}

        /** There is no such target. */
        record UnknownTarget() implements Preview {}

        /** There is no such diagnosis, or it is not over yet. */
        record UnknownDiagnosis() implements Preview {}
    }

    /**
     * What a target would be sent about a diagnosis. Nothing is sent.
     *
     * @param template in place of the configured one
     */
    public Preview preview(String name, DiagnosisId id, Action action, Locale language, Optional<String> template) {
        Optional<ConfiguredTarget> found = targets.find(name);
        if (found.isEmpty()) {
            return new Preview.UnknownTarget();
        }
        Optional<Diagnosis> diagnosis = diagnoses.find(id).filter(TryTarget::isOver);
        if (diagnosis.isEmpty()) {
            return new Preview.UnknownDiagnosis();
        }
        try {
            ConfiguredTarget target = template.isPresent()
                    ? found.get().with(Map.of(action.name().toLowerCase(Locale.ROOT), template.get()))
                    : found.get();
            Access access = target.access();
            Optional<Reference> reference = action == Action.OPEN
                    ? Optional.empty()
                    : Optional.of(new Reference("REFERENCE", Optional.empty()));
            var ticket = new UUID(0, 0);
            Letter letter = letters.first(diagnosis.get(), language, ticket);
            var errand = new Errand(letter, action, reference, "msg_preview_1", clock.instant());
            Optional<Request> request = target.target().write(errand, access);
            if (request.isEmpty()) {
                return new Preview.NotTold();
            }
            Post.check(target, access, request.get());
            return new Preview.Sent(
                    Hidden.of(target, access, request.get().hidden()).cut(request.get()));
        } catch (TargetKind.Misconfigured wrong) {
            return new Preview.Wrong(wrong.mistakes());
        } catch (Unwritable wrong) {
            return new Preview.Wrong(List.of(String.valueOf(wrong.getMessage())));
        }
    }

    private static boolean isOver(Diagnosis diagnosis) {
        return diagnosis.progress() instanceof Diagnosis.Progress.Completed
                || diagnosis.progress() instanceof Diagnosis.Progress.Failed;
    }

    /**
     * What came of a test.
     *
     * @param accepted whether the target took it
     * @param status of HTTP; empty without an answer
     * @param reason why not
     */
    public record Tested(
            boolean accepted,
            Optional<Integer> status,
            Optional<String> reason,
            Optional<Reference> reference,
            Duration took) {}

    /** Sends a test, whatever the schedule and the target's state are; empty when there is no such target. */
    public Optional<Tested> test(String name, Locale language) {
        return operate.tried(name).map(target -> {
            Instant startedAt = clock.instant();
            UUID id = TimeOrderedId.at(startedAt);
            var errand = new Errand(
                    letters.test(language, id, startedAt),
                    Action.OPEN,
                    Optional.empty(),
                    "msg_" + id.toString().replace("-", "") + "_1",
                    startedAt);
            Tested tested;
            try {
                tested = test(target, errand);
            } catch (Unwritable wrong) {
                tested = failed(Optional.empty(), String.valueOf(wrong.getMessage()));
            }
            return new Tested(
                    tested.accepted(),
                    tested.status(),
                    tested.reason(),
                    tested.reference(),
                    Duration.between(startedAt, clock.instant()));
        });
    }

    private Tested test(ConfiguredTarget target, Errand errand) throws Unwritable {
        Access access = target.access();
        Optional<Request> request = target.target().write(errand, access);
        if (request.isEmpty()) {
            return failed(Optional.empty(), "the target is told of no opening");
        }
        Hidden hidden = Hidden.of(target, access, request.get().hidden());
        return switch (Post.send(target, access, request.get(), clock.instant())) {
            case Post.Sent.Silent silent -> failed(Optional.empty(), silent.reason());
            case Post.Sent.Answered answered -> {
                Optional<Integer> status = Optional.of(answered.answer().status());
                yield switch (hidden.cut(target.target().read(errand, access, answered.answer()))) {
                    case Receipt.Accepted accepted ->
                        new Tested(true, status, Optional.empty(), accepted.reference(), Duration.ZERO);
                    case Receipt.RetryLater later -> failed(status, later.reason());
                    case Receipt.Refused refused -> failed(status, refused.reason());
                    case Receipt.Gone gone -> failed(status, gone.reason());
                };
            }
        };
    }

    private static Tested failed(Optional<Integer> status, String reason) {
        return new Tested(false, status, Optional.of(reason), Optional.empty(), Duration.ZERO);
    }
}
