package org.etcdmedic.probe;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One command that can be run on a node: a constant, read-only shell script. Arguments are data: the script reads them
 * from its standard input, one per line, in the order of {@link #arguments()}; they never become part of its text.
 *
 * @param id name
 * @param checks rows of the runbook it serves, such as {@code P4}
 * @param runAs whose eyes it needs
 * @param shell {@code sh}, or {@code bash} where it has to read files written for bash
 * @param script one line of shell without single quotes
 * @param arguments names of the lines it reads from standard input
 * @param timeLimit after this time the node itself ends it
 * @param byteLimit at most so many bytes of output are taken
 * @param why reason to run it, by language tag ({@code en}, {@code zh-CN})
 */
public record Probe(
        ProbeId id,
        List<String> checks,
        RunAs runAs,
        String shell,
        String script,
        List<String> arguments,
        Duration timeLimit,
        int byteLimit,
        Map<String, String> why) {

    /** Copies the collections. */
    public Probe {
        checks = List.copyOf(checks);
        arguments = List.copyOf(arguments);
        why = Map.copyOf(why);
    }

    /**
     * The command as it goes over the wire for this probe when it runs as the login itself: bounded in time by the node,
     * at low priority, in a known locale.
     */
    public String command() {
        return "env LC_ALL=C nice -n 10 timeout -k 1 " + timeLimit.toSeconds() + " " + shell + " -c '" + script
                + "' etcd-medic";
    }
}
