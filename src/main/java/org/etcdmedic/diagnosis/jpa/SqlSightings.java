package org.etcdmedic.diagnosis.jpa;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.etcdmedic.diagnosis.Diagnosis;
import org.etcdmedic.diagnosis.DiagnosisId;
import org.etcdmedic.diagnosis.Sighting;
import org.etcdmedic.diagnosis.Sightings;
import org.etcdmedic.inventory.InstanceId;
import org.etcdmedic.knowledge.CauseCode;
import org.etcdmedic.verdict.Fingerprint;
import org.etcdmedic.verdict.Verdict;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads the columns that were written with the judgements; a judgement itself is opened only for the few reruns. */
@Repository
class SqlSightings implements Sightings {
    /** A constant of its own, so that a test can ask the database how it would find them. */
    static final String BEFORE = """
            select id, alarmed_at, completed_at, outcome, rerun_of is not null as rerun from diagnosis
            where fingerprint = :fingerprint and mode = 'SSH'
              and (completed_at, id) < (:before, :id) and completed_at >= :since
            order by completed_at desc, id desc limit :limit
            """;

    /** What a comparison of the two calls gone: no cause is named any more, and this one is ruled out. */
    static final String RULED_OUT_BY_RERUN = """
            select completed_at from diagnosis
            where rerun_of in (:of) and mode = 'SSH' and outcome in ('NO_FAULT_FOUND', 'UNDETERMINED') and completed_at >= :since
              and jsonb_path_exists(judgement, '$.classifications[*] ? (@.cause.value == $cause && @.state == "RULED_OUT")',
                                    jsonb_build_object('cause', :cause))
            """;

    static final String NO_FAULT = """
            select completed_at from diagnosis
            where instance_id = :instance and outcome = 'NO_FAULT_FOUND' and mode = 'SSH' and completed_at >= :since
            """;

    static final String CONCLUDED = """
            select outcome, cause, count(*) as count from diagnosis
            where outcome is not null and completed_at >= :since and completed_at < :until
              and (cast(:cause as text) is null or cause = :cause)
              and (cast(:version as text) is null or knowledge_version = :version)
            group by outcome, cause
            """;

    private final JdbcClient database;

    SqlSightings(DataSource database) {
        this.database = JdbcClient.create(database);
    }

    @Override
    public List<Sighting> before(Diagnosis diagnosis, Fingerprint fingerprint, Instant since, int limit) {
        return diagnosis.progress() instanceof Diagnosis.Progress.Completed over
                ? database.sql(BEFORE)
                        .param("fingerprint", fingerprint.value())
                        .param("before", at(over.completedAt()))
                        .param("id", diagnosis.id().value())
                        .param("since", at(since))
                        .param("limit", limit)
                        .query((row, number) -> new Sighting(
                                new DiagnosisId(row.getObject("id", UUID.class)),
                                row.getObject("alarmed_at", OffsetDateTime.class)
                                        .toInstant(),
                                row.getObject("completed_at", OffsetDateTime.class)
                                        .toInstant(),
                                Verdict.Outcome.valueOf(row.getString("outcome")),
                                row.getBoolean("rerun")))
                        .list()
                : List.of();
    }

    @Override
    public List<Instant> gone(InstanceId instance, CauseCode cause, Set<DiagnosisId> of, Instant since) {
        return of.isEmpty()
                ? List.of()
                : database.sql(RULED_OUT_BY_RERUN + " union " + NO_FAULT + " order by 1")
                        .param("of", of.stream().map(DiagnosisId::value).toList())
                        .param("cause", cause.value())
                        .param("instance", instance.value())
                        .param("since", at(since))
                        .query((row, number) ->
                                row.getObject(1, OffsetDateTime.class).toInstant())
                        .list();
    }

    @Override
    public List<Concluded> concluded(Span span) {
        return database.sql(CONCLUDED)
                .param("since", at(span.since()))
                .param("until", at(span.until()))
                .param("cause", span.cause().map(CauseCode::value).orElse(null))
                .param("version", span.knowledgeVersion().orElse(null))
                .query((row, number) -> new Concluded(
                        Verdict.Outcome.valueOf(row.getString("outcome")),
                        new CauseCode(row.getString("cause")),
                        row.getLong("count")))
                .list();
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
