package org.etcdmedic.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.etcdmedic.inventory.InstanceId;
import org.etcdmedic.inventory.NodeId;
import org.etcdmedic.knowledge.CauseCode;
import org.etcdmedic.knowledge.Family;
import org.etcdmedic.knowledge.Remediation;
import org.etcdmedic.knowledge.Text;
import org.etcdmedic.verdict.Classification;
import org.etcdmedic.verdict.Finding;
import org.etcdmedic.verdict.Judgement;
import org.etcdmedic.verdict.Step;
import org.etcdmedic.verdict.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SideBySideTest {
    private static final Said SAID = new Said(
            Verdict.Outcome.CONFIRMED,
            "DISK",
            "n1",
            0.95,
            "disk-full",
            Classification.State.CONFIRMED,
            "free it",
            "en");

    /** A judgement in short. */
    record Said(
            Verdict.Outcome outcome,
            String cause,
            String node,
            double confidence,
            String finding,
            Classification.State state,
            String step,
            String words) {
        Judgement judgement(String version) {
            var on = new NodeId(node);
            var code = new CauseCode(cause);
            var words = new Text(this.words, "字");
            return new Judgement(
                    new Verdict(
                            outcome, Family.OVERLOAD, code, confidence, words, Optional.of(on), List.of(), List.of()),
                    List.of(new Classification(
                            code,
                            Family.OVERLOAD,
                            on,
                            state,
                            confidence,
                            Optional.empty(),
                            List.of(),
                            Optional.empty())),
                    List.of(new Finding(
                            "f1",
                            finding,
                            "P4",
                            Finding.State.OBSERVED,
                            on,
                            words,
                            Map.of(),
                            List.of(),
                            Optional.empty())),
                    List.of(new Step(
                            "s",
                            1,
                            new Text(step, "步"),
                            Optional.empty(),
                            Remediation.Actor.DBA,
                            Remediation.Risk.SAFE,
                            words,
                            Optional.empty(),
                            Optional.empty())),
                    Optional.empty(),
                    List.of(),
                    version,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        }

        Said cause(String other) {
            return new Said(outcome, other, node, confidence, finding, state, step, words);
        }

        Said node(String other) {
            return new Said(outcome, cause, other, confidence, finding, state, step, words);
        }

        Said outcome(Verdict.Outcome other) {
            return new Said(other, cause, node, confidence, finding, state, step, words);
        }

        Said confidence(double other) {
            return new Said(outcome, cause, node, other, finding, state, step, words);
        }

        Said finding(String other) {
            return new Said(outcome, cause, node, confidence, other, state, step, words);
        }

        Said state(Classification.State other) {
            return new Said(outcome, cause, node, confidence, finding, other, step, words);
        }

        Said step(String other) {
            return new Said(outcome, cause, node, confidence, finding, state, other, words);
        }

        Said words(String other) {
            return new Said(outcome, cause, node, confidence, finding, state, step, other);
        }
    }

    record Case(String what, Said other, Change change) {
        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Case> cases() {
        return Stream.of(
                new Case("nothing", SAID, Change.SAME),
                new Case("other words for the same", SAID.words("told anew"), Change.SAME),
                new Case("a confidence that nobody is shown", SAID.confidence(0.951), Change.SAME),
                new Case("another confidence", SAID.confidence(0.99), Change.DETAILS),
                new Case("another finding", SAID.finding("disk-filled"), Change.DETAILS),
                new Case("another state", SAID.state(Classification.State.LIKELY), Change.DETAILS),
                new Case("another step", SAID.step("grow it"), Change.DETAILS),
                new Case("another outcome", SAID.outcome(Verdict.Outcome.LIKELY), Change.OUTCOME),
                new Case("another node", SAID.node("n2"), Change.NODE),
                new Case("another node, less sure", SAID.node("n2").outcome(Verdict.Outcome.LIKELY), Change.NODE),
                new Case("another cause", SAID.cause("CPU"), Change.CAUSE),
                new Case("another cause on another node", SAID.cause("CPU").node("n2"), Change.CAUSE));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void tellsTheLargestDifference(Case one) {
        assertThat(Change.between(SAID.judgement("v1"), one.other().judgement("v2")))
                .isEqualTo(one.change());
        assertThat(Change.between(one.other().judgement("v2"), SAID.judgement("v1")))
                .isEqualTo(one.change());
        assertThat(one.change().any()).isEqualTo(one.change() != Change.SAME);
    }

    @Test
    void tellsWhatTheProgramChangesApartFromWhatTheCandidateDoes() {
        Judgement stored = SAID.cause("CPU").judgement("v0");
        Judgement today = SAID.judgement("v1");

        SideBySide drifted = SideBySide.of(new InstanceId("i1"), stored, today, SAID.judgement("v2"));
        SideBySide both = SideBySide.of(
                new InstanceId("i1"),
                stored,
                today,
                SAID.outcome(Verdict.Outcome.LIKELY).judgement("v2"));

        assertThat(drifted.drift()).isEqualTo(Change.CAUSE);
        assertThat(drifted.change()).isEqualTo(Change.SAME);
        assertThat(both.drift()).isEqualTo(Change.CAUSE);
        assertThat(both.change()).isEqualTo(Change.OUTCOME);
        assertThat(List.of(
                        both.stored().knowledgeVersion(),
                        both.inUse().knowledgeVersion(),
                        both.candidate().knowledgeVersion()))
                .containsExactly("v0", "v1", "v2");
    }

    @Test
    void tellsWhichFindingsAppearedAndVanishedAndHowCausesStand() {
        SideBySide sides = SideBySide.of(
                new InstanceId("i1"),
                SAID.judgement("v1"),
                SAID.judgement("v1"),
                SAID.finding("disk-filled").cause("DISK_FILLED").step("grow it").judgement("v2"));

        assertThat(sides.appeared()).extracting(SideBySide.Seen::kind).containsExactly("disk-filled");
        assertThat(sides.vanished()).extracting(SideBySide.Seen::kind).containsExactly("disk-full");
        assertThat(sides.reclassified())
                .containsExactly(
                        new SideBySide.Reclassified(
                                new CauseCode("DISK_FILLED"),
                                Optional.empty(),
                                Optional.of(new SideBySide.Stand(
                                        Classification.State.CONFIRMED, Optional.of(new NodeId("n1"))))),
                        new SideBySide.Reclassified(
                                new CauseCode("DISK"),
                                Optional.of(new SideBySide.Stand(
                                        Classification.State.CONFIRMED, Optional.of(new NodeId("n1")))),
                                Optional.empty()));
        assertThat(sides.otherSteps()).isTrue();
    }
}
