package org.etcdmedic.diagnosis;

import org.etcdmedic.knowledge.CauseCode;
import org.etcdmedic.knowledge.Family;
import org.etcdmedic.verdict.Verdict;

/** What came of running the job of a diagnosis. */
public sealed interface Ending {
    /** It has its verdict, written by this run. */
    record Concluded(Verdict.Outcome outcome, Family family, CauseCode cause) implements Ending {}

    /** It ended without one, because we failed. */
    record Failed() implements Ending {}

    /** This run wrote nothing: it was over, called off, or another worker has it. */
    record Nothing() implements Ending {}

    /** Written by this run. */
    static Ending concluded(Verdict verdict) {
        return new Concluded(verdict.outcome(), verdict.family(), verdict.cause());
    }
}
