package org.etcdmedic.bundle;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.etcdmedic.evidence.EvidenceReader;
import org.etcdmedic.evidence.EvidenceWindow;
import org.etcdmedic.evidence.NodeEvidence;
import org.etcdmedic.inventory.InstanceId;
import org.etcdmedic.inventory.Node;
import org.etcdmedic.inventory.NodeId;
import org.etcdmedic.probe.Capture;
import org.etcdmedic.probe.Reach;
import org.etcdmedic.verdict.AlarmTold;
import org.etcdmedic.verdict.Judgement;
import org.etcdmedic.verdict.NodeTestimony;
import org.etcdmedic.verdict.Reasoner;

/**
 * A bundle as a case to be judged: everything but the captures themselves.
 *
 * @param instance the instance it is from
 * @param named the node that the alarm names
 * @param nodes its nodes
 * @param window when log lines testify
 * @param timeBy how the time of the alarm was found
 * @param told what the alarm told besides
 * @param files what was read
 * @param skipped what was left aside
 */
public record BundleCase(
        InstanceId instance,
        NodeId named,
        List<CaseNode> nodes,
        EvidenceWindow window,
        TimeBy timeBy,
        AlarmTold told,
        List<ReadFile> files,
        List<Skipped> skipped) {
    /** Copies the lists. */
    public BundleCase {
        nodes = List.copyOf(nodes);
        files = List.copyOf(files);
        skipped = List.copyOf(skipped);
    }

    /** How the time of the alarm was found. */
    public enum TimeBy {
        /** Whoever handed the bundle in said so, or its manifest does. */
        GIVEN,
        /** The last line with which an etcd ended that was not started again. */
        LAST_END,
        /** The last line that complains of something. */
        LAST_TROUBLE,
        /** Nothing complains: the last line that has a time. */
        LAST_LINE
    }

    /** How the zone of a node's logs was found. */
    public enum ZoneBy {
        /** Whoever handed the bundle in said so. */
        GIVEN,
        /** The node's own answer was collected, or its lines state it. */
        TOLD,
        /** Lines of another node of the bundle state it. */
        TOLD_BY_PEER,
        /** Nothing tells: the offset of the time that was given, else UTC, is an assumption. */
        ASSUMED
    }

    /**
     * A node of the bundle.
     *
     * @param node the node
     * @param visited whether somebody was on it with our probes
     * @param notIn how far that came, where it did not come in
     * @param zone the offset of its logs
     * @param zoneBy how that was found
     */
    public record CaseNode(Node node, Visited visited, Optional<Reach.NotIn> notIn, ZoneOffset zone, ZoneBy zoneBy) {}

    /** Whether somebody was on a node with our probes when the bundle was made. */
    public enum Visited {
        /** Our probes ran there. */
        LOGGED_IN,
        /** They were to run and did not get in. */
        NOT_IN,
        /** Somebody copied files. */
        BY_HAND
    }

    /** A file that was read: where it lay, whose it is, what it is. */
    public record ReadFile(String path, NodeId node, What what) {}

    /** What a file is. */
    public enum What {
        /** etcd's log. */
        ETCD_LOG,
        /** om_monitor's log. */
        OM_MONITOR_LOG,
        /** cm_agent's log. */
        CM_AGENT_LOG,
        /** gs_om's log. */
        OM_LOG,
        /** The system log. */
        SYSTEM_LOG,
        /** What {@code cm_ctl query} printed. */
        CLUSTER_STATUS,
        /** Answers of our own probes. */
        CAPTURES
    }

    /** Judges what was captured. */
    public Judgement judge(Reasoner reasoner, List<Capture> captures) {
        return reasoner.judge(
                named,
                nodes.stream()
                        .map(node -> new NodeTestimony(node.node(), evidence(node, captures)))
                        .toList(),
                window,
                told);
    }

    private NodeEvidence evidence(CaseNode node, List<Capture> captures) {
        Instant at = window.alarmedAt();
        NodeId id = node.node().id();
        return switch (node.visited()) {
            case LOGGED_IN ->
                EvidenceReader.read(id, new Reach.LoggedIn(at, java.time.Duration.ZERO, "", ""), captures, window);
            case NOT_IN ->
                EvidenceReader.read(
                        id,
                        node.notIn().orElseThrow(() -> new IllegalStateException("a way that ended has an obstacle")),
                        captures,
                        window);
            case BY_HAND ->
                EvidenceReader.read(
                        id, new Reach.Collected(at, java.time.Duration.ZERO), captures, window, node.zone());
        };
    }
}
