package org.etcdmedic.evidence;

import java.util.List;

/**
 * The processes on a node that matter here.
 *
 * @param observerId numeric id of the account that looked: the database user's, when the probe ran as asked
 * @param processes those named etcd, om_monitor, cm_agent, cm_server, cron or crond, of any user
 */
public record ProcessTable(int observerId, List<ProcessFact> processes) {
    /** Copies the list. */
    public ProcessTable {
        processes = List.copyOf(processes);
    }

    /**
     * etcd processes of the observer: those that execute a file called etcd. A script or an editor with etcd in its
     * command line is none, and neither is another user's etcd. Where the executable may not be seen, the first
     * argument decides. Zombies are not running.
     */
    public List<ProcessFact> etcd() {
        return processes.stream()
                .filter(p -> p.name().equals("etcd") && p.userId() == observerId && p.state() != 'Z')
                .filter(p -> p.executable()
                        .or(() -> p.arguments().stream().findFirst())
                        .map(path -> path.substring(path.lastIndexOf('/') + 1))
                        .filter(file -> file.equals("etcd") || file.equals("etcd (deleted)"))
                        .isPresent())
                .toList();
    }

    /** Processes of the observer with this short name that are not zombies. */
    public List<ProcessFact> own(String name) {
        return processes.stream()
                .filter(p -> p.name().equals(name) && p.userId() == observerId && p.state() != 'Z')
                .toList();
    }

    /** The scheduler that starts om_monitor each minute, of whatever user. */
    public boolean schedulerRuns() {
        return processes.stream()
                .anyMatch(p -> (p.name().equals("cron") || p.name().equals("crond")) && p.state() != 'Z');
    }
}
