package org.etcdmedic.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.etcdmedic.evidence.Source;
import org.etcdmedic.inventory.NodeId;
import org.etcdmedic.knowledge.CauseCode;
import org.etcdmedic.knowledge.Text;
import org.etcdmedic.verdict.Classification;
import org.etcdmedic.verdict.Classification.State;
import org.etcdmedic.verdict.Contribution;
import org.etcdmedic.verdict.Contribution.Effect;
import org.etcdmedic.verdict.DecidedBy;
import org.etcdmedic.verdict.Finding;
import org.etcdmedic.verdict.Judgement;
import org.etcdmedic.verdict.Moment;
import org.etcdmedic.verdict.Reasons;
import org.etcdmedic.verdict.Step;
import org.etcdmedic.verdict.Timeline;
import org.etcdmedic.verdict.Verdict;

/** What holds of every judgement, whatever the evidence. */
public final class SoundJudgement {
    /** Kinds of findings that cannot both be true of one node. */
    private static final List<Set<String>> CONTRADICTIONS = List.of(
            Set.of("etcd-running", "etcd-not-running"),
            Set.of("etcd-restarted", "etcd-not-restarted"),
            Set.of("etcd-died-silently", "stop-signal"),
            Set.of("data-disk-full", "data-disk-has-room"),
            Set.of("disk-filled-by-etcd", "disk-filled-by-others"),
            Set.of("data-disk-read-only", "data-disk-fine"),
            Set.of("markers-none", "marker-etcd-only"),
            Set.of("om-monitor-running", "om-monitor-not-running"),
            Set.of("etcd-address-missing", "etcd-address-present"),
            Set.of("firewall-open", "firewall-drops-etcd"),
            Set.of("boot-after-shutdown", "boot-without-shutdown"),
            Set.of("clock-right", "clock-jump-told"),
            Set.of("clock-right", "clock-went-back"),
            Set.of("vm-restarted", "vm-not-restarted"),
            Set.of("status-had", "status-missing-with-quorum"));

    private SoundJudgement() {}

    public static void check(Judgement judgement) {
        Map<String, Finding> findings =
                judgement.findings().stream().collect(Collectors.toMap(Finding::id, Function.identity()));
        Map<CauseCode, Classification> byCause = judgement.classifications().stream()
                .collect(Collectors.toMap(Classification::cause, Function.identity()));
        byCause.values().forEach(classification -> check(classification, findings));
        check(judgement.verdict(), byCause);
        checkGaps(judgement);
        checkSteps(judgement.remediation());
        checkContradictions(judgement.findings());
        checkTimeline(judgement.timeline().orElseThrow(), findings);
    }

    /** Every line that a finding stands on was really captured. */
    public static void checkEvidence(Judgement judgement, Set<UUID> captures) {
        assertThat(judgement.findings())
                .flatExtracting(Finding::evidence)
                .extracting(Source::capture)
                .isSubsetOf(captures);
        assertThat(judgement.timeline().orElseThrow().moments())
                .flatExtracting(Moment::evidence)
                .extracting(Source::capture)
                .isSubsetOf(captures);
    }

    private static void check(Classification c, Map<String, Finding> findings) {
        Reasons reasons = c.reasons().orElseThrow();
        String what = c.cause() + " " + c.state();
        assertThat(Stream.concat(reasons.why().stream(), reasons.whyNot().stream()))
                .as(what)
                .isNotEmpty()
                .allSatisfy(SoundJudgement::told);
        assertThat(c.findings()).as(what).isSubsetOf(findings.keySet());
        assertThat(reasons.contributions())
                .as(what)
                .extracting(Contribution::finding)
                .isSubsetOf(c.findings());
        DecidedBy decided = reasons.decidedBy().orElseThrow();
        told(decided.text());
        assertThat(decided.node()).as(what).isEqualTo(c.node());
        assertThat(decided.gap().isPresent()).as(what).isEqualTo(decided.how() == DecidedBy.How.UNANSWERED);
        checkState(c, reasons, decided, what);
        checkNumber(c, reasons, what);
    }

    private static void checkState(Classification c, Reasons reasons, DecidedBy decided, String what) {
        boolean against = reasons.contributions().stream().anyMatch(one -> one.effect() == Effect.AGAINST);
        switch (c.state()) {
            case CONFIRMED -> {
                assertThat(against).as(what).isFalse();
                assertThat(reasons.why()).as(what).isNotEmpty();
                assertThat(decided.how()).as(what).isEqualTo(DecidedBy.How.ANSWERED);
            }
            case LIKELY -> {
                assertThat(reasons.why()).as(what).isNotEmpty();
                assertThat(reasons.whyNot()).as(what).isNotEmpty();
                assertThat(decided.how()).as(what).isNotEqualTo(DecidedBy.How.ANSWERED);
            }
            case POSSIBLE -> {
                assertThat(reasons.why()).as(what).isNotEmpty();
                assertThat(reasons.whyNot()).as(what).isNotEmpty();
                assertThat(decided.how()).as(what).isNotEqualTo(DecidedBy.How.ANSWERED);
            }
            case NOT_EVALUATED -> {
                assertThat(reasons.why()).as(what).isEmpty();
                assertThat(decided.how()).as(what).isNotEqualTo(DecidedBy.How.ANSWERED);
            }
            case RULED_OUT -> {
                assertThat(c.findings()).as("ruled out by a finding: " + what).isNotEmpty();
                assertThat(reasons.whyNot()).as(what).isNotEmpty();
                assertThat(decided.how()).as(what).isEqualTo(DecidedBy.How.ANSWERED);
            }
        }
    }

    /** The number can be reckoned again from what is stated. */
    private static void checkNumber(Classification c, Reasons reasons, String what) {
        List<Contribution> counted =
                reasons.contributions().stream().filter(Contribution::counted).toList();
        assertThat(counted).as(what).extracting(Contribution::check).doesNotHaveDuplicates();
        assertThat(counted).as(what).allMatch(one -> one.weight() <= one.stated());
        boolean ruledOut = c.state() == State.RULED_OUT || c.state() == State.NOT_EVALUATED;
        assertThat(c.confidence() == 0).as(what).isEqualTo(ruledOut);
        assertThat(reasons.basis().isPresent()).as(what).isNotEqualTo(ruledOut);
        if (c.state() == State.CONFIRMED) {
            double together =
                    1 - counted.stream().mapToDouble(one -> 1 - one.weight()).reduce(1, (a, b) -> a * b);
            assertThat(c.confidence()).as(what).isCloseTo(Math.min(0.99, Math.max(0.9, together)), within(1e-9));
        }
    }

    private static void check(Verdict verdict, Map<CauseCode, Classification> byCause) {
        told(verdict.summary());
        if (verdict.outcome() != Verdict.Outcome.CONFIRMED && verdict.outcome() != Verdict.Outcome.LIKELY) {
            assertThat(verdict.confidence()).isZero();
            return;
        }
        Classification root = of(byCause, verdict.cause());
        assertThat(root.confidence()).isEqualTo(verdict.confidence());
        assertThat(verdict.node()).contains(root.node());
        assertThat(root.explainedBy()).isEmpty();
        assertThat(root.state().name()).isEqualTo(verdict.outcome().name());
        for (CauseCode effect : verdict.effects()) {
            assertThat(of(byCause, effect).explainedBy()).as("effect " + effect).contains(verdict.cause());
            assertThat(of(byCause, effect).holds()).as("effect " + effect).isTrue();
        }
        assertThat(verdict.others())
                .doesNotContain(verdict.cause())
                .allSatisfy(other -> assertThat(of(byCause, other).holds()).isTrue());
    }

    private static Classification of(Map<CauseCode, Classification> byCause, CauseCode cause) {
        return java.util.Objects.requireNonNull(byCause.get(cause), cause.value());
    }

    private static void checkGaps(Judgement judgement) {
        record Row(NodeId node, String check) {}
        assertThat(judgement.notEvaluated()).doesNotHaveDuplicates();
        assertThat(judgement.gaps().orElseThrow().stream()
                        .flatMap(gap -> gap.checks().stream().map(check -> new Row(gap.node(), check)))
                        .toList())
                .as("the gaps hold every row that was not evaluated")
                .containsAll(judgement.notEvaluated().stream()
                        .map(gap -> new Row(gap.node(), gap.check()))
                        .toList())
                .hasSizeLessThanOrEqualTo(judgement.notEvaluated().size());
    }

    private static void checkSteps(List<Step> steps) {
        record Place(NodeId node, String id) {}
        assertThat(steps).isNotEmpty();
        assertThat(steps.stream().map(step -> new Place(step.node().orElseThrow(), step.id())))
                .doesNotHaveDuplicates();
        for (int i = 0; i < steps.size(); i++) {
            assertThat(steps.get(i).order()).isEqualTo(i + 1);
            told(steps.get(i).action());
            told(steps.get(i).verify());
        }
    }

    private static void checkContradictions(List<Finding> findings) {
        Map<NodeId, Set<String>> kinds = findings.stream()
                .collect(Collectors.groupingBy(Finding::node, Collectors.mapping(Finding::kind, Collectors.toSet())));
        kinds.forEach((node, seen) -> assertThat(CONTRADICTIONS)
                .as(node + " tells nothing and its opposite")
                .noneMatch(seen::containsAll));
    }

    private static void checkTimeline(Timeline timeline, Map<String, Finding> findings) {
        assertThat(timeline.moments()).isSortedAccordingTo(Comparator.comparing(Moment::at));
        for (Moment moment : timeline.moments()) {
            assertThat(moment.until()).as(moment.what()).isAfterOrEqualTo(moment.at());
            assertThat(moment.count()).as(moment.what()).isPositive();
            told(moment.text());
            moment.finding().ifPresent(id -> {
                Finding told = java.util.Objects.requireNonNull(findings.get(id), id);
                assertThat(told.node()).isEqualTo(moment.node());
                assertThat(told.kind()).isEqualTo(moment.what());
            });
        }
    }

    private static void told(Text text) {
        assertThat(text.en()).isNotBlank().doesNotContain("{{");
        assertThat(text.zhCn()).isNotBlank().doesNotContain("{{");
        assertThat(text.zhCn().codePoints())
                .anyMatch(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN);
    }
}
