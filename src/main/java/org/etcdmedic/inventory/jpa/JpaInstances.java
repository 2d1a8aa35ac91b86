package org.etcdmedic.inventory.jpa;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.etcdmedic.inventory.Instance;
import org.etcdmedic.inventory.InstanceDocument;
import org.etcdmedic.inventory.InstanceDocument.NodeDocument;
import org.etcdmedic.inventory.InstanceId;
import org.etcdmedic.inventory.Instances;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The inventory in PostgreSQL. */
@Repository
@Transactional
class JpaInstances implements Instances {
    private static final TypeReference<List<NodeDocument>> NODES = new TypeReference<>() {};

    private final InstanceRows rows;
    private final JsonMapper json;

    JpaInstances(InstanceRows rows, JsonMapper json) {
        this.rows = rows;
        this.json = json;
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<Instance> find(InstanceId id) {
        return rows.findById(id.value()).map(this::instance);
    }

    @Override
    @Transactional(readOnly = true)
    public List<Instance> all() {
        return rows.findAllByOrderByInstanceId().stream().map(this::instance).toList();
    }

    @Override
    public boolean put(Instance instance, Instant now) {
        Optional<InstanceRow> old = rows.findById(instance.id().value());
        InstanceRow row = old.orElseGet(InstanceRow::new);
        row.instanceId = instance.id().value();
        row.name = instance.name();
        row.nodes = json.writeValueAsString(InstanceDocument.of(instance).nodes());
        row.updatedAt = now;
        rows.save(row);
        return old.isEmpty();
    }

    @Override
    public boolean remove(InstanceId id) {
        boolean there = rows.existsById(id.value());
        if (there) {
            rows.deleteById(id.value());
        }
        return there;
    }

    private Instance instance(InstanceRow row) {
        return new InstanceDocument(row.name, json.readValue(row.nodes, NODES))
                .toInstance(new InstanceId(row.instanceId));
    }
}
