package org.etcdmedic.alarm.jpa;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.etcdmedic.alarm.Acceptance;
import org.etcdmedic.alarm.source.RefusedBodies;
import org.etcdmedic.alarm.source.SentBody;
import org.etcdmedic.diagnosis.DiagnosisId;
import org.etcdmedic.platform.TimeOrderedId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The refused bodies in PostgreSQL, in the table of the alarms. */
@Repository
@Transactional
class SqlRefusedBodies implements RefusedBodies {
    /** Of so many bodies of one source all is kept; of further ones the beginning, so that no sender fills the disk. */
    private static final int MOST_WHOLE = 1000;

    private static final int KEPT_OF_FURTHER = 16 * 1024;

    private final JdbcClient database;
    private final JsonMapper json;

    SqlRefusedBodies(DataSource database, JsonMapper json) {
        this.database = JdbcClient.create(database);
        this.json = json;
    }

    @Override
    public void keep(Refused refused, Instant now) {
        String text = refused.body().text().replace('\0', '\u2400');
        boolean whole = refused.reason() != Acceptance.Reason.TOO_LARGE
                && text.equals(refused.body().text())
                && standing(refused.source()) < MOST_WHOLE;
        database.sql("""
                        insert into alarm (id, state, problem, body, received_at, source, headers, errors, body_digest, whole)
                        values (:id, 'REJECTED', :problem, :body, :now, :source, cast(:headers as jsonb),
                                cast(:errors as jsonb), :digest, :whole)
                        on conflict (source, body_digest)
                            where state = 'REJECTED' and resent_at is null and body_digest is not null
                            do update set repeats = alarm.repeats + 1, problem = excluded.problem, errors = excluded.errors
                        """)
                .param("id", TimeOrderedId.at(now))
                .param("problem", refused.reason().name())
                .param("body", whole || text.length() <= KEPT_OF_FURTHER ? text : text.substring(0, KEPT_OF_FURTHER))
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("source", refused.source())
                .param("headers", json.writeValueAsString(refused.body().headers()))
                .param("errors", json.writeValueAsString(refused.wrong()))
                .param("digest", digest(refused.body().headers() + "\n" + text))
                .param("whole", whole)
                .update();
    }

    private long standing(String source) {
        return database.sql("""
                        select count(*) from (select from alarm where source = :source and state = 'REJECTED'
                            and resent_at is null and body_digest is not null limit :most) standing
                        """)
                .param("source", source)
                .param("most", MOST_WHOLE)
                .query(Long.class)
                .single();
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<Kept> find(UUID id) {
        return kept(id, "");
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public Optional<Kept> seize(UUID id) {
        return kept(id, "for update");
    }

    private Optional<Kept> kept(UUID id, String lock) {
        return database.sql("""
                        select source, body, headers, whole, diagnosis_id, resent_at from alarm
                        where id = :id and state = 'REJECTED'
                        """ + lock)
                .param("id", id)
                .query((row, number) -> kept(row))
                .optional();
    }

    private Kept kept(ResultSet row) throws SQLException {
        String headers = row.getString("headers");
        return new Kept(
                Optional.ofNullable(row.getString("source")),
                new SentBody(
                        Optional.ofNullable(row.getString("body")).orElse(""),
                        headers == null
                                ? Map.of()
                                : json.readValue(headers, new TypeReference<Map<String, String>>() {})),
                row.getBoolean("whole"),
                Optional.ofNullable(row.getObject("diagnosis_id", UUID.class)).map(DiagnosisId::new),
                Optional.ofNullable(row.getObject("resent_at", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant));
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void resent(UUID id, Optional<DiagnosisId> diagnosis, Instant now) {
        database.sql("update alarm set resent_at = :now where id = :id")
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("id", id)
                .update();
        diagnosis.ifPresent(opened -> database.sql("update alarm set diagnosis_id = :diagnosis where id = :id")
                .param("diagnosis", opened.value())
                .param("id", id)
                .update());
    }

    private static String digest(String text) {
        try {
            byte[] bytes = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
