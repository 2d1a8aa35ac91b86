package org.etcdmedic.diagnosis.jpa;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.etcdmedic.testing.Database;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Of very many diagnoses those of one fault are found by an index, and no other row is touched: what the database itself says of that. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SightingsPlanIT {
    private static final int ROWS = 200_000;

    private JdbcClient database;

    @BeforeAll
    @SuppressWarnings("NullAway.Init")
    void fill() {
        JdbcConnectionDetails fresh = Database.fresh();
        var source = new DriverManagerDataSource(
                fresh.getJdbcUrl(), requireNonNull(fresh.getUsername()), requireNonNull(fresh.getPassword()));
        Flyway.configure().dataSource(source).load().migrate();
        database = JdbcClient.create(source);
        // One fault of a thousand diagnoses that comes all the time, and very many others.
        database.sql("""
                        insert into diagnosis (id, instance_id, node_id, mode, status, alarmed_at, queued_at, completed_at,
                            outcome, family, cause, judgement, fingerprint, kind_fingerprint)
                        select gen_random_uuid(), 'i' || n % 5000, 'n1', 'SSH', 'COMPLETED', at, at, at,
                            case n % 10 when 0 then 'NO_FAULT_FOUND' else 'CONFIRMED' end, 'PROCESS', 'ETCD_DISK_FULL',
                            '{"knowledgeVersion": "abc"}',
                            case when n % 200 = 7 then '1-often' when n % 10 > 0 then '1-' || n % 40000 end,
                            case when n % 10 > 0 then '1-kind' || n % 30 end
                        from (select n, now() - n * interval '13 seconds' as at from generate_series(1, :rows) n) many
                        """).param("rows", ROWS).update();
        database.sql("analyze diagnosis").update();
        database.sql("vacuum diagnosis").update();
    }

    private String plan(String sql) {
        return plan(sql, 30);
    }

    private String plan(String sql, int days) {
        List<String> lines = database.sql("explain " + sql)
                .param("fingerprint", "1-often")
                .param("before", OffsetDateTime.now(ZoneOffset.UTC))
                .param("id", UUID.randomUUID())
                .param("since", OffsetDateTime.now(ZoneOffset.UTC).minusDays(days))
                .param("limit", 501)
                .param("of", List.of(UUID.randomUUID(), UUID.randomUUID()))
                .param("cause", "ETCD_DISK_FULL")
                .param("instance", "i7")
                .query((row, number) -> row.getString(1))
                .list();
        return String.join("\n", lines);
    }

    @Test
    void findsThoseBeforeByTheirFingerprintInTheirOrder() {
        assertThat(plan(SqlSightings.BEFORE))
                .contains("diagnosis_of_fingerprint")
                .doesNotContain("Seq Scan")
                .doesNotContain("Sort");
    }

    @Test
    void findsRerunsAndDiagnosesWithoutFaultByAnIndex() {
        assertThat(plan(SqlSightings.RULED_OUT_BY_RERUN))
                .contains("diagnosis_rerun_of")
                .doesNotContain("Seq Scan");
        assertThat(plan(SqlSightings.NO_FAULT))
                .contains("diagnosis_without_fault")
                .doesNotContain("Seq Scan");
    }

    @Test
    void countsThoseOfASpanByAnIndex() {
        assertThat(plan(
                        SqlSightings.CONCLUDED
                                .replace(":cause", "null")
                                .replace(":version", "null")
                                .replace(":until", "now()"),
                        2))
                .contains("Index Scan using diagnosis_completed")
                .doesNotContain("Seq Scan");
    }
}
