package org.etcdmedic.diagnosis;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.etcdmedic.inventory.InstanceId;
import org.etcdmedic.knowledge.CauseCode;
import org.etcdmedic.verdict.Fingerprint;
import org.etcdmedic.verdict.Verdict;

/** Where faults were found before, and when they were seen to be gone. Only what was asked of the nodes counts, no bundle. */
public interface Sightings {
    /** Other diagnoses with the same fingerprint that were concluded before this one, newest first. */
    List<Sighting> before(Diagnosis diagnosis, Fingerprint fingerprint, Instant since, int limit);

    /**
     * When it was known that nothing of it was left: a rerun of one of these diagnoses ruled its cause out, or a diagnosis of the instance
     * found no fault at all. In order.
     */
    List<Instant> gone(InstanceId instance, CauseCode cause, Set<DiagnosisId> of, Instant since);

    /** How many diagnoses were concluded, by what they concluded. */
    List<Concluded> concluded(Span span);

    /** What to count; empty fields do not restrict. */
    record Span(Instant since, Instant until, Optional<CauseCode> cause, Optional<String> knowledgeVersion) {}

    /** So many diagnoses came to this verdict. */
    record Concluded(Verdict.Outcome outcome, CauseCode cause, long count) {}
}
