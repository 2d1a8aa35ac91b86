package org.etcdmedic.replay;

import java.time.Instant;
import java.util.Optional;
import org.etcdmedic.diagnosis.Diagnoses;
import org.etcdmedic.diagnosis.Status;
import org.etcdmedic.inventory.InstanceId;
import org.etcdmedic.verdict.Verdict;

/**
 * Over which stored diagnoses knowledge is to be run; empty fields do not restrict.
 *
 * @param since opened then or later
 * @param until opened before that
 * @param instance of this instance
 * @param cause whose verdict names this cause
 * @param outcome with this outcome
 * @param limit so many at most, the newest
 */
public record Wish(
        Optional<Instant> since,
        Optional<Instant> until,
        Optional<InstanceId> instance,
        Optional<String> cause,
        Optional<Verdict.Outcome> outcome,
        int limit) {
    /** What was judged can be judged again; nothing else can. */
    Diagnoses.Filter filter() {
        return new Diagnoses.Filter(
                instance,
                Optional.empty(),
                Optional.of(Status.COMPLETED),
                Optional.empty(),
                cause,
                outcome,
                since,
                until);
    }
}
