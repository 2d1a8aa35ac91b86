package org.etcdmedic.memory;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.etcdmedic.diagnosis.DiagnosisId;
import org.etcdmedic.diagnosis.Sighting;
import org.etcdmedic.memory.History.Basis;
import org.etcdmedic.memory.History.Held;
import org.etcdmedic.memory.History.Help;
import org.etcdmedic.memory.History.Previous;
import org.etcdmedic.memory.History.Where;

/**
 * Makes a history of what is on record. Pure. A fault that nobody knew to be gone has not come back: however many alarms it sent, it
 * came once.
 *
 * @param now the diagnosis that asks
 * @param before those before it, newest first
 * @param gone when nothing was left of the fault, as diagnoses saw it, in order
 * @param here what was said of those before
 * @param elsewhere what was said of the fault's like, newest first
 */
record Recollection(
        Sighting now, List<Sighting> before, List<Instant> gone, List<Feedback> here, List<Feedback> elsewhere) {

    /** From when on it was known to be gone, and what is said to have helped. */
    private record Good(Instant from, Basis basis, List<String> helped) {}

    /** Those before, newest first, each with what followed it. */
    List<Previous> previous() {
        Map<DiagnosisId, Feedback> said = said();
        var told = new ArrayList<Previous>();
        Sighting next = now;
        for (Sighting one : before) {
            Optional<Feedback> feedback = Optional.ofNullable(said.get(one.id()));
            var plain = new Previous(one, feedback, Optional.empty());
            if (plain.wrong()) {
                // It was something else, so this fault did not come then.
                told.add(plain);
                continue;
            }
            Instant again = next.alarmedAt();
            told.add(new Previous(
                    one,
                    feedback,
                    good(one, feedback, next)
                            .map(good -> new Held(Duration.between(good.from(), again), good.basis(), good.helped()))));
            next = one;
        }
        return told;
    }

    private Optional<Good> good(Sighting one, Optional<Feedback> feedback, Sighting next) {
        List<Good> told = repairs(one, next);
        List<String> helped = Stream.concat(told.stream().map(Good::helped), Stream.of(steps(feedback)))
                .filter(steps -> !steps.isEmpty())
                .findFirst()
                .orElse(List.of());
        Stream<Good> seen = gone.stream()
                .filter(at -> at.isAfter(one.completedAt()))
                .map(at -> new Good(at, Basis.SEEN_GONE, helped));
        return Stream.concat(seen, told.stream())
                .filter(good -> good.from().isBefore(next.alarmedAt()))
                .min(Comparator.comparing(Good::from));
    }

    /**
     * What people said of a repair between the two, of whichever diagnosis they said it: a fault that is found each hour is answered
     * once. Who runs a diagnosis again after a repair, and finds the fault, has found that the repair was none.
     */
    private List<Good> repairs(Sighting one, Sighting next) {
        return next.rerun()
                ? List.of()
                : here.stream()
                        .filter(said -> said.statement().verdict() != Statement.Said.WRONG)
                        .flatMap(said -> repair(said)
                                .filter(good -> said.diagnosis().equals(one.id())
                                        || good.from().isAfter(one.completedAt()))
                                .stream())
                        .filter(good -> good.from().isBefore(next.alarmedAt()))
                        .sorted(Comparator.comparing(Good::from))
                        .toList();
    }

    /** What is said when the fault is there again, and names no time, does not tell that it was gone in between. */
    private static Optional<Good> repair(Feedback feedback) {
        Statement said = feedback.statement();
        if (!said.repaired()) {
            return Optional.empty();
        }
        return Optional.of(said.repairedAt()
                .map(at -> new Good(at, Basis.REPAIR_TOLD, said.helped()))
                .orElseGet(() -> new Good(feedback.at(), Basis.HELP_TOLD, said.helped())));
    }

    private static List<String> steps(Optional<Feedback> feedback) {
        return feedback.map(said -> said.statement().helped()).orElse(List.of());
    }

    /** Steps that helped: of this very fault where there are any, else of its like. */
    List<Help> helped() {
        Map<DiagnosisId, Instant> concluded = new HashMap<>();
        before.forEach(one -> concluded.put(one.id(), one.completedAt()));
        List<Feedback> own = here.stream()
                .filter(one -> concluded.containsKey(one.diagnosis()))
                .toList();
        List<Help> helped = helped(own, Where.HERE);
        return helped.isEmpty() ? helped(elsewhere, Where.ELSEWHERE) : helped;
    }

    private static List<Help> helped(List<Feedback> newestFirst, Where where) {
        Map<String, Help> steps = new LinkedHashMap<>();
        for (Feedback said : newestFirst) {
            for (String step : said.statement().helped()) {
                steps.merge(
                        step,
                        new Help(step, 1, said.at(), said.diagnosis(), where),
                        (newer, older) -> new Help(step, newer.times() + 1, newer.last(), newer.diagnosis(), where));
            }
        }
        var all = new ArrayList<>(steps.values());
        all.sort(Comparator.comparingInt(Help::times).reversed());
        return Collections.unmodifiableList(all);
    }

    private Map<DiagnosisId, Feedback> said() {
        Map<DiagnosisId, Feedback> said = new HashMap<>();
        here.forEach(one -> said.putIfAbsent(one.diagnosis(), one));
        return said;
    }
}
