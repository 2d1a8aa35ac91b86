package org.etcdmedic.verdict;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.etcdmedic.evidence.Source;
import org.etcdmedic.knowledge.Signature;

/** Writes the {@link Timeline}: known lines of the logs and dated findings of all nodes, repeats gathered into one moment. */
final class Chronicle {
    /** More than a person reads, and enough for a picture. */
    static final int LONGEST = 400;

    /** The same line again within this time belongs to the same moment. */
    static final Duration SAME_STRETCH = Duration.ofSeconds(15);

    /** Lines of normal life that tell how the cluster moved; the others only fill the page. */
    private static final Set<String> TOLD_ROUTINE = Set.of(
            "raft-elected-leader",
            "raft-role",
            "raft-timeoutnow",
            "peer-active",
            "stream-established",
            "snapshot-applied");

    /** A new process tells a dozen things of its beginning; one of them is enough. */
    private static final String BEGINNING = "start-banner";

    private final Wording wording;

    Chronicle(Wording wording) {
        this.wording = wording;
    }

    Timeline of(List<NodeCase> nodes, List<Finding> findings) {
        var moments = new ArrayList<Moment>();
        for (NodeCase node : nodes) {
            List<Finding> own = findings.stream()
                    .filter(finding -> finding.node().equals(node.node().id()))
                    .filter(finding -> finding.state() == Finding.State.OBSERVED)
                    .toList();
            moments.addAll(lines(node, own));
            moments.addAll(dated(node, own));
        }
        return cut(moments);
    }

    private List<Moment> lines(NodeCase node, List<Finding> own) {
        var told = new HashMap<String, String>();
        own.forEach(finding -> told.putIfAbsent(finding.kind(), finding.id()));
        var open = new HashMap<String, Moment>();
        var done = new ArrayList<Moment>();
        node.known().stream()
                .filter(line -> line.at().filter(node.window()::contains).isPresent())
                .filter(line -> tellsAStory(line.signature()))
                .sorted(Comparator.comparing(line -> line.at().orElseThrow()))
                .forEach(line -> {
                    String key = line.program() + " " + line.signature().id();
                    Moment before = open.get(key);
                    if (before != null && goesOn(before, line)) {
                        open.put(key, again(before, line));
                    } else {
                        Optional.ofNullable(before).ifPresent(done::add);
                        open.put(
                                key,
                                moment(
                                        node,
                                        line,
                                        Optional.ofNullable(
                                                told.get(line.signature().id()))));
                    }
                });
        return Stream.concat(done.stream(), open.values().stream()).toList();
    }

    private static boolean tellsAStory(Signature signature) {
        return switch (signature.kind()) {
            case READY, STOP, FATAL, CM_ACTION, SYMPTOM -> true;
            case START -> signature.id().equals(BEGINNING);
            case ROUTINE -> TOLD_ROUTINE.contains(signature.id());
        };
    }

    /** A line that says something else of its values (another peer, another leader) is another moment. */
    private static boolean goesOn(Moment before, KnownLine line) {
        return !line.at().orElseThrow().isAfter(before.until().plus(SAME_STRETCH))
                && (line.signature().kind() == Signature.Kind.SYMPTOM
                        || line.at().orElseThrow().equals(before.until()));
    }

    private static Moment again(Moment m, KnownLine line) {
        Source last = line.line().source();
        return new Moment(
                m.at(),
                line.at().orElseThrow(),
                m.count() + 1,
                m.node(),
                m.lane(),
                m.kind(),
                m.what(),
                m.text(),
                List.of(m.evidence().getFirst(), last),
                m.finding());
    }

    private Moment moment(NodeCase node, KnownLine line, Optional<String> finding) {
        Instant at = line.at().orElseThrow();
        return new Moment(
                at,
                at,
                1,
                node.node().id(),
                lane(line),
                kind(line.signature().kind()),
                line.signature().id(),
                wording.line(node, line),
                List.of(line.line().source()),
                finding);
    }

    /** What is dated and stands in no log that is told line by line: boots, machine events, memory kills, measured peaks. */
    private static List<Moment> dated(NodeCase node, List<Finding> own) {
        Set<String> lines =
                node.known().stream().map(line -> line.signature().id()).collect(Collectors.toSet());
        return own.stream()
                .filter(finding -> !lines.contains(finding.kind()))
                .filter(finding -> finding.at().filter(node.window()::contains).isPresent())
                .map(finding -> new Moment(
                        finding.at().orElseThrow(),
                        finding.at().orElseThrow(),
                        1,
                        finding.node(),
                        lane(finding.check()),
                        Moment.Kind.EVENT,
                        finding.kind(),
                        finding.statement(),
                        finding.evidence(),
                        Optional.of(finding.id())))
                .toList();
    }

    private static Moment.Lane lane(KnownLine line) {
        return switch (line.program()) {
            case CM_AGENT, OM_MONITOR -> Moment.Lane.CLUSTER_MANAGER;
            case OM -> Moment.Lane.MANAGEMENT;
            case ETCD ->
                switch (line.signature().kind()) {
                    case START, READY, STOP, FATAL -> Moment.Lane.ETCD;
                    case CM_ACTION, SYMPTOM, ROUTINE -> lane(line.signature().check());
                };
        };
    }

    /** By the branch of the runbook that the row belongs to. */
    private static Moment.Lane lane(String check) {
        return switch (check.charAt(0)) {
            case 'V' -> Moment.Lane.MACHINE;
            case 'N' -> Moment.Lane.NETWORK;
            case 'O' -> Moment.Lane.LOAD;
            case 'M' -> Moment.Lane.MANAGEMENT;
            default -> Moment.Lane.ETCD;
        };
    }

    private static Moment.Kind kind(Signature.Kind kind) {
        return switch (kind) {
            case START, READY -> Moment.Kind.START;
            case STOP -> Moment.Kind.STOP;
            case FATAL -> Moment.Kind.FATAL;
            case CM_ACTION -> Moment.Kind.ACTION;
            case SYMPTOM -> Moment.Kind.SYMPTOM;
            case ROUTINE -> Moment.Kind.ROUTINE;
        };
    }

    private static Timeline cut(List<Moment> all) {
        List<Moment> kept = all.stream()
                .sorted(Comparator.comparingInt((Moment moment) -> weight(moment.kind()))
                        .thenComparing(Moment::at))
                .limit(LONGEST)
                .sorted(Comparator.comparing(Moment::at)
                        .thenComparing(Moment::lane)
                        .thenComparing(Moment::what))
                .toList();
        return new Timeline(kept, all.size() - kept.size());
    }

    private static int weight(Moment.Kind kind) {
        return switch (kind) {
            case EVENT, FATAL, STOP, ACTION -> 0;
            case START -> 1;
            case SYMPTOM -> 2;
            case ROUTINE -> 3;
        };
    }
}
