package org.etcdmedic.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.etcdmedic.diagnosis.Comparison.Result;
import org.etcdmedic.inventory.NodeId;
import org.etcdmedic.knowledge.CauseCode;
import org.etcdmedic.knowledge.Family;
import org.etcdmedic.knowledge.Text;
import org.etcdmedic.verdict.Classification;
import org.etcdmedic.verdict.Classification.State;
import org.etcdmedic.verdict.Judgement;
import org.etcdmedic.verdict.Verdict;
import org.etcdmedic.verdict.Verdict.Outcome;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ComparisonTest {
    private static final String FULL = "ETCD_DISK_FULL";
    private static final String DOWN = "ETCD_PROCESS_DOWN";

    /** What the diagnosis before found, what this one finds, and what that says. */
    record Case(String told, Judgement before, Judgement after, Result result) {
        @Override
        public String toString() {
            return told;
        }
    }

    static Stream<Case> cases() {
        Judgement full = judgement(Outcome.CONFIRMED, FULL, "n1", named(FULL, "n1", State.CONFIRMED));
        Judgement clear = judgement(Outcome.NO_FAULT_FOUND, "NO_FAULT_FOUND", "n1", named(FULL, "n1", State.RULED_OUT));
        return Stream.of(
                new Case("what is ruled out is gone", full, clear, Result.CAUSE_GONE),
                new Case(
                        "what is ruled out is gone, also where the rest is open",
                        full,
                        judgement(Outcome.UNDETERMINED, "UNDETERMINED", "n1", named(FULL, "n1", State.RULED_OUT)),
                        Result.CAUSE_GONE),
                new Case("what holds is still there", full, full, Result.CAUSE_STILL_THERE),
                new Case(
                        "what holds as an effect of something else is still there",
                        full,
                        judgement(
                                Outcome.CONFIRMED,
                                DOWN,
                                "n1",
                                named(DOWN, "n1", State.CONFIRMED),
                                named(FULL, "n1", State.LIKELY)),
                        Result.CAUSE_STILL_THERE),
                new Case(
                        "what could not be looked at is not gone",
                        full,
                        judgement(Outcome.UNDETERMINED, "UNDETERMINED", "n1", named(FULL, "n1", State.NOT_EVALUATED)),
                        Result.NOT_KNOWN),
                new Case(
                        "what something speaks for is not gone",
                        full,
                        judgement(Outcome.UNDETERMINED, "UNDETERMINED", "n1", named(FULL, "n1", State.POSSIBLE)),
                        Result.NOT_KNOWN),
                new Case(
                        "what nothing is said of is not gone",
                        full,
                        judgement(Outcome.UNDETERMINED, "UNDETERMINED", "n1"),
                        Result.NOT_KNOWN),
                new Case(
                        "another cause is another one",
                        full,
                        judgement(
                                Outcome.LIKELY,
                                DOWN,
                                "n1",
                                named(DOWN, "n1", State.LIKELY),
                                named(FULL, "n1", State.RULED_OUT)),
                        Result.ANOTHER_CAUSE),
                new Case(
                        "the same cause on another node is another one",
                        full,
                        judgement(Outcome.CONFIRMED, FULL, "n2", named(FULL, "n2", State.CONFIRMED)),
                        Result.ANOTHER_CAUSE),
                new Case("without a cause before there is nothing to compare", clear, full, Result.NOTHING_TO_COMPARE));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void saysWhatHasBecomeOfTheCause(Case one) {
        Comparison comparison = Comparison.of(one.before(), one.after());

        assertThat(comparison.result()).isEqualTo(one.result());
        assertThat(comparison.cause().isPresent()).isEqualTo(one.result() != Result.NOTHING_TO_COMPARE);
    }

    private static Classification named(String cause, String node, State state) {
        return new Classification(
                new CauseCode(cause),
                Family.PROCESS,
                new NodeId(node),
                state,
                0,
                Optional.empty(),
                List.of(),
                Optional.empty());
    }

    private static Judgement judgement(Outcome outcome, String cause, String node, Classification... all) {
        var verdict = new Verdict(
                outcome,
                Family.PROCESS,
                new CauseCode(cause),
                0,
                new Text("told", "已说明"),
                Optional.of(new NodeId(node)),
                List.of(),
                List.of());
        return new Judgement(
                verdict,
                List.of(all),
                List.of(),
                List.of(),
                Optional.empty(),
                List.of(),
                "1",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
