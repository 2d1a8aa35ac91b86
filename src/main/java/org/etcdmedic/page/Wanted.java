package org.etcdmedic.page;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.etcdmedic.diagnosis.Diagnoses;
import org.etcdmedic.diagnosis.Status;
import org.etcdmedic.inventory.InstanceId;
import org.etcdmedic.inventory.OpaqueId;
import org.etcdmedic.knowledge.CauseCode;
import org.etcdmedic.knowledge.Family;
import org.etcdmedic.verdict.Verdict;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Which diagnoses a reader wants to see, as it stands in the page's address. What an address holds that is no wish is left
 * out: a mistyped filter shows more, never nothing.
 *
 * @param instance identifier of an instance, empty for all
 * @param state what became of them, empty for all
 * @param family branch of the runbook, empty for all
 * @param cause code of a cause, empty for all
 * @param since how far back, empty for all
 */
record Wanted(String instance, String state, String family, String cause, String since) {
    /** What a diagnosis can be, as people tell them apart: how far it is, or what came of it. */
    enum State {
        /** Waiting or running. */
        OPEN,
        /** Proven. */
        CONFIRMED,
        /** Strongly supported. */
        LIKELY,
        /** Not known. */
        UNDETERMINED,
        /** All is well. */
        NO_FAULT_FOUND,
        /** We failed. */
        FAILED,
        /** Called off. */
        CANCELLED
    }

    /** How far back to look. */
    enum Since {
        /** An hour. */
        HOUR(Duration.ofHours(1)),
        /** A day. */
        DAY(Duration.ofDays(1)),
        /** A week. */
        WEEK(Duration.ofDays(7)),
        /** A month. */
        MONTH(Duration.ofDays(30));

        private final Duration span;

        Since(Duration span) {
            this.span = span;
        }
    }

    static Wanted of(String instance, String state, String family, String cause, String since) {
        return new Wanted(
                OpaqueId.fits(instance) ? instance : "",
                one(State.values(), state),
                one(Family.values(), family),
                isCode(cause) ? cause : "",
                one(Since.values(), since));
    }

    private static <E extends Enum<E>> String one(E[] all, String text) {
        return Arrays.stream(all)
                .map(Enum::name)
                .filter(text::equals)
                .findFirst()
                .orElse("");
    }

    private static boolean isCode(String text) {
        try {
            return new CauseCode(text).value().equals(text);
        } catch (IllegalArgumentException none) {
            return false;
        }
    }

    /** Whether diagnoses that are not over are among them. */
    boolean open() {
        return (state.isEmpty() || state.equals(State.OPEN.name())) && family.isEmpty() && cause.isEmpty();
    }

    /** Whether diagnoses that are over are among them. */
    boolean over() {
        return !state.equals(State.OPEN.name());
    }

    /** Whether anything is left out. */
    public boolean narrow() {
        return !(instance + state + family + cause + since).isEmpty();
    }

    /** Those that wait, and those that run. */
    List<Diagnoses.Filter> openOnes(Instant now) {
        return List.of(
                filter(now, Optional.of(Status.RUNNING), Optional.empty()),
                filter(now, Optional.of(Status.QUEUED), Optional.empty()));
    }

    /** Those that are over; where nothing is said of that, open ones are among them. */
    Diagnoses.Filter overOnes(Instant now) {
        return switch (state.isEmpty() ? State.OPEN : State.valueOf(state)) {
            case OPEN -> filter(now, Optional.empty(), Optional.empty());
            case FAILED -> filter(now, Optional.of(Status.FAILED), Optional.empty());
            case CANCELLED -> filter(now, Optional.of(Status.CANCELLED), Optional.empty());
            case CONFIRMED, LIKELY, UNDETERMINED, NO_FAULT_FOUND ->
                filter(now, Optional.empty(), Optional.of(Verdict.Outcome.valueOf(state)));
        };
    }

    private Diagnoses.Filter filter(Instant now, Optional<Status> status, Optional<Verdict.Outcome> outcome) {
        return new Diagnoses.Filter(
                told(instance).map(InstanceId::new),
                Optional.empty(),
                status,
                told(family),
                told(cause),
                outcome,
                told(since).map(text -> now.minus(Since.valueOf(text).span)),
                Optional.empty());
    }

    private static Optional<String> told(String text) {
        return Optional.of(text).filter(value -> !value.isEmpty());
    }

    /** The wish as the query of an address. */
    public String query() {
        return address("").build().encode().toUriString();
    }

    /** The address of a page with this wish. */
    UriComponentsBuilder address(String path) {
        return UriComponentsBuilder.fromPath(path)
                .queryParamIfPresent("instance", told(instance))
                .queryParamIfPresent("state", told(state))
                .queryParamIfPresent("family", told(family))
                .queryParamIfPresent("cause", told(cause))
                .queryParamIfPresent("since", told(since));
    }
}
