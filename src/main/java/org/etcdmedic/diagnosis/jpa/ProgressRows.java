package org.etcdmedic.diagnosis.jpa;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.etcdmedic.diagnosis.Claim;
import org.etcdmedic.diagnosis.DiagnosisId;
import org.etcdmedic.diagnosis.LiveProgress;
import org.etcdmedic.diagnosis.NodeProgress;
import org.etcdmedic.diagnosis.Status;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Table {@code progress}: written each moment by whoever runs a diagnosis, read each moment by whoever watches some. */
@Component
class ProgressRows {
    private static final TypeReference<List<NodeProgress>> NODES = new TypeReference<>() {};

    private final JdbcClient database;
    private final JsonMapper json;

    ProgressRows(DataSource database, JsonMapper json) {
        this.database = JdbcClient.create(database);
        this.json = json;
    }

    /** Notes it, for the latest worker of an open diagnosis only; false for any other. */
    boolean note(Claim claim, List<NodeProgress> nodes) {
        return database.sql("""
                        insert into progress (diagnosis_id, attempt, nodes)
                        select id, attempt, cast(:nodes as jsonb) from diagnosis
                        where id = :id and status = 'RUNNING' and attempt = :attempt
                        on conflict (diagnosis_id) do update set attempt = excluded.attempt, nodes = excluded.nodes
                        where progress.attempt <= excluded.attempt
                        """)
                        .param("id", claim.id().value())
                        .param("attempt", claim.attempt())
                        .param("nodes", json.writeValueAsString(nodes))
                        .update()
                == 1;
    }

    /** What was noted while it ran. */
    void forget(DiagnosisId id) {
        database.sql("delete from progress where diagnosis_id = :id")
                .param("id", id.value())
                .update();
    }

    /** How far these are; whichever does not exist is left out. */
    Map<DiagnosisId, LiveProgress> live(Collection<DiagnosisId> ids) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        return database
                .sql("""
                        select d.id, d.status, d.attempt, p.nodes
                        from diagnosis d left join progress p
                          on p.diagnosis_id = d.id and p.attempt = d.attempt and d.status = 'RUNNING'
                        where d.id in (:ids)
                        """)
                .param("ids", ids.stream().map(DiagnosisId::value).toList())
                .query((row, number) -> Map.entry(
                        new DiagnosisId(row.getObject("id", UUID.class)),
                        new LiveProgress(
                                Status.valueOf(row.getString("status")),
                                row.getInt("attempt"),
                                Optional.ofNullable(row.getString("nodes"))
                                        .map(nodes -> json.readValue(nodes, NODES))
                                        .orElse(List.of()))))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
