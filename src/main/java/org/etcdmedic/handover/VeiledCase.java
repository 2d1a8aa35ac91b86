package org.etcdmedic.handover;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.etcdmedic.bundle.BundleCase;
import org.etcdmedic.bundle.BundleCase.CaseNode;
import org.etcdmedic.bundle.BundleCase.Packaged;
import org.etcdmedic.inventory.InstanceId;
import org.etcdmedic.inventory.Node;
import org.etcdmedic.inventory.NodeId;
import org.etcdmedic.probe.Capture;
import org.etcdmedic.probe.Reach;
import org.etcdmedic.veil.Veil;
import org.etcdmedic.verdict.AlarmTold;
import org.jspecify.annotations.Nullable;

/**
 * A case and its captures under a veil.
 *
 * @param about the case
 * @param captures what was captured
 */
record VeiledCase(BundleCase about, List<Capture> captures) {
    static VeiledCase of(BundleCase about, List<Capture> captures, Packaged source, Veil veil) {
        var others = new LinkedHashMap<String, AlarmTold>();
        about.toldOfOthers().orElse(Map.of()).forEach((node, told) -> others.put(veil.text(node), told(told, veil)));
        var veiled = new BundleCase(
                new InstanceId(veil.text(about.instance().value())),
                id(about.named(), veil),
                about.nodes().stream().map(node -> node(node, veil)).toList(),
                about.window(),
                about.timeBy(),
                told(about.told(), veil),
                List.of(),
                List.of(),
                others.isEmpty() ? Optional.empty() : Optional.of(others),
                Optional.of(source));
        return new VeiledCase(
                veiled, captures.stream().map(capture -> capture(capture, veil)).toList());
    }

    /** Everything in a case that somebody wrote freely. */
    static List<String> words(BundleCase about) {
        var words = new ArrayList<String>();
        about.nodes().forEach(node -> node.notIn().ifPresent(way -> words.add(way.detail())));
        about.told().clusterStatus().ifPresent(words::add);
        about.toldOfOthers()
                .orElse(Map.of())
                .values()
                .forEach(told -> told.clusterStatus().ifPresent(words::add));
        return words;
    }

    private static NodeId id(NodeId id, Veil veil) {
        return new NodeId(veil.text(id.value()));
    }

    private static Capture capture(Capture capture, Veil veil) {
        Capture veiled = veil.capture(capture);
        NodeId node = id(capture.node(), veil);
        return switch (veiled) {
            case Capture.Answer a ->
                new Capture.Answer(
                        a.id(),
                        node,
                        a.question(),
                        a.command(),
                        a.startedAt(),
                        a.took(),
                        a.exitStatus(),
                        a.text(),
                        a.errorText(),
                        a.bytes(),
                        a.truncated(),
                        a.who());
            case Capture.NoAnswer n ->
                new Capture.NoAnswer(
                        n.id(),
                        node,
                        n.question(),
                        n.command(),
                        n.startedAt(),
                        n.took(),
                        n.reason(),
                        n.detail(),
                        n.text(),
                        n.who());
        };
    }

    private static AlarmTold told(AlarmTold told, Veil veil) {
        return new AlarmTold(told.events(), told.clusterStatus().map(veil::text));
    }

    private static CaseNode node(CaseNode stated, Veil veil) {
        Node node = stated.node();
        var etcd = node.etcd();
        var paths = node.paths();
        var veiled = new Node(
                id(node.id(), veil),
                maybe(node.vmId(), veil),
                veil.text(node.host()),
                node.sshPort(),
                veil.text(node.login()),
                maybe(node.bastion(), veil),
                node.dbUser(),
                new Node.StatedEtcd(maybe(etcd.address(), veil), etcd.clientPort(), etcd.peerPort()),
                new Node.StatedPaths(
                        maybe(paths.gaussHome(), veil),
                        maybe(paths.gaussLog(), veil),
                        maybe(paths.etcdDataDir(), veil)));
        return new CaseNode(
                veiled,
                stated.visited(),
                stated.notIn()
                        .map(way -> new Reach.NotIn(
                                way.startedAt(),
                                way.took(),
                                way.obstacle(),
                                veil.text(way.detail()),
                                way.hostAnswers())),
                stated.zone(),
                stated.zoneBy());
    }

    private static @Nullable String maybe(@Nullable String text, Veil veil) {
        return text == null ? null : veil.text(text);
    }
}
