package org.etcdmedic.ticketing;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.etcdmedic.diagnosis.Diagnosis;
import org.etcdmedic.diagnosis.DiagnosisId;
import org.etcdmedic.diagnosis.Mode;
import org.etcdmedic.inventory.InstanceId;
import org.etcdmedic.inventory.NodeId;
import org.etcdmedic.knowledge.CauseCode;
import org.etcdmedic.knowledge.Family;
import org.etcdmedic.knowledge.Remediation;
import org.etcdmedic.ticketing.target.Ending;
import org.etcdmedic.ticketing.target.Severity;
import org.etcdmedic.verdict.Judgement;
import org.etcdmedic.verdict.Step;
import org.etcdmedic.verdict.Verdict;

/**
 * What rules look at.
 *
 * @param diagnosis the diagnosis
 * @param mode where its evidence comes from
 * @param instance the instance that hurts
 * @param node the node at fault, or else the one that the alarm names
 * @param ending how it ended
 * @param family branch of the runbook; empty without a verdict
 * @param cause empty without a verdict
 * @param owner who has to act
 * @param severity of the worst alarm
 */
public record Facts(
        DiagnosisId diagnosis,
        Mode mode,
        InstanceId instance,
        NodeId node,
        Ending ending,
        Optional<Family> family,
        Optional<CauseCode> cause,
        Remediation.Actor owner,
        Severity severity) {

    /** Those of a diagnosis that is over. */
    public static Facts of(Diagnosis diagnosis, List<String> severities) {
        Optional<Judgement> judgement = diagnosis.judgement();
        Optional<Verdict> verdict = judgement.map(Judgement::verdict);
        return new Facts(
                diagnosis.id(),
                diagnosis.mode(),
                diagnosis.instance(),
                verdict.flatMap(Verdict::node).orElse(diagnosis.node()),
                verdict.map(told -> Ending.of(told.outcome())).orElse(Ending.FAILED),
                verdict.map(Verdict::family),
                verdict.map(Verdict::cause),
                judgement.map(Facts::owner).orElse(Remediation.Actor.OPERATOR),
                Severity.worst(severities));
    }

    /**
     * Who mends the verdict's cause: who may take the first step that changes something, or else the first step. Where no step is known it is the
     * operator of the platform, who has root on the nodes and can look further.
     */
    private static Remediation.Actor owner(Judgement judgement) {
        CauseCode cause = judgement.verdict().cause();
        List<Step> own = judgement.remediation().stream()
                .filter(step -> step.cause().map(cause::equals).orElse(true))
                .toList();
        List<Step> steps = own.isEmpty() ? judgement.remediation() : own;
        return Stream.concat(steps.stream().filter(step -> step.risk() != Remediation.Risk.READ_ONLY), steps.stream())
                .findFirst()
                .map(Step::actor)
                .orElse(Remediation.Actor.OPERATOR);
    }

    /** The same for two diagnoses of the same case. */
    public String caseKey() {
        return instance.value() + "/" + node.value() + "/"
                + cause.map(CauseCode::value).orElse(ending.name());
    }
}
