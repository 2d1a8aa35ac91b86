package org.etcdmedic.ticketing.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.etcdmedic.diagnosis.DiagnosisId;
import org.etcdmedic.knowledge.Remediation;
import org.etcdmedic.ticketing.Ticket;
import org.etcdmedic.ticketing.TicketId;
import org.etcdmedic.ticketing.target.Action;
import org.etcdmedic.ticketing.target.Letter;
import org.etcdmedic.ticketing.target.Reference;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rows and what they mean. */
final class TicketRows {
    private TicketRows() {}

    /** A ticket whose row nobody else can change until the caller's transaction ends. */
    static Optional<Ticket> lock(JdbcClient database, TicketId id) {
        return database.sql("select * from ticket where id = :id for update")
                .param("id", id.value())
                .query(TicketRows::ticket)
                .optional();
    }

    static Ticket ticket(ResultSet row, int number) throws SQLException {
        var state = Ticket.State.valueOf(row.getString("state"));
        return new Ticket(
                new TicketId(row.getObject("id", UUID.class)),
                row.getString("target"),
                new DiagnosisId(row.getObject("diagnosis_id", UUID.class)),
                Remediation.Actor.valueOf(row.getString("owner")),
                row.getString("language"),
                new Ticket.Telling(
                        row.getInt("revision"),
                        Letter.Event.valueOf(row.getString("event")),
                        Action.valueOf(row.getString("action"))),
                new Ticket.Progress(
                        state,
                        row.getInt("delivered"),
                        row.getInt("attempts"),
                        state == Ticket.State.PENDING ? instant(row, "next_at") : Optional.empty(),
                        Optional.ofNullable(row.getString("reason"))),
                Optional.ofNullable(row.getString("reference")).flatMap(id -> reference(id, row)),
                instant(row, "created_at").orElseThrow(),
                instant(row, "updated_at").orElseThrow());
    }

    private static Optional<Reference> reference(String id, ResultSet row) {
        try {
            return Reference.of(id, Optional.ofNullable(row.getString("link")));
        } catch (SQLException e) {
            throw new IllegalStateException("a ticket has no column link", e);
        }
    }

    static Ticket.Delivery delivery(ResultSet row, int number) throws SQLException {
        return new Ticket.Delivery(
                row.getInt("attempt"),
                row.getInt("revision"),
                Action.valueOf(row.getString("action")),
                instant(row, "started_at").orElseThrow(),
                Optional.ofNullable(row.getObject("took_ms", Long.class)),
                Optional.ofNullable(row.getObject("status", Integer.class)),
                Optional.ofNullable(row.getString("result")).map(Ticket.Result::valueOf),
                Optional.ofNullable(row.getString("reason")));
    }

    static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
