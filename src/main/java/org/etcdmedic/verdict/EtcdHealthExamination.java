package org.etcdmedic.verdict;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.etcdmedic.evidence.ClusterStatus;
import org.etcdmedic.evidence.EtcdHealth;
import org.etcdmedic.evidence.EtcdHealth.Answer;
import org.etcdmedic.evidence.EtcdHealth.Status;
import org.etcdmedic.evidence.EtcdHealth.Word;
import org.etcdmedic.evidence.ProcessFact;
import org.etcdmedic.evidence.Reading;
import org.etcdmedic.evidence.Source;
import org.etcdmedic.inventory.NodeId;
import org.etcdmedic.probe.Reach;

/**
 * Rows B10, B3, B4, B8 and C8: what etcd says of itself when it is asked, and whether the nodes and the cluster manager
 * agree with it. A member that cannot be asked on its own node is judged by what the others hear from it.
 */
final class EtcdHealthExamination implements Examination {
    /** With one of these nobody may say that all is well. */
    static final Set<String> COMPLAINTS = Set.of(
            "etcd-says-unhealthy",
            "etcd-silent",
            "etcd-refuses-clients",
            "etcd-without-leader",
            "etcd-not-heard",
            "etcd-member-lists-differ",
            "etcd-raft-behind");

    /** etcd refuses requests when it has so many entries to apply, and keeps so many for a follower that is behind. */
    private static final long BEHIND = 5_000;

    /** etcd's own default where no quota is set, and the share of it at which its writers should look up. */
    private static final long DEFAULT_QUOTA = 2L * 1024 * 1024 * 1024;

    private static final double NEARLY = 0.95;

    @Override
    public List<Observation> examine(NodeCase node) {
        return examine(node, List.of(node));
    }

    @Override
    public List<Observation> examine(NodeCase node, List<NodeCase> all) {
        var word = new EtcdWord(all);
        var seen = new ArrayList<Observation>();
        switch (node.evidence().etcdHealth()) {
            case Reading.Known<EtcdHealth>(EtcdHealth health, var ignored) -> {
                own(node, health, word).ifPresent(seen::add);
                health.ownStatus().ifPresent(status -> seen.addAll(status(node, status, word)));
                seen.addAll(lists(node, health, word));
            }
            case Reading.Unknown<EtcdHealth> unknown -> {
                seen.addAll(heard(node, all, word));
                gap(node, unknown.gap(), unknown.detail()).ifPresent(seen::add);
            }
        }
        word.alarms(node.node().id())
                .forEach(alarm -> seen.add(Observation.seen(
                        alarm.kind().equals("CORRUPT") ? "etcd-alarm-corrupt" : "etcd-alarm-nospace",
                        Map.of("member", word.name(alarm.member()), "alarm", alarm.kind()),
                        alarm.source())));
        return seen;
    }

    private static Optional<Observation> own(NodeCase node, EtcdHealth health, EtcdWord word) {
        Optional<Answer> own = health.ownAnswer();
        if (own.isEmpty()) {
            return gap(node, Reading.Gap.UNREADABLE, "");
        }
        Answer answer = own.get();
        boolean runs = node.etcd() instanceof EtcdState.Running;
        return switch (answer.word()) {
            case HEALTHY -> Optional.of(seen("etcd-says-healthy", answer, health.ownStatus(), word));
            case UNHEALTHY -> Optional.of(seen("etcd-says-unhealthy", answer, health.ownStatus(), word));
            case SILENT -> runs ? Optional.of(seen("etcd-silent", answer, Optional.empty(), word)) : Optional.empty();
            case REFUSED ->
                runs ? Optional.of(seen("etcd-refuses-clients", answer, Optional.empty(), word)) : Optional.empty();
            case NOT_TRUSTED, NOT_TOLD -> gap(node, Reading.Gap.NOT_PERMITTED, answer.said());
        };
    }

    private static Observation seen(String kind, Answer answer, Optional<Status> status, EtcdWord word) {
        var values = new HashMap<String, String>();
        values.put("endpoint", answer.endpoint());
        values.put("said", answer.said().isBlank() ? "-" : answer.said());
        values.put("took", answer.took().map(EtcdHealthExamination::millis).orElse("-"));
        values.put(
                "leader",
                status.filter(Status::led).map(s -> word.name(s.leader())).orElse("-"));
        values.put("term", status.map(s -> String.valueOf(s.raft().term())).orElse("-"));
        values.put("index", status.map(s -> String.valueOf(s.raft().index())).orElse("-"));
        values.put("version", status.map(Status::version).orElse("-"));
        values.put("size", status.map(s -> megabytes(s.size())).orElse("-"));
        values.put("inUse", status.map(s -> megabytes(s.inUse())).orElse("-"));
        var sources = new ArrayList<Source>();
        sources.add(answer.source());
        status.map(Status::source).ifPresent(sources::add);
        return new Observation.Seen(kind, values, sources, Optional.empty());
    }

    private static List<Observation> status(NodeCase node, Status status, EtcdWord word) {
        var seen = new ArrayList<Observation>();
        if (!status.led()) {
            seen.add(Observation.seen(
                    "etcd-without-leader",
                    Map.of("term", String.valueOf(status.raft().term()), "said", String.join("; ", status.errors())),
                    status.source()));
        }
        word.otherCluster(status)
                .ifPresent(other -> seen.add(Observation.seen(
                        "etcd-other-cluster", Map.of("own", status.cluster(), "other", other), status.source())));
        long behind = Math.max(
                word.behind(status), status.raft().index() - status.raft().applied());
        if (behind > BEHIND) {
            seen.add(Observation.seen(
                    "etcd-raft-behind",
                    Map.of(
                            "entries",
                            String.valueOf(behind),
                            "index",
                            String.valueOf(status.raft().index())),
                    status.source()));
        }
        if (status.learner()) {
            seen.add(Observation.seen("etcd-learner", Map.of(), status.source()));
        }
        long quota = quota(node);
        if (status.size().orElse(0) >= NEARLY * quota) {
            seen.add(Observation.seen(
                    "etcd-database-near-quota",
                    Map.of(
                            "size", megabytes(status.size()),
                            "inUse", megabytes(status.inUse()),
                            "quota", megabytes(OptionalLong.of(quota))),
                    status.source()));
        }
        return seen;
    }

    private static long quota(NodeCase node) {
        return switch (node.etcd()) {
            case EtcdState.Running running -> quota(running.process());
            case EtcdState.Suspended suspended -> quota(suspended.process());
            case EtcdState.Down ignored -> DEFAULT_QUOTA;
            case EtcdState.Looping ignored -> DEFAULT_QUOTA;
            case EtcdState.Unseen ignored -> Long.MAX_VALUE;
        };
    }

    private static long quota(ProcessFact process) {
        return process.flag("quota-backend-bytes")
                .filter(bytes -> bytes.matches("[0-9]{1,18}"))
                .map(Long::parseLong)
                .filter(bytes -> bytes > 0)
                .orElse(DEFAULT_QUOTA);
    }

    /** Two lists of members, and two opinions of their health (row C8). */
    private static List<Observation> lists(NodeCase node, EtcdHealth health, EtcdWord word) {
        var seen = new ArrayList<Observation>();
        Set<String> differing = word.differing(node);
        if (!differing.isEmpty()) {
            seen.add(Observation.seen(
                    "etcd-member-lists-differ",
                    Map.of("members", differing.stream().sorted().collect(Collectors.joining(", "))),
                    health.members().getFirst().source()));
        }
        List<ClusterStatus.Member> listed =
                node.evidence().clusterStatus().known().map(ClusterStatus::etcd).orElse(List.of());
        String differ = listed.stream()
                .flatMap(member -> health.answers().stream()
                        .filter(answer -> answer.endpoint().contains("//" + member.address() + ":"))
                        .filter(answer -> disagree(member, answer))
                        .map(answer ->
                                member.nodeName() + " (cm_ctl " + member.state() + ", etcd " + answer.word() + ")"))
                .collect(Collectors.joining(", "));
        if (!differ.isEmpty()) {
            seen.add(Observation.seen(
                    "etcd-and-cm-differ",
                    Map.of("members", differ),
                    listed.getFirst().source()));
        }
        int members = health.members().size();
        if (members > 0 && !listed.isEmpty() && members != listed.size()) {
            seen.add(Observation.seen(
                    "etcd-member-count-differs",
                    Map.of("etcd", String.valueOf(members), "cm", String.valueOf(listed.size())),
                    health.members().getFirst().source()));
        }
        return seen;
    }

    private static boolean disagree(ClusterStatus.Member member, Answer answer) {
        boolean healthy = answer.word() == Word.HEALTHY;
        return (member.healthy() && told(answer) && !healthy) || (member.down() && healthy);
    }

    private static boolean told(Answer answer) {
        return answer.word() != Word.NOT_TOLD && answer.word() != Word.NOT_TRUSTED;
    }

    /** What the others hear of a node that we may not look into. */
    private static List<Observation> heard(NodeCase node, List<NodeCase> all, EtcdWord word) {
        if (!(node.evidence().reach() instanceof Reach.NotIn)) {
            return List.of();
        }
        NodeId id = node.node().id();
        var words = new ArrayList<Word>();
        var sources = new ArrayList<Source>();
        var peers = new ArrayList<String>();
        for (NodeCase from : all) {
            Optional<Answer> answer = word.heard(from, id).filter(EtcdHealthExamination::told);
            if (!from.equals(node) && answer.isPresent()) {
                words.add(answer.get().word());
                sources.add(answer.get().source());
                peers.add(from.node().id().value() + " (" + answer.get().word() + ")");
            }
        }
        if (words.isEmpty()) {
            return List.of();
        }
        String kind = words.contains(Word.HEALTHY) ? "etcd-heard-by-peers" : "etcd-not-heard";
        return List.of(
                new Observation.Seen(kind, Map.of("peers", String.join(", ", peers)), sources, Optional.empty()));
    }

    /** Not to have asked etcd matters only where it runs and nobody else vouches for it. */
    private static Optional<Observation> gap(NodeCase node, Reading.Gap gap, String detail) {
        return node.etcd() instanceof EtcdState.Running && !AddressExamination.sees(node)
                ? Optional.of(new Observation.NotLooked("B10", gap, detail))
                : Optional.empty();
    }

    private static String millis(Duration took) {
        return took.toMillis() + " ms";
    }

    private static String megabytes(OptionalLong bytes) {
        return bytes.isPresent() ? Math.round(bytes.getAsLong() / 1048576.0 * 10) / 10.0 + " MiB" : "-";
    }
}
