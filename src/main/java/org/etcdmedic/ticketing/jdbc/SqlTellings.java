package org.etcdmedic.ticketing.jdbc;

import static org.etcdmedic.ticketing.jdbc.TicketRows.at;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.etcdmedic.diagnosis.DiagnosisId;
import org.etcdmedic.ticketing.Tellings;
import org.etcdmedic.ticketing.Ticket;
import org.etcdmedic.ticketing.TicketId;
import org.etcdmedic.ticketing.job.TicketJobs;
import org.etcdmedic.ticketing.target.Action;
import org.etcdmedic.ticketing.target.Letter;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * What is owed, in PostgreSQL. Whoever changes a ticket locks its row first and touches its job second, so that a job is never taken
 * away while something new is added.
 */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class SqlTellings implements Tellings {
    private final JdbcClient database;
    private final TicketJobs jobs;

    SqlTellings(DataSource database, TicketJobs jobs) {
        this.database = JdbcClient.create(database);
        this.jobs = jobs;
    }

    @Override
    public void tell(Case about, DiagnosisId diagnosis, Letter.Event event, Duration within, Instant now) {
        while (true) {
            Optional<Ticket> open = about.closed() ? Optional.empty() : openOf(about);
            if (open.isPresent() && !open.get().updatedAt().isBefore(now.minus(within))) {
                add(open.get().id(), diagnosis, event, Action.UPDATE, now);
                return;
            }
            open.ifPresent(old -> database.sql("update ticket set closed = true where id = :id")
                    .param("id", old.id().value())
                    .update());
            TicketId id = TicketId.at(now);
            int born = database.sql("""
                            insert into ticket (id, target, case_key, diagnosis_id, owner, language, event, action, state,
                                                revision, closed, next_at, created_at, updated_at)
                            values (:id, :target, :case, :diagnosis, :owner, :language, :event, 'OPEN', 'PENDING',
                                    1, :closed, :now, :now, :now)
                            on conflict (target, case_key) where not closed do nothing
                            """)
                    .param("id", id.value())
                    .param("target", about.target())
                    .param("case", about.caseKey())
                    .param("diagnosis", diagnosis.value())
                    .param("owner", about.owner().name())
                    .param("language", about.language())
                    .param("event", event.name())
                    .param("closed", about.closed())
                    .param("now", at(now))
                    .update();
            if (born == 1) {
                tells(id, diagnosis, 1);
                jobs.queue(id, now);
                return;
            }
            // Somebody else opened it just now: it is added to.
        }
    }

    private Optional<Ticket> openOf(Case about) {
        return database.sql(
                        "select * from ticket where target = :target and case_key = :case and not closed for update")
                .param("target", about.target())
                .param("case", about.caseKey())
                .query(TicketRows::ticket)
                .optional();
    }

    private void tells(TicketId id, DiagnosisId diagnosis, int revision) {
        database.sql("""
                        insert into ticket_diagnosis (ticket_id, diagnosis_id, revision) values (:id, :diagnosis, :revision)
                        on conflict do nothing
                        """)
                .param("id", id.value())
                .param("diagnosis", diagnosis.value())
                .param("revision", revision)
                .update();
    }

    @Override
    public void add(TicketId id, DiagnosisId diagnosis, Letter.Event event, Action action, Instant now) {
        // What is on its way keeps its schedule: news do not make a target come back that is away.
        int revision = database.sql("""
                        update ticket set
                            revision = revision + 1, diagnosis_id = :diagnosis, event = :event, action = :action,
                            closed = closed or :action = 'RESOLVE',
                            attempts = case state when 'PENDING' then attempts else 0 end,
                            next_at = case state when 'PENDING' then next_at else :now end,
                            state = 'PENDING', updated_at = :now
                        where id = :id returning revision
                        """)
                .param("diagnosis", diagnosis.value())
                .param("event", event.name())
                .param("action", action.name())
                .param("now", at(now))
                .param("id", id.value())
                .query(Integer.class)
                .single();
        tells(id, diagnosis, revision);
        jobs.queue(id, now);
    }

    @Override
    public List<Ticket> openOf(DiagnosisId diagnosis) {
        return database.sql("""
                        select * from ticket where not closed and id in (
                            select ticket_id from ticket_diagnosis where diagnosis_id = :diagnosis)
                        order by id for update
                        """)
                .param("diagnosis", diagnosis.value())
                .query(TicketRows::ticket)
                .list();
    }

    @Override
    public List<DiagnosisId> diagnosesOf(TicketId id) {
        return database.sql("select diagnosis_id from ticket_diagnosis where ticket_id = :id")
                .param("id", id.value())
                .query((row, number) -> new DiagnosisId(row.getObject(1, UUID.class)))
                .list();
    }

    @Override
    public Optional<Boolean> resend(TicketId id, Instant now) {
        Optional<Ticket> found = TicketRows.lock(database, id);
        boolean givenUp = found.filter(ticket -> ticket.progress().state() == Ticket.State.GIVEN_UP)
                .isPresent();
        if (givenUp) {
            database.sql("""
                            update ticket set state = 'PENDING', attempts = 0, next_at = :now, updated_at = :now
                            where id = :id
                            """).param("now", at(now)).param("id", id.value()).update();
            jobs.queue(id, now);
        }
        return found.map(ticket -> givenUp);
    }
}
