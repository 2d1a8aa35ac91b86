package org.etcdmedic.memory;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.Collectors;
import org.etcdmedic.inventory.NodeId;
import org.etcdmedic.memory.History.Held;
import org.etcdmedic.memory.History.Help;
import org.etcdmedic.platform.Texts;

/** A history in words. It tells of a time only what was known to lie between two of them. */
public final class HistoryText {
    /** Further on a number says as much as a word. */
    private static final int WORDS = 10;

    private final Texts texts;

    /** Words in the language of these texts. */
    public HistoryText(Texts texts) {
        this.texts = texts;
    }

    /** The whole of it in a sentence or two. */
    public String summary(History history) {
        String place = place(history);
        if (history.previous().isEmpty()) {
            return texts.text("history.first", place, length(history.window()));
        }
        if (history.sightings() == 1) {
            return texts.text("history.always-wrong", place, length(history.window()));
        }
        String since = stamp(history.since());
        if (history.occurrences() == 1) {
            return texts.text("history.unrepaired", place, since, number(history));
        }
        String again = history.lastHeld()
                .flatMap(last -> last.held().map(held -> again(history, place, held)))
                .orElseThrow();
        return history.sightings() == history.occurrences()
                ? again
                : again + texts.text("history.in-all", since, number(history));
    }

    private String again(History history, String place, Held held) {
        String times = texts.text(
                history.occurrences() > WORDS ? "history.times" : "history.times." + history.occurrences(),
                Integer.toString(history.occurrences()));
        String span = length(Duration.between(history.since(), history.alarmedAt()));
        String helped = String.join(", ", held.helped());
        String lasted = length(held.lasted());
        String basis = texts.text("history.basis." + held.basis());
        return helped.isEmpty()
                ? texts.text("history.again", times, place, span, lasted, basis)
                : texts.text("history.again.helped", times, place, span, helped, lasted, basis);
    }

    /** What somebody said last that it was instead. */
    public Optional<String> correction(History history) {
        return history.correction()
                .map(said -> texts.text(
                        "history.correction",
                        stamp(said.at()),
                        said.by(),
                        said.statement().actualCause().orElseThrow().value()));
    }

    /** What is known of a step. */
    public String help(Help help) {
        return help.times() == 1
                ? texts.text("history.help." + help.where() + ".once", stamp(help.last()))
                : texts.text("history.help." + help.where(), Integer.toString(help.times()), stamp(help.last()));
    }

    private String place(History history) {
        return texts.text(
                history.found().nodes().size() == 1 ? "history.on-node" : "history.on-nodes",
                history.found().nodes().stream().map(NodeId::value).collect(Collectors.joining(", ")));
    }

    private String number(History history) {
        String counted = Integer.toString(history.sightings());
        return history.more() ? texts.text("history.more-than", counted) : counted;
    }

    private static String stamp(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** In the largest unit of which there are two at least, and never more of it than there were. */
    private String length(Duration time) {
        if (time.toDays() >= 2) {
            return texts.text("history.days", Long.toString(time.toDays()));
        }
        if (time.toHours() >= 2) {
            return texts.text("history.hours", Long.toString(time.toHours()));
        }
        return time.toMinutes() >= 2
                ? texts.text("history.minutes", Long.toString(time.toMinutes()))
                : texts.text("history.moment");
    }
}
