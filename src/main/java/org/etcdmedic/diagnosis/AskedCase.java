package org.etcdmedic.diagnosis;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.etcdmedic.bundle.BundleCase;
import org.etcdmedic.evidence.EvidenceReader;
import org.etcdmedic.evidence.EvidenceWindow;
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
 * Nodes that were asked, as a case to be judged: everything but what was captured and what the alarms told. It can be judged
 * again as long as those are kept.
 *
 * @param named the node that the first alarm names
 * @param nodes the instance's nodes, as the inventory had them then
 * @param window when log lines testify
 */
public record AskedCase(NodeId named, List<AskedNode> nodes, EvidenceWindow window) {
    /** Copies the list. */
    public AskedCase {
        nodes = List.copyOf(nodes);
    }

    /**
     * A node that was to be asked.
     *
     * @param node the node
     * @param loggedIn the way in, where we came in
     * @param notIn how far we came, where we did not
     */
    public record AskedNode(Node node, Optional<Reach.LoggedIn> loggedIn, Optional<Reach.NotIn> notIn) {
        /** A node and the way into it. Nobody is asked who was collected by hand. */
        public static AskedNode of(Node node, Reach reach) {
            return switch (reach) {
                case Reach.LoggedIn in -> new AskedNode(node, Optional.of(in), Optional.empty());
                case Reach.NotIn out -> new AskedNode(node, Optional.empty(), Optional.of(out));
                case Reach.Collected ignored ->
                    throw new IllegalArgumentException("what was collected by hand is a bundle");
            };
        }

        private Reach reach() {
            return loggedIn.<Reach>map(in -> in)
                    .or(() -> notIn)
                    .orElseThrow(() -> new IllegalStateException("we came in, or we did not"));
        }

        private NodeTestimony testimony(List<Capture> captures, EvidenceWindow window) {
            return new NodeTestimony(
                    node,
                    EvidenceReader.read(node.id(), reach(), captures, window),
                    OutsideReader.read(node.id(), captures));
        }
    }

    /** Judges what was captured of all nodes, by reading it anew. */
    public Judgement judge(Reasoner reasoner, List<Capture> captures, List<Told> told) {
        return judgeRead(
                reasoner,
                nodes.stream().map(node -> node.testimony(captures, window)).toList(),
                told);
    }

    /** The same, of what was read of the captures already. */
    Judgement judgeRead(Reasoner reasoner, List<NodeTestimony> testimonies, List<Told> told) {
        return reasoner.judge(named, testimonies, window, byNode(told));
    }

    /** The same as a case that can be packed and handed on. */
    public BundleCase about(InstanceId instance, List<Told> told) {
        Map<NodeId, AlarmTold> said = byNode(told);
        var others = new LinkedHashMap<String, AlarmTold>();
        said.forEach((node, words) -> {
            if (!node.equals(named)) {
                others.put(node.value(), words);
            }
        });
        return new BundleCase(
                instance,
                named,
                nodes.stream()
                        .map(node -> BundleCase.CaseNode.asked(node.node(), node.reach()))
                        .toList(),
                window,
                BundleCase.TimeBy.GIVEN,
                said.getOrDefault(named, AlarmTold.NOTHING),
                List.of(),
                List.of(),
                others.isEmpty() ? Optional.empty() : Optional.of(others),
                Optional.empty());
    }

    /** What the alarms told of each node. An empty answer of the cluster manager, once told, is what row M1 is about. */
    private static Map<NodeId, AlarmTold> byNode(List<Told> told) {
        var byNode = new LinkedHashMap<NodeId, AlarmTold>();
        for (Told one : told) {
            var said = new AlarmTold(
                    one.vmEvents().stream()
                            .map(event -> new AlarmTold.Event(AlarmTold.Kind.valueOf(event.type()), event.occurredAt()))
                            .toList(),
                    Optional.ofNullable(one.clusterStatus()));
            byNode.merge(one.node(), said, AlarmTold::and);
        }
        return byNode;
    }
}
