package org.etcdmedic.probe;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

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
 * @param byteLimit at most so many bytes of output are taken, and no more leave the node
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

    /** Last in the disk's queue too, where ionice is there; not idle, since a disk that is full of work is what we look for. */
    private static final String LAST_IN_LINE = "ionice -c 2 -n 7 -p $$ 2>/dev/null; ";

    /** So much of standard error leaves the node; what is more is read there and thrown away. */
    public static final int ERROR_LIMIT = 4096;

    /** The script as it is handed over, and with its tabs turned back into spaces. */
    private static final String AS_IT_IS = "$1";

    private static final String UNFOLDED = "$(printf %s \"$1\" | tr \"\\t\" \"\\040\")";

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9/-]+");

    /** Copies the collections. */
    public Probe {
        checks = List.copyOf(checks);
        arguments = List.copyOf(arguments);
        why = Map.copyOf(why);
    }

    /**
     * The command as it goes over the wire for this probe when it runs as the login itself: bounded in time and bytes by
     * the node, at low priority, in a known locale.
     */
    public String command() {
        return "env LC_ALL=C nice -n 10 timeout -k 1 " + timeLimit.toSeconds() + " " + shell + " -c '" + LAST_IN_LINE
                + bounded(AS_IT_IS) + "' etcd-medic '" + script + "'";
    }

    /** The same for the other side of {@code sudo}: {@link #sudoWords()} as one line of shell. */
    public String sudoCommand() {
        return sudoWords().stream()
                .map(word -> PLAIN.matcher(word).matches() ? word : "'" + word + "'")
                .collect(Collectors.joining(" "));
    }

    /**
     * The words that sudo is asked to run. It joins them with spaces before it compares them with a rule, so words with
     * spaces in them could be cut elsewhere and mean something else. Here no word has one (the script has tabs in their
     * place), and every program is named by its path, so that it stays that program whatever is glued to it.
     */
    public List<String> sudoWords() {
        return List.of(
                "/usr/bin/nice",
                "-n",
                "10",
                "/usr/bin/timeout",
                "-k",
                "1",
                String.valueOf(timeLimit.toSeconds()),
                "/bin/" + shell,
                "-c",
                folded("LC_ALL=C; export LC_ALL; " + LAST_IN_LINE + bounded(UNFOLDED)),
                "etcd-medic",
                folded(script));
    }

    /**
     * Runs a script so that no more than the limits leave the node, whatever it prints. Beyond the limit of its output it
     * ends (its pipe is closed); its errors are swallowed beyond theirs. The exit status is the script's own. The shell itself
     * and what passes bytes on outlive the first signal of {@code timeout}: then what came until then is told, and
     * {@code timeout} stays to kill a script that does not care. {@code exit} ends the words, so that none can be added.
     * One byte more than the limit goes out, so that whoever reads knows that there was more.
     */
    private String bounded(String theScript) {
        return "trap : TERM; exec 8>&1 9>&2;"
                + " s=$( { { { ( eval \"set --; " + theScript + "\" ) 3>&- 8>&- 9>&-; echo $? >&3; } 2>&1 >&7 7>&-"
                + " | ( trap \"\" TERM; head -c " + ERROR_LIMIT + " >&9; exec cat >/dev/null ); } 7>&1"
                + " | ( trap \"\" TERM; exec head -c " + (byteLimit + 1L) + " >&8 ); } 3>&1 ); (exit ${s:-255}); exit";
    }

    private static String folded(String shellText) {
        return shellText.replace(' ', '\t');
    }
}
