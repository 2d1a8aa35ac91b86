package org.etcdmedic.diagnosis;

import java.time.Clock;
import java.util.Optional;
import org.etcdmedic.bundle.BundleCase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Brings one diagnosis from its queue to its verdict: claim, ask, judge, conclude. Run twice it does no harm, for only the
 * latest claim may conclude.
 */
public final class RunDiagnosis {
    private static final Logger log = LoggerFactory.getLogger(RunDiagnosis.class);

    private final Diagnoses diagnoses;
    private final JudgeNodes nodes;
    private final JudgeBundle bundles;
    private final DiagnosisSettings settings;
    private final Clock clock;

    RunDiagnosis(Diagnoses diagnoses, JudgeNodes nodes, JudgeBundle bundles, DiagnosisSettings settings, Clock clock) {
        this.diagnoses = diagnoses;
        this.nodes = nodes;
        this.bundles = bundles;
        this.settings = settings;
        this.clock = clock;
    }

    /** Runs it, if there is anything left to run. */
    public Ending run(DiagnosisId id) throws InterruptedException {
        Optional<Claim> claimed = diagnoses.claim(id, clock.instant());
        if (claimed.isEmpty()) {
            log.info("diagnosis {} is over already; its job has nothing left to do", id);
            return new Ending.Nothing();
        }
        Claim claim = claimed.get();
        MDC.put("instance", claim.symptom().instance().value());
        if (claim.tries() > settings.diagnosis().maxAttempts()) {
            diagnoses.fail(claim, "given up after " + (claim.tries() - 1) + " attempts", clock.instant());
            log.error("diagnosis {} is given up after {} attempts that came to no end", id, claim.tries() - 1);
            return new Ending.Failed();
        }
        try {
            return bringToItsEnd(claim);
        } catch (DataAccessException | TransactionException e) {
            excuse(claim);
            throw e;
        }
    }

    /** As far as the database can keep at least that; otherwise the attempt counts. */
    private void excuse(Claim claim) {
        try {
            diagnoses.excuse(claim);
        } catch (DataAccessException | TransactionException e) {
            log.warn("diagnosis {}: the database keeps neither its end nor that this is not its fault", claim.id());
        }
    }

    private Ending bringToItsEnd(Claim claim) throws InterruptedException {
        Optional<BundleCase> bundle = bundles.of(claim);
        return bundle.isPresent() ? bundles.run(claim, bundle.get()) : nodes.run(claim);
    }
}
