package org.etcdmedic.diagnosis;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.etcdmedic.audit.AuditTrail;
import org.etcdmedic.audit.Change;
import org.etcdmedic.inventory.Instance;
import org.etcdmedic.inventory.InstanceId;
import org.etcdmedic.inventory.Instances;
import org.etcdmedic.inventory.NodeId;
import org.springframework.transaction.annotation.Transactional;

/** Starts a diagnosis by hand, without an alarm. */
public class StartDiagnosis {
    private final Diagnoses diagnoses;
    private final Instances instances;
    private final RequestKeys keys;
    private final AuditTrail audit;
    private final Clock clock;

    StartDiagnosis(Diagnoses diagnoses, Instances instances, RequestKeys keys, AuditTrail audit, Clock clock) {
        this.diagnoses = diagnoses;
        this.instances = instances;
        this.keys = keys;
        this.audit = audit;
        this.clock = clock;
    }

    /** What came of it. */
    public sealed interface Start {
        /** Queued, or joined to the open one. */
        record Started(Opening opening) implements Start {}

        /** The instance is not in the inventory. */
        record UnknownInstance() implements Start {}

        /** The instance has no such node. */
        record UnknownNode() implements Start {}
    }

    /**
     * Starts it.
     *
     * @param instance the instance
     * @param node the node to look at first
     * @param at when it hurt; now when empty
     * @param key makes it the same wish when it comes twice
     */
    @Transactional
    public Start start(InstanceId instance, NodeId node, Optional<Instant> at, Optional<RequestKey> key) {
        Instant now = clock.instant();
        Optional<Opening> before = key.flatMap(known -> keys.known(known, now));
        if (before.isPresent()) {
            return new Start.Started(before.get());
        }
        Optional<Instance> known = instances.find(instance);
        if (known.isEmpty()) {
            return new Start.UnknownInstance();
        }
        return known.get()
                .node(node)
                .<Start>map(n -> started(new Symptom(instance, node, n.vmId(), at.orElse(now)), key, now))
                .orElseGet(Start.UnknownNode::new);
    }

    private Start started(Symptom symptom, Optional<RequestKey> key, Instant now) {
        Opening opening = diagnoses.open(symptom, now);
        key.ifPresent(given -> keys.keep(given, opening, now));
        audit.record(Change.of(Change.Action.DIAGNOSIS_STARTED, opening.id().toString()), now);
        return new Start.Started(opening);
    }
}
