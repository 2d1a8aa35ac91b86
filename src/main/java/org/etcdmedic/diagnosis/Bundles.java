package org.etcdmedic.diagnosis;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.etcdmedic.bundle.Bundle;
import org.etcdmedic.bundle.BundleCase;
import org.etcdmedic.probe.Capture;

/** Bundles that were handed in to be judged, each with the diagnosis that does it. */
public interface Bundles {
    /**
     * Opens a diagnosis of the bundle. The diagnosis, what was read of the bundle and the job become durable together, in the
     * caller's transaction, else in one of their own.
     */
    DiagnosisId open(Bundle bundle, Instant now);

    /**
     * Opens a diagnosis that judges the bundle of an earlier one again, by what is known now. As {@link #open} it is durable when
     * this returns, or with the caller's transaction.
     */
    DiagnosisId again(DiagnosisId before, Instant now);

    /** What a diagnosis judges; empty when it asks nodes. */
    Optional<BundleCase> find(DiagnosisId id);

    /** What was read of the bundle. */
    List<Capture> captures(DiagnosisId id);
}
