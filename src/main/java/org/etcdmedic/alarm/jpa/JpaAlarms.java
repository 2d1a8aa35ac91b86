package org.etcdmedic.alarm.jpa;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.etcdmedic.alarm.Acceptance;
import org.etcdmedic.alarm.Alarm;
import org.etcdmedic.alarm.Alarms;
import org.etcdmedic.diagnosis.DiagnosisId;
import org.etcdmedic.inventory.InstanceId;
import org.etcdmedic.platform.TimeOrderedId;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** The alarms in PostgreSQL. */
@Repository
@Transactional
class JpaAlarms implements Alarms {
    /** A storm joins thousands; nobody reads more of them. */
    private static final int MOST_OF_ONE = 200;

    private final AlarmRows rows;
    private final JsonMapper json;

    JpaAlarms(AlarmRows rows, JsonMapper json) {
        this.rows = rows;
        this.json = json;
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public Optional<UUID> keep(Alarm alarm, Optional<DiagnosisId> joined, Instant now) {
        UUID id = TimeOrderedId.at(now);
        int kept = rows.keepOnce(
                id,
                alarm.alarmId(),
                alarm.name(),
                alarm.instance().value(),
                alarm.node().value(),
                alarm.vmId(),
                alarm.severity(),
                alarm.occurredAt(),
                alarm.clusterStatus(),
                json.writeValueAsString(alarm.vmEvents()),
                json.writeValueAsString(alarm.labels()),
                (joined.isPresent() ? State.JOINED : State.OPENED).name(),
                joined.map(DiagnosisId::toString).orElse(null),
                now);
        return kept == 1 ? Optional.of(id) : Optional.empty();
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void attach(UUID kept, DiagnosisId diagnosis, boolean joined) {
        rows.attach(kept, diagnosis.value(), (joined ? State.JOINED : State.OPENED).name());
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<DiagnosisId> diagnosisOf(InstanceId instance, String alarmId) {
        return rows.diagnosisOf(instance.value(), alarmId).map(DiagnosisId::new);
    }

    @Override
    @Transactional(readOnly = true)
    public long count(DiagnosisId diagnosis) {
        return rows.countByDiagnosisId(diagnosis.value());
    }

    @Override
    public void keepRefused(Refusal refusal, Instant now) {
        var row = new AlarmRow();
        row.id = TimeOrderedId.at(now);
        row.alarmId = refusal.alarmId().orElse(null);
        row.instanceId = refusal.instanceId().orElse(null);
        row.nodeId = refusal.nodeId().orElse(null);
        row.state = State.REJECTED.name();
        row.problem = refusal.reason().name();
        row.body = refusal.body().replace('\0', '\u2400');
        row.receivedAt = now;
        rows.save(row);
    }

    @Override
    @Transactional(readOnly = true)
    public List<Kept> of(DiagnosisId diagnosis) {
        return rows.findAllByDiagnosisIdOrderByReceivedAtAscIdAsc(diagnosis.value(), Limit.of(MOST_OF_ONE)).stream()
                .map(JpaAlarms::kept)
                .toList();
    }

    @Override
    @Transactional(readOnly = true)
    public List<Kept> newest(Optional<State> state, int limit) {
        List<AlarmRow> found = state.isPresent()
                ? rows.findAllByStateOrderByReceivedAtDescIdDesc(state.get().name(), Limit.of(limit))
                : rows.findAllByOrderByReceivedAtDescIdDesc(Limit.of(limit));
        return found.stream().map(JpaAlarms::kept).toList();
    }

    private static Kept kept(AlarmRow row) {
        return new Kept(
                row.id,
                Optional.ofNullable(row.alarmId),
                Optional.ofNullable(row.instanceId),
                Optional.ofNullable(row.nodeId),
                Optional.ofNullable(row.occurredAt),
                State.valueOf(row.state),
                Optional.ofNullable(row.diagnosisId).map(DiagnosisId::new),
                Optional.ofNullable(row.problem).map(Acceptance.Reason::valueOf),
                Optional.ofNullable(row.body),
                row.receivedAt);
    }
}
