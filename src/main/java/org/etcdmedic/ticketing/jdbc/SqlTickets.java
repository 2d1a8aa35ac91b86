package org.etcdmedic.ticketing.jdbc;

import static org.etcdmedic.ticketing.jdbc.TicketRows.at;

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
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The tickets in PostgreSQL, as they are read. */
@Repository
@Transactional(readOnly = true)
class SqlTickets implements Tickets {
    private final JdbcClient database;

    SqlTickets(DataSource database) {
        this.database = JdbcClient.create(database);
    }

    @Override
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
}
