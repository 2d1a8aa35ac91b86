package org.etcdmedic.diagnosis;

import java.time.Clock;
import java.util.Optional;
import org.etcdmedic.bundle.BundleCase;
import org.etcdmedic.diagnosis.Diagnoses.Conclusion;
import org.etcdmedic.verdict.Judgement;
import org.etcdmedic.verdict.Reasoner;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Judges a bundle. What it holds was read and kept before it was accepted; nobody is asked. */
final class JudgeBundle {
    private static final Logger log = LoggerFactory.getLogger(JudgeBundle.class);

    private final Diagnoses diagnoses;
    private final Bundles bundles;
    private final Reasoner reasoner;
    private final ObservedSteps steps;
    private final Clock clock;

    JudgeBundle(Diagnoses diagnoses, Bundles bundles, Reasoner reasoner, ObservedSteps steps, Clock clock) {
        this.diagnoses = diagnoses;
        this.bundles = bundles;
        this.reasoner = reasoner;
        this.steps = steps;
        this.clock = clock;
    }

    /** The bundle that the diagnosis is about; empty when it is about nodes that can be asked. */
    Optional<BundleCase> of(Claim claim) {
        return bundles.find(claim.id());
    }

    /** Brings a claimed diagnosis to its end. */
    Ending run(Claim claim, BundleCase bundle) {
        Judgement judgement;
        try {
            judgement = steps.judge(() -> bundle.judge(reasoner, bundles.captures(claim.id())));
        } catch (DataAccessException | TransactionException e) {
            // What was read of it could not be fetched at this moment: that says nothing of the bundle.
            throw e;
        } catch (RuntimeException e) {
            log.error("diagnosis {} failed and is given up: its bundle could not be judged", claim.id(), e);
            diagnoses.fail(claim, "judging failed: " + e.getClass().getSimpleName(), clock.instant());
            return new Ending.Failed();
        }
        // No alarm joins a bundle: what the first one told is all there is.
        int told = diagnoses.told(claim.id()).size();
        Conclusion conclusion = steps.conclude(
                () -> diagnoses.conclude(claim, told, judgement, Diagnoses.Taken.NOTHING, clock.instant()));
        log.info(
                "diagnosis {} of a bundle {}: {} {}",
                claim.id(),
                conclusion == Conclusion.WRITTEN
                        ? "concluded"
                        : "was concluded by another attempt, this one wrote nothing",
                judgement.verdict().outcome(),
                judgement.verdict().cause());
        return conclusion == Conclusion.WRITTEN ? Ending.concluded(judgement.verdict()) : new Ending.Nothing();
    }
}
