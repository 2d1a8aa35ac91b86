package org.etcdmedic.alarm.jpa;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.etcdmedic.alarm.Acceptance;
import org.etcdmedic.alarm.Alarm;
import org.etcdmedic.alarm.Alarms;
import org.etcdmedic.diagnosis.DiagnosisId;
import org.etcdmedic.inventory.InstanceId;
import org.etcdmedic.platform.TimeOrderedId;
import org.springframework.data.domain.Limit;
import org.springframework.jdbc.core.simple.JdbcClient;
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
    private final JdbcClient database;
    private final JsonMapper json;

    JpaAlarms(AlarmRows rows, DataSource database, JsonMapper json) {
        this.rows = rows;
        this.database = JdbcClient.create(database);
        this.json = json;
    }

    /** Waits for a transaction that is about to accept the same alarm. In plain SQL: a sender waits for it, in a storm many. */
    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public Optional<UUID> keep(Alarm alarm, DiagnosisId diagnosis, boolean joined, Instant now) {
        UUID id = TimeOrderedId.at(now);
        int kept = database.sql("""
                        insert into alarm (id, alarm_id, name, instance_id, node_id, vm_id, severity, occurred_at,
                                           cluster_status, vm_events, labels, state, diagnosis_id, received_at)
                        values (:id, :alarmId, :name, :instanceId, :nodeId, :vmId, :severity, :occurredAt,
                                :clusterStatus, cast(:vmEvents as jsonb), cast(:labels as jsonb), :state, :diagnosis,
                                :receivedAt)
                        on conflict (instance_id, alarm_id) where state <> 'REJECTED' and alarm_id is not null do nothing
                        """)
                .param("id", id)
                .param("alarmId", alarm.alarmId())
                .param("name", alarm.name())
                .param("instanceId", alarm.instance().value())
                .param("nodeId", alarm.node().value())
                .param("vmId", alarm.vmId())
                .param("severity", alarm.severity())
                .param("occurredAt", alarm.occurredAt().atOffset(ZoneOffset.UTC))
                .param("clusterStatus", alarm.clusterStatus())
                .param("vmEvents", json.writeValueAsString(alarm.vmEvents()))
                .param("labels", json.writeValueAsString(alarm.labels()))
                .param("state", (joined ? State.JOINED : State.OPENED).name())
                .param("diagnosis", diagnosis.value())
                .param("receivedAt", now.atOffset(ZoneOffset.UTC))
                .update();
        return kept == 1 ? Optional.of(id) : Optional.empty();
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void join(UUID kept, DiagnosisId diagnosis) {
        database.sql("update alarm set diagnosis_id = :diagnosis, state = :state where id = :id")
                .param("diagnosis", diagnosis.value())
                .param("state", State.JOINED.name())
                .param("id", kept)
                .update();
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
    @Transactional(readOnly = true)
    public List<String> severities(DiagnosisId diagnosis) {
        return database.sql("select distinct severity from alarm where diagnosis_id = :id and severity is not null")
                .param("id", diagnosis.value())
                .query((row, number) -> String.valueOf(row.getString(1)))
                .list();
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
