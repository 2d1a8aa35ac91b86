package org.etcdmedic.ticketing.jdbc;

import static org.etcdmedic.ticketing.jdbc.TicketRows.at;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import javax.sql.DataSource;
import org.etcdmedic.ticketing.Attempts;
import org.etcdmedic.ticketing.TargetStates;
import org.etcdmedic.ticketing.Ticket;
import org.etcdmedic.ticketing.TicketId;
import org.etcdmedic.ticketing.target.Action;
import org.etcdmedic.ticketing.target.Limits;
import org.etcdmedic.ticketing.target.Reference;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * What is tried, in PostgreSQL. An attempt is begun and noted in a transaction each, under the lock of the ticket's row; in between, while
 * the target is spoken to, nothing is held.
 */
@Repository
@Transactional
class SqlAttempts implements Attempts {
    /** A target that is switched off is asked for so often, in case nobody wakes the job. */
    private static final Duration WHILE_OFF = Duration.ofMinutes(10);

    private final JdbcClient database;
    private final TargetStates targets;
    private final TargetRates rates;

    SqlAttempts(DataSource database, TargetStates targets) {
        this.database = JdbcClient.create(database);
        this.targets = targets;
        this.rates = new TargetRates(this.database);
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<String> target(TicketId id) {
        return database.sql("select target from ticket where id = :id")
                .param("id", id.value())
                .query(String.class)
                .optional();
    }

    @Override
    public Beginning begin(TicketId id, Limits limits, Instant now) {
        Optional<Ticket> found =
                TicketRows.lock(database, id).filter(ticket -> ticket.progress().state() == Ticket.State.PENDING);
        if (found.isEmpty()) {
            return new Beginning.Nothing();
        }
        Ticket ticket = found.get();
        Instant next = ticket.progress().nextAt().orElse(now);
        if (next.isAfter(now)) {
            return new Beginning.Wait(next);
        }
        if (targets.of(ticket.target()).disabledAt().isPresent()) {
            return new Beginning.Wait(now.plus(WHILE_OFF));
        }
        if (ticket.progress().delivered() == 0 && limits.searchLag().isPositive()) {
            Optional<Instant> known = lastDoubt(id).map(sent -> sent.plus(limits.searchLag()));
            if (known.filter(now::isBefore).isPresent()) {
                return new Beginning.Wait(known.get());
            }
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

    /**
     * The oldest telling that may have been sent with nobody knowing what became of it. A later attempt may have come no further than the
     * search for it: what is told twice does no harm, what is taken for told is lost.
     */
    private Optional<Integer> doubtful(TicketId id) {
        return database.sql("""
                        select revision from delivery
                        where ticket_id = :id and (result is null or result in ('SILENT', 'LATER'))
                        order by revision limit 1
                        """).param("id", id.value()).query(Integer.class).optional();
    }

    private Optional<Instant> lastDoubt(TicketId id) {
        return database.sql("""
                        select started_at from delivery
                        where ticket_id = :id and (result is null or result in ('SILENT', 'LATER'))
                        order by attempt desc limit 1
                        """)
                .param("id", id.value())
                .query((row, number) -> row.getObject(1, OffsetDateTime.class).toInstant())
                .optional();
    }

    @Override
    public Ticket note(Attempt attempt, Note note, Instant now) {
        TicketId id = attempt.ticket().id();
        Ticket ticket = TicketRows.lock(database, id).orElse(attempt.ticket());
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
        return TicketRows.lock(database, id).orElse(ticket);
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
        targets.accepted(ticket.target(), now);
    }

    private void failed(Attempt attempt, Note note, Instant now) {
        TicketId id = attempt.ticket().id();
        boolean gone = note.result() == Ticket.Result.GONE;
        // Only the newest attempt decides: one that was overtaken knows nothing of what came after it.
        database.sql("""
                        update ticket set attempts = attempts + 1, reason = :reason, updated_at = :now,
                            state = :state, next_at = :next
                        where id = :id and begun = :attempt and state = 'PENDING'
                        """)
                .param("reason", note.reason().orElse(null))
                .param("state", (note.pause().isPresent() ? Ticket.State.PENDING : Ticket.State.GIVEN_UP).name())
                .param("next", at(now.plus(note.pause().orElse(Duration.ZERO))))
                .param("now", at(now))
                .param("id", id.value())
                .param("attempt", attempt.number())
                .update();
        if (gone) {
            targets.gone(attempt.ticket().target(), note.reason().orElse(""), now);
        }
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public Optional<Instant> due(TicketId id) {
        return TicketRows.lock(database, id)
                .filter(ticket -> ticket.progress().state() == Ticket.State.PENDING)
                .flatMap(ticket -> ticket.progress().nextAt());
    }
}
