package org.etcdmedic.evidence;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.etcdmedic.evidence.Log.Program;
import org.etcdmedic.evidence.LogDirectory.LogFile;

/**
 * A log file in which the window has to be looked for.
 *
 * @param file full path
 * @param bytes at most so many bytes of the window come back
 * @param window what to look for
 */
public record LogChoice(String file, int bytes, Map<String, String> window) {
    /** What all logs of a node may bring over the wire: 2 MiB, less what system log and kernel log may. */
    static final int BUDGET = 2 * 1024 * 1024 - 2 * 128 * 1024 - 16 * 1024;

    private static final int MOST_FILES = 8;

    /** A file that is being written to grows until it is read. */
    private static final int GROWTH = 64 * 1024;

    /** Text of a log becomes about so many times larger when it is uncompressed. */
    private static final int UNCOMPRESSED = 20;

    /** Copies the arguments. */
    public LogChoice {
        window = Map.copyOf(window);
    }

    /** What the probe {@code system-log} is told: the window's first and last second by the node's own clock. */
    public static Map<String, String> systemLog(EvidenceWindow window, Optional<NodeIdentity> identity) {
        NodeWindow searched = NodeWindow.of(window, identity);
        return Map.of("from", Long.toString(searched.from()), "to", Long.toString(searched.to()));
    }

    /** What the probe {@code log-window} is told. */
    public Map<String, String> arguments() {
        var arguments = new LinkedHashMap<>(window);
        arguments.put("file", file);
        arguments.put("bytes", Integer.toString(bytes));
        return arguments;
    }

    /**
     * The files that hold lines of the window, of each directory newest first and at most eight, with the budget shared
     * among programs and then among their files, so that one flooded log takes nothing from the others. A file reaches to
     * its last modification; where it begins tells its own name (the cluster manager's: time of creation) or that of the
     * next older one (etcd's: time of rotation). Where none holds any, the newest file: its last lines are the last that
     * the program wrote.
     *
     * @param identity the node's clock and zone; without it names tell nothing and its clock is taken to be right
     */
    public static List<LogChoice> covering(
            List<LogDirectory> directories, EvidenceWindow window, Optional<NodeIdentity> identity) {
        Map<String, String> searched = NodeWindow.of(window, identity).arguments();
        List<List<LogFile>> chosen = directories.stream()
                .map(directory -> chosen(directory, window, identity))
                .toList();
        List<Long> shares = Shares.of(
                BUDGET,
                chosen.stream()
                        .map(files ->
                                files.stream().mapToLong(LogChoice::wanted).sum())
                        .toList());
        var choices = new ArrayList<LogChoice>();
        for (int i = 0; i < chosen.size(); i++) {
            List<LogFile> files = chosen.get(i);
            List<Long> each = Shares.of(
                    shares.get(i), files.stream().map(LogChoice::wanted).toList());
            String path = directories.get(i).path();
            for (int j = 0; j < files.size(); j++) {
                choices.add(new LogChoice(
                        path + (path.endsWith("/") ? "" : "/") + files.get(j).name(),
                        Math.toIntExact(each.get(j)),
                        searched));
            }
        }
        return choices;
    }

    /** The same of one directory. */
    static List<LogFile> chosen(LogDirectory directory, EvidenceWindow window, Optional<NodeIdentity> identity) {
        List<LogFile> reaching = reaching(directory, window, identity);
        List<LogFile> files = reaching.isEmpty() ? logs(directory) : reaching;
        return files.stream().limit(reaching.isEmpty() ? 1 : MOST_FILES).toList();
    }

    /** All files that hold lines of the window, however many there are. */
    static List<LogFile> reaching(LogDirectory directory, EvidenceWindow window, Optional<NodeIdentity> identity) {
        NodeClock clock = NodeClock.of(identity);
        List<LogFile> files = logs(directory);
        var reaching = new ArrayList<LogFile>();
        for (int i = 0; i < files.size(); i++) {
            boolean reachesIn = !clock.corrected(files.get(i).modifiedAt()).isBefore(window.from());
            boolean beginsLater = begin(directory, files, i, clock)
                    .filter(begin -> begin.isAfter(window.to()))
                    .isPresent();
            if (reachesIn && !beginsLater) {
                reaching.add(files.get(i));
            }
        }
        return reaching;
    }

    private static List<LogFile> logs(LogDirectory directory) {
        Optional<Program> program = LogPlace.ofDirectory(directory.path());
        return directory.files().stream()
                .filter(file -> program.filter(whose -> LogPlace.isLog(whose, file.name()))
                        .isPresent())
                .toList();
    }

    private static long wanted(LogFile file) {
        return file.compressed() ? file.bytes() * UNCOMPRESSED + GROWTH : file.bytes() + GROWTH;
    }

    /** Where the file begins, by the service's clock; files stand newest first. */
    private static Optional<Instant> begin(LogDirectory directory, List<LogFile> files, int index, NodeClock clock) {
        if (LogPlace.ofDirectory(directory.path()).filter(Program.ETCD::equals).isEmpty()) {
            return FileNameTime.in(files.get(index).name()).flatMap(stamp -> stamp.instant(clock));
        }
        return index + 1 < files.size()
                ? FileNameTime.in(files.get(index + 1).name()).flatMap(stamp -> stamp.instant(clock))
                : Optional.empty();
    }
}
