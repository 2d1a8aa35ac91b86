package org.etcdmedic.bundle;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.etcdmedic.evidence.EvidenceReader;
import org.etcdmedic.evidence.EvidenceWindow;
import org.etcdmedic.evidence.NodeEvidence;
import org.etcdmedic.evidence.OutsideReader;
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
 * @param toldOfOthers what alarms told of nodes that the first one does not name; empty in a case from before this was kept
 * @param packaged whose package it is; empty for what was collected by hand, and for nodes that were asked
 */
public record BundleCase(
        InstanceId instance,
        NodeId named,
        List<CaseNode> nodes,
        EvidenceWindow window,
        TimeBy timeBy,
        AlarmTold told,
        List<ReadFile> files,
        List<Skipped> skipped,
        Optional<Map<String, AlarmTold>> toldOfOthers,
        Optional<Packaged> packaged) {
    /** Copies the lists. */
    public BundleCase {
        nodes = List.copyOf(nodes);
        files = List.copyOf(files);
        skipped = List.copyOf(skipped);
        toldOfOthers = toldOfOthers.map(Map::copyOf);
    }

    /**
     * Where a package comes from. All its names are pseudonyms, which only the service that made it can look up.
     *
     * @param diagnosis identifier of the diagnosis there
     * @param product release of the product that made it
     * @param knowledge version of the knowledge that judged it
     */
    public record Packaged(String diagnosis, String product, String knowledge) {}

    /** The same with these parts left aside. */
    BundleCase withSkipped(List<Skipped> parts) {
        return new BundleCase(instance, named, nodes, window, timeBy, told, files, parts, toldOfOthers, packaged);
    }

    /** The same, from a package. */
    public BundleCase from(Packaged source) {
        return new BundleCase(
                instance, named, nodes, window, timeBy, told, files, skipped, toldOfOthers, Optional.of(source));
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
    public record CaseNode(Node node, Visited visited, Optional<Reach.NotIn> notIn, ZoneOffset zone, ZoneBy zoneBy) {
        /** A node that we went to, or tried to. */
        public static CaseNode asked(Node node, Reach reach) {
            return switch (reach) {
                case Reach.NotIn not ->
                    new CaseNode(node, Visited.NOT_IN, Optional.of(not), ZoneOffset.UTC, ZoneBy.TOLD);
                case Reach.LoggedIn ignored ->
                    new CaseNode(node, Visited.LOGGED_IN, Optional.empty(), ZoneOffset.UTC, ZoneBy.TOLD);
                case Reach.Collected ignored ->
                    new CaseNode(node, Visited.BY_HAND, Optional.empty(), ZoneOffset.UTC, ZoneBy.TOLD);
            };
        }
    }

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
                        .map(node -> new NodeTestimony(
                                node.node(),
                                evidence(node, captures),
                                OutsideReader.read(node.node().id(), captures)))
                        .toList(),
                window,
                byNode());
    }

    /** What the alarms told, by the node that they name. */
    private Map<NodeId, AlarmTold> byNode() {
        var byNode = new HashMap<NodeId, AlarmTold>();
        toldOfOthers.orElse(Map.of()).forEach((node, other) -> byNode.put(new NodeId(node), other));
        byNode.put(named, told);
        return byNode;
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
