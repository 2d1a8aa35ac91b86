package org.etcdmedic.diagnosis;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.etcdmedic.bundle.BundleCase;
import org.etcdmedic.evidence.EvidenceWindow;
import org.etcdmedic.inventory.Instance;
import org.etcdmedic.inventory.Instances;
import org.etcdmedic.probe.Capture;
import org.etcdmedic.verdict.AlarmTold;
import org.etcdmedic.verdict.Judgement;
import org.etcdmedic.verdict.NodeTestimony;
import org.etcdmedic.verdict.Reasoner;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings one diagnosis from its queue to its verdict: claim, ask, judge, conclude. No transaction is open while a node is
 * asked. Run twice it does no harm, for only the latest claim may conclude.
 */
public final class RunDiagnosis {
    private static final Logger log = LoggerFactory.getLogger(RunDiagnosis.class);

    /** What reading, judging and storing may take of the deadline. */
    private static final Duration RESERVE = Duration.ofSeconds(2);

    private final Diagnoses diagnoses;
    private final Instances instances;
    private final Investigation investigation;
    private final Reasoner reasoner;
    private final DiagnosisSettings settings;
    private final Bundles bundles;
    private final Clock clock;

    RunDiagnosis(
            Diagnoses diagnoses,
            Instances instances,
            Investigation investigation,
            Reasoner reasoner,
            DiagnosisSettings settings,
            Bundles bundles,
            Clock clock) {
        this.diagnoses = diagnoses;
        this.instances = instances;
        this.investigation = investigation;
        this.reasoner = reasoner;
        this.settings = settings;
        this.bundles = bundles;
        this.clock = clock;
    }

    /** Runs it, if there is anything left to run. */
    public void run(DiagnosisId id) throws InterruptedException {
        Optional<Claim> claimed = diagnoses.claim(id, clock.instant());
        if (claimed.isEmpty()) {
            log.info("diagnosis {} is over already; its job has nothing left to do", id);
            return;
        }
        Claim claim = claimed.get();
        if (claim.attempt() > settings.diagnosis().maxAttempts()) {
            diagnoses.fail(claim, "given up after " + (claim.attempt() - 1) + " attempts", clock.instant());
            log.error("diagnosis {} is given up after {} attempts that came to no end", id, claim.attempt() - 1);
            return;
        }
        Optional<BundleCase> bundle = bundles.find(claim.id());
        if (bundle.isPresent()) {
            concludeOffline(claim, bundle.get());
            return;
        }
        Optional<Instance> instance = instances.find(claim.symptom().instance());
        if (instance.isEmpty()) {
            diagnoses.fail(
                    claim, "the instance was taken out of the inventory before it could be asked", clock.instant());
            return;
        }
        conclude(claim, instance.get());
    }

    /** What a bundle holds was read and kept before it was accepted; nobody is asked. */
    private void concludeOffline(Claim claim, BundleCase bundle) {
        Judgement judgement;
        try {
            judgement = bundle.judge(reasoner, bundles.captures(claim.id()));
        } catch (RuntimeException e) {
            log.error("diagnosis {} failed and is given up: its bundle could not be judged", claim.id(), e);
            diagnoses.fail(claim, "judging failed: " + e.getClass().getSimpleName(), clock.instant());
            return;
        }
        boolean ours = diagnoses.conclude(claim, judgement, List.of(), clock.instant());
        log.info(
                "diagnosis {} of a bundle {}: {} {}",
                claim.id(),
                ours ? "concluded" : "was concluded by another attempt, this one wrote nothing",
                judgement.verdict().outcome(),
                judgement.verdict().cause());
    }

    private static AlarmTold told(Symptom symptom) {
        return new AlarmTold(
                symptom.vmEvents().stream()
                        .map(event -> new AlarmTold.Event(AlarmTold.Kind.valueOf(event.type()), event.occurredAt()))
                        .toList(),
                Optional.ofNullable(symptom.clusterStatus()));
    }

    private void conclude(Claim claim, Instance instance) throws InterruptedException {
        Instant begun = clock.instant();
        Instant deadline = begun.plus(settings.diagnosis().deadline()).minus(RESERVE);
        EvidenceWindow window = EvidenceWindow.around(
                // What we were told cannot have happened after we were told; a sender's clock or zone may be wrong.
                claim.symptom().alarmedAt().isAfter(begun)
                        ? begun
                        : claim.symptom().alarmedAt(),
                settings.evidenceWindow().before(),
                settings.evidenceWindow().after());
        List<Capture> captures;
        Judgement judgement;
        try {
            List<NodeVisit.Result> results = investigation.ask(instance, window, deadline);
            captures = results.stream().flatMap(r -> r.captures().stream()).toList();
            judgement = reasoner.judge(
                    claim.symptom().node(),
                    results.stream()
                            .map(r -> new NodeTestimony(r.node(), r.evidence()))
                            .toList(),
                    window,
                    told(claim.symptom()));
        } catch (RuntimeException e) {
            // A mistake of ours in reading or judging is made again at every attempt: the diagnosis ends here, and says
            // so.
            log.error("diagnosis {} failed and is given up: what the nodes said could not be judged", claim.id(), e);
            diagnoses.fail(claim, "judging failed: " + e.getClass().getSimpleName(), clock.instant());
            return;
        }
        boolean ours = diagnoses.conclude(claim, judgement, captures, clock.instant());
        if (ours) {
            log.info(
                    "diagnosis {} of instance {} concluded after {} ms: {} {}",
                    claim.id(),
                    instance.id(),
                    Duration.between(begun, clock.instant()).toMillis(),
                    judgement.verdict().outcome(),
                    judgement.verdict().cause());
        } else {
            log.warn(
                    "diagnosis {}: attempt {} came too late, another one has it; nothing was written",
                    claim.id(),
                    claim.attempt());
        }
    }
}
