package org.etcdmedic.verdict;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.etcdmedic.evidence.ProcessFact;
import org.etcdmedic.evidence.Reading;
import org.etcdmedic.evidence.Source;

/** Row P1: does etcd run, since when, and was it restarted near the alarm. */
final class ProcessExamination implements Examination {
    @Override
    public List<Observation> examine(NodeCase node) {
        return switch (node.etcd()) {
            case EtcdState.Unseen(var why) -> unseen(node, why);
            case EtcdState.Down ignored ->
                List.of(new Observation.Seen(
                        "etcd-not-running",
                        Map.of("user", node.node().dbUser().name()),
                        processSources(node),
                        Optional.empty()));
            case EtcdState.Looping looping ->
                List.of(new Observation.Seen(
                        "etcd-restarts-repeated",
                        Map.of("count", String.valueOf(looping.starts())),
                        looping.lines().stream()
                                .map(line -> line.line().source())
                                .limit(5)
                                .toList(),
                        looping.lines().getFirst().at()));
            case EtcdState.Suspended(ProcessFact process, Instant since) ->
                List.of(Observation.seen(
                        "etcd-suspended",
                        Map.of("pid", String.valueOf(process.pid()), "processState", String.valueOf(process.state())),
                        process.source()));
            case EtcdState.Running running -> running(running);
        };
    }

    /** Where nobody saw the process, its own log may tell that it was started anew. */
    private static List<Observation> unseen(NodeCase node, Reading.Unknown<?> why) {
        var seen = new ArrayList<Observation>();
        seen.add(Observation.notLooked("P1", why));
        LogStory.restart(node)
                .map(banner -> new Observation.Seen(
                        "etcd-restarted-in-log",
                        Map.of("startedAt", banner.at().map(Instants::text).orElse("-")),
                        List.of(banner.line().source()),
                        banner.at()))
                .ifPresent(seen::add);
        return seen;
    }

    private static List<Observation> running(EtcdState.Running running) {
        ProcessFact process = running.process();
        String since = Instants.text(running.since());
        var seen = new ArrayList<Observation>();
        seen.add(Observation.seen(
                "etcd-running",
                Map.of(
                        "pid", String.valueOf(process.pid()),
                        "startedAt", since,
                        "path", process.executable().orElse("etcd")),
                process.source()));
        switch (running.begun()) {
            case BEFORE ->
                seen.add(Observation.seen("etcd-not-restarted", Map.of("startedAt", since), process.source()));
            case WITHIN ->
                seen.add(new Observation.Seen(
                        "etcd-restarted",
                        Map.of("pid", String.valueOf(process.pid()), "startedAt", since),
                        List.of(process.source()),
                        Optional.of(running.since())));
            case AFTER ->
                seen.add(new Observation.NotLooked("P1", Reading.Gap.MISSING, "etcd was started later, at " + since));
        }
        return seen;
    }

    private static List<Source> processSources(NodeCase node) {
        return Sources.of(node.evidence().processes());
    }
}
