package org.etcdmedic.evidence;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.etcdmedic.evidence.Reading.Gap;
import org.etcdmedic.evidence.Reading.Known;
import org.etcdmedic.evidence.Reading.Unknown;
import org.etcdmedic.inventory.NodeId;
import org.etcdmedic.probe.Capture;
import org.etcdmedic.probe.ProbeId;
import org.etcdmedic.probe.Reach;
import org.etcdmedic.probe.SudoWords;

/** All captures of one node, in the order in which they were asked, and what it means when one is missing. */
final class NodeCaptures {
    private static final int MOST_DETAIL = 300;

    private final Reach reach;
    private final List<Capture> captures;

    NodeCaptures(NodeId node, Reach reach, List<Capture> captures) {
        this.reach = reach;
        this.captures = captures.stream()
                .filter(capture -> capture.node().equals(node))
                .sorted(Comparator.comparing(Capture::startedAt))
                .toList();
    }

    /** Those of one probe. */
    List<Capture> of(ProbeId probe) {
        return captures.stream()
                .filter(capture -> capture.question().probe().id().equals(probe))
                .toList();
    }

    /** The latest capture of a probe that could be read, else why the latest could not. */
    <T> Reading<T> read(ProbeId probe, Function<Capture.Answer, Reading<T>> parser) {
        return read(probe, capture -> true, parser);
    }

    /** The same among those captures that are meant. */
    <T> Reading<T> read(ProbeId probe, Predicate<Capture> meant, Function<Capture.Answer, Reading<T>> parser) {
        Reading<T> best = notAsked(probe);
        for (Capture capture : of(probe)) {
            if (!meant.test(capture)) {
                continue;
            }
            Reading<T> reading = switch (capture) {
                case Capture.Answer answer -> parser.apply(answer);
                case Capture.NoAnswer none -> unknown(none);
            };
            if (reading instanceof Known<T> || best instanceof Unknown<T>) {
                best = reading;
            }
        }
        return best;
    }

    /** Nobody asked, or nobody could. */
    <T> Reading<T> notAsked(ProbeId probe) {
        return switch (reach) {
            case Reach.NotIn notIn ->
                new Unknown<>(probe, Gap.NODE_NOT_REACHED, detail(notIn.obstacle() + " " + notIn.detail()));
            case Reach.LoggedIn ignored -> new Unknown<>(probe, Gap.NOT_ASKED, "");
            case Reach.Collected ignored -> new Unknown<>(probe, Gap.NOT_IN_BUNDLE, "");
        };
    }

    /** A fact from the whole of an answer, or why the answer tells none. */
    static <T> Reading<T> reading(Capture.Answer answer, Optional<T> fact) {
        return fact.isPresent() ? new Known<>(fact.get(), Lines.of(answer).all()) : unusable(answer);
    }

    /** Why there is no answer. */
    static <T> Reading<T> unknown(Capture.NoAnswer none) {
        Gap gap = switch (none.reason()) {
            case TIMED_OUT, DEADLINE -> Gap.TIMED_OUT;
            case CONNECTION_LOST, CHANNEL_REFUSED -> Gap.CONNECTION_LOST;
            case NOT_PERMITTED -> Gap.NOT_PERMITTED;
            case PROGRAM_MISSING -> Gap.MISSING;
        };
        return new Unknown<>(none.question().probe().id(), gap, detail(none.detail()));
    }

    /** Why an answer tells nothing, by what the node said instead: the probe speaks the C locale. */
    static <T> Reading<T> unusable(Capture.Answer answer) {
        String error = SudoWords.withoutWarnings(answer.errorText());
        String said = error.isBlank() ? answer.text() : error;
        String begin = said.substring(0, Math.min(4_096, said.length()));
        int status = answer.exitStatus().orElse(-1);
        Gap gap;
        if (begin.contains("Permission denied") || begin.contains("not allowed") || begin.contains("not permitted")) {
            gap = Gap.NOT_PERMITTED;
        } else if (status == 126 || status == 127 || begin.contains("No such file or directory")) {
            gap = Gap.MISSING;
        } else if (status == 124 || status == 137) {
            gap = Gap.TIMED_OUT;
        } else if (answer.exitStatus().isEmpty()) {
            gap = Gap.CONNECTION_LOST;
        } else {
            gap = Gap.UNREADABLE;
        }
        return unknown(answer, gap, begin);
    }

    /** An answer that tells nothing, for this reason. */
    static <T> Reading<T> unknown(Capture.Answer answer, Gap gap, String detail) {
        return new Unknown<>(answer.question().probe().id(), gap, detail(detail));
    }

    /** One short line without secrets. */
    private static String detail(String text) {
        String line = Redactor.clean(text)
                .lines()
                .map(String::strip)
                .filter(l -> !l.isEmpty())
                .findFirst()
                .orElse("");
        return Lines.cut(line, MOST_DETAIL);
    }
}
