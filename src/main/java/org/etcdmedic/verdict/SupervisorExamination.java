package org.etcdmedic.verdict;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.etcdmedic.evidence.ProcessFact;
import org.etcdmedic.evidence.ProcessTable;
import org.etcdmedic.evidence.Reading;
import org.etcdmedic.evidence.Schedule;
import org.etcdmedic.evidence.Source;

/**
 * Row C4: om_monitor starts etcd and keeps it alive, and the database user's crontab starts om_monitor each minute. etcd
 * that is down without om_monitor stays down.
 */
final class SupervisorExamination implements Examination {
    @Override
    public List<Observation> examine(NodeCase node) {
        return switch (node.evidence().processes()) {
            case Reading.Unknown<ProcessTable> unknown -> List.of(Observation.notLooked("C4", unknown));
            case Reading.Known<ProcessTable>(ProcessTable table, Source source) -> {
                Optional<ProcessFact> monitor = table.own("om_monitor").stream().findFirst();
                var seen = new ArrayList<Observation>();
                if (monitor.isPresent()) {
                    seen.add(Observation.seen(
                            "om-monitor-running",
                            Map.of("pid", String.valueOf(monitor.get().pid())),
                            monitor.get().source()));
                } else {
                    seen.addAll(missing(node, table, source));
                }
                if (table.own("cm_agent").isEmpty()) {
                    String user = node.node().dbUser().name();
                    seen.add(Observation.seen("cm-agent-not-running", Map.of("user", user), source));
                }
                yield seen;
            }
        };
    }

    private static List<Observation> missing(NodeCase node, ProcessTable table, Source source) {
        String user = node.node().dbUser().name();
        var seen = new ArrayList<Observation>();
        seen.add(Observation.seen("om-monitor-not-running", Map.of("user", user), source));
        if (!table.schedulerRuns()) {
            seen.add(Observation.seen("scheduler-not-running", Map.of(), source));
        }
        switch (node.evidence().schedule()) {
            case Reading.Known<Schedule>(Schedule schedule, Source at) -> {
                if (schedule.omMonitorEntry().isEmpty()) {
                    seen.add(Observation.seen("om-monitor-entry-missing", Map.of("user", user), at));
                }
            }
            case Reading.Unknown<Schedule> ignored -> {
                // Why om_monitor is missing stays open; that it is missing is what counts.
            }
        }
        return seen;
    }
}
