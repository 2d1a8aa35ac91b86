package org.etcdmedic.ticketing.jdbc;

import static org.etcdmedic.ticketing.jdbc.TicketRows.at;

import java.time.Instant;
import java.util.Optional;
import javax.sql.DataSource;
import org.etcdmedic.ticketing.TargetStates;
import org.etcdmedic.ticketing.job.TicketJobs;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What is known of targets, in PostgreSQL. */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class SqlTargetStates implements TargetStates {
    private final JdbcClient database;
    private final TicketJobs jobs;

    SqlTargetStates(DataSource database, TicketJobs jobs) {
        this.database = JdbcClient.create(database);
        this.jobs = jobs;
    }

    @Override
    @Transactional(readOnly = true)
    public TargetState of(String target) {
        return database.sql("select * from target_state where name = :name")
                .param("name", target)
                .query((row, number) -> new TargetState(
                        TicketRows.instant(row, "disabled_at"),
                        Optional.ofNullable(row.getString("disabled_reason")),
                        TicketRows.instant(row, "last_success_at")))
                .optional()
                .orElse(new TargetState(Optional.empty(), Optional.empty(), Optional.empty()));
    }

    @Override
    public void accepted(String target, Instant now) {
        database.sql("""
                        insert into target_state (name, last_success_at) values (:name, :now)
                        on conflict (name) do update set last_success_at = greatest(target_state.last_success_at, :now)
                        """).param("name", target).param("now", at(now)).update();
    }

    @Override
    public void gone(String target, String reason, Instant now) {
        database.sql("""
                        insert into target_state (name, disabled_at, disabled_reason) values (:name, :now, :reason)
                        on conflict (name) do update set disabled_at = :now, disabled_reason = :reason
                        """)
                .param("name", target)
                .param("now", at(now))
                .param("reason", reason)
                .update();
    }

    @Override
    public boolean resume(String target, Instant now) {
        int changed = database.sql("""
                        update target_state set disabled_at = null, disabled_reason = null
                        where name = :name and disabled_at is not null
                        """).param("name", target).update();
        if (changed == 1) {
            jobs.hurry(target, now);
        }
        return changed == 1;
    }
}
