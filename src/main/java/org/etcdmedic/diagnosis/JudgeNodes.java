package org.etcdmedic.diagnosis;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.etcdmedic.bundle.BundleCase;
import org.etcdmedic.diagnosis.Diagnoses.Conclusion;
import org.etcdmedic.evidence.EvidenceWindow;
import org.etcdmedic.inventory.Instance;
import org.etcdmedic.inventory.Instances;
import org.etcdmedic.inventory.NodeId;
import org.etcdmedic.probe.Capture;
import org.etcdmedic.verdict.AlarmTold;
import org.etcdmedic.verdict.Judgement;
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
    private final DiagnosisSettings settings;
    private final Clock clock;

    JudgeNodes(
            Diagnoses diagnoses,
            Instances instances,
            Investigation investigation,
            Reasoner reasoner,
            DiagnosisSettings settings,
            Clock clock) {
        this.diagnoses = diagnoses;
        this.instances = instances;
        this.investigation = investigation;
        this.reasoner = reasoner;
        this.settings = settings;
        this.clock = clock;
    }

    /** Brings a claimed diagnosis to its end. */
    void run(Claim claim) throws InterruptedException {
        Optional<Instance> instance = instances.find(claim.symptom().instance());
        if (instance.isEmpty()) {
            diagnoses.fail(
                    claim, "the instance was taken out of the inventory before it could be asked", clock.instant());
            return;
        }
        conclude(claim, instance.get());
    }

    /** What the alarms told of each node. An empty answer of the cluster manager, once told, is what row M1 is about. */
    private static Map<NodeId, AlarmTold> byNode(List<Told> told) {
        var byNode = new LinkedHashMap<NodeId, AlarmTold>();
        for (Told one : told) {
            var said = new AlarmTold(
                    one.vmEvents().stream()
                            .map(event -> new AlarmTold.Event(AlarmTold.Kind.valueOf(event.type()), event.occurredAt()))
                            .toList(),
                    Optional.ofNullable(one.clusterStatus()));
            byNode.merge(one.node(), said, AlarmTold::and);
        }
        return byNode;
    }

    private void conclude(Claim claim, Instance instance) throws InterruptedException {
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
        List<Investigation.Told> told;
        try {
            Optional<List<Investigation.Told>> asked =
                    investigation.ask(instance, window, deadline, nodes -> wanted(claim, nodes));
            if (asked.isEmpty()) {
                log.info(
                        "diagnosis {} was called off or taken up by another worker; its connections to the nodes are ended and"
                                + " nothing was written",
                        claim.id());
                return;
            }
            told = asked.get();
        } catch (RuntimeException e) {
            giveUp(claim, e);
            return;
        }
        List<Capture> captures =
                told.stream().flatMap(Investigation.Told::captures).toList();
        Conclusion conclusion;
        Judgement judgement;
        do {
            List<Told> alarms = diagnoses.told(claim.id());
            Map<NodeId, AlarmTold> said = byNode(alarms);
            try {
                judgement = reasoner.judge(
                        claim.symptom().node(),
                        told.stream().map(Investigation.Told::testimony).toList(),
                        window,
                        said);
            } catch (RuntimeException e) {
                giveUp(claim, e);
                return;
            }
            conclusion = diagnoses.conclude(
                    claim,
                    alarms.size(),
                    judgement,
                    new Taken(captures, Optional.of(about(claim, told, window, said))),
                    clock.instant());
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
        } else {
            log.warn(
                    "diagnosis {}: attempt {} came too late, another one has it or it was called off; nothing was written",
                    claim.id(),
                    claim.attempt());
        }
    }

    /** What is judged, in the shape in which it can be judged again without asking anybody. */
    private static BundleCase about(
            Claim claim, List<Investigation.Told> told, EvidenceWindow window, Map<NodeId, AlarmTold> said) {
        NodeId named = claim.symptom().node();
        var others = new LinkedHashMap<String, AlarmTold>();
        said.forEach((node, words) -> {
            if (!node.equals(named)) {
                others.put(node.value(), words);
            }
        });
        return new BundleCase(
                claim.symptom().instance(),
                named,
                told.stream()
                        .map(one -> BundleCase.CaseNode.asked(
                                one.visit().node(), one.visit().evidence().reach()))
                        .toList(),
                window,
                BundleCase.TimeBy.GIVEN,
                said.getOrDefault(named, AlarmTold.NOTHING),
                List.of(),
                List.of(),
                others.isEmpty() ? Optional.empty() : Optional.of(others),
                Optional.empty());
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
    private void giveUp(Claim claim, RuntimeException mistake) {
        log.error("diagnosis {} failed and is given up: what was said could not be judged", claim.id(), mistake);
        diagnoses.fail(claim, "judging failed: " + mistake.getClass().getSimpleName(), clock.instant());
    }
}
