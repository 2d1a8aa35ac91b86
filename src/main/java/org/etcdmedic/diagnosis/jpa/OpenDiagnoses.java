package org.etcdmedic.diagnosis.jpa;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.etcdmedic.diagnosis.DiagnosisId;
import org.etcdmedic.diagnosis.Opening;
import org.etcdmedic.diagnosis.Rerun;
import org.etcdmedic.diagnosis.Status;
import org.etcdmedic.diagnosis.Symptom;
import org.etcdmedic.inventory.InstanceId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The open diagnosis of each instance: what every alarm goes through while its sender waits. In plain SQL, which costs half of
 * what the same statements cost through entities. Everything here belongs into the caller's transaction.
 */
@Component
class OpenDiagnoses {
    private final JdbcClient database;
    private final Rows shapes;

    OpenDiagnoses(DataSource database, Rows shapes) {
        this.database = JdbcClient.create(database);
        this.shapes = shapes;
    }

    /** Inserts unless one is open for the instance: the partial unique index decides, whoever else tries at this moment. */
    boolean open(DiagnosisId id, Symptom symptom, Optional<Rerun> rerun, Instant now) {
        return database.sql("""
                        insert into diagnosis (id, instance_id, node_id, vm_id, mode, status, alarmed_at, queued_at,
                            cluster_status, vm_events, rerun_of, evidence_since)
                        values (:id, :instanceId, :nodeId, :vmId, 'SSH', 'QUEUED', :alarmedAt, :queuedAt,
                            :clusterStatus, cast(:vmEvents as jsonb), :rerunOf, :since)
                        on conflict (instance_id) where status in ('QUEUED', 'RUNNING') and mode = 'SSH' do nothing
                        """)
                        .param("id", id.value())
                        .param("instanceId", symptom.instance().value())
                        .param("nodeId", symptom.node().value())
                        .param("vmId", symptom.vmId())
                        .param("alarmedAt", symptom.alarmedAt().atOffset(ZoneOffset.UTC))
                        .param("queuedAt", now.atOffset(ZoneOffset.UTC))
                        .param("clusterStatus", symptom.clusterStatus())
                        .param("vmEvents", shapes.events(symptom))
                        .param("rerunOf", rerun.map(r -> r.of().value()).orElse(null))
                        .param(
                                "since",
                                rerun.flatMap(Rerun::since)
                                        .map(since -> since.atOffset(ZoneOffset.UTC))
                                        .orElse(null))
                        .update()
                == 1;
    }

    /** The open diagnosis of an instance, held open until the transaction ends. */
    Optional<Opening.Joined> hold(InstanceId instance) {
        return held(instance, "for share");
    }

    /** The same for one who will tell it something. */
    Optional<Opening.Joined> holdToTell(InstanceId instance) {
        return held(instance, "for no key update");
    }

    /** Any diagnosis, open or over, held as it is: who joins it waits, and is waited for. */
    Optional<Status> seize(DiagnosisId id) {
        return database.sql("select status from diagnosis where id = :id for update")
                .param("id", id.value())
                .query((row, number) -> Status.valueOf(row.getString("status")))
                .optional();
    }

    private Optional<Opening.Joined> held(InstanceId instance, String lock) {
        return database.sql("""
                        select id, status from diagnosis
                        where instance_id = :instanceId and status in ('QUEUED', 'RUNNING') and mode = 'SSH'
                        """ + lock)
                .param("instanceId", instance.value())
                .query((row, number) -> new Opening.Joined(
                        new DiagnosisId(row.getObject("id", UUID.class)), Status.valueOf(row.getString("status"))))
                .optional();
    }
}
