package org.etcdmedic.ticketing.jdbc;

import static org.etcdmedic.ticketing.jdbc.TicketRows.at;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.etcdmedic.diagnosis.DiagnosisId;
import org.etcdmedic.ticketing.Ticket;
import org.etcdmedic.ticketing.TicketId;
import org.etcdmedic.ticketing.Tickets;
import org.etcdmedic.ticketing.job.TicketJobs;
import org.etcdmedic.ticketing.target.Action;
import org.etcdmedic.ticketing.target.Letter;
import org.etcdmedic.ticketing.target.Limits;
import org.etcdmedic.ticketing.target.Reference;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The tickets in PostgreSQL. Whoever changes a ticket locks its row first and touches its job second, so that a job is never taken
 * away while something new is added.
 */
@Repository
@Transactional
class SqlTickets implements Tickets {
    /** A target that is switched off is asked for so often, in case nobody wakes the job. */
    private static final Duration WHILE_OFF = Duration.ofMinutes(10);

    private final JdbcClient database;
    private final TicketJobs jobs;
    private final TargetRates rates;

    SqlTickets(DataSource database, TicketJobs jobs) {
        this.database = JdbcClient.create(database);
        this.jobs = jobs;
        this.rates = new TargetRates(this.database);
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
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
    @Transactional(propagation = Propagation.MANDATORY)
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
    @Transactional(propagation = Propagation.MANDATORY)
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
    @Transactional(readOnly = true)
    public List<Ticket> of(Collection<DiagnosisId> diagnoses) {
        return diagnoses.isEmpty()
                ? List.of()
                : database.sql("""
                                select * from ticket where id in (
                                    select ticket_id from ticket_diagnosis where diagnosis_id in (:diagnoses))
                                order by id
                                """)
                        .param(
                                "diagnoses",
                                diagnoses.stream().map(DiagnosisId::value).toList())
                        .query(TicketRows::ticket)
                        .list();
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<Ticket.File> find(TicketId id) {
        return database.sql("select * from ticket where id = :id")
                .param("id", id.value())
                .query(TicketRows::ticket)
                .optional()
                .map(ticket -> new Ticket.File(
                        ticket,
                        database.sql("select * from delivery where ticket_id = :id order by attempt")
                                .param("id", id.value())
                                .query(TicketRows::delivery)
                                .list()));
    }

    @Override
    @Transactional(readOnly = true)
    public List<Ticket> newest(Filter filter, Optional<Cursor> after, int limit) {
        var conditions = new ArrayList<>(List.of("true"));
        var values = new HashMap<String, Object>();
        filter.diagnosis().ifPresent(id -> {
            conditions.add("id in (select ticket_id from ticket_diagnosis where diagnosis_id = :diagnosis)");
            values.put("diagnosis", id.value());
        });
        filter.state().ifPresent(state -> {
            conditions.add("state = :state");
            values.put("state", state.name());
        });
        filter.target().ifPresent(target -> {
            conditions.add("target = :target");
            values.put("target", target);
        });
        after.ifPresent(cursor -> {
            conditions.add("(created_at, id) < (:at, :id)");
            values.put("at", at(cursor.at()));
            values.put("id", cursor.id());
        });
        return database.sql("select * from ticket where " + String.join(" and ", conditions)
                        + " order by created_at desc, id desc limit :limit")
                .params(values)
                .param("limit", limit)
                .query(TicketRows::ticket)
                .list();
    }

    private Optional<Ticket> lock(TicketId id) {
        return database.sql("select * from ticket where id = :id for update")
                .param("id", id.value())
                .query(TicketRows::ticket)
                .optional();
    }

    @Override
    public Beginning begin(TicketId id, Limits limits, Instant now) {
        Optional<Ticket> found = lock(id).filter(ticket -> ticket.progress().state() == Ticket.State.PENDING);
        if (found.isEmpty()) {
            return new Beginning.Nothing();
        }
        Ticket ticket = found.get();
        Instant next = ticket.progress().nextAt().orElse(now);
        if (next.isAfter(now)) {
            return new Beginning.Wait(next);
        }
        if (stateOf(ticket.target()).disabledAt().isPresent()) {
            return new Beginning.Wait(now.plus(WHILE_OFF));
        }
        boolean kept = database.sql("select place_kept from ticket where id = :id")
                .param("id", id.value())
                .query(Boolean.class)
                .single();
        if (!kept) {
            Instant place = rates.place(ticket.target(), limits.rates(), now);
            if (place.isAfter(now)) {
                database.sql("update ticket set next_at = :place, place_kept = true where id = :id")
                        .param("place", at(place))
                        .param("id", id.value())
                        .update();
                return new Beginning.Wait(place);
            }
        }
        int number = database.sql("""
                        update ticket set begun = begun + 1, place_kept = false, updated_at = :now where id = :id
                        returning begun
                        """)
                .param("id", id.value())
                .param("now", at(now))
                .query(Integer.class)
                .single();
        Optional<Integer> doubtful = ticket.progress().delivered() > 0 ? Optional.empty() : doubtful(id);
        database.sql("""
                        insert into delivery (ticket_id, attempt, revision, action, started_at)
                        values (:id, :attempt, :revision, :action, :now)
                        """)
                .param("id", id.value())
                .param("attempt", number)
                .param("revision", ticket.newest().revision())
                .param(
                        "action",
                        (ticket.progress().delivered() == 0
                                        ? Action.OPEN
                                        : ticket.newest().action())
                                .name())
                .param("now", at(now))
                .update();
        return new Beginning.Begun(new Attempt(ticket, number, doubtful));
    }

    /** The newest telling that was sent with nobody knowing what became of it. */
    private Optional<Integer> doubtful(TicketId id) {
        return database.sql("""
                        select revision from delivery
                        where ticket_id = :id and (result is null or result in ('SILENT', 'LATER'))
                        order by attempt desc limit 1
                        """).param("id", id.value()).query(Integer.class).optional();
    }

    @Override
    public Ticket note(Attempt attempt, Note note, Instant now) {
        TicketId id = attempt.ticket().id();
        Ticket ticket = lock(id).orElse(attempt.ticket());
        database.sql("""
                        update delivery set took_ms = :took, status = :status, result = :result, reason = :reason
                        where ticket_id = :id and attempt = :attempt
                        """)
                .param("took", note.took().toMillis())
                .param("status", note.status().orElse(null))
                .param("result", note.result().name())
                .param("reason", note.reason().orElse(null))
                .param("id", id.value())
                .param("attempt", attempt.number())
                .update();
        if (note.revision().isPresent()) {
            accepted(ticket, note.revision().get(), note.reference(), now);
        } else {
            failed(attempt, note, now);
        }
        return lock(id).orElse(ticket);
    }

    /** True whoever says it, also a worker that was thought to be lost. */
    private void accepted(Ticket ticket, int revision, Optional<Reference> reference, Instant now) {
        database.sql("""
                        update ticket set
                            delivered = greatest(delivered, least(:revision, revision)),
                            reference = coalesce(:reference, reference), link = coalesce(:link, link),
                            attempts = 0, reason = null, next_at = :now, updated_at = :now,
                            state = case when :revision < revision and delivered < revision then 'PENDING'
                                         when action = 'RESOLVE' then 'RESOLVED' else 'DELIVERED' end
                        where id = :id
                        """)
                .param("revision", revision)
                .param("reference", reference.map(Reference::id).orElse(null))
                .param("link", reference.flatMap(Reference::link).orElse(null))
                .param("now", at(now))
                .param("id", ticket.id().value())
                .update();
        database.sql("""
                        insert into target_state (name, last_success_at) values (:name, :now)
                        on conflict (name) do update set last_success_at = greatest(target_state.last_success_at, :now)
                        """).param("name", ticket.target()).param("now", at(now)).update();
    }

    private void failed(Attempt attempt, Note note, Instant now) {
        TicketId id = attempt.ticket().id();
        boolean gone = note.result() == Ticket.Result.GONE;
        // Only the newest attempt decides: one that was overtaken knows nothing of what came after it.
        database.sql("""
                        update ticket set attempts = attempts + :counted, reason = :reason, updated_at = :now,
                            state = :state, next_at = :next
                        where id = :id and begun = :attempt and state = 'PENDING'
                        """)
                .param("counted", gone ? 0 : 1)
                .param("reason", note.reason().orElse(null))
                .param("state", (note.pause().isPresent() ? Ticket.State.PENDING : Ticket.State.GIVEN_UP).name())
                .param("next", at(now.plus(note.pause().orElse(Duration.ZERO))))
                .param("now", at(now))
                .param("id", id.value())
                .param("attempt", attempt.number())
                .update();
        if (gone) {
            database.sql("""
                            insert into target_state (name, disabled_at, disabled_reason) values (:name, :now, :reason)
                            on conflict (name) do update set disabled_at = :now, disabled_reason = :reason
                            """)
                    .param("name", attempt.ticket().target())
                    .param("now", at(now))
                    .param("reason", note.reason().orElse(""))
                    .update();
        }
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public Optional<Instant> due(TicketId id) {
        return lock(id).filter(ticket -> ticket.progress().state() == Ticket.State.PENDING)
                .flatMap(ticket -> ticket.progress().nextAt());
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public Optional<Boolean> resend(TicketId id, Instant now) {
        Optional<Ticket> found = lock(id);
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

    @Override
    @Transactional(readOnly = true)
    public TargetState stateOf(String target) {
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
    @Transactional(propagation = Propagation.MANDATORY)
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
