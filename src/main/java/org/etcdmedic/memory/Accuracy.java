package org.etcdmedic.memory;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.statistics.interval.BinomialConfidenceInterval;
import org.etcdmedic.diagnosis.Sightings;
import org.etcdmedic.knowledge.CauseCode;
import org.etcdmedic.verdict.Verdict;

/**
 * How right the verdicts were by what people said of them. Those of which nobody said anything are counted beside it: who answers chooses
 * what to answer.
 *
 * @param outcomes of each outcome, the surest first
 * @param causes of each cause and outcome, by name
 * @param confusion which cause was named where it was really another one, the most frequent first
 */
public record Accuracy(List<OfOutcome> outcomes, List<OfCause> causes, List<Mixup> confusion) {
    /** Copies the lists. */
    public Accuracy {
        outcomes = List.copyOf(outcomes);
        causes = List.copyOf(causes);
        confusion = List.copyOf(confusion);
    }

    /** All verdicts of one outcome. */
    public record OfOutcome(Verdict.Outcome outcome, Count count) {}

    /** All verdicts of one outcome that name one cause. */
    public record OfCause(CauseCode cause, Verdict.Outcome outcome, Count count) {}

    /** So often this was named, and it was that. */
    public record Mixup(CauseCode verdict, CauseCode actual, long count) {}

    /**
     * How many there are.
     *
     * @param concluded all
     * @param right said to be right
     * @param partly said to be partly right
     * @param wrong said to be wrong
     */
    public record Count(long concluded, long right, long partly, long wrong) {
        /** Of how many something was said. */
        public long answered() {
            return right + partly + wrong;
        }

        /** Of how many nothing was said. */
        public long unanswered() {
            return concluded - answered();
        }

        /** How many of those answered were right, and between what the true share lies; empty where none was answered. */
        public Optional<Share> share() {
            return answered() == 0 ? Optional.empty() : Optional.of(Share.of(right, answered()));
        }

        private Count and(Count other) {
            return new Count(
                    concluded + other.concluded, right + other.right, partly + other.partly, wrong + other.wrong);
        }
    }

    /** A share of few is a guess: it stands with its 95 % interval (Wilson score). */
    public record Share(double right, double low, double high) {
        private static final double ERROR = 0.05;

        static Share of(long right, long all) {
            var interval = BinomialConfidenceInterval.WILSON_SCORE.fromErrorRate(
                    Math.toIntExact(all), Math.toIntExact(right), ERROR);
            return new Share((double) right / all, interval.getLowerBound(), interval.getUpperBound());
        }
    }

    private record Key(CauseCode cause, Verdict.Outcome outcome) {}

    static Accuracy of(List<Sightings.Concluded> concluded, List<Feedbacks.Answers> answers) {
        Map<Key, Count> byCause = new HashMap<>();
        concluded.forEach(
                one -> byCause.merge(new Key(one.cause(), one.outcome()), new Count(one.count(), 0, 0, 0), Count::and));
        Map<CauseCode, Map<CauseCode, Long>> mixups = new HashMap<>();
        for (Feedbacks.Answers one : answers) {
            byCause.merge(new Key(one.cause(), one.outcome()), count(one), Count::and);
            one.actualCause()
                    .filter(actual -> !actual.equals(one.cause()))
                    .ifPresent(actual -> mixups.computeIfAbsent(one.cause(), any -> new HashMap<>())
                            .merge(actual, one.count(), Long::sum));
        }
        Map<Verdict.Outcome, Count> byOutcome = new EnumMap<>(Verdict.Outcome.class);
        byCause.forEach((key, count) -> byOutcome.merge(key.outcome(), count, Count::and));
        return new Accuracy(
                byOutcome.entrySet().stream()
                        .map(one -> new OfOutcome(one.getKey(), one.getValue()))
                        .toList(),
                byCause.entrySet().stream()
                        .map(one ->
                                new OfCause(one.getKey().cause(), one.getKey().outcome(), one.getValue()))
                        .sorted(Comparator.comparing(OfCause::cause).thenComparing(OfCause::outcome))
                        .toList(),
                mixups.entrySet().stream()
                        .flatMap(one -> one.getValue().entrySet().stream()
                                .map(other -> new Mixup(one.getKey(), other.getKey(), other.getValue())))
                        .sorted(Comparator.comparingLong(Mixup::count)
                                .reversed()
                                .thenComparing(Mixup::verdict)
                                .thenComparing(Mixup::actual))
                        .toList());
    }

    private static Count count(Feedbacks.Answers answers) {
        return switch (answers.said()) {
            case RIGHT -> new Count(0, answers.count(), 0, 0);
            case PARTLY -> new Count(0, 0, answers.count(), 0);
            case WRONG -> new Count(0, 0, 0, answers.count());
        };
    }
}
