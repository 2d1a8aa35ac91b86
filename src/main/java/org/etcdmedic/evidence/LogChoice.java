package org.etcdmedic.evidence;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.etcdmedic.evidence.Log.Program;
import org.etcdmedic.evidence.LogDirectory.LogFile;

/**
 * A log file that has to be read, and how much of its end.
 *
 * @param file full path
 * @param bytes so many bytes of its end, after it was uncompressed
 */
public record LogChoice(String file, int bytes) {
    private static final int MOST_FILES = 4;

    /** What the probe {@code log-tail} gives at most. */
    private static final int MOST_BYTES = 512 * 1024;

    /** A file that is being written to grows until it is read; what comes back is then still the whole file. */
    private static final int GROWTH = 64 * 1024;

    /**
     * The files that hold lines of the window, newest first, at most four. A file reaches to its last modification; where
     * it begins tells its own name (the cluster manager's: time of creation) or that of the next older one (etcd's: time
     * of rotation). Where none holds any, the newest file: its last lines are the last that the program wrote.
     *
     * @param identity the node's clock and zone; without it names tell nothing and its clock is taken to be right
     */
    public static List<LogChoice> covering(
            LogDirectory directory, EvidenceWindow window, Optional<NodeIdentity> identity) {
        List<LogFile> reaching = reaching(directory, window, identity);
        List<LogFile> chosen = reaching.isEmpty() ? logs(directory) : reaching;
        return chosen.stream()
                .limit(reaching.isEmpty() ? 1 : MOST_FILES)
                .map(file -> choice(directory, file))
                .toList();
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

    private static LogChoice choice(LogDirectory directory, LogFile file) {
        long whole = file.compressed() ? MOST_BYTES : file.bytes() + GROWTH;
        String separator = directory.path().endsWith("/") ? "" : "/";
        return new LogChoice(directory.path() + separator + file.name(), (int) Math.min(MOST_BYTES, whole));
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
