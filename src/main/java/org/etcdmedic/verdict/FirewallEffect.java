package org.etcdmedic.verdict;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.etcdmedic.evidence.ClusterStatus;
import org.etcdmedic.evidence.EtcdEndpoints;
import org.etcdmedic.evidence.Log;
import org.etcdmedic.evidence.MarkerFiles;
import org.etcdmedic.evidence.Reading;
import org.etcdmedic.evidence.Source;
import org.etcdmedic.evidence.firewall.Action;
import org.etcdmedic.evidence.firewall.Decision.Guilty;
import org.etcdmedic.knowledge.Signature;

/** Whether members really do not reach each other: what etcd, cm_agent and cm_ctl say about it. */
final class FirewallEffect {
    private static final int QUOTED = 3;

    private FirewallEffect() {}

    /** Lines that tell of members without contact while this rule takes this traffic; empty when nobody feels it. */
    static List<Source> felt(
            NodeCase node, List<NodeCase> all, EtcdEndpoints etcd, Guilty guilty, List<EtcdTraffic> traffic) {
        var felt = new ArrayList<Source>();
        Set<String> peers = traffic.stream().map(EtcdTraffic::peer).collect(Collectors.toSet());
        boolean refuses = guilty.rule().action() instanceof Action.Reject;
        contactLines(node).stream()
                // Who is refused by a host reaches it; a rule that only drops does not do that.
                .filter(line -> refuses || !line.line().text().contains("connection refused"))
                .forEach(line -> felt.add(line.line().source()));
        if (node.etcd() instanceof EtcdState.Running) {
            felt.addAll(down(node, peers));
            all.stream()
                    .filter(other -> !other.node().id().equals(node.node().id()))
                    .forEach(other -> {
                        felt.addAll(down(other, Set.of(etcd.address())));
                        contactLines(other).stream()
                                .filter(line -> line.line().text().contains(etcd.address() + ":"))
                                .filter(line -> refuses || !line.line().text().contains("connection refused"))
                                .forEach(line -> felt.add(line.line().source()));
                    });
        }
        node.evidence().markers().known().stream()
                .flatMap(markers -> markers.markers().stream())
                .filter(marker -> marker.name().equals("etcd_manual_start")
                        && marker.content().strip().equals("cm_agent"))
                .map(MarkerFiles.Marker::source)
                .forEach(felt::add);
        return felt.stream().distinct().limit(QUOTED).toList();
    }

    /** Whether etcd ran through the window, lost contact with nobody, and cm_ctl sees every member healthy. */
    static boolean none(NodeCase node) {
        return node.etcd().ranThroughout()
                && node.evidence().etcdLog().known().isPresent()
                && contactLines(node).isEmpty()
                && node.evidence()
                        .clusterStatus()
                        .known()
                        .filter(status -> !status.etcd().isEmpty()
                                && status.etcd().stream().allMatch(ClusterStatus.Member::healthy))
                        .isPresent();
    }

    /** Where cm_ctl says so. */
    static Source[] witness(NodeCase node) {
        return node.evidence().clusterStatus() instanceof Reading.Known<ClusterStatus>(var ignored, Source source)
                ? new Source[] {source}
                : new Source[0];
    }

    private static List<Source> down(NodeCase asked, Set<String> addresses) {
        return asked.evidence().clusterStatus().known().stream()
                .flatMap(status -> status.etcd().stream())
                .filter(member -> member.down() && addresses.contains(member.address()))
                .map(ClusterStatus.Member::source)
                .toList();
    }

    /** Lines of the window that tell of lost contact between members. */
    private static List<KnownLine> contactLines(NodeCase node) {
        var lines = new ArrayList<KnownLine>();
        for (Log.Program program : List.of(Log.Program.ETCD, Log.Program.CM_AGENT)) {
            node.inWindow(program).stream()
                    .filter(line -> line.signature().about() == Signature.About.PATH)
                    .filter(line -> switch (line.signature().kind()) {
                        case SYMPTOM -> true;
                        case CM_ACTION -> !line.signature().id().equals("cma-isolation-over");
                        case START, READY, STOP, FATAL, ROUTINE -> false;
                    })
                    .forEach(lines::add);
        }
        return lines;
    }
}
