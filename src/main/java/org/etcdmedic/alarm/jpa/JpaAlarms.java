package org.etcdmedic.alarm.jpa;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
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

    /** Enough of a refused body to see what was meant. */
    private static final int KEPT_BODY = 16 * 1024;

    private final AlarmRows rows;
    private final EntityManager entities;
    private final JdbcClient database;
    private final JsonMapper json;

    JpaAlarms(AlarmRows rows, EntityManager entities, DataSource database, JsonMapper json) {
        this.rows = rows;
        this.entities = entities;
        this.database = JdbcClient.create(database);
        this.json = json;
    }

    /** Waits for a transaction that is about to accept the same alarm. In plain SQL: a sender waits for it, in a storm many. */
    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public Optional<UUID> keep(
            Alarm alarm, Optional<Alarm.Origin> origin, DiagnosisId diagnosis, boolean joined, Instant now) {
        UUID id = TimeOrderedId.at(now);
        int kept = database.sql("""
                        insert into alarm (id, alarm_id, name, instance_id, node_id, vm_id, severity, occurred_at,
                                           cluster_status, vm_events, labels, state, diagnosis_id, received_at,
                                           source, clear_key)
                        values (:id, :alarmId, :name, :instanceId, :nodeId, :vmId, :severity, :occurredAt,
                                :clusterStatus, cast(:vmEvents as jsonb), cast(:labels as jsonb), :state, :diagnosis,
                                :receivedAt, :source, :clearKey)
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
                .param("source", origin.map(Alarm.Origin::source).orElse(null))
                .param("clearKey", origin.map(Alarm.Origin::clearKey).orElse(null))
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
        return rows.countByDiagnosisIdAndStateNot(diagnosis.value(), State.REJECTED.name());
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
        String sent = refusal.body();
        String kept = sent.substring(0, Math.min(sent.length(), KEPT_BODY)).replace('\0', '\u2400');
        var row = new AlarmRow();
        row.id = TimeOrderedId.at(now);
        row.alarmId = refusal.alarmId().orElse(null);
        row.instanceId = refusal.instanceId().orElse(null);
        row.nodeId = refusal.nodeId().orElse(null);
        row.state = State.REJECTED.name();
        row.problem = refusal.reason().name();
        row.body = kept;
        row.receivedAt = now;
        row.whole = kept.equals(sent);
        rows.save(row);
    }

    @Override
    @Transactional(readOnly = true)
    public List<Kept> of(DiagnosisId diagnosis) {
        return rows
                .findAllByDiagnosisIdAndStateNotOrderByReceivedAtAscIdAsc(
                        diagnosis.value(), State.REJECTED.name(), Limit.of(MOST_OF_ONE))
                .stream()
                .map(this::kept)
                .toList();
    }

    @Override
    @Transactional(readOnly = true)
    public List<Kept> newest(Optional<State> state, Optional<String> source, int limit) {
        var conditions = new ArrayList<String>();
        state.map(JpaAlarms::condition).ifPresent(conditions::add);
        source.ifPresent(_ -> conditions.add("a.source = :source"));
        String where = conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
        var query = entities.createQuery(
                "select a from AlarmRow a" + where + " order by a.receivedAt desc, a.id desc", AlarmRow.class);
        source.ifPresent(name -> query.setParameter("source", name));
        return query.setMaxResults(limit).getResultList().stream()
                .map(this::kept)
                .toList();
    }

    /** In words, for the index of the refused ones. */
    private static String condition(State state) {
        return switch (state) {
            case OPENED -> "a.state = 'OPENED'";
            case JOINED -> "a.state = 'JOINED'";
            case REJECTED -> "a.state = 'REJECTED' and a.resentAt is null";
            case RESENT -> "a.state = 'REJECTED' and a.resentAt is not null";
        };
    }

    @Override
    @Transactional(readOnly = true)
    public List<DiagnosisId> toClear(String source, String clearKey) {
        return database.sql("""
                        select distinct diagnosis_id from alarm
                        where source = :source and clear_key = :key and diagnosis_id is not null and state <> 'REJECTED'
                        order by diagnosis_id
                        """)
                .param("source", source)
                .param("key", clearKey)
                .query((row, number) -> new DiagnosisId(row.getObject("diagnosis_id", UUID.class)))
                .list();
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public int clear(Alarm.Origin named, Instant at, Instant now) {
        return database.sql("""
                        update alarm set cleared_at = :at, clear_noted_at = :now
                        where source = :source and clear_key = :key and cleared_at is null and state <> 'REJECTED'
                        """)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("source", named.source())
                .param("key", named.clearKey())
                .update();
    }

    @Override
    @Transactional(readOnly = true)
    public boolean opened(DiagnosisId diagnosis) {
        return database.sql("select exists (select from alarm where diagnosis_id = :id and state = 'OPENED')")
                .param("id", diagnosis.value())
                .query(Boolean.class)
                .single();
    }

    @Override
    @Transactional(readOnly = true)
    public boolean stands(Collection<DiagnosisId> diagnoses) {
        return database.sql("""
                        select exists (select from alarm
                                       where diagnosis_id = any(:ids) and state <> 'REJECTED' and cleared_at is null)
                        """)
                .param("ids", diagnoses.stream().map(DiagnosisId::value).toArray(UUID[]::new))
                .query(Boolean.class)
                .single();
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<Instant> clearedAt(DiagnosisId diagnosis) {
        return database.sql("""
                        select max(cleared_at) from alarm where diagnosis_id = :diagnosis and state <> 'REJECTED'
                        having count(*) > 0 and count(*) filter (where cleared_at is null) = 0
                        """)
                .param("diagnosis", diagnosis.value())
                .query((row, number) -> row.getObject(1, OffsetDateTime.class).toInstant())
                .optional();
    }

    private Kept kept(AlarmRow row) {
        return new Kept(
                row.id,
                Optional.ofNullable(row.alarmId),
                Optional.ofNullable(row.instanceId),
                Optional.ofNullable(row.nodeId),
                Optional.ofNullable(row.occurredAt),
                row.resentAt == null ? State.valueOf(row.state) : State.RESENT,
                Optional.ofNullable(row.diagnosisId).map(DiagnosisId::new),
                Optional.ofNullable(row.problem).map(Acceptance.Reason::valueOf),
                Optional.ofNullable(row.body),
                row.receivedAt,
                new Sent(
                        Optional.ofNullable(row.source),
                        Optional.ofNullable(row.name),
                        Optional.ofNullable(row.clearedAt),
                        row.errors == null ? List.of() : List.of(json.readValue(row.errors, Wrong[].class)),
                        row.repeats,
                        row.whole,
                        Optional.ofNullable(row.resentAt)));
    }
}
