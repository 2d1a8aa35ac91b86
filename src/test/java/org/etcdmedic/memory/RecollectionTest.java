package org.etcdmedic.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.etcdmedic.memory.MemoryFixtures.day;
import static org.etcdmedic.memory.MemoryFixtures.found;
import static org.etcdmedic.memory.MemoryFixtures.history;
import static org.etcdmedic.memory.MemoryFixtures.id;
import static org.etcdmedic.memory.MemoryFixtures.repaired;
import static org.etcdmedic.memory.MemoryFixtures.rerun;
import static org.etcdmedic.memory.MemoryFixtures.said;
import static org.etcdmedic.memory.MemoryFixtures.wrong;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.etcdmedic.diagnosis.Sighting;
import org.etcdmedic.memory.History.Basis;
import org.etcdmedic.memory.History.Held;
import org.etcdmedic.memory.Statement.Said;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecollectionTest {
    private static final Sighting NOW = found(9, 10);

    record Case(String what, Sighting now, List<Instant> gone, List<Feedback> said, List<Held> held) {
        @Override
        public String toString() {
            return what;
        }
    }

    /** One diagnosis before, on day 2. */
    static Stream<Case> cases() {
        return Stream.of(
                new Case("nobody knows", NOW, List.of(), List.of(), List.of()),
                new Case("right, and nothing helped", NOW, List.of(), List.of(said(1, 3, Said.RIGHT)), List.of()),
                new Case(
                        "a diagnosis saw it gone",
                        NOW,
                        List.of(day(4)),
                        List.of(),
                        List.of(held(Duration.ofDays(6), Basis.SEEN_GONE))),
                new Case("it was gone before it was found", NOW, List.of(day(1)), List.of(), List.of()),
                new Case("it was gone after it came back", NOW, List.of(day(10.5)), List.of(), List.of()),
                new Case(
                        "somebody said what helped",
                        NOW,
                        List.of(),
                        List.of(said(1, 5, Said.RIGHT, "free-disk-space")),
                        List.of(held(Duration.ofDays(5), Basis.HELP_TOLD, "free-disk-space"))),
                new Case(
                        "it was said when it was there again",
                        NOW,
                        List.of(),
                        List.of(said(1, 10.2, Said.RIGHT, "free-disk-space")),
                        List.of()),
                new Case(
                        "said later, with the time of the repair",
                        NOW,
                        List.of(),
                        List.of(repaired(1, 10.2, 3)),
                        List.of(held(Duration.ofDays(7), Basis.REPAIR_TOLD))),
                new Case("the repair was that of this time", NOW, List.of(), List.of(repaired(1, 11, 10.5)), List.of()),
                new Case(
                        "told and seen: from the earlier on",
                        NOW,
                        List.of(day(6)),
                        List.of(repaired(1, 7, 5, "free-disk-space")),
                        List.of(held(Duration.ofDays(5), Basis.REPAIR_TOLD, "free-disk-space"))),
                new Case(
                        "a rerun found that the repair was none",
                        rerun(9, 10),
                        List.of(),
                        List.of(repaired(1, 9, 9, "free-disk-space")),
                        List.of()),
                new Case(
                        "a rerun found it again after it was seen gone",
                        rerun(9, 10),
                        List.of(day(9)),
                        List.of(),
                        List.of(held(Duration.ofDays(1), Basis.SEEN_GONE))));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void holdsFromWhenItWasKnownToBeGone(Case one) {
        History history = history(one.now(), List.of(found(1, 2)), one.gone(), one.said());

        assertThat(history.previous().stream().flatMap(before -> before.held().stream()))
                .containsExactlyElementsOf(one.held());
        assertThat(history.occurrences()).isEqualTo(1 + one.held().size());
        assertThat(history.sightings()).isEqualTo(2);
        assertThat(history.since()).isEqualTo(day(2));
    }

    @Test
    void countsWhatComesHourlyAsOneUntilItIsGone() {
        List<Sighting> before = List.of(found(5, 9.9), found(4, 9.8), found(3, 2.2), found(2, 2.1), found(1, 2));
        History history = history(NOW, before, List.of(day(3)), List.of());

        assertThat(history.occurrences()).isEqualTo(2);
        assertThat(history.sightings()).isEqualTo(6);
        assertThat(history.lastHeld().map(one -> one.sighting().id())).contains(id(3));
        assertThat(history.lastHeld().flatMap(History.Previous::held))
                .contains(held(Duration.ofSeconds(Math.round(6.8 * 86400)), Basis.SEEN_GONE));
    }

    /** Who repairs it answers the diagnosis that woke them, not each one that found the same meanwhile. */
    @Test
    void takesARepairForAllThatFoundItUntilThen() {
        List<Sighting> before = List.of(found(3, 2.2), found(2, 2.1), found(1, 2));
        History history = history(NOW, before, List.of(), List.of(repaired(1, 5, 4, "free-disk-space")));

        assertThat(history.occurrences()).isEqualTo(2);
        assertThat(history.previous().getFirst().held())
                .contains(held(Duration.ofDays(6), Basis.REPAIR_TOLD, "free-disk-space"));
        assertThat(history.previous().getLast().held()).isEmpty();
    }

    private static Held held(Duration lasted, Basis basis, String... helped) {
        return new Held(lasted, basis, List.of(helped));
    }

    @Test
    void doesNotCountWhatWasSaidToBeSomethingElse() {
        History history =
                history(NOW, List.of(found(2, 6), found(1, 2)), List.of(day(7)), List.of(wrong(2, 6.5, "CLOCK_SKEW")));

        assertThat(history.sightings()).isEqualTo(2);
        assertThat(history.previous()).hasSize(2);
        assertThat(history.previous().getLast().held())
                .as("held until now, for in between it was something else")
                .contains(held(Duration.ofDays(3), Basis.SEEN_GONE));
        assertThat(history.correction().map(Feedback::diagnosis)).contains(id(2));
    }

    @Test
    void tellsOfEachStepHowOftenItHelpedHereAndOtherwiseElsewhere() {
        List<Sighting> before = List.of(found(2, 6), found(1, 2));
        List<Feedback> here = List.of(said(2, 7, Said.RIGHT, "b"), said(1, 3, Said.PARTLY, "a", "b"));
        List<Feedback> elsewhere = List.of(said(7, 8, Said.RIGHT, "c"));

        assertThat(new Recollection(NOW, before, List.of(), here, elsewhere).helped())
                .containsExactly(
                        new History.Help("b", 2, day(7), id(2), History.Where.HERE),
                        new History.Help("a", 1, day(3), id(1), History.Where.HERE));
        assertThat(new Recollection(NOW, before, List.of(), List.of(), elsewhere).helped())
                .containsExactly(new History.Help("c", 1, day(8), id(7), History.Where.ELSEWHERE));
    }
}
