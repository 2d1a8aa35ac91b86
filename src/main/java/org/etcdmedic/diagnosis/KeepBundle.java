package org.etcdmedic.diagnosis;

import java.time.Clock;
import java.time.Instant;
import org.etcdmedic.audit.AuditTrail;
import org.etcdmedic.audit.Change;
import org.etcdmedic.bundle.Bundle;
import org.springframework.transaction.annotation.Transactional;

/** Keeps a bundle that was read, with its diagnosis, and puts on record who handed it in: all of it or nothing. */
public class KeepBundle {
    private final Bundles bundles;
    private final AuditTrail audit;
    private final Clock clock;

    KeepBundle(Bundles bundles, AuditTrail audit, Clock clock) {
        this.bundles = bundles;
        this.audit = audit;
        this.clock = clock;
    }

    /** Keeps it; when this returns, it is durable. */
    @Transactional
    public DiagnosisId keep(Bundle bundle) {
        Instant now = clock.instant();
        DiagnosisId id = bundles.open(bundle, now);
        audit.record(Change.of(Change.Action.BUNDLE_UPLOADED, id.toString()), now);
        return id;
    }
}
