package org.etcdmedic.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.etcdmedic.EtcdMedic;
import org.etcdmedic.platform.Sweep;
import org.etcdmedic.testing.Api;
import org.etcdmedic.testing.Database;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * What has been kept for long enough is deleted by the service's own job, and nothing else is. In the build with some thousands of
 * diagnoses; at a million with {@code -Dmedic.retention.rows=1000000}.
 */
@SpringBootTest(
        classes = EtcdMedic.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"medic.retention.keep.diagnoses=100d", "medic.retention.keep.audit=200d"})
@Import(RetentionIT.FreshDatabase.class)
class RetentionIT {
    private static final int ROWS = Integer.getInteger("medic.retention.rows", 20_000);
    private static final Duration PATIENCE = Duration.ofMinutes(20);

    /** Each is a thousandth of the whole span older than the one before; every second one has alarms, evidence and a request's key. */
    private static final String FILL = """
            insert into diagnosis (id, instance_id, node_id, mode, status, alarmed_at, queued_at, started_at, completed_at, attempt,
                                   failure, outcome, family, cause, judgement)
            select uuidv7(at - now()), 'i' || n % 1000, 'n' || n % 3000, 'SSH',
                   case n % 100 when 7 then 'FAILED' when 8 then 'CANCELLED' else 'COMPLETED' end,
                   at, at, at, at + interval '3 s', 1, case n % 100 when 7 then 'judging failed' end,
                   case when n % 100 not in (7, 8) then 'CONFIRMED' end, case when n % 100 not in (7, 8) then 'PROCESS' end,
                   case when n % 100 not in (7, 8) then 'ETCD_DISK_FULL' end,
                   case when n % 100 not in (7, 8) then '{"verdict": {}, "remediation": []}'::jsonb end
            from (select n, now() - interval '400 days' * (n - 0.5) / ROWS as at from generate_series(1, ROWS) n) rows;
            insert into alarm (id, alarm_id, instance_id, node_id, occurred_at, state, diagnosis_id, received_at)
            select gen_random_uuid(), 'a' || row_number() over (), instance_id, node_id, alarmed_at, 'OPENED', id, queued_at from diagnosis;
            insert into alarm (id, state, problem, body, received_at)
            select gen_random_uuid(), 'REJECTED', 'INVALID', '{', queued_at from diagnosis where status = 'FAILED';
            insert into capture (id, diagnosis_id, attempt, ordinal, node_id, probe, arguments, command, started_at, took_millis, detail,
                                 text, error_text, bytes, truncated)
            select gen_random_uuid(), id, 1, 0, node_id, 'identity', '[]', 'true', queued_at, 5, '', repeat('x', 2000), '', 2000, false
            from diagnosis where status = 'COMPLETED';
            insert into audit (id, at, actor, action, target)
            select gen_random_uuid(), queued_at, 'local', 'DIAGNOSIS_CANCELLED', id::text from diagnosis where status = 'CANCELLED';
            insert into request_key (sender, key, fingerprint, diagnosis_id, status, joined, created_at)
            select 'local', id::text, 'f', id, 'QUEUED', false, queued_at from diagnosis where status = 'FAILED';
            insert into diagnosis (id, instance_id, node_id, mode, status, alarmed_at, queued_at)
            values (gen_random_uuid(), 'still-open', 'n', 'SSH', 'QUEUED', now() - interval '300 days', now() - interval '300 days');
            analyze diagnosis, alarm, capture, audit, request_key;
            """;

    @TestConfiguration(proxyBeanMethods = false)
    static class FreshDatabase {
        @Bean
        JdbcConnectionDetails database() {
            return Database.fresh();
        }
    }

    @LocalServerPort
    int port;

    /** A connection without the service's own limits of time: to fill a million rows takes longer. */
    private JdbcClient jdbc;

    private SingleConnectionDataSource connection;

    @BeforeEach
    void connect(@Autowired JdbcConnectionDetails database) {
        connection = new SingleConnectionDataSource(
                database.getJdbcUrl(), database.getUsername(), database.getPassword(), true);
        jdbc = JdbcClient.create(connection);
    }

    @AfterEach
    void close() {
        connection.destroy();
    }

    @Autowired
    List<Sweep> sweeps;

    @Test
    void deletesWhatIsOlderThanItHasToBeKeptAndNothingElse() {
        jdbc.sql(FILL.replace("ROWS", Integer.toString(ROWS))).update();
        List<Long> young = young();

        long begun = System.nanoTime();
        jdbc.sql("update scheduled_tasks set execution_time = now() where task_name = 'retention'")
                .update();
        // While the test runs rows grow old; a day on either side of the limit is nobody's.
        await("diagnosis where completed_at < now() - interval '101 days'");
        await("alarm where state = 'REJECTED' and received_at < now() - interval '91 days'");
        await("audit where at < now() - interval '201 days'");
        long kept = count("diagnosis where status <> 'QUEUED'");
        System.out.printf(
                "retention: %d of %d diagnoses deleted with all that belongs to them in %d s%n",
                ROWS - kept, ROWS, Duration.ofNanos(System.nanoTime() - begun).toSeconds());

        assertThat(young()).isEqualTo(young).doesNotContain(0L);
        assertThat(count("diagnosis where status = 'QUEUED'"))
                .as("open, however old")
                .isEqualTo(1);
        assertThat(count("alarm where state <> 'REJECTED'"))
                .as("alarms of kept diagnoses")
                .isEqualTo(kept);
        assertThat(count("alarm where state <> 'REJECTED' and diagnosis_id is null"))
                .as("alarms without their diagnosis, which would be told as lost")
                .isZero();
        assertThat(count("capture")).isEqualTo(count("diagnosis where status = 'COMPLETED'"));
        assertThat(count("request_key")).isEqualTo(count("diagnosis where status = 'FAILED'"));
        assertThat(new Api("http://127.0.0.1:" + port)
                        .get("/actuator/metrics/medic.retention.deleted?tag=of:diagnoses")
                        .json()
                        .path("measurements")
                        .path(0)
                        .path("value")
                        .doubleValue())
                .isEqualTo((double) ROWS - kept);
    }

    /** What is far from the limit of its age. */
    private List<Long> young() {
        return List.of(
                count("diagnosis where completed_at >= now() - interval '99 days'"),
                count("alarm where state = 'REJECTED' and received_at >= now() - interval '89 days'"),
                count("audit where at >= now() - interval '199 days'"));
    }

    /** Otherwise each batch would read the whole table, and each row that goes every table that refers to it. */
    @Test
    void findsWhatIsOldAndWhatBelongsToItByAnIndex() {
        assertThat(jdbc.sql("""
                                select conrelid::regclass || '.' || attname
                                from pg_constraint c
                                join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
                                where contype = 'f'
                                  and not exists (select from pg_index i where i.indrelid = c.conrelid and i.indkey[0] = c.conkey[1])
                                """).query(String.class).list())
                .as("references that no index leads along")
                .isEmpty();
        assertThat(sweeps).extracting(Sweep::of).contains("diagnoses", "refused-alarms", "audit");
        assertThat(String.join(
                        "\n",
                        jdbc.sql("explain select id from diagnosis where completed_at < now() - interval '390 days'"
                                        + " order by completed_at limit 500 for update skip locked")
                                .query(String.class)
                                .list()))
                .contains("diagnosis_completed");
    }

    private void await(String rows) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (count(rows) > 0) {
            assertThat(System.nanoTime()).as("%d left of %s", count(rows), rows).isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
        }
    }

    private long count(String rows) {
        return jdbc.sql("select count(*) from " + rows).query(Long.class).single();
    }
}
