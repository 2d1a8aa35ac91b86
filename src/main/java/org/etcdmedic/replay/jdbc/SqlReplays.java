package org.etcdmedic.replay.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.etcdmedic.diagnosis.Diagnoses;
import org.etcdmedic.diagnosis.DiagnosisId;
import org.etcdmedic.diagnosis.Status;
import org.etcdmedic.knowledge.yaml.KnowledgeFiles;
import org.etcdmedic.replay.Candidate;
import org.etcdmedic.replay.Replay;
import org.etcdmedic.replay.ReplayId;
import org.etcdmedic.replay.Replayed;
import org.etcdmedic.replay.Replays;
import org.etcdmedic.replay.Wish;
import org.etcdmedic.replay.job.ReplayQueue;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The replays in PostgreSQL. */
@Repository
@Transactional
class SqlReplays implements Replays {
    /** Replicas that judge by different knowledge would begin anew for ever. */
    private static final int MOST_RESTARTS = 5;

    private static final String REPLAY = """
            select r.id, r.requested_at, r.filter, r.candidate, r.in_use, r.status, r.started_at, r.completed_at, r.failure,
                   t.tally, d.drift
            from replay r
            left join lateral (select jsonb_object_agg(result, n)::text as tally from (
                select coalesce(result, 'TO_DO') as result, count(*) as n from replayed where replay_id = r.id group by 1) c) t on true
            left join lateral (select jsonb_object_agg(drift, n)::text as drift from (
                select drift, count(*) as n from replayed where replay_id = r.id and drift is not null group by 1) c) d on true
            """;

    private final JdbcClient database;
    private final ReplayShapes shapes;
    private final ReplayQueue jobs;
    private final Diagnoses diagnoses;

    SqlReplays(DataSource database, ReplayShapes shapes, ReplayQueue jobs, Diagnoses diagnoses) {
        this.database = JdbcClient.create(database);
        this.shapes = shapes;
        this.jobs = jobs;
        this.diagnoses = diagnoses;
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void open(ReplayId id, Wish wish, Candidate candidate, List<DiagnosisId> chosen, Instant now) {
        database.sql("""
                        insert into replay (id, requested_at, filter, candidate, knowledge, status)
                        values (:id, :now, cast(:filter as jsonb), :candidate, cast(:knowledge as jsonb), 'QUEUED')
                        """)
                .param("id", id.value())
                .param("now", at(now))
                .param("filter", shapes.json(wish))
                .param("candidate", candidate.knowledge().version())
                .param("knowledge", shapes.json(candidate.files()))
                .update();
        database.sql("""
                        insert into replayed (replay_id, ordinal, diagnosis_id)
                        select :id, ordinal, diagnosis
                        from unnest(cast(string_to_array(:diagnoses, ',') as uuid[])) with ordinality as chosen (diagnosis, ordinal)
                        """)
                .param("id", id.value())
                .param("diagnoses", chosen.stream().map(DiagnosisId::toString).collect(Collectors.joining(",")))
                .update();
        jobs.queue(id, now);
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<Replay> find(ReplayId id) {
        return database.sql(REPLAY + " where r.id = :id")
                .param("id", id.value())
                .query(this::replay)
                .optional();
    }

    @Override
    @Transactional(readOnly = true)
    public List<Replay> newest(Optional<Cursor> after, int limit) {
        String where = after.isPresent() ? " where (r.requested_at, r.id) < (:at, :before)" : "";
        var query = database.sql(REPLAY + where + " order by r.requested_at desc, r.id desc limit :limit")
                .param("limit", limit);
        after.ifPresent(cursor -> query.param("at", at(cursor.requestedAt())).param("before", cursor.id()));
        return query.query(this::replay).list();
    }

    private Replay replay(ResultSet row, int number) throws SQLException {
        return new Replay(
                new ReplayId(row.getObject("id", UUID.class)),
                Objects.requireNonNull(instant(row, "requested_at")),
                shapes.wish(row.getString("filter")),
                row.getString("candidate"),
                Optional.ofNullable(row.getString("in_use")),
                new Replay.Course(
                        Status.valueOf(row.getString("status")),
                        Optional.ofNullable(instant(row, "started_at")),
                        Optional.ofNullable(instant(row, "completed_at")),
                        Optional.ofNullable(row.getString("failure"))),
                shapes.tally(row.getString("tally"), row.getString("drift")));
    }

    @Override
    @Transactional(readOnly = true)
    public List<Replayed> done(ReplayId id, boolean changed, int after, int limit) {
        String only = changed ? " and result not in ('SAME', 'NOT_REPLAYED')" : "";
        return database.sql("""
                        select ordinal, diagnosis_id, result, content from replayed
                        where replay_id = :id and ordinal > :after and result is not null
                        """ + only + " order by ordinal limit :limit")
                .param("id", id.value())
                .param("after", after)
                .param("limit", limit)
                .query((row, number) -> new Replayed(
                        row.getInt("ordinal"),
                        new DiagnosisId(row.getObject("diagnosis_id", UUID.class)),
                        Optional.of(shapes.result(row.getString("result"), row.getString("content")))))
                .list();
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public Optional<Status> cancel(ReplayId id, Instant now) {
        Optional<Status> before = database.sql(
                        "select status from replay where id = :id and status in ('QUEUED', 'RUNNING') for update")
                .param("id", id.value())
                .query(String.class)
                .optional()
                .map(Status::valueOf);
        if (before.isPresent()) {
            database.sql("update replay set status = 'CANCELLED', completed_at = :now where id = :id")
                    .param("id", id.value())
                    .param("now", at(now))
                    .update();
            jobs.takeBack(id);
        }
        return before;
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean remove(ReplayId id) {
        jobs.takeBack(id);
        return database.sql("delete from replay where id = :id")
                        .param("id", id.value())
                        .update()
                == 1;
    }

    @Override
    public Turn take(ReplayId id, String inUse, Instant now) {
        record Row(Status status, @Nullable String inUse, int restarts, boolean first) {}
        Optional<Row> found = database.sql("""
                        select status, in_use, restarts, not exists (
                            select from replay o where o.status in ('QUEUED', 'RUNNING')
                              and (o.requested_at, o.id) < (r.requested_at, r.id)) as first
                        from replay r where id = :id for update
                        """)
                .param("id", id.value())
                .query((row, number) -> new Row(
                        Status.valueOf(row.getString("status")),
                        row.getString("in_use"),
                        row.getInt("restarts"),
                        row.getBoolean("first")))
                .optional();
        if (found.filter(row -> row.status().open()).isEmpty()) {
            return Turn.OVER;
        }
        Row row = found.get();
        if (!row.first() || diagnoses.oneIsDue(now)) {
            return Turn.WAIT;
        }
        boolean anew = row.inUse() != null && !row.inUse().equals(inUse);
        if (anew && row.restarts() >= MOST_RESTARTS) {
            fail(id, "the knowledge in use differs between replicas", now);
            return Turn.OVER;
        }
        if (anew) {
            database.sql("""
                            update replayed set result = null, drift = null, content = null, tries = 0
                            where replay_id = :id and result is not null
                            """).param("id", id.value()).update();
        }
        database.sql("""
                        update replay set status = 'RUNNING', started_at = coalesce(started_at, :now), in_use = :inUse,
                            restarts = restarts + :anew
                        where id = :id
                        """)
                .param("id", id.value())
                .param("now", at(now))
                .param("inUse", inUse)
                .param("anew", anew ? 1 : 0)
                .update();
        return Turn.GO;
    }

    @Override
    @Transactional(readOnly = true)
    public boolean alarmsWait(Instant now) {
        return diagnoses.oneIsDue(now);
    }

    @Override
    @Transactional(readOnly = true)
    public KnowledgeFiles candidate(ReplayId id) {
        return shapes.files(database.sql("select knowledge from replay where id = :id")
                .param("id", id.value())
                .query(String.class)
                .single());
    }

    @Override
    public Optional<Todo> next(ReplayId id) {
        return database.sql("""
                        update replayed set tries = tries + 1
                        where replay_id = :id and ordinal = (
                            select min(ordinal) from replayed where replay_id = :id and result is null)
                        returning ordinal, diagnosis_id, tries
                        """)
                .param("id", id.value())
                .query((row, number) -> new Todo(
                        row.getInt("ordinal"),
                        new DiagnosisId(row.getObject("diagnosis_id", UUID.class)),
                        row.getInt("tries")))
                .optional();
    }

    @Override
    public void excuse(ReplayId id, int ordinal) {
        database.sql("""
                        update replayed set tries = tries - 1
                        where replay_id = :id and ordinal = :ordinal and result is null and tries > 0
                        """).param("id", id.value()).param("ordinal", ordinal).update();
    }

    @Override
    public boolean keep(ReplayId id, int ordinal, Replayed.Result result) {
        ReplayShapes.Columns columns = shapes.columns(result);
        return database.sql("""
                        update replayed set result = :result, drift = :drift, content = cast(:content as jsonb)
                        where replay_id = :id and ordinal = :ordinal
                          and exists (select from replay where id = :id and status = 'RUNNING' for share)
                        """)
                        .param("id", id.value())
                        .param("ordinal", ordinal)
                        .param("result", columns.result())
                        .param("drift", columns.drift())
                        .param("content", columns.content())
                        .update()
                == 1;
    }

    @Override
    public void complete(ReplayId id, Instant now) {
        end(id, Status.COMPLETED, null, now);
    }

    @Override
    public void fail(ReplayId id, String reason, Instant now) {
        end(id, Status.FAILED, reason, now);
    }

    private void end(ReplayId id, Status status, @Nullable String failure, Instant now) {
        database.sql("""
                        update replay set status = :status, failure = :failure, completed_at = :now
                        where id = :id and status in ('QUEUED', 'RUNNING')
                        """)
                .param("id", id.value())
                .param("status", status.name())
                .param("failure", failure)
                .param("now", at(now))
                .update();
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
