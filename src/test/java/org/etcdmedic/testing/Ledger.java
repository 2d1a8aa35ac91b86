package org.etcdmedic.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/**
 * Reads the service's tables and keeps a record of every verdict that was ever written: a row shows only the last one, and a
 * second one that overwrites the first would go unseen.
 */
public record Ledger(JdbcConnectionDetails database) {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

    /** Begins the record; the schema has to be there. */
    public Ledger begin() {
        execute("""
                create table verdict_written (diagnosis_id uuid not null, status text not null, attempt int not null);
                create function note_verdict() returns trigger language plpgsql as $$
                begin
                    insert into verdict_written values (new.id, new.status, new.attempt);
                    return new;
                end $$;
                create trigger note_verdict after update on diagnosis for each row
                    when (new.status in ('COMPLETED', 'FAILED', 'CANCELLED')) execute function note_verdict();
                """);
        return this;
    }

    /** First column of a query, as text. */
    public List<String> texts(String query) {
        try (var connection = DriverManager.getConnection(
                        database.getJdbcUrl(), database.getUsername(), database.getPassword());
                var rows = connection.createStatement().executeQuery(query)) {
            var texts = new ArrayList<String>();
            while (rows.next()) {
                texts.add(String.valueOf(rows.getString(1)));
            }
            return texts;
        } catch (SQLException e) {
            throw new IllegalStateException(query, e);
        }
    }

    /** The one number that a query gives. */
    public long number(String query) {
        return Long.parseLong(texts(query).getFirst());
    }

    /** Runs statements. */
    public void execute(String statements) {
        try (var connection = DriverManager.getConnection(
                        database.getJdbcUrl(), database.getUsername(), database.getPassword());
                var statement = connection.createStatement()) {
            statement.execute(statements);
        } catch (SQLException e) {
            throw new IllegalStateException(statements, e);
        }
    }

    /** Waits until a query gives this number; the database has no event for it. */
    public void await(String query, long expected, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        while (number(query) != expected) {
            if (System.nanoTime() > end) {
                throw new AssertionError(query + " gives " + number(query) + " and not " + expected + " after "
                        + patience + "; diagnoses: "
                        + texts("select concat_ws(' ', id, status, attempt, failure) from diagnosis"
                                + " where status <> 'COMPLETED'")
                        + ", jobs: "
                        + texts("select concat_ws(' ', task_instance, execution_time, picked, picked_by,"
                                + " last_heartbeat, consecutive_failures) from scheduled_tasks"));
            }
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
    }

    /** Waits until nothing is open any more. */
    public void awaitAllOver(Duration patience) {
        await("select count(*) from diagnosis where status in ('QUEUED', 'RUNNING')", 0, patience);
        await("select count(*) from scheduled_tasks where task_name = 'diagnosis'", 0, patience);
    }

    /** Nothing is lost and nothing doubled, now that all is over. */
    public void assertBalanced() {
        assertThat(texts("select id from diagnosis where status <> 'COMPLETED'"))
                .as("diagnoses without a verdict")
                .isEmpty();
        assertThat(texts("select id from alarm where state <> 'REJECTED' and diagnosis_id is null"))
                .as("alarms without a diagnosis")
                .isEmpty();
        assertThat(texts("""
                        select d.id from diagnosis d
                        where (select count(*) from alarm a where a.diagnosis_id = d.id and a.state = 'OPENED') <> 1
                        """)).as("diagnoses that not exactly one alarm opened").isEmpty();
        assertThat(texts("""
                        select d.id from diagnosis d
                        where (select count(*) from verdict_written v where v.diagnosis_id = d.id) <> 1
                        """))
                .as("diagnoses to which not exactly one verdict was written")
                .isEmpty();
        assertThat(texts("""
                        select distinct d.id from diagnosis d join capture c on c.diagnosis_id = d.id
                        where c.attempt <> d.attempt
                        """))
                .as("diagnoses with captures of a worker that lost them")
                .isEmpty();
    }
}
