package org.etcdmedic.memory.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.etcdmedic.diagnosis.Diagnosis;
import org.etcdmedic.diagnosis.DiagnosisId;
import org.etcdmedic.diagnosis.Sightings;
import org.etcdmedic.knowledge.CauseCode;
import org.etcdmedic.memory.Feedback;
import org.etcdmedic.memory.Feedbacks;
import org.etcdmedic.memory.Statement;
import org.etcdmedic.verdict.Fingerprint;
import org.etcdmedic.verdict.Judgement;
import org.etcdmedic.verdict.Verdict;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** What was said, in PostgreSQL. Rows are added and never changed. */
@Repository
class SqlFeedbacks implements Feedbacks {
    private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {};

    /** Of each diagnosis the newest answer. */
    private static final String COUNTING = """
            select * from (
                select distinct on (diagnosis_id) * from feedback where %s order by diagnosis_id, number desc) newest
            """;

    private final JdbcClient database;
    private final JsonMapper json;

    SqlFeedbacks(DataSource database, JsonMapper json) {
        this.database = JdbcClient.create(database);
        this.json = json;
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void keep(Feedback feedback, Diagnosis judged) {
        if (!(judged.progress() instanceof Diagnosis.Progress.Completed(var begun, Instant end, Judgement judgement))) {
            throw new IllegalStateException("nothing can be said of a verdict that is not there");
        }
        Statement said = feedback.statement();
        Optional<Fingerprint> fingerprint = judged.fingerprint();
        database.sql("""
                        insert into feedback (diagnosis_id, said_at, actor, verdict, actual_cause, helped, note, repaired_at,
                            outcome, cause, knowledge_version, concluded_at, fingerprint, kind_fingerprint)
                        values (:diagnosis, :at, :actor, :verdict, :actual, cast(:helped as jsonb), :note, :repaired,
                            :outcome, :cause, :version, :concluded, :fingerprint, :kind)
                        """)
                .param("diagnosis", feedback.diagnosis().value())
                .param("at", at(feedback.at()))
                .param("actor", feedback.by())
                .param("verdict", said.verdict().name())
                .param("actual", said.actualCause().map(CauseCode::value).orElse(null))
                .param("helped", json.writeValueAsString(said.helped()))
                .param("note", said.note().orElse(null))
                .param("repaired", said.repairedAt().map(SqlFeedbacks::at).orElse(null))
                .param("outcome", judgement.verdict().outcome().name())
                .param("cause", judgement.verdict().cause().value())
                .param("version", judgement.knowledgeVersion())
                .param("concluded", at(end))
                .param("fingerprint", fingerprint.map(Fingerprint::value).orElse(null))
                .param("kind", fingerprint.map(Fingerprint::kind).orElse(null))
                .update();
    }

    @Override
    public List<Feedback> of(DiagnosisId diagnosis, int limit) {
        return database.sql("select * from feedback where diagnosis_id = :id order by number desc limit :limit")
                .param("id", diagnosis.value())
                .param("limit", limit)
                .query((row, number) -> feedback(row))
                .list();
    }

    @Override
    public List<Feedback> here(Fingerprint fingerprint, Instant since, Instant until, int limit) {
        return counting("fingerprint = :here", fingerprint, since, until, limit);
    }

    @Override
    public List<Feedback> elsewhere(Fingerprint fingerprint, Instant since, Instant until, int limit) {
        return counting("kind_fingerprint = :kind and fingerprint <> :here", fingerprint, since, until, limit);
    }

    private List<Feedback> counting(String which, Fingerprint fingerprint, Instant since, Instant until, int limit) {
        return database.sql(COUNTING.formatted(which + " and concluded_at >= :since and concluded_at < :until")
                        + " order by concluded_at desc, number desc limit :limit")
                .param("here", fingerprint.value())
                .param("kind", fingerprint.kind())
                .param("since", at(since))
                .param("until", at(until))
                .param("limit", limit)
                .query((row, number) -> feedback(row))
                .list();
    }

    @Override
    public List<Answers> answers(Sightings.Span span) {
        String which = """
                concluded_at >= :since and concluded_at < :until
                and (cast(:cause as text) is null or cause = :cause)
                and (cast(:version as text) is null or knowledge_version = :version)""";
        return database.sql("select outcome, cause, verdict, actual_cause, count(*) as count from ("
                        + COUNTING.formatted(which) + ") counting group by outcome, cause, verdict, actual_cause")
                .param("since", at(span.since()))
                .param("until", at(span.until()))
                .param("cause", span.cause().map(CauseCode::value).orElse(null))
                .param("version", span.knowledgeVersion().orElse(null))
                .query((row, number) -> new Answers(
                        Verdict.Outcome.valueOf(row.getString("outcome")),
                        new CauseCode(row.getString("cause")),
                        Statement.Said.valueOf(row.getString("verdict")),
                        Optional.ofNullable(row.getString("actual_cause")).map(CauseCode::new),
                        row.getLong("count")))
                .list();
    }

    private Feedback feedback(ResultSet row) throws SQLException {
        return new Feedback(
                new DiagnosisId(row.getObject("diagnosis_id", UUID.class)),
                row.getString("actor"),
                row.getObject("said_at", OffsetDateTime.class).toInstant(),
                new Statement(
                        Statement.Said.valueOf(row.getString("verdict")),
                        Optional.ofNullable(row.getString("actual_cause")).map(CauseCode::new),
                        json.readValue(row.getString("helped"), TEXTS),
                        Optional.ofNullable(row.getString("note")),
                        Optional.ofNullable(row.getObject("repaired_at", OffsetDateTime.class))
                                .map(OffsetDateTime::toInstant)));
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
