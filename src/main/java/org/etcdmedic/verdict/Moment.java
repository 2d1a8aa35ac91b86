package org.etcdmedic.verdict;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.etcdmedic.evidence.Source;
import org.etcdmedic.inventory.NodeId;
import org.etcdmedic.knowledge.Text;

/**
 * Something that happened on a node around the alarm: one event, or the same line again and again in one stretch of time.
 *
 * @param at when, or when the stretch began, by the service's clock
 * @param until when the stretch ended; the same instant for one event
 * @param count how often
 * @param node where
 * @param lane whose story it belongs to
 * @param kind what sort of event it is
 * @param what id of the finding kind or of the log signature
 * @param text what happened
 * @param evidence the first and the last line of it
 * @param finding id of the finding that tells the same, where there is one
 */
public record Moment(
        Instant at,
        Instant until,
        int count,
        NodeId node,
        Lane lane,
        Kind kind,
        String what,
        Text text,
        List<Source> evidence,
        Optional<String> finding) {
    /** Copies the list. */
    public Moment {
        evidence = List.copyOf(evidence);
    }

    /** Whose story it belongs to; the lanes of a picture, from the machine up. */
    public enum Lane {
        /** The machine: boots, migrations, its clock. */
        MACHINE,
        /** The network. */
        NETWORK,
        /** Disk, CPU and memory. */
        LOAD,
        /** The etcd process. */
        ETCD,
        /** GaussDB's cluster manager. */
        CLUSTER_MANAGER,
        /** How the management plane asks for the cluster's status. */
        MANAGEMENT
    }

    /** What sort of event it is. */
    public enum Kind {
        /** A process begins or serves again. */
        START,
        /** It was asked to stop. */
        STOP,
        /** It ended, or could not begin. */
        FATAL,
        /** The cluster manager did something to it. */
        ACTION,
        /** A sign of trouble. */
        SYMPTOM,
        /** A leader was elected, a role changed, data were taken over. */
        ROUTINE,
        /** Something was done or happened to the machine. */
        EVENT
    }
}
