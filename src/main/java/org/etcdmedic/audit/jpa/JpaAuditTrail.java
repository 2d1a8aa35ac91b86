package org.etcdmedic.audit.jpa;

import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.etcdmedic.audit.Actor;
import org.etcdmedic.audit.Actors;
import org.etcdmedic.audit.AuditTrail;
import org.etcdmedic.audit.Change;
import org.etcdmedic.platform.TimeOrderedId;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** The audit record in PostgreSQL. */
@Repository
class JpaAuditTrail implements AuditTrail {
    private final EntityManager entities;
    private final Actors actors;
    private final JsonMapper json;

    JpaAuditTrail(EntityManager entities, Actors actors, JsonMapper json) {
        this.entities = entities;
        this.actors = actors;
        this.json = json;
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void record(Change change, Instant now) {
        Actor actor = actors.current();
        var row = new AuditRow();
        row.id = TimeOrderedId.at(now);
        row.at = now;
        row.actor = actor.name();
        row.address = actor.address().orElse(null);
        row.action = change.action().name();
        row.target = change.target();
        row.before = change.before().map(json::writeValueAsString).orElse(null);
        row.after = change.after().map(json::writeValueAsString).orElse(null);
        entities.persist(row);
    }

    @Override
    @Transactional(readOnly = true)
    public List<Entry> newest(Filter filter, Optional<Cursor> after, int limit) {
        var conditions = new ArrayList<String>();
        var values = new HashMap<String, Object>();
        filter.actor().ifPresent(actor -> {
            conditions.add("a.actor = :actor");
            values.put("actor", actor);
        });
        filter.action().ifPresent(action -> {
            conditions.add("a.action = :action");
            values.put("action", action.name());
        });
        filter.target().ifPresent(target -> {
            conditions.add("a.target = :target");
            values.put("target", target);
        });
        after.ifPresent(cursor -> {
            conditions.add("(a.at < :at or (a.at = :at and a.id < :id))");
            values.put("at", cursor.at());
            values.put("id", cursor.id());
        });
        String where = conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
        TypedQuery<AuditRow> query = entities.createQuery(
                "select a from AuditRow a" + where + " order by a.at desc, a.id desc", AuditRow.class);
        values.forEach(query::setParameter);
        return query.setMaxResults(limit).getResultList().stream()
                .map(JpaAuditTrail::entry)
                .toList();
    }

    private static Entry entry(AuditRow row) {
        return new Entry(
                row.id,
                row.at,
                new Actor(row.actor, Optional.ofNullable(row.address)),
                Change.Action.valueOf(row.action),
                row.target,
                Optional.ofNullable(row.before),
                Optional.ofNullable(row.after));
    }
}
