package org.etcdmedic.memory;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.etcdmedic.diagnosis.Diagnosis;
import org.etcdmedic.diagnosis.DiagnosisId;
import org.etcdmedic.diagnosis.Sightings;
import org.etcdmedic.knowledge.CauseCode;
import org.etcdmedic.verdict.Fingerprint;
import org.etcdmedic.verdict.Verdict;

/** All that was ever said of verdicts. */
public interface Feedbacks {
    /** Keeps one more. Has to be called inside a transaction. */
    void keep(Feedback feedback, Diagnosis judged);

    /** What was said of a diagnosis, newest first; the first one counts. */
    List<Feedback> of(DiagnosisId diagnosis, int limit);

    /** What counts of the diagnoses with this fingerprint that were concluded since then and before that, newest first. */
    List<Feedback> here(Fingerprint fingerprint, Instant since, Instant until, int limit);

    /** What counts of the diagnoses of its kind elsewhere the same. */
    List<Feedback> elsewhere(Fingerprint fingerprint, Instant since, Instant until, int limit);

    /** How often what was said, by what was judged. Of each diagnosis only what counts. */
    List<Answers> answers(Sightings.Span span);

    /** So many said this of such verdicts. */
    record Answers(
            Verdict.Outcome outcome,
            CauseCode cause,
            Statement.Said said,
            Optional<CauseCode> actualCause,
            long count) {}
}
