package org.etcdmedic.inventory.jpa;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.etcdmedic.audit.AuditTrail;
import org.etcdmedic.audit.Change;
import org.etcdmedic.audit.Change.Action;
import org.etcdmedic.inventory.Instance;
import org.etcdmedic.inventory.InstanceDocument;
import org.etcdmedic.inventory.InstanceDocument.NodeDocument;
import org.etcdmedic.inventory.InstanceId;
import org.etcdmedic.inventory.Instances;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The inventory in PostgreSQL. */
@Repository
@Transactional
class JpaInstances implements Instances {
    private static final TypeReference<List<NodeDocument>> NODES = new TypeReference<>() {};

    private static final Duration FRESH = Duration.ofSeconds(10);

    /** In a storm the same instances are asked for all the time; reading and parsing them was a quarter of taking an alarm in. */
    private final Cache<InstanceId, Instance> recalled =
            Caffeine.newBuilder().expireAfterWrite(FRESH).maximumSize(10_000).build();

    private final InstanceRows rows;
    private final AuditTrail audit;
    private final JsonMapper json;

    JpaInstances(InstanceRows rows, AuditTrail audit, JsonMapper json) {
        this.rows = rows;
        this.audit = audit;
        this.json = json;
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<Instance> find(InstanceId id) {
        return rows.findById(id.value()).map(this::instance);
    }

    @Override
    @Transactional(propagation = Propagation.SUPPORTS)
    public Optional<Instance> recall(InstanceId id) {
        return Optional.ofNullable(recalled.getIfPresent(id)).or(() -> {
            Optional<Instance> found = rows.findById(id.value()).map(this::instance);
            found.ifPresent(instance -> recalled.put(id, instance));
            return found;
        });
    }

    @Override
    @Transactional(readOnly = true)
    public List<Instance> all() {
        return rows.findAllByOrderByInstanceId().stream().map(this::instance).toList();
    }

    @Override
    public boolean put(Instance instance, Instant now) {
        return put(instance, before -> true, now);
    }

    @Override
    public boolean put(Instance instance, Predicate<Optional<Instance>> expected, Instant now) {
        rows.serialize(instance.id().value());
        Optional<InstanceRow> old = rows.findById(instance.id().value());
        Optional<Instance> before = old.map(this::instance);
        if (!expected.test(before)) {
            throw new NotAsExpected();
        }
        if (before.filter(instance::equals).isPresent()) {
            return false;
        }
        InstanceRow row = old.orElseGet(InstanceRow::new);
        row.instanceId = instance.id().value();
        row.name = instance.name();
        row.nodes = json.writeValueAsString(InstanceDocument.of(instance).nodes());
        row.updatedAt = now;
        rows.save(row);
        forget(instance.id());
        record(
                before.isEmpty() ? Action.INSTANCE_CREATED : Action.INSTANCE_REPLACED,
                instance.id(),
                before,
                Optional.of(instance),
                now);
        return before.isEmpty();
    }

    @Override
    public boolean remove(InstanceId id, Predicate<Optional<Instance>> expected, Instant now) {
        rows.serialize(id.value());
        Optional<Instance> before = find(id);
        if (!expected.test(before)) {
            throw new NotAsExpected();
        }
        if (before.isPresent()) {
            rows.deleteById(id.value());
            forget(id);
            record(Action.INSTANCE_REMOVED, id, before, Optional.empty(), now);
        }
        return before.isPresent();
    }

    /** Once it is committed: until then somebody may remember the old one. */
    private void forget(InstanceId id) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCompletion(int status) {
                recalled.invalidate(id);
            }
        });
    }

    private void record(
            Action action, InstanceId id, Optional<Instance> before, Optional<Instance> after, Instant now) {
        var change = new Change(action, id.value(), before.map(InstanceDocument::of), after.map(InstanceDocument::of));
        audit.record(change, now);
    }

    private Instance instance(InstanceRow row) {
        return new InstanceDocument(row.name, json.readValue(row.nodes, NODES))
                .toInstance(new InstanceId(row.instanceId));
    }
}
