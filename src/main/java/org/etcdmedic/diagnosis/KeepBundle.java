package org.etcdmedic.diagnosis;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.etcdmedic.audit.AuditTrail;
import org.etcdmedic.audit.Change;
import org.etcdmedic.bundle.Bundle;
import org.springframework.transaction.annotation.Transactional;

/** Keeps a bundle that was read, with its diagnosis, and puts on record who handed it in: all of it or nothing. */
public class KeepBundle {
    private final Bundles bundles;
    private final RequestKeys keys;
    private final AuditTrail audit;
    private final Clock clock;

    KeepBundle(Bundles bundles, RequestKeys keys, AuditTrail audit, Clock clock) {
        this.bundles = bundles;
        this.keys = keys;
        this.audit = audit;
        this.clock = clock;
    }

    /** What came of the same wish before. */
    Optional<DiagnosisId> known(RequestKey key) {
        return keys.known(key, clock.instant()).map(Opening::id);
    }

    /**
     * Keeps it; when this returns, it is durable.
     *
     * @param key makes it the same wish when it comes twice
     */
    @Transactional
    public DiagnosisId keep(Bundle bundle, Optional<RequestKey> key) {
        Instant now = clock.instant();
        DiagnosisId id = bundles.open(bundle, now);
        key.ifPresent(given -> keys.keep(given, new Opening.Opened(id), now));
        audit.record(Change.of(Change.Action.BUNDLE_UPLOADED, id.toString()), now);
        return id;
    }
}
