package org.etcdmedic.diagnosis;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.etcdmedic.diagnosis.Diagnoses.Conclusion;
import org.etcdmedic.evidence.EvidenceWindow;
import org.etcdmedic.inventory.Instance;
import org.etcdmedic.inventory.Instances;
import org.etcdmedic.probe.Capture;
import org.etcdmedic.verdict.Judgement;
import org.etcdmedic.verdict.NodeTestimony;
import org.etcdmedic.verdict.Reasoner;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Asks the nodes of an instance and judges what they tell. No transaction is open while a node is asked. */
final class JudgeNodes {
    private static final Logger log = LoggerFactory.getLogger(JudgeNodes.class);

    /** What reading, judging and storing may take of the deadline. */
    private static final Duration RESERVE = Duration.ofSeconds(2);

    private final Diagnoses diagnoses;
    private final Instances instances;
    private final Investigation investigation;
    private final Reasoner reasoner;
    private final ObservedSteps steps;
    private final DiagnosisSettings settings;
    private final Clock clock;

    JudgeNodes(
            Diagnoses diagnoses,
            Instances instances,
            Investigation investigation,
            Reasoner reasoner,
            ObservedSteps steps,
            DiagnosisSettings settings,
            Clock clock) {
        this.diagnoses = diagnoses;
        this.instances = instances;
        this.investigation = investigation;
        this.reasoner = reasoner;
        this.steps = steps;
        this.settings = settings;
        this.clock = clock;
    }

    /** Brings a claimed diagnosis to its end. */
    Ending run(Claim claim) throws InterruptedException {
        Optional<Instance> instance = instances.find(claim.symptom().instance());
        if (instance.isEmpty()) {
            diagnoses.fail(
                    claim, "the instance was taken out of the inventory before it could be asked", clock.instant());
            return new Ending.Failed();
        }
        return conclude(claim, instance.get());
    }

    private Ending conclude(Claim claim, Instance instance) throws InterruptedException {
        Instant begun = clock.instant();
        Instant deadline = begun.plus(settings.diagnosis().deadline()).minus(RESERVE);
        EvidenceWindow around = EvidenceWindow.around(
                // What we were told cannot have happened after we were told; a sender's clock or zone may be wrong.
                claim.symptom().alarmedAt().isAfter(begun)
                        ? begun
                        : claim.symptom().alarmedAt(),
                settings.evidenceWindow().before(),
                settings.evidenceWindow().after());
        EvidenceWindow window = claim.since().map(around::notBefore).orElse(around);
        List<Capture> captures;
        List<NodeTestimony> testimonies;
        AskedCase asked;
        try {
            Optional<List<Investigation.Told>> answers =
                    investigation.ask(instance, window, deadline, nodes -> wanted(claim, nodes));
            if (answers.isEmpty()) {
                log.info(
                        "diagnosis {} was called off or taken up by another worker; its connections to the nodes are ended and"
                                + " nothing was written",
                        claim.id());
                return new Ending.Nothing();
            }
            List<Investigation.Told> told = answers.get();
            captures = told.stream().flatMap(Investigation.Told::captures).toList();
            testimonies = told.stream().map(Investigation.Told::testimony).toList();
            asked = new AskedCase(
                    claim.symptom().node(),
                    testimonies.stream()
                            .map(one -> AskedCase.AskedNode.of(
                                    one.node(), one.evidence().reach()))
                            .toList(),
                    window);
        } catch (RuntimeException e) {
            return giveUp(claim, e);
        }
        Conclusion conclusion;
        Judgement judgement;
        do {
            List<Told> alarms = diagnoses.told(claim.id());
            try {
                judgement = steps.judge(() -> asked.judgeRead(reasoner, testimonies, alarms));
            } catch (RuntimeException e) {
                return giveUp(claim, e);
            }
            Judgement judged = judgement;
            conclusion = steps.conclude(() -> diagnoses.conclude(
                    claim, alarms.size(), judged, new Diagnoses.Taken(captures, Optional.of(asked)), clock.instant()));
            // Ends, for a diagnosis keeps what at most a hundred alarms tell.
        } while (conclusion == Conclusion.MORE_TOLD);
        if (conclusion == Conclusion.WRITTEN) {
            log.info(
                    "diagnosis {} of instance {} concluded after {} ms: {} {}",
                    claim.id(),
                    instance.id(),
                    Duration.between(begun, clock.instant()).toMillis(),
                    judgement.verdict().outcome(),
                    judgement.verdict().cause());
            return Ending.concluded(judgement.verdict());
        } else {
            log.warn(
                    "diagnosis {}: attempt {} came too late, another one has it or it was called off; nothing was written",
                    claim.id(),
                    claim.attempt());
            return new Ending.Nothing();
        }
    }

    /** While the database cannot say, the diagnosis goes on: it may be back before the end. */
    private boolean wanted(Claim claim, Optional<List<NodeProgress>> changed) {
        try {
            return changed.map(nodes -> diagnoses.note(claim, nodes)).orElseGet(() -> diagnoses.holds(claim));
        } catch (DataAccessException | TransactionException e) {
            return true;
        }
    }

    /** A mistake of ours in reading or judging is made again at every attempt: the diagnosis ends here, and says so. */
    private Ending giveUp(Claim claim, RuntimeException mistake) {
        log.error("diagnosis {} failed and is given up: what was said could not be judged", claim.id(), mistake);
        diagnoses.fail(claim, "judging failed: " + mistake.getClass().getSimpleName(), clock.instant());
        return new Ending.Failed();
    }
}
