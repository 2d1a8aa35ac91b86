package org.etcdmedic.replay;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.etcdmedic.audit.AuditTrail;
import org.etcdmedic.diagnosis.Diagnoses;
import org.etcdmedic.diagnosis.DiagnosisId;
import org.etcdmedic.diagnosis.Listed;
import org.etcdmedic.platform.TimeOrderedId;
import org.springframework.transaction.annotation.Transactional;

/** Starts a replay. Which diagnoses it is about is settled now, so that it ends however many are opened meanwhile. */
public class StartReplay {
    private final Replays replays;
    private final Diagnoses diagnoses;
    private final AuditTrail audit;
    private final Clock clock;

    StartReplay(Replays replays, Diagnoses diagnoses, AuditTrail audit, Clock clock) {
        this.replays = replays;
        this.diagnoses = diagnoses;
        this.audit = audit;
        this.clock = clock;
    }

    /** Starts it; when this returns, it is durable. */
    @Transactional
    public ReplayId start(Candidate candidate, Wish wish) {
        Instant now = clock.instant();
        var id = new ReplayId(TimeOrderedId.at(now));
        List<DiagnosisId> cases = diagnoses.newest(wish.filter(), Optional.empty(), wish.limit()).stream()
                .map(Listed::id)
                .toList();
        replays.open(id, wish, candidate, cases, now);
        audit.record(
                new org.etcdmedic.audit.Change(
                        org.etcdmedic.audit.Change.Action.REPLAY_STARTED,
                        id.toString(),
                        Optional.empty(),
                        Optional.of(Map.of("knowledge", candidate.knowledge().version(), "diagnoses", cases.size()))),
                now);
        return id;
    }
}
